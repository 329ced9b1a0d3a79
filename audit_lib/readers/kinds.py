"""What kind of file this is, told by its content, and which reader reads it.

A new kind of file arrives as one entry of :data:`READERS`, a test in :func:`kind_of`, and a code in
:data:`audit_lib.schema.KINDS`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import RawForm
from audit_lib.readers.package import Package
from audit_lib.readers.word import read_word

READERS: dict[str, Callable[[bytes, str], RawForm]] = {
    "docx": read_word,
    "docm": read_word,
    "dotx": read_word,
}

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_LEFT_BEHIND = {"thumbs.db", "ehthumbs.db", ".ds_store", "desktop.ini", ".directory"}
_WORD_TYPES = ("wordprocessingml", "application/vnd.ms-word.")


def kind_of(data: bytes, name: str) -> str:
    """One of :data:`audit_lib.schema.KINDS`. ``name`` counts only for what computers leave behind. Never fails."""
    if _is_lock_file(name) or _is_system_file(name):
        return "system"
    if not data:
        return "empty"
    if not data.startswith(_ZIP):
        return "other"
    try:
        package = Package(data)
        content_type = package.content_type(package.main_part())
    except UnreadableFile:
        return "docx" if b"word/" in data else "other"  # damaged or refused: the names inside can still be seen
    if not any(mark in content_type for mark in _WORD_TYPES):
        return "other"
    if "macroenabled" in content_type:
        return "docm"
    return "dotx" if "template" in content_type else "docx"


def read_file(data: bytes, name: str) -> RawForm:
    """A received file as a raw form, by the reader of its kind.

    Raises :class:`UnreadableFile` with the reason for which it cannot be read.
    """
    kind = kind_of(data, name)
    if kind not in READERS:
        raise UnreadableFile(_reason_not_read(data, name, kind))
    try:
        return READERS[kind](data, kind)
    except RecursionError as error:
        raise UnreadableFile("unsafe") from error
    except MemoryError as error:
        raise UnreadableFile("too_large") from error


def _reason_not_read(data: bytes, name: str, kind: str) -> str:
    """Why a file that has no reader is not read: one of :data:`audit_lib.schema.REASON_CODES`."""
    if kind == "system":
        return "lock_file" if _is_lock_file(name) else "system_file"
    if kind == "empty":
        return "empty_file"
    if data.startswith(_OLE2):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "encrypted"
        return "legacy_word" if "WordDocument".encode("utf-16-le") in data else "not_supported"
    if data.startswith(_ZIP):
        try:
            Package(data)
        except UnreadableFile as error:
            return error.reason_code
        return "not_supported"
    return "unsafe" if b"word/document.xml" in data and zipfile.is_zipfile(io.BytesIO(data)) else "not_supported"


def _is_lock_file(name: str) -> bool:
    return _last(name).startswith(("~$", ".~lock."))


def _is_system_file(name: str) -> bool:
    return _last(name).lower() in _LEFT_BEHIND or _last(name).startswith("._")


def _last(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]
