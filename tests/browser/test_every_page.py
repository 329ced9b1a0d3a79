"""Every page that `audit run` makes of every sample, held to what a public body may be held to."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from justhtml import JustHTML
from lxml import html

from .opening import PAGES, REPORTS, opened

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def test_no_page_is_left_out(sample_run):
    assert sorted(path.relative_to(sample_run).as_posix() for path in sample_run.rglob("*.html")) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_html_without_a_fault(sample_run, name):
    JustHTML((sample_run / name).read_text(encoding="utf-8"), strict=True)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file_that_is_there(sample_run, name):
    page = sample_run / name
    links = html.document_fromstring(page.read_text(encoding="utf-8")).xpath("//a/@href[not(starts-with(., '#'))]")
    assert links
    assert [link for link in links if not leads_somewhere(page, link)] == []


def leads_somewhere(page: Path, link: str) -> bool:
    """Whether a link leads to a file that is there, and in it to what it names."""
    address, _, anchor = link.partition("#")
    file = (page.parent / unquote(address)).resolve()
    return file.is_file() and (not anchor or f'id="{anchor}"' in file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("neglect-2017/internal/neglect.html", ["../../themes/neglect.html"]),
        (
            "neglect-2018/internal/neglect.html",
            ["../../neglect-2017/internal/neglect.html", "../../themes/neglect.html"],
        ),
        ("child-in-need-2014/internal/child-in-need.html", []),
        ("themes/neglect.html", ["../neglect-2017/internal/neglect.html", "../neglect-2018/internal/neglect.html"]),
    ],
)
def test_a_report_leads_to_the_audit_before_and_its_theme_and_that_to_the_reports_it_compares(sample_run, name, links):
    document = html.document_fromstring((sample_run / name).read_text(encoding="utf-8"))
    assert document.xpath("//p[@class='downloads'][starts-with(., 'See also')]/a/@href") == links


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anybody(browser, sample_run, name, scheme):
    with opened(browser, sample_run / name, bypass_csp=True, color_scheme=scheme) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_complains_of_nothing(browser, sample_run, name):
    assert events(browser, sample_run / name) == []


@pytest.mark.parametrize("name", REPORTS)
def test_no_chart_has_to_be_drawn_sideways_on_the_narrowest_screen(browser, sample_run, name):
    """Nor is its smallest word too small to be read there."""
    with opened(browser, sample_run / name, 320) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        drawings = page.locator(".drawing, .strip, .ranges").filter(visible=True)
        assert drawings.count()
        assert [each.get_attribute("aria-label") for each in drawings.all() if each.evaluate(TOO_WIDE_OR_SMALL)] == []


@pytest.mark.parametrize("name", REPORTS)
def test_every_question_at_a_glance_is_read_on_the_narrowest_screen_without_drawing_it_sideways(
    browser, sample_run, name
):
    with opened(browser, sample_run / name, 320) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        tables = page.locator(".table-scroll:has(caption:text-is('Every question at a glance'))").all()
        assert [table.evaluate("each => each.scrollWidth - each.clientWidth") for table in tables] == [0] * len(tables)


TOO_WIDE_OR_SMALL = """each => each.scrollWidth > each.clientWidth ||
    [...each.querySelectorAll('text')].some(one => one.getBoundingClientRect().height < 7)"""


@pytest.mark.parametrize(("names", "largest"), [(PAGES, 600_000), (("index.html",), 150_000)])
def test_a_page_is_small(sample_run, names, largest):
    assert {name: size for name in names if (size := (sample_run / name).stat().st_size) > largest} == {}


def violations(page: Any) -> list[tuple[str, list[object]]]:
    """The rules of axe-core that a page breaks, each with the places where it does."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options = {
        "resultTypes": ["violations"],
        "runOnly": {"type": "tag", "values": list(RULES)},
        "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2, and off unless asked for
    }
    found = axe.run(page, options=options).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


def events(browser: Any, path: Path) -> list[str]:
    """What a page asks for beside itself, prints to the console, or fails at, while all that folds is opened."""
    seen: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: seen.append(f"request {request.url}"))
        page.on("console", lambda message: seen.append(f"console {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error {error}"))
        page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(path.as_uri(), wait_until="networkidle")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.wait_for_timeout(100)
    return [event for event in seen if event != f"request {path.as_uri()}"]


@pytest.mark.parametrize("name", REPORTS)
def test_no_words_of_a_chart_are_dark_on_a_dark_page(browser, sample_run, name):
    """Words that stand on a coloured area say their own colour, or their drawing says that of all; all others follow the page."""
    colours = """() => [...new Set([...document.querySelectorAll('.chart svg:not([fill="#141414"]) text:not([fill])')].map(each =>
        getComputedStyle(each).fill))]"""
    with opened(browser, sample_run / name, color_scheme="dark") as page:
        found = page.evaluate(colours)
        ink = page.evaluate("getComputedStyle(document.body).color")
    assert set(found) <= {ink}
