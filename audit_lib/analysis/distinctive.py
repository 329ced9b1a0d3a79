"""Words that some comments hold more often than others do."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from audit_lib.analysis.differences import fisher, holm

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DETAIL = re.compile(r"\[[a-z ]+\]")  # what stands in place of a name or number
SHORTEST, FEWEST = 3, 3
LEVEL = 0.05  # the adjusted probability from which chance is explanation enough


@dataclass(frozen=True)
class DistinctiveWord:
    """A word and how many comments hold it: ``inside`` of ``of`` in those looked at, ``outside`` of ``others`` in the rest."""

    word: str
    inside: int
    of: int
    outside: int
    others: int

    @property
    def g2(self) -> float:
        """How unlikely it is that chance alone puts the word so unevenly; 0 when it is even."""
        return log_likelihood(self.inside, self.of - self.inside, self.outside, self.others - self.outside)


def log_likelihood(a: int, b: int, c: int, d: int) -> float:
    """The G² statistic of a table of four counts: twice the sum of observed times ln(observed / expected).

    Source: T. Dunning, Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19 (1993), 61-74,
    where 110, 2442, 111 and 29114 give 270.72.
    """
    total = a + b + c + d
    rows, columns = (a + b, c + d), (a + c, b + d)
    cells = ((a, rows[0], columns[0]), (b, rows[0], columns[1]), (c, rows[1], columns[0]), (d, rows[1], columns[1]))
    return 2 * sum(seen * math.log(seen * total / (row * column)) for seen, row, column in cells if seen)


def distinctive_words(
    inside: Sequence[str], outside: Sequence[str], without: Set[str] = frozenset(), most: int = 8
) -> tuple[DistinctiveWord, ...]:
    """The words that a greater share of the texts ``inside`` holds than of those ``outside``, the clearest first.

    A text counts once however often it holds a word, and however often it was pasted. Words of fewer than three letters, those in fewer
    than three texts inside, and those in ``without`` (small letters) are left out; so are those that chance explains: Fisher's test,
    adjusted by Holm for all the words tested, has to be below 5%.
    """
    inside, outside = list(dict.fromkeys(inside)), list(dict.fromkeys(outside))
    here, there = (Counter(word for text in texts for word in words_of(text)) for texts in (inside, outside))
    tested = [
        DistinctiveWord(word, times, len(inside), there[word], len(outside))
        for word, times in sorted(here.items())
        if times >= FEWEST and word not in without
    ]
    chances = holm([fisher(one.inside, one.of, one.outside, one.others) or 0.0 for one in tested])
    clear = [
        one
        for one, chance in zip(tested, chances, strict=True)
        if chance < LEVEL and one.inside * one.others > one.outside * one.of
    ]
    return tuple(sorted(clear, key=lambda one: (-one.g2, one.word))[:most])


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters, each once, without what stands in place of a name."""
    return frozenset(_long_enough(_WORD.findall(_DETAIL.sub(" ", text).casefold())))


def _long_enough(words: Iterable[str]) -> Iterable[str]:
    return (word.replace("’", "'") for word in words if len(word) >= SHORTEST)
