"""The workbook: everything is in it, nothing in it runs."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from audit_lib.exports.file_names import with_shown_files
from audit_lib.exports.workbook import LONGEST, to_workbook
from audit_lib.instruments import load_instrument
from audit_lib.present.report import results
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables

from .small_audit import HOSTILE, small


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def as_text(cell: object) -> str:
    """A cell as the tables write it: a whole number without its nought."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def test_every_row_of_every_table_is_there(tables):
    found = sheets(to_workbook(tables))
    tables = with_shown_files(tables)
    assert list(found)[:2] == ["Read first", "Questions"]
    assert list(found)[-2:] == ["Dictionary", "Codes"]
    for name, schema in TABLES.items():
        table = tables.tables[name]
        if not len(table):
            assert name not in found
            continue
        assert found[name][0] == list(schema.columns)
        told = [["" if pd.isna(value) else value for value in row] for row in table.itertuples(index=False)]
        assert [[as_text(cell) for cell in row] for row in found[name][1:]] == [
            [as_text(cell) for cell in row] for row in told
        ]


def test_every_column_has_its_meaning(tables):
    rows = sheets(to_workbook(tables))["Dictionary"][1:]
    of_tables = [(table, column) for table, column, *_ in rows if table in TABLES]
    assert of_tables == [(t, c) for t, s in TABLES.items() for c in s.columns]
    assert {row[0] for row in rows} - set(TABLES) == {"Questions", "Grades given"}
    assert all(len(str(row[2])) > 2 for row in rows)


def test_every_code_that_stands_in_a_table_has_its_meaning(tables):
    found = sheets(to_workbook(tables))
    told = {(table, column, code): meaning for table, column, code, meaning in found["Codes"][1:]}
    assert all(len(str(meaning)) > 1 for meaning in told.values())
    coded = {(name, field.name) for name, schema in TABLES.items() for field in schema.fields if field.codes}
    coded |= {("answers", "question"), ("answers", "section"), ("answers", "concept"), ("grades", "section")}
    coded |= {("comments", "question"), ("codings", "code")}
    for name, column in sorted(coded):
        if name in found:
            at = found[name][0].index(column)
            used = {(name, column, row[at]) for row in found[name][1:] if row[at]}
            assert used <= set(told), (name, column)
    assert told["answers", "question", "R1"].startswith("Did your agency notice")
    assert told["codings", "code", "none"] == "a person found that no code fits"


@pytest.mark.parametrize(
    ("tool", "column", "code", "meaning"),
    [
        ("child-in-need-2014", "question", "1", "What does your file on this child hold?"),
        ("child-in-need-2014", "question", "1a", "Basic facts about the child that are up to date"),
        ("neglect-2018", "section", "R", "Recognition"),
        ("case-audit-2021", "question", "risk", "Risk is noticed, acted on and made smaller in time"),
    ],
)
def test_what_stands_beside_a_comment_is_explained_for_every_tool(tool, column, code, meaning):
    made = small(())
    comment = {"comment_id": "0123456789abcdef-1", "text": "Said.", "column": "comment", column: code}
    frames = {**made.tables, "comments": TABLES["comments"].frame([comment])}
    rows = sheets(to_workbook(AuditTables("small", frames, load_instrument(tool))))["Codes"]
    assert ["comments", column, code, meaning] in rows


def test_the_first_sheet_names_every_other_one(tables):
    found = sheets(to_workbook(tables))
    told = [str(row[0]).removeprefix("Sheet ") for row in found["Read first"] if str(row[0]).startswith("Sheet ")]
    assert ["Read first", *told] == list(found)


@pytest.mark.parametrize(
    ("table", "column", "value", "expected"),
    [
        ("requests", "due", "2018-05-11", datetime.date(2018, 5, 11)),
        ("requests", "due", "", ""),
        ("recommendations", "due", "2018-05", "2018-05"),
        ("recommendations", "due", "2018-02-30", "2018-02-30"),
        ("recommendations", "due", "when funded", "when funded"),
        ("recommendations", "action", "2018-05-11", "2018-05-11"),
        ("cases", "age", "9", 9.0),
        ("cases", "age", "0", 0.0),
        ("cases", "age", "09", "09"),
        ("cases", "age", "3 months", "3 months"),
        ("cases", "case", "9", "9"),
        ("published", "value", "38", "38"),
    ],
)
def test_numbers_are_numbers_and_dates_dates_where_they_are_so_for_certain(table, column, value, expected):
    made = small(())
    row = {"case": "7", "id": "1", "agency": "School"} | {column: value}
    known = {name: value for name, value in row.items() if name in TABLES[table].columns}
    frames = {**made.tables, table: TABLES[table].frame([known])}
    head, found = sheets(to_workbook(AuditTables("small", frames, made.instrument)))[table]
    assert found[head.index(column)] == expected


def test_headings_stay_in_view_and_every_sheet_can_be_filtered(tables):
    data = to_workbook(tables)
    assert data == to_workbook(tables)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            if name.startswith("xl/worksheets/sheet"):
                part = file.read(name)
                assert b'state="frozen"' in part and b"<autoFilter" in part and b"<cols>" in part, name


def test_the_figures_are_those_of_the_report(tables):
    head, *rows = sheets(to_workbook(tables))["Questions"]
    found = results.question_results(tables)
    assert [row[1] for row in rows] == [result.question.id for result in found]
    for row, result in zip(rows, found, strict=True):
        cells = dict(zip(head, row, strict=True))
        assert all(cells[answer] == result.count(answer) for answer in result.return_ids)
        share = result.proportion(result.favourable or result.answers[0], "answered")
        assert (cells["number (of those that answered)"], cells["of (of those that answered)"]) == (
            share.numerator,
            share.denominator,
        )


def test_hostile_text_is_text_and_reads_as_written():
    data = to_workbook(small(HOSTILE))
    head, *rows = sheets(data)["comments"]
    texts = [row[head.index("text")] for row in rows]
    assert [re.sub(r"\r\n?", "\n", text) for text in texts] == [text.replace("\r\n", "\n") for text in HOSTILE]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            part = file.read(name)
            assert b"<f>" not in part and b"<hyperlink" not in part and b"External" not in part, name


def test_text_too_long_for_a_cell_says_that_it_goes_on():
    head, *rows = sheets(to_workbook(small(("y" * 40_000,))))["comments"]
    text = str(rows[0][head.index("text")])
    assert len(text) == LONGEST and text.endswith("[goes on in the CSV file]")


def test_two_forms_for_one_request_are_not_called_unasked_for():
    tables = small(())
    base = {"audit": "small", "case": "7", "agency": "School", "status": "read", "kind": "docx", "sha256": "0" * 64}
    returns = [base | {"return_id": f"{n:016x}", "file": f"{n}.docx"} for n in range(2)]
    frames = {
        **tables.tables,
        "returns": TABLES["returns"].frame(returns),
        "requests": TABLES["requests"].frame([{"case": "7", "agency": "School"}]),
    }
    first = {
        str(row[0]): row[1]
        for row in sheets(to_workbook(AuditTables("small", frames, tables.instrument)))["Read first"]
    }
    told = ("Forms asked for", "Forms back", "Returns read that nobody had asked for", "Returns read")
    assert [first[name] for name in told] == [1, 1, 0, 2]
