"""How the whole was scored, case by case."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from audit_lib.analysis.rows import in_order, natural, text_rows


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
    def median(self) -> Decimal | None:
        """The score in the middle, the mean of the two in the middle where their number is even; None when nobody scored."""
        if not self.n:
            return None
        ranked = sorted(one.score for one in self.given)
        return (ranked[(self.n - 1) // 2] + ranked[self.n // 2]) / 2

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
    given: list[GivenScore] = []
    empty: list[tuple[str, str, str]] = []
    for row, state in score_states(scores, quality, rater):
        if state == "given":
            given.append(GivenScore(row["case"], row["agency"], row["return_id"], Decimal(row["score"])))
        else:
            empty.append((state, row["case"], row["return_id"]))
    given.sort(key=lambda one: (-one.score, natural(one.agency), one.return_id))

    def without(state: str, cases: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(return_id for found, case, return_id in empty if found == state and case in cases))

    def result(name: str, cases: tuple[str, ...]) -> ScoreResult:
        scored = tuple(one for one in given if one.case in cases)
        return ScoreResult(name, scored, without("missing", cases), without("unclear", cases))

    cases = in_order([*(one.case for one in given), *(case for _, case, _ in empty)])
    return Scores(tuple(result(case, (case,)) for case in cases), result("", cases))


def score_states(scores: pd.DataFrame, quality: pd.DataFrame, rater: str = "") -> list[tuple[dict[str, str], str]]:
    """Each row of ``scores`` by this rater as text, with its state: ``given``, ``missing`` or ``unclear``."""
    unclear = set(quality.loc[quality["check"] == "score_unclear", "return_id"])
    found = []
    chosen = scores.loc[scores["rater"] == rater]
    for row, has_score in zip(text_rows(chosen), chosen["score"].notna(), strict=True):
        state = "given" if has_score else "unclear" if row["return_id"] in unclear else "missing"
        found.append((row, state))
    return found
