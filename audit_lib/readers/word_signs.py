"""Signs of symbol fonts, and tick boxes among them.

A form from before content controls draws its boxes with letters of Wingdings: the file says "character F0FE of
Wingdings", the page shows a ticked box.
"""

from __future__ import annotations

import re

UNKNOWN_SIGN = "\ufffd"
_PRIVATE = 0xF000  # where Word keeps the 8-bit characters of a symbol font
_TICKED = "☑☒🗹🗷🗵⮽"
_UNTICKED = "☐□"
_BOXES = re.compile(f"([{_TICKED}{_UNTICKED}])")

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
    "webdings": {0x61: "✓", 0x63: "☐", 0x72: "✗"},
    "symbol": {
        0xA3: "≤", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
        0xD6: "√", 0xDE: "⇒",
    },
}  # fmt: skip
_DRAWS_LETTERS = {"wingdings", "wingdings 2", "wingdings 3", "webdings"}  # a letter typed in these shows a sign


def sign(font: str, code: int) -> str:
    """What one character of a symbol font looks like; U+FFFD for one that is not known."""
    looks = _LOOKS.get(font.lower(), _LOOKS["wingdings"])
    return looks.get(code - _PRIVATE if code >= _PRIVATE else code, UNKNOWN_SIGN)


def shown(text: str, font: str) -> str:
    """What typed text looks like in this font: signs for private characters, and for the letters of a symbol font.

    Letters of a symbol font stay letters where one of them draws a sign that is not known: better a letter that nobody
    sees than a word that nobody can read.
    """
    looks = _LOOKS[font.lower()] if font.lower() in _DRAWS_LETTERS else {}
    if looks and all(ord(letter) in looks for letter in text if not letter.isspace()):
        return "".join(looks.get(ord(letter), letter) for letter in text)
    return "".join(sign(font, ord(c)) if _PRIVATE <= ord(c) <= _PRIVATE + 0xFF else c for c in text)


def boxes(text: str) -> list[tuple[str, bool | None]]:
    """Text cut at its tick boxes: stretches of text with None, and for each box an empty text with its state."""
    return [
        ("", part in _TICKED) if part and part in _TICKED + _UNTICKED else (part, None)
        for part in _BOXES.split(text)
        if part
    ]
