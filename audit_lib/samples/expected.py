"""What coding a sample audit has to give, taken from its content and never from a reader."""

from __future__ import annotations

from typing import Any

from audit_lib.instrument import Instrument
from audit_lib.instruments import load_instrument
from audit_lib.samples.content import Entry, given, pair, place, read_content


def expected(sample: str) -> dict[str, dict[str, Any]]:
    """What coding the sample has to give, file by file; what lies inside a file is named as in the tables.

    For each path under ``returns/``: ``status``, ``reason_code``, ``case``, ``agency``; for those read also ``answers``
    and ``grades`` (code by question and section, none left out), ``score`` (None when missing or unclear), ``ratings`` (code by
    what is graded and rater), ``comments`` (section, question, column and text as written), ``actions`` (action, by whom, by
    when as ISO), ``header`` (what is written in its fields), ``settled`` (what ``corrections.csv`` settles) and ``details`` (the
    identifying details planted in it, none of which may come out).
    """
    content = read_content(sample)
    instrument = load_instrument(content["instrument"])
    return {name: _expected(entry, instrument) for name, entry in content["files"].items()}


def _expected(entry: Entry, instrument: Instrument) -> dict[str, Any]:
    told = {name: entry.get(name, "") for name in ("status", "reason_code", "case", "agency")}
    if entry["status"] != "read":
        return told
    ruled = entry.get("ruled", {})
    answers = _codes(entry, "answers", list(instrument.questions))
    grades = _codes(entry, "grades", [thing.id for thing in instrument.grades])
    score = pair(entry.get("score", ""))[0]
    return told | {
        "answers": answers | {what: code for what, code in ruled.items() if what in answers},
        "grades": grades | {what[6:]: code for what, code in ruled.items() if what.startswith("grade:")},
        "score": float(score) if isinstance(score, int | float) else None,
        "ratings": {
            (thing, rater): code for rater, codes in entry.get("ratings", {}).items() for thing, code in codes.items()
        },
        "comments": _comments(entry, instrument),
        "actions": [(action[0], action[1], action[3] if action[3:] else "") for action in entry.get("actions", ())],
        "header": {
            ("auditor" if name == "completed_by" else name): text for name, text in entry["written"].items() if text
        },
        "settled": sorted(ruled),
        "details": entry.get("details", []),
    }


def _codes(entry: Entry, key: str, names: list[str]) -> dict[str, str]:
    """The code of each name, ``missing`` for those that are not there."""
    return dict.fromkeys(names, "missing") | {name: code for name, (code, _) in given(entry, key, names).items()}


def _comments(entry: Entry, instrument: Instrument) -> list[tuple[str, str, str, str]]:
    beside = [
        (*place(thing, instrument), column, text)
        for thing, columns in entry.get("comments", {}).items()
        for column, texts in columns.items()
        for text in texts
    ]
    remarks = [(*place(thing, instrument), "comment", text) for thing, text in entry.get("remarks", {}).items()]
    free = [("", name, "comment", text) for name, texts in entry.get("free", {}).items() for text in texts]
    return sorted(beside + remarks + free)
