"""Tables whose columns are headed by the values of an answer, with a sign in one of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit_lib.coding.coded import CodedForm
from audit_lib.coding.forms import code_form
from audit_lib.coding.parts import parts_of
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Cell, Paragraph, RawForm, Run

from ..raw_forms import cell, form, table

NEGLECT, CIN = load_instrument("neglect-2018"), load_instrument("child-in-need-2014")
TEXTS = {name: question.text for name, question in NEGLECT.questions.items()}
HEADING = ["No.", "Question", "Yes", "No", "Partly", "N/A", "What went well?"]
BOXED, EMPTY = (Cell(0, 0, (Paragraph((Run("", ticked=ticked),)),)) for ticked in (True, False))
Row = list[str | Cell]


def neglect(*rows: Row, heading: Row = HEADING) -> CodedForm:
    return code_form(form("Multi-agency audit on neglect", "Recognition:", table(heading, *rows)), NEGLECT)


def answer(*cells: str | Cell, others: tuple[Row, ...] = ()) -> str:
    return neglect(["R1", TEXTS["R1"], *cells, ""], *others).answers["R1"].code


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["✓", "", "", ""], "yes"),
        (["", "✓", "", ""], "no"),
        (["", "", "✔", ""], "partly"),
        (["", "", "", "[x]"], "not_applicable"),
        (["☐", "☒", "☐", "☐"], "no"),
        ([EMPTY, EMPTY, BOXED, EMPTY], "partly"),
        ([EMPTY, EMPTY, EMPTY, EMPTY], "missing"),
        (["", "", "", ""], "missing"),
        (["Yes", "", "", ""], "yes"),
        (["", "N", "", ""], "no"),
        (["x", "", "", ""], "yes"),  # the form has no tick
        (["", "X", "", ""], "no"),
        (["✓", "x", "x", "x"], "yes"),
        (["✓", "✓", "", ""], "unclear"),
        (["x", "x", "", ""], "unclear"),
        (["✓ - each week", "", "", ""], "yes"),
        (["✓ mostly", "", "", ""], "unclear"),
        (["✓?", "", "", ""], "unclear"),
        (["✓", "", "see the plan", ""], "unclear"),
        (["N/A", "", "", ""], "unclear"),
        (["No", "", "", ""], "unclear"),
        (["1", "", "", ""], "unclear"),
        ([BOXED, "", "✓", ""], "unclear"),
        ([cell("", shaded=True), "", "", ""], "missing"),  # the kit of tables keeps no colour; see below
        ([cell("✓", column_span=2), "", ""], "unclear"),
    ],
    ids=lambda one: one if isinstance(one, str) else " | ".join(str(getattr(c, "text", c)) for c in one),
)
def test_a_sign_under_the_heading_of_a_value(cells: list[str | Cell], code: str) -> None:
    assert answer(*cells) == code


def test_a_cross_is_no_certain_choice_in_a_form_with_ticks() -> None:
    ticked: Row = ["R2", TEXTS["R2"], "✓", "", "", "", ""]
    assert answer("x", "", "", "", others=(ticked,)) == "unclear"
    assert answer("✓", "x", "", "", others=(ticked,)) == "yes"


def test_a_coloured_cell_among_empty_ones_may_be_the_choice() -> None:
    made = table(HEADING, ["R1", TEXTS["R1"], "", "", "", "", ""])
    coloured = [one._replace(shaded=(one.row, one.column) == (1, 3)) for one in made.cells]
    coded = code_form(form("Recognition:", replace(made, cells=tuple(coloured))), NEGLECT)
    assert coded.answers["R1"].code == "unclear"


def test_what_stands_beside_the_tick_and_in_the_other_columns_is_kept() -> None:
    coded = neglect(["R1", TEXTS["R1"], "", "✓ the file was lost", "", "", "seen weekly"])
    assert [(one.column, one.text) for one in coded.comments] == [
        ("going_well", "seen weekly"),
        ("comment", "the file was lost"),
    ]
    assert coded.answers["R1"].locator == 'table 1, row 2, column "No"'
    assert [problem for problem in coded.problems if problem.check == "text_not_placed"] == []


def test_an_answer_in_doubt_tells_what_stands_in_which_column() -> None:
    coded = neglect(["R1", TEXTS["R1"], "✓", "", "see the plan", "", ""])
    assert coded.answers["R1"].as_written == "Yes: ✓; Partly: see the plan"


@pytest.mark.parametrize(
    "rows",
    [
        [["No.", "Question", cell("Response", column_span=2), "What went well?"], ["", "", "Yes", "No", ""]],
        [["", "Question", "Yes", "No", "What went well?"]],
        [["", "", "Yes", "No", "What went well?"]],
        [["Ref", "Item", "YES", "NO", "What went well?"]],
        [["No.", "Question", "✓", "✗", "What went well?"]],
    ],
    ids=["below a heading of both", "no heading of the number", "no heading of the question", "item", "signs"],
)
def test_ways_to_head_such_a_table(rows: list[Row]) -> None:
    asked: list[Row] = [["R1", TEXTS["R1"], "✓", "", ""], ["R2", TEXTS["R2"], "", "✓", ""]]
    coded = code_form(form("Recognition:", table(*rows, *asked)), NEGLECT)
    assert (coded.answers["R1"].code, coded.answers["R2"].code) == ("yes", "no")


def test_the_columns_hold_on_in_a_table_without_heading() -> None:
    first = table(HEADING, ["R1", TEXTS["R1"], "✓", "", "", "", ""])
    second = table(["R2", TEXTS["R2"], "", "✓", "", "", "late"], name="table 2")
    coded = code_form(form("Recognition:", first, second), NEGLECT)
    assert (coded.answers["R1"].code, coded.answers["R2"].code) == ("yes", "no")


def test_a_row_with_a_cell_too_few_is_in_doubt() -> None:
    short: Row = ["R1", TEXTS["R1"], "✓", "", "", ""]
    assert neglect(short, ["R2", TEXTS["R2"], "✓", "", "", "", ""]).answers["R1"].code == "unclear"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["☒ Yes", "☐ No"]], "yes"),
        ([[BOXED, "Yes", EMPTY, "No"]], "unclear"),
        ([["Yes", "No"], ["✓", ""]], "unclear"),
        ([["", "Yes", "No"], ["", "✓", ""]], "unclear"),
        ([["Yes", "No"]], "missing"),
        ([["No - the GP was left out"]], "no"),
    ],
)
def test_a_table_below_a_question_in_a_paragraph_holds_its_answer(rows: list[Row], code: str) -> None:
    asked = "7) Are all the agencies involved in this Child in Need Plan who should be?"
    coded = code_form(form("Child: A", asked, table(*rows), "Comments: none"), CIN)
    assert coded.answers["7"].code == code


def test_questions_and_a_list_of_things_to_tick_in_tables() -> None:
    things = table(
        ["Item", "Yes", "No"],
        ["up-to-date parent details", "✓", ""],
        ["case summary or chronology of key events", "", "✓"],
        ["Child in Need Meeting record", "", ""],
    )
    asked = table(
        ["Question", "Yes", "No", "Not sure", "N/A", "Comments"],
        ["7) Are all the agencies involved in this Child in Need Plan who should be?", "", "✓", "", "", "not the GP"],
        ["9) Is there evidence that previous family history has informed the plan?", "", "", "✓", "", ""],
    )
    coded = code_form(
        form("Child: A", "1) Does your agency's file for this child contain?", things, "Comments: old", asked), CIN
    )
    found = {name: coded.answers[name].code for name in ("1b", "1e", "1g", "7", "9")}
    assert found == {"1b": "yes", "1e": "no", "1g": "missing", "7": "no", "9": "not_known"}
    assert [(one.question, one.text) for one in coded.comments] == [("1", "old"), ("7", "not the GP")]


def test_answers_typed_under_their_headings_in_a_sheet_are_answers_of_one_form() -> None:
    rows = [["Case no", "A", "", ""], ["No.", "Question", "Yes", "No"]]
    rows += [[name, TEXTS[name], *(["Yes", ""] if name != "A1" else ["", "No"])] for name in ("R1", "R2", "A1", "A2")]
    rows += [["A3", TEXTS["A3"], "", "No"]]
    sheet = replace(table(*rows, name='sheet "Audit"'), sheet="Audit")
    (part,) = parts_of(RawForm("xlsx", (sheet,)), NEGLECT, {})
    assert [part.coded.answers[name].code for name in ("R1", "R2", "A1", "A2", "A3")] == [
        "yes",
        "yes",
        "no",
        "yes",
        "no",
    ]


SUPERVISED = "2) Has a manager looked at the case or talked it over in supervision?"
AGENCIES = "7) Are all the agencies involved in this Child in Need Plan who should be?"


@pytest.mark.parametrize(
    "rows",
    [
        [[SUPERVISED, "☒ Yes\n☐ No\n☐ Not applicable"], [AGENCIES, "☐ Yes\n☒ No"]],
        [["2", SUPERVISED[3:], "☒ Yes", "☐ No"], ["7", AGENCIES[3:], "☐ Yes", "☒ No"]],
        [[f"{SUPERVISED}\n☒ Yes\n☐ No\n☐ Not applicable"], [f"{AGENCIES}\n☐ Yes\n☒ No\nComments: not the GP"]],
        [[SUPERVISED], ["☒ Yes"], ["☐ No"], [AGENCIES], ["No"]],
        [[SUPERVISED, "Yes"], [AGENCIES, "No", "not the GP"]],
    ],
    ids=["beside it", "number and boxes in cells", "in its cell", "below it", "without a heading"],
)
def test_questions_of_paragraphs_in_the_cells_of_a_table(rows: list[Row]) -> None:
    coded = code_form(form("Child: A", table(*rows)), CIN)
    assert (coded.answers["2"].code, coded.answers["7"].code) == ("yes", "no")
    assert [(one.question, one.text) for one in coded.comments] in ([], [("7", "not the GP")])


def test_a_row_whose_question_is_not_asked_as_the_tool_asks_it_leaves_the_one_above_alone() -> None:
    rows: list[Row] = [["Question", "Said"], [AGENCIES, "Yes"], ["Overseen or discussed in supervision", "No"]]
    coded = code_form(form("Child: A", table(*rows)), CIN)
    assert coded.answers["7"].code == "yes"
    assert coded.answers["2"].code in ("unclear", "missing")
    assert "No" in " ".join(problem.as_written for problem in coded.problems)


def test_a_list_of_things_to_tick_in_a_table_without_headings() -> None:
    things = table(
        ["up-to-date parent details", "✓"],
        ["case summary or chronology of key events", ""],
        ["Child in Need Plan", "✓"],
    )
    coded = code_form(form("Child: A", "1) Does your agency's file for this child contain?", things, "Comments:"), CIN)
    assert [coded.answers[name].code for name in ("1b", "1e", "1f")] == ["yes", "no", "yes"]


R1, A1, WELL = TEXTS["R1"], TEXTS["A1"], cell("What went well?", column_span=2)


@pytest.mark.parametrize(
    ("rows", "question"),
    [
        ([["No.", "Question", "Yes", "No", "Partly", WELL], ["R1", cell(R1, column_span=2), "", "✓", "", ""]], "R1"),
        ([["No.", "Question", "Yes", "No", WELL], [cell(f"R1 {R1}", column_span=2), "", "✓", "", ""]], "R1"),
        ([["No.", "Question", "Yes", "No", WELL], [cell(f"R1 {R1}", column_span=2), "✓", "", "", ""]], "R1"),
        ([HEADING[:5], ["R1", R1, "✓", "", ""], ["", "Assessment", "Yes", "Partly", "No"], ["A1", A1, "", "✓", ""]], "A1"),
        ([["No.", "Question", cell("Last audit", column_span=2), "Now"], ["", "", "Yes", "No", ""], ["R1", R1, "✓", "", "No"]], "R1"),
        ([["No.", "Question", cell("Moderator's view", column_span=2)], ["", "", "Yes", "No"], ["R1", R1, "✓", ""]], "R1"),
        ([[cell("Answers at the last audit (2016)", column_span=4)], ["No.", "Question", "Yes", "No"], ["R1", R1, "✓", ""]], "R1"),
        ([["No.", "Question", "Yes", "No", "Mostly"], ["R1", R1, "", "", "✓"]], "R1"),
    ],
    ids=[
        "merged otherwise than the heading",
        "number and question in one",
        "and the first value ticked",
        "another order further down",
        "the last audit",
        "the moderator",
        "a title of another time",
        "a column that is no value",
    ],
)  # fmt: skip
def test_a_tick_that_may_belong_to_another_value_or_to_somebody_else_is_unclear(rows: list[Row], question: str) -> None:
    heading, *others = rows
    found = neglect(*others, heading=heading).answers[question]
    assert found.code == "unclear"
    assert "✓" in found.as_written


LISTED = ["up-to-date parent details", "Child in Need Plan", "Child in Need Meeting record"]
ONE_SHEET = [
    (["✓", "", "✓"], [["Yes", ""], ["No", "✓"], ["Not applicable", ""]], ["yes", "no", "yes"], "no"),
    (["Yes", "No", "Yes"], [["✓", "Yes"], ["", "No"]], ["yes", "no", "yes"], "yes"),
    (["", "", ""], [["Yes", ""], ["No", "it was never shared"]], ["missing"] * 3, "unclear"),
    (["", "", "✓"], [["Yes", "✓"], ["No", "✓"]], ["no", "no", "yes"], "unclear"),
    (["", "", "✓"], [["Yes", "No"], ["x", ""]], ["no", "no", "yes"], "unclear"),
    (["", "", "✓"], [["Yes", "No"], ["", "✓"]], ["no", "no", "yes"], "unclear"),
    (["", "", "✓"], [["Yes", ""], ["No", ""]], ["no", "no", "yes"], "missing"),
]


@pytest.mark.parametrize(("ticks", "rows", "things", "answer"), ONE_SHEET)
def test_a_sheet_with_values_below_the_question_and_a_tick_beside_one(
    ticks: list[str], rows: list[Row], things: list[str], answer: str
) -> None:
    listed = [[words, tick] for words, tick in zip(LISTED, ticks, strict=True)]
    head: list[Row] = [
        ["Child:", "A"],
        ["Agency:", "Police"],
        ["1) Does your agency's file for this child contain?", ""],
    ]
    asked = "7) Are all the agencies involved in this Child in Need Plan who should be?"
    coded = code_form(
        form(table(*head, *listed, ["Comments:", "old"], [asked, ""], *rows, ["Comments:", "seen late"])), CIN
    )
    assert [coded.answers[name].code for name in ("1b", "1f", "1g")] == things
    assert coded.answers["7"].code == answer
    assert [(one.question, one.text) for one in coded.comments] == [("1", "old"), ("7", "seen late")]


def test_the_tick_may_stand_before_the_thing_of_a_list() -> None:
    man = "Does this include any male parent or carer in the household?"
    head: list[Row] = [["Child:", "A"], ["1) Does your agency's file for this child contain?", ""]]
    coded = code_form(form(table(*head, ["✓", LISTED[0]], ["", LISTED[1]], ["✓", man], ["Comments:", "old"])), CIN)
    assert [coded.answers[name].code for name in ("1b", "1f", "1c")] == ["yes", "no", "yes"]
