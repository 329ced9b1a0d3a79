"""What earlier audits recommended, what became of it, and what later returns show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_lib.analysis.comparison import Series, asked_again
from audit_lib.analysis.rows import natural, text_rows
from audit_lib.store import AuditTables


@dataclass(frozen=True)
class Recommended:
    """One recommendation as its audit recorded it. ``due`` is an ISO day or month, or empty."""

    audit: str
    id: str
    finding: str
    action: str
    lead: str
    due: str
    status: str
    outcome: str


@dataclass(frozen=True)
class Followed:
    """A recommendation of one audit, the later ones that carry it on, and the questions by which it can be told.

    ``shown_by`` holds those that a later audit asked again; ``asked_once`` those of its questions that none did.
    """

    first: Recommended
    carried: tuple[Recommended, ...]
    shown_by: tuple[Series, ...]
    asked_once: tuple[str, ...]


def followed(audits: Sequence[AuditTables]) -> tuple[Followed, ...]:
    """Each recommendation of every audit but the newest that is not itself carried on from one of these audits.

    ``audits`` come oldest first. Which questions belong to a recommendation is said in ``recommendations.csv``, by itself or by
    those that carry it on. Of each question the points from the recommendation's own audit onwards are shown.
    """
    rows = [row | {"audit": tables.audit} for tables in audits for row in text_rows(tables.recommendations)]
    known = {_name(row) for row in rows}
    again, order = asked_again(audits), [tables.audit for tables in audits]
    found = []
    for row in rows:
        if row["audit"] == order[-1] or row["carried_from"] in known:
            continue
        family = _carried_on(_name(row), rows)
        asked = dict.fromkeys(question for one in (row, *family) for question in _questions(one))
        shown = {question: series for question in asked if (series := _since(again, row["audit"], question, order))}
        once = tuple(question for question in asked if question not in shown)
        found.append(Followed(_recommended(row), tuple(map(_recommended, family)), tuple(shown.values()), once))
    found.sort(key=lambda one: (order.index(one.first.audit), natural(one.first.id)))
    return tuple(found)


def _name(row: dict[str, str]) -> str:
    return f"{row['audit']}:{row['id']}"


def _carried_on(name: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Every recommendation that carries this one on, directly or through another; each once, though they may run in a ring."""
    names, found = [name], list[dict[str, str]]()
    for earlier in names:
        for row in rows:
            if row["carried_from"] == earlier and _name(row) not in names:
                names.append(_name(row))
                found.append(row)
    return found


def _questions(row: dict[str, str]) -> list[str]:
    return [question for part in row["questions"].split(";") if (question := part.strip())]


def _since(again: Sequence[Series], audit: str, question: str, order: list[str]) -> Series | None:
    """The series in which any audit asked ``question``, from ``audit`` onwards; None where that leaves one point."""
    for series in again:
        kept = [n for n, point in enumerate(series.points) if order.index(point.audit) >= order.index(audit)]
        if len(kept) > 1 and any(series.points[n].asked == question for n in kept):
            return Series(series.points[kept[0] :], series.changes[kept[0] :])
    return None


def _recommended(row: dict[str, str]) -> Recommended:
    return Recommended(**{name: row[name] for name in Recommended.__dataclass_fields__})
