"""A table in which each row is a return: which column holds what, and each row as the places of a form.

An export of an online form repeats a heading for each question ("What went well?2"), so a heading that names only a kind
of comment belongs to the question or grade to its left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audit_lib.coding.cues import begins_with_cue, cue_length
from audit_lib.coding.dates import read_moments
from audit_lib.coding.matched import FoundQuestion, MatchedForm, Place
from audit_lib.coding.questions import Questions, wording_fits
from audit_lib.instrument import Instrument
from audit_lib.rawform import Cell, Paragraph, Run, Table
from audit_lib.text import clean, fold

_HEADINGS_WITHIN = 15  # rows that may stand above the headings
_LEAST = 3  # values that a row of headings names at least
_SENT_IN = ("completion time", "submitted", "date submitted", "submission date", "timestamp")
_OF_THE_EXPORT = frozenset(
    ("id", "start time", "email", "e-mail", "last modified time", "total points", "quiz feedback", "response id", "language", "")
)  # fmt: skip


@dataclass(frozen=True)
class _Column:
    """What one column holds. ``kind`` is question, grade, score, header, comments, list, sent_in, export (what an online
    form says of itself) or empty for nothing that is known; ``id`` says of what.
    """

    kind: str
    id: str = ""
    column: str = ""


@dataclass(frozen=True)
class Row:
    """One return in a table: its physical row from 1, what stands where, and when it was sent in (ISO moment, or empty)."""

    number: int
    matched: MatchedForm
    sent_in: str


def returns_table(table: Table, instrument: Instrument, named: Mapping[str, str]) -> ReturnsTable | None:
    """``table`` as a table of returns, None when no row of it reads as headings.

    ``named`` gives headings their meaning (heading -> question id, ``grade:<section>``, ``score``, ``case`` or ``agency``),
    before the instrument's own words do.
    """
    found: tuple[int, int, dict[int, _Column]] | None = None
    headings = _Headings(instrument, named)
    for row in [list(cells) for cells in table.rows()][:_HEADINGS_WITHIN]:
        columns = headings.columns(row)
        values = {
            (column.kind, column.id) for column in columns.values() if column.kind in ("question", "grade", "score")
        }
        lists = [column for column in columns.values() if column.kind == "list"]
        count = len(values) + len(lists)
        if count >= min(_LEAST, headings.total) and (found is None or count > found[0]):
            found = (count, row[0].row, columns)
    return ReturnsTable(table, instrument, found[1], found[2], named) if found else None


class _Headings:
    """Tells what each heading of a row says."""

    def __init__(self, instrument: Instrument, named: Mapping[str, str]) -> None:
        self._instrument = instrument
        self._named = {fold(heading): meaning for heading, meaning in named.items()}
        self._questions = Questions(instrument)
        self.total = len(instrument.questions) + len(instrument.grades) + (instrument.score is not None)

    def columns(self, row: Sequence[Cell]) -> dict[int, _Column]:
        """Column of the grid -> what it holds."""
        found: dict[int, _Column] = {}
        last = _Column("")
        for cell in row:
            column = self._column(fold(cell.text), last)
            if column.kind in ("question", "grade", "list") or (column.kind == "comments" and not column.column):
                last = column
            found[cell.column] = column
        return found

    def _column(self, heading: str, last: _Column) -> _Column:
        if heading in self._named:
            return self._meant(self._named[heading])
        if heading.strip(" .:") in _SENT_IN:
            return _Column("sent_in")
        if heading.strip(" .:") in _OF_THE_EXPORT:
            return _Column("export")
        if heading.strip(" .:") == "name":  # who filled in the online form: a name to be hidden wherever it stands
            worker = next((field.id for field in self._instrument.header if field.person == "worker"), "")
            return _Column("header", worker) if worker else _Column("export")
        kind = self._kind_of_comment(heading)
        value = self._value(heading)
        if value.kind and kind and value.kind in ("question", "grade"):
            return _Column("comments", value.id, kind) if self._longer_than(heading, value) else value
        if value.kind:
            return value
        if kind and last.kind:
            return _Column("comments", last.id, kind)
        return self._header(heading)

    @staticmethod
    def _meant(meaning: str) -> _Column:
        if meaning.startswith("grade:"):
            return _Column("grade", meaning.removeprefix("grade:"))
        if meaning in ("case", "agency"):
            return _Column("header", meaning)
        return _Column("score") if meaning == "score" else _Column("question", meaning)

    def _kind_of_comment(self, heading: str) -> str:
        plain = re.sub(r"\d+$", "", heading).strip()
        fitting = [(cue_length(plain, column.cues), column.id) for column in self._instrument.columns]
        length, kind = max(fitting, default=(0, ""))
        return kind if length else "comment" if re.match(r"(?:any |other |further )*comments?\b", plain) else ""

    def _longer_than(self, heading: str, value: _Column) -> bool:
        """Whether a heading that names a question also names a kind of comment beyond the question's own words."""
        if value.kind == "grade":
            return True
        question = self._instrument.questions[value.id]
        rest = heading
        for cue in (question.text, *question.cues):
            rest = rest.replace(fold(cue), " ")
        return any(cue_length(rest, column.cues) for column in self._instrument.columns) or "comment" in rest

    def _value(self, heading: str) -> _Column:
        for one in self._instrument.tick_lists:
            if cue_length(heading, one.cues):
                return _Column("list", one.id)
        question = self._question(heading)
        if question:
            return _Column("question", question)
        score = self._instrument.score
        if score is not None and (cue_length(heading, score.cues) or heading.strip(" :") in ("score", "overall score")):
            return _Column("score")
        for free in self._instrument.free_fields:
            if cue_length(heading, free.cues):
                return _Column("comments", free.id)
        return self._grade(heading)

    def _question(self, heading: str) -> str:
        code = self._questions.code.match(heading)
        asked = self._questions.asked([heading], heading, None, set())
        if asked and (
            not code or code.end() >= len(heading) - 1 or wording_fits(self._instrument.questions[asked], heading)
        ):
            return asked
        exact = [
            q for q, one in self._instrument.questions.items() if heading.strip(" .:?") == fold(one.text).strip(" .:?")
        ]
        return exact[0] if len(exact) == 1 else ""

    def _grade(self, heading: str) -> _Column:
        graded = any(cue_length(heading, [cue]) for cue in self._instrument.grade_heading_cues)
        fitting = [(cue_length(heading, thing.cues), thing) for thing in self._instrument.grades]
        best = max((length for length, _ in fitting), default=0)
        things = [thing for length, thing in fitting if length == best]
        if not best or len(things) > 1:
            return _Column("")
        named = graded or heading.strip(" .:") in map(fold, things[0].cues) or things[0].asked != "heading"
        return _Column("grade", things[0].id) if named else _Column("")

    def _header(self, heading: str) -> _Column:
        fitting = [
            (cue_length(heading, field.cues), field.id)
            for field in self._instrument.header
            if begins_with_cue(heading, field.cues) or cue_length(heading, field.cues) > len(heading) / 2
        ]
        length, field = max(fitting, default=(0, ""))
        return _Column("header", field) if length else _Column("")


