"""Written forms: the same bytes each time, sound Word files, and each way of filling in leaving its own mark."""

from __future__ import annotations

import io
import itertools
import typing
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from audit_lib.instruments import load_instrument
from audit_lib.samples.entries import AnswerStyle, CommentStyle, GradeStyle, ScoreStyle
from audit_lib.samples.forms import FilledForm, FormStyle, HeadingCase, write_form

INSTRUMENT = load_instrument("neglect-2018")
FILLED = FilledForm(
    case="A",
    agency="CSC",
    completed_by="A worker",
    answers={"R1": "Yes", "R2": "N/A - see below", "A1": "No"},
    grades={"R": "good", "A": "unclear", "P": "not_applicable"},
    score="7",
    comments={("R", "R1"): {"going_well": ["One <b> & two", "Three"]}, ("A", ""): {"needs_to_happen": ["Four"]}},
    free={"reasoning": ["Five"]},
)

styles = st.builds(
    FormStyle,
    answer=st.sampled_from(typing.get_args(AnswerStyle)),
    grade=st.sampled_from(typing.get_args(GradeStyle)),
    comment=st.sampled_from(typing.get_args(CommentStyle)),
    score=st.sampled_from(typing.get_args(ScoreStyle)),
    headings=st.sampled_from(typing.get_args(HeadingCase)),
    header=st.sampled_from(["table", "lines"]),
    guidance=st.booleans(),
    numbered=st.booleans(),
    split_tables=st.booleans(),
    split_runs=st.booleans(),
)


def parts(form: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def body(style: FormStyle, filled: FilledForm = FILLED) -> str:
    return etree.tostring(parts(write_form(INSTRUMENT, filled, style))["word/document.xml"], encoding="unicode")


def visible(style: FormStyle, filled: FilledForm = FILLED) -> str:
    """All text that was not deleted, in order."""
    found = parts(write_form(INSTRUMENT, filled, style))["word/document.xml"].iter("{*}t")
    return "".join(node.text or "" for node in found)


@given(styles)
@settings(deadline=None)
def test_a_form_is_the_same_each_time_and_holds_all_that_was_written(style: FormStyle) -> None:
    assert write_form(INSTRUMENT, FILLED, style) == write_form(INSTRUMENT, FILLED, style)
    text = visible(style)
    for written in ("A worker", "N/A - see below", "One <b> & two", "Three", "Four", "Five"):
        assert written in text


@given(st.text(), styles)
@settings(deadline=None)
def test_whatever_was_written_the_file_is_sound(text: str, style: FormStyle) -> None:
    filled = FilledForm(
        text, text, text, {"R1": text}, {}, text, {("R", "R1"): {"worried": [text]}}, {"other": [text]}, {"R": text}
    )
    assert len(parts(write_form(INSTRUMENT, filled, style))) == 7


@pytest.mark.parametrize(
    "style",
    [
        FormStyle(
            answer=a or "typed", grade=g or "delete", comment=c or "bullets", score=s or "own_line", split_runs=True
        )
        for a, g, c, s in itertools.zip_longest(
            *map(typing.get_args, (AnswerStyle, GradeStyle, CommentStyle, ScoreStyle)), fillvalue=None
        )
    ],
    ids=lambda style: f"{style.answer}-{style.grade}-{style.comment}-{style.score}",
)
def test_another_program_opens_the_form(style: FormStyle) -> None:
    document = docx.Document(io.BytesIO(write_form(INSTRUMENT, FILLED, style)))
    assert len(document.tables) == 1 + 5 + 6
    assert document.sections[0].page_width > document.sections[0].page_height


@pytest.mark.parametrize(
    ("style", "mark"),
    [
        (FormStyle(answer="drop_down"), "<w:dropDownList>"),
        (FormStyle(answer="legacy_drop_down"), "FORMDROPDOWN"),
        (FormStyle(answer="tick_boxes"), '<w14:checked w14:val="1"/>'),
        (FormStyle(answer="legacy_tick_boxes"), '<w:checked w:val="1"/>'),
        (FormStyle(answer="tracked"), '<w:delText xml:space="preserve">Yes/No</w:delText>'),
        (FormStyle(answer="struck"), '<w:strike/></w:rPr><w:t xml:space="preserve">No</w:t>'),
        (FormStyle(answer="highlighted"), '<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">Yes</w:t>'),
        (FormStyle(grade="strike"), '<w:strike/></w:rPr><w:t xml:space="preserve">Inadequate</w:t>'),
        (FormStyle(grade="bold"), '<w:b/></w:rPr><w:t xml:space="preserve">Good</w:t>'),
        (FormStyle(grade="underline"), '<w:u w:val="single"/></w:rPr><w:t xml:space="preserve">Good</w:t>'),
        (FormStyle(grade="highlight"), '<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">Good</w:t>'),
        (FormStyle(grade="tracked"), '<w:delText xml:space="preserve">Inadequate</w:delText>'),
        (
            FormStyle(comment="bullets"),
            '<w:pStyle w:val="ListBullet"/></w:pPr><w:r><w:t xml:space="preserve">One &lt;b',
        ),
        (FormStyle(comment="typed_bullets"), "- Three"),
        (FormStyle(comment="line_breaks"), '<w:br/><w:t xml:space="preserve">Three</w:t>'),
        (FormStyle(score="out_of"), ">7/10<"),
        (FormStyle(score="field"), "FORMTEXT"),
        (FormStyle(header="lines"), "Audit completed by (name and title): "),
        (FormStyle(headings="upper"), "QUALITY OF THE RECOGNITION:"),
    ],
)
def test_each_way_of_filling_in_leaves_its_mark(style: FormStyle, mark: str) -> None:
    assert mark in body(style)


@pytest.mark.parametrize(
    ("grade", "left_standing"),
    [
        ("delete", {"Good"}),
        ("tracked", {"Good"}),
        ("typed", {"Good"}),
        ("two_left", {"Good", "Requires improvement"}),
        ("untouched", {"Outstanding", "Good", "Requires improvement", "Inadequate"}),
    ],
)
def test_what_is_left_of_a_judgement(grade: GradeStyle, left_standing: set[str]) -> None:
    filled = FilledForm("A", "CSC", "A worker", grades={thing.id: "good" for thing in INSTRUMENT.grades})
    text = visible(FormStyle(grade=grade, guidance=False), filled)
    labels = ("Outstanding", "Good", "Requires improvement", "Inadequate")
    assert {label for label in labels if label in text} == left_standing


def test_the_documents_own_date_is_the_one_given() -> None:
    core = parts(write_form(INSTRUMENT, FILLED, FormStyle(modified="2018-05-15T10:25:00Z")))["docProps/core.xml"]
    assert [node.text for node in core.iter("{*}modified")] == ["2018-05-15T10:25:00Z"]
