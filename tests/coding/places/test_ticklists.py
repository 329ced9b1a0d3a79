"""Lists of things to tick: what is entered beside them in ways of people's own."""

from __future__ import annotations

import pytest

from audit_lib.coding.forms import CodedForm, code_form
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Cell, Mark, Paragraph, Run

from ..raw_forms import form, table

CIN = load_instrument("child-in-need-2014")
LEAD = "1) What does your file on this child hold?"
NAMES = ["1a", "1b", "1c", "1d", "1e", "1f", "1g"]
WORDS = [CIN.questions[name].text for name in NAMES]
Beside = list[str | Cell]
Codes = dict[str, str]


def coded(*rows: Beside) -> CodedForm:
    return code_form(form("Child in need audit", table(["Child:", "A"]), LEAD, table(*rows), "Comments:", "seen"), CIN)


def beside(first: Beside, *others: Beside) -> CodedForm:
    """Rows of the things with what is beside them; the last of ``others`` stands beside all that are left."""
    entered = [first, *others, *[(others or (first,))[-1]] * (6 - len(others))]
    return coded(*[[words, *cells] for words, cells in zip(WORDS, entered, strict=True)])


def codes_of(one: CodedForm) -> list[str]:
    return [one.answers[name].code for name in NAMES]


def look(mark: Mark) -> Cell:
    return Cell(0, 0, (Paragraph((Run("Yes", mark), Run(" / No"))),))


ALL_ALIKE: dict[str, tuple[Beside, str]] = {
    "a tick before yes, no in a cell of its own": (["✓ Yes", "No"], "yes"),
    "a tick behind yes, no in a cell of its own": (["Yes ✓", "No"], "yes"),
    "a tick behind no, yes in a cell of its own": (["Yes", "No ✓"], "no"),
    "a tick and both in one cell": (["Yes ✓ / No"], "yes"),
    "a cross between the two": (["Yes x  No"], "unclear"),
    "a tick between the two": (["Yes ✓ No"], "unclear"),
    "both left standing": (["Yes / No"], "missing"),
    "both letters left standing": (["Y / N"], "missing"),
    "both left standing in cells": (["Yes", "No"], "missing"),
    "a plain tick": (["✓"], "yes"),
    "two ticks": (["✓✓"], "yes"),
    "a question mark": (["?"], "unclear"),
    "other words": (["see system"], "unclear"),
}


@pytest.mark.parametrize("name", ALL_ALIKE)
def test_all_things_with_the_same_beside_them(name: str) -> None:
    cells, code = ALL_ALIKE[name]
    assert codes_of(beside(cells)) == [code] * 7


FIRST_IS_OTHER: dict[str, tuple[Beside, Beside, str, str]] = {
    "yes highlighted": ([look(Mark.HIGHLIGHTED)], ["Yes / No"], "yes", "missing"),
    "yes in bold": ([look(Mark.BOLD)], ["Yes / No"], "yes", "missing"),
    "yes underlined": ([look(Mark.UNDERLINED)], ["Yes / No"], "yes", "missing"),
    "one yes and the rest untouched": (["Yes"], ["Yes / No"], "yes", "missing"),
    "a full stop": (["✓."], ["✓"], "yes", "yes"),
    "a tick from a telephone": (["✔\ufe0f"], [""], "yes", "no"),
    "two ticks": (["✓✓"], ["✓"], "yes", "yes"),
    "a remark in brackets": (["✓ (paper)"], ["✓"], "yes", "yes"),
    "two ticks where others have none": (["✓✓"], [""], "yes", "no"),
    "a word behind the tick": (["✓ old"], ["✓"], "unclear", "yes"),
    "a denial behind the tick": (["✓ not signed"], ["✓"], "unclear", "yes"),
    "a denial in brackets": (["✓ (not signed)"], ["✓"], "unclear", "yes"),
    "a query behind the tick": (["✓?"], ["✓"], "unclear", "yes"),
    "a query": (["?"], ["✓"], "unclear", "yes"),
    "a date": (["3/4/14"], ["✓"], "unclear", "yes"),
    "nothing": ([""], ["✓"], "no", "yes"),
    "a cross": (["x"], ["✓"], "no", "yes"),
    "a remark behind yes": (["Yes - old"], ["No"], "yes", "no"),
    "a remark behind no": (["No - verbal only"], ["Yes"], "no", "yes"),
    "a denial behind yes": (["Yes - not signed"], ["No"], "unclear", "no"),
    "words where others have values": (["out of date"], ["Yes"], "unclear", "yes"),
    "a query where others have values": (["?"], ["Yes"], "unclear", "yes"),
    "nothing where others have values": ([""], ["Yes"], "missing", "yes"),
}


@pytest.mark.parametrize("name", FIRST_IS_OTHER)
def test_a_thing_with_something_else_beside_it_than_the_others(name: str) -> None:
    first, others, code, rest = FIRST_IS_OTHER[name]
    assert codes_of(beside(first, others)) == [code, *[rest] * 6]


def test_a_remark_behind_a_tick_or_a_value_is_told() -> None:
    one = beside(["✓ (paper)"], ["✓"])
    assert [(c.question, c.text) for c in one.comments if c.question == "1a"] == [("1a", "paper")]
    one = beside(["No - verbal only"], ["Yes"])
    assert [(c.question, c.text) for c in one.comments if c.question == "1a"] == [("1a", "verbal only")]


