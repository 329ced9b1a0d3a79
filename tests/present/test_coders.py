"""How far coders agree, as a report shows it."""

from __future__ import annotations

from lxml import html

from audit_lib.present import report

from .conftest import ABOUT, tables_of


def audit(number: int, *coders: str):
    """So many comments, coded by each coder alike but for the first, which only the first coder gives a code."""
    base = {"return_id": "r", "audit": "neglect-2018", "case": "A", "agency": "GP", "column": "worried"}
    comments = [base | {"comment_id": f"c{n}", "text": "nothing"} for n in range(number)]
    codings = [
        {
            "comment_id": f"c{n}",
            "code": "none" if n % 2 or (n == 0 and at) else "planning",
            "coder": coder,
            "certainty": "sure",
        }
        for at, coder in enumerate(coders)
        for n in range(number)
    ]
    return tables_of({"about": [ABOUT], "comments": comments, "codings": codings})


def cells(block, caption):
    page = html.fragment_fromstring(str(block.markup), create_parent="div")
    (found,) = page.xpath(f"//table[caption[.='{caption}']]")
    return [[cell.text_content().strip() for cell in row] for row in found.iter("tr")]


def test_two_people_are_shown_by_what_they_did_before_any_figure():
    block = report.codes(audit(20, "Ann", "Bob <b>"))
    assert "Ann and Bob &lt;b&gt; both coded 20 comments: 9 codings by both, 1 coding by one of them alone." in str(
        block.markup
    )
    head, row = cells(block, "Comments coded by Ann and by Bob <b>")
    assert head == ["Code", "Both", "Only Ann", "Only Bob <b>", "Neither", "Agree", "Beyond chance"]
    assert row == ["Plans", "9", "1", "0", "10", "95%", "0.90"]
    assert "Ann coded 20 comments, beside the program" in str(block.markup)


def test_few_comments_have_counts_and_no_figures():
    block = report.codes(audit(10, "Ann", "Bob"))
    assert "fewer than 20 are too few to speak of agreement" in str(block.markup)
    head, row = cells(block, "Comments coded by Ann and by Bob")
    assert (head[-1], row) == ("Neither", ["Plans", "4", "1", "0", "5"])


def test_without_a_person_nothing_is_said_of_agreement():
    assert "beside the program" not in str(report.codes(audit(20, "tool")).markup)
