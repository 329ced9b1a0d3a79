"""Headings of a table of returns in two rows, as some online forms and hand-made sheets have them."""

from __future__ import annotations

import pytest

from audit_lib.coding.parts import Part
from audit_lib.instruments import load_instrument

from .test_rows import answers, parts, sheet

CIN, NEGLECT = (load_instrument(name) for name in ("child-in-need-2014", "neglect-2018"))
LIST = "Does your agency's file for this child contain?"
DETAILS, PLAN = "up-to-date parent details", "Child in Need Plan"
SEVEN, NINE = (
    "7) Are all the agencies involved who should be?",
    "9) Is there evidence that previous family history helped?",
)
UPPER = ["Respondent ID", "Child", "Agency", LIST, "", SEVEN, "", NINE]
LOWER = ["", "Open-Ended Response", "Open-Ended Response", DETAILS, PLAN, "Response", "Comments", "Response"]
BODY = ["118", "A", "Police", "", PLAN, "No", "not housing", "Don't know"]


def one(*rows: list[str], instrument=CIN) -> Part:
    (part,) = parts(sheet(*rows), instrument=instrument)
    return part


@pytest.mark.parametrize(
    ("rows", "address"),
    [
        ([UPPER, LOWER, BODY], "#row 3"),
        ([["Responses of June"], UPPER, LOWER, BODY], "#row 4"),
        ([[*UPPER[:3], LIST, *UPPER[4:]], [*LOWER[:5], "Response", "Comments", "Response"], [], BODY], "#row 4"),
    ],
)
def test_a_question_above_and_its_parts_below_are_one_heading(rows: list[list[str]], address: str) -> None:
    part = one(*rows)
    assert part.address.endswith(address)
    assert answers(part, "1b", "1f", "7", "9") == ["no", "yes", "no", "not_known"]
    assert [(comment.question, comment.text) for comment in part.coded.comments] == [("7", "not housing")]


def test_things_of_a_list_in_columns_without_heading_are_ticked() -> None:
    part = one(UPPER, BODY)
    assert answers(part, "1a", "1b", "1f") == ["no", "no", "yes"]


def test_a_row_of_answers_is_no_second_row_of_headings() -> None:
    first, second = parts(sheet(UPPER, BODY, ["119", "B", "GP", DETAILS, "", "Yes", "Comments", "No"]), instrument=CIN)
    assert answers(first, "7") == ["no"]
    assert answers(second, "1b", "7", "9") == ["yes", "yes", "no"]


def test_sections_above_and_codes_below() -> None:
    upper = ["", "", "Recognition", "", "Assessment", "Judgements", "", "", ""]
    lower = ["Case", "Agency", "R1", "R2", "A1", "R", "A", "Overall", "Score"]
    part = one(upper, lower, ["A", "Police", "Yes", "No", "", "Good", "", "Inadequate", "6"], instrument=NEGLECT)
    assert answers(part, "R1", "R2", "A1") == ["yes", "no", "missing"]
    assert [part.coded.grades[name].code for name in ("R", "A", "overall")] == ["good", "missing", "inadequate"]
    assert part.coded.score is not None and part.coded.score.number == 6


@pytest.mark.parametrize("heading", ["Judgement R", "R grade", "Grade: R", "Judgements (R)"])
def test_a_grade_by_its_letter(heading: str) -> None:
    part = one(["Case", "R1", "R2", "A1", heading], ["A", "Yes", "No", "Yes", "Good"], instrument=NEGLECT)
    assert part.coded.grades["R"].code == "good"
    assert answers(part, "R1") == ["yes"]


def test_other_things_than_those_of_the_list_are_comments_on_it() -> None:
    upper, lower = [*UPPER[:5], "", *UPPER[5:]], [*LOWER[:5], "Other (please specify)", *LOWER[5:]]
    part = one(upper, lower, [*BODY[:5], "a family tree", *BODY[5:]])
    assert answers(part, "1b", "1f", "7") == ["no", "yes", "no"]
    assert ("1", "a family tree") in [(comment.question, comment.text) for comment in part.coded.comments]


def test_what_stands_beside_the_things_of_a_list_is_not_lost() -> None:
    part = one(["Child", "Agency", LIST, DETAILS, PLAN, SEVEN], ["A", "GP", "a family tree", DETAILS, "", "Yes"])
    assert answers(part, "1b") == ["unclear"]
    assert "a family tree" in [p.as_written for p in part.coded.problems if p.check == "text_not_placed"]


def test_a_column_for_each_value_of_a_question_is_never_half_read() -> None:
    upper = ["Child", "Agency", SEVEN, "", "", NINE, "", "11) Are there any particular areas of strength?", ""]
    lower = ["", "", "Yes", "No", "Don't know", "Yes", "No", "Yes", "No"]
    part = one(upper, lower, ["A", "GP", "", "No", "", "x", "", "", ""])
    assert answers(part, "7", "9", "11") == ["unclear", "unclear", "missing"]


def test_evidence_below_an_area_belongs_to_its_grade() -> None:
    upper = [
        "Case number",
        "Assessments are timely, comprehensive, analytical and of high quality",
        "",
        "",
        "Plans are good",
        "",
        "Risk is noticed, acted on and made smaller in time",
    ]
    lower = ["", "Judgement", "Evidence", "Impact", "Judgement", "Evidence", "Judgement"]
    row = ["1", "Meets good", "seen weekly", "safer", "Exceeds good", "", "N/A"]
    part = one(upper, lower, row, instrument=load_instrument("case-audit-2021"))
    assert [part.coded.grades[name].code for name in ("assessments", "plans")] == ["meets_good", "exceeds_good"]
    said = [(comment.question, comment.column, comment.text) for comment in part.coded.comments]
    assert said == [("assessments", "evidence", "seen weekly"), ("assessments", "impact", "safer")]


@pytest.mark.parametrize(
    ("parts_below", "codes"),
    [
        (("Last year", "Response"), {"yes"}),
        (("Response", "Last year"), {"no"}),
        (("Target", "Response"), {"yes"}),
        (("Expected", "Response"), {"unclear"}),
        (("Before", "After"), {"yes"}),
        (("Mother", "Father"), {"unclear"}),
        (("2013", "2014"), {"unclear"}),
    ],
)
def test_two_columns_below_a_question_are_not_taken_for_one_another(
    parts_below: tuple[str, str], codes: set[str]
) -> None:
    asked = [f"{name}) {question.text}" for name, question in CIN.questions.items() if name.isdigit()]
    upper = ["Child", "Agency", *(text for question in asked for text in (question, ""))]
    part = one(upper, ["", "", *parts_below * len(asked)], ["A", "GP", *("No", "Yes") * len(asked)])
    assert set(answers(part, *(name for name in CIN.questions if name.isdigit()))) <= codes
