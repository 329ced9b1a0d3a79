"""What a comment says, as codes of a codebook, each with the words that show it.

The coder knows words and not meaning. It is the same every time, needs no network, and looks at one comment at a time, so that
a comment's codes never depend on other comments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from audit_lib.codebook.book import Code, Codebook
from audit_lib.codebook.cues import Found, Text, sentence_of

CODED = ("id", "code", "evidence", "start", "end", "reason", "certain")


@dataclass(frozen=True)
class Coding:
    """One code of one comment: ``evidence`` are the words of the comment that show it, at ``start`` to ``end``; ``reason`` is the cue
    of the codebook that they fit. Where ``certain`` is false a person has to say whether it holds.
    """

    code: str
    evidence: str
    start: int
    end: int
    reason: str
    certain: bool = True


def code_comment(column: str, text: str, book: Codebook) -> tuple[Coding, ...]:
    """The codings of one comment, in the order of the codebook; none where no cue stands in it.

    ``column`` is a column of comments (:data:`audit_lib.schema.COLUMNS`); it matters only for codes that are limited to columns.
    """
    ready = Text(text)
    found = book.cues.find(ready)
    looked_for = [code for code in book.codes if found and (not code.columns or column in code.columns)]
    by_code = {code.id: _shown(code, found, ready) for code in looked_for}
    sure = [_coding(code, cues, ready) for code, (cues, _) in by_code.items() if cues]
    if sure:
        return tuple(sure)
    most = max((len({one.cue for one in hints}) for _, hints in by_code.values()), default=0)
    return tuple(
        _coding(code, hints, ready, certain=most > 1)
        for code, (_, hints) in by_code.items()
        if most and len({one.cue for one in hints}) == most
    )


def _shown(code: Code, found: dict[str, list[Found]], text: Text) -> tuple[list[Found], list[Found]]:
    """The cues and the hints of a code that stand in a text, but in no sentence in which they are taken back."""
    taken_back = {sentence_of(text, one.start) for cue in code.unless for one in found.get(cue, ())}
    cues, hints = (
        [one for cue in listed for one in found.get(cue, ()) if sentence_of(text, one.start) not in taken_back]
        for listed in (code.cues, code.hints)
    )
    return cues, hints


def _coding(code: str, places: Sequence[Found], text: Text, *, certain: bool = True) -> Coding:
    """A coding shown by the first of ``places``, the longest of those that begin there."""
    first = min(places, key=lambda one: (one.start, -one.end))
    return Coding(code, text.written[first.start : first.end], first.start, first.end, first.cue, certain)


def code_comments(comments: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """The codings of many comments: columns :data:`CODED`, one row a coding, in the order of the comments and then of the codebook.

    ``comments`` has ``id``, ``column`` and ``text``. Codings that are not certain are among the rows.
    """
    rows = [
        (name, coding.code, coding.evidence, coding.start, coding.end, coding.reason, coding.certain)
        for name, column, text in zip(comments["id"], comments["column"], comments["text"], strict=True)
        for coding in code_comment(column, text, book)
    ]
    return pd.DataFrame(rows, columns=list(CODED))


def certain_codes(codings: Sequence[Coding]) -> tuple[str, ...]:
    """The codes that count."""
    return tuple(coding.code for coding in codings if coding.certain)
