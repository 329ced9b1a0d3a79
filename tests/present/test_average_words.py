"""The grade of a case as its returns give it: an average of agencies only where agencies graded."""

from __future__ import annotations

import pytest

from audit_lib.analysis.grades import average_grades, average_rule, grade_map
from audit_lib.instruments import load_instrument
from audit_lib.present import report_tables as rt
from audit_lib.present.average_words import agreed_sentences, average_fact
from audit_lib.schema import TABLES
from tests.present.test_sentences import NEGLECT, graded

ROWS_ONLY = load_instrument("case-audit-2017")  # one auditor grades twelve areas and nothing over all


@pytest.mark.parametrize(
    ("asked", "cases", "agreed", "sentences"),
    [
        ("A", {"A": "G"}, {}, ["No grade agreed by the meeting is recorded."]),
        ("A", {"A": "G"}, {"A": "good"}, ["The meeting agreed a grade for the one case: good.",
         "The grade in the form is the same grade in the one case that can be compared."]),
        ("A", {"A": "m"}, {"A": "good"}, ["The meeting agreed a grade for the one case: good.",
         "There are no grades in the returns to set beside it."]),
        ("AB", {"A": "GG", "B": "RG"}, {"A": "good", "B": "outstanding"},
         ["The meeting agreed a grade for both cases: outstanding for 1 and good for 1.",
          "The average of the agencies' grades is another grade in 1 of 2 cases: case B."]),
        ("AB", {"A": "GG", "B": "O"}, {"A": "good"}, ["The meeting agreed a grade for 1 of 2 cases: good.",
         "The average of the agencies' grades is the same grade in the one case that can be compared."]),
        ("A", {"A": "GG", "B": "O"}, {"A": "good"}, ["The meeting agreed a grade for the one case: good.",
         "The average of the agencies' grades is the same grade in the one case that can be compared."]),
        ("ABC", {"A": "GG"}, {"A": "good"}, ["The meeting agreed a grade for 1 of 3 cases: good.",
         "The average of the agencies' grades is the same grade in the one case that can be compared."]),
    ],
)  # fmt: skip
def test_what_the_meeting_agreed(asked, cases, agreed, sentences):
    known = TABLES["cases"].frame([{"case": case, "agreed_grade": grade} for case, grade in agreed.items()])
    averages = average_grades(grade_map(graded(cases), known, NEGLECT), average_rule(NEGLECT))
    assert list(agreed_sentences(averages, NEGLECT, len(asked))) == sentences


@pytest.mark.parametrize(
    ("letters", "fact"),
    [
        ("G", ("Grade in the form", "Good")),
        ("Gm", ("Grade in the form", "Good")),
        ("GR", ("Average of the agencies' grades", "Requires improvement (2 grades)")),
    ],
)
def test_one_grade_is_no_average(letters, fact):
    (average,) = average_grades(
        grade_map(graded({"A": letters}), TABLES["cases"].empty(), NEGLECT), average_rule(NEGLECT)
    )
    assert average_fact(average, NEGLECT) == fact


def test_the_areas_that_one_auditor_graded_are_no_average_of_agencies():
    rows = [
        {"return_id": "1", "case": "A", "agency": "Children's Services", "section": thing.id, "grade": "meets_good"}
        for thing in ROWS_ONLY.grades
    ]
    agreed = TABLES["cases"].frame([{"case": "A", "agreed_grade": "meets_good"}])
    averages = average_grades(grade_map(TABLES["grades"].frame(rows), agreed, ROWS_ONLY), average_rule(ROWS_ONLY))
    assert average_fact(averages[0], ROWS_ONLY) == ("Average of the grades in the form", "Meets good (12 grades)")
    assert "agencies" not in " ".join(agreed_sentences(averages, ROWS_ONLY, 1))
    assert "Average of the grades in the form" in rt.agreed_table(averages, ROWS_ONLY).headings
