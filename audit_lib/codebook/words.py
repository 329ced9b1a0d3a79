"""What coded comments teach about words: how far each word of a comment speaks for a code or against it.

A word is taken apart into *pieces* of three to five letters, its two ends among them (``<abu``, ``abus``, ``buse>``), so that a word that
was never seen says something by its parts; two words that stand beside each other (``step down``) are a piece too. Each piece has a
weight for each code, learnt from coded comments by logistic regression (``benchmarks/learn_words.py``). The score of a comment for a
code, in hundredths of log-odds, is::

    base + sum of the weights of its pieces / sqrt(number of its pieces) + cue, where a cue of the code stands, or + hint

where a comment of a word or two counts as if it had 30 pieces: it can't speak as loudly as a sentence. The
name of a detail that was replaced ("[telephone]") is nobody's word and counts for nothing; "[child]" and "[worker]" say who is spoken of.

Weights are whole numbers and the rest is one root and one division, so that every machine comes to the same score.
"""

from __future__ import annotations

import bisect
import csv
import gzip
import hashlib
import io
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from audit_lib.codebook.cues import WORD, Text

BASE, CUE, HINT = "(base)", "(cue)", "(hint)"  # rows of a file of weights that are no pieces
_SIZES = (3, 4, 5)
_FEWEST = 30  # pieces
_LONGEST_WORD, _MOST_WORDS = 40, 4_000  # what is beyond is no prose
_BRACKETED = re.compile(r"(?<!\w)\([^()]*\)?")  # "child(ren)" is a word and no bracket
_REPLACED = re.compile(r"\[(?:name|removed|e-mail|date of birth|nhs number|telephone|postcode)\]")


@lru_cache(20_000)
def pieces_of(word: str) -> frozenset[str]:
    """The pieces of a word in small letters; none for a number, or for what is too long to be a word."""
    if len(word) > _LONGEST_WORD or not any(letter.isalpha() for letter in word):
        return frozenset()
    ended = f"<{word}>"
    return frozenset(ended[at : at + size] for size in _SIZES for at in range(len(ended) - size + 1))


@lru_cache(1)
def own_words(text: Text) -> tuple[tuple[int, int], ...]:
    """Where each word of a comment begins and ends, but for those that were put in place of a detail."""
    plain = _REPLACED.sub(lambda match: " " * len(match.group()), text.lowered)
    return tuple(match.span() for match in islice(WORD.finditer(plain), _MOST_WORDS))


def pieces_in(text: Text) -> frozenset[str]:
    """The pieces of all words of a comment, and its pairs of words."""
    words = [text.lowered[start:end] for start, end in own_words(text)]
    return frozenset(map(_pair, words, words[1:])).union(*map(pieces_of, set(words)))


def _pair(first: str, second: str) -> str:
    return f"{first} {second}"


def length_of(pieces: Collection[str]) -> float:
    """By what the weights of so many pieces are divided."""
    return math.sqrt(max(len(pieces), _FEWEST))


@dataclass(frozen=True, eq=False)
class WordWeights:
    """``pieces`` gives the row of each piece in ``weights``, which has a column for each of ``codes``; ``base``, ``cue`` and ``hint`` have
    a number for each code. ``sha256`` tells these weights from others.
    """

    codes: tuple[str, ...]
    pieces: Mapping[str, int]
    weights: NDArray[np.int64]
    base: NDArray[np.int64]
    cue: NDArray[np.int64]
    hint: NDArray[np.int64]
    sha256: str = ""

    def scores(self, text: Text, cued: Collection[str], hinted: Collection[str]) -> dict[str, float]:
        """The score of a comment for each code, where cues of the codes ``cued`` and hints of the codes ``hinted`` stand in it."""
        pieces = pieces_in(text)
        root = length_of(pieces)
        rows = [self.pieces[piece] for piece in pieces if piece in self.pieces]
        sums = self.weights[rows].sum(axis=0).tolist() if rows else [0] * len(self.codes)
        return {
            code: self.base.item(at)
            + sums[at] / root
            + (self.cue.item(at) if code in cued else self.hint.item(at) if code in hinted else 0)
            for at, code in enumerate(self.codes)
        }

    def by_word(self, text: Text, code: str) -> list[float]:
        """How far each word of a comment speaks for a code: by its pieces and by the pairs in which it stands."""
        column, root = self.codes.index(code), length_of(pieces_in(text))
        words = [text.lowered[start:end] for start, end in own_words(text)]
        pairs = [self._weight([_pair(*two)], column) for two in pairwise(words)]
        return [
            (self._weight(pieces_of(word), column) + before + after) / root
            for word, before, after in zip(words, [0, *pairs], [*pairs, 0], strict=True)
        ]

    def _weight(self, pieces: Iterable[str], column: int) -> int:
        rows = [self.pieces[piece] for piece in pieces if piece in self.pieces]
        return int(self.weights[rows, column].sum()) if rows else 0


def most_telling(text: Text, by_word: Sequence[float]) -> tuple[int, int]:
    """Where the stretch of words begins and ends whose numbers add up to most (J. Bentley, Communications of the ACM 27 (1984), 865-873).

    ``by_word`` has a number for each word of its own that the text has, one at least. The stretch does not reach over the edge of a
    bracket.
    """
    best = (-math.inf, 0, 0)
    edges = sorted(edge for match in _BRACKETED.finditer(text.lowered) for edge in match.span())
    running, begun, part = -math.inf, 0, 0
    for number, (start, end) in zip(by_word, own_words(text), strict=True):
        was, part = part, bisect.bisect(edges, start)
        if running <= 0 or part != was:
            running, begun = 0, start
        running += number
        best = max(best, (running, -begun, -end))  # of stretches that weigh the same, the first and shortest
    return -best[1], -best[2]


def weights_csv(weights: WordWeights) -> bytes:
    """Weights as the file in which they are kept: CSV, compressed, a row a piece in the order of the alphabet, the same bytes each time."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["piece", *weights.codes])
    for name, row in ((BASE, weights.base), (CUE, weights.cue), (HINT, weights.hint)):
        writer.writerow([name, *row.tolist()])
    for piece in sorted(weights.pieces):
        writer.writerow([piece, *weights.weights[weights.pieces[piece]].tolist()])
    return gzip.compress(out.getvalue().encode(), mtime=0)


def read_weights(data: bytes) -> WordWeights:
    """The weights in such a file."""
    head, *rows = csv.reader(io.StringIO(gzip.decompress(data).decode(), newline=""))
    table = np.array([row[1:] for row in rows], dtype=np.int64)
    names = [row[0] for row in rows]
    base, cue, hint = (table[names.index(name)] for name in (BASE, CUE, HINT))
    pieces = {name: at for at, name in enumerate(names) if name not in (BASE, CUE, HINT)}
    return WordWeights(tuple(head[1:]), pieces, table, base, cue, hint, hashlib.sha256(data).hexdigest())
