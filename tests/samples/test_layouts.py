"""Written case audits, forms of paragraphs, rubrics, tables and envelopes: sound, the same each time, each hand with its mark."""

from __future__ import annotations

import csv
import email
import io
import itertools
import typing
import zipfile
from collections.abc import Callable
from email.policy import default

import docx
import pytest
from lxml import etree

from audit_lib.instruments import load_instrument
from audit_lib.samples.case_forms import CaseStyle, JudgementStyle, TextStyle, write_case_form
from audit_lib.samples.envelopes import Message, write_archive, write_message
from audit_lib.samples.exports import Submission, write_export
from audit_lib.samples.filled import FilledForm
from audit_lib.samples.list_forms import ListStyle, OptionStyle, PlainStyle, write_list_form
from audit_lib.samples.rubric_forms import ChoiceStyle, RubricStyle, write_rubric_form

CASE_AUDIT = FilledForm(
    "204117",
    "",
    "An auditor",
    grades={"risk": "meets_good", "reviews": "not_applicable", "overall": "exceeds_good"},
    grades_typed={"reviews": ""},
    comments={
        ("risk", "risk"): {"evidence": ["One <b> & two", "Three"]},
        ("overall", "overall"): {"comment": ["Four"]},
    },
    free={"additional": ["Five"]},
    header={"team": "North"},
    ratings={("risk", "moderator"): "does_not_meet_good"},
    actions=[("Six", "Seven", "28/05/2021"), ("Eight", "", "")],
)
LIST = FilledForm(
    "A",
    "CSC",
    "An auditor",
    answers={"1a": "Yes", "1b": "No", "2": "No", "5": "Yes + No", "7": "See the plan"},
    comments={("", "1"): {"comment": ["One <b> & two"]}, ("", "2"): {"comment": ["Three", "Four"]}},
)
RUBRIC = FilledForm(
    "5107",
    "",
    "An auditor",
    grades={"REF1": "good", "REF2": "unclear"},
    grades_typed={"REF2": "✓"},
    comments={("REF1", ""): {"comment": ["One <b> & two"]}},
)


def case_form(style: CaseStyle, instrument: str = "case-audit-2021") -> bytes:
    return write_case_form(load_instrument(instrument), CASE_AUDIT, style)


def list_form(style: PlainStyle) -> bytes:
    return write_list_form(load_instrument("child-in-need-2014"), LIST, style)


def rubric_form(style: RubricStyle) -> bytes:
    return write_rubric_form(load_instrument("case-grading"), RUBRIC, style)


FORMS: list[Callable[[], bytes]] = [
    *(
        lambda j=j, t=t, i=i: case_form(CaseStyle(judgement=j, text=t, split_runs=i.endswith("7")), i)
        for j, t, i in itertools.product(
            typing.get_args(JudgementStyle), typing.get_args(TextStyle), ("case-audit-2021", "case-audit-2017")
        )
    ),
    *(
        lambda o=o, t=t: list_form(PlainStyle(option=o, ticked=t))
        for o, t in itertools.product(typing.get_args(OptionStyle), typing.get_args(ListStyle))
    ),
    *(lambda c=c: rubric_form(RubricStyle(choice=c, unlabelled=["REC"])) for c in typing.get_args(ChoiceStyle)),
]


@pytest.mark.parametrize("written", FORMS)
def test_a_form_is_the_same_each_time_and_another_program_opens_it(written: Callable[[], bytes]) -> None:
    assert written() == written()
    opened = docx.Document(io.BytesIO(written()))
    text = "".join(node.text or "" for node in opened.element.body.iter("{*}t"))
    assert "An auditor" in text
    assert "One <b> & two" in text


