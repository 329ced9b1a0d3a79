"""What kind of file it is, whatever its name says, and why some kinds are not read."""

from __future__ import annotations

import importlib
import io
import struct
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.errors import UnreadableFile
from audit_lib.readers.kinds import CONTAINERS, READERS, kind_of, read_as, read_file
from audit_lib.schema import KINDS, REASON_CODES

from .word_xml import PACKAGE, docx, p, parts, relationship, relationships, zipped

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOTHING = 0xFFFFFFFF
EXCEL, MS_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml", "application/vnd.ms-excel"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
HEADERS = "From: A <a@example.org>\r\nTo: b@example.org\r\nSubject: forms, two of them\r\n"
PROSE = "Dear all, please find the form attached.\nIt was late, for which I am sorry.\n"
MHT = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
SAVED = 'From: "Saved by Internet Explorer 11"\r\nSubject: forms\r\nDate: Tue, 22 May 2018 09:30:00 +0100\r\n' + MHT


def compound(*at_root: str, embedded: tuple[str, ...] = ()) -> bytes:
    """An OLE2 file with streams of these names at its root, and in a storage of its own: the directory alone is real."""

    def entry(name: str, kind: int, right: int = NOTHING, child: int = NOTHING) -> bytes:
        letters = name.encode("utf-16-le")
        return struct.pack("<64sHBBIII", letters, len(letters) + 2, kind, 1, NOTHING, right, child).ljust(128, b"\0")

    def chain(names: tuple[str, ...], start: int) -> list[bytes]:
        last = start + len(names) - 1
        return [entry(name, 2, n + 1 if n < last else NOTHING) for n, name in enumerate(names, start)]

    outer = [entry("Root Entry", 5, child=1), entry("MBD0001", 1, 2 if at_root else NOTHING, 2 + len(at_root))]
    directory = b"".join(outer + chain(at_root, 2) + chain(embedded, 2 + len(at_root)))
    sectors = -(-len(directory) // 512)
    table = [0xFFFFFFFD] + [n + 2 for n in range(sectors - 1)] + [0xFFFFFFFE]
    header = OLE2 + bytes(16) + struct.pack("<HHHH", 0x3E, 3, 0xFFFE, 9) + bytes(16) + struct.pack("<I", 1)
    header += bytes(16) + struct.pack("<II", NOTHING, 0) + struct.pack("<I", 0) + struct.pack("<I", NOTHING) * 108
    header = header[:48] + struct.pack("<I", 1) + header[52:]
    return (
        header + struct.pack("<128I", *table, *[NOTHING] * (128 - len(table))) + directory.ljust(512 * sectors, b"\0")
    )


def damaged_compound(stream: str) -> bytes:
    return OLE2 + bytes(504) + stream.encode("utf-16-le")


def archive(members: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def office(content_type: str, main: str) -> bytes:
    types = f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/{main}" ContentType="{content_type}.main+xml"/></Types>'
    made = {
        "[Content_Types].xml": types,
        "_rels/.rels": relationships(relationship("officeDocument", main, 1)),
        main: "<x/>",
    }
    return zipped(made)


def strict(data: bytes) -> bytes:
    """The same with the relationships of strict Office files."""
    found = zipfile.ZipFile(io.BytesIO(data))
    transitional, purl = (
        b"http://schemas.openxmlformats.org/officeDocument/2006",
        b"http://purl.oclc.org/ooxml/officeDocument",
    )
    return zipped({name: found.read(name).replace(transitional, purl) for name in found.namelist()})


def opened_by(mime_type: str) -> bytes:
    return archive({"mimetype": mime_type.encode(), "content.xml": b"<x/>"})


def kinds(*cases: tuple[bytes | str, str, str]) -> list[object]:
    """Each with its kind as its name in the report."""
    return [pytest.param(*case, id=f"{case[1]}: {case[0][:30]!r}") for case in cases]


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        pytest.param(docx(p("x")), "docx", "", id="docx"),
        pytest.param(docx(p("x"), kind="docm"), "docm", "", id="docm"),
        pytest.param(docx(p("x"), kind="dotm"), "docm", "", id="dotm"),
        pytest.param(docx(p("x"), kind="dotx"), "dotx", "", id="dotx"),
        pytest.param(strict(docx(p("x"))), "docx", "", id="strict docx"),
        pytest.param(office(f"{EXCEL}.sheet", "xl/workbook.xml"), "xlsx", "", id="xlsx"),
        pytest.param(strict(office(f"{EXCEL}.sheet", "xl/workbook.xml")), "xlsx", "", id="strict xlsx"),
        pytest.param(office(f"{EXCEL}.template", "xl/workbook.xml"), "xlsx", "", id="xltx"),
        pytest.param(office(f"{MS_EXCEL}.sheet.macroEnabled", "xl/workbook.xml"), "xlsm", "", id="xlsm"),
        pytest.param(office(f"{MS_EXCEL}.sheet.binary.macroEnabled", "xl/workbook.bin"), "xlsb", "", id="xlsb"),
        pytest.param(office("application/vnd.ms-powerpoint.presentation", "ppt/p.xml"), "other", "not_supported", id="pptx"),
        pytest.param(office("application/vnd.ms-visio.drawing", "visio/document.xml"), "other", "not_supported", id="vsdx"),
        pytest.param(zipped(dict(list(parts(p("x")).items())[1:])), "other", "not_supported", id="docx without its list"),
        pytest.param(docx(p("x"))[:-10], "docx", "damaged", id="docx cut short"),
        pytest.param(office(f"{EXCEL}.sheet", "xl/workbook.xml")[:-10], "xlsx", "", id="xlsx cut short"),
        pytest.param(opened_by(f"{OPEN_DOCUMENT}.text"), "odt", "", id="odt"),
        pytest.param(opened_by(f"{OPEN_DOCUMENT}.text-template"), "odt", "", id="ott"),
        pytest.param(opened_by(f"{OPEN_DOCUMENT}.text")[:-10], "odt", "", id="odt cut short"),
        pytest.param(opened_by(f"{OPEN_DOCUMENT}.spreadsheet\n"), "ods", "", id="ods"),
        pytest.param(opened_by(f"{OPEN_DOCUMENT}.presentation"), "other", "not_supported", id="odp"),
        pytest.param(opened_by("application/epub+zip"), "other", "not_supported", id="epub"),
        pytest.param(archive({"Index/Document.iwa": b"x"}), "other", "not_supported", id="Pages"),
        pytest.param(archive({"letter": b"Dear all"}), "zip", "", id="zip"),
        pytest.param(archive({"mimetype": b"a list of names"}), "zip", "", id="zip with a file of that name"),
        pytest.param(archive({"form.docx": docx(p("x"))}), "zip", "", id="zip of forms"),
        pytest.param(archive({"form.docx": docx(p("x"))})[:-10], "zip", "", id="zip of forms cut short"),
        pytest.param(archive({}), "zip", "", id="zip of nothing"),
        pytest.param(compound("WordDocument", "1Table"), "doc", "", id="doc"),
        pytest.param(compound("Workbook"), "xls", "", id="xls"),
        pytest.param(compound("BOOK"), "xls", "", id="xls of 1995"),
        pytest.param(compound("Workbook", embedded=("WordDocument",)), "xls", "", id="xls with a doc inside"),
        pytest.param(compound("PowerPoint Document", embedded=("Workbook",)), "other", "not_supported", id="ppt with a xls inside"),
        pytest.param(compound(embedded=("WordDocument",)), "other", "not_supported", id="nothing but a doc inside"),
        pytest.param(compound("EncryptionInfo", "EncryptedPackage"), "other", "encrypted", id="protected docx"),
        pytest.param(compound("__properties_version1.0", "__nameid"), "other", "outlook_message", id="msg"),
        pytest.param(compound("__properties_version1.0", embedded=("WordDocument",)), "other", "outlook_message", id="msg with doc"),
        pytest.param(damaged_compound("WordDocument"), "doc", "", id="damaged doc"),
        pytest.param(damaged_compound("Workbook"), "xls", "", id="damaged xls"),
        pytest.param(damaged_compound("EncryptedPackage"), "other", "encrypted", id="damaged protected docx"),
        pytest.param(damaged_compound("x"), "other", "not_supported", id="damaged something"),
        *kinds(
            (b"", "empty", "empty_file"),
            (b"%PDF-1.7 ...", "pdf", ""),
            (b"\xef\xbb\xbf\r\n%PDF-1.4 ...", "pdf", ""),
            (b"\0" * 1000 + b"%PDF-1.4", "pdf", ""),
            (b"\0" * 1020 + b"%PDF-1.4", "other", "not_supported"),
            (b"{\\rtf1 hello}", "rtf", ""),
            (b"\xef\xbb\xbf \r\n{\\rtf1 hello}", "rtf", ""),
            (b"see {\\rtf1 hello}", "other", "not_supported"),
            (b"\x89PNG\r\n\x1a\n....", "picture", "picture"),
            (b"\xff\xd8\xff\xe0....", "picture", "picture"),
            (b"GIF89a....", "picture", "picture"),
            (b"BM" + struct.pack("<IIII", 70, 0, 54, 40), "picture", "picture"),
            (b"II*\0....", "picture", "picture"),
            (b"MM\0*....", "picture", "picture"),
            (b"RIFF....WEBPVP8 ", "picture", "picture"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "picture", "picture"),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", "other", "not_supported"),
            (b"BMI, weight and height were taken, says the school nurse.", "other", "not_supported"),
            (b"PK, the health visitor, was there.", "other", "not_supported"),
            (b"\x78\x9f\x3e\x22....", "other", "not_supported"),
            (b"MZ\x90\0" + bytes(99), "other", "not_supported"),
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["return.docx", "return.pdf", "return"])
def test_kinds_are_told_by_content(data: bytes, kind: str, reason: str, name: str) -> None:
    assert kind in KINDS and reason in REASON_CODES
    assert kind_of(data, name) == kind
    if reason:
        with pytest.raises(UnreadableFile) as caught:
            read_file(data, name)
        assert caught.value.reason_code == reason
    else:
        assert kind in READERS or kind in CONTAINERS


@pytest.mark.parametrize(
    ("text", "kind"),
    kinds(
        ("case,agency\nA,Police\n", "csv"),
        ("case;agency\r\nA;Police\r\n", "csv"),
        ("case\tagency\rA\tPolice\r", "csv"),
        ("case|agency\nA|Police\n", "csv"),
        ("sep=;\ncase;agency\nA;Police", "csv"),
        ('case,comment\nA,"Seen, twice,\nat home"\nB,"No, never"', "csv"),
        ("case,agency,answer\nA,Police,Yes\nB,Health,\nC,,\n", "csv"),
        ("\ufeffcase,agency\nA,Police\n", "csv"),
        ("case,agency\nA,Ysgol Gynradd Ŵyr\n", "csv"),
        ("case,agency\n\nA,Police\n\x1a", "csv"),
        ("Date,From,To,Subject\n2018-05-22,A,B,C\n", "csv"),
        ("case,agency\n", "other"),
        ("case\nA\nB\n", "other"),
        (PROSE, "other"),
        ("Dear Anna,\nthank you for the form,\n", "other"),
        ("He came late; she did not.\nWe spoke; nothing came of it.\n", "other"),
        ("12 High Street,\nCrewe,\nCheshire,\n", "other"),
        ('{\n"case": "A",\n"agency": "Police",\n"answer": "yes"\n}\n', "other"),
        ("a,b\na\na,b,c\na\n", "other"),
        ("case,agency\nA,Pol\x01ice\n", "other"),
        ("case,agency\nA,Pol\0ice\n", "other"),
        ("<table><tr>\n<td>a,b</td>\n<td>c,d</td>\n", "other"),
        ('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>', "other"),
        ('<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:wordDocument/>', "other"),
        (HEADERS + "\r\nDear all", "eml"),
        ("\r\n" + HEADERS + "\r\n", "eml"),
        ("From a@example.org Tue May 22 2018\n" + HEADERS, "eml"),
        ("Received: from x\r\n\tby y; Tue, 22 May 2018 09:30:00 +0100\r\nMIME-Version: 1.0\r\n\r\n", "eml"),
        (HEADERS + "X-Odd: a,b\r\n\r\ncase,agency\r\nA,Police\r\n", "eml"),
        (HEADERS + "\r\n%PDF-1.4", "eml"),
        ("\ufeff" + HEADERS + "X-Name: \x85Ŵyr\r\n\r\nbinary: \0\1", "eml"),
        ("Subject: forms\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed\r\n\r\n", "eml"),
        (HEADERS + "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "eml"),
        ("To: all\r\n\r\nFrom: me", "other"),
        ("From: me\r\nDear all\r\nTo: all\r\n\r\n", "other"),
        (MHT, "other"),
        (SAVED, "other"),
    ),
)
def test_kinds_of_text(text: str, kind: str) -> None:
    assert kind_of(text.encode(), "return.txt") == kind


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    ("text", "kind"), [("case,agency\nA,Café\n" * 9000, "csv"), ("Dear all, please find\nthe form, a café\n", "other")]
)
def test_text_in_every_encoding(text: str, kind: str, encoding: str) -> None:
    assert kind_of(text.encode(encoding), "return.txt") == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (PROSE, "csv"),
        ("case\nA\n", "csv"),
        ("a, b, c", "csv"),
        (" \r\n ", "other"),
        ("<html><body>a,b</body></html>", "other"),
        (HEADERS, "eml"),
        ("{\\rtf1 a}", "rtf"),
        ("a,b\n\0\1\2", "other"),
    ],
)
def test_a_name_of_a_table_makes_any_text_one(text: str, kind: str) -> None:
    assert [kind_of(text.encode(), name) for name in ("return.CSV", "return.tsv")] == [kind] * 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Thumbs.db", "system_file"),
        ("Case A/Thumbs.db", "system_file"),
        ("Case A\\thumbs.DB", "system_file"),
        (".DS_Store", "system_file"),
        ("desktop.ini", "system_file"),
        ("__MACOSX/._return.docx", "system_file"),
        ("__MACOSX/return.docx", "system_file"),
        ("~$return.docx", "lock_file"),
        ("Case A/.~lock.return.docx#", "lock_file"),
    ],
)
def test_what_computers_leave_behind_is_told_by_its_name(name: str, reason: str) -> None:
    for data in (b"", b"x", OLE2 + bytes(504), docx(p("x"))):
        assert kind_of(data, name) == "system"
        with pytest.raises(UnreadableFile) as caught:
            read_file(data, name)
        assert caught.value.reason_code == reason


