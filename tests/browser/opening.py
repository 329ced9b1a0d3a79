"""The pages of all samples, and how one is opened: from disk, as a board member opens it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SAMPLES = (
    "case-audit-2017/internal/case-audit.html",
    "case-audit-2021/internal/case-audit.html",
    "case-grading/internal/case-grading.html",
    "child-in-need-2014/internal/child-in-need.html",
    "neglect-2017/internal/neglect.html",
    "neglect-2018/internal/neglect.html",
    "step-up-step-down-2018/internal/step-up-step-down.html",
)
PAGES = ("across.html", *SAMPLES, "index.html", "methods.html", "themes/case-audit.html", "themes/neglect.html")
REPORTS = tuple(name for name in PAGES if name not in ("index.html", "methods.html"))
PHONE, DESK = 375, 1280


@contextmanager
def opened(browser: Any, path: Path, width: int = DESK, height: int = 800, **context: Any) -> Iterator[Any]:
    with browser.new_context(viewport={"width": width, "height": height}, **context) as made:
        page = made.new_page()
        page.goto(path.as_uri())
        yield page
