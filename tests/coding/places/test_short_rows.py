"""A row in which a cell was deleted, so that the others moved to the left, gives no value that may be another's."""

from __future__ import annotations

import pytest

from audit_lib.coding.coded import CodedForm
from audit_lib.coding.forms import code_form
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Cell

from ..raw_forms import cell, form, table

NEGLECT, CASE_AUDIT = load_instrument("neglect-2018"), load_instrument("case-audit-2017")
R1, R2 = (NEGLECT.questions[question].text for question in ("R1", "R2"))
HEADING = [
    "No.",
    "Question",
    "Response (Yes/No)",
    "What went well?",
    "What are we worried about?",
    "What needs to happen?",
]
Row = list[str | Cell]


def with_rows(*rows: Row) -> CodedForm:
    return code_form(form("Quality of the Recognition:", table(*rows)), NEGLECT)


def told(coded: CodedForm) -> list[str]:
    return [problem.check for problem in coded.problems if problem.check in ("uneven_row", "question_wording")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["R1", R1, "No, the plan came late.", "", "worried"], "unclear"),
        (["R1", R1, "None", "seen weekly", ""], "unclear"),
        (["R1", R1, "N/A", "", ""], "unclear"),
        (["R1", R1, "Yes - seen by the nurse", "", ""], "unclear"),
        (["R1", R1, "", "seen weekly", ""], "unclear"),
        (["R1", R1, "Yes", "seen weekly", ""], "yes"),  # the last cell was deleted
        (["R1", R1, "Partly", "seen weekly"], "partly"),
        (["R1", R1, "Yes / No", "seen weekly", ""], "missing"),
        (["R1", R1, "No", "", "", ""], "no"),
        (["R1", R1, "No", cell("one box for all comments", column_span=3)], "no"),
        (["R1", R1, cell("No - none were used", column_span=4)], "no"),
    ],
    ids=lambda one: one if isinstance(one, str) else " | ".join(str(getattr(c, "text", c))[:20] for c in one[2:]),
)
def test_an_answer_that_may_have_moved_counts_only_where_it_can_be_nothing_else(row: Row, code: str) -> None:
    assert with_rows(HEADING, row, ["R2", R2, "Yes", "", "", ""]).answers["R1"].code == code


@pytest.mark.parametrize(
    ("row", "code", "comments", "checks"),
    [
        (  # the answer was deleted, and the comment beside it stretched over its place
            ["R1", R1, cell("No, the visit was late", column_span=2), "worried", "to do"],
            "unclear",
            [("worried", "worried"), ("needs_to_happen", "to do"), ("comment", "the visit was late")],
            ["question_wording", "uneven_row"],
        ),
        (
            ["R1", R1, cell("Yes", column_span=2), "worried", ""],
            "yes",
            [("worried", "worried")],
            ["uneven_row"],
        ),
        (  # the first comment was deleted, and the second stretched over its place
            ["R1", R1, "Yes", cell("letters came late", column_span=2), "to do"],
            "yes",
            [("comment", "letters came late"), ("needs_to_happen", "to do")],
            ["uneven_row"],
        ),
        (["R1", R1, "Yes", cell("one box for all", column_span=3)], "yes", [("comment", "one box for all")], []),
        (["R1", R1, cell("No - none were used", column_span=4)], "no", [("comment", "none were used")], []),
    ],
)
def test_a_cell_stretched_over_a_deleted_neighbour_is_told(
    row: Row, code: str, comments: list[tuple[str, str]], checks: list[str]
) -> None:
    coded = with_rows(HEADING, row, ["R2", R2, "Yes", "", "", ""])
    assert coded.answers["R1"].code == code
    assert [(one.column, one.text) for one in coded.comments] == comments
    assert told(coded) == checks


def test_a_grade_stretched_over_a_deleted_comment_counts_only_where_it_can_be_nothing_else() -> None:
    def grade(text: str) -> str:
        grades = table(["Judgement", *HEADING[3:]], [cell(text, column_span=2), "worried", ""])
        return code_form(form("Judgement on the Quality of the Recognition:", grades), NEGLECT).grades["R"].code

    assert (grade("Good"), grade("Good because the plan was clear")) == ("good", "unclear")


def test_a_short_row_is_told_with_its_place_and_its_comments_claim_no_column() -> None:
    coded = with_rows(HEADING, ["R1", R1, "Yes", "seen weekly", "late letters"])
    assert [(one.column, one.text) for one in coded.comments] == [
        ("comment", "seen weekly"),
        ("comment", "late letters"),
    ]
    assert told(coded) == ["uneven_row"]
    doubtful = with_rows(HEADING, ["R1", R1, "No, late", "", ""])
    assert told(doubtful) == ["question_wording", "uneven_row"]
    assert all("table 1, row 2" in one.locator for one in doubtful.problems if one.check in told(doubtful))


def test_a_table_without_heading_is_as_its_rows_mostly_are() -> None:
    below = table(["R1", R1, "No, late", "", ""], ["R2", R2, "No, never", "", "", ""], ["", "", "", "a", "b", "c"])
    coded = code_form(form("Quality of the Recognition:", table(HEADING), below), NEGLECT)
    assert (coded.answers["R1"].code, coded.answers["R2"].code) == ("unclear", "no")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["Good because the plan was clear", "late", "more visits"], "unclear"),
        (["Good", "late", "more visits"], "good"),
        (["Good because the plan was clear", "", "late", "more visits"], "good"),
        (["N/A", "", "late"], "unclear"),
    ],
)
def test_a_judgement_that_may_have_moved(row: Row, code: str) -> None:
    grades = table(["Judgement", *HEADING[3:]], row)
    coded = code_form(form("Judgement on the Quality of the Recognition:", grades), NEGLECT)
    assert coded.grades["R"].code == code


def test_an_action_whose_cells_may_have_moved_is_told_and_not_taken() -> None:
    rows = [["See the child", "Team manager", "1 May 2018"], ["Team manager", "2 May 2018"]]
    coded = code_form(form(table(["Action required", "By whom", "By when"], *rows)), CASE_AUDIT)
    assert [one.action for one in coded.actions] == ["See the child"]
    assert [one.as_written for one in coded.problems if one.check == "text_not_placed"] == [
        "Team manager",
        "2 May 2018",
    ]


@pytest.mark.parametrize(
    ("heading", "row", "code"),
    [
        (
            ["Area", "Judgement", "Evidence and impact"],
            ["Risk is identified", "Meets good - it came in time"],
            "unclear",
        ),
        (
            ["Area", "Judgement", "Evidence and impact"],
            ["Risk is identified", "Meets good - it came in time", ""],
            "meets_good",
        ),
        (["Area", "Judgement", "Evidence and impact"], ["Risk is identified", "Meets good"], "meets_good"),
        (
            ["Area", "Judgement", "Moderator", "Evidence"],
            ["Risk is identified", "Meets good", "Evidence: seen"],
            "unclear",
        ),
    ],
)
def test_a_judgement_on_an_area_that_may_have_moved(heading: list[str], row: list[str], code: str) -> None:
    coded = code_form(form(table(heading, row)), CASE_AUDIT)
    assert coded.grades["risk"].code == code
