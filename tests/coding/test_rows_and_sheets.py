"""Which rows of a table are returns, and which sheets of a workbook are forms of their own."""

from __future__ import annotations

import pytest

from audit_lib.coding.parts import Part
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Table

from .returns_table.test_rows import FORM, TEXTS, answers, parts, rows_of, sheet
from .small_tools import numbers

CASES, NEGLECT = (load_instrument(name) for name in ("case-audit-2021", "neglect-2018"))
ASKED = ["Case", "Agency", "R1", "R2", "A1"]
SAID = ["A", "Police", "Yes", "No", "Yes"]


def one_row(head: list[str], row: list[str], instrument=NEGLECT) -> Part:
    (part,) = parts(sheet(head, row), instrument=instrument)
    return part


def told(part: Part) -> list[str]:
    return [p.as_written for p in part.coded.problems if p.check == "text_not_placed"]


NO_RETURNS = (
    ["Total", "", "1", "0", "2"],
    ["", "Average", "50%", "", "0.5"],
    ["% yes", "", "50%", "", ""],
    ["", "", "1", "1", "2"],
    ASKED,
)


@pytest.mark.parametrize("row", NO_RETURNS)
def test_a_row_of_sums_is_no_return_and_is_told(row: list[str]) -> None:
    (part,) = parts(sheet(ASKED, SAID, row), instrument=NEGLECT)
    assert part.address == "#row 2"
    assert told(part) == [" ".join(text for text in row if text)]


RETURNS = (
    [SAID, ["B", "", "1", "0", "1"]],
    [SAID, ["", "", "Yes", "", ""]],
    [["", "", "1", "0", "1"], SAID],
    [SAID, ["Total", "", "Yes", "No", ""]],
    [["", "", "1", "0", "1"]],
    [SAID, ["No. 12", "", "1", "0", "1"]],
)


@pytest.mark.parametrize("rows", RETURNS)
def test_a_row_that_may_be_a_return_is_one(rows: list[list[str]]) -> None:
    assert len(parts(sheet(ASKED, *rows), instrument=NEGLECT)) == len(rows)


def test_numbers_that_are_grades_of_the_tool_are_no_sums() -> None:
    rows = [["1", "2", "3", "4"], ["", "1", "1", "2"]]
    found = parts(sheet(["Case", "Quality of plans", "Visits", "Reviews"], *rows), instrument=numbers())
    assert [part.coded.grades["plans"].code for part in found] == ["2", "1"]


def test_a_sheet_of_sums_alone_is_no_return() -> None:
    returns = sheet(ASKED, SAID, name="Returns")
    sums = sheet(["", "", "R1", "R2", "A1"], ["Yes", "", "2", "0", "2"], ["No", "", "0", "2", "0"], name="Summary")
    found = parts(returns, sums, instrument=NEGLECT)
    assert [(part.address, part.coded.questions_found) for part in found] == [("!Returns#row 2", 3), ("!Summary", 0)]
    assert told(found[1]) == ["Yes 2 0 2", "No 0 2 0"]


def test_text_under_a_column_without_a_heading_is_told() -> None:
    assert told(one_row(["Case", "R1", "", "R2", "A1"], ["A", "Yes", "seen late", "No", "Yes"])) == ["seen late"]


# sheets as forms


def asking(heads: list[list[str]], *columns: str) -> Table:
    rows = [[name, TEXTS[name], *columns] for name in ("R1", "R2", "A1", "A2", "A3")]
    return sheet(*heads, *rows, name="Returns")


SEVERAL = {
    "cases below the heading": [["No", "Question", "Response", ""], ["", "", "Case A", "Case B"]],
    "agencies below the heading": [["No", "Question", "Response", ""], ["", "", "Police", "Housing"]],
    "cases as headings": [["No", "Question", "Case A", "Case B"]],
    "no second heading": [["No", "Question", "Response", ""]],
}


@pytest.mark.parametrize("name", SEVERAL)
def test_a_sheet_with_a_column_of_answers_for_each_case_gives_no_sure_answer(name: str) -> None:
    (part,) = parts(asking(SEVERAL[name], "Yes", "No"))
    assert set(answers(part, "R1", "R2", "A1", "A2", "A3")) == {"unclear"}
    assert "case" not in part.coded.header
    assert part.coded.questions_twice >= 5
    assert any("more than one column of answers" in p.message for p in part.coded.problems)


def test_grades_in_several_columns_are_unclear_too() -> None:
    areas = [["Risk is identified", "Meets good", "DNMG"], ["Quality of plans", "DNMG", "Meets good"]]
    (part,) = parts(sheet(["Area of practice", "Judgement", ""], *areas, name="Returns"), instrument=CASES)
    assert [part.coded.grades[name].code for name in ("risk", "plans")] == ["unclear", "unclear"]


