"""What stands behind the figures of pages that compare audits."""

from __future__ import annotations

import re

import pytest
from lxml import html

from audit_lib.analysis.comparison import Series, asked_again
from audit_lib.present import years
from audit_lib.present.years import behind
from audit_lib.store import write_tables
from tests.analysis.test_comparison import NO, YES, audit, recommended

from .test_years import EARLIER, LATER, MIXED, WITH_COMMENTS, rising

NA = "not_applicable"
TWO = (
    audit("in-2017", "2017-03", {"R1": [YES] * 1 + [NO] * 14 + [NA, "missing"], "R2": [YES, NO]}, [recommended("1", questions="R1")],
          grades={"overall": ["good", "inadequate", "missing"]}),
    audit("in-2018", "2018-05", {"R1": [YES] * 13 + [NO] * 2, "R2": [YES, YES]}, [recommended("7", "in-2017:1")],
          grades={"overall": ["good", "outstanding"]}),
)  # fmt: skip
OTHER = audit(
    "up-2018", "2018-07", {"R1": [NO] * 9}, [recommended("5")], tool="step-up-step-down-2018", theme="step-up"
)
FIGURE = re.compile(r"\d+%|\d+ of \d+|^[+-]?\d+( \(.*\) points)?$")


def page(*blocks):
    return html.fragment_fromstring("".join(block._repr_html_() for block in blocks), create_parent="div")


def of_theme(audits):
    return page(
        years.header(audits, "Over the years", "internal"),
        years.overview(audits),
        years.which_audits(audits),
        *(years.questions(audits, kind) for kind in ("answer", "grade")),
        years.by_case(audits),
        *(years.codes(audits, column) for column in ("going_well", "worried")),
        years.all_codes(audits),
        years.words(audits),
        years.recommendations(audits),
        years.concepts(audits, reworded=True),
        years.how_made(audits),
    )


def of_all(audits, folder):
    for tables in audits:
        write_tables(tables.tables, folder / "processed" / tables.audit)
    return page(
        years.header(audits, "All audits", "internal"),
        years.which_audits(audits),
        years.concepts(audits),
        years.all_codes(audits),
        years.words(audits),
        years.recommendations(audits, compared_above=False),
        years.every_question(audits, str(folder)),
        years.how_made(audits),
    )


def words(element):
    return " ".join(element.text_content().split())


AUDITS = {
    "two": TWO,
    "three": rising(5, 10, 18),
    "comments": WITH_COMMENTS,
    "other tools": MIXED,
    "two themes": (*TWO, OTHER),
}


@pytest.fixture(params=[f"{kind} of {name}" for kind in ("theme", "all") for name in AUDITS])
def shown(request, tmp_path):
    kind, _, name = request.param.partition(" of ")
    return of_theme(AUDITS[name]) if kind == "theme" else of_all(AUDITS[name], tmp_path)


def test_every_figure_opens_what_is_behind_it_and_nothing_leads_nowhere(shown):
    ids = shown.xpath("//@id")
    assert len(ids) == len(set(ids))
    led = {link[1:] for link in shown.xpath("//a/@href") if link.startswith("#")}
    assert led and led <= set(ids)
    cells = shown.xpath("//td[not(a)] | //*[@class='facts']//dd[not(a)]")
    assert [words(cell) for cell in cells if FIGURE.search(words(cell))] == []
    said = [re.sub(r"<a .*?</a>", "", html.tostring(each, encoding="unicode")) for each in shown.find_class("finding")]
    assert [each for each in said if re.search(r"\d+%|\d+ of \d+", each)] == []
    drawn = shown.xpath("//*[local-name()='svg'][.//*[local-name()='text']]")
    assert all(each.xpath("./*[local-name()='a'][@href][@aria-label]") for each in drawn)
    assert shown.xpath("//ul[@class='ranges']/li[not(a/@href)]") == []


