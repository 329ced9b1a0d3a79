"""Whether a figure is of the forms that were sent back: the words for it have to be said of what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audit_lib.claims.finding import Claim
from audit_lib.claims.words import NUMBER, any_of, words

FORMS = ("returns", "requests")
_WAS = r"(?:was|were|is|are|being|(?:has|have|had)(?: \w+)? been)"
_DID = r"(?:(?:did|do|does|has|have|had) )?"
_ADVERBS = r"(?:(?:all|also|actually|eventually|finally|now|since|still|so far|either|then) )*"
_ASKED = (
    r"(?: (?:(?:that|which) )?(?:(?:we|they|it|was|were|had|have|been) )*"
    r"(?:requested|asked(?: for| to complete| to return)?|sent out|sent|circulated|issued|expected|made|required|distributed)"
    r"(?: (?:of|from|to|by) (?:the )?\w+)?)?"
)
_NOUN = r"(?: (?:tools?|forms?|templates?|returns?|submissions?|requests?|responses?|audits?)(?!\w))?"
_WHOLE = rf"\)?(?: of (?:the |all |those |these )*{NUMBER} \w+)?(?: \(\d+(?:\.\d+)?%\))?"
_ENDS = re.compile(  # it is said of all that were sent back, and not of some of them ("were returned by e-mail")
    r"\s*(?:$|[.,;:()\u2013-]|and |but |while |whereas |although |to us|to the (?:board|panel|partnership)|in (?:all|total|response)|"
    r"by (?!the (?:deadline|end|date|closing|due)|e-?mail|post|hand|telephone|phone)|from |against |giving |for (?:this|the|our) audit)"
)


@dataclass(frozen=True)
class Sent:
    """What a figure says of forms: that they are ``back`` or not. ``sure`` is whether it is said of all that are, in words that leave
    no doubt; forms that were ``filled_in`` may be some of those that came back.
    """

    back: bool
    sure: bool
    filled_in: bool


def sent_of(claim: Claim) -> Sent | None:
    """What the words around a figure say of the forms that it counts; None where they do not say of these that they were sent back:
    "12 of the 19 returns received mention it", "19 audits were returned and in 16 of 19 it was evident".
    """
    at = claim.start - claim.sentence_start
    before, after = claim.sentence[:at], claim.sentence[at + claim.end - claim.start :]
    found = _behind().match(after)
    rest = after[found.end() :] if found else ""
    if found is None:
        found = _ahead().search(before)
        rest = _what_is_counted().sub("", after, count=1)
    if found is None or claim.unit not in (*FORMS, ""):
        return None
    filled_in = found["filled"] is not None
    if filled_in and claim.unit not in FORMS:
        return None
    said = found.groupdict()
    return Sent(not (said["not"] or said.get("never")), _ENDS.match(rest) is not None, filled_in)


def is_of_all(claim: Claim) -> bool:
    """Whether a number of forms that came back is one of all that did, and not of those that "came back empty"."""
    after = claim.sentence[claim.end - claim.sentence_start :]
    found = _behind().match(after)
    if found is None and not _came_at_the_end().search(claim.quote.casefold()):
        return True
    return _ENDS.match(after[found.end() :] if found else after) is not None


@cache
def _came_at_the_end() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of([*words()['sent'], *words()['came_back']])})$")


@cache
def _what_is_counted() -> re.Pattern[str]:
    return re.compile(rf"{_NOUN}{_WHOLE}{_ASKED}")


@cache
def _behind() -> re.Pattern[str]:
    """ "37 of 42 forms requested | were returned": what was done to the forms, or what they did."""
    sent, filled, came = (any_of(words()[each]) for each in ("sent", "filled_in", "came_back"))
    done = rf"(?:{_WAS} )(?P<not>(?:not|never) (?:yet )?)?{_ADVERBS}(?:(?:been|{filled}) (?:and )?)*(?:(?:{sent})|(?P<filled>{filled}))"
    return re.compile(
        rf"{_NOUN}{_WHOLE}{_ASKED} {_ADVERBS}(?:{done}|{_DID}(?P<never>(?:not|never) )?{_ADVERBS}(?:{came}))(?!\w)"
    )


@cache
def _ahead() -> re.Pattern[str]:
    """ "agencies returned | 37 of 42 forms", "37 came back | (88%)": what was done with the forms, or what they did."""
    sent, filled, came = (any_of(words()[each]) for each in ("sent", "filled_in", "came_back"))
    verb = rf"(?:(?:{sent})|(?P<filled>{filled}))(?: and (?:{sent}))?"
    little = r"(?: (?:back|us|just|only|all|about|a total of|for|to|\())*"
    return re.compile(rf"(?<!\w)(?P<not>not (?:been )?)?(?:{verb}{little} ?\(?|(?:{came}) \()$")
