"""Pages in a real browser, opened from disk as a board member opens them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from .sample_page import HOSTILE

pytestmark = pytest.mark.browser

PHONE, DESK = 375, 1280
A4_TEXT_WIDTH = 672  # 210 mm less two margins of 16 mm, in CSS pixels


@contextmanager
def opened(browser: Any, path: Path, width: int = DESK, **context: Any) -> Iterator[Any]:
    with browser.new_context(viewport={"width": width, "height": 800}, **context) as made:
        page = made.new_page()
        page.goto(path.as_uri())
        yield page


def test_a_page_asks_for_nothing_runs_nothing_and_complains_of_nothing(browser, page_file):
    events: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: events.append(f"request {request.url}"))
        page.on("console", lambda message: events.append(f"console {message.text}"))
        page.on("pageerror", lambda error: events.append(f"error {error}"))
        page.on("dialog", lambda dialog: (events.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(page_file.as_uri(), wait_until="networkidle")
        for summary in page.locator("summary").all():
            summary.click()
        page.wait_for_timeout(100)
    assert events == [f"request {page_file.as_uri()}"]


def test_hostile_text_is_shown_as_it_was_written(browser, report_file):
    with opened(browser, report_file) as page:
        shown = page.locator("ul.comments > li").all_text_contents()
    assert [text for text in HOSTILE if text not in shown] == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_stands_in_the_way_of_a_screen_reader(browser, page_file, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with opened(browser, page_file, width, bypass_csp=True) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found = axe.run(page).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


def test_the_first_key_press_offers_to_skip_to_the_content(browser, page_file):
    with opened(browser, page_file) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_every_line_of_the_contents_leads_to_its_heading(browser, report_file):
    with opened(browser, report_file) as page:
        links = page.locator("nav a").all()
        assert len(links) >= 6
        for link in links:
            link.click()
            heading = page.locator(":target")
            assert heading.inner_text() == link.inner_text()
            assert heading.evaluate("each => each.getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("width", [320, PHONE, DESK])
def test_a_page_never_scrolls_sideways(browser, page_file, width):
    with opened(browser, page_file, width) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_printed_page_shows_what_is_folded_and_cuts_nothing_off(browser, page_file):
    with opened(browser, page_file, A4_TEXT_WIDTH) as page:
        page.emulate_media(media="print")
        assert (
            page.evaluate(
                "[...document.querySelectorAll('details > :not(summary)')].filter(each => !each.offsetHeight).length"
            )
            == 0
        )
        assert page.evaluate("document.scrollingElement.scrollWidth") <= A4_TEXT_WIDTH
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("width", [1100, 1400])
def test_every_table_of_a_report_fits_a_desk(browser, real_report, width):
    with opened(browser, real_report, width) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        wide = page.evaluate(
            "[...document.querySelectorAll('.table-scroll')].filter(each => each.scrollWidth > each.clientWidth)"
            ".map(each => each.ariaLabel)"
        )
    assert wide == []


@pytest.mark.parametrize("width", [1000, 1100])
def test_the_three_columns_of_a_meeting_stand_side_by_side(browser, real_report, width):
    with opened(browser, real_report, width) as page:
        rows = page.evaluate(
            "[...document.querySelectorAll('.columns')]"
            ".map(each => new Set([...each.children].map(one => one.offsetTop)).size)"
        )
    assert set(rows) == {1}


def test_a_report_is_small(real_report):
    assert real_report.stat().st_size < 600_000
