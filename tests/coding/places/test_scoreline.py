"""A score marked on a line of numbers in a table."""

from __future__ import annotations

import pytest

from audit_lib.coding.forms import code_form
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Cell, Mark, Paragraph, Run

from ..raw_forms import form, table

NEGLECT = load_instrument("neglect-2018")
NUMBERS = [str(number) for number in range(11)]
LABEL = "On a scale of 0 to 10, where would you rate the quality of the casework?"


def below(**marks: str) -> list[str]:
    return [marks.get(f"n{number}", "") for number in NUMBERS]


def highlighted(*chosen: str) -> list[str | Cell]:
    return [
        Cell(0, 0, (Paragraph((Run(number, Mark.HIGHLIGHTED),)),)) if number in chosen else number for number in NUMBERS
    ]


LINES: dict[str, tuple[list[list[str | Cell]], float | None, str]] = {
    "a number below": ([[*NUMBERS], below(n6="6")], 6, "read"),
    "a cross below": ([[*NUMBERS], below(n10="X")], 10, "read"),
    "a tick above": ([below(n0="✓"), [*NUMBERS]], 0, "read"),
    "highlighted": ([highlighted("7")], 7, "read"),
    "two highlighted": ([highlighted("7", "8")], None, "unclear"),
    "two crosses": ([[*NUMBERS], below(n6="x", n7="x")], None, "unclear"),
    "another number below": ([[*NUMBERS], below(n6="7")], None, "unclear"),
    "nothing": ([[*NUMBERS], below()], None, "missing"),
}


@pytest.mark.parametrize("name", LINES)
def test_the_number_that_is_marked(name: str) -> None:
    rows, number, code = LINES[name]
    head = table(["No.", "Question", "Response"], ["R1", NEGLECT.questions["R1"].text, "Yes"])
    score = code_form(form(head, LABEL, table(*rows, name="table 2")), NEGLECT).score
    assert score is not None
    assert (score.code, score.number) == (code, number)


def test_words_beside_the_line_are_told() -> None:
    head = table(["No.", "Question", "Response"], ["R1", NEGLECT.questions["R1"].text, "Yes"])
    coded = code_form(form(head, LABEL, table(NUMBERS, below(n6="because of visits"))), NEGLECT)
    assert "because of visits" in {problem.as_written for problem in coded.problems}
