"""Figures that no return holds: of people and things that are not counted, of wider groups, from other sources, of a change."""

from __future__ import annotations

import re
from functools import cache

from audit_lib.claims.finding import Claim
from audit_lib.claims.words import any_of, pattern, words

_NOT_COUNTED = "the returns do not count what this is a share of"
_WIDER = "it is of more than the cases of this audit, or from another source"
_CHANGE = "it says by how much something changed"
_NEAR = 40  # characters before a figure in which the thing measured has to stand


def why_outside(claim: Claim) -> str:
    """Why a claim is about nothing that returns hold; empty where it may be."""
    if claim.kind not in ("share", "ratio", "count", "majority", "score"):
        return ""
    at = claim.start - claim.sentence_start
    before, after = claim.sentence[:at], claim.sentence[at + claim.end - claim.start :]
    if claim.unit == "others" or pattern("measured").search(before[-_NEAR:]):
        return _NOT_COUNTED
    if pattern("wider").search(f"{claim.subject} {claim.quote.lower()}"):
        return _WIDER
    return _CHANGE if claim.kind == "share" and _is_change(claim.quote.lower(), before, after) else ""


def _is_change(quote: str, before: str, after: str) -> bool:
    forms = _change()
    return quote.endswith(("point", "points")) or bool(forms[0].search(before) or forms[1].match(after))


@cache
def _change() -> tuple[re.Pattern[str], re.Pattern[str]]:
    changed = any_of(words()["changed"])
    near = r"(?:about|around|some|over|nearly|almost|just) "
    return (
        re.compile(rf"(?<!\w)(?:(?:{changed}) (?:of|by) (?:a |{near})*|(?:up|down) (?:by )?(?:{near})*)$"),
        re.compile(rf" (?:{changed}|more|fewer|less|higher|lower|better|worse)(?!\w)"),
    )
