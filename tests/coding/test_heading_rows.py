"""Headings of a table of returns in two rows, as some online forms and hand-made sheets have them."""

from __future__ import annotations

import pytest

from audit_lib.coding.parts import Part
from audit_lib.instruments import load_instrument

from .test_tables import answers, parts, sheet

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
