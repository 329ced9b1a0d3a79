"""Agreement between agencies, against worked values that others have published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.analysis.agreement import METRICS, alpha, alpha_interval, grade_agreement
from audit_lib.analysis.grades import GivenGrade, GradeMap, MapCell
from audit_lib.instruments import load_instrument

NEGLECT = load_instrument("neglect-2018")
# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units, 0 = no value
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]
UNITS = [[value for value in unit if value] for unit in zip(*OBSERVERS, strict=True)]


@pytest.mark.parametrize(("metric", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_is_the_published_one(metric: str, value: float) -> None:
    found = alpha(UNITS, metric)
    assert found is not None
    assert round(found, 3) == value


def test_alpha_of_two_observers_and_two_values_is_the_published_one() -> None:
    # the same paper, section A: two observers, ten units, alpha 0.095
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    found = alpha(list(zip(first, second, strict=True)), "nominal")
    assert found is not None
    assert round(found, 3) == 0.095


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("units", [[], [[1]], [[1], [2]], [[2, 2], [2, 2, 2]]], ids=["none", "one", "apart", "alike"])
def test_where_nothing_can_be_told_there_is_no_alpha(units: list[list[int]], metric: str) -> None:
    assert alpha(units, metric) is None


@given(st.lists(st.lists(st.integers(1, 4), max_size=5), max_size=8), st.randoms())
def test_the_order_of_observers_and_units_is_irrelevant(units: list[list[int]], chance: st.DataObject) -> None:
    for metric in METRICS:
        before = alpha(units, metric)
        mixed = [chance.sample(unit, len(unit)) for unit in units]  # type: ignore[attr-defined]
        chance.shuffle(mixed)  # type: ignore[attr-defined]
        assert alpha(mixed, metric) == (None if before is None else pytest.approx(before))


def graded(**cases: dict[str, dict[str, str]]) -> GradeMap:
    """case -> thing graded -> agency -> grade."""
    sections = tuple(thing.id for thing in NEGLECT.grades)
    cells = {}
    for case, things in cases.items():
        for section in sections:
            given = tuple(GivenGrade(who, f"{case}-{who}", grade) for who, grade in things.get(section, {}).items())
            cells[case, section] = MapCell(case, section, given)
    return GradeMap(tuple(cases), sections, cells, {})


def test_who_differs_by_how_much_the_widest_first() -> None:
    found = grade_agreement(
        graded(
            A={"R": {"GP": "good", "Police": "good"}, "A": {"GP": "good", "Police": "requires_improvement"}},
            B={"R": {"GP": "outstanding", "Police": "inadequate", "School": "good"}, "A": {"GP": "good"}},
        ),
        NEGLECT,
    )
    assert [(one.case, one.section, one.steps, one.best, one.poorest) for one in found.apart] == [
        ("B", "R", 3, ("GP",), ("Police",)),
        ("A", "A", 1, ("GP",), ("Police",)),
    ]
    assert (found.things, found.cases, found.pairs, found.same, found.near) == (3, ("A", "B"), 5, 1, 3)
    assert not found.enough


def test_grades_that_do_not_count_are_left_out() -> None:
    given = {"GP": "good", "Police": "missing", "School": "unclear", "Health": "not_applicable"}
    found = grade_agreement(graded(A={"R": given}), NEGLECT)
    assert (found.things, found.cases, found.pairs) == (0, (), 0)
    assert found.share_same is None
    assert set(found.alphas.values()) == {None}
    assert found.interval is None


def test_the_interval_is_the_same_every_time_and_holds_whole_cases() -> None:
    units = {(case, str(place)): values for case in "ABCDEF" for place, values in enumerate(UNITS[:6])}
    found = alpha_interval(units, "ordinal")
    assert found == alpha_interval(dict(reversed(units.items())), "ordinal")
    assert found is not None
    assert found.low == pytest.approx(found.high, abs=0.03)  # cases that are all alike: other cases would say the same


def test_one_case_is_too_few_for_an_interval() -> None:
    assert alpha_interval({("A", str(place)): values for place, values in enumerate(UNITS)}, "ordinal") is None
