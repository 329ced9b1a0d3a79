"""Questions asked in paragraphs: the question, its options or the answer below it, then "Comments:" and what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit_lib.coding.matched import FoundQuestion, MatchedForm, Place
from audit_lib.coding.places.beside_items import BETWEEN_CELLS
from audit_lib.coding.questions import Questions, wording_fits
from audit_lib.coding.values.cues import after_label, begins_with_cue, cue_length
from audit_lib.instrument import Column, Instrument, Question, TickList
from audit_lib.rawform import Cell, Paragraph, RawForm, Run, Table
from audit_lib.text import clean, fold

_NUMBER = re.compile(r"^\(?(?:q(?:uestion)?\s*)?(\d{1,2}[a-z]?|[a-z]\d{1,2})\s*[).:\-]?\s+", re.IGNORECASE)
_ANSWER_LABELS = ("response", "answer")
_FEWEST = 3  # questions in lines, by which a form is known that has them so


def asks_in_lines(form: RawForm, instrument: Instrument, questions: Questions) -> bool:
    """Whether a form has no table and asks in lines what its tool asks in tables: a code, the wording, and the answer below."""
    if instrument.questions_in == "paragraphs" or any(isinstance(block, Table) for block in form.blocks):
        return False
    found = set()
    for block in form.blocks:
        text = fold(block.text) if isinstance(block, Paragraph) else ""
        code = questions.code.match(text)
        named = [one for one in instrument.questions.values() if code and fold(one.id) == fold(code[1])]
        found |= {one.id for one in named if wording_fits(one, text)}
    return len(found) >= _FEWEST


class ParagraphQuestions:
    """Reads paragraphs into ``out``, one after the other."""

    def __init__(
        self, instrument: Instrument, questions: Questions, out: MatchedForm, *, in_lines: bool = False
    ) -> None:
        self._instrument, self._questions, self._out = instrument, questions, out
        self._in_lines, self._active = in_lines, in_lines or instrument.questions_in == "paragraphs"
        self._values = {spelling for scale in instrument.scales.values() for spelling in scale.spelled}
        self._answer: Place | None = None
        self._comments: Place | None = None
        self._asked = ""
        self._list: TickList | None = None
        self.starts: set[tuple[int, int]] = set()  # cells with which a further thing to tick begins in a row

    @property
    def begun(self) -> bool:
        """Whether a question has been met."""
        return bool(self._asked or self._list)

    @property
    def in_a_list(self) -> bool:
        """Whether the things of a list to tick come next, and not yet comments on it."""
        return self._list is not None and self._comments is None

    def is_asked_in(self, paragraph: Paragraph) -> str:
        """The question that a paragraph asks; empty for none, and where the tool asks in tables."""
        text = fold(paragraph.text)
        question = self._question_of(text, _NUMBER.match(text)) if self._active else None
        return question.id if question else ""

    def is_of_a_list(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph opens a list of things to tick, or is one of the list that was opened."""
        if not self._active:
            return False
        text = fold(paragraph.text)
        if self._list_of(text, _NUMBER.match(text)) is not None:
            return True
        items = [one for one in self._instrument.questions.values() if self._list and one.tick_list == self._list.id]
        return self.in_a_list and any(cue_length(text, one.cues) for one in items)

    def goes_on_in(self, texts: Sequence[str]) -> bool:
        """Whether the cells of a row below a question go on with it: one of its values and a tick, or comments on it."""
        return self.is_choice(texts) or all(self._are_values(texts)) or self._is_comment_label(fold(texts[0]))

    def is_choice(self, texts: Sequence[str]) -> bool:
        """Whether the cells of a row are one of the values below a question and what was entered beside it: "No" and a tick."""
        known = self._are_values(texts)
        return sum(known) == 1 and known.index(True) <= (len(clean(texts[0])) < 2)

    def _are_values(self, texts: Sequence[str]) -> list[bool]:
        """Whether each of some texts is a value, or two with a stroke between them, in words."""
        said = [fold(text).strip(" .") for text in texts]
        return [len(text) > 1 and (text in self._values or set(text.split("/")) <= self._values) for text in said]

    def leave(self) -> None:
        """What follows belongs to no question."""
        self._answer = self._comments = self._list = None
        self._asked = ""

    def take(self, paragraph: Paragraph, where: str) -> bool:
        """Takes a paragraph that asks a question, answers the one above, or comments on it."""
        if not self._active:
            return False
        text = fold(paragraph.text)
        return self._asks(paragraph, text, where) or self._ticks(paragraph, text, where) or self._said(paragraph, where)

    def take_struck_item(self, paragraph: Paragraph, where: str) -> bool:
        """Takes an item of a list that is struck as a whole: it stands in the form, and somebody did something to it."""
        text = fold("".join(run.text for run in paragraph.runs))
        return self._list is not None and self._comments is None and self._tick(paragraph, text, where)

    def take_cells(self, cells: list[Cell], question: str = "") -> bool:
        """Takes cells in which a form has what the tool asks in paragraphs: a ``question`` with all that stands beside it, or the
        answer to the one above and comments on it. In a list of things to tick a row is one thing with its sign; where several stand
        in a row, each has what follows it.
        """
        starts = [number for number, cell in enumerate(cells) if number and (cell.row, cell.column) in self.starts]
        if starts and not question and self.in_a_list:
            parts = [cells[start:end] for start, end in zip([0, *starts], [*starts, len(cells)], strict=True)]
            for part in parts:
                self.take_cells(part)
            return True
        placed = [(paragraph, cell.locator()) for cell in cells for paragraph in cell.paragraphs if paragraph.runs]
        if not question and len(placed) > 1 and self.is_choice([cell.text for cell in cells]):
            placed = [_as_one(placed, placed[0][0])]
        number = bool(placed) and self._questions.code.fullmatch(fold(placed[0][0].text)) is not None
        if len(placed) > 1 and (self.in_a_list or (question and number)):
            last = len(placed) if not question else 2
            placed = [_as_one(placed[:last], placed[1][0]), *placed[last:]]
        if question and [asked for one, _ in placed if (asked := self.is_asked_in(one))] != [question]:
            return False  # or questions side by side, whose answers may stand below them
        for paragraph, where in placed:
            if not self.take(paragraph, where):
                self._out.unplaced.append(Place([paragraph], where))
        return True

    def _asks(self, paragraph: Paragraph, text: str, where: str) -> bool:
        number = _NUMBER.match(text)
        one = self._list_of(text, number)
        if one is not None:
            self.leave()
            self._list, self._asked = one, one.id
            rest = after_label(paragraph, one.cues)
            if rest is not None and re.search(r"\w", rest.text):
                self._out.unplaced.append(Place([rest], where))
            return True
        question = self._question_of(text, number)
        if question is None:
            return False
        if number is None and question.id in self._out.questions:
            return False  # somebody's words about a question that was asked before
        self.leave()
        self._asked = question.id
        rest = after_label(paragraph, question.cues)
        if question.id in self._out.questions:
            self._twice(question.id, paragraph, where)
            self._answer = self._out.questions[question.id].answer
        else:
            self._answer = Place([], where)
            wording = clean(paragraph.text.removesuffix(rest.text if rest else ""))
            self._out.questions[question.id] = FoundQuestion(self._answer, wording, self._doubt(question, number))
        if rest is not None and clean(rest.text).strip("() .:"):
            self._answer.add([rest], where)
        return True

    def _list_of(self, text: str, number: re.Match[str] | None) -> TickList | None:
        lists = [one for one in self._instrument.tick_lists if cue_length(text, one.cues)]
        return lists[0] if lists and (number is None or number[1] == lists[0].id) else None

    def _question_of(self, text: str, number: re.Match[str] | None) -> Question | None:
        """The question that a paragraph asks: its number and its words, or its words alone where it is a question."""
        asked = [question for question in self._instrument.questions.values() if not question.tick_list]
        fitting = [question for question in asked if wording_fits(question, text)]
        if number is not None:
            named = [
                question for question in asked if number[1].casefold() in (question.id.casefold(), question.printed)
            ]
            both = [question for question in named if question in fitting]
            asks = "?" in text and len(fitting) == 1
            return both[0] if both else fitting[0] if asks else None
        return fitting[0] if len(fitting) == 1 and "?" in text else None

    @staticmethod
    def _doubt(question: Question, number: re.Match[str] | None) -> str:
        """Why a paragraph may not be the question that its words say: it carries another number."""
        if number is None or number[1].casefold() in (question.id.casefold(), question.printed.casefold()):
            return ""
        return f"its words are those of {question.id}, its number is {number[1]}"

    def _ticks(self, paragraph: Paragraph, text: str, where: str) -> bool:
        """An item of the list above, with its box or sign; several, where one paragraph holds several lines or boxes."""
        if self._list is None or self._comments is not None or self._is_comment_label(text):
            return False
        parts = parted_at_boxes(paragraph)
        taken = [self._tick(part, fold(part.text), where) for part in parts]
        for part, was_item in zip(parts, taken, strict=True):
            if any(taken) and not was_item and clean(part.text):
                self._out.unplaced.append(Place([part], where))
        return any(taken)

    def _tick(self, paragraph: Paragraph, text: str, where: str) -> bool:
        if self._list is None:
            return False
        items = [question for question in self._instrument.questions.values() if question.tick_list == self._list.id]
        lengths = [cue_length(text, item.cues) for item in items]
        best = max(lengths, default=0)
        if not best or lengths.count(best) > 1:
            return False
        item = items[lengths.index(best)]
        if item.id in self._out.questions:
            self._twice(item.id, paragraph, where)
            return True
        self._out.questions[item.id] = FoundQuestion(Place([paragraph], where), clean(paragraph.text))
        return True

    def _twice(self, question: str, paragraph: Paragraph, where: str) -> None:
        """A second paragraph that asks the same makes the answer unclear; its words are told."""
        self._out.twice.append((question, where))
        self._out.questions[question].doubt = "it stands twice in the form"
        self._out.unplaced.append(Place([paragraph], where))

    def _said(self, paragraph: Paragraph, where: str) -> bool:
        if not self._asked:
            return False
        if self._is_comment_label(fold(paragraph.text)):
            column = self._column_of(fold(paragraph.text))
            rest = after_label(paragraph, column.cues)
            self._comments = self._place_for_comments(column.id)
            if rest is not None:
                self._comments.add([rest], where)
        elif self._comments is not None:
            self._comments.add([paragraph], where)
        elif self._answer is not None:
            self._answered(self._answer, paragraph, where)
        else:
            return False
        return True

    def _answered(self, answer: Place, paragraph: Paragraph, where: str) -> None:
        """More of an answer. In a form of lines, "Response: Yes" and a line of boxes begin it, and what stands before them without being
        a value is more of the question.
        """
        label = re.match(r"[^:]{2,20}:", paragraph.text) if self._in_lines else None
        cues = [*self._instrument.answer_heading_cues, *_ANSWER_LABELS]
        labelled = label is not None and begins_with_cue(fold(label.group()), cues)
        begins = labelled or (self._in_lines and _is_boxed(paragraph))
        if not begins or not all(map(self._is_wording, answer.paragraphs)):
            answer.add([paragraph], where)
            return
        self._out.guidance += [Place([one], answer.locator) for one in answer.paragraphs]
        answer.paragraphs.clear()
        rest = after_label(paragraph, [clean(label.group()).strip(" :")]) if label and labelled else paragraph
        answer.add([rest] if rest is not None else [], where)

    def _is_wording(self, paragraph: Paragraph) -> bool:
        """Whether a line is no answer: no box, and no value alone or at its beginning."""
        text = fold(paragraph.text)
        first = re.match(r"[\w/]*", text)
        return (
            not _is_boxed(paragraph)
            and text.strip(" .") not in self._values
            and (first is None or first.group() not in self._values)
        )

    def _place_for_comments(self, kind: str) -> Place:
        place = Place()
        question = self._asked
        section = self._instrument.section_of.get(question, "")
        self._out.comments.setdefault((section, question, kind), []).append(place)
        return place

    def _column_of(self, text: str) -> Column:
        """The column whose comments a label opens."""
        return next(one for one in self._instrument.columns if begins_with_cue(text, one.cues))

    def _is_comment_label(self, text: str) -> bool:
        cues = [cue for one in self._instrument.columns for cue in one.cues if begins_with_cue(text, [cue])]
        return bool(cues) and bool(
            re.match(r"[^:?]{0,30}[:?]", text) or text.strip(" ?") in [fold(cue).strip(" ?") for cue in cues]
        )


