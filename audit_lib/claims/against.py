"""What every claim is held against, and how near is near enough."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from audit_lib.claims.facts import Facts, Figure
from audit_lib.claims.finding import Claim
from audit_lib.claims.words import any_of, pattern, words
from audit_lib.present.sentences import count_of

_ABOUT, _NEARLY = 3, 5  # per cent points that "about" and "nearly" may be off
OPEN_ENDED = ("more", "least", "less", "most")  # met by so much that every way of counting has to meet it


@dataclass(frozen=True)
class Judged:
    """A claim and what the data say to it. ``verdict`` is one of :data:`audit_lib.schema.VERDICTS`, ``says`` the reason in plain words,
    ``about`` names what was measured (empty when that is not known), so that two claims about the same can be compared.
    """

    claim: Claim
    verdict: str
    says: str
    about: tuple[str, ...] = ()


class Against:
    """One claim and the facts of one audit; ``question`` is the question it is about, empty for none."""

    def __init__(self, claim: Claim, facts: Facts, question: str) -> None:
        self.claim, self.facts, self.question = claim, facts, question

    def verdict(self, verdict: str, says: str, *about: str) -> Judged:
        """A verdict on the claim; ``about`` goes with the audit that it is about."""
        return Judged(self.claim, verdict, says, (self.facts.tables.audit, *about) if about else ())

    def agrees_or_not(self, agrees: bool, says: str, *about: str) -> Judged:
        """``agrees`` or ``contradicts``."""
        return self.verdict("agrees" if agrees else "contradicts", says, *about)

    def equals(self, number: int) -> bool:
        """Whether the claim, hedged as it is, is met by ``number``."""
        return near(Fraction(number), self.claim, Fraction(max(number, 10), 10))

    def meets(self, figure: Figure) -> bool:
        """Whether the claim, as it is hedged and rounded, is met by a figure of the data."""
        claim = self.claim
        if figure.percent is None:
            return False
        if claim.kind == "ratio":
            of = Fraction(figure.denominator)
            return claim.of == of and near(
                figure.percent, replace(claim, value=100 * claim.value / of), Fraction(_ABOUT)
            )
        if claim.kind == "majority":
            return figure.percent < 50 if claim.hedge == "less" else figure.percent > 50
        if claim.kind == "all":
            return figure.percent == claim.value
        return near(figure.percent, claim, Fraction(_ABOUT))

    def impossible(self) -> str:
        """Why no number of cases, or of returns, can be this; empty when one can, or when it may be of other ones."""
        claim, grid = self.claim, self.facts.grid
        if claim.unit == "cases":
            return self._no_cases()
        if claim.unit != "returns":
            return ""
        total = max(grid.asked, grid.came_back, grid.read)
        if claim.kind == "ratio" and claim.of is not None and claim.of > total:
            measures = named_counts("returns")
            certain = any(measures[name].match(claim.after.strip()) for name in ("read", "asked"))
            return f"there are only {count_of(total, 'form asked for')} in this audit" if certain else ""
        if claim.kind != "share" or claim.hedge or not total:
            return ""
        if any(rounds_to(Fraction(100 * k, base), claim) for base in range(1, total + 1) for k in range(base + 1)):
            return ""
        return f"no number of {count_of(total, 'return')} is {shown(claim)}"

    def _no_cases(self) -> str:
        """The same for cases. "Eight of the ten cases that the team holds" are not those of the audit."""
        claim, total = self.claim, len(self.facts.cases)
        audited = named_counts("cases")["cases"].search(claim.after)
        if pattern("of_some").match(claim.after.strip()) and not audited:
            return ""
        if claim.kind == "ratio" and claim.of is not None and total and claim.of > total:
            of_people = re.search(r"(?:children|people|families)$", claim.quote.casefold())
            return "" if of_people else f"there are only {count_of(total, 'case')} in this audit"
        return no_share_of(claim, total)


def named_counts(unit: str) -> dict[str, re.Pattern[str]]:
    """What a bare count of things may be a count of: measure -> the words that say so."""
    measures = words()["counted"].get(unit, {})
    return {name: re.compile(rf"(?<!\w)(?:{any_of(phrases)})(?!\w)") for name, phrases in measures.items()}


def no_share_of(claim: Claim, cases: int) -> str:
    """Why no number of so many cases is this share of cases; empty when one is."""
    if claim.kind != "share" or claim.unit != "cases" or claim.hedge or not cases:
        return ""
    if any(rounds_to(Fraction(100 * k, cases), claim) for k in range(cases + 1)):
        return ""
    return f"no number of {count_of(cases, 'case')} is {shown(claim)}"


def near(actual: Fraction, claim: Claim, about: Fraction) -> bool:
    """Whether a claim, hedged as it is, is met by ``actual``; ``about`` is how far "about" may be off."""
    value = claim.value
    if claim.hedge == "about":
        return abs(actual - value) <= about
    if claim.hedge == "under":
        return value - _NEARLY <= actual <= value
    if claim.hedge == "over":
        return value < actual <= value + _NEARLY
    if claim.hedge:
        return {"more": actual > value, "least": actual >= value, "less": actual < value, "most": actual <= value}[
            claim.hedge
        ]
    return rounds_to(actual, claim)


def interval_of(claim: Claim) -> tuple[Fraction, Fraction]:
    """The lowest and highest value that a claim may mean."""
    value, half = claim.value, Fraction(1, 2 * 10**claim.decimals) if claim.kind == "share" else Fraction()
    below = {"about": Fraction(_ABOUT), "under": Fraction(_NEARLY), "less": value, "most": value}.get(claim.hedge, half)
    above = {"about": Fraction(_ABOUT), "over": Fraction(_NEARLY), "more": Fraction(100), "least": Fraction(100)}.get(
        claim.hedge, half
    )
    return value - below, value + above


def rounds_to(actual: Fraction, claim: Claim) -> bool:
    """Whether ``actual`` is printed so: either way of rounding a half will do."""
    return abs(actual - claim.value) <= Fraction(1, 2 * 10**claim.decimals)


def shown(claim: Claim) -> str:
    """The percentage of a claim."""
    return f"{float(claim.value):g}%"


def in_percent(figure: Figure) -> str:
    """The percentage of a figure: ``59%``, ``58.8%``; "nothing" where there is nothing to take a share of."""
    return (
        "nothing"
        if figure.percent is None
        else f"{float(figure.percent):.0f}%"
        if figure.percent.denominator == 1
        else f"{float(figure.percent):.1f}%"
    )
