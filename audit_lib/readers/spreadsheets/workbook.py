"""The frame of an Excel workbook (.xlsx, .xlsm, .xlsb): which sheets it has, what floats over them, and what a person may
want to know of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import ReaderNote
from audit_lib.readers.package import Package
from audit_lib.readers.spreadsheets.controls import Sizes, tick_boxes
from audit_lib.readers.spreadsheets.count import count_sheet, shared_lengths
from audit_lib.readers.spreadsheets.grid import Sheet, Workbook, sheet_name
from audit_lib.readers.spreadsheets.styles import MAIN
from audit_lib.readers.spreadsheets.xlsx import elements, read_sheet, reading_of

MAX_SHEETS = 1_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OUTSIDE = {
    "externalLink": "another workbook",
    "externalLinkPath": "another workbook",
    "xlExternalLinkPath": "another workbook",
    "image": "a picture",
    "oleObject": "an object of another program",
    "attachedTemplate": "a template",
}
_EMBEDDED = {
    "image": "a picture",
    "oleObject": "an object of another program",
    "package": "a file",
    "control": "an ActiveX control",
    "chart": "a chart",
    "chartEx": "a chart",
    "chartsheet": "a chart",
    "diagramData": "a diagram",
    "dialogsheet": "a sheet of macros or dialogs",
    "xlMacrosheet": "a sheet of macros or dialogs",
    "xlIntlMacrosheet": "a sheet of macros or dialogs",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet as the workbook lists it. ``part`` is the name of its part, empty for what is no sheet of cells."""

    name: str
    part: str
    hidden: bool


def read_xml_workbook(data: bytes) -> Workbook:
    """A workbook of XML parts. Raises :class:`UnreadableFile`."""
    package = Package(data)
    package.refuse_document_types()
    main = package.main_part()
    if not main:
        raise UnreadableFile("damaged", "the file does not say where its sheets are")
    entries = entries_of(package, main)
    shown = [entry for entry in entries if entry.part and not entry.hidden]
    properties = package.xml(main).find(f"{MAIN}workbookPr")
    from_1904 = properties is not None and properties.get("date1904", "0").lower() in ("1", "true", "on")
    reading = reading_of(package, main, from_1904)
    book = Workbook(hidden_sheets=sum(entry.hidden for entry in entries), modified=package.modified())
    texts = next((one.target for one in package.relationships(main) if one.kind == "sharedStrings"), "")
    lengths = shared_lengths(package.part(texts)) if package.has(texts) else []
    counts = []
    for entry in shown:
        sheet = read_sheet(reading, entry.name, package.part(entry.part))
        book.notes += add_tick_boxes(package, entry.part, sheet)
        book.notes += shapes_over(package, entry.part, sheet)
        counts.append(count_sheet(package.part(entry.part), lengths, sheet))
        book.sheets.append(sheet)
    book.without_value = reading.without_value
    book.in_file = None if None in counts else sum(count or 0 for count in counts)
    book.notes += workbook_notes(package, [entry.part for entry in shown])
    return book


def entries_of(package: Package, main: str) -> list[Entry]:
    """The sheets of an XML workbook in order. Raises :class:`UnreadableFile` (``damaged``, ``too_large``)."""
    listed = package.xml(main).findall(f"{MAIN}sheets/{MAIN}sheet")
    if not listed:
        raise UnreadableFile("damaged", "the file has no sheets")
    if len(listed) > MAX_SHEETS:
        raise UnreadableFile("too_large", "more sheets than any form has")
    return [
        Entry(one.get("name", ""), sheet_part(package, main, one.get(_RELATION, "")), one.get("state", "visible") != "visible")
        for one in listed
    ]  # fmt: skip


def sheet_part(package: Package, main: str, relation: str) -> str:
    """The part in which a sheet stands, empty for a chart or a sheet of macros. ``damaged`` when it is not there."""
    if not relation:  # a module of macros of old: it has no part
        return ""
    for one in package.relationships(main):
        if one.id == relation:
            return one.target if one.kind == "worksheet" else ""
    raise UnreadableFile("damaged", "a sheet is missing")


