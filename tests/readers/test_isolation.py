"""No file can stop a run, and none can say anything through an error."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import sys
import time
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from audit_lib.rawform import Paragraph, RawForm, Run
from audit_lib.readers import isolation
from audit_lib.readers.child import END, FILE, FORM, MESSAGE, REASON
from audit_lib.readers.isolation import ReaderPool, ReadResult
from audit_lib.readers.packing import packed
from audit_lib.schema import KINDS, REASON_CODES

from .word_xml import docx, p

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="no limit on memory here")


@pytest.fixture
def odd_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    yield "odd_readers:read"


def written(folder: Path, *contents: str | bytes) -> list[tuple[str, Path]]:
    files = []
    for number, content in enumerate(contents):
        path = folder / f"{number}.txt"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        files.append((path.name, path))
    return files


def zipped(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def text_of(result: ReadResult) -> str:
    return "".join(paragraph.text for paragraph in result.form.paragraphs()) if result.form else ""


def rows(results: list[ReadResult]) -> list[tuple[str, str]]:
    """Each name with its text or its reason."""
    return [(result.name, text_of(result) or result.reason_code) for result in results]


@pytest.mark.parametrize(
    ("behaviour", "reason", "detail"),
    [
        ("crash", "reader_failed", ""),
        ("leave", "reader_failed", ""),
        ("raise", "reader_failed", ""),
        ("end", "reader_failed", ""),
        ("odd form", "reader_failed", ""),
        ("no form", "reader_failed", ""),
        ("flood", "reader_failed", ""),
        ("much: 130000000", "too_large", ""),
        ("refuse", "unsafe", "two parts have the same name"),
        pytest.param("swell", "too_large", "", marks=LINUX),
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
    with ReaderPool(seconds=2, reader=odd_reader) as pool:
        results = list(pool.read(written(tmp_path, "hang", "a")))
    assert rows(results) == [("0.txt", "timeout"), ("1.txt", "1.txt a")]


def test_what_a_reader_started_ends_with_it(tmp_path: Path, odd_reader: str) -> None:
    heartbeat = tmp_path / "heartbeat"
    with ReaderPool(seconds=2, reader=odd_reader) as pool:
        (result,) = pool.read(written(tmp_path, f"start: {heartbeat}"))
        beats = heartbeat.stat().st_size
        time.sleep(0.3)
        assert (result.reason_code, beats > 0, heartbeat.stat().st_size) == ("timeout", True, beats)


@LINUX
def test_a_program_that_a_reader_starts_may_be_given_more_memory(tmp_path: Path, odd_reader: str) -> None:
    import resource  # which Windows has not

    with ReaderPool(reader=odd_reader, memory_bytes=1 << 30) as pool:
        (result,) = pool.read(written(tmp_path, "limits"))
    assert text_of(result) == str((1 << 30, resource.getrlimit(resource.RLIMIT_AS)[1]))


def test_leaving_the_pool_ends_what_is_still_being_read(tmp_path: Path, odd_reader: str) -> None:
    with pytest.raises(KeyError), ReaderPool(2, reader=odd_reader) as pool:
        for result in pool.read(written(tmp_path, "a", "hang", "hang", "hang")):
            raise KeyError(result.name)
    with pytest.raises(RuntimeError, match="closed"):
        pool.read([])


def test_what_a_library_prints_disturbs_nothing(
    tmp_path: Path, odd_reader: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with ReaderPool(reader=odd_reader) as pool:
        results = list(pool.read(written(tmp_path, "print", "raise", "listen", "a")))
    assert [text_of(result) for result in results] == ["0.txt print", "", "heard b''", "3.txt a"]
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


def test_a_child_reads_many_files_but_not_without_end(
    tmp_path: Path, odd_reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "FILES_A_CHILD", 3)
    with ReaderPool(reader=odd_reader) as pool:
        readers = [text_of(result) for result in pool.read(written(tmp_path, *["who"] * 8))]
    assert [readers.index(reader) for reader in readers] == [0, 0, 0, 3, 3, 3, 6, 6]


def test_a_child_that_ends_between_two_files_harms_neither(tmp_path: Path, odd_reader: str) -> None:
    with ReaderPool(reader=odd_reader) as pool:
        files = written(tmp_path, "leave after: 0.1", "a")
        before = list(pool.read(files[:1]))
        time.sleep(0.5)
        assert rows(before + list(pool.read(files[1:]))) == [("0.txt", "0.txt leave after"), ("1.txt", "1.txt a")]


def test_a_command_that_cannot_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))
    with ReaderPool() as pool, pytest.raises(FileNotFoundError):
        list(pool.read(written(tmp_path, "a")))


def message(kind: bytes, said: object) -> bytes:
    data = said if isinstance(said, bytes) else json.dumps(said).encode()
    return MESSAGE.pack(kind, len(data)) + data


class Harm:
    """Would run a command in whoever unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 1",)


