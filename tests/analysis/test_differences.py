"""Differences of shares, against worked values that others have published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.analysis.differences import Difference, differences, ends_differ, fisher, holm, newcombe
from audit_lib.analysis.proportions import Proportion, wilson

# R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10
NEWCOMBE = {
    (56, 70, 48, 80): (0.0524, 0.3339),
    (9, 10, 3, 10): (0.1705, 0.8090),
    (6, 7, 2, 7): (0.0582, 0.8062),
    (5, 56, 0, 29): (-0.0381, 0.1926),
    (0, 10, 0, 20): (-0.1611, 0.2775),
    (0, 10, 0, 10): (-0.2775, 0.2775),
    (10, 10, 0, 20): (0.6791, 1.0000),
    (10, 10, 0, 10): (0.6075, 1.0000),
}


@pytest.mark.parametrize("counts", NEWCOMBE, ids=str)
def test_the_interval_of_a_difference_is_the_published_one(counts: tuple[int, int, int, int]) -> None:
    found = newcombe(*counts)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == NEWCOMBE[counts]


@pytest.mark.parametrize(
    ("highest", "lowest", "among", "differ"),
    [
        ((10, 10), (0, 10), 2, True),  # 2 of the 184,756 ways to choose 10 of 20: 0.0000108
        ((10, 10), (0, 10), 96, True),  # times 4,560 pairs: 0.0494
        ((10, 10), (0, 10), 97, False),  # times 4,656 pairs: 0.0504
        ((3, 4), (1, 4), 2, False),  # 0.486 (Agresti, as below)
        ((15, 16), (10, 16), 4, False),  # two intervals of the difference lie above 0, and chance is explanation enough
        ((1, 1), (0, 0), 2, False),
    ],
)
def test_the_ends_of_many_shares_differ_only_if_no_pair_of_so_many_would_by_chance(highest, lowest, among, differ):
    assert ends_differ(highest, lowest, among) is differ


def test_fishers_exact_test_gives_the_published_values() -> None:
    # A. Agresti, Categorical Data Analysis, 3rd edition, 3.5.3: the lady who tastes tea
    assert round(fisher(3, 4, 1, 4) or 0, 3) == 0.486
    # R. A. Fisher, The logic of inductive inference, Journal of the Royal Statistical Society 98 (1935), 39-82: of 13 twins
    # of one kind 10 were convicted, of 17 of the other 2; one tail is 619/1330665, the other tail adds the less likely ones
    assert (fisher(10, 13, 2, 17) or 0) >= 619 / 1330665


def test_holms_adjustment_gives_the_published_decisions() -> None:
    # The 15 probabilities of Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995), 289-300,
    # section 4.1, of which procedures that guard against any false alarm at 5% reject the first three
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    published += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    assert [value <= 0.05 for value in holm(published)] == [True] * 3 + [False] * 12


@given(st.lists(st.floats(0, 1), max_size=20))
def test_an_adjusted_probability_is_never_below_the_plain_one_nor_above_one(plain: list[float]) -> None:
    adjusted = holm(plain)
    assert all(value <= more <= 1 for value, more in zip(plain, adjusted, strict=True))
    assert [adjusted[place] for place in sorted(range(len(plain)), key=lambda p: plain[p])] == sorted(adjusted)


def share(k: int, n: int) -> Proportion:
    ids = tuple(f"r{number}" for number in range(n))
    return Proportion("R1", "yes", "applicable", ids[:k], ids, wilson(k, n))


def one(earlier: tuple[int, int], later: tuple[int, int]) -> Difference:
    return differences([(share(*earlier), share(*later))])[0]


@pytest.mark.parametrize(
    ("earlier", "later", "direction", "certainty"),
    [
        ((2, 20), (18, 20), "up", "clear"),
        ((18, 20), (2, 20), "down", "clear"),
        ((2, 5), (12, 32), "down", "none"),
        ((1, 2), (16, 32), "same", "none"),
        ((0, 0), (3, 4), "", "nothing"),
        ((3, 4), (0, 0), "", "nothing"),
    ],
)
def test_a_change_is_called_one_only_when_the_interval_allows_it(
    earlier: tuple[int, int], later: tuple[int, int], direction: str, certainty: str
) -> None:
    found = one(earlier, later)
    assert (found.direction, found.certainty) == (direction, certainty)


def test_one_of_many_comparisons_has_to_be_clearer() -> None:
    alone = one((5, 20), (13, 20))
    assert alone.certainty == "clear"
    many = differences([(share(5, 20), share(13, 20)), *[(share(10, 20), share(10, 20))] * 19])
    assert many[0].certainty == "alone"
    assert many[0].among == 20
    assert many[0].interval == alone.interval


def test_what_has_nothing_to_compare_with_is_none_of_the_many() -> None:
    found = differences([(share(5, 20), share(13, 20)), (share(0, 0), share(3, 4))])
    assert found[0].among == 1
    assert found[1].adjusted is None


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_the_interval_turns_round_with_the_order(n1: int, n2: int, data: st.DataObject) -> None:
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    there, back = newcombe(k1, n1, k2, n2), newcombe(k2, n2, k1, n1)
    assert there is not None
    assert back is not None
    assert there.low == pytest.approx(-back.high)
    assert there.low <= k1 / n1 - k2 / n2 <= there.high
