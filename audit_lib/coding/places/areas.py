"""Grades asked for in rows: the name of an area of practice, the judgement beside it, the text beside that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit_lib.coding.matched import MatchedForm, Place
from audit_lib.coding.places.columns import ANSWER, GRADE, OPTION, QUESTION, TEXT, Columns
from audit_lib.coding.places.grade_lists import with_lists_in_one_cell
from audit_lib.coding.places.option_columns import OptionRows
from audit_lib.coding.places.short_rows import COLOURED, MOVED, holds_a_choice
from audit_lib.coding.places.unheaded import is_grade, lists_grades
from audit_lib.coding.values.comments import with_rows_joined
from audit_lib.coding.values.cues import first_cue, named_alone, without_articles
from audit_lib.coding.values.labelled import by_label
from audit_lib.instrument import GradedThing, Instrument
from audit_lib.rawform import Cell, Paragraph, Table
from audit_lib.text import clean, fold

_HEADING_LENGTH = 80
_EARLIER = re.compile(r"\b(?:previous|last|earlier|prior)\b.{0,25}\b(?:audit|judge?ments?|grad)")
_NAME_WITHIN = 25  # characters that may stand before the words by which an area is known


class AreaRows:
    """Reads the rows of areas of practice into ``out``."""

    def __init__(self, instrument: Instrument, columns: Columns, options: OptionRows, out: MatchedForm) -> None:
        self._instrument, self._columns, self._out = instrument, columns, out
        self._options = options
        self._areas = instrument.graded("row")
        self._headed = instrument.graded("heading")  # what a form asks for under headings may stand in rows as well
        self._area: GradedThing | None = None
        self._earlier = False
        self._judged_in: dict[int, str] = {}

    def begins_earlier_audit(self, text: str) -> bool:
        """Whether a heading begins what an earlier audit found, whose rows must not be taken for this one's."""
        plain = fold(text)
        if self._areas and len(plain) < _HEADING_LENGTH and _EARLIER.search(plain) and ":" not in plain[:-1]:
            self._earlier, self._area = True, None
        return self._earlier

    def prepared(self, table: Table) -> Table:
        """A table that begins, with each list of grades to choose from in one cell beside what is graded."""
        graded = (*self._areas, *self._headed)
        scales = {scale.id: scale for thing in graded for scale in [self._instrument.grade_scale_of(thing.id)]}
        return with_lists_in_one_cell(table, scales.values(), lambda text: self._named_in(text) is not None)

    def supposed_roles(self, first: Sequence[Cell]) -> list[str]:
        """The roles of the columns of a table without a heading whose first row is an area, its judgement in words, and comments as
        the tool has them; empty where they are not certain.
        """
        area = self._named_in(first[0].text) if len(first) > 1 else None
        comments = [column.id for column in self._instrument.columns]
        if area is None or len(first) not in (2, 2 + len(comments)):
            return []
        graded = is_grade(first[1].text, self._instrument.grade_scale_of(area.id)) and re.search(
            "[a-z]{3}", fold(first[1].text)
        )
        return [QUESTION, GRADE, *comments][: len(first)] if graded or lists_grades(first[1], self._instrument) else []

    def leave(self) -> None:
        """What follows belongs to no area."""
        self._area = None

    def row(self, cells: Sequence[Cell], fresh: Sequence[Cell]) -> bool:
        """Takes a row when it is one of an area, or goes on with the one above."""
        if not self._areas and not self._headed:
            return False
        if self._earlier:
            filled = [cell for cell in fresh if clean(cell.text)]
            self._out.unplaced += [Place(list(cell.paragraphs), cell.locator()) for cell in filled]
            return True
        named = self._named(cells)
        area = self._area_of(named) if named is not None else None
        if area is not None and named is not None:
            self._begin(area, named, cells, fresh)
        elif self._area is None or not self._goes_on(cells):
            return False
        self._take([cell for cell in fresh if cell is not named], cells)
        return True

    def _named(self, cells: Sequence[Cell]) -> Cell | None:
        """The cell in which the name of an area stands: that of its column, else the first."""
        return self._columns.holding(QUESTION, cells) or (cells[0] if len(cells) > 1 else None)

    def _area_of(self, named: Cell) -> GradedThing | None:
        """The area that a cell names. What a form asks for under headings counts only where the cell holds its name and nothing else,
        and the table is one of judgements.
        """
        held = set(self._columns.headings)
        thing = named_alone(named.text, self._headed) if QUESTION in held and ANSWER not in held else None
        order = self._instrument.grade_scale_of(thing.id).order if thing is not None else ()
        judged = GRADE in held or {OPTION + value for value in order} <= held
        return self._area_in(named.text) or (thing if judged else None)

    def _named_in(self, text: str) -> GradedThing | None:
        return self._area_in(text) or named_alone(text, self._headed)

    def _area_in(self, text: str) -> GradedThing | None:
        text = without_articles(fold(text))
        found = [
            (at, -length, number)
            for number, area in enumerate(self._areas)
            if (place := first_cue(text, area.cues)) and place[0] <= _NAME_WITHIN
            for at, length in [place]
        ]
        return self._areas[min(found)[2]] if found else None

    def _goes_on(self, cells: Sequence[Cell]) -> bool:
        """Whether a row carries on the one above: its text column is known and nothing stands where the name would."""
        named = self._columns.holding(QUESTION, cells)
        blank = named is not None and not clean(named.text)
        return blank and self._columns.holding(TEXT, cells) is not None

    def _begin(self, area: GradedThing, named: Cell, cells: Sequence[Cell], fresh: Sequence[Cell]) -> None:
        self._area = area
        if area.id in self._out.grades:
            self._out.grade_doubts[area.id] = "it stands twice in the form"
            self._out.twice.append((f"grade:{area.id}", named.locator()))
            return
        graded = self._columns.holding(GRADE, cells)
        place = Place([], self._columns.locator(graded, GRADE) if graded is not None else named.locator())
        self._out.grades[area.id] = place
        if graded is None and self._columns.options(cells):
            if self._columns.has_a_cell_too_few(cells):
                self._out.grade_doubts[area.id] = MOVED
        elif graded is None:
            self._out.grade_doubts[area.id] = "no column of judgements was found beside it"
        elif not any(graded is cell for cell in fresh):
            for one in (area.id, self._judged_in.get(id(graded), area.id)):
                self._out.grade_doubts[one] = "its judgement is merged with that of another area"
        else:
            self._judged_in[id(graded)] = area.id
            if self._columns.has_a_cell_too_few(cells):
                self._out.short_rows.append(named.locator())
                if not self._is_judgement(area, graded):
                    self._out.grade_doubts[area.id] = MOVED
        if (
            graded is not None
            and graded.shaded
            and not clean(graded.text)
            and self._instrument.grade_scale_of(area.id).names_colours
        ):
            self._out.grade_doubts[area.id] = COLOURED
        if self._judged_in_name(area, named):
            self._out.grade_doubts[area.id] = "a judgement seems to stand in the cell of its name"

    def _is_judgement(self, area: GradedThing, cell: Cell) -> bool:
        """Whether a cell that may have moved is that of the judgement, and not that of another rater."""
        scale = self._instrument.grade_scale_of(area.id)
        return holds_a_choice(cell, scale) and not any(role.startswith(f"{GRADE}@") for role in self._columns.headings)

    def _judged_in_name(self, area: GradedThing, named: Cell) -> bool:
        """Whether a line of the cell that names an area is a grade."""
        scale = self._instrument.grade_scale_of(area.id)
        lines = [fold(line).strip(" .") for line in named.text.split("\n")]
        return any(scale.spelled.get(line) and not scale.only_alone(line) for line in lines)

    def _take(self, cells: Sequence[Cell], row: Sequence[Cell]) -> None:
        area = self._area
        if area is None:
            return
        options = [option for option in self._columns.options(row) if any(option.cell is cell for cell in cells)]
        self._options.take_grade(area.id, options)
        for cell in cells:
            role = self._columns.role(cell, row)
            if any(option.cell is cell for option in options):
                continue
            if role == GRADE:
                self._out.grades[area.id].add(cell.paragraphs, self._columns.locator(cell, GRADE))
            elif role.startswith(f"{GRADE}@"):
                rater = role.partition("@")[2]
                place = self._out.ratings.setdefault((area.id, rater), Place())
                place.add(cell.paragraphs, self._columns.locator(cell, role))
            elif role != QUESTION or clean(cell.text):
                self._text(area, role, cell)

    def strange_row(self, filled: Sequence[Cell]) -> None:
        """A row that belongs to no area, though a grade stands in its column of judgements, leaves the grade of the area above in doubt."""
        if self._area is not None:
            graded = self._columns.holding(GRADE, filled)
            if graded is not None and is_grade(graded.text, self._instrument.grade_scale_of(self._area.id)):
                self._out.grade_doubts.setdefault(self._area.id, "another grade stands in a row below it")

    def _text(self, area: GradedThing, role: str, cell: Cell) -> None:
        """Text beside the judgement: its column says what it is, else the labels in it."""
        parts: list[tuple[str, Paragraph]]
        if role in {column.id for column in self._instrument.columns}:
            parts = [(role, paragraph) for paragraph in with_rows_joined(cell.paragraphs)]
        elif role == TEXT or not role:
            parts = by_label(cell.paragraphs, self._instrument.columns)
        else:
            self._out.unplaced += [Place(list(cell.paragraphs), cell.locator())] if clean(cell.text) else []
            return
        for column, paragraph in parts:
            place = Place([paragraph], self._columns.locator(cell, role))
            self._out.comments.setdefault((area.id, area.id, column), []).append(place)
