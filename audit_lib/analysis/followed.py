"""What audits recommended, what became of it, and what later returns show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_lib.analysis.comparison import Measured, Series, asked_again, measured
from audit_lib.analysis.rows import natural, text_rows
from audit_lib.store import AuditTables

Asked = tuple[str, str]  # an audit, and the id of a question of its form or of a thing that it grades


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

    ``shown_by`` holds those that a later audit of the same theme asked again, in the same words. Those that none did are
    ``asked_once``, each with what later audits asked about the same ``concept`` in other words or for another theme, which may be
    nothing. ``later`` says whether there is a later audit of the theme at all.
    """

    first: Recommended
    carried: tuple[Recommended, ...]
    later: bool
    shown_by: tuple[Series, ...]
    asked_once: tuple[tuple[str, tuple[Measured, ...]], ...]

    @property
    def state(self) -> str:
        """``shown`` by later returns of its theme; ``beside`` it stands only what was asked otherwise about the same thing; or else why it
        can't be followed: ``unnamed`` (no question was named that could show it), ``first`` (no later audit of its theme), ``reworded``
        (no later audit asked its questions in the same words).
        """
        if self.shown_by:
            return "shown"
        if any(beside for _, beside in self.asked_once):
            return "beside"
        return "unnamed" if not self.asked_once else "reworded" if self.later else "first"


def followed(audits: Sequence[AuditTables]) -> tuple[Followed, ...]:
    """Each recommendation of every audit that doesn't carry on an earlier one of these audits, by audit and number.

    ``audits`` come oldest first. Which questions belong to a recommendation is said in ``recommendations.csv``, by itself or by
    those that carry it on. Of each question the points from the recommendation's own audit onwards are shown, of audits of its theme
    alone: another theme has other children, agencies and reasons.
    """
    order = [tables.audit for tables in audits]
    rows = [row | {"audit": tables.audit} for tables in audits for row in text_rows(tables.recommendations)]
    of_audit = {tables.audit: _line(audits[place:]) for place, tables in enumerate(audits)}
    again = {audit: asked_again(line) for audit, line in of_audit.items()}
    found = []
    for row in rows:
        if _carries_on(row, rows, order):
            continue
        audit = row["audit"]
        family = _carried_on(row, rows, order)
        asked = dict.fromkeys((one["audit"], question) for one in (row, *family) for question in _questions(one))
        shown = {one: series for one in asked if (series := _series(again[audit], one))}
        since = audits[order.index(audit) + 1 :]
        once = tuple(dict.fromkeys((one[1], _beside(one, audits, since)) for one in asked if one not in shown))
        carried, shown_by = tuple(map(_recommended, family)), tuple(dict.fromkeys(shown.values()))
        found.append(Followed(_recommended(row), carried, len(of_audit[audit]) > 1, shown_by, once))
    found.sort(key=lambda one: (order.index(one.first.audit), natural(one.first.id)))
    return tuple(found)


def _line(audits: Sequence[AuditTables]) -> list[AuditTables]:
    """The first of ``audits`` and the later ones of its theme, or that follow one of these."""
    line = [audits[0]]
    for tables in audits[1:]:
        theme, follows = (str(tables.about[name].iloc[0]) for name in ("theme", "follows"))
        if theme == str(audits[0].about["theme"].iloc[0]) or follows in {one.audit for one in line}:
            line.append(tables)
    return line


def _name(row: dict[str, str]) -> str:
    return f"{row['audit']}:{row['id']}"


def _carries_on(row: dict[str, str], rows: list[dict[str, str]], order: list[str]) -> bool:
    """Whether it carries on a recommendation of an earlier audit that is here."""
    return any(
        _name(one) == row["carried_from"] and order.index(one["audit"]) < order.index(row["audit"]) for one in rows
    )


def _carried_on(row: dict[str, str], rows: list[dict[str, str]], order: list[str]) -> list[dict[str, str]]:
    """Every recommendation of a later audit that carries this one on, directly or through another; each once."""
    found: list[dict[str, str]] = []
    for earlier in (family := [row]):
        for one in rows:
            is_later = order.index(one["audit"]) > order.index(earlier["audit"])
            if one["carried_from"] == _name(earlier) and is_later and one not in family:
                family.append(one)
                found.append(one)
    return found


def _questions(row: dict[str, str]) -> list[str]:
    return [question for part in row["questions"].split(";") if (question := part.strip())]


def _series(again: Sequence[Series], asked: Asked) -> Series | None:
    """The series in which that audit asked that question; ids are looked up in its own form, as another's may mean something else."""
    return next((one for one in again if any((point.audit, point.asked) == asked for point in one.points)), None)


def _beside(asked: Asked, audits: Sequence[AuditTables], since: Sequence[AuditTables]) -> tuple[Measured, ...]:
    """What the audits ``since`` asked about the concept of that question."""
    own = [one for tables in audits if tables.audit == asked[0] for one in measured(tables)]
    concept = next((one.concept for one in own if one.asked == asked[1]), "")
    return tuple(one for tables in since for one in measured(tables) if concept and one.concept == concept)


def _recommended(row: dict[str, str]) -> Recommended:
    return Recommended(**{name: row[name] for name in Recommended.__dataclass_fields__})
