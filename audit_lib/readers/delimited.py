"""The reader of delimited text: CSV and its relations, as spreadsheets, case systems and Microsoft Forms export them.

By the csv module rather than pandas: it loses nothing (pandas drops blank lines, renames columns of the same name, and refuses
a file for one row that is too long), it says where it is in the file, and a child process that reads one small table
does not pay for importing pandas. Every cell is text as it stands: "N/A", "None" and "007" stay what they are.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Cell, RawForm, ReaderNote, Run, Table
from audit_lib.readers.spreadsheets.grid import letters, marked, paragraphs

MAX_ROWS = 20_000
MAX_CELL = 131_072  # characters
_TOO_LONG = "holds a cell far larger than any form's"
MAX_COLUMNS = 500
MAX_CELLS = 500_000  # more do not fit into the memory of a child process on their way to its parent
_SEPARATORS = ",;\t|"
_NONE = "\x1f"  # stands for no separator: a table of one column
_SAMPLE = 100  # rows by which the separator is told
_MOST = 0.6  # of these are cut by it
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
Record = list[str]
Row = tuple[int, int, int]  # its number, how many cells it has, and up to which of them something stands


def read_delimited(data: bytes, kind: str) -> RawForm:
    """One table of lines and separators as a raw form.

    The separator (comma, semicolon, tab or bar) is the one that cuts the first rows most evenly, unless the file names it
    (``sep=;``). Rows are counted as a spreadsheet counts them, the header being row 1; rows in which nothing stands are
    not given. A line break in a cell begins a new paragraph. A row with more or fewer cells than most is given as it is,
    and noted. Letters are UTF-8, UTF-16 or UTF-32; else those of Windows (cp1252), and a note says so.

    Raises :class:`UnreadableFile`: ``damaged`` where a quotation mark is not closed or letters cannot be read, ``too_large``.
    """
    text, notes = _decoded(data)
    lines = list(io.StringIO(text, newline=""))
    separator = _named_separator(lines)
    if separator:
        del lines[0]
    else:
        separator = _found_separator(lines)
    reading = _Reading(lines, separator)
    cells: list[Cell] = []
    for number, record in reading.records():
        _check_size(number, record, len(cells))
        if any(value.strip() for value in record):
            reading.rows.append((number, len(record), _filled(record)))
            cells += _cells(number, record, reading.places)
    notes += _uneven(reading.rows)
    read = sum(letters(cell.runs) for cell in cells)
    blocks = (Table(tuple(cells), delimited=True),) if cells else ()
    return RawForm(kind, blocks, tuple(notes), _count(lines, cells, separator), read)


def _decoded(data: bytes) -> tuple[str, list[ReaderNote]]:
    """The text, and a note where the file does not say how its letters are written."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    try:
        if encoding:
            return _checked(data.decode(encoding)), []
        if data.count(0) * 3 > len(data):
            encoding = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
            return _checked(data.decode(encoding)), [_assumed("UTF-16")]
        return _checked(data.decode("utf-8")), []
    except UnicodeDecodeError as error:
        if encoding or _is_broken_utf8(data):
            raise UnreadableFile("damaged", "some of its letters cannot be read") from error
    try:
        return _checked(data.decode("cp1252")), [_assumed("Windows (cp1252)")]
    except UnicodeDecodeError as error:
        raise UnreadableFile("damaged", "it does not say how its letters are written") from error


def _checked(text: str) -> str:
    """The same text. NUL stands in no text: what holds one was no text in this encoding."""
    text = text.removesuffix("\x1a")  # old programs end a text with that sign
    if "\0" in text:
        raise UnreadableFile("damaged", "it holds what no text holds")
    return text


def _is_broken_utf8(data: bytes) -> bool:
    """Whether a text that is no UTF-8 nearly is: taken as Windows letters, its dashes and quotation marks would be wrong."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - bad >= bad


def _assumed(encoding: str) -> ReaderNote:
    message = (
        f"The file does not say how its letters are written; taken as {encoding}. Look at dashes, pounds and accents."
    )
    return ReaderNote("encoding_assumed", "", message)


def _named_separator(lines: list[str]) -> str:
    """The separator that Excel's first line names (``sep=;``); empty when it names none."""
    first = lines[0].strip("\r\n") if lines else ""
    named = first[4:].strip('"') if first.lower().startswith("sep=") else ""
    return named if len(named) == 1 and (named in _SEPARATORS or not named.isalnum()) else ""


