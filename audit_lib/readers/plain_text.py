"""What kind of text a file without a signature of its own holds: an e-mail, a table of lines and separators, or neither."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

HEAD = 65_536  # what a file is shows in its first bytes
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*<[!?/A-Za-z]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"([!-9;-~]+)[ \t]*:(.*)")
_OF_MESSAGES = {"from", "to", "subject", "date", "received", "mime-version", "message-id", "content-type"}
_OF_SENDING = {"from", "to", "received", "message-id"}
_SAVED_BY = "saved by"  # what browsers write as the sender of a page
_SEPARATORS = "\t;|,"
_WITHOUT_SPACE = ",;"  # in prose a space follows these, between cells hardly ever
_RECORDS = 20
_ALIKE = 0.9  # of the records have the same number of cells
_SPACED = 0.2  # of the cells begin with a space


def kind_of_text(data: bytes, name: str) -> str:
    """``eml``, ``csv`` or ``other``.

    A name that ends in ``.csv`` or ``.tsv`` makes any text but markup and e-mail a table; else a separator has to show
    itself in at least two lines. Never fails.
    """
    if _is_message(data):
        return "eml"
    text = _head(data)
    if text is None or _MARKUP.match(text):
        return "other"
    if name.lower().endswith((".csv", ".tsv")):
        return "csv" if text.strip() else "other"
    return "csv" if any(_is_table(text, mark, len(data) > HEAD) for mark in _SEPARATORS) else "other"


def _head(data: bytes) -> str | None:
    """The beginning of a text; None when it is none: no encoding fits, or it holds what no text holds."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    head = data[:HEAD]
    if b"\0" in head:
        wide = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return _decoded(data, wide) if head.count(0) * 3 > len(head) else None
    for encoding in ("utf-8", "cp1252"):
        if (text := _decoded(data, encoding)) is not None:
            return text
    return None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data[:HEAD], final=len(data) <= HEAD)
    except UnicodeDecodeError:
        return None
    text = text.rstrip("\x1a")  # with which old programs end a text
    return None if _CONTROL.search(text) else text


def _is_message(data: bytes) -> bool:
    """Whether a file begins with the headers of a message; those of a web page saved as one file (.mht) look much alike."""
    head = data[:HEAD].removeprefix(codecs.BOM_UTF8).decode("latin-1")  # what follows the headers may be anything
    lines = _LINE_END.split(head.lstrip(" \t\r\n"))
    if lines[0].startswith("From "):  # the line that a mailbox puts before each message
        del lines[0]
    headers: dict[str, str] = {}
    for line in lines:
        if not line.strip():
            break
        if line[0] in " \t" and headers:
            continue
        if not (header := _HEADER.fullmatch(line)):
            return False
        headers.setdefault(header[1].lower(), header[2].strip())
    sent = headers.keys() & _OF_SENDING and not headers.get("from", "").lower().strip("<\"' ").startswith(_SAVED_BY)
    page = headers.get("content-type", "").lower().startswith("multipart/related")
    return len(headers.keys() & _OF_MESSAGES) >= 2 and bool(sent or not page)


def _is_table(text: str, separator: str, cut: bool) -> bool:
    """Whether nearly all of the first records have the same number of cells, two or more, and are not prose."""
    records = _records(text, separator, cut)
    if len(records) < 2 or sum(1 for cell in records[0] if cell.strip()) < 2:
        return False
    width, times = Counter(map(len, records)).most_common(1)[0]
    if width < 2 or times < _ALIKE * len(records):
        return False
    following = [cell for record in records for cell in record[1:] if cell.strip()]
    spaced = sum(1 for cell in following if cell.startswith(" "))
    return separator not in _WITHOUT_SPACE or spaced <= _SPACED * len(following)


def _records(text: str, separator: str, cut: bool) -> list[list[str]]:
    """The first records that have anything in them; the last that a cut-off text gives may be half of one."""
    lines = io.StringIO(text.removeprefix(f"sep={separator}"), newline=None)
    records: list[list[str]] = []
    try:
        for record in csv.reader(lines, delimiter=separator):
            if any(cell.strip() for cell in record):
                records.append(record)
            if len(records) > _RECORDS:
                return records[:_RECORDS]
    except csv.Error:  # a cell larger than any
        return []
    return records[:-1] if cut else records