LINES: dict[str, tuple[str, str, str, str]] = {
    "a tick between yes and no": (" Yes ✓ No", " Yes ✓ No", "unclear", "unclear"),
    "a tick before yes": (" ✓ Yes / No", " Yes / No", "yes", "missing"),
    "untouched": (" (Yes / No)", " (Yes / No)", "missing", "missing"),
    "a word behind the tick": (" ✓ old", " ✓", "unclear", "yes"),
    "a full stop": (" ✓.", " ✓", "yes", "yes"),
    "a remark behind yes": (" - Yes - old", " - No", "yes", "no"),
    "words": (" - out of date", " - Yes", "unclear", "yes"),
    "a query": (" ?", " ✓", "unclear", "yes"),
    "a date": (" 3/4/14", " ✓", "unclear", "yes"),
}


@pytest.mark.parametrize("name", LINES)
def test_things_in_lines(name: str) -> None:
    first, others, code, rest = LINES[name]
    lines = [words + (others if number else first) for number, words in enumerate(WORDS)]
    one = code_form(form("Child in need audit", table(["Child:", "A"]), LEAD, *lines, "Comments:", "seen"), CIN)
    assert codes_of(one) == [code, *[rest] * 6]


def headed(headings: Beside, first: Beside, others: Beside) -> list[Beside]:
    return [headings, *([words, *(others if number else first)] for number, words in enumerate(WORDS))]


COLUMNS: dict[str, tuple[list[Beside], list[str]]] = {
    "ticks under what is not on file": (headed(["", "On file", "Not on file"], ["", "✓"], ["", "✓"]), ["unclear"] * 7),
    "present and absent": (headed(["", "Present", "Absent"], ["✓", ""], ["", "✓"]), ["unclear"] * 7),
    "present and absent, in words": (headed(["", "Present", "Absent"], ["Yes", ""], ["", "Yes"]), ["unclear"] * 7),
    "the last audit and now": (headed(["", "Last audit", "Now"], ["✓", ""], ["", "✓"]), ["unclear"] * 7),
    "two years": (headed(["", "2013", "2014"], ["✓", ""], ["✓", "✓"]), ["unclear"] * 7),
    "two years, one ticked": (headed(["", "2013", "2014"], ["✓", ""], ["✓", ""]), ["unclear"] * 7),
    "two things to say": (headed(["", "In file", "Up to date"], ["✓", ""], ["✓", "✓"]), ["unclear"] * 7),
    "two columns without headings": (headed(["", "", ""], ["✓", ""], ["", "✓"])[1:], ["unclear"] * 7),
    "missing": (headed(["", "Missing"], ["✓"], [""]), ["unclear"] * 7),
    "missing, beside a heading of its own": (headed(["Item", "Missing"], ["✓"], [""]), ["unclear"] * 7),
    "tick if missing": (headed(["", "Tick if missing"], ["✓"], [""]), ["unclear"] * 7),
    "not on file": (headed(["Item", "Not on file"], ["✓"], [""]), ["unclear"] * 7),
    "not on file, in words": (headed(["Item", "Not on file"], ["Yes"], ["No"]), ["unclear"] * 7),
    "on file": (headed(["Item", "On file"], ["✓"], [""]), ["yes", *["no"] * 6]),
    "a tick and comments": (headed(["Item", "Tick", "Comments"], ["✓", "old"], ["", ""]), ["yes", *["no"] * 6]),
    "yes and no": (headed(["", "Yes", "No"], ["✓", ""], ["", "✓"]), ["yes", *["no"] * 6]),
    "nothing under two headings": (headed(["", "On file", "Not on file"], ["", ""], ["", ""]), ["missing"] * 7),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_of_signs(name: str) -> None:
    rows, codes = COLUMNS[name]
    assert codes_of(coded(*rows)) == codes


SIGNS = ["✓", "", "✓", "", "✓", "✓", ""]
READ = ["yes" if sign else "no" for sign in SIGNS]
PAIRS = [(0, 1), (2, 3), (4, 5), (6, 7)]


def in_pairs(*things: Beside) -> list[Beside]:
    """Two things in a row, and empty cells beside the last."""
    filled = [*things, [""] * len(things[0])]
    return [[*filled[left], *filled[right]] for left, right in PAIRS]


ACROSS: dict[str, tuple[list[Beside], list[str]]] = {
    "each with its sign behind it": (in_pairs(*([w, s] for w, s in zip(WORDS, SIGNS, strict=True))), READ),
    "with numbers": (in_pairs(*([n, w, s] for n, w, s in zip(NAMES, WORDS, SIGNS, strict=True))), READ),
    "each with its sign before it": (in_pairs(*([s, w] for w, s in zip(WORDS, SIGNS, strict=True))), ["unclear"] * 7),
    "all in a row, the signs below": ([[*WORDS], [*SIGNS]], ["unclear"] * 7),
    "all in a row, nothing below": ([[*WORDS], [""] * 7], ["missing"] * 7),
}


@pytest.mark.parametrize("name", ACROSS)
def test_several_things_in_a_row(name: str) -> None:
    rows, codes = ACROSS[name]
    assert codes_of(coded(*rows)) == codes


def test_a_comment_in_the_words_of_another_thing_begins_no_thing() -> None:
    rows = [[words, "✓", "see the child in need plan" if number == 0 else ""] for number, words in enumerate(WORDS)]
    assert codes_of(coded(*rows)) == ["yes"] * 7