def add_tick_boxes(package: Package, part: str, sheet: Sheet) -> list[ReaderNote]:
    """Put the tick boxes that float over a sheet into ``sheet.floating``, and tell of them.

    Where the drawing and the newer account of the same controls disagree, none is read.
    """
    relations = [one for one in package.relationships(part) if not one.external and package.has(one.target)]
    unread = 0
    for one in relations:
        if one.kind == "vmlDrawing":
            found, more = tick_boxes(package.part(one.target), _sizes(package.part(part)))
            sheet.floating += found
            unread += more
    properties = [package.xml(one.target) for one in relations if one.kind == "ctrlProp"]
    states = [one.get("checked") == "Checked" for one in properties if one.get("objectType") in ("CheckBox", "Radio")]
    ticked = sum(run.ticked is True for _, runs in sheet.floating for run in runs)
    if states and (len(states) > len(sheet.floating) + unread or sum(states) != ticked):
        unread, sheet.floating = unread + len(states), []
    where, notes = sheet_name(sheet.name), []
    if sheet.floating:
        message = f"Tick boxes lie over the sheet ({len(sheet.floating)} in all); each was read in the cell under it."
        notes.append(ReaderNote("value_taken", where, message))
    if unread:
        message = f"Controls lie over the sheet ({unread} in all) whose state cannot be read for certain. Look at them."
        notes.append(ReaderNote("drawn_over", where, message))
    return notes


def _sizes(data: bytes) -> Sizes:
    """Heights and widths in pixels; the usual ones for a sheet that is no XML."""
    sizes = Sizes()
    if not data.lstrip(b"\xef\xbb\xbf").startswith(b"<"):
        return sizes
    for element in elements(data, "row", "col", starts=("row",)):
        if "ht" in element.attrib and element.get("r", "").isdecimal():
            sizes.rows[int(element.get("r", "")) - 1] = _decimal(element.get("ht")) * 96 / 72
        elif "width" in element.attrib and element.get("min", "").isdecimal():
            sizes.columns[int(element.get("min", "")) - 1] = _decimal(element.get("width")) * 7 + 5
    return sizes


def _decimal(text: str | None) -> float:
    try:
        return float(text or "0")
    except ValueError:
        return 0.0


def shapes_over(package: Package, part: str, sheet: Sheet) -> Iterator[ReaderNote]:
    """What is told of lines, shapes and ink without text that lie over a sheet."""
    drawings = [one.target for one in package.relationships(part) if one.kind == "drawing" and not one.external]
    if any(_has_shape(package, one) for one in drawings if package.has(one)):
        yield shape_note(sheet.name)


def shape_note(sheet: str) -> ReaderNote:
    """What is told of something drawn over the sheet of this name."""
    message = "A line, a shape or ink lies over the sheet, and may mark something: look at it."
    return ReaderNote("drawn_over", sheet_name(sheet), message)


def workbook_notes(package: Package, parts: list[str]) -> Iterator[ReaderNote]:
    """What a person may want to know about the file; ``parts`` are the sheets that were read. No text of the file stands in these."""
    comments = drawn = 0
    for part in parts:
        for one in package.relationships(part):
            comments += one.kind == "comments" and not one.external
            if one.kind == "drawing" and not one.external and package.has(one.target):
                drawn += _has_text(package, one.target)
    if comments:
        message = f"Comments on cells, which were not read, on {comments} of the sheets. Look whether they matter."
        yield ReaderNote("comments_in_file", "", message)
    if drawn:
        message = f"Text boxes lie over {drawn} of the sheets; their text was not read."
        yield ReaderNote("drawn_over", "", message)
    every = package.all_relationships()
    outside = {one.kind for one in every if one.external and one.kind != "hyperlink"}
    for what in sorted({_OUTSIDE.get(kind, "something") for kind in outside}):
        message = f"The file refers to {what} outside itself, which was not opened."
        yield ReaderNote("external_reference", "", message)
    embedded = [_EMBEDDED[one.kind] for one in every if not one.external and one.kind in _EMBEDDED]
    for what in sorted(set(embedded)):
        message = f"The file holds {what} ({embedded.count(what)} in all), which was not opened."
        yield ReaderNote("embedded_object", "", message)


def _has_shape(package: Package, drawing: str) -> bool:
    """Whether a line, a shape or ink without text is in a drawing; controls are told by themselves."""
    return any(
        one.tag.endswith("}contentPart")
        or not (_is_control(one) or any((text.text or "").strip() for text in one.iter("{*}t")))
        for one in package.xml(drawing).iter("{*}sp", "{*}cxnSp", "{*}contentPart")
    )


def _is_control(shape: etree._Element) -> bool:
    return any(parent.tag.endswith("}AlternateContent") for parent in shape.iterancestors())


def _has_text(package: Package, drawing: str) -> bool:
    """Whether text stands in a drawing. The caption of a control is there a second time, and does not count."""
    for shape in package.xml(drawing).iter("{*}sp"):
        if not _is_control(shape) and any((text.text or "").strip() for text in shape.iter("{*}t")):
            return True
    return False
