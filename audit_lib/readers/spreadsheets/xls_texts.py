"""The texts of an old Excel workbook: how letters are packed, and the table of texts that cells share."""

from __future__ import annotations

import struct

from audit_lib.errors import UnreadableFile
from audit_lib.readers.spreadsheets.cells import Segments, cut
from audit_lib.readers.spreadsheets.styles import Font

MAX_TEXTS = 1_000_000
_WIDE, _WITH_EXTRA, _RICH = 0x01, 0x04, 0x08
Run = tuple[int, int]  # from which letter on, which font


def text_at(data: bytes, at: int, count_bytes: int = 2) -> str:
    """A text that says its length in one or two bytes, then whether its letters take one byte each or two."""
    count = int.from_bytes(data[at : at + count_bytes], "little")
    return Pieces([data[at + count_bytes :]]).text(count)[0]


def font_at(fonts: list[Font], number: int) -> Font:
    """The font with this number. There is no font 4: so it has been from the first."""
    place = number - (number > 4)
    return fonts[place] if place < len(fonts) else Font()


class Pieces:
    """Reads through data that is cut into records: letters go on in the next with a new word on their size."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 0

    def shared(self, fonts: list[Font]) -> list[Segments]:
        """The table of shared texts; some programs say that it holds more than it does.

        Raises :class:`UnreadableFile` (``damaged``, ``too_large``).
        """
        _, unique = struct.unpack("<II", self.take(8))
        if unique > MAX_TEXTS:
            raise UnreadableFile("too_large", "more texts than any form has")
        found: list[Segments] = []
        while len(found) < unique and self._more():
            (count,) = struct.unpack("<H", self.take(2))
            text, runs = self.text(count)
            found.append(cut(text, [(first, font_at(fonts, font)) for first, font in runs]))
        return found

    def text(self, count: int) -> tuple[str, list[Run]]:
        """A text of so many letters, and where its font changes."""
        flags = self.take(1)[0]
        changes = struct.unpack("<H", self.take(2))[0] if flags & _RICH else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & _WITH_EXTRA else 0
        units = bytearray()
        wide = flags & _WIDE
        while count:
            if self._at >= len(self._pieces[self._piece]):
                wide = self._next_piece()[0] & _WIDE
                self._at = 1
            here = min(count, (len(self._pieces[self._piece]) - self._at) // (2 if wide else 1))
            if not here:
                raise UnreadableFile("damaged", "a text is cut off")
            raw = self.take(here * 2 if wide else here)
            units += raw if wide else raw.decode("latin-1").encode("utf-16-le")
            count -= here
        runs = [struct.unpack("<HH", self.take(4)) for _ in range(changes)]
        self.take(extra)
        return units.decode("utf-16-le", "replace"), [(first, font) for first, font in runs]

    def take(self, count: int) -> bytes:
        """The next bytes, over the ends of records."""
        out = bytearray()
        while len(out) < count:
            piece = self._pieces[self._piece]
            if self._at >= len(piece):
                piece = self._next_piece()
            part = piece[self._at : self._at + count - len(out)]
            out += part
            self._at += len(part)
        return bytes(out)

    def _more(self) -> bool:
        return self._at < len(self._pieces[self._piece]) or any(self._pieces[self._piece + 1 :])

    def _next_piece(self) -> bytes:
        self._piece, self._at = self._piece + 1, 0
        if self._piece >= len(self._pieces):
            raise UnreadableFile("damaged", "a text is cut off")
        return self._pieces[self._piece]
