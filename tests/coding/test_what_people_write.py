"""Ways of filling in a form that once gave a wrong code, lost words, or asked a person in vain."""

from __future__ import annotations

import pytest

from audit_lib.coding.forms import CodedForm, code_form
from audit_lib.coding.values.choices import choose
from audit_lib.coding.values.dates import read_date
from audit_lib.instruments import load_instrument, shared_scales
from audit_lib.rawform import Cell, Paragraph, Run

from .raw_forms import cell, form, table
from .small_tools import LISTED, tool

AUDIT = load_instrument("case-audit-2021")
HEAD = ["AREA OF PRACTICE", "Judgement (J)", "Text Evidence (E) Impact (I)"]
RISK, PLANS = AUDIT.grades[0].title, "Quality of plans"
LIST = tool(LISTED)

JUDGEMENTS = {
    "Meets good - no": "unclear",
    "Meets good: No": "unclear",
    "Meets good – N": "unclear",
    "Meets good - changed to does not": "unclear",
    "Meets good (auditor) / does not (moderator)": "unclear",
    "Meets Good - moderated down": "unclear",
    "Meets good - sibling: does not": "unclear",
    "Meets good (barely)": "unclear",
    "Meets good at times": "unclear",
    "does not meet good - but meets in direct work": "unclear",
    "Meets Good+": "unclear",
    "Moderator: does not meet good": "unclear",
    "Previous judgement: meets good": "unclear",
    "Judgement: Meets good": "meets_good",
    "Meets good - plans were shared": "meets_good",
    "Does not meet good - no plan was seen": "does_not_meet_good",
    "N/A - not looked after": "not_applicable",
    "N/A no drug issues": "not_applicable",
    "N/A?": "unclear",
    "Meets good-": "unclear",
    "Meets good at first, then does not": "unclear",
    "Meets good −": "unclear",
    "Meets good -": "unclear",
}


@pytest.mark.parametrize(("written", "code"), JUDGEMENTS.items())
def test_judgements(written: str, code: str) -> None:
    assert choose((Run(written),), shared_scales()["good_three"]).code == code


ANSWERS = {
    "Yes - no longer": "unclear",
    "Yes but no longer": "unclear",
    "Yes until May": "unclear",
    "Yes - N for dad": "unclear",
    "Yes - no concerns": "yes",
    "N/A - not stepped down": "not_applicable",
    "N/A no drug issues": "not_applicable",
    "Not relevant information was shared": "unclear",
    "Yes - this was not done": "unclear",
    "Yes it was not": "unclear",
    "Yes - it wasn't always": "unclear",
    "No, this was done well": "unclear",
    "Yes-ish": "unclear",
    "Yes more or less": "unclear",
    "Yes 2/4": "unclear",
    "Yes 50:50": "unclear",
    "Yes - one out of four visits": "unclear",
    "Yes - 3 of 4": "unclear",
    "Yes (some)": "unclear",
    "Yes in theory": "unclear",
    "Yes, to a point": "unclear",
    "Yes at first": "unclear",
    "Yes - 2/5/2018": "yes",
    "Yes - some good work with the school": "yes",
    "Yes - support 24/7": "yes",
    "Yes -": "yes",
    "✅": "yes",
    "✔️": "yes",
    "❌": "no",
    "👍": "unclear",
    "☐": "missing",
    "No - this was not done": "no",
    "yes " * 20_000: "yes",
    "yes no " * 20_000: "unclear",
}


@pytest.mark.parametrize(("written", "code"), ANSWERS.items(), ids=[text[:40] for text in ANSWERS])
def test_answers(written: str, code: str) -> None:
    assert choose((Run(written),), shared_scales()["yes_no"]).code == code


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("Yes\nNo\nYES", "yes"),
        ("Yes No YES", "yes"),
        ("Yes\nNo\nN/A", "unclear"),
        ("Yes\nNo\nYes\nNo", "unclear"),
        ("Yes & \nNo", "unclear"),
        ("Yes <---\nNo", "unclear"),
        ("YES\nno", "unclear"),
        ("Yes\nNo", "missing"),
    ],
)
def test_printed_options_that_somebody_worked_on_are_not_left_as_they_were(lines: str, code: str) -> None:
    assert choose((Run(lines),), shared_scales()["yes_no"], options=("yes", "no")).code == code


DATES = [
    "within 2 weeks of 24/05/2021", "2 weeks from 24/05/2021", "1 month after 24/05/2021", "after 24/05/2021", "was 24/05/2021",
    "Completed 10/05/2021", "14/15 June 2021", "1st and 15th June 2021", "May 2021 panel + 2 weeks", "since May 2021",
]  # fmt: skip


