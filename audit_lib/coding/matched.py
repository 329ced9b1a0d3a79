"""Where in a form each part of an instrument stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from audit_lib.coding.values.choices import Choice
from audit_lib.rawform import Cell, Paragraph, Run
from audit_lib.text import clean


@dataclass
class Place:
    """Some paragraphs of the form, with where they stand."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    locator: str = ""

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs, with a line break between paragraphs."""
        return Cell(0, 0, tuple(self.paragraphs)).runs

    @property
    def text(self) -> str:
        """What stands there, cleaned."""
        return clean("\n".join(paragraph.text for paragraph in self.paragraphs))

    def add(self, paragraphs: Iterable[Paragraph], locator: str) -> None:
        """More of the same, found further on; the first locator stays."""
        self.paragraphs += paragraphs
        self.locator = self.locator or locator


@dataclass
class FoundQuestion:
    """A question as the form asks it, and its answer. ``doubt`` says why its answer may be another's, if it may.

    ``by_code`` is true where the form gives its code alone and no wording that could be another's.
    """

    answer: Place
    wording: str
    doubt: str = ""
    by_code: bool = False


@dataclass(frozen=True)
class ChosenDescriptor:
    """The descriptor that an auditor chose in one row of a rubric, and where."""

    choice: Choice
    locator: str


@dataclass(frozen=True)
class FoundAction:
    """One agreed action as the form lists it. ``by_when`` is empty where only a prompt stands, ``written`` holds it."""

    action: str
    by_whom: str
    by_when: str
    written: str
    locator: str


@dataclass
class MatchedForm:
    """Where in a form each part of the instrument stands. ``comments`` are keyed (section, question, column).

    ``grades`` are those of the agency or auditor, ``ratings`` those of others, keyed (what was graded, rater); so are
    ``score`` and ``scores_by``, keyed by rater. ``chosen`` are grades that were read off the choice of a descriptor.
    ``grade_doubts`` say why a grade may be another's.

    ``header_again`` holds further fields of a name already met, ``unheaded`` the places of tables that came without their heading,
    ``short_rows`` those of rows with fewer cells than their table, ``reworded`` the descriptors of a rubric that do not hold
    their print. What belongs to nothing is kept: ``added`` rows of questions, questions that stand ``twice`` (with their second
    place), text ``before`` the first section, in the ``margins`` of the page, passages that begin as printed ``guidance`` does
    and go on, and ``unplaced`` anywhere else.
    """

    header: dict[str, Place] = field(default_factory=dict)
    header_again: dict[str, list[Place]] = field(default_factory=dict)
    questions: dict[str, FoundQuestion] = field(default_factory=dict)
    grades: dict[str, Place] = field(default_factory=dict)
    ratings: dict[tuple[str, str], Place] = field(default_factory=dict)
    chosen: dict[str, ChosenDescriptor] = field(default_factory=dict)
    grade_doubts: dict[str, str] = field(default_factory=dict)
    score: Place | None = None
    scores_by: dict[str, Place] = field(default_factory=dict)
    actions: list[FoundAction] = field(default_factory=list)
    comments: dict[tuple[str, str, str], list[Place]] = field(default_factory=dict)
    reworded: list[Place] = field(default_factory=list)
    short_rows: list[str] = field(default_factory=list)
    added: list[Place] = field(default_factory=list)
    twice: list[tuple[str, str]] = field(default_factory=list)
    unplaced: list[Place] = field(default_factory=list)
    margins: list[Place] = field(default_factory=list)
    guidance: list[Place] = field(default_factory=list)
    before: list[Place] = field(default_factory=list)
    unheaded: list[str] = field(default_factory=list)
