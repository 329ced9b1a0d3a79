"""Numbers of things, dates, grades of cases and scores in prose, held against an audit."""

from __future__ import annotations

import re
from fractions import Fraction

from audit_lib.claims.against import Judged, named_counts, rounds_to
from audit_lib.claims.graded import Graded
from audit_lib.claims.parts import Part, part_named
from audit_lib.claims.sending import is_of_all
from audit_lib.claims.words import pattern
from audit_lib.present.report import results
from audit_lib.present.sentences import count_of, long_date

_PART_OF = re.compile(r"(?<!\w)(?:in|for|of|among|from|at least) (?:the |these |those |about |some )*$")
_SOME_OF_THE = r" of (?:the|these|those|our|all) \w"
_TOTAL = re.compile(r"(?:a|the) total of $")
_RELATIVE = re.compile(r"(?<!\w)(?:that|which|who|whose|where|when|whom)(?!\w)")
_AGENCIES = "returns are counted here, and an agency may have sent several"
_NO_COUNT = "nothing in the returns counts this"


class Counts(Graded):
    """A claim that is no share."""

    def date(self) -> Judged:
        """The month in which an audit is said to have been."""
        date = self.facts.about["date"]
        about = ("date", self.claim.month)
        if date[:4] != self.claim.month[:4]:
            return Judged(self.claim, "not_checked", "it speaks of another audit", about)
        told = f"{self.facts.tables.audit} is dated {long_date(date)}"
        return Judged(self.claim, "agrees" if date[:7] == self.claim.month else "contradicts", told, about)

    def case_grade(self) -> Judged | None:
        """The grade printed for one case."""
        case, grades = self.facts.case_called(self.claim.case), self.facts.grades_named(self.claim.subject)
        if not grades:
            return None
        agreed, scale = self.facts.agreed.get(case, ""), self.facts.grade_scale
        about = ("case_grade", self.claim.case, grades[0])
        if not agreed or scale is None:
            return self.verdict("not_checked", "no agreed grade is recorded for this case (in cases.csv)", *about)
        told = f"the grade recorded for case {case} is {scale.label(agreed)}"
        return self.agrees_or_not(agreed == grades[0], told, *about)

    def score(self) -> Judged:
        """A mean or median score, or the lowest and highest."""
        together = results.score_results(self.facts.tables).together
        if not together.n or together.mean is None or together.median is None:
            return self.verdict("not_checked", "no return gave a score")
        if self.claim.kind == "range":
            low, high = together.low, together.high
            told = f"the scores go from {float(low or 0):g} to {float(high or 0):g} ({count_of(together.n, 'score')})"
            return self.agrees_or_not(
                Fraction(low or 0) == self.claim.value and Fraction(high or 0) == self.claim.of, told, "score", "range"
            )
        median = "median" in self.claim.quote.casefold()
        value = Fraction(together.median) if median else together.mean
        name = "median" if median else "mean"
        told = f"the {name} of all {count_of(together.n, 'score')} is {float(value):.1f}"
        case = re.search(r"case \w+", self.claim.sentence) or (
            self.claim.passage.headings[-1:] and re.match(r"case \w+", self.claim.passage.headings[-1].casefold())
        )
        if case:
            return self.verdict("not_checked", "it seems to be the score of one case; " + told)
        if self.facts.agencies_named(self.claim.sentence):
            return self.verdict("not_checked", "it may be the score of some agencies; " + told)
        return self.agrees_or_not(rounds_to(value, self.claim), told, "score", name)

    def count(self) -> Judged | None:
        """A number of cases, returns, requests."""
        claim = self.claim
        before = _TOTAL.sub("", claim.sentence[: claim.start - claim.sentence_start])
        if before.endswith(("of ", "of the ")) and not (before.endswith("sample of ") or before in ("of ", "of the ")):
            return self.verdict("not_checked", "it is what something else is a share of")
        graded = self.lateness() or self.graded()
        if graded is not None:
            return graded
        if claim.unit == "agencies":
            return self.verdict("not_checked", _AGENCIES) if pattern("of_forms").search(claim.subject) else None
        said = self.measure()
        if claim.negated and said != "not_back":
            said = ""
        part = part_named(claim, self.facts)
        if part is not None and part.agencies and claim.unit == "returns" and self.sent_back(said):
            number = len(part.return_ids)
            told = f"{count_of(number, 'return')} of {part.name} {'was' if number == 1 else 'were'} read"
            return self.agrees_or_not(self.equals(number), told, "returns_of", part.name)
        if said == "cases":
            number = len(self.facts.cases)
            told = f"{count_of(number, 'case')} {'was' if number == 1 else 'were'} audited"
            return self.agrees_or_not(self.equals(number), told, "count", "cases")
        if said:
            return self.forms(said, part)
        if self.question and claim.unit == "returns" and (answered := self._answered()):
            return self.verdict("agrees", answered)
        if claim.quote.casefold().startswith("one ") or self.is_told_by_the_way():
            return None
        return self.verdict("not_checked", _NO_COUNT)

    def _answered(self) -> str:
        """What as many returns answered to the question; empty where it is another number, as these may be some of them."""
        result, claim = self.facts.questions[self.question], self.claim
        answer = claim.answer or ("no" if claim.negated else "yes")
        if claim.hedge or answer not in result.answers or result.count(answer) != claim.value:
            return ""
        said = result.scale.label(answer).lower()
        return f"{self.question}: {count_of(result.count(answer), 'return')} said {said}"

    def forms(self, said: str, part: Part | None) -> Judged:
        """A number of forms asked for, come back or not back: of all agencies, or of those that the claim names. Where only the rest of
        its sentence names some, it is never called wrong.
        """
        grid, whose = self.facts.grid, ""
        asked, back, read, not_back = grid.asked, grid.came_back, grid.read, grid.not_back
        if part is not None:
            asked, back, read, whose = part.asked, part.came_back, len(part.return_ids), f" of {part.name}"
            not_back = len(part.cells("not_back"))
        if said == "asked":
            numbers, told, about = [asked], f"{count_of(asked, 'form')} were asked for", "requests"
        elif said == "not_back":
            numbers, told, about = (
                [not_back, asked - back],
                f"{not_back} of the {count_of(asked, 'form')} asked for are not back",
                said,
            )
            if asked - back > not_back:
                told += f"; with those that came empty, were set aside or wait for a person, {asked - back} are not among those read"
        else:
            told = f"{back} of the {count_of(asked, 'form')} asked for came back; {count_of(read, 'return')} were read"
            numbers, about = [back, read], "returns"
        if any(self.equals(number) for number in numbers):
            return self.verdict("agrees", told + whose, "count", about + whose)
        if said != "asked" and not is_of_all(self.claim):
            return self.verdict("not_checked", f"look whether these are all: {told}{whose}")
        may_be_others = not part.sure if part else bool(self.facts.agencies_named(self.claim.sentence))
        if may_be_others:
            return self.verdict("not_checked", f"look whose forms these are: {told}{whose}")
        return self.verdict("contradicts", told + whose, "count", about + whose)

    def measure(self) -> str:
        """What the words about a bare count say that it is the whole number of; empty where it may be a part ("in two of the cases
        audited", "two forms that came back").
        """
        claim, measures = self.claim, named_counts(self.claim.unit)
        before = _TOTAL.sub("", claim.before)
        is_part = (before not in ("of ", "of the ") and _PART_OF.search(before)) or re.search(
            _SOME_OF_THE, claim.quote.casefold()
        )
        ways = (
            lambda words: words.search(claim.quote.casefold()),
            lambda words: not is_part and _said_of(words, claim.after),
            lambda words: re.search(rf"(?:{words.pattern}) (?:the |just |only |a )*$", claim.before),
            lambda words: not is_part and words.search(claim.before),
        )
        return next((name for way in ways for name, words in measures.items() if way(words)), "")

    def sent_back(self, said: str) -> bool:
        """Whether a count of returns of one agency is said to be all that came from it."""
        if said not in ("came_back", "read", "") or self.claim.answer or self.claim.negated:
            return False
        there_were = (
            re.search(r"there (?:was|were|are|is) (?:also |only |just )*$", self.claim.before) and not self.question
        )
        return bool(there_were or pattern("sent_back").search(self.claim.subject))

    def is_told_by_the_way(self) -> bool:
        """Whether a count of forms says nothing of what stands in them: "two forms crossed in the post"."""
        return self.claim.unit == "returns" and not self.question and not pattern("told").search(self.claim.subject)


def _said_of(words: re.Pattern[str], after: str) -> bool:
    """Whether the words behind a count say it of all that are counted: "six cases were audited", not "six cases that were"."""
    found = words.search(after)
    return found is not None and found.group() != "audited" and not _RELATIVE.search(after[: found.start()])
