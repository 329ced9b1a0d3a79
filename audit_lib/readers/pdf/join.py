"""From pages to one form: what repeats on every page, tables and paragraphs that go on over a page break."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from audit_lib.rawform import Cell, Mark, Paragraph, ReaderNote, Table
from audit_lib.readers.pdf.glyphs import count_letters
from audit_lib.readers.pdf.lines import Spacing, TextLine, as_paragraph, bullet_letters, is_full, paragraphs_of
from audit_lib.readers.pdf.page import DraftCell, DraftTable, PageRead

_MARGIN = 0.095  # the part of a page at its top and bottom in which headers and footers stand
_WIDE_MARGIN = 0.15  # the same where three pages or more show them
_SAME_PLACE = 2.5
_MOST_HEADING_ROWS = 3
_TALL = 4  # lines of a cell, of which it is no chance that two end at the foot of a page
_MOST_COLUMNS = 4  # so many shared places of columns show the same table
_NUMBER = re.compile(r"\d+")
_SHORT_NUMBER = re.compile(r"\(?(?:[A-Za-z]{0,3}[\s.]?\d{1,3}(?:\.\d{1,2})*[a-z]?|[A-Za-z])[.):]?")
_RIGHT_MARGIN_UNLIKE_LEFT = 60.0
_BREAK = "A table goes on over this page break, and whether its row does too could not be told; it was read {}."
Block = DraftTable | TextLine


@dataclass
class Joined:
    """The blocks of a whole document. ``left_out`` counts the characters that were read before and not given again."""

    blocks: list[Paragraph | Table] = field(default_factory=list)
    notes: list[ReaderNote] = field(default_factory=list)
    left_out: int = 0


def join_pages(pages: list[PageRead]) -> Joined:
    """All pages as one form. Afterwards come the page headers and footers, each once."""
    joined = Joined()
    margins = _margins(pages, joined)
    blocks = _tables_joined(pages, joined)
    _set_room(pages, blocks)
    spacing = Spacing.of(_texts(blocks))
    for block in _texts_and_tables(blocks):
        if isinstance(block, DraftTable):
            joined.blocks.append(_table(block, spacing, joined))
        else:
            for lines in paragraphs_of(block, spacing):
                joined.left_out += bullet_letters(lines)
                where = f"page {lines[0].page}, line {lines[0].number}"
                joined.blocks.append(as_paragraph(lines, where, spacing))
    for where, line in margins:
        joined.left_out += bullet_letters([line])
        joined.blocks.append(as_paragraph([line], where, spacing)._replace(aside="margin"))
    return joined


# page headers and footers


def _margins(pages: list[PageRead], joined: Joined) -> list[tuple[str, TextLine]]:
    """Take the lines out that stand at the same place of every page (but perhaps the first), and give each once."""
    found: list[tuple[str, TextLine]] = []
    if len(pages) < 2:
        return found
    for where, at_top in (("page header", True), ("page footer", False)):
        for _ in range(8):  # from the edge of the page inwards
            line = _repeated(pages, joined, at_top=at_top)
            if line is None:
                break
            found.append((f"page {line.page}, {where}", line))
    return found


def _repeated(pages: list[PageRead], joined: Joined, *, at_top: bool) -> TextLine | None:
    groups: dict[str, list[tuple[PageRead, TextLine]]] = defaultdict(list)
    for page in pages:
        line = _outermost(page, at_top=at_top)
        if (
            line is not None
            and _from_edge(page, line, at_top=at_top) < _part(pages) * page.height
            and not _has_boxes(line)
        ):
            groups[_NUMBER.sub("#", line.text)].append((page, line))
    for group in groups.values():
        far = [_from_edge(page, line, at_top=at_top) for page, line in group]
        others = [page for page in pages if not any(page is one for one, _ in group)]
        if max(far) - min(far) > _SAME_PLACE or not _numbers_count(group):
            continue
        if len(group) < 2 or _stands_elsewhere(group, pages):  # it may be an answer that broke over the page
            continue
        if others and not (others == pages[:1] and (len(pages) > 3 or _is_free(pages[0], max(far), at_top=at_top))):
            continue
        for page, line in group:
            page.blocks.remove(line)
        joined.left_out += sum(count_letters(line.text) for _, line in group[1:])
        return group[0][1]
    return None


def _stands_elsewhere(group: list[tuple[PageRead, TextLine]], pages: list[PageRead]) -> bool:
    """Whether the words of repeated lines stand in the text too, as the answers that a form prints do."""
    mine, words = {id(line) for _, line in group}, {line.text for _, line in group}
    lines = (block for page in pages for block in page.blocks if isinstance(block, TextLine))
    return any(line.text in words and id(line) not in mine for line in lines)


def _part(pages: list[PageRead]) -> float:
    return _MARGIN if len(pages) == 2 else _WIDE_MARGIN


def _from_edge(page: PageRead, line: TextLine, *, at_top: bool) -> float:
    return line.base if at_top else page.height - line.base


def _is_free(page: PageRead, far: float, *, at_top: bool) -> bool:
    """Whether nothing stands so near to the edge of a page: else its text begins there, as it does on the others."""
    outermost = [block.top if isinstance(block, DraftTable) else block.base for block in page.blocks]
    if not at_top:
        outermost = [page.height - (one.bottom if isinstance(one, DraftTable) else one.base) for one in page.blocks]
    return all(one > far + _SAME_PLACE for one in outermost)


def _has_boxes(line: TextLine) -> bool:
    """Whether a line holds what somebody filled in; such a line is never taken for a header."""
    return line.filled or any(glyph.ticked is not None or glyph.text in (*"☐☑☒□",) for glyph in line.glyphs)


def _outermost(page: PageRead, *, at_top: bool) -> TextLine | None:
    upright = [block for block in page.blocks if isinstance(block, DraftTable) or block.turn == 0]
    if not upright:
        return None
    block = (
        upright[0] if at_top else max(upright, key=lambda one: one.bottom if isinstance(one, DraftTable) else one.base)
    )
    return block if isinstance(block, TextLine) else None


def _numbers_count(group: list[tuple[PageRead, TextLine]]) -> bool:
    """Whether the numbers in lines are everywhere the same, or count the pages."""
    rows = [[int(number) for number in _NUMBER.findall(line.text)] for _, line in group]
    first = rows[0]
    for place, number in enumerate(first):
        here = [row[place] for row in rows]
        counted = [number + page.number - group[0][0].number for page, _ in group]
        if here not in ([number] * len(here), counted):
            return False
    return True


# tables over page breaks


def _tables_joined(pages: list[PageRead], joined: Joined) -> list[Block]:
    blocks: list[Block] = []
    for page in pages:
        for number, block in enumerate(page.blocks):
            last = blocks[-1] if blocks else None
            at_break = number == 0 and isinstance(block, DraftTable) and isinstance(last, DraftTable)
            if at_break and isinstance(block, DraftTable) and isinstance(last, DraftTable) and _belong(last, block):
                _append(last, block, joined)
            else:
                blocks.append(block)
    return blocks


def _belong(table: DraftTable, more: DraftTable) -> bool:
    """Whether the first table of a page goes on with the last of the page before; if so both get the same columns.

    It does when both are as wide and share all columns, or most of them where single rows are ruled otherwise. Where one is
    ruled more finely because cells are merged, a heading has to be waiting for its rows, or the first cell to be empty.
    """
    ours, theirs = ([x - one.xs[0] for x in one.xs] for one in (table, more))
    if abs(ours[-1] - theirs[-1]) > _SAME_PLACE:
        return False
    common = sum(any(abs(x - one) <= _SAME_PLACE for one in theirs) for x in ours)
    fewest = min(len(ours), len(theirs))
    if common < len(ours) or common < len(theirs):
        last = [cell for cell in table.cells if cell.end_row == table.rows]
        first = next(cell for cell in more.cells if cell.row == 0)
        waiting = common == fewest and (_all_bold(last) or not first.lines)
        if not waiting and (common < _MOST_COLUMNS or common < 0.66 * fewest):
            return False
        every = sorted([*ours, *(x for x in theirs if all(abs(x - one) > _SAME_PLACE for one in ours))])
        for one in (table, more):
            _widen(one, [one.xs[0] + x for x in every])
    return True


def _widen(table: DraftTable, xs: list[float]) -> None:
    """Give a table finer columns, among which its own are."""
    places = [min(range(len(xs)), key=lambda at: abs(xs[at] - x)) for x in table.xs]
    for cell in table.cells:
        end = cell.column + cell.column_span
        cell.column, cell.column_span = places[cell.column], places[end] - places[cell.column]
    table.xs = xs


def _append(table: DraftTable, more: DraftTable, joined: Joined) -> None:
    """The table of a next page at the end of the table that it goes on with."""
    repeated = _repeated_head(table, more)
    joined.left_out += sum(_letters(cell) for cell in more.cells if cell.row < repeated)
    cells = [cell for cell in more.cells if cell.row >= repeated]
    shift = table.rows - repeated
    last = {cell.column: cell for cell in table.cells if cell.end_row == table.rows}
    first = [cell for cell in cells if cell.row == repeated]
    in_heading = _heading_goes_on(first, last)
    going_on = {id(cell) for cell in first if in_heading(cell) or _is_rest_of_span(cell, last, first)}
    rest = [cell for cell in first if id(cell) not in going_on]
    split = _row_goes_on(rest, last, f"page {more.page}", joined)
    shift -= split
    for cell in cells:
        cell.row += shift
        above = last.get(cell.column)
        if above is not None and ((split and cell in rest) or id(cell) in going_on):
            above.lines += cell.lines
            above.row_span = max(above.row_span, cell.end_row - above.row)
            above.shaded = above.shaded or cell.shaded
        else:
            table.cells.append(cell)
    table.rows = shift + more.rows
    table.cells.sort(key=lambda cell: (cell.row, cell.column))
    table.page, table.bottom = more.page, more.bottom


def _repeated_head(table: DraftTable, more: DraftTable) -> int:
    """How many of the first rows are the heading of the table again, word for word."""
    for count in range(min(table.rows, more.rows - 1, _MOST_HEADING_ROWS), 0, -1):
        if _head(table, count) and _head(table, count) == _head(more, count):
            return count
    return 0


def _head(table: DraftTable, count: int) -> list[tuple[int, int, int, int, str]]:
    """The first rows of a table, where they are whole and have words; else nothing."""
    cells = [cell for cell in table.cells if cell.row < count]
    if any(cell.end_row > count for cell in cells) or not any(cell.lines for cell in cells):
        return []
    return [(cell.row, cell.column, cell.row_span, cell.column_span, " ".join(cell.text.split())) for cell in cells]


def _heading_goes_on(first: list[DraftCell], last: dict[int, DraftCell]) -> Callable[[DraftCell], bool]:
    """Tells for each cell of a first row whether it is the rest of one above, where a heading of two rows was cut in two:
    one of its cells then stands with others below a wider one, or its first cell is empty.
    """
    narrower = any(cell.column in last and cell.column_span < last[cell.column].column_span for cell in first)
    bold = _all_bold(first) and _all_bold(list(last.values()))

    def goes_on(cell: DraftCell) -> bool:
        above = last.get(cell.column)
        return bold and (narrower or not first[0].lines) and above is not None and above.column_span == cell.column_span

    return goes_on


def _is_rest_of_span(cell: DraftCell, last: dict[int, DraftCell], first: list[DraftCell]) -> bool:
    """Whether a cell is the rest of one that goes down over several rows on both sides of the break, or on one."""
    above = last.get(cell.column)
    if above is None or above.column_span != cell.column_span or cell.lines:
        return False
    lowest = min(other.row_span for other in first)
    return cell.row_span > lowest or (
        above.row_span > 1 and above.row_span > min(one.row_span for one in last.values())
    )


def _row_goes_on(rest: list[DraftCell], last: dict[int, DraftCell], where: str, joined: Joined) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    It can only be where every cell with words stands below one that is full to its lower edge. It is when its first cell
    is empty, or when its words go on in the middle of a sentence; it is none where a heading would go on with a row. Where
    nothing but a list may go on in its first cell, it is taken as the rest, and told.
    """
    filled = [cell for cell in rest if cell.lines]
    above = [last.get(cell.column) for cell in filled]
    if not filled:
        return bool(rest)  # the lower edge of a row that the page cut off
    if any(up is None for up in above):
        return False
    pairs = [(up, cell) for up, cell in zip(above, filled, strict=True) if up is not None]
    fits = all(up.column_span == cell.column_span and up.is_full for up, cell in pairs)
    if not fits or (_all_bold(list(last.values())) and not _all_bold(filled)):
        return False
    if any(_in_mid_sentence(up, cell) for up, cell in pairs):
        return True
    if not rest[0].lines:
        return True
    if _SHORT_NUMBER.fullmatch(rest[0].text.strip()):
        return False
    goes_on = _is_list_cut(pairs) or _is_tall_row_cut(pairs, rest, last)
    message = _BREAK.format("as one with the row above" if goes_on else "as a new row")
    joined.notes.append(ReaderNote("reading_order", where, message))
    return goes_on