@pytest.mark.parametrize("written", DATES)
def test_dates_that_mean_another_day_are_left_open(written: str) -> None:
    assert read_date(written) == ""


def coded(*blocks: object) -> CodedForm:
    return code_form(form("Children's Services - Case Audit Form", *blocks), AUDIT)  # type: ignore[arg-type]


def told(one: CodedForm) -> set[str]:
    return {problem.as_written for problem in one.problems}


LABELS = {
    "Evidence: a\nImpact on the child: b": [("evidence", "a"), ("impact", "b")],
    "E: a\nI: b": [("evidence", "a"), ("impact", "b")],
    "Evidence: a\nImpact/outcome: b": [("evidence", "a"), ("impact", "b")],
    "Evidence: a\nImpacts: b": [("evidence", "a"), ("impact", "b")],
    "Evidence: visited. Impact\non her was low": [("evidence", "visited. Impact"), ("evidence", "on her was low")],
    "I think so: yes": [("comment", "I think so: yes")],
}  # fmt: skip


@pytest.mark.parametrize("text", LABELS)
def test_labels(text: str) -> None:
    one = coded(table(HEAD, [RISK, "Meets Good", text]))
    assert [(c.column, c.text) for c in one.comments] == LABELS[text]


def test_a_column_headed_by_both_kinds_of_text_holds_both() -> None:
    one = coded(table(["Area", "Judgement", "Evidence/Impact"], [RISK, "Meets Good", "Evidence: a\nImpact: b"]))
    assert [(c.column, c.text) for c in one.comments] == [("evidence", "a"), ("impact", "b")]


def test_what_an_earlier_audit_found_is_not_taken_for_this_one() -> None:
    one = coded(
        table(HEAD, [RISK, "Meets Good", ""]), "Previous audit (2020)", table(HEAD, [PLANS, "Exceeds good", "old"])
    )
    assert one.grades["plans"].code == "missing"
    assert {"Exceeds good", "old"} <= told(one)


def test_a_judgement_merged_over_two_areas_is_unclear_for_both() -> None:
    one = coded(table(HEAD, [RISK, cell("Meets Good", row_span=2), "a"], [PLANS, "b"]))
    assert {one.grades[name].code for name in ("risk", "plans")} == {"unclear"}


@pytest.mark.parametrize(
    "row", [[f"{RISK}\nMeets Good", "", ""], [RISK, "", "Judgement: DNMG"], [RISK, "", "Meets good"]]
)
def test_a_judgement_in_the_wrong_cell_is_unclear_and_not_missing(row: list[str]) -> None:
    one = coded(table(HEAD, row, [PLANS, "Meets Good", ""]))
    assert (one.grades["risk"].code, one.grades["plans"].code) == ("unclear", "meets_good")


def test_cells_under_headings_that_belong_to_nothing_are_told() -> None:
    one = coded(table([*HEAD, "By when"], [RISK, "Meets Good", "a", "soon enough"]))
    assert "soon enough" in told(one)


def test_an_area_that_the_tool_does_not_have_is_told_as_added_with_its_judgement() -> None:
    one = coded(table(HEAD, ["Outcomes for siblings", "Exceeds good", "all well"], [RISK, "Meets Good", ""]))
    added = [problem.as_written for problem in one.problems if problem.check == "question_added"]
    assert added
    assert "Exceeds good" in added[0]


ACTION_HEAD = ["Action required", "By Whom", "By When"]


@pytest.mark.parametrize(
    "text", ["Action: SW to refer to FGC", "Actions needed by Friday", "Agreed actions: visit weekly"]
)
def test_a_sentence_that_begins_like_the_title_of_the_actions_is_not_lost(text: str) -> None:
    one = coded(table(HEAD, [RISK, "Meets Good", ""]), text, table(ACTION_HEAD, ["a", "SW", "24/05/2021"]))
    assert text in told(one)


def test_an_action_that_names_an_area_is_an_action() -> None:
    one = coded(
        table(HEAD, [PLANS, "Meets Good", ""]),
        table(ACTION_HEAD, ["Quality of plans to be improved", "SW", "June 2021"]),
    )
    assert [(a.action, a.by_whom, a.by_when) for a in one.actions] == [
        ("Quality of plans to be improved", "SW", "2021-06")
    ]
    assert one.grades["plans"].code == "meets_good"


def test_a_further_column_beside_the_actions_hides_none_and_is_told() -> None:
    one = coded(
        table(HEAD, [RISK, "Meets Good", ""]),
        table([*ACTION_HEAD, "Progress"], ["a visit", "SW", "24/05/2021", "done twice"]),
    )
    assert [a.action for a in one.actions] == ["a visit"]
    assert "done twice" in told(one)


