"""Whether the words of a descriptor are its print: the instrument's own, or those of which it has a fingerprint.

A fingerprint is the number of letters and digits of the printed words and the beginning of a hash over them, so that an
instrument can know printed words again that are not its own to repeat.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from audit_lib.instrument import GradedThing
from audit_lib.text import clean, fold


def fingerprint(text: str) -> str:
    """The fingerprint of a text, as an instrument holds it; capitals, spaces and punctuation make no difference."""
    letters = _letters(text)
    return f"{len(letters)}-{_hash(letters)}"


def beyond_print(text: str, value: str, thing: GradedThing) -> str | None:
    """What stands in a descriptor behind its print, empty for nothing; None where it does not begin with its print."""
    letters = _letters(text)
    own = _letters(thing.descriptors.get(value, ""))
    length, _, printed = thing.prints.get(value, "0-").partition("-")
    for end, is_print in ((len(own), letters.startswith(own)), (int(length), _hash(letters[: int(length)]) == printed)):
        if end and is_print:
            return _behind(text, end)
    return None


def is_printed_form(cells: Iterable[tuple[str, str, GradedThing]]) -> bool:
    """Whether most of some descriptors (text, grade, row) begin with their print, so that one that does not was changed."""
    known = [beyond_print(text, value, thing) is not None for text, value, thing in cells]
    return 2 * sum(known) > len(known)


def _behind(text: str, letters: int) -> str:
    """The rest of a text behind so many letters and digits; without the punctuation that follows them."""
    plain, count = clean(text), 0
    for place, character in enumerate(plain):
        count += len(_letters(character))
        if count >= letters:
            return plain[place + 1 :].lstrip(" .,;:)-")
    return ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def _hash(letters: str) -> str:
    return hashlib.sha256(letters.encode()).hexdigest()[:8]
