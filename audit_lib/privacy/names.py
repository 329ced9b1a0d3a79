"""The names of people in a form's header, and how they are known again in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from audit_lib.checked_files import read_yaml
from audit_lib.text import clean

_BETWEEN_PEOPLE = re.compile(r"[,;:/&()\[\]\n]|\s[-–—]\s|\band\b")
_SHORT_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_SHORT_MONTH}|{_SHORT_MONTH}\s+\d{{4}}|\d[\d./-]*", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?\.?")
_DATED_NAMES = {"jan", "april", "may", "june", "august", "summer"}  # names of people and of times of the year
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?\s+(?:of\s+)?|\b(?:in|since|until|till|during|early|mid|late|last|next|this|of|from|between|end|start)[\s-]+"
    rf"|\b{_MONTH}\s*(?:and|to|or|,|/|-|–)\s*)$",
    re.IGNORECASE,
)
_DATE_AFTER = re.compile(
    rf"^\.?\s*(?:\d|(?:and|to|or|/|-|–)\s*{_MONTH}\b|half[\s-]term\b|bank\s+holiday\b)", re.IGNORECASE
)


@cache
def _professional_words(kind: str = "words") -> frozenset[str]:
    words = read_yaml(Path(__file__).with_name("professional_words.yaml"))[kind]
    return frozenset(str(word).casefold() for word in words)


def names_in(as_written: str, word: str) -> dict[str, str]:
    """The names in a header field, each with the bracketed ``word`` that is to replace it.

    The full name with its initials, and each part of it: three letters or more, or two with one capital ("Jo"). Titles,
    words of a profession ("Team Manager"), dates and acronyms are no names.
    """
    out: dict[str, str] = {}
    written = re.sub(r"(?<=\b[A-Z])\.(?=\w)", ". ", clean(as_written))
    for person in _BETWEEN_PEOPLE.split(_DATES.sub(" , ", written)):
        for name in _runs_of_name_words(person.split()):
            if len(name) > 1:
                out[" ".join(name)] = word
            for part in name:
                out |= dict.fromkeys(_parts(part), word)
    return out


def names_in_path(path: str, word: str, known: Iterable[str]) -> dict[str, str]:
    """The names of people in a file name and its folders, each with the ``word`` that is to replace it.

    ``known`` are texts whose words are no names of people: agencies, the title of the audit, the place. Words that people
    put into file names ("final", "copy") are none either.
    """
    no_names = {part for text in known for part in re.findall(r"[^\W\d_]+", text.casefold())} | _professional_words(
        "of_files"
    )
    out: dict[str, str] = {}
    for step in re.split(r"[/!]", re.sub(r"#row \d+$", "", path)):
        plain = re.sub(r"[_\d.]+|(?<=\w)[-–—]+(?=\s|$)", " ", re.sub(r"\.\w{1,5}$", "", step))
        kept = [token for token in plain.split() if token.casefold().strip("'’s(),") not in no_names]
        for name, replacement in names_in(" ".join(kept), word).items():
            if not set(re.findall(r"[^\W\d_]+", name.casefold())) & no_names:
                out[name] = replacement
    return out


def masked(as_written: str, word: str) -> str:
    """A header field that holds a name, with every word that is no title or word of a profession put as ``word``.

    It errs on the side of hiding: a name in small letters, or one that we do not know for a name, must not stay.
    """
    shown = [
        token if _is_professional(token) else word
        for token in re.findall(r"[^\W\d_][\w'’-]*|[,;/&()]", clean(as_written))
    ]
    kept = [token for number, token in enumerate(shown) if number == 0 or token != word or shown[number - 1] != word]
    return re.sub(r"\s+([,;)])|(?<=\()\s+", r"\1", " ".join(kept))


def _runs_of_name_words(words: list[str]) -> list[list[str]]:
    """The stretches of words that are a name: words with a capital that belong to no profession, initials among them."""
    lower = len(words) in (1, 2, 3) and all(word.islower() and word.isalpha() for word in words)
    if lower and not any(_is_professional(word) for word in words):
        words = [word.capitalize() for word in words]
    runs: list[list[str]] = [[]]
    for word in words:
        if _TOKEN.fullmatch(word) and word[0].isupper() and not _is_professional(word):
            runs[-1].append(word if len(word) == 2 else word.rstrip("."))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if _is_name(run)]


def _is_professional(word: str) -> bool:
    if not word[0].isalpha():
        return True
    plain = word.casefold().replace("’", "'").rstrip(".")
    if len(plain) == 1:  # an initial
        return False
    return plain in _professional_words() or plain.removesuffix("'s") in _professional_words()


def _is_name(run: list[str]) -> bool:
    """Whether a stretch holds more than initials and acronyms: "JH" and "IRO" are none, "ANN LEE" is a name."""
    full = [word for word in run if len(word.rstrip(".")) > 1]
    return any(not word.isupper() or len(word) > 4 for word in full) or len(full) > 1


def _parts(word: str) -> list[str]:
    """A word of a name, and the halves of a double-barrelled one, where they are long enough to be known again."""
    halves = word.split("-") if "-" in word else []
    return [part for part in (word, *halves) if (len(part) > 2 and part[-1] != ".") or re.fullmatch("[A-Z][a-z]", part)]


@cache
def names_pattern(names: frozenset[str]) -> re.Pattern[str]:
    """Finds any of some names, the longest first.

    A full name is found in any capitals, a single one where it begins with a capital ("Grace" and "GRACE", not "grace").
    """
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern_of, ordered))})(?!\w)")


def _pattern_of(name: str) -> str:
    words = [re.sub("['’]", "['’]", re.escape(word.rstrip("."))) for word in name.split()]
    if len(words) == 1:
        return words[0] if len(name) == 2 else f"{words[0][0]}(?i:{words[0][1:]})"
    spaced = [word + (r"(?:\.\s*|\s+)" if len(word) == 1 else r"\s+") for word in words[:-1]]
    return f"(?i:{''.join(spaced)}{words[-1]})"


def name_key(name: str) -> str:
    """A name for looking it up, whatever its capitals, spaces, dots and apostrophes."""
    return clean(name.replace(".", " ")).casefold().replace("’", "'")


def lookup(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name key -> the bracketed word."""
    return {name_key(name): word for name, word in names}


def is_date(match: re.Match[str]) -> bool:
    """Whether a name that is also a month ("May") stands for the month where it was found."""
    if match.group().casefold() not in _DATED_NAMES:
        return False
    before, after = match.string[: match.start()], match.string[match.end() :]
    return bool(_DATE_BEFORE.search(before[-40:]) or _DATE_AFTER.search(after))
