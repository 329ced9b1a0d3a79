"""One page of a PDF: its tables with what stands in their cells, and the lines between them, in reading order."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pdfminer.pdfpage import PDFPage

from audit_lib.rawform import ReaderNote
from audit_lib.readers.pdf.draw import Drawing, Recorder
from audit_lib.readers.pdf.fields import added_to, letters_in
from audit_lib.readers.pdf.glyphs import Box, Glyph
from audit_lib.readers.pdf.grid import Grid, GridCell, grids
from audit_lib.readers.pdf.lines import TextLine, lines_of
from audit_lib.readers.pdf.marks import (
    drop_covered,
    drop_doubles,
    frames_of,
    mark_areas,
    mark_lines,
    mark_shapes,
    striking_lines,
    tick_boxes,
)
from audit_lib.readers.pdf.open import page_notes

_PADDING = 6.0  # the most that a cell keeps free at its sides
_SCAN = 0.5  # a picture over this part of the page, and hardly a word, is a scan
_FEW_LETTERS = 60
_COLUMN_GAP = 14.0
_COLUMN_LINES = 3
_DRAWN_WORDS = 200  # a page without a letter and with so many shapes is written in outlines
_BOXES = "Small boxes are drawn on the page that may be ticked or not ({} in all); they were not read."
_OVER = (
    "Something is drawn over or around words on the page ({} in all), such as a ring around an answer; it was not read."
)
_HIDDEN = "There is text on the page that is not shown; it was not read."
_RULED = "The page is ruled with so many lines that its tables could not be made out."
_COLUMNS = "Words stand side by side in columns without lines between them; they were read line by line."
_SMALL_PICTURES = "Small pictures stand on the page that may be ticks or tick boxes ({} in all); they were not read."
_PICTURES = "The page holds pictures ({} in all), which were not read."


@dataclass(eq=False)
class DraftCell:
    """A cell in the making. ``foot`` is how far its last line is from its lower edge, in lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[TextLine]
    box: Box
    where: str
    shaded: bool = False

    @property
    def end_row(self) -> int:
        """The first row below it."""
        return self.row + self.row_span

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join(line.text for line in self.lines)

    @property
    def is_full(self) -> bool:
        """Whether its text reaches down to its lower edge, so that more of it may have gone to the next page."""
        below = self.box[3] - self.lines[-1].base if self.lines else float("inf")
        return bool(self.lines) and below <= 2.5 * self.lines[-1].size


@dataclass(eq=False)
class DraftTable:
    """A table in the making: ``xs`` are where its columns begin and end."""

    page: int
    where: str
    xs: list[float]
    rows: int
    cells: list[DraftCell]
    top: float
    bottom: float


@dataclass(eq=False)
class PageRead:
    """What was read of one page. ``letters`` counts its visible characters before they were put together."""

    number: int
    width: float
    height: float
    blocks: list[DraftTable | TextLine] = field(default_factory=list)
    letters: int = 0
    notes: list[ReaderNote] = field(default_factory=list)
    is_picture: bool = False
    unknown: int = 0

    def lines(self) -> Iterator[TextLine]:
        """All its lines."""
        for block in self.blocks:
            if isinstance(block, TextLine):
                yield block
            else:
                yield from (line for cell in block.cells for line in cell.lines)


def read_page(page: PDFPage, number: int, recorder: Recorder) -> PageRead:
    """One page. Raises :class:`UnreadableFile` (``too_large``) when more is on the pages so far than on any form."""
    drawing = recorder.drawing(page)
    read = PageRead(number, drawing.width, drawing.height)
    where = f"page {number}"
    drawing.glyphs = drop_doubles(drawing.glyphs)
    drop_covered(drawing)
    added = added_to(page, drawing, recorder)
    boxes = tick_boxes(drawing, added.fields)
    no_ruling = boxes.lines | frames_of(added.fields, drawing)
    ruled = [line for line in drawing.lines if line not in no_ruling]
    striking = striking_lines(drawing.glyphs, ruled)
    tables = grids([line for line in ruled if line not in striking])
    if tables is None:
        read.notes.append(ReaderNote("reading_order", where, _RULED))
    glyphs = [*drawing.glyphs, *boxes.glyphs, *added.glyphs]
    tables = _without_frames(tables or [], glyphs)
    borders = [line for grid in tables for line in grid.borders]
    mark_lines(drawing.glyphs, ruled, borders)
    over = mark_shapes(drawing.glyphs, drawing.shapes)
    shaded = mark_areas(glyphs, drawing, tables)
    read.letters = letters_in(glyphs)
    read.unknown = sum(glyph.text == "\ufffd" for glyph in glyphs)
    read.is_picture = _is_picture(drawing, read.letters)
    read.notes += page_notes({**added.counted, "hidden": drawing.hidden + added.counted["hidden"]}, where)
    read.notes += _told(drawing, boxes.uncertain, over, where, is_picture=read.is_picture)
    read.blocks = _blocks(glyphs, tables, shaded, number, drawing)
    if _has_columns(read):
        read.notes.append(ReaderNote("reading_order", where, _COLUMNS))
    return read


