"""Welsh in a form: "Na" is Welsh for no, and in English "na" is how many write "not applicable"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit_lib.coding.matched import MatchedForm
from audit_lib.coding.values.choices import Choice
from audit_lib.text import fold

_WORDS = re.compile(r"\b(?:oes|oedd|ydy|ydi|ydyw|naddo|nac|nage)\b")
_ALONE = re.compile(r"\W*(?:do|ie)\W*")  # yes in Welsh; "do" is an ordinary word of English elsewhere
_NA = re.compile(r"\W*na\b")


def holds_welsh(matched: MatchedForm) -> bool:
    """Whether somebody answered in Welsh, or the form or its comments hold a Welsh word for yes or no."""
    answers = [fold(found.answer.text) for found in matched.questions.values()]
    lines = (line for answer in answers for line in re.split(r"\n|\s[-–—]\s", answer))
    return any(map(_ALONE.fullmatch, lines)) or any(_WORDS.search(fold(text)) for text in _texts(matched))


def _texts(matched: MatchedForm) -> Iterable[str]:
    for found in matched.questions.values():
        yield from (found.wording, found.answer.text, found.answer.locator)
    for places in (matched.unplaced, matched.guidance, matched.before, matched.margins, *matched.comments.values()):
        yield from (place.text for place in places)
    yield from (place.text for place in (*matched.header.values(), *matched.grades.values()))


def may_be_no(choice: Choice) -> bool:
    """Whether an answer that was taken for "not applicable" is written as the Welsh for no is."""
    return choice.code == "not_applicable" and _NA.match(choice.as_written.casefold()) is not None
