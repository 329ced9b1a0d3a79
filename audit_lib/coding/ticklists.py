"""Lists of things to tick: which are ticked, which are not, and which can't be told."""

from __future__ import annotations

import re
from collections.abc import Mapping

from audit_lib.coding.choices import Choice, choose, written
from audit_lib.coding.cues import cue_end
from audit_lib.coding.matched import FoundQuestion
from audit_lib.instrument import Question
from audit_lib.rawform import Mark, Run
from audit_lib.scales import Scale
from audit_lib.text import lower_same_length

_TICK, _CROSS = "✓✔√🗸", "✗✘×✕x"
_SIGN = re.compile(
    rf"^\s*[(\[]?\s*(?P<first>[{_TICK}{_CROSS}])\s*[)\]]?(?=\s)|(?<=\s)[(\[]?(?P<last>[{_TICK}{_CROSS}])\s*[)\]]?\s*$"
)
_BRACKETS = re.compile(r"^\s*[(\[]\s*[)\]]\s|\s[(\[]\s*[)\]]\s*$")


def tick_list_choices(
    items: Mapping[str, Question], found: Mapping[str, FoundQuestion], scales: Mapping[str, Scale]
) -> dict[str, Choice]:
    """The choice for each item of one list; ``found`` are the items that stand in the form.

    An item that is not ticked is ``no`` when anything in the list is; all are ``missing`` when nothing is. "Yes" or "no" typed
    beside an item is its answer. A cross among ticks is ``no``; crosses alone may mean either and are ``unclear``, as is a
    ticked item whose words say otherwise.
    """
    typed = {name: _typed(question, found.get(name), scales[name]) for name, question in items.items()}
    if any(choice.code != "missing" for choice in typed.values()):
        return typed
    signs = {name: _sign(found[name].answer.runs) if name in found else "" for name in items}
    ticked = "tick" in signs.values()
    crossed = "cross" in signs.values() and not ticked
    choices = {}
    for name, question in items.items():
        as_written = written(found[name].answer.runs) if name in found else ""
        code = {"tick": "yes", "cross": "unclear" if crossed else "no"}.get(signs[name], "no" if ticked else "missing")
        if name not in found:
            code = "missing"
        elif crossed or (code == "yes" and _hedged(question, found[name].answer.runs, scales[name])):
            code = "unclear"
        choices[name] = Choice(code, as_written)
    return choices


def _sign(runs: tuple[Run, ...]) -> str:
    """``tick``, ``cross``, ``box`` for an empty one, or nothing; boxes of both kinds are a cross-out nobody can read."""
    states = {run.ticked for run in runs if run.ticked is not None}
    if states:
        return "tick" if True in states else "box"
    text = "".join(run.text for run in runs if not run.mark & (Mark.STRUCK | Mark.PLACEHOLDER))
    match = _SIGN.search(lower_same_length(text))
    if match is None:
        return "box" if _BRACKETS.search(text) else ""
    return "tick" if (match["first"] or match["last"]) in _TICK else "cross"


def _typed(question: Question, found: FoundQuestion | None, scale: Scale) -> Choice:
    """What is typed after the words of an item: "... parent details - Yes"."""
    if found is None or any(run.ticked is not None for run in found.answer.runs):
        return Choice("missing", "")
    text = "".join(run.text for run in found.answer.runs if not run.mark & (Mark.STRUCK | Mark.PLACEHOLDER))
    rest = re.search(r"[:?–—-]\s*(?P<answer>[^:?–—-]+)$", text[cue_end(text, question.cues) :])
    choice = choose((Run(rest["answer"]),), scale) if rest else Choice("missing", "")
    return choice if choice.code not in ("missing", "unclear") else Choice("missing", "")


def _hedged(question: Question, runs: tuple[Run, ...], scale: Scale) -> bool:
    """Whether words beyond the printed ones take the certainty from a tick."""
    text = "".join(run.text for run in runs if not run.mark & (Mark.STRUCK | Mark.PLACEHOLDER))
    rest = lower_same_length(text[cue_end(text, question.cues) :])
    words = "|".join(re.escape(word) for word in (*scale.hedges, "not", "none", "missing", "no"))
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", rest) is not None
