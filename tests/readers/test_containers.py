"""What lies inside an archive or an e-mail: every file once, none in silence, nothing beyond the limits."""

from __future__ import annotations

import base64
import io
import struct
import time
import warnings
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.errors import UnreadableFile
from audit_lib.readers.containers.inside import MAX_MEMBERS, Member
from audit_lib.readers.containers.opening import innermost, members
from audit_lib.readers.kinds import kind_of
from audit_lib.readers.package import MAX_PARTS
from audit_lib.schema import REASON_CODES

MEGABYTE = 1_000_000
OTHER = b"\x01 no form"
Named = tuple[str, bytes]


def zipped(*entries: Named, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def patched(data: bytes, name: bytes, in_local: tuple[int, bytes], in_central: tuple[int, bytes]) -> bytes:
    """An archive in which bytes of both headers of one entry are written over."""
    made = bytearray(data)
    for mark, name_at, (offset, value) in ((b"PK\x03\x04", 30, in_local), (b"PK\x01\x02", 46, in_central)):
        start = made.find(mark)
        while made[start + name_at : start + name_at + len(name)] != name:
            start = made.find(mark, start + 1)
        made[start + offset : start + offset + len(value)] = value
    return bytes(made)


def with_password(name: str, data: bytes) -> bytes:
    """Only the second of three files has the flag of a password."""
    flag = b"\x01\x00"
    return patched(zipped(("a", b"a"), (name, data), ("c", b"c")), name.encode(), (6, flag), (8, flag))


def raw_name(name: bytes) -> bytes:
    """An archive whose one name is written in these bytes, and says nothing of their encoding."""
    stand_in = b"x" * len(name)
    return zipped((stand_in.decode(), b"x")).replace(stand_in, name)


def overlapping() -> bytes:
    """Two entries of the list lead to the same bytes."""
    data = zipped(("a", b"aaaa"), ("b", b"bbbb"), method=zipfile.ZIP_STORED)
    central = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)
    return data[: central + 42] + struct.pack("<I", 0) + data[central + 46 :]


def lying_about_size() -> bytes:
    size = 60 * MEGABYTE
    return zipped(("a", b"a"), ("b", bytes(size))).replace(struct.pack("<L", size), struct.pack("<L", 10))


def message(*attached: Named, date: str = "Tue, 22 May 2018 09:30:00 +0100") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Date"] = "a@example.org", "b@example.org", "Jayden", date
    made.set_content("Dear all, please find attached")
    for name, data in attached:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def written(*parts: str, headers: str = "") -> bytes:
    """A message of parts as they stand in the file."""
    body = "".join(f"--x\r\n{part}\r\n" for part in parts)
    return f"From: a\r\nTo: b\r\n{headers}Content-Type: multipart/mixed; boundary=x\r\n\r\n{body}--x--\r\n".encode()


def part(content_type: str, body: str, encoding: str = "base64", more: str = "") -> str:
    return f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n{more}\r\n{body}"


def inside(data: bytes) -> list[Member]:
    return list(members(data, kind_of(data, "x")))


def rows(found: Iterator[Member]) -> list[tuple[str, bytes | str]]:
    """Each name with its bytes or its reason; at the end the reason for which there are no more."""
    out: list[tuple[str, bytes | str]] = []
    try:
        for one in found:
            assert one.reason_code in REASON_CODES
            out.append((one.name, one.reason_code or one.data))
    except UnreadableFile as error:
        out.append(("", error.reason_code))
    return out


def all_rows(data: bytes) -> list[tuple[str, bytes | str]]:
    return rows(innermost(data, kind_of(data, "x"), "x"))


