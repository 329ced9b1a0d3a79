"""The score beside the grade that the same return gave to the work as a whole: two answers to one question."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from audit_lib.analysis.grades import OVERALL, grade_codes
from audit_lib.analysis.rows import natural, text_rows
from audit_lib.instrument import Instrument, Score
from audit_lib.scales import Scale

FAR = 2  # from so many grades apart on a score and a grade are said to disagree


@dataclass(frozen=True)
class ScoredGrade:
    """The score and the overall grade of one return. ``apart`` is how many grades lie between the grade and the part of the
    line in which the score lies; 0 where it is the same.
    """

    case: str
    agency: str
    return_id: str
    score: Decimal
    grade: str
    apart: int

    @property
    def disagrees(self) -> bool:
        """Whether score and grade are :data:`FAR` or more grades apart."""
        return self.apart >= FAR


@dataclass(frozen=True)
class ScoredGrades:
    """Every return with a score and an overall grade, by grade from the best, then by score from the best."""

    given: tuple[ScoredGrade, ...]
    grades: tuple[str, ...]

    @property
    def disagreeing(self) -> tuple[ScoredGrade, ...]:
        """Those whose score and grade disagree."""
        return tuple(one for one in self.given if one.disagrees)

    def scores(self, grade: str) -> tuple[Decimal, ...]:
        """The scores of the returns that gave ``grade``, lowest first."""
        return tuple(sorted(one.score for one in self.given if one.grade == grade))


def scored_grades(scores: pd.DataFrame, grades: pd.DataFrame, instrument: Instrument) -> ScoredGrades | None:
    """Score beside grade, from the tables of those names; None for a tool that does not ask for both.

    The line of the score is cut into as many equal parts as there are ranked grades, the best grade at its best end; a score on a
    border lies in both parts. Returns without a score, or without a grade that can be ranked, are left out.
    """
    if instrument.score is None or OVERALL not in {thing.id for thing in instrument.grades}:
        return None
    scale = instrument.grade_scale_of(OVERALL)
    ranked = tuple(code for code in grade_codes(scale) if code in scale.order)
    own = grades.loc[(grades["section"] == OVERALL) & (grades["rater"] == "")]
    graded = {row["return_id"]: row["grade"] for row in text_rows(own)}
    given = []
    for row in text_rows(scores.loc[(scores["rater"] == "") & scores["score"].notna()]):
        grade = graded.get(row["return_id"], "")
        if grade in ranked:
            apart = _apart(row["score"], grade, scale, instrument.score)
            given.append(ScoredGrade(row["case"], row["agency"], row["return_id"], Decimal(row["score"]), grade, apart))
    best = 1 if instrument.score.best == "high" else -1
    given.sort(
        key=lambda one: (
            ranked.index(one.grade),
            -best * one.score,
            natural(one.case),
            natural(one.agency),
            one.return_id,
        )
    )
    return ScoredGrades(tuple(given), ranked)


def _apart(score: str, grade: str, scale: Scale, line: Score) -> int:
    """How many grades lie between ``grade`` and the nearest part of the line that holds ``score``."""
    number = len(scale.order)
    low, high = Fraction(str(line.minimum)), Fraction(str(line.maximum))
    from_best = (high - Fraction(score) if line.best == "high" else Fraction(score) - low) / (high - low) * number
    rank = scale.rank(grade) or 0
    below, above = rank - from_best, from_best - (rank + 1)  # how far beyond the two ends of the grade's own part
    distance = max(below, above, Fraction(0))
    return -(-distance.numerator // distance.denominator)
