"""Rows in which a cell was deleted, so that the others moved to the left: whether a cell is still known by what it holds."""

from __future__ import annotations

import re

from audit_lib.rawform import Cell
from audit_lib.scales import Scale
from audit_lib.text import fold

MOVED = "its row has fewer cells than its table, so that they may have moved or one may have been stretched"
COLOURED = "its cell is filled with a colour, which cannot be read"
_SAID_OF_ANYTHING = ("no", "not_applicable")  # "None", "N/A" stand in columns of comments too


def holds_a_choice(cell: Cell, scale: Scale) -> bool:
    """Whether a cell can be nothing but where a value of ``scale`` is chosen: it holds a tick box, a printed list of values, or
    one value alone that nobody writes as a comment.
    """
    if any(run.ticked is not None for run in cell.runs):
        return True
    pieces = [fold(piece).strip(" .") for piece in re.split(r"[/|\n]", "".join(run.text for run in cell.runs))]
    codes = {scale.spelled.get(piece, "") for piece in pieces if not scale.is_prompt(piece)}
    return bool(codes) and "" not in codes and (len(codes) > 1 or not codes & set(_SAID_OF_ANYTHING))
