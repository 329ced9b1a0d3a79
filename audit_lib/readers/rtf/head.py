"""The tables at the head of a rich text file: its fonts, its colours, the names of its styles."""

from __future__ import annotations

from dataclasses import dataclass

from audit_lib.readers.pale import is_pale
from audit_lib.readers.rtf.tokens import SYMBOL_CHARSET, USUAL, codec_of_charset, codec_of_page

_WHITE = (255, 255, 255)


@dataclass
class Font:
    """A font of the font table: its name, and the codec of its letters (empty: the file's own)."""

    name: str = ""
    codec: str = ""
    symbols: bool = False

    def set_charset(self, charset: int | None) -> None:
        """What ``\\fcharset`` says."""
        self.symbols = charset == SYMBOL_CHARSET
        self.codec = codec_of_charset(charset)


class Head:
    """What the tables say, filled while they are read. ``codec`` is that of letters whose font does not say."""

    def __init__(self) -> None:
        self.codec = USUAL
        self._default_font = 0
        self._fonts: dict[int, Font] = {}
        self._colours: list[tuple[int, int, int] | None] = []
        self._styles: dict[int, str] = {}
        self._font = Font()  # the entries being read
        self._colour: dict[str, int] = {}
        self._style, self._name = 0, ""

    def font(self, number: int | None = None) -> Font:
        """The font of this number, the default one without a number; a font nobody knows draws plain letters."""
        return self._fonts.get(self._default_font if number is None else number) or Font()

    def is_colour(self, number: int | None) -> bool:
        """Whether the colour of this number is another than white; an entry without a colour is none."""
        place = number or 0
        return 0 <= place < len(self._colours) and self._colours[place] not in (None, _WHITE)

    def is_pale(self, number: int | None) -> bool:
        """Whether letters of the colour of this number are as good as white; an entry without a colour is automatic."""
        colour = self._colours[number or 0] if 0 <= (number or 0) < len(self._colours) else None
        return colour is not None and is_pale(*colour)

    def style(self, number: int) -> str:
        """The name of a style in lower case; empty for the default style and for none."""
        return self._styles.get(number, "") if number else ""

    def word(self, name: str, number: int | None) -> None:
        """A word about the file as a whole."""
        if name == "ansicpg":
            self.codec = codec_of_page(number)
        elif name == "deff":
            self._default_font = number or 0
        else:
            self.codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[name]

    def font_word(self, name: str, number: int | None) -> None:
        """A word in the font table."""
        if name == "f":
            self._font = self._fonts[number or 0] = Font()
        elif name == "fcharset":
            self._font.set_charset(number)
        elif name == "cpg":
            self._font.codec = codec_of_page(number)

    def font_letters(self, text: str) -> None:
        """Letters in the font table: names, each ended by a semicolon."""
        before, ended, _ = text.partition(";")
        self._font.name += before.strip() if not self._font.name else before
        if ended:
            self._font = Font()

    def colour_word(self, name: str, number: int | None) -> None:
        """A word in the colour table."""
        if name in ("red", "green", "blue"):
            self._colour[name] = number or 0

    def colour_letters(self, text: str) -> None:
        """Letters in the colour table: a semicolon ends an entry."""
        for _ in range(text.count(";")):
            said = self._colour
            self._colours.append((said.get("red", 0), said.get("green", 0), said.get("blue", 0)) if said else None)
            self._colour = {}

    def style_word(self, name: str, number: int | None) -> None:
        """A word in the style sheet."""
        if name == "s":
            self._style = number or 0

    def style_letters(self, text: str) -> None:
        """Letters in the style sheet: a name, ended by a semicolon; other names may follow it after commas."""
        before, ended, _ = text.partition(";")
        self._name += before
        if ended:
            self._styles[self._style] = self._name.partition(",")[0].strip().lower()
            self._style, self._name = 0, ""
