"""The names of people in a form's header, and how they are known again in its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from audit_lib.checked_files import read_yaml
from audit_lib.text import clean

_BETWEEN_PEOPLE = re.compile(r"[,;:/&()\[\]\n]|\s[-–—]\s|\band\b")
_SHORT_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_SHORT_MONTH}|{_SHORT_MONTH}\s+\d{{4}}|\d[\d./-]*", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?\.?")
_SHORT_NAME = re.compile(r"(?=.*[AEIOUY])[A-Z]{3,4}")  # "MARY" may be a name, "JTB" are initials
_QUOTED = re.compile(r"(?<!\w)(?:'([^']+)'|‘([^‘’]+)’|\"([^\"]+)\"|“([^“”]+)”)(?!\w)")
_MOST_NAMES = 5
NAMES_TOO = {"jan", "april", "may", "june", "august", "summer"}  # first names of people and times of the year
DATED_NAMES = NAMES_TOO | {  # with those that are names of few people
    "january", "february", "march", "july", "september", "october", "november", "december", "spring", "autumn", "winter",
}  # fmt: skip
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?\s+(?:of\s+)?|\b(?:in|since|until|till|during|early|mid|late|last|next|this|of|from|between|end|start)[\s-]+"
    rf"|\b{_MONTH}\s*(?:and|to|or|,|/|-|–)\s*)$",
    re.IGNORECASE,
)
_DATE_AFTER = re.compile(
    rf"^\.?\s*(?:\d|(?:and|to|or|/|-|–)\s*{_MONTH}\b|half[\s-]term\b|bank\s+holiday\b)", re.IGNORECASE
)


_TITLED = re.compile(
    r"(?<!\w)(?:mr|mrs|ms|miss|mx|dr|sr|pc|dc|sgt)\.?\s+((?-i:[^\W\d_a-z])[\w'’-]*(?:\s+(?-i:[^\W\d_a-z])[\w'’-]*)?)",
    re.IGNORECASE,
)
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")  # scripts that set no spaces between words
_LETTERS = {
    base: base + "".join(chr(c) for c in range(0xC0, 0x250) if unicodedata.normalize("NFKD", chr(c).lower())[0] == base)
    for base in "abcdefghijklmnopqrstuvwxyz"
}


@cache
def professional_words(kind: str = "words") -> frozenset[str]:
    """The words of one list of ``professional_words.yaml``, in small letters."""
    words = read_yaml(Path(__file__).with_name("professional_words.yaml"))[kind]
    return frozenset(str(word).casefold() for word in words)


def names_in(as_written: str, word: str) -> dict[str, str]:
    """The names in a header field, each with the bracketed ``word`` that is to replace it.

    The full name with its initials, and each part of it: three letters or more, or two with one capital ("Jo"). Titles,
    words of a profession ("Team Manager"), dates and acronyms are no names.
    """
    out: dict[str, str] = {}
    written = re.sub(r"(?<=\b[A-Z])\.(?=\w)", ". ", clean(as_written))
    called = [next(filter(None, match.groups())) for match in _QUOTED.finditer(written)]
    written = " , ".join([_QUOTED.sub(" ", written), *called])  # Kyle 'Kylie' Marsh
    for person in _BETWEEN_PEOPLE.split(_DATES.sub(" , ", written)):
        for name in _runs_of_name_words(person.split()):
            if len(name) > 1:
                out[" ".join(name)] = word
            for part in name:
                out |= dict.fromkeys(_parts(part), word)
    return out


def names_after_titles(text: str, word: str) -> dict[str, str]:
    """The names that stand after a title ("Ms Harbottle") in a field that names no person, as that of the agency."""
    out: dict[str, str] = {}
    for match in _TITLED.finditer(clean(text)):
        out |= names_in(match[1], word)
    return out


def names_in_path(path: str, word: str, known: Iterable[str]) -> dict[str, str]:
    """The names of people in a file name and its folders, each with the ``word`` that is to replace it.

    ``known`` are texts whose words are no names of people: agencies, the title of the audit, the place. Words that people
    put into file names ("final", "copy") are none either.
    """
    no_names = _words_of_texts(known) | professional_words("of_files")
    out: dict[str, str] = {}
    for step in re.split(r"[/!]", re.sub(r"#row \d+$", "", path)):
        plain = re.sub(r"[_\d.]+|(?<=\w)[-–—]+(?=\s|$)", " ", re.sub(r"\.\w{1,5}$", "", step))
        kept = [token for token in plain.split() if token.casefold().strip("'’s(),") not in no_names]
        for name, replacement in names_in(" ".join(kept), word).items():
            if not set(re.findall(r"[^\W\d_]+", name.casefold())) & no_names:
                out[name] = replacement
    return out


def _words_of_texts(texts: Iterable[str]) -> set[str]:
    return {part for text in texts for part in re.findall(r"[^\W\d_]+", text.casefold())}


def masked(as_written: str, word: str) -> str:
    """A header field that holds a name, with every word that is no title or word of a profession put as ``word``.

    It errs on the side of hiding: a name in small letters, or one that we do not know for a name, must not stay.
    """
    tokens = re.findall(r"[^\W\d_][\w'’-]*|[,;/&()]", clean(as_written))
    shown = [word if number in _of_names(tokens) else token for number, token in enumerate(tokens)]
    kept = [token for number, token in enumerate(shown) if number == 0 or token != word or shown[number - 1] != word]
    return re.sub(r"\s+([,;)])|(?<=\()\s+", r"\1", " ".join(kept))


def _runs_of_name_words(words: list[str]) -> list[list[str]]:
    """The stretches of words that are a name: words with a capital that belong to no profession, initials among them."""
    lower = 0 < len(words) <= _MOST_NAMES and all(word.islower() and word.isalpha() for word in words)
    if lower and not any(_is_professional(word) for word in words):
        words = [word.capitalize() for word in words]
    runs: list[list[str]] = [[]]
    of_names = _of_names(words)
    for number, word in enumerate(words):
        if _TOKEN.fullmatch(word) and not word[0].islower() and number in of_names:
            runs[-1].append(word if len(word) == 2 else word.rstrip("."))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if _is_name(run)]


def _of_names(words: list[str]) -> set[int]:
    """The places of words that may be part of a name: those of no profession, and beside them, with no word of a profession
    on the other side, those that are surnames too ("Will Young", "Jane Ward").
    """
    plain = [not _is_professional(word) for word in words]
    found = {number for number, name in enumerate(plain) if name}
    for number, word in enumerate(words):
        after = not plain[number + 1] if number + 1 < len(words) and words[number + 1][0].isalpha() else False
        if number and plain[number - 1] and not after and word.casefold() in professional_words("surnames_too"):
            found.add(number)
    return found


def _is_professional(word: str) -> bool:
    if not word[0].isalpha():
        return True
    plain = word.casefold().replace("’", "'").rstrip(".")
    if len(plain) == 1:  # an initial
        return False
    return plain in professional_words() or plain.removesuffix("'s") in professional_words()


def _is_name(run: list[str]) -> bool:
    """Whether a stretch holds more than initials and acronyms: "JH" and "IRO" are none, "ANN LEE" is a name."""
    full = [word for word in run if len(word.rstrip(".")) > 1]
    return (
        any(not word.isupper() or len(word) > 4 for word in full)
        or len(full) > 1
        or bool(_SHORT_NAME.fullmatch("".join(full)))
    )


def _parts(word: str) -> list[str]:
    """A word of a name, and the halves of a double-barrelled one, where they are long enough to be known again."""
    if word.casefold() in professional_words("surnames_too"):
        return []  # a surname that is known again in the full name alone
    halves = word.split("-") if "-" in word else []
    return [part for part in (word, *halves) if (len(part) > 2 and part[-1] != ".") or re.fullmatch("[A-Z][a-z]", part)]


@cache
def names_pattern(names: frozenset[str]) -> re.Pattern[str]:
    """Finds any of some names, the longest first, with or without accents, and with the s of "Marys".

    A full name is found in any capitals, a single one where it begins with a capital ("Grace" and "GRACE", not "grace").
    """
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(_pattern_of, ordered)))


def _pattern_of(name: str) -> str:
    if _WITHOUT_SPACES.fullmatch(name):
        return name
    plain = [_bare(word.rstrip(".")) for word in name.split()]
    words = ["".join(map(_letter, word)) for word in plain]
    if len(words) > 1:
        spaced = [
            word + (r"(?:[._]\s*|\s+)" if len(of) == 1 else r"[\s_.]+") for word, of in zip(words, plain, strict=True)
        ]
        found = f"(?i:{''.join(spaced[:-1])}{words[-1]}s?)"
    elif len(name) == 2:
        found = words[0]
    else:
        found = f"{_letter(plain[0][0].upper())}(?i:{''.join(map(_letter, plain[0][1:]))}s?)"
    return rf"(?<![^\W_]){found}(?![^\W_])"


def _letter(letter: str) -> str:
    """A letter with or without an accent; an apostrophe that may be left out."""
    lower = letter.lower()
    if lower in _LETTERS:
        return f"[{_LETTERS[lower] if letter == lower else _LETTERS[lower].upper()}]"
    return "['’]?" if letter in "'’" else re.escape(letter)


def _bare(name: str) -> str:
    """A name without accents, letter by letter where it can be."""
    return "".join(unicodedata.normalize("NFKD", letter)[0] for letter in unicodedata.normalize("NFC", name))


def name_key(name: str) -> str:
    """A name for looking it up, whatever its capitals, accents, spaces, dots and apostrophes."""
    return clean(re.sub("['’]", "", _bare(re.sub("[._]", " ", name)))).casefold()


def lookup(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name key -> the bracketed word, also for the name with an s at its end."""
    known = [(name_key(name), word) for name, word in names]
    return {f"{key}s": word for key, word in known} | dict(known)


def is_date(match: re.Match[str]) -> bool:
    """Whether a name that is also a month ("May") stands for the month where it was found."""
    if match.group().casefold() not in DATED_NAMES:
        return False
    before, after = (
        match.string[max(match.start() - 40, 0) : match.start()],
        match.string[match.end() : match.end() + 40],
    )
    return bool(_DATE_BEFORE.search(before) or _DATE_AFTER.search(after))
