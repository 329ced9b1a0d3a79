"""Tiny writers of spreadsheets, so that a test shows exactly what stands in the file it reads."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter

from .word_xml import OFFICE, PACKAGE, relationship, relationships

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
NAMES = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'


def written(write: Callable[[Any], None], name: str = "Case C", **options: object) -> bytes:
    """A workbook by XlsxWriter: ``write`` gets its one sheet (its ``book`` is the workbook)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    sheet = book.add_worksheet(name)
    sheet.book = book
    write(sheet)
    book.close()
    return out.getvalue()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def c(place: str, value: str = "", kind: str = "n", style: int = 0, formula: str = "") -> str:
    """A cell as it stands in the XML of a sheet. ``value`` is what stands between the tags of ``v``, or whole XML."""
    inside = value if value.startswith("<") or not value else f"<v>{value}</v>"
    working = f"<f>{formula}</f>" if formula else ""
    return f'<c r="{place}" s="{style}" t="{kind}">{working}{inside}</c>'


def inline(place: str, text: str, style: int = 0) -> str:
    """A cell with its own text."""
    return c(place, f'<is><t xml:space="preserve">{text}</t></is>', "inlineStr", style)


def row(number: int, *cells: str, props: str = "") -> str:
    return f'<row r="{number}" {props}>{"".join(cells)}</row>'


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    """The part of a sheet."""
    return f"<worksheet {NAMES}>{before}<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"


def fonts(*each: str) -> str:
    """A part of styles: a plain style, then one for each of these fonts."""
    inside = "".join(f"<font>{font}</font>" for font in ("", *each))
    styles = "".join(f'<xf numFmtId="0" fontId="{number}" fillId="0"/>' for number in range(len(each) + 1))
    return f"<styleSheet {NAMES}><fonts>{inside}</fonts><fills><fill/></fills><cellXfs>{styles}</cellXfs></styleSheet>"