def test_a_row_that_says_none_is_no_action() -> None:
    one = coded(table(HEAD, [RISK, "Meets Good", ""]), table(ACTION_HEAD, ["N/A", "", ""], ["None", "", ""]))
    assert one.actions == []


def test_a_field_given_twice_is_told() -> None:
    one = coded(
        table(["Date of Audit", "12/05/2021"], ["Date of Audit", "13/05/2021"]), table(HEAD, [RISK, "Meets Good", ""])
    )
    assert one.header["audit_date"].code == "2021-05-12"
    assert "13/05/2021" in told(one)


def line(*parts: str | bool) -> Paragraph:
    return Paragraph(tuple(Run("", ticked=part) if isinstance(part, bool) else Run(part) for part in parts))


ITEMS: dict[str, tuple[list[Paragraph], list[str]]] = {
    "several boxes and line breaks in one paragraph": (
        [line(False, " a plan\n", True, " a chronology\n", False, " minutes")],
        ["no", "yes", "no"],
    ),
    "two boxes in a line": (
        [line(True, " a plan\t", False, " a chronology"), line(False, " minutes")],
        ["yes", "no", "no"],
    ),
    "boxes behind the words": (
        [line("a plan ", False, " a chronology ", True, " minutes ", False)],
        ["no", "yes", "no"],
    ),
    "yes typed beside an empty box": (
        [line(False, " a plan Yes"), line(True, " a chronology"), line(False, " minutes")],
        ["unclear", "yes", "no"],
    ),
    "not before the words": (
        [line(True, " not a plan"), line(False, " a chronology"), line(False, " minutes")],
        ["unclear", "no", "no"],
    ),
    "some typed, some ticked": (
        [line("a plan - yes"), line(True, " a chronology"), line("minutes - n/a")],
        ["yes", "yes", "not_applicable"],
    ),
    "boxes whose state the file does not tell": (
        [line("\ufffd a plan"), line("\ufffd a chronology"), line("\ufffd minutes")],
        ["unclear", "unclear", "unclear"],
    ),
    "answers behind the words": (
        [line("a plan Yes"), line("a chronology No"), line("minutes")],
        ["yes", "no", "missing"],
    ),
}


@pytest.mark.parametrize("name", ITEMS)
def test_things_to_tick(name: str) -> None:
    items, codes = ITEMS[name]
    one = code_form(
        form("Small tool", "1) What is on file?", *items, "Comments:", "2) Was the child seen?", "Yes"), LIST
    )
    assert [one.answers[item].code for item in ("1a", "1b", "1c")] == codes
    assert one.answers["2"].code == "yes"


def test_words_behind_the_lead_of_a_list_are_told() -> None:
    one = code_form(form("Small tool", "1) What is on file? Yes - all", line(True, " a plan")), LIST)
    assert "Yes - all" in told(one)


def test_a_question_with_the_number_of_another_is_unclear_and_not_lost() -> None:
    one = code_form(form("Small tool", "3) Was the child seen?", "Yes", "Comments:", "weekly"), LIST)
    assert one.answers["2"].code == "unclear"
    assert [(c.question, c.text) for c in one.comments] == [("2", "weekly")]


def test_a_mark_under_several_numbers_is_no_score() -> None:
    neglect = load_instrument("neglect-2018")
    numbers = [str(number) for number in range(11)]
    label = "On a scale of 0 to 10, where would you rate the quality of the casework?"
    head = table(["No.", "Question", "Response"], ["R1", neglect.questions["R1"].text, "Yes"])
    merged = [*[""] * 6, Cell(0, 0, (Paragraph((Run("X"),)),), column_span=2), *[""] * 3]
    one = code_form(form(head, label, table(numbers, merged)), neglect)
    assert one.score is not None
    assert one.score.code == "unclear"


def test_a_printed_heading_ends_a_free_field_and_is_told() -> None:
    heading = Paragraph((Run("What happens next"),), "paragraph 9", style="heading 1")
    areas = table(HEAD, [RISK, "Meets good", "Evidence: seen"])
    one = code_form(form(areas, "Additional comments:", "All went well.", heading, "Filed by the office"), AUDIT)
    assert "What happens next" not in [comment.text for comment in one.comments]
    assert "What happens next" in [p.as_written for p in one.problems if p.check == "text_not_placed"]


def test_a_row_with_a_cell_more_than_its_heading_is_doubted() -> None:
    neglect = load_instrument("neglect-2018")
    head = ["No.", "Question", "Response (Yes/No)", "What went well?"]
    first, second = (neglect.questions[name].text for name in ("R1", "R2"))
    rows = table(head, ["R1", first, "No", "Yes", "seen"], ["R2", second, "No", "seen"])
    one = code_form(form("Quality of the Recognition:", rows), neglect)
    assert [one.answers[name].code for name in ("R1", "R2")] == ["unclear", "no"]
