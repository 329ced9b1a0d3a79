"""The list of what a person has to look at, as lines of text: grouped by return, worst first."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from audit_lib.pipeline.received import OF_THE_WHOLE_RETURN
from audit_lib.pipeline.tabulating import csv_line
from audit_lib.schema import REASON_CODES, SEVERITIES

_SIGNS = {"error": "!", "warning": "-", "note": " "}
_TITLES = {
    "error": "to be settled before the figures can be relied on",
    "warning": "to be looked at",
    "note": "worth knowing",
}
_WHOLE = "The audit as a whole"
_MANY = 3  # so many entries of one kind in one return are told together
_SEEN = (
    "A line that says 'seen' makes a note of what no other line settles in that file, and of a return that nobody asked for. It holds for "
    "that very file, and not for another that comes under its name."
)
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
        for alike in _alike(sorted(entries, key=_order)):
            yield from _several(alike) if len(alike) >= _MANY else (line for row in alike for line in _entry(row))
        if ids := sorted({row["return_id"] for row in entries if _can_be_seen(row)}):
            line = csv_line([file, "status", f"seen {ids[0]}", "<reason>", "<by>"])
            yield f"    looked at, and nothing to do? in corrections.csv: {line}"
    yield ""
    if any(_can_be_seen(row) for row in rows):
        yield _SEEN
    if counts["note"] and not with_notes:
        one = counts["note"] == 1
        yield f"{counts['note']} note{' that needs' if one else 's that need'} no action; show with --notes."


def _can_be_seen(row: Entry) -> bool:
    """Whether it becomes a note once a person says that it was seen."""
    no_other = row["severity"] == "warning" and not row["settle"] and row["check"] != "ruling_unused"
    return bool(row["return_id"]) and (no_other or (row["severity"] != "note" and row["check"] in OF_THE_WHOLE_RETURN))


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


def _alike(rows: Sequence[Entry]) -> list[list[Entry]]:
    """The rows put together that say the same of different places, each group where its first row stands.

    What has to be settled stands by itself: each wants a look of its own.
    """
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for number, row in enumerate(rows):
        kind = (row["check"], row["taken_as"], *_line_to_settle(row)[2:])
        groups.setdefault((str(number),) if row["severity"] == "error" else kind, []).append(row)
    found: list[list[Entry]] = []
    for alike in groups.values():
        found += [alike] if len(alike) >= _MANY and any(_shared(alike)) else [[row] for row in alike]
    return sorted(found, key=lambda alike: _order(alike[0]))


def _several(rows: Sequence[Entry]) -> Iterator[str]:
    """Rows that say the same: that once, then what is different, then how to settle any of them."""
    before, after = _shared(rows)
    same = len({row["message"] for row in rows}) == 1
    said = before if same else f"{before}...{after}" if before else after.lstrip(" :")
    yield f"  {_SIGNS[rows[0]['severity']]} {len(rows)} times: {said}"
    if rows[0]["taken_as"] and rows[0]["taken_as"] not in REASON_CODES:
        yield f"      taken as: {rows[0]['taken_as']}"
    for row in rows:
        own = row["message"][len(before) : len(row["message"]) - len(after)]
        written = f", written: {row['as_written']}" if row["as_written"] else ""
        yield f"      {': '.join(part for part in (row['locator'], own) if part)}{written}"
    settled = [_line_to_settle(row) for row in rows if row["settle"]]
    if settled:
        line, targets = settled[0], ", ".join(dict.fromkeys(line[1] for line in settled))
        with_target = csv_line([line[0], "<which>", *line[2:]])
        yield f"      settle in corrections.csv, a line for each of {targets}: {with_target}"


def _shared(rows: Sequence[Entry]) -> tuple[str, str]:
    """The words with which all messages begin, and those with which they end; of messages that are the same the whole."""
    messages = [row["message"] for row in rows]
    if len(set(messages)) == 1:
        return messages[0], ""
    before = _beginning(messages)
    before = before[: before.rfind(" ") + 1]
    rests = [message[len(before) :][::-1] for message in messages]
    after = _beginning(rests)[::-1]
    return before, re.sub(r"^\w+", "", after)


def _beginning(texts: Sequence[str]) -> str:
    """The letters with which all texts begin."""
    alike = itertools.takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    return "".join(letters[0] for letters in alike)


def _line_to_settle(row: Entry) -> list[str]:
    """The fields of the line for corrections.csv; none where nothing is to be settled."""
    return next(csv.reader([row["settle"]]), [])
