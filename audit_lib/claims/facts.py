"""What the tables of one audit say, in the form in which a claim can be held against it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from audit_lib.analysis.by_case import CaseShare, case_shares
from audit_lib.analysis.grades import GradeCounts
from audit_lib.analysis.proportions import QuestionResult
from audit_lib.analysis.rows import text_rows
from audit_lib.claims.subjects import Subjects
from audit_lib.claims.words import any_of
from audit_lib.present.report import results
from audit_lib.scales import Scale
from audit_lib.store import AuditTables
from audit_lib.text import case_key, fold, key


@dataclass(frozen=True)
class Figure:
    """A share that the data hold: ``numerator`` of ``denominator`` things of one ``unit``; ``what`` says of what in words."""

    numerator: int
    denominator: int
    unit: str
    what: str
    rule: str = ""

    @property
    def percent(self) -> Fraction | None:
        """The share in per cent; None when there is nothing to take a share of."""
        return Fraction(100 * self.numerator, self.denominator) if self.denominator else None


class Facts:
    """The results of one audit, each worked out once and only when it is asked for."""

    def __init__(self, tables: AuditTables) -> None:
        self.tables = tables
        self.about = results.about(tables)
        self.cases = results.cases(tables)
        self.grid = results.returns_grid(tables)

    @cached_property
    def subjects(self) -> Subjects:
        """Which question words are about."""
        return Subjects(self.tables)

    @cached_property
    def questions(self) -> Mapping[str, QuestionResult]:
        """Each question and what was answered to it."""
        return {result.question.id: result for result in results.question_results(self.tables)}

    @cached_property
    def by_case(self) -> Mapping[str, CaseShare]:
        """Each question by case."""
        found = case_shares(self.tables.answers, tuple(self.questions.values()))
        return {share.question: share for share in found}

    @cached_property
    def grades(self) -> Mapping[str, GradeCounts]:
        """Each thing graded, and how often each grade was given to it."""
        return {counts.name: counts for counts in results.grade_counts(self.tables)}

    @cached_property
    def graded_names(self) -> Mapping[str, str]:
        """What each thing graded is called."""
        return {thing.id: thing.title for thing in self.tables.instrument.grades}

    @cached_property
    def graded_words(self) -> Mapping[str, re.Pattern[str]]:
        """The words for each thing graded but the whole."""
        return {
            thing.id: re.compile(
                rf"(?<!\w)(?:{any_of([f'section {thing.id}'.casefold(), thing.title.casefold(), *thing.cues])})(?!\w)"
            )
            for thing in self.tables.instrument.grades
            if thing.id != "overall"
        }

    @cached_property
    def grade_scale(self) -> Scale | None:
        """The scale of the overall grade; None for a tool without grades."""
        graded = self.tables.instrument.grades
        last = next((thing.id for thing in graded if thing.id == "overall"), graded[-1].id if graded else "")
        return self.tables.instrument.grade_scale_of(last) if graded else None

    @cached_property
    def averages(self) -> Counter[str]:
        """How many cases have each average grade, by the rule of the report."""
        return Counter(one.average for one in results.averages(self.tables) if one.average)

    @cached_property
    def agreed(self) -> Mapping[str, str]:
        """The grade agreed for each case, where one is recorded."""
        return {row["case"]: row["agreed_grade"] for row in text_rows(self.tables.cases) if row["agreed_grade"]}

    def case_called(self, name: str) -> str:
        """The case of this name; empty when there is none."""
        return next((case for case in self.cases if case_key(case) == case_key(name)), "")

    def agencies_named(self, text: str) -> tuple[str, ...]:
        """The agencies that a text names; of "School Nursing" and "School" the longer."""
        said, found = f" {key(text)} ", []
        for agency in sorted(self.grid.agencies, key=len, reverse=True):
            form = re.compile(rf"(?<!\w){re.escape(key(agency))}s?(?!\w)")
            if form.search(said):
                found.append(agency)
                said = form.sub(" ", said)
        return tuple(found)

    def grades_named(self, text: str) -> tuple[str, ...]:
        """The grades that a text names after a word of grading: "good", "good or better". None when it names none, or lists
        several with a number each.
        """
        scale = self.grade_scale
        if scale is None:
            return ()
        said = re.sub(r"[^\w ]", " ", fold(text))
        labels = {fold(scale.label(code)): code for code in scale.order}
        found = list(re.finditer(rf"(?<!\w)(?:{any_of(labels)})(?!\w)", said))
        if any(said[one.end() : other.start()].strip() not in ("or", "and") for one, other in pairwise(found)):
            return ()
        grades = [labels[match.group()] for match in found]
        if len(grades) == 1 and re.match(r" or (?:better|above|higher)", said[found[0].end() :]):
            rank = scale.rank(grades[0]) or 0
            return tuple(code for code in scale.order if (scale.rank(code) or 0) <= rank)
        return tuple(dict.fromkeys(grades))

    def shares(self, question: str, answers: tuple[str, ...]) -> Iterator[Figure]:
        """The shares of returns that gave one of ``answers`` to a question, by each rule."""
        result = self.questions[question]
        for rule in ("applicable", "answered"):
            base = result.base(rule)
            counted = set(answers) & set(base)
            if counted:
                yield Figure(result.count(*counted), result.count(*base), "returns", f"to {question}", rule)

    def shares_by_case(self, question: str) -> Iterator[Figure]:
        """In how many cases somebody, and everybody who could say, gave the answer that speaks for good practice."""
        share = self.by_case[question]
        yield Figure(len(share.some), len(share.base), "cases", "at least one agency said so")
        yield Figure(len(share.every), len(share.base), "cases", "every agency said so")
        yield Figure(len(share.some), len(self.cases), "cases", "at least one agency said so")
        yield Figure(len(share.every), len(self.cases), "cases", "every agency said so")
