"""A case audit, a form of paragraphs, a rubric or a row of a table is written in some hand, read and coded: the same comes out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_lib.coding.coded import CodedForm
from audit_lib.coding.parts import parts_of
from audit_lib.instrument import Instrument
from audit_lib.instruments import load_instrument
from audit_lib.readers.kinds import read_file
from audit_lib.samples.case_forms import CaseStyle, JudgementStyle, TextStyle, write_case_form
from audit_lib.samples.exports import Submission, write_export
from audit_lib.samples.filled import FilledForm
from audit_lib.samples.list_forms import ListStyle, OptionStyle, PlainStyle, write_list_form
from audit_lib.samples.rubric_forms import ChoiceStyle, RubricStyle, write_rubric_form

AREAS = {name: load_instrument(name) for name in ("case-audit-2021", "case-audit-2017")}
LIST, RUBRIC = load_instrument("child-in-need-2014"), load_instrument("case-grading")
EXPORTED = {name: load_instrument(name) for name in ("step-up-step-down-2018", "neglect-2018", "child-in-need-2014")}
LOST = {"text_lost", "text_not_placed", "question_not_found", "question_wording", "question_added"}
PLAIN = [
    "she",
    "was",
    "seen",
    "at",
    "home",
    "by",
    "school",
    "and",
    "heard",
    "in",
    "June",
    "with",
    "care",
    "£5",
    "<b>",
    "&",
    "“late”",
]
COMMENT = (
    st.lists(st.sampled_from(PLAIN), min_size=3, max_size=10)
    .map(" ".join)
    .filter(lambda text: text[0].isalpha() and not text.startswith("with "))  # which takes the certainty from a grade
)
COMMENTS = st.lists(COMMENT, min_size=1, max_size=3, unique=True)
quick = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def coded(data: bytes, name: str, instrument: Instrument) -> CodedForm:
    [part] = parts_of(read_file(data, name), instrument, {})
    return part.coded


def comments_of(form: CodedForm) -> list[tuple[str, str, str, str]]:
    return sorted((one.section, one.question, one.column, one.text) for one in form.comments)


def written(filled: FilledForm) -> list[tuple[str, str, str, str]]:
    beside = [
        (*at, column, text) for at, columns in filled.comments.items() for column in columns for text in columns[column]
    ]
    return sorted(beside + [("", name, "comment", text) for name, texts in filled.free.items() for text in texts])


def lost(form: CodedForm) -> list[str]:
    return [one.as_written for one in form.problems if one.severity != "note" and one.check in LOST]


def codes(names: Sequence[str], values: Sequence[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(dict.fromkeys(names, st.sampled_from([*values, "missing"])))


@st.composite
def case_audits(draw: st.DrawFn) -> tuple[Instrument, FilledForm]:
    instrument = AREAS[draw(st.sampled_from(sorted(AREAS)))]
    areas = [thing.id for thing in instrument.grades]
    grades = codes(areas, instrument.scales["good_three"].order)
    columns = st.dictionaries(st.sampled_from(["evidence", "impact"]), COMMENTS, max_size=2)
    days = st.dates(min_value=datetime.date(2016, 1, 1), max_value=datetime.date(2030, 1, 1)).map(
        lambda day: f"{day:%d/%m/}{day.year:04d}"
    )
    actions = st.tuples(COMMENT, st.sampled_from(["", "SW", "Team Manager"]), st.just("") | days)
    ratings = draw(grades) if instrument.raters and draw(st.booleans()) else {}
    return instrument, FilledForm(
        "204117",
        "",
        "A. B.",
        grades=draw(grades),
        comments={(area, area): draw(columns) for area in areas if area != "overall"},
        free={"additional": draw(st.just([]) | COMMENTS)},
        ratings={(area, "moderator"): code for area, code in ratings.items() if code != "missing"},
        actions=draw(st.lists(actions, max_size=3)),
    )


CASE_STYLES = st.builds(
    CaseStyle,
    judgement=st.sampled_from(get_args(JudgementStyle)),
    text=st.sampled_from(get_args(TextStyle)),
    date_pickers=st.booleans(),
    no_date=st.sampled_from(["", "Add date"]),
    number_actions=st.booleans(),
    split_runs=st.booleans(),
)


@quick
@given(case_audits(), CASE_STYLES)
def test_a_case_audit(audit: tuple[Instrument, FilledForm], style: CaseStyle) -> None:
    instrument, filled = audit
    form = coded(write_case_form(instrument, filled, style), "form.docx", instrument)
    assert {area: value.code for area, value in form.grades.items()} == filled.grades
    assert {rated: value.code for rated, value in form.ratings.items()} == filled.ratings
    assert comments_of(form) == written(filled)
    days = [("-".join(reversed(when.split("/")))) for *_, when in filled.actions]
    assert [(one.action, one.by_whom, one.by_when) for one in form.actions] == [
        (action, by_whom, day) for (action, by_whom, _), day in zip(filled.actions, days, strict=True)
    ]
    assert lost(form) == []


@st.composite
def lists(draw: st.DrawFn) -> FilledForm:
    scale, answers = LIST.scales["yes_no"], {}
    for question in LIST.questions.values():
        if not question.tick_list:
            answers[question.id] = draw(st.sampled_from(["", *map(scale.label, question.options)]))
    things = [question.id for question in LIST.questions.values() if question.tick_list]
    places = st.sampled_from([("", "1"), *(("", name) for name in answers)])
    return FilledForm(
        draw(st.sampled_from(["A", "Child A", "4711"])),
        "Police",
        "A. B.",
        answers=answers | {name: draw(st.sampled_from(["Yes", "No"])) for name in things},
        comments=draw(st.dictionaries(places, st.fixed_dictionaries({"comment": COMMENTS}), max_size=5)),
    )


def list_codes(filled: FilledForm) -> dict[str, str]:
    spelled = LIST.scales["yes_no"].spelled
    found = {name: spelled.get(filled.answers[name].casefold(), "missing") for name in LIST.questions}
    things = [question.id for question in LIST.questions.values() if question.tick_list]
    return found if "yes" in map(found.get, things) else found | dict.fromkeys(things, "missing")


LIST_STYLES = st.builds(
    PlainStyle,
    option=st.sampled_from(get_args(OptionStyle)),
    ticked=st.sampled_from(get_args(ListStyle)),
    comment=st.sampled_from(["below", "beside"]),
    numbers=st.sampled_from(["1)", "1.", "Q1."]),
    split_runs=st.booleans(),
)


@quick
@given(lists(), LIST_STYLES)
def test_a_form_of_paragraphs(filled: FilledForm, style: PlainStyle) -> None:
    form = coded(write_list_form(LIST, filled, style), "form.docx", LIST)
    assert {question: value.code for question, value in form.answers.items()} == list_codes(filled)
    assert comments_of(form) == written(filled)
    assert form.header["case"].as_written == filled.case
    assert lost(form) == []


@st.composite
def rubrics(draw: st.DrawFn) -> FilledForm:
    rows = [thing.id for thing in RUBRIC.grades]
    grades = draw(codes(rows, RUBRIC.scales["ofsted_four"].order))
    graded = [row for row, code in grades.items() if code != "missing"] or rows[:1]
    # "she & &" is hardly a remark, and "G with ..." hedges: both are doubted
    remark = COMMENT.filter(lambda text: len(re.findall(r"[a-z]{2,}", text)) > 1 and "with" not in text)
    beside = st.fixed_dictionaries({"comment": st.lists(remark, min_size=1, max_size=1)})
    comments = draw(st.dictionaries(st.sampled_from(graded).map(lambda row: (row, "")), beside, max_size=4))
    return FilledForm("5107", "", "A. B.", grades=grades, comments=comments)


RUBRIC_STYLES = st.builds(
    RubricStyle,
    choice=st.sampled_from(get_args(ChoiceStyle)),
    choices_otherwise=st.dictionaries(
        st.sampled_from([group.id for group in RUBRIC.groups]), st.sampled_from(get_args(ChoiceStyle)), max_size=4
    ),
    unlabelled=st.sets(st.sampled_from([group.id for group in RUBRIC.groups])).map(sorted),
    guidance=st.booleans(),
    split_runs=st.booleans(),
)


@settings(quick, max_examples=5)
@given(rubrics(), RUBRIC_STYLES)
def test_a_rubric(filled: FilledForm, style: RubricStyle) -> None:
    form = coded(write_rubric_form(RUBRIC, filled, style), "form.docx", RUBRIC)
    if len(set(filled.grades.values()) - {"missing"}) == 1 and style.choice in ("shade", "bold"):
        return  # one column that looks chosen in all rows may be design, and is left to a person
    assert {row: value.code for row, value in form.grades.items()} == filled.grades
    assert comments_of(form) == written(filled)
    assert lost(form) == []


@pytest.mark.parametrize("grade", RUBRIC.scales["ofsted_four"].order)
def test_a_rubric_without_labels_of_which_one_descriptor_a_row_is_left(grade: str) -> None:
    """The few words left do not tell the row, and some stand in rows of other groups too: heading and place decide."""
    filled = FilledForm("5107", "", "A. B.", grades={thing.id: grade for thing in RUBRIC.grades})
    style = RubricStyle(choice="keep", unlabelled=[group.id for group in RUBRIC.groups])
    form = coded(write_rubric_form(RUBRIC, filled, style), "form.docx", RUBRIC)
    if len(set(filled.grades.values()) - {"missing"}) == 1 and style.choice in ("shade", "bold"):
        return  # one column that looks chosen in all rows may be design, and is left to a person
    assert {row: value.code for row, value in form.grades.items()} == filled.grades


@st.composite
def exported(draw: st.DrawFn) -> tuple[Instrument, FilledForm]:
    instrument = EXPORTED[draw(st.sampled_from(sorted(EXPORTED)))]
    scale = instrument.scales["yes_no"]
    labels = ["", *(scale.label(code) for code in scale.values)]
    answers = {
        name: draw(st.sampled_from(["Yes", "No"] if question.tick_list else labels))
        for name, question in instrument.questions.items()
    }
    columns = st.dictionaries(st.sampled_from([column.id for column in instrument.columns]), COMMENTS, max_size=2)
    asked = [(instrument.section_of[name], name) for name, one in instrument.questions.items() if not one.tick_list]
    things = [thing.id for thing in instrument.grades]
    places = st.sampled_from([*asked, *((thing, "") for thing in things)])
    return instrument, FilledForm(
        "A",
        "Police",
        "A. B.",
        answers=answers,
        grades=draw(codes(things, instrument.grade_scale_of(things[0]).order)) if things else {},
        score=draw(st.sampled_from(["", "0", "7", "10"])) if instrument.score else "",
        comments=draw(st.dictionaries(places, columns, max_size=5)),
        free={field.id: draw(st.just([]) | COMMENTS) for field in instrument.free_fields},
    )


@quick
@given(exported(), st.booleans())
def test_a_row_of_a_table(row: tuple[Instrument, FilledForm], several: bool) -> None:
    instrument, filled = row
    sent = Submission(filled, "01/03/2014 09:00:00", "01/03/2014 09:30:00", "a@b.example", "C. D.")
    data = write_export(instrument, [sent], list(instrument.questions) if several else ())
    form = coded(data, "export.csv", instrument)
    spelled = instrument.scales["yes_no"].spelled
    found = {name: spelled.get(text.casefold(), "missing") for name, text in filled.answers.items()}
    assert {name: value.code for name, value in form.answers.items()} == (
        list_codes(filled) if instrument is LIST else found
    )
    assert {section: value.code for section, value in form.grades.items()} == filled.grades
    assert (form.score.number if form.score else None) == (float(filled.score) if filled.score else None)
    assert comments_of(form) == written(filled)
    assert lost(form) == []
