"""What a comment says, as codes of a codebook, each with the words that show it.

The coder knows words and not meaning. It is the same every time, needs no network, and looks at one comment at a time, so that
a comment's codes never depend on other comments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit_lib.codebook.book import Code, Codebook
from audit_lib.codebook.cues import Found, Text, sentence_of
from audit_lib.codebook.words import WordWeights, own_words

CERTAIN, UNSURE = -40, -140  # hundredths of log-odds: about four in ten, and two in ten
LEARNT = "words learnt from coded comments"


@dataclass(frozen=True)
class Coding:
    """One code of one comment: ``evidence`` are the words of the comment that show it, at ``start`` to ``end``; ``reason`` is the cue
    of the codebook that they fit, or :data:`LEARNT`. Where ``certain`` is false a person has to say whether it holds.
    """

    code: str
    evidence: str
    start: int
    end: int
    reason: str
    certain: bool = True


def code_comment(column: str, text: str, book: Codebook) -> tuple[Coding, ...]:
    """The codings of one comment, in the order of the codebook; none where nothing in it speaks for a code.

    ``column`` is a column of comments (:data:`audit_lib.schema.COLUMNS`); it matters only for codes that are limited to columns. Where the
    codebook has no weights of words, its cues alone decide.
    """
    ready = Text(text)
    found = by_cues(column, ready, book)
    return weighed(found, column, ready, book, book.word_weights) if book.word_weights else found


def by_cues(column: str, text: Text, book: Codebook) -> tuple[Coding, ...]:
    """What the cues of the codebook alone say."""
    found = book.cues.find(text)
    looked_for = [code for code in book.codes if found and _in_column(code, column)]
    by_code = {code.id: _shown(code, found, text) for code in looked_for}
    sure = [_coding(code, cues, text) for code, (cues, _) in by_code.items() if cues]
    if sure:
        return tuple(sure)
    most = max((len({one.cue for one in hints}) for _, hints in by_code.values()), default=0)
    return tuple(
        _coding(code, hints, text, certain=most > 1)
        for code, (_, hints) in by_code.items()
        if most and len({one.cue for one in hints}) == most
    )


def weighed(
    found: Sequence[Coding], column: str, text: Text, book: Codebook, weights: WordWeights
) -> tuple[Coding, ...]:
    """What the cues found, weighed together with the words of the comment.

    A code is certain from :data:`CERTAIN` on; where none is, those from :data:`UNSURE` on are unsure. Codes for which there are no
    weights stay as the cues say.
    """
    if not own_words(text):
        return tuple(found)
    by_code = {coding.code: coding for coding in found}
    cued, hinted = ({coding.code for coding in found if coding.certain is sure} for sure in (True, False))
    scores = weights.scores(text, cued, hinted)
    made = []
    for code in book.codes:
        shown = by_code.get(code.id)
        score = scores.get(code.id)
        if score is None:
            made += [shown] if shown else []
        elif score >= UNSURE and _in_column(code, column):
            coding = shown or _told_by_words(code.id, text, weights)
            made.append(replace(coding, certain=score >= CERTAIN))
    return tuple(coding for coding in made if coding.certain) or tuple(made)


def _in_column(code: Code, column: str) -> bool:
    return not code.columns or column in code.columns


def _told_by_words(code: str, text: Text, weights: WordWeights) -> Coding:
    start, end = weights.most_telling(text, code)
    return Coding(code, text.written[start:end], start, end, LEARNT)


def _shown(code: Code, found: dict[str, list[Found]], text: Text) -> tuple[list[Found], list[Found]]:
    """The cues and the hints of a code that stand in a text, but in no sentence in which they are taken back."""
    cues, hints, unless = (
        [one for cue in listed if cue in found for one in found[cue]] for listed in (code.cues, code.hints, code.unless)
    )
    taken_back = {sentence_of(text, one.start) for one in unless}
    if taken_back:
        cues, hints = (
            [one for one in listed if sentence_of(text, one.start) not in taken_back] for listed in (cues, hints)
        )
    return cues, hints


def _coding(code: str, places: Sequence[Found], text: Text, *, certain: bool = True) -> Coding:
    """A coding shown by the first of ``places``, the longest of those that begin there."""
    first = min(places, key=lambda one: (one.start, -one.end))
    return Coding(code, text.written[first.start : first.end], first.start, first.end, first.cue, certain)


def certain_codes(codings: Sequence[Coding]) -> tuple[str, ...]:
    """The codes that count."""
    return tuple(coding.code for coding in codings if coding.certain)