def _is_list_cut(pairs: list[tuple[DraftCell, DraftCell]]) -> bool:
    """Whether the only cell with words may go on with a list above it, as that of the grades to choose from."""
    above = pairs[0][0]
    return len(pairs) == 1 and len(above.lines) > 1 and above.lines[-1].last.text not in (*".?!;",)


def _is_tall_row_cut(
    pairs: list[tuple[DraftCell, DraftCell]], rest: list[DraftCell], last: dict[int, DraftCell]
) -> bool:
    """Whether just those cells of a tall row go on that are full, and one that had room to spare does not."""
    spared = [up for cell in rest if not cell.lines and (up := last.get(cell.column)) and up.lines and not up.is_full]
    return len(pairs) > 1 and bool(spared) and all(len(up.lines) >= _TALL for up, _ in pairs)


def _all_bold(cells: list[DraftCell]) -> bool:
    letters = [glyph for cell in cells for line in cell.lines for glyph in line.glyphs if glyph.text.isalnum()]
    return bool(letters) and all(Mark.BOLD in glyph.mark for glyph in letters)


def _in_mid_sentence(above: DraftCell, cell: DraftCell) -> bool:
    before, line = above.lines[-1], cell.lines[0]
    if line.starts_anew or before.last.text in (*".?!:;",):
        return False
    return line.first.text.islower() or (len(above.lines) > 1 and before.ends_in_space and is_full(before, line))


