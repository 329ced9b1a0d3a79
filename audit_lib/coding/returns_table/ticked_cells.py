"""Lists of things to tick, as a table of returns holds them: all that were ticked in one cell, or a column for each thing.

Both are laid out as a form would show them, so that one set of rules says what is ticked and what is not. What cannot be told
so carries a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from audit_lib.coding.matched import FoundQuestion, Place
from audit_lib.coding.values.choices import Choice, choose
from audit_lib.instrument import Question
from audit_lib.rawform import Paragraph, Run
from audit_lib.scales import Scale
from audit_lib.text import clean, fold

_TICK, _CROSS = frozenset("✓✔√🗸☑"), frozenset("✗✘×✕x")
_SAID = {"yes": "Yes", "no": "No", "partly": "Partly", "not_known": "Not known", "not_applicable": "Not applicable"}
_WORDS = 9  # a shorter text may stand in a heading by chance
_DENIED = re.compile(r"\b(?:no|not|without|none|never|missing|lacks?|lacking|except|isn't|hasn't|don't|doesn't)\b")
_SEVERAL = "the things that were ticked cannot be told apart in the text of the list"
_NONE_NAMED = "nothing of the list is named for certain"
_DENIES = "the list names it beside a word that denies"


def items_named(text: str, items: dict[str, tuple[str, ...]]) -> list[str]:
    """The things of a list that a text names, in the order of its words; words inside longer ones count once.

    ``items`` are the cues of each, by its id.
    """
    folded = fold(text)
    places = [
        (match.start(), match.end(), name)
        for name, cues in items.items()
        for cue in cues
        for match in re.finditer(rf"(?<!\w){re.escape(fold(cue))}(?!\w)", folded)
    ]
    outer = [
        (start, name)
        for start, end, name in places
        if not any(s <= start and end <= e and e - s > end - start for s, e, _ in places)
    ]
    return list(dict.fromkeys(name for _, name in sorted(outer)))


def ticked_in_one_cell(
    items: Mapping[str, Question], place: Place, heading: str
) -> tuple[dict[str, FoundQuestion], list[Place]]:
    """The things of a list from a cell in which those that were ticked stand, each followed by a semicolon or in a line.

    A part that names several of them (a list with commas) leaves the whole list in doubt, as does a cell that names none; a
    thing that is denied ("no plan") is in doubt itself. Second: parts of the cell that name nothing of the list.
    """
    parts = [part for part in re.split(r"[;\n]", "\n".join(p.text for p in place.paragraphs)) if clean(part)]
    cues = {name: question.cues for name, question in items.items()}
    named = {part: items_named(part, cues) for part in parts}
    denied = {name for part, names in named.items() for name in names if _is_denied(part, items[name])}
    ticked = {name: [part for part in parts if named[part] == [name]] for name in items}
    several = any(len(names) > 1 for names in named.values())
    nothing = bool(parts) and not {name for names in named.values() for name in names} - denied
    found = {}
    for name in items:
        runs = (Run("", ticked=bool(ticked[name])), Run(f" {'; '.join(map(clean, ticked[name]))}")) if parts else ()
        answer = Place([Paragraph(runs, place.locator)], place.locator)
        doubt = _SEVERAL if several else _DENIES if name in denied else _NONE_NAMED if nothing else ""
        found[name] = FoundQuestion(
            Place(list(place.paragraphs), place.locator) if doubt else answer, heading, doubt, by_code=True
        )
    strange = [] if several or nothing else [part for part in parts if not named[part]]
    return found, [Place([Paragraph((Run(clean(part)),), place.locator)], place.locator) for part in strange]


def _is_denied(part: str, question: Question) -> bool:
    """Whether a word that denies stands in a part of the list, before the words of the thing or in brackets after them."""
    text = fold(part)
    for cue in sorted(map(fold, (question.text, *question.cues)), key=len, reverse=True):
        text = text.replace(cue, " ")
    return _DENIED.search(text) is not None


def ticked_in_columns(
    places: Mapping[str, Place], headings: Mapping[str, str], scales: Mapping[str, Scale]
) -> tuple[dict[str, FoundQuestion], dict[str, str]]:
    """The things of a list from a column for each: ``places`` are their cells, by the id of the thing.

    Beside a tick, "yes" is a tick, and "no", a cross and an empty cell are none. What is neither a sign nor an answer is in
    doubt, as is a cross where nothing is ticked. Second: what was written beside the answers, by id.
    """
    choices = {name: choose(place.runs, scales[name]) for name, place in places.items()}
    signs = {name: _sign(place, headings[name]) for name, place in places.items()}
    ticked = "tick" in signs.values()
    answered = any(not signs[name] and choice.code in ("yes", "no") for name, choice in choices.items())
    found, remarks = {}, {}
    for name, place in places.items():
        choice, sign = choices[name], signs[name]
        doubt = _doubt(choice, sign, ticked=ticked, answered=answered)
        runs = place.runs if doubt else _laid_out(choice, sign, ticked=ticked)
        answer = Place([Paragraph(runs, place.locator)], place.locator)
        found[name] = FoundQuestion(answer, headings[name], doubt)
        if not doubt and choice.remark:
            remarks[name] = choice.remark
    return found, remarks


def _sign(place: Place, heading: str) -> str:
    """``tick``, ``cross``, ``box`` for an empty one, or nothing. Some programs write the words of the heading for a tick."""
    states = {run.ticked for run in place.runs if run.ticked is not None}
    text = fold(place.text)
    if states:
        return "tick" if True in states else "box"
    repeated = len(text) > _WORDS and text in fold(heading)
    return "tick" if text in _TICK or repeated else "cross" if text in _CROSS else ""


def _doubt(choice: Choice, sign: str, *, ticked: bool, answered: bool) -> str:
    if sign == "cross" and answered and not ticked:
        return "a cross beside yes and no may mean either"
    if sign or choice.code == "missing":
        return ""
    if choice.code not in _SAID or (ticked and choice.code not in ("yes", "no")):
        return "what stands in its column is neither a tick nor an answer"
    return ""


def _laid_out(choice: Choice, sign: str, *, ticked: bool) -> tuple[Run, ...]:
    """A cell as a form would show it behind the words of the thing: a box, or an answer."""
    if sign in ("tick", "box"):
        return (Run("", ticked=sign == "tick"),)
    if sign == "cross":
        return (Run("", ticked=False), Run(" x")) if ticked else (Run(" x "),)
    if choice.code == "missing":
        return ()
    answer = choice.as_written if fold(choice.as_written) in ("yes", "no", "y", "n", "n/a") else _SAID[choice.code]
    return (Run("", ticked=choice.code == "yes"), Run(f" {answer}")) if ticked else (Run(f" {answer}"),)
