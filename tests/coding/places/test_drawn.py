"""What looks empty where something is drawn that cannot be read is unclear, and nothing else is."""

from __future__ import annotations

import dataclasses

import pytest

from audit_lib.coding.coded import CodedForm
from audit_lib.coding.forms import code_form
from audit_lib.coding.parts import parts_of
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Cell, Paragraph, ReaderNote, Run, Table

from ..raw_forms import form, table

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
    cells = tuple(cell._replace(where='sheet "Case C", cell A1', column_where="") for cell in QUESTIONS.cells)
    note = ReaderNote("drawn_over", 'sheet "Case C"', "drawn")
    raw = dataclasses.replace(form(Table(cells, 'sheet "Case C"', "Case C")), kind="xlsx", notes=(note,))
    (part,) = parts_of(raw, NEGLECT, {})
    assert (part.coded.answers["R1"].code, part.coded.answers["R2"].code) == ("unclear", "no")


def listed(*looks: str, answer: str = "Yes / No") -> Cell:
    return Cell(0, 0, tuple(Paragraph((Run(answer),), looks=one) for one in looks))


def in_rows(*cells: Cell) -> list[str]:
    rows = [
        [name, NEGLECT.questions[name].text, cell] for name, cell in zip(("A1", "A2", "A3", "A4"), cells, strict=False)
    ]
    coded = code_form(
        form("Quality of the Assessment:", table(["No.", "Question", "Response (Yes/No)"], *rows)), NEGLECT
    )
    return [coded.answers[str(row[0])].code for row in rows]


PLAIN, RED = "", "\nff0000"


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ([listed(PLAIN), listed(RED)], ["missing", "unclear"]),
        ([listed("ff0000"), listed(PLAIN)], ["missing", "missing"]),  # the whole cell is red
        ([listed(RED, answer="Yes"), listed(PLAIN)], ["yes", "missing"]),
        ([listed(RED), listed(RED), listed(RED)], ["missing"] * 3),  # the form is printed so
        ([listed(RED), listed("ff0000\n"), listed(RED)], ["unclear"] * 3),  # now the one word is red, now the other
        ([listed(RED), listed(RED, answer="Yes / No / N/A"), listed(RED)], ["missing"] * 3),
        ([listed(RED), listed(RED), listed(PLAIN)], ["unclear", "unclear", "missing"]),
        ([listed(RED, answer="")], ["missing"]),
    ],
)
def test_printed_words_that_do_not_look_alike(cells: list[Cell], codes: list[str]) -> None:
    assert in_rows(*cells) == codes


def test_printed_grades_of_which_three_are_grey() -> None:
    lines = [Paragraph((Run("Please delete to leave one judgement:"),), looks="i 1")]
    lines += [Paragraph((Run(one),), looks="" if one == "Good" else "bfbfbf") for one in FOUR.split("\n")]
    grades = table(["Judgement", "What went well?"], [Cell(0, 0, tuple(lines)), ""])
    coded = code_form(form("Judgement on the Quality of the Recognition:", grades), NEGLECT)
    assert coded.grades["R"].code == "unclear"
    alike = Cell(0, 0, (lines[0], *(one._replace(looks="") for one in lines[1:])))
    grades = table(["Judgement", "What went well?"], [alike, ""])
    coded = code_form(form("Judgement on the Quality of the Recognition:", grades), NEGLECT)
    assert coded.grades["R"].code == "missing"
