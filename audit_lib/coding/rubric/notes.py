"""What was written in a cell of a rubric beside its print: signs, letters, "yes" and "no", "N/A".

The printed wording is not known, so a note is told by its form: it stands alone in a line or after the last full stop, or is a
sign at the beginning or the end of a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit_lib.coding.values.comments import standing
from audit_lib.rawform import Cell
from audit_lib.scales import Scale
from audit_lib.text import clean, fold, lower_same_length

_TICKS, _CROSSES = "✓✔√🗸", "✗✘×✕xX"
_SIGN = rf"(?:[(\[]?(?:[{_TICKS}]+|[{_CROSSES}]|\*+)[)\]]?)"
_BESIDE = rf"[(\[]?(?:[{_TICKS}]+|[{_CROSSES}])[)\]]?"  # an asterisk before words is a bullet
_LEADING, _TRAILING = re.compile(rf"({_BESIDE})\s+(.*)"), re.compile(rf"(.*)\s({_BESIDE})")
_PIECES = re.compile(r"\n|(?<=[.;])\s+(?=\S+\s*(?:\n|$))")
_ODD = re.compile(rf"(?:{_SIGN}|[a-z])?[?!→←⇒>-]*[?→←⇒][?!→←⇒>-]*|->|[a-z]")
_LONGEST = 60  # letters of a note, or of words that hedge a sign
_YES, _NO = ("yes", "y", "this", "this one"), ("no", "n", "not", "not this", "not this one")
_BEYOND_DOUBT = frozenset(("to", "with", "for", "or"))  # a printed sentence may begin with these hedges
_PRONOUN = re.compile(
    r"i\s+(?:a[mn]|have|had|was|did|do|could|can|cannot|will|saw|see|found|read|looked|spoke|feel|felt|note[d]?)\b"
    r"|a\s+(?!(?:for|in|on|or|and|to)\b)[a-z]"
)


@dataclass(frozen=True)
class Note:
    """Something that was written in a cell beside the print: ``tick``, ``mark`` (of assent), ``cross``, ``no``,
    ``not_applicable`` or ``doubt``.
    """

    kind: str
    text: str
    remark: str = ""


def taken_apart(cell: Cell, value: str, scale: Scale, printed: str) -> tuple[list[Note], str]:
    """The notes of a cell, and its other words. ``value`` is the grade of its column, ``printed`` the instrument's own words."""
    notes: list[Note] = []
    words: list[str] = []
    for piece in _PIECES.split("\n".join(map(standing, cell.paragraphs)).strip()):
        piece = clean(piece)
        note = None if fold(piece) == fold(printed) else _note(piece, value, scale, printed)
        if note is not None:
            notes.append(note)
        if note is None or note.text != piece:
            words.append(piece)
    return notes, clean(" ".join(words))


def _note(piece: str, value: str, scale: Scale, printed: str) -> Note | None:
    """The note that a piece of a cell is, or that a sign at its end makes; None for mere words."""
    plain = bare_note(piece)
    code = scale.spelled.get(plain, "")
    remark = not_applicable_remark(piece, scale)
    if code == "not_applicable" or remark:
        return Note("not_applicable", piece, remark)
    if code:
        return Note("mark" if code == value else "doubt", piece)
    if plain in _YES or plain in _NO:
        return Note("mark" if plain in _YES else "no", piece)
    if re.fullmatch(_SIGN, piece):
        return Note(_kind_of_sign(piece), piece)
    if len(plain) <= _LONGEST and _ODD.fullmatch(plain):
        return Note("doubt", piece)
    leading, trailing = _LEADING.fullmatch(piece), _TRAILING.fullmatch(piece)
    if leading:
        doubtful = fold(leading[2]) != fold(printed) and _hedged(leading[2], scale)
        return _sign_with(leading[1], leading[2], doubtful, piece)
    if trailing:
        before = re.split(r"[.;:]\s", trailing[1] + " ")[-1]
        return _sign_with(trailing[2], trailing[1], _hedged_before(before, scale), piece)
    return Note("doubt", piece) if re.search(f"[{_TICKS}]", piece) else None


def _sign_with(sign: str, words: str, doubtful: bool, piece: str) -> Note:
    return Note("doubt", piece) if doubtful or not re.search(r"\w", words) else Note(_kind_of_sign(sign), sign)


def _kind_of_sign(sign: str) -> str:
    if sign.strip("()[]") in tuple(_CROSSES):
        return "cross"
    return "tick" if sign in tuple(_TICKS) else "mark"


def _hedged(words: str, scale: Scale) -> bool:
    """Whether the words after a sign begin with a hedge, a denial or a query."""
    hedges = "|".join(re.escape(hedge) for hedge in scale.hedges if hedge not in _BEYOND_DOUBT)
    return bool(re.match(rf"\W*(?:\?|(?:not|{hedges or 'not'})(?!\w))", fold(words)))


def _hedged_before(words: str, scale: Scale) -> bool:
    """Whether the words before a sign end with a hedge, a denial or a query."""
    hedges = "|".join(re.escape(hedge) for hedge in scale.hedges)
    return bool(re.search(rf"\?\W*$|(?<!\w)(?:no|not(?: this)?|{hedges or 'not'})\W*$", fold(words[-_LONGEST:])))


def not_applicable_remark(text: str, scale: Scale) -> str:
    """The remark after "N/A" at the head of a text; empty when there is none, or when it takes the certainty."""
    spelling = scale.pattern.match(lower_same_length(text))
    if spelling is None or scale.spelled[fold(spelling.group())] != "not_applicable":
        return ""
    rest = text[spelling.end() :]
    plain = fold(rest).lstrip(" -:(,.;")
    hedge = "|".join(re.escape(hedge) for hedge in scale.hedges if hedge != "not")
    doubtful = re.match(rf"(?:not (?:sure|known|certain)|{hedge or '(?!)'})(?!\w)", plain)
    unsure = "?" in rest or re.search(rf"[{_TICKS}✗✘×✕→]|->|^\s*/", rest) or letters_in(rest, scale)
    if doubtful or unsure or scale.words.search(plain):
        return ""
    return clean(rest).lstrip(" -–—:(,.;").rstrip(" )") if re.search(r"\w\w", rest) else ""


def letters_in(text: str, scale: Scale) -> set[str]:
    """The values whose single letter stands as a word in a text; "I saw" and "a delay" are no letters."""
    plain = lower_same_length(text)
    found = re.finditer(r"(?<![\w'.])[a-z](?![\w']|\.\w)", plain)
    letters = {match.group() for match in found if not _PRONOUN.match(plain, match.start())}
    return {scale.spelled[letter] for letter in letters if letter in scale.spelled}


def bare_note(text: str) -> str:
    """A note without brackets and punctuation, folded."""
    return fold(text).strip(" .,:;!-()[]") or fold(text)


def written(cell: Cell) -> str:
    """What stands in a cell, cleaned."""
    return clean("\n".join(map(standing, cell.paragraphs)))
