"""One raw form -> coded values: what its questions, grades, score and comments mean, and what a person must look at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from audit_lib.coding.choices import Choice, choose
from audit_lib.coding.comments import comments_in
from audit_lib.coding.matching import MatchedForm, Place, match_form
from audit_lib.coding.questions import wording_fits
from audit_lib.coding.scores import ScoreRead, read_score
from audit_lib.instrument import Instrument, Score
from audit_lib.rawform import RawForm

_NUMBERED = re.compile(r"[A-Za-z]{1,3}\s?\d{1,2}\b")


@dataclass(frozen=True)
class Problem:
    """Something about a form that a person may have to look at.

    ``check`` and ``severity`` are codes of :mod:`audit_lib.schema`; ``settle`` is the name under which corrections.csv
    rules on the value, empty where no ruling can.
    """

    severity: str
    check: str
    message: str
    locator: str = ""
    as_written: str = ""
    taken_as: str = ""
    settle: str = ""


@dataclass(frozen=True)
class Value:
    """One coded value: an answer, a grade, or a score (whose ``code`` is then ``read``, ``missing`` or ``unclear``)."""

    code: str
    as_written: str
    locator: str
    wording: str = ""
    number: float | None = None


@dataclass(frozen=True)
class Comment:
    """One comment in its place."""

    section: str
    question: str
    column: str
    text: str
    locator: str


@dataclass
class CodedForm:
    """Everything that one form says, in the codes of its instrument.

    ``questions_found`` counts the rows that carry the number of a question, ``questions_known`` those whose wording is
    also that question's, ``questions_foreign`` numbered questions that the instrument does not have: few known or several
    foreign ones show a form of another tool, many ``questions_twice`` two forms in one file. ``header_again`` holds what
    further fields of the same name say.
    """

    header: dict[str, Value] = field(default_factory=dict)
    header_again: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[str, Value] = field(default_factory=dict)
    grades: dict[str, Value] = field(default_factory=dict)
    score: Value | None = None
    comments: list[Comment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions_found: int = 0
    questions_known: int = 0
    questions_foreign: int = 0
    questions_twice: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether nobody filled anything in below the header."""
        values = [*self.answers.values(), *self.grades.values(), *([self.score] if self.score else [])]
        return not self.comments and all(value.code == "missing" for value in values)

    def content(self) -> tuple[object, ...]:
        """All values and comments, for telling whether two forms say the same."""
        return (
            tuple((name, value.code, value.as_written) for name, value in self.answers.items()),
            tuple((name, value.code, value.as_written) for name, value in self.grades.items()),
            (self.score.code, self.score.number) if self.score else (),
            tuple(sorted((c.section, c.question, c.column, c.text) for c in self.comments)),
            tuple(sorted((name, value.as_written) for name, value in self.header.items())),
        )


def code_form(form: RawForm, instrument: Instrument) -> CodedForm:
    """``form`` in the codes of ``instrument``. Every question and grade gets a value, ``missing`` included."""
    matched = match_form(form, instrument)
    known = sum(
        wording_fits(instrument.questions[question], found.wording) for question, found in matched.questions.items()
    )
    foreign = sum(bool(_NUMBERED.match(place.text)) for place in matched.added)
    coded = CodedForm(questions_found=len(matched.questions), questions_known=known, questions_foreign=foreign)
    coded.questions_twice = len(matched.twice)
    coded.header = {name: Value("", place.text, place.locator) for name, place in matched.header.items()}
    coded.header_again = {name: [place.text for place in places] for name, places in matched.header_again.items()}
    _code_comments(matched, coded)
    _code_answers(matched, instrument, coded)
    _code_grades(matched, instrument, coded)
    if instrument.score:
        _code_score(matched, instrument.score, coded)
    _tell_leftovers(matched, coded)
    for note in form.notes:
        coded.problems.append(Problem("note", note.check, note.message, note.where))
    if form.text_in_file != form.text_read:
        lost = abs(form.text_in_file - form.text_read)
        message = (
            f"the file holds {form.text_in_file} characters and {form.text_read} were read, a difference of {lost}; "
            "open the file and compare"
        )
        coded.problems.append(Problem("error", "text_lost", message))
    return coded


def _code_comments(matched: MatchedForm, coded: CodedForm) -> None:
    for (section, question, column), places in matched.comments.items():
        for place in places:
            for text in comments_in(place.paragraphs):
                coded.comments.append(Comment(section, question, column, text, place.locator))


def _remark(coded: CodedForm, section: str, question: str, choice: Choice, locator: str) -> None:
    if choice.remark:
        coded.comments.append(Comment(section, question, "comment", choice.remark, locator))


