"""Figures in one sentence, and what kind each is; what a figure is about is told afterwards ("finding.py")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from itertools import pairwise, zip_longest
from typing import Literal

from audit_lib.claims.words import (
    NUMBER,
    any_of,
    decimals,
    fraction_words,
    hedge_words,
    number,
    pattern,
    unit_words,
    words,
)

Kind = Literal["share", "ratio", "count", "all", "majority", "date", "case_grade", "score", "range"]
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_STRONG, _WEAK = (
    re.compile(r"[;(]|:-|\u2022|\)(?=[,;)]| and | but )"),
    re.compile(r",? (?:and|but|while|whereas)(?= )|,(?= )"),
)
_TO_ANOTHER = re.compile(
    rf"(?: \(\d+%\))?(?:,? in (?:(?:{'|'.join(MONTHS)}) )?(?:19|20)\d\d,?| \((?:19|20)\d\d\))? to "
)
_IN_BRACKETS = re.compile(r"\(\d+(?:\.\d+)?%\)")
_NO_ADJECTIVE = (
    "of|in|to|the|a|an|and|or|with|for|on|at|by|from|that|who|which|whose|when|until|while|is|was|were|had|have|has|"
    "years?|yrs?|months?|weeks?|days?|times"
)
_NUMBERS = any_of([*words()["numbers"]["ones"], *words()["numbers"]["tens"]])
_MORE_WORDS = rf"(?:(?!(?:{_NO_ADJECTIVE}|{_NUMBERS})\b)[a-z][a-z'-]* ){{0,3}}?"
_THE = r"(?:(?:all|the|these|those|our|its|their|both) ){0,3}"
_ALL_SAID = re.compile(
    r"(?:.* )?in (?:all|every|none|no)\b.*|"
    r".* (?:said|says|say|answered|answer|reported|report|found|stated|were (?:returned|received|late)|came (?:back|in|late)|arrived)\b.*"
)
_OF_SOMETHING = re.compile(
    r" of (?!(?:all |the |both )*(?:those|these|them|which|whom|who|us|all|total|whole|agency|that|it)(?!\w))"
)
_BEGINS = re.compile(rf"(?:in)?|(?:{any_of(words()['each_case']['some'])}) in")
_OF_A_FAMILY = ("children", "child")
_NO_ONE = "".join(f"(?<!{word} )" for word in ("next", "same", "last", "other", "this", "that"))  # "the next one in 8"
_EVERY = 10  # the largest number of which people tell a share in this way
_ONE_OF: list[
    tuple[re.Pattern[str], Callable[[Fraction, Fraction], Fraction]]
] = [  # before "one of the five": how many are meant
    (re.compile(r"(?<!\w)(?:every|each)(?: single)? $"), lambda value, of: of),
    (re.compile(r"(?<!\w)not(?: even| a single)? $"), lambda value, of: Fraction(0)),
    (re.compile(r"(?<!\w)all but $"), lambda value, of: of - value),
]
_OF_SCORES = re.compile(
    r"(?<!\w)scor\w*(?:(?! and | age)[^;]){0,60}?(?: and)? ?(?:rang\w+ )?(?:from|between) \S+ (?:to|and) \S+$"
)
_SCORE_FROM = re.compile(  # before the later score: "the mean score rose from 5.6 in 2017 to "
    rf"(?:average|mean|median) (?:[a-z]+ ){{0,3}}?scor\w*(?: [a-z]+){{0,4}}? from {NUMBER}"
    rf"(?:,? in (?:(?:{'|'.join(MONTHS)}) )?(?:19|20)\d\d,?| \((?:19|20)\d\d\))? to $"
)
_MANY = 1_000  # the largest number that a count is said to be of: others are years
_SOON = 16  # characters after a figure in which the word for saying has to stand
_ASKED_FOR = re.compile(r"(?: (?:that )?(?:(?:we|was|were|had) )*(?:asked for|requested|sent out))?")


@dataclass
class Written:
    """A figure in one sentence, before it is known what it is about."""

    start: int
    end: int
    kind: Kind
    value: Fraction
    decimals: int = 0
    hedge: str = ""
    unit: str = ""
    of: Fraction | None = None
    earlier: bool = False
    counts: tuple[Fraction, Fraction] | None = None
    segment: tuple[int, int] = field(default=(0, 0))


def figures_of(sentence: str) -> list[Written]:
    """The figures of one sentence (lower case), in order, each with the part of the sentence that speaks of it."""
    figures = _without_restated(sorted(_figures(sentence), key=lambda figure: figure.start), sentence)
    _set_segments(figures, sentence)
    return figures


def _without_restated(figures: list[Written], sentence: str) -> list[Written]:
    """Without what says the same again: a vague word that a bracket says exactly ("in most cases (about 75%)"), the percentage in
    a bracket behind its counts, the two ends of a range. Of "from 2 of 9 to 5 of 9" the first is of an earlier audit.
    """
    kept: list[Written] = []
    dropped: set[int] = set()
    for at, (figure, after) in enumerate(zip_longest(figures, figures[1:])):
        between = sentence[figure.end : after.start] if after else ""
        if figure.kind in ("majority", "all") and re.fullmatch(r" ?\((?:[a-z]+ ){0,3}", between):
            dropped.add(at)
        elif after and between == " (" and _say_the_same(figure, after):
            dropped.add(at + 1)
        elif re.fullmatch(r" (?:to|and) ", between) and re.search(
            rf"(?:{any_of(words()['spans'])}) $", sentence[: figure.start]
        ):
            dropped |= {at, at + 1}
    for at, figure in enumerate(figures):
        if at not in dropped:
            kept.append(figure)
    for figure, after in pairwise(kept):
        figure.earlier = _TO_ANOTHER.fullmatch(sentence[figure.end : after.start]) is not None
    return kept


def _say_the_same(one: Written, other: Written) -> bool:
    """Whether a bracket says again what stands before it: "15 of 19 (79%)". Where it does not, both figures are kept and the
    percentage is marked.
    """
    share, ratio = (one, other) if one.kind == "share" else (other, one)
    if share.kind != "share" or ratio.kind != "ratio" or not ratio.of:
        return False
    apart = abs(100 * ratio.value / ratio.of - share.value)
    if apart > Fraction(1, 2 * 10**share.decimals) and not share.hedge:
        share.counts = (ratio.value, ratio.of)
        return False
    return one is ratio


def _set_segments(figures: list[Written], sentence: str) -> None:
    """The part of the sentence that speaks of each figure: it ends where a clause ends between two figures."""
    borders = [0]
    for before, after in pairwise(figures):
        gap = _IN_BRACKETS.sub(lambda match: " " * len(match.group()), sentence[before.end : after.start])
        within = len(re.sub(r"\($", "", gap))  # a figure in a bracket is about what stands before the bracket
        splits = [each for form in (_STRONG, _WEAK) for each in form.finditer(gap, 0, within)]
        splits = [each for each in splits if _STRONG.match(each.group())] or splits
        borders.append(borders[-1] if before.earlier else before.end + splits[-1].start() if splits else after.start)
    for figure, start, end in zip(figures, borders, [*borders[1:], len(sentence)], strict=False):
        figure.segment = (start, end)
    for before, after in pairwise(figures):
        if before.kind == "count" and after.kind == "share" and sentence[before.end : after.start] == " (":
            before.segment = after.segment = (before.segment[0], after.segment[1])  # "eight agencies (57%) said"


def _is_singular(unit: str) -> bool:
    return unit != "" and not unit.endswith(("s", "children", "people", "staff"))


def _is_a_name(written: str, before: str) -> bool:
    """Whether a number counts nothing: "section 47", a telephone number, the end of "between 2 and 5 children"."""
    return bool(
        _numbered().search(before)
        or re.search(r"(?<!\w)0\d+(?: \d+)* $", before)
        or re.fullmatch(r"0\d+", written)
        or re.search(rf"(?<!\w)(?:between|from|aged) {NUMBER} (?:and|to|or) $", before)
    )


@cache
def _numbered() -> re.Pattern[str]:
    """A noun that is numbered, at the end: "Year 6", but not "this year 6 cases"."""
    nouns = any_of(words()["numbered"])
    return re.compile(
        rf"(?<!this )(?<!last )(?<!next )(?<!each )(?<!every )(?<!one )(?<!per )(?<!a )(?<!\w)(?:{nouns}) $"
    )


def _any_unit() -> str:
    """A pattern for any word for what is counted; "case" before "conferences" and "agency" before "returns" count neither."""
    others = any_of(words()["units"]["others"])
    one = [word for word in unit_words() if _is_singular(word)]
    return rf"{any_of(set(unit_words()) - set(one))}|(?:{any_of(one)})(?! (?:(?:[a-z]+ )?(?:{others})|{any_of(unit_words())})(?!\w))"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    unit, hedge, after = _any_unit(), any_of(hedge_words()), r"(?![\w'-])"
    lead = rf"(?<![\w.,/-])(?:(?P<hedge>{hedge}) )?(?:(?:just|only|a|the|meagre|exactly) ){{0,3}}"
    of_unit = rf"(?:(?: of| in) {_THE}{_MORE_WORDS}(?P<unit>{unit}){after})?"
    return {
        "odds": re.compile(
            rf"{_NO_ONE}{lead}(?P<n>{NUMBER}) (?:in|out of)(?P<every> every)? (?P<of>{NUMBER})(?! (?:{'|'.join(MONTHS)}))"
            rf"(?:(?: of)? {_THE}{_MORE_WORDS}(?P<unit>{unit}){after})?"
        ),
        "whole": re.compile(
            rf"(?<!not )(?<!\w)all (?:of )?(?:the |these |those )?(?P<n>{NUMBER}) (?:of (?:the|its|their|those|these) )?"
            rf"{_MORE_WORDS}(?P<unit>{unit}){after}"
        ),
        "ratio": re.compile(
            rf"{lead}(?P<n>{NUMBER}) ?(?:of|out of|/) ?{_THE}(?P<of>{NUMBER})(?! (?:{'|'.join(MONTHS)}))"
            rf"(?: {_MORE_WORDS}(?P<unit>{unit}){after})?"
        ),
        "behind": re.compile(  # "ten audits out of 37"
            rf"{lead}(?P<n>{NUMBER}) {_MORE_WORDS}(?P<unit>{unit}) out of {_THE}(?:total of )?(?P<of>{NUMBER})(?! [a-z-]+s\b|[\w%-])"
        ),
        "share": re.compile(rf"{lead}(?P<n>{NUMBER}) ?(?:%|per ?cent(?:age)?{after})(?: points?)?{of_unit}"),
        "fraction": re.compile(
            rf"{lead}(?<!\w)(?P<n>{any_of(fraction_words())})(?: of)? {_THE}{_MORE_WORDS}(?P<unit>{unit}){after}"
        ),
        "bare": re.compile(  # "up from a third in 2017"
            rf"(?<=(?:from|with|than)) (?:(?P<hedge>{hedge}) )?(?P<n>{any_of(fraction_words())})(?= in |[,.;)]|$)"
        ),
        "majority": re.compile(
            rf"(?<!\w)(?P<n>{any_of([*words()['majority'], *words()['minority']])})(?: of)? {_THE}{_MORE_WORDS}(?P<unit>{unit}){after}"
        ),
        "count": re.compile(
            rf"{lead}(?P<n>{NUMBER}) (?!(?:{'|'.join(MONTHS)}) )(?:of (?=the|these|those|our))?{_THE}{_MORE_WORDS}(?P<unit>{unit}){after}"
        ),
        "returned": re.compile(
            rf"{lead}(?P<n>{NUMBER}) (?:of (?:them|these|those) )?(?:(?:being|were|was|have been|had been) "
            r"(?:returned|received|submitted|sent back)|(?:came|have come|had come) back)"
        ),
        "all": re.compile(
            rf"(?<!\w)(?P<n>all|none|every|no)(?: of)?(?: {_THE}{_MORE_WORDS}(?P<unit>{unit}){after}| (?=were |was |are ))"
        ),
        "score": re.compile(
            r"(?<!\w)(?:(?:average|mean|median) (?:[a-z]+ ){0,3}?scor(?:e|es|ing)(?: [a-z]+){0,4}?|scores (?:[a-z]+ ){0,2}?averaged) "
            rf"(?P<n>{NUMBER})(?! ?(?:%|per))"
        ),
        "score_end": re.compile(rf"(?<=to )(?P<n>{NUMBER})(?! ?(?:%|per)|[\w-])"),
        "range": re.compile(
            rf"(?<!\w)(?:scores (?:[a-z]+ ){{0,2}}|rang(?:ing|ed|es|e) )(?:from|between) (?P<n>{NUMBER}) (?:to|and) (?P<of>{NUMBER})"
        ),
    }


def _figures(sentence: str) -> Iterator[Written]:
    """Figures that do not overlap; the kinds that say most come first."""
    taken: list[tuple[int, int]] = []
    for kind, form in _patterns().items():
        for match in form.finditer(sentence):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            figure = _figure(kind, match, sentence)
            if figure is not None:
                taken.append(match.span())
                yield figure


def _figure(kind: str, match: re.Match[str], sentence: str) -> Written | None:
    unit = unit_words().get(match.groupdict().get("unit") or "", "")
    hedge = hedge_words().get(match.groupdict().get("hedge") or "", "")
    if kind in ("majority", "all", "fraction", "bare"):
        return _in_words(kind, match, sentence, hedge, unit)
    if kind != "share" and _is_a_name(match["n"], sentence[: match.start("n")]):
        return None
    value, places, end = number(match["n"]), decimals(match["n"]), match.end()
    start = match.start("hedge") if hedge else match.start("n")
    if kind == "share":
        unit = unit or _unit_before(sentence[: match.start("n")])
        of_something = not unit and _OF_SOMETHING.match(sentence[end:])
        return Written(start, end, "share", value, places, hedge, "others" if of_something else unit)
    if kind == "score":
        return Written(match.start(), end, "score", value, places)
    if kind == "score_end":
        return Written(start, end, "score", value, places) if _SCORE_FROM.search(sentence[: match.start()]) else None
    if kind == "range" and not _OF_SCORES.search(sentence[: match.end()]):
        return None
    if kind == "range":
        return Written(match.start(), end, "range", value, places, of=number(match["of"]))
    if kind == "returned":
        return Written(start, end, "count", value, 0, hedge, "returns")
    if kind == "whole":
        return Written(match.start(), end, "ratio", value, unit=unit, of=value)
    if kind in ("odds", "ratio", "behind"):
        of = number(match["of"])
        if not value.denominator == of.denominator == 1:
            return None
        found = _odds(match, value, of) if kind == "odds" else _ratio(match, value, of, sentence[:start])
        return found and replace(found, start=found.start or start, end=end, hedge=hedge or found.hedge, unit=unit)
    if not _counts_something(match, sentence, value, unit):
        return None
    return Written(start, end, "count", value, 0, hedge, unit)


def _in_words(kind: str, match: re.Match[str], sentence: str, hedge: str, unit: str) -> Written | None:
    """A share told without a number: "most cases", "all returns said", "half of the forms"."""
    written, end = match["n"], match.end()
    start = match.start("hedge") if hedge else match.start("n") if kind == "bare" else match.start()
    bare = kind == "fraction" and not re.search(r"\b(?:of|the)\b", match.group())  # "half siblings"
    if unit == "others" and (kind != "fraction" or bare):
        return None
    if kind in ("fraction", "bare"):
        return Written(start, end, "share", 100 * fraction_words()[written], 0, hedge or "about", unit)
    if kind == "majority":
        few = "less" if written in words()["minority"] else ""
        return Written(start, end, "majority", Fraction(50), hedge=few, unit=unit)
    if re.match(rf",? (?:{any_of(words()['exceptions'])})(?!\w)", sentence[end:]):
        return None
    begins = _BEGINS.fullmatch(sentence[:start].strip(" -*")) and unit in ("returns", "cases")
    asked_for = _ASKED_FOR.match(sentence, end)
    said = begins and _ALL_SAID.fullmatch(sentence[: (asked_for.end() if asked_for else end) + _SOON].strip(" -*"))
    if not said and not pattern("graded").search(sentence):
        return None  # "the school told all agencies", "all children have a plan": about something else
    return Written(start, end, "all", Fraction(0 if written in ("none", "no") else 100), unit=unit)


def _odds(match: re.Match[str], value: Fraction, of: Fraction) -> Written | None:
    """ "one in ten": a share told in words, not a count of ten things. "12 out of 14" counts."""
    counts = "out of" in match.group() and not match["every"] and match["of"][0].isdigit()
    if counts or value >= of or of > _EVERY:
        return None
    return Written(0, 0, "share", 100 * value / of, 0, "about")


def _ratio(match: re.Match[str], value: Fraction, of: Fraction, before: str) -> Written | None:
    """ "two of the five", not "5 of 12 March" or "8/11"; "every one of the five" are five, "all but one of the five" four."""
    if value > of or of > _MANY or ("/" in match.group() and not match["unit"]):
        return None
    start = 0
    for form, meant in _ONE_OF:
        found = form.search(before)
        if found and (value == 1 or "but" in found.group()):
            start, value = found.start(), meant(value, of)
    return Written(start, 0, "ratio", value, of=of)


def _counts_something(match: re.Match[str], sentence: str, value: Fraction, unit: str) -> bool:
    """Whether a number before a unit counts cases, returns or requests: not an example, "the 999 response", "her two children"."""
    example = match["n"] == "one" and not pattern("graded").search(
        sentence
    )  # "one case" is how people tell of an example
    judges = unit == "agencies" and (pattern("graded").search(sentence) or pattern("of_forms").search(sentence))
    if value.denominator > 1 or example or not (unit in ("cases", "returns", "requests") or judges):
        return False
    if _is_singular(match["unit"]) and value > 1:
        return False
    of_a_family = match["unit"] in _OF_A_FAMILY and _of_one_family(sentence[: match.start()], sentence[match.end() :])
    return not of_a_family


def _of_one_family(before: str, after: str) -> bool:
    """Whether children are those of one family, not of the audit: "her three children"."""
    parents = re.search(rf"(?:(?<!\w)(?:{any_of(words()['family'])})|'s) $", before)
    return bool(parents or re.match(r" (?:of|in) (?:the|this|one|a) (?:family|household)(?!\w)", after))


def _unit_before(before: str) -> str:
    """ "... of cases (90%)", "ten cases (90%)": the unit stands before the bracket."""
    match = re.search(rf"(?:of {_THE}|(?<!\w){NUMBER} ){_MORE_WORDS}({any_of(unit_words())}) \($", before)
    return unit_words()[match[1]] if match else ""
