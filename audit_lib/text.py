"""Cleaning of text: one place for what counts as the same text."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache

_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\ufe0e\ufe0f\u2066\u2067\u2068\u2069")
)
_ALIKE = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2011": "-", "\u2010": "-"})
_PLAIN = {
    "\u2010": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2215": "/",
    "\u2044": "/",
    "\u2019": "'",
    "\u2018": "'",
    "\u00a0": " ",
    "\u2011": "-",
    "\t": " ",
    "\u2705": "\u2713",  # ticks and crosses as telephones write them
    "\u2716": "\u2717",
    "\u274c": "\u2717",
}
CASE_NOUN = r"(?:case|child|young person|yp|uin|unique id|ref|reference|id)"
_LEAD = re.compile(rf"^(?:{CASE_NOUN}\s*(?:no|number|id|ref|reference)?\s+)+")
_GLUED = re.compile(
    r"(?<![A-Za-z])(?:(?:[Cc]ase|[Cc]hild)(?=[A-Z](?![A-Za-z]))|(?i:case|child|yp|uin)(?=\d))", re.ASCII
)
_EXTENSION = re.compile(r"(.*?)(\.[^./]{1,5})?", re.DOTALL)
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def clean(text: str) -> str:
    """Text as a person sees it: no soft hyphens or other invisible characters, one ordinary space for any run of white space.

    Letters, quotation marks and dashes stay as written. Idempotent.
    """
    text = _CONTROL.sub(" ", text.translate(_INVISIBLE))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Text for comparing: cleaned, compatibility forms joined (NFKC), plain quotation marks and hyphens, lower case."""
    text = unicodedata.normalize("NFKC", clean(text)).translate(_ALIKE).casefold()
    return _SPACE.sub(" ", "".join(_PLAIN.get(c, c) for c in text)).strip()


def visible(text: str) -> str:
    """Text without soft hyphens and other invisible characters; all else, line breaks included, as it was."""
    return text.translate(_INVISIBLE)


def lower_same_length(text: str) -> str:
    """Lower case with plain quotation marks and spaces, the same length as ``text``, so that places in both agree."""
    return "".join(_PLAIN.get(c) or (c.lower() if len(c.lower()) == 1 else c) for c in text)


def key(text: str) -> str:
    """Letters and digits alone, lower case, without accents, ``&`` read as "and": for comparing names of cases and agencies."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", fold(text)) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", plain.replace("&", " and ").replace("'", "")).strip()


def shown_name(name: str) -> str:
    """A name without characters that cannot be shown, or that turn the direction of reading."""
    return "".join(c for c in name if unicodedata.category(c) not in _UNPRINTABLE)


def closed_name(path: str) -> str:
    """A path as the tables name it: forward slashes, letters with accents in one way (NFC), ``!`` and ``#`` of the name
    itself as ``%21`` and ``%23``, because these two mark what lies inside a container or a table.
    """
    return unicodedata.normalize("NFC", path.replace("\\", "/").replace("!", "%21").replace("#", "%23"))


def unlike(name: str, taken: Container[str]) -> str:
    """The name, with a number before its extension, or at its end, when it is taken: ``form (2).docx``."""
    stem, extension = _EXTENSION.fullmatch(name).groups("")  # type: ignore[union-attr] # it fits any text
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{stem} ({number}){extension}"
    return found


def unglued(text: str) -> str:
    """ "CaseA" and "case4" with a space before the name of the case."""
    return _GLUED.sub(lambda match: f"{match.group()} ", text)


def case_key(text: str) -> str:
    """A case's name for comparing: letters and digits, without the word "case" or "child" before it.

    Digits alone are a number: "01" is "1", "12 34" is "1234"; "1, 2" are two numbers and none.
    """
    name = key(unglued(text))
    bare = _LEAD.sub("", name + " ").strip() or name
    one_number = re.fullmatch(r"[\d ]+", bare) and not re.search(r"\d\s*[^\w\s]+\s*\d", text)
    return (bare.replace(" ", "").lstrip("0") or "0") if one_number else bare


def slug(text: str) -> str:
    """A name safe in any file system and URL: ``[a-z0-9-]``, at most 60 characters, "x" when nothing is left."""
    plain = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "x"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``"; did you mean 'x'?"`` when one of ``known`` is close to ``word``, else an empty string."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def listed(words: Iterable[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def safe_cell(text: str) -> str:
    """``text`` for a CSV cell: a leading apostrophe before anything that a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_RUNS_IN_A_SPREADSHEET) else text
