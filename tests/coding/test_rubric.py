"""Grades by choosing a descriptor: which one was chosen, and which row it is."""

from __future__ import annotations

import pytest

from audit_lib.coding.forms import CodedForm, code_form
from audit_lib.rawform import Cell, Mark, Paragraph, Run, Table

from .raw_forms import form, table
from .small_tools import RUBRIC, tool

SMALL = tool(RUBRIC)
HEAD = ["", "O: Outstanding", "G: Good", "R: Requires Improvement", "I: Inadequate", ""]
FOUR = ["best of all", "well done", "some gaps", "not done"]
PLAIN = {"REF2": ["Speed", *FOUR, ""], "REF3": ["Consent", *FOUR, ""]}


def marked(text: str, mark: Mark) -> Cell:
    return Cell(0, 0, (Paragraph((Run(text, mark),)),))


def shaded(text: str) -> Cell:
    return Cell(0, 0, (Paragraph((Run(text),)),), shaded=True)


def wide(text: str, span: int, *, shaded: bool = False) -> Cell:
    return Cell(0, 0, (Paragraph((Run(text),)),), column_span=span, shaded=shaded)


def ticked(text: str, state: bool) -> Cell:
    return Cell(0, 0, (Paragraph((Run("", ticked=state), Run(" " + text))),))


def with_cells(rows: list[list[str | Cell]], name: str = "table 1") -> Table:
    """The table of :func:`raw_forms.table`, with the shading of its cells kept."""
    made = table(*rows, name=name)
    kept = [entry.shaded if isinstance(entry, Cell) else False for row in rows for entry in row]
    cells = tuple(
        Cell(c.row, c.column, c.paragraphs, c.row_span, c.column_span, c.where, c.column_where, shade)
        for c, shade in zip(made.cells, kept, strict=True)
    )
    return Table(cells, name)


def coded(first: list[str | Cell]) -> CodedForm:
    rows = [HEAD, ["Threshold", *first], *PLAIN.values()]
    return code_form(form("Small tool", "SECTION 1: REFERRAL", with_cells(rows)), SMALL)


CHOICES: dict[str, tuple[list[str | Cell], str]] = {
    "nothing": ([*FOUR, ""], "missing"),
    "a letter in the fifth column": ([*FOUR, "G"], "good"),
    "a word in the fifth column": ([*FOUR, "Requires improvement"], "requires_improvement"),
    "RI in the fifth column": ([*FOUR, "RI"], "requires_improvement"),
    "a tick alone in the fifth column": ([*FOUR, "✓"], "unclear"),
    "two letters in the fifth column": ([*FOUR, "G/R"], "unclear"),
    "a query in the fifth column": ([*FOUR, "G?"], "unclear"),
    "a tick before a descriptor": ([FOUR[0], "✓ well done", *FOUR[2:], ""], "good"),
    "a tick after a descriptor": ([FOUR[0], "well done ✔", *FOUR[2:], ""], "good"),
    "ticks beside two": (["✓ best of all", "✓ well done", *FOUR[2:], ""], "unclear"),
    "a ticked box": ([ticked("best of all", False), ticked("well done", True), *FOUR[2:], ""], "good"),
    "boxes and none ticked": ([ticked(text, False) for text in FOUR] + [""], "missing"),
    "a highlighted descriptor": ([*FOUR[:3], marked("not done", Mark.HIGHLIGHTED), ""], "inadequate"),
    "two highlighted": ([FOUR[0], *(marked(t, Mark.HIGHLIGHTED) for t in FOUR[1:3]), FOUR[3], ""], "unclear"),
    "a shaded cell": ([*FOUR[:2], shaded("some gaps"), FOUR[3], ""], "requires_improvement"),
    "two shaded cells": ([FOUR[0], shaded(FOUR[1]), shaded(FOUR[2]), FOUR[3], ""], "unclear"),
    "all four shaded, by design": ([*map(shaded, FOUR), ""], "missing"),
    "a bold descriptor": ([FOUR[0], marked("well done", Mark.BOLD), *FOUR[2:], ""], "good"),
    "all four bold, by design": ([*(marked(text, Mark.BOLD) for text in FOUR), ""], "missing"),
    "one descriptor kept": (["", "the threshold is known", "", "", ""], "good"),
    "three struck out": ([*(marked(t, Mark.STRUCK) for t in FOUR[:3]), "threshold not known", ""], "inadequate"),
    "other words in the place of all": (["", "Parents not aware. Poor.", "", "", ""], "unclear"),
    "four merged, not applicable": ([wide("N/A - no referral", 4), ""], "not_applicable"),
    "four merged, other words": ([wide("Good: parents aware", 4), ""], "unclear"),
    "two merged and shaded": ([FOUR[0], wide("well done", 2, shaded=True), FOUR[3], ""], "unclear"),
    "two letters with a dash": ([*FOUR, "R-I"], "unclear"),
    "two letters with a long dash": ([*FOUR, "G – R"], "unclear"),
    "a letter and another in brackets": ([*FOUR, "G (R)"], "unclear"),
    "a letter, an arrow, a letter": ([*FOUR, "G -> R"], "unclear"),
    "a letter for siblings": ([*FOUR, "G (R for siblings)"], "unclear"),
    "a word and a letter": ([*FOUR, "Good - R"], "unclear"),
    "a letter denied": ([*FOUR, "G - no"], "unclear"),
    "a highlighted note": ([*FOUR[:3], marked("N/A", Mark.HIGHLIGHTED), ""], "not_applicable"),
    "not before a cross": ([FOUR[0], "well done not x", *FOUR[2:], ""], "unclear"),
    "a hedge behind a tick": ([FOUR[0], "✓ partly well done", *FOUR[2:], ""], "unclear"),
    "a query behind a tick": ([FOUR[0], "well done ✓?", *FOUR[2:], ""], "unclear"),
    "a letter typed in its own cell": ([FOUR[0], "well done\nG", *FOUR[2:], ""], "good"),
    "a letter typed in another cell": ([FOUR[0], "well done\nR", *FOUR[2:], ""], "unclear"),
    "yes typed in one cell": ([FOUR[0], "well done\nYes", *FOUR[2:], ""], "good"),
    "not applicable in all": (["N/A", "N/A", "N/A", "N/A", ""], "not_applicable"),
    "not applicable beside, with a remark": ([*FOUR, "N/A - not looked after"], "not_applicable"),
    "a letter with a reason": ([*FOUR, "R because of delay"], "requires_improvement"),
    "between two letters": ([*FOUR, "Between G and R"], "unclear"),
    "two kept": (["", "well done", "some gaps", "", ""], "unclear"),
    "a letter that contradicts a tick": (["✓ best of all", *FOUR[1:], "I"], "unclear"),
    "a letter that agrees with a tick": (["✓ best of all", *FOUR[1:], "O"], "outstanding"),
    "a letter with a remark": ([*FOUR, "G - since the referral came at once"], "good"),
}


