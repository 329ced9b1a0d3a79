"""Forms in the printed layout, beside what a careful person would code: nothing definite may be wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from audit_lib.audits import load_audit
from audit_lib.pipeline.running import coded_tables

EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "examples"
AUDIT = "neglect-2018"
Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    source = EXAMPLES / "data" / "raw" / AUDIT
    if not source.exists():
        pytest.skip("the example forms are not on this machine")
    folder = tmp_path_factory.mktemp("examples") / AUDIT
    shutil.copytree(source, folder)
    return coded_tables(load_audit(folder), 2, lambda _: None)


@pytest.fixture(scope="module")
def truth(tables: Tables) -> dict[str, dict[str, object]]:
    found = json.loads((EXAMPLES / "truth" / f"{AUDIT}.json").read_text(encoding="utf-8"))["files"]
    rows = tables["returns"].set_index("file")
    return {rows.loc[one["file"], "return_id"]: one for one in found if rows.loc[one["file"], "status"] == "read"}


def test_every_file_is_accounted_for(tables: Tables) -> None:
    files = {
        path.relative_to(EXAMPLES / "data" / "raw" / AUDIT / "returns").as_posix()
        for path in (EXAMPLES / "data" / "raw" / AUDIT / "returns").rglob("*")
        if path.is_file()
    }
    assert set(tables["returns"]["file"]) == files


def test_case_and_agency_are_right(tables: Tables, truth: dict[str, dict[str, object]]) -> None:
    rows = tables["returns"].set_index("return_id")
    assert truth
    for return_id, one in truth.items():
        assert (rows.loc[return_id, "case"], rows.loc[return_id, "agency"]) == (one["case"], one["agency"])


@pytest.mark.parametrize(
    ("table", "key", "value", "known"),
    [
        ("answers", "question", "answer", "answers"),
        ("grades", "section", "grade", "grades"),
    ],
)
def test_no_code_is_wrong(
    tables: Tables, truth: dict[str, dict[str, object]], table: str, key: str, value: str, known: str
) -> None:
    for return_id, one in truth.items():
        rows = tables[table][tables[table]["return_id"] == return_id]
        coded = dict(zip(rows[key], rows[value], strict=True))
        wanted = one[known]
        assert isinstance(wanted, dict)
        assert {name: code for name, code in coded.items() if code not in (wanted[name], "unclear")} == {}
        assert set(coded) == set(wanted)


def test_no_score_is_wrong(tables: Tables, truth: dict[str, dict[str, object]]) -> None:
    scores = tables["scores"].set_index("return_id")["score"]
    assert {return_id: float(scores[return_id]) for return_id in truth} == {
        return_id: float(str(one["score"])) for return_id, one in truth.items()
    }


def test_no_comment_is_lost(tables: Tables, truth: dict[str, dict[str, object]]) -> None:
    for return_id, one in truth.items():
        rows = tables["comments"][tables["comments"]["return_id"] == return_id]
        found = set(zip(rows["question"], rows["column"], strict=True))
        comments = one["comments"]
        assert isinstance(comments, list)
        wanted = {(comment["question"] or "", comment["column"]) for comment in comments if comment["section"] != "*"}
        assert wanted - found == set()