class ReturnsTable:
    """A table whose rows are returns."""

    def __init__(
        self,
        table: Table,
        instrument: Instrument,
        heading_row: int,
        columns: Mapping[int, _Column],
        named: Mapping[str, str],
    ) -> None:
        self._table, self._instrument, self._named = table, instrument, named
        self._questions = Questions(instrument)
        self._heading_row, self._columns = heading_row, columns
        self._headings = {
            cell.column: clean(cell.text) for row in table.rows() for cell in row if cell.row == heading_row
        }

    @property
    def above(self) -> list[Cell]:
        """What stands above the headings."""
        return [cell for cell in self._table.cells if cell.row < self._heading_row and clean(cell.text)]

    def rows(self) -> Iterator[Row]:
        """Every row below the headings in which anything stands."""
        rows = [
            self._row(cells)
            for cells in self._table.rows()
            if cells[0].row > self._heading_row and any(clean(cell.text) for cell in cells)
        ]
        for row, moment in zip(rows, read_moments([row.sent_in for row in rows]), strict=True):
            yield replace(row, sent_in=moment)

    def _row(self, cells: tuple[Cell, ...]) -> Row:
        out, sent_in = MatchedForm(), ""
        by_place = {cell.column: cell for cell in cells}
        for at, column in self._columns.items():
            cell = by_place.pop(at, Cell(cells[0].row, at, where=cells[0].where))
            heading = self._headings.get(at, "")
            place = Place(list(cell.paragraphs), cell.locator(heading))
            if column.kind == "sent_in":
                sent_in = place.text
            else:
                self._take(out, column, place, heading)
        out.unplaced += [Place(list(cell.paragraphs), cell.locator()) for cell in by_place.values() if clean(cell.text)]
        return Row(cells[0].row + 1, out, sent_in)

    def _take(self, out: MatchedForm, column: _Column, place: Place, heading: str) -> None:
        if column.kind == "question":
            self._answer(out, column.id, place, heading)
        elif column.kind == "list":
            self._tick(out, column.id, place, heading)
        elif column.kind == "grade":
            if column.id in out.grades:
                out.grade_doubts[column.id] = "it stands twice in the table"
            out.grades.setdefault(column.id, place)
        elif column.kind == "score":
            out.score = out.score or place
        elif column.kind == "header":
            if out.header.setdefault(column.id, place) is not place and place.text:
                out.header_again.setdefault(column.id, []).append(place)
        elif column.kind == "comments":
            out.comments.setdefault(self._beside(column), []).append(place)
        elif not column.kind and place.text:
            out.unplaced.append(place)

    def _answer(self, out: MatchedForm, question: str, place: Place, heading: str) -> None:
        if question in out.questions:
            out.twice.append((question, place.locator))
            out.questions[question].doubt = "it stands twice in the table"
        else:
            by_code = self._questions.code.fullmatch(fold(heading)) is not None
            out.questions[question] = FoundQuestion(place, heading, by_code=by_code or heading in self._named)

    def _beside(self, column: _Column) -> tuple[str, str, str]:
        """Section, question and column of a comment beside a question, a grade, or in a free field."""
        kind = column.column or "comment"
        if column.id in self._instrument.section_of:
            return self._instrument.section_of[column.id], column.id, kind
        thing = next((thing for thing in self._instrument.grades if thing.id == column.id), None)
        if thing is None:
            return "", column.id, kind
        return thing.id, thing.id if thing.asked == "row" else "", kind

    def _tick(self, out: MatchedForm, tick_list: str, place: Place, heading: str) -> None:
        """The things that were ticked stand in one cell, each followed by a semicolon."""
        items = [question for question in self._instrument.questions.values() if question.tick_list == tick_list]
        parts = [part for part in re.split(r"[;\n]", place.text) if clean(part)]
        named = {part: _best([(cue_length(fold(part), item.cues), item.id) for item in items]) for part in parts}
        for item in items:
            ticked = [part for part in parts if named[part] == item.id]
            runs = (Run("", ticked=bool(ticked)), Run(f" {'; '.join(ticked)}")) if parts else ()
            answer = Place([Paragraph(runs, place.locator)], place.locator)
            out.questions[item.id] = FoundQuestion(answer, heading)
        for part in parts:
            if not named[part]:
                out.unplaced.append(Place([Paragraph((Run(part),), place.locator)], place.locator))


def _best(fitting: Sequence[tuple[int, str]]) -> str:
    """The name of the longest fit, empty for none and for several alike."""
    length = max((length for length, _ in fitting), default=0)
    names = [name for one, name in fitting if one == length]
    return names[0] if length and len(names) == 1 else ""
