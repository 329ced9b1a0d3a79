"""From the cells of a sheet to the table that a person sees: merging, hidden rows and columns, empty cells, places.

What every reader of spreadsheets shares. Each fills one :class:`Sheet`; :func:`table_of` makes the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Cell, Paragraph, ReaderNote, Run, Table
from audit_lib.readers.symbol_signs import boxes

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383  # the last cell of any spreadsheet is XFD1048576
MAX_RANGE = 1_000_000  # cells in the rectangle that holds all text of one sheet
MAX_CELLS = 200_000  # cells given for one workbook, empty ones included
MAX_LETTERS = 20_000_000  # of one workbook: a long text may be used by many cells
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", re.ASCII)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in one cell: its text, and whether a colour fills it."""

    runs: tuple[Run, ...] = ()
    shaded: bool = False

    @property
    def filled(self) -> bool:
        """Whether there is anything to see besides colour."""
        return any(run.ticked is not None or run.text.strip() for run in self.runs)


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of cells, both corners in it; rows and columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def area(self) -> int:
        """How many cells lie in it."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def clipped(self, other: Region) -> Region | None:
        """The part that lies in both; None when there is none."""
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom, right = min(self.bottom, other.bottom), min(self.right, other.right)
        return Region(top, left, bottom, right) if top <= bottom and left <= right else None

    def places(self) -> Iterator[Place]:
        """Every place in it, row by row."""
        return (
            (row, column) for row in range(self.top, self.bottom + 1) for column in range(self.left, self.right + 1)
        )


@dataclass
class Sheet:
    """One sheet as its file holds it. ``floating`` are tick boxes drawn over the sheet: the place, and what stands there.

    ``hidden_text`` becomes true when something in it is not shown, and so was not read. ``unseen`` counts the characters of a
    cell that are white on white; ``rules`` is true where rules may colour cells in other ways, ``styled`` where the style of
    a table may.
    """

    name: str
    cells: dict[Place, Content] = field(default_factory=dict)
    merged: list[Region] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    floating: list[tuple[Place, tuple[Run, ...]]] = field(default_factory=list)
    hidden_text: bool = False
    unseen: dict[Place, int] = field(default_factory=dict)
    rules: bool = False
    styled: bool = False

    def shows(self, place: Place) -> bool:
        """Whether neither the row nor the column of a place is hidden."""
        return place[0] not in self.hidden_rows and place[1] not in self.hidden_columns

    def first_shown(self, region: Region) -> Place | None:
        """The first place of a region that is not hidden, where a program shows the text of a merged cell."""
        row = self._next_rows.get(region.top, region.top)
        column = self._next_columns.get(region.left, region.left)
        return (row, column) if row <= region.bottom and column <= region.right else None

    @cached_property
    def _next_rows(self) -> dict[int, int]:
        return _next_shown(self.hidden_rows)

    @cached_property
    def _next_columns(self) -> dict[int, int]:
        return _next_shown(self.hidden_columns)


def _next_shown(hidden: set[int]) -> dict[int, int]:
    """For each hidden row (or column) the next that is not."""
    following: dict[int, int] = {}
    for number in sorted(hidden, reverse=True):
        following[number] = following.get(number + 1, number + 1)
    return following


@dataclass(frozen=True, slots=True)
class _Merged:
    """A merged cell: the part of it among what is shown, the place where its text is shown, and the cell that it is named after."""

    region: Region
    at: Place
    named: Place


@dataclass
class Extent:
    """The rectangle that holds all cells of a sheet. Raises :class:`UnreadableFile` (``too_large``) when it is too large."""

    top: int = LAST_ROW
    left: int = LAST_COLUMN
    bottom: int = 0
    right: int = 0

    def grow(self, place: Place) -> None:
        """Take in one more cell."""
        row, column = place
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)
        if (self.bottom - self.top + 1) * (self.right - self.left + 1) > MAX_RANGE:
            raise UnreadableFile("too_large", "a sheet is far larger than any form")


@dataclass
class Allowance:
    """What may still be given for one workbook. Raises :class:`UnreadableFile` (``too_large``) when it is used up."""

    cells: int = MAX_CELLS
    letters: int = MAX_LETTERS

    def take(self, content: Content) -> None:
        """Count one cell."""
        self.cells -= 1
        self.letters -= sum(len(run.text) for run in content.runs)
        if self.cells < 0 or self.letters < 0:
            raise UnreadableFile("too_large", "more cells or more text than any form holds")


def table_of(sheet: Sheet, allowance: Allowance) -> Table | None:
    """The sheet as a person sees it; None when nothing is to be seen.

    Places are those of the sheet. Every row in which something stands is given whole, from the first to the last
    column in which anything stands, empty cells included; other rows are not given. A merged cell is as large as the
    part of it that lies among these. Sets ``sheet.hidden_text``.
    """
    bounds = _bounds(sheet)
    if bounds is None:
        sheet.hidden_text = sheet.hidden_text or any(content.filled for content in sheet.cells.values())
        return None
    merged = _merged(sheet, bounds)
    contents = _shown(sheet, merged)
    columns = [column for column in range(bounds.left, bounds.right + 1) if column not in sheet.hidden_columns]
    cells = []
    for row in _rows(contents, merged):
        for column in columns:
            over = merged.get((row, column))
            if over is None or over.at == (row, column):
                content = contents.get((row, column), _NOTHING)
                allowance.take(content)
                cells.append(_cell(sheet.name, (row, column), over, content))
    return Table(tuple(cells), sheet_name(sheet.name), sheet.name) if cells else None


_NOTHING = Content()


def _rows(contents: dict[Place, Content], merged: dict[Place, _Merged]) -> list[int]:
    """The rows in which something stands, and those from which a merged cell reaches down to one."""
    rows = {place[0] for place, content in contents.items() if content.filled}
    return sorted(rows | {over.at[0] for place, over in merged.items() if place[0] in rows})


def _cell(sheet: str, place: Place, over: _Merged | None, content: Content) -> Cell:
    row, column = place
    where = cell_name(sheet, over.named if over else place)
    return Cell(
        row,
        column,
        paragraphs(content.runs, where),
        over.region.bottom - row + 1 if over else 1,
        over.region.right - column + 1 if over else 1,
        where,
        shaded=content.shaded,
    )


def _bounds(sheet: Sheet) -> Region | None:
    """The rectangle that holds everything shown."""
    anchors = {(region.top, region.left): region for region in sheet.merged}
    places = [place for place, _ in sheet.floating if sheet.shows(place)]
    for place, content in sheet.cells.items():
        if not content.filled:
            continue
        shown = sheet.first_shown(anchors[place]) if place in anchors else place
        if shown is not None and sheet.shows(shown):
            places.append(shown)
    if not places:
        return None
    extent = Extent()
    for place in places:
        extent.grow(place)
    return Region(extent.top, extent.left, extent.bottom, extent.right)


def _merged(sheet: Sheet, bounds: Region) -> dict[Place, _Merged]:
    """For each place in a merged cell, that cell. Of two that lie over each other, which no program writes, the first."""
    found: dict[Place, _Merged] = {}
    room = 2 * MAX_RANGE
    for whole in sheet.merged:
        region = whole.clipped(bounds)
        at = sheet.first_shown(region) if region else None
        if region is None or at is None or whole.area == 1:
            continue
        room -= region.area
        if room < 0:
            raise UnreadableFile("unsafe", "merged cells lie over each other")
        if not any(place in found for place in region.places()):
            found.update(dict.fromkeys(region.places(), _Merged(region, at, (whole.top, whole.left))))
    return found


def _shown(sheet: Sheet, merged: dict[Place, _Merged]) -> dict[Place, Content]:
    """What is shown, by the place where it is shown. What a merge swallowed, or what is hidden, is not."""
    contents: dict[Place, Content] = {}
    places = {over.named: over.at for over in merged.values()}
    for place, content in sheet.cells.items():
        shown = places.get(place, None if place in merged or not sheet.shows(place) else place)
        if shown is not None:
            contents[shown] = content
        elif content.filled:
            sheet.hidden_text = True
    for place, runs in reversed(sheet.floating):  # the first of several stands before the others
        shown = merged[place].at if place in merged else place
        if sheet.shows(shown):
            below = contents.get(shown, _NOTHING)
            contents[shown] = Content((*runs, *below.runs), below.shaded)
    return contents


def marked(text: str, like: Run) -> tuple[Run, ...]:
    """A stretch of text with the marks of ``like``, cut at its tick boxes."""
    return tuple(Run(part, like.mark, ticked) for part, ticked in boxes(text))


def paragraphs(runs: Iterable[Run], where: str) -> tuple[Paragraph, ...]:
    """One paragraph for each line of a cell; lines with nothing in them are left out."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.ticked is not None:
            lines[-1].append(run)
            continue
        first, *others = _LINE_BREAK.split(run.text)
        lines[-1].append(run if not others else Run(first, run.mark))
        lines += [[Run(line, run.mark)] for line in others]
    return tuple(Paragraph(_joined(line), where) for line in lines if _visible(line))


