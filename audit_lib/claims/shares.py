"""Shares in prose: of returns, of cases, of those with a grade, of the forms asked for."""

from __future__ import annotations

from dataclasses import replace

from audit_lib.claims.against import Judged, in_percent
from audit_lib.claims.facts import Figure
from audit_lib.claims.graded import Graded
from audit_lib.claims.of_question import OfQuestion
from audit_lib.claims.parts import part_named
from audit_lib.claims.sending import FORMS, Sent, sent_of
from audit_lib.claims.subjects import stems
from audit_lib.claims.words import pattern
from audit_lib.present.sentences import count_of

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
            return OfQuestion(claim, self.facts, self.question).judged()
        impossible = self.impossible()
        return self.verdict("impossible", impossible) if impossible else self.verdict("not_checked", _NO_QUESTION)

    def response_rate(self) -> Judged | None:
        """Forms that came back, or did not, of those asked for. A claim of forms that may be only some of those is never called wrong."""
        claim, grid = self.claim, self.facts.grid
        sent = sent_of(claim)
        if sent is None and pattern("rates").search(self._own_words()) and claim.unit in (*FORMS, ""):
            sent = Sent(back=True, sure=True, filled_in=False)
        if claim.kind not in ("share", "ratio", "all") or sent is None:
            return None
        whole = self._rate(grid.came_back, grid.asked, sent, "")
        told = whole.what
        part = part_named(claim, self.facts)
        if part is None or not part.asked:
            if not self.meets(whole) and self.facts.agencies_named(claim.sentence):
                return self.verdict("not_checked", f"look whose forms these are: in all {told}")
            return self._of_those_asked(sent, self.meets(whole), told, "returns")
        own = self._rate(part.came_back, part.asked, sent, part.name)
        met = self.meets(own)
        if not met and len(part.agencies) > 1 and claim.of != part.asked:
            return self.verdict("not_checked", f"look whose forms these are: {own.what}; in all {told}")
        if not met and self.meets(whole):
            return self.verdict("agrees", told, "rate", "returns")
        return self._of_those_asked(sent, met, f"{own.what}; in all {told}", part.name)

    def _rate(self, back: int, asked: int, sent: Sent, of: str) -> Figure:
        """The share of the forms asked for that came back, or did not; ``of`` is whom they were asked of."""
        number = back if sent.back else asked - back
        whom = f"{asked} asked of {of}" if of else f"{count_of(asked, 'form')} asked for"
        did = "" if sent.back and of else " came back" if sent.back else " did not come back"
        figure = Figure(number, asked, "returns", f"{number} of the {whom}{did}")
        return replace(figure, what=f"{figure.what} ({in_percent(figure)})")

    def _of_those_asked(self, sent: Sent, met: bool, told: str, whose: str) -> Judged:
        """The verdict on a share of the forms asked for."""
        about = "rate", whose if sent.back else f"{whose} not back"
        if met:
            return self.verdict("agrees", told, *about)
        some = sent.filled_in and self.claim.of in (self.facts.grid.read, self.facts.grid.came_back)
        if some or not sent.sure:
            return self.verdict("not_checked", f"look whether these are all that came back: {told}")
        return self.verdict("contradicts", told, *about)

    def _own_words(self) -> str:
        """The words that speak of the figure; those of its sentence where it has none of its own, as in a bracket."""
        own = f"{self.claim.quote.casefold()} {self.claim.subject}"
        return own if stems(self.claim.subject) else self.claim.sentence
