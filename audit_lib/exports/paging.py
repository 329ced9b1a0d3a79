"""On which page each heading of a Word document stands, as LibreOffice lays it out."""

from __future__ import annotations

import io

from pdfminer.pdfdocument import PDFDocument, PDFNoOutlines
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from audit_lib.errors import UnreadableFile
from audit_lib.readers.word.converted import find_libreoffice, written_by_libreoffice

SECONDS = 60.0
_FROM, _TO = "MS Word 2007 XML", "pdf:writer_pdf_Export"


def heading_pages(docx: bytes) -> list[tuple[str, int]] | None:
    """(words, page) of each heading in order, pages counted from 1; None on a machine without LibreOffice, or where it fails.

    Word prints the same letters with the same widths, but need not break each page at the same line.
    """
    office = find_libreoffice()
    if office is None:
        return None
    try:
        pdf = written_by_libreoffice(office, docx, "report.docx", _FROM, _TO, SECONDS)
    except UnreadableFile:
        return None
    return _outline(PDFDocument(PDFParser(io.BytesIO(pdf))))


def _outline(pdf: PDFDocument) -> list[tuple[str, int]] | None:
    numbers = {page.pageid: number for number, page in enumerate(PDFPage.create_pages(pdf), start=1)}
    try:
        return [(" ".join(title.split()), numbers[place[0].objid]) for _, title, place, _, _ in pdf.get_outlines()]
    except (PDFNoOutlines, KeyError):
        return None
