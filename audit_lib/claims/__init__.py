"""Figures in prose: found, and held against what the returns say and against each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audit_lib.claims.against import Judged
from audit_lib.claims.consistency import consistent
from audit_lib.claims.facts import Facts
from audit_lib.claims.finding import Claim, Passage, find_claims
from audit_lib.claims.verdicts import judge
from audit_lib.store import AuditTables

__all__ = ["DIFFERS", "Claim", "Judged", "Passage", "check_claims", "in_context"]
DIFFERS = ("contradicts", "unit_wrong", "impossible", "inconsistent")
_AROUND = 90  # characters of the text told on either side of a figure


def check_claims(
    passages: Iterable[Passage], tables: AuditTables | None, others: Sequence[AuditTables] = ()
) -> list[Judged]:
    """Every claim with a figure in one text, in its order, with a verdict.

    ``tables`` are those of the audit that the text is about, None where that is not known: then claims are only held against
    each other. ``others`` are those of other audits of its theme, against which a figure is held whose year they are of.
    """
    claims = [claim for passage in passages for claim in find_claims(passage)]
    return consistent(judge(claims, Facts(tables) if tables else None, [Facts(one) for one in others]))


def in_context(claim: Claim) -> str:
    """A claim with the words around it in its sentence, cut at spaces where that is long."""
    text, first = claim.passage.text, claim.sentence_start
    last = first + len(claim.sentence) if claim.sentence else len(text)
    start, end = max(first, claim.start - _AROUND), min(last, claim.end + _AROUND)
    before, after = text[start : claim.start], text[claim.end : end]
    before = f"… {before.partition(' ')[2]}" if start > first else before
    after = f"{after.rpartition(' ')[0]} …" if end < last else after
    return f"{before}{text[claim.start : claim.end]}{after}".strip()
