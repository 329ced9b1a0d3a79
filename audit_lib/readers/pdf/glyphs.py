"""The letters of a PDF page: what each looks like, where it stands, and in what state.

Places are in points from the top left corner of the page, as a person sees it. The line-wise places of a turned letter
(``x0``, ``x1``, ``base``) are those of the page turned until the letter stands upright.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from pdfminer.utils import Matrix

from audit_lib.rawform import Mark
from audit_lib.readers import symbol_signs

Box = tuple[float, float, float, float]  # left, top, right, bottom
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_BOLD = re.compile(r"bold|black|heavy|demi(?!-?light)", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SYMBOL_FONTS = (
    ("wingdings 2", re.compile(r"wingdings ?-?2", re.IGNORECASE)),
    ("wingdings 3", re.compile(r"wingdings ?-?3", re.IGNORECASE)),
    ("wingdings", re.compile(r"wingdings", re.IGNORECASE)),
    ("webdings", re.compile(r"webdings", re.IGNORECASE)),
    ("symbol", re.compile(r"^symbol", re.IGNORECASE)),
    ("dingbats", re.compile(r"dingbats", re.IGNORECASE)),
)
_DINGBATS = {"3": "✓", "4": "✔", "5": "✕", "6": "✖", "7": "✗", "8": "✘", "l": "●", "n": "■", "o": "☐", "q": "☐"}
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_SUBSTITUTED = ("wingdings", "wingdings 2", "symbol")  # fonts for which a program without them takes one of its own


@dataclass(frozen=True, slots=True)
class Font:
    """What the name of a font says. ``symbols`` is the symbol font that it is, empty for a font of letters."""

    bold: bool
    italic: bool
    symbols: str = ""

    @classmethod
    def named(cls, name: str) -> Font:
        """By its name in the file: ``BCDEEE+Arial-BoldMT``."""
        plain = _SUBSET.sub("", name)
        symbols = next((font for font, pattern in _SYMBOL_FONTS if pattern.search(plain)), "")
        return cls(bool(_BOLD.search(plain)), bool(_ITALIC.search(plain)), symbols)


@dataclass(slots=True)
class Glyph:
    """One letter, one tick box (empty text, ``ticked``), or the whole value of a form field (``filled``).

    ``turn`` counts quarter turns to the left. ``x``, ``y`` is its middle on the page; ``order`` says when it was painted.
    ``reach`` is how far a box or a field goes from top to bottom: it stands in the line of text that lies there.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    x: float
    y: float
    turn: int = 0
    mark: Mark = Mark.NONE
    italic: bool = False
    ticked: bool | None = None
    filled: bool = False
    order: int = 0
    colour: tuple[float, ...] = (0.0, 0.0, 0.0)
    reach: tuple[float, float] | None = None

    @property
    def blank(self) -> bool:
        """Whether it shows nothing."""
        return self.ticked is None and not self.text.strip()

    @property
    def letters(self) -> int:
        """How many visible characters it counts for."""
        return count_letters(self.text) + (self.ticked is not None)


def count_letters(text: str) -> int:
    """The characters other than white space."""
    return sum(not character.isspace() for character in text)


def shown(text: str, font: Font) -> str:
    """What a character looks like: signs of symbol fonts as signs, ligatures as letters, U+FFFD where nothing says."""
    if _UNKNOWN.fullmatch(text) or text == "\0":
        return symbol_signs.UNKNOWN_SIGN
    if text in _LIGATURES:
        return _LIGATURES[text]
    if font.symbols == "dingbats":
        return _DINGBATS.get(text, text)
    if len(text) == 1 and 0xF000 <= ord(text) <= 0xF0FF and not font.symbols:
        signs = (symbol_signs.sign(candidate, ord(text)) for candidate in _SUBSTITUTED)
        return next((sign for sign in signs if sign != symbol_signs.UNKNOWN_SIGN), symbol_signs.UNKNOWN_SIGN)
    return symbol_signs.shown(text, font.symbols) if font.symbols else text


def placed(text: str, matrix: Matrix, advance: float, size: float, rise: float, height: float) -> Glyph:
    """A letter at its place, from the matrix under which it was painted and the height of the page."""
    a, b, c, d, e, f = matrix
    x, y = e + c * rise, height - (f + d * rise)
    along = (a * advance, -b * advance)
    if not any(along):
        along = (a, -b)
    turn = round(math.atan2(-along[1], along[0]) / (math.pi / 2)) % 4
    length = math.hypot(a, b) * abs(advance)
    tall = math.hypot(c, d) * abs(size)
    start, base = turned(x, y, turn)
    up = (c * size * 0.3, -d * size * 0.3)
    middle = (x + along[0] / 2 + up[0], y + along[1] / 2 + up[1])
    return Glyph(text, start, start + length, base, tall, *middle, turn=turn)


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A place on the page turned ``turn`` quarters to the right, until text so turned stands upright."""
    return ((x, y), (-y, x), (-x, -y), (y, -x))[turn]