GOOD = packed(RawForm("docx", (Paragraph((Run("Jayden"),)),)))
OVER = message(END, b"")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"Jayden Whitlock", id="text"),
        pytest.param(MESSAGE.pack(FORM, 1 << 60), id="a message without end"),
        pytest.param(message(b"x", []) + OVER, id="an unknown message"),
        pytest.param(OVER, id="nothing"),
        pytest.param(message(FORM, pickle.dumps(Harm())) + OVER, id="a pickle"),
        pytest.param(message(FORM, []) + OVER, id="a form of nothing"),
        pytest.param(message(FORM, b"[" * 100_000) + OVER, id="without end inside each other"),
        pytest.param(message(FORM, GOOD.replace(b'"Jayden"', b"7")) + OVER, id="a number for a text"),
        pytest.param(message(FORM, GOOD) * 2 + OVER, id="two forms"),
        pytest.param(message(FORM, GOOD) + message(END, [1]), id="an end that says something"),
        pytest.param(message(FORM, GOOD) + b"Jayden", id="something after the form"),
        pytest.param(message(REASON, ["because", ""]) + OVER, id="an unknown reason"),
        pytest.param(message(REASON, ["", ""]) + OVER, id="no reason"),
        pytest.param(message(REASON, "unsafe") + OVER, id="a reason of another shape"),
        pytest.param(message(REASON, ["unsafe", {}]) + OVER, id="a detail that is none"),
        pytest.param(message(FILE, ["0.txt!b", "", "other", ""]) + message(FORM, GOOD) + OVER, id="a file inside a file"),
    ],
)  # fmt: skip
def test_what_no_child_of_ours_says_is_a_fault(tmp_path: Path, odd_reader: str, said: bytes) -> None:
    with ReaderPool(reader=odd_reader) as pool:
        results = list(pool.read(written(tmp_path, f"say: {said.hex()}", "a")))
    assert rows(results) == [("0.txt", "reader_failed"), ("1.txt", "1.txt a")]
    assert "Jayden" not in str(results)


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(["1.txt!b", "", "other", ""], id="inside another file"),
        pytest.param(["0.txt!a", "", "other", ""], id="named already"),
        pytest.param(["0.txt!c", "", "klingon", ""], id="of an unknown kind"),
        pytest.param(["0.txt!c", "abc", "other", ""], id="with a hash that is none"),
        pytest.param(["0.txt!c", "", "other", "Jayden"], id="received at no time"),
        pytest.param(["0.txt!c", "", "other"], id="too few words"),
    ],
)
def test_a_container_whose_child_says_what_none_says(tmp_path: Path, odd_reader: str, file: list[str]) -> None:
    said = message(FORM, GOOD) + message(FILE, file) + message(FORM, GOOD) + OVER
    container = zipped(a="a", b=f"say: {said.hex()}")
    with ReaderPool(reader=odd_reader) as pool:
        first, second, *others = pool.read(written(tmp_path, container, "a"))
    assert rows([first, second]) == [("0.txt!a", "a a"), ("0.txt!b", "Jayden")]
    assert rows(others) == [("0.txt", "reader_failed"), ("1.txt", "1.txt a")]


