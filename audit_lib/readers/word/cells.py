"""What a cell of a Word table says of its place and its look."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from audit_lib.readers.word.names import VAL, Said, name, whole
from audit_lib.readers.word.styles import shaded

MAX_COLUMNS = 63  # Word's own limit for one table


class CellShape(NamedTuple):
    """What a cell says of its place in the table. ``grows``: cells below may join it."""

    width: int = 1
    joins_left: bool = False
    joins_above: bool = False
    grows: bool = False
    shaded: bool = False
    deleted: bool = False


PLAIN_CELL = CellShape()


def shape_of(said: Said) -> CellShape:
    """The shape of a cell that says this of itself."""
    return CellShape(
        clamped(said.get(name("w:gridSpan")), least=1),
        _goes_on(said.get(name("w:hMerge"))),
        _goes_on(said.get(name("w:vMerge"))),
        name("w:vMerge") in said,
        bool(shaded(said)),
        name("w:cellDel") in said,
    )


def _goes_on(merge: etree._Element | None) -> bool:
    """Whether a cell goes on with the one above or to the left. ``w:vMerge`` without a value means that it does."""
    return merge is not None and merge.get(VAL, "continue") == "continue"


def clamped(number: etree._Element | None, least: int) -> int:
    """A number of columns, within what a table can have."""
    return least if number is None else min(max(whole(number.get(VAL), least), least), MAX_COLUMNS)
