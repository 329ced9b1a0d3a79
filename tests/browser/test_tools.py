"""What script adds to a page: contents that follow, search, filters, folded cells; and the page without script."""

from __future__ import annotations

from typing import Any

import pytest

from audit_lib.reporting.publish import page_path

from .opening import PHONE, opened
from .sample_page import REPORT

FOCUSED = "document.activeElement.outerHTML.slice(0, 90)"
CURRENT = "[...document.querySelectorAll('nav [aria-current]')].map(each => each.textContent)"
HIT = "[...CSS.highlights.get('here')].map(each => each.toString())"


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize("title", ["Background", "Co-operation", "What agencies said", "The questions of the tool"])
def test_the_contents_mark_the_section_that_is_read(browser, real_report, title):
    with opened(browser, real_report) as page:
        assert page.evaluate(CURRENT) == []
        page.locator("main :is(h2, h3)").filter(has_text=title).first.evaluate("each => each.scrollIntoView()")
        page.locator("nav [aria-current]").wait_for()
        assert page.evaluate(CURRENT) == [title]
        assert page.locator("nav [aria-current]").evaluate(
            "each => { const [a, b] = [each, each.closest('nav')].map(one => one.getBoundingClientRect());"
            " return b.top < a.top + 1 && a.bottom < b.bottom + 1 }"
        )


def test_search_goes_from_place_to_place_by_keyboard_and_opens_what_is_folded(browser, real_report):
    with opened(browser, real_report) as page:
        # Before it come the skip link, how many came back, what is not certain, two other pages and two files of data.
        press(page, *["Tab"] * 8)
        assert page.evaluate("document.activeElement.id") == "find"
        page.keyboard.type("lunch,  CLOTHING")
        assert page.evaluate(HIT) == ["lunch, clothing"]
        said = page.locator(".find .said").inner_text()
        assert said.startswith("1 of "), said
        assert page.get_by_text("daily note of lunch, clothing and mood").first.is_visible()
        page.locator("#find").fill("neglect")
        total = int(page.locator(".find .said").inner_text().split(" of ")[1].split(":")[0])
        assert total > 9
        for key, place in (("Enter", 2), ("Enter", 3), ("Shift+Enter", 2), ("Shift+Enter", 1), ("Shift+Enter", total)):
            press(page, key)
            assert page.locator(".find .said").inner_text().startswith(f"{place} of {total}: ")
            assert [text.lower() for text in page.evaluate(HIT)] == ["neglect"]
        page.locator("#find").fill("no such words")
        assert page.locator(".find .said").inner_text() == "Not found"
        assert page.evaluate(HIT) == []
        page.locator("#find").fill("n")
        assert page.locator(".find .said").inner_text() == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Children's", "Children's"), ("children’s", "Children's"), ("(58%)", "(58%)"), ("[worker]", "[worker]")],
)
def test_search_takes_words_as_people_type_them_and_never_as_a_pattern(browser, real_report, typed, found):
    with opened(browser, real_report) as page:
        page.locator("#find").fill(typed)
        assert page.evaluate(HIT)[0].lower() == found.lower()


def test_a_long_table_can_be_narrowed(browser, real_report):
    with opened(browser, real_report) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        box = page.locator(".filter:has(+ .table-scroll)").first
        items = page.locator(".filter + .table-scroll").first.locator("tbody tr")
        total, words = items.count(), items.first.inner_text().split()[1]
        box.locator("input").fill(f"{words[:4]} zzz")
        assert box.locator(".said").inner_text() == f"0 of {total} rows shown"
        box.locator("input").fill(words)
        left = items.filter(visible=True)
        assert 0 < left.count() < total
        assert [text for text in left.all_inner_texts() if words.lower() not in text.lower()] == []
        box.locator("input").fill("")
        assert (items.filter(visible=True).count(), box.locator(".said").inner_text()) == (total, "")


SPOKEN = """() => { const found = [];
    let fold = document.querySelector(".filter:has(select) + details");
    for (; fold?.matches("details"); fold = fold.nextElementSibling) if (!fold.hidden)
        found.push([fold.querySelector("summary").textContent,
                    [...fold.querySelectorAll("li:not([hidden])")].map(each => each.textContent)]);
    return found; }"""


