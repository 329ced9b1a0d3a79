"""Agreement of coders, held against published examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.analysis.coder_agreement import CodeAgreement, coder_agreement


@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "share", "kappa"),
    [
        # A. R. Feinstein, D. V. Cicchetti, Journal of Clinical Epidemiology 43 (1990), 543-549: the same share, two kappas
        (40, 9, 6, 45, 0.85, 0.70),
        (80, 10, 5, 5, 0.85, 0.32),
        # A. J. Viera, J. M. Garrett, Family Medicine 37 (2005), 360-363
        (15, 5, 10, 70, 0.85, 0.57),
    ],
)
def test_kappa_is_that_of_the_published_examples(both, first, second, neither, share, kappa):
    found = CodeAgreement("x", both, first, second, neither)
    assert found.share == pytest.approx(share)
    assert round(found.kappa, 2) == kappa


def test_kappa_is_called_misleading_where_nearly_all_comments_are_alike():
    assert not CodeAgreement("x", 40, 9, 6, 45).misleading
    assert CodeAgreement("x", 80, 10, 5, 5).misleading


def test_where_chance_gives_full_agreement_there_is_no_kappa():
    nobody = CodeAgreement("x", 0, 0, 0, 30)
    assert (nobody.share, nobody.kappa, nobody.alpha) == (1, None, None)
    assert CodeAgreement("x", 0, 0, 0, 0).share is None


def test_only_comments_that_both_coded_are_compared():
    ann = {"1": {"a"}, "2": {"a", "b"}, "3": set()}
    bob = {"1": {"a"}, "2": {"b"}, "4": {"a"}}
    (found,) = coder_agreement({"bob": bob, "ann": ann, "cid": {"9": {"a"}}}, ["a", "b", "c"])
    assert (found.first, found.second, found.comments, found.enough) == ("ann", "bob", 2, False)
    assert [(one.code, one.both, one.first, one.second, one.neither) for one in found.codes] == [
        ("a", 1, 1, 0, 0),
        ("b", 1, 0, 0, 1),
    ]
    assert found.f1 == pytest.approx(4 / 5)


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_who_is_named_first_makes_no_difference(times):
    both, first, second, neither = times
    one, other = CodeAgreement("x", *times), CodeAgreement("x", both, second, first, neither)
    assert (one.share, one.kappa, one.alpha) == (other.share, other.kappa, other.alpha)
    assert one.kappa is None or one.kappa <= 1
