"""The reader of spreadsheets: Excel (.xlsx, .xlsm, .xlsb, .xls) and OpenDocument (.ods)."""

from __future__ import annotations

from collections.abc import Iterator

from audit_lib.rawform import RawForm, ReaderNote
from audit_lib.readers.spreadsheets.grid import Allowance, Workbook, cell_name, letters, table_of
from audit_lib.readers.spreadsheets.ods import read_opendocument_sheets
from audit_lib.readers.spreadsheets.workbook import read_xml_workbook
from audit_lib.readers.spreadsheets.xls import read_old_workbook
from audit_lib.readers.spreadsheets.xlsb import read_binary_workbook

MAX_NAMED = 50  # formulas named one by one; beyond, their number
_KINDS = {
    "xlsx": read_xml_workbook,
    "xlsm": read_xml_workbook,
    "xlsb": read_binary_workbook,
    "xls": read_old_workbook,
    "ods": read_opendocument_sheets,
}


def read_spreadsheet(data: bytes, kind: str) -> RawForm:
    """One workbook as a raw form: a table for each visible sheet in which anything stands, in order.

    Cells have their places in the sheet and are named as a spreadsheet names them (``sheet "Case C", cell F14``). Every
    row in which something stands is given whole, empty cells included, from the first to the last used column; rows in
    which nothing stands are not given. A line break in a cell begins a new paragraph. Numbers are as their format shows
    them, dates as ISO days, with the time where there is one. Hidden sheets, rows, columns and comments are not read, and a
    note says so; a formula whose result the file does not hold gives an empty cell and a note.

    Raises :class:`UnreadableFile` when the file is damaged, protected by a password, unsafe to open or too large.
    """
    book = _KINDS[kind](data)
    allowance = Allowance()
    tables = [table for table in (table_of(sheet, allowance) for sheet in book.sheets) if table]
    read = sum(letters(paragraph_run for cell in table.cells for paragraph_run in cell.runs) for table in tables)
    in_file = read if book.in_file is None else book.in_file
    return RawForm(kind, tuple(tables), tuple(_notes(book)), in_file, read, book.modified)


def _notes(book: Workbook) -> Iterator[ReaderNote]:
    """What a person may want to know. No text of the file stands in these messages."""
    if book.hidden_sheets:
        message = f"Hidden sheets, which were not read: {book.hidden_sheets}. Look whether they matter."
        yield ReaderNote("hidden_sheet", "", message)
    if any(sheet.hidden_text for sheet in book.sheets):
        message = "Something stands in hidden rows, columns or cells; it was not read."
        yield ReaderNote("hidden_text", "", message)
    if ruled := sum(sheet.rules for sheet in book.sheets):
        message = (
            f"Rules may colour cells on {ruled} of the sheets, which was not read: look whether a colour is an answer."
        )
        yield ReaderNote("drawn_over", "", message)
    for sheet, place in book.without_value[:MAX_NAMED]:
        message = (
            "The file holds a formula without its result: open it in the program that made it, save it, and run again."
        )
        yield ReaderNote("formula_without_value", cell_name(sheet, place), message)
    if len(book.without_value) > MAX_NAMED:
        message = f"Further formulas without their results: {len(book.without_value) - MAX_NAMED}."
        yield ReaderNote("formula_without_value", "", message)
    yield from book.notes
