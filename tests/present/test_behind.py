from __future__ import annotations

import pandas as pd
from lxml import html

from audit_lib.analysis.proportions import question_results
from audit_lib.present import behind, report
from audit_lib.present.report import how_made

from .conftest import ABOUT, joined, returned, tables_of

COLUMNS = ["question", "return_id", "case", "agency", "answer", "locator", "as_written"]
ANSWERS = (
    ("R1", "r1", "10", "School", "yes", "table 3, row 2"),
    ("R1", "r2", "2", "School", "yes", "table 3, row 2"),
    ("R1", "r3", "2", "GP", "yes", "page 10"),
    ("R1", "r4", "2", "Police", "yes", "page 9"),
    ("R1", "r5", "3", "<b>GP</b>", "no", "page 1"),
    ("R1", "r6", "4", "GP", "not_applicable", "page 1"),
    ("R1", "r7", "5", "GP", "unclear", ""),
)


def shown(audit, answers=ANSWERS):
    table = pd.DataFrame([(*row, "") for row in answers], columns=COLUMNS)
    found = [one for one in question_results(table, audit.instrument) if one.question.id == "R1"]
    return html.fromstring(str(behind.questions("x", found, behind.places_of(table)).markup))


def words(element):
    """As on a wide screen, which shows nothing that is hidden."""
    return " ".join("".join(element.xpath(".//text()[not(ancestor::*[@hidden])]")).split())


def test_a_question_says_who_answered_what_and_where(audit):
    block = shown(audit)
    assert [words(line) for line in block.iter("dt", "dd")] == [
        "Yes: 4",
        "Police: 2 page 9",
        "GP: 2 page 10",
        "School: 2, 10 table 3, row 2",
        "No: 1",
        "<b>GP</b>: 3 page 1",
        "Not applicable: 1",
        "GP: 4 page 1",
        "Unclear: 1",
        "GP: 5 not in the form",
    ]


def test_a_percentage_says_how_it_is_counted(audit):
    block = shown(audit)
    assert words(block.find(".//summary")) == "80%: who answered what, and where"
    assert words(block.find(".//details/p")).startswith(
        "4 (the returns that said yes) divided by 5 (the returns with an answer that can be read, other than "
        "“not applicable”) is 80%. Likely range: 38% to 96%."
    )


def test_where_a_question_applied_to_nobody_there_is_no_percentage(audit):
    block = shown(audit, ANSWERS[5:])
    assert words(block.find(".//summary")) == "Who answered what"
    assert words(block.find(".//details/p")).startswith("There is nothing to take a percentage of")


def test_how_a_value_was_marked_stands_beside_its_place():
    rows = [
        {"case": "A", "agency": "GP", "question": "R1", "return_id": "r1", "locator": "table 3", "as_written": written}
        for written in ("Yes / No [marked by bold: Yes]", "Yes")
    ]
    told = [behind.places_of(pd.DataFrame([row]))["R1", "r1"].place for row in rows]
    assert told == ["table 3, marked by bold", "table 3"]


def test_every_figure_leads_to_its_rule(audit):
    rules = html.fromstring(f"<div>{how_made(audit).markup}</div>")
    ids = {f"#{each}" for each in rules.xpath("//@id")}
    for part, rule in (
        (report.section(audit, "R"), "percentages"),
        (report.grades(audit), "grades"),
        (report.scores(audit), "scores"),
    ):
        links = html.fromstring(f"<div>{part.markup}</div>").xpath("//details[@class='behind']/p/a/@href")
        assert set(links) == {f"#rule-{rule}"} <= ids


def test_a_score_says_who_gave_it_and_where():
    scores = [("A", "GP", 7), ("A", "School", 6.5), ("A", "Police", 7), ("B", "<b>", None), ("C", "GP", 3)]
    parts = [returned(n, case, agency, "y" * 20, "GGGGGG", score) for n, (case, agency, score) in enumerate(scores)]
    tables = tables_of(joined(*parts, {"about": [ABOUT], "scores": []}))
    tables.scores["locator"] = "paragraph 9"
    page = html.fragment_fromstring(str(report.scores(tables).markup), create_parent="div")
    opened = page.find_class("behind")
    assert [words(each.find("summary")) for each in opened] == [
        f"{n} of {of}: who gave which score, and where" for n, of in ((3, 3), (0, 1), (1, 1))
    ]
    told = [[words(line) for line in each.iter("dt", "dd")] for each in opened]
    assert told == [
        ["7", "GP: A; Police: A paragraph 9", "6.5", "School: A paragraph 9"],
        ["No score", "<b>: B paragraph 9"],
        ["3", "GP: C paragraph 9"],
    ]
    assert words(opened[0].find("p")).startswith("All scores added, 20.5, divided by 3 is 6.8.")


def test_the_returns_that_count_are_listed_with_their_ids():
    returns = pd.DataFrame(
        [("r1", "10", "GP", "read"), ("r2", "2", "School", "read"), ("r3", "2", "GP", "rejected")],
        columns=["return_id", "case", "agency", "status"],
    )
    rows = behind.returns_read(returns, {"r1": "a", "r2": "b"}).rows
    assert [(case, agency, number.text, file) for case, agency, number, file in rows] == [
        ("Case 2", "School", "r2", "b"),
        ("Case 10", "GP", "r1", "a"),
    ]


def test_a_grade_says_who_gave_it_and_where():
    parts = [
        returned(n, case, agency, "y" * 20, grades, 7)
        for n, (case, agency, grades) in enumerate(
            (("A", "GP", "GGGGGG"), ("B", "<b>", "GGGGGI"), ("C", "School", "GGGGGm"))
        )
    ]
    tables = tables_of(joined(*parts, {"about": [ABOUT]}))
    page = html.fragment_fromstring(str(report.grades(tables).markup), create_parent="div")
    last = page.find_class("behind")[-1]
    assert words(last.find("summary")) == "2 of 3: who gave which grade, and where"
    assert [words(line).removesuffix(" not in the form") for line in last.iter("dt", "dd")] == [
        *("Good: 1", "GP: A"),
        *("Inadequate: 1", "<b>: B"),
        *("No grade: 1", "School: C"),
    ]
