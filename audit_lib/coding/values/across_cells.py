"""What the other cells of a form tell about one that is open by itself: which boxes are printed, on which side ticks are typed.

1. **A value behind printed boxes.** All boxes empty and a value behind them ("☐ Yes ☐ No N/A"): the value, where the same boxes
   stand in another cell without it, no box is ticked where the words stand once more, and no cell has a box for it.
2. **A tick between or behind values.** "Yes / No ✓" is no, and "Yes ✓ No" yes, where other ticks certainly stand behind their
   value ("Yes ✓ / No"); "Yes ✓ No" is no where they certainly stand before it ("✓ Yes / No"). Ticks on both sides settle nothing.
   Longer lists go by the same rule.

Both are to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit_lib.coding.values.choices import Choice, choose, written
from audit_lib.rawform import Mark, Run
from audit_lib.scales import Scale
from audit_lib.text import clean, fold, lower_same_length

Place = tuple[tuple[Run, ...], Scale]
_EMPTY, _FULL = "☐", re.compile("[☑☒]")
_ALIKE = str.maketrans({"✔": "✓", "√": "✓", "🗸": "✓", "|": "/"})
_DROPPED = Mark.STRUCK | Mark.PLACEHOLDER


class OtherCells:
    """The cells of a form in which a value is chosen, each with its scale."""

    def __init__(self, places: Iterable[Place]) -> None:
        every = list(places)
        self._lists = {_with_empty_boxes(runs) for runs, _ in every}
        self._ticked = {_with_empty_boxes(runs) for runs, _ in every if _is_ticked(runs)}
        self._sides = {side for runs, scale in every if (side := _certain_side(runs, scale))}

    def choice(self, runs: tuple[Run, ...], scale: Scale, by_itself: Choice) -> Choice:
        """The choice in a cell: what it says ``by_itself``, unless that is open and the others settle it."""
        if by_itself.code != "unclear" and by_itself.usual:
            return by_itself
        return self._behind_boxes(runs, scale) or self._by_side(runs, scale) or by_itself

    def _behind_boxes(self, runs: tuple[Run, ...], scale: Scale) -> Choice | None:
        text = _with_empty_boxes(runs)
        if _is_ticked(runs) or text in self._ticked or len({run.mark for run in runs if run.text.strip()}) > 1:
            return None
        lists = [one for one in self._lists if one.count(_EMPTY) > 1 and text.startswith(one + " ")]
        typed = text.removeprefix(max(lists, key=len, default=text)).strip()
        if _EMPTY in typed or any(f"{one} {_EMPTY} {typed}" in self._lists for one in lists):
            return None
        chosen = choose((Run(typed),), scale)
        settled = chosen.code not in ("missing", "unclear")
        return Choice(chosen.code, written(runs), chosen.remark, usual=False) if settled else None

    def _by_side(self, runs: tuple[Run, ...], scale: Scale) -> Choice | None:
        if len(self._sides) != 1:
            return None
        before, behind, stroke = _around_tick(runs, scale)
        if stroke or not before:
            return None
        code = before[-1] if self._sides == {"behind"} else behind[0] if behind else ""
        return Choice(code, written(runs), usual=False) if code else None


def _with_empty_boxes(runs: tuple[Run, ...]) -> str:
    """What stands in a cell, with every box as an empty one."""
    pieces = ["☐" if run.ticked is not None else run.text for run in runs if not run.mark & _DROPPED]
    return clean(_FULL.sub(_EMPTY, " ".join(re.split(f"({_EMPTY})", "".join(pieces)))))


def _is_ticked(runs: tuple[Run, ...]) -> bool:
    return any(run.ticked or _FULL.search(run.text) for run in runs)


def _plain(runs: tuple[Run, ...]) -> str:
    """The text of a cell that holds neither boxes nor marks, with one kind of tick and stroke; else nothing."""
    if any(run.ticked is not None or run.mark & _DROPPED for run in runs) or len({run.mark for run in runs}) > 1:
        return ""
    return clean("".join(run.text for run in runs)).translate(_ALIKE)


def _around_tick(runs: tuple[Run, ...], scale: Scale) -> tuple[list[str], list[str], str]:
    """The values before and behind the one tick in a list of different values, and the side or sides of it on which a stroke
    touches it ("left", "right", "left right"); nothing where a cell holds anything else.
    """
    pieces = _plain(runs).split("✓")
    values = [_values(piece, scale) for piece in pieces]
    every = [code for one in values for code in one or ()]
    if len(pieces) != 2 or None in values or len(every) < 2 or len(set(every)) < len(every):
        return [], [], ""
    left, right = (piece.strip() for piece in pieces)
    strokes = [side for side, touches in (("left", left.endswith("/")), ("right", right.startswith("/"))) if touches]
    return values[0] or [], values[1] or [], " ".join(strokes)


def _values(text: str, scale: Scale) -> list[str] | None:
    """The values that are all that a text holds, with strokes or spaces between them; None where it holds anything else."""
    text = lower_same_length(text)
    if scale.pattern.sub("", text).strip("/ "):
        return None
    return [scale.spelled[fold(one)] for one in scale.pattern.findall(text)]


def _certain_side(runs: tuple[Run, ...], scale: Scale) -> str:
    """On which side of its value a tick certainly stands, by a stroke or the beginning of the cell; empty where it does not."""
    before, behind, stroke = _around_tick(runs, scale)
    if not behind:
        return ""
    if not before:
        return "" if stroke else "before"
    return {"right": "behind", "left": "before"}.get(stroke, "")
