"""Comments by code: each comment, return and case counts once."""

from audit_lib.analysis.codings import coded_comments
from audit_lib.schema import TABLES

COMMENTS = [
    ("c1", "r1", "A", "worried"),
    ("c2", "r1", "A", "going_well"),
    ("c3", "r2", "B", "worried"),
    ("c4", "r3", "B", "comment"),
]


def coded(*codings):
    comments = [
        {"comment_id": c, "return_id": r, "case": case, "agency": "GP", "column": column, "text": f"text of {c}"}
        for c, r, case, column in COMMENTS
    ]
    rows = [
        {"comment_id": c, "code": code, "coder": coder, "evidence": "text", "certainty": certainty}
        for c, code, coder, certainty in codings
    ]
    return coded_comments(TABLES["comments"].frame(comments), TABLES["codings"].frame(rows), ["b", "a"])


def test_counts_are_of_comments_returns_and_cases():
    found = coded(
        ("c1", "a", "tool", "sure"),
        ("c2", "a", "tool", "sure"),
        ("c3", "b", "tool", "sure"),
        ("c3", "a", "tool", "sure"),
    )
    a, b = found.codes
    assert (a.code, a.n, len(a.return_ids), a.cases) == ("a", 3, 2, ("A", "B"))
    assert (a.count("worried"), a.count("going_well"), a.count("comment")) == (2, 1, 0)
    assert (b.code, b.n) == ("b", 1)
    assert (found.comments, found.without, found.unsure) == (4, 1, 0)


def test_two_people_with_one_code_count_once_and_none_and_unsure_give_no_code():
    found = coded(
        ("c1", "a", "Ann", "sure"),
        ("c1", "a", "Bob", "sure"),
        ("c2", "none", "Ann", "sure"),
        ("c3", "b", "tool", "unsure"),
    )
    assert [(one.code, one.n) for one in found.codes] == [("a", 1)]
    assert (found.without, found.unsure) == (3, 1)


def test_ties_stand_in_the_order_of_the_codebook_and_no_codings_give_no_codes():
    found = coded(("c1", "a", "tool", "sure"), ("c2", "b", "tool", "sure"))
    assert [one.code for one in found.codes] == ["b", "a"]
    assert coded().codes == ()


def test_comments_of_a_code_stand_by_column_case_agency_and_place_in_the_form_whatever_their_ids():
    places = [
        ("c1", "B", "GP", "table 2, row 1"),
        ("c2", "A", "School", "table 2, row 1"),
        ("c3", "A", "GP", "table 10, row 1"),
        ("c4", "A", "GP", "table 2, row 10"),
        ("c5", "A", "GP", "table 2, row 9"),
    ]
    names = ("comment_id", "case", "agency", "locator")
    comments = [
        dict(zip(names, row, strict=True)) | {"return_id": row[1] + row[2], "column": "worried"} for row in places
    ]
    rows = [{"comment_id": row[0], "code": "a", "coder": "tool", "certainty": "sure"} for row in places]
    (one,) = coded_comments(TABLES["comments"].frame(comments), TABLES["codings"].frame(rows)).codes
    assert [comment.comment_id for comment in one.comments] == ["c5", "c4", "c3", "c2", "c1"]
