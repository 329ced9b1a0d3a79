"""Ruled tables of a page: from the lines that are drawn to a grid of rows and columns, and the cells in it.

The lines are joined where they go on, and fall into groups that touch. In one group every distinct distance from the
left ends a column and every distinct height a row; two neighbouring places of that grid belong to one cell unless a
line stands between them. So a merged cell comes out as wide and as high as it is, however it was drawn.
"""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from audit_lib.readers.pdf.draw import Line
from audit_lib.readers.pdf.glyphs import Box

MAX_LINES = 2_000  # of one page, after joining
MAX_PLACES = 20_000  # of one grid
_NEAR = 2.6  # lines no further apart are one, and touch what they nearly reach
_GAP = 3.2  # pieces of one line: borders of neighbouring cells, dashes, dots
_LEAST = 4.0  # a shorter line borders nothing
_DRAWN = 0.6  # a side counts as drawn when this part of it is
Place = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its first place in the grid and how many rows and columns it takes up."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass
class Grid:
    """One ruled table: the distances of its columns, the heights of its rows, its cells in reading order, its lines."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    borders: list[Line] = field(default_factory=list)
    _at: dict[Place, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, cell in enumerate(self.cells):
            for place in _places(cell):
                self._at[place] = number

    @property
    def box(self) -> Box:
        """What it takes up on the page."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, cell: GridCell) -> Box:
        """What one of its cells takes up on the page."""
        right, bottom = cell.column + cell.column_span, cell.row + cell.row_span
        return (self.xs[cell.column], self.ys[cell.row], self.xs[right], self.ys[bottom])

    def cell_at(self, x: float, y: float) -> int | None:
        """The number of the cell at a place of the page; None outside all of them."""
        place = (bisect.bisect_right(self.ys, y) - 1, bisect.bisect_right(self.xs, x) - 1)
        return self._at.get(place)


def grids(lines: Sequence[Line]) -> list[Grid] | None:
    """The ruled tables of a page from top to bottom; None when so many lines are drawn that it is no form."""
    level, upright = _joined(lines, level=True), _joined(lines, level=False)
    if len(level) + len(upright) > MAX_LINES:
        return None
    found = []
    for some_level, some_upright in groups(level, upright):
        grid = _grid(some_level, some_upright)
        if grid is not None:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _joined(lines: Sequence[Line], *, level: bool) -> list[Line]:
    """The lines of one direction, pieces of the same line joined; what stays too short to border anything is left out."""
    ordered = sorted((line for line in lines if line.level == level), key=lambda line: (line.at, line.start))
    joined: list[Line] = []
    for band in _bands(ordered):
        reach: Line | None = None
        for line in sorted(band, key=lambda one: one.start):
            if reach is not None and line.start <= reach.end + _GAP:
                reach = Line(level, reach.at, reach.start, max(reach.end, line.end))
                continue
            joined += [reach] if reach else []
            reach = line
        joined += [reach] if reach else []
    return [line for line in joined if line.end - line.start >= _LEAST]


def _bands(ordered: Sequence[Line]) -> list[list[Line]]:
    """Lines in bands of (nearly) the same place."""
    bands: list[list[Line]] = []
    for line in ordered:
        if bands and line.at - bands[-1][0].at <= 1.0:
            bands[-1].append(line)
        else:
            bands.append([line])
    return bands


