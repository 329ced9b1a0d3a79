"""Groups, letters and words of rich text: what has to be right before anything is understood.

Bytes become letters in the code page of their font; a Unicode character is followed by letters that stand for it in older
programs and are not text; all that a group says ends with the group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from audit_lib.errors import UnreadableFile
from audit_lib.readers import symbol_signs
from audit_lib.readers.rtf.head import Head
from audit_lib.readers.rtf.state import Mode, State
from audit_lib.readers.rtf.tokens import CLOSE, OPEN, Token, decoded, symbols, tokens

MAX_GROUPS = 1_000  # groups inside each other
MAX_LETTERS = 10_000_000
LETTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "endash": "–", "emdash": "—", "enspace": "\u2002", "emspace": "\u2003", "qmspace": "\u2005",
    "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
SIGNS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
_FALLBACKS = {*SIGNS, *LETTERS} - {"tab", "line", "lbr"}  # words that may stand in for a Unicode character
_BREAKS = {9: "\t", 10: "\n", 11: "\n", 13: "\n"}


class Groups:
    """Goes through one file to its last brace and hands on letters and words, with the state that holds for them.

    Raises :class:`UnreadableFile` with ``damaged`` for a file that ends early, ``unsafe`` or ``too_large``.
    """

    def __init__(self) -> None:
        self.head = Head()
        self._state = State()
        self._outer: list[State] = []
        self._endings: defaultdict[int, list[Callable[[], None]]] = defaultdict(list)
        self._skipped = 0  # how many groups deep we are in one that is left out
        self._begun = False  # whether the last word opened a group: only there may a group be left out
        self._starred = False
        self._bytes = bytearray()
        self._to_skip = 0  # letters that stand for a Unicode character in older programs
        self._half = 0  # the first half of a character written as two

    def _letters(self, text: str) -> None:
        """Letters stand here."""
        raise NotImplementedError

    def _word(self, name: str, number: int | None, may_be_left_out: bool) -> None:
        """A control word stands here that is no letter; the file may say that who does not know it leaves its group out."""
        raise NotImplementedError

    def _skip(self) -> None:
        """Leave out the rest of the group that we are in."""
        self._skipped = 1

    def _at_end(self, ending: Callable[[], None]) -> None:
        """Do this when the group that we are in ends."""
        self._endings[len(self._outer)].append(ending)

    def _read(self, data: bytes) -> None:
        """Go through the file, which begins with a brace."""
        for token in tokens(data):
            if self._skipped:
                self._skipped += (token is OPEN) - (token is CLOSE)
                if not self._skipped:
                    self._close()
            elif token.kind in ("text", "hex"):
                left = token.data[self._to_skip :]
                self._to_skip -= len(token.data) - len(left)
                self._bytes += left
                self._begun = False
                if len(self._bytes) > MAX_LETTERS:
                    raise UnreadableFile("too_large", "more text than in any form")
            else:
                self._flush()
                self._structure(token)
            if not self._outer:
                return  # what follows the last brace is not part of the document
        raise UnreadableFile("damaged", "the file ends before its end")

    def _structure(self, token: Token) -> None:
        name, starred, begun = token.name, self._starred, self._begun
        self._starred, self._begun = begun and name == "*", token is OPEN
        if self._to_skip and name in _FALLBACKS:
            self._to_skip -= 1
            return
        self._to_skip = 0
        if token is OPEN:
            self._open()
        elif token is CLOSE:
            self._close()
        elif token.kind == "symbol":
            self._symbol(name)
        elif name in LETTERS:
            self._letters(LETTERS[name])
        elif name == "u":
            self._unicode(token.number or 0)
        elif name == "uc":
            self._state.fallback = max(1 if token.number is None else token.number, 0)
        else:
            self._word(name, token.number, starred)

    def _open(self) -> None:
        self._outer.append(self._state)
        self._state = self._state.copy()
        if len(self._outer) > MAX_GROUPS:
            raise UnreadableFile("unsafe", "groups stand inside each other without end")

    def _close(self) -> None:
        for ending in reversed(self._endings.pop(len(self._outer), [])):
            ending()
        if self._outer:
            self._state = self._outer.pop()

    def _symbol(self, name: str) -> None:
        if name in SIGNS:
            self._letters(SIGNS[name])
        elif name in ("\r", "\n", "\r\n"):
            self._word("par", None, False)

    def _unicode(self, number: int) -> None:
        code, half = number & 0xFFFF if number < 0 else number, self._half
        self._to_skip, self._half = self._state.fallback, 0
        if 0xD800 <= code < 0xDC00:
            self._half = code
        elif 0xDC00 <= code < 0xE000:
            both = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00)
            self._letters(chr(both) if half else symbol_signs.UNKNOWN_SIGN)
        elif code < 32:
            self._letters(_BREAKS.get(code, ""))
        else:
            self._letters(chr(code) if code < 0x110000 else symbol_signs.UNKNOWN_SIGN)

    def _flush(self) -> None:
        """The bytes met so far become letters: only now, because a letter may take two of them."""
        if not self._bytes:
            return
        data, font = bytes(self._bytes), self._state.font
        self._bytes.clear()
        if self._state.mode is not Mode.FRAME:
            self._letters(symbols(data, font.name) if font.symbols else decoded(data, font.codec or self.head.codec))
