"""A table in which each row is a return: each row as the places of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from audit_lib.coding.matched import FoundQuestion, MatchedForm, Place
from audit_lib.coding.returns_table.heading_rows import HeadingRows, heading_rows
from audit_lib.coding.returns_table.headings import Column, Headings
from audit_lib.coding.returns_table.ticked_cells import ticked_in_columns, ticked_in_one_cell
from audit_lib.coding.values.dates import read_moments
from audit_lib.instrument import Instrument, Question
from audit_lib.rawform import Cell, Paragraph, Run, Table
from audit_lib.text import clean, fold

_HEADINGS_WITHIN = 15  # rows that may stand above the headings
_LEAST = 3  # values that a row of headings names at least
_TWICE = "it stands twice in the table"
_SUMS = re.compile(
    r"(?:(?:grand|sub|overall)[ -]?)?(?:(?:totals?|averages?|mean|median|counts?|sums?|(?:number|no\.?) of|per ?cent(?:age)?|%)(?:\W.*)?"
    r"|yes|no|partly|n/?a|not applicable|not known|missing|blank|unclear)"
)
_NUMBER = re.compile(r"[-+]?\d[\d.,]*\s*%?|#div/0!|n/?a|-+")


@dataclass(frozen=True)
class Row:
    """One return in a table: its physical row from 1, what stands where, and when it was last sent in (ISO moment, or empty)."""

    number: int
    matched: MatchedForm
    sent_in: str


def returns_table(table: Table, instrument: Instrument, named: Mapping[str, str]) -> ReturnsTable | None:
    """``table`` as a table of returns, None when no row of it reads as headings.

    ``named`` gives headings their meaning (heading -> question id, ``grade:<section>``, ``score``, ``case`` or ``agency``),
    before the instrument's own words do.
    """
    found: tuple[int, HeadingRows] | None = None
    headings = Headings(instrument, {fold(heading): meaning for heading, meaning in named.items()})
    total = len(instrument.questions) + len(instrument.grades) + (instrument.score is not None)
    for rows in heading_rows(table, headings, _HEADINGS_WITHIN):
        values = {
            (column.kind, column.id)
            for column in rows.columns.values()
            if column.kind in ("question", "grade", "score") and not column.rater
        }
        lists = {column.id for column in rows.columns.values() if column.kind == "list"}
        count = len(values) + len(lists)
        better = found is None or count > found[0] or (count == found[0] and rows.says_better_than(found[1]))
        if count >= min(_LEAST, total) and better:
            found = (count, rows)
    return ReturnsTable(table, instrument, found[1]) if found else None


class ReturnsTable:
    """A table whose rows are returns."""

    def __init__(self, table: Table, instrument: Instrument, rows: HeadingRows) -> None:
        self._table, self._instrument = table, instrument
        self._first, self._columns, self._headings = rows.first, rows.columns, rows.written
        below = [cells for cells in table.rows() if cells[0].row > rows.last]
        self._filled = [cells for cells in below if any(clean(cell.text) for cell in cells)]

    @property
    def above(self) -> list[Cell]:
        """What stands above the headings."""
        return [cell for cell in self._table.cells if cell.row < self._first and clean(cell.text)]

    @property
    def sums(self) -> list[Place]:
        """The rows below the headings that are no returns: totals, averages, the headings once more."""
        rows = [cells for cells in self._filled if not self._is_return(cells)]
        return [Place([p for cell in cells for p in cell.paragraphs], cells[0].where) for cells in rows]

    def rows(self) -> Iterator[Row]:
        """Every row below the headings in which a return stands."""
        rows = [self._row(cells) for cells in self._filled if self._is_return(cells)]
        moments = self._moments([cells for cells in self._filled if self._is_return(cells)])
        for row, moment in zip(rows, moments, strict=True):
            yield replace(row, sent_in=moment)

    # which rows are returns

    def _is_return(self, cells: tuple[Cell, ...]) -> bool:
        """Whether a row is a return and no sum: numbers alone as answers, beside a word for a sum or beside nothing."""
        filled = [cell for cell in cells if clean(cell.text)]
        if all(clean(cell.text) == self._headings.get(cell.column) for cell in filled):
            return False
        values = [cell for cell in filled if self._kind(cell) in ("question", "grade", "score", "list")]
        others = [cell for cell in filled if cell not in values]
        if not values or not all(_NUMBER.fullmatch(fold(cell.text)) for cell in values):
            return True
        if others:
            return not all(_SUMS.fullmatch(fold(cell.text)) for cell in others)
        return not self._stands_last(cells) or any(self._is_spelled(cell) for cell in values)

    def _kind(self, cell: Cell) -> str:
        column = self._columns.get(cell.column)
        return column.kind if column else ""

    def _stands_last(self, cells: tuple[Cell, ...]) -> bool:
        """Whether a row is the last of a table whose other rows all name a case or an agency."""
        named = {at for at, one in self._columns.items() if one.kind == "header" and one.id in ("case", "agency")}
        others = self._filled[:-1]
        last = bool(others) and self._filled[-1] is cells
        return last and all(any(cell.column in named and clean(cell.text) for cell in row) for row in others)

    def _is_spelled(self, cell: Cell) -> bool:
        """Whether a number is an answer or a grade of the tool."""
        column = self._columns[cell.column]
        if column.kind == "score":
            return False
        if column.kind == "grade":
            return fold(cell.text) in self._instrument.grade_scale_of(column.id).spelled
        return column.kind == "question" and fold(cell.text) in self._instrument.question_scale(column.id).spelled

    def _moments(self, rows: list[tuple[Cell, ...]]) -> list[str]:
        """When each row was last sent in: the latest of its times, where all that stand there can be read."""
        columns = [at for at, column in self._columns.items() if column.kind == "moment"]
        texts = [[next((clean(cell.text) for cell in row if cell.column == at), "") for at in columns] for row in rows]
        read = iter(read_moments([text for row in texts for text in row]))
        moments = [[(text, next(read)) for text in row] for row in texts]
        return [
            max((moment for _, moment in row), default="") if all(moment or not text for text, moment in row) else ""
            for row in moments
        ]

    # one row

    def _row(self, cells: tuple[Cell, ...]) -> Row:
        out = MatchedForm()
        by_place = {cell.column: cell for cell in cells}
        lists: dict[str, Place] = {}
        items: dict[str, dict[str, tuple[Place, str]]] = {}
        for at, column in self._columns.items():
            cell = by_place.pop(at, Cell(cells[0].row, at, where=cells[0].where))
            heading = self._headings.get(at, "")
            place = Place(list(cell.paragraphs), cell.locator(heading))
            question = self._instrument.questions.get(column.id) if column.kind == "question" else None
            if column.kind == "list":
                lists.setdefault(column.id, Place()).add(place.paragraphs, place.locator)
            elif question is not None and question.tick_list and question.id not in items.get(question.tick_list, {}):
                items.setdefault(question.tick_list, {})[question.id] = place, heading
            elif question is not None and question.tick_list:
                items[question.tick_list][question.id][0].add(
                    [Paragraph((Run("or"),)), *place.paragraphs], place.locator
                )
            else:
                self._take(out, column, place, heading)
        self._tick(out, lists, items)
        out.unplaced += [Place(list(cell.paragraphs), cell.locator()) for cell in by_place.values() if clean(cell.text)]
        return Row(cells[0].row + 1, out, "")

    def _take(self, out: MatchedForm, column: Column, place: Place, heading: str) -> None:
        if column.kind == "question":
            self._answer(out, column, place, heading)
        elif column.kind == "grade":
            self._grade(out, column, place)
        elif column.kind == "score" and column.rater:
            out.scores_by[column.rater] = _either(out.scores_by.get(column.rater), place)
        elif column.kind == "score":
            out.score = _either(out.score, place)
        elif column.kind == "header":
            if out.header.setdefault(column.id, place) is not place and place.text:
                out.header_again.setdefault(column.id, []).append(place)
        elif column.kind == "comments":
            out.comments.setdefault(self._beside(column), []).append(place)
        elif not column.kind and place.text:
            out.unplaced.append(place)

    def _answer(self, out: MatchedForm, column: Column, place: Place, heading: str) -> None:
        found = out.questions.get(column.id)
        if found is None:
            out.questions[column.id] = FoundQuestion(place, heading, by_code=column.by_code)
        elif place.text or found.answer.text:
            out.twice.append((column.id, place.locator))
            found.doubt = _TWICE
            found.answer.add(place.paragraphs, place.locator)

    def _grade(self, out: MatchedForm, column: Column, place: Place) -> None:
        if column.rater:
            rated = out.ratings.setdefault((column.id, column.rater), Place())
            rated.add(
                [Paragraph((Run("or"),)), *place.paragraphs] if rated.text and place.text else place.paragraphs,
                place.locator,
            )
        elif column.id not in out.grades:
            out.grades[column.id] = place
        elif place.text or out.grades[column.id].text:
            out.grade_doubts[column.id] = _TWICE
            out.grades[column.id].add(place.paragraphs, place.locator)

    def _beside(self, column: Column) -> tuple[str, str, str]:
        """Section, question and column of a comment beside a question, a grade, or in a free field."""
        kind = column.column or "comment"
        if column.id in self._instrument.section_of:
            return self._instrument.section_of[column.id], column.id, kind
        thing = next((thing for thing in self._instrument.grades if thing.id == column.id), None)
        if thing is None:
            return "", column.id, kind
        return thing.id, thing.id if thing.asked == "row" else "", kind

    def _tick(
        self, out: MatchedForm, lists: Mapping[str, Place], items: Mapping[str, Mapping[str, tuple[Place, str]]]
    ) -> None:
        """The lists of things to tick: in one cell, or in a column for each thing."""
        for tick_list, place in lists.items():
            heading = next(
                self._headings[at] for at, column in self._columns.items() if column == Column("list", tick_list)
            )
            found, strange = ticked_in_one_cell(self._things(tick_list), place, heading)
            out.questions |= found
            out.unplaced += strange
        for tick_list, cells in items.items():
            scales = {name: self._instrument.question_scale(name) for name in cells}
            places = {name: place for name, (place, _) in cells.items()}
            found, remarks = ticked_in_columns(places, {name: heading for name, (_, heading) in cells.items()}, scales)
            for name, remark in remarks.items():
                said = Place([Paragraph((Run(remark),))], places[name].locator)
                out.comments.setdefault((self._instrument.section_of[name], name, "comment"), []).append(said)
            out.unplaced += [lists[tick_list]] if tick_list in lists and lists[tick_list].text else []
            if tick_list in lists and any(place.text for place in (lists[tick_list], *places.values())):
                found = {name: replace(one, doubt=_TWICE) for name, one in found.items()}
            out.questions |= found

    def _things(self, tick_list: str) -> dict[str, Question]:
        return {name: one for name, one in self._instrument.questions.items() if one.tick_list == tick_list}


def _either(first: Place | None, second: Place) -> Place:
    """The one of two places in which anything stands; both where two differ, so that the value is read as neither."""
    if first is None or not first.text:
        return second if first is None or second.text else first
    if not second.text or fold(first.text) == fold(second.text):
        return first
    return Place([Paragraph((*first.runs, Run(" or "), *second.runs))], first.locator)
