"""What a person has to look at: grouped by return, worst first."""

from __future__ import annotations

import pytest

from audit_lib.pipeline.checking import check_lines
from audit_lib.schema import TABLES


def row(severity: str, file: str, locator: str = "", **more: str) -> dict[str, object]:
    return {
        "severity": severity,
        "check": "answer_unclear",
        "file": file,
        "locator": locator,
        "message": locator,
        **more,
    }


ROWS = [
    row("note", "calm.docx", "table 1"),
    row("warning", "calm.docx", "table 2"),
    row("error", "bad.docx", "table 10"),
    row(
        "error",
        "bad.docx",
        "table 4",
        as_written="Yes/No?",
        taken_as="unclear",
        settle="bad.docx,R1,<yes|no>,<reason>,<by>",
    ),
    row("warning", "bad.docx", "table 1"),
    row("error", "so-so.docx", "table 1"),
    row("warning", "", message="a form has not come back"),
]


def lines(*, with_notes: bool = False) -> list[str]:
    return list(check_lines(TABLES["quality"].frame(ROWS), with_notes=with_notes))


def test_returns_come_worst_first_and_the_audit_as_a_whole_last() -> None:
    heads = [line for line in lines() if line and not line.startswith(" ")][1:-1]
    assert [head.split(" (")[0] for head in heads] == ["bad.docx", "so-so.docx", "calm.docx", "The audit as a whole"]
    assert heads[0] == ("bad.docx (2 to be settled before the figures can be relied on, 1 to be looked at)")


def test_within_a_return_the_worst_comes_first_then_the_order_of_the_pages() -> None:
    entries = [line.strip() for line in lines() if line.startswith(("  !", "  -"))]
    assert entries[:3] == ["! table 4: table 4", "! table 10: table 10", "- table 1: table 1"]


def test_an_entry_tells_what_was_written_how_it_was_taken_and_how_to_settle_it() -> None:
    all_lines = lines()
    at = all_lines.index("  ! table 4: table 4")
    assert [line.strip() for line in all_lines[at + 1 : at + 4]] == [
        "written: Yes/No?",
        "taken as: unclear",
        "settle in corrections.csv: bad.docx,R1,<yes|no>,<reason>,<by>",
    ]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (row("warning", "a.docx"), True),
        (row("error", "a.docx", check="case_not_requested", settle="a.docx,case,<case>,<reason>,<by>"), True),
        (row("note", "a.docx", check="case_not_requested"), False),
        (row("warning", "a.docx", settle="a.docx,R1,<yes|no>,<reason>,<by>"), False),
        (row("error", "a.docx"), False),
        (row("warning", "a.docx", check="ruling_unused"), False),  # the line itself has to be mended
    ],
)
def test_it_is_said_how_to_tell_that_nothing_has_to_be_done(one: dict[str, object], said: bool) -> None:
    lines = list(check_lines(TABLES["quality"].frame([one | {"return_id": "0123456789abcdef"}]), with_notes=False))
    assert any("a.docx,status,seen 0123456789abcdef,<reason>,<by>" in line for line in lines) is said
    nowhere = list(check_lines(TABLES["quality"].frame([one]), with_notes=False))  # what concerns no return
    assert not any("seen" in line for line in nowhere)


def missing(number: int, severity: str = "warning", values: str = "yes|no") -> dict[str, object]:
    settle = f'"one, two.docx",R{number},<{values}>,<reason>,<by>'
    message = f"R{number}: no answer was given"
    return row(severity, "one, two.docx", f"table 1, row {number}", message=message, taken_as="missing", settle=settle)


def told(*rows: dict[str, object]) -> list[str]:
    all_lines = list(check_lines(TABLES["quality"].frame(list(rows)), with_notes=False))
    return [line.strip() for line in all_lines[3:-1]]


def test_what_is_found_many_times_in_a_return_is_said_once() -> None:
    written = missing(10) | {"as_written": "?"}
    assert told(written, missing(2), missing(3)) == [
        "- 3 times: no answer was given",
        "taken as: missing",
        "table 1, row 2: R2",
        "table 1, row 3: R3",
        "table 1, row 10: R10, written: ?",
        'settle in corrections.csv, a line for each of R2, R3, R10: "one, two.docx",<which>,<yes|no>,<reason>,<by>',
    ]


def test_what_is_different_stands_between_the_words_that_are_alike() -> None:
    rows = [row("warning", "", message=f"the form of {who} about case A has not come back") for who in ("GP", "A", "B")]
    assert told(*rows) == ["- 3 times: the form of ... about case A has not come back", "A", "B", "GP"]


def test_what_is_the_same_of_all_is_not_cut() -> None:
    rows = [row("warning", "one.docx", f"row {number}", message="an action without a date") for number in (1, 2, 3)]
    assert told(*rows)[:4] == ["- 3 times: an action without a date", "row 1", "row 2", "row 3"]


@pytest.mark.parametrize(
    "rows",
    [
        [missing(1), missing(2)],
        [missing(number, "error") for number in (1, 2, 3)],
        [missing(1), missing(2), missing(3, values="yes|no|partly")],
        [row("warning", "one, two.docx", message=message) for message in ("this", "that", "another")],
    ],
    ids=["too few", "each to be settled", "other answers are possible", "no words alike"],
)
def test_each_entry_stands_by_itself(rows: list[dict[str, object]]) -> None:
    lines = told(*rows)
    assert not any("times" in line for line in lines)
    assert sum(line.startswith(("- ", "! ")) for line in lines) == len(rows)


def test_notes_are_counted_and_shown_when_asked_for() -> None:
    assert lines()[-1] == "1 note that needs no action; show with --notes."
    assert "table 1: table 1" in " ".join(lines(with_notes=True))


def test_nothing_to_look_at_is_said() -> None:
    assert list(check_lines(TABLES["quality"].empty(), with_notes=False)) == ["Nothing has to be looked at."]
