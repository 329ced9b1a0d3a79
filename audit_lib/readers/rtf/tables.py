"""Paragraphs and tables of rich text as they come in: a stream of paragraphs, each said to stand at some depth of tables.

Rich text has no tables, only rows: each says how far from the left edge of the page each of its cells ends. The columns
of a table are what all these ends of all its rows make together, so that a heading over three columns spans three.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Cell, Mark, Paragraph, Run, Table
from audit_lib.readers.placing import Block, flattened

MAX_DEPTH = 40  # tables inside each other
MAX_CELLS = 200_000
MAX_CELLS_IN_ROW = 1_000  # Word's own limit is 63
_NEAR = 20  # twentieths of a point: ends as near as this (a third of a millimetre) are one line on the page


@dataclass(frozen=True, slots=True)
class CellPlan:
    """What a row says of one cell: where it ends, and whether it goes on with the cell to its left or above."""

    end: int
    goes_on_across: bool = False
    begins_down: bool = False
    goes_on_down: bool = False
    coloured: bool = False
    patterned: bool = False


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What is said of a row, before or after its cells. ``first`` and ``last`` say where its table begins and ends."""

    left: int = 0
    cells: tuple[CellPlan, ...] = ()
    first: bool = False
    last: bool = False

    @property
    def about(self) -> tuple[int, bool, bool]:
        """All but its cells."""
        return self.left, self.first, self.last

    @property
    def in_order(self) -> bool:
        """Whether each cell ends to the right of the one before it."""
        ends = [self.left, *(cell.end for cell in self.cells)]
        return all(left < right for left, right in pairwise(ends))


class PlanWriter:
    """The plan of a row as it is being said, word by word. It holds for further rows until the next one begins."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A new plan begins."""
        self.left = 0
        self.first = self.last = False
        self._cells: list[CellPlan] = []
        self._cell: dict[str, bool] = {}
        self._plan: RowPlan | None = None

    def say(self, of_cell: str, holds: bool = True) -> None:
        """Whether something holds of the cell whose end comes next: the name of a field of :class:`CellPlan`."""
        self._cell[of_cell] = holds

    def end_cell(self, end: int) -> None:
        """The cell that was spoken of ends here."""
        self._cells.append(CellPlan(end, **self._cell))
        self._cell = {}
        self._plan = None
        if len(self._cells) > MAX_CELLS_IN_ROW:
            raise UnreadableFile("too_large", "more cells in a row than in any form")

    @property
    def plan(self) -> RowPlan:
        """What has been said so far."""
        if self._plan is None or (self.left, self.first, self.last) != self._plan.about:
            self._plan = RowPlan(self.left, tuple(self._cells), self.first, self.last)
        return self._plan


@dataclass(frozen=True, slots=True)
class _Row:
    plan: RowPlan
    cells: tuple[list[Block], ...]


@dataclass
class _Level:
    """Tables being read: the rows before, how many tables they are, the cells before in this row, and what stands in this cell so far."""

    rows: list[_Row] = field(default_factory=list)
    tables: int = 0
    cells: list[list[Block]] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)


