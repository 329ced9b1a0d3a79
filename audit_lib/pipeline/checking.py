"""The list of what a person has to look at, as lines of text: grouped by return, worst first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from audit_lib.schema import REASON_CODES, SEVERITIES

_SIGNS = {"error": "!", "warning": "-", "note": " "}
_TITLES = {
    "error": "to be settled before the figures can be relied on",
    "warning": "to be looked at",
    "note": "worth knowing",
}
_WHOLE = "The audit as a whole"
Entry = Mapping[str, str]


def check_lines(quality: pd.DataFrame, *, with_notes: bool) -> Iterator[str]:
    """Lines for the rows of the ``quality`` table; notes are counted, and shown when asked for.

    The returns come worst first: by how many things have to be settled, then by how many should be looked at; what
    concerns no file stands at the end. Within a return too the worst comes first, then as a person turns the pages. Each
    entry has place, what was found and what to do, what was written, how it was taken, and the line for corrections.csv.
    """
    rows = [{str(name): str(value) for name, value in row.items()} for row in quality.to_dict("records")]
    counts = {severity: sum(row["severity"] == severity for row in rows) for severity in SEVERITIES}
    if not rows:
        yield "Nothing has to be looked at."
        return
    yield "; ".join(
        f"{counts[severity]} {_TITLES[severity]} ({_SIGNS[severity].strip() or 'note'})" for severity in counts
    )
    shown = [row for row in rows if with_notes or row["severity"] != "note"]
    for file in sorted({row["file"] for row in shown}, key=lambda file: _worst_first(file, rows)):
        entries = [row for row in shown if row["file"] == file]
        yield ""
        yield f"{file or _WHOLE}{_summary(entries)}"
        for row in sorted(entries, key=_order):
            yield from _entry(row)
    yield ""
    if counts["note"] and not with_notes:
        one = counts["note"] == 1
        yield f"{counts['note']} note{' that needs' if one else 's that need'} no action; show with --notes."


def _worst_first(file: str, rows: list[dict[str, str]]) -> tuple[bool, int, int, str]:
    mine = [row["severity"] for row in rows if row["file"] == file]
    return (not file, -mine.count("error"), -mine.count("warning"), file)


def _summary(entries: list[dict[str, str]]) -> str:
    """How much of each severity a return has, in brackets."""
    counted = {severity: sum(row["severity"] == severity for row in entries) for severity in SEVERITIES}
    return f" ({', '.join(f'{count} {_TITLES[severity]}' for severity, count in counted.items() if count)})"


def _order(row: Entry) -> tuple[int, list[tuple[int, str]], str]:
    """By severity, then by place as a person turns the pages: table 4 before table 10."""
    steps = re.split(r"(\d+)", row["locator"])
    place = [(int(step), "") if step.isdigit() else (-1, step) for step in steps]
    return list(SEVERITIES).index(row["severity"]), place, row["message"]


def _entry(row: Entry) -> Iterator[str]:
    place = f"{row['locator']}: " if row["locator"] else ""
    yield f"  {_SIGNS[row['severity']]} {place}{row['message']}"
    if row["as_written"]:
        yield f"      written: {row['as_written']}"
    if row["taken_as"] and row["taken_as"] not in REASON_CODES:
        yield f"      taken as: {row['taken_as']}"
    if row["settle"]:
        yield f"      settle in corrections.csv: {row['settle']}"