def _letters(cell: DraftCell) -> int:
    return sum(glyph.letters for line in cell.lines for glyph in line.glyphs)


# paragraphs


def _set_room(pages: list[PageRead], blocks: list[Block]) -> None:
    """How far lines outside tables may go: as far as the longest does, or as the left margin says where all are short."""
    by_width: dict[int, list[TextLine]] = defaultdict(list)
    widths = {page.number: page.width for page in pages}
    for block in blocks:
        if isinstance(block, TextLine) and block.turn == 0:
            by_width[round(widths[block.page])].append(block)
    for width, lines in by_width.items():
        left = min(line.x0 for line in lines)
        longest = max(line.x1 for line in lines)
        room = longest if longest > width - left - _RIGHT_MARGIN_UNLIKE_LEFT else width - left
        for line in lines:
            line.left, line.room = left, room


def _texts_and_tables(blocks: list[Block]) -> Iterator[DraftTable | list[TextLine]]:
    lines: list[TextLine] = []
    for block in blocks:
        if isinstance(block, TextLine):
            lines.append(block)
            continue
        if lines:
            yield lines
            lines = []
        yield block
    if lines:
        yield lines


def _texts(blocks: list[Block]) -> Iterator[list[TextLine]]:
    for block in _texts_and_tables(blocks):
        if isinstance(block, DraftTable):
            yield from (cell.lines for cell in block.cells)
        else:
            yield block


def _table(table: DraftTable, spacing: Spacing, joined: Joined) -> Table:
    cells = []
    for draft in table.cells:
        column = f"column {draft.column + 1}"
        paragraphs = []
        for lines in paragraphs_of(draft.lines, spacing):
            joined.left_out += bullet_letters(lines)
            paragraphs.append(as_paragraph(lines, f"{draft.where}, {column}", spacing))
        cells.append(
            Cell(
                draft.row,
                draft.column,
                tuple(paragraphs),
                draft.row_span,
                draft.column_span,
                draft.where,
                column,
                draft.shaded,
            )
        )
    return Table(tuple(cells), table.where)
