"""The synthetic sample audits: what they hold, that they are ours, and that they are rebuilt the same."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from audit_lib.audits import load_audit
from audit_lib.readers.containers.opening import innermost
from audit_lib.readers.kinds import CONTAINERS, kind_of
from audit_lib.samples import SAMPLES, rubric_forms, write_sample
from audit_lib.samples.forms import GUIDANCE
from audit_lib.schema import ANSWERS, GRADES, REASON_CODES, STATUSES

from .received import built, inside, received, wanted

REPOSITORY = Path(__file__).parents[2]
RAW = REPOSITORY / "data" / "raw"
SHARED = REPOSITORY.parent / "shared"
every_sample = pytest.mark.parametrize("sample", SAMPLES)


def rows(sample: str, name: str) -> list[dict[str, str]]:
    path = RAW / sample / name
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))) if path.exists() else []


def read(sample: str) -> dict[str, dict[str, Any]]:
    return {name: entry for name, entry in wanted(sample).items() if entry["status"] == "read"}


@every_sample
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


def parts_of(path: str, data: bytes) -> dict[str, bytes]:
    """What a file is made of, however it was packed."""
    kind = kind_of(data, path)
    members = {one.name: one.data for one in innermost(data, kind, path)} if kind in CONTAINERS else {path: data}
    return {f"{name}!{inner}": part for name, member in members.items() for inner, part in inside(member).items()}


@every_sample
def test_the_committed_folder_is_what_the_content_gives(sample: str) -> None:
    folder = RAW / sample
    committed = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert sorted(built(sample)) == sorted(committed)
    same_packing = "ng" not in zlib.ZLIB_RUNTIME_VERSION  # another zlib packs the same content into other bytes
    for name, data in built(sample).items():
        there = committed[name]
        assert data == there if same_packing else parts_of(name, data) == parts_of(name, there), name


@every_sample
def test_the_folder_says_that_it_is_synthetic_and_is_small(sample: str) -> None:
    folder = RAW / sample
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert "synthetic" in page
    assert f"audit sample {sample}\n" in page
    audit = load_audit(folder)
    assert audit.about.synthetic
    assert "SYNTHETIC" in (folder / "audit.yaml").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in folder.rglob("*")) < 400_000


@every_sample
def test_every_file_under_returns_has_an_expected_result_in_the_words_of_the_contract(sample: str) -> None:
    told = wanted(sample)
    assert {re.sub(r"#row \d+$", "", name) for name in told} == set(received(sample))
    assert {entry["status"] for entry in told.values()} <= set(STATUSES)
    assert {entry["reason_code"] for entry in told.values()} <= set(REASON_CODES)
    for entry in read(sample).values():
        assert set(entry["answers"].values()) <= set(ANSWERS)
        assert set(entry["grades"].values()) | set(entry["ratings"].values()) <= set(GRADES)


@every_sample
def test_each_form_is_the_one_return_of_an_agency_that_was_asked(sample: str) -> None:
    asked = {(row["case"], row["agency"]) for row in rows(sample, "requests.csv")}
    returned = [(entry["case"], entry["agency"]) for entry in read(sample).values()]
    assert len(returned) == len(set(returned))
    uninvited = {("C", "Fire and Rescue Service")} if sample == "neglect-2018" else set()
    assert set(returned) - asked == uninvited
    assert {row["case"] for row in rows(sample, "cases.csv")} in ({case for case, _ in asked}, set())


@pytest.mark.parametrize(
    ("sample", "counts"),
    [
        ("neglect-2017", {"asked": 24, "cases": 5, "read": 18}),
        ("neglect-2018", {"asked": 31, "cases": 6, "read": 19, "superseded": 2, "duplicate": 2, "rejected": 5}),
        ("step-up-step-down-2018", {"asked": 42, "cases": 8, "read": 37, "superseded": 1, "unclear": 1}),
        ("child-in-need-2014", {"asked": 37, "cases": 8, "read": 28, "duplicate": 1, "unclear": 1}),
        ("case-audit-2021", {"asked": 6, "cases": 6, "read": 6, "superseded": 1, "actions": 17, "nobody": 1, "no date": 2, "unclear": 1}),
        ("case-audit-2017", {"asked": 3, "cases": 3, "read": 3, "actions": 7, "no date": 3}),
        ("case-grading", {"asked": 3, "cases": 3, "read": 3, "unclear": 3}),
    ],
)  # fmt: skip
def test_what_its_page_says_of_its_size_is_true(sample: str, counts: dict[str, int]) -> None:
    asked = rows(sample, "requests.csv")
    entries = list(read(sample).values())
    actions = [action for entry in entries for action in entry["actions"]]
    codes = [code for entry in entries for code in (*entry["answers"].values(), *entry["grades"].values())]
    found = Counter(
        {
            "asked": len(asked),
            "cases": len({row["case"] for row in asked}),
            **Counter(entry["status"] for entry in wanted(sample).values()),
            "actions": len(actions),
            "nobody": sum(not by_whom for _, by_whom, _ in actions),
            "no date": sum(not by_when for *_, by_when in actions),
            "unclear": codes.count("unclear") if sample != "neglect-2018" else 0,
        }
    )
    assert dict(+found) == counts


@pytest.mark.parametrize(
    ("sample", "files"),
    [
        ("neglect-2017", {"docx": 18}),
        ("step-up-step-down-2018", {"docx": 19, "csv": 12, "eml": 2, "zip": 4}),
        ("child-in-need-2014", {"docx": 22, "csv": 6}),
        ("case-audit-2021", {"docx": 6}),
        ("case-audit-2017", {"docx": 3}),
        ("case-grading", {"docx": 3}),
    ],
)
def test_what_its_page_says_of_its_files_is_true(sample: str, files: dict[str, int]) -> None:
    outermost = (re.sub(r"[!#].*", "", name) for name in read(sample))
    assert Counter(name.rpartition(".")[2] for name in outermost) == files


def test_what_the_pages_say_of_teams_and_moderators_is_true() -> None:
    assert len({entry["header"]["team"] for entry in read("case-audit-2021").values()}) == 5
    moderated = [entry for entry in read("case-audit-2017").values() if entry["ratings"]]
    assert [len(entry["ratings"]) for entry in moderated] == [12]
    agreed = [entry["grades"][area] == code for entry in moderated for (area, _), code in entry["ratings"].items()]
    assert sum(agreed) == 10


@every_sample
def test_planted_details_stand_in_the_forms_they_are_said_to_stand_in(sample: str) -> None:
    planted = 0
    for name, entry in wanted(sample).items():
        for detail in entry.get("details", ()):
            data = received(sample)[re.sub(r"#row \d+$", "", name)]
            text = re.sub(rb"<[^>]+>", b"", inside(data).get("word/document.xml!", data))
            assert detail in text.decode("utf-8"), name
            planted += 1
    assert planted >= 4


@every_sample
def test_each_form_has_something_to_say(sample: str) -> None:
    assert all(entry["comments"] for entry in read(sample).values())


def _phrases(text: str) -> set[tuple[str, ...]]:
    """Every eight words that follow one another."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}


