"""The places of paragraphs and cells, told in the same words for every kind of document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from audit_lib.rawform import Paragraph, ReaderNote, Table

Block = Paragraph | Table


def placed(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks, each with its place: paragraphs outside tables and tables are numbered from 1."""
    found: list[Block] = []
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            found.append(block._replace(where=f"paragraph {paragraphs}"))
        else:
            tables += 1
            found.append(placed_table(block, f"table {tables}"))
    return found


def flattened(blocks: Iterable[Block]) -> tuple[Paragraph, ...]:
    """The same as paragraphs alone: what stands in a table is marked as nested, and each row of such tables has a number, from 1."""
    found: list[Paragraph] = []
    rows: dict[tuple[int, ...], int] = {}
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            found.append(block)
            continue
        for cell in block.cells:
            for paragraph in cell.paragraphs:
                inner = (cell.column, paragraph.nested_row) if paragraph.nested_row else ()
                row = rows.setdefault((number, cell.row, *inner), len(rows) + 1)
                found.append(paragraph._replace(nested=True, nested_row=row))
    return tuple(found)


def notes_on_drawings(shapes: Iterable[str], marks: Iterable[int], tables: int) -> Iterator[ReaderNote]:
    """What is told of lines and shapes without text: ``shapes`` are the places of some, ``marks`` the number of tables above those
    that were drawn by hand outside of tables; ``tables`` is their number.
    """
    for where in dict.fromkeys(shapes):
        message = "A line or shape is drawn here, and may mark something: look at the page."
        yield ReaderNote("drawn_over", where, message)
    for before in dict.fromkeys(marks):
        message = "Something is drawn by hand here, and may mark an answer: look at the page."
        yield ReaderNote("drawn_over", _beside_tables(before, tables), message)


def _beside_tables(before: int, in_all: int) -> str:
    """Where something is that stands outside all tables, ``before`` of which stand above it, and may reach over its neighbours."""
    if not in_all:
        return "outside tables"
    if before == 0:
        return "before table 1"
    return f"after table {before}" if before >= in_all else f"between table {before} and table {before + 1}"


def placed_table(table: Table, where: str) -> Table:
    """The same table, its cells and their paragraphs with their places in it."""
    cells = []
    for cell in table.cells:
        at = cell._replace(where=f"{where}, row {cell.row + 1}", column_where=f"column {cell.column + 1}")
        cells.append(at._replace(paragraphs=tuple(one._replace(where=at.locator()) for one in cell.paragraphs)))
    return replace(table, cells=tuple(cells), where=where)
