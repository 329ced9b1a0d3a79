"""What people write in the place of a score from 0 to 10."""

from __future__ import annotations

import pytest

from audit_lib.coding.values.scores import read_score
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Mark, Run

SCORE = load_instrument("neglect-2018").score
assert SCORE is not None
LINE = "0 ______________________ 10"
ALL = "0 1 2 3 4 5 6 {} 8 9 10"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("7/10", 7),
        ("7 / 10", 7),
        ("7 out of 10", 7),
        ("seven", 7),
        ("Seven out of ten", 7),
        ("8.5", 8.5),
        ("7.5/10", 7.5),
        ("8½", 8.5),
        ("Score: 8 ½", 8.5),
        ("7 (seven)", 7),
        ("Score: 7", 7),
        ("We would score 7", 7),
        ("0", 0),
        ("10", 10),
        ("10/10", 10),
        (f"{LINE}\n6", 6),
        (f"{ALL.format(7)}\n6", 6),
        ("0 7 10", 7),
        ("0 ____7____ 10", 7),
        ("7\nThree visits in 2 months.", 7),
        ("“7”", 7),
        ("(7)", 7),
        ("*7*", 7),
        ("7 of 10", 7),
        ("We gave 7", 7),
        ("We would give this a 7", 7),
        ("Agency score: 7", 7),
        ("7 because the plan was clear", 7),
        ("7/10 as visits were late", 7),
        ("7. The plan was clear", 7),
        ("7, good work", 7),
        ("7 - there was drift", 7),
        ("7 - not all visits were done", 7),
        ("0 1 2 3 4 5 6 (7) 8 9 10", 7),
    ],
)
def test_a_score_that_is_read(text: str, value: float) -> None:
    read = read_score((Run(text),), SCORE)
    assert (read.status, read.value) == ("read", value)


@pytest.mark.parametrize(
    "text",
    [
        "between 7 and 8",
        "7-8",
        "7 - 8",
        "7 or 8",
        "6/7",
        "7+",
        "7-",
        "6\n8 after the panel",
        "about 7",
        "nearly 7",
        "11",
        "-1",
        "70%",
        "7,5",
        "n/a",
        "good",
        "0 ---X--- 10",
        "“about 7”",
        "(about 7)",
        "3 of 10 was not",
        "3 of 10 visits",
        "7, 8",
        "7. 8",
        "7, maybe",
        "7. Not sure",
        "7 or so",
        "7: or so - for us",
        "7: not - for us",
        "7 - was 6",
        "7 - was late",
        "7 - it was 8 before",
        "7 - higher than it was",
        "7 - 3 of 10 was not",
        "7 - not final",
        "7 because it was not an 8",
        "7 as 8 was too high",
        "7, 5 for health",
        "(7) 8",
        "0 1 (2) 3 4 5 6 (7) 8 9 10",
        "“7” or “8”",
        "7: draft",
        "7 (ish)",
    ],
)
def test_a_score_that_is_unclear(text: str) -> None:
    read = read_score((Run(text),), SCORE)
    assert (read.status, read.value) == ("unclear", None)


BELOW = {
    "The plan was late but good": 7,
    "Not all agencies came": 7,
    "The child was not seen alone.": 7,
    "We heard about the child's day": 7,
    "Two agencies were not invited.": 7,
    "The plan was reviewed 3 times": 7,
    "was 6 last time": None,
    "This was a 6 before": None,
    "about right": None,
    "about right for us all": None,
    "or so, for our part": None,
    "not for us to say alone": None,
    "now 8": None,
    "not 8": None,
    "or 8": None,
    "but nearly 8": None,
    "not by us": None,
    "not agreed": None,
    "We were not sure": None,
    "This is not our final score": None,
    "The score was higher last year": None,
    "Rating not moderated": None,
    "3 of 10 was not": None,
    "An 8 was too high": None,
    "the panel lowered it to 6; it was too kind": None,
    "A manager thought 5; this was overruled": None,
    "We could not agree on seven or eight": None,
    "Higher than in May, when it was five": None,
    "maybe 8": None,
    "reduced to 5": None,
    "the panel lowered it to 6": None,
    "A manager thought 5": None,
    "Panel gave 5": None,
    "down from eight": None,
    "draft": None,
    "The plan was reduced to 3 visits": 7,
    "Visits were reduced to three children": 7,
    "The manager saw that it was done on time": 7,
    "The panel agreed": 7,
    "Mother said that he is happy": 7,
    "the panel made it 6": None,
    "Moderated score 6": None,
    "the meeting agreed on eight": None,
    "Our manager would say 5": None,
    "the panel made it 7 too": None,  # the same number, and still for a person
    "The group met 3 times": 7,
    "The manager saw 4 children": 7,
    "It was reviewed on 6 occasions": 7,
    "Was it?": None,
}


@pytest.mark.parametrize(("remark", "value"), BELOW.items())
def test_a_score_alone_in_its_line_stands_unless_the_line_below_speaks_of_it(remark: str, value: float | None) -> None:
    assert read_score((Run(f"7\n{remark}"),), SCORE).value == value


def test_a_number_below_the_printed_ones_of_which_another_is_marked_is_unclear() -> None:
    before, after = ALL.split("{}")
    assert read_score((Run(before), Run("7", Mark.HIGHLIGHTED), Run(after + "\n6")), SCORE).value is None


@pytest.mark.parametrize("above", ["The plan was late", "The panel gave 5"])
def test_a_doubt_above_a_score_makes_it_unclear(above: str) -> None:
    assert read_score((Run(f"{above}\n7"),), SCORE).value is None


@pytest.mark.parametrize("text", ["", "  ", LINE, "0 10", "0 to 10", "-", ALL.format(7)])
def test_no_score(text: str) -> None:
    assert read_score((Run(text),), SCORE).status == "missing"


@pytest.mark.parametrize("text", ['"', '" "', "“ ”", "''"])
def test_a_ditto_mark_is_a_score_that_cannot_be_read(text: str) -> None:
    assert read_score((Run(text),), SCORE).status == "unclear"


def test_words_beside_a_score_are_a_remark() -> None:
    read = read_score((Run("7 - good work with partners"),), SCORE)
    assert (read.value, read.remark) == (7, "7 - good work with partners")


@pytest.mark.parametrize("mark", [Mark.HIGHLIGHTED, Mark.BOLD, Mark.UNDERLINED])
def test_one_number_marked_among_all(mark: Mark) -> None:
    before, after = ALL.split("{}")
    assert read_score((Run(before), Run("7", mark), Run(after)), SCORE).value == 7


def test_a_number_that_is_marked_in_part_is_no_choice() -> None:
    one_of_ten = (Run("0 1 2 3 4 5 6 7 8 9 "), Run("1", Mark.HIGHLIGHTED), Run("0"))
    assert read_score(one_of_ten, SCORE).status == "unclear"


def test_struck_numbers_are_deleted() -> None:
    assert read_score((Run("6", Mark.STRUCK), Run(" 7")), SCORE).value == 7
