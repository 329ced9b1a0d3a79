"""What is missing or unclear in the data, and what a person has to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from audit_lib.analysis.rows import in_order, text_rows
from audit_lib.analysis.scores import score_states
from audit_lib.instrument import Instrument
from audit_lib.schema import CHECKS, SEVERITIES


@dataclass(frozen=True)
class Gap:
    """How many values are missing or unclear, of all that could have been given.

    ``name`` is a question, a thing graded (``kind`` grade), ``score``, or an agency. The two tuples hold one return id
    for each such value; ``of`` is the number of values that could have been given, ``unit`` what they are.
    """

    kind: str
    name: str
    missing: tuple[str, ...]
    unclear: tuple[str, ...]
    of: int
    unit: str

    @property
    def open(self) -> int:
        """Missing and unclear together."""
        return len(self.missing) + len(self.unclear)


@dataclass(frozen=True)
class Gaps:
    """Gaps by question, grade and score, gaps by agency, and all together."""

    by_value: tuple[Gap, ...]
    by_agency: tuple[Gap, ...]
    together: Gap


@dataclass(frozen=True)
class QualityGroup:
    """The quality rows of one severity and check, as plain mappings of the columns of ``quality``."""

    severity: str
    check: str
    rows: tuple[Mapping[str, str], ...]

    @property
    def n(self) -> int:
        """How many rows."""
        return len(self.rows)


def gaps(
    answers: pd.DataFrame, grades: pd.DataFrame, scores: pd.DataFrame, quality: pd.DataFrame, instrument: Instrument
) -> Gaps:
    """Missing and unclear values by what was asked, and by who answered. ``not_known`` is an answer, not a gap."""
    values: list[tuple[str, str, str, str, str]] = []
    for row in text_rows(answers):
        values.append(("question", row["question"], row["agency"], row["return_id"], row["answer"]))
    for row in text_rows(grades.loc[grades["rater"] == ""]):
        values.append(("grade", row["section"], row["agency"], row["return_id"], row["grade"]))
    for score, state in score_states(scores, quality):
        values.append(("score", "score", score["agency"], score["return_id"], state))

    asked = [("question", question) for question in instrument.questions]
    asked += [("grade", thing.id) for thing in instrument.grades]
    asked += [("score", "score")] if instrument.score else []
    by_value: dict[tuple[str, str], list[tuple[str, str]]] = {name: [] for name in asked}
    agencies = in_order(agency for _, _, agency, _, _ in values)
    by_agency: dict[str, list[tuple[str, str]]] = {name: [] for name in agencies}
    for kind, name, agency, return_id, value in values:
        by_value[kind, name].append((return_id, value))
        by_agency[agency].append((return_id, value))
    return Gaps(
        tuple(_gap(kind, name, found, "returns") for (kind, name), found in by_value.items()),
        tuple(_gap("agency", name, found, "values") for name, found in by_agency.items()),
        _gap("all", "", [found for each in by_value.values() for found in each], "values"),
    )


def _gap(kind: str, name: str, found: list[tuple[str, str]], unit: str) -> Gap:
    def ids(wanted: str) -> tuple[str, ...]:
        return tuple(sorted(return_id for return_id, value in found if value == wanted))

    return Gap(kind, name, ids("missing"), ids("unclear"), len(found), unit)


def quality_groups(quality: pd.DataFrame) -> tuple[QualityGroup, ...]:
    """The table ``quality`` grouped by severity, worst first, then by check in the order of the schema."""
    found: dict[tuple[str, str], list[Mapping[str, str]]] = defaultdict(list)
    for row in text_rows(quality):
        found[row["severity"], row["check"]].append(row)
    order = {(severity, check): None for severity in SEVERITIES for check in CHECKS}
    return tuple(QualityGroup(*place, tuple(found[place])) for place in order if place in found)
