"""Numbers as a sheet shows them: what a number format makes of a value.

Only what a person reads is made: no colours, no filling to a width. Dates are given as ISO days whatever the format says,
as the same day is written in many ways. A format that is not understood shows the plain number.
"""

from __future__ import annotations

import datetime
import operator
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    **dict.fromkeys([*range(27, 32), 36, *range(50, 55), 57, 58], "yyyy-mm-dd"),
    **dict.fromkeys([32, 33, 34, 35, 55, 56], "h:mm:ss"),
}  # fmt: skip
_MAX_CODE = 255  # Excel's own limit
_MAX_SHOWN = 1e15  # beyond it a number has more digits than are kept
_LAST_DAY = 2_958_465  # 31 December 9999
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*](?P<space>.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<half>AM/PM|A/P)|(?P<exponent>E[+-])|(?P<char>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)", re.ASCII)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)", re.ASCII)
_FRACTION = re.compile(r"(?P<whole>[0#?,]+ )? *[0#?]+/ *(?P<below>[1-9]\d{0,4}|[0#?]+) *", re.ASCII)
_HOLDS = {
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
Token = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """One of the parts of a format, which ``;`` separates. ``condition`` is the operator and number of ``[>=5]``."""

    tokens: tuple[Token, ...] = ()
    condition: tuple[str, float] | None = None

    @cached_property
    def elapsed(self) -> bool:
        """Whether it shows a length of time, such as 36 hours."""
        return any(kind == "bracket" and _ELAPSED.fullmatch(text) for kind, text in self.tokens)

    @cached_property
    def has_time(self) -> bool:
        """Whether it shows a time of day or a length of time."""
        return self.elapsed or bool({"h", "s"} & self._letters)

    @cached_property
    def has_date(self) -> bool:
        """Whether it shows a day or a month; an ``m`` beside hours or seconds means minutes."""
        return bool({"y", "d"} & self._letters) or ("m" in self._letters and not self.has_time)

    @cached_property
    def _letters(self) -> set[str]:
        """What stands outside quotation marks, in lower case."""
        return {text.lower() for kind, text in self.tokens if kind == "char"}


def number_text(value: float, code: str = "", from_1904: bool = False) -> str:
    """A number as a format shows it; empty when the format hides it.

    ``code`` is the format as the file holds it (empty: General). Dates and times count days from the end of 1899, or of 1903.
    """
    section = _section_for(value, _sections(code))
    if section is None:
        return plain_number(value)
    if section.has_date or section.has_time:
        shown = _moment(value, section, from_1904)
    else:
        shown = _digits(value, section, signed=len(_sections(code)) < 2 or section is not _sections(code)[1])
    return plain_number(value) if shown is None else shown


def text_shown(text: str, code: str) -> str:
    """A text as a format shows it: by its fourth part, or by the last one where an ``@`` stands in it; empty when it is hidden."""
    sections = _sections(code)
    of_text = (
        sections[3]
        if len(sections) > 3
        else sections[-1]
        if sections and ("char", "@") in sections[-1].tokens
        else None
    )
    if of_text is None:
        return text
    shown = (
        text if kind == "general" or (kind, of) == ("char", "@") else of
        for kind, of in of_text.tokens
        if kind != "bracket"
    )
    return "".join(shown)


def plain_number(value: float) -> str:
    """A number without a format: ``4``, ``8.5``, ``0.3`` for what a program computes as 0.30000000000000004."""
    if value == int(value) and abs(value) < 2**53:
        return str(int(value))
    return f"{value:.15g}".replace("e", "E")


def moment_text(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    """A date as an ISO day, with the time only when it is not midnight; a time as ``09:30``; a length of time as ``36:00``."""
    if isinstance(value, datetime.timedelta):
        return _length(round(value.total_seconds()))
    if isinstance(value, datetime.time):
        return _clock(value.hour * 3600 + value.minute * 60 + value.second)
    day = f"{value.year:04}-{value.month:02}-{value.day:02}"
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return f"{day} {moment_text(value.time())}"
    return day


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    """The parts of a format; none for General and for what is too long to be one."""
    if not code or len(code) > _MAX_CODE or code.lower() == "general":
        return ()
    parts: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or ""
        if (kind, match[kind]) == ("char", ";"):
            parts.append([])
        elif kind != "space":
            parts[-1].append((kind, match[kind]))
    return tuple(Section(tuple(part), _condition(part)) for part in parts)


def _condition(tokens: list[Token]) -> tuple[str, float] | None:
    matches = (_CONDITION.fullmatch(text) for kind, text in tokens if kind == "bracket")
    found = next((match for match in matches if match), None)
    return (found[1], float(found[2])) if found else None


def _section_for(value: float, sections: tuple[Section, ...]) -> Section | None:
    """The part of a format that is for this number; None where there is none."""
    if not sections or len(sections) > 4:
        return None
    if not any(section.condition for section in sections):
        if len(sections) > 2 and value == 0:
            return sections[2]
        return sections[1] if len(sections) > 1 and value < 0 else sections[0]
    for section in sections[:2]:
        if section.condition and _HOLDS[section.condition[0]](value, section.condition[1]):
            return section
    if len(sections) == 2 and all(section.condition for section in sections):
        return None
    usual = [section for section in sections[:3] if not section.condition]
    return usual[-1] if usual else None


def _moment(value: float, section: Section, from_1904: bool) -> str | None:
    """A date or time; None when the value is none."""
    if not -1 < value < _LAST_DAY + 1:
        return None
    seconds = round(value * 86_400)
    days, in_day = divmod(seconds, 86_400)
    if section.elapsed:
        return _length(seconds)
    if not section.has_date or (days == 0 and section.has_time and not from_1904):
        return _clock(in_day)
    day = _day(days, from_1904)
    return day if day is None or not (section.has_time and in_day) else f"{day} {_clock(in_day)}"


def _day(days: int, from_1904: bool) -> str | None:
    """The day with this number. The calendar of 1900 has a 29 February (day 60), which never was."""
    if from_1904:
        return (
            (datetime.date(1904, 1, 1) + datetime.timedelta(days)).isoformat() if 0 <= days < _LAST_DAY - 1462 else None
        )
    if days < 1 or days == 60:
        return None
    return (datetime.date(1899, 12, 30 if days > 60 else 31) + datetime.timedelta(days)).isoformat()


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")


def _length(seconds: int) -> str:
    return "-" * (seconds < 0) + _clock(abs(seconds))


def _digits(value: float, section: Section, signed: bool) -> str | None:
    """A number in the pattern of a format; None when the pattern is not understood."""
    if any(kind in ("exponent", "half") for kind, _ in section.tokens) or abs(value) >= _MAX_SHOWN:
        return None
    fraction = _FRACTION.fullmatch("".join(text for kind, text in section.tokens if kind == "char"))
    if fraction:
        return _fraction(value, fraction)
    before, pattern, after = _cut(section)
    if any(sign in pattern for sign in "/\0"):
        return None
    sign = "-" if signed and value < 0 else ""
    if pattern == "General":
        return f"{sign}{before}{plain_number(abs(value))}{after}"
    if not pattern:
        return f"{before}{after}".strip()
    number = _patterned(Decimal(f"{abs(value):.15g}").scaleb(2 * (before + after).count("%")), pattern)
    return f"{sign if any(c in '123456789' for c in number) else ''}{before}{number}{after}".strip()


def _fraction(value: float, pattern: re.Match[str]) -> str:
    """``7/10`` for 0.7 in tenths; with a place for whole numbers ``1 1/2``."""
    below = pattern["below"]
    most = 10 ** min(len(below), 3) - 1
    exact = (
        Fraction(round(abs(value) * int(below)), int(below))
        if below.isdecimal()
        else Fraction(abs(value)).limit_denominator(most)
    )
    denominator = int(below) if below.isdecimal() else exact.denominator
    above = int(exact * denominator)
    whole, above = divmod(above, denominator) if pattern["whole"] else (0, above)
    sign = "-" if value < 0 and (whole or above) else ""
    if pattern["whole"] and not above:
        return f"{sign}{whole}"
    return f"{sign}{whole} {above}/{denominator}" if whole else f"{sign}{above}/{denominator}"


def _cut(section: Section) -> tuple[str, str, str]:
    """What stands before the digits, their pattern, and what stands after. A pattern with text in it holds a NUL."""
    before, pattern, after = "", "", ""
    for kind, text in section.tokens:
        if kind == "bracket":
            text = text[1:].partition("-")[0] if text.startswith("$") else ""
        if kind == "general" or (kind, text) == ("char", "@"):
            pattern = "General" if not pattern else "\0"
        elif kind == "char" and text in "0#?.,/":
            pattern += text if not after else "\0"
        elif pattern:
            after += text
        else:
            before += text
    return before, pattern, after


def _patterned(number: Decimal, pattern: str) -> str:
    whole, _, part = pattern.partition(".")
    thousands = len(whole) - len(whole.rstrip(",")) + part.count(",")
    grouped = "," in whole.rstrip(",")
    places = min(sum(sign in "0#?" for sign in part), 30)
    least = min(part.count("0"), places)
    rounded = number.scaleb(-3 * thousands).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    integer, _, fraction = f"{rounded:f}".partition(".")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    integer = integer.lstrip("0").zfill(whole.count("0"))
    if grouped:
        integer = _THOUSANDS.sub(",", integer)
    return integer + (f".{fraction}" if fraction else "")