@dataclass
class Line:
    """A paragraph in the making: ``boxes`` are what stands in the text boxes anchored in it, which follow it."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    listed: bool = False
    style: str = ""

    def blocks(self) -> list[Block]:
        """The paragraph, unless nothing is in it, and what follows it."""
        if not any(run.ticked is not None or run.text.strip() for run in self.runs):
            return self.boxes
        return [Paragraph(_joined(self.runs), listed=self.listed, style=self.style), *self.boxes]


class Story:
    """One stream of text (body, note, header, text box) in the making. ``line`` is the paragraph being read.

    ``plan`` is what was last said of rows, ``nested_plan`` of rows of tables inside cells; ``kind`` is "endnote" for one.
    Afterwards ``swallowed`` says
    whether text stood in a cell that a merge has swallowed.
    """

    def __init__(self) -> None:
        self.line = Line()
        self.plan, self.nested_plan = PlanWriter(), PlanWriter()
        self.kind = ""
        self.swallowed = False
        self._blocks: list[Block] = []
        self._tables = 0  # among the blocks
        self._levels: list[_Level] = []
        self._cells = 0

    def tables_above(self, level: int) -> int:
        """The number of tables above something that stands in as many tables inside each other as ``level`` says."""
        rows, begun = (self._levels[0].rows, self._levels[0].tables) if self._levels else ([], 0)
        inside = bool(level and rows and not rows[-1].plan.last)
        return self._tables + begun - inside

    def end_paragraph(self, level: int) -> None:
        """The paragraph ends; it stands in as many tables inside each other as ``level`` says.

        Raises :class:`UnreadableFile` (``unsafe``) beyond any sensible depth.
        """
        if level > MAX_DEPTH:
            raise UnreadableFile("unsafe", "tables stand inside each other without end")
        self._close(level)
        while len(self._levels) < level:
            self._levels.append(_Level())
        self._add(self.line.blocks())
        self.line = Line()

    def end_cell(self, level: int) -> None:
        """The paragraph and its cell end."""
        self.end_paragraph(level)
        table = self._levels[-1]
        table.cells.append(table.cell)
        table.cell = []

    def end_row(self, level: int) -> None:
        """The row ends. Raises :class:`UnreadableFile` (``too_large``) for a table beyond any sensible size."""
        self.end_paragraph(level)
        self._end_row()

    def finish(self, level: int) -> list[Block]:
        """The story ends: what stood in it."""
        self.end_paragraph(min(level, len(self._levels)))
        self._close(0)
        return self._blocks

    def _close(self, level: int) -> None:
        """Tables deeper than this have ended."""
        while len(self._levels) > level:
            self._end_row()
            ended = self._levels.pop()
            for rows in _tables(ended.rows):
                table, swallowed = _table(rows)
                self.swallowed = self.swallowed or swallowed
                self._add([table] if table.cells else [])

    def _add(self, blocks: list[Block]) -> None:
        """What stands next where we are: in the cell of the innermost table, or in none."""
        (self._levels[-1].cell if self._levels else self._blocks).extend(blocks)
        self._tables += 0 if self._levels else sum(isinstance(block, Table) for block in blocks)

    def _end_row(self) -> None:
        table, plan = self._levels[-1], (self.plan if len(self._levels) == 1 else self.nested_plan).plan
        cells = [*table.cells, table.cell] if table.cell else table.cells
        table.cells, table.cell = [], []
        self._cells += max(len(cells), len(plan.cells))
        if self._cells > MAX_CELLS:
            raise UnreadableFile("too_large", "more cells in tables than in any form")
        if cells:
            table.tables += not table.rows or _begins_anew(table.rows[-1].plan, plan)
            table.rows.append(_Row(plan, tuple(cells)))


def _begins_anew(above: RowPlan, below: RowPlan) -> bool:
    return above.last and below.first


def _tables(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Rows that follow each other are one table, unless they say themselves that one ends and the next begins."""
    table: list[_Row] = []
    for row in rows:
        if table and _begins_anew(table[-1].plan, row.plan):
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _table(rows: list[_Row]) -> tuple[Table, bool]:
    """The table, and whether text stood in cells that a merge has swallowed."""
    grid = _grid(rows)
    cells: list[Cell] = []
    swallowed = False
    growing: dict[int, int] = {}  # column -> which cell goes on growing down through the next row
    for number, row in enumerate(rows):
        planned = _planned(row)
        still_growing: dict[int, int] = {}
        left: int | None = None  # the cell to the left, which a merge makes wider
        for (column, span), (blocks, plan) in zip(_places(row, grid, len(planned)), planned, strict=True):
            paragraphs = flattened(blocks)
            if plan.goes_on_across and left is not None:
                if cells[left].row == number:  # else it was made as wide in the row in which it began
                    cells[left] = cells[left]._replace(column_span=cells[left].column_span + span)
                swallowed = swallowed or bool(paragraphs)
            elif plan.goes_on_down and column in growing:
                left = still_growing[column] = growing[column]
                cells[left] = cells[left]._replace(row_span=number - cells[left].row + 1)
                swallowed = swallowed or bool(paragraphs)
            else:
                left = len(cells)
                cells.append(Cell(number, column, paragraphs, column_span=span, shaded=plan.coloured or plan.patterned))
                if plan.begins_down or plan.goes_on_down:
                    still_growing[column] = left
        growing = still_growing
    return Table(tuple(cells)), swallowed


def _planned(row: _Row) -> list[tuple[list[Block], CellPlan]]:
    """Each cell with what the row says of it.

    A cell that the row speaks of and that never came is empty; an empty one of which it does not speak is none.
    """
    cells = list(row.cells)
    while len(cells) > len(row.plan.cells) > 0 and not cells[-1]:
        cells.pop()
    plans = [*row.plan.cells, *[CellPlan(0)] * (len(cells) - len(row.plan.cells))]
    return [(cells[place] if place < len(cells) else [], plan) for place, plan in enumerate(plans)]


def _grid(rows: list[_Row]) -> list[int]:
    """Where columns begin and end: all ends of cells of all rows, those that nearly meet taken as one."""
    plans = {row.plan for row in rows if row.plan.cells and row.plan.in_order}
    ends = sorted({end for plan in plans for end in (plan.left, *(cell.end for cell in plan.cells))})
    grid: list[int] = []
    for end in ends:
        if not grid or end - grid[-1] > _NEAR:
            grid.append(end)
    return grid


def _places(row: _Row, grid: list[int], count: int) -> list[tuple[int, int]]:
    """The first column of each cell and how many it spans; one after the other where the row does not say."""
    places: list[tuple[int, int]] = []
    if row.plan.in_order:
        ends = [bisect_right(grid, end) - 1 for end in (row.plan.left, *(cell.end for cell in row.plan.cells))]
        places = [(left, max(right - left, 1)) for left, right in pairwise(ends)]
    beyond = sum(places[-1]) if places else 0
    return places + [(column, 1) for column in range(beyond, beyond + count - len(places))]


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbours with the same state become one run; programs cut a word in two at every edit."""
    joined: list[Run] = []
    for (mark, alone), group in groupby(runs, _state_of):
        alike = list(group)
        joined += alike if alone else [Run("".join(run.text for run in alike), mark)]
    return tuple(run for run in joined if run.text or run.ticked is not None)


def _state_of(run: Run) -> tuple[Mark, bool]:
    """What has to be the same for two runs to be one; a tick box and an untouched drop-down stand alone."""
    return run.mark, run.ticked is not None or Mark.UNTOUCHED in run.mark