@pytest.mark.parametrize(
    ("written_name", "shown"),
    [
        ("police.docx", "police.docx"),
        ("Case F/police.docx", "Case F/police.docx"),
        ("Case F\\police.docx", "Case F/police.docx"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\forms\\police.docx", "forms/police.docx"),
        ("\\\\server\\share\\a.docx", "server/share/a.docx"),
        ("../../police.docx", "police.docx"),
        ("a/./..//police.docx", "a/police.docx"),
        ("police!1#2.docx", "police%211%232.docx"),
        ("pol\nice\u202excod.docx", "policexcod.docx"),
        ("..", "without a name"),
        ("Fa\u0308lle – ä.docx", "Fälle – ä.docx"),
        ("x" * 300 + ".docx", "x" * 235 + ".docx"),
    ],
)
def test_names_are_only_shown(written_name: str, shown: str) -> None:
    assert [one.name for one in inside(zipped((written_name, b"x")))] == [shown]
    if "\n" not in written_name:  # which no header of a message can hold
        assert [one.name for one in inside(message((written_name, b"x")).as_bytes())] == [shown]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("Ŵyr ä.docx".encode(), "Ŵyr ä.docx", id="macOS: UTF-8"),
        pytest.param("Käthe.docx".encode("cp437"), "Käthe.docx", id="DOS: code page 437"),
    ],
)
def test_names_in_encodings_that_nobody_tells(name: bytes, shown: str) -> None:
    assert [one.name for one in inside(raw_name(name))] == [shown]


@pytest.mark.parametrize("made", [zipped, lambda *entries: message(*entries).as_bytes()], ids=["zip", "eml"])
def test_two_files_of_the_same_name_are_told_apart(made: object) -> None:
    entries = [("a.docx", b"1"), ("a.docx", b"2"), ("a (2).docx", b"3"), ("b", b"4"), ("./b", b"5"), ("c/a.docx", b"6")]
    assert [(one.name, one.data) for one in inside(made(*entries))] == [  # type: ignore[operator]
        ("a.docx", b"1"),
        ("a (2).docx", b"2"),
        ("a (2) (2).docx", b"3"),
        ("b", b"4"),
        ("b (2)", b"5"),
        ("c/a.docx", b"6"),
    ]


def test_nothing_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outside = [("../outside.txt", b"x"), ("/absolute.txt", b"x"), ("inside.txt", b"x")]
    assert len(inside(zipped(*outside))) == 3
    assert list(tmp_path.rglob("*")) == []
    assert not (tmp_path.parent / "outside.txt").exists()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(zipped(("a/", b""), ("a/b", b"x"), ("c\\", b"")), [("x!a/b", b"x")], id="folders are no files"),
        pytest.param(zipped(("a/", b"")), [("", "nothing_inside")], id="folders alone"),
        pytest.param(zipped(), [("", "nothing_inside")], id="nothing"),
        pytest.param(zipped(("a", b"")), [("x!a", b"")], id="an empty file"),
        pytest.param(
            zipped(("__MACOSX/._a", b"x"), (".DS_Store", b"y")),
            [("x!__MACOSX/._a", b"x"), ("x!.DS_Store", b"y")],
            id="what computers leave behind is listed",
        ),
        pytest.param(
            with_password("b", b"x"), [("x!a", b"a"), ("x!b", "encrypted"), ("x!c", b"c")], id="a password for one file"
        ),
        pytest.param(
            zipped(("a", b"a"), ("b", bytes(3 * MEGABYTE)), ("c", b"c")),
            [("x!a", b"a"), ("x!b", "too_large"), ("x!c", b"c")],
            id="one that swells",
        ),
        pytest.param(lying_about_size(), [("x!a", b"a"), ("x!b", "damaged")], id="one that lies about its size"),
        pytest.param(
            zipped(("a", b"a"), ("b", b"b" * 99), method=zipfile.ZIP_STORED).replace(b"b" * 99, b"b" * 98 + b"c"),
            [("x!a", b"a"), ("x!b", "damaged")],
            id="one that is damaged",
        ),
        pytest.param(zipped(("a", b"x"), method=zipfile.ZIP_LZMA), [("x!a", "not_supported")], id="packed otherwise"),
        pytest.param(zipped(("a", b"x"))[:-9], [("", "damaged")], id="cut short"),
        pytest.param(overlapping(), [("", "unsafe")], id="two files of the same bytes"),
        pytest.param(b"PK\x03\x04" + zipped(("a", b"x")), [("", "unsafe")], id="something before it"),
        pytest.param(zipped(*[(f"{n}/", b"") for n in range(MAX_PARTS + 1)]), [("", "too_large")], id="5,001 folders"),
    ],
)
def test_archives(data: bytes, expected: list[tuple[str, bytes | str]]) -> None:
    assert all_rows(data) == expected


