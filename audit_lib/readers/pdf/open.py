"""Safe opening of a PDF: limits before anything is inflated, then what the file says of itself."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import Rect

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import ReaderNote
from audit_lib.readers.moments import in_universal_time
from audit_lib.readers.package import MAX_PART_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FLOOR_BYTES
from audit_lib.readers.pdf.fields import action_of, name_of, number_of, text_of

MAX_PAGES = 200
_HEADER_WITHIN = 1_024
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CHUNK = 1 << 16
_BEFORE = 400  # the bytes before a stream in which its description stands
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_PACKED = re.compile(rb"/Filter\s*(?:\[\s*)?(?:/(?:ASCII85Decode|A85)\s*)?/Fl(?:ateDecode)?\b")
_LETTERED = re.compile(rb"/Filter\s*\[\s*/(?:ASCII85Decode|A85)\b")
_PACKINGS = rb"/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)"
_PACKED_TWICE = re.compile(_PACKINGS + rb"\s*" + _PACKINGS + rb"\b")
_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:([Zz+-])\s*(\d\d)?'?(\d\d)?)?")
_PROGRAM = "The file holds a program (JavaScript or a command), which was not run."
_OUTSIDE = "The file refers to something outside itself (a web page, an address, another file), which was not opened."
_ATTACHED = "Other files are attached to the file, which were not opened: look whether one of them is the form."


def open_pdf(data: bytes) -> PDFDocument:
    """The document, opened without a password.

    Raises :class:`UnreadableFile`: ``damaged``, ``encrypted`` (a password is needed to open it; one that only forbids
    changes is none), ``too_large``, ``unsafe``, or ``not_supported`` for a form of Adobe LiveCycle.
    """
    start = data.find(b"%PDF-", 0, _HEADER_WITHIN)
    if start < 0:
        raise UnreadableFile("damaged", "the file does not begin as a PDF does")
    check_streams(data)
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data[start:])), fallback=False)
    except PDFEncryptionError as error:
        raise UnreadableFile("encrypted") from error
    form = resolve1(document.catalog.get("AcroForm"))
    of_livecycle = isinstance(form, dict) and form.get("XFA") is not None
    if of_livecycle and (document.catalog.get("NeedsRendering") or not resolve1(form.get("Fields"))):
        raise UnreadableFile("not_supported", "a form made by Adobe LiveCycle")
    return document


def check_streams(data: bytes) -> None:
    """Inflate every packed part of the file without keeping it, and refuse one that swells beyond any form, or breaks off."""
    if _PACKED_TWICE.search(data):
        raise UnreadableFile("unsafe", "a part of the file is packed twice")
    if b"/Encrypt" in data:
        return  # nothing can be told before it is opened; the limit on memory holds
    total = 0
    for match in _STREAM.finditer(data):
        described = data[max(0, match.start() - _BEFORE) : match.start()]
        described = described[described.rfind(b"endobj") + 1 :]
        if not _PACKED.search(described) or _PICTURE.search(described):
            continue
        limit = min(MAX_PART_BYTES, MAX_TOTAL_BYTES - total)
        if _LETTERED.search(described):
            packed, inflated = _inflated(_unlettered(data, match.end()), 0, limit)
        else:
            packed, inflated = _inflated(data, match.end(), limit)
        total += inflated
        if inflated > limit:
            raise UnreadableFile("too_large")
        if inflated > RATIO_FLOOR_BYTES and inflated > MAX_RATIO * packed:
            raise UnreadableFile("too_large", "a part swells to more than 200 times its packed size")


def _unlettered(data: bytes, start: int) -> bytes:
    """Packed bytes that are written in letters (ASCII85), as bytes."""
    end = data.find(b"~>", start)
    try:
        return base64.a85decode(data[start : end if end >= 0 else len(data)])
    except ValueError as error:
        raise UnreadableFile("damaged", "a part of the file is broken") from error


def _inflated(data: bytes, start: int, limit: int) -> tuple[int, int]:
    """The packed and the inflated size of what begins at ``start``; inflating ends soon after the limit."""
    inflater = zlib.decompressobj()
    at, size = start, 0
    while not inflater.eof and size <= limit and at < len(data):
        waiting = data[at : at + _CHUNK]
        at += len(waiting)
        try:
            while waiting and not inflater.eof and size <= limit:
                size += len(inflater.decompress(waiting, _CHUNK))
                waiting = inflater.unconsumed_tail
        except zlib.error as error:
            raise UnreadableFile("damaged", "a part of the file is broken") from error
    if not inflater.eof and size <= limit:
        raise UnreadableFile("damaged", "the file breaks off")
    return at - start - len(inflater.unused_data), size


def pages_of(document: PDFDocument) -> list[PDFPage]:
    """Its pages in order. Raises :class:`UnreadableFile` when there are none, fewer than it says, or far too many."""
    pages = []
    for page in PDFPage.create_pages(document):
        page.mediabox, page.cropbox = _upright(page.mediabox), _upright(page.cropbox)
        pages.append(page)
        if len(pages) > MAX_PAGES:
            raise UnreadableFile("too_large", f"more than {MAX_PAGES} pages")
    root = resolve1(document.catalog.get("Pages"))
    said = resolve1(root.get("Count")) if isinstance(root, dict) else None
    if not pages or (isinstance(said, int) and len(pages) < said):
        raise UnreadableFile("damaged", "pages of the file are missing")
    return pages


def _upright(box: Rect) -> Rect:
    """A page's area with its lower left corner first, whichever the file names first."""
    x0, y0, x1, y1 = box
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def switched_off(document: PDFDocument) -> frozenset[int]:
    """The numbers of the layers that are not shown when the file is opened."""
    layers = resolve1(document.catalog.get("OCProperties"))
    usual = resolve1(layers.get("D")) if isinstance(layers, dict) else None
    if not isinstance(usual, dict):
        return frozenset()
    off = {number_of(one) for one in _listed(usual.get("OFF"))}
    if name_of(usual.get("BaseState")) == "OFF" and isinstance(layers, dict):
        off |= {number_of(one) for one in _listed(layers.get("OCGs"))} - {
            number_of(one) for one in _listed(usual.get("ON"))
        }
    return frozenset(off)


