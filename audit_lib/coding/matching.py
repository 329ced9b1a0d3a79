"""Which part of a raw form answers which part of an instrument.

The form is walked once from top to bottom. Headings say which section or grade comes next, heading rows say what the
columns hold, printed codes (R1) and cues of the wording say which question a row is. What fits nowhere is kept and told,
so that nothing a person wrote is lost in silence.
"""

from __future__ import annotations

from itertools import zip_longest

from audit_lib.coding.matched import FoundQuestion, MatchedForm, Place
from audit_lib.coding.places.actions import ActionRows
from audit_lib.coding.places.areas import AreaRows
from audit_lib.coding.places.columns import ACTION, ANSWER, GRADE, NUMBER, QUESTION, TEXT, Columns
from audit_lib.coding.places.fields import Fields
from audit_lib.coding.places.grade_rows import GradeRows
from audit_lib.coding.places.header import Header
from audit_lib.coding.places.option_columns import OptionRows
from audit_lib.coding.places.paragraphs import ParagraphQuestions, asks_in_lines
from audit_lib.coding.places.question_rows import QuestionRows
from audit_lib.coding.places.scoreline import marked_line
from audit_lib.coding.places.tick_columns import TickColumns
from audit_lib.coding.places.unheaded import lists_grades, roles_beside_a_grade, supposed_roles
from audit_lib.coding.questions import Questions
from audit_lib.coding.rubric.tables import Rubric
from audit_lib.coding.values.cues import (
    cue_length,
    first_cue,
    is_printed,
    looks_like_heading,
    named_alone,
    plain_heading,
    without_articles,
)
from audit_lib.instrument import FreeField, GradedThing, Instrument, Score, Section
from audit_lib.rawform import Cell, Paragraph, RawForm, Table
from audit_lib.text import clean, fold

__all__ = ["FoundQuestion", "MatchedForm", "Place", "match_form"]


def match_form(form: RawForm, instrument: Instrument) -> MatchedForm:
    """The parts of ``form`` that answer ``instrument``."""
    return _Walk(instrument).over(form)


