"""Figures already published, worked out again from the returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from audit_lib.analysis.grades import GradeCounts
from audit_lib.analysis.proportions import QuestionResult, rounded
from audit_lib.analysis.responses import ReturnsGrid
from audit_lib.analysis.rows import text_rows
from audit_lib.analysis.scores import Scores
from audit_lib.schema import NOT_SUBSTANTIVE

Counted = tuple[Fraction, int | None, tuple[str, ...], str]


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
    unit: str

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
    shares = {counts.name: counts.return_ids for counts in grades}
    shares |= {result.question.id: result.return_ids for result in questions}
    results = []
    for row in text_rows(published):
        measure = row["measure"]
        if measure == "mean_score":
            counted = _mean(scores)
        elif measure.startswith("returns_"):
            counted = _returns(measure, grid)
        else:
            counted = _share(measure, row["of"], shares[row["question"]])
        results.append(
            PublishedResult(
                row["question"], measure, row["of"], row["source"], row["value"], int(row["decimals"]), *counted
            )
        )
    return tuple(results)


def _mean(scores: Scores) -> Counted:
    total = sum((Fraction(one.score) for one in scores.together.given), Fraction())
    return total, scores.together.n, scores.together.return_ids, "returns"


def _returns(measure: str, grid: ReturnsGrid) -> Counted:
    if measure == "returns_requested":
        return Fraction(grid.asked), None, (), "forms asked for"
    read = grid.in_state("returned", "late", "extra")
    return Fraction(grid.read), None, tuple(sorted(found for cell in read for found in cell.return_ids)), "returns"


def _share(measure: str, of: str, given: Mapping[str, tuple[str, ...]]) -> Counted:
    kind, _, code = measure.partition("_")
    if kind == "count":
        return Fraction(len(given.get(code, ()))), None, given.get(code, ()), "returns"
    base = _base(of or "answered", tuple(given))
    ids = given.get(code, ()) if code in base else ()
    return Fraction(len(ids)), sum(len(given.get(each, ())) for each in base), ids, "returns"


def _base(rule: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that a denominator counts."""
    if rule not in ("answered", "applicable"):
        return tuple(rule.split("+"))
    left_out = {*NOT_SUBSTANTIVE, *(("not_applicable",) if rule == "applicable" else ())}
    return tuple(code for code in codes if code not in left_out)
