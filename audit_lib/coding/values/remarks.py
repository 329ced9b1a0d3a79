"""Whether the words beside a value leave it standing."""

from __future__ import annotations

import re
from functools import cache

from audit_lib.scales import Scale
from audit_lib.text import fold, lower_same_length, visible

_MARKS = re.compile(r"[✓✔√🗸✗✘×✕❌✅👍👎☑☒◉●→←⇒]|->|=>|<-|<=")
_QUERY = re.compile(r"\W*\?")
_PER_CENT = re.compile(r"\W*\d+\s*%")
_MINUS = re.compile(r"\s*[-–—−~]\s*")  # "Good-" and "Good -" may be less than good, or a remark that was never written
_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|half|some|most)"
_SHARE = re.compile(  # "x2", "2/4", "one out of four visits", but not "2/5/2018" and "24/7"
    rf"\W*(?:x\s*\d+|(?!24/7)\d+\s*[/:]\s*\d+(?![/\d.:-])|{_COUNT}\s+(?:out\s+)?of\s+(?:the\s+)?(?:\d|{_COUNT}\b)|some\W*$)"
)
_TAKEN_BACK = {  # what says of the whole that it was otherwise
    "yes": re.compile(
        r"(?:(?:this|it|that|we|i)\s+)?(?:(?:was|is|has|had|did|does|could|were)\s*(?:not\b|n't)|(?:wasn|isn|didn|hasn)'t)"
        r"|there\s+(?:was|were|is|are)\s+no\b"
        r"|no\s+(?:evidence|records?)(?:\s+(?:on|in|of\s+(?:this|it)|seen|found|recorded|available|provided)\b.{0,25})?\s*(?:$|[,.;])"
        r"|evidence\s+(?:is\s+|was\s+)?(?:lacking|missing|limited|weak|thin|poor)\b"
        r"|no\s+(?:\w+\s+){1,2}(?:was|were|is|are|has been|have been)\s+(?:used|done|made|seen|completed|in place|held|given|recorded)"
        r"|(?:the\s+)?child(?:ren)?\s+(?:was|were)\s+not\b"
        r"|(?:.{0,60}\W)?no\s+(?:\w+\s+)?evidence\s+of\s+(?:the\s+|any\s+)?(?:impact|outcomes?|improvements?|positive change)\b"
        r"|(?:.{0,40}\W)?not\s+(?:by\s+)?(?:us|our (?:agency|service|team))\b"
    ),
    "no": re.compile(
        r"(?:this|it|that|they|we|all)\s+(?:was|were|is|are|has been|have been|did)\s*(?:(?:all|always|fully|well)\s+)*"
        r"(?:done|completed|achieved|met|happen|in place|$|[,.;])"
    ),
}
_YES_NO = re.compile(r"(yes|no|y|n)(?:\s*$|\s*[,;/)]|\s+(?:for|with|to|on|really|actually)\b)")
_LETTER_BEHIND = re.compile(  # a letter for yes or no behind a bracket or a dash: "Y (mum) N (dad)", "N - changed - Y"
    r"(?:[)\]]\s*[,;]?\s*|;\s*|\s[-–—]\s*)(?P<letter>[yn])(?=\s*(?:[(\[,;:–—-]|for\b|$))"
)
_LEFT_TO_DO = re.compile(
    r"\W*(?:\w+\s+)?(?:actions?|tasks?|issues?|items?|from|since|until)\b"
)  # "Outstanding: 2 actions"
_RESERVATION = re.compile(
    r"\W*(?:but|although|though|however|only|except|apart from|eventually|in the end|at the end|belated\w*|late)\b"
)
_OWN_LABEL = re.compile(r"^\s*(?:answer|response|reply)\s*[:\u2013\u2014-]\s*")
_FILLERS = re.compile(r"(?:but|and|although|though|however|only)\s+")


