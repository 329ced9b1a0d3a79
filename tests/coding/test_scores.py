"""What people write in the place of a score from 0 to 10."""

from __future__ import annotations

import pytest

from audit_lib.coding.scores import read_score
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
        ("7 (seven)", 7),
        ("Score: 7", 7),
        ("We would score 7", 7),
        ("0", 0),
        ("10", 10),
        ("10/10", 10),
        (f"{LINE}\n6", 6),
        ("0 7 10", 7),
        ("0 ____7____ 10", 7),
        ("7\nThree visits in 2 months.", 7),
        ("“7”", 7),
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
        "“7” or “8”",
    ],
)
def test_a_score_that_is_unclear(text: str) -> None:
    read = read_score((Run(text),), SCORE)
    assert (read.status, read.value) == ("unclear", None)


@pytest.mark.parametrize("text", ["", "  ", LINE, "0 10", "0 to 10", "-", ALL.format(7)])
def test_no_score(text: str) -> None:
    assert read_score((Run(text),), SCORE).status == "missing"


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
