"""The tables on disk: what goes in comes out, nothing runs in a spreadsheet, and a failure leaves what was there."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_lib.errors import UserFault, WorkFailed
from audit_lib.schema import TABLES
from audit_lib.store import open_audit, write_tables
from audit_lib.text import safe_cell

Tables = dict[str, pd.DataFrame]
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    " =1",
    "x=1",
    "N/A",
    "None",
    "<b>",
    'a,"b"',
    "a\nb",
    "£ “x”",
    "",
]


def some(texts: list[str], score: float | None = 7.5) -> Tables:
    about: dict[str, object] = {"audit": "one", "title": "An audit", "instrument": "neglect-2018", "synthetic": "yes"}
    return {
        "about": TABLES["about"].frame([about]),
        "answers": TABLES["answers"].frame(
            [{"return_id": f"{n:04}", "as_written": text} for n, text in enumerate(texts)]
        ),
        "scores": TABLES["scores"].frame([{"return_id": "1", "score": score}, {"return_id": "2"}]),
    }


def folder_of(data: Path) -> Path:
    return data / "processed" / "one"


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_what_is_written_is_what_is_opened(tmp_path: Path) -> None:
    tables = some(HOSTILE)
    write_tables(tables, folder_of(tmp_path))
    opened = open_audit("one", tmp_path)
    assert set(opened.tables) == set(TABLES)
    for name in TABLES:
        pd.testing.assert_frame_equal(opened.tables[name], tables.get(name, TABLES[name].empty()))
    assert opened.answers["as_written"].tolist() == HOSTILE
    assert (opened.title, opened.instrument.id, opened.audit) == ("An audit", "neglect-2018", "one")
    with pytest.raises(AttributeError):
        _ = opened.nothing


def test_every_table_is_there_as_parquet_and_csv_and_nothing_else(tmp_path: Path) -> None:
    write_tables(some(HOSTILE), folder_of(tmp_path))
    assert sorted(bytes_in(folder_of(tmp_path))) == sorted(
        f"{name}.{kind}" for name in TABLES for kind in ("csv", "parquet")
    )


def test_a_second_time_gives_the_same_bytes(tmp_path: Path) -> None:
    write_tables(some(HOSTILE), tmp_path / "first")
    write_tables(some(HOSTILE[:3]), tmp_path / "second")
    write_tables(some(HOSTILE), tmp_path / "second")
    assert bytes_in(tmp_path / "first") == bytes_in(tmp_path / "second")


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_cell_of_a_csv_runs_in_a_spreadsheet(tmp_path: Path) -> None:
    write_tables(some(HOSTILE), tmp_path)
    written = [row["as_written"] for row in csv_rows(tmp_path / "answers.csv")]
    assert written == [f"'{text}" if number < 11 else text for number, text in enumerate(HOSTILE)]
    assert [safe_cell(text) for text in HOSTILE] == written


SCORES = {7.5: "7.5", 10.0: "10", 0.0: "0", 7.123456789: "7.123456789", 1234567.0: "1234567"}


@pytest.mark.parametrize("score", SCORES)
def test_scores_are_written_in_full_and_a_missing_one_is_empty(score: float, tmp_path: Path) -> None:
    write_tables(some([], score), tmp_path)
    assert [row["score"] for row in csv_rows(tmp_path / "scores.csv")] == [SCORES[score], ""]


def test_nothing_is_written_when_a_table_is_wrong(tmp_path: Path) -> None:
    tables = some([]) | {"requests": TABLES["requests"].empty().drop(columns="due")}
    with pytest.raises(ValueError, match="table requests: columns"):
        write_tables(tables, tmp_path / "new")
    assert not (tmp_path / "new").exists()


IN_THE_WAY = ["about.csv", "texts.parquet", ".scores.csv.new", ".grades.parquet.old"]


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_a_failure_leaves_the_tables_that_were_there(name: str, tmp_path: Path) -> None:
    write_tables(some(["before"]), tmp_path)
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).mkdir()
    (tmp_path / name / "of the user").write_text("x")
    before = bytes_in(tmp_path)
    with pytest.raises(WorkFailed, match="cannot be written"):
        write_tables(some(["after"]), tmp_path)
    assert bytes_in(tmp_path) == before
    assert (tmp_path / name / "of the user").exists()


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "processed").write_text("x")
    with pytest.raises(WorkFailed, match="processed/one: cannot be written"):
        write_tables(some([]), folder_of(tmp_path))


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_tables(some([]), tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_tables_that_are_not_there_are_told_with_the_command_that_makes_them(tmp_path: Path) -> None:
    with pytest.raises(
        UserFault, match=r"processed/one: the tables of this audit are not there; make them with `audit code one`"
    ):
        open_audit("one", tmp_path)


DAMAGED = {"no parquet": b"hello", "half a file": None, "a table of other columns": "other"}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_tables_are_told(damage: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    write_tables(some(HOSTILE), folder)
    path = folder / "answers.parquet"
    content = DAMAGED[damage]
    if content == "other":
        pd.DataFrame({"x": ["y"]}).to_parquet(path)
    else:
        path.write_bytes(content if isinstance(content, bytes) else path.read_bytes()[:200])
    with pytest.raises(
        UserFault, match=r"damaged, or another version of this program made them; make them with `audit code one`"
    ):
        open_audit("one", tmp_path)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))), max_size=5))
def test_any_text_survives_and_is_safe_in_a_csv(tmp_path: Path, texts: list[str]) -> None:
    write_tables(some(texts), folder_of(tmp_path))
    assert open_audit("one", tmp_path).answers["as_written"].tolist() == texts
    for text in texts:
        assert safe_cell(text)[:1] not in {*"=+-@\t\r\n＝＋－＠"}
        assert safe_cell(text).removeprefix("'") == text.removeprefix("'") or text.startswith("'")
