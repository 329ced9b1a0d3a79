"""A claim held against what the tables say: it agrees, contradicts, counts the wrong things, can't be, or can't be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit_lib.claims.against import Judged, named_counts, no_share_of
from audit_lib.claims.audits import Audits
from audit_lib.claims.counts import Counts
from audit_lib.claims.facts import Facts
from audit_lib.claims.figures import MONTHS
from audit_lib.claims.finding import Claim
from audit_lib.claims.outside import why_outside
from audit_lib.claims.parts import unknown_case
from audit_lib.claims.shares import Shares
from audit_lib.claims.subjects import stems
from audit_lib.claims.words import unit_words, words

_FEW_WORDS = 3


def judge(claims: Sequence[Claim], facts: Facts | None, others: Sequence[Facts] = ()) -> list[Judged]:
    """A verdict for each claim, in their order; a claim without a figure that turns out to be about nothing is left out.

    ``facts`` is None where the audit is not known; ``others`` are the facts of other audits of its theme.
    """
    judged: list[Judged] = []
    question, at = "", None
    stated = _stated_cases(claims)
    audits = Audits(claims, facts, others)
    for number, claim in enumerate(claims):
        if claim.passage is not at:
            question, at = "", claim.passage
        if outside := why_outside(claim):
            judged.append(Judged(claim, "not_checked", outside))
            continue
        chosen, elsewhere = audits.of(number)
        if chosen is None and facts is None and (cannot := no_share_of(claim, stated)):
            judged.append(Judged(claim, "impossible", f"{cannot}, the number of cases that this text gives"))
        elif chosen is None and claim.kind not in ("all", "majority"):
            judged.append(Judged(claim, "not_checked", elsewhere, _unknown_about(claim)))
        if chosen is None:
            continue
        alone = not any(_beside(claim, other) for other in claims)
        found = _question(claim, chosen, alone)
        question = found or (question if claim.answer else "")
        one = _judged(claim, chosen, question)
        if one is not None:
            judged.append(one if chosen is facts or claim.kind == "date" else _elsewhere(one, chosen))
    return judged


def _elsewhere(one: Judged, facts: Facts) -> Judged:
    return replace(one, says=f"in {facts.tables.audit}, {one.says}")


def _beside(one: Claim, other: Claim) -> bool:
    """Whether another figure stands in the same sentence."""
    same = one.passage is other.passage and one.sentence_start == other.sentence_start
    return same and one is not other and other.kind not in ("date", "case_grade")


def _question(claim: Claim, facts: Facts, alone: bool) -> str:
    """The question that a claim is about. By the whole sentence where its own part of it says next to nothing, and nothing at all where
    other figures stand there.
    """
    if claim.kind not in ("share", "ratio", "majority", "all", "count"):
        return ""
    own = set(stems(claim.subject))
    if not alone:
        own -= stems(" ".join((*words()["contrasts"], *MONTHS, *unit_words())))
        own = {stem for stem in own if not stem.isdigit()}
    little = len(own) < _FEW_WORDS if alone else not own
    return facts.subjects.of(claim.sentence if little and not claim.answer else claim.subject)


def _stated_cases(claims: Sequence[Claim]) -> int:
    """How many cases a text says were audited; 0 where it does not say, or says different things."""
    said = named_counts("cases")["cases"]
    numbers = {
        int(one.value) for one in claims if one.kind == "count" and one.unit == "cases" and said.search(one.sentence)
    }
    return numbers.pop() if len(numbers) == 1 else 0


def _unknown_about(claim: Claim) -> tuple[str, ...]:
    return ("date", claim.month) if claim.kind == "date" else ()


def _judged(claim: Claim, facts: Facts, question: str) -> Judged | None:
    if claim.counts:
        number, of = claim.counts
        return Judged(
            claim, "inconsistent", f"{number} of {of}, which stands beside it, is {float(100 * number / of):.1f}%"
        )
    counts = Counts(claim, facts, question)
    if claim.kind == "date":
        return counts.date()
    if claim.kind == "case_grade":
        return counts.case_grade()
    if claim.kind in ("score", "range"):
        return counts.score()
    if stranger := unknown_case(claim, facts):
        vague = claim.kind in ("all", "majority")
        return None if vague else Judged(claim, "not_checked", f"this audit has no case {stranger}")
    return counts.count() if claim.kind == "count" else Shares(claim, facts, question).share()
