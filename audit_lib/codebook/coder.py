"""What a comment says, as codes of a codebook, each with the words that show it.

The coder knows words and their order, and not meaning. It is the same every time, needs no network, and looks at one comment at a
time, so that a comment's codes never depend on other comments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from audit_lib.codebook.book import Code, Codebook
from audit_lib.codebook.cues import Cues, Found, Text, sentence_of
from audit_lib.codebook.net import Net, Seen
from audit_lib.codebook.words import WordWeights, most_telling, own_words

CERTAIN, UNSURE = -80, -150  # hundredths of log-odds: about three in ten, and two in ten
OF_NET = 0.5  # of a score; the rest is that of the words
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
    if not book.word_weights or not book.net:
        return found
    return weighed(found, column, ready, book, book.word_weights, book.net)


def by_cues(column: str, text: Text, book: Codebook) -> tuple[Coding, ...]:
    """What the cues of the codebook alone say."""
    found = _found(book.cues, text)
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
    found: Sequence[Coding], column: str, text: Text, book: Codebook, weights: WordWeights, net: Net
) -> tuple[Coding, ...]:
    """What the cues found, weighed together with the words of the comment and what the net makes of their order.

    A code is certain from :data:`CERTAIN` on; where none is, those from :data:`UNSURE` on are unsure. Codes about which nothing was learnt
    stay as the cues say. A code that the codebook takes back ("supervision order" is no supervision), and that no cue shows, needs to be
    told by the words without the net too.
    """
    if not own_words(text):
        return tuple(found)
    by_code = {coding.code: coding for coding in found}
    cued, hinted = ({coding.code for coding in found if coding.certain is sure} for sure in (True, False))
    seen = net.look(text)
    of_words = weights.scores(text, cued, hinted)
    scores = together(of_words, net.scores(seen, cued, hinted))
    taken_back = _taken_back([code for code in book.codes if scores.get(code.id, UNSURE - 1) >= UNSURE], text, book)
    scores |= {code: min(scores[code], of_words[code]) for code in taken_back - set(by_code)}
    made = []
    for code in book.codes:
        shown, score = by_code.get(code.id), scores.get(code.id)
        if score is None:
            made += [shown] if shown else []
        elif score >= UNSURE and _in_column(code, column):
            made.append(replace(shown or Coding(code.id, "", 0, 0, LEARNT), certain=score >= CERTAIN))
    kept = [coding for coding in made if coding.certain] or made
    return tuple(one if one.evidence else _shown_by_words(one, text, weights, net, seen) for one in kept)


@lru_cache(1)
def _found(cues: Cues, text: Text) -> dict[str, list[Found]]:
    return cues.find(text)


def _taken_back(codes: Sequence[Code], text: Text, book: Codebook) -> set[str]:
    """Those of the codes that words of the text take back somewhere."""
    found = _found(book.cues, text)
    return {code.id for code in codes if any(cue in found for cue in code.unless)}


def together(by_words: Mapping[str, float], by_net: Mapping[str, float]) -> dict[str, float]:
    """The score of a comment for each code of which both the words and the net say something."""
    return {code: _mean(score, by_net[code]) for code, score in by_words.items() if code in by_net}


def _mean(of_words: float, of_net: float) -> float:
    return (1 - OF_NET) * of_words + OF_NET * of_net


def _in_column(code: Code, column: str) -> bool:
    return not code.columns or column in code.columns


def _shown_by_words(coding: Coding, text: Text, weights: WordWeights, net: Net, seen: Seen) -> Coding:
    """A coding with the words that speak for it more than the words of the comment do on the whole."""
    both = zip(weights.by_word(text, coding.code), net.by_word(seen, coding.code), strict=True)
    by_word = [_mean(*numbers) for numbers in both]
    usual = max(0.0, sum(by_word) / len(by_word))
    start, end = most_telling(text, [number - usual for number in by_word])
    return replace(coding, evidence=text.written[start:end], start=start, end=end)


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
