"""What kind of file this is, told by its content, and which reader reads it.

A new kind of file arrives as one entry of :data:`READERS`, a test in :func:`kind_of`, and a code in
:data:`audit_lib.schema.KINDS`.
"""

from __future__ import annotations

import importlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from itertools import groupby

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import RawForm
from audit_lib.readers.compound import OLE2, root_entries
from audit_lib.readers.package import Package
from audit_lib.readers.plain_text import kind_of_text

_WORD, _SHEET = "audit_lib.readers.word.reader:read_word", "audit_lib.readers.spreadsheets.reader:read_spreadsheet"
READERS = {  # by name: each is imported when the first file of its kind comes, so that a child process starts fast
    "docx": _WORD,
    "docm": _WORD,
    "dotx": _WORD,
    "xlsx": _SHEET,
    "xlsm": _SHEET,
    "xlsb": _SHEET,
    "xls": _SHEET,
    "ods": _SHEET,
    "csv": "audit_lib.readers.delimited:read_delimited",
    "pdf": "audit_lib.readers.pdf.reader:read_pdf",
    "odt": "audit_lib.readers.opendocument.reader:read_opendocument",
    "rtf": "audit_lib.readers.rtf.reader:read_rtf",
    "doc": "audit_lib.readers.word.converted:read_converted",
}
CONTAINERS = frozenset(
    {"zip", "eml"}
)  # opened by :mod:`audit_lib.readers.containers.opening`, which gives what is inside
WINMAIL = "winmail.dat, in which Outlook hides attachments: open the message in Outlook and save the form by itself"

MAX_PASSAGE = 50_000  # characters of one paragraph: twenty pages without a break
MAX_ACCENTS = 30  # on one letter, as Unicode's "stream-safe" text has them at most (UAX 15)

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TNEF = b"\x78\x9f\x3e\x22"
_PDF_AT = 1_024  # how far from the beginning a PDF may begin
_LEFT_BEHIND = {"thumbs.db", "ehthumbs.db", ".ds_store", "desktop.ini", ".directory"}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_KINDS = {"text": "odt", "text-template": "odt", "spreadsheet": "ods", "spreadsheet-template": "ods"}
_OFFICE_PARTS = ("[content_types].xml", "_rels/", "docprops/", "word/", "xl/", "ppt/", "customxml/")
_PICTURES = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|II[*+]\0|MM\0[*+]|RIFF....WEBP"
    rb"|BM.{4}\0{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"  # sizes of the header of a bitmap: two letters are no proof
    rb"|....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1|avif)",
    re.DOTALL,
)
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf")


def kind_of(data: bytes, name: str) -> str:
    """One of :data:`audit_lib.schema.KINDS`. ``name`` counts only for what computers leave behind and for tables of text
    (``.csv``). Never fails.
    """
    if _is_lock_file(name) or _is_system_file(name):
        return "system"
    if not data:
        return "empty"
    if data.startswith(_ZIP):
        return _kind_of_archive(data)
    if data.startswith(OLE2):
        return _kind_of_compound(_entries_of_compound(data))
    if _PICTURES.match(data):
        return "picture"
    if _RTF.match(data):
        return "rtf"
    kind = "other" if data.startswith(b"%PDF-") else kind_of_text(data, name)
    return "pdf" if kind != "eml" and b"%PDF-" in data[:_PDF_AT] else kind


def read_file(data: bytes, name: str) -> RawForm:
    """A received file as a raw form, by the reader of its kind.

    Raises :class:`UnreadableFile` with the reason for which it cannot be read. A container is ``not_supported`` here.
    """
    return read_as(data, name, kind_of(data, name))


def read_as(data: bytes, name: str, kind: str) -> RawForm:
    """The same for a file whose kind is known."""
    if kind not in READERS:
        raise _not_read(data, name, kind)
    module, _, function = READERS[kind].partition(":")
    read: Callable[[bytes, str], RawForm] = getattr(importlib.import_module(module), function)
    try:
        return _refuse_endless(read(data, kind))
    except RecursionError as error:
        raise UnreadableFile("unsafe") from error
    except MemoryError as error:
        raise UnreadableFile("too_large") from error


def _refuse_endless(form: RawForm) -> RawForm:
    """The same form, unless a passage of it is longer than any form's, or letters carry accents without end.

    What comes after reading takes its time over each passage, and has no process of its own to be stopped in.
    """
    for paragraph in form.paragraphs():
        text = paragraph.text
        if len(text) > MAX_PASSAGE:
            raise UnreadableFile("too_large", f"a passage of more than {MAX_PASSAGE:,} characters")
        if not text.isascii() and _has_endless_accents(text):
            raise UnreadableFile("unsafe", "letters with accents without end")
    return form


