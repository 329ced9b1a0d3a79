"""The reader of PDF: forms printed to PDF, and forms with fields to fill in."""

from __future__ import annotations

from pdfminer.pdfinterp import PDFResourceManager

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import RawForm, ReaderNote
from audit_lib.readers.pdf.draw import Recorder
from audit_lib.readers.pdf.join import join_pages
from audit_lib.readers.pdf.open import modified, notes_of, open_pdf, pages_of, switched_off
from audit_lib.readers.pdf.page import PageRead, read_page
from audit_lib.readers.word.count import count_read

_UNKNOWN = 0.3  # a file of whose letters so many stand for nothing cannot be read
_SCANS = "Pages of the file are pictures, which were not read: {}. Look whether something is filled in there."


def read_pdf(data: bytes, kind: str) -> RawForm:
    """One PDF as a raw form: what its pages show, page by page.

    Ruled tables become tables, and one that goes on over a page break is one table; text outside them becomes paragraphs.
    Values of form fields stand where the page shows them. Lines that repeat on every page come at the end, each once, as
    margin. Text that the page does not show is not read but told, as are comments, drawings, attached files and programs.

    Raises :class:`UnreadableFile`: ``damaged``, ``encrypted``, ``too_large``, ``unsafe``, ``not_supported``, or ``picture``
    for a scan, even one with a hidden layer of words that a program recognised.
    """
    try:
        return _read(data, kind)
    except (UnreadableFile, MemoryError, RecursionError):
        raise
    except Exception as error:  # what the library raises on a file that breaks the rules is of every kind
        raise UnreadableFile("damaged", "the file breaks the rules of PDF") from error


def _read(data: bytes, kind: str) -> RawForm:
    document = open_pdf(data)
    pages = pages_of(document)
    recorder = Recorder(PDFResourceManager(), switched_off(document))
    read = [read_page(page, number, recorder) for number, page in enumerate(pages, start=1)]
    _refuse_pictures(read)
    joined = join_pages(read)
    notes = [*notes_of(document, pages), *(note for page in read for note in page.notes), *joined.notes]
    scans = [str(page.number) for page in read if page.is_picture]
    if scans:
        notes.append(ReaderNote("drawn_over", f"page {scans[0]}", _SCANS.format(", ".join(scans))))
    in_file = sum(page.letters for page in read)
    in_form = count_read(joined.blocks) + joined.left_out
    return RawForm(kind, tuple(joined.blocks), tuple(notes), in_file, in_form, modified(document))


def _refuse_pictures(pages: list[PageRead]) -> None:
    letters = sum(page.letters for page in pages)
    if any(page.is_picture for page in pages) and all(page.is_picture or not page.letters for page in pages):
        raise UnreadableFile("picture", "a scan without text")
    if letters and sum(page.unknown for page in pages) > _UNKNOWN * letters:
        raise UnreadableFile("picture", "the file does not say what its letters are")
