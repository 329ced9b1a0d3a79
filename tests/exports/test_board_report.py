"""The Word document of a report: what the page says is in it, in Word's own styles."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree, html
from PIL import Image

from audit_lib.exports.board_report import to_docx
from audit_lib.exports.paging import heading_pages
from audit_lib.readers.word.converted import OVERRIDE, find_libreoffice

ON_SCREEN = ("What a person has to look at", "The questions of the tool")
PAPER = {"paper-here", "paper-appendix"}
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
    for line_break in content.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    for element in [*content][-1:] + content.find_class("screen") + content.find_class("nothing"):
        element.drop_tree()
    for element in content.iter(kind):
        around = list(element.iterancestors())
        folded = any(each.tag == "details" and not PAPER & set(each.classes) for each in around)
        repeated = kind == "p" and any(each.find_class("behind") for each in around if "definitions" in each.classes)
        alike = any("alike" in each.classes for each in around)  # told in lists
        if element.tag == "details" or not (folded or repeated or alike):
            yield words(element)


def test_headings_are_headings_and_the_contents_lead_to_them(page, document):
    headings = {level: [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"] for level in (1, 2)}
    assert headings[1] == list(shown(page, "h2"))
    assert sorted(headings[2]) == sorted(h3 for h3 in shown(page, "h3") if h3 not in ON_SCREEN)
    assert len(headings[2]) > 5
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
    drawings = html.document_fromstring(page).xpath(
        "//svg[not(ancestor::*[@hidden])]"
    )  # the others are for narrow screens
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
        assert not [name for name in file.namelist() if "thumbnail" in name]
        settings, styles = file.read("word/settings.xml"), file.read("word/styles.xml")
    assert b'w:themeFontLang w:val="en-GB"' in settings
    assert re.findall(rb'"compatibilityMode" [^>]*w:val="(\d+)"', settings) == [b"15"]
    assert set(re.findall(rb'<w:lang [^>]*w:val="([^"]*)"', styles)) == {b"en-GB"}
    assert about.title == html.document_fromstring(page).findtext(".//h1")


def test_hostile_text_reads_as_written_and_is_no_link_or_field():
    items = "".join(f"<li>{etree.tostring(etree.Element('x', a=text)).decode()[6:-3]}</li>" for text in HOSTILE)
    document = made(PAGE.format(f'<ul class="comments">{items}</ul>'))
    bullets = [p.text for p in document.paragraphs if p.style.name == "List Bullet"]
    assert bullets == [" ".join(text.split()) for text in HOSTILE]
    fields = {text.text.split()[0] for text in document.element.body.iter(qn("w:instrText"))}
    assert fields <= {"TOC", "SEQ", "PAGEREF"}


def test_columns_stand_beside_each_other_on_one_page():
    columns = "".join(
        f'<section class="column"><h4>{name}</h4><ul><li>{name} one</li><li>{name} two</li></ul></section>'
        for name in "ABC"
    )
    document = made(PAGE.format(f'<p>Said.</p><div class="columns">{columns}</div>'))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list("ABC")
    assert table.rows[1].cells[1].text == "B one\nB two"
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


TABLE = "<table><caption>T</caption><thead><tr><th>N</th></tr></thead><tbody><tr><td>cell</td></tr></tbody></table>"
BEHIND = (
    '<div class="definitions"><p>sentence</p><details class="behind"><summary>s</summary><p>by whom</p></details></div>'
)
UNCERTAIN = (
    '<div class="definitions"><p>3 said yes. Not counted: 1 cannot be read for certain.</p><details class="behind"><p>by whom</p></details>'
    '<p>all of it</p><details class="behind"><p>by whom</p></details><p>5 good (1 unclear).</p></div>'
)
SPOKEN = '<details class="data paper-appendix"><summary>Group {0}: {1}</summary><ul class="comments spoken">{2}</ul></details>'


def said(group: str, number: int) -> str:
    return SPOKEN.format(group, number, "".join(f"<li>{group} said {n}</li>" for n in range(number)))


@pytest.mark.parametrize(
    ("content", "there", "left_out"),
    [
        ('<p>Kept.</p><div class="screen"><p>secret</p></div>', ["Kept."], ["secret"]),
        ('<p>Kept<span class="screen"> secret</span>.</p>', ["Kept."], ["secret"]),
        (f'<p>Kept.</p><details class="data"><summary>Show</summary>{TABLE}</details>', ["Kept."], ["Show", "cell"]),
        (f'<p>Kept.</p><details class="data working"><summary>Show</summary>{TABLE}</details>', ["Kept."], ["Show", "cell"]),
        (f'<details class="data paper-here"><summary>Show</summary>{TABLE}</details>', ["cell"], ["Show"]),
        (f"<p>Kept.</p>{BEHIND}", ["Kept.", "sentence"], ["by whom"]),
        (f"{TABLE}{BEHIND}", ["cell"], ["sentence", "by whom"]),
        (f"{TABLE}{UNCERTAIN}", ["cell", "3 said yes", "5 good (1 unclear)"], ["by whom", "all of it"]),
        (f'{TABLE}<p class="note nothing">Nothing more.</p>', ["cell"], ["Nothing more."]),
        ('<p class="note nothing">Nothing here.</p>', ["One", "Nothing here."], []),
        ('<p>Intro.</p><div class="screen"><p>secret</p></div>', ["One", "Intro."], ["secret"]),
        (f"<p>Kept.</p>{said('R', 20)}", ["Group R: 20", "R said 7"], ["Appendix"]),
        (f"<p>Kept.</p>{said('R', 21)}", ["Appendix", "Group R: 21", "R said 7", "stand in the appendix"], []),
        ("<ol><li>first</li><li>second</li></ol>", ["1. first", "2. second"], []),
        ("<blockquote>quoted</blockquote>", ["quoted"], []),
        ("<div><h3>A heading within</h3><p>text</p></div>", ["A heading within", "text"], []),
    ],
)  # fmt: skip
def test_what_stands_on_paper(content, there, left_out):
    document = made(PAGE.format(f"<p>First.</p>{content}"))
    text = "\n".join(text_of(each) for each in document.element.body.iter(qn("w:p")))
    assert [each for each in there if each not in text] == []
    assert [each for each in left_out if each in text] == []


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        ('<h3>Part</h3><p>Introduces.</p><div class="screen"><p>secret</p></div>', False),
        (f'<h3>Part</h3><p>Introduces.</p><details class="data"><summary>s</summary>{TABLE}</details>', False),
        ('<h2>Part</h2><p>Introduces.</p><div class="screen"><p>secret</p></div>', False),
        ('<h2>Part</h2><div class="screen"><p>secret</p></div><h3>Below</h3><p>Told.</p>', True),
        ('<h3>Part</h3><p>Introduces.</p><p>An analyst\'s words.</p><div class="screen"><p>secret</p></div>', True),
        ('<h3>Part</h3><p class="note">A note.</p><div class="screen"><p>secret</p></div>', True),
        ("<h3>Part</h3><p>Introduces, and nothing else.</p>", True),
    ],
)
def test_a_part_of_which_nothing_is_left_has_no_heading(part, kept):
    document = made(PAGE.format(f"<p>First.</p>{part}<h2>Last</h2><p>end</p>"))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == ["One", *(["Part"] if kept else []), *(["Below"] if "Below" in part else []), "Last"]
    assert [words for words, _ in listed(document)] == headings


def test_comments_stand_in_the_appendix_and_the_text_leads_there():
    content = (
        f'<p>Intro.</p><h2>What agencies said</h2><p>Their words.</p><h3>What went well</h3><p class="note">15.</p>{said("W", 15)}'
        f'<h3>Worries</h3><p class="note">12.</p>{said("V", 12)}<h2>Last</h2><p>end</p>'
    )
    document = made(PAGE.format(content))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    appendix = [
        "Appendix: comments in the words of the forms",
        "What went well",
        "Group W: 15",
        "Worries",
        "Group V: 12",
    ]
    assert headings == ["One", "What agencies said", "Last", *appendix]
    (lead,) = [p for p in document.paragraphs if p.text.startswith("The comments themselves")]
    assert lead.text == "The comments themselves stand in the appendix: “What went well”, page …; “Worries”, page …."
    marks = {mark.get(qn("w:name")): mark.getparent() for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    fields = [text.text.split() for text in lead._p.iter(qn("w:instrText"))]
    assert [(kind, text_of(marks[name])) for kind, name, _ in fields] == [
        (kind, title) for title in ("What went well", "Worries") for kind in ("REF", "PAGEREF")
    ]


@pytest.mark.skipif(find_libreoffice() is None, reason="needs LibreOffice")
def test_the_page_to_which_the_text_leads_is_that_of_the_heading():
    data = to_docx(PAGE.format(f"<p>Intro.</p><h2>Said</h2><h3>Well</h3>{said('W', 30)}<h2>Last</h2><p>end</p>"))
    (lead,) = [p for p in Document(io.BytesIO(data)).paragraphs if p.text.startswith("The comments themselves")]
    assert lead.text.endswith(f"“Well”, page {dict(heading_pages(data))['Well']}.")


def rows_of(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("kind", "rows", "expected"),
    [
        ("alike", ["a 1", "b 2", "c 1", "d 1"], [["Each of: a; c; d", "1"], ["b", "2"]]),
        ("alike", ["a 1", "b 1", "c 2"], [["a", "1"], ["b", "1"], ["c", "2"]]),
        ("data", ["a 1", "b 1", "c 1"], [["a", "1"], ["b", "1"], ["c", "1"]]),
    ],
)
def test_rows_that_differ_in_their_names_alone_stand_together_and_say_that_each_has_the_figures(kind, rows, expected):
    body = "".join(f"<tr><th>{row.split()[0]}</th><td>{row.split()[1]}</td></tr>" for row in rows)
    head = "<caption>T</caption><thead><tr><th>N</th><th>X</th></tr></thead>"
    (table,) = made(PAGE.format(f'<table class="{kind}">{head}<tbody>{body}</tbody></table>')).tables
    assert rows_of(table) == [["N", "X"], *expected]


def test_no_row_is_cut_in_two_or_stands_alone_and_captions_stay_with_what_they_name(document):
    for table in document.tables:
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
        together = [
            all(p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs) for row in table.rows
        ]
        assert together[0] and together[-2] and (all(together[:-1]) or len(together) > 8)
    for place in document.paragraphs:
        if place.style.name == "Caption":
            assert bool(place.paragraph_format.keep_with_next) == place.text.startswith("Table")
    assert document.styles["Picture"].paragraph_format.keep_with_next


def test_what_is_short_is_not_broken_and_long_texts_get_the_rest(document):
    case = next(table for table in document.tables if table.rows[1].cells[0].text.startswith("Case 1"))
    assert case.columns[0].width > 2 * 360_000  # "Case 118240" in one line
    columns = [
        (f"<th>{h}</th>", f"<td>{c}</td>") for h, c in (("No", "1"), ("Action", "do this " * 20), ("Date", "May"))
    ]
    rows = f"<thead><tr>{''.join(h for h, _ in columns)}</tr></thead><tbody><tr>{''.join(c for _, c in columns)}</tr></tbody>"
    (table,) = made(PAGE.format(f"<table><caption>T</caption>{rows}</table>")).tables
    number, action, date = (column.width for column in table.columns)
    assert action > 4 * number and action > 4 * date


def test_what_matters_most_stands_in_front_of_the_contents(document):
    texts = [(p.style.name, p.text) for p in document.paragraphs]
    contents = texts.index(("TOC Heading", "Contents"))
    headings = [text for style, text in texts[:contents] if style.startswith("Heading")]
    assert headings == [
        "What the audit found",
        "Going well, worries, what needs to happen",
        "What we do not know",
        "The main findings in figures",
        "How to read this report",
    ]
    behind = next(p for p in document.paragraphs[contents:] if p.style.name == "Heading 1")
    assert behind.paragraph_format.page_break_before
    assert not any(p.paragraph_format.page_break_before for p in document.paragraphs[:contents])


@pytest.mark.parametrize(("parts", "alone"), [(3, False), (40, True)])
def test_long_contents_stand_on_a_page_of_their_own(parts, alone):
    document = made(PAGE.format("".join(f"<h2>Part {n}</h2><p>Told.</p>" for n in range(parts))))
    (head,) = [p for p in document.paragraphs if p.text == "Contents"]
    assert bool(head.paragraph_format.page_break_before) == alone


def test_for_whom_it_is_stands_once_and_small(document):
    marks = [p for p in document.paragraphs if p.text.startswith("Internal")]
    assert [run.font.size.pt for p in marks for run in p.runs] == [9]
    assert "nternal" not in document.sections[0].header.paragraphs[0].text


_PIECES = re.compile(r"^(?:Figure|Table) \d+: | {3}|; |Each of: |Not certain yet: |: |[().]")


def test_every_figure_is_one_of_the_page(page, document):
    """Each stretch of words with a figure, in text and tables, stands in the page as it is here."""
    root = html.document_fromstring(page)
    for line_break in root.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    on_page = words(root)
    told = [
        " ".join(piece.split())
        for p in document.element.body.iter(qn("w:p"))
        if not (p.pPr is not None and (p.pPr.style or "").startswith("TOC"))
        for piece in _PIECES.split(text_of(p).replace("\n", " "))
    ]
    figures = [piece for piece in told if re.search(r"\d", piece) and not re.fullmatch(r"(?:Figure|Table) \d+", piece)]
    assert len(figures) > 100
    assert [piece for piece in figures if piece not in on_page] == []


def test_no_word_of_the_web_page_is_left_and_what_it_has_more_is_told_once(document):
    texts = [text_of(each) for each in document.element.body.iter(qn("w:p"))]
    assert sum("web page" in text for text in texts) == 1
    assert [
        t for t in texts for leak in ("Show ", "audit check", "codings.csv", "last part", "folded") if leak in t
    ] == []


def test_what_is_not_certain_is_told_at_the_head():
    points = "<details class='points'><summary>Not certain yet: 2 things</summary><p>2 things have to be settled.</p>"
    points += "<ul><li>A grade: 1</li></ul><ul class='screen'><li>quoted</li></ul></details>"
    page = PAGE.replace("</dl></div>", f"</dl>{points}</div>").format("")
    found = paragraphs(made(page))
    assert "Not certain yet: 2 things have to be settled (a grade: 1)." in found
    assert not any("quoted" in each for each in found)


NOTE = '<p class="note">Rule: how it is read.</p>'


def kept(document) -> list[str]:
    """The paragraphs that stand on one page with what follows them, those in tables among them."""
    everything = [
        *document.paragraphs,
        *(p for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs),
    ]
    return [p.text for p in everything if p.paragraph_format.keep_with_next]


def listed_items(number: int) -> str:
    return f"<p>Said.</p><ul>{''.join(f'<li>item {n}</li>' for n in range(1, number + 1))}</ul>"


@pytest.mark.parametrize(
    ("content", "stay", "may_part"),
    [
        (f"{TABLE}{NOTE}", ["cell"], []),
        (f"{TABLE}<p>A sentence.</p>", [], ["cell"]),
        (f"{TABLE}<p>A sentence.</p>{NOTE}", [], ["cell"]),
        (listed_items(3), ["item 1", "item 2"], ["item 3"]),
        (listed_items(12), ["item 1", "item 11"], ["item 2", "item 10", "item 12"]),
        (f"<h2>Two</h2><p>Intro.</p>{NOTE}<h3>Below</h3><p>x</p>", ["Intro.", "Rule: how it is read."], []),
        (f"<h3>Two</h3><p>Intro.</p>{NOTE}<h3>Beside</h3><p>x</p>", ["Intro."], ["Rule: how it is read."]),
        (f"<h2>Two</h2><p>Intro.</p><p>More.</p>{TABLE}<h3>Below</h3><p>x</p>", ["Intro."], ["More.", "cell"]),
        ("<h2>Two</h2><p>Intro.</p><p>b</p><p>c</p><p>d</p><h3>Below</h3><p>x</p>", ["Intro."], ["b", "c", "d"]),
    ],
)  # fmt: skip
def test_what_belongs_together_stands_on_one_page(content, stay, may_part):
    found = kept(made(PAGE.format(f"<p>First.</p>{content}<p>Last.</p>")))
    assert [each for each in stay if each not in found] == []
    assert [each for each in may_part if each in found] == []


@pytest.mark.parametrize(("letters", "stays"), [(20, True), (900, False)])
def test_a_short_table_that_says_much_may_go_on_on_the_next_page(letters, stays):
    rows = "".join(f"<tr><td>{name} {'x' * letters}</td></tr>" for name in "abcd")
    head = "<caption>T</caption><thead><tr><th>N</th></tr></thead>"
    document = made(PAGE.format(f"<p>First.</p><table>{head}<tbody>{rows}</tbody></table><p>Last.</p>"))
    assert any(text.startswith("b ") for text in kept(document)) == stays
    assert any(text.startswith("a ") for text in kept(document))


def test_headings_of_numbers_stand_in_three_lines_at_most():
    heads = ("Question", "Cases in which at least one agency said so", "Returns")
    head = f"<tr><th>{heads[0]}</th>{''.join(f'<th class=n>{each}</th>' for each in heads[1:])}</tr>"
    body = f"<tr><td>{'a long question ' * 9}</td><td>7</td><td>8</td></tr>"
    table = f"<table><caption>T</caption><thead>{head}</thead><tbody>{body}</tbody></table>"
    (found,) = made(PAGE.format(table)).tables
    question, cases, returns = (column.width.cm for column in found.columns)
    assert 2.5 < cases < 4 and returns < 2.5 and question > 9


def test_a_column_that_says_that_it_is_empty_has_no_bullet():
    columns = '<section class="column"><h4>A</h4><ul><li>one</li></ul></section>'
    columns += '<section class="column"><h4>B</h4><p class="note">Nothing recorded.</p></section>'
    (table,) = made(PAGE.format(f'<p>Said.</p><div class="columns">{columns}</div>')).tables
    assert [cell.paragraphs[0].style.name for cell in table.rows[1].cells] == ["Column", "Cell"]


def test_no_level_of_headings_is_left_out():
    document = made(
        PAGE.format(f"<p>First.</p><h2>Said</h2><p>Intro.</p>{NOTE}{said('R', 3)}<h3>Two</h3>{said('S', 3)}")
    )
    levels = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels == [("Heading 1", "One"), ("Heading 1", "Said"), ("Heading 2", "Two"), ("Heading 3", "Group S: 3")]
    assert {"Intro.", "Rule: how it is read.", "Group R: 3"} <= set(kept(document))


def test_the_file_holds_what_makes_it_accessible(document):
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1 and all(below <= above + 1 for above, below in pairwise(levels))
    assert document.core_properties.title and document.core_properties.title in document.paragraphs[0].text
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    for p in document.paragraphs:
        if p.style.name == "Caption":
            (instruction,) = [text.text.split() for text in p._p.iter(qn("w:instrText"))]
            assert instruction[:2] == ["SEQ", p.text.split()[0]]