def _as_one(placed: Sequence[tuple[Paragraph, str]], like: Paragraph) -> tuple[Paragraph, str]:
    """Paragraphs and their places as one, set as ``like`` is, at the place of the first."""
    runs: list[Run] = []
    for number, (paragraph, where) in enumerate(placed):
        if number:
            runs.append(Run(" ") if where == placed[number - 1][1] else BETWEEN_CELLS)
        runs.extend(paragraph.runs)
    return like._replace(runs=(*runs, Run(" "))), placed[0][1]


def _is_boxed(paragraph: Paragraph) -> bool:
    return any(run.ticked is not None or re.search("[☐☑☒]", run.text) for run in paragraph.runs)


def parted_at_boxes(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph in parts with one box at most: at line breaks, and before each box, or after each where the words come
    first.
    """
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        for number, text in enumerate(run.text.split("\n") if run.ticked is None else [""]):
            if number:
                lines.append([])
            lines[-1].append(run._replace(text=text))
    parts: list[list[Run]] = []
    for line in lines:
        boxes = [number for number, run in enumerate(line) if run.ticked is not None]
        words_first = bool(boxes) and any(run.text.strip() for run in line[: boxes[0]])
        cuts = [number + 1 for number in boxes[:-1]] if words_first else boxes[1:]
        for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True):
            parts.append(line[start:end])
    return [paragraph._replace(runs=tuple(part)) for part in parts if part]


def without_words(place: Place, words: Sequence[str]) -> Place:
    """A place without some printed words, so that they are not taken for a remark."""
    if not words:
        return place
    printed = re.compile(r"\s*[-–—:(]*\s*(?:" + "|".join(map(re.escape, words)) + r")\s*\)?", re.IGNORECASE)
    paragraphs = [
        one._replace(runs=tuple(run._replace(text=printed.sub("", run.text)) for run in _joined(one.runs)))
        for one in place.paragraphs
    ]
    return Place(paragraphs, place.locator)


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Neighbouring runs with the same marks as one, as the words to be taken off may lie across several."""
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before is not None and before.ticked is None and run.ticked is None and before.mark == run.mark:
            joined[-1] = before._replace(text=before.text + run.text)
        else:
            joined.append(run)
    return joined
