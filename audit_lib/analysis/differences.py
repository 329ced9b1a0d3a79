"""Whether two shares differ: by how much, how far chance alone could move that, and what many comparisons at once do to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import comb

from audit_lib.analysis.proportions import Interval, Proportion, wilson

CONFIDENCE = 0.95


@cache
def newcombe(k1: int, n1: int, k2: int, n2: int, confidence: float = CONFIDENCE) -> Interval | None:
    """The interval of ``k1/n1 - k2/n2`` (between -1 and 1) from the two Wilson intervals; None when either ``n`` is 0.

    Formula: method 10 in R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, without continuity correction; there
    56/70 against 48/80 gives 0.0524 to 0.3339, and 9/10 against 3/10 gives 0.1705 to 0.8090.
    """
    first, second = wilson(k1, n1, confidence), wilson(k2, n2, confidence)
    if first is None or second is None:
        return None
    p1, p2 = k1 / n1, k2 / n2
    below = ((p1 - first.low) ** 2 + (second.high - p2) ** 2) ** 0.5
    above = ((first.high - p1) ** 2 + (p2 - second.low) ** 2) ** 0.5
    return Interval(p1 - p2 - below, p1 - p2 + above, confidence, "Newcombe")


@cache
def fisher(k1: int, n1: int, k2: int, n2: int) -> float | None:
    """The two-sided probability of Fisher's exact test that chance makes two shares differ as much; None when an ``n`` is 0.

    Two-sided: the sum over all tables that are no more likely than the one found (A. Agresti, Categorical Data Analysis,
    3rd edition, 3.5.3, where 3 of 4 against 1 of 4 gives 0.486).
    """
    if not n1 or not n2:
        return None
    from scipy.stats import fisher_exact  # late: importing it takes longer than all the rest of this module

    return float(fisher_exact([[k1, n1 - k1], [k2, n2 - k2]]).pvalue)


def holm(probabilities: Sequence[float]) -> tuple[float, ...]:
    """Probabilities adjusted for being looked at together, in the order given; none is above 1.

    Formula: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979),
    65-70: the smallest times how many there are, the next times one fewer, and none below the one before it.
    """
    adjusted = [0.0] * len(probabilities)
    highest = 0.0
    for step, place in enumerate(sorted(range(len(probabilities)), key=lambda place: probabilities[place])):
        highest = max(highest, min(1.0, probabilities[place] * (len(probabilities) - step)))
        adjusted[place] = highest
    return tuple(adjusted)


def ends_differ(highest: tuple[int, int], lowest: tuple[int, int], among: int) -> bool:
    """Whether chance is a poor explanation of how far the highest of ``among`` shares lies above the lowest, each as (number, of how many).

    Any two of them could have been the ends, so the probability of Fisher's exact test is multiplied by the number of pairs, as in
    the first step of :func:`holm`, and has to stay below 5%.
    """
    chance = fisher(*highest, *lowest)
    return chance is not None and chance * comb(among, 2) < 1 - CONFIDENCE


@dataclass(frozen=True)
class Difference:
    """One share compared with the same share of an earlier audit, or of another group: ``later`` minus ``earlier``.

    ``interval`` is that of the difference, ``probability`` that of Fisher's test, ``adjusted`` the same with all the
    differences that were looked at together (``among``); None where either share is of nothing.
    """

    earlier: Proportion
    later: Proportion
    interval: Interval | None
    probability: float | None
    adjusted: float | None
    among: int

    @property
    def change(self) -> float | None:
        """The later share minus the earlier one, between -1 and 1; None where either is of nothing."""
        if not self.earlier.denominator or not self.later.denominator:
            return None
        return self.later.numerator / self.later.denominator - self.earlier.numerator / self.earlier.denominator

    @property
    def direction(self) -> str:
        """``up``, ``down`` or ``same`` in the figures, whether or not chance may explain it; empty without figures."""
        if self.change is None:
            return ""
        return "up" if self.change > 0 else "down" if self.change < 0 else "same"

    @property
    def certainty(self) -> str:
        """``clear``: chance is a poor explanation, the other comparisons considered. ``alone``: it would be one if nothing
        else had been compared. ``none``: chance may explain it. ``nothing``: there is nothing to compare.
        """
        if self.interval is None or self.adjusted is None:
            return "nothing"
        if self.interval.low <= 0 <= self.interval.high:
            return "none"
        return "clear" if self.adjusted <= 1 - CONFIDENCE else "alone"


def differences(pairs: Sequence[tuple[Proportion, Proportion]]) -> tuple[Difference, ...]:
    """Each (earlier, later) pair compared, all of them looked at together; in the order given."""
    counts = [(late.numerator, late.denominator, early.numerator, early.denominator) for early, late in pairs]
    found = [fisher(*each) for each in counts]
    known = [probability for probability in found if probability is not None]
    adjusted = iter(holm(known))
    return tuple(
        Difference(
            early, late, newcombe(*each), probability, None if probability is None else next(adjusted), len(known)
        )
        for (early, late), each, probability in zip(pairs, counts, found, strict=True)
    )
