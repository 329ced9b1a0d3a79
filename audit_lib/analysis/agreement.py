"""How far agencies that looked at the same work agree about it: who differs by how much, then figures for the whole."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from audit_lib.analysis.grades import GradeMap
from audit_lib.analysis.proportions import Interval
from audit_lib.instrument import Instrument

Units = Mapping[tuple[str, str], Sequence[int]]  # (case, thing graded) -> the ranks of the grades given
METRICS = ("nominal", "ordinal", "interval")
_DRAWS = 2_000
_FEWEST_CASES, _FEWEST_PAIRS = 5, 20


def alpha(units: Iterable[Sequence[int]], metric: str) -> float | None:
    """Krippendorff's alpha: 1 for full agreement, 0 for what chance would give, below 0 for less than that.

    ``units`` holds the values that one thing was given; those with fewer than two values do not count. ``metric`` is
    ``nominal`` (the same or not), ``ordinal`` (how many ranks lie between) or ``interval`` (the difference squared). None
    where nothing can be compared, or where all values are the same, so that chance cannot be told from agreement.

    Formula: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C, whose example of 12 units and 4
    observers gives 0.743 (nominal), 0.815 (ordinal) and 0.849 (interval).
    """
    pairable = [values for values in units if len(values) > 1]
    totals = Counter(value for values in pairable for value in values)
    n = sum(totals.values())
    distance = _distance(metric, totals)
    observed = sum(
        2 * distance(one, other) / (len(values) - 1) for values in pairable for one, other in combinations(values, 2)
    )
    expected = sum(2 * totals[one] * totals[other] * distance(one, other) for one, other in combinations(totals, 2))
    return 1 - (n - 1) * observed / expected if expected else None


def _distance(metric: str, totals: Mapping[int, int]) -> Callable[[int, int], float]:
    if metric == "nominal":
        return lambda one, other: float(one != other)
    if metric == "interval":
        return lambda one, other: float((one - other) ** 2)
    ranked = sorted(totals)
    below = {value: sum(totals[lower] for lower in ranked[:place]) for place, value in enumerate(ranked)}

    def ordinal(one: int, other: int) -> float:
        low, high = sorted((one, other))
        between = below[high] + totals[high] - below[low] - (totals[low] + totals[high]) / 2
        return float(between**2) if low != high else 0.0

    return ordinal


@dataclass(frozen=True)
class Apart:
    """Where the grades of one thing in one case lie apart: ``steps`` between the best and the poorest that were given.

    ``best`` and ``poorest`` are the agencies at either end.
    """

    case: str
    section: str
    steps: int
    best: tuple[str, ...]
    poorest: tuple[str, ...]
    return_ids: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """How far the agencies agree, over everything graded by at least two of them; unit pairs of grades.

    ``same`` of ``pairs`` are pairs of agencies that gave one thing the same grade, ``near`` those that gave the same or
    the next. ``alphas`` holds Krippendorff's alpha by metric, ``interval`` that of the ordinal one over the cases. ``things``
    says how many things of how many ``cases`` could be compared.
    """

    things: int
    cases: tuple[str, ...]
    pairs: int
    same: int
    near: int
    alphas: Mapping[str, float | None]
    interval: Interval | None
    apart: tuple[Apart, ...]
    unit: str = "pairs of grades"

    @property
    def share_same(self) -> Fraction | None:
        """The share of pairs with the same grade; None without pairs."""
        return Fraction(self.same, self.pairs) if self.pairs else None

    @property
    def enough(self) -> bool:
        """Whether there is enough to speak of agreement in general: at least 5 cases and 20 pairs of grades."""
        return len(self.cases) >= _FEWEST_CASES and self.pairs >= _FEWEST_PAIRS


def grade_agreement(found: GradeMap, instrument: Instrument) -> Agreement:
    """How far the agencies of each case agree in their grades. Missing, unclear and not applicable grades do not count.

    ``apart`` lists every thing about which two of them differ, the widest first, then in the order of cases and form.
    """
    units: dict[tuple[str, str], list[int]] = {}
    apart = []
    for (case, section), cell in found.cells.items():
        scale = instrument.grade_scale_of(section)
        ranked = [(rank, one) for one in cell.given if (rank := scale.rank(one.grade)) is not None]
        if len(ranked) < 2:
            continue
        ranks = [rank for rank, _ in ranked]
        units[case, section] = ranks
        low, high = min(ranks), max(ranks)
        if low < high:
            best, poorest = (tuple(one.agency for rank, one in ranked if rank == end) for end in (low, high))
            ids = tuple(sorted(one.return_id for _, one in ranked))
            apart.append(Apart(case, section, high - low, best, poorest, ids))
    apart.sort(key=lambda one: (-one.steps, found.cases.index(one.case), found.sections.index(one.section)))
    gaps = [abs(one - other) for ranks in units.values() for one, other in combinations(ranks, 2)]
    cases = tuple(case for case in found.cases if any(case == of for of, _ in units))
    return Agreement(
        len(units),
        cases,
        len(gaps),
        sum(gap == 0 for gap in gaps),
        sum(gap <= 1 for gap in gaps),
        {metric: alpha(units.values(), metric) for metric in METRICS},
        alpha_interval(units, "ordinal"),
        tuple(apart),
    )


def alpha_interval(units: Units, metric: str, confidence: float = 0.95, draws: int = _DRAWS) -> Interval | None:
    """How far alpha would move with other cases: the middle 95% over samples of the cases, drawn with replacement.

    Whole cases are drawn, as what agencies say of one case hangs together (B. Efron and R. Tibshirani, An Introduction to the
    Bootstrap, 1993, chapter 13: percentile interval). The draws are the same every time. None with fewer than two cases,
    or where most of the samples give no alpha.
    """
    by_case: dict[str, list[Sequence[int]]] = {}
    for (case, _), values in units.items():
        by_case.setdefault(case, []).append(values)
    cases = sorted(by_case)
    if len(cases) < 2:
        return None
    chance = random.Random(len(cases))  # noqa: S311 - not for secrets; a fixed seed, so that a report can be made again
    found = []
    for _ in range(draws):
        drawn = [values for case in chance.choices(cases, k=len(cases)) for values in by_case[case]]
        value = alpha(drawn, metric)
        if value is not None:
            found.append(value)
    if 2 * len(found) < draws:
        return None
    found.sort()
    tail = (1 - confidence) / 2
    low, high = (found[round(end * (len(found) - 1))] for end in (tail, 1 - tail))
    return Interval(low, high, confidence, "bootstrap over cases")
