"""What each column of each table means: one list for the dictionary of a workbook, a data package and a statistics program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audit_lib.codes import ANSWERS, CHECKS, COLUMNS, GRADES, KINDS, REASON_CODES, SEVERITIES, STATUSES, VERDICTS
from audit_lib.instrument import Instrument
from audit_lib.schema import TABLES, Field

_LISTS: tuple[Mapping[str, str], ...] = (KINDS, STATUSES, REASON_CODES, COLUMNS, SEVERITIES, CHECKS, VERDICTS)


@dataclass(frozen=True)
class Meaning:
    """One column of one table: what it means, and its codes with what each means, where it has codes."""

    table: str
    column: str
    description: str
    kind: str
    codes: Mapping[str, str]


def meanings(instrument: Instrument) -> Iterator[Meaning]:
    """Every column of every table, in order. Answers and grades are those of the audit's own tool."""
    for table, schema in TABLES.items():
        for field in schema.fields:
            kind = "number" if field.numeric else "text"
            yield Meaning(table, field.name, field.description, kind, _codes(table, field, instrument))


def _codes(table: str, field: Field, instrument: Instrument) -> Mapping[str, str]:
    if (table, field.name) == ("answers", "answer"):
        scales = [instrument.question_scale(question) for question in instrument.questions]
        labels = {code: scale.label(code) for scale in scales for code in scale.values}
        return {code: ANSWERS.get(code, label) for code, label in labels.items()} | _not_substantive(ANSWERS)
    if (table, field.name) == ("grades", "grade"):
        scales = [instrument.grade_scale_of(thing.id) for thing in instrument.grades]
        return {code: scale.label(code) for scale in scales for code in scale.values} | _not_substantive(GRADES)
    if field.codes is None:
        return {}
    known = next((each for each in _LISTS if set(field.codes) <= {*each, ""}), {})
    return {code: known.get(code, "") for code in field.codes if code}


def _not_substantive(codes: Mapping[str, str]) -> dict[str, str]:
    return {code: codes[code] for code in ("missing", "unclear")}
