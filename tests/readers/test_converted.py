"""Old Word files: converted by LibreOffice where there is one, refused with the right reason everywhere."""

from __future__ import annotations

import os
import stat
import struct
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Mark, RawForm, Run, Table
from audit_lib.readers.isolation import ReaderPool
from audit_lib.readers.word import converted
from audit_lib.readers.word.converted import OVERRIDE, find_libreoffice, read_converted, settled
from audit_lib.readers.word.reader import read_word
from audit_lib.readers.word.word97 import import_filter

from .word_xml import docx, field, p, r, span_of, tbl, tc, tr

OFFICE = find_libreoffice()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for LibreOffice")
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def entry(name: str, kind: int, first: int, size: int, child: int = FREE) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", letters, len(letters), kind, 1, FREE, FREE, child, first, size)


def ole2(begin: bytes, *, name: str = "WordDocument", small: bool = False) -> bytes:
    """An OLE2 file that holds one stream, which begins with these bytes; ``small`` puts it among the small streams."""
    content = begin.ljust(SECTOR if small else 8 * SECTOR, b"\0")
    sectors = len(content) // SECTOR
    following = [END, FAT, *range(3, 2 + sectors), END, *([END] if small else [])]
    table = struct.pack(f"<{SECTOR // 4}I", *following, *[FREE] * (SECTOR // 4 - len(following)))
    first = 1 if small else 2  # the second small sector, so that it has to be looked for
    content = b"\xff" * 64 + content[:-64] if small else content
    root = entry("Root Entry", 5, 2 if small else END, len(content) if small else 0, child=1)
    directory = root + entry(name, 2, first, 400 if small else len(content)) + entry("", 0, 0, 0) * 2
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 0, 0, 4096, 3 if small else END, int(small), END, 0)
    header += struct.pack("<109I", 1, *[FREE] * 108)
    small_table = struct.pack(f"<{SECTOR // 4}I", FREE, *range(2, 8), END, *[FREE] * (SECTOR // 4 - 8))
    return header + directory + table + content + (small_table if small else b"")


def head(mark: int = 0xA5EC, age: int = 0xC1, flags: int = 0) -> bytes:
    return struct.pack("<HHHHHH", mark, age, 0, 0x409, 0, flags) + bytes(20)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(ole2(head()), "MS Word 97", id="Word 97"),
        pytest.param(ole2(head(age=0x101)), "MS Word 97", id="later"),
        pytest.param(ole2(head(), name="WORDDOCUMENT"), "MS Word 97", id="capitals"),
        pytest.param(ole2(head(0xA5DC, 104)), "MS WinWord 6.0", id="Word 95"),
        pytest.param(ole2(head(), small=True), "MS Word 97", id="small stream"),
    ],
)
def test_how_old_it_is(data: bytes, name: str) -> None:
    assert import_filter(data) == name


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(ole2(head(flags=0x0100)), "encrypted", id="password"),
        pytest.param(ole2(head(flags=0x0100), small=True), "encrypted", id="password, small stream"),
        pytest.param(ole2(head(mark=0x1234)), "damaged", id="other content"),
        pytest.param(ole2(head(), name="Workbook"), "damaged", id="other stream"),
        pytest.param(ole2(head())[:700], "damaged", id="cut short"),
        pytest.param(ole2(head())[:20], "damaged", id="header alone"),
        pytest.param(b"PK\3\4" + bytes(2000), "damaged", id="another kind of file"),
        pytest.param(b"", "damaged", id="nothing"),
    ],
)
def test_refused_before_anything_is_converted(data: bytes, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDE, "no such file")
    assert reason_of(data) == reason


@given(st.binary(max_size=60), st.integers(0, 3000))
def test_a_damaged_container_is_refused_and_nothing_else(change: bytes, at: int) -> None:
    data = bytearray(ole2(head()))
    data[at : at + len(change)] = change
    try:
        assert import_filter(bytes(data)).startswith("MS ")
    except UnreadableFile as error:
        assert error.reason_code in ("damaged", "encrypted")


def reason_of(data: bytes, seconds: float = 25.0) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_converted(data, "doc", seconds=seconds)
    return caught.value.reason_code