def unsettles(code: str, words: str, scale: Scale) -> bool:
    """Whether ``words`` beside the value ``code`` take its certainty.

    They do when they begin with a hedge of the scale or with a denial of that value, query it, hold a mark or an
    arrow, or name another value of the scale as a value ("Yes for mum; no for dad", "Good, moderated to RI").
    "No" before a noun is an ordinary word ("Yes - no concerns"). A remark that merely reports something does not.
    """
    if scale.kind == "grade" and _MINUS.fullmatch(visible(words)):
        return True
    text = lower_same_length(visible(words)).strip()
    if not re.search(r"\w", text):
        return bool(_MARKS.search(text) or _QUERY.match(text) or text[:1] in ("=", "+"))
    if text[:1] == "+":
        return True
    if code == "no" and re.match(r"\W{0,2}\d", text):  # "No. 3" is a number
        return True
    if code == "outstanding" and _LEFT_TO_DO.match(text):
        return True
    if (
        _QUERY.match(text)
        or _MARKS.search(text)
        or _PER_CENT.match(text)
        or _SHARE.match(text)
        or re.match(r"\s*[/\\=]\s*\w", text)
    ):
        return True
    words_of_doubt = (*scale.hedges, *scale.denials.get(code, ()))
    if code == "not_applicable":
        words_of_doubt = tuple(word for word in words_of_doubt if word != "not")  # "N/A - not looked after"
    doubts = _beginning(words_of_doubt)
    for sentence in re.split(r"[.;\n]", text):
        begins = _FILLERS.sub("", sentence.lstrip(" ,:-()/"))
        denied = code in _TAKEN_BACK and _TAKEN_BACK[code].match(begins)
        if denied or doubts.match(begins) or _answers_otherwise(code, begins, scale):
            return True
    letters = {scale.spelled.get(match["letter"], code) for match in _LETTER_BEHIND.finditer(text)}
    return bool(letters - {code}) or any(_is_value_here(code, match, scale) for match in scale.words.finditer(text))


def reserves(words: str) -> bool:
    """Whether words beside a value begin with a reservation, so that a person should look whether the value was meant: "Yes, but late"."""
    return _RESERVATION.match(lower_same_length(visible(words))) is not None


def begins_with_answer(words: str, scale: Scale) -> bool:
    """Whether words that stand beside the place for an answer begin with one: "Yes, by e-mail", "Answer: no". A "no" that is all
    there is may be said of other things, as is "No. of visits: 3"; grades begin ordinary sentences.
    """
    if scale.kind != "answer":
        return False
    labels = [re.escape(lower_same_length(scale.label(code))) for code in scale.order]
    stop, worst = r"\s*(?:[,;:–—-]|\.(?!\s*(?:of\b|\d)))\s*", labels[-1 if scale.best == "first" else 0]
    named = rf"(?:answer|response|reply)\s*[:–—-]\s*(?:{'|'.join(labels)})(?!\w)"
    said = rf"(?:{'|'.join(labels)})(?:{stop}\w|\W*$)"
    text = lower_same_length(visible(words)).strip()
    return re.match(rf"{named}|(?!{worst}\W*$){said}", text) is not None


def answer_behind(words: str, scale: Scale) -> bool:
    """Whether an answer stands behind the words of a question: alone behind its last stop ("... in time? NO", "... lived experience. Yes"),
    or at the head of what follows its question mark or its bracket ("... in time? (If so, when?) Yes, in May").
    """
    text = fold(words)
    heads = [text.rpartition("?")[2].lstrip(" )"), text.rpartition(")")[2]]
    alone = [*heads, re.split(r"[.:] ", text)[-1] if re.search(r"[.:] ", text) else ""]
    spelled = any(scale.spelled.get(piece.strip(" .:()-")) for piece in alone)
    return spelled or any(begins_with_answer(_OWN_LABEL.sub("", piece), scale) for piece in heads)


@cache
def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    """Matches a text that begins with one of these words."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, words)) or '(?!)'})(?!\w)")


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
    noun = re.match(r"\s+([a-z]{2,})", follows)
    return noun is None or noun[1] in scale.weak_continues
