"""Which forms were asked for, and what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from audit_lib.analysis.proportions import percent
from audit_lib.analysis.rows import in_order, natural, text_rows
from audit_lib.schema import STATUSES

STATES = {
    "returned": "Came back",
    "late": "Came back late",
    "unsettled": "Came in, needs a person",
    "empty": "Came, but empty",
    "set_aside": "Came, set aside by a person",
    "not_back": "Not back",
    "extra": "Came back, not asked for",
}
NO_ANSWER_TO_A_REQUEST = {"system_file", "lock_file", "not_a_return", "other_instrument"}
_RULED_OUT = "ruled_out"
_EMPTY = {"empty_file", "blank_form", "nothing_inside"}


@dataclass(frozen=True)
class GridCell:
    """What came of one case and agency.

    ``state`` is one of :data:`STATES`; ``return_ids`` are the returns read (none for ``not_back``; for ``unsettled``, ``empty``
    and ``set_aside`` the files that came). Several returns of one kind of agency answer one request. ``undated`` says that it came back,
    that a date was asked for, and that nothing shows whether it came by then.
    """

    case: str
    agency: str
    state: str
    due: str
    return_ids: tuple[str, ...]
    undated: bool = False


@dataclass(frozen=True)
class ReturnsGrid:
    """The cells that were asked for or came back, and the number of files received by what became of them."""

    cells: tuple[GridCell, ...]
    files: Mapping[str, int]

    @property
    def cases(self) -> tuple[str, ...]:
        """Every case asked about or read, in natural order."""
        return in_order(cell.case for cell in self.cells)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Every agency asked or read, in order."""
        return in_order(cell.agency for cell in self.cells)

    def in_state(self, *states: str) -> tuple[GridCell, ...]:
        """The cells in one of these states."""
        return tuple(cell for cell in self.cells if cell.state in states)

    @property
    def asked(self) -> int:
        """How many forms were asked for."""
        return len(self.cells) - len(self.in_state("extra"))

    @property
    def came_back(self) -> int:
        """How many of the forms asked for came back and were read, late ones included."""
        return len(self.in_state("returned", "late"))

    @property
    def not_back(self) -> int:
        """Of how many of the forms asked for nothing has come: neither a return, nor an empty one, nor one to be settled or set aside."""
        return len(self.in_state("not_back"))

    @property
    def extra(self) -> int:
        """How many returns were read that nobody had asked for."""
        return sum(len(cell.return_ids) for cell in self.in_state("extra"))

    @property
    def percent_back(self) -> Decimal | None:
        """The share of forms asked for that came back, in per cent rounded half up; None when none was asked for."""
        return percent(self.came_back, self.asked)

    @property
    def read(self) -> int:
        """How many returns were read, asked for or not."""
        return self.files["read"]

    @property
    def files_received(self) -> int:
        """How many files (or forms inside containers) were received: read, superseded, duplicate and rejected."""
        return sum(self.files.values())


@dataclass(frozen=True)
class CaseCounts:
    """How many cases were asked about or described, for how many of them any return was read, and whether some are only described:
    nobody was asked about them and nothing came back. Where nobody was asked about any, those that were read count; else a case that
    only a stray return names does not.
    """

    known: int
    returned: int
    some_only_described: bool = False


def case_counts(requests: pd.DataFrame, cases: pd.DataFrame, returns: pd.DataFrame) -> CaseCounts:
    """The cases of an audit, from the tables of those names."""
    read = set(returns.loc[returns["status"] == "read", "case"])
    asked = {*requests["case"]} or read
    known = asked | ({*cases["case"]} - (read - asked))
    return CaseCounts(len(known), len(read & known), known != asked)


def told_apart(table: pd.DataFrame, returns: pd.DataFrame) -> pd.DataFrame:
    """``table`` with a name of its own for each of several returns from one agency on one case, such as two schools: the name as written.

    For lists and sentences, not for counting by agency. Where the names as written do not differ, the agency's name stays.
    """
    written: dict[tuple[str, str], dict[str, str]] = {}
    for row in text_rows(returns):
        if row["status"] == "read":
            written.setdefault((row["case"], row["agency"]), {})[row["return_id"]] = row["agency_as_written"]
    names: dict[str, str] = {}
    for each in written.values():
        if len(each) > 1 and all(each.values()) and len(set(each.values())) == len(each):
            names |= each
    return table.assign(agency=table["return_id"].map(names).fillna(table["agency"])) if names else table


def returns_grid(requests: pd.DataFrame, returns: pd.DataFrame) -> ReturnsGrid:
    """The grid of case by agency, from the tables of those names.

    A return is late when it has a date received and its request a date due, and the first is after the second; where the request has a
    date and no return to it does, it is ``undated``: not called late, nor in time. A file that was received for a request and could
    not be read or told apart is ``unsettled`` until a person decides; where all that came has nothing in it the request is ``empty``,
    and where a person ruled all of that out, ``set_aside``. None of these counts as come back, nor as not back.
    """
    due = {(row["case"], row["agency"]): row["due"] for row in text_rows(requests)}
    rows = text_rows(returns)
    read: dict[tuple[str, str], list[tuple[str, str]]] = {}
    waiting: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows:
        place = (row["case"], row["agency"])
        if row["status"] == "read":
            read.setdefault(place, []).append((row["return_id"], row["received"]))
        elif row["status"] == "rejected" and place in due and row["reason_code"] not in NO_ANSWER_TO_A_REQUEST:
            waiting.setdefault(place, []).append((row["return_id"], row["reason_code"]))
    cells = [_cell(place, due.get(place), read.get(place, []), waiting.get(place, [])) for place in {*due, *read}]
    cells.sort(key=lambda cell: (natural(cell.case), natural(cell.agency), cell.case, cell.agency))
    statuses = Counter(row["status"] for row in rows)
    return ReturnsGrid(tuple(cells), {status: statuses[status] for status in STATUSES})


def _cell(
    place: tuple[str, str], due: str | None, read: list[tuple[str, str]], waiting: list[tuple[str, str]]
) -> GridCell:
    ids = tuple(sorted(return_id for return_id, _ in read or waiting))
    days = [received[:10] for _, received in read]
    undated = bool(due) and bool(read) and not all(days) and not any(day and day <= str(due) for day in days)
    if due is None:
        state = "extra"
    elif read:
        state = "late" if due and all(day > due for day in days) else "returned"
    elif waiting:
        state = _state_of_unread({reason for _, reason in waiting})
    else:
        state = "not_back"
    return GridCell(*place, state, due or "", ids, undated)


def _state_of_unread(reasons: set[str]) -> str:
    """What became of a request of which only files came that are not read, by the reasons why."""
    if reasons == {_RULED_OUT}:
        return "set_aside"
    return "empty" if reasons <= {*_EMPTY, _RULED_OUT} else "unsettled"
