"""The data package: valid for Frictionless, and the same values as the tables."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import frictionless
import pytest

from audit_lib.exports.datapackage import to_datapackage
from audit_lib.schema import TABLES

from .small_audit import HOSTILE, small


def unpacked(data: bytes, folder) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        file.extractall(folder)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the library that reads it
@pytest.mark.parametrize("hostile", [False, True])
def test_it_is_valid_and_every_key_leads_somewhere(tables, tmp_path, hostile):
    unpacked(to_datapackage(small(HOSTILE) if hostile else tables), tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["resource", "fieldName", "rowNumber", "type", "note"]) == []
    assert len(report.tasks) == len(TABLES)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_value_that_no_code_allows_is_found(tables, tmp_path):
    unpacked(to_datapackage(tables), tmp_path)
    answers = tmp_path / "data" / "returns.csv"
    answers.write_text(answers.read_text(encoding="utf-8").replace(",read,", ",raed,", 1), encoding="utf-8")
    errors = frictionless.validate(str(tmp_path / "datapackage.json")).flatten(["fieldName", "type"])
    assert ["status", "constraint-error"] in errors


def test_the_description_holds_every_column_and_the_fingerprint_of_each_file(tables, tmp_path):
    unpacked(to_datapackage(tables), tmp_path)
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in described["resources"]] == list(TABLES)
    for one in described["resources"]:
        content = (tmp_path / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        head = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert [field["name"] for field in one["schema"]["fields"]] == head == list(TABLES[one["name"]].columns)


def test_no_cell_runs_in_a_spreadsheet(tmp_path):
    unpacked(to_datapackage(small(HOSTILE)), tmp_path)
    with (tmp_path / "data" / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
