"""Small raw forms made by hand, as a reader would give them."""

from __future__ import annotations

from collections.abc import Sequence

from audit_lib.rawform import Cell, Mark, Paragraph, RawForm, Run, Table

Entry = str | Cell


def paragraph(text: str, mark: Mark = Mark.NONE, **options: object) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(text, mark),) if text else (), **options)  # type: ignore[arg-type]


def cell(text: str, **options: object) -> Cell:
    """A cell whose lines are paragraphs; its place is set by :func:`table`."""
    return Cell(0, 0, tuple(paragraph(line) for line in text.split("\n")), **options)  # type: ignore[arg-type]


def table(*rows: Sequence[Entry], name: str = "table 1") -> Table:
    """A table of these rows. A cell with a ``row_span`` reaches down: the rows below leave it out."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for entry in row:
            while (number, column) in taken:
                column += 1
            made = cell(entry) if isinstance(entry, str) else entry
            where, column_where = f"{name}, row {number + 1}", f"column {column + 1}"
            cells.append(Cell(number, column, made.paragraphs, made.row_span, made.column_span, where, column_where))
            taken |= {
                (number + down, column + right) for down in range(made.row_span) for right in range(made.column_span)
            }
            column += made.column_span
    return Table(tuple(cells), name)


def form(*blocks: str | Paragraph | Table) -> RawForm:
    """A form of these blocks; a string is a paragraph."""
    return RawForm("docx", tuple(paragraph(block) if isinstance(block, str) else block for block in blocks))
