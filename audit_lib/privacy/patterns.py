"""The details that have a form of their own: e-mail, telephone, postcode, NHS number, date of birth."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_DAY_NAME = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?"
_ORDINAL = (
    r"(?:(?:twenty|thirty)[\s-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_NUMBER_WORD = (
    "ninety|eighty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty"
)
_YEAR_IN_WORDS = rf",?\s+(?:nineteen|twenty|two\s+thousand)(?:[\s-]+(?:and\s+)?(?:{_NUMBER_WORD})){{0,3}}(?!\w)"
_DATE = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+\d{{2,4}})?"
    rf"|(?:{_ORDINAL})\s+(?:of\s+)?{_MONTH}(?:\s+\d{{2,4}}|{_YEAR_IN_WORDS})?"
    rf"|{_MONTH}\s+(?:the\s+)?(?:{_ORDINAL})(?:,?\s+\d{{4}}|{_YEAR_IN_WORDS})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)(?!\d)"
)
_BIRTH = re.compile(
    r"(?P<lead>(?<!\w)(?:d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|birth\s?date|birthday|born(?:\s+on)?)"
    rf"[\s:,(=–-]*(?:is\s+|was\s+)?(?:on\s+)?(?:the\s+)?{_DAY_NAME}){_DATE}",
    re.IGNORECASE,
)
_BORN_BEHIND = re.compile(rf"(?<!\d){_DATE}(?=\s*\(\s*(?:d\.?\s?o\.?\s?b\.?|date\s+of\s+birth)\s*\))", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+'’-])[\w.+'’-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_NHS = re.compile(r"(?<!\d)\d{3}[\s-]{0,3}\d{3}[\s-]{0,3}\d{4}(?!\d)")
_PHONE = re.compile(
    r"(?<![\d+])(?:"
    r"\+(?:\(?\d\)?[\s.-]{0,2}){9,14}\d"  # with the code of a country
    r"|(?:\(0\d{2,5}\)|0\d{2,5})[\s.-]{0,2}(?:\d{3,4}[\s.-]?\d{3,4}|\d{5,6})"
    r"|0044[\s.-]?(?:\(0\)[\s.-]?)?\d{2,4}[\s.-]?\d{3,4}[\s.-]?\d{3,4}"
    r")(?!\d)(?P<extension>,?\s?(?:extension|ext|x)\b\.?\s?\d{1,6}(?!\d)|\s?x\d{1,6}(?!\w))?",
    re.IGNORECASE,
)
# The letters with which a postcode begins: the postcode areas, so that "A1 2nd visit" is none.
_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU "
    "GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE "
    "PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV "
    "YO ZE"
)


def _postcode(before: str, between: str, after: str) -> re.Pattern[str]:
    areas = "|".join(sorted(_AREAS.split(), key=len, reverse=True))
    inward = r"(?!(?-i:\d(?:st|nd|rd|th)))\d[ABD-HJLNP-UW-Z]{2}"
    return re.compile(rf"{before}(?:{areas})\d[A-Z\d]?{between}{inward}{after}", re.IGNORECASE)


POSTCODE = _postcode(r"(?<!\w)", r"\s{0,2}", r"(?!\w)")
IN_A_FILE_NAME = _postcode(r"(?<![^\W_])", r"[\s_.-]?", r"(?![^\W_])")  # where other signs stand for spaces


@dataclass(frozen=True)
class Pattern:
    """A kind of detail: how it is found, the bracketed ``word`` that replaces it, and what else has to hold.

    What the group ``lead`` finds ("date of birth:") stays.
    """

    find: re.Pattern[str]
    word: str
    holds: Callable[[re.Match[str]], bool] = lambda _: True

    def word_for(self, match: re.Match[str]) -> str:
        """The word that replaces what was found; empty when it is no detail."""
        return self.word if self.holds(match) else ""

    def replacing(self, match: re.Match[str]) -> str:
        """What was found with its detail replaced; as it stands when it is none."""
        word = self.word_for(match)
        return (match.groupdict().get("lead") or "") + word if word else match.group()


def is_nhs_number(match: re.Match[str]) -> bool:
    """Whether ten digits pass the modulus 11 check of the NHS Data Dictionary (NHS NUMBER), or are called one."""
    if re.search(r"\bNHS\b[^.\d]{0,25}$", match.string[max(0, match.start() - 40) : match.start()], re.IGNORECASE):
        return True
    digits = [int(c) for c in match.group() if c.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check != 10 and check % 11 == digits[9]


def is_phone(match: re.Match[str]) -> bool:
    """Whether the digits are as many as a telephone number has: ten or eleven at home, up to fifteen from abroad."""
    digits = re.sub(r"\D", "", match.group().removesuffix(match["extension"] or ""))
    return 10 <= len(digits) <= (11 if digits.startswith("0") and not digits.startswith("00") else 15)


PATTERNS = (
    Pattern(_EMAIL, "[e-mail]"),
    Pattern(_BIRTH, "[date of birth]"),
    Pattern(_BORN_BEHIND, "[date of birth]"),
    Pattern(_NHS, "[NHS number]", is_nhs_number),
    Pattern(_PHONE, "[telephone]", is_phone),
    Pattern(POSTCODE, "[postcode]"),
)