def _is_picture(drawing: Drawing, letters: int) -> bool:
    whole = max(1.0, drawing.width * drawing.height)
    covered = sum(max(0.0, x1 - x0) * max(0.0, y1 - y0) for x0, y0, x1, y1 in (one.box for one in drawing.pictures))
    if not letters and len(drawing.shapes) >= _DRAWN_WORDS:
        return True
    return (letters < _FEW_LETTERS and covered >= _SCAN * whole) or (not letters and covered > 0)


def _told(drawing: Drawing, uncertain: int, over: int, where: str, *, is_picture: bool) -> Iterator[ReaderNote]:
    """What is drawn on the page and was not read."""
    if uncertain:
        yield ReaderNote("drawn_over", where, _BOXES.format(uncertain))
    if over:
        yield ReaderNote("drawn_over", where, _OVER.format(over))
    small = [one for one in drawing.pictures if _is_small(one.box)]
    if small:
        yield ReaderNote("drawn_over", where, _SMALL_PICTURES.format(len(small)))
    if len(drawing.pictures) > len(small) and not is_picture:
        yield ReaderNote("embedded_object", where, _PICTURES.format(len(drawing.pictures) - len(small)))


def _is_small(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) >= 4 and max(width, height) <= 22


def _without_frames(tables: list[Grid], glyphs: list[Glyph]) -> list[Grid]:
    """Without what is drawn around a whole page or around other tables, and what holds no word."""
    kept = []
    for grid in tables:
        inside = [other for other in tables if other is not grid and _contains(grid.box, other.box)]
        if len(grid.cells) == 1 and inside:
            continue
        if (
            any(grid.cell_at(glyph.x, glyph.y) is not None for glyph in glyphs if not glyph.blank)
            or len(grid.cells) > 1
        ):
            kept.append(grid)
    return kept


def _contains(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _blocks(
    glyphs: list[Glyph], tables: list[Grid], shaded: set[tuple[int, int]], page: int, drawing: Drawing
) -> list[DraftTable | TextLine]:
    """Tables and the lines between them from top to bottom. What stands in a table inside a cell stands in that cell."""
    by_cell: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    outside: list[Glyph] = []
    areas = [(grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]) for grid in tables]
    innermost = sorted(range(len(tables)), key=lambda number: areas[number])
    for glyph in glyphs:
        at = ((number, tables[number].cell_at(glyph.x, glyph.y)) for number in innermost)
        place = next(((number, cell) for number, cell in at if cell is not None), None)
        if place is None:
            outside.append(glyph)
        else:
            by_cell[place].append(glyph)
    around = {number: _cell_around(tables, number) for number in range(len(tables))}
    blocks: list[DraftTable | TextLine] = list(_free_lines(outside, tables, page, drawing))
    numbers = itertools.count(1)
    for number in range(len(tables)):
        if around[number] is None:
            inner = [other for other in around if around[other] is not None and _outermost(around, other) == number]
            table = f"page {page}, table {next(numbers)}"
            blocks.append(_table(number, tables, by_cell, shaded, inner, around, page, table))
    return sorted(blocks, key=_top)


def _top(block: DraftTable | TextLine) -> tuple[float, float]:
    if isinstance(block, DraftTable):
        return (block.top, block.xs[0])
    return (block.base - 0.4 * block.size if block.turn == 0 else 1e6, block.x0)