def groups(level: list[Line], upright: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """The lines in groups that touch each other, each with its level and its upright lines; a lone line is in none."""
    nodes = [*level, *upright]
    parent = list(range(len(nodes)))
    by_place = sorted(range(len(level), len(nodes)), key=lambda number: nodes[number].at)
    places = [nodes[number].at for number in by_place]
    for number, line in enumerate(level):
        first = bisect.bisect_left(places, line.start - _NEAR)
        last = bisect.bisect_right(places, line.end + _NEAR)
        for other in by_place[first:last]:
            if nodes[other].start - _NEAR <= line.at <= nodes[other].end + _NEAR:
                _unite(parent, number, other)
    groups: dict[int, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for number, line in enumerate(nodes):
        groups[_root(parent, number)][0 if line.level else 1].append(line)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _grid(level: list[Line], upright: list[Line]) -> Grid | None:
    """The table that a group of lines makes; None when they close no cell."""
    ys = _places_of([line.at for line in level], [end for line in upright for end in (line.start, line.end)])
    xs = _places_of([line.at for line in upright], [end for line in level for end in (line.start, line.end)])
    for _ in range(2):  # a place where no side is drawn, as of a line under words, ends no row and no column
        if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_PLACES:
            return None
        walls = _Walls(xs, ys, level, upright)
        ys, xs = walls.used_ys(), walls.used_xs()
    if len(xs) < 2 or len(ys) < 2:
        return None
    cells = _cells(_Walls(xs, ys, level, upright))
    return Grid(xs, ys, cells, [*level, *upright]) if cells else None


def _places_of(inner: list[float], ends: list[float]) -> list[float]:
    """Distinct places in order; ends of lines count only where they reach beyond everything else, at an open side."""
    low, high = min(inner), max(inner)
    outside = [end for end in (min(ends), max(ends)) if end < low - _NEAR or end > high + _NEAR]
    places: list[list[float]] = []
    for place in sorted([*inner, *outside]):
        if places and place - places[-1][0] <= _NEAR:
            places[-1].append(place)
        else:
            places.append([place])
    return [sum(near) / len(near) for near in places]


class _Walls:
    """Which sides of the places of a grid are drawn."""

    def __init__(self, xs: list[float], ys: list[float], level: list[Line], upright: list[Line]) -> None:
        self.xs, self.ys = xs, ys
        self.rows, self.columns = len(ys) - 1, len(xs) - 1
        self.above = [_covered(place, level, xs) for place in ys]  # [row line][column]
        self.left = [_covered(place, upright, ys) for place in xs]  # [column line][row]

    def used_ys(self) -> list[float]:
        """The heights at which something is drawn, and the outermost."""
        return [y for number, y in enumerate(self.ys) if number in (0, self.rows) or any(self.above[number])]

    def used_xs(self) -> list[float]:
        """The same for distances from the left."""
        return [x for number, x in enumerate(self.xs) if number in (0, self.columns) or any(self.left[number])]


def _covered(place: float, lines: list[Line], stops: list[float]) -> list[bool]:
    """For each stretch between two stops, whether lines at this place cover it."""
    here = [line for line in lines if abs(line.at - place) <= _NEAR]
    covered = []
    for start, end in itertools.pairwise(stops):
        length = sum(max(0.0, min(end, line.end) - max(start, line.start)) for line in here)
        covered.append(length >= _DRAWN * (end - start))
    return covered


def _cells(walls: _Walls) -> list[GridCell]:
    columns = walls.columns
    parent = list(range(walls.rows * columns))
    for row, column in itertools.product(range(walls.rows), range(columns)):
        if column and not walls.left[column][row]:
            _unite(parent, row * columns + column - 1, row * columns + column)
        if row and not walls.above[row][column]:
            _unite(parent, (row - 1) * columns + column, row * columns + column)
    regions: dict[int, list[Place]] = defaultdict(list)
    for number in range(len(parent)):
        regions[_root(parent, number)].append(divmod(number, columns))
    cells = [cell for places in regions.values() if not _leaks(places, walls) for cell in _rectangles(places)]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _leaks(places: list[Place], walls: _Walls) -> bool:
    """Whether a region is open to the outside. A table may lack its outer lines on two sides that face each other."""
    inside = set(places)
    top = all(walls.above[row][column] for row, column in places if (row - 1, column) not in inside)
    bottom = all(walls.above[row + 1][column] for row, column in places if (row + 1, column) not in inside)
    left = all(walls.left[column][row] for row, column in places if (row, column - 1) not in inside)
    right = all(walls.left[column + 1][row] for row, column in places if (row, column + 1) not in inside)
    return not ((top and bottom) or (left and right and (top or bottom)))


def _rectangles(places: list[Place]) -> list[GridCell]:
    """A region as one cell; one that is no rectangle as one cell for each stretch of a row."""
    rows, columns = [row for row, _ in places], [column for _, column in places]
    height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    if height * width == len(places):
        return [GridCell(min(rows), min(columns), height, width)]
    cells: list[GridCell] = []
    for row, column in sorted(places):
        last = cells[-1] if cells else None
        if last and last.row == row and last.column + last.column_span == column:
            cells[-1] = GridCell(row, last.column, 1, last.column_span + 1)
        else:
            cells.append(GridCell(row, column, 1, 1))
    return cells


def _places(cell: GridCell) -> Iterable[Place]:
    return itertools.product(
        range(cell.row, cell.row + cell.row_span), range(cell.column, cell.column + cell.column_span)
    )


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _unite(parent: list[int], one: int, two: int) -> None:
    parent[_root(parent, one)] = _root(parent, two)
