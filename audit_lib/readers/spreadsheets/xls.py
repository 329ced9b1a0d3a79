"""Old Excel workbooks (.xls of Excel 97 to 2003): our own walk over the records.

For the same reasons as for new ones: calamine gives the values alone, without struck text, hidden rows or errors. It counts
afterwards how much text there is, so that what one of the two readers loses shows - unless the file says of itself that it is
huge, for which calamine would make room.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Mark, ReaderNote, Run
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
from audit_lib.readers.spreadsheets.grid import (
    LAST_COLUMN,
    MAX_RANGE,
    Extent,
    Place,
    Region,
    Sheet,
    Workbook,
    checked_place,
)
from audit_lib.readers.spreadsheets.stream import CONTINUE, Record, records, workbook_stream
from audit_lib.readers.spreadsheets.styles import Font, Style
from audit_lib.readers.spreadsheets.workbook import MAX_SHEETS, shape_note
from audit_lib.readers.spreadsheets.xls_texts import Pieces, font_at, text_at

_BEGIN, _END = 0x0809, 0x000A
_BEGINNINGS = {0x0009, 0x0209, 0x0409, _BEGIN}  # of all versions there have been
_VERSION = 0x0600
_PASSWORD, _FROM_1904, _SHEET, _FONT, _FORMAT, _XF, _TEXTS = 0x002F, 0x0022, 0x0085, 0x0031, 0x041E, 0x00E0, 0x00FC
_OUTSIDE = 0x01AE
_FORMULA_TEXT = 0x0207
_WHITE = {1, 9, 65}
_RULES = {0x01B0, 0x0879}  # that colour cells in other ways than their style says
_TEXT_BOX = "a text box"
_SHAPES = {0x01, 0x02, 0x03, 0x04, 0x09, 0x1E}  # line, rectangle, oval, arc, polygon, any shape of newer versions
_OBJECTS = {0x05: "a chart", 0x06: _TEXT_BOX, 0x08: "a picture or an object of another program"}
_CONTROLS = {0x0B, 0x0C, 0x0D, 0x10, 0x11, 0x12}  # tick box, option button, field, spinner, scroll bar, list
_WORKSHEET = 0


@dataclass
class _Globals:
    """What the head of the workbook says. ``sheets``: name, whether hidden, and where it begins."""

    fonts: list[Font] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    cells: list[tuple[int, int, bool]] = field(default_factory=list)  # font, format, coloured
    texts: list[Segments] = field(default_factory=list)
    sheets: list[tuple[str, bool, int]] = field(default_factory=list)
    hidden: int = 0
    from_1904: bool = False
    outside: bool = False
    styles: list[Style] = field(default_factory=list)


def read_old_workbook(data: bytes) -> Workbook:
    """A workbook of records in an OLE2 file. Raises :class:`UnreadableFile`."""
    stream = workbook_stream(data)
    try:
        head = _head(stream)
        book = Workbook(hidden_sheets=head.hidden)
        met: Counter[str] = Counter()
        walked, countable = 0, True
        for name, hidden, at in head.sheets:
            rules = any(record.kind in _RULES for record in _of_sheet(stream, at))
            walk = _SheetWalk(head, Sheet(name, rules=rules), walked)
            walk.read(_of_sheet(stream, at))
            walked, countable = walk.walked, countable and walk.countable
            if not hidden:
                book.sheets.append(walk.sheet)
                met += walk.met
                book.notes += [shape_note(name)] if walk.shapes else []
    except (struct.error, IndexError) as error:
        raise UnreadableFile("damaged", "a record of the workbook is cut off") from error
    book.notes += _notes(head, met)
    book.in_file = count_by_calamine(data, book.sheets) if countable else None
    return book


def _head(stream: bytes) -> _Globals:
    """The records before the first sheet. Raises :class:`UnreadableFile` for other versions and for protected files."""
    head = _Globals()
    texts: list[bytes] = []
    before = 0
    for number, record in enumerate(records(stream)):
        kind, data = record.kind, record.data
        if number == 0:
            _check_version(kind, data)
        if kind == _PASSWORD:
            raise UnreadableFile("encrypted")
        if kind == _TEXTS or (kind == CONTINUE and before == _TEXTS):
            texts.append(data)
        elif kind != CONTINUE and kind in _HEAD_RECORDS:
            _HEAD_RECORDS[kind](head, data)
        if kind == _END:
            break
        before = kind if kind != CONTINUE else before
    if len(head.sheets) > MAX_SHEETS:
        raise UnreadableFile("too_large", "more sheets than any form has")
    if texts:
        head.texts = Pieces(texts).shared(head.fonts)
    head.styles = [
        Style(font_at(head.fonts, font), shaded, head.formats.get(code, "")) for font, code, shaded in head.cells
    ]
    return head


def _check_version(kind: int, data: bytes) -> None:
    if kind not in _BEGINNINGS:
        raise UnreadableFile("damaged", "the workbook does not begin as one")
    if kind != _BEGIN or struct.unpack_from("<H", data)[0] != _VERSION:
        raise UnreadableFile("not_supported", "an Excel file of before 1997: open it in Excel and save it as .xlsx")


def _from_1904(head: _Globals, data: bytes) -> None:
    head.from_1904 = data[:2] == b"\x01\x00"


def _sheet(head: _Globals, data: bytes) -> None:
    at, state, kind = struct.unpack_from("<IBB", data)
    if kind == _WORKSHEET:
        head.hidden += state & 3 != 0
        head.sheets.append((text_at(data, 6, count_bytes=1), state & 3 != 0, at))


def _font(head: _Globals, data: bytes) -> None:
    _, flags, colour, weight, _, underline = struct.unpack_from("<HHHHHB", data)
    mark = Mark.STRUCK if flags & 0x0008 else Mark.NONE
    mark |= Mark.BOLD if weight >= 600 else Mark.NONE
    mark |= Mark.UNDERLINED if underline else Mark.NONE
    head.fonts.append(Font(mark, text_at(data, 14, count_bytes=1), colour in _WHITE))


def _format(head: _Globals, data: bytes) -> None:
    head.formats[struct.unpack_from("<H", data)[0]] = text_at(data, 2)


def _xf(head: _Globals, data: bytes) -> None:
    font, code = struct.unpack_from("<HH", data)
    lines, colours = struct.unpack_from("<IH", data, 14)
    pattern, front = lines >> 26, colours & 0x7F
    head.cells.append((font, code, pattern > 1 or (pattern == 1 and front not in _WHITE)))


def _outside(head: _Globals, data: bytes) -> None:
    head.outside = head.outside or (len(data) > 4 and data[2:4] not in (b"\x01\x04", b"\x01\x3a"))


_HEAD_RECORDS: dict[int, Callable[[_Globals, bytes], None]] = {
    _FROM_1904: _from_1904,
    _SHEET: _sheet,
    _FONT: _font,
    _FORMAT: _format,
    _XF: _xf,
    _OUTSIDE: _outside,
}


def _of_sheet(stream: bytes, at: int) -> Iterator[Record]:
    """The records of one sheet, without those of charts inside it."""
    depth = 0
    for record in records(stream, at):
        depth += (record.kind == _BEGIN) - (record.kind == _END)
        if depth == 1:
            yield record
        elif depth == 0:
            return
    raise UnreadableFile("damaged", "a sheet is cut off")


class _SheetWalk:
    """Reads the records of one sheet into ``sheet``; ``met`` counts what else lies on it."""

    def __init__(self, head: _Globals, sheet: Sheet, walked: int) -> None:
        self._head = head
        self._extent = Extent()
        self._formula: tuple[int, int, int] | None = None  # whose text follows
        self.sheet = sheet
        self.walked = walked
        self.countable = True
        self.shapes = False  # whether a line or shape lies on it
        self.met: Counter[str] = Counter()

    def read(self, found: Iterator[Record]) -> None:
        """Read these records."""
        text: list[bytes] = []
        for kind, data, _ in found:
            if kind == CONTINUE:
                text += [data] if text else []
                continue
            if text:
                self._formula_text(text)
                text = []
            if kind == _FORMULA_TEXT:
                text = [data]
            elif kind in _SHEET_RECORDS:
                _SHEET_RECORDS[kind](self, data)
        if text:
            self._formula_text(text)

    def stated_size(self, data: bytes) -> None:
        """What the file says of its own size, which may be anything; calamine believes it."""
        top, bottom, left, right = struct.unpack_from("<2I2H", data)
        rows, columns = bottom - top, right - left
        self.countable = self.countable and rows >= 0 and columns >= 0 and rows * columns <= MAX_RANGE

    def row(self, data: bytes) -> None:
        number, _, _, _, _, _, flags = struct.unpack_from("<7H", data)
        if flags & 0x20:
            self.sheet.hidden_rows.add(number)

    def columns(self, data: bytes) -> None:
        first, last, width, _, flags = struct.unpack_from("<5H", data)
        if flags & 1 or not width:
            self.sheet.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))

    def merged(self, data: bytes) -> None:
        (count,) = struct.unpack_from("<H", data)
        for number in range(count):
            top, bottom, left, right = struct.unpack_from("<4H", data, 2 + 8 * number)
            self.sheet.merged.append(Region(top, left, bottom, right))

    def comment(self, data: bytes) -> None:
        self.met["comment"] += 1

    def drawn(self, data: bytes) -> None:
        _, _, kind = struct.unpack_from("<3H", data)
        if kind in _CONTROLS:
            self.met["control"] += 1
        elif kind in _SHAPES:
            self.shapes = True
        elif kind in _OBJECTS:
            self.met[_OBJECTS[kind]] += 1

    def number(self, data: bytes) -> None:
        row, column, style, value = struct.unpack_from("<3Hd", data)
        self._value((row, column), style, value)

    def packed(self, data: bytes) -> None:
        row, column, style, value = struct.unpack_from("<3HI", data)
        self._value((row, column), style, packed_number(value))

    def several_packed(self, data: bytes) -> None:
        row, first = struct.unpack_from("<2H", data)
        for number in range((len(data) - 6) // 6):
            style, value = struct.unpack_from("<HI", data, 4 + 6 * number)
            self._value((row, first + number), style, packed_number(value))

    def shared_text(self, data: bytes) -> None:
        row, column, style, number = struct.unpack_from("<3HI", data)
        if number >= len(self._head.texts):
            raise UnreadableFile("damaged", "a cell refers to a text that is not in the file")
        self._text((row, column), style, self._head.texts[number])

    def own_text(self, data: bytes) -> None:
        row, column, style, count = struct.unpack_from("<4H", data)
        text, runs = Pieces([data[8:]]).text(count)
        self._text((row, column), style, cut(text, [(first, font_at(self._head.fonts, font)) for first, font in runs]))

    def truth_or_error(self, data: bytes) -> None:
        row, column, style, value, is_error = struct.unpack_from("<3H2B", data)
        self._value((row, column), style, ERRORS.get(value, "#N/A") if is_error else bool(value))

    def formula(self, data: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", data)
        result = data[6:14]
        if result[6:8] != b"\xff\xff":
            self._value((row, column), style, struct.unpack("<d", result)[0])
        elif result[0] == 0:
            self._formula = (row, column, style)
        elif result[0] == 1:
            self._value((row, column), style, bool(result[2]))
        elif result[0] == 2:
            self._value((row, column), style, ERRORS.get(result[2], "#N/A"))

    def blank(self, data: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", data)
        self._put((row, column), style, ())

    def several_blank(self, data: bytes) -> None:
        row, first = struct.unpack_from("<2H", data)
        for number in range((len(data) - 6) // 2):
            self._put((row, first + number), struct.unpack_from("<H", data, 4 + 2 * number)[0], ())

    def _formula_text(self, pieces: list[bytes]) -> None:
        if self._formula is not None:
            row, column, style = self._formula
            self._formula = None
            (count,) = struct.unpack_from("<H", pieces[0])
            text, _ = Pieces([pieces[0][2:], *pieces[1:]]).text(count)
            self._text((row, column), style, ((text, None),))

    def _text(self, place: Place, style: int, segments: Segments) -> None:
        self._extent.grow(place)
        self._put(place, style, text_runs(self.sheet, place, segments, style_at(self._head.styles, style)))

    def _value(self, place: Place, style: int, value: float | bool | str) -> None:
        self._extent.grow(place)
        runs = value_runs(self.sheet, value, style_at(self._head.styles, style), self._head.from_1904)
        self._put(place, style, runs)

    def _put(self, place: Place, style: int, runs: tuple[Run, ...]) -> None:
        self.walked += 1
        if self.walked > MAX_WALKED:
            raise UnreadableFile("too_large", "more cells than any form has")
        put(self.sheet, checked_place(*place), runs, style_at(self._head.styles, style))


_SHEET_RECORDS: dict[int, Callable[[_SheetWalk, bytes], None]] = {
    0x0200: _SheetWalk.stated_size,
    0x0208: _SheetWalk.row,
    0x007D: _SheetWalk.columns,
    0x00E5: _SheetWalk.merged,
    0x001C: _SheetWalk.comment,
    0x005D: _SheetWalk.drawn,
    0x0203: _SheetWalk.number,
    0x027E: _SheetWalk.packed,
    0x00BD: _SheetWalk.several_packed,
    0x00FD: _SheetWalk.shared_text,
    0x0204: _SheetWalk.own_text,
    0x00D6: _SheetWalk.own_text,
    0x0205: _SheetWalk.truth_or_error,
    0x0006: _SheetWalk.formula,
    0x0201: _SheetWalk.blank,
    0x00BE: _SheetWalk.several_blank,
}


def _notes(head: _Globals, met: Counter[str]) -> Iterator[ReaderNote]:
    """What a person may want to know about the file. No text of the file stands in these messages."""
    if met["comment"]:
        message = f"Comments on cells, which were not read: {met['comment']}. Look whether they matter."
        yield ReaderNote("comments_in_file", "", message)
    if head.outside:
        yield ReaderNote("external_reference", "", "The file refers to another workbook, which was not opened.")
    if met["control"]:
        message = f"Controls lie over the sheets ({met['control']} in all), whose state was not read. Look at them."
        yield ReaderNote("drawn_over", "", message)
    for what in sorted(set(_OBJECTS.values()) & set(met)):
        message = f"The file holds {what} ({met[what]} in all), which was not read."
        yield ReaderNote("drawn_over" if what == _TEXT_BOX else "embedded_object", "", message)
