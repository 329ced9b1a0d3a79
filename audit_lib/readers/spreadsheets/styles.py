"""How the cells of an Excel workbook look: what ``styles.xml`` says, and what a stretch of text inside a cell says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from audit_lib.rawform import Mark
from audit_lib.readers.spreadsheets.formats import BUILT_IN

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_Item = TypeVar("_Item")
_OFF = {"0", "false", "off", "none"}
_WHITE_INDEXES = {"1", "9", "65"}  # of the old palette: white twice, and the background of a window
_MARKS = {"strike": Mark.STRUCK, "b": Mark.BOLD, "u": Mark.UNDERLINED}


@dataclass(frozen=True, slots=True)
class Font:
    """The marks of letters, the name of their font, which matters for fonts of signs, and whether they are white."""

    mark: Mark = Mark.NONE
    name: str = ""
    white: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. ``number_format`` is the code of the format, empty for General.

    ``tick_box`` is true where a program draws a tick box in place of TRUE or FALSE.
    """

    font: Font = Font()
    shaded: bool = False
    number_format: str = ""
    tick_box: bool = False


PLAIN = Style()


def styles_of(root: etree._Element | None) -> list[Style]:
    """The styles of the cells, by the number with which a cell names its own (None: a workbook without any)."""
    if root is None:
        return []
    fonts = [font_of(font) for font in root.iterfind(f"{MAIN}fonts/{MAIN}font")]
    fills = [_shaded(fill) for fill in root.iterfind(f"{MAIN}fills/{MAIN}fill")]
    codes = dict(BUILT_IN)
    for element in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt"):
        codes[_number(element, "numFmtId")] = element.get("formatCode", "")
    return [
        Style(
            _at(fonts, _number(cell, "fontId"), Font()),
            _at(fills, _number(cell, "fillId"), False),
            codes.get(_number(cell, "numFmtId"), ""),
            next(cell.iter("{*}xfComplement"), None) is not None,
        )
        for cell in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    ]


def font_of(properties: etree._Element) -> Font:
    """What the properties of a font say, be they of a cell (``font``) or of a stretch of text inside one (``rPr``)."""
    mark, name, white = Mark.NONE, "", False
    for element in properties:
        what = etree.QName(element).localname
        if what in _MARKS and element.get("val", "1").lower() not in _OFF:
            mark |= _MARKS[what]
        elif what in ("name", "rFont"):
            name = element.get("val", "")
        elif what == "color":
            white = _white(element)
    return Font(mark, name, white)


def _shaded(fill: etree._Element) -> bool:
    """Whether a fill shows a colour other than white."""
    pattern = fill.find(f"{MAIN}patternFill")
    if pattern is None:
        return fill.find(f"{MAIN}gradientFill") is not None
    kind = pattern.get("patternType", "none")
    return kind != "none" and not (kind == "solid" and _white(pattern.find(f"{MAIN}fgColor")))


def _white(colour: etree._Element | None) -> bool:
    if colour is None or colour.get("tint", "0").strip("-0.") != "":
        return False
    plain = colour.get("rgb", "").upper()[-6:] == "FFFFFF" or colour.get("indexed") in _WHITE_INDEXES
    return plain or colour.get("theme") == "0"


def _number(element: etree._Element, attribute: str) -> int:
    text = element.get(attribute, "0")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _at(items: list[_Item], number: int, otherwise: _Item) -> _Item:
    return items[number] if number < len(items) else otherwise
