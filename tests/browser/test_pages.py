"""Pages in a real browser, opened from disk as a board member opens them."""

from __future__ import annotations

import pytest

from .opening import DESK, PHONE, opened
from .sample_page import HOSTILE
from .test_every_page import events, violations

A4_TEXT_WIDTH = 672  # 210 mm less two margins of 16 mm, in CSS pixels


def test_hostile_text_runs_nothing_and_loads_nothing(browser, page_file):
    assert events(browser, page_file) == []


def test_hostile_text_is_shown_as_it_was_written(browser, report_file):
    with opened(browser, report_file) as page:
        shown = page.locator("ul.comments > li").all_text_contents()
    assert [text for text in HOSTILE if text not in shown] == []


def test_nothing_stands_in_the_way_on_a_phone(browser, page_file):
    with opened(browser, page_file, PHONE, bypass_csp=True) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert violations(page) == []


def test_the_first_key_press_offers_to_skip_to_the_content(browser, page_file):
    with opened(browser, page_file) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        focused = page.evaluate("(each => [each.tagName, each.matches(':focus-visible')])(document.activeElement)")
        assert focused == ["H1" if page_file.name == "index.html" else "H2", True]
        before = page.locator(":focus").inner_text()
        page.keyboard.press("Tab")
        inside = ".page" if page_file.name == "index.html" else ".content"
        assert page.evaluate("where => Boolean(document.activeElement.closest(where))", inside), before


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


def test_a_printed_page_shows_what_is_opened_and_cuts_nothing_off(browser, page_file):
    with opened(browser, page_file, A4_TEXT_WIDTH) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.emulate_media(media="print")
        assert (
            page.evaluate(
                "[...document.querySelectorAll('details > :not(summary, .filter, .small + .note)')]"
                ".filter(each => !each.offsetHeight).length"
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


def test_the_first_screen_tells_what_was_audited_and_what_stands_out(browser, real_report):
    """At the size of a usual laptop, before anybody scrolls: the facts, the two ends, and the first line of each column."""
    firsts = [".opening .facts dd", ".points > summary", ".ends p"]
    with opened(browser, real_report, 1440, 900) as page:
        for place in firsts:
            boxes = [each.bounding_box() for each in page.locator(place).all()]
            assert boxes and max(box["y"] + box["height"] for box in boxes) < 900, place
        columns = page.locator(".columns").first.locator(".column")
        tops = [column.locator("li").first.bounding_box()["y"] for column in columns.all()]
        assert len(tops) == 3 and max(tops) < 860
        facts = page.locator(".opening .facts > div").all()
        assert len({each.bounding_box()["y"] for each in facts}) == 1


def test_what_a_row_is_about_stays_in_sight_on_a_phone(browser, real_report):
    """Every table that is wider than the screen, drawn to its end: its first column is where it was, and leaves room for the others."""
    drawn = """() => {
        document.querySelectorAll('details').forEach(each => each.open = true);
        const wide = [...document.querySelectorAll('.table-scroll')].filter(each => each.scrollWidth > each.clientWidth + 8);
        return wide.map(each => {
            each.scrollLeft = each.scrollWidth;
            const [box, first] = [each, each.querySelector('tbody th')].map(one => one.getBoundingClientRect());
            return [Math.round(first.left - box.left), first.width < box.width * .55];
        })}"""
    with opened(browser, real_report, 320) as page:
        found = page.evaluate(drawn)
    assert len(found) > 5
    assert [each for each in found if each != [0, True]] == []