ONE_COLUMN = {
    "comments": (["No", "Question", "Response", "What are we worried about?"], "No"),
    "last year": (["No", "Question", "Response", "Last year's answer"], "No"),
    "not applicable": (["No", "Question", "Response", "Actions"], "N/A"),
    "other text": (["No", "Question", "Response", ""], "No plan was seen"),
}


@pytest.mark.parametrize("name", ONE_COLUMN)
def test_a_sheet_with_one_column_of_answers_is_read(name: str) -> None:
    heading, beside = ONE_COLUMN[name]
    (part,) = parts(asking([heading], "Yes", beside))
    assert answers(part, "R1", "A3") == ["yes", "yes"]


def headed(case: str, agency: str, *questions: str, name: str) -> Table:
    return sheet(["Case no", case, "", ""], ["Agency", agency, "", ""], FORM[2], *rows_of(*questions), name=name)


DIFFERENT = {
    "cases": (("A", "Housing", "Recognition"), ("B", "Housing", "Assessment")),
    "agencies": (("A", "Housing", "Recognition"), ("A", "Police", "Assessment")),
    "names of the sheets": (("", "Housing", "Case A"), ("", "Housing", "Case B")),
    "a sheet's name and a field": (("A", "Housing", "Recognition"), ("", "", "Case B")),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_sheets_that_name_different_cases_or_agencies_are_forms_of_their_own(name: str) -> None:
    (case, agency, one), (other_case, other_agency, two) = DIFFERENT[name]
    found = parts(headed(case, agency, "R1", "R2", name=one), headed(other_case, other_agency, "A1", "A2", name=two))
    assert [part.address for part in found] == [f"!{one}", f"!{two}"]
    assert [answers(part, "R1", "A1") for part in found] == [["yes", "missing"], ["missing", "yes"]]


def test_sheets_that_name_the_same_case_in_other_words_are_one_form() -> None:
    found = parts(headed("Case A", "Housing", "R1", name="One"), headed("A", "HOUSING", "A1", name="Two"))
    assert [part.address for part in found] == [""]


def test_the_name_of_a_lone_sheet_speaks_of_its_case_too() -> None:
    (part,) = parts(headed("A", "Housing", "R1", "R2", name="Case B"))
    assert part.coded.header_again["case"] == ["Case B"]


def test_the_score_and_its_reasons_below_the_last_grade_of_a_sheet_are_no_comments_on_that_grade() -> None:
    below = (
        ["Judgement on the quality of the work overall"],
        ["Judgement", "What went well?"],
        ["Good", "steady"],
        ["On a scale of 0 to 10, where would you rate the quality of the casework?", "7"],
        ["Please comment on your reasoning for this scoring:", "seen each week"],
    )
    (part,) = parts(sheet(*FORM, *rows_of("R1", "R2"), *below, name="Audit"), instrument=NEGLECT)
    score = part.coded.score
    assert score is not None
    assert score.number == 7
    said = [(one.section, one.question, one.text) for one in part.coded.comments]
    assert [one for one in said if one[2] in ("7", "steady", "seen each week")] == [
        ("overall", "", "steady"),
        ("", "reasoning", "seen each week"),
    ]


def test_the_score_below_its_label_under_the_grades_of_a_sheet_is_no_remark_on_the_grade() -> None:
    below = (
        ["Judgement on the quality of the work overall"],
        ["Judgement", "What went well?"],
        ["Good", "steady"],
        ["On a scale of 0 to 10, where would you rate the quality of the casework?", ""],
        ["6", ""],
        ["Please comment on your reasoning for this scoring:", ""],
        ["seen each week", ""],
    )
    (part,) = parts(sheet(*FORM, *rows_of("R1", "R2"), *below, name="Audit"), instrument=NEGLECT)
    assert part.coded.score is not None and part.coded.score.number == 6
    assert part.coded.grades["overall"].as_written == "Good"


@pytest.mark.parametrize(
    ("row", "case"),
    [
        (["Case no (UIN)", "", "A", ""], "A"),
        (["Case no (UIN)", "", "", "Case 12"], "Case 12"),
        (["Case no (UIN)", "", "Date of audit", ""], ""),
        (["Case no (UIN)", "", "Agency", ""], ""),
        (["Case no (UIN)", "", "Signed:", ""], ""),
        (["Case no (UIN)", "", "A", "B"], ""),
        (["Case no (UIN)", "B", "A", ""], "B"),
    ],
)
def test_a_value_beyond_the_empty_cells_of_its_label(row: list[str], case: str) -> None:
    (part,) = parts(
        sheet(["Multi-agency audit on neglect"], row, *rows_of("R1", "R2", "A1"), name="Audit"), instrument=NEGLECT
    )
    assert part.coded.header["case"].as_written == case
