"""Where something is drawn that no reader can read, so that what looks empty there may have been marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit_lib.coding.matched import MatchedForm
from audit_lib.rawform import Paragraph, ReaderNote

_AREA = re.compile(r'table \d+|sheet "[^"]*"')
_ROW = re.compile(r"table \d+, row \d+")
_OUTSIDE = re.compile("outside|before|between|after")


_WORDS = 5  # of the longest printed value; longer lines explain


def looks_picked_out(paragraphs: Iterable[Paragraph]) -> bool:
    """Whether the short lines of a cell look different from each other in colour, size, slant or the like."""
    short = [one for one in paragraphs if 0 < len(re.findall(r"\w+", one.text)) <= _WORDS]
    return len({look for one in short for look in one.looks.split("\n")}) > 1


def print_looks_so(matched: MatchedForm) -> bool:
    """Whether the short lines of every cell for an answer or a grade look different, and those with the same words alike, so that
    they were printed like this.
    """
    places = [*(found.answer for found in matched.questions.values()), *matched.grades.values()]
    looks = [looks_picked_out(place.paragraphs) for place in places if place.text]
    printed = {(place.text, tuple(one.looks for one in place.paragraphs)) for place in places if place.text}
    return len(looks) > 2 and all(looks) and len(printed) == len({text for text, _ in printed})


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
