from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from audit_lib.errors import UserFault, WorkFailed
from audit_lib.reporting.publish import Report
from audit_lib.reporting.reports import make_reports

REPORT = Report("sample", "A sample audit", "2018-05", "internal", 3, 2, synthetic=True)
SHOWN = "from IPython.display import HTML, display; display(HTML(f'<p class=\"finding\">{audit} is {word}</p>'))"
BEFORE = {"sample/internal/tiny.html": "the old report", "sample/notebooks/tiny.ipynb": "the old notebook"}


def files_in(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_reports_are_the_same_wherever_they_are_made(write_notebook, tmp_path):
    made = []
    for place in ("one", "two"):
        folder = tmp_path / place
        said: list[str] = []
        notebook = write_notebook("word = 'shown'", "## What was found", SHOWN, folder=folder / "notebooks")
        pages = make_reports(REPORT, [notebook], folder / "data", folder / "outputs", said.append)
        assert pages == [folder / "outputs" / "sample" / "internal" / "tiny.html"]
        assert said == ["running tiny.ipynb", "writing 1 page"]
        made.append(files_in(folder / "outputs"))
    assert made[0] == made[1]
    assert sorted(made[0]) == [
        "sample/internal/report.json",
        "sample/internal/tiny.html",
        "sample/notebooks/tiny.ipynb",
    ]
    assert html.document_fromstring(made[0]["sample/internal/tiny.html"]).xpath("//p[@class='finding']/text()") == [
        "sample is shown"
    ]
    assert 'data = \\"../../../data\\"' in made[0]["sample/notebooks/tiny.ipynb"]


def test_files_beside_a_page_are_published_with_it_and_linked(write_notebook, tmp_path):
    beside = {"data.xlsx": ("workbook", b"one"), "data.zip": ("tables", b"two")}
    (page,) = make_reports(REPORT, [write_notebook("## Found")], tmp_path / "data", tmp_path / "out", list, beside)
    assert [(page.parent / name).read_bytes() for name in beside] == [b"one", b"two"]
    links = html.document_fromstring(page.read_bytes()).xpath("//p[@class='downloads']/a")
    assert [(link.get("href"), link.text) for link in links] == [("data.xlsx", "workbook"), ("data.zip", "tables")]


@pytest.mark.parametrize(
    ("last_cell", "message"),
    [
        ("1 / 0", r'^late\.ipynb: failed at cell 3 \(under "Later"\): ZeroDivisionError$'),
        (
            SHOWN.replace("{word}", "<script>"),
            r"^late\.html: not published, because of what it holds: line \d+: <script>$",
        ),
        (
            "from pathlib import Path; print(Path.cwd())",
            r"^late\.ipynb: not published, because it shows where a folder",
        ),
    ],
)
def test_when_one_notebook_fails_nothing_is_published(write_notebook, tmp_path, monkeypatch, last_cell, message):
    monkeypatch.chdir(tmp_path)
    for path, text in BEFORE.items():
        (tmp_path / "outputs" / path).parent.mkdir(parents=True)
        (tmp_path / "outputs" / path).write_text(text, encoding="utf-8")
    notebooks = [write_notebook("## Found"), write_notebook("## Later", last_cell, name="late")]
    with pytest.raises(WorkFailed, match=message):
        make_reports(REPORT, notebooks, tmp_path / "data", tmp_path / "outputs", list)
    assert files_in(tmp_path / "outputs") == BEFORE


def test_an_output_folder_that_cannot_be_is_told_before_a_notebook_runs(write_notebook, tmp_path):
    (tmp_path / "outputs").write_text("x", encoding="utf-8")
    said: list[str] = []
    with pytest.raises(UserFault, match="the reports cannot be written there"):
        make_reports(REPORT, [write_notebook("1")], tmp_path / "data", tmp_path / "outputs", said.append)
    assert said == []


def test_importing_it_brings_in_nothing_heavy():
    code = "import sys, audit_lib.reporting.reports; print([m for m in ('papermill', 'nbconvert', 'pandas') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