def test_archives_of_more_than_any_audit_holds() -> None:
    many = zipped(*[(str(n), b"x") for n in range(MAX_MEMBERS + 1)])
    assert len(all_rows(many)) == MAX_MEMBERS + 1
    assert all_rows(many)[-1] == ("", "too_large")
    inner = zipped(*[(str(n), b"x") for n in range(MAX_MEMBERS - 1)])
    assert all_rows(zipped(("1.zip", inner), ("2", b"x")))[-1] == ("", "too_large")
    noise = bytes(range(256)) * 4 * 40 * 1000  # swells too little to be told by that
    large = [(str(n), noise) for n in range(5)]
    declared = zipped(*large, method=zipfile.ZIP_STORED)
    assert all_rows(declared) == [("", "too_large")]
    nested = zipped(*[(f"{n}.zip", zipped((str(n), noise), method=zipfile.ZIP_STORED)) for n in range(3)], method=0)
    assert [reason for _, reason in all_rows(nested) if reason != noise][-1] == "too_large"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(message(("a.docx", b"x")).as_bytes(), [("a.docx", b"x")], id="an attachment"),
        pytest.param(message().as_bytes(), [], id="the words of the message are none"),
        pytest.param(b"\xef\xbb\xbf\r\n" + message(("a", b"x")).as_bytes(), [("a", b"x")], id="an empty line before it"),
        pytest.param(b"From a Tue May 22\n" + message(("a", b"x")).as_bytes(), [("a", b"x")], id="out of a mailbox"),
        pytest.param(
            written(part("application/pdf", "eA=="), part("text/csv; charset=utf-8", "YSxi")),
            [("attachment 1", b"x"), ("attachment 2", b"a,b")],
            id="attachments without a name",
        ),
        pytest.param(
            written(part("text/plain", "Dear all", "7bit"), part("text/html", "<p>Dear all", "8bit")),
            [],
            id="words in two ways",
        ),
        pytest.param(
            written(part('text/plain; name="a.txt"', "a,b", "7bit")), [("a.txt", b"a,b")], id="words with a name are a file"
        ),
        pytest.param(
            written(part("text/plain", "a,b", "7bit", "Content-Disposition: attachment\r\n")),
            [("attachment 1", b"a,b")],
            id="words attached are a file",
        ),
        pytest.param(
            written(part("image/png", "eA==", more="Content-ID: <1>\r\nContent-Disposition: inline\r\n")),
            [("attachment 1", "picture_in_text")],
            id="a picture in the signature",
        ),
        pytest.param(
            written(part("image/png", "eA==", more="Content-ID: <1>\r\nContent-Disposition: attachment\r\n")),
            [("attachment 1", b"x")],
            id="a picture that is attached",
        ),
        pytest.param(
            written(part("image/png", base64.b64encode(b"x" * 60_000).decode(), more="Content-ID: <1>\r\n")),
            [("attachment 1", b"x" * 60_000)],
            id="a photograph in the text, which may show a form",
        ),
        pytest.param(
            written(part("application/x", "eA==", more="Content-Disposition: attachment; filename*=utf-8''%C5%B4yr.docx\r\n")),
            [("Ŵyr.docx", b"x")],
            id="a name with letters of Welsh",
        ),
        pytest.param(
            written(part("application/x", "eA==", more='Content-Disposition: attachment; filename="=?utf-8?B?xbR5ci5kb2N4?="\r\n')),
            [("Ŵyr.docx", b"x")],
            id="the same as Outlook writes it",
        ),
        pytest.param(
            written(part("application/x; name=a", "ZWluZSBGb3Jt bSBtaXQg \r\nVGV4dA==")),
            [("a", b"eine Formm mit Text")],
            id="base64 with spaces",
        ),
        pytest.param(
            written(part("text/csv; name=a.csv", "caf=C3=A9,=\r\nb", "Quoted-Printable")),
            [("a.csv", "café,b".encode())],
            id="quoted-printable",
        ),
        pytest.param(
            written(part("application/x; name=a", "eA"), part("application/x; name=b", "eA=*="), part("x/y; name=c", "eA==")),
            [("a", "damaged"), ("b", "damaged"), ("c", b"x")],
            id="damaged base64",
        ),
        pytest.param(
            written(part("text/csv; name=a", "caf=C3=", "quoted-printable"), part("text/csv; name=b", "a=XY", "quoted-printable")),
            [("a", b"caf\xc3"), ("b", "damaged")],
            id="damaged quoted-printable",
        ),
        pytest.param(
            written(part("application/x; name=a", "begin 644 a", "x-uuencode")), [("a", "not_supported")], id="an old encoding"
        ),
        pytest.param(
            written(part("application/ms-tnef; name=winmail.dat", "eA==")), [("winmail.dat", "not_supported")], id="winmail.dat"
        ),
        pytest.param(
            written(part("application/x; name=a", "eA=="))[:-9], [("a", b"x"), ("", "damaged")], id="broken off after it"
        ),
        pytest.param(
            b"From: a\r\nTo: b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--y\r\n", [("", "damaged")], id="no parts found"
        ),
        pytest.param(
            b"From: a\r\nTo: b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF", [("a.pdf", b"%PDF")], id="nothing but a form"
        ),
    ],
)  # fmt: skip
def test_messages(data: bytes, expected: list[tuple[str, bytes | str]]) -> None:
    assert rows(members(data, "eml")) == expected


