"""The stream of an old Excel workbook, taken out of its OLE2 file, and its records one by one."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from audit_lib.errors import UnreadableFile
from audit_lib.readers.compound import OLE2

_IN_HEADER = 109  # places of the table of sectors that stand in the header itself
_LAST_SECTOR = 0xFFFFFFFA  # from here on numbers are marks
_ENTRY = struct.Struct("<64sH2x3I36xIQ")  # name, its length in bytes, left, right, child, first sector, size
_NAMES = ("workbook", "book")
_SMALL = 4_096  # smaller streams stand in small sectors
CONTINUE = 0x003C


class Record(NamedTuple):
    """One record of the stream: its kind, its bytes, and where it begins."""

    kind: int
    data: bytes
    at: int


def workbook_stream(data: bytes) -> bytes:
    """The bytes of the stream in which the workbook stands. Raises :class:`UnreadableFile` (``damaged``)."""
    try:
        return _Compound(data).workbook()
    except (struct.error, IndexError, StopIteration) as error:
        raise UnreadableFile("damaged", "the workbook cannot be found in the file") from error


def records(stream: bytes, at: int = 0) -> Iterator[Record]:
    """The records from here on. A stream that is cut off in a record is ``damaged``."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise UnreadableFile("damaged", "the file is cut off")
        yield Record(kind, stream[at + 4 : at + 4 + length], at)
        at += 4 + length


class _Compound:
    """The sectors of one OLE2 file and the tables that say which follows which."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(OLE2):
            raise IndexError
        self._data = data
        (bits,) = struct.unpack_from("<H", data, 30)
        if bits not in (9, 12):
            raise IndexError
        self._size = 1 << bits
        table = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
        following, count = struct.unpack_from("<II", data, 68)
        for _ in range(min(count, len(data) // self._size)):
            *more, following = struct.unpack(f"<{self._size // 4}I", self._sector(following))
            table += more
        self._next: list[int] = []
        for sector in table:
            if sector < _LAST_SECTOR and len(self._next) * self._size <= len(data):
                self._next += struct.unpack(f"<{self._size // 4}I", self._sector(sector))

    def workbook(self) -> bytes:
        """The stream at the root with one of the names of a workbook; the newer name first, as both may be there."""
        (first,) = struct.unpack_from("<I", self._data, 48)
        directory = self._chain(first)
        _, _, _, _, below, first, _ = _ENTRY.unpack_from(directory, 0)
        found = dict(_siblings(directory, below))
        start, size = next(found[name] for name in _NAMES if name in found)
        if size >= _SMALL:
            return self._chain(start)[:size]
        return self._small(start, self._chain(first))[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._data[start : start + self._size]
        if not sector:
            raise IndexError
        return sector.ljust(self._size, b"\0")  # the last one may be cut short

    def _chain(self, sector: int) -> bytes:
        out = bytearray()
        while sector < _LAST_SECTOR:
            out += self._sector(sector)
            if len(out) > len(self._data) + self._size:  # a circle
                raise IndexError
            sector = self._next[sector]
        return bytes(out)

    def _small(self, sector: int, container: bytes) -> bytes:
        (first,) = struct.unpack_from("<I", self._data, 60)
        table = self._chain(first)
        out = bytearray()
        for _ in range(_SMALL // 64):  # a circle would have no end
            if sector >= _LAST_SECTOR:
                break
            out += container[sector * 64 : (sector + 1) * 64]
            (sector,) = struct.unpack_from("<I", table, sector * 4)
        return bytes(out)


def _siblings(directory: bytes, number: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each entry in the tree that begins with this one: its name in lower case, its first sector and its size."""
    waiting, seen = [number], set[int]()
    while waiting:
        number = waiting.pop()
        if number < _LAST_SECTOR and number not in seen:
            seen.add(number)
            name, length, left, right, _, start, size = _ENTRY.unpack_from(directory, number * _ENTRY.size)
            yield name[: max(length - 2, 0)].decode("utf-16-le", "replace").lower(), (start, size)
            waiting += [left, right]
