"""What each column of each table means: one list for the dictionary of a workbook, a data package and a statistics program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audit_lib.codebook.book import NO_CODE
from audit_lib.codes import ANSWERS, CHECKS, COLUMNS, GRADES, KINDS, REASON_CODES, SEVERITIES, STATUSES, VERDICTS
from audit_lib.instrument import Instrument
from audit_lib.instruments import concepts
from audit_lib.schema import TABLES, Field
from audit_lib.store import AuditTables

_CERTAINTY = {"sure": "it counts", "unsure": "it counts only once a person has said that it holds"}
_ABOUT = {"case": "about one case", "summary": "about the audit as a whole", "process": "about auditing itself"}
_YES_NO = {"yes": "it is so", "no": "it is not so"}
_LISTS: tuple[Mapping[str, str], ...] = (
    KINDS, STATUSES, REASON_CODES, COLUMNS, SEVERITIES, CHECKS, VERDICTS, _CERTAINTY, _ABOUT, _YES_NO
)  # fmt: skip


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


def every_code(tables: AuditTables) -> Iterator[tuple[str, str, str, str]]:
    """(table, column, code, what it means) of every code that stands in a table of this audit; those of lists also where they don't.

    Beside the lists of codes these are the questions, sections and grades of the tool, the concepts, and the codes of comments.
    """
    for one in meanings(tables.instrument):
        known = dict(one.codes)
        if one.column in _NAMED:
            names = _named(one.column, tables)
            known |= {code: names.get(code, "") for code in sorted(set(tables.tables[one.table][one.column]) - {""})}
        yield from ((one.table, one.column, code, meaning) for code, meaning in known.items() if meaning)


_NAMED = ("question", "section", "concept", "code", "instrument", "agreed_grade")


def _named(column: str, tables: AuditTables) -> Mapping[str, str]:
    """What the names in a column stand for, where the tool or the codebook says."""
    tool = tables.instrument
    if column == "code":
        codes = {code.id: f"{code.name}. {code.definition}" for code in tables.book.codes}
        return codes | {NO_CODE: "a person found that no code fits"}
    if column == "concept":
        return concepts()
    if column == "instrument":
        return {tool.id: tool.title}
    if column == "agreed_grade":
        scales = [tool.grade_scale_of(thing.id) for thing in tool.grades]
        return {code: scale.label(code) for scale in scales for code in scale.values}
    questions = {each.id: each.text for each in tool.questions.values()}
    others = {str(field.id): field.label for field in tool.free_fields}
    others |= {each.id: each.text for each in tool.tick_lists}
    others |= {section.id: section.title for section in tool.sections}
    others |= {thing.id: thing.title for thing in tool.grades}
    return others | questions if column == "question" else questions | others


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
