"""The places of paragraphs and cells, told in the same words for every kind of document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit_lib.rawform import Paragraph, Table

Block = Paragraph | Table


def placed(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks, each with its place: paragraphs outside tables and tables are numbered from 1."""
    found: list[Block] = []
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            found.append(replace(block, where=f"paragraph {paragraphs}"))
        else:
            tables += 1
            found.append(placed_table(block, f"table {tables}"))
    return found


def placed_table(table: Table, where: str) -> Table:
    """The same table, its cells and their paragraphs with their places in it."""
    cells = []
    for cell in table.cells:
        at = replace(cell, where=f"{where}, row {cell.row + 1}", column_where=f"column {cell.column + 1}")
        cells.append(replace(at, paragraphs=tuple(replace(one, where=at.locator()) for one in cell.paragraphs)))
    return replace(table, cells=tuple(cells), where=where)