@pytest.mark.parametrize("by", ["question", "agency", "case"])
def test_what_agencies_said_can_be_put_together_in_other_ways(browser, real_report, by):
    with opened(browser, real_report) as page:
        first = page.evaluate(SPOKEN)
        box = page.locator(".filter:has(select)").first
        box.locator("select").select_option(label=by)
        groups = page.evaluate(SPOKEN)
        assert sorted(text for _, texts in groups for text in texts) == sorted(
            text for _, texts in first for text in texts
        )
        assert len(groups) > 3 and [name for name, _ in groups] != [name for name, _ in first]
        for name, texts in groups:
            who, number = name.rsplit(": ", 1)
            assert number.split()[0] == str(len(texts))
            assert who == "None named" or [text for text in texts if who not in text] == []
        box.locator("input").fill("school")
        narrowed = page.evaluate(SPOKEN)
        assert len(narrowed) > 0 and all("school" in text.lower() for _, texts in narrowed for text in texts)
        box.locator("input").fill("")
        box.locator("select").select_option(label="part of the form")
        assert page.evaluate(SPOKEN) == first


@pytest.mark.parametrize("way", ["as it came", "put together by case"])
def test_a_number_of_comments_opens_all_of_them_and_closes_again(browser, real_report, way):
    with opened(browser, real_report) as page:
        links = page.locator("td > a[data-about]")
        assert links.count() > 10
        if way != "as it came":
            for box in page.locator(".filter select").all():
                box.select_option(label="case")
        for link in (links.nth(place) for place in (0, 1, 2, links.count() - 1)):
            link.focus()
            press(page, "Enter")
            shown = page.locator(".quoted")
            assert shown.count() == 1
            assert page.evaluate("document.activeElement.className") == "quoted"
            assert shown.locator("li").count() == int(link.inner_text())
            assert shown.locator("strong").inner_text() == link.get_attribute("aria-label")
        press(page, "Escape")
        assert shown.count() == 0
        assert page.evaluate("document.activeElement.dataset.about") == links.last.get_attribute("data-about")
        page.locator(".filter input").last.fill("no such words")
        links.first.press("Enter")
        assert shown.locator("li").filter(visible=True).count() == int(links.first.inner_text())


def test_a_long_cell_is_cut_until_it_is_opened_found_or_printed(browser, made_up):
    with opened(browser, made_up / page_path(REPORT, "neglect")) as page:
        more = page.locator(".more").first
        text = page.locator(".cut").first
        assert text.evaluate("each => each.scrollHeight > each.clientHeight")
        more.focus()
        press(page, "Enter")
        assert (more.inner_text(), more.get_attribute("aria-expanded")) == ("Show less", "true")
        assert text.evaluate("each => each.scrollHeight <= each.clientHeight")
        press(page, "Enter")
        page.locator("#find").fill("needle")
        assert text.evaluate("each => each.scrollHeight <= each.clientHeight")
        more.press("Enter")
        page.emulate_media(media="print")
        assert text.evaluate("each => each.scrollHeight <= each.clientHeight")
        assert not more.is_visible()


def test_all_folds_open_and_close_with_one_button(browser, real_report):
    closed = "[...document.querySelectorAll('.content details')].filter(each => !each.open).length"
    with opened(browser, real_report) as page:
        folded = page.evaluate(closed)
        page.get_by_role("button", name="Open all folded parts").press("Enter")
        assert (folded > 5, page.evaluate(closed)) == (True, 0)
        page.get_by_role("button", name="Fold them again").press("Enter")
        assert page.evaluate(closed) == folded


def test_on_a_phone_the_contents_are_folded_and_fold_again_once_followed(browser, real_report):
    with opened(browser, real_report, PHONE) as page:
        link = page.locator("nav a").nth(4)
        assert not link.is_visible()
        page.locator("nav summary").focus()
        press(page, "Enter", *["Tab"] * 5, "Enter")
        assert not link.is_visible()
        heading = page.locator(":target")
        assert heading.inner_text() == link.text_content()
        bar = page.locator(".side").evaluate("each => each.getBoundingClientRect().bottom")
        assert bar <= heading.evaluate("each => each.getBoundingClientRect().top")


