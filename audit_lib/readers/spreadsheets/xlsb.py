"""Binary Excel workbooks (.xlsb): records in the parts of a package, read as those of old workbooks are, and for the same reasons."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Mark, Run
from audit_lib.readers.package import Package
from audit_lib.readers.spreadsheets.calamine import count_by_calamine
from audit_lib.readers.spreadsheets.cells import (
    ERRORS,
    MAX_WALKED,
    Segments,
    cut,
    packed_number,
    put,
    style_at,
    text_runs,
    value_runs,
)
from audit_lib.readers.spreadsheets.formats import BUILT_IN
from audit_lib.readers.spreadsheets.grid import LAST_COLUMN, Extent, Region, Sheet, Workbook, checked_place
from audit_lib.readers.spreadsheets.styles import Font, Style
from audit_lib.readers.spreadsheets.workbook import (
    MAX_SHEETS,
    Entry,
    add_tick_boxes,
    shapes_over,
    sheet_part,
    workbook_notes,
)

_FONT, _FORMAT, _FILL, _XF, _BEGIN_CELLS, _END_CELLS = 43, 44, 45, 47, 617, 618
_PROPERTIES, _SHEET, _TEXT = 153, 156, 19
_ROW, _COLUMNS, _MERGED, _BEGIN_ROWS, _END_ROWS = 0, 60, 176, 145, 146
_RULES, _TABLES = 461, 660
_INDEXED, _RGB, _THEME = 1, 2, 3
_WHITE_INDEXES = {1, 9, 65}
_SOLID = 1


@dataclass
class _Frame:
    """What holds for all sheets of one workbook."""

    fonts: list[Font] = field(default_factory=list)
    texts: list[Segments] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    from_1904: bool = False
    walked: int = 0


def read_binary_workbook(data: bytes) -> Workbook:
    """A workbook of binary parts. Raises :class:`UnreadableFile`."""
    package = Package(data)
    package.refuse_document_types()
    main = package.main_part()
    try:
        frame = _frame(package, main)
        shown = [entry for entry in frame.entries if entry.part and not entry.hidden]
        book = Workbook(hidden_sheets=sum(entry.hidden for entry in frame.entries), modified=package.modified())
        for entry in shown:
            walk = _SheetWalk(frame, Sheet(entry.name))
            walk.read(package.part(entry.part))
            book.notes += add_tick_boxes(package, entry.part, walk.sheet)
            book.notes += shapes_over(package, entry.part, walk.sheet)
            book.sheets.append(walk.sheet)
    except (struct.error, IndexError) as error:
        raise UnreadableFile("damaged", "a record of the workbook is cut off") from error
    book.in_file = count_by_calamine(data, book.sheets)
    book.notes += workbook_notes(package, [entry.part for entry in shown])
    return book


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The kind and the bytes of each record. Both numbers before it are written in groups of seven bits."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        if at + length > len(data):
            raise UnreadableFile("damaged", "the file is cut off")
        yield kind, data[at : at + length]
        at += length


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for place in range(most):
        byte = data[at + place]
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return number, at + place + 1
    return number, at + most


def _wide(data: bytes, at: int) -> tuple[str, int]:
    """A text that says its length, and where it ends. An absent one is empty."""
    (count,) = struct.unpack_from("<I", data, at)
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(data):
        raise IndexError
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _frame(package: Package, main: str) -> _Frame:
    frame = _Frame()
    if not main:
        raise UnreadableFile("damaged", "the file does not say where its sheets are")
    for kind, data in _records(package.part(main)):
        if kind == _SHEET:
            (state,) = struct.unpack_from("<I", data)
            relation, at = _wide(data, 8)
            frame.entries.append(Entry(_wide(data, at)[0], sheet_part(package, main, relation), state != 0))
        elif kind == _PROPERTIES:
            frame.from_1904 = bool(data[0] & 1)
    if len(frame.entries) > MAX_SHEETS:
        raise UnreadableFile("too_large", "more sheets than any form has")
    parts = {one.kind: one.target for one in package.relationships(main) if package.has(one.target)}
    if "styles" in parts:
        frame.styles = _styles(package.part(parts["styles"]), frame.fonts)
    if "sharedStrings" in parts:
        shared = _records(package.part(parts["sharedStrings"]))
        frame.texts = [_rich(data, 0, frame.fonts) for kind, data in shared if kind == _TEXT]
    return frame


def _styles(part: bytes, fonts: list[Font]) -> list[Style]:
    fills: list[bool] = []
    codes = dict(BUILT_IN)
    styles: list[Style] = []
    of_cells = False
    for kind, data in _records(part):
        if kind == _FONT:
            fonts.append(_font(data))
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _wide(data, 2)[0]
        elif kind == _FILL:
            fills.append(_shaded(data))
        elif kind in (_BEGIN_CELLS, _END_CELLS):
            of_cells = kind == _BEGIN_CELLS
        elif kind == _XF and of_cells:
            _, code, font, fill = struct.unpack_from("<4H", data)
            own = fonts[font] if font < len(fonts) else Font()
            styles.append(Style(own, fill < len(fills) and fills[fill], codes.get(code, "")))
    return styles


def _font(data: bytes) -> Font:
    _, flags, weight, _, underline = struct.unpack_from("<4HB", data)
    mark = Mark.STRUCK if flags & 0x0008 else Mark.NONE
    mark |= Mark.BOLD if weight >= 600 else Mark.NONE
    mark |= Mark.UNDERLINED if underline else Mark.NONE
    return Font(mark, _wide(data, 21)[0], _white(data, 12))


def _shaded(data: bytes) -> bool:
    (pattern,) = struct.unpack_from("<I", data)
    return pattern != 0 and not (pattern == _SOLID and _white(data, 4))


def _white(data: bytes, at: int) -> bool:
    """Whether the colour that is told at this place is white."""
    kind, index, tint = struct.unpack_from("<BBh", data, at)
    sort = kind >> 1
    white = (sort == _INDEXED and index in _WHITE_INDEXES) or (sort == _THEME and index == 0)
    return tint == 0 and (white or (sort == _RGB and data[at + 4 : at + 7] == b"\xff\xff\xff"))


def _rich(data: bytes, at: int, fonts: list[Font]) -> Segments:
    text, end = _wide(data, at + 1)
    if not data[at] & 1:
        return ((text, None),)
    (count,) = struct.unpack_from("<I", data, end)
    changes = struct.iter_unpack("<HH", data[end + 4 : end + 4 + 4 * min(count, len(text))])
    return cut(text, [(first, fonts[font] if font < len(fonts) else Font()) for first, font in changes])


class _SheetWalk:
    """Reads the records of one sheet into ``sheet``."""

    def __init__(self, frame: _Frame, sheet: Sheet) -> None:
        self._frame = frame
        self._row = -1
        self._extent = Extent()
        self.sheet = sheet

    def read(self, part: bytes) -> None:
        """Read a whole part."""
        kinds = {kind for kind, _ in _records(part)}
        self.sheet.rules, self.sheet.styled = _RULES in kinds, _TABLES in kinds
        in_rows = False  # elsewhere the same kinds stand for other things
        for kind, data in _records(part):
            if kind in (_BEGIN_ROWS, _END_ROWS):
                in_rows = kind == _BEGIN_ROWS
            elif kind == _ROW and in_rows:
                (self._row,) = struct.unpack_from("<I", data)
                if data[11] & 0x10:
                    self.sheet.hidden_rows.add(self._row)
            elif kind in _VALUES and in_rows:
                column, style = struct.unpack_from("<II", data)
                self._cell(kind, data, column, style_at(self._frame.styles, style & 0xFFFFFF))
            elif kind == _COLUMNS:
                first, last, width, _, flags = struct.unpack_from("<4IH", data)
                if flags & 1 or not width:
                    self.sheet.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))
            elif kind == _MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", data)
                self.sheet.merged.append(Region(top, left, bottom, right))

    def _cell(self, kind: int, data: bytes, column: int, style: Style) -> None:
        self._frame.walked += 1
        if self._frame.walked > MAX_WALKED:
            raise UnreadableFile("too_large", "more cells than any form has")
        place = checked_place(self._row, column)
        value = _VALUES[kind](data, self._frame)
        runs: tuple[Run, ...] = ()
        if value is not None:
            self._extent.grow(place)
        if isinstance(value, tuple):
            runs = text_runs(self.sheet, place, value, style)
        elif value is not None:
            runs = value_runs(self.sheet, value, style, self._frame.from_1904)
        put(self.sheet, place, runs, style)


def _shared(data: bytes, frame: _Frame) -> Segments:
    (number,) = struct.unpack_from("<I", data, 8)
    if number >= len(frame.texts):
        raise UnreadableFile("damaged", "a cell refers to a text that is not in the file")
    return frame.texts[int(number)]


def _plain(data: bytes, frame: _Frame) -> Segments:
    return ((_wide(data, 8)[0], None),)


def _error(data: bytes, frame: _Frame) -> str:
    return ERRORS.get(data[8], "#N/A")


def _truth(data: bytes, frame: _Frame) -> bool:
    return bool(data[8])


def _real(data: bytes, frame: _Frame) -> float:
    return float(struct.unpack_from("<d", data, 8)[0])


_VALUES: dict[int, Callable[[bytes, _Frame], Segments | float | bool | str | None]] = {
    1: lambda data, frame: None,
    2: lambda data, frame: packed_number(struct.unpack_from("<I", data, 8)[0]),
    3: _error,
    4: _truth,
    5: _real,
    6: _plain,
    7: _shared,
    8: _plain,
    9: _real,
    10: _truth,
    11: _error,
    62: lambda data, frame: _rich(data, 8, frame.fonts),
}
