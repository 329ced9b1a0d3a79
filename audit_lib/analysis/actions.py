"""What was agreed to be done: by whom, by when, and what of it is late or has no date."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from audit_lib.analysis.rows import natural, text_rows

STATES = {
    "overdue": "Overdue",
    "within": "In the month of the audit",
    "due": "To come",
    "undated": "No date",
}
_MONTH = "2018-05"


@dataclass(frozen=True)
class AgreedAction:
    """One action. ``state`` is one of :data:`STATES`; ``by_when`` is an ISO day or month, ``by_when_as_written`` the words."""

    case: str
    action: str
    by_whom: str
    by_when: str
    by_when_as_written: str
    state: str
    return_id: str


@dataclass(frozen=True)
class Actions:
    """The actions of an audit as they stand ``as_of`` a day or a month (ISO): overdue ones first, then by date, those without a date
    last.
    """

    as_of: str
    all: tuple[AgreedAction, ...]
    unit: str = "actions"

    @property
    def as_of_day(self) -> bool:
        """Whether ``as_of`` is a day."""
        return len(self.as_of) > len(_MONTH)

    def in_state(self, state: str) -> tuple[AgreedAction, ...]:
        """The actions in a state."""
        return tuple(one for one in self.all if one.state == state)

    @property
    def without_owner(self) -> tuple[AgreedAction, ...]:
        """The actions that nobody is named to do."""
        return tuple(one for one in self.all if not one.by_whom)


def agreed_actions(actions: pd.DataFrame, as_of: str) -> Actions:
    """The rows of the table ``actions`` that hold an action. ``as_of`` is an ISO day or month.

    What is due in a month is due on its last day. An action is overdue when its day certainly lies before ``as_of``: before that day,
    or before that month began. With a month alone, nobody can say of what is due ``within`` it whether it is past. Whether an
    action was done by then, no form says.
    """
    found = []
    for row in text_rows(actions):
        if row["action"]:
            due = _last_day(row["by_when"])
            within = len(as_of) == len(_MONTH) and due.startswith(as_of)
            state = "undated" if not due else "within" if within else "overdue" if due < as_of else "due"
            written = row["by_when_as_written"]
            found.append(
                AgreedAction(
                    row["case"], row["action"], row["by_whom"], row["by_when"], written, state, row["return_id"]
                )
            )
    order = list(STATES)
    found.sort(key=lambda one: (order.index(one.state), _last_day(one.by_when), natural(one.case), one.action))
    return Actions(as_of, tuple(found))


def by_case(actions: Sequence[AgreedAction]) -> dict[str, int]:
    """How many actions each case has, in natural order."""
    cases = sorted({one.case for one in actions}, key=natural)
    return {case: sum(one.case == case for one in actions) for case in cases}


def _last_day(iso: str) -> str:
    if len(iso) != len(_MONTH):
        return iso
    year, month = map(int, iso.split("-"))
    return f"{iso}-{calendar.monthrange(year, month)[1]}"
