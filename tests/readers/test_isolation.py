"""No file can stop a run, and none can say anything through an error."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit_lib.rawform import Mark
from audit_lib.readers.isolation import ReaderPool, ReadResult
from audit_lib.schema import KINDS, REASON_CODES

from .word_xml import docx, p


@pytest.fixture
def odd_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    yield "odd_readers:read"


def written(folder: Path, *behaviours: str) -> list[tuple[str, Path]]:
    files = []
    for number, behaviour in enumerate(behaviours):
        path = folder / f"{number}.txt"
        path.write_bytes(behaviour.encode())
        files.append((path.name, path))
    return files


def text_of(result: ReadResult) -> str:
    return "".join(paragraph.text for paragraph in result.form.paragraphs()) if result.form else ""


@pytest.mark.parametrize(
    ("behaviour", "reason", "detail"),
    [
        ("crash", "reader_failed", ""),
        ("leave", "reader_failed", ""),
        ("raise", "reader_failed", ""),
        ("end", "reader_failed", ""),
        ("harm", "reader_failed", ""),
        ("refuse", "unsafe", "two parts have the same name"),
        pytest.param(
            "swell",
            "too_large",
            "",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit on memory here"),
        ),
    ],
)
def test_a_fault_costs_one_file(tmp_path: Path, odd_reader: str, behaviour: str, reason: str, detail: str) -> None:
    assert reason in REASON_CODES
    with ReaderPool(reader=odd_reader) as pool:
        before, fault, after = pool.read(written(tmp_path, "a", behaviour, "b"))
    assert (text_of(before), text_of(after)) == ("0.txt a", "2.txt b")
    assert (fault.form, fault.reason_code, fault.detail) == (None, reason, detail)
    assert (fault.kind, fault.sha256) == ("other", hashlib.sha256(behaviour.encode()).hexdigest())


def test_there_is_no_network(tmp_path: Path, odd_reader: str) -> None:
    with ReaderPool(reader=odd_reader) as pool:
        said = [text_of(result) for result in pool.read(written(tmp_path, "call home", "look up"))]
    assert said == ["the readers have no network"] * 2


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path, odd_reader: str) -> None:
    with ReaderPool(seconds=5, reader=odd_reader) as pool:
        results = list(pool.read(written(tmp_path, "hang", "a")))
    assert [result.reason_code for result in results] == ["timeout", ""]
    assert text_of(results[1]) == "1.txt a"


def test_leaving_the_pool_ends_what_is_still_being_read(tmp_path: Path, odd_reader: str) -> None:
    with pytest.raises(KeyError), ReaderPool(2, reader=odd_reader) as pool:
        for result in pool.read(written(tmp_path, "a", "hang", "hang", "hang")):
            raise KeyError(result.name)


def test_what_a_library_prints_disturbs_nothing(
    tmp_path: Path, odd_reader: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with ReaderPool(reader=odd_reader) as pool:
        results = list(pool.read(written(tmp_path, "print", "raise", "a")))
    assert [text_of(result) for result in results] == ["0.txt print", "", "2.txt a"]
    assert capfd.readouterr() == ("", "")
    assert "Jayden" not in str(results)


def test_results_come_in_the_order_asked_for(tmp_path: Path, odd_reader: str) -> None:
    behaviours = [str(number) for number in range(20)]
    behaviours[3] = "leave"
    files = written(tmp_path, *behaviours)
    with ReaderPool(3, reader=odd_reader) as pool:
        results = list(pool.read(files))
    assert [result.name for result in results] == [name for name, _ in files]
    assert [text_of(result) for result in results if result.form] == [
        f"{number}.txt {number}" for number in range(20) if number != 3
    ]


def test_real_files(tmp_path: Path) -> None:
    good = docx(p("Ünïcode"))
    for name, data in {"Fälle – ä.docx": good, "empty.docx": b"", "cut.docx": good[:-30]}.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.docx").mkdir()
    names = ["Fälle – ä.docx", "empty.docx", "cut.docx", "folder.docx", "gone.docx"]
    with ReaderPool() as pool:
        results = list(pool.read((name, tmp_path / name) for name in names))
    assert [(result.kind, result.reason_code) for result in results] == [
        ("docx", ""),
        ("empty", "empty_file"),
        ("docx", "damaged"),
        ("other", "not_opened"),
        ("other", "not_opened"),
    ]
    assert {result.kind for result in results} <= set(KINDS)
    assert [text_of(results[0]), results[0].sha256] == ["Ünïcode", hashlib.sha256(good).hexdigest()]
    assert results[4].sha256 == ""
    assert str(tmp_path) not in results[4].detail


def test_a_file_larger_than_any_form(tmp_path: Path) -> None:
    path = tmp_path / "film.docx"
    with path.open("wb") as stream:
        stream.truncate(100_000_001)
    with ReaderPool() as pool:
        (result,) = pool.read([("film.docx", path)])
    assert (result.reason_code, len(result.sha256)) == ("too_large", 64)


def test_marks_are_sent_by_their_value_in_every_version_of_python() -> None:
    """Python before 3.11.5 pickles a combination of flags by names, through functions that the parent does not let in."""
    both = Mark.STRUCK | Mark.BOLD
    assert both.__reduce_ex__(4) == (Mark, (both.value,))
