"""The rows of questions in a table: which question a row asks, and where its answer and its comments stand."""

from __future__ import annotations

import re

from audit_lib.coding.matched import FoundQuestion, MatchedForm, Place
from audit_lib.coding.places.columns import ANSWER, NUMBER, QUESTION, Columns
from audit_lib.coding.places.option_columns import Option, OptionRows
from audit_lib.coding.places.short_rows import COLOURED, MOVED, holds_a_choice
from audit_lib.coding.questions import Questions, is_foreign, wording_fits
from audit_lib.coding.values.cues import cue_length
from audit_lib.coding.values.remarks import answer_behind, begins_with_answer
from audit_lib.instrument import Instrument, Section
from audit_lib.rawform import Cell
from audit_lib.text import clean, fold

_UNHEADED = "an answer seems to stand beside it, below headings that are not known"


class QuestionRows:
    """Reads them into ``out``. ``question`` is the one that a row without number and wording goes on with; empty for none."""

    def __init__(
        self, instrument: Instrument, questions: Questions, columns: Columns, options: OptionRows, out: MatchedForm
    ) -> None:
        self.instrument = instrument
        self.questions = questions
        self.columns = columns
        self._options = options
        self.out = out
        self.question = ""
        self._kinds_of_comments = {column.id for column in instrument.columns}
        self._answered_in: dict[int, str] = {}  # the cells in which answers stand
        self._strange: dict[str, Place] = {}  # questions that were met below headings that are not known

    def asked_by(self, cells: list[Cell], section: Section | None) -> str:
        """The question that a row asks; empty for none."""
        asked = [cell for role in (NUMBER, QUESTION) if (cell := self.columns.holding(role, cells))]
        grades = self.columns.hold_grades(cells)
        texts = [fold(cell.text) for cell in (asked or cells[:2]) if not (grades and self._is_narrative(cell, cells))]
        wording = max(texts, key=len, default="")
        if grades or not (asked or "?" in wording):
            wording = ""  # a comment may hold the words of a question
        return self.questions.asked(texts, wording, section, set(self.out.questions))

    def _is_narrative(self, cell: Cell, cells: list[Cell]) -> bool:
        """Whether a cell stands under a heading of comments, where the number of a question may begin a sentence."""
        return self.columns.role(cell, cells) in self._kinds_of_comments

    def strange_row(self, filled: list[Cell]) -> None:
        """A row that was not taken, though the words of a question and an answer stand in it."""
        found = self.questions.by_cue(fold(filled[0].text), None)
        if found is not None:
            spelled = self.instrument.question_scale(found.id).spelled
            if any(fold(cell.text).strip(" .") in spelled for cell in filled[1:]):
                self._strange.setdefault(found.id, Place([*filled[0].paragraphs], filled[0].locator()))

    def finish(self) -> None:
        """At the end of the form: questions that were met in such rows alone are in doubt."""
        for question, place in self._strange.items():
            answer = Place([], place.locator)
            self.out.questions.setdefault(question, FoundQuestion(answer, place.text, doubt=_UNHEADED))

    def goes_on(self, cells: list[Cell]) -> bool:
        """Whether a row carries on the question above: it has neither number nor question of its own."""
        known = any(self.columns.role(cell, cells) for cell in cells)
        return bool(self.question) and known and not self._first_text(cells)

    def read(self, question: str, cells: list[Cell], fresh: list[Cell], section: Section | None) -> None:
        """The row of a question, or one that goes on with it."""
        asked, others = self._asked_in(question, cells), list[Cell]()
        if question in self.out.questions and (question != self.question or any(cell in asked for cell in fresh)):
            self.out.twice.append((question, cells[0].locator()))
            self.out.questions[question].doubt = "it stands twice in the form"
            others = self._other_wordings(question, cells)
            self.out.unplaced += [Place(list(cell.paragraphs), cell.locator()) for cell in others]
        elif question not in self.out.questions:
            self.out.questions[question] = self._found(question, cells, fresh, section)
        self.question = question
        moved = self.columns.has_a_cell_too_few(cells)
        stretched = any(self.columns.is_stretched(cell, cells) for cell in fresh)
        told = stretched or (moved and any(cell not in asked for cell in fresh))
        self.out.short_rows += [cells[0].locator()] if told else []
        options = [option for option in self.columns.options(cells) if any(option.cell is cell for cell in fresh)]
        self._options.take_answer(question, options)
        for cell in fresh:
            role = self.columns.role(cell, cells)
            if any(option.cell is cell for option in options):
                continue
            if role == ANSWER:
                self.out.questions[question].answer.add(cell.paragraphs, self.columns.locator(cell, ANSWER))
                self._answered_in[id(cell)] = question
            elif role == NUMBER and self.columns.holding(QUESTION, cells):
                if cell not in others and re.search(r"\w", self.questions.code.sub("", fold(cell.text), count=1)):
                    self.out.unplaced.append(Place(list(cell.paragraphs), cell.locator()))
            elif cell not in asked:
                self.narrative(
                    cell, role, self.instrument.section_of[question], question, moved or self.reaches_over(cell, cells)
                )

    def _found(self, question: str, cells: list[Cell], fresh: list[Cell], section: Section | None) -> FoundQuestion:
        """A question met for the first time, with what makes its answer doubtful."""
        asked = self.columns.holding(QUESTION, cells)
        texts = [clean(cell.text) for cell in ([asked] if asked else self._asked_in(question, cells))]
        wording = max(texts, key=len, default="")
        answers = [cell for cell in cells if self.columns.role(cell, cells) == ANSWER]
        doubt = self._doubt(question, wording, section) or self._answered_beside(question, cells)
        options = self.columns.options(cells)
        if options and not answers:
            doubt = self._doubt_of_options(options, cells, fresh) or doubt
        elif not answers:
            doubt = "no column of answers was found beside it"
        elif len(answers) > 1:
            doubt = "there are two columns of answers beside it"
        elif self.columns.has_a_cell_too_many(cells):
            doubt = "its row has more cells than the heading of the table"
        elif self._may_be_another(question, answers[0], cells):
            doubt = MOVED
        elif not any(answers[0] is cell for cell in fresh):
            doubt = "its answer cell is merged with that of another question"
            above = self._answered_in.get(id(answers[0]), "")
            if above:
                self.out.questions[above].doubt = doubt
        elif (
            answers[0].shaded and not clean(answers[0].text) and self.instrument.question_scale(question).names_colours
        ):
            doubt = doubt or COLOURED
        locator = self.columns.locator(answers[0], ANSWER) if answers else cells[0].locator()
        return FoundQuestion(Place([], locator), wording, doubt)

    def _doubt_of_options(self, options: list[Option], cells: list[Cell], fresh: list[Cell]) -> str:
        """Why the sign in one of several columns may be another's."""
        merged = [one for one in options if len(self.columns.covered(one.cell, cells)) > 1]
        if merged or not all(any(option.cell is cell for cell in fresh) for option in options):
            return "its answer cell is merged with another"
        if self.columns.has_a_cell_too_many(cells):
            return "its row has more cells than the heading of the table"
        return MOVED if self.columns.has_a_cell_too_few(cells) else ""

    def _may_be_another(self, question: str, answer: Cell, cells: list[Cell]) -> bool:
        """Whether something else may have moved to where the answer stands, or over it."""
        certain = holds_a_choice(answer, self.instrument.question_scale(question))
        return not certain and (self.columns.has_a_cell_too_few(cells) or self.columns.is_stretched(answer, cells))

    def reaches_over(self, cell: Cell, cells: list[Cell]) -> bool:
        """Whether a cell reaches over several columns of comments."""
        return len(self.columns.covered(cell, cells) & self._kinds_of_comments) > 1

    def _answered_beside(self, question: str, cells: list[Cell]) -> str:
        """Why the answer may stand in the cell of the number or of the question, where a value stands in one alone."""
        scale = self.instrument.question_scale(question)
        for cell in self._asked_in(question, cells):
            for line in cell.text.split("\n"):
                if answer_behind(self.questions.code.sub("", fold(line), count=1), scale):
                    return "an answer seems to stand in the cell of its question"
        return ""

    def doubt_answered_by(self, words: str) -> None:
        """Doubts the question above where words that have no place of their own begin with an answer."""
        found = self.out.questions.get(self.question)
        if found is not None and begins_with_answer(words, self.instrument.question_scale(self.question)):
            found.doubt = found.doubt or "an answer seems to stand below or beside it"

    def _other_wordings(self, question: str, cells: list[Cell]) -> list[Cell]:
        """The cells of number and question in which a question that stands twice is put in other words."""
        known = {"", fold(question), fold(self.out.questions[question].wording)}
        return [cell for cell in self._asked_in(question, cells) if fold(cell.text) not in known]

    def _asked_in(self, question: str, cells: list[Cell]) -> list[Cell]:
        """The cells of a row that hold number and wording of its question: by their columns, else by what they say."""
        by_column = [cell for cell in cells if self.columns.role(cell, cells) in (NUMBER, QUESTION)]
        fitting = [
            c
            for c in cells[:2]
            if self.questions.code.match(fold(c.text)) or wording_fits(self.instrument.questions[question], c.text)
        ]
        return [cell for cell in by_column or fitting if clean(cell.text)]

    def _first_text(self, cells: list[Cell]) -> str:
        """What stands in the columns of number and question."""
        return " ".join(
            clean(cell.text) for cell in cells if self.columns.role(cell, cells) in (NUMBER, QUESTION)
        ).strip()

    def _doubt(self, question: str, wording: str, section: Section | None) -> str:
        """Why a row may not be the question that its number says: its wording belongs to another, or to none that is known."""
        asked, other = self.instrument.questions[question], self.questions.by_cue(fold(wording), section)
        if other is not None and other.id != question and not cue_length(fold(wording), asked.cues):
            return f"its wording is that of {other.id}"
        return "its wording has nothing in common with that question" if is_foreign(asked, wording) else ""

    def narrative(self, cell: Cell, role: str, section: str, question: str, moved: bool) -> None:
        """A cell of a narrative column, or one under no known heading, whose text would otherwise be lost.

        One that may have moved, or reaches over several columns (``moved``), is a comment of no certain column.
        """
        if not any(run.text.strip() for run in cell.runs):
            return
        if role in self._kinds_of_comments:
            place = Place(list(cell.paragraphs), self.columns.locator(cell, role))
            self.out.comments.setdefault((section, question, "comment" if moved else role), []).append(place)
        elif clean(cell.text):
            self.doubt_answered_by(cell.text)
            self.out.unplaced.append(Place(list(cell.paragraphs), cell.locator()))
