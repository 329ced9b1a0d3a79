"""An answer that somebody wrote beside the place for it."""

from __future__ import annotations

import pytest

from audit_lib.coding.coded import CodedForm
from audit_lib.coding.forms import code_form
from audit_lib.coding.values.remarks import answer_behind, begins_with_answer
from audit_lib.instruments import load_instrument

from .raw_forms import form, table

NEGLECT = load_instrument("neglect-2018")
ANSWERS = NEGLECT.scales["yes_no"]
R1 = "Was the neglect recognised by your agency at the earliest opportunity? (If yes, how was this recognised?)"
HEADING = [
    "No.",
    "Question",
    "Response (Yes/No)",
    "What went well?",
    "What are we worried about?",
    "What needs to happen?",
]


def coded(*rows: list[str]) -> CodedForm:
    return code_form(
        form("Multi-agency audit on neglect", "Quality of the recognition:", table(HEADING, *rows)), NEGLECT
    )


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("Yes - all agencies met monthly.", True),
        ("No, the visit was late", True),
        ("Partly: one of two", True),
        ("Answer: no", True),
        ("Yes", True),
        ("No", False),
        ("No concerns", False),
        ("No. of visits: 3", False),
        ("No. 3 was late", False),
        ("Yes to all of the above was said", False),
        ("Yesterday - seen", False),
        ("Not known - see above", False),
        ("N/A", False),
    ],
)
def test_words_that_begin_with_an_answer(words: str, begins: bool) -> None:
    assert begins_with_answer(words, ANSWERS) == begins


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        (f"{R1} Yes, within one day", True),
        (f"{R1} NO", True),
        ("Was the plan made in time? (yes/no) No - it came late", True),
        ("How was planning measured? Identify changes to lived experience. None", True),
        ("Was it shared? Answer: yes", True),
        (R1, False),
        ("Was it shared? (Yes or no)", False),
        ("Was the plan clear? No. of visits: 3", False),
        ("How was planning measured? Identify changes to lived experience.", False),
        ("Was it shared? (If no, why?)", False),
    ],
)
def test_an_answer_typed_behind_the_words_of_a_question(words: str, stands: bool) -> None:
    assert answer_behind(words, ANSWERS) == stands


def test_a_grade_is_an_ordinary_word() -> None:
    assert not begins_with_answer("Good, as ever", NEGLECT.scales["ofsted_four"])


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["R1", R1, "", "Yes - at the first visit.", "", ""]], "unclear"),
        ([["R1", R1, "", "", "No, as nobody asked", ""]], "unclear"),
        ([["R1", R1, "No", "Yes - at the first visit.", "", ""]], "no"),
        ([["R1", R1, "", "Seen at the first visit.", "No", "N/A"]], "missing"),
        ([["R1", f"{R1}\nYes, by e-mail", "", "", "", ""]], "unclear"),
        ([["R1", R1, "", "", "", ""], ["", "Answer: No, it was late", "", "", "", ""]], "unclear"),
        ([["R1", R1, "", "", "", ""], ["", "The letter was late", "", "", "", ""]], "missing"),
    ],
)
def test_an_answer_beside_its_place_is_not_missing(rows: list[list[str]], code: str) -> None:
    assert coded(*rows).answers["R1"].code == code
