"""What the format of an instrument can say of other partnerships' tools, shown on small ones."""

from __future__ import annotations

import pytest

from audit_lib.coding.forms import CodedForm, code_form
from audit_lib.instrument import Instrument
from audit_lib.rawform import Table

from .raw_forms import form, paragraph, table
from .small_tools import JUDGED, MET, NUMBERS, RAG, WEIGHTED, tool

HEAD = ["Standard", "Rating"]


def coded(instrument: Instrument, *answers: str) -> CodedForm:
    rows = [[question.text, answer] for question, answer in zip(instrument.questions.values(), answers, strict=True)]
    return code_form(form("Small tool", table(["Case", "A"]), table(HEAD, *rows)), instrument)


def codes(one: CodedForm) -> list[str]:
    return [value.code for value in one.answers.values()]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Green", "green"),
        ("AMBER", "amber"),
        ("R", "red"),
        ("Red/Amber", "unclear"),
        ("Blue", "unclear"),
        ("Green - mostly", "unclear"),
        ("", "missing"),
    ],
)
def test_red_amber_green(written: str, code: str) -> None:
    one = coded(tool(RAG), written, "Green", "Red")
    assert codes(one) == [code, "green", "red"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Met", "met"),
        ("partly met", "partially_met"),
        ("Not met", "not_met"),
        ("0", "not_applicable"),
        ("met?", "unclear"),
        ("Met - the plan is signed", "met"),
        ("Met in part", "unclear"),
        ("Met, mostly", "unclear"),
        ("Met - not always", "unclear"),
        ("Met for one child only", "unclear"),
        ("Met - never for dad", "unclear"),
        ("Not met - never for dad", "not_met"),
        ("Met with family", "unclear"),
        ("Met with child on 3 May", "unclear"),
        ("Met them twice", "unclear"),
        ("Met - with a plan", "unclear"),
        ("Met on 3 May", "met"),
        ("Met - the family has a plan", "met"),
        ("Not met with", "not_met"),
    ],
)
def test_met_partially_met_not_met_and_nought_for_not_applicable(written: str, code: str) -> None:
    assert codes(coded(tool(MET), "Met", "Met", written))[2] == code


APPLIES = {
    "the condition holds and it is answered": (("Met", "Not met"), "not_met", ""),
    "the condition holds and it is left out": (("Met", ""), "missing", "answer_missing"),
    "the condition does not hold and it is left out": (("Not met", ""), "not_applicable", ""),
    "the condition does not hold and it is answered": (("Not met", "Met"), "met", "answer_not_expected"),
    "the condition is missing": (("", ""), "missing", "answer_missing"),
    "the condition is unclear": (("Met?", ""), "missing", "answer_missing"),
}


@pytest.mark.parametrize("name", APPLIES)
def test_a_question_that_applies_only_if_an_earlier_answer_says_so(name: str) -> None:
    (first, second), code, check = APPLIES[name]
    one = coded(tool(MET), first, second, "Met")
    assert one.answers["S2"].code == code
    assert [p.check for p in one.problems if p.settle == "S2"] == ([check] if check else [])


# Weights 2, 1, 1; points 1, one half, 0; worked by hand.
DERIVED = {
    ("Green", "Green", "Green"): "strong",  # 4 of 4
    ("Green", "Amber", "Amber"): "fair",  # 3 of 4, 75 per cent
    ("Green", "Red", "Red"): "fair",  # 2 of 4, exactly 50 per cent
    ("Amber", "Amber", "Red"): "weak",  # 1.5 of 4
    ("Green", "Green", ""): "missing",
    ("Green", "Green", "Green or red"): "unclear",
}


@pytest.mark.parametrize(("answers", "grade"), DERIVED.items())
def test_a_grade_that_follows_from_weighted_answers(answers: tuple[str, str, str], grade: str) -> None:
    assert coded(tool(WEIGHTED), *answers).grades["overall"].code == grade


def test_a_criterion_that_does_not_apply_takes_its_weight_out_of_the_whole() -> None:
    with_gap = WEIGHTED.replace("red: {label: Red", "not_applicable: {label: NA, spellings: [n/a]}, red: {label: Red")
    assert coded(tool(with_gap), "n/a", "Green", "Amber").grades["overall"].code == "fair"  # 1.5 of 2, 75 per cent
    assert coded(tool(with_gap), "n/a", "n/a", "n/a").grades["overall"].code == "missing"


def test_a_score_by_the_agency_and_one_by_a_moderator() -> None:
    text = NUMBERS.format(best="first", months=24)
    scored = tool(text + "score: {label: Score, cues: [score], minimum: 0, maximum: 3}\n")
    one = code_form(
        form("Small tool", table(["Area", "Rating"], ["Plans", "2"]), "Score: 2", "Moderator's score: 1"), scored
    )
    assert one.score is not None
    assert (one.score.number, {rater: value.number for rater, value in one.scores_by.items()}) == (2, {"moderator": 1})
    assert scored.lookback_months == 24


