"""What a container gives for each file inside it, and how much may be taken out of one received file in all."""

from __future__ import annotations

from dataclasses import dataclass

from audit_lib.errors import UnreadableFile
from audit_lib.readers.package import MAX_PART_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FLOOR_BYTES

MAX_MEMBERS = 500


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside a container.

    ``name`` is as written there; once :mod:`audit_lib.readers.containers.opening` gives it, fit for the tables. With a ``reason_code``
    it could not be taken out (``data`` is then empty) or, being a container itself, could not be opened. ``received`` is the
    moment when the message that it came with was received, in universal time (``2018-05-22T09:30:00Z``); empty when
    none is known. ``beside_words`` says that a message with which it came has words of its own.
    """

    name: str
    data: bytes = b""
    reason_code: str = ""
    detail: str = ""
    received: str = ""
    beside_words: bool = False


@dataclass
class Budget:
    """What may still be taken out of one received file, however its containers lie inside each other."""

    members: int = MAX_MEMBERS
    total: int = MAX_TOTAL_BYTES

    def one_more(self) -> None:
        """Count a file. Raises :class:`UnreadableFile` (``too_large``) beyond the last."""
        self.members -= 1
        if self.members < 0:
            raise UnreadableFile("too_large", f"more than {MAX_MEMBERS} files are inside")

    def spend(self, size: int) -> None:
        """Count bytes taken out. Raises :class:`UnreadableFile` (``too_large``) beyond the last."""
        self.total -= size
        if self.total < 0:
            raise UnreadableFile("too_large", "the files inside are far larger than any forms")


def too_large(size: int, packed: int) -> bool:
    """Whether one file inside is larger, or swells more, than any form does."""
    return size > MAX_PART_BYTES or (size > RATIO_FLOOR_BYTES and size > MAX_RATIO * packed)
