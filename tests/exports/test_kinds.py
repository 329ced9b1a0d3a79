"""What holds for every kind of export."""

from __future__ import annotations

import io
import zipfile

import pytest

from audit_lib.errors import UserFault
from audit_lib.exports.kinds import KINDS, check_coder, check_kind, check_not_filled_in, exported

from .small_audit import HOSTILE, small


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_tables_give_the_same_bytes(tables, kind):
    first, second = exported(kind, tables), exported(kind, tables)
    assert first == second
    assert all(name.startswith(tables.audit) for name in first)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_do_not_stop_an_export(kind):
    assert all(exported(kind, small(HOSTILE)).values())


@pytest.mark.parametrize("kind", KINDS)
def test_an_audit_without_a_comment_is_exported(kind):
    assert all(exported(kind, small(())).values())


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_tells_of_this_machine(tables, kind, tmp_path):
    for data in exported(kind, tables).values():
        parts = [data]
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                parts += [file.read(name) for name in file.namelist()]
                assert {info.date_time[0] for info in file.infolist()} == {1980}
        for part in parts:
            assert b"/home/" not in part and b"/tmp/" not in part and str(tmp_path.parent).encode() not in part


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("qdp", "did you mean 'qdpx'?"),
        ("word", "did you mean 'docx'?"),
        ("Excel", "did you mean 'xlsx'?"),
        (".DOCX", "did you mean 'docx'?"),
        ("SPSS", "did you mean 'sav'?"),
        ("paper", "there are xlsx, datapackage"),
        ("", "there are xlsx"),
    ],
)
def test_an_unknown_kind_is_told_with_what_there_is(kind, hint):
    with pytest.raises(UserFault) as fault:
        check_kind(kind)
    assert hint in str(fault.value)


def test_a_coder_goes_with_a_coding_sheet_and_has_to_be_known():
    check_kind("coding-sheet", "Ann")
    check_coder("Ann", ["Ann", "Bob"])
    check_coder("", [])
    with pytest.raises(UserFault, match="--coder goes with --to coding-sheet"):
        check_kind("sav", "Ann")
    with pytest.raises(UserFault, match=r"no codings by this person .* did you mean 'Ann'"):
        check_coder("Anne", ["Ann", "Bob"])


def test_a_sheet_that_may_be_filled_in_is_not_overwritten(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "sheet.xlsx").write_bytes(b"filled in")
    check_not_filled_in("coding-sheet", tmp_path, {"a/sheet.xlsx": b"filled in", "a/other.xlsx": b"new"})
    check_not_filled_in("xlsx", tmp_path, {"a/sheet.xlsx": b"new"})
    with pytest.raises(UserFault, match="which may be filled in"):
        check_not_filled_in("coding-sheet", tmp_path, {"a/sheet.xlsx": b"new"})
