"""What the reader of spreadsheets makes of OpenDocument, of old Excel and of binary Excel: the same table from each."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Mark, RawForm, Run, Table
from audit_lib.readers.kinds import kind_of
from audit_lib.readers.spreadsheets import calamine
from audit_lib.readers.spreadsheets.reader import read_spreadsheet
from audit_lib.schema import CHECKS

from .sheet_files import (
    END,
    bcell,
    begin,
    bfill,
    bfont,
    brecord,
    brow,
    bstyle,
    ocell,
    ods,
    old_cell,
    old_font,
    old_style,
    ole2,
    orow,
    otable,
    packed_text,
    record,
    wide,
    written,
    xls,
    xlsb,
)

STRUCK, BOLD, NONE = Mark.STRUCK, Mark.BOLD, Mark.NONE
TICKED, EMPTY_BOX = Run("", NONE, True), Run("", NONE, False)
CALC = [
    Path(shutil.which("soffice") or "/").resolve().parent / name
    for name in ("libsclo.so", "../Frameworks/libsclo.dylib")
]


def read(data: bytes, kind: str, lost: int = 0) -> RawForm:
    """The form, after making sure that the file is told to be of its kind and how much text was lost."""
    assert kind_of(data, "return") == kind
    form = read_spreadsheet(data, kind)
    assert form.text_in_file - form.text_read == lost
    assert {note.check for note in form.notes} <= set(CHECKS)
    return form


def filled(form: RawForm) -> dict[str, list[Run]]:
    """The runs of each cell in which something stands, by its name."""
    cells = [cell for block in form.blocks if isinstance(block, Table) for cell in block.cells]
    return {cell.where.rsplit(" ", 1)[1]: list(cell.runs) for cell in cells if cell.paragraphs}


def grid(form: RawForm) -> list[tuple[int, int, int, int, str]]:
    (table,) = form.blocks
    assert isinstance(table, Table)
    return [(one.row, one.column, one.row_span, one.column_span, one.text) for one in table.cells]


def checks(form: RawForm) -> list[str]:
    return [note.check for note in form.notes]


# OpenDocument

STYLES = (
    '<style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/>'
    '</style:style><style:style style:name="yellow" style:family="table-cell"><style:table-cell-properties '
    'fo:background-color="#ffff00"/></style:style><style:style style:name="T1" style:family="text"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style><style:style style:name="T2" style:family="text">'
    '<style:text-properties style:text-line-through-style="none"/></style:style><style:style style:name="gone" '
    'style:family="table"><style:table-properties table:display="false"/></style:style>'
)
COLLAPSED = 'table:visibility="collapse"'
STRUCK_CELL, REPEATED = 'table:style-name="struck"', 'table:number-columns-repeated="{}"'


def value(kind: str, attribute: str, text: str) -> str:
    return f'office:value-type="{kind}" office:{attribute}="{text}"'


@pytest.mark.parametrize(
    ("cell", "runs"),
    [
        pytest.param(ocell("Yes"), [Run("Yes")], id="text"),
        pytest.param(ocell("one", "two"), [Run("one"), Run("\n"), Run("two")], id="paragraphs"),
        pytest.param(ocell("☑ Yes"), [TICKED, Run(" Yes")], id="tick box"),
        pytest.param(ocell("Good", props=STRUCK_CELL), [Run("Good", STRUCK)], id="struck"),
        pytest.param(ocell('<text:p>Met<text:span text:style-name="T1"> / Not met</text:span></text:p>'),
                     [Run("Met"), Run(" / Not met", STRUCK)], id="struck in part"),
        pytest.param(ocell('<text:p>Met<text:span text:style-name="T2"> / Not met</text:span></text:p>', props=STRUCK_CELL),
                     [Run("Met", STRUCK), Run(" / Not met")], id="all struck but a part"),
        pytest.param(ocell("4", props=value("float", "value", "4")), [Run("4")], id="number as shown"),
        pytest.param(ocell("59%", props=value("percentage", "value", "0.586")), [Run("59%")], id="percentage as shown"),
        pytest.param(ocell(props=value("float", "value", "4.50")), [Run("4.5")], id="number that nothing shows"),
        pytest.param(ocell(props=value("string", "string-value", "Yes")), [Run("Yes")], id="text that nothing shows"),
        pytest.param(ocell("13/05/21", props=value("date", "date-value", "2021-05-13")), [Run("2021-05-13")], id="date"),
        pytest.param(ocell("13/05/21 09:30", props=value("date", "date-value", "2021-05-13T09:30:00")),
                     [Run("2021-05-13 09:30")], id="time"),
        pytest.param(ocell("13/05/21", props=value("date", "date-value", "2021-05-13T00:00:00")), [Run("2021-05-13")], id="midnight"),
        pytest.param(ocell("WAHR", props=value("boolean", "boolean-value", "true")), [Run("TRUE")], id="truth"),
        pytest.param(ocell("#N/A", props='table:formula="of:=NA()" ' + value("string", "string-value", "")), [Run("#N/A")], id="error"),
        pytest.param(ocell("x", "<office:annotation><text:p>secret</text:p></office:annotation>"), [Run("x")], id="comment"),
    ],
)  # fmt: skip
def test_cells_of_opendocument(cell: str, runs: list[Run]) -> None:
    assert filled(read(ods(otable(orow(cell)), styles=STYLES), "ods")) == {"A1": runs}


@pytest.mark.parametrize(
    ("rows", "columns", "cells", "expected"),
    [
        pytest.param([orow("", "a", "", "b"), orow(ocell(props=REPEATED.format(16384)), props='table:number-rows-repeated="1048575"')],
                     "", [(0, 1, 1, 1, "a"), (0, 2, 1, 1, ""), (0, 3, 1, 1, "b")], [], id="empty ones"),
        pytest.param([orow(ocell("a", props=REPEATED.format(2)), "b", props='table:number-rows-repeated="2"')], "",
                     [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "a"), (0, 2, 1, 1, "b"), (1, 0, 1, 1, "a"), (1, 1, 1, 1, "a"), (1, 2, 1, 1, "b")],
                     [], id="repeated"),
        pytest.param([orow(ocell("a", props='table:number-columns-spanned="2" table:number-rows-spanned="2"'),
                           "<table:covered-table-cell/>", "b"), orow(f"<table:covered-table-cell {REPEATED.format(2)}/>"),
                      orow("c", "d")], "",
                     [(0, 0, 2, 2, "a"), (0, 2, 1, 1, "b"), (2, 0, 1, 1, "c"), (2, 1, 1, 1, "d"), (2, 2, 1, 1, "")], [], id="merged"),
        pytest.param([orow(ocell("a", props='table:number-columns-spanned="2"'),
                           "<table:covered-table-cell><text:p>secret</text:p></table:covered-table-cell>")], "",
                     [(0, 0, 1, 2, "a")], ["hidden_text"], id="swallowed"),
        pytest.param([f"<table:table-header-rows>{orow('a')}</table:table-header-rows>",
                      f"<table:table-row-group>{orow('b')}{orow('secret', props=COLLAPSED)}</table:table-row-group>",
                      orow("secret", props='table:visibility="filter"'), orow("c")], "",
                     [(0, 0, 1, 1, "a"), (1, 0, 1, 1, "b"), (4, 0, 1, 1, "c")], ["hidden_text"], id="hidden rows"),
        pytest.param([orow("a", "secret", "c")],
                     '<table:table-column/><table:table-column-group><table:table-column table:visibility="collapse"/>'
                     "</table:table-column-group>", [(0, 0, 1, 1, "a"), (0, 2, 1, 1, "c")], ["hidden_text"], id="hidden column"),
    ],
)  # fmt: skip
def test_tables_of_opendocument(
    rows: list[str], columns: str, cells: list[tuple[int, int, int, int, str]], expected: list[str]
) -> None:
    form = read(ods(otable(*rows, columns=columns)), "ods")
    assert (grid(form), checks(form)) == (cells, expected)
    assert "secret" not in str(form)


def test_styles_that_cells_take_from_their_column_and_row() -> None:
    columns = '<table:table-column table:default-cell-style-name="struck"/>'
    rows = orow("a", "b"), orow("c", "d", props='table:default-cell-style-name="yellow"')
    (table,) = read(ods(otable(*rows, columns=columns), styles=STYLES), "ods").blocks
    assert isinstance(table, Table)
    assert [(cell.runs, cell.shaded) for cell in table.cells] == [
        ((Run("a", STRUCK),), False),
        ((Run("b"),), False),
        ((Run("c"),), True),
        ((Run("d"),), True),
    ]


def test_an_empty_coloured_cell_of_opendocument() -> None:
    form = read(ods(otable(orow("a", ocell(props='table:style-name="yellow"'), "c")), styles=STYLES), "ods")
    (table,) = form.blocks
    assert isinstance(table, Table)
    assert [cell.shaded for cell in table.cells] == [False, True, False]


CONTROLS = (
    '<office:forms><form:form><form:checkbox form:id="c1" form:label="Yes" form:current-state="checked"/>'
    '<form:checkbox form:id="c2" form:label="No"/></form:form></office:forms>'
)


def test_tick_boxes_of_opendocument() -> None:
    cell = ocell('<text:p/><draw:control draw:control="c1"/>', '<draw:control draw:control="c2"/>')
    form = read(ods(otable(CONTROLS, orow("Seen?", cell))), "ods")
    assert filled(form)["B1"] == [TICKED, Run("Yes"), Run("\n"), EMPTY_BOX, Run("No")]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(otable(orow("x")), [], id="nothing"),
        pytest.param(otable(orow(ocell("x", "<office:annotation><text:p>secret</text:p></office:annotation>"))),
                     ["comments_in_file"], id="comment"),
        pytest.param(otable(orow("x"), orow(ocell(props='table:formula="of:=[.A1]"'))), ["formula_without_value"], id="formula"),
        pytest.param(otable("<table:shapes><draw:frame><draw:text-box><text:p>secret</text:p></draw:text-box></draw:frame>"
                            "</table:shapes>", orow("x")), ["drawn_over"], id="text box"),
        pytest.param(otable("<table:shapes><draw:control/></table:shapes>", orow("x")), ["drawn_over"], id="control"),
        pytest.param(otable(orow(ocell("x", '<draw:frame><draw:image xlink:href="p.png"/></draw:frame>'))),
                     ["embedded_object"], id="picture"),
        pytest.param(otable('<table:table-source xlink:href="file:///secret.ods"/>', orow("x")), ["external_reference"], id="outside"),
        pytest.param(otable(orow(ocell('<text:p><text:a xlink:href="http://example.org/">x</text:a></text:p>'))), [], id="hyperlink"),
        pytest.param(otable(orow("secret"), props='table:style-name="gone"') + otable(orow("x")), ["hidden_sheet"], id="hidden sheet"),
    ],
)  # fmt: skip
def test_notes_on_opendocument(table: str, expected: list[str]) -> None:
    form = read(ods(table, styles=STYLES, modified="2018-05-22T10:30:00+01:00"), "ods")
    assert (filled(form), checks(form), form.modified) == ({"A1": [Run("x")]}, expected, "2018-05-22T09:30:00Z")
    assert "secret" not in str(form)


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        pytest.param([otable(orow(ocell("x", props=REPEATED.format(10**9))))], "too_large", id="repeated across"),
        pytest.param([otable(orow("x", props='table:number-rows-repeated="99999999"'))], "too_large", id="repeated down"),
        pytest.param([otable(orow("x"), orow(props='table:number-rows-repeated="1048574"'),
                             orow(ocell(props=REPEATED.format(16383)), "y"))], "too_large", id="far apart"),
        pytest.param([otable(orow(ocell(props=REPEATED.format(16384)), "x"))], "damaged", id="beyond the last column"),
        pytest.param([otable()] * 1001, "too_large", id="sheets"),
        pytest.param(["</office:spreadsheet></office:body><office:body><office:spreadsheet>"], "", id="nothing"),
        pytest.param(["<table:table-row-group>" * 3], "damaged", id="no XML"),
        pytest.param([otable("<table:table-row-group>" * 30 + "</table:table-row-group>" * 30)], "unsafe", id="nested"),
    ],
)  # fmt: skip
def test_opendocument_refused(tables: list[str], reason: str) -> None:
    if not reason:
        assert read(ods(*tables), "ods").blocks == ()
        return
    with pytest.raises(UnreadableFile) as caught:
        read_spreadsheet(ods(*tables), "ods")
    assert caught.value.reason_code == reason


# old Excel

HEAD = (
    old_font() + old_font(flags=0x08) + old_font(weight=700) + old_font(name="Wingdings 2") + old_font(flags=0x08)
    + record(0x41E, struct.pack("<H", 164) + packed_text('"Case "0'))
    + old_style() + old_style(font=1) + old_style(font=2) + old_style(code=9) + old_style(code=14) + old_style(code=164)
    + old_style(pattern=1, colour=13) + old_style(pattern=1, colour=9) + old_style(font=3) + old_style(font=5)
)  # fmt: skip
PLAIN, STRUCK_STYLE, BOLD_STYLE, PERCENT, DAY, CASE, YELLOW, WHITE, SIGNS, FIFTH = range(10)


def label(row: int, column: int, number: int, style: int = 0) -> bytes:
    return old_cell(0xFD, row, column, style, struct.pack("<I", number))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return old_cell(0x203, row, column, style, struct.pack("<d", value))


def formula(result: bytes, style: int = 0) -> bytes:
    return old_cell(0x06, 0, 0, style, result + bytes(8))


LONG = record(0x207, struct.pack("<HB", 9000, 0) + b"x" * 8000) + record(0x3C, b"\0" + b"x" * 1000)
RICH = struct.pack("<HBH", 12, 0x08, 2) + b"Good / Unmet" + struct.pack("<4H", 4, 1, 7, 0)
ASIAN = struct.pack("<HBI", 1, 0x05, 4) + "漢".encode("utf-16-le") + b"read"
TEXTS = (packed_text("Yes"), packed_text("Zoë – ☑"), RICH, ASIAN, packed_text("P"), packed_text("one\ntwo"))


@pytest.mark.parametrize(
    ("cell", "runs"),
    [
        pytest.param(label(0, 0, 0), [Run("Yes")], id="text"),
        pytest.param(label(0, 0, 1), [Run("Zoë – "), TICKED], id="wide text"),
        pytest.param(label(0, 0, 0, STRUCK_STYLE), [Run("Yes", STRUCK)], id="struck"),
        pytest.param(label(0, 0, 0, BOLD_STYLE), [Run("Yes", BOLD)], id="bold"),
        pytest.param(label(0, 0, 0, FIFTH), [Run("Yes", STRUCK)], id="there is no font 4"),
        pytest.param(label(0, 0, 2), [Run("Good"), Run(" / ", STRUCK), Run("Unmet")], id="struck in part"),
        pytest.param(label(0, 0, 3), [Run("漢")], id="readings above"),
        pytest.param(label(0, 0, 4, SIGNS), [Run("✓")], id="a sign of a symbol font"),
        pytest.param(label(0, 0, 5), [Run("one"), Run("\n"), Run("two")], id="line break"),
        pytest.param(old_cell(0x204, 0, 0, 0, packed_text("own")), [Run("own")], id="text of its own"),
        pytest.param(number(0, 0, 4), [Run("4")], id="number"),
        pytest.param(number(0, 0, 0.586, PERCENT), [Run("59%")], id="percent"),
        pytest.param(number(0, 0, 7, CASE), [Run("Case 7")], id="a format of its own"),
        pytest.param(number(0, 0, 44329, DAY), [Run("2021-05-13")], id="date"),
        pytest.param(number(0, 0, float("nan")), [Run("#NUM!")], id="no number"),
        pytest.param(old_cell(0x27E, 0, 0, 0, struct.pack("<I", 850 << 2 | 3)), [Run("8.5")], id="packed hundredths"),
        pytest.param(old_cell(0x27E, 0, 0, 0, struct.pack("<i", -3 << 2 | 2)), [Run("-3")], id="packed negative"),
        pytest.param(old_cell(0x27E, 0, 0, 0, struct.pack("<d", 1.5)[4:]), [Run("1.5")], id="packed half"),
        pytest.param(old_cell(0x205, 0, 0, 0, b"\x01\x00"), [Run("TRUE")], id="truth"),
        pytest.param(old_cell(0x205, 0, 0, 0, b"\x2a\x01"), [Run("#N/A")], id="error"),
        pytest.param(formula(struct.pack("<d", 5)), [Run("5")], id="number of a formula"),
        pytest.param(formula(b"\x01\0\0\0\0\0\xff\xff"), [Run("FALSE")], id="truth of a formula"),
        pytest.param(formula(b"\x02\0\x07\0\0\0\xff\xff"), [Run("#DIV/0!")], id="error of a formula"),
        pytest.param(formula(bytes(6) + b"\xff\xff", STRUCK_STYLE) + record(0x4BC, b"shared") + record(0x207, packed_text("half")),
                     [Run("half", STRUCK)], id="text of a formula"),
        pytest.param(formula(bytes(6) + b"\xff\xff") + LONG, [Run("x" * 9000)], id="long text"),
    ],
)  # fmt: skip
def test_cells_of_old_excel(cell: bytes, runs: list[Run]) -> None:
    assert filled(read(xls(("S", cell), head=HEAD, shared=TEXTS), "xls")) == {"A1": runs}


def test_a_small_old_workbook() -> None:
    data = xls(("S", label(0, 0, 0)), head=HEAD, shared=TEXTS, small=True)
    assert len(data) < 4096
    assert filled(read(data, "xls")) == {"A1": [Run("Yes")]}


def test_texts_that_go_on_in_further_records() -> None:
    """The table of texts is cut wherever a record is full, with a new word on the size of letters where it cuts a text."""
    words = [f"{n} – " + "é" * 300 for n in range(60)]
    table = struct.pack("<II", 60, 60)
    records: list[bytes] = []
    for word in words:
        wide_text = struct.pack("<HB", len(word), 1) + word.encode("utf-16-le")
        if len(table) + len(wide_text) > 8224:
            room = (8224 - len(table) - 3) // 2 * 2
            records.append(table + wide_text[: 3 + room])
            table, wide_text = b"", b"\x01" + wide_text[3 + room :]
        table += wide_text
    sst = b"".join(record(0x3C if number else 0xFC, part) for number, part in enumerate([*records, table]))
    cells = b"".join(label(n, 0, n) for n in range(60))
    form = read(xls(("S", cells), head=HEAD + sst), "xls")
    assert [runs[0].text for runs in filled(form).values()] == words


def test_a_table_of_old_excel() -> None:
    several = old_cell(0xBD, 1, 0, PLAIN, struct.pack("<IHIH", 1 << 2 | 2, PLAIN, 2 << 2 | 2, 1))
    blanks = (
        old_cell(0xBE, 2, 0, YELLOW, struct.pack("<HH", WHITE, 1)) + label(2, 2, 0) + label(4, 0, 0) + label(4, 1, 0)
    )
    merged = record(0xE5, struct.pack("<5H", 1, 4, 5, 0, 1))
    hidden = record(0x208, struct.pack("<7H", 6, 0, 9, 255, 0, 0, 0x20)) + label(6, 0, 0)
    column = record(0x7D, struct.pack("<5H", 3, 255, 2340, 0, 1)) + label(1, 3, 0)
    chart = begin(0x20) + label(9, 9, 0) + END
    form = read(xls(("S", several + blanks + merged + hidden + column + chart), head=HEAD, shared=TEXTS), "xls", lost=3)
    assert grid(form) == [
        (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2"), (1, 2, 1, 1, ""),
        (2, 0, 1, 1, ""), (2, 1, 1, 1, ""), (2, 2, 1, 1, "Yes"),
        (4, 0, 1, 2, "Yes"), (4, 2, 1, 1, ""),
    ]  # fmt: skip
    (table,) = form.blocks
    assert isinstance(table, Table)
    assert [cell.where[-2:] for cell in table.cells if cell.shaded] == ["A3"]
    assert checks(form) == ["hidden_text"]


def test_sheets_of_old_excel() -> None:
    sheets = [(name, label(0, 0, 0)) for name in ("Case C", "secret", "secret", "Case H")]
    form = read(xls(*sheets, head=HEAD, shared=TEXTS, states=(0, 1, 2, 0)), "xls")
    assert [block.sheet for block in form.blocks if isinstance(block, Table)] == ["Case C", "Case H"]
    assert [(note.check, "2." in note.message) for note in form.notes] == [("hidden_sheet", True)]
    assert "secret" not in str(form)


@pytest.mark.parametrize(
    ("records", "head", "expected"),
    [
        pytest.param(record(0x1C, bytes(8)), b"", "comments_in_file", id="comment"),
        pytest.param(record(0x5D, struct.pack("<4H", 0x15, 0x12, 0x0B, 1)), b"", "drawn_over", id="tick box over the sheet"),
        pytest.param(record(0x5D, struct.pack("<4H", 0x15, 0x12, 0x06, 1)), b"", "drawn_over", id="text box"),
        pytest.param(record(0x5D, struct.pack("<4H", 0x15, 0x12, 0x19, 1)), b"", "", id="the box of a comment"),
        pytest.param(b"", record(0x1AE, struct.pack("<HH", 1, 0x0401)), "", id="reference to itself"),
    ],
)  # fmt: skip
def test_notes_on_old_excel(records: bytes, head: bytes, expected: str) -> None:
    form = read(xls(("S", label(0, 0, 0) + records), head=HEAD + head, shared=TEXTS), "xls")
    assert checks(form) == ([expected] if expected else [])


GOOD = xls(("S", label(0, 0, 0)), head=HEAD, shared=TEXTS)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(GOOD[:600], "damaged", id="cut off"),
        pytest.param(GOOD[:512] + bytes(len(GOOD) - 512), "damaged", id="emptied"),
        pytest.param(ole2(b"\x07"), "damaged", id="no records"),
        pytest.param(xls(("S", label(0, 0, 99)), head=HEAD, shared=TEXTS), "damaged", id="a text that is not there"),
        pytest.param(xls(("S", label(0, 0, 0)[:-2]), head=HEAD, shared=TEXTS), "damaged", id="a record cut off"),
        pytest.param(xls(("S", label(0, 0, 0) * 2), head=HEAD, shared=TEXTS), "damaged", id="two cells in one place"),
        pytest.param(xls(("S", old_cell(0x204, 0, 0, 0, b"\xff\x00\x00x")), head=HEAD), "damaged", id="a text cut off"),
        pytest.param(xls(("S", b""), head=HEAD + record(0xFC, struct.pack("<II", 2**31, 2**31))), "too_large", id="texts"),
        pytest.param(xls(("S", label(0, 0, 0) + label(65535, 255, 0)), head=HEAD, shared=TEXTS), "too_large", id="far apart"),
        pytest.param(xls(("S", label(0, 0, 0)), head=HEAD + record(0x2F, bytes(6)), shared=TEXTS), "encrypted", id="password"),
        pytest.param(xls(("S", b""), head=HEAD, version=0x0500), "not_supported", id="before 1997"),
    ],
)  # fmt: skip
def test_old_excel_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_spreadsheet(data, "xls")
    assert caught.value.reason_code == reason


# binary Excel

BSTYLES = (
    bfont() + bfont(flags=0x08) + bfont(weight=700) + bfill() + bfill(1, b"\xff\xff\x00") + bfill(1)
    + brecord(615, struct.pack("<I", 1)) + brecord(44, struct.pack("<H", 164) + wide('"Case "0')) + brecord(616)
    + brecord(626) + bstyle(font=2) + brecord(627) + brecord(617, struct.pack("<I", 8))
    + bstyle() + bstyle(font=1) + bstyle(font=2) + bstyle(code=9)
    + bstyle(code=14) + bstyle(code=164) + bstyle(fill=1) + bstyle(fill=2) + brecord(618)
)  # fmt: skip
BTEXTS = (
    b"\0" + wide("Yes"),
    b"\x01" + wide("Good / Unmet") + struct.pack("<I4H", 2, 4, 1, 7, 0),
)


def binary_sheet(*rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    size = brecord(148, struct.pack("<4I", 0, 9, 0, 9))
    return brecord(129) + size + before + brecord(145) + b"".join(rows) + brecord(146) + after + brecord(130)


@pytest.mark.parametrize(
    ("cell", "runs"),
    [
        pytest.param(bcell(7, 0, data=struct.pack("<I", 0)), [Run("Yes")], id="text"),
        pytest.param(bcell(7, 0, STRUCK_STYLE, struct.pack("<I", 0)), [Run("Yes", STRUCK)], id="struck"),
        pytest.param(bcell(7, 0, BOLD_STYLE, struct.pack("<I", 0)), [Run("Yes", BOLD)], id="bold"),
        pytest.param(bcell(7, 0, data=struct.pack("<I", 1)), [Run("Good"), Run(" / ", STRUCK), Run("Unmet")], id="struck in part"),
        pytest.param(bcell(6, 0, data=wide("own ☐")), [Run("own "), EMPTY_BOX], id="text of its own"),
        pytest.param(bcell(62, 0, data=BTEXTS[1]), [Run("Good"), Run(" / ", STRUCK), Run("Unmet")], id="rich text of its own"),
        pytest.param(bcell(5, 0, data=struct.pack("<d", 8.5)), [Run("8.5")], id="number"),
        pytest.param(bcell(2, 0, data=struct.pack("<I", 4 << 2 | 2)), [Run("4")], id="packed number"),
        pytest.param(bcell(5, 0, PERCENT, struct.pack("<d", 0.586)), [Run("59%")], id="percent"),
        pytest.param(bcell(5, 0, DAY, struct.pack("<d", 44329)), [Run("2021-05-13")], id="date"),
        pytest.param(bcell(5, 0, CASE, struct.pack("<d", 7)), [Run("Case 7")], id="a format of its own"),
        pytest.param(bcell(4, 0, data=b"\1"), [Run("TRUE")], id="truth"),
        pytest.param(bcell(3, 0, data=b"\x2a"), [Run("#N/A")], id="error"),
        pytest.param(bcell(8, 0, data=wide("half") + bytes(10)), [Run("half")], id="text of a formula"),
        pytest.param(bcell(9, 0, data=struct.pack("<d", 5) + bytes(10)), [Run("5")], id="number of a formula"),
        pytest.param(bcell(10, 0, data=bytes(11)), [Run("FALSE")], id="truth of a formula"),
        pytest.param(bcell(11, 0, data=b"\x07" + bytes(10)), [Run("#DIV/0!")], id="error of a formula"),
    ],
)  # fmt: skip
def test_cells_of_binary_excel(cell: bytes, runs: list[Run]) -> None:
    assert filled(read(xlsb(binary_sheet(brow(0, cell)), styles=BSTYLES, shared=BTEXTS), "xlsb")) == {"A1": runs}


def yes(column: int, style: int = 0) -> bytes:
    return bcell(7, column, style, struct.pack("<I", 0))


def test_a_table_of_binary_excel() -> None:
    columns = brecord(60, struct.pack("<4IH", 3, 16383, 2000, 0, 1))
    rows = (
        brow(1, yes(0), bcell(1, 1, YELLOW), bcell(1, 2, WHITE)),
        brow(2, yes(1), yes(2), yes(3)),
        brow(5, yes(0), hidden=True),
    )
    elsewhere = brecord(0, bytes(25)) + bcell(1, 0) + brecord(176, struct.pack("<4I", 2, 2, 1, 2))
    form = read(
        xlsb(binary_sheet(*rows, before=columns, after=elsewhere), styles=BSTYLES, shared=BTEXTS), "xlsb", lost=3
    )
    assert grid(form) == [
        (1, 0, 1, 1, "Yes"), (1, 1, 1, 1, ""), (1, 2, 1, 1, ""), (2, 0, 1, 1, ""), (2, 1, 1, 2, "Yes"),
    ]  # fmt: skip
    (table,) = form.blocks
    assert isinstance(table, Table)
    assert [cell.where[-2:] for cell in table.cells if cell.shaded] == ["B2"]
    assert checks(form) == ["hidden_text"]


def test_sheets_of_binary_excel() -> None:
    one = binary_sheet(brow(0, bcell(5, 0, DAY, struct.pack("<d", 0))))
    form = read(xlsb(one, one, styles=BSTYLES, states=(0, 2), properties=1), "xlsb")
    assert [(block.sheet, block.cells[0].text) for block in form.blocks if isinstance(block, Table)] == [
        ("Sheet1", "1904-01-01")
    ]
    assert checks(form) == ["hidden_sheet"]


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        pytest.param(
            binary_sheet(brow(0, bcell(7, 0, data=struct.pack("<I", 9)))), "damaged", id="a text that is not there"
        ),
        pytest.param(binary_sheet(brow(0, yes(0), yes(0))), "damaged", id="two cells in one place"),
        pytest.param(binary_sheet(brow(0, yes(16384))), "damaged", id="beyond the last column"),
        pytest.param(binary_sheet(brow(0, bcell(6, 0, data=b"\xff\xff\0\0"))), "damaged", id="a text cut off"),
        pytest.param(binary_sheet() + b"\x07\x0c\0", "damaged", id="a record cut off"),
        pytest.param(b"\x81", "damaged", id="half a number"),
        pytest.param(binary_sheet(brow(0, yes(0)), brow(1_048_575, yes(16383))), "too_large", id="far apart"),
    ],
)
def test_binary_excel_refused(part: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_spreadsheet(xlsb(part, styles=BSTYLES, shared=BTEXTS), "xlsb")
    assert caught.value.reason_code == reason


# the other reader, and the other program


def test_a_breakdown_of_the_other_reader_is_the_end_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    class Breaking:
        @staticmethod
        def from_filelike(data: object) -> None:
            raise Panic

    monkeypatch.setattr(calamine, "CalamineWorkbook", Breaking)
    with pytest.raises(UnreadableFile, match="damaged"):
        read_spreadsheet(GOOD, "xls")


@pytest.mark.parametrize(("top", "bottom"), [(0, 0x55000001), (0xE20005, 6)])
def test_a_size_that_the_file_makes_up_is_not_believed(top: int, bottom: int) -> None:
    """The other reader would ask for so much memory that the process ends."""
    size = record(0x200, struct.pack("<2I3H", top, bottom, 0, 256, 0))
    assert filled(read(xls(("S", size + label(0, 0, 0)), head=HEAD, shared=TEXTS), "xls")) == {"A1": [Run("Yes")]}


def test_text_that_only_the_other_reader_sees_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calamine, "_texts", lambda book, name: {(0, 0): "Yes", (3, 3): "unseen"})
    form = read_spreadsheet(GOOD, "xls")
    assert form.text_in_file - form.text_read == len("unseen")


def varied(ws: Any) -> None:
    """A bit of everything."""
    struck, bold = ws.book.add_format({"font_strikeout": True}), ws.book.add_format({"bold": True})
    ws.write_row("B2", ["Question", "Response", "Comment"], bold)
    ws.write_row("B3", ["R1", "one\ntwo", 4, 8.5])
    ws.write("C4", "Yes", struck)
    ws.write_rich_string("D4", struck, "Outstanding", " / Good / ", struck, "Inadequate")
    ws.write("B5", 0.59, ws.book.add_format({"num_format": "0%"}))
    ws.write("C5", 44329, ws.book.add_format({"num_format": "dd/mm/yyyy"}))
    ws.write("D5", True, ws.book.add_format({"bg_color": "yellow"}))
    ws.merge_range("B7:C8", "merged", bold)
    ws.write_formula("D7", "=NA()", None, "#N/A")
    ws.write("B9", "hidden")
    ws.set_row(8, None, None, {"hidden": True})
    ws.write("B10", "ü", ws.book.add_format({"font_name": "Wingdings"}))


@pytest.mark.skipif(not any(path.exists() for path in CALC), reason="LibreOffice Calc is not on this machine")
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_the_same_table_from_another_program(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "form.xlsx"
    source.write_bytes(written(varied))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        source.name,
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    (expected,), (found,) = (
        read(source.read_bytes(), "xlsx").blocks,
        read((tmp_path / f"form.{kind}").read_bytes(), kind).blocks,
    )
    assert found == expected


PALE, BLUE = 'fo:color="#ffffff"', 'fo:background-color="#1f3864"'


def white_sheet(kind: str, *, filled: bool, ruled: bool) -> bytes:
    """Cell A1 holds "a", cell B1 "x" in white letters, on blue where ``filled``; ``ruled``: with a rule that may colour cells."""
    if kind == "ods":
        behind = f"<style:table-cell-properties {BLUE}/>" if filled else ""
        styles = (
            '<style:style style:name="white" style:family="table-cell">'
            f"{behind}<style:text-properties {PALE}/>{'<style:map/>' if ruled else ''}</style:style>"
        )
        return ods(otable(orow("a", ocell("x", props='table:style-name="white"'))), styles=styles)
    if kind == "xls":
        head = old_font() + old_font(colour=9) + old_style() + old_style(1, pattern=int(filled), colour=18)
        cells = old_cell(0xFD, 0, 0, 0, struct.pack("<I", 0)) + old_cell(0xFD, 0, 1, 1, struct.pack("<I", 1))
        rule = record(0x1B0, bytes(12)) if ruled else b""
        return xls(("Case C", cells + rule), head=head, shared=(packed_text("a"), packed_text("x")))
    white = b"\x05\0\0\0\xff\xff\xff\xff"
    styles = bfont() + bfont(colour=white) + bfill() + bfill(1, b"\x1f\x38\x64")
    styles += brecord(617, struct.pack("<I", 2)) + bstyle() + bstyle(1, fill=int(filled)) + brecord(618)
    cells = brow(0, bcell(6, 0, 0, wide("a")), bcell(6, 1, 1, wide("x")))
    return xlsb(binary_sheet(cells, after=brecord(461) if ruled else b""), styles=styles)


@pytest.mark.parametrize("kind", ["ods", "xls", "xlsb"])
@pytest.mark.parametrize(("filled", "ruled"), [(False, False), (True, False), (False, True)])
def test_white_letters_on_white_are_hidden_in_every_kind(kind: str, filled: bool, ruled: bool) -> None:
    form = read(white_sheet(kind, filled=filled, ruled=ruled), kind)
    hidden = not filled and not ruled
    assert filled_texts(form) == (["a"] if hidden else ["a", "x"])
    assert ("hidden_text" in {note.check for note in form.notes}) is hidden


def filled_texts(form: RawForm) -> list[str]:
    return ["".join(run.text for run in runs) for runs in filled(form).values()]


def test_a_shape_over_a_sheet_of_another_kind_is_told() -> None:
    oval = record(0x5D, struct.pack("<4H", 0x15, 0x12, 0x03, 1))
    old = read(xls(("Case C", old_cell(0xFD, 0, 0, 0, struct.pack("<I", 0)) + oval), shared=(packed_text("a"),)), "xls")
    shapes = "<table:shapes><draw:ellipse/></table:shapes>"
    for form in (old, read(ods(otable(shapes, orow("a"))), "ods")):
        assert [note.where for note in form.notes if note.check == "drawn_over"] == ['sheet "Case C"']
