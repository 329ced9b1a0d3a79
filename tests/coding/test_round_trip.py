"""A form is written in some hand, read and coded: the same answers, grades, score and comments come out."""

from __future__ import annotations

from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_lib.coding.forms import CodedForm, code_form
from audit_lib.instruments import load_instrument
from audit_lib.readers.kinds import read_file
from audit_lib.samples.entries import AnswerStyle, CommentStyle, GradeStyle, ScoreStyle
from audit_lib.samples.forms import FilledForm, FormStyle, HeadingCase, write_form
from audit_lib.text import clean

INSTRUMENT = load_instrument("neglect-2018")
ANSWERS = {
    "": "missing",
    "Yes": "yes",
    "No": "no",
    "Partly": "partly",
    "N/A": "not_applicable",
    "Not known": "not_known",
}
UNCLEAR_ANSWERS = {"Yes and no": "unclear", "Y/N - depends on the worker": "unclear", "See the plan": "unclear"}
GRADES = [*INSTRUMENT.scales["ofsted_four"].order, "missing"]
PLAIN = [
    "the",
    "child",
    "plan",
    "was",
    "seen",
    "at",
    "home",
    "by",
    "school",
    "and",
    "reviewed",
    "in",
    "June",
    "with",
    "care",
]
ODD = ["£5", "<b>", "&", "$x$", "naïve", "“late”", "–", "not", "yet", "3", "visits"]
WORDS = st.sampled_from([*PLAIN, *ODD])
COMMENT = st.lists(WORDS, min_size=3, max_size=12).map(" ".join).filter(lambda text: text[0].isalpha())
COLUMNS = [column.id for column in INSTRUMENT.columns]
PLACES = [(INSTRUMENT.section_of[q], q) for q in INSTRUMENT.questions] + [(thing.id, "") for thing in INSTRUMENT.grades]


@st.composite
def filled_forms(draw: st.DrawFn) -> FilledForm:
    answers = st.sampled_from([*ANSWERS, *UNCLEAR_ANSWERS])
    comments = st.dictionaries(
        st.sampled_from(COLUMNS), st.lists(COMMENT, min_size=1, max_size=3, unique=True), max_size=3
    )
    return FilledForm(
        case=draw(st.sampled_from(["A", "Case A", "case a", "Child B", "UIN 4711"])),
        agency=draw(st.sampled_from(["CSC", "Police", "St Mary's Primary School"])),
        completed_by="A Worker, Manager",
        answers=draw(st.fixed_dictionaries(dict.fromkeys(INSTRUMENT.questions, answers))),
        grades=draw(st.fixed_dictionaries({thing.id: st.sampled_from(GRADES) for thing in INSTRUMENT.grades})),
        score=draw(st.sampled_from(["", *map(str, range(11)), "8.5"])),
        comments=draw(st.dictionaries(st.sampled_from(PLACES), comments, max_size=6)),
        free={field.id: draw(st.lists(COMMENT, max_size=2, unique=True)) for field in INSTRUMENT.free_fields},
    )


STYLES = st.builds(
    FormStyle,
    answer=st.sampled_from(get_args(AnswerStyle)),
    grade=st.sampled_from([style for style in get_args(GradeStyle) if style not in ("untouched", "two_left")]),
    comment=st.sampled_from(get_args(CommentStyle)),
    score=st.sampled_from(get_args(ScoreStyle)),
    headings=st.sampled_from(get_args(HeadingCase)),
    header=st.sampled_from(["table", "lines"]),
    guidance=st.booleans(),
    numbered=st.booleans(),
    split_tables=st.booleans(),
    split_runs=st.booleans(),
)


def coded(filled: FilledForm, style: FormStyle) -> CodedForm:
    return code_form(read_file(write_form(INSTRUMENT, filled, style), "form.docx"), INSTRUMENT)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(filled_forms(), STYLES)
def test_what_is_written_is_what_is_coded(filled: FilledForm, style: FormStyle) -> None:
    form = coded(filled, style)
    expected = {q: (ANSWERS | UNCLEAR_ANSWERS)[text] for q, text in filled.answers.items()}
    assert {q: value.code for q, value in form.answers.items()} == expected
    assert {section: value.code for section, value in form.grades.items()} == filled.grades
    assert form.score is not None
    assert form.score.number == (float(filled.score) if filled.score else None)
    assert form.header["case"].as_written == filled.case
    assert form.header["agency"].as_written == filled.agency
    written = {
        (section, question, column, clean(text))
        for (section, question), columns in filled.comments.items()
        for column, texts in columns.items()
        for text in texts
    } | {("", field, "comment", clean(text)) for field, texts in filled.free.items() for text in texts}
    remarks = ("comment", True)  # beside an answer, of which the writer knows nothing
    read = {
        (c.section, c.question, c.column, c.text)
        for c in form.comments
        if (c.column, c.question[1:2].isdigit()) != remarks
    }
    assert read == written
    lost = ("text_lost", "text_not_placed", "question_not_found", "question_wording")
    assert [problem for problem in form.problems if problem.severity != "note" and problem.check in lost] == []


@settings(max_examples=30, deadline=None)
@given(filled_forms(), STYLES)
def test_two_grades_left_standing_are_unclear_and_four_are_missing(filled: FilledForm, style: FormStyle) -> None:
    for grade, code in (("two_left", "unclear"), ("untouched", "missing")):
        chosen = FilledForm(**{**filled.__dict__, "grades": dict.fromkeys(filled.grades, "good")})
        form = coded(chosen, FormStyle(**{**style.__dict__, "grade": grade}))
        assert {value.code for value in form.grades.values()} == {code}
