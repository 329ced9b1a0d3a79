"""The fields at the head of a form: labels and values, side by side, below each other, or in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit_lib.coding.matched import MatchedForm, Place
from audit_lib.coding.places.columns import HEADING_LENGTH
from audit_lib.coding.values.cues import after_label, begins_with_cue, cue_end, cue_length
from audit_lib.instrument import HeaderField, Instrument
from audit_lib.rawform import Cell, Paragraph
from audit_lib.text import clean, fold

_CASE = re.compile(r"[A-Za-z]{0,3}[-/ ]?\d{1,10}|[A-Z]{1,2}")  # what the name of a case looks like
_LABEL = re.compile(r"(?:name|date|job|role|title|tel|phone|e-?mail|position|team|age|dob|sex|gender|signed|if )\b")
_BESIDE_A_CUE = 12  # letters of a label beside its cue, where no colon ends it
_NUMBER_WORDS = frozenset(("no", "nr", "id", "number", "ref"))


class Header:
    """Reads the fields of the header into ``out``."""

    def __init__(self, instrument: Instrument, out: MatchedForm) -> None:
        self._fields, self._out = instrument.header, out

    def line(self, paragraph: Paragraph) -> Place | None:
        """Takes a paragraph "Label: value", or a label whose value is the next one; gives where the value goes."""
        paragraph = self._with_colon(paragraph)
        match = re.match(r"[^:]{2,60}:", fold(paragraph.text))
        for header in self._fields if match else ():
            if match and cue_length(match.group(), header.cues) and _is_label(match.group(), header):
                rest = after_label(paragraph, header.cues)
                place = Place([rest] if rest else [], paragraph.where)
                self._name(header.id, place)
                return place
        return None

    def _with_colon(self, paragraph: Paragraph) -> Paragraph:
        """A line "Label <tab> value", as a PDF has fields side by side, with a colon for the tab."""
        before = fold(paragraph.text.partition("\t")[0])
        at = next((number for number, run in enumerate(paragraph.runs) if "\t" in run.text), None)
        labels = [one for one in self._fields if 0 < len(before) <= cue_length(before, one.cues) + _BESIDE_A_CUE]
        if at is None or ":" in before or not labels:
            return paragraph
        runs = list(paragraph.runs)
        runs[at] = runs[at]._replace(text=runs[at].text.replace("\t", ": ", 1))
        return paragraph._replace(runs=tuple(runs))

    def row(self, cells: Sequence[Cell]) -> bool:
        """Takes a row of labels and values side by side, perhaps several pairs, or of both in one cell."""
        found, values = False, set()
        for number, cell in enumerate(cells):
            text = fold(cell.text)
            header = None if number in values else self._field(text.split(":")[0] + (":" if ":" in text else ""))
            if header is None:
                continue
            inside = after_label(cell.paragraphs[0], header.cues) if ":" in cell.paragraphs[0].text else None
            beside = self._beside(cells, number)
            if inside and (beside is None or not clean(beside.text)):
                self._name(header.id, Place([inside, *cell.paragraphs[1:]], cell.locator()))
                found = True
            elif beside is not None and not _carries_case(cell, header):
                self._name(header.id, Place(list(beside.paragraphs), beside.locator()))
                values.add(cells.index(beside))
                found = True
        return found

    def _beside(self, cells: Sequence[Cell], number: int) -> Cell | None:
        """The cell of a value: the next one, or beyond empty ones the only other that is filled and no label, as in a sheet whose
        label reaches over its neighbours without being merged with them.
        """
        beside = cells[number + 1] if number + 1 < len(cells) else None
        filled = [cell for cell in cells if clean(cell.text)]
        if beside is None or clean(beside.text) or len(filled) != 2 or filled[0] is not cells[number]:
            return beside
        text = fold(filled[1].text)
        field = self._field(text)
        label = _LABEL.match(text) or text.endswith((":", "?")) or (field and not _carries_case(filled[1], field))
        return beside if label else filled[1]

    def _name(self, header: str, place: Place) -> None:
        """A field of the header; one that the form gives twice is kept beside the first, for they may differ."""
        if header in self._out.header:
            self._out.header_again.setdefault(header, []).append(place)
        else:
            self._out.header[header] = place

    def _field(self, text: str) -> HeaderField | None:
        if not text or len(text) > HEADING_LENGTH:
            return None
        scored = [(cue_length(text, header.cues), header) for header in self._fields if _is_label(text, header)]
        best = max((length for length, _ in scored), default=0)
        return next((header for length, header in scored if length == best), None) if best else None


def _is_label(text: str, header: HeaderField) -> bool:
    """Whether a text is a label and no value or sentence: it begins with one of the cues, or holds little else."""
    found = cue_length(text, header.cues)
    return begins_with_cue(text, header.cues) or (found > 0 and text.endswith(":") and len(text) <= found + 25)


def _carries_case(cell: Cell, header: HeaderField) -> bool:
    """Whether a cell that begins like a label holds its value too ("Case A"), so that its neighbour is not the value."""
    text = clean(cell.text)
    rest = text[cue_end(text, header.cues) :].strip(" .:#()-")
    return header.person == "child" and _CASE.fullmatch(rest) is not None and fold(rest) not in _NUMBER_WORDS