def test_no_table_lies_over_the_contents_of_a_phone(browser, real_report):
    with opened(browser, real_report, PHONE) as page:
        page.locator("tbody th").filter(visible=True).nth(12).evaluate(
            "each => each.scrollIntoView({ block: 'start' })"
        )
        page.evaluate("scrollBy(0, document.querySelector('.side').offsetHeight + 8)")
        on_top = """() => { const bar = document.querySelector('.side').getBoundingClientRect();
            return [10, 30, 60].map(x => !!document.elementFromPoint(x, bar.top + bar.height / 2).closest('.side')) }"""
        assert page.evaluate(on_top) == [True, True, True]


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_the_focus_goes_in_order_can_be_seen_and_is_never_hidden(browser, real_report, width):
    """By real key presses: where the focus is, whether it shows, and whether something lies over it."""
    state = """() => {
        const each = document.activeElement, box = each.getBoundingClientRect(), style = getComputedStyle(each);
        const bar = document.querySelector('.side').getBoundingClientRect();
        const inBar = each.closest('.side, .skip');
        const below = bar.top >= 0 && box.bottom > bar.top && box.bottom <= bar.bottom;
        const covered = !inBar && bar.width > innerWidth - 1 && below;
        return [[...document.querySelectorAll('*')].indexOf(each),
                style.outlineStyle !== 'none', box.bottom > 0 && box.top < innerHeight && !covered]}"""
    with opened(browser, real_report, width) as page:
        seen = []
        for _ in range(90):
            press(page, "Tab")
            seen.append(page.evaluate(state))
    assert [place for place, *_ in seen] == sorted({place for place, *_ in seen})
    assert [n for n, (_, shown, free) in enumerate(seen) if not (shown and free)] == []


def test_without_script_everything_is_still_there(browser, real_report):
    with opened(browser, real_report) as page:
        page.evaluate("document.querySelectorAll('.filter, .more').forEach(each => each.remove())")
        words = (page.locator(".content").text_content() or "").split()
    with opened(browser, real_report, java_script_enabled=False) as page:
        assert page.locator("input, button").count() == 0
        assert page.locator("nav a").first.is_visible()
        assert (page.locator(".content").text_content() or "").split() == words
        fold = page.locator(".content details").first
        fold.locator("summary").press("Enter")
        assert fold.locator("table").is_visible()


@pytest.mark.parametrize(
    ("choices", "shown"),
    [
        ({"by-words": "neglect 2017"}, ["Neglect partnership audit, March 2017"]),
        ({"by-words": "cheshire", "by-year": "2018"}, ["Neglect partnership audit, May 2018"]),
        ({"by-theme": "Child in need"}, ["Child in need plans audit, March 2014"]),
        ({"by-theme": "Child in need", "by-year": "2018"}, []),
    ],
)
def test_the_index_can_be_narrowed(browser, sample_run, choices, shown):
    with opened(browser, sample_run / "index.html") as page:
        for box, chosen in choices.items():
            field = page.locator(f"#{box}")
            field.select_option(chosen) if box != "by-words" else field.fill(chosen)
        cards = page.locator(".card h3").filter(visible=True)
        assert cards.all_inner_texts() == shown
        assert page.locator(".theme h2").filter(visible=True).count() == len(shown)
        assert page.locator(".narrow .said").inner_text() == f"{len(shown)} of 7 reports shown"


@pytest.mark.parametrize(("height", "position"), [(800, "sticky"), (256, "static")])
def test_at_four_times_the_size_the_contents_do_not_cover_what_is_read(browser, real_report, height, position):
    with opened(browser, real_report, 320, height) as page:
        assert page.locator(".side").evaluate("each => getComputedStyle(each).position") == position


FIGURES = (
    ".chart svg a[href='#behind-r1'] >> nth=0",
    ".ends a >> nth=0",
    "td a[href='#behind-r1'] >> nth=1",
    ".chart svg a[href='#behind-grade-a'] >> nth=0",
    ".finding a[href='#behind-returns'] >> nth=0",
)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("figure", FIGURES)
def test_a_bar_and_a_figure_in_a_sentence_open_by_one_key_what_stands_behind_them(
    browser, real_report, figure, scripts
):
    with opened(browser, real_report, java_script_enabled=scripts) as page:
        link = page.locator(figure)
        behind = page.locator(link.get_attribute("href"))
        assert not behind.is_visible()
        link.press("Enter")
        assert behind.is_visible()
        assert behind.evaluate(
            "each => { const top = each.getBoundingClientRect().top; return top >= 0 && top < innerHeight }"
        )


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("figure", FIGURES)
def test_back_leads_from_what_stands_behind_a_figure_to_the_figure(browser, real_report, figure, scripts):
    top = "each => each.getBoundingClientRect().top"
    with opened(browser, real_report, java_script_enabled=scripts) as page:
        link = page.locator(figure)
        link.scroll_into_view_if_needed()
        before = link.evaluate(top)
        link.press("Enter")
        page.wait_for_url("**#behind-*")
        assert abs(link.evaluate(top) - before) > 100
        page.go_back()
        page.wait_for_timeout(300)  # a browser puts the page back a little after it has gone back
        assert abs(link.evaluate(top) - before) < 50
