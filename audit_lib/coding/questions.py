"""Which question of an instrument some words of a form are: by its printed code, then by the cues of its wording."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit_lib.coding.values.cues import cue_length
from audit_lib.instrument import Instrument, Question, Section
from audit_lib.text import fold

_ANY_WORDS = {
    "were",
    "have",
    "been",
    "does",
    "with",
    "that",
    "this",
    "there",
    "they",
    "their",
    "when",
    "what",
    "which",
    "from",
    "please",
}


def wording_fits(question: Question, wording: str) -> bool:
    """Whether a wording is that of a question, by its cues or as the instrument puts it."""
    text = fold(wording)
    return bool(cue_length(text, question.cues)) or fold(question.text) in text


def is_foreign(question: Question, wording: str) -> bool:
    """Whether a wording of several words shares not one of them with the question, so that only its number is the question's."""
    said, known = _long_words(wording), _long_words(" ".join((question.text, *question.cues)))
    return len(said) > 1 and not said & known and not wording_fits(question, wording)


def words_shared(question: Question, words: str) -> int:
    """How many of some words, by their beginnings, are among those of a question."""
    return len(_long_words(words) & _long_words(" ".join((question.text, *question.cues))))


def _long_words(text: str) -> set[str]:
    """The beginnings of its longer words, so that "recognise" is "recognised"."""
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", fold(text))} - _ANY_WORDS


class Questions:
    """The questions of an instrument. ``code`` finds a printed code at the head of a cell: "R1", "R 1.", "(r1)"."""

    def __init__(self, instrument: Instrument) -> None:
        self._questions = tuple(instrument.questions.values())
        codes = {code for question in self._questions for code in (question.id, question.printed) if code}
        ordered = sorted(codes, key=lambda code: (-len(code), code))
        spaced = [re.sub(r"(?<=[A-Za-z])(?=\d)", r"\\s?", re.escape(code)) for code in ordered]
        self.code = re.compile(rf"\(?({'|'.join(spaced) or '(?!)'})\)?\s*[.):\-]?\s*(?=\W|$)", re.IGNORECASE)

    def asked(self, texts: Sequence[str], wording: str, section: Section | None, met: set[str]) -> str:
        """The id of the question that a row asks, empty for none.

        ``texts`` are its first cells and ``wording`` the longest of them, folded; ``met`` are the questions met before. Of
        several questions printed with the same code the wording decides, else the first that is still to come.
        """
        by_code = self._by_code(texts)
        by_cue = self.by_cue(wording, section)
        if len(by_code) > 1:
            named = [question for question in by_code if by_cue and question.id == by_cue.id]
            by_code = named or [question for question in by_code if question.id not in met][:1] or by_code[:1]
        if by_code and by_code[0].id.isdigit() and not wording_fits(by_code[0], " ".join(texts)):
            by_code = []  # any sentence may begin with a number
        if by_code:
            return by_code[0].id
        return by_cue.id if by_cue and len(wording) > 12 else ""

    def _by_code(self, texts: Sequence[str]) -> list[Question]:
        for text in texts[:2]:
            match = self.code.match(text)
            if match and (len(text) <= len(match.group()) + 2 or len(text) > 12):
                code = re.sub(r"\s", "", match[1]).casefold()
                return [q for q in self._questions if code in (q.id.casefold(), q.printed.casefold())]
        return []

    def by_cue(self, wording: str, section: Section | None) -> Question | None:
        """The one question whose cues fit a wording best; None when none does, or several alike.

        Of several the one in ``section``, where there is only one.
        """
        scored = [(cue_length(wording, question.cues), question) for question in self._questions]
        best = max((length for length, _ in scored), default=0)
        fitting = [question for length, question in scored if length == best]
        if best and len(fitting) > 1 and section:
            ours = {question.id for question in section.questions}
            fitting = [question for question in fitting if question.id in ours]
        return fitting[0] if best and len(fitting) == 1 else None