def _has_endless_accents(text: str) -> bool:
    marks = (sum(1 for _ in run) for is_mark, run in groupby(text, lambda c: unicodedata.combining(c) > 0) if is_mark)
    return any(count > MAX_ACCENTS for count in marks)


def _kind_of_archive(data: bytes) -> str:
    """Of a file that begins as a zip archive: an Office file, an OpenDocument file, or an archive of files."""
    try:
        package = Package(data)
        names = package.names()
        if _is_office(names):
            return _kind_by_content_type(package.content_type(package.main_part()))
        if package.has("mimetype"):
            return _kind_by_mime_type(package.part("mimetype")[:200])
    except UnreadableFile:
        return _kind_by_names(data)
    return "other" if any(name.endswith(".iwa") for name in names) else "zip"  # Pages and Numbers of Apple


def _is_office(names: list[str]) -> bool:
    return "[content_types].xml" in names or "_rels/.rels" in names


def _kind_by_content_type(content_type: str) -> str:
    macros = "macroenabled" in content_type
    if "wordprocessingml" in content_type or "application/vnd.ms-word." in content_type:
        return "docm" if macros else "dotx" if "template" in content_type else "docx"
    if "sheet.binary" in content_type:
        return "xlsb"
    if "spreadsheetml" in content_type or "application/vnd.ms-excel." in content_type:
        return "xlsm" if macros else "xlsx"
    return "other"


def _kind_by_mime_type(mime_type: bytes) -> str:
    named = mime_type.decode("ascii", "replace").strip()
    if named.startswith(_OPEN_DOCUMENT):
        return _OPEN_KINDS.get(named.removeprefix(_OPEN_DOCUMENT), "other")
    return "other" if named.startswith("application/") else "zip"


def _kind_by_names(data: bytes) -> str:
    """Of an archive that is damaged or refused: the names inside can still be seen.

    The first entry stands at the very beginning, whatever became of the rest.
    """
    length = int.from_bytes(data[26:28], "little")
    first = data[30 : 30 + length].decode("cp437").lower()
    if first == "mimetype":
        return _kind_by_mime_type(data[30 + length : 130 + length].partition(b"PK")[0])
    try:
        names = [name.lower().replace("\\", "/").lstrip("/") for name in zipfile.ZipFile(io.BytesIO(data)).namelist()]
        office = _is_office(names)
    except Exception:  # whatever an archive made to do harm brings about
        names, office = [], first.startswith(_OFFICE_PARTS)
    if not office:
        return "zip"
    for kind, folder in (("docx", "word/"), ("xlsx", "xl/")):
        if any(name.startswith(folder) for name in names) if names else folder.encode() in data:
            return kind
    return "other"


def _entries_of_compound(data: bytes) -> frozenset[str]:
    """What stands at the root of an OLE2 file; of a damaged one, what is named anywhere in it."""
    telling = ("EncryptedPackage", "__properties_version1.0", "WordDocument", "Workbook")
    return root_entries(data) or frozenset(name.lower() for name in telling if name.encode("utf-16-le") in data)


def _kind_of_compound(entries: frozenset[str]) -> str:
    if "encryptedpackage" in entries or "__properties_version1.0" in entries:
        return "other"
    if "worddocument" in entries:
        return "doc"
    return "xls" if entries & {"workbook", "book"} else "other"


def _not_read(data: bytes, name: str, kind: str) -> UnreadableFile:
    """Why a file that has no reader is not read."""
    if kind == "system":
        return UnreadableFile("lock_file" if _is_lock_file(name) else "system_file")
    if kind == "empty":
        return UnreadableFile("empty_file")
    if kind == "picture":
        return UnreadableFile("picture")
    if data.startswith(OLE2):
        entries = _entries_of_compound(data)
        if "encryptedpackage" in entries:
            return UnreadableFile("encrypted")
        return UnreadableFile("outlook_message" if "__properties_version1.0" in entries else "not_supported")
    if data.startswith(_ZIP):
        try:
            Package(data)
        except UnreadableFile as error:
            return UnreadableFile(error.reason_code, error.detail)
    if data.startswith(_TNEF):
        return UnreadableFile("not_supported", WINMAIL)
    hidden = b"word/document.xml" in data and kind == "other" and zipfile.is_zipfile(io.BytesIO(data))
    return UnreadableFile("unsafe" if hidden and not data.startswith(_ZIP) else "not_supported")


def _is_lock_file(name: str) -> bool:
    return _last(name).startswith(("~$", ".~lock."))


def _is_system_file(name: str) -> bool:
    folders = name.replace("\\", "/").split("/")[:-1]
    return _last(name).lower() in _LEFT_BEHIND or _last(name).startswith("._") or "__MACOSX" in folders


def _last(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]
