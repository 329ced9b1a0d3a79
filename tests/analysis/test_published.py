from decimal import Decimal

import pytest

from audit_lib.analysis.grades import grades_by_section
from audit_lib.analysis.proportions import question_results
from audit_lib.analysis.published import published_results
from audit_lib.analysis.responses import returns_grid
from audit_lib.analysis.scores import score_results
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES

NEGLECT = load_instrument("neglect-2018")
GIVEN = ["yes"] * 6 + ["no"] * 8 + ["partly"] * 2 + ["not_applicable"] * 2 + ["missing"]
GRADES = ["good"] * 5 + ["inadequate", "missing"]
SCORES = [7, 6.5, 7, None]


def worked_out(question, measure, value, decimals="0", of=""):
    ids = [f"{i:016x}" for i in range(len(GIVEN))]
    answers = [{"return_id": i, "question": "R2", "answer": answer} for i, answer in zip(ids, GIVEN, strict=True)]
    grades = [
        {"return_id": i, "case": "A", "section": "overall", "grade": g} for i, g in zip(ids, GRADES, strict=False)
    ]
    scores = [{"return_id": i, "case": "A", "agency": "GP", "score": s} for i, s in zip(ids, SCORES, strict=False)]
    row = {"question": question, "measure": measure, "value": value, "decimals": decimals, "of": of}
    (result,) = published_results(
        TABLES["published"].frame([row]),
        question_results(TABLES["answers"].frame(answers), NEGLECT),
        grades_by_section(TABLES["grades"].frame(grades), NEGLECT),
        score_results(TABLES["scores"].frame(scores), TABLES["quality"].empty()),
        returns_grid(
            TABLES["requests"].frame([{"case": "A", "agency": agency} for agency in ("GP", "School")]),
            TABLES["returns"].frame(
                [{"return_id": "1", "case": "A", "agency": "GP", "status": "read", "kind": "docx"}]
            ),
        ),
    )
    return result


@pytest.mark.parametrize(
    ("question", "measure", "of", "decimals", "value", "counts"),
    [
        ("R2", "percent_yes", "applicable", "0", "38", (6, 16)),
        ("R2", "percent_yes", "answered", "0", "33", (6, 18)),
        ("R2", "percent_yes", "yes+no", "1", "42.9", (6, 14)),
        ("R2", "percent_yes", "", "1", "33.3", (6, 18)),
        ("R2", "count_no", "", "0", "8", (8, None)),
        ("R2", "count_missing", "", "0", "1", (1, None)),
        ("overall", "percent_good", "answered", "0", "83", (5, 6)),
        ("overall", "count_inadequate", "", "0", "1", (1, None)),
        ("", "mean_score", "", "1", "6.8", (20.5, 3)),
        ("", "returns_requested", "", "0", "2", (2, None)),
        ("", "returns_read", "", "0", "1", (1, None)),
    ],
)
def test_each_measure_worked_by_hand(question, measure, of, decimals, value, counts):
    result = worked_out(question, measure, value, decimals, of)
    assert (result.value, result.reproduced) == (Decimal(value), True)
    assert (result.numerator, result.denominator) == counts


def test_a_figure_that_is_one_off_is_not_reproduced():
    assert not worked_out("R2", "percent_yes", "37", of="applicable").reproduced


def test_nothing_to_work_it_out_from_is_not_reproduced():
    result = worked_out("A1", "percent_yes", "0", of="applicable")
    assert (result.value, result.reproduced, result.denominator) == (None, False, 0)
