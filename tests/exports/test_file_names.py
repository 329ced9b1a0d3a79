"""What is exported holds no word of a file name that may be the name of a person."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from audit_lib.exports.datapackage import to_datapackage
from audit_lib.exports.file_names import with_shown_files
from audit_lib.exports.workbook import to_workbook
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables

from .small_audit import small

NAMED = 'Ellie "E" Marsh, GP.docx'
SETTLE = '"Ellie ""E"" Marsh, GP.docx",A1,<yes|no>,<reason>,<by>'


def named(tables: AuditTables) -> AuditTables:
    """The tables with one return whose file is called by a name, and what is to be settled of it and of a file that is none."""
    ids = tables.returns["return_id"]
    shown = TABLES["file_names"].frame([{"return_id": one, "shown": "[name], GP.docx"} for one in ids])
    row = {"severity": "error", "check": "answer_unclear", "audit": tables.audit, "message": "look"}
    quality = [{**row, "file": NAMED, "settle": SETTLE}, {**row, "file": "Ellie Marsh.zip", "settle": ""}]
    returns = tables.returns.assign(file=NAMED)
    changed = {"returns": returns, "file_names": shown, "quality": TABLES["quality"].frame(quality)}
    return replace(tables, tables={**tables.tables, **changed})


def test_files_are_called_as_reports_show_them():
    tables = with_shown_files(named(small(())))
    assert set(tables.returns["file"]) == {"[name], GP.docx"}
    assert sorted(zip(tables.quality["file"], tables.quality["settle"], strict=True)) == [
        ("", ""),
        ("[name], GP.docx", "<file>,A1,<yes|no>,<reason>,<by>"),
    ]


@pytest.mark.parametrize("make", [to_workbook, to_datapackage])
def test_no_name_of_a_file_is_exported(make):
    with zipfile.ZipFile(io.BytesIO(make(named(small(()))))) as file:
        assert not [name for name in file.namelist() if b"Ellie" in file.read(name) or b"Marsh" in file.read(name)]
