"""Dates outside the period that an audit looks at."""

from __future__ import annotations

import pytest

from audit_lib.coding.coded import Action, CodedForm, Comment, Value
from audit_lib.coding.period import Period, outside_period
from audit_lib.instruments import load_instrument

AUDIT = load_instrument("case-audit-2021")
PERIODS = [
    ("2018-05", 6, "2017-11-01", "2018-05-31"),
    ("2018-05-22", 6, "2017-11-22", "2018-05-22"),
    ("2018-08-31", 6, "2018-02-28", "2018-08-31"),
    ("2018-01", 24, "2016-01-01", "2018-01-31"),
    ("2018-05", None, "", "2018-05-31"),
]


@pytest.mark.parametrize(("audited", "months", "first", "last"), PERIODS)
def test_the_period_reaches_back_from_the_date_of_the_audit(
    audited: str, months: int | None, first: str, last: str
) -> None:
    assert Period.of(audited, months) == Period(first, last)


COMMENTS = {
    "seen on 3 March 2018": [],
    "seen in November 2017": [],
    "seen in October 2017": ["note"],
    "history since 2009": [],
    "to be seen on 3 June 2018": ["warning"],
    "seen on 31/10/2017 and 01/06/2018": ["note", "warning"],
    "born on 3 March 2004": [],
    "DOB 3.3.2004, seen 1/1/2004": ["note"],
}


@pytest.mark.parametrize(("text", "severities"), COMMENTS.items())
def test_dates_in_comments(text: str, severities: list[str]) -> None:
    coded = CodedForm(comments=[Comment("", "", "comment", text, "paragraph 3")])
    found = list(outside_period(coded, AUDIT, Period.of("2018-05", 6)))
    assert [problem.severity for problem in found] == severities
    assert {problem.locator for problem in found} <= {"paragraph 3"}


def test_a_header_date_after_the_audit_and_an_action_due_before_it() -> None:
    coded = CodedForm(
        header={
            "audit_date": Value("2019-05-12", "12/05/2019", "table 1"),
            "discussed_date": Value("2018-05-01", "", ""),
        },
        actions=[Action("a", "b", "2017-06-01", "1/6/17", "x"), Action("a", "b", "2019-06-01", "1/6/19", "y")],
    )
    found = list(outside_period(coded, AUDIT, Period.of("2018-05", 6)))
    assert [(problem.check, problem.locator) for problem in found] == [("lookback", "table 1"), ("lookback", "x")]
