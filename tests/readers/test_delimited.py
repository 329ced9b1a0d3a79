"""What the reader of delimited text makes of each thing that an export can hold."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import RawForm, Run, Table
from audit_lib.readers import delimited
from audit_lib.readers.delimited import read_delimited
from audit_lib.readers.kinds import kind_of
from audit_lib.schema import CHECKS, REASON_CODES

WILD = sorted((Path(__file__).parents[2].parent / "shared" / "wild").glob("*.csv"))


def read(data: str | bytes) -> RawForm:
    """The form, after making sure that no text was lost on the way."""
    form = read_delimited(data.encode() if isinstance(data, str) else data, "csv")
    assert form.text_read == form.text_in_file
    assert {note.check for note in form.notes} <= set(CHECKS)
    return form


def rows(form: RawForm) -> list[list[str]]:
    return [[cell.text for cell in row] for block in form.blocks if isinstance(block, Table) for row in block.rows()]


def checks(form: RawForm) -> list[tuple[str, str]]:
    return [(note.check, note.where) for note in form.notes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Case,Agency\nA,Police\n", [["Case", "Agency"], ["A", "Police"]], id="comma"),
        pytest.param("Case;Agency\nA;Police, North\n", [["Case", "Agency"], ["A", "Police, North"]], id="semicolon"),
        pytest.param("Case\tAgency\nA\tPolice, North; South\n", [["Case", "Agency"], ["A", "Police, North; South"]], id="tab"),
        pytest.param("Case|Agency\nA|Police\n", [["Case", "Agency"], ["A", "Police"]], id="bar"),
        pytest.param("Case,Agency\nA,a;b;c\nB,d;e;f\n", [["Case", "Agency"], ["A", "a;b;c"], ["B", "d;e;f"]],
                     id="more of another in most lines"),
        pytest.param("a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", [["a", "b", "c"], ["1,5", "2,5", "3,5"], ["4,5", "5,5", "6,5"]],
                     id="decimal commas"),
        pytest.param("Comments, if any\nGood work\nNone\nVery good, all told\n",
                     [["Comments, if any"], ["Good work"], ["None"], ["Very good, all told"]], id="one column with commas in it"),
        pytest.param("Comment\n", [["Comment"]], id="one cell"),
        pytest.param("Case,Agency", [["Case", "Agency"]], id="one line"),
        pytest.param("sep=;\nCase;a,b,c\nA;d,e,f\n", [["Case", "a,b,c"], ["A", "d,e,f"]], id="named separator"),
        pytest.param("a,b\r\nc,d\re,f\ng,h", [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]], id="all ends of lines"),
        pytest.param("a,b\rc,d\r", [["a", "b"], ["c", "d"]], id="old Macintosh"),
        pytest.param('a,"b, ""c"""\n1,2\n', [["a", 'b, "c"'], ["1", "2"]], id="quotation marks"),
        pytest.param('a,"one\ntwo\r\nthree"\n1,2\n', [["a", "one\ntwo\nthree"], ["1", "2"]], id="line breaks in a cell"),
        pytest.param('a,"b" more,c\n1,2,3\n', [["a", "b more", "c"], ["1", "2", "3"]], id="text after a quotation mark"),
        pytest.param('a,5" pipe\n1,2\n', [["a", '5" pipe'], ["1", "2"]], id="a quotation mark in the middle"),
        pytest.param("a,b\n,\n \n\nc,d\n", [["a", "b"], ["c", "d"]], id="rows with nothing in them"),
        pytest.param("a,b,c\n1,,3\n", [["a", "b", "c"], ["1", "", "3"]], id="an empty cell"),
        pytest.param("id,a,a\n007,N/A,None\n1.50,NULL,'=1+1\n",
                     [["id", "a", "a"], ["007", "N/A", "None"], ["1.50", "NULL", "'=1+1"]], id="values as they stand"),
        pytest.param("a,b\n1,2\n\x1a", [["a", "b"], ["1", "2"]], id="the old end of a file"),
        pytest.param("a\u2028b,c\x0bd\n1,2\n", [["a\u2028b", "c\x0bd"], ["1", "2"]], id="no ends of lines"),
        pytest.param("\n\n", [], id="nothing"),
        pytest.param("", [], id="nothing at all"),
    ],
)  # fmt: skip
def test_tables(text: str, expected: list[list[str]]) -> None:
    form = read(text)
    assert rows(form) == [[cell.strip("\n") for cell in row] for row in expected]
    assert form.notes == ()


