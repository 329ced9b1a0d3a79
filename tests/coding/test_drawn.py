"""What looks empty where something is drawn that cannot be read is unclear, and nothing else is."""

from __future__ import annotations

import dataclasses

import pytest

from audit_lib.coding.coded import CodedForm
from audit_lib.coding.forms import code_form
from audit_lib.coding.parts import parts_of
from audit_lib.instruments import load_instrument
from audit_lib.rawform import ReaderNote, Table

from .raw_forms import form, table

NEGLECT = load_instrument("neglect-2018")
R1, R2 = (NEGLECT.questions[question].text for question in ("R1", "R2"))
QUESTIONS = table(["No.", "Question", "Response (Yes/No)"], ["R1", R1, "Yes / No"], ["R2", R2, "No"])
FOUR = "Outstanding\nGood\nRequires Improvement\nInadequate"
GRADES = table(["Judgement", "What went well?"], [FOUR, ""], name="table 2")


def coded(check: str, where: str) -> CodedForm:
    blank = form("Quality of the Recognition:", QUESTIONS, "Judgement on the Quality of the Recognition:", GRADES)
    return code_form(dataclasses.replace(blank, notes=(ReaderNote(check, where, "drawn"),)), NEGLECT)


@pytest.mark.parametrize(
    ("check", "where", "answer", "grade"),
    [
        ("drawn_over", "table 1, row 2, column 3", "unclear", "missing"),
        ("drawn_over", "table 1", "unclear", "missing"),
        ("drawn_over", "table 10", "missing", "missing"),
        ("drawn_over", "between table 1 and table 2", "unclear", "unclear"),
        ("drawn_over", "after table 2", "missing", "unclear"),
        ("drawn_over", "", "missing", "missing"),  # a line that may be printed, nobody knows where
        ("embedded_object", "table 1, row 2, column 3", "unclear", "missing"),
        ("embedded_object", "table 1, row 3, column 3", "missing", "missing"),
        ("hidden_text", "table 1", "missing", "missing"),
    ],
)
def test_a_place_that_looks_empty(check: str, where: str, answer: str, grade: str) -> None:
    one = coded(check, where)
    assert (one.answers["R1"].code, one.answers["R2"].code, one.grades["R"].code) == (answer, "no", grade)
    told = [problem.check for problem in one.problems if problem.settle in ("R1", "grade:R")]
    assert told == [f"answer_{answer}", f"grade_{grade}"]


def test_a_shape_over_a_sheet_leaves_its_empty_answers_open() -> None:
    cells = tuple(
        dataclasses.replace(cell, where='sheet "Case C", cell A1', column_where="") for cell in QUESTIONS.cells
    )
    note = ReaderNote("drawn_over", 'sheet "Case C"', "drawn")
    raw = dataclasses.replace(form(Table(cells, 'sheet "Case C"', "Case C")), kind="xlsx", notes=(note,))
    (part,) = parts_of(raw, NEGLECT, {})
    assert (part.coded.answers["R1"].code, part.coded.answers["R2"].code) == ("unclear", "no")
