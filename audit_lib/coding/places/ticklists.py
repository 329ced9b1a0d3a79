"""Lists of things to tick: which are ticked, which are not, and which can't be told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from audit_lib.coding.matched import FoundQuestion
from audit_lib.coding.places.beside_items import standing, what_is_beside
from audit_lib.coding.values.choices import Choice, choose, written
from audit_lib.coding.values.cues import cue_end
from audit_lib.instrument import Question
from audit_lib.rawform import Mark, Run
from audit_lib.scales import Scale
from audit_lib.text import lower_same_length, visible

_TICK, _CROSS = "✓✔√🗸", "✗✘×✕x"
_SIGN = re.compile(
    rf"^\s*(?:[(\[]\s*)?(?P<first>[{_TICK}{_CROSS}])\s*[)\]]?(?=\s)|(?<=\s)[(\[]?(?P<last>[{_TICK}{_CROSS}])\s*[)\]]?\s*$"
)
_ANSWER = re.compile(
    r"(?:[:?–—-]\s*|\s|\))(?P<answer>yes|no|y|n|n/a|not applicable|not known|partly)\s*\.?\s*$|\((?P<noted>yes|no)\b",
    re.IGNORECASE,
)
_UNKNOWN = "\ufffd"  # what a reader gives for a sign that it does not know
_SIGN_OF = {"yes": "tick", "no": "box"}
_BRACKETS = re.compile(r"^\s*[(\[]\s*[xX]?\s*[)\]](?=\s)|(?<=\s)[(\[]\s*[xX]?\s*[)\]]\s*$")


def tick_list_choices(
    items: Mapping[str, Question], found: Mapping[str, FoundQuestion], scales: Mapping[str, Scale]
) -> dict[str, Choice]:
    """The choice for each item of one list; ``found`` are the items that stand in the form.

    An item that is not ticked is ``no`` when anything in the list is; all are ``missing`` when nothing is. "Yes" or "no" typed
    beside an item is its answer, unless its box says otherwise; so is the one chosen of several values printed beside it. A cross
    among ticks is ``no``; crosses alone may mean either and are ``unclear``, as is a ticked item whose words say otherwise and one
    beside which anything else was entered. "[x]" is a tick where other items have "[ ]". Where some items are highlighted or
    struck and nothing is ticked, all are ``unclear``: that may say what is there, or what is not.
    """
    here = {name: one for name, one in found.items() if name in items}
    beside = what_is_beside(items, here, scales)
    typed = {name: "" if name in beside else _typed(items[name], one, scales[name]) for name, one in here.items()}
    signs = {name: "" if name in beside else _sign(one.answer.runs) for name, one in here.items()}
    brackets = {name: _BRACKETS.search(standing(one.answer.runs)) for name, one in here.items() if name not in beside}
    if any(match and not match[0].strip(" ()[]") for match in brackets.values()):
        signs |= {name: "tick" for name, match in brackets.items() if match and match[0].strip(" ()[]")}
    signs |= {name: "tick" for name, one in beside.items() if one.ticked}
    said = any(typed.values()) or any(one.code in scales[name].order for name, one in beside.items() if not one.ticked)
    ticked = "tick" in signs.values()
    decided = said or bool({"tick", "cross"} & set(signs.values()))
    picked = not decided and _picked_out([*here.values()])
    crossed = "cross" in signs.values() and not ticked
    choices = {name: Choice("missing", "") for name in items}
    for name, one in here.items():
        as_written = written(one.answer.runs)
        by_sign = {"tick": "yes", "cross": "unclear" if crossed else "no"}.get(
            signs[name], "no" if ticked else "missing"
        )
        if name in beside and (decided or not beside[name].may_be_print):
            choices[name] = Choice(beside[name].code, beside[name].as_written or as_written, beside[name].remark)
            continue
        if typed[name]:
            code = typed[name] if signs[name] in ("", _SIGN_OF.get(typed[name])) else "unclear"
        elif (
            picked
            or crossed
            or signs[name] == "unknown"
            or (by_sign == "yes" and _hedged(items[name], one.answer.runs, scales[name]))
        ):
            code = "unclear"
        else:
            code = "missing" if said and not signs[name] else by_sign
        choices[name] = Choice(code, as_written)
    return choices


def _picked_out(items: Sequence[FoundQuestion]) -> bool:
    """Whether an item of a list is struck, or some items are highlighted and others are not."""
    looks = [[run.mark for run in item.answer.runs if re.search(r"\w", run.text)] for item in items]
    struck, highlighted = (
        sum(any(mark & kind for mark in marks) for marks in looks) for kind in (Mark.STRUCK, Mark.HIGHLIGHTED)
    )
    return struck > 0 or 0 < highlighted < len(looks)


def _sign(runs: tuple[Run, ...]) -> str:
    """``tick``, ``cross``, ``box`` for an empty one, ``unknown`` for one whose state the file does not tell, or nothing."""
    states = {run.ticked for run in runs if run.ticked is not None}
    if states:
        return "tick" if True in states else "box"
    text = "".join(run.text for run in runs if not run.mark & (Mark.STRUCK | Mark.PLACEHOLDER))
    if _UNKNOWN in text:
        return "unknown"
    match = _SIGN.search(lower_same_length(visible(text)))
    if match is None:
        return "box" if _BRACKETS.search(text) else ""
    return "tick" if (match["first"] or match["last"]) in _TICK else "cross"


def _typed(question: Question, found: FoundQuestion, scale: Scale) -> str:
    """The answer that is typed after the words of an item, "... parent details - Yes"; empty for none."""
    match = _ANSWER.search(standing(found.answer.runs)[cue_end(standing(found.answer.runs), question.cues) :])
    code = choose((Run(match["answer"] or match["noted"]),), scale).code if match else ""
    return "" if code in ("missing", "unclear") else code


def _hedged(question: Question, runs: tuple[Run, ...], scale: Scale) -> bool:
    """Whether words beside the printed ones take the certainty from a tick."""
    text = standing(runs)
    end = cue_end(text, question.cues)
    words = "|".join(re.escape(word) for word in (*scale.hedges, "not", "none", "missing", "no", "without"))
    begins = lower_same_length(text[:end])
    denied = re.match(r"\W*(?:not|no|without)\b", begins)
    return denied is not None or re.search(rf"(?<!\w)(?:{words})(?!\w)", lower_same_length(text[end:])) is not None