FORM = part("application/pdf; name=a.pdf", "eA==")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], False),
        ([part("text/plain", " \r\n-- \r\n", "7bit")], False),
        ([part("text/plain", "please change Q3 to No", "7bit")], True),
        ([part("text/plain", "cGxlYXNl")], True),
        ([part("text/plain; charset=utf-8", "77u/wqA=")], False),  # a no-break space behind the mark that begins a file
        ([part("text/plain; charset=utf-8", "wqB4")], True),
        ([part("text/plain; charset=utf-8", "/w==")], True),  # no letters of this alphabet: it may be anything
        ([part("text/plain; charset=unknown", "IA==")], True),
        ([part("text/html", "<html><style>p {color: red}</style><body><p>&nbsp;</p><img src=x></body>", "7bit")], False),
        ([part("text/html", "<p>please</p>", "7bit")], True),
        ([part("text/html", "<!-- <p>please</p> --><title>Re</title>", "7bit")], False),
        ([part("text/html", "<!-- <p>please</p>", "7bit")], True),  # without an end: not everybody hides it
        ([part("text/plain", "", "7bit"), part("text/html", "<p>" + " " * 30_000, "7bit")], True),  # too long to look through
        ([part("text/calendar", "BEGIN:VCALENDAR", "7bit")], True),
        ([part("text/plain", "words", "7bit", "Content-Disposition: attachment\r\n")], False),  # a file of its own
    ],
)  # fmt: skip
def test_whether_a_message_says_something_itself(words: list[str], said: bool) -> None:
    found = list(members(written(*words, FORM), "eml"))
    assert {one.beside_words for one in found} == {said}


