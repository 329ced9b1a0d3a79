"""What a form says, before anybody asks what it means.

Every reader, whatever the kind of file, gives one :class:`RawForm`: paragraphs and tables in the order in which a
person meets them, each stretch of text with its state (struck, highlighted, placeholder ...), each with its place.
A reader knows no instrument: it decides nothing about meaning.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple


class Mark(enum.Flag):
    """The state of a stretch of text."""

    NONE = 0
    STRUCK = enum.auto()  # single or double strike-through: the writer deleted it by hand
    HIGHLIGHTED = enum.auto()  # highlight, or shading behind the characters, other than white
    BOLD = enum.auto()
    UNDERLINED = enum.auto()
    PLACEHOLDER = enum.auto()  # the prompt of a control that nobody has filled
    UNTOUCHED = enum.auto()  # a drop-down that shows its first entry and may never have been opened


class Run(NamedTuple):
    """A stretch of text with one state. A tick box is a run of its own: empty text, ``ticked`` true or false."""

    text: str
    mark: Mark = Mark.NONE
    ticked: bool | None = None


class Paragraph(NamedTuple):
    """One paragraph. A soft line break stands as ``\\n`` in the text of a run, a tab as ``\\t``.

    ``listed`` is true when Word numbers or bullets it. ``nested`` is true when it stood in a table inside a cell,
    and ``nested_row`` tells which paragraphs of a cell stood in one row there: those with one number (0: in none).
    ``style`` is the name of its style in lower case ("heading 1"), empty for none. ``aside`` says where outside the body
    it stood: ``margin`` (page header or footer), ``note`` (footnote or endnote), empty for the body. ``looks`` are the ways, other
    than marks, in which its letters look (colour, size, slant ...), one in a line, in the order in which they first occur; a plain
    look is an empty line.
    """

    runs: tuple[Run, ...] = ()
    where: str = ""
    listed: bool = False
    nested: bool = False
    style: str = ""
    aside: Literal["", "margin", "note"] = ""
    looks: str = ""
    nested_row: int = 0

    @property
    def text(self) -> str:
        """What stands: without struck text and placeholders. Not cleaned."""
        return "".join(run.text for run in self.runs if not run.mark & (Mark.STRUCK | Mark.PLACEHOLDER))


class Cell(NamedTuple):
    """One cell, as large as its merging made it. ``row`` and ``column`` count grid places from 0.

    ``where`` is its place without the column ("table 3, row 2"); ``column_where`` the column ("column 3"), which a
    reader of sheets leaves empty because ``where`` says all ('sheet "Returns", cell F14'). ``shaded`` is true when a colour
    other than white fills it.
    """

    row: int
    column: int
    paragraphs: tuple[Paragraph, ...] = ()
    row_span: int = 1
    column_span: int = 1
    where: str = ""
    column_where: str = ""
    shaded: bool = False

    @property
    def text(self) -> str:
        """What stands in all its paragraphs, joined by line breaks. Not cleaned."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs, with a line break between paragraphs."""
        out: list[Run] = []
        for number, paragraph in enumerate(self.paragraphs):
            if number:
                out.append(Run("\n"))
            out.extend(paragraph.runs)
        return tuple(out)

    def locator(self, heading: str = "") -> str:
        """Its place for a person: ``table 3, row 2, column "Response"``."""
        column = f'column "{heading}"' if heading and self.column_where else self.column_where
        return f"{self.where}, {column}" if column else self.where


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its cells in reading order (row by row, left to right). Cells swallowed by a merge are not there.

    ``sheet`` is the name of the sheet whose whole content it is, empty for a table of a document. ``delimited`` is true for
    a file of lines and separators, which has nothing but rows.
    """

    cells: tuple[Cell, ...] = ()
    where: str = ""
    sheet: str = ""
    delimited: bool = False

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The cells that begin in each row, row by row."""
        row: list[Cell] = []
        for cell in self.cells:
            if row and cell.row != row[0].row:
                yield tuple(row)
                row = []
            row.append(cell)
        if row:
            yield tuple(row)


@dataclass(frozen=True, slots=True)
class ReaderNote:
    """Something a reader saw that a person may want to know; becomes a ``quality`` row.

    ``check`` is one of :data:`audit_lib.schema.CHECKS`; ``message`` holds nothing that stood in the file.
    """

    check: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class RawForm:
    """All that a reader gives for one form.

    ``text_in_file`` is the number of visible, undeleted characters other than white space that the file holds,
    counted independently of the walk; ``text_read`` the number that this form holds. Where they differ, text was lost.
    ``modified`` is the document's own date of last change (ISO, empty when it has none); it is evidence for which of two
    versions came later, and never shown as anything else.
    """

    kind: str
    blocks: tuple[Paragraph | Table, ...] = ()
    notes: tuple[ReaderNote, ...] = ()
    text_in_file: int = 0
    text_read: int = 0
    modified: str = ""

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in reading order, those in cells included."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            else:
                for cell in block.cells:
                    yield from cell.paragraphs
