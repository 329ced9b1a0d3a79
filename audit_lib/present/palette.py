"""The colours: told apart by people who see colours differently, by lightness when printed in grey, and by patterns.

Text stands on each at a contrast of at least 4.5 to 1 (WCAG 2.2, level AA).
"""

from __future__ import annotations

import re
from dataclasses import replace

from audit_lib.analysis.proportions import QuestionResult
from audit_lib.present.drawing import Style
from audit_lib.scales import Scale

_DEEP, _MIDDLE, _LIGHT, _WARM, _SAND = "#0b3c5d", "#2f74a3", "#a9cfe5", "#a8420c", "#f4cf73"
_WHITE = "#ffffff"
FAVOURABLE = Style(_DEEP, _WHITE)
UNFAVOURABLE = Style(_WARM, _WHITE, hatch="---")
_BETWEEN = (Style(_LIGHT), Style(_SAND), Style("#d8e6c3"))
_NEITHER = (Style("#56468a", _WHITE), Style("#cfc6e6"), Style("#e9e4f4"))
UNRANKED = {
    "not_known": Style("#e3e3e3", hatch="|||", edge="#8c8c8c"),
    "not_applicable": Style(_WHITE, hatch="///", edge="#8c8c8c"),
    "missing": Style(_WHITE, edge="#737373"),
    "unclear": Style("#e3e3e3", edge="#737373"),
}
# From best to worst, at four lightnesses far apart: a small tile has room for its letters and for no pattern.
_GRADES = (FAVOURABLE, Style("#6da3ca"), Style("#f8dd96"), Style("#b5480f", _WHITE, hatch="---"))
_FIVE = (FAVOURABLE, Style("#5c93bd"), Style("#f8dd96"), Style("#efab66"), _GRADES[-1])  # of five grades and more
# Of tools that name colours: what a reader expects, but a green towards blue and a red towards orange, far apart in lightness, so that
# people who do not see red or green, and a grey print, tell them apart too.
_NAMED = {
    "green": Style("#005036", _WHITE),
    "amber": Style("#f7c948"),
    "yellow": Style("#f7c948"),
    "red": Style("#cf3f1a", _WHITE, hatch="---"),
}
STATES = {
    "returned": FAVOURABLE,
    "late": Style(_LIGHT),
    "unsettled": Style(_SAND, hatch="\\\\\\", edge="#8a6a14"),
    "empty": Style(_WHITE, edge="#737373"),
    "set_aside": Style(_WHITE, hatch="|||", edge="#8c8c8c"),
    "not_back": Style(_WHITE, hatch="///", edge="#8c8c8c"),
    "extra": Style("#56468a", _WHITE, hatch="+++"),
}
DOT = Style(_MIDDLE, _WHITE)
YEARS = (Style("#8fb8d6"), Style("#5f97c0"), Style(_MIDDLE, _WHITE), Style(_DEEP, _WHITE))  # from old to new


def answer_style(result: QuestionResult, answer: str) -> Style:
    """How an answer to a question is drawn: by whether it speaks for good practice, not by its word."""
    if answer in UNRANKED:
        return UNRANKED[answer]
    if named := _named(result.scale, answer):
        return named
    ranked = [each for each in result.answers if each in result.scale.order]
    if answer not in ranked:
        return Style("#efefef", hatch="\\\\\\", edge="#8c8c8c")
    place = ranked.index(answer)
    if not result.favourable:
        return _NEITHER[min(place * 2 // max(1, len(ranked) - 1), 2)] if len(ranked) > 2 else _NEITHER[place]
    if place in (0, len(ranked) - 1):
        return FAVOURABLE if place == 0 else UNFAVOURABLE
    return _BETWEEN[(place - 1) % len(_BETWEEN)]


def grade_style(scale: Scale, grade: str) -> Style:
    """How a grade is drawn: in the colour that it is called by; else dark blue for the best, rust for the worst."""
    if named := _named(scale, grade):
        return named
    rank = scale.rank(grade)
    if rank is None:
        return UNRANKED.get(grade, UNRANKED["not_applicable"])
    last = len(scale.order) - 1
    if last >= len(_GRADES):
        return _FIVE[rank - last - 1] if rank >= last - 1 else _FIVE[min(rank, 2)]
    return _GRADES[-1] if rank == last else _GRADES[min(rank, len(_GRADES) - 2)]


def _named(scale: Scale, code: str) -> Style | None:
    """The colour that a value is called by, as in "Green" or "Red: act now"."""
    if code not in scale.order:
        return None
    return _NAMED.get(re.split(r"\W", scale.label(code).casefold(), maxsplit=1)[0])


def tile_style(scale: Scale, grade: str) -> Style:
    """The same for a small tile, which carries the letters of its grade and so needs no pattern, which would hide them."""
    style = grade_style(scale, grade)
    return replace(style, hatch="", edge="none" if style.edge == _WHITE else style.edge)
