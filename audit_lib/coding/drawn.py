"""Where something is drawn that no reader can read, so that what looks empty there may have been marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit_lib.rawform import ReaderNote

_AREA = re.compile(r'table \d+|sheet "[^"]*"')
_ROW = re.compile(r"table \d+, row \d+")
_OUTSIDE = re.compile("outside|before|between|after")


class Drawn:
    """What the notes of a reader say of drawings and pictures."""

    def __init__(self, notes: Iterable[ReaderNote] = ()) -> None:
        self._areas: set[str] = set()
        self._rows: set[str] = set()
        self._outside = False
        for note in notes:
            if note.check == "drawn_over":
                self._areas.update(_AREA.findall(note.where))
                self._outside = self._outside or _OUTSIDE.match(note.where) is not None
            elif note.check == "embedded_object":
                self._rows.update(_ROW.findall(note.where))

    def may_mark(self, locator: str) -> bool:
        """Whether a place looks empty in a table or sheet over which something is drawn, or beside a picture in its row."""
        area, row = _AREA.match(locator), _ROW.match(locator)
        if area is None:
            return bool(locator) and self._outside
        return area.group() in self._areas or (row is not None and row.group() in self._rows)
