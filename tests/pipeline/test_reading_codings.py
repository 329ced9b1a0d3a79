"""Codings made by people in other programs, read back: what they gave, and nothing that they did not give."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from audit_lib.codebook.book import load_codebook
from audit_lib.errors import UserFault
from audit_lib.exports.archive import archive
from audit_lib.exports.coding_sheet import to_coding_sheet
from audit_lib.exports.qda_project import to_qdpx
from audit_lib.instruments import load_instrument
from audit_lib.pipeline.agreeing import (
    agreement_lines,
    coders_read,
    codings_csv,
    codings_there,
    former_lines,
    merged,
    read_lines,
)
from audit_lib.pipeline.reading_codings import ReadCodings, check_given, read_codings
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables

BOOK = load_codebook()
CODES = [code.id for code in BOOK.codes]
NAMES = {code.id: code.name for code in BOOK.codes} | {"none": "No code fits"}
FIRST, SECOND = "0123456789abcdef-1", "0123456789abcdef-2"


def tables_of(texts: list[str], codings: list[dict[str, object]] = ()) -> AuditTables:
    base = {"return_id": "0123456789abcdef", "audit": "small", "case": "1", "agency": "School"}
    comments = [
        base | {"comment_id": f"0123456789abcdef-{n}", "column": "worried", "question": "1", "text": text}
        for n, text in enumerate(texts, start=1)
    ]
    about = {"audit": "small", "title": "Small", "instrument": "neglect-2018", "date": "2018-05", "synthetic": "yes"}
    rows = {"comments": comments, "codings": list(codings), "about": [about]}
    frames = {name: schema.frame(rows.get(name, [])) for name, schema in TABLES.items()}
    return AuditTables("small", frames, load_instrument("neglect-2018"))


TWO = tables_of(["Nobody asked the child.", "The plan drifted."])


def by_people(*rows: tuple[str, str, str]) -> list[dict[str, object]]:
    return [{"comment_id": a, "code": b, "coder": c, "certainty": "sure"} for a, b, c in rows]


def written(folder: Path, data: bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def sheet(folder: Path, *rows: list[object], name: str = "Comments") -> Path:
    path = folder / "sheet.xlsx"
    book = xlsxwriter.Workbook(str(path))
    place = book.add_worksheet(name)
    for at, row in enumerate(rows):
        place.write_row(at, 0, row)
    book.close()
    return path


HEAD = ["comment_id", "case", "comment", *NAMES.values()]


def filled(comment: str, *codes: str, mark: object = 1) -> list[object]:
    return [comment, "1", "words", *(mark if code in codes else "" for code in NAMES)]


anything = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).map(str.strip).filter(bool)


@settings(max_examples=20)
@given(st.data(), st.lists(anything, min_size=1, max_size=4))
def test_what_people_coded_comes_back_from_sheet_and_project(tmp_path_factory, data, texts):
    folder = tmp_path_factory.mktemp("codings")
    ids = [f"0123456789abcdef-{n}" for n in range(1, len(texts) + 1)]
    one = st.sampled_from(["none"]).map(lambda code: {code}) | st.sets(st.sampled_from(CODES), min_size=1, max_size=3)
    said = {who: data.draw(st.dictionaries(st.sampled_from(ids), one)) for who in ("Ann", "Žofie O'Hara")}
    rows = [(comment, code, who) for who, of in said.items() for comment, codes in of.items() for code in codes]
    tool = {
        "comment_id": ids[0],
        "code": "planning",
        "coder": "tool",
        "evidence": texts[0][:3],
        "start": "0",
        "end": "3",
    }
    tables = tables_of(texts, [*by_people(*rows), tool | {"certainty": "sure"}])
    project = read_codings(written(folder, to_qdpx(tables), "p.qdpx"), tables, BOOK, "")
    assert project == ReadCodings(tuple(sorted(rows)), tool=1)
    for who in said:
        path = written(folder, to_coding_sheet(tables, who), "s.xlsx")
        assert read_codings(path, tables, BOOK, who).rows == tuple(sorted(row for row in rows if row[2] == who))


def test_an_untouched_sheet_says_nothing(tmp_path):
    path = written(tmp_path, to_coding_sheet(TWO), "s.xlsx")
    assert read_codings(path, TWO, BOOK, "Ann") == ReadCodings(())


@pytest.mark.parametrize(("mark", "rows"), [(1, 1), ("1", 1), ("x", 1), ("X", 1), (0, 0), ("", 0)])
def test_people_mark_a_code_with_1_or_with_a_cross(tmp_path, mark, rows):
    path = sheet(tmp_path, HEAD, filled(FIRST, "planning", mark=mark))
    assert len(read_codings(path, TWO, BOOK, "Ann").rows) == rows


def test_a_sheet_never_shows_what_the_program_or_another_person_gave(tmp_path):
    tables = tables_of(["x", "y"], by_people((FIRST, "planning", "Bob"), (FIRST, "education", "tool")))
    assert read_codings(written(tmp_path, to_coding_sheet(tables, "Ann"), "s.xlsx"), tables, BOOK, "Ann").rows == ()


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([HEAD, filled(FIRST, "planning", mark="?")], ["row 2: column 'Plans': write 1 where the code fits"]),
        ([HEAD, filled(FIRST, "planning", "none")], ["row 2: 'No code fits' is chosen beside a code"]),
        (
            [[*HEAD, "Educaton"], [*filled(FIRST, "planning"), 1]],
            ["the column 'Educaton' is not a code of the codebook"],
        ),
        ([HEAD[1:], filled(FIRST, "planning")[1:]], ["is no coding sheet"]),
        (
            [HEAD, filled(FIRST, "planning", mark="yes"), filled(SECOND, "planning", "none")],
            ["write 1 where", "is chosen beside"],
        ),
    ],
)
def test_faults_of_a_sheet_are_told_at_once(tmp_path, rows, faults):
    with pytest.raises(UserFault) as fault:
        read_codings(sheet(tmp_path, *rows), TWO, BOOK, "Ann")
    told = str(fault.value)
    assert all(words.replace("row ", "line ") in told for words in faults), told
    assert "words" not in told


@pytest.mark.parametrize("mark", [1, 1.0, "1", " 1 "])
def test_a_one_is_a_one_however_the_program_wrote_it(tmp_path, mark):
    path = sheet(tmp_path, HEAD, filled(FIRST, "planning", mark=mark), filled(SECOND, "planning", mark=0))
    assert read_codings(path, TWO, BOOK, "Ann").rows == ((FIRST, "planning", "Ann"),)


def test_columns_and_rows_in_another_order_and_a_renamed_sheet_are_read(tmp_path):
    mixed = ["Plans", "comment", "comment_id", "Education"]
    names = {code.name for code in BOOK.codes}
    mixed[3] = next(name for name in names if name != "Plans")
    path = sheet(tmp_path, mixed, [1, "a", SECOND, ""], ["", "b", FIRST, 1], name="Mine")
    code = next(code.id for code in BOOK.codes if code.name == mixed[3])
    assert read_codings(path, TWO, BOOK, "Ann").rows == ((FIRST, code, "Ann"), (SECOND, "planning", "Ann"))


def test_a_comment_that_is_gone_is_told_and_not_kept(tmp_path):
    path = sheet(tmp_path, HEAD, filled("ffffffffffffffff-9", "planning"))
    assert read_codings(path, TWO, BOOK, "Ann") == ReadCodings((), gone=("ffffffffffffffff-9",))


@pytest.mark.parametrize(
    ("name", "coder", "words"),
    [
        ("s.xlsx", "", "who coded the sheet? Say so with --coder NAME"),
        ("s.xlsx", "tool", "name the person"),
        ("s.xlsx", "ann  Lee", "would be another person than 'Ann Lee'"),
        ("none.qdpx", "", "none.qdpx: there is no such file"),
    ],
)
def test_what_can_be_told_before_any_return_is_read(tmp_path, name, coder, words):
    (tmp_path / "s.xlsx").write_bytes(b"")
    with pytest.raises(UserFault) as fault:
        check_given([tmp_path / name], coder, {"Ann Lee"})
    assert words in str(fault.value)


def test_a_known_coder_and_a_project_without_a_name_are_taken(tmp_path):
    (tmp_path / "p.qdpx").write_bytes(b"")
    check_given([tmp_path / "p.qdpx"], "", {"Ann Lee"})
    check_given([tmp_path / "p.qdpx"], "Ann Lee", {"Ann Lee"})


def test_what_is_called_a_project_and_is_none_is_told_so(tmp_path):
    with pytest.raises(UserFault, match="is no REFI-QDA project"):
        read_codings(written(tmp_path, b"text", "p.qdpx"), TWO, BOOK, "Ann")
    with pytest.raises(UserFault, match="is damaged"):
        read_codings(written(tmp_path, archive({"project.qde": b"<a/>"}), "p.qdpx"), TWO, BOOK, "Ann")


def changed(data: bytes, change: dict[str, tuple[bytes, bytes]]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    for ending, (old, new) in change.items():
        for name in [name for name in members if name.endswith(ending)]:
            assert old in members[name]
            members[name] = members[name].replace(old, new)
    return archive(members)


CODED = tables_of(
    ["Nobody asked.", "It drifted."], by_people((FIRST, "voice_of_child", "Ann"), (SECOND, "drift_delay", "Ann"))
)
ROWS = ((FIRST, "voice_of_child", "Ann"), (SECOND, "drift_delay", "Ann"))


@pytest.mark.parametrize(
    "change",
    [
        {".txt": (b"\n", b"\r\n")},  # positions count one character for a break of the line
        {".txt": (b"[0123456789abcdef-1]", b"\xef\xbb\xbf[0123456789abcdef-1]")},
        {".qde": (b"Voice of the child", b"Voice (renamed there)")},  # still known by its id in the description
        {".qde": (b"\n[voice_of_child]", b"")},  # still known by its name
    ],
)
def test_what_other_programs_change_does_not_move_a_coding(tmp_path, change):
    path = written(tmp_path, changed(to_qdpx(CODED), change), "p.qdpx")
    assert read_codings(path, CODED, BOOK, "").rows == ROWS


def test_a_code_made_there_is_told_and_left_out(tmp_path):
    change = {".qde": (b"Voice of the child", b"Bedtimes")}
    data = changed(to_qdpx(CODED), {".qde": (b"\n[voice_of_child]", b"")})
    read = read_codings(written(tmp_path, changed(data, change), "p.qdpx"), CODED, BOOK, "")
    assert (read.rows, read.unknown) == (ROWS[1:], ("Bedtimes",))


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"no project", archive({"project.qde": b"<Project"}), archive({"a.txt": b"x"})]
)
def test_a_file_that_is_no_project_and_no_sheet_is_told(tmp_path, data):
    with pytest.raises(UserFault, match=r"p\.qdpx"):
        read_codings(written(tmp_path, data, "p.qdpx"), TWO, BOOK, "Ann")


def test_entities_of_a_project_are_not_resolved(tmp_path):
    hostile = (
        b'<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Users><User guid="u" name="&a;"/></Users></Project>'
    )
    bomb = hostile.replace(b'SYSTEM "file:///etc/passwd"', b'"Ann"')
    for text in (hostile, bomb):
        with pytest.raises(UserFault, match="is damaged"):
            read_codings(written(tmp_path, archive({"project.qde": text}), "p.qdpx"), TWO, BOOK, "")


def test_what_a_person_says_again_takes_the_place_of_what_they_said_before():
    former = [
        {"comment_id": a, "code": b, "coder": c}
        for a, b, c in [(FIRST, "planning", "Ann"), (SECOND, "planning", "Ann"), (FIRST, "planning", "Bob")]
    ]
    rows = merged(former, [ReadCodings(((FIRST, "education", "Ann"),))])
    assert rows == [(FIRST, "education", "Ann"), (FIRST, "planning", "Bob"), (SECOND, "planning", "Ann")]
    frame = pd.read_csv(io.BytesIO(codings_csv(rows)))
    assert [tuple(row) for row in frame.to_numpy().tolist()] == rows


def test_agreement_shows_what_was_done_first_and_speaks_of_few_comments():
    rows = [
        (FIRST, "voice_of_child", "Ann"),
        (FIRST, "voice_of_child", "Bob"),
        (SECOND, "planning", "Ann"),
        (SECOND, "none", "Bob"),
    ]
    lines = list(agreement_lines(TWO, rows, BOOK))
    assert lines[1] == "Ann beside Bob: 2 comments that both coded; over all codes F1 (1 is full agreement) is 0.67"
    assert "too few to speak of agreement" in lines[2]
    assert next(line.split() for line in lines if line.strip().startswith("Plans")) == ["Plans", "0", "1", "0", "1"]
    assert any(line.startswith("Ann beside the program: 2 comments") for line in lines)


def test_agreement_of_enough_comments_warns_where_kappa_misleads():
    tables = tables_of(["nothing"] * 40)
    ids = tables.comments["comment_id"].tolist()
    rows = [(one, "planning" if n % 2 else "education", "Ann") for n, one in enumerate(ids)]
    rows += [(one, "planning" if n % 2 or n == 0 else "education", "Bob") for n, one in enumerate(ids)]
    rows += [(ids[5], "recording", "Bob")]
    lines: dict[str, str] = {}
    for line in agreement_lines(tables, rows, BOOK):
        lines.setdefault(line.strip().split("  ")[0], line)
    assert lines["Plans"].split()[1:] == ["20", "0", "1", "19", "98%", "0.95", "0.95"]
    assert lines["Recording"].endswith("*")


def test_a_file_of_codings_is_added_to_and_any_other_left_alone(tmp_path):
    path = tmp_path / "codings.csv"
    assert codings_there(path) == []
    path.write_bytes(codings_csv([(FIRST, "planning", "Ann")]))
    assert codings_there(path) == [{"comment_id": FIRST, "code": "planning", "coder": "Ann"}]
    path.write_text("name,age\nx,1\n", encoding="utf-8")
    with pytest.raises(UserFault, match="comment_id"):
        codings_there(path)


def test_hidden_rows_of_a_sheet_are_not_passed_over(tmp_path):
    path = tmp_path / "sheet.xlsx"
    book = xlsxwriter.Workbook(str(path))
    place = book.add_worksheet("Comments")
    for at, row in enumerate([HEAD, filled(FIRST, "planning"), filled(SECOND, "planning")]):
        place.write_row(at, 0, row)
    place.set_row(1, None, None, {"hidden": True})
    book.close()
    with pytest.raises(UserFault, match="has hidden rows or columns"):
        read_codings(path, TWO, BOOK, "Ann")


def moved(data: bytes, move) -> bytes:
    """The project with other positions: ``move`` gives the new one for a text and a position."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    root = etree.fromstring(members["project.qde"])
    for source in root.iter("{*}TextSource"):
        text = members[f"Sources/{source.get('guid')}.txt"].decode()
        for each in source.iter("{*}PlainTextSelection"):
            for name in ("startPosition", "endPosition"):
                each.set(name, str(move(text, int(each.get(name)))))
    return archive(members | {"project.qde": etree.tostring(root)})


