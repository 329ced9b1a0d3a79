"""Signs of symbol fonts, and tick boxes among them.

A form from before content controls draws its boxes with letters of Wingdings: the file says "character F0FE of
Wingdings", the page shows a ticked box.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from audit_lib.rawform import Mark, Run

Piece = tuple[str, Mark, str]  # text as a file cuts it, its mark, and the symbol font in which it is drawn, if any
UNKNOWN_SIGN = "\ufffd"
_FEW = 2
_PRIVATE = 0xF000  # where Word keeps the 8-bit characters of a symbol font
_TICKED = "☑☒🗹🗷🗵⮽"
_UNTICKED = "☐□"
_BOXES = re.compile(f"([{_TICKED}{_UNTICKED}])")
_PRIVATE_CHARACTER = re.compile("[\uf000-\uf0ff]")

# What the characters of each font look like. "☑", "☒" and "☐" become tick boxes, as they do when typed.
_LOOKS: dict[str, dict[int, str]] = {
    "wingdings": {
        0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x76: "❖",
        0x78: "☒", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨",
        0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {
        0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "☐",
    },
    "wingdings 3": {},
    "zapfdingbats": {
        0x33: "✓", 0x34: "✓", 0x35: "✗", 0x36: "✗", 0x37: "✗", 0x38: "✗", 0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐",
    },
    "marlett": {0x61: "✓", 0x62: "✓", 0x72: "✗"}, "mt extra": {}, "bookshelf symbol 7": {},
    "webdings": {0x61: "✓", 0x63: "☐", 0x72: "✗"},
    "symbol": {
        0xA3: "≤", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
        0xD6: "√", 0xDE: "⇒",
    },
}  # fmt: skip
_DRAWS_LETTERS = frozenset(_LOOKS) - {"symbol"}  # a letter typed in these shows a sign


def sign(font: str, code: int) -> str:
    """What one character of a symbol font looks like; U+FFFD for one that is not known."""
    looks = _LOOKS.get(symbol_font(font) if font else "wingdings", {})
    return looks.get(code - _PRIVATE if code >= _PRIVATE else code, UNKNOWN_SIGN)


def symbol_font(font: str) -> str:
    """The name under which a symbol font is known here; empty for a font that draws letters as letters."""
    plain = font.lower().removeprefix("itc ").replace("zapf dingbats", "zapfdingbats")
    return plain if plain in _LOOKS else ""


def shown(text: str, font: str) -> str:
    """What typed text looks like in this font: signs for private characters, and for the letters of a symbol font.

    Words in a symbol font stay letters where one of them draws a sign that is not known: better letters that nobody sees than
    words that nobody can read. One or two letters become the sign of something unknown: they may be an answer.
    """
    if symbol_font(font) in _DRAWS_LETTERS:
        looks = _LOOKS[symbol_font(font)]
        if looks and all(ord(letter) in looks for letter in text if not letter.isspace()):
            return "".join(looks.get(ord(letter), letter) for letter in text)
        if len(text.strip()) <= _FEW and text.strip().isascii():
            return "".join(letter if letter.isspace() else looks.get(ord(letter), UNKNOWN_SIGN) for letter in text)
    if text.isascii():
        return text
    return _PRIVATE_CHARACTER.sub(lambda found: sign(font, ord(found.group())), text)


def boxes(text: str) -> list[tuple[str, bool | None]]:
    """Text cut at its tick boxes: stretches of text with None, and for each box an empty text with its state."""
    if text.isascii():
        return [(text, None)] if text else []
    return [
        ("", part in _TICKED) if part and part in _TICKED + _UNTICKED else (part, None)
        for part in _BOXES.split(text)
        if part
    ]


def _state(piece: Piece | Run) -> tuple[Mark, str] | Run:
    return piece if isinstance(piece, Run) else (piece[1], piece[2])


def runs_of(pieces: Sequence[Piece | Run]) -> tuple[Run, ...]:
    """What the pieces of a paragraph show: neighbours in the same state as one run, each tick box a run of its own.

    Word cuts a word in two at every edit; what letters of a symbol font show is told by the whole stretch in that font.
    A run among the pieces (a tick box, a choice) stays as it is.
    """
    if len(pieces) == 1 and not isinstance(pieces[0], Run) and pieces[0][0].isascii() and not pieces[0][2]:
        return (Run(pieces[0][0], pieces[0][1]),) if pieces[0][0] else ()
    runs: list[Run] = []
    for state, alike in groupby(pieces, _state):
        if isinstance(state, Run):
            runs += [piece for piece in alike if isinstance(piece, Run)]
            continue
        mark, font = state
        typed = "".join([piece[0] for piece in alike if not isinstance(piece, Run)])
        for text, ticked in boxes(shown(typed, font)):
            before = runs[-1] if runs else None
            if before and ticked is None and before.ticked is None and before.mark is mark:  # only the font was another
                runs[-1] = Run(before.text + text, mark)
            else:
                runs.append(Run(text, mark, ticked))
    return tuple(runs)
