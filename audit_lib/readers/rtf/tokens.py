"""The words of a rich text file, one after the other, and the letters that its bytes stand for.

A file is groups in braces, control words (``\\par``, ``\\cellx4000``), control symbols (``\\~``), bytes written out
(``\\'e9``), raw bytes (``\\bin``), and text. Reading is one pass of one expression, so it takes as long as the file is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from audit_lib.errors import UnreadableFile
from audit_lib.readers import symbol_signs

MAX_TOKENS = 1_500_000
Kind = Literal["open", "close", "word", "symbol", "hex", "text"]

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]+)(?P<number>-?[0-9]+)?[ ]?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>\r\n|[^A-Za-z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}]+)"
    rb"|\\",  # the last byte of a file cut short
    re.DOTALL,
)
_BEGINNING = re.compile(rb"((?:\xef\xbb\xbf)?\s*)\{\\rtf")
_NOT_TEXT = b"\r\n\0"
_CONTROLS = dict.fromkeys(code for code in range(32) if code != 9)  # a tab is a tab

_CODECS_OF_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "cp932", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_CODECS_OF_PAGES = {
    437: "cp437", 708: "iso8859-6", 850: "cp850", 852: "cp852", 860: "cp860", 862: "cp862", 863: "cp863", 864: "cp864",
    865: "cp865", 866: "cp866", 874: "cp874", 932: "cp932", 936: "gbk", 949: "cp949", 950: "cp950", 1250: "cp1250",
    1251: "cp1251", 1252: "cp1252", 1253: "cp1253", 1254: "cp1254", 1255: "cp1255", 1256: "cp1256", 1257: "cp1257",
    1258: "cp1258", 1361: "johab", 10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic", 10029: "mac_latin2",
    10081: "mac_turkish", 65001: "utf-8",
}  # fmt: skip
SYMBOL_CHARSET = 2
USUAL = "cp1252"


class Token(NamedTuple):
    """One word of the file. ``name`` is a control word or symbol, ``number`` its parameter (None when it has none).

    ``data`` are the bytes of text, or the one byte that was written out.
    """

    kind: Kind
    name: str = ""
    number: int | None = None
    data: bytes = b""


OPEN, CLOSE = Token("open"), Token("close")


def tokens(data: bytes) -> Iterator[Token]:
    """All words of the file in their order; line breaks of the file itself and raw bytes are left out.

    Raises :class:`UnreadableFile` with ``too_large``.
    """
    position, count = 0, 0
    while match := _TOKEN.match(data, position):
        position = match.end()
        count += 1
        if count > MAX_TOKENS:
            raise UnreadableFile("too_large")
        kind = match.lastgroup
        if kind == "text":
            if text := match["text"].translate(None, _NOT_TEXT):
                yield Token("text", data=text)
        elif kind == "brace":
            yield OPEN if match["brace"] == b"{" else CLOSE
        elif kind == "hex":
            yield Token("hex", data=bytes.fromhex(match["hex"].decode()))
        elif kind == "symbol":
            yield Token("symbol", match["symbol"].decode("latin-1"))
        elif match["word"] is not None:
            name, number = match["word"].decode(), _whole(match["number"])
            if name == "bin":
                position += max(number or 0, 0)  # raw bytes, which may look like anything
            else:
                yield Token("word", name, number)


def beginning(data: bytes) -> int:
    """Where the document begins; -1 for a file that does not begin as rich text does."""
    found = _BEGINNING.match(data)
    return found.end(1) if found else -1


def _whole(text: bytes | None) -> int | None:
    return None if text is None else int(text[:11])


def codec_of_page(page: int | None) -> str:
    """The codec of a Windows code page; the usual one for a page that is not known."""
    return _CODECS_OF_PAGES.get(page or 0, USUAL)


def codec_of_charset(charset: int | None) -> str:
    """The codec of a font's character set; empty where it leaves the matter to the file."""
    return _CODECS_OF_CHARSETS.get(charset if charset is not None else 1, "")


def decoded(data: bytes, codec: str) -> str:
    """The letters of these bytes; U+FFFD for a byte that stands for none. Control characters are none."""
    return data.decode(codec, "replace").translate(_CONTROLS)


def symbols(data: bytes, font: str) -> str:
    """What these bytes look like in a symbol font. Letters that draw no known sign stay letters."""
    letters = data.decode("latin-1").translate(_CONTROLS)
    looks = symbol_signs.shown(letters, font)
    if looks != letters:
        return looks
    return "".join(symbol_signs.sign(font, ord(c)) if ord(c) >= 0x80 and not c.isspace() else c for c in letters)
