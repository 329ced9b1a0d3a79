"""How much text the sheets of an Excel workbook hold, counted without the walk, so that a fault of the walk shows.

Texts are counted from the XML: every character other than white space that stands in a cell which is neither hidden nor
in a hidden row or column, and is not white on white. What is no text (numbers, dates, truth values) counts as the walk
shows it, for the file holds only a value. Text that a merged cell has swallowed *is* counted though it is not read: a
person should look.
"""

from __future__ import annotations

from lxml import etree

from audit_lib.rawform import Run
from audit_lib.readers.spreadsheets.grid import Content, Sheet, letters, place_of
from audit_lib.readers.spreadsheets.xlsx import elements, unescaped


def shared_lengths(data: bytes) -> list[int]:
    """The number of characters of each shared text."""
    return [_length(element) for element in elements(data, "si")]


def count_sheet(data: bytes, lengths: list[int], sheet: Sheet) -> int | None:
    """The characters that one sheet shows, tick boxes over it included; None where cells do not say their places."""
    anchors = {(region.top, region.left): region for region in sheet.merged}
    total = sum(letters(runs) for place, runs in sheet.floating if sheet.shows(place))
    for element in elements(data, "c"):
        reference = element.get("r")
        if reference is None:
            return None
        place = place_of(reference)
        if sheet.first_shown(anchors[place]) if place in anchors else sheet.shows(place):
            kind, value = element.get("t", "n"), element.findtext("{*}v") or ""
            if kind == "s":
                total += lengths[int(value)] - sheet.unseen.get(place, 0) if value else 0
            elif kind in ("inlineStr", "str"):
                total += _length(element) + (_letters(value) if kind == "str" else 0) - sheet.unseen.get(place, 0)
            else:
                total += letters(sheet.cells.get(place, Content()).runs)
    return total


def _length(element: etree._Element) -> int:
    """The text in a shared or inline text, without the readings above Japanese."""
    readings = {text for reading in element.iter("{*}rPh") for text in reading.iter("{*}t")}
    return sum(_letters(text.text or "") for text in element.iter("{*}t") if text not in readings)


def _letters(text: str) -> int:
    return letters([Run(unescaped(text))])
