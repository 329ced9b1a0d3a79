"""Tables that hold the grades of a scale to choose from and nothing else: one below the other, or side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit_lib.rawform import Cell, Paragraph, Run, Table
from audit_lib.scales import Scale
from audit_lib.text import fold

_LEAST = 2  # a grade alone may stand in the place of a comment
_SIGNS = re.compile(r"[\s()\[\]✓✔√🗸☐☑☒□✗✘×✕.:]|(?<!\w)x(?!\w)")
_ASKS = re.compile(
    r"(?:please )?(?:tick|choose|select|circle|highlight|mark)(?: (?:one|here|a box|the box|judge?ment|grade))*"
)


def listed_grades(table: Table, scale: Scale) -> list[Paragraph]:
    """Such a table as one line for each row, as a form would print them below each other; empty for any other table.

    Signs in a row without a grade stand under the grades of another row, and so make it another table.
    """
    rows = [[cell for cell in row if cell.runs] for row in table.rows()]
    filled = [row for row in rows if any(cell.text.strip() or _has_box(cell) for cell in row)]
    kinds = [[_kind(cell, scale) for cell in row] for row in filled]
    named = [kind for row in kinds for kind in row if kind]
    signs_alone = any("sign" in row and "grade" not in row for row in kinds)
    if "other" in named or named.count("grade") < _LEAST or signs_alone:
        return []
    return [
        Paragraph(_joined(row, kinds_of_row), row[0].locator())
        for row, kinds_of_row in zip(filled, kinds, strict=True)
        if "grade" in kinds_of_row
    ]


def _has_box(cell: Cell) -> bool:
    return any(run.ticked is not None for run in cell.runs)


def _kind(cell: Cell, scale: Scale) -> str:
    """``grade``, ``sign``, ``prompt``, ``other``, or nothing for an empty cell. Struck words say what kind it is, too."""
    said = fold("".join(run.text for run in cell.runs))
    words = " ".join(_SIGNS.sub(" ", said).split())
    if not words:
        return "sign" if said or _has_box(cell) else ""
    if words in scale.spelled and re.search("[a-wyz]{3}", words):
        return "grade"
    return "prompt" if scale.is_prompt(words) or _ASKS.fullmatch(words) else "other"


def _joined(row: Sequence[Cell], kinds: Sequence[str]) -> tuple[Run, ...]:
    """The cells of a row as a printed list: a sign stands beside its grade, and strokes between the grades."""
    runs: list[Run] = []
    for at, cell in enumerate(row):
        between = " " if "sign" in kinds[max(at - 1, 0) : at + 1] else " / "
        runs += [Run(between), *cell.runs] if at else cell.runs
    return tuple(runs)
