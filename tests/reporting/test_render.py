from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from nbformat import NotebookNode, v4

from audit_lib.reporting.allowed_html import check_page
from audit_lib.reporting.render import prose, render_report, with_contents

SHOWN = {
    "downloads": [],
    "related": [],
    "title": "Neglect <audit>",
    "date": "May 2018",
    "marking": "Internal report",
    "kind": "Audit <report>",
    "home": "../../",
}


def page(*cells: NotebookNode) -> str:
    return render_report(v4.new_notebook(cells=list(cells)), **SHOWN)


def code(*outputs: NotebookNode, source: str = "secret_code()") -> NotebookNode:
    return v4.new_code_cell(source, execution_count=7, outputs=list(outputs))


def test_a_page_holds_prose_and_blocks_and_nothing_else_of_a_notebook():
    made = page(
        v4.new_markdown_cell("# Only for JupyterLab\n\nWhy we asked.\n\n## What was found"),
        code(
            v4.new_output("stream", name="stdout", text="printed text"),
            v4.new_output("stream", name="stderr", text="/home/jane/a.py:1: UserWarning"),
            v4.new_output("execute_result", {"text/plain": "plain text"}, execution_count=7),
            v4.new_output("display_data", {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}),
            v4.new_output(
                "display_data", {"text/html": '<p class="finding">59%</p>', "text/plain": "59 in plain text"}
            ),
        ),
        v4.new_raw_cell("raw text"),
    )
    main = html.document_fromstring(made).get_element_by_id("main")
    words = " ".join(main.text_content().split())
    assert words == "Neglect <audit> May 2018 Why we asked. Contents What was found What was found 59%"
    assert 'class="finding"' in made
    assert [
        text for text in ("secret_code", "[7]", "plain text", "printed", "jane", "raw text", "iVBOR") if text in made
    ] == []
    check_page(made, "page")


def test_a_page_needs_nothing_from_anywhere_and_says_what_it_is():
    made = page(v4.new_markdown_cell("## A"))
    document = html.document_fromstring(made)
    assert document.get("lang") == "en-GB"
    assert document.findtext(".//title") == "Neglect <audit> · May 2018"
    policy = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith(
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    )
    assert document.xpath("//a[@class='skip']/@href") == ["#a"]
    assert document.xpath("//p[@class='eyebrow']/text()") == ["Audit <report>"]
    assert document.xpath("//script/@src") == []
    assert re.findall(r"https?://|<link|@import|unsafe-inline", made) == []
    assert len(made) < 42_000


def test_a_figure_leads_to_what_is_behind_it_only_where_the_page_has_that():
    cell = '<table><tbody><tr><td><a href="#behind-r1">3 of 4</a></td></tr></tbody></table>'
    there = with_contents(f'<h2>A</h2>{cell}<p id="behind-r1">who</p>').content
    assert '<a href="#behind-r1">3 of 4</a>' in there
    assert "<td>3 of 4</td>" in with_contents(f"<h2>A</h2>{cell}").content


def test_a_report_with_its_own_first_heading_is_given_no_second():
    made = page(
        code(v4.new_output("display_data", {"text/html": '<h1 id="t">Ours</h1>'})), v4.new_markdown_cell("## A")
    )
    assert html.document_fromstring(made).xpath("//h1/text()") == ["Ours"]


def test_what_an_agency_may_be_called_cannot_leave_the_style():
    marking = '"}</style><script>alert(1)</script>'
    made = render_report(v4.new_notebook(cells=[v4.new_markdown_cell("## A")]), **SHOWN | {"marking": marking})
    check_page(made, "page")
    assert "<script>alert" not in made


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("<h2>A &amp; B</h2>", '<h2 id="a-b" tabindex="-1"><a class="self" href="#a-b">A &amp; B</a></h2>'),
        ('<h3 id="x">A</h3>', '<h3 id="x" tabindex="-1"><a class="self" href="#x">A</a></h3>'),
        ('<h3 id="x">A <a href="#x">b</a></h3>', '<h3 id="x" tabindex="-1">A <a href="#x">b</a></h3>'),
        ("<h4>A</h4>", "<h4>A</h4>"),
    ],
)
def test_a_heading_leads_to_itself(heading, shown):
    parts = with_contents(heading)
    assert parts.opening + parts.content == shown


def test_contents_list_headings_of_prose_and_of_blocks():
    made = page(
        v4.new_markdown_cell("## What was found\n\n### Children's *voice*\n\n#### Too deep"),
        code(
            v4.new_output("display_data", {"text/html": '<h3 id="case-a" class="x">Case A &amp; B</h3><h3>Case C</h3>'})
        ),
        v4.new_markdown_cell("## What was found"),
    )
    links = [(a.text, a.get("href")) for a in html.document_fromstring(made).xpath("//nav//a")]
    assert links == [
        ("What was found", "#what-was-found"),
        ("Children's voice", "#children-s-voice"),
        ("Case A & B", "#case-a"),
        ("Case C", "#case-c"),
        ("What was found", "#what-was-found-2"),
    ]
    check_page(made, "page")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Top", ""),
        ("Two *words*", "<p>Two <em>words</em></p>\n"),
        ("$20 and $30", "<p>$20 and $30</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", '<p><a href="#harmful-link">x</a></p>\n'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>\n"),
    ],
)
def test_prose(markdown, expected):
    assert prose(markdown) == expected


@given(
    st.lists(
        st.tuples(st.sampled_from("23"), st.text(st.characters(codec="utf-8", exclude_characters="<>&"), max_size=8))
    )
)
def test_every_heading_can_be_reached_and_no_two_are_the_same(headings):
    parts = with_contents("".join(f"<h{level}>{text}</h{level}>" for level, text in headings))
    anchors = [heading.anchor for heading in parts.headings]
    assert len(anchors) == len(headings) == len(set(anchors))
    assert re.findall(r' id="([^"]*)"', parts.opening + parts.content) == anchors
    assert parts.content.startswith("<h2") or "<h2" not in parts.opening


def test_only_the_first_heading_can_be_given_the_focus():
    made = page(v4.new_markdown_cell("## A\n\n## B"))
    assert html.document_fromstring(made).xpath("//h2[@tabindex='-1']/@id") == ["a"]