# LibreOffice: found, missing, hanging, failing


def test_without_libreoffice_an_old_word_file_is_named_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDE, "no such file")
    assert find_libreoffice() is None
    assert reason_of(ole2(head())) == "legacy_word"


def test_the_environment_names_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDE, sys.executable)
    assert find_libreoffice() == Path(sys.executable)


@needs_scripts
def test_libreoffice_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OVERRIDE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    office = script(tmp_path / "libreoffice", "")
    assert find_libreoffice() == office


@needs_scripts
def test_libreoffice_in_the_current_folder_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OVERRIDE, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(converted, "_USUAL_PLACES", {})
    script(tmp_path / "soffice", "")
    assert find_libreoffice() is None


def script(path: Path, content: str) -> Path:
    path.write_text(f"#!/bin/sh\n{content}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which files are converted; nothing may be left in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@needs_scripts
def test_a_libreoffice_that_hangs_is_stopped_with_all_that_it_started(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = tmp_path / "alive"
    beating = f"(while true; do date +%N > {alive}; sleep 0.05; done) & sleep 60"
    monkeypatch.setenv(OVERRIDE, str(script(tmp_path / "office", beating)))
    began = time.monotonic()
    assert reason_of(ole2(head()), seconds=0.7) == "timeout"
    assert time.monotonic() - began < 10
    last = alive.read_text()
    time.sleep(0.3)
    assert alive.read_text() == last


@needs_scripts
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("exit 3", "reader_failed", id="fails"),
        pytest.param("exit 0", "reader_failed", id="makes nothing"),
        pytest.param("kill -SEGV $$", "reader_failed", id="crashes"),
        pytest.param("echo 'Error: source file could not be loaded' >&2", "damaged", id="cannot open it"),
        pytest.param('mkdir "$outdir"; echo nonsense > "$outdir/return.docx"', "damaged", id="makes nonsense"),
    ],
)
def test_a_libreoffice_that_fails(
    content: str, reason: str, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_folder = 'while [ "$1" != --outdir ]; do shift; done; outdir="$2"'
    monkeypatch.setenv(OVERRIDE, str(script(tmp_path / "office", f"{find_folder}\n{content}")))
    assert reason_of(ole2(head())) == reason


@needs_scripts
def test_a_libreoffice_that_cannot_be_started(tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "office"
    office.write_bytes(b"no program")
    monkeypatch.setenv(OVERRIDE, str(office))
    assert reason_of(ole2(head())) == "reader_failed"


@needs_scripts
def test_what_libreoffice_is_told(tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    tell = f'echo "$@" > {told}; env >> {told}; cat profile/user/registrymodifications.xcu >> {told}'
    monkeypatch.setenv(OVERRIDE, str(script(tmp_path / "office", tell)))
    monkeypatch.setenv("NO_PROXY", "*")
    reason_of(ole2(head()))
    said = told.read_text()
    assert f"-env:UserInstallation={temporary.as_uri()}/" in said
    for word in ("--headless", "--infilter=MS Word 97", "https_proxy=http://127.0.0.1:9", "HOME=" + str(temporary)):
        assert word in said
    assert "NO_PROXY" not in said
    for setting in (
        "MacroSecurityLevel",
        "DisableMacrosExecution",
        "BlockUntrustedRefererLinks",
        '"Link" oor:op="fuse"><value>2<',
    ):
        assert setting in said


@needs_scripts
def test_what_an_earlier_run_left_behind_is_removed(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OVERRIDE, str(script(tmp_path / "office", "exit 3")))
    left = temporary / f"{converted._PREFIX}x"
    (left / "out").mkdir(parents=True)
    long_ago = time.time() - 10 * converted._STALE_SECONDS
    os.utime(left, (long_ago, long_ago))
    reason_of(ole2(head()))


# What LibreOffice makes up

DROP_DOWN = '<w:ffData><w:ddList><w:result w:val="{}"/><w:listEntry w:val="Yes"/><w:listEntry w:val="No"/></w:ddList></w:ffData>'


def test_the_first_entry_of_a_drop_down_may_never_have_been_chosen() -> None:
    first, second = (field("FORMDROPDOWN", data=DROP_DOWN.format(number)) for number in (0, 1))
    form = read_word(settled(docx(p(first) + p(second))), "docx")
    assert [list(one.runs) for one in form.paragraphs()] == [[Run("Yes", Mark.UNTOUCHED)], [Run("No")]]


def test_the_date_of_today_is_taken_out() -> None:
    body = p(field(' DATE \\@ "d/M/yy" ', r("26/11/26"))) + p(
        field(" TIME ", r("9:30")) + r("x"), field(" DATEX ", r("kept"))
    )
    form = read_word(settled(docx(body, footer=p(field("DATE", r("26/11/26"))))), "docx")
    assert ["".join(run.text for run in one.runs) for one in form.paragraphs()] == ["xkept"]


def test_the_rest_stays_as_it_is() -> None:
    data = docx(p("one") + tbl(tr("a", "b")), header=p("head"), modified="2018-05-22T09:30:00Z")
    assert read_word(settled(data), "docx") == read_word(data, "docx")


# Conversion itself

FORM = (
    p(r("Child: D"))
    + p(r("Outstanding", "<w:strike/>") + r(" Good ") + r("hl", '<w:highlight w:val="yellow"/>') + r(" hidden", "<w:vanish/>"))
    + p(r("☒ Yes ☐ No ") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>')
    + p(field("FORMCHECKBOX", data="<w:ffData><w:checkBox><w:sizeAuto/><w:checked/></w:checkBox></w:ffData>") + r(" Yes"))
    + p(field("FORMCHECKBOX", data="<w:ffData><w:checkBox><w:sizeAuto/></w:checkBox></w:ffData>") + r(" No"))
    + p(r("new and ") + f'<w:ins w:id="1" w:author="a">{r("newer")}</w:ins>')
    + tbl(
        "<w:tblGrid>" + '<w:gridCol w:w="1500"/>' * 3 + "</w:tblGrid>",
        tr(tc("heading", props='<w:tcW w:w="3000" w:type="dxa"/>' + span_of(2)), tc("c", props='<w:shd w:val="clear" w:fill="FFC000"/>')),
        tr(tc("a", props='<w:vMerge w:val="restart"/>'), tc(p(r("Good", "<w:strike/>"))), "d"),
        tr(tc("", props="<w:vMerge/>"), tc(p("one"), p("two")), "e"),
    )
    + p("END")
)  # fmt: skip


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A form in the old format, made by LibreOffice."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not on this machine")
    folder = tmp_path_factory.mktemp("old Word")
    source = folder / "form.docx"
    source.write_bytes(docx(FORM, modified="2018-05-22T09:30:00Z"))
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(source)),
    ]
    converted._run(command, folder, 100)
    return folder / "form.doc"


def test_an_old_word_form_reads_like_the_new_one(old_word: Path, temporary: Path) -> None:
    new = read_word(docx(FORM, modified="2018-05-22T09:30:00Z"), "docx")
    old = read_converted(old_word.read_bytes(), "doc")
    assert old.kind == "doc"
    assert old.blocks == new.blocks
    assert (
        {note.check for note in old.notes} == {note.check for note in new.notes} == {"hidden_text", "tracked_changes"}
    )
    assert old.modified == new.modified
    assert old.text_read == old.text_in_file == new.text_read


def test_it_is_read_within_the_limits_of_a_child_process(old_word: Path) -> None:
    with ReaderPool() as pool:
        (result,) = pool.read([("form.doc", old_word)])
    assert (result.kind, result.reason_code) == ("doc", "")
    assert isinstance(result.form, RawForm)
    assert any(isinstance(block, Table) for block in result.form.blocks)


@needs_office
def test_what_is_no_word_file_inside_is_not_taken_for_plain_text(temporary: Path) -> None:
    assert read_converted(ole2(head() + b"Outstanding Good " * 30), "doc").blocks == ()


def test_only_what_is_read_is_kept() -> None:
    with zipfile.ZipFile(BytesIO(settled(docx(p("x"))))) as archive:
        assert all(name.endswith((".xml", ".rels")) for name in archive.namelist())
