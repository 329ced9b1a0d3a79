"""A share of the answers to one question, in prose: held against the returns, against the cases, or against a part of the returns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from audit_lib.analysis.proportions import RULES
from audit_lib.claims.against import OPEN_ENDED, Against, Judged, in_percent
from audit_lib.claims.facts import Figure
from audit_lib.claims.finding import Claim
from audit_lib.claims.parts import Part, part_named
from audit_lib.claims.words import named, pattern, words
from audit_lib.present.sentences import count_of
from audit_lib.schema import NOT_SUBSTANTIVE
from audit_lib.text import fold


class OfQuestion(Against):
    """A claim that is a share of the answers to a question."""

    def judged(self) -> Judged:
        """By the part that the claim is sure to be about; else by case, by return, and wrong only when nothing is left open."""
        if self.part is not None and self.part.sure:
            return self._of_part(self.part)
        return self._by_case_alone() or self._by_return() or self._left_open() or self._contradicted()

    @cached_property
    def part(self) -> Part | None:
        """The agencies or cases that the claim names; not those that the question itself speaks of."""
        question = self.facts.questions[self.question].question
        return part_named(self.claim, self.facts, self.facts.agencies_named(" ".join((question.text, *question.cues))))

    @cached_property
    def wanted(self) -> list[tuple[str, ...]]:
        """The answers whose share the claim may be, the most likely first."""
        answers = self.facts.questions[self.question].answers
        claim = replace(self.claim, answer="") if self._asks_with_these_words() else self.claim
        return _wanted(claim, "yes" if "yes" in answers else answers[0], answers)

    def _asks_with_these_words(self) -> bool:
        """Whether the words that name an answer are those of the question: who "did not know" says no where it is asked who knew."""
        form = named("answers").get(self.claim.answer)
        found = form.search(f"{self.claim.subject} {self.claim.quote.casefold()}") if form else None
        asked = set(fold(self.facts.questions[self.question].question.text).replace("?", "").split())
        return found is not None and bool((asked & set(found.group().split())).difference(words()["empty"]))

    @cached_property
    def returns(self) -> tuple[Figure | None, tuple[str, ...]]:
        """The share of returns that meets the claim, if one does, and of which answers it is."""
        figures = [(one, answers) for answers in self.wanted for one in self.facts.shares(self.question, answers)]
        if self._says_what_it_is_of():
            figures = [one for one in figures if one[0].rule == self.claim.rule] or figures
        figures.sort(key=lambda one: self.claim.rule in ("", one[0].rule), reverse=True)
        return next((one for one in figures if self.meets(one[0])), (None, self.wanted[0]))

    @cached_property
    def by_case(self) -> list[Figure]:
        """The cases in which somebody, or everybody, gave the answer; of one that denies also those in which nobody gave the other.
        None where the claim says that it is of returns, or may be of some agencies.
        """
        if (self.part is not None and self.claim.unit != "cases") or self._says_what_it_is_of():
            return []
        figures = list(self.facts.shares_by_case(self.question, self.wanted[0]))
        if len(self.wanted) > 1:
            figures += [one for one in self.facts.shares_by_case(self.question, self.wanted[-1]) if one.rule == "every"]
        return [one for one in figures if self.claim.each in ("", one.rule)]

    @cached_property
    def cases(self) -> Figure | None:
        """The share of cases that meets the claim; a vague claim has to be met by every way of counting."""
        met = [figure for figure in self.by_case if self.meets(figure)]
        vague = self.claim.kind in ("majority", "all") or self.claim.hedge in OPEN_ENDED
        return met[0] if met and (not vague or len(met) == len(self.by_case)) else None

    @property
    def _about(self) -> tuple[str, ...]:
        return "share", self.question, "+".join(self.wanted[0]), self.claim.rule

    @property
    def _told(self) -> str:
        return self._in_words(self.returns[1])

    def _by_case_alone(self) -> Judged | None:
        """A claim of cases that the cases bear out, or that says how a case counts."""
        if self.claim.unit == "cases" and self.cases:
            return self.verdict("agrees", f"{self.question}: {_in_cases(self.cases)}", *self._about)
        if self.claim.each and self.by_case:
            return self.verdict("contradicts", f"{self.question}: {self._case_words()}", *self._about)
        return None

    def _by_return(self) -> Judged | None:
        """A claim that the returns bear out, whatever it says that it counts; else one that the cases do."""
        claim, found = self.claim, self.returns[0]
        if found and claim.unit in ("cases", "agencies") and claim.kind != "all":
            if any(self.meets(figure) for figure in self.by_case):
                return self.verdict("not_checked", f"look how a case counts: {self._told}; {self._case_words()}")
            told = f"this is a share of returns, not of {claim.unit}: {self._told}"
            return self.verdict("unit_wrong", _joined(told, self.impossible() or self._case_words()), *self._about)
        if found and (self.part is None or self._own_figure(self.part)[1]):
            return self.verdict("agrees", self._told, *self._about)
        if self.cases and not self._may_be_of_cases():
            told = f"{self.question}: {_in_cases(self.cases)}; {self._told}"
            return self.verdict("not_checked", f"look whether it is a share of cases: {told}")
        if self.cases:
            verdict = "unit_wrong" if claim.unit == "returns" else "agrees"
            return self.verdict(verdict, f"{self.question}: {_in_cases(self.cases)}", *self._about)
        return None

    def _may_be_of_cases(self) -> bool:
        """Whether the words leave it open that cases are counted: a share without a unit is one of returns unless its sentence speaks of
        cases or counts as many things as there are cases.
        """
        claim = self.claim
        of_cases = claim.of == len(self.facts.cases) or re.search(
            r"(?<!\w)(?:cases|children|families)(?!\w)", claim.sentence
        )
        return claim.unit != "" or bool(of_cases)

    def _left_open(self) -> Judged | None:
        """A claim that may mean something else: another answer, or some agencies alone."""
        other = self._other_answer()
        if other:
            return self.verdict("not_checked", f"look whether the sentence says what was meant: {other}")
        if self.part is None:
            return None
        own, met = self._own_figure(self.part)
        said = f"{self.question}: {own.what} said so"
        if met:
            return self.verdict("agrees", said)
        return self.verdict("not_checked", f"look what it is a share of: {said}; in all {self._told}")

    def _contradicted(self) -> Judged:
        if self.claim.unit == "cases" and any(self.meets(figure) for figure in self.by_case):
            return self.verdict("not_checked", f"look how a case counts: {self._told}; {self._case_words()}")
        by_case = self._case_words() if self.claim.unit == "cases" else ""
        return self.verdict("contradicts", _joined(self._told, by_case, self.impossible()), *self._about)

    def _of_part(self, part: Part) -> Judged:
        """The share of the returns of one agency, or about one case: wrong only where the claim counts as many returns."""
        own, met = self._own_figure(part)
        said = f"{self.question}: {own.what} said so"
        if met:
            return self.verdict("agrees", said)
        bases = {part.share(self.question, self.wanted[0], rule).denominator for rule in RULES}
        if self.claim.kind == "ratio" and self.claim.of in bases:
            return self.verdict("contradicts", said)
        return self.verdict("not_checked", f"look what it is a share of: {said}")

    def _own_figure(self, part: Part) -> tuple[Figure, bool]:
        """The share of the returns of a part, and whether the claim is met by it."""
        figures = [part.share(self.question, answers, rule) for rule in RULES for answers in self.wanted]
        own = next((figure for figure in figures if self.meets(figure)), None)
        return own or figures[0], own is not None

    def _says_what_it_is_of(self) -> bool:
        """Whether the sentence says before the figure which returns it is a share of: "Of those to which it applied, 74% ..."."""
        before = self.claim.sentence[: max(self.claim.start - self.claim.sentence_start, 0)]
        return bool(self.claim.rule) and pattern(self.claim.rule).search(before) is not None

    def _other_answer(self) -> str:
        """Another answer to the same question that has this share."""
        if self.claim.answer or self.claim.kind in ("all", "majority") or self.claim.hedge or not self.claim.value:
            return ""
        result = self.facts.questions[self.question]
        for answer in result.answers:
            if (answer,) not in self.wanted and any(
                self.meets(figure) for figure in self.facts.shares(self.question, (answer,))
            ):
                return self._in_words((answer,))
        return ""

    def _case_words(self) -> str:
        """The same question by case, in words."""
        if not self.by_case:
            return ""
        some, *others = self.by_case[: 1 if self.claim.each else 2]
        return _in_cases(some) + "".join(f", in {every.numerator} {every.what}" for every in others)

    def _in_words(self, answers: tuple[str, ...]) -> str:
        """What the returns say, by both rules where they differ: ``R1: 10 of the 17 returns to which it applied said yes (59%)``."""
        result = self.facts.questions[self.question]
        label = " or ".join(result.scale.label(answer).lower() for answer in answers)
        figures = {
            (each.numerator, each.denominator): each for each in reversed([*self.facts.shares(self.question, answers)])
        }
        told = []
        for figure in reversed(figures.values()):
            whom = "to which it applied" if figure.rule == "applicable" else "that answered"
            noun = "return" if figure.denominator == 1 else "returns"
            told.append(
                f"{figure.numerator} of the {figure.denominator} {noun} {whom} said {label} ({in_percent(figure)})"
            )
        return f"{self.question}: {'; '.join(told)}"


def _wanted(claim: Claim, plain: str, answers: Sequence[str]) -> list[tuple[str, ...]]:
    """The answers whose share the claim may be, the most likely first."""
    together = tuple(claim.answer.split("+"))
    if set(together) <= set(answers):
        return [together]
    if not claim.negated:
        return [(plain,)]
    others = [answer for answer in answers if answer not in (plain, "not_applicable", *NOT_SUBSTANTIVE)]
    firm = [answer for answer in others if answer != "not_known"]
    plainly_not = ("no",) if "no" in others else tuple(firm[-1:])
    found = [plainly_not, tuple(firm), tuple(others)] if others else [(plain,)]
    return list(dict.fromkeys(one for one in found if one))


def _in_cases(figure: Figure) -> str:
    return f"in {figure.numerator} of {count_of(figure.denominator, 'case')} {figure.what}"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
