"""Reading of files that users write: what is kept as written, and where each mistake stands."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field

from audit_lib.checked_files import checked, line_of, read_csv, read_text, read_yaml, shown_value
from audit_lib.errors import UserFault
from audit_lib.scales import Strict


def written(folder: Path, content: str | bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def told(fault: pytest.ExceptionInfo[UserFault], path: Path) -> list[str]:
    """The faults without the folder before the file's name."""
    return [str(one).replace(f"{path.parent.as_posix()}/", "") for one in fault.value.faults]


def faults_of_csv(path: Path) -> list[str]:
    with pytest.raises(UserFault) as fault:
        read_csv(path, ["case", "agency"], ["due"])
    return told(fault, path)


ROW = {"case": "A", "agency": "GP", "due": ""}
READ: dict[str, tuple[str | bytes, list[tuple[int, dict[str, str]]]]] = {
    "as it should be": ("case,agency,due\nA,GP,\n", [(2, ROW)]),
    "an optional column left out": ("case,agency\nA,GP\n", [(2, ROW)]),
    "columns in another order": ("agency,case\nGP,A\n", [(2, ROW)]),
    "no line break at the end": ("case,agency\nA,GP", [(2, ROW)]),
    "line breaks of Windows": ("case,agency\r\nA,GP\r\n", [(2, ROW)]),
    "line breaks of an old Mac": ("case,agency\rA,GP\r", [(2, ROW)]),
    "a mark of UTF-8": ("\ufeffcase,agency\nA,GP\n", [(2, ROW)]),
    "Windows-1252": ("case,agency\nA,St Mary’s £\n".encode("cp1252"), [(2, ROW | {"agency": "St Mary’s £"})]),
    "spaces": (" case , agency \n A , GP \n", [(2, ROW)]),
    "short rows": ("case,agency,due\nA,GP\nB\n", [(2, ROW), (3, {"case": "B", "agency": "", "due": ""})]),
    "empty cells beyond the columns": ("case,agency,due,,\nA,GP,,,\n", [(2, ROW)]),
    "empty lines": ("\ncase,agency\n\nA,GP\n,,\n\nB,GP\n", [(4, ROW), (7, ROW | {"case": "B"})]),
    "a cell of several lines": (
        'case,agency\nA,"G\nP"\n\nB,GP\n',
        [(2, ROW | {"agency": "G\nP"}), (5, ROW | {"case": "B"})],
    ),
    "a comma and quotation marks in quotation marks": (
        'case,agency\nA,"G, ""P"""\n',
        [(2, ROW | {"agency": 'G, "P"'})],
    ),
    "words that mean nothing elsewhere": (
        "case,agency,due\nN/A,None,NaN\nnull,NA,007\n",
        [(2, {"case": "N/A", "agency": "None", "due": "NaN"}), (3, {"case": "null", "agency": "NA", "due": "007"})],
    ),
    "no rows": ("case,agency\n", []),
}


@pytest.mark.parametrize("content", READ)
def test_the_rows_of_a_csv_file(content: str, tmp_path: Path) -> None:
    text, rows = READ[content]
    assert read_csv(written(tmp_path, text), ["case", "agency"], ["due"]) == rows