def test_an_export_of_microsoft_forms() -> None:
    text = "\ufeffID,Start time,Seen alone?,Tools used\r\n1,5/13/21 9:30:00,Yes,GCP;CSE;\r\n2,5/14/21 10:00:00,,\r\n"
    (table,) = read(text).blocks
    assert isinstance(table, Table)
    assert (table.where, table.sheet, table.delimited) == ("", "", True)
    last = list(table.rows())[-1]
    assert [cell.text for cell in last] == ["2", "5/14/21 10:00:00", "", ""]
    assert last[2].paragraphs == ()
    assert (last[2].row, last[2].column, last[2].where, last[2].column_where) == (2, 2, "row 3", "column 3")
    assert last[0].paragraphs[0].where == "row 3, column 1"
    assert last[2].locator("Seen alone?") == 'row 3, column "Seen alone?"'


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    (table,) = read('sep=,\na,b\n\n"1\n2",x\n3,y\n').blocks
    assert isinstance(table, Table)
    assert [row[0].where for row in table.rows()] == ["row 1", "row 3", "row 4"]


def test_tick_boxes() -> None:
    (table,) = read("a,b\n☑ Yes ☐ No,x\n").blocks
    assert isinstance(table, Table)
    assert table.cells[2].runs == (Run("", ticked=True), Run(" Yes "), Run("", ticked=False), Run(" No"))


@pytest.mark.parametrize(
    ("data", "assumed"),
    [
        pytest.param("Zoë – £5,b\n".encode(), False, id="UTF-8"),
        pytest.param("Zoë – £5,b\n".encode("utf-8-sig"), False, id="UTF-8 with mark"),
        pytest.param("Zoë – £5,b\n".encode("utf-16"), False, id="UTF-16 with mark"),
        pytest.param(b"\xfe\xff" + "Zoë – £5,b\n".encode("utf-16-be"), False, id="UTF-16 the other way round"),
        pytest.param("Zoë – £5,b\n".encode("utf-32"), False, id="UTF-32"),
        pytest.param("Zoë – £5,b\n".encode("utf-16-le"), True, id="UTF-16 without mark"),
        pytest.param("Zoë – £5,b\n".encode("utf-16-be"), True, id="the other way round without mark"),
        pytest.param("Zoë – £5,b\n".encode("cp1252"), True, id="Windows"),
    ],
)
def test_encodings(data: bytes, assumed: bool) -> None:
    form = read(data)
    assert rows(form) == [["Zoë – £5", "b"]]
    assert [note.check for note in form.notes] == (["encoding_assumed"] if assumed else [])


@pytest.mark.parametrize(
    ("text", "uneven"),
    [
        pytest.param("a,b,c\n1,2\n1,2,3\n", ["row 2"], id="too short"),
        pytest.param("a,b\n1,2,3\n1,2\n", ["row 2"], id="too long"),
        pytest.param("Audit of 2018\na,b\n1,2\n", ["row 1"], id="a title"),
        pytest.param("a,b,c\n1,2\n", ["row 2"], id="one of each"),
        pytest.param("a,b,c\n1,2\n3,4,5,6\n7,8\n", ["row 1", "row 3"], id="all sorts"),
        pytest.param("a,b\n1,2,\n3,4,\n", [], id="a separator at the end of each row but the header"),
        pytest.param("a,b,\n1,2\n3,4\n", [], id="a separator at the end of the header"),
        pytest.param("a,b\n1,2,,\n3,4\n", [], id="empty cells beyond"),
    ],
)
def test_uneven_rows_are_kept_and_told(text: str, uneven: list[str]) -> None:
    form = read(text)
    assert checks(form) == [("uneven_row", where) for where in uneven]
    assert [[cell for cell in row if cell] for row in rows(form)] == [
        [cell for cell in line.split(",") if cell] for line in text.splitlines()
    ]


