"""What the head of an old Word file says: whether it is one, of which age, and whether it is protected by a password."""

from __future__ import annotations

import struct

from audit_lib.errors import UnreadableFile
from audit_lib.readers.compound import stream

_WORD_MARKS = (0xA5EC, 0xA5DC)  # Word 97 and later; Word 6 and 95
_ENCRYPTED = 0x0100
_WORD_97 = 0x00C1


def import_filter(data: bytes) -> str:
    """The name by which LibreOffice knows Word files of this age. It is told, so that it never takes the file for another kind.

    Raises :class:`UnreadableFile`: ``encrypted``, or ``damaged`` when it is no Word file inside.
    """
    begin = stream(data, "WordDocument")
    try:
        mark, age = struct.unpack_from("<HH", begin)
        (flags,) = struct.unpack_from("<H", begin, 10)
    except struct.error as error:
        raise UnreadableFile("damaged", "no Word document is inside") from error
    if mark not in _WORD_MARKS:
        raise UnreadableFile("damaged", "no Word document is inside")
    if flags & _ENCRYPTED:
        raise UnreadableFile("encrypted")
    return "MS Word 97" if age >= _WORD_97 else "MS WinWord 6.0"
