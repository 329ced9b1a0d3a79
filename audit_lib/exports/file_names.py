"""The tables of an audit with file names as messages and reports show them: what is exported may be passed on."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from audit_lib.analysis.rows import text_rows
from audit_lib.store import AuditTables


def with_shown_files(tables: AuditTables) -> AuditTables:
    """``tables`` with every word of a file name hidden that may be the name of a person, in ``returns`` and ``quality``.

    A file of ``quality`` that is none of the returns (one that holds several, or one that a ruling misspells) is left empty; its return id
    stays. A line for corrections.csv needs the whole name, which `audit check` gives, so here it says ``<file>``.
    """
    shown = {row["return_id"]: row["shown"] for row in text_rows(tables.file_names)}
    files = {row["file"]: shown.get(row["return_id"], "") for row in text_rows(tables.returns)}
    returns = tables.returns.assign(file=tables.returns["file"].map(files))
    quality = tables.quality.assign(
        file=tables.quality["file"].map(files).fillna(""),
        settle=[_without_file(line) for line in tables.quality["settle"]],
    )
    return replace(tables, tables={**tables.tables, "returns": returns, "quality": quality})


def _without_file(line: str) -> str:
    """A line for corrections.csv with ``<file>`` in place of its first cell."""
    out = io.StringIO()
    for cells in csv.reader([line] if line else []):
        csv.writer(out, lineterminator="").writerow(["<file>", *cells[1:]])
    return out.getvalue()
