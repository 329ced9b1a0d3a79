"""Shares in prose: of returns, of cases, of those with a grade, of the forms asked for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from audit_lib.analysis.proportions import RULES
from audit_lib.claims.against import OPEN_ENDED, Judged, named_counts, no_share_of, rounds_to, shown
from audit_lib.claims.facts import Figure
from audit_lib.claims.finding import Claim
from audit_lib.claims.graded import Graded
from audit_lib.claims.parts import Part, part_named
from audit_lib.claims.words import pattern
from audit_lib.present.sentences import count_of
from audit_lib.schema import NOT_SUBSTANTIVE

_UNITS = {"cases": "case", "returns": "return", "agencies": "agency", "requests": "form asked for"}
_NO_QUESTION = "which question this is about can't be told for certain"


class Shares(Graded):
    """A share, "two of the five", all, none, most."""

    def share(self) -> Judged | None:
        """A share of something, "two of the five", all, none, most."""
        claim = self.claim
        found = self.lateness() or self.response_rate() or self.graded()
        if found is not None:
            return found
        begins = claim.start - claim.sentence_start <= len("in ")
        if claim.kind == "all" and not begins and not claim.each:
            return None  # "..., and all agencies agreed that": about something else
        if claim.kind in ("all", "majority") and (not self.question or claim.negated or claim.norm):
            return None
        if claim.norm:
            return self.verdict("not_checked", "it says what should be, not what is")
        if claim.negated and (claim.each == "every" or "+" in claim.answer):
            return self.verdict("not_checked", "what its words deny can't be told for certain")
        if self.question:
            return self.of_question()
        impossible = self.impossible()
        return self.verdict("impossible", impossible) if impossible else self.verdict("not_checked", _NO_QUESTION)

    def response_rate(self) -> Judged | None:
        """Forms that came back, of those asked for."""
        claim, grid = self.claim, self.facts.grid
        sent_back = claim.unit in ("returns", "requests", "") and named_counts("returns")["came_back"].search(
            claim.sentence
        )
        part = part_named(claim, self.facts)
        if part is not None:
            sent_back = sent_back or (claim.unit != "cases" and pattern("sent_back").search(claim.sentence))
        if claim.kind not in ("share", "ratio", "all") or not (pattern("rates").search(claim.sentence) or sent_back):
            return None
        told = f"{grid.came_back} of the {count_of(grid.asked, 'form')} asked for came back"
        whole = Figure(grid.came_back, grid.asked, "returns", told)
        told = f"{told} ({_percent(whole)})"
        if part is None or not part.asked:
            return self.agrees_or_not(self.meets(whole), told, "rate", "returns")
        own = Figure(
            part.came_back, part.asked, "returns", f"{part.came_back} of the {part.asked} asked of {part.name}"
        )
        met = self.meets(own)
        if not met and self.meets(whole):
            return self.verdict("agrees", told, "rate", "returns")
        return self.agrees_or_not(met, f"{own.what} ({_percent(own)}); in all {told}", "rate", part.name)

    def impossible(self) -> str:
        """Why no number of cases, or of returns, can be this share; empty when one can."""
        claim = self.claim
        total = (
            len(self.facts.cases) if claim.unit == "cases" else self.facts.grid.read if claim.unit == "returns" else 0
        )
        noun = count_of(total, _UNITS.get(claim.unit, ""))
        if claim.kind == "ratio" and claim.of is not None and total and claim.of > total:
            return f"there are only {noun} in this audit"
        if claim.unit == "cases":
            return no_share_of(claim, total)
        if claim.kind != "share" or claim.hedge or not total:
            return ""
        if any(rounds_to(Fraction(100 * k, base), claim) for base in range(1, total + 1) for k in range(base + 1)):
            return ""
        return f"no number of {noun} is {shown(claim)}"

    def of_question(self) -> Judged:
        """The share of an answer to a question."""
        claim, facts, result = self.claim, self.facts, self.facts.questions[self.question]
        plain = "yes" if "yes" in result.answers else result.answers[0]
        wanted = _wanted(claim, plain, result.answers)
        by_return = [(figure, answers) for answers in wanted for figure in facts.shares(self.question, answers)]
        told_of = self.says_what_it_is_of()
        if told_of:
            by_return = [one for one in by_return if one[0].rule == claim.rule] or by_return
        by_return.sort(key=lambda one: _fits(claim, one[0]), reverse=True)
        part = part_named(claim, facts)
        if part is not None and part.sure:
            return self.of_part(part, wanted)
        by_case = self.by_case(wanted) if (part is None or claim.unit == "cases") and not told_of else []
        about = ("share", self.question, "+".join(wanted[0]), claim.rule)
        returns, answers = next((one for one in by_return if self.meets(one[0])), (None, wanted[0]))
        told = self.in_words(answers)
        met = [figure for figure in by_case if self.meets(figure)]
        vague = claim.kind in ("majority", "all") or claim.hedge in OPEN_ENDED
        cases = met[0] if met and (not vague or len(met) == len(by_case)) else None
        in_cases = f"in {cases.numerator} of {count_of(cases.denominator, 'case')} {cases.what}" if cases else ""
        if claim.unit == "cases" and cases:
            return self.verdict("agrees", f"{self.question}: {in_cases}", *about)
        if claim.each and by_case:
            return self.verdict("contradicts", f"{self.question}: {self.case_words(by_case)}", *about)
        if claim.unit in ("cases", "agencies") and returns and claim.kind != "all":
            cannot = self.impossible()
            said = "".join(f"; {each}" for each in [cannot or self.case_words(by_case)] if each)
            return self.verdict("unit_wrong", f"this is a share of returns, not of {claim.unit}: {told}{said}", *about)
        if returns and (part is None or self.own_figure(part, wanted)[1]):
            return self.verdict("agrees", told, *about)
        if cases:
            return self.verdict(
                "unit_wrong" if claim.unit == "returns" else "agrees", f"{self.question}: {in_cases}", *about
            )
        other = self.other_answer(wanted)
        if other:
            return self.verdict("not_checked", f"look whether the sentence says what was meant: {other}")
        if part is not None:
            own, own_met = self.own_figure(part, wanted)
            if own_met:
                return self.verdict("agrees", f"{self.question}: {own.what} said so")
            return self.verdict(
                "not_checked", f"look what it is a share of: {self.question}: {own.what} said so; in all {told}"
            )
        cannot = self.impossible()
        return self.verdict(
            "contradicts",
            "; ".join(filter(None, (told, self.case_words(by_case) if claim.unit == "cases" else "", cannot))),
            *about,
        )

    def by_case(self, wanted: Sequence[tuple[str, ...]]) -> list[Figure]:
        """The cases in which somebody, or everybody, gave the answer; of one that denies also those in which nobody gave the other."""
        figures = list(self.facts.shares_by_case(self.question, wanted[0]))
        if len(wanted) > 1:
            figures += [each for each in self.facts.shares_by_case(self.question, wanted[-1]) if each.rule == "every"]
        return [each for each in figures if self.claim.each in ("", each.rule)]

    def of_part(self, part: Part, wanted: Sequence[tuple[str, ...]]) -> Judged:
        """The share of the returns of one agency, or about one case: wrong only where the claim counts as many returns."""
        own, met = self.own_figure(part, wanted)
        bases = {part.share(self.question, wanted[0], rule).denominator for rule in RULES}
        said = f"{self.question}: {own.what} said so"
        if met:
            return self.verdict("agrees", said)
        if self.claim.kind == "ratio" and self.claim.of in bases:
            return self.verdict("contradicts", said)
        return self.verdict("not_checked", f"look what it is a share of: {said}")

    def own_figure(self, part: Part, wanted: Sequence[tuple[str, ...]]) -> tuple[Figure, bool]:
        """The share of the returns of a part, and whether the claim is met by it."""
        figures = [part.share(self.question, answers, rule) for rule in RULES for answers in wanted]
        own = next((figure for figure in figures if self.meets(figure)), None)
        return own or figures[0], own is not None

    def says_what_it_is_of(self) -> bool:
        """Whether the sentence says before the figure which returns it is a share of: "Of those to which it applied, 74% ..."."""
        before = self.claim.sentence[: max(self.claim.start - self.claim.sentence_start, 0)]
        return bool(self.claim.rule) and pattern(self.claim.rule).search(before) is not None

    def other_answer(self, wanted: Sequence[tuple[str, ...]]) -> str:
        """Another answer to the same question that has this share."""
        if self.claim.answer or self.claim.kind in ("all", "majority") or self.claim.hedge:
            return ""
        result = self.facts.questions[self.question]
        for answer in result.answers:
            if (answer,) not in wanted and any(
                self.meets(figure) for figure in self.facts.shares(self.question, (answer,))
            ):
                return self.in_words((answer,))
        return ""

    def case_words(self, figures: Sequence[Figure]) -> str:
        """The same question by case, in words."""
        if not figures:
            return ""
        some, *others = figures[: 1 if self.claim.each else 2]
        told = f"in {some.numerator} of {count_of(some.denominator, 'case')} {some.what}"
        return told + "".join(f", in {every.numerator} {every.what}" for every in others)

    def in_words(self, answers: tuple[str, ...]) -> str:
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
                f"{figure.numerator} of the {figure.denominator} {noun} {whom} said {label} ({_percent(figure)})"
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


def _fits(claim: Claim, figure: Figure) -> bool:
    return not claim.rule or claim.rule == figure.rule


def _percent(figure: Figure) -> str:
    return (
        "nothing"
        if figure.percent is None
        else f"{float(figure.percent):.0f}%"
        if figure.percent.denominator == 1
        else f"{float(figure.percent):.1f}%"
    )
