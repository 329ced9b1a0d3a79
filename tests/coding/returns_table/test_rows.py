"""Tables in which each row is a return, and workbooks in which each sheet is one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit_lib.coding.parts import Part, parts_of
from audit_lib.instruments import load_instrument
from audit_lib.rawform import RawForm, Table

from ..raw_forms import paragraph, table
from ..small_tools import LISTED, tool

STEP = load_instrument("step-up-step-down-2018")
TEXTS = {name: question.text for name, question in STEP.questions.items()}


def sheet(*rows: list[str], name: str = "") -> Table:
    return replace(table(*rows, name=f'sheet "{name}"' if name else "x"), sheet=name, delimited=not name)


def parts(*tables: Table, columns: dict[str, str] | None = None, instrument=STEP) -> list[Part]:
    return parts_of(RawForm("xlsx" if tables[0].sheet else "csv", tables), instrument, columns or {})


def answers(part: Part, *questions: str) -> list[str]:
    return [part.coded.answers[question].code for question in questions]


EXPORT = ["ID", "Start time", "Completion time", "Email", "Name", "Case number", "Agency"]


def test_an_export_of_an_online_form_is_one_return_for_each_row() -> None:
    head = [
        *EXPORT,
        f"R1 {TEXTS['R1']}",
        "What went well?",
        "What are we worried about?",
        f"R2. {TEXTS['R2']}",
        "What went well?2",
        "A1",
    ]
    rows = [
        ["1", "7/2/18 9:00", "02/07/2018 09:30:00", "anonymous", "", "A", "Police", "Yes", "seen early", "", "No", "", "N/A"],
        ["2", "7/3/18 9:00", "03/07/2018 10:00:00", "anonymous", "", "B", "Housing", "No", "", "late", "Partly", "a tool", ""],
    ]  # fmt: skip
    one, two = parts(sheet(head, *rows))
    assert (one.address, two.address) == ("#row 2", "#row 3")
    assert (one.sent_in, two.sent_in) == ("", "")
    assert answers(one, "R1", "R2", "A1", "A2") == ["yes", "no", "not_applicable", "missing"]
    assert answers(two, "R1", "R2", "A1") == ["no", "partly", "missing"]
    assert one.coded.header["case"].as_written == "A"
    assert two.coded.header["agency"].as_written == "Housing"
    assert [(c.question, c.column, c.text) for c in (*one.coded.comments, *two.coded.comments)] == [
        ("R1", "going_well", "seen early"),
        ("R1", "worried", "late"),
        ("R2", "going_well", "a tool"),
    ]


def test_the_name_of_who_filled_in_an_online_form_is_a_name_to_hide() -> None:
    (one,) = parts(sheet(["Name", "Case", "A4", "A5", "A6"], ["Jo Bloggs", "A", "Yes", "No", "No"]))
    assert one.coded.header["auditor"].as_written == "Jo Bloggs"


def test_codes_alone_as_headings_are_no_wording_of_another_tool() -> None:
    (one,) = parts(sheet(["Case", "A4", "A5", "A6"], ["A", "Yes", "No", "No"]))
    assert (one.coded.questions_found, one.coded.questions_known) == (3, 3)


HEADINGS = {
    "R1": "R1",
    "r1.": "R1",
    f"R1: {TEXTS['R1']}": "R1",
    TEXTS["P5"]: "P5",
    "Was there any drift/delay that led to the case needing to step-down?": "P5",
    "Did you enjoy the audit?": "",
}


@pytest.mark.parametrize(("heading", "question"), HEADINGS.items())
def test_which_question_a_heading_names(heading: str, question: str) -> None:
    (one,) = parts(sheet(["Case", "Agency", "A4", "A5", "A6", heading], ["A", "Police", "Yes", "Yes", "Yes", "No"]))
    assert [name for name, value in one.coded.answers.items() if value.code == "no"] == ([question] if question else [])


def test_a_heading_that_the_audit_names_counts_first() -> None:
    table_ = sheet(["Who", "Kid", "Q one", "A4", "A5", "A6"], ["Police", "A", "Yes", "No", "No", "No"])
    (one,) = parts(table_, columns={"Q one": "R1", "Kid": "case", "Who": "agency"})
    assert answers(one, "R1", "A4") == ["yes", "no"]
    assert (one.coded.header["case"].as_written, one.coded.header["agency"].as_written) == ("A", "Police")


def test_a_column_that_belongs_to_nothing_is_told_and_not_lost() -> None:
    (one,) = parts(sheet(["Case", "A4", "A5", "A6", "Mood"], ["A", "Yes", "No", "No", "rather good"]))
    told = [p for p in one.coded.problems if p.check == "text_not_placed"]
    assert [(p.as_written, p.locator) for p in told] == [("rather good", 'x, row 2, column "Mood"')]


def test_a_question_in_two_columns_is_unclear() -> None:
    (one,) = parts(sheet(["Case", "A4", "A5", "A6", "A4"], ["A", "Yes", "No", "No", "No"]))
    assert answers(one, "A4", "A5") == ["unclear", "no"]


def test_grades_score_and_free_text_have_columns_too() -> None:
    head = [
        "Case",
        "A4",
        "A5",
        "A6",
        "Judgement on the quality of recognition",
        "What needs to happen?",
        "Score",
        "Any other comments",
    ]
    (one,) = parts(sheet(head, ["A", "Yes", "No", "No", "Good", "a plan", "7", "thank you"]))
    assert one.coded.grades["R"].code == "good"
    assert one.coded.score is not None
    assert one.coded.score.number == 7
    assert [(c.section, c.question, c.column, c.text) for c in one.coded.comments] == [
        ("R", "", "needs_to_happen", "a plan"),
        ("", "other", "comment", "thank you"),
    ]


def test_rows_above_the_headings_are_told_and_blank_rows_are_none() -> None:
    one, two = parts(
        sheet(
            ["Returns of July", "", "", ""],
            ["Case", "A4", "A5", "A6"],
            ["A", "Yes", "No", "No"],
            ["", "", "", ""],
            ["B", "No", "", ""],
        )
    )
    assert (one.address, two.address) == ("#row 3", "#row 5")
    assert "Returns of July" in {p.as_written for p in one.coded.problems}


def test_things_ticked_in_a_list_stand_in_one_cell() -> None:
    small = tool(LISTED)
    head = ["Case", "1. What is on file?", "2. Was the child seen?", "3. Is the level right?"]
    one, two = parts(sheet(head, ["A", "a plan;minutes;", "Yes", "No"], ["B", "", "No", ""]), instrument=small)
    assert answers(one, "1a", "1b", "1c", "2", "3") == ["yes", "no", "yes", "yes", "no"]
    assert answers(two, "1a", "1b", "1c", "2", "3") == ["missing", "missing", "missing", "no", "missing"]


FORM = [["Case no", "A", "", ""], ["Agency", "Housing", "", ""], ["No.", "Question", "Response", "What went well?"]]


def rows_of(*questions: str, answer: str = "Yes") -> list[list[str]]:
    return [[name, TEXTS[name], answer, ""] for name in questions]


def test_sheets_that_ask_the_same_are_forms_of_their_own() -> None:
    first = sheet(*FORM, *rows_of("R1", "R2", "A1"), name="Case A")
    second = sheet(*FORM, *rows_of("R1", "R2", "A1", answer="No"), name="Case B!")
    notes = sheet(["How to fill this in"], name="Notes")
    found = parts(first, second, notes)
    assert [part.address for part in found] == ["!Case A", "!Case B%21", "!Notes"]
    assert [answers(part, "R1")[0] for part in found] == ["yes", "no", "missing"]
    assert found[2].coded.questions_found == 0


def test_sheets_that_complete_each_other_are_one_form() -> None:
    first = sheet(*FORM, *rows_of("R1", "R2"), name="Recognition")
    second = sheet(FORM[2], *rows_of("A1", "A2", answer="No"), name="Assessment")
    (one,) = parts(first, second)
    assert one.address == ""
    assert answers(one, "R1", "R2", "A1", "A2") == ["yes", "yes", "no", "no"]


def test_a_sheet_of_returns_beside_a_sheet_of_notes() -> None:
    returns = sheet(["Case", "A4", "A5", "A6"], ["A", "Yes", "No", "No"], name="Returns")
    notes = sheet(["Please fill in one line for each child."], name="Notes")
    assert [part.address for part in parts(returns, notes)] == ["!Returns#row 2", "!Notes"]


def test_a_document_is_one_part_whatever_tables_it_holds() -> None:
    form = RawForm("docx", (paragraph("Audit on step up"), table(["Case", "A4", "A5", "A6"], ["A", "Yes", "No", "No"])))
    assert [part.address for part in parts_of(form, STEP, {})] == [""]


def named_sheet(name: str, case: str, *questions: str) -> Table:
    return sheet(["Case no", case, "", ""], FORM[2], *rows_of(*questions), name=name)


def test_a_column_of_answers_for_each_case_gives_no_sure_answer_to_one_case() -> None:
    head = [["No", "Question", "Response", ""], ["", "", "Case A", "Case B"]]
    rows = [[name, TEXTS[name], "Yes", "No"] for name in ("R1", "R2", "A1")]
    found = parts(sheet(*head, *rows, name="Police"))
    by_case = {
        part.coded.header["case"].as_written: answers(part, "R1")[0] for part in found if "case" in part.coded.header
    }
    assert by_case in ({}, {"Case A": "yes", "Case B": "no"}) or set(by_case.values()) == {"unclear"}


def test_sheets_that_name_different_cases_are_forms_of_their_own() -> None:
    found = parts(named_sheet("First", "A", "R1", "R2", "A1"), named_sheet("Second", "B", "P1", "P2", "P3"))
    assert [part.coded.header["case"].as_written for part in found] == ["A", "B"]


def test_a_list_separated_by_commas_is_unclear() -> None:
    small = tool(LISTED)
    head = ["Case", "1. What is on file?", "2. Was the child seen?", "3. Is the level right?"]
    one, two = parts(
        sheet(head, ["A", "a plan, minutes", "Yes", "No"], ["B", "no a plan;minutes;", "Yes", "No"]), instrument=small
    )
    assert set(answers(one, "1a", "1c")) == {"unclear"}
    assert answers(two, "1a", "2") == ["unclear", "yes"]


def test_one_column_for_each_thing_to_tick() -> None:
    audit = load_instrument("child-in-need-2014")
    head = ["Child", "up-to-date parent details", "Child in Need Plan", "case summary or chronology of key events"]
    head += ["2) Is there evidence that the case has been overseen or discussed in supervision?"]
    (one,) = parts(sheet(head, ["A", "✓", "", "✓", "Yes"]), instrument=audit)
    assert answers(one, "1b", "1f", "1e", "2") == ["yes", "no", "yes", "yes"]


BESIDE = {
    "Comments on A4": ("A4", "comment"),
    "Comments (A4)": ("A4", "comment"),
    "A4 - what are we worried about?": ("A4", "worried"),
    "What are we worried about?": ("A6", "worried"),
}


@pytest.mark.parametrize("heading", BESIDE)
def test_whose_comment_a_heading_names(heading: str) -> None:
    (one,) = parts(sheet(["Case", "A4", "A5", "A6", heading], ["A", "Yes", "No", "No", "late"]))
    assert [(c.question, c.column, c.text) for c in one.coded.comments] == [(*BESIDE[heading], "late")]


def test_a_comment_after_a_column_that_nobody_knows_belongs_to_nothing() -> None:
    (one,) = parts(
        sheet(["Case", "A4", "A5", "A6", "Was the dog seen?", "Comments"], ["A", "Yes", "No", "No", "No", "it bit"])
    )
    assert one.coded.comments == []
    assert "it bit" in {problem.as_written for problem in one.coded.problems}


OTHERS = ["Moderated grade: Recognition", "Grade at previous audit (recognition)", "Target grade: recognition"]


@pytest.mark.parametrize("heading", OTHERS)
def test_a_grade_of_somebody_else_or_of_another_time_is_not_the_agencys(heading: str) -> None:
    (one,) = parts(sheet(["Case", "A4", "A5", "A6", heading], ["A", "Yes", "No", "No", "Good"]))
    assert one.coded.grades["R"].code == "missing"
    assert "Good" in {problem.as_written for problem in one.coded.problems}


SCORES = {("7", "8"): "unclear", ("", "8"): "read", ("7", ""): "read"}


@pytest.mark.parametrize(("first", "second"), SCORES)
def test_two_columns_of_scores(first: str, second: str) -> None:
    (one,) = parts(sheet(["Case", "A4", "A5", "A6", "Score", "Overall score"], ["A", "Yes", "No", "No", first, second]))
    assert one.coded.score is not None
    assert one.coded.score.code == SCORES[first, second]


def test_the_heading_of_an_area_that_holds_the_word_impact_is_a_grade() -> None:
    audit = load_instrument("case-audit-2021")
    head = [
        "Case number",
        "Risk is identified",
        "Risk is identified comments",
        "Consideration and impact of diversity",
        "Quality of plans",
    ]
    (one,) = parts(sheet(head, ["1", "Meets good", "seen", "Does not meet good", "Exceeds good"]), instrument=audit)
    assert {name: one.coded.grades[name].code for name in ("risk", "diversity", "plans")} == {
        "risk": "meets_good",
        "diversity": "does_not_meet_good",
        "plans": "exceeds_good",
    }
    assert [(c.section, c.column, c.text) for c in one.coded.comments] == [("risk", "comment", "seen")]
    assert one.coded.questions_found == 3


def test_answers_and_comments_named_after_the_code() -> None:
    (one,) = parts(
        sheet(["Case", "A4 answer", "A4 comment", "A5 response", "A6 answer"], ["A", "Yes", "late", "No", "No"])
    )
    assert answers(one, "A4", "A5", "A6") == ["yes", "no", "no"]
    assert [(c.question, c.text) for c in one.coded.comments] == [("A4", "late")]


@pytest.mark.parametrize("written", ["TRUE", "1", "0"])
def test_what_a_program_writes_for_yes_is_left_to_a_person(written: str) -> None:
    (one,) = parts(sheet(["Case", "A4", "A5", "A6"], ["A", written, "No", "No"]))
    assert answers(one, "A4") == ["unclear"]


def test_a_row_of_totals_is_no_return() -> None:
    found = parts(sheet(["Case", "A4", "A5", "A6"], ["A", "Yes", "No", "No"], ["Total", "1", "0", "0"]))
    assert [part.address for part in found if part.coded.questions_found] == ["#row 2"]


def test_a_row_that_was_changed_later_counts_as_sent_in_then() -> None:
    head = ["Completion time", "Last modified time", "Case", "A4", "A5", "A6"]
    (one,) = parts(sheet(head, ["2018-07-02 09:00:00", "2018-07-05 09:00:00", "A", "Yes", "No", "No"]))
    assert one.sent_in == "2018-07-05T09:00:00"
