"""Of which audit a figure is, by the years and the other words for times that stand around it in its sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from audit_lib.claims.figures import MONTHS, Written
from audit_lib.claims.words import any_of, pattern, words

NOW, BEFORE, UNSURE = "now", "before", "unsure"  # keys of "times" in words.yaml
_NO_TURN = ("this", "to", "from", "then")  # of the words that contrast two figures those that may stand in any sentence
_YEAR = r"(?<![\d/])(?:19|20)\d\d(?!\d)"
_YEARS_JOINED = r"(?:19|20)\d\d ?[/-] ?(?:(?:19|20)\d\d|\d\d)(?!\d)"  # a year of accounts: two audits may lie in it
_BEHIND = re.compile(
    r"[ (]*(?:(?:achieved|recorded|seen|reported|found|as) )?"
    rf"(?:(?:back )?(?:in|for|at|of|during|on|by) )?(?:(?:the|our|its) )?(?:(?:{'|'.join(MONTHS)}) )?"
)
_AHEAD = re.compile(
    r"(?:'s?)?(?: audit)?(?:'s)?[ (,:-]*(?:(?:when|where|it was|was|were|had been|stood at|found|by|to|at|figure of) )*"
)
_AHEAD_COMPARED = re.compile(
    r"'s? |(?:'s?)?(?: audit)?[ ,]*(?:\(|(?:when|where) (?:(?:it|this|that) (?:was|had been) )?)"
)


@dataclass(frozen=True)
class _Time:
    """A word for a time: a year, or one of the three kinds above. ``compared`` is whether something is only measured against it
    ("more than in 2017").
    """

    start: int
    end: int
    value: str
    compared: bool


def years_in(text: str) -> set[str]:
    """The years that a text names, except those that belong to a name ("Children Act 1989")."""
    return {time.value for time in _times(text) if time.value.isdigit()}


def times_of(sentence: str, figures: Sequence[Written]) -> list[str]:
    """For each figure of a sentence (lower case) when it is of: a year, ``now``, ``before`` for the audit before this one,
    ``before now`` or ``before 2018`` for what comes before that, ``unsure`` where that can't be told, and nothing where the
    sentence says nothing.
    """
    times = _times(sentence)
    beside = _beside(times, figures, sentence)
    return [_time_of(at, figures, sentence, times, beside) for at in range(len(figures))]


def _times(text: str) -> list[_Time]:
    found: list[_Time] = []
    for kind, form in _forms().items():
        for match in form.finditer(text):
            if any(match.start() < time.end and time.start < match.end() for time in found):
                continue
            if kind != "year" or not _names()[0].search(text[: match.start()]):
                value = match.group() if kind == "year" else kind
                found.append(_Time(*match.span(), value, _names()[1].search(text[: match.start()]) is not None))
    return sorted(found, key=lambda time: time.start)


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    kinds = {kind: rf"(?<!\w)(?:{any_of(phrases)})(?!\w)" for kind, phrases in words()["times"].items()}
    kinds[UNSURE] = rf"{_YEARS_JOINED}|{kinds[UNSURE]}"
    return {kind: re.compile(form) for kind, form in kinds.items()} | {"year": re.compile(_YEAR)}


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a year that is part of a name, and before a time that is only compared with."""
    named, compared = (any_of(words()[each]) for each in ("named_by_year", "compared"))
    months = "|".join(MONTHS)
    return (
        re.compile(rf"(?<!\w)(?:{named}),? \(?$"),
        re.compile(rf"(?<!\w)(?:{compared}) (?:(?:in|at|that|of|the|our|its|those|audit|{months}) )*$"),
    )


def _beside(times: Sequence[_Time], figures: Sequence[Written], sentence: str) -> dict[int, _Time]:
    """Figure -> the time that stands in it ("53% in the previous audit"), directly behind it, else directly before it."""
    found: dict[int, _Time] = {}
    for time in times:
        found |= {at: time for at, one in enumerate(figures) if one.start < time.start < one.end}
        behind = [at for at, one in enumerate(figures) if one.end <= time.start and at not in found]
        ahead = [at for at, one in enumerate(figures) if one.start >= time.end]
        gap = sentence[figures[behind[-1]].end : time.start] if behind else "-"
        if _BEHIND.fullmatch(gap) and ("(" not in gap or sentence[time.end : time.end + 1] == ")"):
            found[behind[-1]] = time
        elif ahead and (_AHEAD_COMPARED if time.compared else _AHEAD).fullmatch(
            sentence[time.end : figures[ahead[0]].start]
        ):
            found.setdefault(ahead[0], time)
    return found


def _time_of(
    at: int, figures: Sequence[Written], sentence: str, times: Sequence[_Time], beside: Mapping[int, _Time]
) -> str:
    figure = figures[at]
    if at in beside:
        return beside[at].value
    if figure.earlier or (at and figures[at - 1].earlier):
        return _of_a_change(at, figure.earlier, times, beside)
    taken = list(beside.values())
    told = [time for time in times if time in taken or not time.compared]
    own = {time.value for time in told if figure.segment[0] <= time.start < figure.segment[1] and time not in taken}
    if not told or own:
        behind = [time.start for time in told if figure.end <= time.start < figure.segment[1] and time not in taken]
        turned = any(_turns(sentence[figure.end : start]) for start in behind)
        return UNSURE if len(own) > 1 or turned else "".join(own)
    first, values = figures[0].start, {time.value for time in told}
    if (
        told[0].start < first
        and not told[0].compared
        and len(values) == 1
        and not _contrasts(sentence[first : figure.start])
    ):
        return values.pop()
    after = beside.get(at + 1)
    if after is None or told[0].start < figure.end:
        return UNSURE
    gap = sentence[figure.end : figures[at + 1].start]
    in_bracket = gap.endswith("(") or after.start < figures[at + 1].start  # "82% (53% in 2017)", "82% (2017: 53%)"
    return "" if in_bracket or _contrasts(gap) else UNSURE


def _of_a_change(at: int, is_earlier: bool, times: Sequence[_Time], beside: Mapping[int, _Time]) -> str:
    """Of "from 53% to 82%" when the first, or the second, figure is of, where no time stands beside it."""
    taken = list(beside.values())
    loose = [time for time in times if time not in taken]
    years = sorted(time.value for time in loose if time.value.isdigit())
    if len(loose) == len(years) == 2 and not taken:
        return years[0 if is_earlier else 1]
    if len(loose) > 1 or (loose and taken):
        return UNSURE
    if not is_earlier:
        return loose[0].value if loose and not loose[0].compared else ""
    if loose and loose[0].compared:
        return loose[0].value
    later = loose[0].value if loose else beside[at + 1].value if at + 1 in beside else NOW
    return UNSURE if later in (BEFORE, UNSURE) else f"{BEFORE} {later}"


def _turns(text: str) -> bool:
    """Whether words between a figure and a time behind it turn to something else, of which the time may be."""
    return any(match.group() not in _NO_TURN for match in pattern("contrasts").finditer(text))


def _contrasts(text: str) -> bool:
    return ";" in text or pattern("contrasts").search(text) is not None
