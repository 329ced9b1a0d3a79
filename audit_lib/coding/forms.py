"""One raw form -> coded values: what its questions, grades, score and comments mean, and what a person must look at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from audit_lib.coding.coded import Action, CodedForm, Comment, Problem, Value
from audit_lib.coding.derived import derived_grade, derived_problem
from audit_lib.coding.matched import FoundQuestion, MatchedForm, Place
from audit_lib.coding.matching import match_form
from audit_lib.coding.places.drawn import Drawn, looks_picked_out, print_looks_so
from audit_lib.coding.places.left_over import leftovers
from audit_lib.coding.places.paragraphs import without_words
from audit_lib.coding.places.ticklists import tick_list_choices
from audit_lib.coding.places.welsh import holds_welsh, may_be_no
from audit_lib.coding.questions import wording_fits
from audit_lib.coding.values.across_cells import OtherCells
from audit_lib.coding.values.choices import Choice, choose, printed_in_all
from audit_lib.coding.values.comments import comments_in, is_prompt
from audit_lib.coding.values.dates import read_date
from audit_lib.coding.values.remarks import answer_behind, begins_with_answer, reserves
from audit_lib.coding.values.scores import ScoreRead, read_score
from audit_lib.instrument import GradedThing, Instrument, Question, Score
from audit_lib.rawform import RawForm, ReaderNote
from audit_lib.scales import Scale
from audit_lib.text import fold

__all__ = ["Action", "CodedForm", "Comment", "Problem", "Value", "code_form", "code_matched"]
_SEVERITY_OF_NOTES = {  # of the others nothing follows for what was read
    "text_lost": "error",
    "formula_without_value": "warning",
    "reading_order": "warning",
    "drawn_over": "warning",
    "letters_lost": "warning",
    "uneven_row": "warning",
}
_PICKED_OUT = "its printed words do not all look alike, which may mark one of them"
_DRAWN = "it looks empty, and something is drawn or pictured there that cannot be read"
_IN_COLUMNS = "the words of its page stand side by side in columns, so the answer may be that of the question beside it"
_NUMBERED = re.compile(r"[A-Za-z]{1,3}\s?\d{1,2}\b")


def code_form(form: RawForm, instrument: Instrument) -> CodedForm:
    """``form`` in the codes of ``instrument``. Every question and grade gets a value, ``missing`` included."""
    matched = match_form(form, instrument)
    _doubt_columns(matched, form.notes)
    coded = code_matched(matched, instrument, form.notes, Drawn(form.notes))
    if form.text_in_file != form.text_read:
        lost = abs(form.text_in_file - form.text_read)
        message = (
            f"the file holds {form.text_in_file} characters and {form.text_read} were read, a difference of {lost}; "
            "open the file and compare"
        )
        coded.problems.append(Problem("error", "text_lost", message))
    return coded


def _doubt_columns(matched: MatchedForm, notes: Iterable[ReaderNote]) -> None:
    """Leaves in doubt what was asked in lines of a page whose lines were read across columns: an answer may be its neighbour's."""
    pages = {note.where for note in notes if note.check == "reading_order"}
    for found in matched.questions.values():
        page, _, place = found.answer.locator.partition(", ")
        if page in pages and place.startswith("line "):
            found.doubt = found.doubt or _IN_COLUMNS


def code_matched(
    matched: MatchedForm, instrument: Instrument, notes: Iterable[ReaderNote] = (), drawn: Drawn | None = None
) -> CodedForm:
    """What stands in the places of ``matched``, in the codes of ``instrument``.

    ``notes`` are told with the form. What looks empty where something is ``drawn`` is unclear.
    """
    return _Coder(matched, instrument, drawn or Drawn()).coded(notes)


def noted(note: ReaderNote) -> Problem:
    """What a reader noted, as something that a person may have to look at."""
    return Problem(_SEVERITY_OF_NOTES.get(note.check, "note"), note.check, note.message, note.where)


def telling_grades(instrument: Instrument) -> tuple[GradedThing, ...]:
    """The grades by which a form is known as one of this tool: those in rows; those under headings where it asks for nothing else."""
    rows = (*instrument.graded("row"), *instrument.graded("descriptor"))
    return rows or (() if instrument.questions else instrument.graded("heading"))


