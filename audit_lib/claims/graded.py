"""How many cases, or returns, are said to have a grade, held against the grades given."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from audit_lib.claims.against import Judged, no_share_of
from audit_lib.claims.facts import Figure
from audit_lib.claims.finding import Claim
from audit_lib.claims.lateness import Late
from audit_lib.claims.parts import Part, part_named
from audit_lib.claims.subjects import stems
from audit_lib.claims.words import pattern, words
from audit_lib.present.sentences import count_of

_CLAUSE = re.compile(r"[;:,]|(?<!\w)(?:but|while|whilst|whereas|although|though|however)(?!\w)")

_NUMBERS = stems(" ".join((*words()["numbers"]["ones"], *words()["numbers"]["tens"])))


@dataclass(frozen=True)
class _Grades:
    """Things that have a grade: how often each grade was given, to how many of which unit, and the words for having it."""

    count: Callable[[str], int]
    total: int
    unit: str
    one: str
    many: str
    about: str


class Graded(Late):
    """A claim that may be about grades."""

    def graded(self) -> Judged | None:
        """The verdict where the claim is about grades; None where it is not."""
        claim, scale = self.claim, self.facts.grade_scale
        clause = clause_of(claim)
        averaged, elsewhere = (pattern("averaged").search(where) is not None for where in (clause, claim.sentence))
        if scale is None or not (elsewhere or pattern("graded").search(claim.sentence)):
            return None
        grades = self.facts.grades_named(claim.subject)
        if not grades or (self.question and claim.kind not in ("all", "count")):
            return None
        part = part_named(claim, self.facts)
        labels = " or ".join(scale.label(grade) for grade in grades)
        meant = self._meant(averaged)
        if isinstance(meant, str):
            return self.verdict("not_checked", meant)
        if part is not None:
            return self._of_part(part, grades, labels)
        if not meant.total:
            return self.verdict("not_checked", "no such grades are recorded")
        told = _told(meant, grades, labels)
        about = ("grades", meant.about, "+".join(grades))
        if claim.unit == "agencies" and claim.kind == "count":
            return self._of_agencies(meant, grades, told, about)
        if self._met(meant, grades):
            return self.verdict("agrees", told, *about)
        if not averaged and (elsewhere or not pattern("graded").search(clause)):
            return self.verdict(
                "not_checked", f"look whether {'an average' if elsewhere else 'this'} grade is meant: {told}"
            )
        if claim.unit == "agencies" and claim.kind != "all":
            return self._of_agencies(meant, grades, told, about)
        if meant.about == "case" and claim.kind == "share":
            returns = self._of_returns("overall")
            if returns is not None and self._met(returns, grades):
                if claim.unit != "cases":
                    return self.verdict("agrees", _told(returns, grades, labels), "grades", "return", about[-1])
                cannot = no_share_of(claim, meant.total)
                told = f"this is a share of returns, not of cases: {_told(returns, grades, labels)}; {told}"
                return self.verdict("unit_wrong", f"{told}; {cannot}" if cannot else told, *about)
        overall = self._of_returns("overall")
        if meant.about not in ("case", "average", "return") and overall is not None and self._met(overall, grades):
            return self.verdict("not_checked", f"look which grade is meant: {told}; {_told(overall, grades, labels)}")
        return self.verdict("contradicts", told, *about)

    def _of_agencies(self, meant: _Grades, grades: tuple[str, ...], told: str, about: tuple[str, ...]) -> Judged:
        """A number of agencies, held against returns. It never agrees, as the two may be alike by chance.

        An agency may send several, and each of its grades may be another.
        """
        number = sum(meant.count(grade) for grade in grades)
        if self.claim.kind == "count" and self.claim.hedge in ("", "more", "least") and self.claim.value > number:
            return self.verdict("contradicts", told, *about)
        return self.verdict("not_checked", f"an agency may send several returns, with a grade in each: {told}")

    def _of_part(self, part: Part, grades: tuple[str, ...], labels: str) -> Judged:
        """Grades given by the agencies, or in the case, that the claim names."""
        given = self._of_returns(self._section() or "overall", part)
        if given is None:
            return self.verdict("not_checked", "the tool asks for no overall grade")
        told = f"of {part.name}: {_told(given, grades, labels)}"
        if self._met(given, grades):
            return self.verdict("agrees", told)
        same = self.claim.kind == "count" or self.claim.of == given.total
        return self.verdict("contradicts" if part.sure and same else "not_checked", told)

    def _meant(self, averaged: bool) -> _Grades | str:
        """Which grades the claim speaks of, or why that can't be told."""
        section, averages = self._section(), self.facts.averages
        if averaged:
            if self.claim.unit in ("returns", "agencies"):
                return "an average grade is one of a case, not of a return"
            have = "an average grade of"
            return _Grades(
                averages.__getitem__, sum(averages.values()), "case", f"has {have}", f"have {have}", "average"
            )
        if section is None:
            return "which grade this is about can't be told for certain"
        returns_alone = self.facts.one_return_each and not self.facts.agreed
        if section or returns_alone or self.claim.unit in ("returns", "agencies"):
            if section and self.claim.unit == "cases" and not self.facts.one_return_each:
                return "a section is graded in each return, not for each case"
            found = self._of_returns(section or "overall")
            return "the tool asks for no overall grade" if found is None else found
        agreed = list(self.facts.agreed.values())
        return _Grades(agreed.count, len(agreed), "case", "was agreed to be", "were agreed to be", "case")

    def _of_returns(self, thing: str, part: Part | None = None) -> _Grades | None:
        given = self.facts.grades.get(thing)
        if given is None:
            return None
        if part is not None:
            mine = {grade: tuple(part.return_ids.intersection(ids)) for grade, ids in given.return_ids.items()}
            given = replace(given, return_ids=mine)
        graded = f"graded {'the work overall' if thing == 'overall' else self.facts.graded_names[thing]}"
        return _Grades(given.count, given.graded, "return", graded, graded, "return" if thing == "overall" else thing)

    def _section(self) -> str | None:
        """The section or area whose grade the claim speaks of; empty for the whole, None where it names several."""
        said = self.claim.subject
        named = [thing for thing, words in self.facts.graded_words.items() if words.search(said)]
        if not named:
            return self._section_of_stems(said)
        return named[0] if len(named) == 1 and "overall" not in said else None

    def _section_of_stems(self, said: str) -> str | None:
        """The same by single words: the whole where none is left that tells of something else, a section where all of them are its."""
        scale = self.facts.grade_scale
        labels = " ".join(scale.spelled) if scale else ""
        beside = " ".join((*words()["graded_as_a_whole"], *words()["under_a_grade"]))
        left = stems(self.facts.without_parts(said)) - stems(beside) - stems(labels) - _NUMBERS
        left = frozenset(stem for stem in left if not stem.isdigit())
        if not left or not self.facts.graded_stems:
            return ""
        found = [thing for thing, own in self.facts.graded_stems.items() if left <= own]
        return found[0] if len(found) == 1 and "overall" not in said else None

    def _met(self, meant: _Grades, grades: tuple[str, ...]) -> bool:
        number = sum(meant.count(grade) for grade in grades)
        if self.claim.kind == "count":
            return self.equals(number)
        return self.meets(Figure(number, meant.total, f"{meant.unit}s", ""))


def _told(meant: _Grades, grades: tuple[str, ...], labels: str) -> str:
    number = sum(meant.count(grade) for grade in grades)
    return f"{number} of {count_of(meant.total, meant.unit)} {meant.one if number == 1 else meant.many} {labels}"


def clause_of(claim: Claim) -> str:
    """The clause of its sentence in which a figure stands."""
    at, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    before, after = _CLAUSE.split(claim.sentence[:at])[-1], _CLAUSE.split(claim.sentence[end:])[0]
    return f"{before}{claim.sentence[at:end]}{after}"
