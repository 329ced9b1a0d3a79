"""The tables of an audit as a data package: CSV files and a description that programs read.

The format: Frictionless Data Package (https://specs.frictionlessdata.io/data-package/), with a Table Schema for each table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from audit_lib.exports.archive import archive
from audit_lib.exports.dictionary import Meaning, meanings
from audit_lib.exports.file_names import with_shown_files
from audit_lib.present.report import results
from audit_lib.schema import TABLES, TableSchema
from audit_lib.store import AuditTables, table_csv

_BELONGS_TO = {
    "fields": "returns",
    "answers": "returns",
    "grades": "returns",
    "scores": "returns",
    "comments": "returns",
    "codings": "comments",
}
_READ_ME = """The coded tables of one safeguarding audit, as a Frictionless data package: datapackage.json says what each file and each
column holds. For internal use: the tables hold what agencies wrote, with identifying details replaced as far as the program finds them.

An apostrophe stands before text that begins like a formula (= + - @), so that a spreadsheet does not run it.
"""  # fmt: skip


def to_datapackage(tables: AuditTables) -> bytes:
    """A zip file with ``datapackage.json``, ``README.txt`` and every table as ``data/<table>.csv``; file names as reports show them."""
    tables = with_shown_files(tables)
    about = results.about(tables)
    told: dict[str, list[Meaning]] = {}
    for one in meanings(tables.instrument):
        told.setdefault(one.table, []).append(one)
    contents = {name: table_csv(tables.tables[name], schema) for name, schema in TABLES.items()}
    described = {
        "profile": "tabular-data-package",
        "name": tables.audit.lower(),
        "title": tables.title,
        "description": "Made up for demonstration." if about["synthetic"] == "yes" else "For internal use.",
        "version": about["date"],
        "keywords": ["safeguarding", "multi-agency audit", about["theme"]],
        "resources": [_resource(schema, contents[name], told[name]) for name, schema in TABLES.items()],
    }
    members = {
        "datapackage.json": json.dumps(described, indent=2, ensure_ascii=False).encode() + b"\n",
        "README.txt": _READ_ME.encode(),
        **{f"data/{name}.csv": content for name, content in contents.items()},
    }
    return archive(members)


def _resource(schema: TableSchema, content: bytes, told: list[Meaning]) -> Mapping[str, object]:
    table: dict[str, object] = {"fields": [_field(one) for one in told], "missingValues": [""]}
    if schema.key:
        table["primaryKey"] = list(schema.key)
    if schema.name in _BELONGS_TO:
        other = _BELONGS_TO[schema.name]
        key = TABLES[other].key[0]
        table["foreignKeys"] = [{"fields": [key], "reference": {"resource": other, "fields": [key]}}]
    return {
        "profile": "tabular-data-resource",
        "name": schema.name,
        "path": f"data/{schema.name}.csv",
        "description": schema.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": table,
    }


def _field(one: Meaning) -> Mapping[str, object]:
    field: dict[str, object] = {
        "name": one.column,
        "type": "number" if one.kind == "number" else "string",
        "description": one.description,
    }
    if one.codes:
        field["constraints"] = {"enum": list(one.codes)}
        field["description"] = f"{one.description}. " + "; ".join(
            f"{code}: {text}" if text else code for code, text in one.codes.items()
        )
    return field
