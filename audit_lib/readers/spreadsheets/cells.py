"""What a cell of an Excel workbook shows, from its value and its style: the same for every generation of the format."""

from __future__ import annotations

import math
import struct

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Run
from audit_lib.readers.spreadsheets.formats import number_text, text_shown
from audit_lib.readers.spreadsheets.grid import Content, Place, Sheet, letters, marked
from audit_lib.readers.spreadsheets.styles import PLAIN, Font, Style
from audit_lib.readers.symbol_signs import shown

MAX_WALKED = 2_000_000  # cells in one workbook, empty ones included
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
Segments = tuple[tuple[str, Font | None], ...]  # the stretches of a text, each with its font where it has its own


def put(sheet: Sheet, place: Place, runs: tuple[Run, ...], style: Style) -> None:
    """Put what stands in a cell into the sheet, and that it is coloured. ``damaged`` when something stands there already."""
    if place in sheet.cells and sheet.cells[place].filled:
        raise UnreadableFile("damaged", "two cells have the same place")
    if runs or style.shaded:
        sheet.cells[place] = Content(runs, style.shaded)


def _is_seen(sheet: Sheet, font: Font, style: Style) -> bool:
    """Whether letters are not white on white, as far as the sheet tells."""
    return not font.white or style.shaded or sheet.rules or sheet.styled


def text_runs(sheet: Sheet, place: Place, segments: Segments, style: Style) -> tuple[Run, ...]:
    """A text: with the marks of its cell, or of a stretch that has its own. Signs of symbol fonts are what they look like.

    What is white on white is hidden text, and left out.
    """
    runs: list[Run] = []
    for text, own in segments:
        if not _is_seen(sheet, own or style.font, style):
            unseen = letters([Run(text)])
            sheet.unseen[place] = sheet.unseen.get(place, 0) + unseen
            sheet.hidden_text = sheet.hidden_text or unseen > 0
            continue
        font = own or style.font
        runs += marked(shown(text, font.name), Run("", font.mark))
    whole = "".join(run.text for run in runs)
    shows = text_shown(whole, style.number_format)
    if shows == whole:
        return tuple(runs)
    if not shows:
        sheet.hidden_text = sheet.hidden_text or Content(tuple(runs)).filled
        return ()
    return (Run(shows, style.font.mark),)


def value_runs(sheet: Sheet, value: float | bool | str, style: Style, from_1904: bool) -> tuple[Run, ...]:
    """A number by its format, a truth value as TRUE or FALSE or as its tick box, an error or a date as its text."""
    if not _is_seen(sheet, style.font, style):
        sheet.hidden_text = True
        return ()
    if style.tick_box and not isinstance(value, str) and value in (0, 1):
        return (Run("", style.font.mark, value == 1),)
    if isinstance(value, bool):
        text = str(value).upper()
    elif isinstance(value, str) or not math.isfinite(value):
        text = value if isinstance(value, str) else ERRORS[0x24]
    else:
        text = number_text(value, style.number_format, from_1904)
        sheet.hidden_text = sheet.hidden_text or not text
    return (Run(text, style.font.mark),) if text else ()


def cut(text: str, changes: list[tuple[int, Font]]) -> Segments:
    """A text cut where its font changes, places being counted in 16-bit units as Excel counts them.

    Before the first change it has the font of its cell.
    """
    if not changes:
        return ((text, None),)
    units = text.encode("utf-16-le", "surrogatepass")
    starts = [0, *(2 * first for first, _ in changes)]
    ends = [*starts[1:], len(units)]
    own = [None, *(font for _, font in changes)]
    pieces = (units[start:end].decode("utf-16-le", "replace") for start, end in zip(starts, ends, strict=True))
    return tuple((piece, font) for piece, font in zip(pieces, own, strict=True) if piece)


def style_at(styles: list[Style], number: int) -> Style:
    """The style with this number; a plain one when there is none."""
    return styles[number] if 0 <= number < len(styles) else PLAIN


def packed_number(raw: int) -> float:
    """A number in the 32 bits of an "RK": two bits say whether it is whole, and whether it stands for its hundredth."""
    bits = raw & 0xFFFFFFFC
    if raw & 2:
        number = float(struct.unpack("<i", struct.pack("<I", bits))[0] >> 2)
    else:
        number = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", bits))[0]
    return number / 100 if raw & 1 else number
