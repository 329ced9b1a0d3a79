"""Reports on disk, and a Chromium to look at them with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample_page import REPORT, notebook

from audit_lib.reporting.allowed_html import check_page
from audit_lib.reporting.publish import page_path, publish, record_of, write_index
from audit_lib.reporting.render import render_report

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("no Chromium on this computer: browser tests need one")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, "--no-sandbox"] if as_root else QUIET
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one report and its index, as ``audit run`` leaves it."""
    out = tmp_path_factory.mktemp("published") / "outputs"
    page = render_report(notebook(), title=REPORT.title, date=REPORT.long_date, marking=REPORT.marking)
    check_page(page, "neglect.html")
    record, content = record_of(REPORT, ["neglect"])
    publish(out, {page_path(REPORT, "neglect"): page.encode(), record: content}, "test")
    write_index(out)
    return out


@pytest.fixture(params=["index", "report"])
def page_file(request: pytest.FixtureRequest, made_up: Path) -> Path:
    """Each page that every check of this folder is made on."""
    return made_up / {"index": "index.html", "report": page_path(REPORT, "neglect")}[request.param]


@pytest.fixture
def report_file(made_up: Path) -> Path:
    """A report page alone."""
    return made_up / page_path(REPORT, "neglect")