MISTAKES: dict[str, tuple[str | bytes, list[str]]] = {
    "empty": ("", ["file, line 1: is empty; expected a first line case,agency,due"]),
    "blank": ("\n , \n", ["file, line 1: is empty; expected a first line case,agency,due"]),
    "a misspelt column": ("case,agncy\nA,GP\n", ["file, line 1: 'agncy' is not a column here; did you mean 'agency'?"]),
    "a column in capitals": (
        "Case,agency\nA,GP\n",
        ["file, line 1: 'Case' is not a column here; did you mean 'case'?"],
    ),
    "an unknown column": (
        "case,agency,notes\nA,GP,x\n",
        ["file, line 1: 'notes' is not a column here; known columns: case, agency and due"],
    ),
    "a missing column": ("case,due\nA,\n", ["file, line 1: column 'agency' is missing"]),
    "a column given twice": ("case,agency,case\nA,GP,B\n", ["file, line 1: column 'case' is given twice"]),
    "a column without a name": (
        "case,,agency\nA,x,GP\n",
        ["file, line 1: a column has no name; known columns: case, agency and due"],
    ),
    "no first line of names": (
        "A,GP\nB,GP\n",
        ["file, line 1: does not begin with the names of the columns; expected a first line case,agency,due"],
    ),
    "semicolons": (
        "case;agency\nA;GP\n",
        ["file, line 1: is separated by semicolons; save it again with commas between the cells"],
    ),
    "tabs": (
        "case\tagency\nA\tGP\n",
        ["file, line 1: is separated by tabs; save it again with commas between the cells"],
    ),
    "more cells than columns, twice": (
        "case,agency\nA,GP,x\nB,GP\nC,G,P\n",
        [
            f"file, line {line}: has 3 cells, the first line has 2; put a text that holds a comma in quotation marks"
            for line in (2, 4)
        ],
    ),
    "a quotation mark never closed": (
        'case,agency\nA,"GP\nB,GP\n',
        ["file, line 2: cannot be read as CSV: a quotation mark that opens here is never closed"],
    ),
    "a quotation mark closed early": (
        'case,agency\nA,"G"P\n',
        [
            "file, line 2: cannot be read as CSV: inside a text in quotation marks, a quotation mark has to be written twice"
        ],
    ),
    "UTF-16": ("case,agency\nA,GP\n".encode("utf-16"), ["file: is not UTF-8 text; save the file again as UTF-8"]),
    "bytes that are no text": (
        b"case,agency\nA,\x81\n",
        ["file, line 2: is not UTF-8 text; save the file again as UTF-8"],
    ),
    "a null character": ("case,agency\nA,G\0P\n", ["file, line 2: is not UTF-8 text; save the file again as UTF-8"]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_csv_file_is_one_fault_in_its_line(mistake: str, tmp_path: Path) -> None:
    content, faults = MISTAKES[mistake]
    assert faults_of_csv(written(tmp_path, content)) == faults


def test_a_file_that_is_not_there_has_no_rows_unless_it_has_to_be_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert read_csv(path, ["case"]) == []
    with pytest.raises(UserFault) as fault:
        read_csv(path, ["case"], missing_is_empty=False)
    assert told(fault, path) == ["file: there is no such file"]


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(UserFault, match="file: cannot be read: "):
        read_text(tmp_path / "file")


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8).map(str.strip)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_what_a_spreadsheet_writes_is_what_is_read(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("case", "agency"), *rows])
    found = read_csv(written(tmp_path, "\ufeff" + out.getvalue()), ["case", "agency"])
    assert [(row["case"], row["agency"]) for _, row in found] == [row for row in rows if any(row)]


KEPT = "title: No\narea: yes\nnull_word: 'null'\nday: 2018-05-22\nmonth: 2018-05\nlist: [on, off, 0-19]\n"


def test_words_that_other_readers_of_yaml_change_stay_text(tmp_path: Path) -> None:
    found = read_yaml(written(tmp_path, KEPT))
    assert {key: found[key] for key in ("title", "area", "null_word", "month")} == {
        "title": "No",
        "area": "yes",
        "null_word": "null",
        "month": "2018-05",
    }
    assert str(found["day"]) == "2018-05-22"
    assert list(found["list"]) == ["on", "off", "0-19"]


YAML_MISTAKES: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "file, line 1: is empty; it should hold lines of the form 'key: value'"),
    "a list": ("- a\n", "file, line 1: should hold lines of the form 'key: value'"),
    "a sentence": ("hello\n", "file, line 1: should hold lines of the form 'key: value'"),
    "a key given twice": ("a: 1\nb: 2\na: 3\n", 'file, line 3: is not valid YAML: a key is given twice: "a"'),
    "a colon in a text": (
        "a: one: two\n",
        "file, line 1: is not valid YAML: a text that holds a colon and a space has to stand in quotation marks",
    ),
    "a tab": ("a:\n\tb: 1\n", "file, line 2: is not valid YAML: indent with spaces, not with tabs"),
    "a bracket never closed": (
        "x: 1\na: [b, c\n",
        "file, line 2: is not valid YAML: a bracket that opens here is never closed, a comma is missing inside it, or a text in it "
        "holds a colon and needs quotation marks",
    ),
    "a quotation mark never closed": (
        "x: 1\na: 'b\nc: 1\n",
        "file, line 2: is not valid YAML: a quotation mark that opens here is never closed",
    ),
    "a text that begins with a star": (
        "a: *b\n",
        "file, line 1: is not valid YAML: a text that begins with * has to stand in quotation marks",
    ),
    "a text that begins with an at": (
        "a: @b\n",
        "file, line 1: is not valid YAML: a text that begins with such a sign has to stand in quotation marks",
    ),
    "a line without a colon": (
        "a: 1\nb\n",
        "file, line 2: is not valid YAML: a line of the form 'key: value' was expected",
    ),
    "lines not indented alike": (
        "a:\n  b: 1\n c: 2\n",
        "file, line 3: is not valid YAML: the lines are not indented alike",
    ),
    "two documents": (
        "a: 1\n---\nb: 2\n",
        "file, line 2: is not valid YAML: a line '---' begins a second document; a file holds one",
    ),
    "a control character": (
        "a: 1\nb: x\x07\n",
        "file, line 2: is not valid YAML: it holds a character that cannot be seen; delete it",
    ),
    "nested without end": ("a: " + "[" * 5000, "file: is not valid YAML: it is nested too deeply"),
    "not UTF-8": (b"a: 1\nb: caf\xe9\n", "file, line 2: is not UTF-8 text; save the file again as UTF-8"),
}


