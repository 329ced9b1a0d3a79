"""The sample audit on neglect: what was published comes out again, and a person's rulings settle what they are said to."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from audit_lib.samples import expected
from audit_lib.schema import APPLICABLE, STATUSES

COMMITTED = Path(__file__).parents[2] / "data" / "raw" / "neglect-2018"


@pytest.fixture(scope="module")
def coded() -> dict[str, dict[str, Any]]:
    return expected("neglect-2018")


@pytest.fixture(scope="module")
def read(coded: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry for entry in coded.values() if entry["status"] == "read"]


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((COMMITTED / name).read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    ("question", "yes", "of"),
    [
        ("R1", 10, 17), ("R2", 6, 16), ("A3", 12, 18), ("A1", 15, 18), ("A2", 16, 19),
        ("A6", 14, 17), ("A5", 16, 19), ("P1", 15, 16), ("I1", 13, 15),
    ],
)  # fmt: skip
def test_the_answers_give_the_published_percentages(
    read: list[dict[str, Any]], question: str, yes: int, of: int
) -> None:
    answers = Counter(entry["answers"][question] for entry in read)
    assert (answers["yes"], sum(answers[code] for code in APPLICABLE)) == (yes, of)
    published = {row["question"]: row for row in rows("published.csv")}[question]
    assert (published["measure"], published["of"]) == ("percent_yes", "applicable")
    assert int(published["value"]) == int(100 * yes / of + 0.5)


def test_nineteen_forms_from_ten_or_more_agencies_about_six_cases(read: list[dict[str, Any]]) -> None:
    asked = {(row["case"], row["agency"]) for row in rows("requests.csv")}
    returned = [(entry["case"], entry["agency"]) for entry in read]
    assert {case for case, _ in returned} == set("ABCDEF")
    assert len({agency for _, agency in returned}) >= 10
    assert sum(agency == "GP" for _, agency in returned) == 2
    assert {("D", "School"), ("F", "Children's Social Care")} <= asked - set(returned)


def test_every_status_and_every_kind_of_value_is_there(
    coded: dict[str, dict[str, Any]], read: list[dict[str, Any]]
) -> None:
    assert {entry["status"] for entry in coded.values()} == set(STATUSES)
    told = [code for entry in read for code in (*entry["answers"].values(), *entry["grades"].values())]
    assert {"missing", "unclear", "not_applicable", "not_known"} <= set(told)


def test_every_ruling_settles_a_file_that_is_read(coded: dict[str, dict[str, Any]]) -> None:
    for row in rows("corrections.csv"):
        entry = coded[row["file"]]
        values = entry["answers"] | {f"grade:{section}": code for section, code in entry["grades"].items()}
        assert row["question"] in entry["settled"]
        assert values[row["question"]] == row["answer"]
    assert len(rows("corrections.csv")) == sum(len(entry.get("settled", ())) for entry in coded.values())


def test_each_form_has_something_to_say(read: list[dict[str, Any]]) -> None:
    counts = [len(entry["comments"]) for entry in read]
    assert min(counts) >= 3
    assert 120 <= sum(counts) <= 180


def test_ten_details_or_more_are_planted(coded: dict[str, dict[str, Any]]) -> None:
    assert sum(len(entry.get("details", ())) for entry in coded.values()) >= 10
