"""Figures already published, worked out again from the returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from audit_lib.analysis.grades import GradeCounts
from audit_lib.analysis.proportions import QuestionResult, rounded
from audit_lib.analysis.responses import ReturnsGrid
from audit_lib.analysis.scores import Scores
from audit_lib.schema import NOT_SUBSTANTIVE


@dataclass(frozen=True)
class PublishedResult:
    """One published figure beside the same figure from the returns.

    ``numerator`` and ``denominator`` are whole numbers of ``unit`` for a share; a count has no denominator (None); for a
    mean the numerator is the sum of scores. ``value`` is rounded half up to the decimals printed, None when there is
    nothing to work it out from.
    """

    question: str
    measure: str
    of: str
    source: str
    printed: str
    decimals: int
    numerator: Fraction
    denominator: int | None
    return_ids: tuple[str, ...]
    unit: str = "returns"

    @property
    def value(self) -> Decimal | None:
        """The figure from the returns."""
        if self.denominator is None:
            return rounded(self.numerator, self.decimals)
        if not self.denominator:
            return None
        times = 100 if self.measure.startswith("percent_") else 1
        return rounded(times * self.numerator / self.denominator, self.decimals)

    @property
    def reproduced(self) -> bool:
        """Whether it is the figure printed."""
        return self.value is not None and self.value == Decimal(self.printed)


def published_results(
    published: pd.DataFrame,
    questions: Sequence[QuestionResult],
    grades: Sequence[GradeCounts],
    scores: Scores,
    grid: ReturnsGrid,
) -> tuple[PublishedResult, ...]:
    """Each row of the table ``published`` worked out again, in the order of the table."""
    by_question = {result.question.id: result for result in questions}
    by_grade = {counts.name: counts for counts in grades}
    results = []
    for row in published.to_dict("records"):
        measure, name, of = row["measure"], row["question"], row["of"]
        kind, _, code = measure.partition("_")
        unit = "returns"
        denominator: int | None = None
        base: tuple[str, ...] = ()
        if measure == "returns_requested":
            numerator, ids, unit = Fraction(grid.asked), (), "forms asked for"
        elif measure == "returns_read":
            ids = tuple(sorted(i for cell in grid.in_state("returned", "late", "extra") for i in cell.return_ids))
            numerator = Fraction(len(ids))
        elif measure == "mean_score":
            numerator = sum((Fraction(one.score) for one in scores.together.given), Fraction())
            ids, denominator = scores.together.return_ids, scores.together.n
        else:
            given = by_question[name].return_ids if name in by_question else by_grade[name].return_ids
            base = _base(of or "answered", tuple(given)) if kind == "percent" else (code,)
            ids = tuple(sorted(given.get(code, ()))) if code in base else ()
            numerator = Fraction(len(ids))
            denominator = sum(len(given.get(each, ())) for each in base) if kind == "percent" else None
        results.append(
            PublishedResult(
                name, measure, of, row["source"], row["value"], int(row["decimals"]), numerator, denominator, ids, unit
            )
        )
    return tuple(results)


def _base(rule: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that a denominator counts."""
    if rule not in ("answered", "applicable"):
        return tuple(rule.split("+"))
    left_out = {*NOT_SUBSTANTIVE, *(("not_applicable",) if rule == "applicable" else ())}
    return tuple(code for code in codes if code not in left_out)