@pytest.mark.parametrize("mistake", YAML_MISTAKES)
def test_a_mistake_of_yaml_is_one_fault_in_its_line(mistake: str, tmp_path: Path) -> None:
    content, message = YAML_MISTAKES[mistake]
    path = written(tmp_path, content)
    with pytest.raises(UserFault) as fault:
        read_yaml(path)
    assert told(fault, path) == [message]


class Inner(Strict):
    name: str
    size: int = Field(default=1, ge=1, le=9)


class Outer(Strict):
    title: str = Field(min_length=1)
    ready: bool = False
    weight: float = 0
    names: tuple[str, ...] = ()
    inner: tuple[Inner, ...] = ()
    places: dict[str, tuple[str, ...]] = {}


MODEL_MISTAKES = {
    "other: 1": "line 1: 'other' is not a key here; known keys: inner, names, places, ready, title and weight\n"
    "line 1: 'title' is missing; it is required",
    "title: x\ntitel: y": "line 2: 'titel' is not a key here; did you mean 'title'?",
    "title:": "line 1: 'title' is empty; expected a text",
    "title: ''": "line 1: 'title' is empty; expected a text",
    "title: 2018": "line 1: 'title' is 2018; expected a text; put it in quotation marks",
    "title: true": "line 1: 'title' is true; expected a text; put it in quotation marks",
    "title: 2018-05-22": "line 1: 'title' is 2018-05-22; expected a text; put it in quotation marks",
    "title: [a]": "line 1: 'title' is a list; expected a text",
    "title: {a: b}": "line 1: 'title' holds keys of its own; expected a text",
    "title: x\nready: maybe": "line 2: 'ready' is 'maybe'; expected true or false",
    "title: x\nweight: heavy": "line 2: 'weight' is 'heavy'; expected a number",
    "title: x\nnames: a": "line 2: 'names' is 'a'; expected a list, such as [first, second]",
    "title: x\nnames:": "line 2: 'names' is empty; expected a list, such as [first, second]",
    "title: x\nnames:\n  - a\n  - 3": "line 4: 'names.2' is 3; expected a text; put it in quotation marks",
    "title: x\nplaces: [a]": "line 2: 'places' is a list; expected lines of the form 'key: value' indented below it",
    "title: x\nplaces:\n  a: [b]\n  c: d": "line 4: 'places.c' is 'd'; expected a list, such as [first, second]",
    "title: x\ninner:\n  - name: a\n    size: six": "line 4: 'inner.1.size' is 'six'; expected a whole number",
    "title: x\ninner:\n  - name: a\n    size: 0": "line 4: 'inner.1.size' is 0; expected 1 or more",
    "title: x\ninner:\n  - name: a\n    size: 10": "line 4: 'inner.1.size' is 10; expected 9 or less",
    "title: x\ninner:\n  - name: a\n    size: 1.5": "line 4: 'inner.1.size' is 1.5; expected a whole number",
    "title: x\ninner:\n  - name: a\n  - size: 2": "line 4: 'inner.2.name' is missing; it is required",
    "title: x\ninner:\n  - name: a\n    sise: 2": "line 4: 'sise' is not a key here; did you mean 'size'?",
    "title: x\ninner: [a]": "line 2: 'inner.1' is 'a'; expected lines of the form 'key: value' indented below it",
}


@pytest.mark.parametrize("text", MODEL_MISTAKES)
def test_a_mistake_in_a_value_is_told_with_its_line_and_key(text: str, tmp_path: Path) -> None:
    path = written(tmp_path, text + "\n")
    with pytest.raises(UserFault) as fault:
        checked(Outer, read_yaml(path), path)
    assert "\n".join(told(fault, path)) == "\n".join(f"file, {line}" for line in MODEL_MISTAKES[text].split("\n"))


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "title:\nready: maybe\ninner:\n  - size: 0\n  - name: [x]\n    sise: 2\n")
    with pytest.raises(UserFault) as fault:
        checked(Outer, read_yaml(path), path)
    assert [one.line for one in fault.value.faults] == [1, 2, 4, 4, 5, 6]


def test_a_part_of_a_file_is_checked_with_the_lines_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "first: {name: a}\nsecond:\n  name: b\n  size: 0\n")
    data = read_yaml(path)
    assert checked(Inner, data, path, ("first",)) == Inner(name="a")
    with pytest.raises(UserFault) as fault:
        checked(Inner, data, path, ("second",))
    assert told(fault, path) == ["file, line 4: 'second.size' is 0; expected 1 or more"]


def test_the_line_of_what_is_not_there_is_that_of_its_parent(tmp_path: Path) -> None:
    data = read_yaml(written(tmp_path, "a:\n  b:\n    - c: 1\n"))
    assert [line_of(data, place) for place in ([], ["a"], ["a", "b", 0, "c"], ["a", "b", 7], ["a", "x"], ["y"])] == [
        1,
        1,
        3,
        2,
        1,
        1,
    ]


def test_a_long_value_is_cut_short_in_a_message() -> None:
    assert shown_value("a" * 40) == f"'{'a' * 40}'"
    assert shown_value("a" * 41) == f"'{'a' * 40}…'"
