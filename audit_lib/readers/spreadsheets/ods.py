"""OpenDocument spreadsheets (.ods): our own walk over the rows; what stands in a cell is read as in an OpenDocument text.

calamine would give values alone: no merging, no struck text, nothing of hidden rows. The XML holds all of it plainly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Paragraph, ReaderNote, Run
from audit_lib.readers.moments import universal
from audit_lib.readers.opendocument.controls import controls_of
from audit_lib.readers.opendocument.names import PARAGRAPHS, SHAPES, get, holds_text, name
from audit_lib.readers.opendocument.styles import Says, Styles
from audit_lib.readers.opendocument.walk import Walk
from audit_lib.readers.package import Package
from audit_lib.readers.spreadsheets.formats import plain_number
from audit_lib.readers.spreadsheets.grid import (
    LAST_COLUMN,
    LAST_ROW,
    MAX_CELLS,
    Content,
    Place,
    Region,
    Sheet,
    Workbook,
    checked_place,
)
from audit_lib.readers.spreadsheets.workbook import MAX_SHEETS, shape_note

_MANIFEST, _CONTENT, _STYLES, _META = "META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml"
_CELLS = (name("table:table-cell"), name("table:covered-table-cell"))
_ROW, _COLUMN = name("table:table-row"), name("table:table-column")
_STYLE, _DEFAULT_STYLE = name("table:style-name"), name("table:default-cell-style-name")
_HREF = name("xlink:href")
_GROUPS = {
    _ROW: {name(f"table:table-{what}") for what in ("row-group", "rows", "header-rows")},
    _COLUMN: {name(f"table:table-{what}") for what in ("column-group", "columns", "header-columns")},
}
_MAX_SHADED = 256  # an empty coloured cell that stands more often colours the sheet, and marks nothing
_MAX_DEPTH = 20
_RULES = (name("style:map"), name("calcext:conditional-formats"))


class _CellStyles(Styles):
    """Styles for text in cells: beneath what a paragraph says lies what the style of its cell says."""

    cell = ""
    ruled = False  # whether rules may colour cells in other ways

    def of_paragraph(self, paragraph: etree._Element) -> Says:
        said = {**self._defaults.get("table-cell", {}), **self._all_said("table-cell", self.cell)}
        found = {**said, **super().of_paragraph(paragraph)}
        return {**found, "on_white": ""} if self.ruled else found


@dataclass
class _Reading:
    """One sheet on the way. ``column_styles`` names the style of cells that name none, by column."""

    walk: Walk
    styles: _CellStyles
    book: Workbook
    sheet: Sheet
    column_styles: dict[int, str] = field(default_factory=dict)
    room: int = 2 * MAX_CELLS

    def take(self, cells: int) -> None:
        """Count cells in which something stands, each as often as the file says that it stands there."""
        self.room -= cells
        if self.room < 0:
            raise UnreadableFile("too_large", "more cells than any form has")


def read_opendocument_sheets(data: bytes) -> Workbook:
    """A spreadsheet of OpenDocument. Raises :class:`UnreadableFile`."""
    package = Package(data)
    if package.has(_MANIFEST) and b"encryption-data" in package.part(_MANIFEST):
        raise UnreadableFile("encrypted")
    root = package.xml(_CONTENT)
    body = root.find(f"{name('office:body')}/{name('office:spreadsheet')}")
    if body is None:
        raise UnreadableFile("damaged", "the file has no sheets")
    tables = body.findall(name("table:table"))
    if len(tables) > MAX_SHEETS:
        raise UnreadableFile("too_large", "more sheets than any form has")
    styles = _styles(package, root)
    styles.ruled = next(root.iter(*_RULES), None) is not None
    hidden = _hidden_styles(root)
    book = Workbook(modified=_modified(package))
    for table in tables:
        if table.get(_STYLE, "") in hidden:
            book.hidden_sheets += 1
            continue
        sheet = Sheet(get(table, "table:name"), rules=styles.ruled)
        reading = _Reading(Walk(styles, controls_of(table)), styles, book, sheet)
        _read_table(reading, table)
        if any(not holds_text(shape) for shape in table.iter(*SHAPES)):
            book.notes.append(shape_note(sheet.name))
        reading.sheet.hidden_text = reading.sheet.hidden_text or reading.walk.hidden
        book.sheets.append(reading.sheet)
    book.notes += _notes(root, [table for table in tables if table.get(_STYLE, "") not in hidden])
    return book


def _styles(package: Package, root: etree._Element) -> _CellStyles:
    common = package.xml(_STYLES).find(name("office:styles")) if package.has(_STYLES) else None
    return cast(_CellStyles, _CellStyles.of(common, root.find(name("office:automatic-styles"))))


def _hidden_styles(root: etree._Element) -> set[str]:
    """The styles of sheets that are not shown."""
    styles = root.iterfind(f"{name('office:automatic-styles')}/{name('style:style')}")
    return {
        get(style, "style:name")
        for style in styles
        if get(style, "style:family") == "table"
        and any(get(one, "table:display") == "false" for one in style.iterchildren(name("style:table-properties")))
    }


def _read_table(reading: _Reading, table: etree._Element) -> None:
    column = 0
    for element in _within(table, _COLUMN):
        times = _times(element, "table:number-columns-repeated")
        columns = range(column, min(column + times, LAST_COLUMN + 1))
        if get(element, "table:visibility", "visible") != "visible":
            reading.sheet.hidden_columns.update(columns)
        if style := element.get(_DEFAULT_STYLE):
            reading.column_styles.update(dict.fromkeys(columns, style))
        column += times
    row = 0
    for element in _within(table, _ROW):
        times = _times(element, "table:number-rows-repeated")
        if get(element, "table:visibility", "visible") != "visible":
            reading.sheet.hidden_rows.update(range(row, min(row + times, LAST_ROW + 1)))
        _read_row(reading, element, row, times)
        row += times


def _read_row(reading: _Reading, row: etree._Element, number: int, times: int) -> None:
    column = 0
    for cell in row.iterchildren(*_CELLS):
        repeats = _times(cell, "table:number-columns-repeated")
        if cell.get(_STYLE) is None and (style := row.get(_DEFAULT_STYLE) or reading.column_styles.get(column)):
            cell.set(_STYLE, style)
        content = _content(reading, cell, (number, column))
        if content.filled or (content.shaded and repeats * times <= _MAX_SHADED):
            reading.take(times * repeats)
            checked_place(number + times - 1, column + repeats - 1)
            for place in Region(number, column, number + times - 1, column + repeats - 1).places():
                reading.sheet.cells[place] = content
        across = _times(cell, "table:number-columns-spanned")
        down = _times(cell, "table:number-rows-spanned")
        if across * down > 1:
            reading.sheet.merged.append(Region(number, column, number + down - 1, column + across - 1))
        column += repeats


def _content(reading: _Reading, cell: etree._Element, place: Place) -> Content:
    shaded = reading.styles.shaded(cell)
    if len(cell) == 0 and not cell.attrib.get(name("office:value-type")) and not cell.attrib.get(name("table:formula")):
        return Content((), shaded)
    reading.styles.cell = cell.get(_STYLE, "")
    paragraphs = reading.walk.paragraphs(cell)
    if not paragraphs and any(holds_text(one) for one in cell.iterchildren(*PARAGRAPHS)):
        return Content((), shaded)  # all of it is hidden
    value = _value(cell, bool(paragraphs))
    if get(cell, "table:formula") and not value and not paragraphs and not get(cell, "office:value-type"):
        reading.book.without_value.append((reading.sheet.name, place))
    if value:
        mark = next((run.mark for paragraph in paragraphs for run in paragraph.runs), Run("").mark)
        return Content((Run(value, mark),), shaded)
    return Content(_joined(paragraphs), shaded)


def _joined(paragraphs: tuple[Paragraph, ...]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for number, paragraph in enumerate(paragraphs):
        runs += [Run("\n")] if number else []
        runs += paragraph.runs
    return tuple(runs)


def _value(cell: etree._Element, shown: bool) -> str:
    """What is given in place of what the cell shows: an ISO day for a date, TRUE or FALSE, a number that nothing shows."""
    kind = get(cell, "office:value-type")
    if kind == "date":
        day, _, time = get(cell, "office:date-value").partition("T")
        time = time.removesuffix("Z").partition(".")[0].removesuffix(":00")
        return f"{day} {time}" if time.strip("0:") else day
    if kind == "boolean":
        return get(cell, "office:boolean-value").upper()
    if shown:
        return ""
    try:
        return plain_number(float(get(cell, "office:value")))
    except (ValueError, OverflowError):
        return get(cell, "office:string-value")


def _within(parent: etree._Element, wanted: str, depth: int = 0) -> Iterator[etree._Element]:
    """The rows or columns of a sheet, through the groups in which they stand."""
    if depth > _MAX_DEPTH:
        raise UnreadableFile("unsafe", "groups of rows stand inside each other without end")
    for element in parent:
        if element.tag == wanted:
            yield element
        elif element.tag in _GROUPS[wanted]:
            yield from _within(element, wanted, depth + 1)


def _times(element: etree._Element, attribute: str) -> int:
    text = get(element, attribute, "1")
    return min(max(int(text), 1), LAST_ROW + 1) if text.isdecimal() and len(text) < 12 else 1


def _modified(package: Package) -> str:
    try:
        meta = package.xml(_META) if package.has(_META) else None
    except UnreadableFile:
        return ""  # a date is not worth a form
    return "" if meta is None else universal(meta.findtext(f"{name('office:meta')}/{name('dc:date')}") or "")


def _notes(root: etree._Element, tables: list[etree._Element]) -> Iterator[ReaderNote]:
    """What a person may want to know about the file. No text of the file stands in these messages."""
    comments = sum(1 for table in tables for _ in table.iter(name("office:annotation")))
    if comments:
        message = f"Comments on cells, which were not read: {comments}. Look whether they matter."
        yield ReaderNote("comments_in_file", "", message)
    over = [shapes for table in tables for shapes in table.iterfind(name("table:shapes"))]
    if any("".join(map(str, shapes.itertext())).strip() for shapes in over):
        message = "Text boxes lie over the sheets; their text was not read."
        yield ReaderNote("drawn_over", "", message)
    controls = sum(1 for shapes in over for _ in shapes.iter(name("draw:control")))
    if controls:
        message = (
            f"Controls lie over the sheets ({controls} in all) whose state cannot be read for certain. Look at them."
        )
        yield ReaderNote("drawn_over", "", message)
    frames = [frame for table in tables for frame in table.iter(name("draw:frame"))]
    embedded = sum(1 for frame in frames if frame.find(name("draw:text-box")) is None)
    if embedded:
        message = f"The file holds pictures or objects of other programs ({embedded} in all), which were not opened."
        yield ReaderNote("embedded_object", "", message)
    if any(_is_outside(element) for element in root.iter(etree.Element)):
        message = "The file refers to something outside itself, which was not opened."
        yield ReaderNote("external_reference", "", message)


def _is_outside(element: etree._Element) -> bool:
    """Whether an element that is more than a link to click refers to something outside the file."""
    target = element.get(_HREF, "").strip()
    return (":" in target or target.startswith(("/", "..", "\\"))) and element.tag != name("text:a")
