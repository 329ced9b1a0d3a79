"""The workbook: everything is in it, nothing in it runs."""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd
from python_calamine import CalamineWorkbook

from audit_lib.exports.file_names import with_shown_files
from audit_lib.exports.workbook import LONGEST, to_workbook
from audit_lib.present.report import results
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables

from .small_audit import HOSTILE, small


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_row_of_every_table_is_there(tables):
    found = sheets(to_workbook(tables))
    tables = with_shown_files(tables)
    assert list(found)[:2] == ["Read first", "Questions"]
    assert list(found)[-1] == "Dictionary"
    for name, schema in TABLES.items():
        table = tables.tables[name]
        if not len(table):
            assert name not in found
            continue
        assert found[name][0] == list(schema.columns)
        told = [["" if pd.isna(value) else value for value in row] for row in table.itertuples(index=False)]
        assert [[str(cell) for cell in row] for row in found[name][1:]] == [[str(cell) for cell in row] for row in told]


def test_every_column_has_its_meaning(tables):
    rows = sheets(to_workbook(tables))["Dictionary"][1:]
    assert [(table, column) for table, column, *_ in rows] == [(t, c) for t, s in TABLES.items() for c in s.columns]
    assert all(len(str(row[2])) > 2 for row in rows)


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