def _cell_around(tables: list[Grid], number: int) -> tuple[int, int] | None:
    """The cell of another table in which a table stands; None for one of the page's own."""
    x0, y0, x1, y1 = tables[number].box
    for other, grid in enumerate(tables):
        if other != number and _contains(grid.box, tables[number].box):
            cell = grid.cell_at((x0 + x1) / 2, (y0 + y1) / 2)
            if cell is not None and _contains(grid.box_of(grid.cells[cell]), (x0 + 1, y0 + 1, x1 - 1, y1 - 1)):
                return (other, cell)
    return None


def _outermost(around: dict[int, tuple[int, int] | None], number: int) -> int:
    for _ in range(len(around)):
        place = around[number]
        if place is None:
            break
        number = place[0]
    return number


def _free_lines(glyphs: list[Glyph], tables: list[Grid], page: int, drawing: Drawing) -> list[TextLine]:
    lines = lines_of(glyphs, page, 0.0, drawing.width, in_table=False)
    for number, line in enumerate(lines, start=1):
        line.number = number
    return lines


def _table(
    number: int,
    tables: list[Grid],
    by_cell: dict[tuple[int, int], list[Glyph]],
    shaded: set[tuple[int, int]],
    inner: list[int],
    around: dict[int, tuple[int, int] | None],
    page: int,
    where: str,
) -> DraftTable:
    grid = tables[number]
    padding = _padding(grid, by_cell, number)
    cells = []
    for at, cell in enumerate(grid.cells):
        lines = _cell_lines(grid, cell, by_cell.get((number, at), []), padding, page, "")
        for other in inner:
            if _outer_cell(around, other, number) == at:
                for part, inside in enumerate(tables[other].cells):
                    found = by_cell.get((other, part), [])
                    lines += _cell_lines(tables[other], inside, found, padding, page, f"{other}.{part}")
        if any(line.cell for line in lines):
            lines.sort(key=lambda line: line.base)
            lines = _cells_together(lines)
        box = grid.box_of(cell)
        draft = DraftCell(
            cell.row, cell.column, cell.row_span, cell.column_span, lines, box, f"{where}, row {cell.row + 1}"
        )
        draft.shaded = (number, at) in shaded
        cells.append(draft)
    return DraftTable(page, where, list(grid.xs), len(grid.ys) - 1, cells, grid.ys[0], grid.ys[-1])


def _outer_cell(around: dict[int, tuple[int, int] | None], other: int, number: int) -> int | None:
    """The cell of table ``number`` in which another table stands, however deep."""
    for _ in range(len(around)):
        place = around[other]
        if place is None:
            return None
        if place[0] == number:
            return place[1]
        other = place[0]
    return None


def _cells_together(lines: list[TextLine]) -> list[TextLine]:
    """The lines of one inner cell behind each other, where the cell began."""
    order = {cell: number for number, cell in reversed(list(enumerate(line.cell for line in lines)))}
    return [
        line
        for _, line in sorted(
            enumerate(lines), key=lambda pair: (order[pair[1].cell] if pair[1].cell else pair[0], pair[0])
        )
    ]


def _padding(grid: Grid, by_cell: dict[tuple[int, int], list[Glyph]], number: int) -> float:
    """How much the cells of a table keep free at their sides: what they keep free at the left."""
    free = [_PADDING]
    for at, cell in enumerate(grid.cells):
        starts = [glyph.x0 for glyph in by_cell.get((number, at), []) if glyph.turn == 0 and not glyph.blank]
        free += [min(starts) - grid.xs[cell.column]] if starts else []
    return max(0.0, min(free))


def _cell_lines(
    grid: Grid, cell: GridCell, glyphs: list[Glyph], padding: float, page: int, inner: str
) -> list[TextLine]:
    x0, _, x1, _ = grid.box_of(cell)
    return lines_of(glyphs, page, x0 + padding, x1 - padding, in_table=True, cell=inner)


def _has_columns(read: PageRead) -> bool:
    """Whether several lines have a wide gap at the same place, as columns without lines between them do."""
    starts: Counter[int] = Counter()
    for line in read.lines():
        dark = [glyph for glyph in line.glyphs[line.bullet :] if not glyph.blank]
        if line.turn or len(dark) < 4:
            continue
        for before, glyph in itertools.pairwise(dark):
            starts[round(glyph.x0 / 3)] += glyph.x0 - before.x1 > _COLUMN_GAP and not before.filled and not glyph.filled
    return any(count >= _COLUMN_LINES for count in starts.values())