class _Coder:
    """Codes one form."""

    def __init__(self, matched: MatchedForm, instrument: Instrument, drawn: Drawn) -> None:
        self.matched, self.instrument, self.drawn = matched, instrument, drawn
        self.out = CodedForm()
        self._print_looks_so = print_looks_so(matched)
        self._printed = printed_in_all(
            (place.runs, instrument.grade_scale_of(name)) for name, place in matched.grades.items()
        )

    def coded(self, notes: Iterable[ReaderNote]) -> CodedForm:
        """Everything, in the order in which later parts need earlier ones."""
        self._count()
        self._header()
        self._comments()
        self._answers()
        for thing in self.instrument.grades:
            self._grade(thing)
        self._ratings()
        self._scores()
        self._actions()
        self.out.problems += leftovers(self.matched, self.instrument)
        self.out.problems += map(noted, notes)
        return self.out

    def _problem(
        self, severity: str, check: str, message: str, value: Value | None = None, settle: str = "", locator: str = ""
    ) -> None:
        written, taken = (value.as_written, value.code) if value else ("", "")
        where = value.locator if value else locator
        self.out.problems.append(Problem(severity, check, message, where, written, taken, settle))

    def _count(self) -> None:
        matched, questions = self.matched, self.instrument.questions
        asked = {thing.id for thing in telling_grades(self.instrument)}
        rated = len(asked & {*matched.grades, *matched.chosen})
        self.out.questions_found = len(matched.questions) + rated
        self.out.questions_known = rated + sum(
            found.by_code or wording_fits(questions[question], found.wording)
            for question, found in matched.questions.items()
        )
        self.out.questions_foreign = sum(bool(_NUMBERED.match(place.text)) for place in matched.added)
        self.out.questions_twice = len(matched.twice)
        self.out.titles = [place.text for place in (*matched.before, *matched.margins)]

    def _header(self) -> None:
        kinds = {header.id: header for header in self.instrument.header}
        for name, place in self.matched.header.items():
            text = "" if is_prompt(place.text) else place.text
            code = read_date(text) if kinds[name].kind == "date" else ""
            value = self.out.header[name] = Value(code, text, place.locator)
            if kinds[name].kind == "date" and not code and re.search(r"\d", text):
                message = f"{kinds[name].label}: not one date that can be read; what was written is kept beside it"
                self._problem("warning", "date_unclear", message, replace(value, code=""))
        self.out.header_again = {
            name: [one.text for one in places] for name, places in self.matched.header_again.items()
        }
        for name, places in self.matched.header_again.items():
            for place in places if name != "agency" and not kinds[name].person else ():
                if place.text and place.text != self.out.header[name].as_written:
                    message = f"{kinds[name].label} stands here a second time with something else; the first was taken"
                    self._problem("warning", "text_not_placed", message, Value("", place.text, place.locator))

    def _comments(self) -> None:
        for (section, question, column), places in self.matched.comments.items():
            for place in places:
                for text in comments_in(place.paragraphs):
                    self.out.comments.append(Comment(section, question, column, text, place.locator))

    def _remark(self, section: str, question: str, choice: Choice, locator: str) -> None:
        if choice.remark:
            self.out.comments.append(Comment(section, question, "comment", choice.remark, locator))

    # answers

    def _answers(self) -> None:
        listed, welsh = self._listed(), holds_welsh(self.matched)
        answers = {
            name: without_words(found.answer, self.instrument.questions[name].prompts).runs
            for name, found in self.matched.questions.items()
        }
        places = [(runs, self.instrument.question_scale(name)) for name, runs in answers.items()]
        printed, others = printed_in_all(places), OtherCells(places)
        for name, question in self.instrument.questions.items():
            found = self.matched.questions.get(name)
            if found is None:
                self._not_found(question)
                continue
            scale = self.instrument.question_scale(name)
            by_itself = choose(answers[name], scale, question.options, printed)
            choice = listed.get(name) or others.choice(answers[name], scale, by_itself)
            choice = replace(choice, code="unclear") if may_be_no(choice) and welsh else choice
            self._answer(question, found, choice, scale)

    def _listed(self) -> dict[str, Choice]:
        """The choices of all tick lists."""
        choices: dict[str, Choice] = {}
        for one in self.instrument.tick_lists:
            items = {name: q for name, q in self.instrument.questions.items() if q.tick_list == one.id}
            scales = {name: self.instrument.question_scale(name) for name in items}
            choices |= tick_list_choices(items, self.matched.questions, scales)
        return choices

    def _applies(self, question: Question) -> bool:
        """Whether an earlier answer lets the question apply; where that answer is missing or unclear, it does."""
        if question.applies_if is None:
            return True
        earlier = self.out.answers[question.applies_if.question].code
        return earlier in (*question.applies_if.answers, "missing", "unclear")

    def _not_found(self, question: Question) -> None:
        code = "missing" if self._applies(question) else "not_applicable"
        value = self.out.answers[question.id] = Value(code, "", "")
        if code == "missing":
            self._problem(
                "warning",
                "question_not_found",
                f"{question.id} is not in the form; it counts as missing",
                value,
                question.id,
            )

    def _answer(self, question: Question, found: FoundQuestion, choice: Choice, scale: Scale) -> None:
        name = question.id
        if choice.code == "missing" and answer_behind(found.wording, scale):
            found.doubt = found.doubt or "an answer seems to stand behind the words of the question"
        said = [comment.text for comment in self.out.comments if comment.question == name]
        if choice.code == "missing" and any(begins_with_answer(text, scale) for text in said):
            found.doubt = found.doubt or "an answer seems to stand among its comments"
        doubt = found.doubt or (self._applies(question) and self._drawn_over(choice.code, found.answer))
        code = "unclear" if doubt else choice.code
        if code == "missing" and not self._applies(question):
            code = "not_applicable"
        value = Value(code, choice.as_written, found.answer.locator, found.wording)
        self.out.answers[name] = value
        section = self.instrument.section_of[name]
        self._remark(section, name, choice, value.locator)
        if doubt:
            check = "question_wording" if found.doubt else "answer_unclear"
            self._problem("error", check, f"{name}: {doubt}; look at the form and rule", value, name)
        elif code == "unclear":
            message = f"{name}: the answer can be read in more than one way, or not at all; say which it is"
            self._problem("error", "answer_unclear", message, value, name)
        elif code == "missing":
            self._problem("warning", "answer_missing", f"{name}: no answer was given", value, name)
        elif not choice.usual or reserves(choice.remark):
            message = f"{name}: taken as {scale.label(code)}; check that this is meant"
            self._problem("warning", "value_taken", message, value, name)
        if not self._applies(question) and code not in ("not_applicable", "unclear"):
            message = (
                f"{name} was answered, although an earlier answer says that it does not apply; check which is right"
            )
            self._problem("warning", "answer_not_expected", message, value, name)
        explained = any(comment.question == name for comment in self.out.comments)
        if choice.code == "not_applicable" and self.instrument.rules.explain_not_applicable and not explained:
            message = f"{name}: 'not applicable' without the explanation that the tool asks for; ask the agency why"
            self._problem("warning", "not_applicable_unexplained", message, value, name)

    def _drawn_over(self, code: str, place: Place) -> str:
        """Why nothing can be told of a place that looks empty; empty where it is just that."""
        if code != "missing":
            return ""
        picked = place.text and looks_picked_out(place.paragraphs) and not self._print_looks_so
        return _DRAWN if self.drawn.may_mark(place.locator) else _PICKED_OUT if picked else ""

    # grades

    def _grade(self, thing: GradedThing) -> None:
        if thing.derived is not None:
            code = derived_grade(thing.derived, {name: value.code for name, value in self.out.answers.items()})
            value = self.out.grades[thing.id] = Value(code, "", "")
            problem = derived_problem(thing, value)
            self.out.problems += [problem] if problem else []
            return
        scale = self.instrument.grade_scale_of(thing.id)
        choice, locator, found = self._choice_of(thing, scale)
        if choice.code == "missing" and thing.asked == "row" and self._only_not_applicable(thing, scale):
            choice = Choice("not_applicable", choice.as_written or self._take_evidence(thing))
        doubt = self.matched.grade_doubts.get(thing.id, "")
        if choice.code == "missing" and thing.asked == "row" and self._judged_in_text(thing, scale):
            doubt = doubt or "a judgement seems to stand in the text beside it"
        doubt = doubt or self._drawn_over(choice.code, self.matched.grades.get(thing.id) or Place([], locator))
        code = "unclear" if doubt else choice.code
        written = "" if code == "missing" else choice.as_written
        value = self.out.grades[thing.id] = Value(code, written, locator)
        self._tell_grade(thing, value, scale, choice, doubt, found)
        place = (thing.id, thing.id) if thing.asked == "row" else (thing.id, "")
        self._remark(*place, choice, locator)

    def _choice_of(self, thing: GradedThing, scale: Scale) -> tuple[Choice, str, bool]:
        """What was chosen, where, and whether the form asks for it at all."""
        chosen = self.matched.chosen.get(thing.id)
        if chosen is not None:
            return chosen.choice, chosen.locator, True
        place = self.matched.grades.get(thing.id, Place())
        return choose(place.runs, scale, printed=self._printed), place.locator, thing.id in self.matched.grades

    def _tell_grade(
        self, thing: GradedThing, value: Value, scale: Scale, choice: Choice, doubt: str, found: bool
    ) -> None:
        name, settle = f"the grade for {thing.title}", f"grade:{thing.id}"
        if doubt:
            self._problem("error", "grade_unclear", f"{name}: {doubt}; look at the form and rule", value, settle)
        elif value.code == "unclear":
            message = f"{name} can be read in more than one way, or not at all; say which it is"
            self._problem("error", "grade_unclear", message, value, settle)
        elif value.code == "missing":
            message = f"{name} {'was not chosen' if found else 'is not in the form'}"
            self._problem("warning", "grade_missing", message, value, settle)
        elif not choice.usual or reserves(choice.remark):
            message = f"{name} was taken as {scale.label(value.code)}; check that this is meant"
            self._problem("warning", "value_taken", message, value, settle)

    def _only_not_applicable(self, thing: GradedThing, scale: Scale) -> bool:
        said = [comment.text for comment in self.out.comments if comment.section == thing.id]
        return bool(said) and all(scale.spelled.get(fold(text).strip(" .")) == "not_applicable" for text in said)

    def _judged_in_text(self, thing: GradedThing, scale: Scale) -> bool:
        """Whether a comment beside an area is a grade, or begins with the word for one."""
        said = [fold(comment.text).strip(" .") for comment in self.out.comments if comment.section == thing.id]
        label = r"(?:judge?ment|grade|rating)\s*[:–-]"
        return any((text in scale.spelled and not scale.only_alone(text)) or re.match(label, text) for text in said)

    def _take_evidence(self, thing: GradedThing) -> str:
        """The evidence "N/A" becomes what is written for the grade; it is no comment."""
        said = [comment.text for comment in self.out.comments if comment.section == thing.id]
        self.out.comments = [comment for comment in self.out.comments if comment.section != thing.id]
        return said[0]

    def _ratings(self) -> None:
        titles = {rater.id: rater.title for rater in self.instrument.raters}
        for (thing_id, rater), place in self.matched.ratings.items():
            thing = next(thing for thing in self.instrument.grades if thing.id == thing_id)
            scale = self.instrument.grade_scale_of(thing_id)
            choice = choose(place.runs, scale)
            if choice.code == "missing":
                continue
            value = self.out.ratings[thing_id, rater] = Value(choice.code, choice.as_written, place.locator)
            if choice.code == "unclear":
                message = f"the grade of the {titles[rater]} for {thing.title} cannot be read for certain"
                self._problem("error", "grade_unclear", message, value)
            column = (thing_id, thing_id) if thing.asked == "row" else (thing_id, "")
            self._remark(*column, choice, place.locator)

    # score

    def _scores(self) -> None:
        score = self.instrument.score
        if score is None:
            return
        self.out.score = self._score(score, self.matched.score or Place(), "the score", "score")
        titles = {rater.id: rater.title for rater in self.instrument.raters}
        for rater, place in self.matched.scores_by.items():
            value = self._score(score, place, f"the score of the {titles[rater]}", "")
            if value.code != "missing":
                self.out.scores_by[rater] = value

    def _score(self, score: Score, place: Place, name: str, settle: str) -> Value:
        read = read_score(place.runs, score)
        if settle and self._drawn_over(read.status, place):
            read = replace(read, status="unclear")
        value = Value(read.status, _score_written(read), place.locator, number=read.value)
        if read.status == "unclear":
            span = f"{score.minimum:g} to {score.maximum:g}"
            self._problem(
                "error", "score_unclear", f"{name} is not one number from {span}; say which it is", value, settle
            )
        elif read.status == "missing" and settle:
            self._problem("warning", "score_missing", "no score was given", value, settle)
        if read.remark:
            self.out.comments.append(Comment("", "reasoning", "comment", read.remark, place.locator))
        return value

    # actions

    def _actions(self) -> None:
        for found in self.matched.actions:
            when = read_date(found.by_when)
            action = Action(found.action, found.by_whom, when, found.written, found.locator)
            self.out.actions.append(action)
            if not found.action:
                self._problem(
                    "warning", "action_incomplete", "an owner or a date without an action", locator=found.locator
                )
                continue
            if not found.by_whom:
                self._problem(
                    "warning", "action_without_owner", "an action that names nobody to do it", locator=found.locator
                )
            if not when:
                message = "an action without a date"
                value = Value("", found.by_when, found.locator)
                if found.by_when:
                    message = "an action whose date cannot be read as a day or a month"
                self._problem("warning", "action_without_date", message, value)


def _score_written(read: ScoreRead) -> str:
    return "" if read.status == "missing" else read.as_written