def test_what_is_behind_a_question_asked_again_says_both_sides_and_how_they_were_compared():
    (opened,) = page(years.questions(TWO, "answer")).xpath("//details[p[@id='behind-change-2-r1']]")
    assert words(opened.find("summary")) == "7% and 87%: how counted, and where"
    assert words(opened.find("p")) == (
        "The returns that said yes, divided by those that said yes, partly, no or not known. Not counted: “not applicable”, missing "
        "and unclear. The rule"
    )
    told = [words(line) for line in opened.iter("dt", "dd")]
    assert told[0] == "March 2017: 1 of 15 (7%)"
    assert told[1].startswith(
        "Likely range: 1% to 30%. All answers: yes 1, no 14, not applicable 1, missing 1. At least one agency"
    )
    assert told[1].endswith("said so in 1 of 15 cases (case 0). Who answered what, and where: report of March 2017")
    assert told[2:4:2] == ["May 2018: 13 of 15 (87%)"]
    assert told[4] == "March 2017 to May 2018: clear rise"
    assert told[5].startswith(
        "1 of 15 (7%) to 13 of 15 (87%): +80 percentage points, likely range +46 to +91. Probability that "
    )
    assert told[5].endswith(
        "under 0.001; with all 3 comparisons made at once taken into account: under 0.001. The rule"
    )
    assert opened.xpath(".//dd//a/@href")[:2] == ["report:in-2017#behind-r1", "report:in-2018#behind-r1"]


@pytest.mark.parametrize(
    ("part", "anchor", "told"),
    [
        (lambda: years.questions(TWO, "grade"), "behind-change-2-grade-overall", "Not counted: “not applicable”, missing and unclear."),
        (lambda: years.questions(TWO, "grade"), "behind-change-2-grade-overall", "All grades: good 1, inadequate 1, missing 1."),
        (lambda: years.questions(TWO, "grade"), "behind-change-2-grade-overall", "report:in-2017#behind-grade-overall"),
        (lambda: years.codes(WITH_COMMENTS, "worried"), "behind-change-2-home-housing-worried", "2 of 20 (10%)"),
        (lambda: years.codes(WITH_COMMENTS, "worried"), "behind-change-2-home-housing-worried", "report:two#said-0-worried"),
        (lambda: years.words(WITH_COMMENTS), "behind-word-1", "The comments that hold the word"),
        (lambda: years.which_audits(TWO), "behind-audit-1", "report:in-2017#behind-returns"),
        (lambda: years.overview(TWO), "behind-compared", "clear rise: 1"),
    ],
)  # fmt: skip
def test_what_is_behind_the_other_figures(part, anchor, told):
    (opened,) = page(part()).xpath(f"//details[p[@id='{anchor}']]")
    assert told in " ".join([words(opened), *opened.xpath(".//a/@href")])


def test_of_three_audits_each_step_and_the_whole_time_are_behind_a_figure():
    (opened,) = page(years.questions(rising(5, 10, 18), "answer")).xpath("//details[p[@id='behind-change-3-r1']]")
    assert [words(each) for each in opened.iter("dt")][3:] == [
        "March 2014 to March 2017: cannot tell",
        "March 2017 to March 2018: clear rise",
        "March 2014 to March 2018: clear rise",
    ]


def test_nothing_leads_to_a_report_where_that_has_nothing_behind_the_figure():
    empty = audit("none", "2019-01", {})
    shown = page(years.questions((TWO[0], empty), "answer"))
    (opened,) = shown.xpath("//details[p[@id='behind-change-2-r1']]")
    assert opened.xpath(".//dd//a/@href") == ["report:in-2017#behind-r1", "#rule-changes"]
    assert "so there is nothing to compare" in words(opened)


def test_two_audits_whose_names_differ_by_a_sign_alone_have_ids_of_their_own():
    audits = tuple(audit(name, f"201{n}-03", {"R1": [YES]}) for n, name in enumerate(("a_b", "a-b")))
    of = behind.anchor(audits)
    points = next(one for one in asked_again(audits) if one.last.asked == "R1").points
    assert len({of(Series((point,))) for point in points}) == 2


def test_the_rules_to_which_figures_lead_are_on_the_page():
    shown = of_theme((EARLIER, LATER))
    assert {"rule-changes", "rule-percentages", "rule-subjects"} <= set(shown.xpath("//@id"))
    notes = " ".join(words(each) for each in shown.find_class("note"))
    assert "Fisher" not in notes and "Holm" not in notes
