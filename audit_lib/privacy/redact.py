"""The first layer of protection: details that can be known for certain are replaced by a bracketed word.

Known for certain are names that stand in the form's own header, numbers with a checksum, and patterns (e-mail, telephone,
postcode, date of birth). Names that stand only in the narrative are not found by this layer. Further layers join here:
one function from text and context to text and replacements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audit_lib.checked_files import read_yaml
from audit_lib.text import clean

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_POSTCODE = re.compile(r"\b(?:GIR\s?0AA|[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_NHS = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")
_PHONE = re.compile(r"(?<![\d+])(?:\+44\s?(?:\(0\)\s?)?|\(?0)\d{2,4}\)?[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})[a-z]*\s+\d{{2,4}})"
_BIRTH = re.compile(
    rf"(?P<lead>\b(?:d\.?o\.?b\.?|date of birth|born(?:\s+on)?)[\s:,(-]*(?:is|was)?\s*){_DATE}", re.IGNORECASE
)
_TITLE = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|professor|sister|sr|rev|pc|dc|sgt|ds|insp)\.?\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """What is known of one form: ``names`` (a name -> the bracketed word that replaces it), and a person's rulings:
    texts to ``keep`` as they are and texts to ``replace``.
    """

    names: Mapping[str, str]
    keep: frozenset[str] = frozenset()
    replace: tuple[str, ...] = ()


@cache
def _professional_words() -> frozenset[str]:
    words = read_yaml(Path(__file__).with_name("professional_words.yaml"))["words"]
    return frozenset(str(word).casefold() for word in words)


def names_in(as_written: str, word: str) -> dict[str, str]:
    """The names in a header field, each with the bracketed ``word`` that is to replace it.

    The full name, and each of its parts of three letters or more that is no professional term ("Team Manager").
    """
    out: dict[str, str] = {}
    for person in re.split(r"[,;/&()\n]|\s[-–—]\s|\band\b", clean(as_written)):
        name = _TITLE.sub("", person.strip())
        parts = [part for part in re.findall(r"[^\W\d_][\w'’-]+", name) if part[0].isupper()]
        parts = [part for part in parts if part.casefold() not in _professional_words() and len(part) > 2]
        if parts and len(parts) == len(name.split()) > 1:
            out[name] = word
        out |= dict.fromkeys(parts, word)
    return out


def redact(text: str, context: Context) -> tuple[str, tuple[str, ...]]:
    """``text`` with identifying details replaced, and the bracketed words that were put in, in order of finding.

    Applying it to its own result changes nothing.
    """
    found: list[str] = []

    def put(word: str) -> str:
        found.append(word)
        return word

    def unless_kept(match: re.Match[str], word: str) -> str:
        return match.group() if match.group().casefold() in context.keep else put(word)

    for detail in context.replace:
        text = re.sub(rf"(?<!\w){re.escape(detail)}(?!\w)", lambda _: put("[removed]"), text, flags=re.IGNORECASE)
    if context.names:
        names = sorted(context.names, key=lambda name: (-len(name), name))
        pattern = rf"(?<![\w\[])(?:{'|'.join(map(re.escape, names))})(?![\w\]])"
        text = re.sub(pattern, lambda m: unless_kept(m, context.names[m.group()]), text)
    text = _EMAIL.sub(lambda m: unless_kept(m, "[e-mail]"), text)
    text = _BIRTH.sub(lambda m: m["lead"] + put("[date of birth]"), text)
    text = _NHS.sub(lambda m: unless_kept(m, "[NHS number]") if _is_nhs_number(m) else m.group(), text)
    text = _PHONE.sub(lambda m: unless_kept(m, "[telephone]") if _is_phone(m.group()) else m.group(), text)
    text = _POSTCODE.sub(lambda m: unless_kept(m, "[postcode]"), text)
    return text, tuple(found)


def _is_nhs_number(match: re.Match[str]) -> bool:
    """Whether ten digits pass the modulus 11 check of the NHS Data Dictionary (NHS NUMBER), or are called one."""
    if re.search(r"\bNHS\b[^.\d]{0,25}$", match.string[: match.start()], re.IGNORECASE):
        return True
    digits = [int(c) for c in match.group() if c.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check != 10 and check % 11 == digits[9]


def _is_phone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return 10 <= len(digits) <= 13
