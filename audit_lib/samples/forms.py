"""Filled-in forms of an instrument, as the Word documents that agencies send back.

They serve the sample audits, and tests that write a form, read it again and expect the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from audit_lib.instrument import GradedThing, Instrument, Section
from audit_lib.samples import entries
from audit_lib.samples.entries import AnswerStyle, CommentStyle, GradeStyle, ScoreStyle
from audit_lib.samples.filled import FilledForm
from audit_lib.samples.word import BOLD, Pen, cell, document, paragraph, table

__all__ = ["GUIDANCE", "LABELS", "FilledForm", "FormStyle", "HeadingCase", "write_form"]

HeadingCase = Literal["title", "upper", "lower"]

_PAGE = 15130  # twentieths of a point between the margins
_NUMBER, _ANSWER, _GRADE = 750, 1450, 3000
LABELS = {  # what the form prints where it is not the label of the instrument
    "case": "Case no (UIN)",
    "agency": "Agency completing the audit:",
    "auditor": "Audit completed by: (name and title)",
    "reasoning": "Please comment on your reasoning for this scoring:",
    "good_practice": "Any areas of good practice identified:",
    "other": "Any other comments:",
    "needs_to_happen": "What needs to happen? (Any actions)",
}
GUIDANCE = (
    "Use a new form for every child, and write only what your own records can show.",
    "Keep to the latest six months in which your agency worked with the family.",
    "Leave out names: initials, or words such as mum or health visitor, will do.",
    "Wherever a question does not apply, tell us the reason.",
    "Grades: Outstanding is far beyond what we expect, Good is what we expect, Requires improvement is uneven, "
    "Inadequate falls short.",
)


@dataclass(frozen=True)
class FormStyle:
    """The hand of the person who filled in the form: how things were entered, and what became of the printed layout.

    ``answers_otherwise`` and ``grades_otherwise`` name questions and sections that were filled in another way than the
    rest. ``split_tables`` breaks each table of questions in two, the second part without its heading; ``split_runs``
    breaks text into several runs. ``modified`` is the document's own date of last change.
    """

    answer: AnswerStyle = "typed"
    grade: GradeStyle = "delete"
    comment: CommentStyle = "bullets"
    score: ScoreStyle = "own_line"
    answers_otherwise: Mapping[str, AnswerStyle] = field(default_factory=dict)
    grades_otherwise: Mapping[str, GradeStyle] = field(default_factory=dict)
    headings: HeadingCase = "title"
    header: Literal["table", "lines"] = "table"
    guidance: bool = True
    numbered: bool = True
    split_tables: bool = False
    split_runs: bool = False
    modified: str = "2018-05-04T09:00:00Z"


def write_form(instrument: Instrument, filled: FilledForm, style: FormStyle = FormStyle()) -> bytes:
    """``filled`` as a .docx file in the printed layout of ``instrument``; the same arguments give the same bytes.

    For instruments of sections with questions, an answer, columns of narrative, and grades.
    """
    return document(_Form(instrument, filled, style).body(), style.modified)


def _cased(text: str, case: HeadingCase) -> str:
    return text.upper() if case == "upper" else text.lower() if case == "lower" else text


class _Form:
    """One form being written."""

    def __init__(self, instrument: Instrument, filled: FilledForm, style: FormStyle) -> None:
        self._instrument, self._filled, self._style = instrument, filled, style
        self._pen = Pen(style.split_runs)

    def body(self) -> str:
        """The whole form, from its title to the last free field."""
        graded = {thing.id: thing for thing in self._instrument.grades}
        parts = [self._heading(self._instrument.title, "Title"), self._guidance(), self._header()]
        for section in self._instrument.sections:
            parts.append(self._questions(section))
            if section.id in graded:
                parts.append(self._judgement(graded.pop(section.id)))
        parts.extend(self._judgement(thing) for thing in graded.values())
        return "".join([*parts, self._score(), *self._free_fields()])

    def _heading(self, text: str, style: str = "Heading1") -> str:
        return paragraph(self._pen.run(_cased(text, self._style.headings)), style)

    def _guidance(self) -> str:
        if not self._style.guidance:
            return ""
        return self._heading("Guidance Notes:") + "".join(
            paragraph(self._pen.run(text), "ListNumber") for text in GUIDANCE
        )

    def _header(self) -> str:
        header = self._instrument.header
        fields = [(LABELS.get(item.id, item.label), self._filled.in_header(item.id)) for item in header]
        pen = self._pen
        if self._style.header == "lines":
            return "".join(
                paragraph(pen.run(f"{label.replace(':', '')}: ", BOLD) + pen.run(value)) for label, value in fields
            )
        widths = (4000, 7000)
        rows = (
            [cell(self._label(label), widths[0]), cell(paragraph(pen.run(value)), widths[1])] for label, value in fields
        )
        return paragraph() + table(rows, widths)

    def _headings(self, leading: Sequence[tuple[str, int]], over: str, wide: int) -> list[list[str]]:
        """Two rows: ``leading`` headings merged downwards, then ``over`` above the headings of the narrative columns."""
        columns = self._instrument.columns
        first = [cell(self._label(text), width, merge="restart") for text, width in leading]
        second = [cell(paragraph(style="Label"), width, merge="continue") for _, width in leading]
        first.append(cell(self._label(over), wide * len(columns), span=len(columns)))
        second.extend(cell(self._label(LABELS.get(column.id, column.heading)), wide) for column in columns)
        return [first, second]

    def _label(self, text: str) -> str:
        return paragraph(self._pen.run(text), "Label")

    def _narrative(self, section: str, question: str, wide: int) -> list[str]:
        """The cells of the narrative columns beside a question, or beside a grade when ``question`` is empty."""
        written = self._filled.comments.get((section, question), {})
        return [
            cell(entries.comments(self._pen, written.get(column.id, ()), self._style.comment, wide), wide)
            for column in self._instrument.columns
        ]

    def _questions(self, section: Section) -> str:
        numbered, wide = self._style.numbered, 3000
        asked = _PAGE - _ANSWER - wide * len(self._instrument.columns) - (_NUMBER if numbered else 0)
        leading = [("No.", _NUMBER)] if numbered else []
        leading += [("Question", asked), ("Response (Yes/No)", _ANSWER)]
        widths = [width for _, width in leading] + [wide] * len(self._instrument.columns)
        rows = []
        for question in section.questions:
            code = question.printed or question.id
            texts = [code, question.text] if numbered else [question.text]
            cells = [cell(paragraph(self._pen.run(text)), width) for text, width in zip(texts, widths, strict=False)]
            rows.append(
                [*cells, cell(self._answer(question.id), _ANSWER), *self._narrative(section.id, question.id, wide)]
            )
        rows = self._headings(leading, "Comments on Quality of Work", wide) + rows
        title = self._heading(f"Quality of the {section.title}:")
        if not self._style.split_tables or len(section.questions) < 2:
            return title + table(rows, widths)
        half = 2 + len(section.questions) // 2
        return title + table(rows[:half], widths) + paragraph() + table(rows[half:], widths)

    def _answer(self, question: str) -> str:
        scale = self._instrument.question_scale(question)
        printed = [scale.label(code) for code in (scale.order[0], scale.order[-1])]
        offered = [value.label for value in scale.values.values()]
        style = self._style.answers_otherwise.get(question, self._style.answer)
        return entries.answer(self._pen, self._filled.answers.get(question, ""), printed, offered, style)

    def _judgement(self, thing: GradedThing) -> str:
        wide = (_PAGE - _GRADE) // max(len(self._instrument.columns), 1)
        title = "Work Overall" if thing.id == "overall" else thing.title
        rows = self._headings([("Judgement", _GRADE)], "Comments on this judgement", wide)
        rows.append([cell(self._grade(thing.id), _GRADE), *self._narrative(thing.id, "", wide)])
        widths = [_GRADE] + [wide] * len(self._instrument.columns)
        return self._heading(f"Judgement on the Quality of the {title}:") + table(rows, widths)

    def _grade(self, section: str) -> str:
        scale = self._instrument.grade_scale_of(section)
        options = [scale.label(code) for code in scale.order]
        style = self._style.grades_otherwise.get(section, self._style.grade)
        if section in self._filled.grades_typed:
            return entries.grade(self._pen, self._filled.grades_typed[section], options, "typed")
        code = self._filled.grades.get(section, "missing")
        if code == "unclear":
            return entries.grade(self._pen, options[len(options) // 2 - 1], options, "two_left")
        return entries.grade(self._pen, "" if code == "missing" else scale.label(code), options, style)

    def _score(self) -> str:
        asked = self._instrument.score
        if asked is None:
            return ""
        ends = (f"{asked.minimum:g}", f"{asked.maximum:g}")
        question = f"On a scale of {ends[0]} to {ends[1]}, how good was the work overall?"
        return paragraph() + entries.score(self._pen, question, ends, self._filled.score, self._style.score)

    def _free_fields(self) -> list[str]:
        plain = "paragraphs" if self._style.comment == "nested_table" else self._style.comment
        return [
            self._label(LABELS.get(item.id, item.label))
            + entries.comments(self._pen, self._filled.free.get(item.id, ()), plain, _PAGE)
            for item in self._instrument.free_fields
        ]