def _joined(line: list[Run]) -> tuple[Run, ...]:
    """Neighbours with the same state become one run; Excel cuts a word in two at every edit."""
    joined: list[Run] = []
    for run in line:
        before = joined[-1] if joined else None
        if before is not None and before.ticked is None and run.ticked is None and before.mark == run.mark:
            joined[-1] = Run(before.text + run.text, run.mark)
        elif run.text or run.ticked is not None:
            joined.append(run)
    return tuple(joined)


def _visible(line: list[Run]) -> bool:
    return any(run.ticked is not None or run.text.strip() for run in line)


def sheet_name(sheet: str) -> str:
    """The place of a whole sheet: ``sheet "Case C"``."""
    return f'sheet "{sheet}"'


def cell_name(sheet: str, place: Place) -> str:
    """The place of a cell as a spreadsheet names it: ``sheet "Case C", cell F14``."""
    letters, column = "", place[1] + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{sheet_name(sheet)}, cell {letters}{place[0] + 1}"


def place_of(reference: str) -> Place:
    """``F14`` -> (13, 5). Raises :class:`UnreadableFile` (``damaged``) for what is no place in a sheet."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise UnreadableFile("damaged", "a cell says no place that a sheet has")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return checked_place(int(match[2]) - 1, column - 1)


def checked_place(row: int, column: int) -> Place:
    """The same place. Raises :class:`UnreadableFile` (``damaged``) when no sheet has it."""
    if not (0 <= row <= LAST_ROW and 0 <= column <= LAST_COLUMN):
        raise UnreadableFile("damaged", "a cell says no place that a sheet has")
    return row, column


def region_of(reference: str) -> Region:
    """``A1:C2`` -> its rectangle; ``A:C`` and ``1:2`` are whole columns and rows. Raises :class:`UnreadableFile` (``damaged``)."""
    first, _, last = reference.replace("$", "").partition(":")
    if first.isalpha() and last.isalpha():
        first, last = f"{first}1", f"{last}{LAST_ROW + 1}"
    elif first.isdecimal() and last.isdecimal():
        first, last = f"A{first}", f"XFD{last}"
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return Region(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def letters(runs: Iterable[Run]) -> int:
    """The characters other than white space, a tick box as one."""
    return sum(len("".join(run.text.split())) + (run.ticked is not None) for run in runs)


@dataclass
class Workbook:
    """What the reader of one kind of file gives: its visible sheets, and what is to be told of it.

    ``without_value`` names formulas whose result is not in the file; ``in_file`` is the number of characters that the sheets
    hold, None where it cannot be counted by itself.
    """

    sheets: list[Sheet] = field(default_factory=list)
    notes: list[ReaderNote] = field(default_factory=list)
    hidden_sheets: int = 0
    without_value: list[tuple[str, Place]] = field(default_factory=list)
    in_file: int | None = None
    modified: str = ""
