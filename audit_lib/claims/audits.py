"""Against which audit a claim is held: the one that the text is about, or another of its theme that the words beside it name."""

from __future__ import annotations

from collections.abc import Sequence

from audit_lib.claims.facts import Facts
from audit_lib.claims.finding import Claim
from audit_lib.claims.times import BEFORE, NOW, years_in

_NOT_AT_HAND = "it is of an earlier audit, whose returns are not at hand"
_UNSURE = "of which audit this is can't be told for certain"


class Audits:
    """The audit that a text is about (None where that is not known) and others of its theme, for the claims of that text."""

    def __init__(self, claims: Sequence[Claim], facts: Facts | None, others: Sequence[Facts]) -> None:
        self._claims, self._facts, self._others = claims, facts, others

    def of(self, at: int) -> tuple[Facts | None, str]:
        """The audit that one claim is about; or None and why it can't be held against anything."""
        claim, facts = self._claims[at], self._facts
        if facts is None:
            return None, "it is not known for certain which audit this text is about"
        if claim.kind == "date":
            return self._of_year(claim.month[:4]) or facts, ""
        if claim.when == NOW:
            return facts, ""
        if claim.when == BEFORE or claim.when == f"{BEFORE} {NOW}" or claim.when == f"{BEFORE} {_year(facts)}":
            before = self._before(facts)
            return before, "" if before else _NOT_AT_HAND
        if claim.when.isdigit():
            found = self._of_year(claim.when)
            return found, "" if found else f"it is of {claim.when}, and no audit of that year is at hand"
        return (None, _UNSURE) if claim.when else self._by_place(at, facts)

    def _by_place(self, at: int, facts: Facts) -> tuple[Facts | None, str]:
        """The audit that the column, the headings, or else the sentence before speak of."""
        passage = self._claims[at].passage
        for where in (passage.column, *reversed(passage.headings)):
            years = years_in(where.casefold()) if "audit" in where.casefold() else set()
            if years:
                found = facts if _year(facts) in years else next(filter(None, map(self._of_year, sorted(years))), None)
                told = ", ".join(sorted(years))
                return found, "" if found else f"it stands under a heading that speaks of {told}, not of this audit"
        elsewhere = {one.when for one in self._sentence_before(at)}
        if elsewhere and elsewhere.isdisjoint({"", NOW, _year(facts)}):
            return None, _UNSURE
        return facts, ""

    def _sentence_before(self, at: int) -> list[Claim]:
        """The claims of the nearest sentence with figures before that of a claim, in its passage."""
        claim = self._claims[at]
        before = [
            one
            for one in self._claims[:at]
            if one.passage is claim.passage and one.kind != "date" and one.sentence_start < claim.sentence_start
        ]
        return [one for one in before if one.sentence_start == before[-1].sentence_start]

    def _of_year(self, year: str) -> Facts | None:
        """This audit where it is of that year, else the only other one that is."""
        found = [one for one in (self._facts, *self._others) if one is not None and _year(one) == year]
        return found[0] if found and (found[0] is self._facts or len(found) == 1) else None

    def _before(self, facts: Facts) -> Facts | None:
        """The audit that this one follows."""
        return next((one for one in self._others if one.tables.audit == facts.about["follows"]), None)


def _year(facts: Facts) -> str:
    return facts.about["date"][:4]
