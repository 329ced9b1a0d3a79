from decimal import Decimal

import pytest

from audit_lib.analysis.score_grades import scored_grades
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES

TOOL = load_instrument("neglect-2018")  # 0 to 10, 10 best; four grades: each has two and a half points of the line


def found(pairs, tool=TOOL):
    base = [{"return_id": f"{at:016x}", "case": "A", "agency": "GP"} for at in range(len(pairs))]
    scores = [row | {"score": score} for row, (score, _) in zip(base, pairs, strict=True)]
    grades = [row | {"section": "overall", "grade": grade} for row, (_, grade) in zip(base, pairs, strict=True)]
    return scored_grades(TABLES["scores"].frame(scores), TABLES["grades"].frame(grades), tool)


@pytest.mark.parametrize(
    ("score", "grade", "apart"),
    [
        (10, "outstanding", 0),
        (7.5, "outstanding", 0),  # on the border of two parts it lies in both
        (7.5, "good", 0),
        (7.4, "outstanding", 1),
        (5, "outstanding", 1),
        (4.9, "outstanding", 2),
        (0, "outstanding", 3),
        (8, "good", 1),
        (2.4, "good", 2),
        (2.5, "good", 1),
        (6, "requires_improvement", 1),
        (9, "requires_improvement", 2),
        (0, "inadequate", 0),
        (10, "inadequate", 3),
    ],
)
def test_how_far_a_score_lies_from_the_part_of_the_line_of_its_grade(score, grade, apart):
    (one,) = found([(score, grade)]).given
    assert (one.apart, one.disagrees) == (apart, apart >= 2)


def test_only_returns_with_both_are_compared_best_first():
    both = found([(3, "good"), (None, "good"), (9, "missing"), (9, "outstanding"), (6, "good"), (1, "unclear")])
    assert [(one.grade, one.score) for one in both.given] == [("outstanding", 9), ("good", 6), ("good", 3)]
    assert both.scores("good") == (Decimal(3), Decimal(6))
    assert both.scores("inadequate") == ()
    assert both.disagreeing == ()


def test_a_tool_without_score_or_overall_grade_has_nothing_to_compare():
    assert found([], load_instrument("case-audit-2021")) is None
    assert found([], load_instrument("child-in-need-2014")) is None
    assert found([]).given == ()