def notes_of(document: PDFDocument, pages: list[PDFPage]) -> Iterator[ReaderNote]:
    """What the file as a whole holds that a person may want to know, and that was not run or opened."""
    catalog = document.catalog
    names = resolve1(catalog.get("Names"))
    names = names if isinstance(names, dict) else {}
    actions = [catalog.get("OpenAction"), *_entries(catalog.get("AA"))]
    for page in pages:
        actions += _entries(page.attrs.get("AA"))
    kinds = {action_of(action) for action in actions}
    if "program" in kinds or names.get("JavaScript") is not None:
        yield ReaderNote("embedded_object", "", _PROGRAM)
    if "outside" in kinds:
        yield ReaderNote("external_reference", "", _OUTSIDE)
    if names.get("EmbeddedFiles") is not None or catalog.get("Collection") is not None:
        yield ReaderNote("embedded_object", "", _ATTACHED)


def page_notes(counted: dict[str, int], where: str) -> Iterator[ReaderNote]:
    """What the annotations of one page hold that was not read as text. No text of the file stands in these messages."""
    told = (
        (
            "comment",
            "comments_in_file",
            "Comments were added with a PDF program and not read: {}. Look whether they matter.",
        ),
        (
            "drawn",
            "drawn_over",
            "Something was drawn on the page by hand and not read ({} in all): it may be a tick.",
        ),
        ("signature", "embedded_object", "The page holds a digital signature ({} in all), which was not checked."),
        (
            "attached",
            "embedded_object",
            "A file, sound or film is attached to the page ({} in all) and was not opened.",
        ),
        ("program", "embedded_object", _PROGRAM),
        ("outside", "external_reference", _OUTSIDE),
        ("hidden", "hidden_text", "There is text on the page that is not shown; it was not read."),
    )
    for thing, check, message in told:
        if counted.get(thing):
            yield ReaderNote(check, where, message.format(counted[thing]))


def modified(document: PDFDocument) -> str:
    """The document's own date of last change in universal time; empty when it has none that can be read."""
    for info in document.info:
        match = _DATE.match(text_of(info.get("ModDate")).strip()) if isinstance(info, dict) else None
        if not match:
            continue
        year, month, day, hour, minute, second = (
            int(part) if part else usual for part, usual in zip(match.groups()[:6], (1, 1, 1, 0, 0, 0), strict=True)
        )
        away = timedelta(hours=int(match[8] or 0), minutes=int(match[9] or 0)) * (-1 if match[7] == "-" else 1)
        try:
            return in_universal_time(datetime(year, month, day, hour, minute, second, tzinfo=timezone(away)))
        except (ValueError, OverflowError):
            continue
    return ""


def _listed(raw: object) -> list[Any]:
    value = resolve1(raw)
    return value if isinstance(value, list) else []


def _entries(raw: object) -> list[Any]:
    value = resolve1(raw)
    return list(value.values()) if isinstance(value, dict) else []
