"""What the reader of spreadsheets makes of new Excel workbooks: what stands in the file on the left, what is read on the right."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Cell, Mark, RawForm, Run, Table
from audit_lib.readers.kinds import kind_of
from audit_lib.readers.spreadsheets.formats import text_shown
from audit_lib.readers.spreadsheets.grid import Allowance, Content, Sheet, marked, table_of
from audit_lib.readers.spreadsheets.reader import MAX_NAMED, read_spreadsheet
from audit_lib.schema import CHECKS, REASON_CODES

from .sheet_files import MAIN, c, control, fonts, inline, parts, row, sheet, with_controls, written, xlsx, zipped
from .word_xml import relationship, relationships

STRUCK, BOLD, UNDERLINED, NONE = Mark.STRUCK, Mark.BOLD, Mark.UNDERLINED, Mark.NONE
TICKED, EMPTY_BOX = Run("", NONE, True), Run("", NONE, False)
SHARED = Path(__file__).parents[2].parent / "shared"
HOUSING = SHARED / "examples/data/raw/step-up-step-down-2018/returns/Housing returns C and H.xlsx"
WILD = [path for path in sorted((SHARED / "wild").glob("*")) if path.suffix in (".xlsx", ".xlsm", ".xlsb", ".xls")][::6]


def read(data: bytes, kind: str = "xlsx") -> RawForm:
    """The form, after making sure that the file is told to be of its kind and that no text was lost on the way."""
    assert kind_of(data, "return") == kind
    form = read_spreadsheet(data, kind)
    assert form.text_read == form.text_in_file
    return form


def only_table(form: RawForm) -> Table:
    (table,) = form.blocks
    assert isinstance(table, Table)
    return table


def texts(form: RawForm) -> dict[str, str]:
    """What stands in each cell, by its name."""
    tables = [block for block in form.blocks if isinstance(block, Table)]
    return {cell.where.rsplit(" ", 1)[1]: cell.text for table in tables for cell in table.cells}


def only_cell(form: RawForm) -> Cell:
    (cell,) = only_table(form).cells
    return cell


def checks(form: RawForm) -> list[str]:
    assert {note.check for note in form.notes} <= set(CHECKS)
    return [note.check for note in form.notes]


def grid(form: RawForm) -> list[tuple[int, int, int, int, str]]:
    return [(one.row, one.column, one.row_span, one.column_span, one.text) for one in only_table(form).cells]


def shared(inside: str, **options: Any) -> bytes:
    """A workbook with one cell, which holds this text."""
    return xlsx(sheet(row(1, c("A1", "0", "s", **options))), shared=(inside,), styles=fonts("<strike/>"))


@pytest.mark.parametrize(
    ("inside", "runs"),
    [
        pytest.param("<t>Yes</t>", [Run("Yes")], id="text"),
        pytest.param("<t>☑ Yes ☐ No</t>", [TICKED, Run(" Yes "), EMPTY_BOX, Run(" No")], id="tick boxes"),
        pytest.param("<t>a_x0041_b_x005F_c</t>", [Run("aAb_c")], id="escaped"),
        pytest.param("<t>_xD83D__xDE00_ _xD83D_</t>", [Run("😀 \ufffd")], id="escaped in two halves, and half of one"),
        pytest.param("<r><t>Good</t></r><r><rPr><strike/></rPr><t> / Inadequate</t></r>",
                     [Run("Good"), Run(" / Inadequate", STRUCK)], id="struck in part"),
        pytest.param('<r><rPr><strike val="0"/><b/></rPr><t>x</t></r>', [Run("x", BOLD)], id="strike 0"),
        pytest.param('<r><rPr><u val="none"/></rPr><t>x</t></r>', [Run("x")], id="underline none"),
        pytest.param('<r><rPr><rFont val="Wingdings 2"/></rPr><t>P</t></r><r><t>P</t></r>',
                     [Run("✓P")], id="a sign of a symbol font"),
        pytest.param('<r><rPr><rFont val="Marlett"/></rPr><t>a</t></r><r><t>a</t></r>',
                     [Run("✓a")], id="the tick of Marlett"),
        pytest.param('<r><rPr><rFont val="Wingdings"/></rPr><t>þ</t></r>', [TICKED], id="a box of a symbol font"),
        pytest.param("<t>漢</t><rPh><t>かん</t></rPh><phoneticPr/>", [Run("漢")], id="readings above"),
    ],
)  # fmt: skip
def test_texts(inside: str, runs: list[Run]) -> None:
    assert list(only_cell(read(shared(inside))).runs) == runs


@pytest.mark.parametrize(
    ("inside", "runs"),
    [
        pytest.param("<t>Good</t>", [Run("Good", STRUCK)], id="all of it"),
        pytest.param("<r><t>Good</t></r><r><rPr/><t> / Met</t></r>", [Run("Good", STRUCK), Run(" / Met")],
                     id="what has a look of its own is not"),
    ],
)  # fmt: skip
def test_a_struck_cell(inside: str, runs: list[Run]) -> None:
    assert list(only_cell(read(shared(inside, style=1))).runs) == runs


def test_three_of_four_grades_struck_with_a_program() -> None:
    def write(ws: Any) -> None:
        struck = ws.book.add_format({"font_strikeout": True})
        ws.write_rich_string("A1", struck, "Outstanding\n", "Good\n", struck, "Requires Improvement\nInadequate")
        ws.write("A2", "Yes", struck)

    first, second = only_table(read(written(write))).cells
    assert [paragraph.text for paragraph in first.paragraphs] == ["", "Good", "", ""]
    assert first.text.split() == ["Good"]
    assert second.runs == (Run("Yes", STRUCK),)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("one\ntwo", ["one", "two"]),
        ("one\n\n \ntwo\n", ["one", "two"]),
        ("one_x000D_\ntwo_x000D_three", ["one", "two", "three"]),
        ("- one\n- two", ["- one", "- two"]),
    ],
)
def test_line_breaks_begin_paragraphs(text: str, paragraphs: list[str]) -> None:
    form = read(xlsx(sheet(row(1, inline("A1", text), inline("B1", "x")))))
    assert [paragraph.text for paragraph in only_table(form).cells[0].paragraphs] == paragraphs
    assert {one.where for one in form.paragraphs()} <= {'sheet "Sheet1", cell A1', 'sheet "Sheet1", cell B1'}


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (4, "", "4"),
        (8.5, "", "8.5"),
        (0.1 + 0.2, "", "0.3"),
        (-3, "", "-3"),
        (9434765919, "", "9434765919"),
        (1e20, "", "1E+20"),
        (4, "0.0", "4.0"),
        (2.5, "0", "3"),
        (-0.2, "0", "0"),
        (0.586, "0%", "59%"),
        (0.0125, "0.00%", "1.25%"),
        (7, "000", "007"),
        (1234567, "#,##0", "1,234,567"),
        (5, "0,000", "0,005"),
        (1021, '0,"K"', "1K"),
        (0.5, "0.#", "0.5"),
        (2, "0.#", "2"),
        (4, '0" out of 10"', "4 out of 10"),
        (4, 'General" out of 10"', "4 out of 10"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
        (-5, '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-', "-5.00"),
        (0, '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-', "-"),
        (-3, "[Red]0;[Blue](0)", "(3)"),
        (1, '"Yes";;"No"', "Yes"),
        (0, '"Yes";;"No"', "No"),
        (1, '[=1]"Met";[=2]"Not met";General', "Met"),
        (2, '[=1]"Met";[=2]"Not met";General', "Not met"),
        (3, '[=1]"Met";[=2]"Not met";General', "3"),
        (3, '[<1]"low";[>5]"high"', "3"),
        (0.5, "# ?/?", "1/2"),
        (0.7, "?/10", "7/10"),
        (0.7, "# ?/10", "7/10"),
        (1.25, "# ?/4", "1 1/4"),
        (2, "# ??/??", "2"),
        (9434765919, "000 000 0000", "9434765919"),
        (12345, "0.00E+00", "12345"),
        (1e300, "0.00", "1E+300"),
        (4, "x" * 300, "4"),
        (44329, "dd/mm/yyyy", "2021-05-13"),
        (44329, "[$-809]dd mmmm yyyy;@", "2021-05-13"),
        (44329.75, "dd/mm/yyyy", "2021-05-13"),
        (44329.395833333, "dd/mm/yyyy hh:mm", "2021-05-13 09:30"),
        (44329, "dd/mm/yyyy hh:mm", "2021-05-13"),
        (0.395833333, "h:mm AM/PM", "09:30"),
        (0.3960069, "mm:ss", "09:30:15"),
        (1.5, "[h]:mm", "36:00"),
        (59, "d/m/yy", "1900-02-28"),
        (60, "d/m/yy", "60"),
        (61, "d/m/yy", "1900-03-01"),
        (0, "d/m/yy", "0"),
        (-1, "d/m/yy", "-1"),
        (1e9, "d/m/yy", "1000000000"),
    ],
)  # fmt: skip
def test_numbers_as_their_format_shows_them(value: float, number_format: str, text: str) -> None:
    styled = fonts().replace(
        "<fonts>", f'<numFmts><numFmt numFmtId="200" formatCode="{_quoted(number_format)}"/></numFmts><fonts>'
    ).replace('numFmtId="0"', 'numFmtId="200"')  # fmt: skip
    assert only_cell(read(xlsx(sheet(row(1, c("A1", repr(value)))), styles=styled))).text == text


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(c("A1", "1", "b"), "TRUE", id="true"),
        pytest.param(c("A1", "0", "b"), "FALSE", id="false"),
        pytest.param(c("A1", "#N/A", "e"), "#N/A", id="error"),
        pytest.param(c("A1", "2021-05-13", "d"), "2021-05-13", id="ISO day"),
        pytest.param(c("A1", "2021-05-13T00:00:00", "d"), "2021-05-13", id="ISO midnight"),
        pytest.param(c("A1", "2021-05-13T09:30:00.000Z", "d"), "2021-05-13 09:30", id="ISO time"),
        pytest.param(c("A1", "half", "str", formula="B1"), "half", id="text of a formula"),
        pytest.param(c("A1", "5", formula="2+3"), "5", id="number of a formula"),
        pytest.param(c("A1", "about 4"), "about 4", id="no number where one should be"),
        pytest.param(c("A1", "1e999"), "1e999", id="a number too large"),
        pytest.param(inline("A1", "'=1+1"), "'=1+1", id="apostrophe of a safe export"),
        pytest.param("<c><v>7</v></c>", "7", id="no place said"),
    ],
)
def test_values(cell: str, text: str) -> None:
    assert only_cell(read(xlsx(sheet(row(1, cell))))).text == text


def test_days_from_1904() -> None:
    styles = fonts().replace('numFmtId="0"', 'numFmtId="14"')
    made = xlsx(sheet(row(1, c("A1", "0"), c("B1", "42867"))), styles=styles, properties='date1904="1"')
    assert list(texts(read(made)).values()) == ["1904-01-01", "2021-05-13"]


def test_dates_written_by_a_program() -> None:
    def write(ws: Any) -> None:
        day, both = (ws.book.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "d mmm yyyy hh:mm:ss"))
        ws.write("A1", datetime.date(2021, 5, 13), day)
        ws.write("B1", datetime.datetime(2021, 5, 13, 9, 30, 5), both)
        ws.write("C1", datetime.datetime(2021, 5, 13), both)

    form = read(written(write))
    assert list(texts(form).values()) == ["2021-05-13", "2021-05-13 09:30:05", "2021-05-13"]


@pytest.mark.parametrize(
    ("rows", "after", "cells"),
    [
        pytest.param([row(3, inline("B3", "a"), inline("D3", "b")), row(7, inline("C7", "c"))], "",
                     [(2, 1, 1, 1, "a"), (2, 2, 1, 1, ""), (2, 3, 1, 1, "b"),
                      (6, 1, 1, 1, ""), (6, 2, 1, 1, "c"), (6, 3, 1, 1, "")], id="places, and empty cells of rows"),
        pytest.param([row(1, inline("A1", "a"), c("B1", style=0)), row(2, c("A2"), inline("B2", " "))], "",
                     [(0, 0, 1, 1, "a")], id="empty rows and columns at the end"),
        pytest.param([row(1, inline("A1", "a"), inline("D1", "b")), row(2, *(inline(f"{x}2", x) for x in "ABCD"))],
                     '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>',
                     [(0, 0, 1, 3, "a"), (0, 3, 1, 1, "b"), *((1, n, 1, 1, x) for n, x in enumerate("ABCD"))], id="merged across"),
        pytest.param([row(1, inline("A1", "a"), inline("B1", "b")), row(2, inline("B2", "c"))],
                     '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
                     [(0, 0, 2, 1, "a"), (0, 1, 1, 1, "b"), (1, 1, 1, 1, "c")], id="merged down"),
        pytest.param([row(1, inline("A1", "a"), inline("B1", "b"))], '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
                     [(0, 0, 1, 2, "a")], id="merged over text"),
        pytest.param([row(1, inline("A1", "a"))], '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
                     [(0, 0, 1, 1, "a")], id="merged over the whole sheet"),
        pytest.param([row(1, inline("A1", "a"), inline("B1", "b")), row(2, inline("A2", "c"), inline("B2", "d"))],
                     '<mergeCells><mergeCell ref="C:D"/><mergeCell ref="3:9"/><mergeCell ref="A1:A1"/></mergeCells>',
                     [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")], id="merged elsewhere"),
        pytest.param([row(1, inline("B1", "a")), row(2, c("A2"), inline("B2", "b")), row(3, inline("A3", "c"))],
                     '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
                     [(0, 0, 2, 1, ""), (0, 1, 1, 1, "a"), (1, 1, 1, 1, "b"), (2, 0, 1, 1, "c"), (2, 1, 1, 1, "")],
                     id="an empty merged cell"),
    ],
)  # fmt: skip
def test_tables(rows: list[str], after: str, cells: list[tuple[int, int, int, int, str]]) -> None:
    form = read_spreadsheet(xlsx(sheet(*rows, after=after)), "xlsx")
    assert grid(form) == cells


def test_places() -> None:
    form = read(written(lambda ws: (ws.write("F14", "x"), ws.write("AB2", "y")), "Case C"))
    table = only_table(form)
    assert (table.where, table.sheet, table.delimited) == ('sheet "Case C"', "Case C", False)
    filled = [cell for cell in table.cells if cell.paragraphs]
    assert [(cell.where, cell.column_where, cell.locator("Response")) for cell in filled] == [
        ('sheet "Case C", cell AB2', "", 'sheet "Case C", cell AB2'),
        ('sheet "Case C", cell F14', "", 'sheet "Case C", cell F14'),
    ]
    assert (filled[1].row, filled[1].column, filled[1].paragraphs[0].where) == (13, 5, 'sheet "Case C", cell F14')


def test_text_that_a_merge_swallowed_is_not_lost_in_silence() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    form = read_spreadsheet(xlsx(sheet(row(1, inline("A1", "a"), inline("B1", "unseen")), after=merged)), "xlsx")
    assert checks(form) == ["hidden_text"]
    assert form.text_in_file - form.text_read == len("unseen")


@pytest.mark.parametrize(
    ("fill", "shaded"),
    [
        ("<patternFill/>", False),
        ('<patternFill patternType="none"/>', False),
        ('<patternFill patternType="gray125"/>', True),
        ('<patternFill patternType="solid"/>', True),
        ('<patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill>', True),
        ('<patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill>', False),
        ('<patternFill patternType="solid"><fgColor theme="0"/></patternFill>', False),
        ('<patternFill patternType="solid"><fgColor theme="0" tint="-0.15"/></patternFill>', True),
        ('<patternFill patternType="solid"><fgColor theme="4" tint="0"/></patternFill>', True),
        ('<patternFill patternType="solid"><fgColor indexed="9"/></patternFill>', False),
        ("<gradientFill/>", True),
        ("", False),
    ],
)
def test_coloured_cells(fill: str, shaded: bool) -> None:
    styles = fonts().replace("<fill/>", f"<fill>{fill}</fill>")
    cells = row(1, inline("A1", "x"), c("B1"), inline("C1", "y"))
    assert {cell.shaded for cell in only_table(read(xlsx(sheet(cells), styles=styles))).cells} == {shaded}


@pytest.mark.parametrize(
    ("before", "rows", "after", "seen", "expected"),
    [
        pytest.param("", [row(1, inline("A1", "a")), row(2, inline("A2", "secret"), props='hidden="1"')], "",
                     {"A1": "a"}, ["hidden_text"], id="row"),
        pytest.param("", [row(1, inline("A1", "a")), row(2, inline("A2", "secret"), props='ht="0" customHeight="1"')], "",
                     {"A1": "a"}, ["hidden_text"], id="row without height"),
        pytest.param('<cols><col min="2" max="16384" hidden="1"/></cols>', [row(1, inline("A1", "a"), inline("B1", "secret"))], "",
                     {"A1": "a"}, ["hidden_text"], id="column"),
        pytest.param('<cols><col min="2" max="2" width="0"/></cols>',
                     [row(1, inline("A1", "a"), inline("B1", "secret"), inline("C1", "c"))], "",
                     {"A1": "a", "C1": "c"}, ["hidden_text"], id="column without width"),
        pytest.param("", [row(1, inline("A1", "a")), row(2, c("A2"), props='hidden="true"')], "", {"A1": "a"}, [], id="empty row"),
        pytest.param('<cols><col min="1" max="1" hidden="1"/></cols>', [row(1, inline("A1", "a"), c("B1"))],
                     '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>', {"A1": "a"}, [], id="a merged cell that begins in one"),
        pytest.param('<cols><col min="1" max="2" hidden="1"/></cols>', [row(1, inline("A1", "secret"), c("B1"))],
                     '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>', {}, ["hidden_text"], id="a merged cell within"),
    ],
)  # fmt: skip
def test_hidden_rows_and_columns(
    before: str, rows: list[str], after: str, seen: dict[str, str], expected: list[str]
) -> None:
    form = read(xlsx(sheet(*rows, before=before, after=after)))
    assert texts(form) == seen
    assert checks(form) == expected
    assert "secret" not in str(form)


def test_what_a_format_hides() -> None:
    styles = fonts().replace("<fonts>", '<numFmts><numFmt numFmtId="200" formatCode=";;;"/></numFmts><fonts>')
    styles = styles.replace('<xf numFmtId="0"', '<xf numFmtId="200"')
    form = read_spreadsheet(xlsx(sheet(row(1, inline("A1", "secret"), c("B1", "5"))), styles=styles), "xlsx")
    assert (form.blocks, checks(form)) == ((), ["hidden_text"])
    assert form.text_in_file - form.text_read == len("secret")


def test_sheets_in_order_without_hidden_and_empty_ones() -> None:
    sheets = [sheet(row(1, inline("A1", text))) for text in ("first", "secret", "secret", " ", "last")]
    form = read(xlsx(*sheets, states=("visible", "hidden", "veryHidden", "visible", "visible")))
    assert [(block.sheet, block.cells[0].text) for block in form.blocks if isinstance(block, Table)] == [
        ("Sheet1", "first"),
        ("Sheet5", "last"),
    ]
    assert [(note.check, "2." in note.message) for note in form.notes] == [("hidden_sheet", True)]
    assert "secret" not in str(form)


def test_nothing_to_see() -> None:
    form = read(xlsx(sheet(row(1, inline("A1", "secret"))), states=("hidden",)))
    assert (form.blocks, checks(form)) == ((), ["hidden_sheet"])
    assert read(xlsx(sheet())).blocks == ()


@pytest.mark.parametrize(
    ("cell", "without"),
    [
        pytest.param(c("A1", formula="1+1"), True, id="no value"),
        pytest.param(c("A1", "<v></v>", formula="1+1"), True, id="empty value"),
        pytest.param(c("A1", "<v/>", "str", formula="1+1"), False, id="empty text"),
        pytest.param(c("A1", "0", formula="1+1"), False, id="nought"),
    ],
)
def test_formulas_without_their_results(cell: str, without: bool) -> None:
    form = read(xlsx(sheet(row(1, cell, inline("B1", "x")))))
    found = [note.where for note in form.notes if note.check == "formula_without_value"]
    assert found == (['sheet "Sheet1", cell A1'] if without else [])


def test_many_formulas_without_their_results() -> None:
    rows = [row(n, c(f"A{n}", formula="1+1")) for n in range(1, MAX_NAMED + 8)]
    notes = read(xlsx(sheet(*rows))).notes
    assert len(notes) == MAX_NAMED + 1
    assert "7." in notes[-1].message


AT = ("1, 2, 2, 3, 2, 60, 2, 18", "1, 2, 2, 15, 2, 60, 3, 12", "1, 62, 1, 2, 2, 60, 3, 3", "0, 0, 0, 0, 0, 9, 0, 9")


@pytest.mark.parametrize(
    ("controls", "newer", "cells", "expected"),
    [
        pytest.param([control("Checkbox", AT[0], "<x:Checked>1</x:Checked>")], [], {"B3": [TICKED, Run(" x")]}, ["value_taken"],
                     id="ticked, beside text"),
        pytest.param([control("Checkbox", AT[0], "<x:Checked/>")], [], {"B3": [TICKED, Run(" x")]}, ["value_taken"],
                     id="ticked without a number"),
        pytest.param([control("Checkbox", AT[0])], [], {"B3": [EMPTY_BOX, Run(" x")]}, ["value_taken"], id="not ticked"),
        pytest.param([control("Radio", AT[1], "<x:Checked>1</x:Checked>", "Good")], [], {"B4": [TICKED, Run(" Good")]},
                     ["value_taken"], id="an option that lies mostly in the row below"),
        pytest.param([control("Radio", AT[2])], [], {"C3": [EMPTY_BOX, Run(" ")]}, ["value_taken"], id="a box at the very edge"),
        pytest.param([control("Checkbox", "1, 9, 2, 5, 2, 1, 2, 9", "", "No"),
                      control("Checkbox", "1, 9, 2, 1, 2, 1, 2, 4", "<x:Checked>1</x:Checked>", "Yes")], [],
                     {"B3": [TICKED, Run(" Yes"), Run("\n"), EMPTY_BOX, Run(" No"), Run("\n"), Run("x")]}, ["value_taken"],
                     id="two in one cell"),
        pytest.param([control("Checkbox", AT[0], "<x:Checked>1</x:Checked>")], ['objectType="CheckBox" checked="Checked"'],
                     {"B3": [TICKED, Run(" x")]}, ["value_taken"], id="the newer account agrees"),
        pytest.param([control("Checkbox", AT[0], "<x:Checked>1</x:Checked>")], ['objectType="CheckBox"'],
                     {"B3": [Run("x")]}, ["drawn_over"], id="the newer account disagrees"),
        pytest.param([], ['objectType="CheckBox"', 'objectType="Button"'], {"B3": [Run("x")]}, ["drawn_over"],
                     id="only the newer account"),
        pytest.param([control("Checkbox", AT[0], "<x:Checked>2</x:Checked>")], [], {"B3": [Run("x")]}, ["drawn_over"],
                     id="neither ticked nor not"),
        pytest.param([control("Checkbox", "here")], [], {"B3": [Run("x")]}, ["drawn_over"], id="no place"),
        pytest.param([control("Checkbox", "1, 2, 2, 3, 2, 60, 99999999, 18")], [], {"B3": [Run("x")]}, ["drawn_over"],
                     id="no place in a sheet"),
        pytest.param([control("Drop", AT[0])], [], {"B3": [Run("x")]}, ["drawn_over"], id="a drop-down"),
        pytest.param([control("Button", AT[0]), control("Note", AT[0])], [], {"B3": [Run("x")]}, [], id="nothing to choose"),
        pytest.param([control("Checkbox", AT[0], hidden=True)], [], {"B3": [Run("x")]}, [], id="a hidden one"),
    ],
)  # fmt: skip
def test_tick_boxes_over_a_sheet(
    controls: list[str], newer: list[str], cells: dict[str, list[Run]], expected: list[str]
) -> None:
    form = read(with_controls(parts(sheet(row(3, inline("B3", "x")))), *controls, newer=tuple(newer)))
    found = {cell.where.rsplit(" ", 1)[1]: list(cell.runs) for cell in only_table(form).cells if cell.paragraphs}
    assert {name: found[name] for name in cells} == cells
    assert checks(form) == expected


def test_a_tick_box_over_a_merged_cell_belongs_to_it() -> None:
    merged = '<mergeCells><mergeCell ref="A2:C3"/></mergeCells>'
    made = parts(sheet(row(2, inline("A2", "Met")), after=merged))
    (cell,) = only_table(read(with_controls(made, control("Checkbox", AT[0])))).cells
    assert cell.runs == (EMPTY_BOX, Run(" Met"))


def test_tick_boxes_in_cells() -> None:
    form = read(
        written(lambda ws: (ws.insert_checkbox("A1", True), ws.insert_checkbox("A2", False), ws.write("A3", True)))
    )
    assert [cell.runs for cell in only_table(form).cells] == [(TICKED,), (EMPTY_BOX,), (Run("TRUE"),)]


def test_the_strict_form_of_the_format() -> None:
    rows = row(1, c("A1", "0", "s", style=1), inline("B1", "b")), row(2, c("A2", "4"), props='hidden="1"')
    made = parts(sheet(*rows), shared=("<t>Good</t>",), styles=fonts("<strike/>"))
    strict = {
        name: re.sub(r"http://schemas.openxmlformats.org/(spreadsheetml|officeDocument)/2006/",
                     r"http://purl.oclc.org/ooxml/\1/", str(content))
        for name, content in made.items()
    }  # fmt: skip
    assert strict != made
    assert read(zipped(strict)) == read(zipped(made))
    assert texts(read(zipped(strict))) == {"A1": "", "B1": "b"}


def related(*relations: str, **more: str) -> bytes:
    made = parts(sheet(row(1, inline("A1", "x"))))
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(*relations)
    return zipped({**made, **more})


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SHAPE = f'<d xmlns:x="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main"><x:sp><a:t>secret</a:t></x:sp></d>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(related(), [], id="nothing"),
        pytest.param(written(lambda ws: (ws.write("A1", "x"), ws.write_comment("A1", "secret"))), ["comments_in_file"], id="comment"),
        pytest.param(related(relationship("hyperlink", "https://example.org/", 1, external=True)), [], id="hyperlink"),
        pytest.param(related(relationship("oleObject", "file://secret/x", 1, external=True)), ["external_reference"], id="outside"),
        pytest.param(related(relationship("image", "../media/secret.png", 1)), ["embedded_object"], id="picture"),
        pytest.param(related(relationship("drawing", "../drawings/d.xml", 1), **{"xl/drawings/d.xml": SHAPE}), ["drawn_over"],
                     id="text box"),
        pytest.param(written(lambda ws: (ws.write("A1", "x"), ws.write_formula("B1", "='[secret.xlsx]S'!A1", None, 3))), [],
                     id="a formula that looks elsewhere"),
    ],
)  # fmt: skip
def test_reader_notes(data: bytes, expected: list[str]) -> None:
    form = read(data)
    assert checks(form) == expected
    assert "secret" not in str(form)


def test_modified() -> None:
    def write(ws: Any) -> None:
        ws.write("A1", "x")
        ws.book.set_properties({"created": datetime.datetime(2018, 5, 22, 9, 30)})

    assert read(written(write)).modified == "2018-05-22T09:30:00Z"
    assert read(xlsx(sheet(row(1, inline("A1", "x"))))).modified == ""


def without(made: dict[str, str | bytes], name: str) -> bytes:
    return zipped({key: content for key, content in made.items() if key != name})


ONE = parts(sheet(row(1, inline("A1", "x"))))
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">]>'
FAR = [row(1, inline("A1", "x")), row(1_048_576, inline("XFD1048576", "y"))]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(zipped(ONE)[:-30], "damaged", id="cut off"),
        pytest.param(without(ONE, "xl/worksheets/sheet1.xml"), "damaged", id="a sheet is missing"),
        pytest.param(without(ONE, "_rels/.rels"), "damaged", id="no main part"),
        pytest.param(zipped({**ONE, "xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'}), "damaged", id="no sheets"),
        pytest.param(zipped({**ONE, "xl/workbook.xml": "<workbook/>"}), "damaged", id="a workbook in no known form"),
        pytest.param(xlsx("<worksheet><sheetData/></worksheet>"), "damaged", id="a sheet in no known form"),
        pytest.param(xlsx(sheet("<row><c")), "damaged", id="no XML"),
        pytest.param(xlsx(sheet(row(1, c("A1", "7", "s")))), "damaged", id="a text that is not there"),
        pytest.param(xlsx(sheet(row(1, c("A0", "7")))), "damaged", id="row 0"),
        pytest.param(xlsx(sheet(row(1, c("XFE1", "7")))), "damaged", id="beyond the last column"),
        pytest.param(xlsx(sheet(row(1, c("A9999999", "7")))), "damaged", id="beyond the last row"),
        pytest.param(xlsx(sheet("<row r='one'/>")), "damaged", id="a row without a number"),
        pytest.param(xlsx(sheet(row(1, c("A1", "1"), c("A1", "2")))), "damaged", id="two cells in one place"),
        pytest.param(xlsx(sheet(*FAR)), "too_large", id="far apart"),
        pytest.param(xlsx(LAUGHS + sheet(row(1, inline("A1", "x")))), "unsafe", id="document type"),
        pytest.param(with_controls(parts(sheet()), LAUGHS), "unsafe", id="document type in a drawing"),
        pytest.param(xlsx(sheet(row(1, inline("A1", "<r>" * 300)))), "unsafe", id="nested without end"),
    ],
)  # fmt: skip
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_spreadsheet(data, "xlsx")
    assert caught.value.reason_code == reason


def test_a_cell_at_the_end_of_the_sheet_is_read() -> None:
    assert texts(read(xlsx(sheet(FAR[1])))) == {"XFD1048576": "y"}


@pytest.mark.parametrize(
    ("limit", "data"),
    [
        ("MAX_CELLS", written(lambda ws: [ws.write(n, n, "x") for n in range(20)])),
        ("MAX_LETTERS", written(lambda ws: [ws.write(n, 0, "x" * 50) for n in range(20)])),
    ],
)
def test_limits(monkeypatch: pytest.MonkeyPatch, limit: str, data: bytes) -> None:
    read(data)
    monkeypatch.setattr(Allowance, "__init__", small(limit))
    with pytest.raises(UnreadableFile, match="too_large"):
        read_spreadsheet(data, "xlsx")


def small(limit: str) -> Callable[[Allowance], None]:
    def begin(allowance: Allowance) -> None:
        allowance.cells = 399 if limit == "MAX_CELLS" else 10_000
        allowance.letters = 999 if limit == "MAX_LETTERS" else 10_000

    return begin


@pytest.mark.skipif(not HOUSING.exists(), reason="the example forms are not on this machine")
def test_an_example_form() -> None:
    form = read(HOUSING.read_bytes())
    assert [block.sheet for block in form.blocks if isinstance(block, Table)] == ["Case C", "Case H"]
    assert checks(form) == ["hidden_sheet"]
    cells = {cell.where: cell for block in form.blocks if isinstance(block, Table) for cell in block.cells}
    above = cells['sheet "Case C", cell D8']
    assert (above.text, above.column_span, above.row_span) == ("Comments on Quality of Work", 3, 1)
    assert (cells['sheet "Case C", cell A8'].row_span, cells['sheet "Case C", cell C10'].text) == (2, "No")
    assert cells['sheet "Case C", cell D10'].paragraphs == ()
    judgement = cells['sheet "Case C", cell A15']
    assert [paragraph.text for paragraph in judgement.paragraphs] == ["Please delete to leave one judgement:", "Good"]
    assert cells['sheet "Case C", cell E10'].text.startswith("- DAFSU")
    assert (cells['sheet "Case C", cell F78'].text, cells['sheet "Case H", cell F78'].text) == ("4", "6")


@pytest.mark.skipif(not WILD, reason="the collection of spreadsheets is not here")
def test_files_from_all_over_the_world() -> None:
    missed, lost, refused = {}, [], []
    for path in WILD:
        data = path.read_bytes()
        kind = kind_of(data, path.name)
        if kind not in ("xlsx", "xlsm", "xlsb", "xls"):
            continue
        try:
            form = read_spreadsheet(data, kind)
        except UnreadableFile as error:
            refused.append(error.reason_code)
            continue
        if form.text_read != form.text_in_file and "hidden_text" not in checks(form):
            lost.append(path.name)
        words = words_by_calamine(path) if kind == "xlsx" and "hidden_text" not in checks(form) else set()
        if words - words_of(form):
            missed[path.name] = words - words_of(form)
    assert (lost, missed) == ([], {})
    assert set(refused) <= set(REASON_CODES)
    assert len(refused) < len(WILD) / 3


def words_by_calamine(path: Path) -> set[str]:
    try:
        book = CalamineWorkbook.from_path(path)
    except CalamineError:  # UTF-16, chart sheets: calamine gives up, we do not
        return set()
    sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    visible = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    values = [value for name in visible for values in book.get_sheet_by_name(name).to_python() for value in values]
    return {word for value in values if isinstance(value, str) for word in re.findall(r"\w+", value)}


def words_of(form: RawForm) -> set[str]:
    runs = [run for paragraph in form.paragraphs() for run in paragraph.runs]
    return {word for run in runs for word in re.findall(r"\w+", run.text)}


@given(st.dictionaries(st.tuples(st.integers(0, 12), st.integers(0, 12)), st.text("ab \n☐", max_size=4), max_size=12),
       st.sets(st.integers(0, 12), max_size=3))  # fmt: skip
def test_every_row_is_whole_and_nothing_is_lost(cells: dict[tuple[int, int], str], hidden: set[int]) -> None:
    one = Sheet("S", hidden_columns=hidden)
    for place, text in cells.items():
        one.cells[place] = Content(marked(text, Run("")))
    table = table_of(one, Allowance())
    shown = {place: content for place, content in one.cells.items() if content.filled and place[1] not in hidden}
    assert one.hidden_text == any(content.filled for place, content in one.cells.items() if place[1] in hidden)
    assert (table is None) == (not shown)
    if table is not None:
        given_at = {(cell.row, cell.column): cell for cell in table.cells}
        assert {place for place, cell in given_at.items() if cell.paragraphs} == set(shown)
        assert len({tuple(cell.column for cell in cells_of_row) for cells_of_row in table.rows()}) == 1
        assert list(given_at) == sorted(given_at)


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("General", "Yes"),
        ('0;0;0;"No"', "No"),
        ('"Not "@', "Not Yes"),
        ('General;General;General;@" (disputed)"', "Yes (disputed)"),
        ("0.00", "Yes"),
    ],
)
def test_a_text_as_its_format_shows_it(number_format: str, text: str) -> None:
    assert text_shown("Yes", number_format) == text


WHITE_FONT = '<color rgb="FFFFFFFF"/>'
WHITE_STYLES = (
    fonts(WHITE_FONT, '<color theme="0"/>', '<color rgb="FF0070C0"/>', '<color theme="0" tint="-0.5"/>')
    .replace("<fills><fill/></fills>", '<fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/>'
             "</patternFill></fill></fills>")
    .replace("</cellXfs>", '<xf numFmtId="0" fontId="1" fillId="1"/></cellXfs>')
)  # fmt: skip
RULE = '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"/></conditionalFormatting>'


@pytest.mark.parametrize(
    ("cell", "after", "shown"),
    [
        pytest.param(inline("B1", "x", 1), "", "", id="white"),
        pytest.param(inline("B1", "x", 2), "", "", id="white of the theme"),
        pytest.param(inline("B1", "x", 3), "", "x", id="blue"),
        pytest.param(inline("B1", "x", 4), "", "x", id="grey"),
        pytest.param(inline("B1", "x", 5), "", "x", id="white on blue"),
        pytest.param(inline("B1", "x", 1), RULE, "x", id="a rule may colour the cell"),
        pytest.param(c("B1", "7", style=1), "", "", id="a number"),
        pytest.param(c("B1", "0", "s", 1), "", "No", id="a stretch with a font of its own"),
    ],
)
def test_white_letters_on_white_are_hidden(cell: str, after: str, shown: str) -> None:
    shared = f"<r><t>Yes </t></r><r><rPr>{WHITE_FONT}</rPr><t>Yes</t></r><r><rPr><b/></rPr><t>No</t></r>"
    form = read(xlsx(sheet(row(1, inline("A1", "a"), cell), after=after), styles=WHITE_STYLES, shared=(shared,)))
    assert texts(form).get("B1", "") == shown
    assert checks(form) == (["hidden_text"] if shown in ("", "No") else ["drawn_over"] * bool(after))


DRAWN = f'<d xmlns:x="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:mc="mc">{{}}</d>'


@pytest.mark.parametrize(
    ("drawn", "where"),
    [
        ("<x:sp><a:prstGeom prst='ellipse'/></x:sp>", ['sheet "Sheet1"']),
        ("<x:cxnSp/>", ['sheet "Sheet1"']),
        ("<mc:AlternateContent><mc:Choice><x:contentPart/></mc:Choice></mc:AlternateContent>", ['sheet "Sheet1"']),
        ("<mc:AlternateContent><mc:Choice><x:sp/></mc:Choice></mc:AlternateContent>", []),  # a control
        ("<x:pic/>", []),
        ("<x:sp><a:t>said</a:t></x:sp>", [""]),  # a text box
    ],
    ids=["oval", "line", "ink", "control", "picture", "text box"],
)
def test_what_is_drawn_over_a_sheet_is_told(drawn: str, where: list[str]) -> None:
    form = read(related(relationship("drawing", "../drawings/d.xml", 1), **{"xl/drawings/d.xml": DRAWN.format(drawn)}))
    assert [note.where for note in form.notes if note.check == "drawn_over"] == where


def test_rules_that_colour_cells_are_told() -> None:
    form = read(xlsx(sheet(row(1, inline("A1", "Yes / No")), after=RULE)))
    assert [(note.check, note.where) for note in form.notes] == [("drawn_over", "")]
    assert "Rules may colour cells on 1 of the sheets" in form.notes[0].message
