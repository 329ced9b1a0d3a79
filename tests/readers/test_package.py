"""Files made to do harm: each is refused, with the right reason, before it can."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from audit_lib.errors import UnreadableFile
from audit_lib.readers.kinds import kind_of, read_file
from audit_lib.readers.package import MAX_PARTS, Package
from audit_lib.schema import REASON_CODES

from .word_xml import docx, fld, p, parts, r, relationship, relationships, sdt, span_of, tbl, tc, tr, zipped

MEGABYTE = 1_000_000
MADE = parts(p("x"))
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DOCUMENT_TYPE = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def with_part(name: str, content: str | bytes) -> bytes:
    return zipped({**MADE, name: content})


def declared(document: str, encoding: str = "UTF-8") -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>{document}'.encode(encoding)


def flagged_as_encrypted() -> bytes:
    data = bytearray(docx(p("x")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + offset] |= 1
            start += 1
    return bytes(data)


def lying_about_size() -> bytes:
    """The account of the archive says 10 bytes for a part of 60 million."""
    size = 60 * MEGABYTE
    data = with_part("word/media/image1.xml", " " * size)
    return data.replace(struct.pack("<L", size), struct.pack("<L", 10))


def twice(first: str, second: str) -> bytes:
    out = io.BytesIO(zipped({name: content for name, content in MADE.items() if name != first}))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr(first, MADE[first])
        archive.writestr(second, MADE[first])
    return out.getvalue()


def compressed_with(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in MADE.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_wrong_checksum(name: str) -> bytes:
    """What stands in this part is not what the archive says that it is."""
    whole = with_part(name, MADE.get(name, f"<x>{'y' * 10_000}</x>"))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        checksum = struct.pack("<L", archive.getinfo(name).CRC)
    assert whole.count(checksum) == 2
    return whole.replace(checksum, b"\0\0\0\0")


def tables_inside_each_other(depth: int) -> bytes:
    body = "x"
    for _ in range(depth):
        body = tbl(tr(tc(body)))
    return docx(body)


def controls_inside_each_other(depth: int) -> bytes:
    run = r("x")
    for _ in range(depth):
        run = sdt(run)
    return docx(p(run))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(with_part("word/document.xml", " " * 60 * MEGABYTE), "too_large", id="bomb: one part of 60 MB"),
        pytest.param(with_part("word/media/image1.png", "\0" * 3 * MEGABYTE), "too_large", id="bomb: a picture 1000:1"),
        pytest.param(zipped({**MADE, **{f"word/m{n}.bin": "" for n in range(MAX_PARTS)}}), "too_large", id="5,000 parts"),
        pytest.param(lying_about_size(), "damaged", id="bomb that lies about its size"),
        pytest.param(with_part("word/document.xml", declared(f"{DOCUMENT_TYPE}<x>&a9;</x>")), "unsafe", id="billion laughs"),
        pytest.param(with_part("word/settings.xml", declared(f"{DOCUMENT_TYPE}<x/>")), "unsafe", id="laughs in the settings"),
        pytest.param(with_part("word/styles.xml", declared(f"{DOCUMENT_TYPE}<x>&f;</x>", "UTF-16")), "unsafe", id="UTF-16"),
        pytest.param(with_part("customXml/item1.xml", declared(f"{DOCUMENT_TYPE}<x/>")), "unsafe", id="an unused part"),
        pytest.param(with_part("customXml/item1.xml", f"<!-- <a>{' ' * 9000} -->{DOCUMENT_TYPE}<x/>"), "unsafe",
                     id="an unused part, after a long comment"),
        pytest.param(with_part("customXml/item1.xml", declared(f"<!--\u2d2d\u3e00\u3c61 -->{DOCUMENT_TYPE}<x/>", "UTF-16-LE")),
                     "unsafe", id="an unused part, in letters that look like a beginning"),
        pytest.param(with_wrong_checksum("word/document.xml"), "damaged", id="text that is not what the archive says"),
        pytest.param(twice("word/document.xml", "word/document.xml"), "unsafe", id="a part twice"),
        pytest.param(twice("word/document.xml", "Word\\Document.XML"), "unsafe", id="a part twice, in disguise"),
        pytest.param(with_part("../../outside.xml", "<x/>"), "unsafe", id="a part outside the file"),
        pytest.param(compressed_with(zipfile.ZIP_LZMA), "unsafe", id="another way of compressing"),
        pytest.param(flagged_as_encrypted(), "encrypted", id="zip with a password"),
        pytest.param(b"MZ" + docx(p("x")), "unsafe", id="a program before the archive"),
        pytest.param(b"PK\x03\x04" + docx(p("x")), "unsafe", id="half an archive before the archive"),
        pytest.param(docx(p("x"))[:-60], "damaged", id="cut off at the end"),
        pytest.param(docx(p("x"))[:200], "damaged", id="cut off at the beginning"),
        pytest.param(with_part("word/document.xml", "<w:document"), "damaged", id="broken XML"),
        pytest.param(with_part("word/document.xml", "<x/>"), "damaged", id="no body"),
        pytest.param(with_part("word/document.xml", '<?xml version="1.0" encoding="klingon"?><x/>'), "damaged",
                     id="an encoding that is none"),
        pytest.param(with_part("word/document.xml", "<a>" * 300 + "</a>" * 300), "unsafe", id="deep XML"),
        pytest.param(tables_inside_each_other(45), "unsafe", id="deep tables"),
        pytest.param(controls_inside_each_other(45), "unsafe", id="deep controls"),
        pytest.param(with_part("_rels/.rels", relationships()), "not_supported", id="an archive that names no document"),
        pytest.param(with_part("_rels/.rels", relationships(relationship("officeDocument", "no.xml", 1))), "not_supported",
                     id="an archive that names a document it has not"),
    ],
)  # fmt: skip
def test_refused(data: bytes, reason: str) -> None:
    assert reason in REASON_CODES
    with pytest.raises(UnreadableFile) as caught:
        read_file(data, "return.docx")
    assert caught.value.reason_code == reason
    kind_of(data, "return.docx")  # and what it is can still be told


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        pytest.param(docx(tbl(tr(tc("x", props=span_of(10**9))) * 3)), ["x"] * 3, id="a cell a billion columns wide"),
        pytest.param(docx(p(fld("begin") * 2000 + r("x"))), ["x"], id="2,000 fields that never end"),
        pytest.param(tables_inside_each_other(30), ["x"], id="tables inside each other, within reason"),
        pytest.param(with_part("word\\media\\a.bin", "x"), ["x"], id="the other slash"),
        pytest.param(
            docx(p("x"), outside=(("attachedTemplate", "http://127.0.0.1:9/evil.dotm"),)), ["x"], id="remote template"
        ),
        pytest.param(docx(p("x"), outside=(("image", r"\\127.0.0.1\share\x.png"),)), ["x"], id="remote picture"),
        pytest.param(docx(p("<w:r><w:t>x<!-- y --></w:t></w:r>")), ["x"], id="a comment of the XML"),
        pytest.param(with_wrong_checksum("word/theme/theme1.xml"), ["x"], id="colours that are damaged"),
    ],
)
def test_read_without_harm(data: bytes, texts: list[str]) -> None:
    form = read_file(data, "return.docx")
    assert [paragraph.text for paragraph in form.paragraphs()] == texts
    assert form.text_read == form.text_in_file


def test_names_of_parts() -> None:
    package = Package(docx(p("x")))
    assert package.has("/Word/Document.xml")
    assert package.part("word\\document.xml") == package.part("word/document.xml")
    assert package.content_type("WORD/document.xml").endswith("document.main+xml")
    assert package.content_type("word/media/x.unknown") == ""
    with pytest.raises(UnreadableFile, match="damaged"):
        package.part("word/absent.xml")
