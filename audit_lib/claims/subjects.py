"""Which question of the instrument some words of prose are about: by the words of the questions, and never by a guess."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from audit_lib.analysis.rows import text_rows
from audit_lib.claims.words import words
from audit_lib.store import AuditTables
from audit_lib.text import fold

_SURE = 0.7  # how much of a phrase has to be among the words, weighted by how telling each word is
_NEARLY_SURE = 0.6  # from here on another question stands in the way
_WORDS = 2  # how many telling words it takes
_LEAD = 1.25  # how many times more telling its words have to be than those of any other question
_CODE = re.compile(r"(?<![\w-])[a-z]\d{1,2}[a-z]?(?![\w-])")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_ENDINGS = ("ations", "ation", "ingly", "ings", "ing", "edly", "ed", "ies", "es", "ly", "s", "e")
_COMMON = 0.4  # the weight of words that any question may hold, against that of others


@dataclass(frozen=True)
class _Phrase:
    question: str
    stems: frozenset[str]


class Subjects:
    """The questions of one audit, known by their words: those of the instrument, of the forms, and of the field."""

    def __init__(self, tables: AuditTables) -> None:
        self._phrases = tuple(_phrases(tables))
        self._ids = {question.casefold(): question for question in tables.instrument.questions}
        questions: dict[str, set[str]] = {}
        for phrase in self._phrases:
            for stem in phrase.stems:
                questions.setdefault(stem, set()).add(phrase.question)
        number = len(tables.instrument.questions) or 1
        common = stems(words()["common"])
        self._weights = {
            stem: math.log(1 + number / len(of)) * (_COMMON if stem in common else 1) for stem, of in questions.items()
        }

    def of(self, text: str) -> str:
        """The id of the question that ``text`` is about; empty when none is, or when two may be."""
        codes = {code for code in _CODE.findall(text.casefold()) if code in self._ids}
        if codes:
            return self._ids[codes.pop()] if len(codes) == 1 else ""
        said = stems(text)
        if len(said) < _WORDS:
            return ""
        shared: dict[str, set[str]] = {}
        sure: set[str] = set()
        whole: set[str] = set()
        for phrase in self._phrases:
            both = phrase.stems & said
            covered = self._weight(both) / self._weight(phrase.stems)
            if len(both) >= min(_WORDS, len(phrase.stems)) and covered >= _NEARLY_SURE:
                shared.setdefault(phrase.question, set()).update(both)
                if covered >= _SURE:
                    sure.add(phrase.question)
                if both == phrase.stems:
                    whole.add(phrase.question)
        weights = {question: self._weight(words) for question, words in shared.items()}
        ranked = sorted(sure, key=lambda question: (-weights[question], question))
        if not ranked or (ranked[0] not in whole and self._also_of_another(ranked[0], shared[ranked[0]])):
            return ""
        others = [weights[question] for question in shared if question != ranked[0]]
        return ranked[0] if max(others, default=0) * _LEAD <= weights[ranked[0]] else ""

    def _also_of_another(self, question: str, told_by: set[str]) -> bool:
        """Whether the words that point to a question all stand in one phrase of another: "details that are up to date" of whom?"""
        return any(told_by <= phrase.stems for phrase in self._phrases if phrase.question != question)

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights[word] for word in sorted(words))


def _phrases(tables: AuditTables) -> Iterable[_Phrase]:
    known = words()["concepts"]
    printed = _printed(tables)
    seen: set[tuple[str, frozenset[str]]] = set()
    concepts = [question.concept for question in tables.instrument.questions.values()]
    for question in tables.instrument.questions.values():
        only = concepts.count(question.concept) == 1  # where two questions share a concept its words point to neither
        texts = [
            question.text,
            *question.cues,
            *printed.get(question.id, ()),
            *(known.get(question.concept, ()) if only else ()),
        ]
        for text in texts:
            found = question.id, stems(text)
            enough = len(found[1]) >= _WORDS or text in known.get(question.concept, ())
            if enough and found not in seen:
                seen.add(found)
                yield _Phrase(*found)


def _printed(tables: AuditTables) -> Mapping[str, list[str]]:
    """The wording of each question in the forms that came back, where most of them agree on it."""
    counted: dict[str, dict[str, int]] = {}
    for row in text_rows(tables.answers):
        if row["question_as_written"]:
            of = counted.setdefault(row["question"], {})
            of[row["question_as_written"]] = of.get(row["question_as_written"], 0) + 1
    return {
        question: [text for text, times in sorted(of.items()) if times * 2 > sum(of.values())]
        for question, of in counted.items()
    }


def stems(text: str) -> frozenset[str]:
    """The telling words of a text, cut to their stems: "recognised" and "recognise" are one."""
    empty = words()["empty"]
    return frozenset(_stem(word) for word in _WORD.findall(fold(text)) if word not in empty)


@cache
def _stem(word: str) -> str:
    word = words()["irregular"].get(word, word)
    bare = {"children": "child", "people": "person", "families": "family"}.get(
        word, word.removesuffix("'s").replace("'", "")
    )
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            bare = bare[: -len(ending)]
            break
    if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "ls":
        bare = bare[:-1]  # "planned" is "plan"
    return bare[:7]
