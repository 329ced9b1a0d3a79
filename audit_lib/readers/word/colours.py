"""Letters that cannot be seen because what is behind them has their colour, such as white ones on the page."""

from __future__ import annotations

import re

from lxml import etree

from audit_lib.readers.pale import is_pale
from audit_lib.readers.word.names import VAL, Said, child, first, name, names, said_in, switched_on

WHITE = "ffffff"
ANY = "any"  # behind the letters is something whose colour is not known: they can be seen
_SHD, _HIGHLIGHT, _COLOUR = (name(short) for short in ("w:shd", "w:highlight", "w:color"))
_WHITE_OF_THE_THEME = {"background1", "bg1", "light1", "lt1"}
_PLAIN_PATTERNS = {"", "clear", "nil"}
_BOXES = names("w:txbxContent")
_TABLE, _CELL, _PARAGRAPH = (name(short) for short in ("w:tbl", "w:tc", "w:p"))
_DARKEST = 0x20  # nobody can read a darker colour on black
_HIGHLIGHTS = {
    "yellow": "ffff00",
    "green": "00ff00",
    "cyan": "00ffff",
    "magenta": "ff00ff",
    "blue": "0000ff",
    "red": "ff0000",
    "darkblue": "000080",
    "darkcyan": "008080",
    "darkgreen": "008000",
    "darkmagenta": "800080",
    "darkred": "800000",
    "darkyellow": "808000",
    "darkgray": "808080",
    "lightgray": "c0c0c0",
}
_NEAR = 0x20  # nobody can tell colours apart whose parts differ less
_CONCEALS = ("w:vanish", "w:strike", "w:dstrike")
_HEXADECIMAL = re.compile("[0-9a-f]{6}")


def _plain(colour: str) -> str:
    """A colour as six digits, one that is as good as white as white; ``ANY`` for what is no colour."""
    if not _HEXADECIMAL.fullmatch(colour):
        return ANY
    return WHITE if is_pale(*bytes.fromhex(colour)) else colour


def colour_of(said: Said) -> str:
    """The colour that properties give to letters: empty when they do not say, ``ANY`` for one that suits what is behind it."""
    colour = said.get(_COLOUR)
    if colour is None:
        return ""
    shown = (colour.get(VAL) or "").lower()
    if shown in ("", "auto"):
        of_theme = (colour.get(name("w:themeColor")) or "").lower()
        changed = any(colour.get(name(f"w:theme{how}")) for how in ("Shade", "Tint"))
        return WHITE if of_theme in _WHITE_OF_THE_THEME and not changed else ANY
    return _plain(shown)


def is_black(colour: str) -> bool:
    """Whether letters of a colour, which is not ``ANY``, cannot be seen on black."""
    return max(bytes.fromhex(colour)) <= _DARKEST


def is_lost_on(colour: str, said: Said) -> bool:
    """Whether letters of a colour have that of the highlight which properties put behind them."""
    lit = _HIGHLIGHTS.get((said[_HIGHLIGHT].get(VAL) or "").lower(), ANY) if _HIGHLIGHT in said else ANY
    if ANY in (colour, lit):
        return False
    return all(
        abs(ours - theirs) <= _NEAR for ours, theirs in zip(bytes.fromhex(colour), bytes.fromhex(lit), strict=True)
    )


def conceals(style: etree._Element) -> bool:
    """Whether a style, or what it says of the first row and other parts of a table, strikes or hides letters, or makes them white on
    nothing that it colours.
    """
    for part in (style, *style.iterchildren(name("w:tblStylePr"))):
        said = said_in(child(part, "w:rPr"))
        coloured = shades(part) or shades(style)
        if any(switched_on(said.get(name(tag))) for tag in _CONCEALS) or (colour_of(said) == WHITE and not coloured):
            return True
    return False


def behind(said: Said) -> str:
    """The colour that properties put behind letters, a paragraph or a cell; empty when they do not say."""
    lit = (said[_HIGHLIGHT].get(VAL) or "").lower() if _HIGHLIGHT in said else "none"
    if lit != "none":
        return WHITE if lit == "white" else ANY
    shade = said.get(_SHD)
    if shade is None:
        return ""
    if (shade.get(VAL) or "").lower() not in _PLAIN_PATTERNS:
        return ANY
    fill = (shade.get(name("w:fill")) or "").lower()
    if fill in ("", "auto", "none") or (shade.get(VAL) or "").lower() == "nil":
        of_theme = (shade.get(name("w:themeFill")) or "").lower()
        return "" if not of_theme or of_theme in _WHITE_OF_THE_THEME else ANY
    return _plain(fill)


def shades(properties: etree._Element) -> bool:
    """Whether a colour other than white is put behind anything in an element."""
    return any(behind({_SHD: one}) not in ("", WHITE) for one in properties.iter(_SHD))


def style_of_table(table: etree._Element) -> str:
    """The style that a table names; empty for none."""
    style = child(table, "w:tblPr", "w:tblStyle")
    return "" if style is None else style.get(VAL) or ""


def around(element: etree._Element) -> etree._Element | None:
    """The nearest paragraph, cell, table or text box around an element, which may colour what is behind it; None for none."""
    return next(element.iterancestors(_PARAGRAPH, _CELL, _TABLE, *_BOXES), None)


def is_box(element: etree._Element) -> bool:
    """Whether an element is the text of a text box, whose colour is told elsewhere."""
    return element.tag in _BOXES


def is_table(element: etree._Element) -> bool:
    """Whether an element is a table."""
    return bool(element.tag == _TABLE)


def page(root: etree._Element) -> str:
    """The colour that a file gives to the page; only that of the body gives one, and it holds for the others."""
    background = first(root, name("w:background"))
    if background is None:
        return WHITE
    shown = (background.get(name("w:color")) or "auto").lower()
    return WHITE if shown == "auto" and not background.get(name("w:themeColor")) else _plain(shown)


def table_shades(table: etree._Element) -> bool:
    """Whether the properties of a table as a whole colour it."""
    return behind(said_in(first(table, name("w:tblPr")))) not in ("", WHITE)
