"""The tables of an audit as one workbook: figures first, then every table, then what each column means."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from audit_lib.analysis.proportions import rounded
from audit_lib.exports.dictionary import Meaning, every_code, meanings
from audit_lib.exports.file_names import with_shown_files
from audit_lib.present.report import results
from audit_lib.present.sentences import long_date
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables

OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}  # fmt: skip
LONGEST = 32_767  # characters that a cell of a workbook can hold
_CUT = " [goes on in the CSV file]"
_WIDE, _NARROW, _LONG_TEXT = 60, 8, 24
CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # any fixed moment: when it was made does not matter

_NUMBERS = {
    "cases": ("age",), "codings": ("start", "end"), "texts": ("order",), "published": ("decimals",), "about": ("lookback_months",)
}  # fmt: skip
_DATES = {
    "returns": ("received",), "requests": ("due",), "actions": ("by_when",), "recommendations": ("due",), "about": ("date",)
}  # fmt: skip
_NUMBER, _DAY = re.compile(r"0|-?[1-9]\d{0,8}"), re.compile(r"\d{4}-\d\d-\d\d")

Cell = str | int | float | datetime.date | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: a name, a heading for each column, and rows of text and numbers."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def to_workbook(tables: AuditTables) -> bytes:
    """A workbook (``.xlsx``): sheets ``Read first``, ``Questions``, ``Grades given``, one for each table that has rows, ``Dictionary`` with
    what each column means, ``Codes`` with what each code means.

    Everything is written as text, number or date, never as a formula or a link; file names are as reports show them. A month without its
    day stays text. Text too long for a cell is cut, which its end says.
    """
    tables = with_shown_files(tables)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, OPTIONS)
    book.set_properties({"title": tables.title, "created": CREATED})
    head = book.add_format({"bold": True, "bg_color": "#E6ECF2", "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in _sheets(tables):
        write_sheet(book.add_worksheet(sheet.name), sheet, head, body)
    book.close()
    return made.getvalue()


def write_sheet(place: Worksheet, sheet: Sheet, head: object, body: object) -> None:
    """The sheet with its headings fixed at the top, filters, and columns as wide as they need."""
    for column, heading in enumerate(sheet.headings):
        place.write_string(0, column, heading, head)
        texts = [str(row[column]) for row in sheet.rows if row[column] is not None]
        longest = max((len(text) for text in (heading, *texts)), default=0)
        place.set_column(column, column, min(max(longest + 2, _NARROW), _WIDE))
    for at, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                place.write_string(at, column, cut(value), body if len(value) > _LONG_TEXT else None)
            elif isinstance(value, datetime.date):
                place.write_datetime(at, column, value)
            elif value is not None:
                place.write_number(at, column, value)
    place.freeze_panes(1, 0)
    if sheet.rows:
        place.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)


def cut(text: str) -> str:
    """``text`` as far as a cell can hold it."""
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT


def _sheets(tables: AuditTables) -> list[Sheet]:
    found = [_first(tables), _questions(tables)]
    found += [_grades(tables)] if tables.instrument.grades else []
    found += [
        Sheet(
            name,
            schema.columns,
            [_cells(name, schema.columns, row) for row in tables.tables[name].itertuples(index=False)],
        )
        for name, schema in TABLES.items()
        if len(tables.tables[name])
    ]
    return [
        *found,
        _dictionary(tables),
        Sheet("Codes", ("table", "column", "code", "what it means"), list(every_code(tables))),
    ]


def _dictionary(tables: AuditTables) -> Sheet:
    rows = [("Questions", column, meaning, "", "") for column, meaning in _OF_QUESTIONS.items()]
    rows += [("Grades given", column, meaning, "", "") for column, meaning in _OF_GRADES.items()]
    for one in meanings(tables.instrument):
        listed = "; ".join(": ".join(filter(None, code)) for code in one.codes.items())
        rows.append((one.table, one.column, one.description, _kind(one), listed))
    return Sheet("Dictionary", ("table", "column", "what it means", "kind", "codes"), rows)


def _kind(one: Meaning) -> str:
    if one.column in _DATES.get(one.table, ()):
        return "date"
    return "number" if one.column in _NUMBERS.get(one.table, ()) else one.kind


def _cells(name: str, columns: Sequence[str], row: Sequence[object]) -> list[Cell]:
    return [_cell(name, column, value) for column, value in zip(columns, row, strict=True)]


def _cell(name: str, column: str, value: object) -> Cell:
    """A value as what its column holds; text where it is not written as that for certain."""
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, float):
        return value
    text = str(value)
    if column in _NUMBERS.get(name, ()) and _NUMBER.fullmatch(text):
        return int(text)
    if column in _DATES.get(name, ()) and _DAY.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:  # there is no such day
            return text
    return text


def _first(tables: AuditTables) -> Sheet:
    about, grid, cases = results.about(tables), results.returns_grid(tables), results.case_counts(tables)
    rows: list[tuple[str, Cell]] = [
        ("Audit", about["title"]),
        ("Date", long_date(about["date"])),
        ("Area", about["area"]),
        ("For", "internal use: it holds what agencies wrote"),
        ("Made up", "yes: a synthetic audit for demonstration" if about["synthetic"] == "yes" else ""),
        ("Tool", about["instrument"]),
        ("Cases", cases.known),
        ("Cases with a return", cases.returned),
        ("Forms asked for", grid.asked),
        ("Forms back", grid.came_back),
        ("Returns read that nobody had asked for", grid.extra),
        ("Returns read", grid.read),
        ("Made by", about["made_by"]),
        ("SHA-256 of what went in", about["inputs_sha256"]),
    ]
    shares = "how often each answer was given to each question, with two percentages and their likely ranges"
    rows.append(("Sheet Questions", shares))
    if tables.instrument.grades:
        rows.append(("Sheet Grades given", "how often each grade was given to what was graded"))
    rows += [(f"Sheet {name}", schema.description) for name, schema in TABLES.items() if len(tables.tables[name])]
    rows += [("Sheet Dictionary", "what each column means"), ("Sheet Codes", "what each code means")]
    return Sheet("Read first", ("What", "Told"), [row for row in rows if row[1] not in ("", None)])


_RULES = ("of those that answered", "where it applied")
_OF_QUESTIONS = {
    "section": "the section of the tool", "question": "the question of the tool", "wording": "what it asks, in our words",
    "a code of an answer": "how many returns gave it; empty where the question does not offer it",
    "answer (...)": "the answer whose share follows: the good one, or the first where neither is better",
    "number (...)": "how many returns gave that answer", "of (...)": "how many returns the share is taken of",
    "per cent (...)": "the share, rounded half up",
    "likely from (...)": "the lower end of the likely range in per cent: how far chance alone could have moved it",
    "likely to (...)": "the upper end of the likely range in per cent",
    f"({_RULES[0]})": "of all returns with an answer that can be read", f"({_RULES[1]})": "of the same without “not applicable”",
}  # fmt: skip
_OF_GRADES = {
    "graded": "what was graded", "name": "its title", "a code of a grade": "how many returns gave it; empty where it can't be given",
}  # fmt: skip


def _questions(tables: AuditTables) -> Sheet:
    found = results.question_results(tables)
    answers = list(dict.fromkeys(answer for result in found for answer in result.return_ids))
    rows: list[list[Cell]] = []
    for result in found:
        counts: list[Cell] = [result.count(answer) if answer in result.return_ids else None for answer in answers]
        rows.append([result.section, result.question.id, result.question.text, *counts])
        for rule in ("answered", "applicable"):
            share = result.proportion(result.favourable or result.answers[0], rule)
            bounds = [share.interval.low, share.interval.high] if share.interval else [None, None]
            rows[-1] += [share.answer, share.numerator, share.denominator, _whole(share.percent)]
            rows[-1] += [None if bound is None else _whole(rounded(Fraction(100 * bound))) for bound in bounds]
    shares = ("answer", "number", "of", "per cent", "likely from", "likely to")
    named = [f"{what} ({rule})" for rule in _RULES for what in shares]
    return Sheet("Questions", ("section", "question", "wording", *answers, *named), rows)


def _grades(tables: AuditTables) -> Sheet:
    found = results.grade_counts(tables)
    grades = list(dict.fromkeys(grade for one in found for grade in one.return_ids))
    names = {thing.id: thing.title for thing in tables.instrument.grades}
    rows = [
        [one.name, names[one.name], *(one.count(grade) if grade in one.return_ids else None for grade in grades)]
        for one in found
    ]
    return Sheet("Grades given", ("graded", "name", *grades), rows)


def _whole(value: object) -> Cell:
    return None if value is None else float(value)  # type: ignore[arg-type]