def test_what_outlook_hides_is_told() -> None:
    with pytest.raises(UnreadableFile, match="winmail"):
        read_file(b"\x78\x9f\x3e\x22....", "winmail.dat")


def test_a_word_file_is_read() -> None:
    for kind in ("docx", "docm", "dotx"):
        form = read_file(docx(p("x"), kind=kind), "return")
        assert (form.kind, [paragraph.text for paragraph in form.paragraphs()]) == (kind, ["x"])


def test_every_reader_is_there_and_of_a_known_kind() -> None:
    assert set(READERS) | CONTAINERS <= set(KINDS)
    for place in READERS.values():
        module, _, function = place.partition(":")
        assert callable(getattr(importlib.import_module(module), function))


WHOLE = [
    docx(p("x")),
    compound("WordDocument"),
    archive({"a": b"x"}),
    opened_by(f"{OPEN_DOCUMENT}.text"),
    HEADERS.encode(),
]


@given(st.sampled_from(WHOLE), st.data())
def test_never_fails(data: bytes, draw: st.DataObject) -> None:
    """Whatever is cut off, or written over what is there."""
    at = draw.draw(st.integers(0, len(data)))
    harmed = data[:at] + draw.draw(st.binary(max_size=8)) + data[at + draw.draw(st.integers(0, 8)) :]
    for cut in (harmed, harmed[:at], harmed[at:]):
        kind = kind_of(cut, "return")
        assert kind in KINDS
        if kind not in READERS:
            with pytest.raises(UnreadableFile):
                read_as(cut, "return", kind)
