"""Headings that a person shortened to the code of a question and a word or two ("A4 info shared"), or to its number.

A code alone may be another tool's. So the words behind it have to be among those of the question; where every question of the tool
has its heading, they may be any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from audit_lib.coding.questions import wording_fits, words_shared
from audit_lib.instrument import Instrument, Question
from audit_lib.text import fold

_MOST_WORDS = 6  # of a shortened heading
_LEAST_SHARED = 3  # words, of a longer one
_LEAST = 3  # shortened headings in a table; one or two may be anything


def shortened(headings: Sequence[str], instrument: Instrument, is_own: Callable[[str], bool]) -> dict[str, str]:
    """Folded heading -> question, for the headings of one table that are shortened; each question once.

    ``is_own`` tells of the words behind a code whether they may be the agency's own answer, and no comment or another's.
    """
    questions = instrument.questions
    plain = [re.sub(r"^q(?:uestion)?\s*(?=\d)", "", heading.strip(" .:()")) for heading in headings]
    ids = {fold(name): name for name in questions}
    if ids.keys() <= set(plain) and all(plain.count(name) == 1 for name in ids):
        return {heading: ids[name] for heading, name in zip(headings, plain, strict=True) if name in ids}
    found: dict[str, list[tuple[str, str]]] = {}
    code = re.compile(rf"\W*(?:q\.?\s*)?({'|'.join(map(re.escape, ids))})\b[\s.:()-]*(.*)")
    for heading, name in zip(headings, plain, strict=True):
        match = code.fullmatch(name)
        words = re.findall(r"[^\W\d_]+", match[2]) if match and not match[1].isdigit() else []
        if match and words and not _is_anothers(match[2], ids[match[1]], instrument, is_own):
            found.setdefault(ids[match[1]], []).append((heading, match[2]))
    alone = {name: places[0] for name, places in found.items() if len(places) == 1}
    fitting = {heading: name for name, (heading, words) in alone.items() if _fits(questions[name], words)}
    if len(fitting) < _LEAST or 2 * len(fitting) < len(alone):
        return {}
    whole = alone.keys() == questions.keys()
    return {heading: name for name, (heading, words) in alone.items() if whole and _is_short(words)} | fitting


def _is_short(words: str) -> bool:
    return len(words.split()) <= _MOST_WORDS


def _fits(question: Question, words: str) -> bool:
    """Whether words are short for a question, or its wording with a slip of the pen."""
    return words_shared(question, words) >= (1 if _is_short(words) else _LEAST_SHARED)


def _is_anothers(words: str, question: str, instrument: Instrument, is_own: Callable[[str], bool]) -> bool:
    """Whether words behind a code are those of another question and not of its own, or say that the column is no answer to it."""
    ours = instrument.questions[question]
    beyond = words
    for cue in sorted(map(fold, ours.cues), key=len, reverse=True):
        beyond = beyond.replace(cue, " ")
    others = any(wording_fits(one, words) for one in instrument.questions.values() if one is not ours)
    return not is_own(beyond) or (others and not wording_fits(ours, words))
