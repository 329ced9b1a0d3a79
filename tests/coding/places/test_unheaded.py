"""Tables of questions that came without their heading rows."""

from __future__ import annotations

import pytest

from audit_lib.coding.forms import CodedForm, code_form
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Paragraph, Table

from ..raw_forms import cell, form, table

NEGLECT = load_instrument("neglect-2018")
R1, R2, A1, A2 = (NEGLECT.questions[question].text for question in ("R1", "R2", "A1", "A2"))
HEADING = [
    "No.",
    "Question",
    "Response (Yes/No)",
    "What went well?",
    "What are we worried about?",
    "What needs to happen?",
]
TURNED = [HEADING[at] for at in (0, 1, 3, 4, 5, 2)]
GRADE = table(["Judgement", *HEADING[3:]], ["Good", "", "", ""])
ROWS = [["R1", R1, "Yes", "seen early", "late letters", "weekly visits"], ["R2", R2, "No", "", "None", ""]]
MORE = [["A1", A1, "No", "a", "", ""], ["A2", A2, "Partly", "", "b", ""]]


def turned(rows: list[list[str]]) -> list[list[str]]:
    return [[row[at] for at in (0, 1, 3, 4, 5, 2)] for row in rows]


def coded(*blocks: str | Paragraph | Table) -> CodedForm:
    return code_form(form("Audit on neglect", "Quality of the Recognition:", *blocks), NEGLECT)


READ: dict[str, tuple[list[str | Paragraph | Table], dict[str, str]]] = {
    "as the tool has the columns": ([table(*ROWS)], {"R1": "yes", "R2": "no"}),
    "one answer unclear": ([table(*ROWS, ["A1", A1, "Yes and no", "", "", ""])], {"R1": "yes", "R2": "no", "A1": "unclear"}),
    "one answer missing": ([table(*ROWS, ["A1", A1, "", "", "", ""])], {"R1": "yes", "A1": "missing"}),
    "a cell of comments that goes on in a row of its own": (
        [table(ROWS[0], ["", "", "", "", "more", ""], ROWS[1])],
        {"R1": "yes", "R2": "no"},
    ),
    "as the rest of the form has them": (
        [table(TURNED, *turned(ROWS)), GRADE, table(*turned(MORE))],
        {"R1": "yes", "R2": "no", "A1": "no", "A2": "partly"},
    ),
    "a column fewer": ([table(*(row[:5] for row in ROWS))], {"R1": "unclear", "R2": "unclear"}),
    "a column more": ([table(*([*row, "x"] for row in ROWS))], {"R1": "unclear", "R2": "unclear"}),
    "another order of columns": ([table(*turned(ROWS))], {"R1": "unclear", "R2": "unclear"}),
    "a plain answer among the comments": (
        [table(ROWS[0], ["R2", R2, "No", "Yes", "", ""])],
        {"R1": "unclear", "R2": "unclear"},
    ),
    "no answer that can be read": (
        [table(*([*row[:2], "see file", *row[3:]] for row in ROWS))],
        {"R1": "unclear", "R2": "unclear"},
    ),
    "a number beside the wording of another question": (
        [table(ROWS[0], ["R2", A1, "No", "", "", ""])],
        {"R1": "unclear", "R2": "unclear"},
    ),
    "merged cells": (
        [table(["R1", R1, cell("Yes", column_span=2), "", "", "x"], ROWS[1])],
        {"R1": "unclear", "R2": "unclear"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", READ)
def test_answers_in_a_table_without_its_heading(layout: str) -> None:
    blocks, wanted = READ[layout]
    one = coded(*blocks)
    assert {question: one.answers[question].code for question in wanted} == wanted


def test_comments_stand_in_the_columns_of_the_tool_and_the_lost_heading_is_told() -> None:
    one = coded(table(*ROWS))
    assert [(c.question, c.column, c.text) for c in one.comments] == [
        ("R1", "going_well", "seen early"),
        ("R1", "worried", "late letters"),
        ("R1", "needs_to_happen", "weekly visits"),
        ("R2", "worried", "None"),
    ]
    assert [p.locator for p in one.problems if p.check == "heading_missing"] == ["table 1"]


def test_a_table_with_its_heading_is_not_told() -> None:
    assert "heading_missing" not in {p.check for p in coded(table(HEADING, *ROWS), table(*MORE)).problems}


def test_a_grade_in_a_table_without_its_heading() -> None:
    one = coded(
        table(HEADING, *ROWS), "Judgement on the Quality of the Recognition:", table(["RI", "R1 shows it", "", "b"])
    )
    assert (one.grades["R"].code, one.answers["R1"].code) == ("requires_improvement", "yes")
    assert [(c.column, c.text) for c in one.comments if not c.question] == [
        ("going_well", "R1 shows it"),
        ("needs_to_happen", "b"),
    ]
    assert "heading_missing" in {p.check for p in one.problems}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["Good", "fine", ""], "unclear"),
        (["Good work", "fine", "", ""], "missing"),
        (["", "Good", "", ""], "unclear"),
        (["", "fine", "", ""], "missing"),
    ],
)
def test_what_may_be_no_grade_in_such_a_table_is_told(row: list[str], code: str) -> None:
    one = coded(table(HEADING, *ROWS), "Judgement on the Quality of the Recognition:", table(row))
    assert one.grades["R"].code == code
    assert {p.as_written for p in one.problems if p.check == "text_not_placed"} >= {text for text in row if text}


def test_an_answer_behind_the_words_of_a_question_is_unclear_and_not_missing() -> None:
    one = coded(table(HEADING, ["R1", f"{R1}\nYes", "", "", "", ""], ["R2", f"{R2} (Yes/No)", "", "", "", ""]))
    assert (one.answers["R1"].code, one.answers["R2"].code) == ("unclear", "missing")
