"""The three columns at the head of a report, and what changed since the audit before."""

from __future__ import annotations

from fractions import Fraction

import pytest
from lxml import html

from audit_lib.present import report
from audit_lib.present.report.in_short import _ends

from .conftest import ABOUT, AGENCIES, joined, returned, tables_of


def test_where_the_meeting_recorded_nothing_the_columns_come_from_the_returns():
    answers = ["y" * 20, "y" * 20, "yyn" + "y" * 17]
    rows = joined(
        *(
            returned(n, "A", agency, given, "GGGGGG", 7)
            for n, (agency, given) in enumerate(zip(AGENCIES, answers, strict=False))
        )
    )
    tables = tables_of(rows | {"about": [ABOUT]})
    questions = list(tables.instrument.questions)
    columns = html.fragment_fromstring(str(report.meeting_summary(tables).markup), create_parent="div").find_class(
        "column"
    )
    texts = [[item.text_content() for item in column.iter("li")] for column in columns]
    assert [column.findtext("h4") for column in columns] == [
        "Strongest, most praised",
        "Weakest, most worried about",
        "Needs to happen",
    ]
    assert len(texts[0]) == 4 and texts[0][0].endswith("3 of 3 returns to which it applied said yes (100%)")
    assert texts[0][3] == "and 15 more, just as often as the last"
    (worry,) = texts[1]
    assert worry.startswith(f"{questions[2]} “") and worry.endswith("2 of 3 returns to which it applied said yes (67%)")
    assert texts[2] == []


def test_what_the_meeting_recorded_stands_in_its_own_columns():
    said = {"about": "summary", "case": "", "column": "worried", "text": "Late referrals <b>"}
    markup = str(report.meeting_summary(tables_of({"about": [ABOUT], "meeting": [said]})).markup)
    assert "Late referrals &lt;b&gt;" in markup and "made from the returns" not in markup
    assert "As the meeting recorded it." in markup


def test_a_column_in_which_the_meeting_recorded_nothing_comes_from_the_returns_and_says_so():
    said = {"about": "summary", "case": "", "column": "worried", "text": "Late referrals"}
    praise = {
        "return_id": f"{0:016x}",
        "audit": "neglect-2018",
        "case": "A",
        "agency": "School",
        "column": "going_well",
    }
    answered = [returned(n, "A", agency, "yyn" + "y" * 17, "GGGGGG", 7) for n, agency in enumerate(AGENCIES[:3])]
    rest = {"about": [ABOUT], "meeting": [said], "comments": [praise | {"comment_id": "1", "text": "Drawing helped."}]}
    markup = str(report.meeting_summary(tables_of(joined(*answered, rest))).markup)
    columns = html.fragment_fromstring(markup, create_parent="div").find_class("column")
    texts = {column.findtext("h4"): [item.text_content() for item in column.iter("li")] for column in columns}
    assert list(texts) == ["What went well? (from the returns)", "What are we worried about?", "What needs to happen?"]
    assert texts["What are we worried about?"] == ["Late referrals"]
    assert texts["What went well? (from the returns)"][-1] == "1 comment, of which none has a code"
    assert "Where it recorded nothing, a column is made from the returns" in markup
    assert markup.count("Nothing recorded.") == 1


def test_where_nothing_stands_out_it_is_said():
    assert "too little in the returns" in str(report.meeting_summary(tables_of({"about": [ABOUT]})).markup)


@pytest.mark.parametrize(
    ("shares", "best", "worst"),
    [
        ([1, 0.5, 0.5, 0.5, 0.5, 0], ["1"], ["0"]),
        ([1, 1, 0.9, 0.2, 0.1], ["1", "1"], ["0.1", "0.2"]),
        ([0.6, 0.6, 0.6], [], []),
        ([0.9], [], []),
        ([], [], []),
        ([1] * 5 + [0.5], ["1"] * 5, ["0.5"]),
        ([1] * 6 + [0.5], ["1", "1", "1", "and 3 more, just as often as the last"], ["0.5"]),
    ],
)
def test_no_share_stands_at_both_ends(shares, best, worst):
    told = [(Fraction(share).limit_denominator(), 10, str(share)) for share in shares]
    assert _ends(told) == (best, worst)


def test_the_head_tells_what_is_not_certain_and_what_differs():
    quality = [{"severity": "error", "check": "answer_unclear", "message": "m"}] * 2
    claims = [
        {"file": "a.md", "verdict": verdict, "figure": "5", "claim": "Five <came>", "says": "Four did."}
        for verdict in ("agrees", "contradicts")
    ]
    head = str(report.header(tables_of({"about": [ABOUT], "quality": quality, "claims": claims}), "internal").markup)
    assert "Not certain yet: 2 things to be settled first and 1 figure in texts written by hand to be checked" in head
    assert "2 things have to be settled by a person before all figures can be relied on." in head
    assert "2 figures were found in 1 text: 1 agrees with the returns and 1 differs" in head
    assert "<li>Five &lt;came&gt; Four did.</li>" in head
    assert "Not certain yet" not in str(report.header(tables_of({"about": [ABOUT]}), "internal").markup)


SUMMARY = {"about": "summary", "case": "", "column": "worried", "text": "Late referrals"}


@pytest.mark.parametrize(
    ("answers", "strongest", "weakest"),
    [
        (["y" * 20, "yyn" + "y" * 17], "R1", "A1"),
        (["y" * 20], None, None),
        ([], None, None),
    ],
)
def test_beside_what_a_meeting_recorded_stand_the_questions_at_either_end(answers, strongest, weakest):
    given = joined(*(returned(n, "A", AGENCIES[n], letters, "GGGGGG", 7) for n, letters in enumerate(answers)))
    tables = tables_of(given | {"about": [ABOUT], "meeting": [SUMMARY]})
    ends = html.fragment_fromstring(str(report.meeting_summary(tables).markup), create_parent="div").find_class("ends")
    assert bool(ends) == bool(strongest)
    if ends:
        best, worst = (each.text_content() for each in ends[0].iter("p"))
        assert best.startswith("StrongestMost often answered") and strongest in best
        assert worst.startswith("WeakestLeast often answered") and weakest in worst
    assert "Most often answered" not in str(report.bottom_line(tables).markup)


@pytest.mark.parametrize(
    ("subjects", "told", "leads_to"),
    [
        (("home_housing", "home_housing", "planning"), ["Home and housing: 2 comments"], ["#said-0-going-well"]),
        (("home_housing", "planning"), ["2 comments, no two about the same subject"], []),
        (("home_housing",), ["1 comment"], []),
        (("",), ["1 comment, of which none has a code"], []),
    ],
)
def test_a_subject_stands_out_by_two_comments_and_leads_to_them(subjects, told, leads_to):
    place = {"return_id": f"{0:016x}", "audit": "neglect-2018", "case": "A", "agency": "GP", "column": "going_well"}
    comments = [place | {"comment_id": str(n), "text": f"text {n}"} for n, _ in enumerate(subjects)]
    codings = [
        {
            "comment_id": str(n),
            "audit": "neglect-2018",
            "code": code,
            "coder": "tool",
            "evidence": "text",
            "certainty": "sure",
        }
        for n, code in enumerate(subjects)
        if code
    ]
    tables = tables_of({"about": [ABOUT], "comments": comments, "codings": codings})
    columns = html.fragment_fromstring(str(report.meeting_summary(tables).markup), create_parent="div").find_class(
        "column"
    )
    assert [item.text_content().strip() for item in columns[0].iter("li")] == told
    assert columns[0].xpath(".//li/a/@href") == leads_to
