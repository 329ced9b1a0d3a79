"""Dates as people write them -> ISO."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit_lib.text import lower_same_length

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})(?:[t ]\d{2}:\d{2}(?::\d{2})?)?"
    r"|(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>\d{4}|\d{2})"
    rf"|{_DAY.format('d3')}\s*(?:of\s+|-|/)?{_MONTH.format('n3')},?\s*[-/]?\s*(?P<y3>\d{{4}}|'?\d{{2}})"
    rf"|{_MONTH.format('n4')}\s+{_DAY.format('d4')},?\s+(?P<y4>\d{{4}})"
    rf"|{_MONTH.format('n5')},?\s*[-/]?\s*(?P<y5>\d{{4}})"
    r")(?![\w/]|[.-]\d)"
)

_DOUBT = re.compile(
    r"[?+]|\b(?:or|and|not|before|between|to|until|within|after|from|since|was|were|completed|done|weeks?|months?|days?|plus)\b"
    r"|\d(?:st|nd|rd|th)?\s*[/&–-]\s*\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3}"  # the 14/15 June
)


@dataclass(frozen=True)
class DateFound:
    """One date in a text: ISO day or, where only a month is written, ISO month; and where it stands."""

    iso: str
    start: int
    end: int


def dates_in(text: str) -> Iterator[DateFound]:
    """Every date in a text that names a year, the day before the month; "30/02/2018" is none.

    A year of two digits is one of this century.
    """
    for match in _DATE.finditer(lower_same_length(text)):
        found = {name[0]: value for name, value in match.groupdict().items() if value}
        year = int(found["y"].lstrip("'")) + (2000 if len(found["y"].lstrip("'")) == 2 else 0)
        month = _MONTHS.index(found["n"][:3]) + 1 if "n" in found else int(found["m"])
        try:
            day = datetime.date(year, month, int(found.get("d", 1)))
        except ValueError:
            continue
        iso = day.isoformat()
        yield DateFound(iso if "d" in found else iso[:7], match.start(), match.end())


def read_date(text: str) -> str:
    """The one date that a text names, as ISO day or month; empty for none, for several, and beside words by which another
    day is meant ("two weeks after", "was", "not before") or which leave it open ("or", "?").
    """
    found = {date.iso for date in dates_in(text)}
    return found.pop() if len(found) == 1 and not _DOUBT.search(lower_same_length(text)) else ""


_MOMENT = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4}|\d{2}))"
    r"(?:[t ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<sec>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]m)?z?)?"
)


def read_moments(texts: Sequence[str]) -> list[str]:
    """The moments in a column of times that one program wrote, as ISO; empty for what is none.

    Programs write 7/2/18 for the seventh of February or for the second of July: which, the column as a whole has to show
    by a day beyond twelve. Where it does not, none of these is read.
    """
    found = [_MOMENT.fullmatch(lower_same_length(text.strip())) for text in texts]
    pairs = [(int(match["first"]), int(match["second"])) for match in found if match and match["first"]]
    day_first, month_first = any(first > 12 for first, _ in pairs), any(second > 12 for _, second in pairs)
    order = "" if day_first == month_first else "day" if day_first else "month"
    return [_moment(match, order) if match else "" for match in found]


def _moment(match: re.Match[str], order: str) -> str:
    if match["y"]:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    elif order:
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        first, second = int(match["first"]), int(match["second"])
        day, month = (first, second) if order == "day" else (second, first)
    else:
        return ""
    hour = int(match["hour"] or 0) % (12 if match["half"] else 24) + (12 if match["half"] == "pm" else 0)
    try:
        moment = datetime.datetime(year, month, day, hour, int(match["minute"] or 0), int(match["sec"] or 0))
    except ValueError:
        return ""
    return moment.isoformat() if match["hour"] else moment.date().isoformat()
