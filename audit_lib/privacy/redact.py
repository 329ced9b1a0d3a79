"""The first layer of protection: details that can be known for certain are replaced by a bracketed word.

Known for certain are names that stand in the form's own header or in its file name, numbers with a checksum, and patterns
(e-mail, telephone, postcode, date of birth). Names that stand only in the narrative are not found by this layer. Further
layers join here: one function from text and context to text and replacements.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from audit_lib.privacy.names import (
    is_date,
    lookup,
    name_key,
    names_after_titles,
    names_in,
    names_in_path,
    names_pattern,
)
from audit_lib.privacy.patterns import PATTERNS

__all__ = ["Context", "names_after_titles", "names_in", "names_in_path", "redact"]
_NEAR = 50  # texts to keep that may begin before a detail and reach over it
_REPLACED = re.compile(r"(\[(?:child|worker|name|removed|e-mail|date of birth|NHS number|telephone|postcode)\])")


@dataclass(frozen=True)
class Context:
    """What is known of one form: ``names`` (a name -> the bracketed word that replaces it), and a person's rulings:
    texts to ``keep`` as they are (lower case) and texts to ``replace``.
    """

    names: Mapping[str, str]
    keep: frozenset[str] = frozenset()
    replace: tuple[str, ...] = ()


def redact(text: str, context: Context) -> tuple[str, tuple[str, ...]]:
    """``text`` with identifying details replaced, and the bracketed words that were put in, in order of finding.

    Bracketed words that stand there already are left alone, so that applying it to its own result changes nothing.
    """
    found: list[str] = []
    while True:
        pieces = _REPLACED.split(text)
        pieces[::2] = [_redact_piece(piece, context, found) for piece in pieces[::2]]
        if "".join(pieces) == text:
            return text, tuple(found)
        text = "".join(pieces)


def _redact_piece(text: str, context: Context, found: list[str]) -> str:
    """One pass over a text without bracketed words. E-mail addresses come first, since they are made of names."""
    emails, *others = PATTERNS
    text = _replaced(text, emails.find, emails.word_for, context, found)
    for detail in context.replace:
        pattern = re.compile(rf"(?<!\w){re.escape(detail)}(?!\w)", re.IGNORECASE)
        text = _replaced(text, pattern, lambda _: "[removed]", context, found)
    if context.names:
        words = lookup(context.names.items())
        pattern = names_pattern(frozenset(context.names))
        text = _replaced(
            text, pattern, lambda m: "" if is_date(m) else words.get(name_key(m.group()), "[removed]"), context, found
        )
    for kind in others:
        text = _replaced(text, kind.find, kind.word_for, context, found)
    return text


def _replaced(
    text: str,
    pattern: re.Pattern[str],
    word_for: Callable[[re.Match[str]], str],
    context: Context,
    found: list[str],
) -> str:
    """``text`` with what ``pattern`` finds replaced by ``word_for`` it, which is empty where it is to stay."""
    spans = (match.span() for keep in context.keep for match in re.finditer(re.escape(keep), text, re.IGNORECASE))
    kept = sorted(spans, key=lambda span: (span[0], -span[1]))
    brackets = [match.span() for match in _REPLACED.finditer(text)]

    def put(match: re.Match[str]) -> str:
        lead = match.groupdict().get("lead") or ""
        start, end = match.start() + len(lead), match.end()
        around = bisect_right(kept, start, key=lambda span: span[0])
        inside = any(end <= e for _, e in kept[max(around - _NEAR, 0) : around])
        met = bisect_right(brackets, start, key=lambda span: span[1])
        if inside or (met < len(brackets) and brackets[met][0] < end):
            return match.group()
        word = word_for(match)
        if not word:
            return match.group()
        found.append(word)
        return lead + word

    return pattern.sub(put, text)
