"""A text in several shapes: the passages, their places, headings, columns and cases."""

from __future__ import annotations

import io

import docx
import pytest

from audit_lib.claims.passages import passages_of_form, passages_of_html, passages_of_rows, passages_of_text
from audit_lib.present.html import folded, note, quoting, show
from audit_lib.readers.word.reader import read_word


def test_lines_of_text_have_their_number_and_the_headings_above():
    found = passages_of_text("# Summary\n\nOne.\n\n## Case A\n\nTwo.\n\n# Appendix\n\nThree.\n")
    told = [(each.place, each.text, each.headings, each.case) for each in found]
    assert told == [
        ("line 1", "Summary", (), ""),
        ("line 3", "One.", ("Summary",), ""),
        ("line 5", "Case A", ("Summary",), ""),
        ("line 7", "Two.", ("Summary", "Case A"), "A"),
        ("line 9", "Appendix", ("Summary", "Case A"), "A"),
        ("line 11", "Three.", ("Appendix",), ""),
    ]


def test_a_broken_line_is_joined_where_it_begins_and_the_count_of_lines_stays():
    long = "In 59% of the cases that were looked at by the agencies of the whole partnership the"
    found = passages_of_text(f"{long}\nneglect was noticed.\nA new line.\n")
    assert [(each.place, each.text) for each in found] == [
        ("line 1", f"{long} neglect was noticed."),
        ("line 3", "A new line."),
    ]


def test_cells_between_tabs_know_the_heading_of_their_column_and_items_are_taken_one_by_one():
    found = passages_of_text("Area\tMarch 2017 Audit\n1\t<ul><li>One</li><li>Two &amp; three</li></ul>\n")
    assert [(each.text, each.column) for each in found[2:]] == [
        ("1", "Area"),
        ("One", "March 2017 Audit"),
        ("Two & three", "March 2017 Audit"),
    ]


def test_a_page_gives_what_is_seen():
    page = (
        "<html><head><title>59% of cases</title><style>p{}</style></head><body><h1>Report</h1><p>In <b>59%</b> of cases.</p>"
        "<script>var a = '60% of cases'</script><h2>Case B</h2><ul><li>One <p>Two</p></li></ul>"
        "<table><tr><td>Three</td></tr></table></body>"
    )
    found = [(each.place, each.text, each.case) for each in passages_of_html(page)]
    assert found == [
        ('heading "Report"', "Report", ""),
        ('under "Report", passage 1', "In 59% of cases.", ""),
        ('heading "Case B"', "Case B", ""),
        ('under "Case B", passage 1', "Two", "B"),
        ('under "Case B", passage 2', "Three", "B"),
    ]


def test_figures_that_a_report_quotes_from_other_texts_are_left_out():
    quoted = quoting(show(note("Written: 59% of cases."), folded("Others", note("Six cases.")))).markup
    found = passages_of_html(f"<body><h2>Figures</h2>{quoted}<p>In 60% of cases.</p></body>")
    assert [each.text for each in found] == ["Figures", "In 60% of cases."]


@pytest.mark.parametrize(
    "markup", ["", " ", "<", "<p", "\0<p>x", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><p>&a;</p>"]
)
def test_a_broken_page_gives_no_error_and_no_other_file(markup):
    assert all("root:" not in each.text for each in passages_of_html(markup))


def test_a_word_document_gives_paragraphs_and_cells_with_their_places():
    document = docx.Document()
    document.add_heading("Case C", 1)
    document.add_paragraph("In 59% of cases.")
    table = document.add_table(2, 2)
    for at, text in enumerate(("", "May 2018 Audit", "Minutes", "One\nTwo")):
        table.cell(at // 2, at % 2).text = text
    stream = io.BytesIO()
    document.save(stream)
    found = passages_of_form(read_word(stream.getvalue(), "docx"))
    assert [(each.text, each.column, each.case) for each in found] == [
        ("Case C", "", ""),
        ("In 59% of cases.", "", "C"),
        ("May 2018 Audit", "", "C"),
        ("Minutes", "", "C"),
        ("One", "May 2018 Audit", "C"),
        ("Two", "May 2018 Audit", "C"),
    ]
    assert found[-1].place == 'table 1, row 2, column "May 2018 Audit"'


def test_the_table_of_quoted_figures_in_a_report_as_a_document_is_left_out():
    document = docx.Document()
    for headings in (("What is written", "Result", "What the returns say"), ("What is written", "Result", "Remark")):
        table = document.add_table(2, 3)
        for at, text in enumerate((*headings, "In 59% of cases.", "cannot be", "None.")):
            table.cell(at // 3, at % 3).text = text
    stream = io.BytesIO()
    document.save(stream)
    found = passages_of_form(read_word(stream.getvalue(), "docx"))
    assert [each.place for each in found if each.text == "In 59% of cases."] == [
        'table 2, row 2, column "What is written"'
    ]


def test_a_row_of_a_case_stands_below_its_name():
    rows = [{"case": "A", "text": "One"}, {"case": "", "text": "Two"}]
    found = [(each.place, each.text, each.case) for each in passages_of_rows(rows, ["text"])]
    assert found == [("row 1, text", "One", "A"), ("row 2, text", "Two", "")]
