"""Judgements of whole files: the overall grade, a second look, teams; actions; questions by case."""

from __future__ import annotations

import pandas as pd
import pytest

from audit_lib.analysis.actions import agreed_actions
from audit_lib.analysis.by_case import case_shares
from audit_lib.analysis.judgements import consistencies, grades_by_team, moderated
from audit_lib.analysis.proportions import question_results
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES

AUDIT, TEMPLATE, NEGLECT = (load_instrument(n) for n in ("case-audit-2021", "case-audit-2017", "neglect-2018"))
WORDS = {
    "E": "exceeds_good",
    "M": "meets_good",
    "D": "does_not_meet_good",
    "-": "not_applicable",
    ".": "missing",
    "?": "unclear",
}


def graded(case: str, letters: str, overall: str = "", rater: str = "") -> list[dict[str, object]]:
    areas = [thing.id for thing in AUDIT.grades if thing.id != "overall"]
    rows = [(area, WORDS[letter]) for area, letter in zip(areas, letters, strict=False)]
    rows += [("overall", WORDS[overall])] if overall else []
    base = {"return_id": f"r{case}", "case": case, "rater": rater}
    return [base | {"section": section, "grade": grade} for section, grade in rows]


def frame(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    return TABLES[name].frame(rows)


# The counts of the five exemplars that the form came with: meets / does not meet, and the overall grade of four of them.
EXEMPLARS = {
    ("MMMMMDDDDDDD", "D"): (("does_not_meet_good",), True),
    ("MMMMMMDDDDDD", "D"): (("meets_good", "does_not_meet_good"), True),
    ("MMMMMDDDDDD.", "D"): (("does_not_meet_good",), True),
    ("MMMMMMMMMMDD", "M"): (("meets_good",), True),
    ("MMMMMMMMMMDD", "D"): (("meets_good",), False),
    ("-.?", "M"): ((), None),
    ("MMD", "?"): (("meets_good",), None),
    ("MMD", "."): (("meets_good",), None),
}


@pytest.mark.parametrize("given", EXEMPLARS, ids=" ".join)
def test_the_overall_grade_is_held_against_the_middle_of_the_others(given: tuple[str, str]) -> None:
    [found] = consistencies(frame("grades", graded("1", *given)), AUDIT)
    assert (found.middle, found.fits) == EXEMPLARS[given]


def test_a_tool_without_overall_grade_has_no_such_comparison() -> None:
    assert consistencies(frame("grades", graded("1", "MMD")), TEMPLATE) == ()


def test_what_a_moderator_made_of_the_grades() -> None:
    rows = [*graded("2", "MMDM."), *graded("2", "MDEM M".replace(" ", "."), rater="moderator"), *graded("10", "E")]
    found = moderated(frame("grades", rows), TEMPLATE)
    assert [(one.case, one.given, one.other, one.steps) for one in found] == [
        ("2", "meets_good", "meets_good", 0),
        ("2", "meets_good", "does_not_meet_good", -1),
        ("2", "does_not_meet_good", "exceeds_good", 2),
        ("2", "meets_good", "meets_good", 0),
    ]


def test_teams_with_few_files_are_put_together() -> None:
    teams = dict(zip("123456", ["North", "North", "North", "South", "East", ""], strict=True))
    rows = [row for case in teams for row in graded(case, "M", "M" if case != "2" else "D")]
    named = [{"return_id": f"r{case}", "field": "team", "value": team} for case, team in teams.items() if team]
    found = grades_by_team(frame("grades", rows), frame("fields", named), AUDIT)
    assert [(each.name, each.count("meets_good"), each.total) for each in found.counts] == [
        ("North", 2, 3),
        ("Other teams", 2, 2),
        ("No team named", 1, 1),
    ]
    assert found.small == ("East", "South")


def action(case: str, what: str, who: str, when: str) -> dict[str, object]:
    return {"action_id": f"{case}{what}", "case": case, "action": what, "by_whom": who, "by_when": when}


def test_actions_stand_with_those_past_their_date_first_and_those_without_last() -> None:
    rows = [
        action("2", "ring", "worker", ""),
        action("10", "visit", "", "2021-06-30"),
        action("2", "write", "worker", "2021-05"),
        action("2", "meet", "worker", "2021-04-30"),
        action("2", "", "worker", "2021-04-30"),
    ]
    found = agreed_actions(frame("actions", rows), "2021-05")
    assert [(one.action, one.state) for one in found.all] == [
        ("meet", "overdue"),
        ("write", "within"),
        ("visit", "due"),
        ("ring", "undated"),
    ]
    assert [one.action for one in found.without_owner] == ["visit"]
    assert agreed_actions(frame("actions", []), "2021-05").all == ()


@pytest.mark.parametrize(
    ("as_of", "when", "state"),
    [
        ("2021-05", "2021-04-30", "overdue"),
        ("2021-05", "2021-04", "overdue"),
        ("2021-05", "2021-05-01", "within"),
        ("2021-05", "2021-05", "within"),
        ("2021-05", "2021-06-01", "due"),
        ("2021-05-20", "2021-05-19", "overdue"),
        ("2021-05-20", "2021-05-20", "due"),
        ("2021-05-20", "2021-05", "due"),
    ],
)
def test_only_what_is_certainly_past_its_date_is_overdue(as_of: str, when: str, state: str) -> None:
    found = agreed_actions(frame("actions", [action("2", "ring", "worker", when)]), as_of)
    assert [one.state for one in found.all] == [state]


def test_a_share_of_returns_is_not_a_share_of_cases() -> None:
    said = [
        ("A", "yes"),
        ("A", "no"),
        ("B", "no"),
        ("B", "not_applicable"),
        ("C", "yes"),
        ("C", "missing"),
        ("D", "unclear"),
    ]
    rows = [
        {"return_id": f"r{n}", "question": "R2", "section": "R", "case": case, "answer": answer}
        for n, (case, answer) in enumerate(said)
    ]
    answers = frame("answers", rows)
    results = question_results(answers, NEGLECT)
    share = next(one for one in case_shares(answers, results) if one.question == "R2")
    assert (share.answer, share.some, share.every, share.base) == ("yes", ("A", "C"), ("C",), ("A", "B", "C"))
    assert share.return_ids == ("r0", "r4")
    nothing = next(one for one in case_shares(answers, results) if one.question == "R1")
    assert (nothing.some, nothing.every, nothing.base) == ((), (), ())
