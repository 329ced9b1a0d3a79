"""Codes against groups of comments, and codes that occur together: each comment counts once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit_lib.analysis.code_groups import by_agency, by_grade, by_question, by_section, together
from audit_lib.analysis.codings import coded_comments
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES

INSTRUMENT = load_instrument("neglect-2018")
COMMENTS = TABLES["comments"].frame(
    [
        {"comment_id": c, "return_id": r, "case": "A", "agency": agency, "section": section, "question": question}
        | {"column": "worried", "text": f"text of {c}"}
        for c, r, agency, section, question in (
            ("c1", "r1", "GP", "R", "R1"),
            ("c2", "r1", "GP", "R", "R2"),
            ("c3", "r2", "School", "A", ""),
            ("c4", "r3", "School", "", ""),
        )
    ]
)


def codes(*given_codes: tuple[str, str]):
    rows = [{"comment_id": c, "code": code, "coder": "tool", "certainty": "sure"} for c, code in given_codes]
    return coded_comments(COMMENTS, TABLES["codings"].frame(rows)).codes


CODED = codes(("c1", "x"), ("c1", "y"), ("c2", "x"), ("c3", "y"), ("c3", "z"))


def counts(found) -> dict[tuple[str, str], int]:
    return {pair: len(comments) for pair, comments in found.comments.items()}


def test_by_agency_counts_comments_and_all_comments_of_each():
    found = by_agency(CODED, COMMENTS)
    assert counts(found) == {("x", "GP"): 2, ("y", "GP"): 1, ("y", "School"): 1, ("z", "School"): 1}
    assert (found.of, found.codes) == ({"GP": 2, "School": 2}, ("x", "y", "z"))
    assert (found.count("x", "School"), found.count("z", "School")) == (0, 1)


def test_by_section_in_printed_order_and_by_question_without_what_stands_beside_none():
    found = by_section(CODED, COMMENTS, INSTRUMENT)
    assert list(found.of.items()) == [("R", 2), ("A", 1), ("", 1)]
    questions = by_question(CODED, COMMENTS, INSTRUMENT)
    assert (counts(questions), questions.codes) == ({("x", "R1"): 1, ("y", "R1"): 1, ("x", "R2"): 1}, ("x", "y"))


def test_by_grade_sets_returns_without_that_grade_apart_and_counts_no_other_rater():
    grades = TABLES["grades"].frame(
        [
            {"return_id": "r1", "section": "overall", "rater": "", "grade": "good"},
            {"return_id": "r1", "section": "R", "rater": "", "grade": "inadequate"},
            {"return_id": "r2", "section": "overall", "rater": "", "grade": "unclear"},
            {"return_id": "r3", "section": "overall", "rater": "moderator", "grade": "good"},
        ]
    )
    found = by_grade(CODED, COMMENTS, grades, "overall", ("outstanding", "good", "inadequate"))
    assert found.of == {"good": 2, "": 2}
    assert counts(found) == {("x", "good"): 2, ("y", "good"): 1, ("y", ""): 1, ("z", ""): 1}


def test_codes_of_the_same_comment_with_their_overlap():
    pairs = together(CODED)
    told = [(one.first, one.second, one.both, one.either, round(one.overlap, 2)) for one in pairs]
    assert told == [("y", "z", 1, 2, 0.5), ("x", "y", 1, 3, 0.33)]


@given(st.sets(st.tuples(st.sampled_from(["c1", "c2", "c3", "c4"]), st.sampled_from("xyz"))))
def test_every_coded_comment_is_in_one_group_and_no_pair_is_more_than_its_codes(pairs):
    found = codes(*sorted(pairs))
    split = by_agency(found, COMMENTS)
    for one in found:
        assert sum(split.count(one.code, group) for group in split.of) == one.n
    number = {one.code: one.n for one in found}
    for one in together(found):
        assert one.both <= min(number[one.first], number[one.second]) <= one.either
        assert one.either == number[one.first] + number[one.second] - one.both
