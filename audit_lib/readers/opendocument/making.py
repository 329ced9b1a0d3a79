"""Paragraphs and tables of an OpenDocument file in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Cell, Mark, Paragraph, Run, Table
from audit_lib.readers import symbol_signs
from audit_lib.readers.placing import Block

MAX_COLUMNS = 256


class Piece(NamedTuple):
    """A stretch of a paragraph in the making. ``alone``: it never becomes one with its neighbours."""

    text: str
    mark: Mark
    font: str = ""
    alone: bool = False
    ticked: bool | None = None

    @classmethod
    def of(cls, run: Run, mark: Mark = Mark.NONE) -> Piece:
        """What a control shows, in text that has these marks."""
        alone = run.ticked is not None or Mark.UNTOUCHED in run.mark
        return cls(run.text, run.mark | mark, "", alone, run.ticked)


@dataclass
class Line:
    """A paragraph in the making: ``boxes`` are the text boxes anchored in it, which follow it."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    listed: bool = False
    style: str = ""

    def blocks(self) -> list[Block]:
        """The paragraph, unless nothing is in it, and what follows it."""
        runs = _joined(self.pieces)
        if not any(run.ticked is not None or run.text.strip() for run in runs):
            return self.boxes
        return [Paragraph(runs, listed=self.listed, style=self.style), *self.boxes]


def _joined(pieces: list[Piece]) -> tuple[Run, ...]:
    """Neighbours with the same state become one run; programs cut a word in two at every edit.

    What letters of a symbol font show is told by the whole stretch in that font, wherever it is cut.
    """
    runs: list[Run] = []
    for (mark, alone), alike in groupby(pieces, attrgetter("mark", "alone")):
        if alone:
            runs += [Run(one.text, mark, one.ticked) for one in alike]
            continue
        fonts = groupby(alike, attrgetter("font"))
        text = "".join([symbol_signs.shown("".join([one.text for one in same]), font) for font, same in fonts])
        runs += [Run(part, mark, ticked) for part, ticked in symbol_signs.boxes(text)]
    return tuple(runs)


@dataclass
class Grid:
    """A table in the making. ``rows`` is the number of rows so far."""

    rows: int = 0
    _cells: list[Cell] = field(default_factory=list)
    _taken: dict[int, int] = field(default_factory=dict)  # column -> the last row that a cell takes up in it

    def place(self, column: int, width: int, height: int) -> int:
        """Take up room for a cell of this size in the first column that is free from here on; give that column.

        A file should have an element for each place that a cell covers; one that leaves them out is read as well.
        """
        while self._taken.get(column, -1) >= self.rows:
            column += 1
        if column >= MAX_COLUMNS:
            raise UnreadableFile("too_large", "a table with far more columns than any form has")
        for covered in range(column, column + width):
            self._taken[covered] = self.rows + height - 1
        return column

    def end_row(self, cells: list[Cell], repeats: int) -> None:
        """End a row that has these cells and stands so many times."""
        for number in range(self.rows, self.rows + repeats if cells else 0):
            self._cells += [cell._replace(row=number) for cell in cells]
        self.rows += repeats

    def table(self) -> Table:
        """The table. No cell reaches below its last row."""
        return Table(tuple(cell._replace(row_span=min(cell.row_span, self.rows - cell.row)) for cell in self._cells))
