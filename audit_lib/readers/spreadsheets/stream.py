"""The stream of an old Excel workbook, and its records one by one."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from audit_lib.errors import UnreadableFile
from audit_lib.readers.compound import stream

CONTINUE = 0x003C


class Record(NamedTuple):
    """One record of the stream: its kind, its bytes, and where it begins."""

    kind: int
    data: bytes
    at: int


def workbook_stream(data: bytes) -> bytes:
    """The bytes of the stream in which the workbook stands; the newer name first, as both may be there.

    Raises :class:`UnreadableFile` (``damaged``).
    """
    return stream(data, "Workbook", "Book")


def records(book: bytes, at: int = 0) -> Iterator[Record]:
    """The records from here on. A stream that is cut off in a record is ``damaged``."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if at + 4 + length > len(book):
            raise UnreadableFile("damaged", "the file is cut off")
        yield Record(kind, book[at + 4 : at + 4 + length], at)
        at += 4 + length
