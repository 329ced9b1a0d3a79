"""Areas of practice: a judgement in a row, with evidence and impact, another rater's judgement, agreed actions."""

from __future__ import annotations

import pytest

from audit_lib.coding.forms import CodedForm, code_form
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Mark, Paragraph, Run

from ..raw_forms import cell, form, paragraph, table
from ..small_tools import numbers

AUDIT = load_instrument("case-audit-2021")
HEAD = ["AREA OF PRACTICE", "Judgement (J)", "Text Evidence (E) Impact (I)"]
RISK, PLANS = AUDIT.grades[0].title, "Quality of plans\nAre they up to date?"


def coded(*rows: list) -> CodedForm:
    return code_form(form("Children's Services - Case Audit Form", table(*rows)), AUDIT)


def said(one: CodedForm) -> list[tuple[str, str, str]]:
    return [(c.section, c.column, c.text) for c in one.comments]


JUDGEMENTS = {
    "Meets Good": "meets_good",
    "Does not meet good": "does_not_meet_good",
    "EXCEEDS GOOD": "exceeds_good",
    "Choose an item.": "missing",
    "": "missing",
    "Exceeds good/meets good/does not meet good": "missing",
    "Meets good / does not meet good": "unclear",
    "Meets good?": "unclear",
    "Nearly meets good": "unclear",
    "N/A": "not_applicable",
}


@pytest.mark.parametrize(("written", "code"), JUDGEMENTS.items())
def test_the_judgement_beside_an_area(written: str, code: str) -> None:
    one = coded(HEAD, [RISK, written, "Evidence: seen"], [PLANS, "Meets Good", ""])
    assert one.grades["risk"].code == code
    assert one.grades["plans"].code == "meets_good"


LABELS = {
    "Evidence: a\nImpact: b": [("evidence", "a"), ("impact", "b")],
    "Evidence:\na\nb\nImpact:\nc": [("evidence", "a"), ("evidence", "b"), ("impact", "c")],
    "Evidence\na": [("evidence", "a")],
    "EVIDENCE (E): a": [("evidence", "a")],
    "Evidence - a. Impact: b": [("evidence", "a."), ("impact", "b")],
    "a word first\nImpact: b": [("comment", "a word first"), ("impact", "b")],
    "Evidence of visits is thin": [("comment", "Evidence of visits is thin")],
    "the impact was small": [("comment", "the impact was small")],
}


@pytest.mark.parametrize(("text", "parts"), LABELS.items())
def test_labels_say_what_kind_of_comment_follows(text: str, parts: list[tuple[str, str]]) -> None:
    one = coded(HEAD, [RISK, "Meets Good", text], [PLANS, "Meets Good", ""])
    assert said(one) == [("risk", column, words) for column, words in parts]
    assert {c.question for c in one.comments} == {"risk"}


def test_a_soft_line_break_before_a_label_counts_as_a_line() -> None:
    text = Paragraph((Run("Evidence: a\nImpact: b"),))
    row = [RISK, "Meets Good", cell("")]
    row[2] = type(row[2])(0, 0, (text,))
    assert said(coded(HEAD, row)) == [("risk", "evidence", "a"), ("risk", "impact", "b")]


def test_a_prompt_left_with_not_applicable_as_evidence_is_not_applicable() -> None:
    prompt = type(cell(""))(0, 0, (paragraph("Choose an item.", Mark.PLACEHOLDER),))
    one = coded(HEAD, [RISK, prompt, "Evidence:\nN/A"], [PLANS, prompt, "Evidence: none was found"])
    assert (one.grades["risk"].code, one.grades["risk"].as_written) == ("not_applicable", "N/A")
    assert one.grades["plans"].code == "missing"
    assert said(one) == [("plans", "evidence", "none was found")]


def test_a_row_that_goes_on_belongs_to_the_area_above() -> None:
    one = coded(HEAD, [RISK, "Meets Good", "Evidence: a"], ["", "", "Impact: b"], [PLANS, "Meets Good", ""])
    assert said(one) == [("risk", "evidence", "a"), ("risk", "impact", "b")]


def test_an_area_that_stands_twice_is_unclear() -> None:
    one = coded(HEAD, [RISK, "Meets Good", ""], [RISK, "Does not meet good", ""])
    assert one.grades["risk"].code == "unclear"
    assert "question_twice" in {problem.check for problem in one.problems}


def test_an_area_without_a_column_of_judgements_is_unclear_and_not_missing() -> None:
    one = coded([RISK, "Meets Good", "Evidence: a"], [PLANS, "Meets Good", ""])
    assert one.grades["risk"].code == "unclear"


@pytest.mark.parametrize(("best", "order"), [("first", ["1", "2", "3", "4"]), ("last", ["4", "3", "2", "1"])])
def test_numbers_as_grades_with_either_end_best_and_nought_as_not_applicable(best: str, order: list[str]) -> None:
    small = numbers(best)
    scale = small.grade_scale_of("plans")
    assert sorted(scale.order, key=scale.rank) == order
    head = ["Area", "Rating", "Moderator rating", "Notes"]
    rows = [["Plans", "2", "3", "late"], ["Visits", "4 - very regular", "", ""], ["Reviews", "0", "", ""]]
    one = code_form(form("Small tool", table(head, *rows)), small)
    assert {name: value.code for name, value in one.grades.items()} == {
        "plans": "2",
        "visits": "4",
        "reviews": "not_applicable",
    }
    assert {key: value.code for key, value in one.ratings.items()} == {("plans", "moderator"): "3"}
    assert [(c.section, c.column, c.text) for c in one.comments] == [
        ("plans", "comment", "late"),
        ("visits", "comment", "very regular"),
    ]


def test_actions_with_owner_and_date_and_what_they_lack() -> None:
    one = code_form(
        form(
            "Small tool",
            table(["Area", "Rating", "Notes"], ["Plans", "2", ""]),
            "Agreed actions to achieve good outcomes",
            table(
                ["Action", "By whom", "By when"],
                ["1. Write the plan", "SW", "24/05/2021"],
                ["Visit weekly", "", "ASAP"],
                ["See the school", "TM", "Click or tap to enter a date."],
                ["", "", "Click or tap to enter a date."],
                ["", "SW", ""],
            ),
        ),
        numbers(),
    )
    assert [(a.action, a.by_whom, a.by_when, a.written) for a in one.actions] == [
        ("Write the plan", "SW", "2021-05-24", "24/05/2021"),
        ("Visit weekly", "", "", "ASAP"),
        ("See the school", "TM", "", "Click or tap to enter a date."),
        ("", "SW", "", ""),
    ]
    assert [(p.check, p.locator) for p in one.problems if p.check.startswith("action")] == [
        ("action_without_owner", 'table 1, row 3, column "Action"'),
        ("action_without_date", 'table 1, row 3, column "Action"'),
        ("action_without_date", 'table 1, row 4, column "Action"'),
        ("action_incomplete", 'table 1, row 6, column "Action"'),
    ]
    assert not [c for c in one.comments if "Agreed" in c.text]