@pytest.mark.parametrize("opens", ["<!--", "<title>", "<!-- --", "<"])
def test_a_message_of_things_without_an_end_costs_no_more_than_its_length(opens: str) -> None:
    words = [part("text/html", opens * (19_000 // len(opens)), "7bit")] * 40
    began = time.process_time()
    list(members(written(*words, FORM), "eml"))
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("received", "date", "moment"),
    [
        ("", "Tue, 22 May 2018 09:30:00 +0100", "2018-05-22T08:30:00Z"),
        ("Wed, 23 May 2018 07:00:00 -0500 (CDT)", "Tue, 22 May 2018 09:30:00 +0100", "2018-05-23T12:00:00Z"),
        ("Wed, 23 May 2018 07:00:00 -0000", "", "2018-05-23T07:00:00Z"),
        ("some time", "Tue, 22 May 2018 09:30:00 +0100", "2018-05-22T08:30:00Z"),
        ("Fri, 31 Dec 9999 23:00:00 -1400", "Tue, 22 May 2018 09:30:00 +0100", "2018-05-22T08:30:00Z"),
        ("", "yesterday", ""),
    ],
)
def test_when_a_message_was_received(received: str, date: str, moment: str) -> None:
    headers = "".join(
        f"{name}: {value}\r\n"
        for name, value in (
            ("Received", f"from a by b;\r\n\t{received}" if received else ""),
            ("Received", "from c by a; Mon, 21 May 2018 00:00:00 +0000" if received else ""),
            ("Date", date),
        )
        if value
    )
    (one,) = members(written(part("application/pdf", "eA=="), headers=headers), "eml")
    assert one.received == moment


def forwarded(inner: EmailMessage, date: str = "Wed, 23 May 2018 09:30:00 +0100") -> EmailMessage:
    outer = message(date=date)
    outer.add_attachment(inner)
    return outer


@pytest.mark.parametrize(
    ("outer", "inner", "said"),
    [("", "change it", {"a.pdf": False, "b.pdf": True}), ("change it", "", {"a.pdf": True, "b.pdf": True})],
)
def test_the_words_of_a_message_go_with_all_that_lies_in_it(outer: str, inner: str, said: dict[str, bool]) -> None:
    other = part("application/pdf; name=b.pdf", "eA==")
    letter = written(part("text/plain", inner, "7bit"), other).replace(b"--x", b"--y").replace(b"=x", b"=y", 1).decode()
    data = written(part("text/plain", outer, "7bit"), FORM, part("message/rfc822", letter, "7bit"))
    assert {one.name.rpartition("!")[2]: one.beside_words for one in innermost(data, "eml", "x.eml")} == said


def test_containers_inside_containers() -> None:
    forms = zipped(("police.docx", b"1"), ("none.zip", zipped()), ("cut.zip", zipped(("a", b"a"))[:-9]))
    letter = message(("forms.zip", forms), ("health.docx", b"2"))
    undated = EmailMessage()
    undated["From"], undated["To"] = "a", "b"
    undated.add_attachment(b"3", maintype="application", subtype="pdf", filename="school.pdf")
    outer = forwarded(letter)
    outer.add_attachment(undated)
    found = list(innermost(outer.as_bytes(), "eml", "a.eml"))
    assert [(one.name, one.reason_code or one.data, one.received) for one in found] == [
        ("a.eml!message 2.eml!forms.zip!police.docx", b"1", "2018-05-22T08:30:00Z"),
        ("a.eml!message 2.eml!forms.zip!none.zip", "unsafe", "2018-05-22T08:30:00Z"),
        ("a.eml!message 2.eml!forms.zip!cut.zip", "unsafe", "2018-05-22T08:30:00Z"),
        ("a.eml!message 2.eml!health.docx", b"2", "2018-05-22T08:30:00Z"),
        ("a.eml!message 3.eml!school.pdf", b"3", "2018-05-23T08:30:00Z"),
    ]
    assert all_rows(zipped(("none.zip", zipped()), ("cut.zip", zipped(("a", b"a"))[:-9]), ("b", b"b"))) == [
        ("x!none.zip", "nothing_inside"),
        ("x!cut.zip", "damaged"),
        ("x!b", b"b"),
    ]


def nested(depth: int) -> bytes:
    data = OTHER
    for number in range(depth, 0, -1):
        data = zipped((f"{number}", data))
    return data


@pytest.mark.parametrize(
    ("depth", "expected"),
    [(3, ("x!1!2!3", OTHER)), (4, ("x!1!2!3", "unsafe")), (9, ("x!1!2!3", "unsafe"))],
)
def test_containers_do_not_lie_inside_each_other_without_end(depth: int, expected: tuple[str, bytes | str]) -> None:
    assert all_rows(nested(depth)) == [expected]


def test_a_message_forwarded_in_base64_is_read_all_the_same() -> None:
    inner = base64.encodebytes(message(("a.docx", b"x")).as_bytes()).decode()
    data = written(part('message/rfc822; name="fw.eml"', f"\r\n{inner}"))
    assert all_rows(data) == [("x!fw.eml!a.docx", b"x")]


def test_parts_without_end() -> None:
    deep = b"From: a\r\nTo: b\r\n" + b"".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n'.encode() for n in range(3000)
    )
    assert rows(members(deep, "eml")) == [("", "unsafe")]


MAIL = written(part("application/pdf; name=a.pdf", "eA=="), part("text/plain", "x=3D", "quoted-printable"))
WHOLE = [zipped(("a.docx", b"x" * 50), ("b/", b""), ("c.eml", MAIL)), MAIL, forwarded(message(("a", b"x"))).as_bytes()]


@given(st.sampled_from(WHOLE), st.data())
def test_whatever_is_damaged_ends_in_a_reason(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    harmed = data[:at] + draw.draw(st.binary(max_size=6)) + data[at + draw.draw(st.integers(0, 6)) :]
    for kind in ("zip", "eml"):
        found = rows(innermost(harmed, kind, "x"))
        assert found
        assert len({name for name, _ in found}) == len(found)
