"""The small language of cues in which a codebook says by which words a code is known, and finding them in a text.

``seen alone`` these words in this order; ``good|poor`` one of several words; ``recogni*`` any word that begins so; ``..`` up to three words
between; ``a ~ b`` both in one sentence, at most twelve words apart.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from audit_lib.text import lower_same_length

_BETWEEN = r"[^\w.;!?]{1,4}"  # what may stand between two words of a cue: nothing that ends a sentence
# A sign within a word can also stand between two: such a word has three parts at most, or a long row of them takes seconds.
_GAP = rf"(?:{_BETWEEN}\w++(?:['-]\w++){{0,2}}){{0,3}}{_BETWEEN}"
_NEAR = 12  # words
WORD = re.compile(r"\w+")
_ITEM = re.compile(r"\.\.|[^\s()]+")
_ENDS = re.compile(r"[.;!?\n\u2022](?=\s|$)|\n|\u2022")
_SIGN = re.compile(r"[\w'*&.:-]+")


@dataclass(frozen=True)
class Found:
    """A cue found in a text: which, and from where to where."""

    cue: str
    start: int
    end: int


@dataclass(frozen=True)
class Text:
    """A text made ready for finding: lower case of the same length, its words, and where each sentence ends."""

    written: str

    @cached_property
    def lowered(self) -> str:
        """Lower case with plain quotation marks; places are those of the text."""
        return lower_same_length(self.written)

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        """Where each word begins and ends."""
        return [match.span() for match in WORD.finditer(self.lowered)]

    @cached_property
    def ends(self) -> list[int]:
        """Where sentences end, in order; the last is the end of the text."""
        return [*(match.start() for match in _ENDS.finditer(self.lowered)), len(self.lowered)]


class Cues:
    """Many cues, found together in one pass over the words of a text. Raises ValueError for a cue that is none."""

    def __init__(self, cues: Iterable[str]) -> None:
        self._by_start: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        self._pairs: dict[str, tuple[str, str]] = {}
        for cue in dict.fromkeys(cues):
            parts = [part.strip() for part in cue.split(" ~ ")]
            if len(parts) > 2 or not all(parts):
                raise ValueError(f"'{cue}' holds more than one ~, or nothing beside it")
            if len(parts) == 2:
                self._pairs[cue] = (parts[0], parts[1])
            for part in parts:
                self._add(part)

    def _add(self, part: str) -> None:
        first, pattern = _compiled(part)
        for start in first:
            listed = self._by_start.setdefault(start, [])
            if all(cue != part for cue, _ in listed):
                listed.append((part, pattern))

    def find(self, text: Text) -> dict[str, list[Found]]:
        """Each cue that stands in the text -> the places where it does, in order."""
        found: dict[str, list[Found]] = {}
        lowered = text.lowered
        for start, _ in text.words:
            for key in (lowered[start : start + 2], lowered[start]):
                for cue, pattern in self._by_start.get(key, ()):
                    match = pattern.match(lowered, start)
                    if match:
                        found.setdefault(cue, []).append(Found(cue, start, match.end()))
        for cue, (one, other) in self._pairs.items():
            if one in found and other in found:
                near = list(_near(cue, found[one], found[other], text))
                if near:
                    found[cue] = near
        return found


def _near(cue: str, ones: Sequence[Found], others: Sequence[Found], text: Text) -> Iterator[Found]:
    """The pairs that stand in one sentence and not far from each other."""
    for one in ones[:20]:
        for other in others[:20]:
            start, end = min(one.start, other.start), max(one.end, other.end)
            between = text.lowered[start:end]
            if len(between) < 400 and not _ENDS.search(between) and len(between.split()) <= _NEAR + 4:
                yield Found(cue, start, end)


def _compiled(part: str) -> tuple[set[str], re.Pattern[str]]:
    """The two letters with which a part may begin, and its pattern."""
    items = _ITEM.findall(part)
    if not items or items[0] == ".." or items[-1] == "..":
        raise ValueError(f"'{part}' does not begin and end with a word")
    pattern, first = "", {_beginning(word, part) for word in items[0].split("|")}
    for at, item in enumerate(items):
        if item == "..":
            pattern += _GAP
            continue
        if at and items[at - 1] != "..":
            pattern += _BETWEEN
        words = "|".join(_word(word, part) for word in sorted(item.split("|"), key=lambda word: (-len(word), word)))
        pattern += rf"(?:{words})(?!\w)"
    return first, re.compile(pattern)


def _beginning(word: str, part: str) -> str:
    if not word or not word[0].isalnum():
        raise ValueError(f"'{part}' has a word that does not begin with a letter or a figure")
    bare = re.match(r"\w+", word)
    return bare[0][:2] if bare else ""


def _word(word: str, part: str) -> str:
    if not _SIGN.fullmatch(word) or "*" in word[:-1]:
        raise ValueError(f"'{part}' has a word that can't be read: '{word}'")
    return rf"{re.escape(word.removesuffix('*'))}\w*" if word.endswith("*") else re.escape(word)


def sentence_of(text: Text, place: int) -> int:
    """The number of the sentence in which a place of the text lies."""
    return bisect.bisect_left(text.ends, place)
