"""Judgements of whole files: whether the overall one fits those of its parts, what a moderator made of them, and by team."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from audit_lib.analysis.grades import OVERALL, GradeCounts, grade_codes
from audit_lib.analysis.rows import in_order, natural, text_rows
from audit_lib.instrument import Instrument
from audit_lib.scales import Scale
from audit_lib.schema import NOT_SUBSTANTIVE

FEWEST_OF_A_TEAM = 3


@dataclass(frozen=True)
class Consistency:
    """Whether the overall grade of one return is the middle one of its other grades.

    ``middle`` holds the one or two grades in the middle when all are put in order; ``fits`` is None without an overall grade, or
    without others to hold it against.
    """

    case: str
    return_id: str
    overall: str
    counts: Mapping[str, int]
    middle: tuple[str, ...]

    @property
    def fits(self) -> bool | None:
        """Whether the overall grade is one of those in the middle."""
        return self.overall in self.middle if self.middle and self.overall not in _NO_GRADE else None


_NO_GRADE = ("not_applicable", *NOT_SUBSTANTIVE)


def consistencies(grades: pd.DataFrame, instrument: Instrument) -> tuple[Consistency, ...]:
    """Every return with an overall grade beside those of its areas, in the order of cases. None for a tool without one."""
    if OVERALL not in {thing.id for thing in instrument.grades}:
        return ()
    scale = instrument.grade_scale_of(OVERALL)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in text_rows(grades.loc[grades["rater"] == ""]):
        found.setdefault((row["case"], row["return_id"]), {})[row["section"]] = row["grade"]
    results = []
    for case, return_id in sorted(found, key=lambda place: (natural(place[0]), place[1])):
        given = dict(found[case, return_id])
        overall = given.pop(OVERALL, "missing")
        ranked = sorted((code for code in given.values() if scale.rank(code) is not None), key=_rank(scale))
        middle = tuple(dict.fromkeys(ranked[(len(ranked) - 1) // 2 : len(ranked) // 2 + 1]))
        counts = {code: ranked.count(code) for code in sorted(scale.order, key=_rank(scale))}
        results.append(Consistency(case, return_id, overall, counts, middle))
    return tuple(results)


@dataclass(frozen=True)
class Moderated:
    """One thing in one case graded by the auditor and by another rater. ``steps`` is how much better the other grade is; below
    nought it is poorer."""

    case: str
    section: str
    rater: str
    given: str
    other: str
    steps: int
    return_id: str


def moderated(grades: pd.DataFrame, instrument: Instrument) -> tuple[Moderated, ...]:
    """Everything that both graded, in the order of cases and of the form; grades without rank do not count."""
    own: dict[tuple[str, str], str] = {}
    others = []
    for row in text_rows(grades):
        if row["rater"]:
            others.append(row)
        else:
            own[row["return_id"], row["section"]] = row["grade"]
    order = [thing.id for thing in instrument.grades]
    found = []
    for row in others:
        scale, given = instrument.grade_scale_of(row["section"]), own.get((row["return_id"], row["section"]), "")
        ranks = scale.rank(given), scale.rank(row["grade"])
        if ranks[0] is not None and ranks[1] is not None:
            steps = ranks[0] - ranks[1]
            found.append(
                Moderated(row["case"], row["section"], row["rater"], given, row["grade"], steps, row["return_id"])
            )
    found.sort(key=lambda one: (natural(one.case), order.index(one.section), one.rater))
    return tuple(found)


@dataclass(frozen=True)
class Teams:
    """The overall grade, or all grades where a tool has none, by team. ``small`` are teams with too few files to show apart."""

    counts: tuple[GradeCounts, ...]
    small: tuple[str, ...]
    of: str


def grades_by_team(grades: pd.DataFrame, fields: pd.DataFrame, instrument: Instrument, field: str = "team") -> Teams:
    """The grades of each team with at least :data:`FEWEST_OF_A_TEAM` files; unit returns, or grades for a tool without overall grade.

    The others are put together as "Other teams": a figure about one or two files is one about their workers and families.
    ``fields`` is the table of that name; files that name no team are "No team named".
    """
    teams = {row["return_id"]: row["value"] for row in text_rows(fields.loc[fields["field"] == field])}
    rows = [row for row in text_rows(grades) if not row["rater"]]
    has_overall = OVERALL in {thing.id for thing in instrument.grades}
    rows = [row for row in rows if row["section"] == OVERALL] if has_overall else rows
    sizes: dict[str, set[str]] = {}
    for row in rows:
        sizes.setdefault(teams.get(row["return_id"], ""), set()).add(row["return_id"])
    small = in_order(team for team, ids in sizes.items() if team and len(ids) < FEWEST_OF_A_TEAM)
    codes = grade_codes(instrument.grade_scale_of(rows[0]["section"])) if rows else ()
    names = [*in_order(team for team in sizes if team and team not in small), *(["Other teams"] if small else [])]
    names += ["No team named"] if "" in sizes else []
    given: dict[str, dict[str, list[str]]] = {name: {code: [] for code in codes} for name in names}
    for row in rows:
        team = teams.get(row["return_id"], "")
        name = "No team named" if not team else "Other teams" if team in small else team
        given[name].setdefault(row["grade"], []).append(row["return_id"])
    unit = "returns" if has_overall else "grades"
    counts = tuple(
        GradeCounts(name, name, {code: tuple(sorted(ids)) for code, ids in found.items()}, unit)
        for name, found in given.items()
    )
    return Teams(counts, small, "overall grade" if has_overall else "grades of all areas together")


def _rank(scale: Scale) -> Callable[[str], int]:
    return lambda code: scale.rank(code) or 0
