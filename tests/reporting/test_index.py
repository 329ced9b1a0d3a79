from __future__ import annotations

from string import ascii_letters, digits
from urllib.parse import unquote

import pytest
from lxml import html

from audit_lib.errors import WorkFailed
from audit_lib.reporting.index import write_index
from audit_lib.reporting.publish import (
    Comparison,
    Figure,
    Report,
    comparison_paths,
    publish,
    record_of,
    record_of_comparison,
)

NEGLECT = {
    "theme": "neglect",
    "area": "Cheshire <East>",
    "cases": 6,
    "cases_returned": 5,
    "figures": (Figure("Forms back", "", 19, 31),),
}
REPORTS = (
    (Report("step-up-2015", "Step up", "2015-07-03", "partners", 4, 0, synthetic=False), ["step-up", "case-notes"]),
    (Report("neglect-2017", "Neglect", "2017-03", "internal", 24, 18, synthetic=True, theme="neglect"), ["neglect"]),
    (Report("neglect-2018", "Neglect <audit>", "2018-05", "internal", 31, 19, synthetic=True, **NEGLECT), ["neglect"]),
)
OVER_YEARS = ("Neglect over the years", ("neglect-2017", "neglect-2018"), ("2017-03", "2018-05"), "internal", True)


@pytest.fixture
def index(tmp_path):
    for report, notebooks in REPORTS:
        path, content = record_of(report, notebooks)
        publish(tmp_path, {path: content}, "a")
    for comparison in (Comparison("neglect", *OVER_YEARS), Comparison("", "All", *OVER_YEARS[1:])):
        publish(tmp_path, {comparison_paths(comparison)[2]: record_of_comparison(comparison)}, "a")
    first = write_index(tmp_path).read_bytes()
    assert write_index(tmp_path).read_bytes() == first
    return html.document_fromstring(first)


def words(element):
    return [" ".join(text.split()) for text in element.itertext() if text.strip()]


def test_the_index_lists_every_report_by_theme_newest_first(index):
    assert [words(heading)[0] for heading in index.xpath("//h1|//h2|//h3")] == [
        *("Audit reports", "Neglect", "Neglect <audit>, May 2018", "Neglect, March 2017"),
        *("Other audits", "Step up, 3 July 2015"),
    ]


def test_a_card_holds_what_is_known_of_a_report(index):
    synthetic = "Synthetic: invented for demonstration, about no real child"
    assert [words(card)[1:] for card in index.xpath("//li[@data-theme]")] == [
        ["Cheshire <East>", "6 cases, returns for 5", "Internal", "Forms back", "19 of 31 (61%)", synthetic],
        ["18 of 24 forms came back", "Internal", synthetic],
        ["0 of 4 forms came back", "Partners", "Step up", "Case notes"],
    ]


def test_every_page_can_be_reached_from_the_index(index):
    assert index.xpath("//main//a/@href") == [
        *("across.html", "themes/neglect.html", "neglect-2018/internal/neglect.html"),
        "neglect-2017/internal/neglect.html",
        *(f"step-up-2015/partners/{page}.html" for page in ("step-up", "step-up", "case-notes")),
    ]
    assert index.xpath("//footer//a/@href") == ["methods.html"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "text", "percent"),
    [(10, 17, "10 of 17 (59%)", 59), (3, 8, "3 of 8 (38%)", 38), (0, 5, "0 of 5 (0%)", 0), (0, 0, "0 of 0", 0)],
)
def test_a_figure_is_rounded_as_everywhere(numerator, denominator, text, percent):
    figure = Figure("x", "", numerator, denominator)
    assert (figure.text, figure.percent) == (text, percent)


@pytest.mark.parametrize(
    ("behind", "page", "led"),
    [
        ("behind-returns", '<p id="behind-returns">', ["n/internal/neglect.html#behind-returns"]),
        ("behind-returns", '<p id="behind-gaps">', []),  # the report tells nothing of it
        ("behind-returns", None, []),  # its page is gone
        ("", '<p id="">', []),
    ],
)
def test_a_key_figure_leads_to_what_is_behind_it_where_that_is_there(tmp_path, behind, page, led):
    figure = Figure("Forms back", "", 19, 31, behind)
    path, content = record_of(
        Report("n", "N", "2018-05", "internal", 31, 19, synthetic=True, figures=(figure,)), ["neglect"]
    )
    publish(tmp_path, {path: content} | ({"n/internal/neglect.html": page.encode()} if page else {}), "a")
    index = html.document_fromstring(write_index(tmp_path).read_bytes())
    assert index.xpath("//dd/a/@href") == led
    assert words(index.xpath("//dd")[0]) == ["19 of 31 (61%)"]


def test_the_rules_of_all_reports_stand_beside_the_index(tmp_path):
    page = html.document_fromstring((write_index(tmp_path).parent / "methods.html").read_bytes())
    told = {each.findtext("strong"): each.get("id") for each in page.xpath("//div[@id='rules']/p")}
    assert told["Percentages"] == "rule-percentages" and told["Average grade"] == "rule-average"
    assert len(told) > 10 and page.xpath("//main//a/@href") == ["index.html"]


def test_an_index_of_nothing_says_so(tmp_path):
    assert "There is no report yet." in write_index(tmp_path / "outputs").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"pages": []}', b'{"pages": {}, "audit": 3}', b"\xff"])
def test_a_record_that_cannot_be_read_is_named_and_the_old_index_stays(tmp_path, content):
    publish(tmp_path, {"index.html": b"old", "a/internal/report.json": content}, "a")
    with pytest.raises(WorkFailed, match=r"a/internal/report\.json: cannot be read; delete it and run the audit again"):
        write_index(tmp_path)
    assert (tmp_path / "index.html").read_bytes() == b"old"


def test_a_folder_with_a_name_of_any_kind_is_linked(tmp_path):
    report = Report("Neglect 2018 & élan", "Neglect", "2018-05", "internal", 1, 1, synthetic=True)
    path, content = record_of(report, ["neglect"])
    publish(tmp_path, {path: content}, "a")
    page = html.document_fromstring(write_index(tmp_path).read_bytes())
    (link,) = page.xpath("//h3/a/@href")
    assert unquote(link) == "Neglect 2018 & élan/internal/neglect.html"
    assert set(link) <= set(ascii_letters + digits + "%/.-_")
