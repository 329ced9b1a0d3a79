"""Whether the words beside a value leave it standing."""

from __future__ import annotations

import re

from audit_lib.scales import Scale
from audit_lib.text import lower_same_length, visible

_MARKS = re.compile(r"[✓✔√🗸✗✘×✕❌✅☑☒◉●→←⇒]|->|=>|<-|<=|--+>")
_QUERY = re.compile(r"\W*\?")
_PER_CENT = re.compile(r"\W*\d+\s*%")
_YES_NO = re.compile(r"(yes|no|y|n)(?:\s*$|\s*[,;/)]|\s+(?:for|with|to|on)\b)")
_FILLERS = re.compile(r"(?:but|and|although|though|however|only)\s+")


def unsettles(code: str, words: str, scale: Scale) -> bool:
    """Whether ``words`` beside the value ``code`` take its certainty.

    They do when they begin with a hedge of the scale or with a denial of that value, query it, hold a mark or an
    arrow, or name another value of the scale as a value ("Yes for mum; no for dad", "Good, moderated to RI").
    "No" before a noun is an ordinary word ("Yes - no concerns"). A remark that merely reports something does not.
    """
    text = lower_same_length(visible(words)).strip()
    if not re.search(r"\w", text):
        return bool(_MARKS.search(text) or _QUERY.match(text) or text[:1] in ("=", "+"))
    if text[:1] == "+":
        return True
    if _QUERY.match(text) or _MARKS.search(text) or _PER_CENT.match(text) or re.match(r"\s*[/\\=]\s*\w", text):
        return True
    for sentence in re.split(r"[.;\n]", text):
        begins = _FILLERS.sub("", sentence.lstrip(" ,:-()/"))
        doubts = (*scale.hedges, *scale.denials.get(code, ()))
        if code == "not_applicable":
            doubts = tuple(word for word in doubts if word != "not")  # "N/A - not looked after"
        if any(re.match(re.escape(word) + r"(?!\w)", begins) for word in doubts) or _answers_otherwise(
            code, begins, scale
        ):
            return True
    return any(_is_value_here(code, match, scale) for match in scale.words.finditer(text))


def _answers_otherwise(code: str, words: str, scale: Scale) -> bool:
    """Whether a remark begins with a yes or no of its own: alone ("Meets good - no"), or for somebody ("Yes - N for dad")."""
    match = _YES_NO.match(words)
    return match is not None and scale.spelled.get(match[1]) != code and code != "not_applicable"


def _is_value_here(code: str, match: re.Match[str], scale: Scale) -> bool:
    """Whether a spelling of another value, found within a remark, stands there as a value and not as an ordinary word."""
    spelling = re.sub(r"\s+", " ", match.group())
    if scale.spelled[spelling] == code:
        return False
    if spelling not in scale.ordinary:
        return True
    follows = match.string[match.end() :]
    noun = re.match(r"\s+([a-z]+)", follows)
    return noun is None or noun[1] in scale.weak_continues