class _Walk:
    """One walk over one form. Its state is what the last headings said."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.out = MatchedForm()
        self.section: Section | None = None
        self.columns = Columns(instrument)
        self.waiting: Place | None = None
        self.body_begun = False
        self.asked_here = False  # whether the last question was asked in this table
        self.opened_here = False  # whether the last field was opened in this table
        self.questions = Questions(instrument)
        self.options = OptionRows(instrument, self.out)
        self.rows = QuestionRows(instrument, self.questions, self.columns, self.options, self.out)
        self.header = Header(instrument, self.out)
        self.fields = Fields(instrument, self.out)
        self.grades = GradeRows(instrument, self.columns, self.options, self.rows, self.out)
        self.areas = AreaRows(instrument, self.columns, self.options, self.out)
        self.actions = ActionRows(instrument.actions, self.columns, self.out)
        self.rubric = Rubric(instrument, self.out)
        self.asked = ParagraphQuestions(instrument, self.questions, self.out)

    def over(self, form: RawForm) -> MatchedForm:
        """The whole form."""
        if asks_in_lines(form, self.instrument, self.questions):
            self.asked = ParagraphQuestions(self.instrument, self.questions, self.out, in_lines=True)
        for block, following in zip_longest(form.blocks, form.blocks[1:]):
            if (
                isinstance(block, Paragraph)
                and isinstance(following, Table)
                and self.grades.is_title_of(block, following)
            ):
                self.body_begun, self.waiting = True, None
            elif isinstance(block, Paragraph) and block.aside:
                self.outside_body(block)
            elif isinstance(block, Paragraph):
                self.paragraph(block)
            else:
                self.table(block)
        self.rows.finish()
        self.grades.finish()
        self.options.finish()
        self.rubric.finish()
        return self.out

    def outside_body(self, paragraph: Paragraph) -> None:
        """A page header may name case or agency; a footnote is somebody's words and belongs to no question."""
        self.waiting = None
        if paragraph.aside == "margin":
            if self.header.line(paragraph) is None:
                self.out.margins.append(Place([paragraph], paragraph.where))
        elif clean(paragraph.text):
            self.out.unplaced.append(Place([paragraph], paragraph.where))

    # paragraphs between tables

    def paragraph(self, paragraph: Paragraph) -> None:
        text = fold(paragraph.text)
        if not paragraph.runs or not (
            text or any(run.ticked is not None for run in paragraph.runs) or paragraph.text.strip()
        ):
            if not self.asked.take_struck_item(paragraph, paragraph.where) and self.waiting is not None:
                self.waiting.paragraphs.append(paragraph)
            return
        if is_printed(text, self.instrument.printed):
            if text.strip(" .") not in [fold(one).strip(" .") for one in self.instrument.printed]:
                self.out.guidance.append(Place([paragraph], paragraph.where))
            return
        if self.takes(paragraph, text):
            return
        if self.waiting is not None and self.body_begun and paragraph.style.startswith(("heading", "title")):
            self.waiting = None  # a printed heading ends the field before it, whatever it is the heading of
            self.out.guidance.append(Place([paragraph], paragraph.where))
            return
        if self.waiting is not None:
            self.waiting.add([paragraph], paragraph.where)
            if not self.body_begun:  # a field of the header holds one line
                self.waiting = None
        elif self.body_begun:
            self.out.unplaced.append(Place([paragraph], paragraph.where))
        else:
            self.out.before.append(Place([paragraph], paragraph.where))

    def takes(self, paragraph: Paragraph, text: str) -> bool:
        """Whether a paragraph opens something that the instrument asks, or goes on with it."""
        if self.body_begun and self.actions.is_title(clean(paragraph.text)):
            self.waiting = None
            return True
        if self.body_begun and not self.waiting and self.areas.begins_earlier_audit(paragraph.text):
            return False
        if self.label(paragraph, text):
            self.asked.leave()
            return True
        if self.heading(paragraph):
            self.asked.leave()
            return True
        if self.asked.take(paragraph, paragraph.where):
            self.body_begun, self.waiting = True, None
            return True
        if not self.waiting and self.grades.paragraph(paragraph):
            return True
        if self.instrument.groups and self.waiting is None and self.rubric.heading(paragraph.text):
            self.body_begun = True
            return True
        return False

    def label(self, paragraph: Paragraph, text: str) -> bool:
        """A paragraph that opens a field: of the header, the score, or free text. What follows its colon is the value."""
        found = self.fields.labelled(text) if self.body_begun else None
        if self.body_begun and (found is not None or not self.in_head):
            if found is None:
                return False
            self.open_field(found, paragraph, paragraph.where)
            return True
        place = self.header.line(paragraph)
        if place is not None:
            self.waiting = None if place.paragraphs else place
        return place is not None

    def open_field(self, found: FreeField | Score, label: Paragraph, where: str) -> Place:
        """Text from here on belongs to a field."""
        self.waiting, self.rows.question = self.fields.open(found, label, where), ""
        return self.waiting

    def heading(self, paragraph: Paragraph) -> bool:
        """A heading of a section or of a grade; of several cues in it the first counts.

        Other words beside the cue are allowed where the paragraph looks like a heading: "Planning was late" is none.
        """
        plain = without_articles(fold(paragraph.text))
        is_grade = any(plain.startswith(fold(cue)) for cue in self.instrument.grade_heading_cues)
        things: tuple[Section | GradedThing, ...] = (
            self.instrument.graded("heading") if is_grade else self.instrument.sections
        )
        found = [
            (at, -length, thing)
            for thing in things
            if (place := first_cue(plain, thing.cues))
            for at, length in [place]
        ]
        if not found:
            return (
                looks_like_heading(paragraph) and not self.is_title(fold(paragraph.text), 0) and self.named(paragraph)
            )
        at, length, thing = min(found, key=lambda one: one[:2])
        if self.is_title(fold(paragraph.text), -length):
            return False
        looks = looks_like_heading(paragraph)
        alone = plain_heading(plain) == plain[at : at - length]
        near = looks and len(plain) <= -length + 15
        inside_field = self.waiting is not None and not looks
        if inside_field or not (alone or near or (is_grade and self.body_begun)):
            return False
        self.waiting, self.body_begun, self.rows.question = None, True, ""
        if isinstance(thing, Section):
            self.section, self.grades.due = thing, None
        else:
            self.grades.behind_heading(paragraph, thing, told=alone or looks)
        return True

    def named(self, paragraph: Paragraph) -> bool:
        """A heading that is the name of something that the tool asks for under a heading, and nothing else."""
        thing = named_alone(paragraph.text, self.instrument.graded("heading"), self.instrument.grade_heading_cues)
        if thing is None:
            return False
        self.waiting, self.body_begun, self.rows.question = None, True, ""
        self.grades.below_name(thing)
        return True

    def is_title(self, text: str, length: int) -> bool:
        """Whether a folded paragraph is the printed title of the form, which may hold the words of a section (``length`` letters)."""
        titled = 0 if self.body_begun else cue_length(text, (*self.instrument.cues, self.instrument.title))
        return titled > length or (titled > 0 and not self.out.header)

    @property
    def in_head(self) -> bool:
        """Whether fields of the header may still come: nothing of the body was read, and perhaps a title was taken for a section."""
        out = self.out
        return not self.body_begun or not (out.header or out.questions or out.grades or out.comments or out.score)

    # tables

    def table(self, table: Table) -> None:
        covering: list[Cell] = []
        seen: set[int] = set()
        table = self.areas.prepared(table)
        if self.score_line(table):
            return
        if self.grades.list_in(table, self.section):
            self.waiting = None
            return
        self.columns.enter(table)
        self.grades.begin_table()
        self.asked_here = self.opened_here = False
        if self.rubric.table(table):
            self.body_begun, self.waiting = True, None
            return
        self.suppose_heading(table)
        ticks, met = TickColumns(table, self.instrument), set(self.out.questions)
        self.asked.starts = ticks.starts
        for row in table.rows():
            number = row[0].row
            covering = [cell for cell in covering if cell.row + cell.row_span > number]
            cells = sorted([*covering, *row], key=lambda cell: cell.column)
            self.row(cells, seen)
            seen.update(id(cell) for cell in row)
            covering += [cell for cell in row if cell.row_span > 1]
        self.grades.end_table()
        self.asked.starts = set()
        for name in ticks.doubts.keys() & (self.out.questions.keys() - met):
            self.out.questions[name].doubt = self.out.questions[name].doubt or ticks.doubts[name]

    def suppose_heading(self, table: Table) -> None:
        """Knows the columns of a table of questions, or of a grade, whose heading was deleted, and tells that it was."""
        first = list(next(table.rows(), ()))
        if not first or self.columns.holding(ANSWER, first) or self.columns.options(first):
            return
        roles = supposed_roles(table, self.instrument, self.questions, self.columns.of_questions)
        if self.columns.holding(GRADE, first) is None:
            roles = roles or self.areas.supposed_roles(first)
        if self.grades.due is not None and not self.columns.holding(GRADE, first):
            roles = roles or roles_beside_a_grade(first, self.instrument, self.grades.due)
        if roles:
            self.columns.suppose(first, roles)
            listed = len(first) == 2 and lists_grades(first[1], self.instrument)  # each list under its own title
            self.out.unheaded += [] if listed else [table.where or first[0].where]

    def score_line(self, table: Table) -> bool:
        """A table that is the line of numbers of the score above it."""
        score = self.instrument.score
        waiting = score is not None and self.waiting is not None
        line = marked_line(table, score) if score is not None and waiting and self.waiting is self.out.score else None
        if line is None or self.waiting is None:
            return False
        self.waiting.add(line[0].paragraphs, line[0].locator)
        self.out.unplaced += line[1]
        return True

    def row(self, cells: list[Cell], seen: set[int]) -> None:
        """One row with the cells that reach into it from above (those in ``seen`` were read there)."""
        fresh = [cell for cell in cells if id(cell) not in seen]
        filled = [cell for cell in fresh if clean(cell.text) or any(run.ticked is not None for run in cell.runs)]
        if self.read_heading(cells, fresh):
            return
        if (
            len(filled) == 1
            and not self.columns.holding(ACTION, cells)
            and self.actions.is_title(clean(filled[0].text))
        ):
            self.waiting = None
            return
        headed = self.columns.holding(ANSWER, cells) or self.columns.options(cells)
        if not headed and self.list_row(filled):
            self.body_begun, self.waiting = True, None
            return
        question = "" if lists_grades(cells[0], self.instrument) else self.rows.asked_by(cells, self.section)
        if question:
            self.question_row(question, cells, fresh)
        elif len(cells) > 1 and filled == cells[:1] and self.heading_row(filled):
            return
        elif self.rated_row(cells, fresh) or self.grade_row(cells, fresh):
            self.rows.question = ""
        elif (
            (not filled and not any(cell.runs for cell in fresh))
            or (self.in_head and self.header.row(fresh))
            or (self.body_begun and self.field_row(fresh))
            or (not self.rows.goes_on(cells) and self.heading_row(filled))
        ):
            return
        elif self.rows.goes_on(cells):
            self.question_row(self.rows.question, cells, fresh)
        elif filled:
            self.strange_row(filled)

    def question_row(self, question: str, cells: list[Cell], fresh: list[Cell]) -> None:
        """The row of a question, or one that goes on with it."""
        self.body_begun, self.waiting = True, None
        answered = self.columns.holding(ANSWER, cells) or self.columns.options(cells)
        self.asked_here = not answered and self.asked.take_cells(fresh, question)
        if not self.asked_here:
            self.rows.read(question, cells, fresh, self.section)

    def rated_row(self, cells: list[Cell], fresh: list[Cell]) -> bool:
        """A row of an area of practice, or of the table of actions."""
        if not (self.actions.row(cells, fresh) or self.areas.row(cells, fresh)):
            return False
        self.body_begun, self.waiting = True, None
        return True

    def grade_row(self, cells: list[Cell], fresh: list[Cell]) -> bool:
        """A row that holds a grade."""
        graded = self.columns.holding(GRADE, cells)
        if graded is not None and self.body_begun and self.fields.labelled(fold(graded.text)):
            return False  # the score or a field of free text below the grades, as in a sheet
        if self.waiting is not None and self.opened_here and len([cell for cell in fresh if clean(cell.text)]) == 1:
            return False  # what stands below the label of such a field, in the column of the grades above
        if not self.grades.row(cells, fresh, self.section):
            return False
        self.body_begun, self.waiting = True, None
        return True

    def heading_row(self, filled: list[Cell]) -> bool:
        """A row that holds the heading of a section or a grade and nothing else."""
        paragraphs = [paragraph for cell in filled for paragraph in cell.paragraphs if clean(paragraph.text)]
        return len(filled) == 1 and len(paragraphs) == 1 and self.heading(paragraphs[0])

    def read_heading(self, cells: list[Cell], fresh: list[Cell]) -> bool:
        """A row that says what the columns hold; it ends the question or field before it."""
        if self.rows.asked_by(cells, self.section) or not self.columns.read_heading(
            cells, fresh, going_on=bool(self.rows.question)
        ):
            return False
        filled = [cell for cell in fresh if clean(cell.text)]
        if self.grades.heading(cells, filled, self.section):
            self.waiting, self.rows.question = None, ""
            return True
        if not self.columns.certain(filled):
            self.out.unplaced += [Place(list(cell.paragraphs), cell.locator()) for cell in filled]
        self.rows.question, self.waiting = "", None
        self.areas.leave()
        if {GRADE, TEXT} <= set(self.columns.headings):  # a table of areas of practice
            self.body_begun = True
        return True

    def strange_row(self, filled: list[Cell]) -> None:
        """A row that is no question of the tool: one that the auditor added, or other text."""
        paragraphs = [paragraph for cell in filled for paragraph in cell.paragraphs]
        added = self.asked_here and len(filled) > 1 and not self.asked.goes_on_in([cell.text for cell in filled])
        if self.asked.begun and not added:  # a table below a question that is asked in a paragraph
            self.asked.take_cells(filled)
            return
        place = Place(paragraphs, filled[0].locator())
        self.grades.strange_row(filled)
        self.areas.strange_row(filled)
        self.rows.strange_row(filled)
        roles = {self.columns.role(cell, filled) for cell in filled}
        if (roles & {ANSWER, GRADE} or self.columns.options(filled)) and roles & {NUMBER, QUESTION}:
            self.rows.question = ""
            self.out.added.append(place)
        else:
            self.rows.doubt_answered_by(place.text)
            (self.out.unplaced if self.body_begun else self.out.before).append(place)

    def list_row(self, filled: list[Cell]) -> bool:
        """A row that opens a list of things to tick, or holds one of them with its sign, where a form has all in one table."""
        if not any(self.asked.is_of_a_list(cell.paragraphs[0]) for cell in filled[:2]):
            return False
        self.rows.question, self.asked_here = "", False
        return self.asked.take_cells(filled)

    def field_row(self, cells: list[Cell]) -> bool:
        """The score or free fields in a table: a label in one cell, its text in the same, beside it or below."""
        labelled = any(self.fields.labelled(fold(p.text)) for cell in cells for p in cell.paragraphs)
        if not labelled and (self.waiting is None or (self.rows.question and len(cells) > 1)):
            return False
        opened: list[tuple[Place, str]] = []
        for cell in cells:
            for paragraph in cell.paragraphs:
                found = self.fields.labelled(fold(paragraph.text))
                if found is not None:
                    opened.append((self.open_field(found, paragraph, cell.locator()), cell.locator()))
                    self.opened_here = True
                elif self.waiting is not None:
                    self.waiting.add([paragraph], cell.locator() if clean(paragraph.text) else "")
                elif clean(paragraph.text):
                    self.out.unplaced.append(Place([paragraph], cell.locator()))
        for place, where in opened:
            place.locator = place.locator or where
        return True
