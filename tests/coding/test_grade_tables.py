"""Grades below a heading in tables of other shapes: a column for each grade, or the grades to choose from."""

from __future__ import annotations

import pytest

from audit_lib.coding.coded import CodedForm
from audit_lib.coding.forms import code_form
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Cell, Mark, Paragraph, Run

from .raw_forms import form, paragraph, table

NEGLECT, CASES = load_instrument("neglect-2018"), load_instrument("case-audit-2021")
FOUR: list[str | Cell] = ["Outstanding", "Good", "Requires Improvement", "Inadequate"]
R1 = NEGLECT.questions["R1"].text
Row = list[str | Cell]


def marked(text: str, mark: Mark) -> Cell:
    return Cell(0, 0, (paragraph(text, mark),))


def graded(*rows: Row) -> CodedForm:
    asked = table(["No.", "Question", "Response"], ["R1", R1, "Yes"])
    heading = "Judgement on the Quality of the Recognition:"
    return code_form(form("Quality of the Recognition:", asked, heading, table(*rows, name="table 2")), NEGLECT)


HIGHLIGHTED = [marked(str(one), Mark.HIGHLIGHTED) if one == "Good" else one for one in FOUR]
STRUCK = [one if one == "Good" else marked(str(one), Mark.STRUCK) for one in FOUR]
BOXES = [Cell(0, 0, (Paragraph((Run("", ticked=one == "Good"), Run(f" {one}"))),)) for one in FOUR]
SHAPES: dict[str, tuple[list[Row], str]] = {
    "a tick below a grade": ([FOUR, ["", "✓", "", ""]], "good"),
    "a cross below a grade": ([FOUR, ["", "", "x", ""]], "requires_improvement"),
    "two ticks": ([FOUR, ["✓", "✓", "", ""]], "unclear"),
    "the grade once more below it": ([FOUR, ["", "Good", "", ""]], "good"),
    "another grade below it": ([FOUR, ["", "RI", "", ""]], "unclear"),
    "a sentence below it": ([FOUR, ["", "✓", "", ""], ["The plan was clear", "", "", ""]], "unclear"),
    "nothing below": ([FOUR, ["", "", "", ""]], "missing"),
    "a prompt before them": ([["Judgement", *FOUR], ["Please tick one", "", "", "", "✓"]], "inadequate"),
    "a comment behind them": ([["Judgement", *FOUR, "What went well?"], ["", "", "✓", "", "", "seen"]], "good"),
    "side by side": ([FOUR], "missing"),
    "side by side, one highlighted": ([HIGHLIGHTED], "good"),
    "side by side, the others struck": ([STRUCK], "good"),
    "side by side, one ticked": ([["Outstanding", "Good ✓", "Requires Improvement", "Inadequate"]], "good"),
    "side by side, boxes": ([BOXES], "good"),
    "below each other": ([[one] for one in FOUR], "missing"),
    "below each other, one highlighted": ([[one] for one in HIGHLIGHTED], "good"),
    "below each other, ticks behind": ([[one, "✓" if one == "Good" else ""] for one in FOUR], "good"),
    "below each other, ticks before": ([["✓" if one == "Good" else "", one] for one in FOUR], "good"),
    "below a heading": ([["Judgement", "Tick one"], *([one, "✓" if one == "Good" else ""] for one in FOUR)], "good"),
    "yes and no beside them": ([[one, "Yes" if one == "Good" else "No"] for one in FOUR], "unclear"),
    "two by two": ([FOUR[:2], FOUR[2:]], "missing"),
    "other words among them": ([["Good", "late"], ["Inadequate", "seen"]], "unclear"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_tables_of_grades(name: str) -> None:
    rows, code = SHAPES[name]
    assert graded(*rows).grades["R"].code == code


def test_comments_beside_a_tick_below_a_grade_are_kept() -> None:
    rows, _ = SHAPES["a comment behind them"]
    assert [(one.section, one.column, one.text) for one in graded(*rows).comments] == [("R", "going_well", "seen")]


def test_a_coloured_grade_of_a_list_is_in_doubt() -> None:
    made = table(*([one] for one in FOUR), name="table 2")
    coloured = made.cells[1]._replace(shaded=True)
    cells = (made.cells[0], coloured, *made.cells[2:])
    heading = "Judgement on the Quality of the Recognition:"
    coded = code_form(form("Quality of the Recognition:", heading, type(made)(cells, made.where)), NEGLECT)
    assert coded.grades["R"].code == "unclear"


def test_a_question_added_among_columns_of_answers_is_no_grade() -> None:
    rows: list[Row] = [["No.", "Question", "Yes", "No"], ["R1", R1, "✓", ""], ["R9", "Was the dog seen?", "", "✓"]]
    coded = code_form(form("Quality of the Recognition:", table(*rows)), NEGLECT)
    assert coded.grades["R"].code == "missing"
    assert [one.as_written for one in coded.problems if one.check == "question_added"] == ["R9 Was the dog seen? ✓"]


def test_areas_of_practice_with_a_column_for_each_judgement() -> None:
    heading: Row = [
        "AREA OF PRACTICE",
        "Exceeds good",
        "Meets good",
        "Does not meet good",
        "Text - Evidence (E) Impact (I)",
    ]
    rows: list[Row] = [
        heading,
        ["Risk is identified", "", "✓", "", "Evidence: seen weekly"],
        ["Quality of plans", "", "", "✓", ""],
        ["Consideration and impact of diversity", "✓", "✓", "", ""],
        ["Decision making is effective", "", "", "", ""],
        ["Assessments are timely", "", "✓", ""],
    ]
    coded = code_form(form("Children's Services - Case Audit Form", table(*rows)), CASES)
    codes = [coded.grades[area].code for area in ("risk", "plans", "diversity", "decisions", "assessments")]
    assert codes == ["meets_good", "does_not_meet_good", "unclear", "missing", "unclear"]
    assert [(one.section, one.column, one.text) for one in coded.comments] == [("risk", "evidence", "seen weekly")]
