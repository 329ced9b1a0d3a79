from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.analysis.grades import average_grades, average_rule, grade_map, grades_by_case, grades_by_section
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES

NEGLECT = load_instrument("neglect-2018")
CODES = ["outstanding", "good", "requires_improvement", "inadequate", "missing", "unclear"]


def grades_of(given_grades, section="overall"):
    """Grades as (case, grade)."""
    return TABLES["grades"].frame(
        [
            {"return_id": f"{i:016x}", "case": case, "agency": f"Agency {i}", "section": section, "grade": grade}
            for i, (case, grade) in enumerate(given_grades)
        ]
    )


def cases_of(agreed):
    return TABLES["cases"].frame([{"case": case, "agreed_grade": grade} for case, grade in agreed.items()])


def average_of(grades, agreed=""):
    found = grade_map(grades_of([("A", grade) for grade in grades]), cases_of({"A": agreed}), NEGLECT)
    return average_grades(found, average_rule(NEGLECT))[0]


def test_distribution_by_section_counts_every_grade():
    counts = grades_by_section(
        grades_of([("A", "good"), ("A", "good"), ("B", "missing"), ("B", "unclear")], "R"), NEGLECT
    )
    recognition, assessment = counts[0], counts[1]
    assert {code: recognition.count(code) for code in CODES} == dict(zip(CODES, [0, 2, 0, 0, 1, 1], strict=True))
    assert (recognition.total, recognition.graded, recognition.unit) == (4, 2, "returns")
    assert assessment.total == 0


def test_grades_by_a_moderator_are_not_those_of_agencies():
    table = TABLES["grades"].frame(
        [{"return_id": "a", "case": "A", "section": "R", "rater": "moderator", "grade": "good"}]
    )
    assert grades_by_section(table, NEGLECT)[0].total == 0
    assert grades_by_section(table, NEGLECT, rater="moderator")[0].count("good") == 1


@pytest.mark.parametrize(
    ("given_grades", "most_common", "n"),
    [
        (["good", "good", "inadequate"], "good", 3),
        (["good", "inadequate"], "differ", 2),
        (["good", "missing"], "good", 1),
        (["missing", "unclear"], "", 0),
        ([], "", 0),
    ],
)
def test_a_cell_of_the_map(given_grades, most_common, n):
    found = grade_map(grades_of([("A", grade) for grade in given_grades]), cases_of({"A": ""}), NEGLECT)
    cell = found.cells["A", "overall"]
    assert (cell.most_common, cell.n, len(cell.given)) == (most_common, n, len(given_grades))


@pytest.mark.parametrize(
    ("given_grades", "average", "agreed", "agrees"),
    [
        (["good", "good", "inadequate"], "requires_improvement", "good", False),
        (["outstanding", "good"], "good", "good", True),
        (["good", "requires_improvement"], "requires_improvement", "good", False),
        (["good", "missing", "unclear"], "good", "good", True),
        (["good"], "good", "", None),
        (["missing"], "", "good", None),
        ([], "", "", None),
    ],
)
def test_average_grade_under_its_named_rule_beside_the_agreed_one(given_grades, average, agreed, agrees):
    found = average_of(given_grades, agreed)
    assert (found.average, found.agrees) == (average, agrees)


def test_the_rule_is_told_in_words():
    text = average_rule(NEGLECT).text
    assert "mean of ranks over each return's overall grade" in text
    assert "outstanding = 1, good = 2, requires improvement = 3, inadequate = 4; rounded half up" in text


def test_a_tool_without_grades_has_no_rule():
    assert average_rule(NEGLECT.model_copy(update={"grades": ()})) is None


def test_a_tool_without_an_overall_grade_is_averaged_over_all():
    rule = average_rule(NEGLECT.model_copy(update={"grades": NEGLECT.grades[:2]}))
    assert rule.sections == ("R", "A")
    assert "every grade of every return" in rule.text


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(CODES)), max_size=12), st.randoms(use_true_random=False)
)
def test_no_grade_is_lost_whatever_the_order_of_rows(given_grades, shuffle):
    table = grades_of(given_grades)
    order = list(range(len(table)))
    shuffle.shuffle(order)
    found = grade_map(table, cases_of({}), NEGLECT)
    assert found == grade_map(table.iloc[order], cases_of({}), NEGLECT)
    in_map = Counter(one.grade for cell in found.cells.values() for one in cell.given)
    by_case = Counter({code: sum(counts.count(code) for counts in grades_by_case(table, NEGLECT)) for code in CODES})
    assert in_map == +by_case == Counter(grade for _, grade in given_grades)
