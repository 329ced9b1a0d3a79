"""A workbook for coding comments by hand: one row a comment, one column a code, to be filled with 1."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence

import xlsxwriter

from audit_lib.analysis.comments import place_in_form
from audit_lib.analysis.rows import natural, text_rows
from audit_lib.codebook.book import NO_CODE, Code, Codebook
from audit_lib.exports.workbook import CREATED, OPTIONS, Cell, Sheet, cut, write_sheet
from audit_lib.schema import COLUMNS
from audit_lib.store import AuditTables

SHEET = "Comments"
NONE, NONE_NAME = NO_CODE, "No code fits"
ID = "comment_id"
# Of the columns that stay in sight, in characters: on a laptop they leave room for the codes. The ids are for the program alone, but are
# not hidden: a sheet with hidden rows or columns is not read back, as a filter may have hidden codings.
_WIDTHS = {ID: 2, "case": 7, "agency": 14, "question": 13, "column": 15, "comment": 48}
ABOUT = tuple(_WIDTHS)
_HEAD, _LINE, _HIGHEST = 175, 15, 27  # points, and lines: a row can be 409 points high
_HOW = (
    "Write 1 where a code fits the comment, and leave the others empty. A comment may have several codes. Where no code fits, write 1 in "
    "the last column. A row without any 1 counts as not coded yet. Rest the pointer on a code to read what it means."
)


def to_coding_sheet(tables: AuditTables, coder: str = "") -> bytes:
    """The workbook (``.xlsx``): sheet ``Comments`` to be filled in, sheet ``Codes`` with the codebook.

    It is empty, so that the program's codings don't sway anybody; with ``coder`` it holds what that person coded already.
    """
    book = tables.book
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, OPTIONS)
    workbook.set_properties({"title": f"{tables.title}: comments to code", "created": CREATED, "comments": _HOW})
    head = workbook.add_format({"bold": True, "bg_color": "#E6ECF2", "text_wrap": True, "valign": "top"})
    turned = workbook.add_format({"bold": True, "bg_color": "#E6ECF2", "rotation": 70, "valign": "bottom"})
    body = workbook.add_format({"text_wrap": True, "valign": "top"})
    cut_off = workbook.add_format({"font_color": "#6B7280", "valign": "top"})
    inset = workbook.add_format({"indent": 1, "text_wrap": True, "valign": "top"})
    chosen = workbook.add_format({"bg_color": "#BFD9C4"})
    place = workbook.add_worksheet(SHEET)
    comments = _by_form(tables)
    own = {(row[ID], row["code"]) for row in text_rows(tables.codings) if row["coder"] == coder}
    codes = [(code.id, code.name, _hover(code)) for code in book.codes]
    codes.append((NONE, NONE_NAME, "Nothing in the codebook fits this comment."))
    rows = [
        [row[ID], row["case"], row["agency"], row["question"], COLUMNS[row["column"]], row["text"]]
        + [1 if (row[ID], code) in own else None for code, _, _ in codes]
        for row in comments
    ]
    write_sheet(place, Sheet(SHEET, (*ABOUT, *(name for _, name, _ in codes)), rows), head, body)
    last, width = len(rows), len(ABOUT)
    place.set_row(0, _HEAD)
    for at, row in enumerate(rows, start=1):
        place.set_row(at, _LINE * _lines(row))
    for at, (_, name, hover) in enumerate(codes, start=width):
        place.write_string(0, at, name, turned)
        place.write_comment(0, at, hover, {"x_scale": 3, "y_scale": 3})
    place.set_column(width, width + len(codes) - 1, 4)
    for at, characters in enumerate(_WIDTHS.values()):
        place.set_column(at, at, characters, {ID: cut_off, "case": inset}.get(ABOUT[at], body))
    place.write_string(0, 0, ID, turned)
    place.freeze_panes(1, width)
    place.set_landscape()
    place.repeat_rows(0)
    place.fit_to_pages(1, 0)
    if rows:
        cells = (1, width, last, width + len(codes) - 1)
        place.data_validation(*cells, {"validate": "list", "source": ["1", "0"], "error_message": "1, 0 or nothing"})
        place.conditional_format(*cells, {"type": "cell", "criteria": "==", "value": 1, "format": chosen})
    place.set_footer("&LFor internal use&R&P of &N")
    write_sheet(workbook.add_worksheet("Codes"), _codebook(book), head, body)
    workbook.close()
    return made.getvalue()


def _by_form(tables: AuditTables) -> list[dict[str, str]]:
    """The comments by case, agency and return, each return's as its tool prints what they belong to."""
    in_form = place_in_form(tables.instrument)
    return sorted(
        text_rows(tables.comments),
        key=lambda row: (natural(row["case"]), row["agency"], row["return_id"], *in_form(row)),
    )


def _lines(row: Sequence[Cell]) -> int:
    """How many lines the longest text of a row takes in its column: not every program makes room by itself."""
    columns = zip(row, _WIDTHS.items(), strict=False)
    needed = [len(textwrap.wrap(str(text), wide)) for text, (name, wide) in columns if name != ID]
    return min(max(1, *needed), _HIGHEST)


def _hover(code: Code) -> str:
    lines = [f"{code.name}: {code.definition}"]
    lines += [f"Includes: {'; '.join(code.include)}"] if code.include else []
    lines += [f"Not: {'; '.join(code.exclude)}"] if code.exclude else []
    return cut("\n".join(lines))


def _codebook(book: Codebook) -> Sheet:
    rows = [
        (code.id, code.name, code.definition, "; ".join(code.include), "; ".join(code.exclude)) for code in book.codes
    ]
    return Sheet(
        "Codes",
        ("code", "name", "what it means", "includes", "leaves to others"),
        [("", "How to", _HOW, "", ""), *rows],
    )
