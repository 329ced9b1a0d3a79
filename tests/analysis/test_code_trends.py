"""Codes over several audits: shares of returns that commented, compared only where the tool is the same."""

from __future__ import annotations

import pytest

from audit_lib.analysis.code_trends import codes_over_years
from audit_lib.codebook.book import Code, Codebook
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables

NAMES = {"x": "Sleep", "y": "Food", "z": "Money"}


def audit(
    name: str, returns: dict[str, list[tuple[str, str]]], tool: str = "neglect-2018", codes_known: str = "xyz"
) -> AuditTables:
    """``returns`` maps a return to (column, codes) of each of its comments."""
    comments, codings = [], []
    for return_id, of in returns.items():
        for n, (column, codes) in enumerate(of):
            comment = f"{name}-{return_id}-{n}"
            base = {"comment_id": comment, "return_id": return_id, "case": "A", "agency": "GP", "text": "t"}
            comments.append(base | {"column": column})
            codings += [{"comment_id": comment, "code": code, "coder": "tool", "certainty": "sure"} for code in codes]
    rows = {"comments": comments, "codings": codings}
    frames = {table: schema.frame(rows.get(table, [])) for table, schema in TABLES.items()}
    book = Codebook(id="b", title="B", codes=[Code(id=code, name=code, definition="d") for code in codes_known])
    return AuditTables(name, frames, load_instrument(tool), book)


FIRST = audit("first", {f"r{n}": [("worried", "x" if n < 2 else "")] for n in range(20)} | {"g": [("going_well", "x")]})
SECOND = audit("second", {f"s{n}": [("worried", "xy" if n < 18 else "y"), ("worried", "x")] for n in range(20)})


def test_a_return_counts_once_and_only_among_those_with_comments_in_the_column():
    found = {one.last.asked: one for one in codes_over_years([FIRST, SECOND], NAMES, ["worried"])}
    assert set(found) == {"x", "y"}
    told = [(point.share.numerator, point.share.denominator) for point in found["x"].points]
    assert told == [(2, 20), (20, 20)]
    assert [(point.share.numerator, point.share.denominator) for point in found["y"].points] == [(0, 20), (20, 20)]
    assert found["x"].changes[0].certainty == "clear" and found["x"].changes[0].direction == "up"
    assert found["x"].changes[0].among == 3, "every code that both codebooks have, raised or not"
    assert not found["x"].last.better


def test_the_code_of_most_returns_in_the_newest_audit_comes_first():
    third = audit("third", {"a": [("worried", "z")], "b": [("worried", "zx")]})
    assert [one.last.asked for one in codes_over_years([FIRST, third], NAMES, ["worried"])] == ["z", "x"]


def test_other_tools_are_not_compared_and_audits_without_such_comments_are_left_out():
    other = audit("other", {"a": [("worried", "x")]}, "child-in-need-2014")
    (one,) = codes_over_years([FIRST, other], NAMES, ["worried"])
    assert (len(one.points), one.changes) == (2, ())
    (alone,) = codes_over_years([FIRST, SECOND], NAMES, ["going_well"])
    assert ([point.audit for point in alone.points], alone.changes, alone.last.better) == (["first"], (), True)
    assert codes_over_years([FIRST, SECOND], NAMES, ["impact"]) == ()


def test_an_unknown_column_is_refused():
    with pytest.raises(ValueError, match="worry"):
        codes_over_years([FIRST], NAMES, ["worried", "worry"])


def test_what_people_coded_is_not_compared_with_what_the_program_coded():
    by_ann = audit("ann", {f"s{n}": [("worried", "x")] for n in range(20)})
    codings = by_ann.tables["codings"].assign(coder="Ann")
    by_ann = AuditTables("ann", {**by_ann.tables, "codings": codings}, by_ann.instrument, by_ann.book)
    (one,) = codes_over_years([FIRST, by_ann], NAMES, ["worried"])
    assert one.changes == ()
    some = codings.assign(coder=["Ann"] * 5 + ["tool"] * 15)
    partly = AuditTables("ann", {**by_ann.tables, "codings": some}, by_ann.instrument, by_ann.book)
    (both,) = codes_over_years([partly, partly], NAMES, ["worried"])
    assert both.changes == ()


def test_an_audit_whose_codebook_lacks_a_code_has_no_share_of_it_and_nothing_is_compared():
    lacking = audit("lacking", {"a": [("worried", "y")]}, codes_known="y")
    found = {one.last.asked: one for one in codes_over_years([FIRST, lacking], NAMES, ["worried"])}
    assert [point.audit for point in found["x"].points] == ["first"]
    assert [point.audit for point in found["y"].points] == ["first", "lacking"]
    assert not any(one.changes for one in found.values())
