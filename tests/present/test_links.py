from __future__ import annotations

import re

import pytest
from lxml import html

from audit_lib.present import links, report

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
