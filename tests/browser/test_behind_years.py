"""The figures of pages that compare audits, opened by click and by key, and followed into the report of one audit."""

from __future__ import annotations

import pytest

from .opening import PHONE, opened
from .test_tools import press

FIGURES = {
    "a sentence": ("themes/neglect.html", ".finding a[href='#behind-change-2-a2']"),
    "the head": ("themes/neglect.html", ".facts a[href='#behind-audits']"),
    "a table": ("themes/neglect.html", "td a[href='#behind-audit-1']"),
    "a line of a chart": ("themes/neglect.html", ".drawing.wide svg a[href='#behind-change-2-a3']"),
    "subjects": ("across.html", "td a[href$='-any']"),
    "recommendations": ("across.html", "tbody td a[href^='#behind-change-']"),
}


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("key", [True, False])
@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_opens_what_is_behind_it_and_back_leads_to_the_figure(browser, sample_run, figure, key, scripts):
    name, chosen = FIGURES[figure]
    with opened(browser, sample_run / name, java_script_enabled=scripts) as page:
        link = page.locator(chosen).first
        link.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        if key:
            link.focus()
            press(page, "Enter")
        else:
            link.click()
        page.wait_for_url("**#behind-*")
        anchor = page.url.partition("#")[2]
        page.locator(f"[id='{anchor}']").wait_for()
        top = page.locator(f"[id='{anchor}']").bounding_box()["y"]
        assert 0 <= top < 800
        page.go_back()
        page.wait_for_timeout(100)
        assert abs(page.evaluate("scrollY") - before) < 60


@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("behind", ["a2", "grade-overall"])
def test_what_is_behind_a_figure_leads_on_into_the_report_of_one_audit(browser, sample_run, behind, scripts, width):
    with opened(browser, sample_run / "themes/neglect.html", width, java_script_enabled=scripts) as page:
        page.goto(f"{page.url}#behind-change-2-{behind}")
        page.locator(f"details:has(> [id='behind-change-2-{behind}']) a[href*='neglect-2018/internal']").click()
        page.wait_for_url(f"**/neglect-2018/internal/neglect.html#behind-{behind}")
        shown = page.locator(f"[id='behind-{behind}']")
        shown.wait_for()
        assert 0 <= shown.bounding_box()["y"] < 800
