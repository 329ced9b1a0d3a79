"""The Word document of a report: what the page says is in it, in Word's own styles."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree, html
from PIL import Image

from audit_lib.exports.board_report import to_docx
from audit_lib.exports.paging import heading_pages
from audit_lib.readers.word.converted import OVERRIDE, find_libreoffice

HOSTILE = ("<script>alert(1)</script>", "=1+1", "https://evil.example/", "a & b ]]> c", "Ŵy'n dda — 👧🏽 \u200b")
PAGE = """<!DOCTYPE html><html lang="en-GB"><body><main><div class="opening"><h1>Title</h1><p class="subtitle">Anyshire, May 2018</p>
<p class="mark">Internal</p><dl class="facts"><dt>Cases</dt><dd>6</dd></dl></div><div class="content"><h2>One</h2>{}
<p class="note">End of the report</p></div></main><footer class="page-end"><p>Internal report · Title</p></footer></body></html>"""


def words(element) -> str:
    return " ".join(element.text_content().split())


def text_of(element) -> str:
    """The text of a part of the document, with a line feed for a break."""
    return "".join(each.text or "" if each.tag == qn("w:t") else "\n" for each in element.iter(qn("w:t"), qn("w:br")))


def paragraphs(document) -> set[str]:
    return {" ".join(text_of(each).split()) for each in document.element.body.iter(qn("w:p"))}


def no_pages(docx: bytes) -> None:
    """As on a machine without LibreOffice."""


def made(page: str):
    return Document(io.BytesIO(to_docx(page, no_pages)))


@pytest.fixture(scope="module")
def document(page):
    return made(page)


def shown(page: str, kind: str) -> Iterator[str]:
    """The texts of a page that belong in the document, of one kind of element."""
    (content,) = html.document_fromstring(page).find_class("content")
    for element in [*content][-1].iter():
        element.set("class", "behind")
    for line_break in content.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    for element in content.iter(kind):
        around = [element, *element.iterancestors()]
        if not any({"behind", "working"} & set(each.classes) for each in around):
            yield words(element)


@pytest.mark.parametrize("kind", ["p", "li", "td", "th", "h2", "h3", "h4"])
def test_what_the_page_says_is_there_in_the_order_of_each_kind(page, document, kind):
    found, said = paragraphs(document), list(shown(page, kind))
    assert [text for text in said if text not in found | {""}] == []
    assert kind == "h4" or len(said) > 5


def test_headings_are_headings_and_the_contents_lead_to_them(page, document):
    headings = {level: [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"] for level in (1, 2)}
    assert headings[1][:-1] == list(shown(page, "h2"))
    assert headings[2][: len(list(shown(page, "h3")))] == list(shown(page, "h3"))
    links = {
        link.get(qn("w:anchor")): next(link.iter(qn("w:t"))).text
        for link in document.element.body.iter(qn("w:hyperlink"))
    }
    marks = {
        mark.get(qn("w:name")): text_of(mark.getparent()) for mark in document.element.body.iter(qn("w:bookmarkStart"))
    }
    assert links == marks and len(links) == len(headings[1]) + len(headings[2])


def listed(document) -> list[tuple[str, str]]:
    """(words, page) of each line of the contents."""
    lines = [line._p.iter(qn("w:t")) for line in document.paragraphs if line.style.name in ("TOC 1", "TOC 2")]
    return [(next(texts).text, next(texts).text) for texts in lines]


def begins(document) -> Iterator[tuple[str, bool]]:
    """(instruction, whether Word is told that the result is out of date) of each field."""
    for text in document.element.body.iter(qn("w:instrText")):
        begin = text.getparent().getprevious().find(qn("w:fldChar"))
        yield text.text.strip(), begin.get(qn("w:dirty")) == "true"


@pytest.mark.skipif(find_libreoffice() is None, reason="needs LibreOffice")
def test_the_contents_are_a_field_and_hold_the_page_of_each_heading(page):
    data = to_docx(page)
    document = Document(io.BytesIO(data))
    styles = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    pages = heading_pages(data)
    told = listed(document)
    assert told == [
        (words, str(page)) for (words, page), style in zip(pages, styles, strict=True) if style != "Heading 3"
    ]
    assert len({number for _, number in told}) > 3
    instructions = dict(begins(document))
    assert r'TOC \o "1-2" \h \z \u' in instructions
    assert not any(instructions.values()), "Word would ask before it opens the file"
    assert data == to_docx(page)


def test_without_libreoffice_word_is_told_to_work_the_pages_out(page, document, monkeypatch, tmp_path):
    assert [words for words, dirty in begins(document) if dirty] == [r'TOC \o "1-2" \h \z \u']
    monkeypatch.setenv(OVERRIDE, str(tmp_path / "none"))
    assert heading_pages(b"") is None


@pytest.mark.skipif(find_libreoffice() is None, reason="needs LibreOffice")
def test_pages_of_what_is_no_document_are_not_known():
    assert heading_pages(b"no document") is None


def test_each_page_says_which_it_is_and_all_but_the_first_of_what(document):
    (section,) = document.sections
    assert section.different_first_page_header_footer and not section.first_page_header.paragraphs[0].text
    assert document.core_properties.title in section.header.paragraphs[0].text
    foot = section.footer.paragraphs[0]
    fields = [text.text.strip() for text in foot._p.iter(qn("w:instrText"))]
    assert foot.text.startswith("Page ") and fields == ["PAGE", "NUMPAGES"]


def test_each_chart_is_a_picture_with_its_words_and_a_caption(page, document):
    drawings = list(html.document_fromstring(page).iter("svg"))
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == len(drawings) > 0
    for picture, drawing in zip(pictures, drawings, strict=True):
        assert words(next(drawing.iter("title"))) in picture.get("descr")
        assert words(next(drawing.iter("desc"))) in picture.get("descr")
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption" and p.text.startswith("Figure")]
    assert [caption.split(":")[0] for caption in captions] == [f"Figure {n}" for n in range(1, len(pictures) + 1)]
    for part in document.part.package.iter_parts():
        if part.partname.endswith(".png"):
            with Image.open(io.BytesIO(part.blob)) as image:
                assert image.width > 1000 and len(image.convert("RGB").getcolors(image.width * image.height)) > 10


def test_tables_repeat_their_first_row_and_have_captions(document):
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption" and p.text.startswith("Table")]
    with_captions = [table for table in document.tables if table._tbl.tblPr.find(qn("w:tblCaption")) is not None]
    assert len(with_captions) == len(document.tables) >= len(captions) > 5
    for table in document.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert sum(column.width for column in table.columns) <= 17.01 * 360_000


def test_the_file_tells_nothing_of_the_machine_and_is_the_same_again(page, document):
    data = to_docx(page, no_pages)
    assert data == to_docx(page, no_pages)
    about = document.core_properties
    assert (about.author, about.last_modified_by, about.created.year, about.language) == ("", "", 2000, "en-GB")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert not [name for name in file.namelist() if b'TargetMode="External"' in file.read(name)]
        assert {info.date_time[0] for info in file.infolist()} == {1980}


def test_hostile_text_reads_as_written_and_is_no_link_or_field():
    items = "".join(f"<li>{etree.tostring(etree.Element('x', a=text)).decode()[6:-3]}</li>" for text in HOSTILE)
    document = made(PAGE.format(f'<ul class="comments">{items}</ul>'))
    bullets = [p.text for p in document.paragraphs if p.style.name == "List Bullet"]
    assert bullets == [" ".join(text.split()) for text in HOSTILE]
    fields = {text.text.split()[0] for text in document.element.body.iter(qn("w:instrText"))}
    assert fields <= {"TOC", "SEQ", "PAGEREF"}


def test_columns_stand_beside_each_other_and_what_only_a_page_can_do_is_left_out():
    columns = "".join(
        f'<section class="column"><h4>{name}</h4><ul><li>{name} one</li><li>{name} two</li></ul></section>'
        for name in "ABC"
    )
    content = (
        f'<p>Said.</p><div class="columns">{columns}</div>'
        '<details class="data working"><summary>Not chosen: 3</summary><p>secret</p></details>'
        '<details class="data"><summary>Read them</summary><ul><li>folded</li></ul></details>'
    )
    document = made(PAGE.format(content))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list("ABC")
    assert table.rows[1].cells[1].text == "B one\nB two"
    texts = [p.text for p in document.paragraphs]
    assert "Said." in texts and "secret" not in " ".join(texts)
    assert "Not chosen: 3 (listed in the web page)" in texts
    assert texts.index("folded") > texts.index("What stands behind the report")


def test_what_is_not_certain_is_told_at_the_head():
    points = "<details class='points'><summary>Not certain yet: 2 things</summary><p>2 things have to be settled.</p></details>"
    page = PAGE.replace("</dl></div>", f"</dl>{points}</div>").format("")
    assert "Not certain yet: 2 things have to be settled." in paragraphs(made(page))