def parts(
    *sheets: str, shared: tuple[str, ...] = (), styles: str = "", states: tuple[str, ...] = (), properties: str = ""
) -> dict[str, str | bytes]:
    """The parts of a workbook with these sheets, named Sheet1, Sheet2 and so on."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="Sheet{n}" sheetId="{n}" r:id="rId{n}" state="{states[n - 1] if states else "visible"}"/>'
        for n in numbers
    )
    related = [relationship("worksheet", f"worksheets/sheet{n}.xml", n) for n in numbers]
    related += [relationship("sharedStrings", "sharedStrings.xml", 98), relationship("styles", "styles.xml", 99)]
    types = f'<Override PartName="/xl/workbook.xml" ContentType="{SHEETML}.sheet.main+xml"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": relationships(relationship("officeDocument", "xl/workbook.xml", 1)),
        "xl/workbook.xml": f"<workbook {NAMES}><workbookPr {properties}/><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relationships(*related),
        "xl/sharedStrings.xml": f"<sst {NAMES}>{''.join(f'<si>{one}</si>' for one in shared)}</sst>",
        "xl/styles.xml": styles or fonts(),
        **{f"xl/worksheets/sheet{n}.xml": sheets[n - 1] for n in numbers},
    }


def xlsx(*sheets: str, **options: Any) -> bytes:
    """The same as a file."""
    return zipped(parts(*sheets, **options))


def control(kind: str, corners: str, state: str = "", caption: str = "", hidden: bool = False) -> str:
    """A control of VML."""
    style = "position:absolute;visibility:hidden" if hidden else "position:absolute"
    return (
        f'<v:shape style="{style}"><v:textbox><div><font>{caption}</font><br></div></v:textbox>'
        f'<x:ClientData ObjectType="{kind}"><x:Anchor> {corners}</x:Anchor>{state}</x:ClientData></v:shape>'
    )


def with_controls(made: dict[str, str | bytes], *controls: str, newer: tuple[str, ...] = ()) -> bytes:
    """A workbook over whose first sheet these controls lie; ``newer`` are the attributes of the newer account of each."""
    names = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    related = [relationship("vmlDrawing", "../drawings/vmlDrawing1.vml", 1)]
    related += [relationship("ctrlProp", f"../ctrlProps/ctrlProp{n}.xml", n) for n in range(2, len(newer) + 2)]
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(*related)
    made["xl/drawings/vmlDrawing1.vml"] = f"<xml {names}>{''.join(controls)}</xml>"
    for number, attributes in enumerate(newer, start=2):
        made[f"xl/ctrlProps/ctrlProp{number}.xml"] = f"<formControlPr {attributes}/>"
    return zipped(made)


# OpenDocument

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OPEN_NAMES = " ".join(
    f'xmlns:{prefix}="{_OASIS}:{long}:1.0"'
    for prefix, long in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing", "form": "form",
        "fo": "xsl-fo-compatible", "meta": "meta",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def ods(*tables: str, styles: str = "", modified: str = "") -> bytes:
    """An OpenDocument spreadsheet."""
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    meta = f"<office:meta><dc:date>{modified}</dc:date></office:meta>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {OPEN_NAMES}>{automatic}{body}</office:document-content>",
            "meta.xml": f"<office:document-meta {OPEN_NAMES}>{meta}</office:document-meta>",
        }
    )


def otable(*rows: str, props: str = "", columns: str = "") -> str:
    return f'<table:table table:name="Case C" {props}>{columns}{"".join(rows)}</table:table>'


def orow(*cells: str, props: str = "") -> str:
    inside = "".join(cell if cell.startswith("<") else ocell(cell) for cell in cells)
    return f"<table:table-row {props}>{inside}</table:table-row>"


def ocell(*content: str, props: str = "") -> str:
    inside = "".join(one if one.startswith("<") else f"<text:p>{one}</text:p>" for one in content if one)
    return f"<table:table-cell {props}>{inside}</table:table-cell>"


# Old Excel: records in an OLE2 file


def record(kind: int, data: bytes = b"") -> bytes:
    """Record by record; data that is too long for one goes on in further ones."""
    out = struct.pack("<HH", kind, len(data[:8224])) + data[:8224]
    return out + (record(0x3C, data[8224:]) if len(data) > 8224 else b"")


def packed_text(text: str, length: str = "<H") -> bytes:
    narrow = all(ord(letter) < 256 for letter in text)
    letters = text.encode("latin-1") if narrow else text.encode("utf-16-le")
    return struct.pack(length, len(text)) + bytes([not narrow]) + letters


def old_font(flags: int = 0, weight: int = 400, name: str = "Arial", colour: int = 0x7FFF) -> bytes:
    return record(0x31, struct.pack("<5H4B", 200, flags, colour, weight, 0, 0, 0, 0, 0) + packed_text(name, "<B"))


def old_style(font: int = 0, code: int = 0, pattern: int = 0, colour: int = 64) -> bytes:
    return record(0xE0, struct.pack("<HHHHHHHIH", font, code, 0, 0, 0, 0, 0, pattern << 26, colour | 65 << 7))


def begin(kind: int = 0x10, version: int = 0x0600) -> bytes:
    """The beginning of a sheet, of a chart in it (0x20), or of the workbook (5)."""
    return record(0x809, struct.pack("<4H2I", version, kind, 0x0DBB, 0x07CC, 0, 0x0600))


END = record(0x0A)


def old_cell(kind: int, row_number: int, column: int, style: int, data: bytes) -> bytes:
    return record(kind, struct.pack("<3H", row_number, column, style) + data)


def xls(
    *sheets: tuple[str, bytes], head: bytes = b"", shared: tuple[bytes, ...] = (), states: tuple[int, ...] = (),
    version: int = 0x0600, small: bool = False,
) -> bytes:  # fmt: skip
    """An old workbook: sheets by name and records; ``head`` are fonts, formats and styles; ``shared`` packed texts."""
    texts = record(0xFC, struct.pack("<II", len(shared), len(shared)) + b"".join(shared))
    states = states or (0,) * len(sheets)
    lengths = sum(len(record(0x85, struct.pack("<IBB", 0, 0, 0) + packed_text(name, "<B"))) for name, _ in sheets)
    start = len(begin(5, version) + head + texts + END) + lengths
    listed, bodies = b"", b""
    for (name, records), state in zip(sheets, states, strict=True):
        at = start + len(bodies)
        listed += record(0x85, struct.pack("<IBB", at, state, 0) + packed_text(name, "<B"))
        bodies += begin() + records + END
    return ole2(begin(5, version) + head + listed + texts + END + bodies, small=small)


def ole2(stream: bytes, name: str = "Workbook", small: bool = False) -> bytes:
    """An OLE2 file with one stream; a small one stands in sectors of 64 bytes."""
    size, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
    length = len(stream) if small else max(len(stream), 4096)
    pieces = -(-length // 64) if small else 0
    small_table = struct.pack(f"<{pieces}I", *range(1, pieces), end).ljust(size, b"\xff") if small else b""
    count = -(-length // size)
    after = [end, end] if small else [end]  # the directory, and the table of small sectors
    tables = -(-(count + 3) // (size // 4 - 1))  # the table counts its own sectors
    chain = [*range(1, count), end, *after, *[0xFFFFFFFD] * tables]
    chain += [free] * (tables * size // 4 - len(chain))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<5I", 0, tables, count, 0, 4096)
    header += struct.pack("<4I", count + 1 if small else end, int(small), end, 0)
    header += struct.pack("<109I", *[count + len(after) + n for n in range(tables)], *[free] * (109 - tables))

    def entry(title: str, kind: int, below: int, first: int, inside: int) -> bytes:
        wide_title = title.encode("utf-16-le")
        out = wide_title.ljust(64, b"\0") + struct.pack("<HBB", len(wide_title) + 2 if title else 0, kind, 1)
        return out + struct.pack("<3I", free, free, below) + bytes(36) + struct.pack("<IQ", first, inside)

    root = entry("Root Entry", 5, 1, 0 if small else end, pieces * 64)
    directory = root + entry(name, 2, free, 0, length) + 2 * entry("", 0, free, 0, 0)
    body = stream.ljust(count * size, b"\0")
    return header + body + directory + small_table + struct.pack(f"<{len(chain)}I", *chain)


# Binary Excel: records in the parts of a package


def brecord(kind: int, data: bytes = b"") -> bytes:
    def groups(number: int) -> bytes:
        low, rest = number & 0x7F, number >> 7
        return bytes([low | 0x80]) + groups(rest) if rest else bytes([low])

    return groups(kind) + groups(len(data)) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def bfont(flags: int = 0, weight: int = 400, name: str = "Calibri", colour: bytes = bytes(8)) -> bytes:
    return brecord(43, struct.pack("<4H4B", 220, flags, weight, 0, 0, 0, 0, 0) + colour + bytes(1) + wide(name))


def bfill(pattern: int = 0, red_green_blue: bytes = b"\xff\xff\xff") -> bytes:
    return brecord(45, struct.pack("<I", pattern) + b"\x05\0\0\0" + red_green_blue + b"\xff" + bytes(60))


def bstyle(font: int = 0, code: int = 0, fill: int = 0) -> bytes:
    return brecord(47, struct.pack("<5H", 0xFFFF, code, font, fill, 0) + bytes(6))


def brow(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    return brecord(0, struct.pack("<IIHBB", number, 0, 300, 0, 0x10 if hidden else 0) + bytes(13)) + b"".join(cells)


def bcell(kind: int, column: int, style: int = 0, data: bytes = b"") -> bytes:
    return brecord(kind, struct.pack("<II", column, style) + data)


def xlsb(
    *sheets: bytes, styles: bytes = b"", shared: tuple[bytes, ...] = (), states: tuple[int, ...] = (),
    properties: int = 0,
) -> bytes:  # fmt: skip
    """A binary workbook with these sheets, named Sheet1, Sheet2 and so on."""
    numbers = range(1, len(sheets) + 1)
    related = [relationship("worksheet", f"worksheets/sheet{n}.bin", n) for n in numbers]
    related += [relationship("sharedStrings", "sharedStrings.bin", 98), relationship("styles", "styles.bin", 99)]
    listed = b"".join(
        brecord(156, struct.pack("<II", states[n - 1] if states else 0, n) + wide(f"rId{n}") + wide(f"Sheet{n}"))
        for n in numbers
    )
    book = brecord(131) + brecord(153, struct.pack("<III", properties, 0, 0)) + brecord(143) + listed + brecord(144)
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    types = f'<Override PartName="/xl/workbook.bin" ContentType="{kind}"/>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
            "_rels/.rels": relationships(relationship("officeDocument", "xl/workbook.bin", 1)),
            "xl/workbook.bin": book + brecord(132),
            "xl/_rels/workbook.bin.rels": relationships(*related),
            "xl/styles.bin": brecord(278) + styles + brecord(279),
            "xl/sharedStrings.bin": b"".join(
                [brecord(159, struct.pack("<II", len(shared), len(shared))), *(brecord(19, one) for one in shared)]
            ),
            **{f"xl/worksheets/sheet{n}.bin": sheets[n - 1] for n in numbers},
        }
    )
