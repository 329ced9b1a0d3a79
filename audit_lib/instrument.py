"""An instrument: one version of an audit tool, as data.

The wording of questions is the project's own. ``cues`` are short printed phrases by which a reader of forms knows a
heading, a column or a question again, whatever the punctuation and capitals around them.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from audit_lib.scales import Scale, Strict

Polarity = Literal["positive", "negative", "neutral"]
Cues = tuple[Annotated[str, Field(min_length=1)], ...]  # an empty cue would fit everything


class Column(Strict):
    """A column of narrative beside the questions. ``id`` is a column of the contract."""

    id: Literal["going_well", "worried", "needs_to_happen", "evidence", "impact", "comment"]
    heading: str
    cues: Cues


class HeaderField(Strict):
    """A field at the head of the form. ``person`` says whose name stands there, if anybody's."""

    id: str
    label: str
    cues: Cues
    person: Literal["", "child", "worker"] = ""


class Question(Strict):
    """One question. ``polarity`` says whether yes is good, bad, or neither; ``scale`` overrides the instrument's.

    ``printed`` is the code that the form prints, where a misprint makes it differ from ``id``.
    """

    id: str
    text: str
    cues: Cues = ()
    polarity: Polarity = "positive"
    concept: str = ""
    scale: str = ""
    printed: str = ""


class Section(Strict):
    """A group of questions under one heading."""

    id: str
    title: str
    cues: Cues
    questions: tuple[Question, ...]


class GradedThing(Strict):
    """Something that gets a grade: a section, an area of practice, the whole (id ``overall``)."""

    id: str
    title: str
    cues: Cues
    concept: str = ""
    scale: str = ""


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
    """One version of an audit tool. ``scales`` holds the scales it names, put there when it is loaded."""

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
    columns: tuple[Column, ...] = ()
    header: tuple[HeaderField, ...]
    sections: tuple[Section, ...] = ()
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

    def question_scale(self, question: str) -> Scale:
        """The scale of a question."""
        return self.scales[self.questions[question].scale or self.answer_scale]

    def grade_scale_of(self, section: str) -> Scale:
        """The scale of something graded."""
        thing = next(thing for thing in self.grades if thing.id == section)
        return self.scales[thing.scale or self.grade_scale]
