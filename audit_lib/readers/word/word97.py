"""What the head of an old Word file says: whether it is one, of which age, and whether it is protected by a password."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from audit_lib.errors import UnreadableFile
from audit_lib.readers.compound import OLE2

_STREAM = "worddocument"
_SECTOR_BITS = (9, 12)
_IN_HEADER = 109  # places of the table of sectors that stand in the header itself
_ENTRY = struct.Struct("<64sHB49xII")  # name, its length in bytes, kind, first sector, size
_ENTRY_BYTES = 128
_IS_STREAM = 2
_SMALL_SIZE, _SMALL_BITS = 4_096, 6  # a stream smaller than this stands in sectors of 64 bytes
_MAX_SECTORS = 10_000  # of the directory, or of small streams: far more than any form has
_WORD_MARKS = (0xA5EC, 0xA5DC)  # Word 97 and later; Word 6 and 95
_ENCRYPTED = 0x0100
_WORD_97 = 0x00C1


def import_filter(data: bytes) -> str:
    """The name by which LibreOffice knows Word files of this age. It is told, so that it never takes the file for another kind.

    Raises :class:`UnreadableFile`: ``encrypted``, or ``damaged`` when it is no Word file inside.
    """
    try:
        begin = _Sectors(data).beginning(_STREAM)
        mark, age = struct.unpack_from("<HH", begin)
        (flags,) = struct.unpack_from("<H", begin, 10)
    except (struct.error, IndexError) as error:
        raise UnreadableFile("damaged", "no Word document is inside") from error
    if mark not in _WORD_MARKS:
        raise UnreadableFile("damaged", "no Word document is inside")
    if flags & _ENCRYPTED:
        raise UnreadableFile("encrypted")
    return "MS Word 97" if age >= _WORD_97 else "MS WinWord 6.0"


class _Sectors:
    """The sectors of one OLE2 file, and the tables that say which follows which. IndexError where they lead nowhere."""

    def __init__(self, data: bytes) -> None:
        self._bits: int = struct.unpack_from("<H", data, 30)[0]
        if not data.startswith(OLE2) or self._bits not in _SECTOR_BITS:
            raise IndexError
        self._data = data
        self._size = 1 << self._bits
        self._table = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
        following, count = struct.unpack_from("<II", data, 68)
        for _ in range(min(count, len(data) >> self._bits)):
            *more, following = struct.unpack_from(f"<{self._size // 4}I", data, self._at(following))
            self._table += more

    def beginning(self, name: str) -> bytes:
        """The first bytes of the stream of this name, in lower case: such names do not depend on capitals."""
        (directory,) = struct.unpack_from("<I", self._data, 48)
        root: int | None = None
        for at in self._chain(directory):
            for entry in range(at, at + self._size, _ENTRY_BYTES):
                letters, length, kind, first, size = _ENTRY.unpack_from(self._data, entry)
                root = first if root is None else root
                written = letters[: max(length - 2, 0)].decode("utf-16-le", "replace")
                if kind == _IS_STREAM and written.lower() == name:
                    start = self._small(root, first) if size < _SMALL_SIZE else self._at(first)
                    return self._data[start : start + (1 << _SMALL_BITS)]
        raise IndexError

    def _at(self, sector: int) -> int:
        return (sector + 1) << self._bits

    def _chain(self, sector: int) -> Iterator[int]:
        """Where the sectors of a stream begin, one after the other."""
        for _ in range(_MAX_SECTORS):
            start = self._at(sector)
            if start >= len(self._data):  # the mark that ends a chain lies beyond any file
                return
            yield start
            block, place = divmod(sector, self._size // 4)
            sector = struct.unpack_from("<I", self._data, self._at(self._table[block]) + place * 4)[0]

    def _small(self, root: int, sector: int) -> int:
        """Where a small sector begins: they stand one after the other in the stream of the root."""
        which, offset = divmod(sector << _SMALL_BITS, self._size)
        for number, start in enumerate(self._chain(root)):
            if number == which:
                return int(start + offset)
        raise IndexError
