"""Returns as an online form exports them: one table, a row for each return, a question in the heading of each column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit_lib.instrument import Instrument
from audit_lib.samples.filled import FilledForm
from audit_lib.samples.forms import LABELS

_OF_THE_FORM = ("ID", "Start time", "Completion time", "Email", "Name")


@dataclass(frozen=True)
class Submission:
    """One return of an online form, and what the form records of it: begun, sent in (day/month/year hour:minute:second), by whom."""

    filled: FilledForm
    started: str
    completed: str
    email: str
    name: str


def write_export(instrument: Instrument, submissions: Sequence[Submission], several: Sequence[str] = ()) -> bytes:
    """``submissions`` as a .csv file (UTF-8 with its mark), in the manner of a well-known online form.

    A heading that comes again gets a number, and a question that allows several answers (those of ``several``, and lists of
    things to tick) ends each with a semicolon. The same arguments give the same bytes.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    cells = [dict(_numbered(_cells(instrument, one.filled, several))) for one in submissions]
    writer.writerow([*_OF_THE_FORM, *(cells[0] if cells else ())])
    for number, (one, row) in enumerate(zip(submissions, cells, strict=True), start=1):
        writer.writerow([number, one.started, one.completed, one.email, one.name, *row.values()])
    return out.getvalue().encode("utf-8-sig")


def _numbered(cells: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each heading once: "What went well?", "What went well?2" ..."""
    met: dict[str, int] = {}
    for heading, text in cells:
        met[heading] = met.get(heading, 0) + 1
        yield (heading if met[heading] == 1 else f"{heading}{met[heading]}"), text


def _cells(instrument: Instrument, filled: FilledForm, several: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Heading and text of each column, in the order of the form."""
    for item in instrument.header:
        yield LABELS.get(item.id, item.label), filled.in_header(item.id)
    graded = {thing.id: thing for thing in instrument.grades}
    for section in instrument.sections:
        listed: list[str] = []
        for question in section.questions:
            if question.tick_list:
                listed.append(question.id)
                continue
            if listed:
                yield from _list(instrument, filled, listed)
                listed = []
            text = filled.answers.get(question.id, "")
            code = question.printed or question.id
            yield f"{code}. {question.text}", f"{text};" if text and question.id in several else text
            yield from _narrative(instrument, filled, section.id, question.id)
        if section.id in graded:
            yield from _grade(instrument, filled, graded.pop(section.id).id)
    for name in graded:
        yield from _grade(instrument, filled, name)
    if instrument.score is not None:
        ends = f"{instrument.score.minimum:g} to {instrument.score.maximum:g}"
        yield f"On a scale of {ends}, how good was the work overall?", filled.score
    for field in instrument.free_fields:
        yield LABELS.get(field.id, field.label), "\n".join(filled.free.get(field.id, ()))


def _list(instrument: Instrument, filled: FilledForm, items: Sequence[str]) -> Iterator[tuple[str, str]]:
    one = next(one for one in instrument.tick_lists if one.id == instrument.questions[items[0]].tick_list)
    ticked = (instrument.questions[name].text for name in items if filled.answers.get(name) == "Yes")
    yield f"{one.id}. {one.text}", "".join(f"{text};" for text in ticked)
    yield from _narrative(instrument, filled, instrument.section_of[items[0]], one.id)


def _narrative(instrument: Instrument, filled: FilledForm, section: str, question: str) -> Iterator[tuple[str, str]]:
    written: Mapping[str, Sequence[str]] = filled.comments.get((section, question), {})
    for column in instrument.columns:
        yield column.heading, "\n".join(written.get(column.id, ()))


def _grade(instrument: Instrument, filled: FilledForm, name: str) -> Iterator[tuple[str, str]]:
    thing = next(thing for thing in instrument.grades if thing.id == name)
    scale, code = instrument.grade_scale_of(name), filled.grades.get(name, "missing")
    title = "work overall" if name == "overall" else thing.title.lower()
    text = "" if code == "missing" else filled.grades_typed.get(name, scale.label(code) if code in scale.values else "")
    yield f"Judgement on the quality of the {title}", text
    yield from _narrative(instrument, filled, name, "")
