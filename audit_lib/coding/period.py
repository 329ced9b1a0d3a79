"""Dates outside the period that an audit looks at."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit_lib.coding.coded import CodedForm, Problem
from audit_lib.coding.values.dates import DateFound, dates_in
from audit_lib.instrument import Instrument
from audit_lib.text import lower_same_length

_NEAR = 60  # letters before a date in which it may be called a birthday
_BIRTH = re.compile(r"(?:\bborn\b|\bbirth|\bdob\b|\bd\.o\.b)[^\d]{0,25}$")  # close before a date: it is a birthday


@dataclass(frozen=True)
class Period:
    """The period under review: from ``first`` to ``last`` (ISO days); ``first`` is empty when there is no limit."""

    first: str
    last: str

    @classmethod
    def of(cls, audited: str, months: int | None) -> Period:
        """The ``months`` up to the date of an audit, an ISO day or month; a month counts to its last day."""
        year, month, *day = map(int, audited.split("-"))
        last = datetime.date(year, month, day[0] if day else calendar.monthrange(year, month)[1])
        if months is None:
            return cls("", last.isoformat())
        back = year * 12 + month - 1 - months
        start_day = min(day[0] if day else 1, calendar.monthrange(back // 12, back % 12 + 1)[1])
        return cls(datetime.date(back // 12, back % 12 + 1, start_day).isoformat(), last.isoformat())

    def where(self, iso: str) -> str:
        """``before``, ``after`` or nothing for an ISO day or month; a month counts as within when any day of it is."""
        if self.first and (iso + "-31" if len(iso) == 7 else iso) < self.first:
            return "before"
        return "after" if iso > self.last else ""


def outside_period(coded: CodedForm, instrument: Instrument, period: Period) -> Iterator[Problem]:
    """A row for each date of a comment or of the header that lies outside the period, birthdays aside.

    A date after the audit is a slip or a wish: a warning. One before the period may be history: a note. The date by which an
    action is due should not lie before the audit.
    """
    for comment in coded.comments:
        for date in dates_in(comment.text):
            if not _is_birthday(comment.text, date) and period.where(date.iso):
                yield _problem(period, date.iso, comment.locator)
    dated = {header.id: header.label for header in instrument.header if header.kind == "date"}
    for name, label in dated.items():
        value = coded.header.get(name)
        if value is not None and value.code and period.where(value.code) == "after":
            message = f"{label}: {value.code} is after the audit ({period.last}); check the year"
            yield Problem("warning", "lookback", message, value.locator, value.as_written)
    for action in coded.actions:
        if action.by_when and period.first and period.where(action.by_when) == "before":
            message = f"an action due by {action.by_when}, long before the audit ({period.last}); check the year"
            yield Problem("warning", "lookback", message, action.locator, action.written)


def _problem(period: Period, iso: str, locator: str) -> Problem:
    if period.where(iso) == "after":
        message = f"a comment names {iso}, which is after the audit ({period.last}); check whether the year is a slip"
        return Problem("warning", "lookback", message, locator)
    message = f"a comment names {iso}, before the period under review, which begins with {period.first}"
    return Problem("note", "lookback", message, locator)


def _is_birthday(text: str, date: DateFound) -> bool:
    return _BIRTH.search(lower_same_length(text[max(date.start - _NEAR, 0) : date.start])) is not None
