"""The list of what a person has to look at, as lines of text: worst first, grouped by file."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping

import pandas as pd

from audit_lib.schema import SEVERITIES

_TITLES = {
    "error": "To be settled before the figures can be relied on",
    "warning": "To be looked at",
    "note": "Worth knowing",
}


def check_lines(quality: pd.DataFrame, *, with_notes: bool) -> Iterator[str]:
    """Lines for the rows of the ``quality`` table; notes are counted, and shown when asked for.

    Each entry has file, place, what was found and what to do, what was written, and the line for corrections.csv.
    """
    for severity in SEVERITIES:
        rows = quality[quality["severity"] == severity]
        if rows.empty:
            continue
        if severity == "note" and not with_notes:
            yield f"{len(rows)} notes that need no action; show them with --notes."
            yield ""
            continue
        yield f"{_TITLES[severity]} ({len(rows)})"
        file = None
        for row in sorted(rows.to_dict("records"), key=_order):
            if row["file"] != file:
                file = row["file"]
                yield f"  {file or 'The audit as a whole'}"
            yield from _entry({str(name): str(value) for name, value in row.items()})
        yield ""


def _order(row: Mapping[Hashable, object]) -> tuple[str, list[str | int], str]:
    """By file, then by place as a person turns the pages: table 4 before table 10."""
    steps = re.split(r"(\d+)", str(row["locator"]))
    return str(row["file"]), [int(step) if step.isdigit() else step for step in steps], str(row["message"])


def _entry(row: dict[str, str]) -> Iterator[str]:
    place = f"{row['locator']}: " if row["locator"] else ""
    yield f"    - {place}{row['message']}"
    if row["as_written"]:
        yield f"      written: {row['as_written']}"
    if row["settle"]:
        yield f"      settle in corrections.csv: {row['settle']}"