MANY = [f"Comment {n} \U0001f467 ends here." for n in range(1, 61)]
MANY_CODED = tables_of(MANY, by_people(("0123456789abcdef-50", "planning", "Ann")))


@pytest.mark.parametrize(
    "changes",
    [
        lambda data: data,
        lambda data: moved(data, lambda text, at: len(text[:at].encode("utf-16-le")) // 2),
        lambda data: changed(moved(data, lambda text, at: at + text[:at].count("\n")), {".txt": (b"\n", b"\r\n")}),
        lambda data: changed(data, {".txt": (b"\n", b"\r\n")}),
    ],
    ids=["as we count", "as UTF-16 counts", "breaks count twice", "breaks written twice and counted once"],
)
def test_a_coding_stays_with_its_comment_however_a_program_counts(tmp_path, changes):
    path = written(tmp_path, changes(to_qdpx(MANY_CODED)), "p.qdpx")
    assert read_codings(path, MANY_CODED, BOOK, "").rows == (("0123456789abcdef-50", "planning", "Ann"),)


def test_a_coding_that_lies_in_one_comment_or_in_another_as_one_counts_is_left_out(tmp_path):
    long = [f"Comment {n} ends " + "here " * 30 + "\U0001f467" * 30 for n in range(1, 13)]
    tables = tables_of(long, by_people(("0123456789abcdef-9", "planning", "Ann")))

    def move(text: str, at: int) -> int:
        """Three letters in the midst of the comment: in the one before, counted as UTF-16."""
        begin = text.index("Comment 9")
        return begin + (60 if at == begin else 63)

    read = read_codings(written(tmp_path, moved(to_qdpx(tables), move), "p.qdpx"), tables, BOOK, "")
    assert (read.rows, read.stray) == ((), 1)


def test_a_mark_in_the_words_of_a_comment_is_no_mark(tmp_path):
    tables = tables_of(
        [f"[{SECOND}] quoted", "The second."], by_people((FIRST, "planning", "Ann"), (SECOND, "recording", "Ann"))
    )
    read = read_codings(written(tmp_path, to_qdpx(tables), "p.qdpx"), tables, BOOK, "")
    assert read.rows == ((FIRST, "planning", "Ann"), (SECOND, "recording", "Ann"))


def test_a_coding_on_no_comment_is_counted_and_told(tmp_path):
    data = moved(to_qdpx(CODED), lambda text, at: 2 if at <= text.index("\n\n") else at)
    read = read_codings(written(tmp_path, data, "p.qdpx"), CODED, BOOK, "")
    assert (read.rows, read.stray) == (ROWS[1:], 1)
    assert "1 coding left out, because it is not certain on which comment they lie" in list(read_lines(read))


@pytest.mark.parametrize(("name", "words"), [(b"tool", "stands for the program"), (b"=1+1", "begins like a formula")])
def test_names_that_cannot_be_those_of_people_are_told(tmp_path, name, words):
    data = changed(to_qdpx(CODED), {".qde": (b'name="Ann"', b'name="' + name + b'"')})
    with pytest.raises(UserFault, match=words):
        read_codings(written(tmp_path, data, "p.qdpx"), CODED, BOOK, "")


def test_what_a_person_said_before_of_other_comments_stays_and_is_told():
    former = [
        {"comment_id": FIRST, "code": "planning", "coder": "Ann"},
        {"comment_id": SECOND, "code": "planning", "coder": "Ann"},
    ]
    read = [ReadCodings(((SECOND, "education", "Ann"),))]
    assert len(merged(former, read)) == 2
    assert list(former_lines(former, read, merged(former, read), ())) == [
        "earlier codings of 1 comment by Ann stay; to take back what the files do not hold, add --replace"
    ]


@pytest.mark.parametrize(
    ("read", "coder", "rows"),
    [
        (((SECOND, "education", "Ann"),), "", [(FIRST, "planning", "Bob"), (SECOND, "education", "Ann")]),
        ((), "Ann", [(FIRST, "planning", "Bob")]),  # an empty sheet takes all back
        ((), "", [(FIRST, "planning", "Ann"), (FIRST, "planning", "Bob")]),  # a project in which nobody coded: nobody's
    ],
)
def test_what_the_files_do_not_hold_is_taken_back_when_they_replace(read, coder, rows):
    former = [{"comment_id": FIRST, "code": "planning", "coder": name} for name in ("Ann", "Bob")]
    found = [ReadCodings(read)]
    anew = coders_read(found, coder)
    assert merged(former, found, anew) == rows
    told = ["earlier codings of 1 comment by Ann taken back"] if anew else []
    assert list(former_lines(former, found, rows, anew)) == told


def test_a_container_with_several_files_is_no_coding_sheet(tmp_path):
    path = written(tmp_path, archive({"a.csv": b"x,y\n1,2\n", "b.csv": b"x,y\n1,2\n"}), "two.zip")
    with pytest.raises(UserFault, match="is no coding sheet"):
        read_codings(path, TWO, BOOK, "Ann")
