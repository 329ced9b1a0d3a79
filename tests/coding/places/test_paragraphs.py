"""Questions asked in paragraphs, with options and things to tick below them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit_lib.coding.forms import CodedForm, code_form
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Mark, Paragraph, ReaderNote, Run

from ..raw_forms import form, table
from ..small_tools import LISTED, tool

SMALL = tool(LISTED)
Block = str | Paragraph


def box(ticked: bool, text: str) -> Paragraph:
    return Paragraph((Run("", ticked=ticked), Run(" " + text)))


S, H = Mark.STRUCK, Mark.HIGHLIGHTED


def look(text: str, mark: Mark) -> Paragraph:
    return Paragraph((Run(text, mark),))


def coded(*blocks: Block) -> CodedForm:
    return code_form(form("Small tool", "Case: A", *blocks), SMALL)


def answers(*blocks: Block) -> dict[str, str]:
    return {name: value.code for name, value in coded(*blocks).answers.items()}


SEEN = "2) Was the child seen?"
OPTIONS: dict[str, tuple[list[Block], str]] = {
    "one box ticked": ([box(True, "Yes"), box(False, "No"), box(False, "Not applicable")], "yes"),
    "two boxes ticked": ([box(True, "Yes"), box(True, "No"), box(False, "Not applicable")], "unclear"),
    "no box ticked": ([box(False, "Yes"), box(False, "No"), box(False, "Not applicable")], "missing"),
    "the others deleted": (["No"], "no"),
    "all left standing": (["Yes", "No", "Not applicable"], "missing"),
    "one of them once more behind it": (["Yes - yes", "No", "Not applicable"], "unclear"),
    "two left standing": (["Yes", "No"], "unclear"),
    "nothing below": ([], "missing"),
    "a tick typed before one of all": (["✓ Yes", "No", "Not applicable"], "yes"),
    "a tick typed behind one of all": (["Yes", "No ✓", "Not applicable"], "no"),
    "a cross typed beside one of all": (["Yes", "No", "x Not applicable"], "not_applicable"),
    "a tick and crosses": (["✓ Yes", "✗ No", "✗ Not applicable"], "yes"),
    "two ticks typed": (["✓ Yes", "✓ No", "Not applicable"], "unclear"),
    "two crosses typed": (["x Yes", "x No", "Not applicable"], "unclear"),
    "a tick beside other words": (["Yes", "No", "✓ see the plan"], "unclear"),
    "an answer with a remark": (["Yes - each week"], "yes"),
    "words that are no answer": (["See the plan"], "unclear"),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_the_options_below_a_question(name: str) -> None:
    below, code = OPTIONS[name]
    assert answers(SEEN, *below, "Comments:", "3) Is the level right?", "Yes")["2"] == code


def test_an_answer_may_stand_behind_the_question() -> None:
    assert answers("2) Was the child seen? No", "3. Is the level right? (the level of need) Yes") == {
        "1a": "missing",
        "1b": "missing",
        "1c": "missing",
        "2": "no",
        "3": "yes",
    }


def test_printed_words_beside_an_option_are_no_remark() -> None:
    one = coded("3) Is the level right?", box(False, "Yes"), box(True, "No - please say what you did"), "Comments:")
    assert one.answers["3"].code == "no"
    assert one.comments == []


def test_comments_belong_to_the_question_above() -> None:
    one = coded(
        SEEN, "Yes", "Comments: weekly", "and at school", "3) Is the level right?", "No", "Comments:", "too high"
    )
    assert [(c.section, c.question, c.column, c.text) for c in one.comments] == [
        ("", "2", "comment", "weekly"),
        ("", "2", "comment", "and at school"),
        ("", "3", "comment", "too high"),
    ]


def test_a_comment_that_begins_with_a_number_is_no_question() -> None:
    one = coded(SEEN, "Yes", "Comments:", "3 visits were missed", "2 of them in May")
    assert [c.text for c in one.comments] == ["3 visits were missed", "2 of them in May"]
    assert one.answers["3"].code == "missing"


LISTS: dict[str, tuple[list[Block], list[str]]] = {
    "boxes": ([box(True, "a plan"), box(False, "a chronology"), box(True, "minutes")], ["yes", "no", "yes"]),
    "none ticked": ([box(False, "a plan"), box(False, "a chronology"), box(False, "minutes")], ["missing"] * 3),
    "ticks typed": (["✓ a plan", "a chronology", "minutes ✔"], ["yes", "no", "yes"]),
    "ticks and crosses": (["✓ a plan", "✗ a chronology", "minutes"], ["yes", "no", "no"]),
    "crosses alone": (["x a plan", "a chronology", "minutes"], ["unclear", "unclear", "unclear"]),
    "answers typed": (["a plan - yes", "a chronology - no", "minutes: n/a"], ["yes", "no", "not_applicable"]),
    "brackets": (["[x] a plan", "[ ] a chronology", "( X ) minutes"], ["yes", "no", "yes"]),
    "brackets behind": (["a plan [x]", "a chronology [ ]", "minutes [ ]"], ["yes", "no", "no"]),
    "brackets with crosses alone": (["[x] a plan", "a chronology", "minutes"], ["unclear", "unclear", "unclear"]),
    "some highlighted": ([look("a plan", H), "a chronology", look("minutes", H)], ["unclear", "unclear", "unclear"]),
    "all highlighted": ([look(one, H) for one in ("a plan", "a chronology", "minutes")], ["missing"] * 3),
    "some struck": (["a plan", look("a chronology", S), "minutes"], ["unclear", "unclear", "unclear"]),
    "all struck": ([look(one, S) for one in ("a plan", "a chronology", "minutes")], ["unclear"] * 3),
    "all struck but one": ([look("a plan", S), look("a chronology", S), "minutes"], ["unclear", "unclear", "unclear"]),
    "one struck among ticks": (["✓ a plan", look("a chronology", S), "minutes"], ["yes", "no", "no"]),
    "one left out": ([box(True, "a plan"), box(False, "minutes")], ["yes", "missing", "no"]),
    "a tick that is hedged": ([box(True, "a plan - not up to date"), "a chronology"], ["unclear", "no", "missing"]),
}


@pytest.mark.parametrize("name", LISTS)
def test_things_to_tick(name: str) -> None:
    items, codes = LISTS[name]
    found = answers("1) Does your file hold the following on file?", *items, "Comments:", SEEN, "Yes")
    assert [found[item] for item in ("1a", "1b", "1c")] == codes
    assert found["2"] == "yes"


def test_the_comment_below_a_list_carries_the_number_of_the_list() -> None:
    one = coded("1) What is on file?", box(True, "a plan"), "Comments:", "minutes were never sent", SEEN, "No")
    assert [(c.question, c.text) for c in one.comments] == [("1", "minutes were never sent")]
    assert one.answers["1c"].code == "missing"


def test_a_question_that_stands_twice_is_unclear() -> None:
    assert answers(SEEN, "Yes", SEEN, "No")["2"] == "unclear"


def test_words_of_a_question_in_a_comment_are_a_comment() -> None:
    one = coded(SEEN, "Yes", "Comments:", "Was the child seen alone? We think so.", "3) Is the level right?", "No")
    assert one.answers["2"].code == "yes"
    assert [c.text for c in one.comments] == ["Was the child seen alone? We think so."]


def test_questions_whose_numbers_are_set_by_the_program_are_known_by_their_words() -> None:
    assert answers("Was the child seen?", "No", "Comments:", "Is the level right?", "Yes") == {
        "1a": "missing",
        "1b": "missing",
        "1c": "missing",
        "2": "no",
        "3": "yes",
    }


IN_LINES, CIN = load_instrument("neglect-2018"), load_instrument("child-in-need-2014")
R1, R2, A6 = (f"{name} {IN_LINES.questions[name].text}" for name in ("R1", "R2", "A6"))


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (["Response: Yes"], "yes"),
        (["Response: No - not recorded"], "no"),
        (["Response:"], "missing"),
        (["(If yes, how was this seen, and by whom", "in the agency?)", "Response: No"], "no"),
        (["☒ Yes ☐ No"], "yes"),
        (["(If yes, how was this seen?)", "☐ Yes ☒ No"], "no"),
        (["☐ Yes ☐ No"], "missing"),
        (["Partly"], "partly"),
        (["Yes", "Response: No"], "unclear"),
        (["Response: Yes", "Response: No"], "unclear"),
        (["☒ Yes ☐ No", "☐ Yes ☒ No"], "unclear"),
        (["Response: Yes", "No"], "unclear"),
        (["it was seen late"], "unclear"),
        ([], "missing"),
    ],
)
def test_a_form_without_tables_has_its_answers_below_the_questions(lines: list[str], codes: str) -> None:
    head = ["Case no (UIN)\tA", "Agency completing the audit:\tPolice", "Quality of the Recognition:", R1, *lines]
    rest = [R2, "Response: No", "What went well? seen at once", "Judgement on the Quality of Recognition:", "Good"]
    coded = code_form(
        form(*head, *rest, "Quality of the Assessment:", A6, "Response: Yes", "Any other comments:", "none"), IN_LINES
    )
    assert [coded.answers[name].code for name in ("R1", "R2", "A6")] == [codes, "no", "yes"]
    assert coded.grades["R"].code == "good"
    assert (coded.header["case"].as_written, coded.header["agency"].as_written) == ("A", "Police")
    assert ("R2", "going_well", "seen at once") in [(one.question, one.column, one.text) for one in coded.comments]


def test_minutes_that_name_two_questions_are_no_form() -> None:
    coded = code_form(form("Case no: A", R1, "Response: Yes", R2, "Response: No"), IN_LINES)
    assert {value.code for value in coded.answers.values()} == {"missing"}


@pytest.mark.parametrize(("page", "code"), [("page 1", "unclear"), ("page 2", "yes")])
def test_lines_read_across_columns_are_in_doubt(page: str, code: str) -> None:
    lines = [Paragraph((Run(text),), where="page 1, line 2") for text in ("Case: A", "2) Was the child seen?", "Yes")]
    whole = replace(form("Small tool", *lines), notes=(ReaderNote("reading_order", page, "side by side"),))
    assert {value.code for value in code_form(whole, SMALL).answers.values() if value.locator} == {code}


@pytest.mark.parametrize(("ticked", "code"), [("Yes", "yes"), ("No", "no"), ("", "missing"), ("Yes No", "unclear")])
def test_boxes_behind_a_question_in_its_own_line(ticked: str, code: str) -> None:
    boxes = [run for one in ("Yes", "No") for run in (Run("", ticked=one in ticked), Run(f" {one}   "))]
    assert answers(Paragraph((Run("2) Was the child seen?   "), *boxes)))["2"] == code


def test_questions_side_by_side_with_answers_below_them_are_in_doubt() -> None:
    asked = {name: f"{name}) {question.text}" for name, question in CIN.questions.items()}
    rows = [[asked["7"], asked["5"]], ["Yes", "No"], [asked["10"], asked["11"]], ["No", "Yes"]]
    coded = code_form(form("Case no: A", table(*rows)), CIN)
    assert {coded.answers[name].code for name in ("7", "10")} == {"unclear"}
    places = [problem.locator for problem in coded.problems if problem.check == "text_not_placed"]
    assert [place[:14] for place in places] == ["table 1, row 2"] * 2 + ["table 1, row 4"] * 2
