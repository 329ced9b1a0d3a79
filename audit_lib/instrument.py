"""An instrument: one version of an audit tool, as data.

A tool may ask questions (in rows of tables, in paragraphs with options, in lists of things to tick), ask for grades (under
headings, in rows beside an area of practice, by choosing one of several descriptors) and for a score, and may have a table
of agreed actions. The wording of questions is the project's own. ``cues`` are short printed phrases by which a reader of forms knows a
heading, a column or a question again, whatever the punctuation and capitals around them.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from audit_lib.scales import Scale, Strict

Polarity = Literal["positive", "negative", "neutral"]
Cues = tuple[Annotated[str, Field(min_length=1)], ...]  # an empty cue would fit everything

Fingerprint = Annotated[str, Field(pattern=r"^\d+-[0-9a-f]{8}$")]


class Column(Strict):
    """A column of narrative beside the questions. ``id`` is a column of the contract."""

    id: Literal["going_well", "worried", "needs_to_happen", "evidence", "impact", "comment"]
    heading: str
    cues: Cues


class HeaderField(Strict):
    """A field at the head of the form. ``person`` says whose name stands there, if anybody's; ``kind`` what is written there."""

    id: str
    label: str
    cues: Cues
    person: Literal["", "child", "worker"] = ""
    kind: Literal["text", "date"] = "text"


class Condition(Strict):
    """An earlier question, and the answers to it with which a later question applies."""

    question: str
    answers: Annotated[tuple[str, ...], Field(min_length=1)]


class Question(Strict):
    """One question. ``polarity`` says whether yes is good, bad, or neither; ``scale`` overrides the instrument's.

    ``printed`` is the code that the form prints, where a misprint makes it differ from ``id``. ``options`` are the answers that
    the form prints for choosing, ``prompts`` other printed words beside them. ``tick_list`` names the list of which the question
    is one item. Where ``applies_if`` does not hold, an empty answer is ``not_applicable``.
    """

    id: str
    text: str
    cues: Cues = ()
    polarity: Polarity = "positive"
    concept: str = ""
    scale: str = ""
    printed: str = ""
    options: tuple[str, ...] = ()
    prompts: Cues = ()
    tick_list: str = ""
    applies_if: Condition | None = None


class TickList(Strict):
    """A list of things to tick under one printed lead; each thing is a question that names the list. ``id`` is what comments
    below the whole list carry as their question.
    """

    id: str
    text: str
    cues: Cues


class Section(Strict):
    """A group of questions under one heading."""

    id: str
    title: str
    cues: Cues
    questions: tuple[Question, ...]


class Band(Strict):
    """A grade that is given from ``least`` per cent of the weight on."""

    grade: str
    least: float = Field(ge=0, le=100)


class Derivation(Strict):
    """How a grade follows from answers: ``weights`` (question -> weight) times ``points`` (answer -> 0 to 1), as a percentage of
    the weights of all questions that apply, put into the highest of ``bands`` that it reaches.
    """

    weights: dict[str, Annotated[float, Field(gt=0)]]
    points: dict[str, Annotated[float, Field(ge=0, le=1)]]
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]


class GradedThing(Strict):
    """Something that gets a grade: a section, an area of practice, a row of a rubric, the whole (id ``overall``).

    ``asked`` says where the form asks for it: under a ``heading`` of its own, in a ``row`` of a table beside its name, by
    choosing one of several ``descriptor`` cells, or nowhere (``derived``). ``group`` is the group of rows that it belongs to,
    ``descriptors`` say in our words what each grade means, ``prints`` are fingerprints of the words that the form prints for it,
    where these are others (see :mod:`audit_lib.coding.rubric.prints`), ``derived`` how it follows from answers.
    """

    id: str
    title: str
    cues: Cues = ()
    concept: str = ""
    scale: str = ""
    asked: Literal["heading", "row", "descriptor", "derived"] = "heading"
    group: str = ""
    descriptors: dict[str, str] = {}
    prints: dict[str, Fingerprint] = {}
    derived: Derivation | None = None


class Group(Strict):
    """Rows of a rubric under one printed heading."""

    id: str
    title: str
    cues: Cues


class Rater(Strict):
    """Somebody beside the agency or the auditor who gives grades or scores, in columns or fields headed by ``cues``."""

    id: str
    title: str
    cues: Cues


class ActionTable(Strict):
    """The table of agreed actions, known by the headings of its columns."""

    action_cues: Cues
    by_whom_cues: Cues
    by_when_cues: Cues


class Score(Strict):
    """A score of the whole on a line from ``minimum`` to ``maximum``, of which ``best`` is the better end."""

    label: str
    cues: Cues
    minimum: float = 0
    maximum: float = 10
    best: Literal["high", "low"] = "high"


class FreeField(Strict):
    """A field for free text that belongs to no question; its comments carry ``id`` as their question."""

    id: Literal["reasoning", "good_practice", "other", "additional"]
    label: str
    cues: Cues


class Rules(Strict):
    """What the guidance of the tool asks of those who fill it in."""

    explain_not_applicable: bool = False
    initials_only: bool = False


class Instrument(Strict):
    """One version of an audit tool. ``scales`` holds the scales it names, put there when it is loaded.

    ``text_heading_cues`` head a column in which several kinds of comment stand together, each after its label ("Evidence:").
    ``printed`` are printed paragraphs that are nobody's comment: the whole of a short one, the beginning of a longer.
    ``questions_in`` says whether questions stand in rows of tables or in paragraphs with their options below.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    id: str
    title: str
    description: str
    cues: Cues
    lookback_months: int | None = Field(default=None, ge=1, le=120)
    answer_scale: str = ""
    grade_scale: str = ""
    grade_heading_cues: Cues = ()
    answer_heading_cues: Cues = ()
    question_heading_cues: Cues = ()
    text_heading_cues: Cues = ()
    printed: Cues = ()
    questions_in: Literal["table", "paragraphs"] = "table"
    columns: tuple[Column, ...] = ()
    header: tuple[HeaderField, ...]
    sections: tuple[Section, ...] = ()
    tick_lists: tuple[TickList, ...] = ()
    groups: tuple[Group, ...] = ()
    raters: tuple[Rater, ...] = ()
    actions: ActionTable | None = None
    grades: tuple[GradedThing, ...] = ()
    score: Score | None = None
    free_fields: tuple[FreeField, ...] = ()
    rules: Rules = Rules()
    scales: dict[str, Scale] = {}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its id, in printed order."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> dict[str, str]:
        """Question id -> section id."""
        return {question.id: section.id for section in self.sections for question in section.questions}

    @cached_property
    def multi_agency(self) -> bool:
        """Whether several agencies fill it in about the same case: the form then asks which one it is."""
        return any(field.id == "agency" for field in self.header)

    def graded(self, asked: str) -> tuple[GradedThing, ...]:
        """Everything graded that the form asks for in this way."""
        return tuple(thing for thing in self.grades if thing.asked == asked)

    def question_scale(self, question: str) -> Scale:
        """The scale of a question."""
        return self.scales[self.questions[question].scale or self.answer_scale]

    def grade_scale_of(self, section: str) -> Scale:
        """The scale of something graded."""
        thing = next(thing for thing in self.grades if thing.id == section)
        return self.scales[thing.scale or self.grade_scale]
