"""Zip archives of files, opened in place."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from audit_lib.errors import UnreadableFile
from audit_lib.readers.containers.inside import Budget, Member, too_large
from audit_lib.readers.package import MAX_PARTS, MAX_TOTAL_BYTES

_CHUNK = 1 << 16
_ENCRYPTED, _UTF_8 = 0x1, 0x800  # flags of an entry
_HEADER_BYTES = 30  # of an entry, before its name
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError, OverflowError)


def opened(data: bytes, budget: Budget) -> Iterator[Member]:
    """The files in an archive, in its order; folders are none.

    One that is encrypted, damaged or too large is given with that reason, and the others are read. Raises
    :class:`UnreadableFile`: ``damaged``; ``unsafe`` when entries overlap or something stands before the archive;
    ``too_large`` when it holds too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _FAULTS as error:
        raise UnreadableFile("damaged") from error
    entries = archive.infolist()
    _preflight(entries, archive.start_dir)
    for entry in entries:
        if not _is_folder(entry):
            budget.one_more()
            yield _taken_out(archive, entry, budget)


def _preflight(entries: list[zipfile.ZipInfo], end: int) -> None:
    """Check what the archive says of itself, before anything is inflated."""
    if len(entries) > MAX_PARTS:
        raise UnreadableFile("too_large", "too many files are inside")
    if sum(entry.file_size for entry in entries if not _is_too_large(entry)) > MAX_TOTAL_BYTES:
        raise UnreadableFile("too_large", "the files inside are far larger than any forms")
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    starts = [entry.header_offset for entry in in_order] + [end]
    if starts[0] > 0:
        raise UnreadableFile("unsafe", "something stands before the archive")
    for entry, following in zip(in_order, starts[1:], strict=True):
        if entry.header_offset + _HEADER_BYTES + entry.compress_size > following:
            raise UnreadableFile("unsafe", "two files in the archive share the same bytes")


def _taken_out(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Member:
    name = _name(entry)
    if entry.flag_bits & _ENCRYPTED:
        return Member(name, reason_code="encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Member(name, reason_code="not_supported", detail="packed in a way that only few programs can unpack")
    if _is_too_large(entry):
        return Member(name, reason_code="too_large")
    out = bytearray()
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                out += chunk
                budget.spend(len(chunk))
                if too_large(len(out), entry.compress_size):
                    return Member(name, reason_code="too_large")
    except _FAULTS:
        return Member(name, reason_code="damaged")
    return Member(name, bytes(out))


def _is_too_large(entry: zipfile.ZipInfo) -> bool:
    """By its own account: such a file is not unpacked, and a film beside the forms does not keep them from being read."""
    return too_large(entry.file_size, entry.compress_size)


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith(("/", "\\")) and not entry.file_size


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as meant: macOS writes UTF-8 without saying so."""
    if entry.flag_bits & _UTF_8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
