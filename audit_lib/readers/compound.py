"""What stands at the root of an OLE2 file, the container of Office programs before 2007: enough to tell what kind it is."""

from __future__ import annotations

import struct
from collections.abc import Iterator

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR_BITS = (9, 12)  # 512 and 4,096 bytes: there are no others
_IN_HEADER = 109  # places of the table of sectors that stand in the header itself
_ENTRY = struct.Struct("<64sHBBIII")  # name, its length in bytes, type, colour, left, right, child
_ENTRY_BYTES = 128
_MAX_SECTORS = 10_000  # of the directory: far more than any document has
_NOTHING = 0xFFFFFFFF


def root_entries(data: bytes) -> frozenset[str]:
    """The names, in lower case, of the streams and storages at the root: what stands in an embedded object is not among them.

    Empty when the directory cannot be read. Never fails.
    """
    try:
        directory = b"".join(_sectors_of_directory(data))
        return frozenset(_siblings(directory, _entry(directory, 0)[4]))
    except (struct.error, IndexError, UnicodeDecodeError):
        return frozenset()


def _sectors_of_directory(data: bytes) -> Iterator[bytes]:
    (bits,) = struct.unpack_from("<H", data, 30)
    if bits not in _SECTOR_BITS:
        raise IndexError
    size, table = 1 << bits, _table_of_sectors(data, 1 << bits)
    (sector,) = struct.unpack_from("<I", data, 48)
    for _ in range(_MAX_SECTORS):
        start = (sector + 1) * size
        if start >= len(data):  # the mark that ends a chain lies beyond any file
            return
        yield data[start : start + size]
        block, place = divmod(sector, size // 4)
        (sector,) = struct.unpack_from("<I", data, (table[block] + 1) * size + place * 4)


def _table_of_sectors(data: bytes, size: int) -> list[int]:
    """Where the blocks of the table lie that says which sector follows which."""
    table = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        *more, following = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        table += more
    return table


def _siblings(directory: bytes, first: int) -> Iterator[str]:
    """The names in the tree that begins with this entry."""
    waiting, seen = [first], {_NOTHING}
    while waiting:
        number = waiting.pop()
        if number not in seen:
            seen.add(number)
            name, _, left, right, _ = _entry(directory, number)
            yield name
            waiting += [left, right]


def _entry(directory: bytes, number: int) -> tuple[str, int, int, int, int]:
    name, length, kind, _, left, right, child = _ENTRY.unpack_from(directory, number * _ENTRY_BYTES)
    return name[: max(length - 2, 0)].decode("utf-16-le").lower(), kind, left, right, child
