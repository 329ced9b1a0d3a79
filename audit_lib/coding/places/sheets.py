"""A form filled in on a sheet, laid out as a document would be: lines by themselves between tables."""

from __future__ import annotations

from dataclasses import replace

from audit_lib.rawform import Cell, Paragraph, Table
from audit_lib.text import clean


def as_document(sheet: Table) -> tuple[Paragraph | Table, ...]:
    """The blocks of a sheet. Blank rows part it; lines with nothing but their first cell, at the head of such a part, are
    paragraphs, the other rows of the part a table.
    """
    blocks: list[Paragraph | Table] = []
    for part in _parts(sheet):
        lone = True
        rows: list[Cell] = []
        for row in part:
            filled = [cell for cell in row if _is_filled(cell)]
            lone = lone and len(filled) == 1 and filled[0] is row[0] and filled[0].row_span == 1
            if lone:
                blocks += [paragraph._replace(where=row[0].where) for paragraph in row[0].paragraphs]
            else:
                rows += row
        blocks += [replace(sheet, cells=tuple(rows))] if rows else []
    return tuple(blocks)


def _parts(sheet: Table) -> list[list[tuple[Cell, ...]]]:
    """The rows between blank ones. A cell that reaches down keeps the rows that it covers together."""
    parts: list[list[tuple[Cell, ...]]] = []
    below = -1
    for row in sheet.rows():
        if not any(_is_filled(cell) for cell in row) and row[0].row > below:
            below = -1
            continue
        if not parts or below < 0 or row[0].row > below + 1:
            parts.append([])
        parts[-1].append(row)
        below = max(below, row[0].row, *(cell.row + cell.row_span - 1 for cell in row))
    return parts


def _is_filled(cell: Cell) -> bool:
    return bool(clean(cell.text)) or any(run.ticked is not None for run in cell.runs)
