"""Shares in prose: of returns, of cases, of those with a grade, of the forms asked for."""

from __future__ import annotations

from audit_lib.claims.against import Judged, in_percent, named_counts
from audit_lib.claims.facts import Figure
from audit_lib.claims.graded import Graded
from audit_lib.claims.of_question import OfQuestion
from audit_lib.claims.parts import part_named
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
        told = f"{told} ({in_percent(whole)})"
        if part is None or not part.asked:
            if not self.meets(whole) and self.facts.agencies_named(claim.sentence):
                return self.verdict("not_checked", f"look whose forms these are: in all {told}")
            return self.agrees_or_not(self.meets(whole), told, "rate", "returns")
        own = Figure(
            part.came_back, part.asked, "returns", f"{part.came_back} of the {part.asked} asked of {part.name}"
        )
        met = self.meets(own)
        if not met and len(part.agencies) > 1 and claim.of != part.asked:
            return self.verdict("not_checked", f"look whose forms these are: {own.what}; in all {told}")
        if not met and self.meets(whole):
            return self.verdict("agrees", told, "rate", "returns")
        return self.agrees_or_not(met, f"{own.what} ({in_percent(own)}); in all {told}", "rate", part.name)
