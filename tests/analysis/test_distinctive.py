"""Words that stand out: against published figures, and what is never listed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.analysis.distinctive import distinctive_words, log_likelihood, words_of


@pytest.mark.parametrize(
    ("counts", "published"),
    [((110, 2442, 111, 29114), 270.72), ((29, 13, 123, 31612), 263.90)],  # Dunning (1993), table of bigrams
)
def test_g2_is_that_of_dunning(counts, published):
    assert log_likelihood(*counts) == pytest.approx(published, abs=0.005)


@given(*[st.integers(0, 50)] * 4)
def test_g2_is_never_below_nothing_and_does_not_care_which_side_is_first(a, b, c, d):
    assert log_likelihood(a, b, c, d) >= -1e-9
    assert log_likelihood(a, b, c, d) == pytest.approx(log_likelihood(c, d, a, b), abs=1e-9)


def test_a_text_counts_once_however_often_it_holds_a_word():
    inside = ["Sleep, sleep, sleep and more sleep."] * 8
    (one, *_) = distinctive_words(inside, ["Nothing of it."] * 8)
    assert (one.word, one.inside, one.of, one.outside, one.others) == ("and", 8, 8, 0, 8)
    assert "sleep" in [each.word for each in distinctive_words(inside, ["Nothing of it."] * 8)]


def test_what_stands_in_place_of_a_name_short_words_and_those_left_out_are_not_listed():
    inside = ["[child] and [worker] saw a bed at no. 12, well known to us"] * 9
    found = {one.word for one in distinctive_words(inside, ["x"] * 9, {"known"})}
    assert found == {"and", "saw", "bed", "well"}


@pytest.mark.parametrize(("there", "elsewhere"), [(2, 0), (3, 2), (5, 5), (0, 9)])
def test_what_chance_explains_is_not_listed(there, elsewhere):
    inside = ["sleep"] * there + ["x"] * (10 - there)
    outside = ["sleep"] * elsewhere + ["x"] * (10 - elsewhere)
    assert distinctive_words(inside, outside) == ()


def test_words_of_other_alphabets_and_with_apostrophes():
    assert words_of("Ŵyn’s child's ПЛАН co-operation 12b") == {"ŵyn's", "child's", "план", "co-operation"}
