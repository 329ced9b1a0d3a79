"""What follows from answers once a person has ruled on some of them."""

from __future__ import annotations

import pytest

from audit_lib.coding.forms import CodedForm, code_form
from audit_lib.coding.ruled import follow_rulings

from .raw_forms import form, table
from .small_tools import MET, WEIGHTED, tool

TEXTS = ("Is the plan up to date?", "Is the child seen?", "Are visits on time?")


def coded(small: str, *answers: str) -> CodedForm:
    rows = [[text, answer] for text, answer in zip(TEXTS, answers, strict=True)]
    return code_form(form("Small tool", "Standards", table(["Standard", "Rating"], *rows)), tool(small))


def told(one: CodedForm, *checks: str) -> list[str]:
    return [problem.check for problem in one.problems if problem.check in checks]


@pytest.mark.parametrize(
    ("answers", "rulings", "grade", "checks"),
    [
        (("Green / Red", "Green", "Green"), {}, "unclear", ["grade_unclear"]),
        (("Green / Red", "Green", "Green"), {"S1": "red"}, "fair", []),
        (("Green", "Green", "Green"), {"S1": "red"}, "fair", []),
        (("Green", "Green", "Green"), {"S1": "missing"}, "missing", ["grade_missing"]),
        (("", "Green", "Green"), {"S1": "green"}, "strong", []),
    ],
)
def test_a_derived_grade_follows_the_ruling(
    answers: tuple[str, ...], rulings: dict[str, str], grade: str, checks: list[str]
) -> None:
    one = coded(WEIGHTED, *answers)
    follow_rulings(one, tool(WEIGHTED), rulings)
    assert one.grades["overall"].code == grade
    assert told(one, "grade_unclear", "grade_missing") == checks


@pytest.mark.parametrize(
    ("answers", "rulings", "code", "checks"),
    [
        (("Met / Not met", "", "Met"), {}, "missing", ["answer_missing"]),
        (("Met / Not met", "", "Met"), {"S1": "not_met"}, "not_applicable", []),
        (("Not met", "", "Met"), {"S1": "met"}, "missing", []),
        (("Not met", "Met", "Met"), {}, "met", ["answer_not_expected"]),
        (("Met / Not met", "", "Met"), {"S1": "not_met", "S2": "met"}, "missing", ["answer_missing"]),
    ],
)
def test_what_applies_follows_the_ruling(
    answers: tuple[str, ...], rulings: dict[str, str], code: str, checks: list[str]
) -> None:
    one = coded(MET, *answers)
    follow_rulings(one, tool(MET), rulings)
    assert one.answers["S2"].code == code
    assert told(one, "answer_missing", "answer_not_expected") == checks
