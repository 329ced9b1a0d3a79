"""How the whole was scored, case by case."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from audit_lib.analysis.ordering import in_order, natural


@dataclass(frozen=True)
class GivenScore:
    """The score that one return gave."""

    case: str
    agency: str
    return_id: str
    score: Decimal


@dataclass(frozen=True)
class ScoreResult:
    """The scores of one case (``case`` empty: of the whole audit), highest first; unit returns.

    ``missing`` and ``unclear`` are the returns without a score that can be used; they are in no mean.
    """

    case: str
    given: tuple[GivenScore, ...]
    missing: tuple[str, ...]
    unclear: tuple[str, ...]
    unit: str = "returns"

    @property
    def n(self) -> int:
        """How many returns gave a score."""
        return len(self.given)

    @property
    def mean(self) -> Fraction | None:
        """The mean score; None when nobody scored."""
        return sum((Fraction(one.score) for one in self.given), Fraction()) / self.n if self.n else None

    @property
    def low(self) -> Decimal | None:
        """The lowest score given."""
        return min((one.score for one in self.given), default=None)

    @property
    def high(self) -> Decimal | None:
        """The highest score given."""
        return max((one.score for one in self.given), default=None)

    @property
    def return_ids(self) -> tuple[str, ...]:
        """The returns that gave a score."""
        return tuple(sorted(one.return_id for one in self.given))


@dataclass(frozen=True)
class Scores:
    """The scores of every case, and all together."""

    by_case: tuple[ScoreResult, ...]
    together: ScoreResult


def score_results(scores: pd.DataFrame, quality: pd.DataFrame, rater: str = "") -> Scores:
    """Scores by case from the table ``scores``; ``quality`` tells an unclear score (``score_unclear``) from a missing one."""
    unclear_ids = set(quality.loc[quality["check"] == "score_unclear", "return_id"])
    given: list[GivenScore] = []
    empty: list[tuple[str, str]] = []
    for row in scores.loc[scores["rater"] == rater].to_dict("records"):
        if pd.isna(row["score"]):
            empty.append((row["case"], row["return_id"]))
        else:
            given.append(GivenScore(row["case"], row["agency"], row["return_id"], Decimal(str(row["score"]))))
    given.sort(key=lambda one: (-one.score, natural(one.agency), one.return_id))

    def result(case: str, *, every: bool = False) -> ScoreResult:
        without = sorted(return_id for of, return_id in empty if every or of == case)
        return ScoreResult(
            case,
            tuple(one for one in given if every or one.case == case),
            tuple(return_id for return_id in without if return_id not in unclear_ids),
            tuple(return_id for return_id in without if return_id in unclear_ids),
        )

    cases = in_order([*(one.case for one in given), *(case for case, _ in empty)])
    return Scores(tuple(result(case) for case in cases), result("", every=True))