@pytest.mark.parametrize(("behaviour", "reason"), [("hang", "timeout"), ("crash", "reader_failed")])
def test_what_was_read_of_a_container_before_a_fault_is_kept(
    tmp_path: Path, odd_reader: str, behaviour: str, reason: str
) -> None:
    container = zipped(**{"a.txt": "a", "b/c.txt": behaviour, "d.txt": "d"})
    with ReaderPool(seconds=2, reader=odd_reader) as pool:
        results = list(pool.read(written(tmp_path, container, "a")))
    assert rows(results) == [
        ("0.txt!a.txt", "a.txt a"),
        ("0.txt!b/c.txt", reason),
        ("0.txt", reason),
        ("1.txt", "1.txt a"),
    ]
    assert [result.sha256 for result in results[1:3]] == [
        hashlib.sha256(data).hexdigest() for data in (behaviour.encode(), container)
    ]
    assert (results[2].kind, results[2].detail) == ("zip", "not all that is inside was read")


def test_a_fault_that_the_reader_survives_costs_one_file_of_a_container(tmp_path: Path, odd_reader: str) -> None:
    container = zipped(a="raise", b="refuse", c="c")
    with ReaderPool(reader=odd_reader) as pool:
        results = list(pool.read(written(tmp_path, container)))
    assert rows(results) == [("0.txt!a", "reader_failed"), ("0.txt!b", "unsafe"), ("0.txt!c", "c c")]


def test_the_time_allowed_is_for_each_file_in_a_container_but_not_without_end(
    tmp_path: Path, odd_reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "CONTAINER_TIMES", 2)
    container = zipped(**{f"{number}.txt": "take: 0.8" for number in range(9)})
    with ReaderPool(seconds=1.5, reader=odd_reader) as pool:
        results = list(pool.read(written(tmp_path, container)))
    read = [result for result in results if result.form]
    assert 2 <= len(read) <= 4
    assert rows(results[len(read) :]) == [(f"0.txt!{len(read)}.txt", "timeout"), ("0.txt", "timeout")]


def mail(subject: str, **attached: bytes) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.org", "b@example.org", subject
    made["Date"] = "Tue, 22 May 2018 09:30:00 +0100"
    made.set_content("Dear all, please find attached")
    for name, data in attached.items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def test_real_files_in_containers(tmp_path: Path) -> None:
    form = docx(p("x"))
    inner = zipped(**{"Case #1/police.docx": form, "__MACOSX/Case #1/._police.docx": b"x"})
    contents = {
        "forms.zip": zipped(**{"health.docx": form, "empty.docx": b"", "cut.docx": form[:-30]}),
        "a.eml": mail("two", **{"forms.zip": inner, "photo!.png": b"\x89PNG\r\n\x1a\n"}).as_bytes(),
        "no.eml": mail("nothing").as_bytes(),
        "no.zip": zipped(),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    with ReaderPool() as pool:
        per_file = list(pool.read_each((name, tmp_path / name) for name in contents))
    assert [[(one.name, one.kind, one.reason_code) for one in results] for results in per_file] == [
        [
            ("forms.zip!health.docx", "docx", ""),
            ("forms.zip!empty.docx", "empty", "empty_file"),
            ("forms.zip!cut.docx", "docx", "damaged"),
        ],
        [
            ("a.eml!forms.zip!Case %231/police.docx", "docx", ""),
            ("a.eml!forms.zip!__MACOSX/Case %231/._police.docx", "system", "system_file"),
            ("a.eml!photo%21.png", "picture", "picture"),
        ],
        [("no.eml", "eml", "nothing_inside")],
        [("no.zip", "zip", "nothing_inside")],
    ]
    assert [[one.received for one in results] for results in per_file[:2]] == [[""] * 3, ["2018-05-22T08:30:00Z"] * 3]
    assert {one.sha256 for one in (per_file[0][0], per_file[1][0])} == {hashlib.sha256(form).hexdigest()}


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
