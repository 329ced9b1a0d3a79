"""What coded comments teach about words in their order: a small net that looks at one to five words at a time.

Each word it knows has a vector; a word it does not know is nothing. A *filter* looks at so many words side by side and comes to a number
for each place; the greatest of a comment, if above nothing, is what it gives. The score of a comment for a code, in hundredths of log-odds,
is::

    (base + sum of what its filters give, each times its weight for the code) / 2^20 + cue, where a cue of the code stands, or + hint

It is learnt by ``benchmarks/learn_net.py``. All its numbers are whole and so are their sums and products; one division is the rest, so
that every machine comes to the same score.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from audit_lib.codebook.cues import Text
from audit_lib.codebook.words import own_words

WIDTHS = (1, 2, 3, 5)  # words at a time
PARTS = 2**20
_UNKNOWN, _EDGE = 0, 1  # rows of vectors that are no words
_AROUND = max(WIDTHS)


@dataclass(frozen=True, eq=False)
class Seen:
    """What each filter gives for a comment beyond what it would give for an empty one, the word at which it does (with ``_AROUND`` and the
    edge before the first), and how many words there are.
    """

    given: NDArray[np.int64]
    at: NDArray[np.int64]
    words: int


@dataclass(frozen=True, eq=False)
class Net:
    """``words`` gives the row of each word in ``vectors``. ``filters`` has a row for each place of a vector and a column for each word of
    each width of each filter: the filters for one word, then those for two by their first word and by their second, and so on. ``least``
    has a number for each filter, ``weights`` a row for each filter and a column for each of ``codes``; ``base``, ``cue`` and ``hint``
    have a number for each code. ``sha256`` tells this net from others.
    """

    codes: tuple[str, ...]
    words: Mapping[str, int]
    vectors: NDArray[np.int64]
    filters: NDArray[np.int64]
    least: NDArray[np.int64]
    weights: NDArray[np.int64]
    base: NDArray[np.int64]
    cue: NDArray[np.int64]
    hint: NDArray[np.int64]
    sha256: str = ""

    def look(self, text: Text) -> Seen:
        """What the filters see in a comment."""
        known = [self.words.get(text.lowered[start:end], _UNKNOWN) for start, end in own_words(text)]
        around = [_UNKNOWN] * _AROUND
        rows = [*around, _EDGE, *known, _EDGE, *around]
        by_word = np.array([_by_filters(self, row) for row in rows])
        each = len(self.least) // len(WIDTHS)
        given, at, begun = [], [], 0
        for number, width in enumerate(WIDTHS):
            places = len(rows) - width + 1
            sums = np.zeros((places, each), np.int32)
            for word in range(width):
                sums += by_word[word : word + places, begun : begun + each]
                begun += each
            where = sums.argmax(axis=0)
            least = self.least[number * each : (number + 1) * each]
            given.append(np.maximum(sums[where, range(each)] + least, 0) - np.maximum(least, 0))
            at.append(where)
        return Seen(np.concatenate(given), np.concatenate(at), len(known))

    def scores(self, seen: Seen, cued: Collection[str], hinted: Collection[str]) -> dict[str, float]:
        """The score of a comment for each code, where cues of the codes ``cued`` and hints of the codes ``hinted`` stand in it."""
        sums = (seen.given @ self.weights).tolist()
        return {
            code: (self.base.item(at) + sums[at]) / PARTS
            + (self.cue.item(at) if code in cued else self.hint.item(at) if code in hinted else 0)
            for at, code in enumerate(self.codes)
        }

    def by_word(self, seen: Seen, code: str) -> list[float]:
        """How far each word of a comment spoke for a code: what a filter gave, shared among the words that it looked at."""
        shares = np.zeros(seen.words + 2 * _AROUND + 2, np.int64)
        each = len(seen.given) // len(WIDTHS)
        spoken = seen.given * self.weights[:, self.codes.index(code)]
        for number, width in enumerate(WIDTHS):
            own = slice(number * each, (number + 1) * each)
            for word in range(width):
                np.add.at(shares, seen.at[own] + word, spoken[own] // width)
        return [share / PARTS for share in shares[_AROUND + 1 : _AROUND + 1 + seen.words].tolist()]


@lru_cache(4_000)
def _by_filters(net: Net, row: int) -> NDArray[np.int32]:
    """What each word of each filter makes of a word. Most words of a comment stand in others too, so it is kept."""
    made: NDArray[np.int32] = (net.vectors[row] @ net.filters).astype(np.int32)
    return made


def net_file(net: Net) -> bytes:
    """A net as the file in which it is kept: NumPy arrays, compressed, the same bytes each time."""
    out = io.BytesIO()
    names = {name: np.frombuffer("\n".join(own).encode(), np.uint8) for name, own in _names(net).items()}
    numbers = {name: getattr(net, name).astype(kind) for name, kind in _KINDS.items()}
    np.savez_compressed(out, allow_pickle=False, **names, **numbers)
    return out.getvalue()


def read_net(data: bytes) -> Net:
    """The net in such a file."""
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        codes, words = (tuple(held[name].tobytes().decode().split("\n")) for name in ("codes", "words"))
        numbers = {name: held[name].astype(np.int64) for name in _KINDS}
    rows = {word: at for at, word in enumerate(words, _EDGE + 1)}
    return Net(codes, rows, **numbers, sha256=hashlib.sha256(data).hexdigest())


def _names(net: Net) -> dict[str, list[str]]:
    return {"codes": list(net.codes), "words": sorted(net.words, key=lambda word: net.words[word])}


_KINDS = {
    "vectors": np.int8,
    "filters": np.int8,
    "least": np.int32,
    "weights": np.int32,
    "base": np.int64,
    "cue": np.int32,
    "hint": np.int32,
}