def body(form: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        return etree.tostring(etree.fromstring(package.read("word/document.xml")), encoding="unicode")


@pytest.mark.parametrize(
    ("form", "mark"),
    [
        (case_form(CaseStyle()), '<w:listItem w:displayText="Exceeds good" w:value="Exceeds good"/>'),
        (case_form(CaseStyle()), "<w:t xml:space=\"preserve\">Meets good</w:t></w:r></w:sdtContent></w:sdt></w:p></w:tc>"),
        (case_form(CaseStyle()), "<w:t>Choose an item.</w:t>"),
        (case_form(CaseStyle()), "<w:t>Click or tap to enter a date.</w:t>"),
        (case_form(CaseStyle()), '<w:dateFormat w:val="dd/MM/yyyy"/>'),
        (case_form(CaseStyle(judgement="cell_drop_down")), "<w:sdtContent><w:tc>"),
        (case_form(CaseStyle(text="same_line")), '>Evidence:</w:t></w:r><w:r><w:t xml:space="preserve"> One &lt;b'),
        (case_form(CaseStyle(date_pickers=False, no_date="Add date")), ">Add date<"),
        (case_form(CaseStyle(number_actions=True)), ">2. Eight<"),
        (case_form(CaseStyle(), "case-audit-2017"), ">Moderator judgement<"),
        (list_form(PlainStyle()), '<w14:checked w14:val="1"/>'),
        (list_form(PlainStyle(option="legacy_tick_boxes")), '<w:checked w:val="1"/>'),
        (list_form(PlainStyle(option="signs")), ">✓ No<"),
        (list_form(PlainStyle(option="tracked")), '<w:delText xml:space="preserve">Not applicable</w:delText>'),
        (list_form(PlainStyle(option="strike")), "<w:strike/></w:rPr><w:t xml:space=\"preserve\">Not applicable<"),
        (list_form(PlainStyle(option="highlight")), '<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">No<'),
        (list_form(PlainStyle(ticked="signs")), ">✓ Basic facts about the child"),
        (list_form(PlainStyle(comment="beside")), ">Comments: Three<"),
        (list_form(PlainStyle(numbers="Q1.")), ">Q2. Has a manager"),
        (list_form(PlainStyle()), ">See the plan<"),
        (rubric_form(RubricStyle()), ">R: Requires improvement<"),
        (rubric_form(RubricStyle()), '<w:t xml:space="preserve">G</w:t>'),
        (rubric_form(RubricStyle(choice="word")), '<w:t xml:space="preserve">Good</w:t>'),
        (rubric_form(RubricStyle(choice="tick")), " ✓</w:t>"),
        (rubric_form(RubricStyle(choice="shade")), 'w:fill="FFF2CC"'),
        (rubric_form(RubricStyle(choice="check_box")), '<w14:checked w14:val="1"/>'),
        (rubric_form(RubricStyle(choice="strike")), "<w:strike/>"),
        (rubric_form(RubricStyle(choice="tracked")), "<w:delText"),
    ],
)  # fmt: skip
def test_each_way_of_filling_in_leaves_its_mark(form: bytes, mark: str) -> None:
    assert mark in body(form)


@pytest.mark.parametrize(("choice", "left"), [("keep", {"good"}), ("letter", {"outstanding", "good", "inadequate"})])
def test_what_is_left_of_the_descriptors(choice: ChoiceStyle, left: set[str]) -> None:
    row = next(thing for thing in load_instrument("case-grading").grades if thing.id == "REF1")
    text = body(rubric_form(RubricStyle(choice=choice)))
    assert {value for value in ("outstanding", "good", "inadequate") if row.descriptors[value] in text} == left


def test_both_options_of_a_question_can_be_ticked() -> None:
    boxes = body(list_form(PlainStyle(ticked="signs")))
    assert boxes.count('<w14:checked w14:val="1"/>') == 3  # one of question 2, both of question 5


def test_an_export_names_each_column_once_and_ends_several_answers_with_a_semicolon() -> None:
    filled = FilledForm("A", "CSC", "A worker", {"1a": "Yes", "1c": "Yes", "2": "Yes"}, comments=LIST.comments)
    rows = [Submission(filled, "01/03/2014 09:00:00", "01/03/2014 09:30:00", "a@b.example", "A Worker")] * 2
    data = write_export(load_instrument("child-in-need-2014"), rows, several=["2"])
    headings, first, second = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert headings[:5] == ["ID", "Start time", "Completion time", "Email", "Name"]
    assert len(headings) == len(set(headings)) == len(first)
    told = dict(zip(headings, first, strict=True))
    assert told["1. What does your file on this child hold?"].count(";") == 2
    assert told["2. Has a manager or safeguarding lead looked at the case or talked it over in supervision?"] == "Yes;"
    assert (told["Comments"], told["Comments2"]) == ("One <b> & two", "Three\nFour")
    assert first[1:] == second[1:]


def test_a_message_and_an_archive_hold_what_was_put_in() -> None:
    message = Message("a@b.example", "c@d.example", "A form", "Tue, 03 Jul 2018 16:04:00 +0100", ["Here it is."])
    files = {"one.docx": b"first" * 100, "two.docx": b"\0\xff second"}
    opened = email.message_from_bytes(write_message(message, files), policy=default)
    assert {part.get_filename(): part.get_content() for part in opened.iter_attachments()} == files
    assert not [defect for part in opened.walk() for defect in part.defects]
    with zipfile.ZipFile(io.BytesIO(write_archive(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert write_archive(files) == write_archive(files)
