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


def words_in(inside, outside, without=frozenset(), most=8):
    return distinctive_words({"group": (inside, outside, without)}, most)["group"]


def different(text: str, number: int) -> list[str]:
    """So many texts that differ in a number alone, which is no word."""
    return [f"{text} {n}" for n in range(number)]


def test_a_text_counts_once_however_often_it_holds_a_word():
    (one, *_) = words_in(different("Sleep, sleep, sleep and sleep.", 9), different("Nothing of it.", 9))
    assert (one.word, one.inside, one.of, one.outside, one.others) == ("sleep", 9, 9, 0, 9)


def test_a_text_that_was_pasted_counts_once():
    assert words_in(["The wheelie bins overflowed."] * 30, different("Nothing of it.", 30)) == ()


def test_what_stands_in_place_of_a_name_short_words_and_those_left_out_are_not_listed():
    inside = different("[child] and [worker] saw a bed at no. 12, well known to us", 9)
    found = {one.word for one in words_in(inside, different("x", 9), {"known"})}
    assert found == {"saw", "bed", "well"}


@pytest.mark.parametrize(("there", "elsewhere"), [(2, 0), (3, 2), (5, 5), (0, 9)])
def test_what_chance_explains_is_not_listed(there, elsewhere):
    inside = different("sleep", there) + different("x", 10 - there)
    outside = different("sleep", elsewhere) + different("y", 10 - elsewhere)
    assert words_in(inside, outside) == ()


def test_the_more_words_are_looked_at_the_clearer_one_has_to_be():
    few, many = (" ".join(f"word{letter}" for letter in letters) for letters in ("ab", "abcdefghijklmnopqrstuvwxyz"))
    outside = different("x", 30)
    alone = [f"sleep {n}" for n in range(4)] + [f"{n} y" for n in range(6)]
    assert [one.word for one in words_in(alone, outside)] == ["sleep"]
    among = [f"sleep {few} {many} {n}" for n in range(4)] + [f"{many} {n} y" for n in range(6)]
    assert "sleep" not in [one.word for one in words_in(among, different(many, 30), most=99)]


def test_words_of_other_alphabets_and_with_apostrophes():
    assert words_of("Ŵyn’s child's ПЛАН co-operation 12b") == {"ŵyn's", "child's", "план", "co-operation"}


def test_words_of_all_groups_are_looked_at_together():
    alone = {
        "group": ([f"sleep {n}" for n in range(4)] + [f"{n} y" for n in range(6)], different("x", 30), frozenset())
    }
    assert [one.word for one in distinctive_words(alone)["group"]] == ["sleep"]
    others = different("alpha beta gamma delta", 9), different("alpha beta gamma delta z", 9), frozenset()
    many = {f"other {n}": others for n in range(9)}
    assert distinctive_words(alone | many)["group"] == ()
