from audit_lib.analysis.comments import comment_counts, comment_groups, place_in_form
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES

NEGLECT = load_instrument("neglect-2018")


def comments_of(*places):
    """Comments as (section, question, column, case)."""
    return TABLES["comments"].frame(
        [
            {"comment_id": f"{i:016x}", "return_id": case, "section": s, "question": q, "column": column, "case": case}
            for i, (s, q, column, case) in enumerate(places)
        ]
    )


def test_groups_stand_by_column_then_by_section_as_printed():
    groups = comment_groups(
        comments_of(
            ("", "reasoning", "comment", "A"),
            ("P", "P1", "going_well", "A"),
            ("A", "A1", "worried", "A"),
            ("R", "R1", "going_well", "B"),
        ),
        NEGLECT,
    )
    assert [(group.column, group.section) for group in groups] == [
        ("going_well", "R"), ("going_well", "P"), ("worried", "A"), ("comment", ""),
    ]  # fmt: skip
    assert groups[0].title == "Recognition"


def test_comments_in_a_group_follow_the_questions_then_the_cases():
    places = [
        ("A", "A2", "worried", "A"),
        ("A", "A1", "worried", "10"),
        ("A", "A1", "worried", "2"),
        ("A", "", "worried", "B"),
    ]
    (group,) = comment_groups(comments_of(*places), NEGLECT)
    assert [(one.question, one.case) for one in group.comments] == [("", "B"), ("A1", "2"), ("A1", "10"), ("A2", "A")]
    assert (group.n, group.return_ids) == (4, ("10", "2", "A", "B"))
    assert comment_counts((group,)) == {("A", "worried"): 4}


def test_no_comments_no_groups():
    assert comment_groups(comments_of(), NEGLECT) == ()


def test_comments_of_a_return_come_as_the_form_is_printed_and_then_by_their_place():
    places = [
        ("", "reasoning", "paragraph 3"),
        ("P", "P1", "table 6, row 3"),
        ("A", "A1", "table 4, row 10"),
        ("A", "A1", "table 4, row 9"),
        ("R", "R1", "table 9, row 1"),
    ]
    rows = [
        {"section": section, "question": question, "locator": place, "column": "comment", "comment_id": f"{i}"}
        for i, (section, question, place) in enumerate(places)
    ]
    found = sorted(rows, key=place_in_form(NEGLECT))
    assert [row["comment_id"] for row in found] == ["4", "3", "2", "1", "0"]


def test_comments_of_two_returns_from_one_agency_about_one_case_are_not_mixed():
    rows = [
        {"comment_id": f"{i}", "return_id": return_id, "section": "A", "question": "A1", "column": "worried", "case": "A",
         "agency": "School", "locator": place}
        for i, (return_id, place) in enumerate([("r2", "row 1"), ("r1", "row 2"), ("r1", "row 10"), ("r2", "row 3")])
    ]  # fmt: skip
    (group,) = comment_groups(TABLES["comments"].frame(rows), NEGLECT)
    assert [one.comment_id for one in group.comments] == ["1", "2", "0", "3"]
