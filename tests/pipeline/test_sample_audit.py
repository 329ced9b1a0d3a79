"""The sample audit, read as a user's would be: what comes out is what its makers put in."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

import pandas as pd
import pytest

from audit_lib.audits import load_audit
from audit_lib.pipeline.receiving import receive
from audit_lib.pipeline.running import account_of, code_audit, coded_tables, files_of
from audit_lib.readers.isolation import ReaderPool
from audit_lib.samples import expected, write_sample
from audit_lib.schema import STATUSES, TABLES
from audit_lib.store import open_audit

Tables = dict[str, pd.DataFrame]
SAMPLE = "neglect-2018"


def quiet(_: str) -> None:
    """No progress is shown."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_sample(SAMPLE, folder / "raw")
    code_audit(load_audit(folder / "raw" / SAMPLE), folder, 2, quiet)
    return folder


@pytest.fixture(scope="module")
def tables(data: Path) -> Tables:
    return dict(open_audit(SAMPLE, data).tables)


def by_file(tables: Tables, name: str) -> dict[str, pd.DataFrame]:
    files = dict(zip(tables["returns"]["return_id"], tables["returns"]["file"], strict=True))
    table = tables[name]
    return dict(iter(table.groupby(table["return_id"].map(files))))


def test_every_file_has_the_status_case_and_agency_that_it_should(tables: Tables) -> None:
    rows = tables["returns"].set_index("file")
    for file, wanted in expected(SAMPLE).items():
        row = rows.loc[file]
        assert (file, row["status"], row["reason_code"]) == (file, wanted["status"], wanted["reason_code"])
        if wanted["status"] == "read":
            assert (file, row["case"], row["agency"]) == (file, wanted["case"], wanted["agency"])
    assert sorted(rows.index) == sorted(expected(SAMPLE))


def test_every_answer_grade_and_score_is_what_was_put_in(tables: Tables) -> None:
    answers, grades, scores = (by_file(tables, name) for name in ("answers", "grades", "scores"))
    for file, wanted in expected(SAMPLE).items():
        if wanted["status"] != "read":
            assert file not in answers
            continue
        assert dict(zip(answers[file]["question"], answers[file]["answer"], strict=True)) == wanted["answers"], file
        assert dict(zip(grades[file]["section"], grades[file]["grade"], strict=True)) == wanted["grades"], file
        score = scores[file]["score"].iloc[0]
        assert (None if pd.isna(score) else score) == wanted["score"], file


def test_every_comment_comes_out_in_its_place_once(tables: Tables) -> None:
    comments = by_file(tables, "comments")
    for file, wanted in expected(SAMPLE).items():
        if wanted["status"] == "read":
            found = comments.get(file, TABLES["comments"].empty())
            places = sorted(zip(found["section"], found["question"], found["column"], strict=True))
            assert places == sorted(tuple(one[:3]) for one in wanted["comments"]), file


def test_no_detail_that_was_planted_comes_out(data: Path) -> None:
    planted = {detail for wanted in expected(SAMPLE).values() for detail in wanted.get("details", [])}
    folder = data / "processed" / SAMPLE
    written = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv")))
    assert planted
    assert [detail for detail in sorted(planted) if detail in written] == []


def test_a_ruling_wins_and_is_shown(tables: Tables) -> None:
    settled = {file: wanted["settled"] for file, wanted in expected(SAMPLE).items() if wanted.get("settled")}
    shown = {file: set(rows[rows["settled_by"] != ""]["question"]) for file, rows in by_file(tables, "answers").items()}
    for file, rows in by_file(tables, "grades").items():
        shown[file] |= {f"grade:{section}" for section in rows[rows["settled_by"] != ""]["section"]}
    for file, rows in by_file(tables, "scores").items():
        shown[file] |= {"score"} if (rows["settled_by"] != "").any() else set()
    assert settled
    assert {file: names for file, names in shown.items() if names} == {
        file: set(names) for file, names in settled.items()
    }
    assert (tables["quality"]["check"] == "ruling_applied").sum() == sum(len(names) for names in settled.values())


def test_received_is_read_superseded_duplicate_and_rejected(data: Path, tables: Tables) -> None:
    account = account_of(SAMPLE, tables)
    assert account.received == len(files_of(load_audit(data / "raw" / SAMPLE))) == sum(account.statuses.values())
    assert set(account.statuses) == set(STATUSES)


def test_the_order_in_which_files_come_changes_nothing(data: Path) -> None:
    audit = load_audit(data / "raw" / SAMPLE)
    files = files_of(audit)
    with ReaderPool(jobs=2) as pool:
        results = list(pool.read(files))
    first = receive(results, audit)
    for seed in range(3):
        random.Random(seed).shuffle(results)  # noqa: S311 - no secret
        again = receive(results, audit)
        assert [(one.file, one.status, one.return_id, one.case, one.agency) for one in again] == [
            (one.file, one.status, one.return_id, one.case, one.agency) for one in first
        ]


def test_a_second_run_writes_the_same_bytes(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data / "raw", tmp_path / "raw")
    code_audit(load_audit(tmp_path / "raw" / SAMPLE), tmp_path, 1, quiet)
    first, second = (sorted((folder / "processed" / SAMPLE).iterdir()) for folder in (data, tmp_path))
    assert [path.name for path in first] == [path.name for path in second]
    assert [a.name for a, b in zip(first, second, strict=True) if a.read_bytes() != b.read_bytes()] == []


def test_nothing_under_raw_is_changed(data: Path) -> None:
    folder = data / "raw" / SAMPLE
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code_audit(load_audit(folder), data, 1, quiet)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_comment_more_changes_no_other_id(data: Path, tables: Tables, tmp_path: Path) -> None:
    shutil.copytree(data / "raw", tmp_path / "raw")
    shutil.rmtree(tmp_path / "raw" / SAMPLE / "returns" / "E")
    fewer = coded_tables(load_audit(tmp_path / "raw" / SAMPLE), 1, quiet)
    assert set(fewer["comments"]["comment_id"]) < set(tables["comments"]["comment_id"])


def test_an_audit_without_returns_yet_is_reported_as_none(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data / "raw", tmp_path / "raw")
    folder = tmp_path / "raw" / SAMPLE
    shutil.rmtree(folder / "returns")
    (folder / "returns").mkdir()
    (folder / "corrections.csv").unlink()
    account = account_of(SAMPLE, coded_tables(load_audit(folder), 1, quiet))
    asked = (folder / "requests.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert (account.answered, account.requested, account.received) == (0, len(asked), 0)


def test_cells_that_a_spreadsheet_would_run_are_quoted(data: Path) -> None:
    for path in (data / "processed" / SAMPLE).glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and len(cell) > 1] == [], path.name
