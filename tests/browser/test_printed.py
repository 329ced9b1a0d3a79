"""The report as PDF: printed by a browser that is on the machine, tagged, with an outline."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from lxml import html

from audit_lib.errors import WorkFailed
from audit_lib.exports import printed


@pytest.fixture(scope="module")
def page(made_up: Path) -> str:
    return next(made_up.rglob("neglect.html")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pdf(page: str) -> bytes:
    if printed.find_browser() is None:
        pytest.skip("no Chromium on this computer: browser tests need one")
    return printed.to_pdf(page)


def _titles(outline: list[object]) -> list[str]:
    return [title for one in outline for title in (_titles(one) if isinstance(one, list) else [one["/Title"]])]


def test_it_is_tagged_says_its_language_and_has_an_outline(page: str, pdf: bytes) -> None:
    read = pypdf.PdfReader(io.BytesIO(pdf))
    root = read.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    headings = [" ".join(each.text_content().split()) for each in html.document_fromstring(page).iter("h1", "h2")]
    assert set(headings) <= {" ".join(title.split()) for title in _titles(read.outline)}
    box = read.pages[0].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (210, 297)


def test_it_is_the_same_again_and_tells_nothing_of_the_machine(page: str, pdf: bytes) -> None:
    assert printed.to_pdf(page) == pdf
    read = pypdf.PdfReader(io.BytesIO(pdf))
    links = [
        a.get_object()["/A"].get("/URI", "")
        for each in read.pages
        for a in each.get("/Annots", [])
        if "/A" in a.get_object()
    ]
    assert not [link for link in links if "/" in link]
    assert read.metadata.creation_date.year == 2000
    assert not (read.metadata.creator or "").strip()


def test_a_machine_without_a_browser_is_told_what_to_do(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(printed.OVERRIDE, "/there/is/none")
    with pytest.raises(WorkFailed, match="Install Chromium, Chrome or Edge"):
        printed.to_pdf(page)


def test_a_browser_that_makes_nothing_is_told(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    idle = tmp_path / "idle"
    idle.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    idle.chmod(0o755)
    monkeypatch.setenv(printed.OVERRIDE, str(idle))
    with pytest.raises(WorkFailed, match="idle made no PDF"):
        printed.to_pdf(page)