def _found_separator(lines: list[str]) -> str:
    """The separator that cuts the first rows most evenly; where none cuts most rows, there is one column."""
    best, most = _NONE, (0.0, 0)
    for separator in _SEPARATORS:
        widths = Counter(_sample(lines, separator))
        width, times = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        even = (times / max(widths.total(), 1), width)
        cuts = (widths.total() - widths[1]) / max(widths.total(), 1)
        if width > 1 and (even[0] > _MOST or cuts > _MOST) and even > most:
            best, most = separator, even
    return best


def _sample(lines: list[str], separator: str) -> Iterator[int]:
    """The number of cells of the first rows in which anything stands."""
    given = 0
    try:
        for record in csv.reader(lines, delimiter=separator):
            if any(value.strip() for value in record):
                given += 1
                yield len(record)
            if given >= _SAMPLE:
                return
    except csv.Error:
        return


@dataclass
class _Reading:
    """The lines of one table on the way to rows. ``rows`` are those that hold something."""

    lines: list[str]
    separator: str
    rows: list[Row] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    _next: int = 0

    def records(self) -> Iterator[tuple[int, Record]]:
        """Each row with its number from 1.

        Strictly at first; a row with text after a closing quotation mark is read as a spreadsheet reads it when it
        ends in its line. One that goes on through further lines has lost a quotation mark, and with it its end.
        """
        number = 0
        while self._next < len(self.lines):
            reader = csv.reader(self._feed(), delimiter=self.separator, strict=True)
            try:
                begun = self._next
                for record in reader:
                    number += 1
                    yield number, record
                    begun = self._next
            except csv.Error as error:
                number += 1
                yield number, self._leniently(begun, number, str(error))

    def _feed(self) -> Iterator[str]:
        while self._next < len(self.lines):
            self._next += 1
            yield self.lines[self._next - 1]

    def _leniently(self, begun: int, number: int, what: str) -> Record:
        if "field larger" in what:
            raise UnreadableFile("too_large", f"row {number} {_TOO_LONG}")
        self._next = begun
        record = next(csv.reader(self._feed(), delimiter=self.separator), [])
        if self._next > begun + 1 or "unexpected end" in what:
            raise UnreadableFile("damaged", f"a quotation mark in row {number} is not closed")
        return record


def _check_size(number: int, record: Record, cells: int) -> None:
    if number > MAX_ROWS or len(record) > MAX_COLUMNS or cells + len(record) > MAX_CELLS:
        raise UnreadableFile("too_large", "more rows or columns than any export of a form has")
    if any(len(value) > MAX_CELL for value in record):  # csv has a limit of its own, which any library may have moved
        raise UnreadableFile("too_large", f"row {number} {_TOO_LONG}")


def _filled(record: Record) -> int:
    return max(index for index, value in enumerate(record, start=1) if value.strip())


def _uneven(rows: list[Row]) -> list[ReaderNote]:
    """A note for each row with fewer cells than most rows have, or with text beyond these; its place is ``row 4``.

    Empty cells at the end of all rows but the header, which some programs write, make no column.
    """
    if not rows:
        return []
    usual = Counter(cells for _, cells, _ in rows).most_common(1)[0][0]
    width = min(usual, max(filled for _, _, filled in rows))
    return [
        ReaderNote("uneven_row", f"row {number}", f"The row has {cells} cells, the table {width}: look where its text stands.")
        for number, cells, filled in rows
        if cells < width or filled > width
    ]  # fmt: skip


def _count(lines: list[str], cells: list[Cell], separator: str) -> int:
    """The characters that the file holds, told without cutting it into cells.

    Only quotation marks and separators cannot be counted so: those that are text are counted in the cells.
    """
    whole = "".join("".join(lines).split())
    in_cells = (run.text.count(mark) for cell in cells for run in cell.runs for mark in _special(separator))
    return len(whole) - sum(whole.count(mark) for mark in _special(separator)) + sum(in_cells)


def _special(separator: str) -> str:
    return '"' if separator.isspace() else f'"{separator}'


def _cells(number: int, record: Record, places: list[str]) -> Iterator[Cell]:
    where = f"row {number}"
    places += [f"column {column}" for column in range(len(places) + 1, len(record) + 1)]
    for column, value in enumerate(record):
        at = f"{where}, {places[column]}"
        inside = paragraphs(marked(value, _PLAIN), at) if value.strip() else ()
        yield Cell(number - 1, column, inside, where=where, column_where=places[column])


_PLAIN = Run("")
