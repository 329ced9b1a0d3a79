from __future__ import annotations

import re

import pytest
from lxml import html

from audit_lib.instruments import load_instrument
from audit_lib.present import links, report
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables

NAMED = {"A2 “Does 3 of 4 <x>?”": "a2", "A2 “Does 3 of 4 <x>?” more": "a3", "Work: ": "work"}


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Most often: A2 “Does 3 of 4 <x>?” (1 of 2 returns to which it applied, 50%).", "(1 of 2 returns to which it applied, 50%->a2)."),
        ("A2 “Does 3 of 4 <x>?”: 1 of 2 returns to which it applied said yes (50%)", "1 of 2 returns to which it applied said yes (50%)->a2"),  # noqa: E501
        ("A2 “Does 3 of 4 <x>?” more (1 of 1 (100%) to 1 of 2 (50%))", "(1 of 1 (100%) to 1 of 2 (50%)->a3)"),
        ("Work: of 9 returns, 8 graded it good & 1 poor.", "Work: of 9 returns->work, 8 graded it good &amp; 1 poor."),
        ("Rework: 1 of 2", "Rework: 1 of 2->else"),
        ("31 forms were asked for and 18 came back (58%).", "and 18 came back (58%)->else."),
        ("the same in 62 of 126 pairs of grades (49%)", "the same in 62 of 126 pairs of grades (49%)->else"),
        ("For 20 we cannot tell.", "For 20 we cannot tell."),
    ],
)  # fmt: skip
def test_a_figure_leads_to_what_is_behind_that_which_was_named_last_before_it(sentence, told):
    found = re.sub(r'<a href="#([^"]*)">([^<]*)</a>', r"\2->\1", str(links.linked(sentence, NAMED, "else")))
    assert found.endswith(told)


def test_a_figure_of_nothing_that_can_be_opened_is_no_link():
    assert links.linked("1 of 2", NAMED) == "1 of 2"


def test_every_bar_and_every_figure_in_the_sentences_of_a_report_opens(audit):
    parts = [
        report.bottom_line(audit),
        report.returns(audit),
        report.gaps(audit),
        report.published(audit),
        report.how_to_read(audit),
        report.grades(audit),
        report.agreed_grades(audit),
        report.scores(audit),
    ]
    parts += [report.section(audit, one.id) for one in audit.instrument.sections]
    page = html.fragment_fromstring("".join(str(one.markup) for one in parts), create_parent="div")
    led = {link.get("href")[1:] for link in page.iter("a")} - {"rule-percentages", "rule-grades", "rule-scores"}
    led -= {links.PUBLISHED}  # nothing was published for this audit; the page makes it plain text
    assert led <= set(page.xpath("//@id"))
    bars = page.xpath("//*[local-name()='svg']/a")
    assert {links.of_grade("overall"), links.of_score("A")} | {
        f"behind-{one.lower()}" for one in audit.instrument.questions
    } <= {bar.get("href")[1:] for bar in bars}
    assert all(bar.get("aria-label") for bar in bars)
    assert not page.xpath("//*[local-name()='svg'][@role='img']//a")


def test_every_row_of_a_rubric_opens_who_gave_which_grade():
    tool = load_instrument("case-grading")
    group = tool.groups[0]
    things = [one for one in tool.grades if one.group == group.id]
    given = [
        {"return_id": f"{number:016x}", "case": case, "agency": "Children's Social Care", "section": thing.id, "grade": grade}
        | {"locator": f"table 1, row {row}", "audit": "made-up"}
        for number, case in enumerate(("A", "B"))
        for row, (thing, grade) in enumerate(zip(things, ("good", "missing", "inadequate"), strict=False), start=2)
    ]  # fmt: skip
    rows = {"grades": given, "cases": [{"audit": "made-up", "case": case, "requested": "yes"} for case in "AB"]}
    frames = {name: schema.frame(rows.get(name, [])) for name, schema in TABLES.items()}
    told = report.rubric_group(AuditTables("made-up", frames, tool), group.id)
    page = html.fragment_fromstring(str(told.markup), create_parent="div")
    opened = {things[0].id: "Good: 2", things[2].id: "Inadequate: 2"}
    bars = {bar.get("href")[1:] for bar in page.xpath("//*[local-name()='svg']/a")}
    assert bars == {links.of_grade(name) for name in opened}  # nobody graded the second row
    for name, counted in opened.items():
        (behind,) = page.xpath(f"//details[p[@id='{links.of_grade(name)}']]")
        assert counted in behind.text_content()
        assert "table 1, row" in behind.text_content()
