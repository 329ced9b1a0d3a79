"""Dates as people write them."""

from __future__ import annotations

import pytest

from audit_lib.coding.values.dates import dates_in, read_date, read_moments

READ = {
    "13/05/2021": "2021-05-13",
    "13.5.21": "2021-05-13",
    "2021-05-13": "2021-05-13",
    "2021-05-13 10:22:01": "2021-05-13",
    "13 May 2021": "2021-05-13",
    "13th of May, 2021": "2021-05-13",
    "Thursday 13th May 2021": "2021-05-13",
    "May 13, 2021": "2021-05-13",
    "13-May-21": "2021-05-13",
    "May 2021": "2021-05",
    "Sept 2021": "2021-09",
    "by 24/05/2021 please": "2021-05-24",
    "": "",
    "Add Date": "",
    "ASAP": "",
    "05/13/2021": "",
    "30/02/2021": "",
    "13/05": "",
    "May": "",
    "13/05/2021 or 14/05/2021": "",
    "13/05/2021?": "",
    "not before 13/05/2021": "",
    "between 1 May 2021 and 3 May 2021": "",
    "Version 1.2.3": "",
    "0113 496 0000": "",
}


@pytest.mark.parametrize(("written", "iso"), READ.items())
def test_one_date_is_read_and_no_other(written: str, iso: str) -> None:
    assert read_date(written) == iso


def test_every_date_of_a_sentence_is_found_with_its_place() -> None:
    text = "Seen on 3 March 2018 and again in April 2018; 31/04/2018 is no day."
    assert [(date.iso, text[date.start : date.end]) for date in dates_in(text)] == [
        ("2018-03-03", "3 March 2018"),
        ("2018-04", "April 2018"),
    ]


MOMENTS = {
    "one that shows the day first": (
        ["25/7/18 9:30", "2/7/18 14:05:10"],
        ["2018-07-25T09:30:00", "2018-07-02T14:05:10"],
    ),
    "one that shows the month first": (
        ["7/25/18 9:30", "7/2/18 2:05 PM"],
        ["2018-07-25T09:30:00", "2018-07-02T14:05:00"],
    ),
    "none that shows it": (["7/2/18 9:30", "3/4/18 9:30"], ["", ""]),
    "both": (["25/7/18", "7/25/18"], ["", ""]),
    "ISO": (["2018-07-02 09:30:00", "2018-07-02"], ["2018-07-02T09:30:00", "2018-07-02"]),
    "no moments": (["yesterday", "", "2018-13-01"], ["", "", ""]),
    "midnight and noon": (["25/7/18 12:05 AM", "25/7/18 12:05 PM"], ["2018-07-25T00:05:00", "2018-07-25T12:05:00"]),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_moments_that_one_program_wrote(name: str) -> None:
    written, iso = MOMENTS[name]
    assert read_moments(written) == iso
