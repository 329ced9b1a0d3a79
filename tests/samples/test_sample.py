"""The synthetic sample audits: what they hold, that they are ours, and that they are rebuilt the same."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from audit_lib.audits import load_audit
from audit_lib.samples import SAMPLES, expected, write_sample
from audit_lib.samples.build import sample_files
from audit_lib.samples.forms import GUIDANCE
from audit_lib.schema import ANSWERS, APPLICABLE, GRADES, REASON_CODES, STATUSES

REPOSITORY = Path(__file__).parents[2]
COMMITTED = REPOSITORY / "data" / "raw" / "neglect-2018"
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="module")
def coded() -> dict[str, dict[str, Any]]:
    return expected("neglect-2018")


@pytest.fixture(scope="module")
def read(coded: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry for entry in coded.values() if entry["status"] == "read"]


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((COMMITTED / name).read_text(encoding="utf-8"))))


def inside(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("sample", SAMPLES)
def test_writing_a_sample_again_changes_no_byte_and_leaves_other_files_alone(sample: str, tmp_path: Path) -> None:
    first = {path: path.read_bytes() for path in write_sample(sample, tmp_path)}
    other = tmp_path / sample / "returns" / "mine.docx"
    other.write_bytes(b"mine")
    second = {path: path.read_bytes() for path in write_sample(sample, tmp_path)}
    assert first == second
    assert other.read_bytes() == b"mine"
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {*first, other}


def test_an_unknown_sample_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_sample("no-such-sample", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_committed_folder_is_what_the_content_gives() -> None:
    built = sample_files("neglect-2018")
    committed = {
        path.relative_to(COMMITTED).as_posix(): path.read_bytes() for path in COMMITTED.rglob("*") if path.is_file()
    }
    assert sorted(built) == sorted(committed)
    same_packing = "ng" not in zlib.ZLIB_RUNTIME_VERSION  # another zlib packs the same content into other bytes
    for name, data in built.items():
        packed = zipfile.is_zipfile(io.BytesIO(data))
        assert inside(data) == inside(committed[name]) if packed and not same_packing else data == committed[name], name


def test_the_folder_says_that_it_is_synthetic_and_is_small() -> None:
    assert "synthetic" in (COMMITTED / "README.md").read_text(encoding="utf-8")
    assert "audit sample neglect-2018" in (COMMITTED / "README.md").read_text(encoding="utf-8")
    assert load_audit(COMMITTED).about.synthetic
    assert sum(path.stat().st_size for path in COMMITTED.rglob("*")) < 400_000


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
    assert len(returned) == len(set(returned)) == 19
    assert {case for case, _ in returned} == set("ABCDEF")
    assert len({agency for _, agency in returned}) >= 10
    assert len(asked) == 31
    assert [pair for pair in returned if pair not in asked] == [("C", "Fire and Rescue Service")]
    assert sum(agency == "GP" for _, agency in returned) == 2
    assert {("D", "School"), ("F", "Children's Social Care")} <= asked - set(returned)


def test_every_file_under_returns_has_an_expected_result_in_the_words_of_the_contract(
    coded: dict[str, dict[str, Any]], read: list[dict[str, Any]]
) -> None:
    returns = COMMITTED / "returns"
    present = [path.relative_to(returns).as_posix() for path in returns.rglob("*") if path.is_file()]
    assert sorted(coded) == sorted(present)
    assert {entry["status"] for entry in coded.values()} == set(STATUSES)
    assert {entry["reason_code"] for entry in coded.values()} <= set(REASON_CODES)
    for entry in read:
        assert set(entry["answers"].values()) <= set(ANSWERS)
        assert set(entry["grades"].values()) <= set(GRADES)
    told = [code for entry in read for code in (*entry["answers"].values(), *entry["grades"].values())]
    assert {"missing", "unclear", "not_applicable", "not_known"} <= set(told)


def test_every_ruling_of_the_sample_settles_a_file_that_is_read(coded: dict[str, dict[str, Any]]) -> None:
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


def test_planted_details_stand_in_the_forms_they_are_said_to_stand_in(coded: dict[str, dict[str, Any]]) -> None:
    planted = 0
    for name, entry in coded.items():
        for detail in entry.get("details", ()):
            text = re.sub(rb"<[^>]+>", b"", inside((COMMITTED / "returns" / name).read_bytes())["word/document.xml"])
            assert detail in text.decode("utf-8"), name
            planted += 1
    assert planted >= 10


def _phrases(text: str) -> set[tuple[str, ...]]:
    """Every eight words that follow one another."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the documents to compare with are not beside the repository")
def test_no_eight_words_in_a_row_come_from_elsewhere(read: list[dict[str, Any]]) -> None:
    ours = [text for entry in read for *_, text in entry["comments"]]
    tables = ("cases.csv", "meeting.csv", "texts.csv", "recommendations.csv")
    ours += [cell for name in tables for row in rows(name) for cell in row.values()]
    ours += [*GUIDANCE, (COMMITTED / "README.md").read_text(encoding="utf-8")]
    theirs: set[tuple[str, ...]] = set()
    places = ("seeds/*.txt", "examples/truth/*.json", "examples/data/raw/*/*.csv")
    elsewhere = [path for place in places for path in SHARED.glob(place)]
    assert elsewhere
    for path in elsewhere:
        theirs |= _phrases(path.read_text(encoding="utf-8"))
    assert [text for text in ours if _phrases(text) & theirs] == []
