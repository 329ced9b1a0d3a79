"""Excel workbooks (.xlsx, .xlsm): our own walk over the XML.

Why our own: calamine gives values and nothing else, and a form needs more - struck text (also inside a cell), colours, hidden
rows and columns, formulas without a value, tick boxes; and it makes room for every place up to the last cell, so that
a file of 5 kB can end the process. With the XML open for all this, the values are the smaller part. Tests hold the walk
against calamine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Run
from audit_lib.readers.package import Package
from audit_lib.readers.spreadsheets.cells import MAX_WALKED, Segments, put, style_at, text_runs, value_runs
from audit_lib.readers.spreadsheets.grid import LAST_COLUMN, Place, Sheet, checked_place, place_of, region_of
from audit_lib.readers.spreadsheets.styles import MAIN, Font, Style, font_of, styles_of

STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
MAX_MERGED = 100_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Texts:
    """The texts that cells share: each cut into stretches, with the font where a stretch has its own."""

    each: list[Segments] = field(default_factory=list)

    def get(self, number: str) -> Segments:
        """The text with this number. Raises :class:`UnreadableFile` (``damaged``) when there is none."""
        if not number.isdecimal() or len(number) > 9 or int(number) >= len(self.each):
            raise UnreadableFile("damaged", "a cell refers to a text that is not in the file")
        return self.each[int(number)]


@dataclass
class Reading:
    """What holds for all sheets of one workbook. ``without_value`` collects formulas whose result is not in the file."""

    texts: Texts
    styles: list[Style]
    from_1904: bool = False
    walked: int = 0
    without_value: list[tuple[str, Place]] = field(default_factory=list)


def reading_of(package: Package, main: str, from_1904: bool) -> Reading:
    """The shared texts and the styles of a workbook."""
    parts = {
        one.kind: one.target for one in package.relationships(main) if not one.external and package.has(one.target)
    }
    texts = Texts()
    if "sharedStrings" in parts:
        for element in elements(package.part(parts["sharedStrings"]), "si"):
            texts.each.append(_segments(element))
    styles = styles_of(package.xml(parts["styles"])) if "styles" in parts else []
    return Reading(texts, styles, from_1904)


def read_sheet(reading: Reading, name: str, data: bytes) -> Sheet:
    """One sheet from the bytes of its part. Raises :class:`UnreadableFile`."""
    sheet = Sheet(name, rules=b"conditionalFormatting" in data, styled=b"tablePart" in data)
    row, column = -1, -1
    for element in elements(data, "row", "c", "col", "mergeCell", starts=("row",)):
        what = etree.QName(element).localname
        if what == "c":
            reading.walked += 1
            if reading.walked > MAX_WALKED:
                raise UnreadableFile("too_large", "more cells than any form has")
            reference = element.get("r")
            row, column = place_of(reference) if reference else checked_place(max(row, 0), column + 1)
            _cell(reading, sheet, (row, column), element)
        elif what == "row":
            row, column = _row_number(element.get("r"), row + 1), -1
            if _hidden(element, "ht"):
                sheet.hidden_rows.add(row)
        elif what == "col" and _hidden(element, "width"):
            first, last = (_row_number(element.get(end), LAST_COLUMN + 1) for end in ("min", "max"))
            sheet.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))
        elif what == "mergeCell" and len(sheet.merged) < MAX_MERGED:
            sheet.merged.append(region_of(element.get("ref", "")))
    return sheet


def _row_number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not text.isdecimal() or len(text) > 9:
        raise UnreadableFile("damaged", "a row without a number")
    return int(text) - 1


def _hidden(element: etree._Element, size: str) -> bool:
    return element.get("hidden", "0").lower() in ("1", "true", "on") or element.get(size, "1").strip("0.") == ""


def _cell(reading: Reading, sheet: Sheet, place: Place, element: etree._Element) -> None:
    number = element.get("s", "0")
    style = style_at(reading.styles, int(number) if number.isdecimal() and len(number) < 9 else 0)
    put(sheet, place, _runs(reading, sheet, place, element, style), style)


def _runs(reading: Reading, sheet: Sheet, place: Place, element: etree._Element, style: Style) -> tuple[Run, ...]:
    kind = element.get("t", "n")
    inline, written = _child(element, "is"), _child(element, "v")
    value = "" if written is None else written.text or ""
    if _child(element, "f") is not None and (written is None or not (value or kind == "str")):
        reading.without_value.append((sheet.name, place))
    if kind == "s":
        return text_runs(sheet, place, reading.texts.get(value.strip()) if value.strip() else (), style)
    if kind == "inlineStr":
        return text_runs(sheet, place, _segments(inline) if inline is not None else (), style)
    if kind == "str":
        return text_runs(sheet, place, ((unescaped(value), None),), style)
    if not value.strip():
        return (Run("", style.font.mark, False),) if style.tick_box else ()
    return value_runs(sheet, _value(kind, value.strip()), style, reading.from_1904)


def _value(kind: str, value: str) -> float | bool | str:
    """A value that is no text: a number, a truth value, or what stands for itself (an error, a date)."""
    if kind == "b":
        return {"1": True, "0": False, "true": True, "false": False}.get(value, value)
    if kind == "d":
        day, _, time = value.partition("T")
        time = time.removesuffix("Z").partition(".")[0].removesuffix(":00")
        return f"{day} {time}" if time.strip("0:") else day
    try:
        number = value if kind == "e" else float(value)
    except ValueError:
        return value
    return number if isinstance(number, str) or abs(number) < float("inf") else value


def _segments(item: etree._Element) -> Segments:
    """The stretches of a text, without the readings that stand above it in Japanese."""
    found: list[tuple[str, Font | None]] = []
    for element in item:
        what = etree.QName(element).localname
        if what == "t":
            found.append((unescaped(element.text or ""), None))
        elif what == "r":
            properties = _child(element, "rPr")
            font = None if properties is None else font_of(properties)
            text = "".join(part.text or "" for part in element if etree.QName(part).localname == "t")
            found.append((unescaped(text), font))
    return tuple(found)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((part for part in element if etree.QName(part).localname == name), None)


def unescaped(text: str) -> str:
    """The text as meant: ``_x000D_`` is how Excel writes a character that XML cannot hold."""
    if "_x" not in text:
        return text
    raw = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def elements(data: bytes, *wanted: str, starts: tuple[str, ...] = ()) -> Iterator[etree._Element]:
    """The elements of these names, one after the other, in little memory; those in ``starts`` when they begin.

    Raises :class:`UnreadableFile` (``damaged``, ``unsafe``).
    """
    if b"<!DOCTYPE" in data or b"<!DOCTYPE" in data[:2_000].replace(b"\0", b""):  # the second for UTF-16
        raise UnreadableFile("unsafe", "a document type is declared")
    tags = [f"{space}{name}" for space in (MAIN, STRICT) for name in wanted]
    early = {f"{space}{name}" for space in (MAIN, STRICT) for name in starts}
    events = ("start", "end") if starts else ("end",)
    walk = etree.iterparse(
        io.BytesIO(data), events=events, tag=tags, resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for event, found in walk:
            element = cast(etree._Element, found)
            if (event == "start") == (element.tag in early):
                yield element
            if event == "end":
                _forget(element)
        if not str(walk.root.tag).startswith((MAIN, STRICT)):
            raise UnreadableFile("damaged", "a part that is in no form known to Excel")
    except etree.XMLSyntaxError as error:
        beyond_limits = getattr(error, "code", None) == etree.ErrorTypes.ERR_RESOURCE_LIMIT
        raise UnreadableFile("unsafe" if beyond_limits else "damaged") from error
    except ValueError as error:  # an encoding that is not there
        raise UnreadableFile("damaged") from error


def _forget(element: etree._Element) -> None:
    """Free what was read, and all that stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
