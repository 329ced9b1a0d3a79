from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.analysis.scores import score_results
from audit_lib.schema import TABLES


def scores_of(scores, unclear=()):
    """Scores as (case, score or None); ``unclear`` holds the places of scores that the checks found unclear."""
    rows = [
        {"return_id": f"{i:016x}", "case": case, "agency": "GP", "score": score}
        for i, (case, score) in enumerate(scores)
    ]
    quality = [{"severity": "error", "check": "score_unclear", "return_id": f"{i:016x}"} for i in unclear]
    return score_results(TABLES["scores"].frame(rows), TABLES["quality"].frame(quality))


def test_mean_and_range_worked_by_hand():
    found = scores_of([("B", 4), ("A", 7), ("A", 6.5), ("A", None), ("A", None)], unclear=[4])
    a, b = found.by_case
    assert (a.case, a.n, a.mean, a.low, a.high) == ("A", 2, Fraction(27, 4), Decimal("6.5"), Decimal(7))
    assert (len(a.missing), len(a.unclear)) == (1, 1)
    assert (b.case, b.n, b.mean) == ("B", 1, 4)
    assert (found.together.n, found.together.mean) == (3, Fraction(35, 6))


def test_a_case_that_nobody_scored_has_no_mean():
    found = scores_of([("A", None)])
    assert (found.by_case[0].mean, found.by_case[0].low, found.by_case[0].n) == (None, None, 0)


def test_no_returns_at_all():
    found = scores_of([])
    assert (found.by_case, found.together.n, found.together.mean) == ((), 0, None)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.none() | st.integers(0, 20).map(lambda half: half / 2)), max_size=15)
)
def test_every_return_is_in_one_case_and_the_mean_lies_between_the_ends(scores):
    found = scores_of(scores)
    assert sum(one.n + len(one.missing) for one in found.by_case) == len(scores)
    for one in (*found.by_case, found.together):
        assert one.mean is None or one.low <= one.mean <= one.high