def _code_answers(matched: MatchedForm, instrument: Instrument, coded: CodedForm) -> None:
    for question in instrument.questions:
        found = matched.questions.get(question)
        if found is None:
            message = f"{question} is not in the form; it counts as missing"
            coded.problems.append(
                Problem("warning", "question_not_found", message, taken_as="missing", settle=question)
            )
            coded.answers[question] = Value("missing", "", "")
            continue
        scale = instrument.question_scale(question)
        choice = choose(found.answer.runs, scale)
        locator = found.answer.locator
        section = instrument.section_of[question]
        code = choice.code
        if found.doubt:
            code = "unclear"
            message = f"{question}: {found.doubt}; look at the form and rule"
            coded.problems.append(
                Problem("error", "question_wording", message, locator, choice.as_written, code, question)
            )
        elif code == "unclear":
            message = f"{question}: the answer can be read in more than one way, or not at all; say which it is"
            coded.problems.append(
                Problem("error", "answer_unclear", message, locator, choice.as_written, code, question)
            )
        elif code == "missing":
            message = f"{question}: no answer was given"
            coded.problems.append(
                Problem("warning", "answer_missing", message, locator, choice.as_written, code, question)
            )
        elif not choice.usual:
            message = f"{question}: taken as {scale.label(code)}; check that this is meant"
            coded.problems.append(
                Problem("warning", "value_taken", message, locator, choice.as_written, code, question)
            )
        coded.answers[question] = Value(code, choice.as_written, locator, found.wording)
        _remark(coded, section, question, choice, locator)
        explained = any(comment.question == question for comment in coded.comments)
        if code == "not_applicable" and instrument.rules.explain_not_applicable and not explained:
            message = f"{question}: 'not applicable' without the explanation that the tool asks for; ask the agency why"
            coded.problems.append(
                Problem("warning", "not_applicable_unexplained", message, locator, choice.as_written, code, question)
            )


def _code_grades(matched: MatchedForm, instrument: Instrument, coded: CodedForm) -> None:
    for thing in instrument.grades:
        place = matched.grades.get(thing.id, Place())
        scale = instrument.grade_scale_of(thing.id)
        choice = choose(place.runs, scale)
        name = f"the grade for {thing.title}"
        if choice.code == "unclear":
            message = f"{name} can be read in more than one way, or not at all; say which it is"
            coded.problems.append(
                Problem(
                    "error", "grade_unclear", message, place.locator, choice.as_written, "unclear", f"grade:{thing.id}"
                )
            )
        elif choice.code == "missing":
            found = "was not chosen" if thing.id in matched.grades else "is not in the form"
            problem = Problem(
                "warning", "grade_missing", f"{name} {found}", place.locator, "", "missing", f"grade:{thing.id}"
            )
            coded.problems.append(problem)
        elif not choice.usual:
            message = f"{name} was taken as {scale.label(choice.code)}; check that this is meant"
            problem = Problem(
                "warning", "value_taken", message, place.locator, choice.as_written, choice.code, f"grade:{thing.id}"
            )
            coded.problems.append(problem)
        written = "" if choice.code == "missing" else choice.as_written
        coded.grades[thing.id] = Value(choice.code, written, place.locator)
        _remark(coded, thing.id, "", choice, place.locator)


def _code_score(matched: MatchedForm, score: Score, coded: CodedForm) -> None:
    place = matched.score or Place()
    read = read_score(place.runs, score)
    if read.status == "unclear":
        span = f"{score.minimum:g} to {score.maximum:g}"
        message = f"the score is not one number from {span}; say which it is"
        coded.problems.append(
            Problem("error", "score_unclear", message, place.locator, read.as_written, "unclear", "score")
        )
    elif read.status == "missing":
        coded.problems.append(
            Problem("warning", "score_missing", "no score was given", place.locator, "", "missing", "score")
        )
    coded.score = Value(read.status, _score_written(read), place.locator, number=read.value)
    if read.remark:
        coded.comments.append(Comment("", "reasoning", "comment", read.remark, place.locator))


def _score_written(read: ScoreRead) -> str:
    return "" if read.status == "missing" else read.as_written


def _tell_leftovers(matched: MatchedForm, coded: CodedForm) -> None:
    """What stands in the form and belongs to nothing that the instrument asks."""
    for question, locator in matched.twice:
        message = f"{question} stands here a second time; its comments were taken, its answer is unclear"
        coded.problems.append(Problem("warning", "question_twice", message, locator, settle=question))
    if len(matched.before) > 1:  # one is the title of the form
        message = f"{len(matched.before)} passages before the first section were taken as printed guidance, not read"
        coded.problems.append(Problem("note", "text_not_placed", message, matched.before[0].locator))
    for place in matched.added:
        message = "a question that the tool does not have was added to the form; it is not counted"
        coded.problems.append(Problem("warning", "question_added", message, place.locator, place.text))
    for place in matched.margins:
        for text in comments_in(place.paragraphs):
            message = "text in the margin of the page, taken as printed matter"
            coded.problems.append(Problem("note", "text_not_placed", message, place.locator, text))
    for place in matched.unplaced:
        for text in comments_in(place.paragraphs):
            message = "this text stands beside no question, so it is in no table; look whether it is a comment"
            coded.problems.append(Problem("warning", "text_not_placed", message, place.locator, text))