@pytest.mark.parametrize("prompt", ["Choose an item.", "Click or tap here to enter text.", "Please select"])
def test_what_a_word_processor_prints_in_an_empty_field_is_no_answer_on_any_scale(prompt: str) -> None:
    assert coded(tool(RAG), prompt, "Green", "Red").answers["S1"].code == "missing"


@pytest.mark.parametrize("style", ["heading 1", "title", ""])
@pytest.mark.parametrize(
    "title", ["Audit of strategy discussions", "Strategy discussions", "Strategy discussions 2021"]
)
@pytest.mark.parametrize("cue", ["audit of strategy discussions", "strategy discussions", "another tool"])
@pytest.mark.parametrize("head", ["Case: A", table(["Case", "A"])])
def test_a_printed_title_with_the_words_of_a_section_leaves_the_header_to_be_read(
    head: str | Table, cue: str, title: str, style: str
) -> None:
    names_section = RAG.replace(
        "title: Standards\n    cues: [standards]", "title: Discussions\n    cues: [strategy discussions]"
    )
    asked = table([*HEAD], ["Is the plan up to date?", "Green"], name="table 2")
    made = form(paragraph(title, style=style), head, paragraph("Strategy discussions", style="heading 2"), asked)
    one = code_form(made, tool(names_section.replace("cues: [small tool]", f"cues: [{cue}]")))
    assert {name: value.as_written for name, value in one.header.items()} == {"case": "A"}
    assert one.answers["S1"].code == "green"


def test_answers_in_a_column_for_each_child_are_in_doubt() -> None:
    rows = [
        ["Is the plan up to date?", "Green", "Red"],
        ["The child seen alone", "Green", "Green"],
        ["Visits on time", "", ""],
    ]
    one = code_form(
        form("Small tool", table(["Case", "A"]), table(["Standard", "Child 1", "Child 2"], *rows)), tool(RAG)
    )
    assert codes(one) == ["unclear", "unclear", "missing"]


@pytest.mark.parametrize(
    ("written", "code"), [("5", "5"), ("4 - good", "4"), ("0", "not_applicable"), ("3-4", "unclear")]
)
def test_a_value_that_is_a_number_is_read_as_that_number_whatever_its_label(written: str, code: str) -> None:
    labelled = NUMBERS.format(best="last", months=12).replace('["1", "2", "3", "4"]', '["3", "4", "5"]')
    start, end = labelled.index('      "1": {label'), labelled.index("      not_applicable")
    values = "".join(
        f'      "{number}": {{label: {number} - {word}}}\n' for number, word in ((3, "fair"), (4, "good"), (5, "best"))
    )
    one = code_form(
        form("Small tool", table(["Area", "Rating"], ["Plans", written])),
        tool(labelled[:start] + values + labelled[end:]),
    )
    assert one.grades["plans"].code == code


@pytest.mark.parametrize(("instrument", "code"), [(RAG, "unclear"), (MET, "missing")])
def test_a_cell_filled_with_a_colour_is_no_empty_answer_where_values_are_called_by_colours(
    instrument: str, code: str
) -> None:
    made = table(HEAD, ["Is the plan up to date?", ""], ["Is the child seen?", ""])
    filled = Table(tuple(one._replace(shaded=(one.row, one.column) == (1, 1)) for one in made.cells), made.where)
    one = code_form(form("Small tool", table(["Case", "A"]), filled), tool(instrument))
    assert codes(one)[:2] == [code, "missing"]


def test_a_grade_in_a_cell_filled_with_a_colour_is_in_doubt() -> None:
    coloured = (
        NUMBERS.format(best="first", months=12)
        .replace('label: "1"', "label: Green")
        .replace('label: "2"', "label: Amber")
    )
    made = table(["Area", "Rating"], ["Plans", ""], ["Visits", ""])
    filled = Table(tuple(one._replace(shaded=(one.row, one.column) == (1, 1)) for one in made.cells), made.where)
    one = code_form(form("Small tool", filled), tool(coloured))
    assert (one.grades["plans"].code, one.grades["visits"].code) == ("unclear", "missing")


def test_words_that_a_form_prints_before_those_by_which_the_score_is_known() -> None:
    scored = NUMBERS.format(best="first", months=24) + "score: {label: Score, cues: [how safe is the child]}\n"
    label = "On a scale from 0 to 10, how safe is the child? 6"
    one = code_form(form("Small tool", table(["Area", "Rating"], ["Plans", "2"]), label), tool(scored))
    assert one.score is not None
    assert one.score.number == 6


@pytest.mark.parametrize(("asked", "found"), [("heading", 1), ("row", 1)])
def test_a_form_of_grades_alone_is_known_by_them(asked: str, found: int) -> None:
    tool_of_grades = tool(JUDGED.replace("ASKED", asked))
    filled = form("Small tool", table(["Standard", "Judgement"], ["Quality of plans", "Good"]))
    agenda = form("Agenda", "Case: A", "Visits were discussed: Good progress")
    assert [code_form(one, tool_of_grades).questions_found for one in (filled, agenda)] == [found, 0]
