"""Shares of returns: how many gave each answer, out of how many, and how far chance alone could move that share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pandas as pd

from audit_lib.instrument import Instrument, Polarity, Question
from audit_lib.scales import Scale
from audit_lib.schema import NOT_SUBSTANTIVE

RULES = ("answered", "applicable")


@dataclass(frozen=True)
class Interval:
    """A confidence interval of a share: ``low`` and ``high`` between 0 and 1."""

    low: float
    high: float
    confidence: float
    method: str = "Wilson"


@cache
def wilson(k: int, n: int, confidence: float = 0.95) -> Interval | None:
    """The Wilson score interval, without continuity correction, of ``k`` out of ``n``; None when ``n`` is 0.

    Formula: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212; method 3 in
    R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, where 81 of 263 gives 0.2553 to 0.3662.
    """
    if n == 0:
        return None
    from scipy.stats import binomtest  # late: importing it takes longer than all the rest of this module

    found = binomtest(k, n).proportion_ci(confidence_level=confidence, method="wilson")
    return Interval(float(found.low), float(found.high), confidence)


def rounded(value: Fraction, decimals: int = 0) -> Decimal:
    """``value`` rounded half up to so many decimals, exactly: 37.5 gives 38."""
    steps = (value * 10**decimals + Fraction(1, 2)) // 1
    return Decimal(steps).scaleb(-decimals)


def percent(numerator: int, denominator: int, decimals: int = 0) -> Decimal | None:
    """A percentage rounded half up; None when there is nothing to take a share of."""
    return rounded(Fraction(100 * numerator, denominator), decimals) if denominator else None


@dataclass(frozen=True)
class Proportion:
    """One share: ``numerator`` of ``denominator`` returns gave ``answer``.

    ``rule`` says which returns are in the denominator: ``answered`` (every return with an answer), ``applicable``
    (the same without "not applicable"), or codes joined by ``+``. Missing and unclear answers are never in it.
    ``return_ids`` gave the answer, ``base_return_ids`` are those it is a share of.
    """

    question: str
    answer: str
    rule: str
    return_ids: tuple[str, ...]
    base_return_ids: tuple[str, ...]
    interval: Interval | None
    unit: str = "returns"

    @property
    def numerator(self) -> int:
        """How many returns gave the answer."""
        return len(self.return_ids)

    @property
    def denominator(self) -> int:
        """How many returns it is a share of."""
        return len(self.base_return_ids)

    @property
    def percent(self) -> Decimal | None:
        """The share in per cent, rounded half up to a whole number; None when nobody is in the denominator."""
        return percent(self.numerator, self.denominator)


@dataclass(frozen=True)
class QuestionResult:
    """What was answered to one question.

    ``return_ids`` holds, for every answer of its scale and for ``missing`` and ``unclear``, the returns that gave it.
    ``favourable`` is the answer that speaks for good practice, empty where neither does. ``unit`` is one return.
    """

    question: Question
    section: str
    scale: Scale
    favourable: str
    return_ids: Mapping[str, tuple[str, ...]]
    unit: str = "returns"

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers of its scale: those that can be ranked from the favourable end, then the others."""
        return tuple(answer for answer in self.return_ids if answer not in NOT_SUBSTANTIVE)

    def count(self, *answers: str) -> int:
        """How many returns gave one of these answers."""
        return len(self.ids(answers))

    def ids(self, answers: Iterable[str]) -> tuple[str, ...]:
        """The returns that gave one of these answers, sorted."""
        return tuple(sorted(found for answer in answers for found in self.return_ids.get(answer, ())))

    @property
    def total(self) -> int:
        """How many returns were read, whatever they say here."""
        return self.count(*self.return_ids)

    def base(self, rule: str) -> tuple[str, ...]:
        """The answers that a rule counts: ``answered``, ``applicable``, or codes joined by ``+``."""
        if rule not in RULES:
            return tuple(rule.split("+"))
        return tuple(answer for answer in self.answers if rule == "answered" or answer != "not_applicable")

    def proportion(self, answer: str, rule: str) -> Proportion:
        """The share that gave ``answer``, of those that ``rule`` counts.

        A return that gave ``answer`` is in the numerator only when the rule counts it.
        """
        base = self.base(rule)
        gave, counted = self.ids({answer} & set(base)), self.ids(base)
        return Proportion(self.question.id, answer, rule, gave, counted, wilson(len(gave), len(counted)))

    @property
    def proportions(self) -> tuple[Proportion, ...]:
        """The share of every answer by both rules; "not applicable" has none of those to whom it applied."""
        return tuple(
            self.proportion(answer, rule) for answer in self.answers for rule in RULES if answer in self.base(rule)
        )


def favourable_answer(scale: Scale, polarity: Polarity) -> str:
    """The answer that speaks for good practice: the best of the scale, the worst for a negative question, else empty."""
    ranked = sorted(scale.order, key=lambda answer: scale.rank(answer) or 0)
    return {"positive": ranked[0], "negative": ranked[-1], "neutral": ""}[polarity]


def question_results(answers: pd.DataFrame, instrument: Instrument) -> tuple[QuestionResult, ...]:
    """One result for every question of the instrument, in printed order, also where nobody was asked.

    ``answers`` is the table of that name. Raises ValueError when it holds an answer that the scale does not have.
    """
    given: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for question_id, answer, return_id in zip(
        answers["question"], answers["answer"], answers["return_id"], strict=True
    ):
        given[question_id][answer].append(return_id)
    results = []
    for question_id, question in instrument.questions.items():
        scale = instrument.question_scale(question_id)
        favourable = favourable_answer(scale, question.polarity)
        found = given[question_id]
        codes = [*_from_favourable(scale, question.polarity), *NOT_SUBSTANTIVE]
        if set(found) - set(codes):
            raise ValueError(f"answers to question {question_id}: a code that the scale '{scale.id}' does not have")
        ids = {code: tuple(sorted(found.get(code, ()))) for code in codes}
        results.append(QuestionResult(question, instrument.section_of[question_id], scale, favourable, ids))
    return tuple(results)


def _from_favourable(scale: Scale, polarity: Polarity) -> list[str]:
    ranked = sorted(scale.order, key=lambda answer: scale.rank(answer) or 0, reverse=polarity == "negative")
    return [*ranked, *(answer for answer in scale.values if answer not in ranked)]
