"""The walk over OpenDocument's XML: one pass in reading order, giving paragraphs and tables without their places.

Every element that is not known is walked through, so that text inside something new is read rather than lost. What is
left out on purpose is listed in ``UNSHOWN``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Cell, Mark, Paragraph, Run, Table
from audit_lib.readers import symbol_signs
from audit_lib.readers.opendocument.controls import (
    Controls,
    control_runs,
    drop_down_run,
    field_runs,
    is_unfilled,
    own_text,
)
from audit_lib.readers.opendocument.making import MAX_COLUMNS, Grid, Line, Piece
from audit_lib.readers.opendocument.names import (
    CELLS,
    NAMESPACES,
    PARAGRAPHS,
    SHAPES,
    SPANS,
    UNSHOWN,
    gaps,
    get,
    holds_text,
    is_drawn_by_hand,
    is_hidden,
    is_true,
    name,
    names,
    times,
)
from audit_lib.readers.opendocument.styles import Look, Says, Styles, look_of
from audit_lib.readers.placing import Block, flattened
from audit_lib.readers.word.names import whole

MAX_DEPTH = 40  # tables, lists and text boxes inside each other
MAX_PLACES = 200_000  # cells and paragraphs, each as often as the file says that it stands there
MAX_SPACES = 64
_DRAWN = (f"{{{NAMESPACES['draw']}}}", f"{{{NAMESPACES['dr3d']}}}")
_BLOCKS = PARAGRAPHS | names("table:table text:list text:section")
_FIXED = {name("text:tab"): "\t", name("text:line-break"): "\n"}
_ROWS = names("table:table-row")
_OBJECTS = _BLOCKS | names("text:note text:drop-down field:fieldmark")
_PRIVATE = re.compile("([\uf000-\uf0ff]+)")  # how a symbol font's characters are kept; its letters are told as a whole
_SPACES = re.compile("[ \t\r\n]+")


class Walk:
    """Reads the stories of one document (body, headers, notes).

    Afterwards ``notes_met`` holds the footnotes and endnotes in order, and ``hidden`` says whether text was left out
    because the page does not show it. ``shapes`` holds the table in which each line or shape without text is drawn (empty for
    none), ``marks`` the number of tables above each that is no straight line and stands outside of them; ``tables`` is the
    number of tables.
    """

    def __init__(self, styles: Styles, controls: Controls) -> None:
        self.styles = styles
        self.notes_met: list[etree._Element] = []
        self.hidden = False
        self.shapes: list[str] = []
        self.marks: list[int] = []
        self.tables = 0
        self._inside_tables = 0
        self._controls = controls
        self._gaps: dict[etree._Element, etree._Element] = {}
        self._unshown: set[etree._Element] = set()  # where the stretches end that we are in
        self._spent = 0

    def story(self, root: etree._Element) -> list[Block]:
        """Paragraphs and tables of a whole story, in reading order."""
        self._gaps = gaps(root)
        return self.blocks(root)

    def blocks(self, container: etree._Element, depth: int = 0) -> list[Block]:
        """Paragraphs and tables of a section, cell, note or text box, in reading order."""
        return [block for element in container for block in self.block(element, depth)]

    def block(self, element: etree._Element, depth: int, listed: bool = False) -> list[Block]:
        """The paragraphs and tables that one element holds. ``listed``: a paragraph here carries a number or bullet."""
        tag = element.tag
        self.step(element)
        if tag in UNSHOWN:
            return []
        if is_hidden(element):
            self.hidden = self.hidden or holds_text(element)
            return []
        if tag in PARAGRAPHS:
            self._spend(1)
            return ParagraphWalk(self, element, _deeper(depth), listed).line.blocks()
        if tag == name("table:table"):
            self._inside_tables += 1
            table = self._table(element, _deeper(depth))
            self._inside_tables -= 1
            self.tables += bool(table.cells) and not self._inside_tables
            return [table] if table.cells else []
        if tag == name("text:list"):
            return self._list(element, _deeper(depth))
        if tag == name("text:numbered-paragraph"):
            return [block for child in element for block in self.block(child, _deeper(depth), listed=True)]
        if tag == name("draw:control"):
            return Line([Piece.of(run) for run in self.control(element)]).blocks()
        if tag in SHAPES and not (self.in_gap or holds_text(element)):
            self._drawn(element)
        return self.blocks(element, _deeper(depth))

    def _drawn(self, shape: etree._Element) -> None:
        if not self._inside_tables and is_drawn_by_hand(shape):
            self.marks.append(self.tables)
        else:
            self.shapes.append(f"table {self.tables + 1}" if self._inside_tables else "")

    def paragraphs(self, container: etree._Element, depth: int = 0) -> tuple[Paragraph, ...]:
        """The same as paragraphs alone: what stands in a table inside is marked as nested."""
        return flattened(self.blocks(container, depth))

    def control(self, element: etree._Element) -> list[Run]:
        """What the control shows that stands here."""
        return [] if self.in_gap else control_runs(self._controls.get(get(element, "draw:control")))

    @property
    def in_gap(self) -> bool:
        """Whether the page does not show what stands here: the workings of a field, or deleted text."""
        return bool(self._unshown)

    def step(self, element: etree._Element) -> None:
        """Go past an element that may begin or end such a stretch."""
        if element in self._gaps:
            self._unshown.add(self._gaps[element])
        self._unshown.discard(element)

    def _list(self, element: etree._Element, depth: int) -> list[Block]:
        """Only the first paragraph of an item carries its number or bullet; a header of the list carries none."""
        found: list[Block] = []
        for item in element:
            labelled = item.tag == name("text:list-item")
            for child in item:
                found += self.block(child, depth, listed=labelled)
                labelled = labelled and child.tag not in _BLOCKS
        return found

    def _table(self, table: etree._Element, depth: int) -> Table:
        grid = Grid()
        for row in _within(table, _ROWS):
            cells = self._row(row, grid, depth)
            repeats = times(row)
            self._spend((repeats - 1) * sum(1 + len(cell.paragraphs) for cell in cells))
            grid.end_row(cells, repeats)
        return grid.table()

    def _row(self, row: etree._Element, grid: Grid, depth: int) -> list[Cell]:
        """The cells that begin in this row; text in places that a merge swallowed is in the file, and nobody sees it."""
        cells: list[Cell] = []
        column = 0
        for element in _within(row, CELLS):
            repeats = times(element)
            paragraphs = self.paragraphs(element, depth)
            if element.tag == name("table:covered-table-cell"):
                self.hidden = self.hidden or bool(paragraphs)
                column += repeats
                continue
            width = _clamped(get(element, "table:number-columns-spanned"), MAX_COLUMNS)
            height = _clamped(get(element, "table:number-rows-spanned"), MAX_PLACES)
            self._spend(repeats * (width + len(paragraphs)) - len(paragraphs))
            shaded = self.styles.shaded(element)
            for _ in range(repeats):
                column = grid.place(column, width, height)
                cells.append(Cell(grid.rows, column, paragraphs, height, width, shaded=shaded))
                column += 1
        return cells

    def _spend(self, places: int) -> None:
        self._spent += places
        if self._spent > MAX_PLACES:
            raise UnreadableFile("too_large", "far more paragraphs and cells than any form has")


class Inside(NamedTuple):
    """What holds for everything inside the element of a paragraph being walked."""

    depth: int
    says: Says
    look: Look
    mark: Mark = Mark.NONE

    def prompt(self) -> Inside:
        """The same inside a control that shows its prompt."""
        return self._replace(mark=self.mark | Mark.PLACEHOLDER)


class ParagraphWalk:
    """Reads one paragraph into ``line``."""

    def __init__(self, walk: Walk, paragraph: etree._Element, depth: int, listed: bool) -> None:
        self._walk = walk
        self._after_space = True  # white space of the XML counts as one space, and as none where the paragraph begins
        self.line = Line(listed=listed, style=walk.styles.title(paragraph))
        says = walk.styles.of_paragraph(paragraph)
        self._inside(paragraph, Inside(depth, says, look_of(says)))

    def _inside(self, parent: etree._Element, inside: Inside) -> None:
        self._raw(parent.text, inside)
        for element in parent:
            self._walk.step(element)
            self._element(element, inside)
            self._raw(element.tail, inside)

    def _element(self, element: etree._Element, inside: Inside) -> None:
        tag = element.tag
        if tag in UNSHOWN:
            return
        if is_hidden(element) or (_is_object(tag) and inside.look.hidden):
            self._hide(holds_text(element))
        elif tag in _FIXED:
            self._add(_FIXED[tag], inside)
        elif tag == name("text:s"):
            self._add(" " * _clamped(get(element, "text:c"), MAX_SPACES), inside)
        elif tag == name("text:placeholder"):
            self._inside(element, inside.prompt())
        elif tag == name("loext:content-control"):
            self._content_control(element, inside)
        elif _is_object(tag):
            self._object(element, inside)
        elif tag in SPANS:
            says = self._walk.styles.around(element, inside.says)
            self._inside(element, inside._replace(says=says, look=look_of(says)))
        else:
            self._inside(element, inside)

    def _object(self, element: etree._Element, inside: Inside) -> None:
        """What stands in the line as a whole, and what is anchored in it."""
        if element.tag == name("text:note"):
            self._walk.notes_met += [] if self._walk.in_gap else [element]
        elif element.tag == name("draw:control"):
            self._runs(self._walk.control(element), inside)
        elif element.tag == name("field:fieldmark"):
            self._runs(field_runs(element), inside)
        elif element.tag == name("text:drop-down"):
            self._runs([drop_down_run(element)], inside)
        else:
            self.line.boxes += self._walk.block(element, inside.depth)

    def _content_control(self, control: etree._Element, inside: Inside) -> None:
        if is_true(control, "loext:checkbox") and not inside.look.hidden:
            self._runs([Run("", ticked=is_true(control, "loext:checked"))], inside)
            self._add(own_text(control)[1:], inside)  # its first character is the sign of the box
        elif is_unfilled(control):
            self._inside(control, inside.prompt())
        else:
            self._inside(control, inside)

    def _raw(self, text: str | None, inside: Inside) -> None:
        """Text as the XML has it."""
        if not text or self._walk.in_gap:
            return
        text = _SPACES.sub(" ", text)
        self._add(text.removeprefix(" ") if self._after_space else text, inside)
        self._after_space = text.endswith(" ")

    def _add(self, text: str, inside: Inside) -> None:
        self._after_space = False
        look = inside.look
        if look.hidden:
            self._hide(bool(text.strip()))
        elif not self._walk.in_gap:
            mark = inside.mark | look.mark
            for part in _PRIVATE.split(text) if look.font or not text.isascii() else [text]:
                sign = _PRIVATE.fullmatch(part)
                piece = Piece(symbol_signs.shown(part, look.font), mark) if sign else Piece(part, mark, look.font)
                self.line.pieces += [piece] if part else []

    def _runs(self, runs: list[Run], inside: Inside) -> None:
        """What a control shows."""
        self._after_space = False
        if not self._walk.in_gap:
            mark = inside.look.mark | inside.mark
            self.line.pieces += [Piece.of(run, mark) for run in runs if run.text or run.ticked is not None]

    def _hide(self, anything: bool) -> None:
        self._walk.hidden = self._walk.hidden or anything


def _within(parent: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """The elements of these names inside ``parent``, through whatever is wrapped around them."""
    for element in parent:
        if element.tag in wanted:
            yield element
        elif element.tag not in UNSHOWN:
            yield from _within(element, wanted)


def _is_object(tag: str) -> bool:
    return tag in _OBJECTS or tag.startswith(_DRAWN)


def _deeper(depth: int) -> int:
    if depth >= MAX_DEPTH:
        raise UnreadableFile("unsafe", "tables, lists or text boxes stand inside each other without end")
    return depth + 1


def _clamped(text: str, most: int) -> int:
    return min(max(whole(text, 1), 1), most)
