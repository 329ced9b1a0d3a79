"""What one form says, in the codes of its instrument."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """Something about a form that a person may have to look at.

    ``check`` and ``severity`` are codes of :mod:`audit_lib.schema`; ``settle`` is the name under which corrections.csv
    rules on the value, empty where no ruling can.
    """

    severity: str
    check: str
    message: str
    locator: str = ""
    as_written: str = ""
    taken_as: str = ""
    settle: str = ""


@dataclass(frozen=True)
class Value:
    """One coded value: an answer, a grade, a field, or a score (whose ``code`` is then ``read``, ``missing`` or ``unclear``)."""

    code: str
    as_written: str
    locator: str
    wording: str = ""
    number: float | None = None


@dataclass(frozen=True)
class Comment:
    """One comment in its place."""

    section: str
    question: str
    column: str
    text: str
    locator: str


@dataclass(frozen=True)
class Action:
    """One agreed action. ``by_when`` is an ISO day or month, empty when none can be read from what is ``written``."""

    action: str
    by_whom: str
    by_when: str
    written: str
    locator: str


@dataclass
class CodedForm:
    """Everything that one form says, in the codes of its instrument.

    ``ratings`` and ``scores_by`` are grades and scores that others gave: (what was graded, rater) and rater.

    ``questions_found`` counts the rows that carry the number of a question, ``questions_known`` those whose wording is
    also that question's, ``questions_foreign`` numbered questions that the instrument does not have: few known or several
    foreign ones show a form of another tool, many ``questions_twice`` two forms in one file. Areas of practice and rows of a
    rubric count as questions. ``header_again`` holds what further fields of the same name say, ``titles`` what stands above
    the first section.
    """

    header: dict[str, Value] = field(default_factory=dict)
    header_again: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[str, Value] = field(default_factory=dict)
    grades: dict[str, Value] = field(default_factory=dict)
    ratings: dict[tuple[str, str], Value] = field(default_factory=dict)
    score: Value | None = None
    scores_by: dict[str, Value] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    questions_found: int = 0
    questions_known: int = 0
    questions_foreign: int = 0
    questions_twice: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether nobody filled anything in below the header."""
        values = [*self.answers.values(), *self.grades.values(), *self.ratings.values()]
        values += [*([self.score] if self.score else []), *self.scores_by.values()]
        return not self.comments and not self.actions and all(value.code == "missing" for value in values)

    def content(self) -> tuple[object, ...]:
        """All values and comments, for telling whether two forms say the same."""
        return (
            tuple((name, value.code, value.as_written) for name, value in self.answers.items()),
            tuple((name, value.code, value.as_written) for name, value in self.grades.items()),
            tuple((name, value.code, value.as_written) for name, value in self.ratings.items()),
            (self.score.code, self.score.number) if self.score else (),
            tuple((rater, value.code, value.number) for rater, value in self.scores_by.items()),
            tuple(sorted((c.section, c.question, c.column, c.text) for c in self.comments)),
            tuple(sorted((a.action, a.by_whom, a.by_when, a.written) for a in self.actions)),
            tuple(sorted((name, value.as_written) for name, value in self.header.items())),
        )
