"""Grades of a scale to choose from that stand in cells of their own, one below the other or side by side, with signs beside them.

They are made into one printed list, as a form has it in one cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from audit_lib.rawform import Cell, Paragraph, Run, Table
from audit_lib.scales import Scale
from audit_lib.text import fold

_LEAST = 2  # a grade alone may stand in the place of a comment
_SIGNS = re.compile(r"[\s()\[\]✓✔√🗸☐☑☒□✗✘×✕.:]|(?<!\w)x(?!\w)")
_ASKS = re.compile(
    r"(?:please )?(?:tick|choose|select|circle|highlight|mark)"
    r"(?: (?:one|only|here|(?:a |the |one )?box|judge?ment|grade|as appropriate|with(?: an?)? (?:x|cross|tick)|\(?[✓✔x]\)?))*"
    r"|your (?:grade|judge?ment|choice)"
)


def listed_grades(table: Table, scale: Scale) -> list[Paragraph]:
    """Such a table as one line for each row, as a form would print them below each other; empty for any other table.

    Signs in a row without a grade stand under the grades of another row, and so make it another table.
    """
    rows = [[cell for cell in row if cell.runs] for row in table.rows()]
    filled = [row for row in rows if any(cell.text.strip() or _has_box(cell) for cell in row)]
    kinds = [[_kind(cell, scale) for cell in row] for row in filled]
    if kinds and {"prompt", "sign"} <= set(kinds[0]) and "grade" not in kinds[0]:  # a heading: "Judgement", "✓"
        filled, kinds = filled[1:], kinds[1:]
    named = [kind for row in kinds for kind in row if kind]
    signs_alone = any("sign" in row and "grade" not in row for row in kinds)
    if "other" in named or named.count("grade") < _LEAST or signs_alone:
        return []
    return [
        Paragraph(_joined(row, kinds_of_row), row[0].locator())
        for row, kinds_of_row in zip(filled, kinds, strict=True)
        if "grade" in kinds_of_row
    ]


def lists_all(table: Table, scale: Scale) -> bool:
    """Whether a table holds every grade of a scale to choose from, and nothing else."""
    listed = {fold(_words(cell)) for row in table.rows() for cell in row}
    codes = {scale.spelled.get(words, "") for words in listed}
    return set(scale.order) <= codes and bool(listed_grades(table, scale))


def with_lists_in_one_cell(table: Table, scales: Iterable[Scale], is_name: Callable[[str], bool]) -> Table:
    """A table in which all grades of a scale stand below each other beside the name of what is graded, or below it, with each list in
    one cell beside the name. A column that held nothing but the signs is left out; any other table is given as it is.
    """
    for scale in scales:
        for column in sorted({cell.column for cell in table.cells}):
            lists = list(_lists_down(table, scale, column))
            made = _rewritten(table, lists, column, is_name) if lists else None
            if made is not None:
                return made
    return table


def _lists_down(table: Table, scale: Scale, column: int) -> Iterator[list[int]]:
    """The rows of each list in a column that holds every grade of the scale once."""
    rows: dict[int, str] = {}
    for cell in [*(cell for cell in table.cells if cell.column == column), None]:
        grade = cell is not None and cell.row_span == cell.column_span == 1 and _kind(cell, scale) == "grade"
        code = scale.spelled[_words(cell)] if cell is not None and grade else ""
        if not code or code in rows.values() or cell is None or cell.row - 1 not in rows:
            if set(scale.order) <= set(rows.values()):
                yield list(rows)
            rows = {}
        if code and cell is not None:
            rows[cell.row] = code


def _rewritten(table: Table, lists: list[list[int]], column: int, is_name: Callable[[str], bool]) -> Table | None:
    """The table with each of ``lists`` in one cell; None where one of them has no name or its rows hold something else."""
    at = {(cell.row, cell.column): cell for cell in table.cells}
    of_signs = [side for side in sorted({side for _, side in at}) if side != column and _is_of_signs(at, lists, side)]
    if len(of_signs) > 1 or not all(abs(side - column) == 1 and _is_free(at, lists, side) for side in of_signs):
        return None  # somebody else's signs, or those of another time
    signs = next(iter(of_signs), None)
    made: list[Cell] = []
    gone: set[int] = set()
    for rows in lists:
        row = _one_row(at, rows, column, signs, is_name)
        if row is None:
            return None
        made += row
        gone |= {*rows, row[0].row}
    kept = [cell for cell in table.cells if cell.row not in gone and cell.column != signs]
    if any(cell.row + cell.row_span > min(rows) > cell.row for cell in kept for rows in lists):
        return None
    return Table(tuple(sorted([*kept, *made], key=lambda cell: (cell.row, cell.column))), table.where, table.sheet)


def _one_row(
    at: dict[tuple[int, int], Cell], rows: list[int], column: int, signs: int | None, is_name: Callable[[str], bool]
) -> list[Cell] | None:
    """The rows of one list as one row: the name left of it or in the row above, the list, the text beside it."""
    beside = {side: cell for (row, side), cell in at.items() if row == rows[0] and side not in (column, signs)}
    title = [cell for (row, _), cell in at.items() if row == rows[0] - 1 and cell.text.strip() and not _asks(cell)]
    named = [side for side, cell in beside.items() if side < column and is_name(cell.text)]
    if not named and (beside or len(title) != 1 or not is_name(title[0].text)):
        return None
    runs: list[Run] = []
    for row in rows:
        pair = [at[row, side] for side in sorted({column, column if signs is None else signs}) if (row, side) in at]
        runs += [Run("\n"), *_joined(pair, ["grade" if one.column == column else "sign" for one in pair])]
    listed = at[rows[0], column]
    cell = listed._replace(paragraphs=(Paragraph(tuple(runs[1:]), listed.locator()),))
    if not named:
        return [title[0]._replace(column_span=1), cell._replace(row=title[0].row, column=title[0].column + 1)]
    for (row, side), other in at.items():
        if row in rows[1:] and side not in (column, signs) and other.text.strip():
            if side <= named[0] or side not in beside:
                return None
            beside[side] = beside[side]._replace(paragraphs=(*beside[side].paragraphs, *other.paragraphs))
    return sorted([cell, *(one._replace(row_span=1) for one in beside.values())], key=lambda one: one.column)


def _is_of_signs(at: dict[tuple[int, int], Cell], lists: list[list[int]], side: int) -> bool:
    """Whether a column holds nothing but signs beside the grades of all lists, at least one of them or a heading that asks for them."""
    cells = [at.get((row, side)) for rows in lists for row in rows]
    if any(cell is None or _words(cell) for cell in cells):
        return False
    signs = any(cell.runs and (_has_box(cell) or cell.text.strip()) for cell in cells if cell is not None)
    return signs or any(_asks(cell) for (_, column), cell in at.items() if column == side)


def _is_free(at: dict[tuple[int, int], Cell], lists: list[list[int]], side: int) -> bool:
    """Whether the headings of a column of signs say nothing, or no more than that it is to be filled in."""
    above = [cell for (row, column), cell in at.items() if column == side and row < lists[0][0]]
    return all(not fold(cell.text).strip(" .:") or _asks(cell) for cell in above)


def is_sign(cell: Cell) -> bool:
    """Whether a cell holds a tick, a cross or a ticked box and no words."""
    boxes = [run.ticked for run in cell.runs if run.ticked is not None]
    return not _words(cell) and (any(boxes) if boxes else re.search("[✓✔√🗸☑☒✗✘×✕x]", fold(cell.text)) is not None)


def _asks(cell: Cell) -> bool:
    """Whether a cell is the heading of a column of signs."""
    said = fold(cell.text).strip(" .:")
    return said in ("✓", "✔", "x", "✓/x", "choice", "selected") or _ASKS.fullmatch(said) is not None


def _has_box(cell: Cell) -> bool:
    return any(run.ticked is not None for run in cell.runs)


def _kind(cell: Cell, scale: Scale) -> str:
    """``grade``, ``sign``, ``prompt``, ``other``, or nothing for an empty cell. Struck words say what kind it is, too."""
    said, words = fold("".join(run.text for run in cell.runs)), _words(cell)
    if not words:
        return "sign" if said or _has_box(cell) else ""
    if words in scale.spelled and re.search("[a-wyz]{3}", words):
        return "grade"
    return "prompt" if scale.is_prompt(words) or _ASKS.fullmatch(words) else "other"


def _words(cell: Cell) -> str:
    """The words of a cell without signs, struck ones included, folded."""
    return " ".join(_SIGNS.sub(" ", fold("".join(run.text for run in cell.runs))).split())


def _joined(row: Sequence[Cell], kinds: Sequence[str]) -> tuple[Run, ...]:
    """The cells of a row as a printed list: a sign stands beside its grade, and strokes between the grades."""
    runs: list[Run] = []
    for at, cell in enumerate(row):
        between = " " if "sign" in kinds[max(at - 1, 0) : at + 1] else " / "
        runs += [Run(between), *cell.runs] if at else cell.runs
    return tuple(runs)
