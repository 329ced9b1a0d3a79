"""Words that some comments hold more often than others do."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from audit_lib.analysis.differences import fisher, holm

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DETAIL = re.compile(r"\[[a-z ]+\]")  # what stands in place of a name or number
_FUNCTION_WORDS = frozenset(  # of which nothing can be learnt; "not" and "never" say something
    [
        "and",
        "the",
        "that",
        "this",
        "these",
        "those",
        "there",
        "their",
        "them",
        "they",
        "then",
        "than",
        "with",
        "for",
        "from",
        "but",
        "are",
        "was",
        "were",
        "has",
        "had",
        "have",
        "been",
        "being",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "while",
        "will",
        "would",
        "could",
        "should",
        "can",
        "may",
        "might",
        "must",
        "shall",
        "she",
        "her",
        "hers",
        "his",
        "him",
        "its",
        "our",
        "ours",
        "your",
        "yours",
        "you",
        "it's",
        "also",
        "any",
        "all",
        "both",
        "each",
        "more",
        "most",
        "other",
        "some",
        "such",
        "only",
        "very",
        "just",
        "into",
        "onto",
        "over",
        "under",
        "about",
        "after",
        "before",
        "between",
        "through",
        "during",
        "because",
        "does",
        "did",
        "doing",
        "done",
        "how",
        "why",
        "one",
        "two",
    ]
)
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


Compared = tuple[
    Sequence[str], Sequence[str], Set[str]
]  # texts inside, texts outside, words in small letters that are left out


def distinctive_words(groups: Mapping[str, Compared], most: int = 8) -> dict[str, tuple[DistinctiveWord, ...]]:
    """For each group the words that a greater share of its texts holds than of those outside, the clearest first.

    A text counts once however often it holds a word, and however often it was pasted. Words of fewer than three letters, function words,
    those in fewer than three texts inside, and those that a group leaves out are not looked at; nor listed are those that chance
    explains: Fisher's test, adjusted by Holm for all the words of all groups that were looked at, has to be below 5%.
    """
    tested = [(name, word) for name, compared in groups.items() for word in _tested(*compared)]
    chances = holm([fisher(one.inside, one.of, one.outside, one.others) or 0.0 for _, one in tested])
    found: dict[str, list[DistinctiveWord]] = {name: [] for name in groups}
    for (name, one), chance in zip(tested, chances, strict=True):
        if chance < LEVEL and one.inside * one.others > one.outside * one.of:
            found[name].append(one)
    return {name: tuple(sorted(of, key=lambda one: (-one.g2, one.word))[:most]) for name, of in found.items()}


def _tested(inside: Sequence[str], outside: Sequence[str], without: Set[str]) -> list[DistinctiveWord]:
    inside, outside = list(dict.fromkeys(inside)), list(dict.fromkeys(outside))
    if not outside:
        return []
    here, there = (Counter(word for text in texts for word in words_of(text)) for texts in (inside, outside))
    return [
        DistinctiveWord(word, times, len(inside), there[word], len(outside))
        for word, times in sorted(here.items())
        if times >= FEWEST and word not in without and word not in _FUNCTION_WORDS
    ]


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters, each once, without what stands in place of a name."""
    return frozenset(_long_enough(_WORD.findall(_DETAIL.sub(" ", text).casefold())))


def _long_enough(words: Iterable[str]) -> Iterable[str]:
    return (word.replace("’", "'") for word in words if len(word) >= SHORTEST)
