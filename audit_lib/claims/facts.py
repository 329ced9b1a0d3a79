"""What the tables of one audit say, in the form in which a claim can be held against it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from audit_lib.analysis.grades import GradeCounts
from audit_lib.analysis.proportions import QuestionResult
from audit_lib.analysis.rows import text_rows
from audit_lib.claims.subjects import Subjects, stems
from audit_lib.claims.words import any_of, words
from audit_lib.coding.values.agencies import usual_spellings
from audit_lib.present.report import results
from audit_lib.scales import Scale
from audit_lib.store import AuditTables
from audit_lib.text import case_key, fold, key

_CASE = re.compile(r"(?<!\w)case \w+(?!\w)")
_UNDER = re.compile(
    rf"(?<!\w)(?:{any_of(words()['under_a_grade'])}) "
    r"(?:(?:yet|been|considered|judged|graded|rated|assessed|found|thought|felt|deemed|to|be|as|a|grade|of) )*$"
)


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
    def case_of(self) -> Mapping[str, str]:
        """The case of each return."""
        return {row["return_id"]: row["case"] for row in text_rows(self.tables.returns) if row["status"] == "read"}

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
    def graded_stems(self) -> Mapping[str, frozenset[str]]:
        """The stems of the words for each thing graded but the whole."""
        return {
            thing.id: stems(" ".join((thing.title, thing.concept.replace("_", " "), *thing.cues)))
            for thing in self.tables.instrument.grades
            if thing.id != "overall"
        }

    @cached_property
    def one_return_each(self) -> bool:
        """Whether every case has exactly one return, so that what counts returns counts cases."""
        return sorted(self.case_of.values()) == sorted(self.cases)

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
        """The agencies that a text names, by their name or one of its usual spellings; of "School Nursing" and "School" the longer."""
        return self._without_agencies(text)[1]

    def without_parts(self, text: str) -> str:
        """A text without the names of agencies, and of cases after the word "case"."""
        return _CASE.sub(" ", self._without_agencies(text)[0])

    def _without_agencies(self, text: str) -> tuple[str, tuple[str, ...]]:
        said, found = f" {key(text)} ", []
        for form, agencies in self._agency_forms:
            if form.search(said):
                found += agencies
                said = form.sub(" ", said)
        return said, tuple(dict.fromkeys(found))

    @cached_property
    def _agency_forms(self) -> list[tuple[re.Pattern[str], list[str]]]:
        """Each spelling, the longest first, and the agencies of this audit that are called so."""
        called: dict[str, list[str]] = {}
        for agency in self.grid.agencies:
            for spelling in sorted({key(agency), *usual_spellings(agency)}):
                called.setdefault(spelling, []).append(agency)
        return [
            (re.compile(rf"(?<!\w){re.escape(one)}s?(?!\w)"), called[one])
            for one in sorted(called, key=lambda one: (-len(one), one))
        ]

    def grades_named(self, text: str) -> tuple[str, ...]:
        """The grades that a text names after a word of grading: "good", "good or better". None when it names none, or lists
        several with a number each.
        """
        scale = self.grade_scale
        if scale is None:
            return ()
        said = re.sub(r"[^\w]+", " ", fold(text))  # one space: "good" in quotation marks, or better
        labels = {name: code for name, code in scale.spelled.items() if code in scale.order and _is_a_grade(name)}
        found = list(re.finditer(rf"(?<!\w)(?:{any_of(labels)})(?!\w)", said))
        if any(said[one.end() : other.start()].strip() not in ("or", "and") for one, other in pairwise(found)):
            return ()
        grades = [labels[match.group()] for match in found]
        if len(grades) == 1:
            return _from_there(grades[0], scale, said[: found[0].start()], said[found[0].end() :])
        return tuple(dict.fromkeys(grades))

    def shares(self, question: str, answers: tuple[str, ...]) -> Iterator[Figure]:
        """The shares of returns that gave one of ``answers`` to a question, by each rule."""
        result = self.questions[question]
        for rule in ("applicable", "answered"):
            base = result.base(rule)
            counted = set(answers) & set(base)
            if counted:
                yield Figure(result.count(*counted), result.count(*base), "returns", f"to {question}", rule)

    def shares_by_case(self, question: str, answers: tuple[str, ...]) -> Iterator[Figure]:
        """In how many cases somebody, and everybody who could say, gave one of ``answers`` to a question: of the cases in which
        anybody could say, and of all. ``rule`` is ``some`` or ``every``.
        """
        result = self.questions[question]
        could, gave = set(result.ids(result.base("applicable"))), set(result.ids(answers))
        if not gave <= could:
            return
        by_case: dict[str, list[bool]] = {}
        for each in could:
            by_case.setdefault(self.case_of[each], []).append(each in gave)
        some, every = sum(map(any, by_case.values())), sum(map(all, by_case.values()))
        for base in (len(by_case), len(self.cases)):
            yield Figure(some, base, "cases", "at least one agency said so", "some")
            yield Figure(every, base, "cases", "every agency said so", "every")


def _is_a_grade(name: str) -> bool:
    """Whether a spelling says in prose that a grade is meant; letters and single words but "good" and the labels do not."""
    return name in ("outstanding", "good", "inadequate") or " " in name


def _from_there(grade: str, scale: Scale, before: str, after: str) -> tuple[str, ...]:
    """One grade, or those from it on: "good or better", "at least good", "below good", "not yet good"."""
    rank = scale.rank(grade) or 0
    if re.match(r" or (?:better|above|higher)(?!\w)", after) or before.endswith(" at least "):
        return tuple(code for code in scale.order if (scale.rank(code) or 0) <= rank)
    if re.match(r" or (?:below|worse|lower|less)(?!\w)", after):
        return tuple(code for code in scale.order if (scale.rank(code) or 0) >= rank)
    if _UNDER.search(before):
        return tuple(code for code in scale.order if (scale.rank(code) or 0) > rank)
    return (grade,)
