"""A report on paper, as Chromium would print it on A4."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from .opening import REPORTS, opened


def lines(page: Any) -> list[str]:
    return [line.replace("ﬁ", "fi").replace("ﬀ", "ff") for line in page.extract_text().splitlines()]


OPENED = "document.querySelectorAll('.content details').forEach(each => each.open = true)"


def sheets_of(page: Any) -> list[list[str]]:
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in pdf.pages} == {(595, 842)}
    return [lines(sheet) for sheet in pdf.pages]


@pytest.fixture(scope="module", params=["light", "dark"])
def printed(request: pytest.FixtureRequest, browser: Any, sample_run: Any) -> tuple[list[list[str]], list[str]]:
    """The lines of each printed page, and the headings of parts, of a report looked at in light or dark, all of it opened."""
    with opened(browser, sample_run / "neglect-2018/internal/neglect.html", color_scheme=request.param) as page:
        parts = [heading.inner_text() for heading in page.locator(".content > h2").all()]
        page.evaluate(OPENED)
        return sheets_of(page), parts


def test_every_sheet_says_who_it_is_for_and_which_of_how_many_it_is(printed):
    sheets, _ = printed
    assert [sheet[:2] for sheet in sheets] == [
        ["Internal report", f"{number} / {len(sheets)}"] for number in range(1, len(sheets) + 1)
    ]


def test_every_part_begins_on_a_sheet_of_its_own(printed):
    sheets, parts = printed
    firsts = [sheet[2] for sheet in sheets]
    assert [part for part in parts if part not in firsts] == []


def test_a_table_that_goes_on_has_its_headings_again(printed):
    sheets, _ = printed
    found = [
        number
        for number, sheet in enumerate(sheets)
        if any(line.startswith("Return What was found, and where") for line in sheet)
    ]
    assert len(found) >= 3
    assert found == list(range(found[0], found[-1] + 1))


def test_all_that_is_opened_is_printed(printed):
    sheets, _ = printed
    text = " ".join(line for sheet in sheets for line in sheet)
    assert "daily note of lunch, clothing and mood" in text
    assert "folded parts are left out" not in text
    tools = ("Show only rows", "Group by", "Open all folded", "Find in this page", "folded in the page")
    assert [tool for tool in tools if tool in text] == []


@pytest.mark.parametrize("name", REPORTS)
def test_a_board_prints_the_report_without_its_workings_and_is_told_so(browser, sample_run, name):
    with opened(browser, sample_run / name) as page:
        assert page.locator(".content details:not([open])").count()
        sheets = sheets_of(page)
    text = " ".join(line for sheet in sheets for line in sheet)
    assert "other folded parts are left out" in text
    for line in ("who answered what, and where", "Show the figures as a table", "Show every percentage"):
        assert line not in text
    assert len(sheets) <= 60


@pytest.mark.parametrize("scripts", [True, False])
def test_what_stands_behind_the_figures_is_printed_in_full_though_nothing_was_opened(browser, sample_run, scripts):
    path = sample_run / "neglect-2018/internal/neglect.html"
    with opened(browser, path, java_script_enabled=scripts) as page:
        told = [" ".join(each.split()) for each in page.locator(".behind > :is(p, dl) >> nth=0").all_text_contents()]
        told += [" ".join(each.split()) for each in page.locator(".behind dt").all_text_contents()]
        charts = page.locator(".small figcaption").all_text_contents()
        sheets = sheets_of(page)
        assert page.locator(".evidence").count() == 0
    text = " ".join(" ".join(line for sheet in sheets for line in sheet).split())
    appendix = "Appendix: what stands behind the figures"
    assert text.count(appendix) == (2 if scripts else 0)  # in the contents, and above it
    printed = text.rpartition(appendix)[2]
    assert len(told) > 100 and [each for each in told if each not in printed] == []
    assert len(charts) == 20 and [each for each in charts if each.split()[0] + " " not in text] == []


def test_paper_is_white_and_its_ink_dark_whatever_the_screen_was(browser, sample_run):
    with opened(browser, sample_run / "neglect-2018/internal/neglect.html", color_scheme="dark") as page:
        page.emulate_media(media="print")
        colours = page.evaluate("(style => [style.backgroundColor, style.color])(getComputedStyle(document.body))")
    assert colours == ["rgb(255, 255, 255)", "rgb(27, 39, 51)"]


@pytest.mark.parametrize("text", [".chart", ".column", "tr"])
def test_nothing_of_a_kind_is_cut_between_two_sheets(browser, sample_run, text):
    with opened(browser, sample_run / "neglect-2018/internal/neglect.html") as page:
        page.emulate_media(media="print")
        kept = page.locator(text).first.evaluate("each => getComputedStyle(each).breakInside")
    assert kept == "avoid"


@pytest.mark.parametrize(
    "name", ["step-up-step-down-2018/internal/step-up-step-down.html", "neglect-2018/internal/neglect.html"]
)
def test_no_heading_or_line_that_opens_something_stands_last_on_a_sheet(browser, sample_run, name):
    with opened(browser, sample_run / name) as page:
        kinds = page.locator(".content :is(h2, h3, h4, summary)")
        alone = {" ".join(each.split()) for each in kinds.all_text_contents()}
        first = page.locator(".content h2").first.inner_text()
        page.evaluate(OPENED)
        sheets = sheets_of(page)
    behind_contents = next(at for at, sheet in enumerate(sheets) if sheet[2] == first)
    assert behind_contents <= 2
    lasts = [sheet[-1].strip() for sheet in sheets[behind_contents:-1]]
    assert len(lasts) > 50 and [last for last in lasts if last in alone] == []
