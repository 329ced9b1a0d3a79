"""How the work was graded: distributions first, an average only under a rule that is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from audit_lib.analysis.proportions import rounded
from audit_lib.analysis.rows import in_order, natural, text_rows
from audit_lib.instrument import Instrument
from audit_lib.scales import Scale
from audit_lib.schema import NOT_SUBSTANTIVE

OVERALL = "overall"
_GOOD = ("good", "meets_good")  # the grades at which work is good enough, on scales that have one


@dataclass(frozen=True)
class GradeCounts:
    """How often each grade was given: for one thing graded (unit returns), or in one case over all of them (unit grades).

    ``return_ids`` holds, for every grade from best to worst, then the unranked ones, ``missing`` and ``unclear``, the
    returns that gave it; in a count by case a return stands there once for each thing that it graded so.
    """

    name: str
    title: str
    return_ids: Mapping[str, tuple[str, ...]]
    unit: str

    def count(self, *grades: str) -> int:
        """How many gave one of these grades."""
        return sum(len(self.return_ids.get(grade, ())) for grade in grades)

    @property
    def total(self) -> int:
        """All that could have been given, missing and unclear included."""
        return self.count(*self.return_ids)

    @property
    def graded(self) -> int:
        """Those that hold a grade that can be ranked."""
        return self.total - self.count("not_applicable", *NOT_SUBSTANTIVE)


@dataclass(frozen=True)
class GivenGrade:
    """One grade that one return gave."""

    agency: str
    return_id: str
    grade: str


@dataclass(frozen=True)
class MapCell:
    """The grades given for one section of one case, from best to worst, then missing and unclear."""

    case: str
    section: str
    given: tuple[GivenGrade, ...]

    @property
    def grades(self) -> tuple[str, ...]:
        """Every grade, and what stands in place of one."""
        return tuple(one.grade for one in self.given)

    @property
    def ranked(self) -> tuple[str, ...]:
        """The grades that count: neither missing, unclear nor not applicable."""
        return tuple(one.grade for one in self.given if one.grade not in ("not_applicable", *NOT_SUBSTANTIVE))

    @property
    def n(self) -> int:
        """How many returns gave a grade."""
        return len(self.ranked)

    @property
    def most_common(self) -> str:
        """The grade given most often; ``differ`` when two are given equally often; empty when none was given."""
        top = Counter(self.ranked).most_common(2)
        if not top:
            return ""
        return "differ" if len(top) == 2 and top[0][1] == top[1][1] else top[0][0]


@dataclass(frozen=True)
class GradeMap:
    """Case by section, with the grade that the meeting agreed for each case (empty where none is recorded)."""

    cases: tuple[str, ...]
    sections: tuple[str, ...]
    cells: Mapping[tuple[str, str], MapCell]
    agreed: Mapping[str, str]


@dataclass(frozen=True)
class AverageRule:
    """How grades are turned into one average grade: over which sections, and in which words that is told."""

    scale: Scale
    sections: tuple[str, ...]

    @property
    def ranks(self) -> dict[str, int]:
        """Grade -> rank, 1 for the best."""
        ranks = {grade: (self.scale.rank(grade) or 0) + 1 for grade in self.scale.order}
        return dict(sorted(ranks.items(), key=lambda item: item[1]))

    @property
    def text(self) -> str:
        """The rule in words."""
        ranks = ", ".join(f"{self.scale.label(grade).lower()} = {rank}" for grade, rank in self.ranks.items())
        of = "each return's overall grade" if self.sections == (OVERALL,) else "every grade of every return"
        return f"mean of ranks over {of}: {ranks}; rounded half up, so that a mean half-way goes to the poorer grade"


@dataclass(frozen=True)
class CaseAverage:
    """The average of the agencies' grades for one case by ``rule``, beside the grade that the meeting agreed.

    ``mean`` and ``average`` are None and empty when nobody graded the case; ``agrees`` is None when there is nothing to
    compare. Missing, unclear and not applicable grades are left out of the mean.
    """

    case: str
    rule: AverageRule
    ranks: tuple[int, ...]
    return_ids: tuple[str, ...]
    agreed: str
    unit: str = "grades"

    @property
    def n(self) -> int:
        """How many grades the mean is taken over."""
        return len(self.ranks)

    @property
    def mean(self) -> Fraction | None:
        """The mean of the ranks."""
        return Fraction(sum(self.ranks), self.n) if self.n else None

    @property
    def average(self) -> str:
        """The grade nearest to the mean."""
        by_rank = {rank: grade for grade, rank in self.rule.ranks.items()}
        return "" if self.mean is None else by_rank[int(rounded(self.mean))]

    @property
    def agrees(self) -> bool | None:
        """Whether the average is the grade that the meeting agreed."""
        return self.average == self.agreed if self.average and self.agreed else None


def grade_codes(scale: Scale) -> tuple[str, ...]:
    """The grades of a scale from best to worst, then those without rank, then ``missing`` and ``unclear``."""
    ranked = sorted(scale.order, key=lambda grade: scale.rank(grade) or 0)
    return (*ranked, *(grade for grade in scale.values if grade not in ranked), *NOT_SUBSTANTIVE)


def good_enough(scale: Scale) -> tuple[str, ...]:
    """The grades that are good enough, best first: to the one called good, or else the better half of the scale."""
    ranked = sorted(scale.order, key=lambda code: scale.rank(code) or 0)
    last = next((ranked.index(code) for code in _GOOD if code in ranked), (len(ranked) - 1) // 2)
    return tuple(ranked[: last + 1])


def grades_by_section(grades: pd.DataFrame, instrument: Instrument, rater: str = "") -> tuple[GradeCounts, ...]:
    """The distribution of each thing graded, in printed order; unit returns. ``rater`` is empty for the agencies."""
    rows = _rows(grades, rater)
    results = []
    for thing in instrument.grades:
        codes = grade_codes(instrument.grade_scale_of(thing.id))
        results.append(GradeCounts(thing.id, thing.title, _ids(rows, codes, "section", thing.id), "returns"))
    return tuple(results)


def grades_by_case(grades: pd.DataFrame, instrument: Instrument, rater: str = "") -> tuple[GradeCounts, ...]:
    """For each case, how often each grade was given over everything graded; unit grades."""
    rows = _rows(grades, rater)
    scales = [instrument.grade_scale_of(thing.id) for thing in instrument.grades]
    codes = tuple(dict.fromkeys(code for scale in scales for code in grade_codes(scale) if code not in NOT_SUBSTANTIVE))
    cases = in_order(row["case"] for row in rows)
    return tuple(
        GradeCounts(case, case, _ids(rows, (*codes, *NOT_SUBSTANTIVE), "case", case), "grades") for case in cases
    )


def grade_map(grades: pd.DataFrame, cases: pd.DataFrame, instrument: Instrument, rater: str = "") -> GradeMap:
    """The grades given for each section of each case: every one, not a summary of them."""
    rows = _rows(grades, rater)
    agreed = dict(zip(cases["case"], cases["agreed_grade"], strict=True))
    names = in_order([*(row["case"] for row in rows), *agreed])
    cells = {}
    for thing in instrument.grades:
        codes = grade_codes(instrument.grade_scale_of(thing.id))
        for case in names:
            given = [
                GivenGrade(row["agency"], row["return_id"], row["grade"])
                for row in rows
                if row["case"] == case and row["section"] == thing.id
            ]
            given.sort(key=lambda one: (codes.index(one.grade), natural(one.agency), one.return_id))
            cells[case, thing.id] = MapCell(case, thing.id, tuple(given))
    return GradeMap(names, tuple(thing.id for thing in instrument.grades), cells, agreed)


def average_rule(instrument: Instrument) -> AverageRule | None:
    """The rule for this instrument: overall grades where it has them, else all; None for a tool without grades."""
    graded = tuple(thing.id for thing in instrument.grades)
    if not graded:
        return None
    sections = (OVERALL,) if OVERALL in graded else graded
    return AverageRule(instrument.grade_scale_of(sections[0]), sections)


def average_grades(found: GradeMap, rule: AverageRule) -> tuple[CaseAverage, ...]:
    """The average grade of each case by ``rule``, beside the agreed one."""
    results = []
    for case in found.cases:
        given = [one for section in rule.sections for one in found.cells[case, section].given]
        counted = [one for one in given if one.grade in rule.ranks]
        ranks = tuple(rule.ranks[one.grade] for one in counted)
        ids = tuple(sorted({one.return_id for one in counted}))
        results.append(CaseAverage(case, rule, ranks, ids, found.agreed.get(case, "")))
    return tuple(results)


def _rows(grades: pd.DataFrame, rater: str) -> list[dict[str, str]]:
    return text_rows(grades.loc[grades["rater"] == rater])


def _ids(rows: list[dict[str, str]], codes: tuple[str, ...], column: str, value: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {code: [] for code in codes}
    for row in rows:
        if row[column] == value:
            found[row["grade"]].append(row["return_id"])
    return {code: tuple(sorted(ids)) for code, ids in found.items()}