@pytest.mark.parametrize("name", CHOICES)
def test_which_descriptor_was_chosen(name: str) -> None:
    cells, code = CHOICES[name]
    one = coded(cells)
    assert one.grades["REF1"].code == code
    assert {one.grades[other].code for other in ("REF2", "REF3")} == {"missing"}


def test_the_descriptor_chosen_is_what_was_written_and_its_place_is_told() -> None:
    one = coded(["", "the threshold is known", "", "", ""])
    assert one.grades["REF1"].as_written == "the threshold is known"
    assert one.grades["REF1"].locator == "table 1, row 2"


def test_a_sentence_beside_the_descriptors_is_a_comment_and_no_grade() -> None:
    one = coded([*FOUR, "The referral came late on a Friday"])
    assert one.grades["REF1"].code == "missing"
    assert [(c.section, c.question, c.column, c.text) for c in one.comments] == [
        ("REF1", "", "comment", "The referral came late on a Friday")
    ]


def grades(*blocks: str | Table) -> dict[str, str]:
    one = code_form(form("Small tool", *blocks), SMALL)
    return {name: value.code for name, value in one.grades.items()}


def test_rows_in_another_order_are_known_by_their_words() -> None:
    rows = [HEAD, ["Consent", *FOUR, "I"], ["Speed", *FOUR, "R"], ["Threshold", *FOUR, "G"]]
    found = grades("SECTION 1: REFERRAL", table(*rows))
    assert (found["REF1"], found["REF2"], found["REF3"]) == ("good", "requires_improvement", "inadequate")


def test_a_row_without_label_is_known_by_any_descriptor_and_by_its_place_when_all_rows_are_there() -> None:
    head = HEAD[1:]
    rows = [head, [*FOUR, "G"], ["seen within a day", "", "", "", ""], [*FOUR, "I"]]
    found = grades("SECTION 1: REFERRAL", table(*rows))
    assert (found["REF1"], found["REF2"], found["REF3"]) == ("good", "outstanding", "inadequate")


def test_a_row_left_out_moves_no_grade_to_another_row() -> None:
    rows = [HEAD, ["", *FOUR, "G"], ["Consent", *FOUR, "I"]]
    found = grades("SECTION 1: REFERRAL", table(*rows))
    assert (found["REF1"], found["REF2"], found["REF3"]) == ("unclear", "unclear", "inadequate")


def test_a_row_that_stands_twice_is_unclear() -> None:
    rows = [HEAD, ["Threshold", *FOUR, "G"], ["Threshold", *FOUR, "I"], ["Speed", *FOUR, "G"]]
    assert grades("SECTION 1: REFERRAL", table(*rows))["REF1"] == "unclear"


def test_the_heading_of_a_group_may_stand_in_the_table_or_be_left_out() -> None:
    rows = [
        ["SECTION 3: RECORDING", "", "", "", "", ""],
        HEAD,
        ["", "well written", "", "", "", ""],
        ["", "", "dated", "", "", ""],
    ]
    assert grades(table(*rows)) == grades("SECTION 1: REFERRAL", table(*rows[1:]))
    assert grades(table(*rows))["REC1"] == "outstanding"
    assert grades(table(*rows))["REC2"] == "good"


def test_a_column_that_is_bold_by_design_says_nothing() -> None:
    head = [*HEAD[:2], marked("G: Good", Mark.BOLD), *HEAD[3:]]
    rows = [[name, FOUR[0], marked(FOUR[1], Mark.BOLD), *FOUR[2:], ""] for name in ("Threshold", "Speed", "Consent")]
    found = grades("SECTION 1: REFERRAL", with_cells([head, *rows]))
    assert {found[name] for name in ("REF1", "REF2", "REF3")} <= {"missing", "unclear"}


def test_headings_may_be_letters_alone() -> None:
    rows = [["", "O", "G", "R", "I", ""], ["Threshold", *FOUR, "G"], *PLAIN.values()]
    assert grades("SECTION 1: REFERRAL", table(*rows))["REF1"] == "good"


def test_a_choice_in_a_row_that_the_rubric_does_not_have_is_told() -> None:
    rows = [HEAD, ["Threshold", *FOUR, "G"], *PLAIN.values(), ["Biscuits", "a", "b", "c", "d", "I"]]
    one = code_form(form("Small tool", "SECTION 1: REFERRAL", table(*rows)), SMALL)
    assert one.grades["REF1"].code == "good"
    assert [problem.as_written for problem in one.problems if problem.check == "question_added"]
