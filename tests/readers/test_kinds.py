"""What kind of file it is, whatever its name says, and why some kinds are not read."""

from __future__ import annotations

import io
import zipfile

import pytest

from audit_lib.errors import UnreadableFile
from audit_lib.readers.kinds import READERS, kind_of, read_file
from audit_lib.schema import KINDS, REASON_CODES

from .word_xml import docx, p, parts, zipped

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole2(stream: str) -> bytes:
    return OLE2 + stream.encode("utf-16-le")


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind", "reason"),
    [
        (docx(p("x")), "return.docx", "docx", ""),
        (docx(p("x")), "return.pdf", "docx", ""),
        (docx(p("x")), "return", "docx", ""),
        (docx(p("x"), kind="docm"), "return.docx", "docm", ""),
        (docx(p("x"), kind="dotm"), "return.docx", "docm", ""),
        (docx(p("x"), kind="dotx"), "return.docx", "dotx", ""),
        (b"", "return.docx", "empty", "empty_file"),
        (b"", "Thumbs.db", "system", "system_file"),
        (OLE2, "Case A/Thumbs.db", "system", "system_file"),
        (OLE2, "Case A\\thumbs.DB", "system", "system_file"),
        (b"x", ".DS_Store", "system", "system_file"),
        (b"x", "desktop.ini", "system", "system_file"),
        (b"x", "__MACOSX/._return.docx", "system", "system_file"),
        (b"x", "~$return.docx", "system", "lock_file"),
        (b"x", "Case A/.~lock.return.docx#", "system", "lock_file"),
        (ole2("EncryptedPackage"), "return.docx", "other", "encrypted"),
        (ole2("WordDocument"), "return.docx", "other", "legacy_word"),
        (ole2("Workbook"), "return.docx", "other", "not_supported"),
        (b"%PDF-1.7 ...", "return.docx", "other", "not_supported"),
        (b"{\\rtf1 hello}", "return.docx", "other", "not_supported"),
        (b"case,agency\n", "return.docx", "other", "not_supported"),
        (docx(p("x"), kind="xlsx"), "return.docx", "other", "not_supported"),
        (archive(letter=b"Dear all"), "return.docx", "other", "not_supported"),
        (archive(letter=b"Dear all")[:-10], "return.docx", "other", "damaged"),
        (docx(p("x"))[:-10], "return.docx", "docx", "damaged"),
        (zipped(dict(list(parts(p("x")).items())[1:])), "return.docx", "other", "not_supported"),
    ],
)
def test_kinds(data: bytes, name: str, kind: str, reason: str) -> None:
    assert kind in KINDS and reason in REASON_CODES
    assert kind_of(data, name) == kind
    if not reason:
        form = read_file(data, name)
        assert (form.kind, [paragraph.text for paragraph in form.paragraphs()]) == (kind, ["x"])
        return
    with pytest.raises(UnreadableFile) as caught:
        read_file(data, name)
    assert caught.value.reason_code == reason


def test_every_reader_is_of_a_known_kind() -> None:
    assert set(READERS) <= set(KINDS)
