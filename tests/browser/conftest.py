"""Reports on disk, and a Chromium to look at them with."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit_lib.reporting.allowed_html import check_page
from audit_lib.reporting.index import write_index
from audit_lib.reporting.publish import page_path, publish, record_of
from audit_lib.reporting.render import render_report

from .opening import SAMPLES
from .sample_page import HOSTILE, REPORT, notebook

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
    page = render_report(
        notebook(),
        home="../../",
        title=REPORT.title,
        date=REPORT.long_date,
        marking=REPORT.marking,
        kind=REPORT.kind,
        downloads=[("data.xlsx", "workbook")],
        related=[],
    )
    check_page(page, "neglect.html")
    record, content = record_of(REPORT, ["neglect"])
    publish(out, {page_path(REPORT, "neglect"): page.encode(), record: content}, "test")
    write_index(out)
    return out


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """The output folder of ``audit run`` over every sample; the meeting of one of them also said every hostile text."""
    folder = tmp_path_factory.mktemp("sample")
    for audit in (page.split("/")[0] for page in SAMPLES):
        shutil.copytree(pytestconfig.rootpath / "data" / "raw" / audit, folder / "data" / "raw" / audit)
    with (folder / "data" / "raw" / "neglect-2018" / "meeting.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(["A", "worried", text, "case"] for text in HOSTILE)
    out = folder / "outputs"
    command = [sys.executable, "-m", "audit_lib.cli", "run", "--data", str(folder / "data")]
    ran = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    return out


@pytest.fixture
def real_report(sample_run: Path) -> Path:
    """The report on the sample audit, as a user gets it."""
    return sample_run / "neglect-2018" / "internal" / "neglect.html"


@pytest.fixture(params=["blocks", "real report"])
def report_file(request: pytest.FixtureRequest) -> Path:
    """A report page, of made-up blocks or of the sample audit."""
    if request.param == "real report":
        return request.getfixturevalue("real_report")
    return request.getfixturevalue("made_up") / page_path(REPORT, "neglect")


@pytest.fixture(params=["index", "blocks", "real report"])
def page_file(request: pytest.FixtureRequest) -> Path:
    """Each page that every check of this folder is made on."""
    if request.param == "real report":
        return request.getfixturevalue("real_report")
    return request.getfixturevalue("made_up") / {"index": "index.html"}.get(request.param, page_path(REPORT, "neglect"))