def test_many_uneven_rows() -> None:
    """Each is named, so that each can be set aside."""
    form = read("a,b,c\n" + "1,2,3\n" * 200 + "1,2\n" * 60)
    assert [note.where for note in form.notes] == [f"row {number}" for number in range(202, 262)]


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        pytest.param(b'a,b\n1,"open\n2,x\n', "damaged", "row 2", id="a quotation mark that is never closed"),
        pytest.param(b'a,b\n1,"open', "damaged", "row 2", id="the same in the last line"),
        pytest.param(
            b'a,b\n\n1,"open\n2,x\n3,"closed" y\n', "damaged", "row 3", id="closed by the next cell in quotation marks"
        ),
        pytest.param(b"a,b\n1,\0\n", "damaged", "", id="NUL"),
        pytest.param(b"\xff\xfea", "damaged", "", id="half a letter"),
        pytest.param("é – é,b\n".encode() + b"\xe9,x\n", "damaged", "", id="UTF-8 but for one letter"),
        pytest.param(b"a\x81\x8d,b\n", "damaged", "", id="no encoding"),
        pytest.param(b"a,b\n" * 20_001, "too_large", "", id="rows"),
        pytest.param(b"a," * 500 + b"b\n", "too_large", "", id="columns"),
        pytest.param(b"a,b\n1," + b"x" * 200_000 + b"\n", "too_large", "row 2", id="a cell"),
    ],
)
def test_refused(data: bytes, reason: str, detail: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_delimited(data, "csv")
    assert caught.value.reason_code == reason
    assert detail in caught.value.detail


def test_the_limit_of_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_CELLS", 5)
    read("a,b\n1,2\n")
    with pytest.raises(UnreadableFile, match="too_large"):
        read_delimited(b"a,b\n1,2\n3,4\n", "csv")


@pytest.mark.skipif(not WILD, reason="the collection of tables is not here")
def test_files_from_all_over_the_world() -> None:
    lost, refused, tables = [], [], 0
    for path in WILD:
        data = path.read_bytes()
        if kind_of(data, path.name) != "csv":
            continue
        try:
            form = read_delimited(data, "csv")
        except UnreadableFile as error:
            refused.append(error.reason_code)
            continue
        tables += 1
        if form.text_read != form.text_in_file:
            lost.append(path.name)
    assert lost == []
    assert set(refused) <= set(REASON_CODES)
    assert len(refused) < tables / 10


CELLS = st.text(st.sampled_from("ab1 ,;\t|\"'\n\r☑é"), max_size=6)


@given(st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=2, max_size=6)),
       st.sampled_from(",;\t|"))  # fmt: skip
def test_what_a_program_writes_is_read_again(table: list[list[str]], separator: str) -> None:
    out = io.StringIO()
    out.write(f"sep={separator}\n")
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    form = read(out.getvalue())
    expected = [[words(cell) for cell in row] for row in table if any(cell.strip() for cell in row)]
    assert [[words(shown(cell)) for cell in row] for row in cells(form)] == expected
    assert form.notes == () or {note.check for note in form.notes} == {"uneven_row"}


def cells(form: RawForm) -> list[list[tuple[Run, ...]]]:
    return [[cell.runs for cell in row] for block in form.blocks if isinstance(block, Table) for row in block.rows()]


def shown(runs: tuple[Run, ...]) -> str:
    return "".join("☑" if run.ticked else run.text for run in runs)


def words(text: str) -> list[str]:
    return text.split()


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_end_as_a_form_or_a_reason(data: bytes) -> None:
    try:
        read(data)
    except UnreadableFile as error:
        assert error.reason_code in REASON_CODES


def test_a_cell_is_refused_for_its_size_whatever_limit_another_library_set() -> None:
    before = csv.field_size_limit(10_000_000)
    try:
        with pytest.raises(UnreadableFile) as caught:
            read_delimited(b"a,b\n1," + b"x" * 200_000 + b"\n", "csv")
    finally:
        csv.field_size_limit(before)
    assert (caught.value.reason_code, "row 2" in caught.value.detail) == ("too_large", True)
