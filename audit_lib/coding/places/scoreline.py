"""A score asked for as a line of numbers in a table, of which one is marked: in the row below, or by its own look."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit_lib.coding.matched import Place
from audit_lib.coding.values.comments import standing
from audit_lib.instrument import Score
from audit_lib.rawform import Cell, Mark, Paragraph, Run, Table
from audit_lib.text import clean, fold

_SIGN = re.compile(r"[x✓✔√✗✘×✕●•o*^↑]|\[x\]", re.IGNORECASE)
_LOOKS = (Mark.HIGHLIGHTED, Mark.BOLD, Mark.UNDERLINED)


def marked_line(table: Table, score: Score) -> tuple[Place, list[Place]] | None:
    """The numbers of the line as one paragraph in which those that are marked are highlighted, and the words beside them
    that are no mark; None when the table is no such line.

    A number below another than itself marks both, a mark under several numbers all of them, so that the score is not one.
    """
    span = [str(number) for number in range(int(score.minimum), int(score.maximum) + 1)]
    rows = list(table.rows())
    line = next((row for row in rows if [_words(cell) for cell in row if _words(cell)] == span), None)
    if line is None:
        return None
    numbers = {cell.column: _words(cell) for cell in line if _words(cell)}
    others = [cell for row in rows if row is not line for cell in row]
    marked = _marked_below(others, numbers) | _marked_by_look(line)
    runs = []
    for number in span:
        runs += [Run(number, Mark.HIGHLIGHTED if number in marked else Mark.NONE), Run(" ")]
    where = next((cell for cell in others if _is_mark(cell)), line[0]).locator()
    beside = [Place(list(cell.paragraphs), cell.locator()) for cell in others if _words(cell) and not _is_mark(cell)]
    return Place([Paragraph(tuple(runs), where)], where), beside


def _marked_below(cells: Iterable[Cell], numbers: dict[int, str]) -> set[str]:
    marked: set[str] = set()
    for cell in cells:
        if _is_mark(cell):
            covered = {numbers.get(cell.column + beside, "") for beside in range(cell.column_span)}
            marked |= (covered | {_words(cell) if _words(cell).isdigit() else ""}) - {""}
    return marked


def _marked_by_look(line: Iterable[Cell]) -> set[str]:
    """The one number that looks different from all others."""
    cells = [cell for cell in line if _words(cell)]
    for look in _LOOKS:
        found = {_words(cell) for cell in cells if any(run.mark & look for run in cell.runs)}
        if 0 < len(found) < len(cells):
            return found
    shaded = {_words(cell) for cell in cells if cell.shaded}
    return shaded if len(shaded) < len(cells) else set()


def _is_mark(cell: Cell) -> bool:
    words = _words(cell)
    return any(run.ticked for run in cell.runs) or words.isdigit() or _SIGN.fullmatch(words) is not None


def _words(cell: Cell) -> str:
    return fold(clean(" ".join(map(standing, cell.paragraphs))))
