"""Grades asked for under headings: in a row beside comments, by a sign under a grade, in a list to choose from, or behind the heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit_lib.coding.matched import MatchedForm, Place
from audit_lib.coding.places.columns import ANSWER, GRADE, HEADING_LENGTH, QUESTION, Columns
from audit_lib.coding.places.grade_lists import is_sign, listed_grades, lists_all
from audit_lib.coding.places.option_columns import SHADED, Option, OptionRows
from audit_lib.coding.places.question_rows import QuestionRows
from audit_lib.coding.places.short_rows import MOVED, holds_a_choice
from audit_lib.coding.places.unheaded import is_grade, lists_grades
from audit_lib.coding.values.choices import choose
from audit_lib.coding.values.cues import after_label, begins_with_cue, cue_length, named_alone
from audit_lib.instrument import GradedThing, Instrument, Section
from audit_lib.rawform import Cell, Paragraph, Table
from audit_lib.scales import Scale
from audit_lib.text import clean, fold

_UNHEADED = "a mark or a judgement stands beside its name, below headings that are none of its grades"
_SAID = "a sentence below its heading names a grade"
_BELOW = "a judgement seems to stand in the table below its heading"


class GradeRows:
    """Reads them into ``out``. ``due`` is what the last heading asks to grade, None for nothing; ``read`` whether the table that
    is being read gave a grade.
    """

    def __init__(
        self, instrument: Instrument, columns: Columns, options: OptionRows, rows: QuestionRows, out: MatchedForm
    ) -> None:
        self._instrument, self._columns, self._options = instrument, columns, options
        self._rows, self._out = rows, out
        self.due: GradedThing | None = None
        self.read = False
        self._by_name = False  # whether the last heading was a name alone, which may be the heading of other things too
        self._said: list[str] = []  # what a sentence below its heading says a grade of

    def begin_table(self) -> None:
        """A new table begins."""
        self.read = False

    def end_table(self) -> None:
        """After a table that gave a grade, the next one needs a heading of its own."""
        if self.read:
            self.due = None

    def behind_heading(self, paragraph: Paragraph, thing: GradedThing, *, told: bool) -> None:
        """What stands behind the heading of a grade: the grade itself, or guidance; other words are told."""
        self.due, self._by_name = thing, False
        rest = after_label(paragraph, thing.cues)
        scale = self._instrument.grade_scale_of(thing.id)
        named = rest and any(fold(scale.label(value)) in fold(rest.text) for value in scale.order)
        if rest and (named or choose(rest.runs, scale).code in scale.values):
            self._place(thing).add([rest], paragraph.where)
        elif rest and not fold(rest.text).startswith("please"):
            self._out.unplaced.append(Place([rest], paragraph.where))
        elif not rest and not told:
            self._out.unplaced.append(Place([paragraph], paragraph.where))

    def paragraph(self, paragraph: Paragraph) -> bool:
        """Takes a paragraph below the heading of a grade that is one, in words, and nothing else; below a name also one that begins with
        a grade, or holds the grades to choose from.
        """
        if self.due is None:
            return False
        scale = self._instrument.grade_scale_of(self.due.id)
        if not is_grade(paragraph.text, scale) and not (self._by_name and self._is_choice(paragraph, scale)):
            labels = [fold(scale.label(value)) for value in scale.order]
            self._said += [self.due.id] if self._by_name and cue_length(fold(paragraph.text), labels) else []
            return False
        self._place(self.due).add([paragraph], paragraph.where)
        return True

    def below_name(self, thing: GradedThing) -> None:
        """A heading that is the name of something graded: its grade stands below, if anything does."""
        self.due, self._by_name = thing, True

    def finish(self) -> None:
        """At the end of the form: a sentence that names a grade leaves it in doubt where no other judgement was found."""
        for thing in self._said:
            if thing not in self._out.grades:
                self._out.grade_doubts.setdefault(thing, _SAID)

    @staticmethod
    def _is_choice(paragraph: Paragraph, scale: Scale) -> bool:
        """Whether a paragraph gives a grade for certain, or holds all grades to choose from and no other words."""
        words = fold("".join(run.text for run in paragraph.runs))
        for value in scale.order:
            words = words.replace(fold(scale.label(value)), "")
        return not re.search(r"\w", words) or choose(paragraph.runs, scale).code in scale.values

    def is_title_of(self, paragraph: Paragraph, table: Table) -> bool:
        """Takes a paragraph that names something graded and nothing else, directly above a table with all grades to choose from."""
        judged = self._instrument.grade_heading_cues
        thing = named_alone(paragraph.text, self._untitled(), judged) or self._asked_for(fold(paragraph.text))
        if thing is None or not lists_all(table, self._instrument.grade_scale_of(thing.id)):
            return False
        self.due = thing
        return True

    def _asked_for(self, text: str) -> GradedThing | None:
        """What "Judgement on ..." asks to grade."""
        if not begins_with_cue(text, self._instrument.grade_heading_cues) or len(text) > HEADING_LENGTH:
            return None
        found = [thing for thing in self._untitled() if cue_length(text, (thing.title, *thing.cues))]
        return found[0] if len(found) == 1 else None

    def _untitled(self) -> list[GradedThing]:
        """What has no grade yet and is no section, whose heading says more."""
        things = (*self._instrument.graded("heading"), *self._instrument.graded("row"))
        taken = {*self._out.grades, *(section.id for section in self._instrument.sections)}
        return [thing for thing in things if thing.id not in taken]

    def list_in(self, table: Table, section: Section | None) -> bool:
        """Takes a table below the heading of a grade that holds the grades to choose from and nothing else, or one that holds them all in a
        section that has no grade yet.
        """
        thing = self.due or self._listed_for_section(table, section)
        lines = listed_grades(table, self._instrument.grade_scale_of(thing.id)) if thing is not None else []
        if thing is None or not lines:
            return False
        self._place(thing).add(lines, lines[0].where)
        self._doubt_colours(thing, [cell for cell in table.cells if clean(cell.text)])
        self.due = None
        return True

    def heading(self, cells: Sequence[Cell], filled: Sequence[Cell], section: Section | None) -> bool:
        """Takes a row that holds all grades side by side and nothing else, with or without signs below."""
        thing = self.due or self._next(section)
        options = self._grades_in(cells, thing)
        if thing is None or not options or len(options) < len(filled) or len(options) < len(cells):
            return False
        for option in options:
            self._place(thing).add(option.cell.paragraphs, option.cell.locator())
        self._doubt_colours(thing, [option.cell for option in options])
        self.due, self.read = thing, True
        return True

    def row(self, cells: list[Cell], fresh: list[Cell], section: Section | None) -> bool:
        """Takes a row that holds a grade: under the heading of the grades, or of one of them, or with most of a scale in one cell."""
        cell = None if ANSWER in self._columns.headings else self._columns.holding(GRADE, cells)
        cell = cell or next((cell for cell in fresh if lists_grades(cell, self._instrument)), None)
        thing = self.due or self._next(section)
        options = [one for one in self._grades_in(cells, thing) if any(one.cell is other for other in fresh)]
        if thing is None or (cell is None and not options) or (self._by_name and QUESTION in self._columns.headings):
            return False
        self._options.take_grade(thing.id, options)
        locator = self._columns.locator(cell or options[0].cell, GRADE)
        if cell is not None and any(cell is one for one in fresh):
            self._place(thing).add(cell.paragraphs, locator)
        self._doubt_moved(thing, cell, cells, fresh, locator)
        moved = self._columns.has_a_cell_too_few(cells)
        for other in fresh:
            if other is not cell and not any(other is option.cell for option in options):
                role, over = self._columns.role(other, cells), self._rows.reaches_over(other, cells)
                self._rows.narrative(other, role, thing.id, "", moved or over)
        self.due, self.read = thing, True
        return True

    def strange_row(self, filled: Sequence[Cell]) -> None:
        """A row that was not taken, though a grade stands in it below the heading of a grade, or a mark or grade beside the name of one,
        leaves that grade in doubt.
        """
        if self.due is not None:
            scale = self._instrument.grade_scale_of(self.due.id)
            if any(is_grade(cell.text, scale) for cell in filled):
                self._out.grade_doubts.setdefault(self.due.id, _BELOW)
        taken = {*self._out.grades, *self._out.chosen}
        named = [one for one in self._instrument.grades if cue_length(fold(filled[0].text), one.cues)]
        for thing in named if len(named) == 1 and named[0].id not in taken else ():
            scale = self._instrument.grade_scale_of(thing.id)
            if any(is_sign(cell) or is_grade(cell.text, scale) for cell in filled[1:]):
                self._out.grade_doubts.setdefault(thing.id, _UNHEADED)
                self._out.grades[thing.id] = Place([], filled[0].locator())

    def _listed_for_section(self, table: Table, section: Section | None) -> GradedThing | None:
        thing = self._next(section)
        return thing if thing is not None and lists_all(table, self._instrument.grade_scale_of(thing.id)) else None

    def _place(self, thing: GradedThing) -> Place:
        return self._out.grades.setdefault(thing.id, Place())

    def _next(self, section: Section | None) -> GradedThing | None:
        """The grade that is due where no heading names one: that of the section, when it has none yet."""
        if section and section.id not in self._out.grades:
            return next((thing for thing in self._instrument.graded("heading") if thing.id == section.id), None)
        return None

    def _grades_in(self, cells: Sequence[Cell], thing: GradedThing | None) -> list[Option]:
        """The cells of a row under the headings of grades; none under those of answers."""
        options = self._columns.options(cells) if thing is not None else []
        order = self._instrument.grade_scale_of(thing.id).order if thing is not None else ()
        return options if any(option.code in order for option in options) else []

    def _doubt_moved(
        self, thing: GradedThing, cell: Cell | None, cells: list[Cell], fresh: list[Cell], locator: str
    ) -> None:
        """Tells of a row whose cells may have moved, or were stretched; its grade counts only where it can be nothing else."""
        moved = self._columns.has_a_cell_too_few(cells)
        stretched = [one for one in fresh if self._columns.is_stretched(one, cells)]
        self._out.short_rows += [locator] if fresh and (moved or stretched) else []
        certain = cell is not None and holds_a_choice(cell, self._instrument.grade_scale_of(thing.id))
        if fresh and not certain and (moved or any(cell is one for one in stretched)):
            self._out.grade_doubts[thing.id] = MOVED

    def _doubt_colours(self, thing: GradedThing, cells: Sequence[Cell]) -> None:
        if 0 < sum(cell.shaded for cell in cells) < len(cells):
            self._out.grade_doubts[thing.id] = SHADED