@pytest.fixture(scope="module")
def theirs() -> set[tuple[str, ...]]:
    if not SHARED.is_dir():
        pytest.skip("the documents to compare with are not beside the repository")
    places = ("seeds/*.txt", "examples/truth/*.json", "examples/data/raw/*/*.csv")
    elsewhere = [path for place in places for path in SHARED.glob(place)]
    assert elsewhere
    return {phrase for path in elsewhere for phrase in _phrases(path.read_text(encoding="utf-8"))}


@every_sample
def test_no_eight_words_in_a_row_come_from_elsewhere(sample: str, theirs: set[tuple[str, ...]]) -> None:
    ours = [text for entry in read(sample).values() for *_, text in entry["comments"]]
    ours += [text for entry in read(sample).values() for text, *_ in entry["actions"]]
    tables = ("cases.csv", "meeting.csv", "texts.csv", "recommendations.csv")
    ours += [cell for name in tables for row in rows(sample, name) for cell in row.values()]
    ours += [*GUIDANCE, *rubric_forms.GUIDANCE, (RAW / sample / "README.md").read_text(encoding="utf-8")]
    assert [text for text in ours if _phrases(text) & theirs] == []


@every_sample
def test_no_sample_holds_what_looks_like_a_fault_in_a_demonstration(sample: str) -> None:
    """Hostile texts belong to the tests, which put them into a sample of their own."""
    written = (REPOSITORY / "audit_lib" / "samples" / sample / "returns.yaml").read_text(encoding="utf-8")
    assert re.findall(r"<\w+[ >/]|javascript:|\{\{|^\s*- \"?=", written, re.MULTILINE) == []
