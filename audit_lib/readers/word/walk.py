"""The walk over Word's XML: one pass in reading order, giving paragraphs and tables.

Every element that is not known is walked through, so that text inside something new is read rather than lost. What is
left out on purpose is listed in ``_SKIPPED``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from audit_lib.rawform import Cell, Mark, Paragraph, Run, Table
from audit_lib.readers import symbol_signs
from audit_lib.readers.word.around import Around, TickBox
from audit_lib.readers.word.cells import PLAIN_CELL, clamped, shape_of
from audit_lib.readers.word.colours import style_of_table
from audit_lib.readers.word.names import (
    NOTHING,
    TEXTS,
    child,
    chosen_branch,
    draws_by_field,
    drop_down_choice,
    fields_with_an_end,
    first,
    hexadecimal,
    holds_picture,
    is_drawn_by_hand,
    is_drawn_shape,
    is_unfilled,
    name,
    names,
    said_in,
    switched_on,
)
from audit_lib.readers.word.plain import on_the_page, plain_paragraph, tells
from audit_lib.readers.word.styles import Look, Looks

_SKIPPED = names(
    "w:del w:moveFrom w:rt w:instrText w:delInstrText w:delText"  # deleted; readings above ruby text; workings of fields
    " w:pPr w:rPr w:sdtPr w:sdtEndPr w:tblPr w:tblPrEx w:tblGrid w:trPr w:tcPr w:sectPr m:rPr m:ctrlPr"  # looks
)
_ROWS, _CELLS = names("w:tr"), names("w:tc")
_RUNS = names("w:r m:r")
_P, _TBL, _SDT, _ALTERNATIVES, _FLDCHAR = (
    name("w:p"),
    name("w:tbl"),
    name("w:sdt"),
    name("mc:AlternateContent"),
    name("w:fldChar"),
)
_NOTE_REFERENCES = {name("w:footnoteReference"): "footnotes", name("w:endnoteReference"): "endnotes"}
_FIXED = {
    name("w:tab"): "\t",
    name("w:ptab"): "\t",
    name("w:cr"): "\n",
    name("a:br"): "\n",
    name("w:noBreakHyphen"): "-",
}
_DRAWN = names("w:drawing w:pict")
_PLAIN = Look()
Block = Paragraph | Table


_TOP = Around()


class Walk:
    """Reads the stories of one document (body, notes, headers).

    Afterwards ``notes_met`` holds the footnotes and endnotes referred to, in order, as (name of the part, id), and
    ``hidden`` says whether text was left out because the page does not show it. ``shapes`` holds the places at which a line or
    shape without text is drawn, ``marks`` the number of tables above each that was drawn by hand outside of them, ``pictures``
    the places in tables at which a picture stands, ``controls`` the content controls with text around or in them, each with
    its place, ``lost`` those of letters in the colour of their highlight, ``concealed`` the tables whose style hides letters or may hide
    them. ``tables`` is the number of tables.
    """

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.notes_met: list[tuple[str, str]] = []
        self.hidden = False
        self.shapes: list[str] = []
        self.marks: list[int] = []
        self.pictures: list[str] = []
        self.lost: list[str] = []
        self.concealed: list[str] = []
        self.controls: list[tuple[etree._Element, str]] = []
        self.tables = 0
        self._nested_rows = 0

    def blocks(self, container: etree._Element, around: Around = _TOP) -> list[Block]:
        """Paragraphs and tables of a body, cell, note, header or text box, in reading order.

        Where there is one place for all of it, what stands in tables comes as paragraphs marked as nested.
        """
        found: list[Block] = []
        carried = self._into(found, container, around, None)
        return found + carried.blocks() if carried else found

    def _into(
        self, found: list[Block], container: etree._Element, around: Around, carried: ParagraphWalk | None
    ) -> ParagraphWalk | None:
        """Add the blocks of a container to ``found``, through controls and whatever else is wrapped around them.

        ``carried``, given and given back, is a paragraph whose end was deleted: it goes on in the next.
        """
        for element in container:
            tag = element.tag
            if tag == _P:
                plain = None if carried or around.tick else plain_paragraph(self.looks, element, around)
                if plain is not None:
                    found += plain
                    continue
                paragraph = ParagraphWalk(self, element, around, carried)
                carried = paragraph if paragraph.look.joins_next else None
                if not carried and (paragraph.pieces or paragraph.boxes):
                    found += paragraph.blocks()
            elif tag == _TBL:
                found += carried.blocks() if carried else []
                carried = None
                found += self._table(element, around.deeper())
            elif tag == _SDT:
                self.controls.append((element, around.where))
                carried = self._into(found, element, _inside_control(element, around), carried)
            elif tag == _ALTERNATIVES:
                carried = self._into(found, chosen_branch(element), around, carried)
            elif tag not in _SKIPPED:
                carried = self._into(found, element, around, carried)
        return carried

    def paragraphs(self, container: etree._Element, around: Around) -> tuple[Paragraph, ...]:
        """The blocks of one place: paragraphs alone, in which the rows of tables inside are numbered from 1."""
        found: list[Any] = []
        met = self._nested_rows
        carried = self._into(found, container, around, None)
        found += carried.blocks() if carried else []
        if self._nested_rows == met or around.nested:
            return tuple(found)
        rows: dict[int, int] = {0: 0}
        return tuple(one._replace(nested_row=rows.setdefault(one.nested_row, len(rows))) for one in found)

    def _table(self, table: etree._Element, around: Around) -> list[Block]:
        """The table, unless nothing is in it; its paragraphs where it stands in one place with other things."""
        alone = not around.where
        where = around.where or f"table {self.tables + 1}"
        self.concealed += [where] if self.looks.styles.conceals(style_of_table(table)) else []
        around = around if alone else around._replace(nested=True)
        cells: list[Cell] = []
        growing: dict[int, int] = {}  # column -> which cell goes on growing down through the next row
        number = 0
        for row, inside in _within(table, around, _ROWS):
            said = self.looks.said.get(row, NOTHING)
            if switched_on(said.get(name("w:hidden"))):
                self.hidden = self.hidden or any((text.text or "").strip() for text in row.iter(*TEXTS))
            elif name("w:del") not in said:
                before = clamped(said.get(name("w:gridBefore")), least=0)
                growing = RowWalk(self, cells, growing, where, number, before).read(row, inside)
                number += 1
        if not alone:
            return self._nested(cells)
        self.tables += bool(cells)
        return [Table(tuple(cells), where)] if cells else []

    def _nested(self, cells: list[Cell]) -> list[Block]:
        """The paragraphs of a table inside a cell, with a number for each of its rows."""
        before = self._nested_rows
        self._nested_rows += len({cell.row for cell in cells})
        number = {row: at for at, row in enumerate(dict.fromkeys(cell.row for cell in cells), before + 1)}
        inner = [(one, cell.row) for cell in cells for one in cell.paragraphs]
        return [one if one.nested_row else one._replace(nested_row=number[row]) for one, row in inner]


@dataclass(slots=True)
class RowWalk:
    """Reads one row of a table, adding the cells that begin in it to ``cells``. ``column`` is where its first cell stands."""

    walk: Walk
    cells: list[Cell]
    growing: dict[int, int]
    table: str
    number: int
    column: int

    def read(self, row: etree._Element, around: Around) -> dict[int, int]:
        """Give the cells that may go on in the next row, by their column."""
        said, walk, cells = self.walk.looks.said, self.walk, self.cells
        where = f"{self.table}, row {self.number + 1}"
        still_growing: dict[int, int] = {}
        left: int | None = None  # the cell to the left, which an old-style merge makes wider
        for element, inside in _within(row, around, _CELLS):
            shape = shape_of(said[element]) if element in said else PLAIN_CELL
            if shape.deleted:
                continue
            column, column_where = self.column, f"column {self.column + 1}"
            if not around.where:
                inside = Around(inside.depth, inside.placeholder, inside.tick, f"{where}, {column_where}")
            paragraphs = walk.paragraphs(element, inside)
            self.column += shape.width
            if shape.joins_left and left is not None:
                if cells[left].row == self.number:  # else it was made as wide in the row in which it began
                    cells[left] = cells[left]._replace(column_span=cells[left].column_span + shape.width)
                self._swallow(paragraphs)
            elif shape.joins_above and column in self.growing:
                left = still_growing[column] = self.growing[column]
                cells[left] = cells[left]._replace(row_span=self.number - cells[left].row + 1)
                self._swallow(paragraphs)
            else:
                left = len(cells)
                if shape.grows:
                    still_growing[column] = left
                cells.append(Cell(self.number, column, paragraphs, 1, shape.width, where, column_where, shape.shaded))
        return still_growing

    def _swallow(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Text in a cell that a merge swallowed is in the file, and Word does not show it."""
        self.walk.hidden = self.walk.hidden or bool(paragraphs)


class ParagraphWalk:
    """Reads one paragraph, which goes on from ``before`` where the end of that was deleted."""

    def __init__(
        self, walk: Walk, paragraph: etree._Element, around: Around, before: ParagraphWalk | None = None
    ) -> None:
        self.look = walk.looks.paragraph(paragraph)
        self.pieces: list[symbol_signs.Piece | Run] = before.pieces if before else []
        self.boxes: list[Block] = before.boxes if before else []
        self.looks: list[str] = before.looks if before else []
        self._walk = walk
        self._paragraph = paragraph
        self._around = around
        self._fields: list[str] = []  # the fields we are in: "working" (not shown) or "result"
        self._whole_fields: set[etree._Element] | None = None  # looked for at the first field
        self._inside(paragraph, around, _PLAIN)
        if around.tick:
            self._tick(around.tick, Mark.NONE)

    def blocks(self) -> list[Block]:
        """The paragraph, unless nothing is in it, and the text boxes anchored in it."""
        runs, look, around = symbol_signs.runs_of(self.pieces), self.look, self._around
        for run in runs:
            if run.ticked is not None or run.text.strip():
                looks = "\n".join(self.looks)
                paragraph = Paragraph(runs, around.where, look.listed, around.nested, look.title, around.aside, looks)
                return [paragraph, *self.boxes]
        return self.boxes

    def _inside(self, parent: etree._Element, around: Around, look: Look) -> None:
        for element in parent:
            tag = element.tag
            if tag in TEXTS:
                text = on_the_page(element.text)
                self._text(text, around, look.mark, look.font)
                if look.other not in self.looks and not around.placeholder and tells(look.mark, text):
                    self.looks.append(look.other)
            elif tag in _RUNS:
                self._run(element, around)
            elif tag not in _SKIPPED:
                self._element(element, tag, around, look)

    def _element(self, element: etree._Element, tag: str, around: Around, look: Look) -> None:
        if tag in _FIXED:
            self._text(_FIXED[tag], around, look.mark)
        elif tag == name("w:br"):
            if element.get(name("w:type"), "textWrapping") == "textWrapping":
                self._text("\n", around, look.mark)
        elif tag == name("w:sym"):
            code = hexadecimal(element.get(name("w:char")))
            self._text(symbol_signs.sign(element.get(name("w:font"), ""), code), around, look.mark)
        elif tag == _FLDCHAR:
            self._field(element, look.mark)
        elif tag in _NOTE_REFERENCES:
            self._walk.notes_met.append((_NOTE_REFERENCES[tag], element.get(name("w:id"), "")))
        elif tag == _SDT:
            self._walk.controls.append((element, around.where))
            inside = _inside_control(element, around)
            self._inside(element, inside, look)
            if inside.tick:
                self._tick(inside.tick, look.mark)
        elif tag == name("w:txbxContent"):
            self.boxes += self._walk.blocks(element, around.afresh().deeper())
        elif tag == name("a:p"):
            self.boxes += ParagraphWalk(self._walk, element, around.afresh().deeper()).blocks()
        elif tag == _ALTERNATIVES:
            self._inside(chosen_branch(element), around, look)
        else:
            if tag in _DRAWN:
                self._drawn(element, around)
            self._inside(element, around, look)

    def _drawn(self, drawing: etree._Element, around: Around) -> None:
        """Note what is drawn here and not read."""
        walk = self._walk
        if is_drawn_shape(drawing):
            by_hand = not around.where and is_drawn_by_hand(drawing)
            walk.shapes += [] if by_hand else [around.where]
            walk.marks += [walk.tables] if by_hand else []
        elif around.where and not around.aside and holds_picture(drawing):
            walk.pictures.append(around.where)

    def _run(self, run: etree._Element, around: Around) -> None:
        look = self._walk.looks.run(run, self.look)
        if not look.hidden:
            self._walk.lost += [around.where] if look.lost else []
            self._inside(run, around, look)
            return
        for element in run.iterchildren(_FLDCHAR):
            self._step(element)
        if any((element.text or "").strip() for element in run.iter(*TEXTS)):
            self._walk.hidden = True

    def _text(self, text: str, around: Around, mark: Mark, font: str = "") -> None:
        if self._fields and "working" in self._fields:
            return
        if around.tick and not around.tick.shown and text.strip():
            self._tick(around.tick, mark)
            sign = symbol_signs.boxes(symbol_signs.shown(text.strip()[0], font))[0]
            if sign[1] in (
                None,
                around.tick.ticked,
            ):  # else the page shows another state than the file tells: both stand
                text = text.strip()[1:]
        self.pieces.append((text, mark | Mark.PLACEHOLDER if around.placeholder else mark, font))

    def _tick(self, box: TickBox, mark: Mark) -> None:
        if not box.shown:
            box.shown = True
            self.pieces.append(Run("", mark, box.ticked))

    def _field(self, element: etree._Element, mark: Mark) -> None:
        """A mark of a field. The beginning of an old form field also says what stands in it."""
        if element.get(name("w:fldCharType")) == "begin" and "working" not in self._fields:
            tick_box = child(element, "w:ffData", "w:checkBox")
            if tick_box is not None:
                state = child(tick_box, "w:checked")
                ticked = switched_on(state if state is not None else child(tick_box, "w:default"))
                self.pieces.append(Run("", mark, bool(ticked)))
            entries = child(element, "w:ffData", "w:ddList")
            choice = drop_down_choice(entries) if entries is not None else None
            if choice is not None:
                text, chosen = choice
                self.pieces.append((text, mark, "") if chosen else Run(text, mark | Mark.UNTOUCHED))
        self._step(element)

    def _step(self, element: etree._Element) -> None:
        kind = element.get(name("w:fldCharType"))
        if kind == "begin":
            if self._whole_fields is None:
                self._whole_fields = fields_with_an_end(self._paragraph)
                if draws_by_field(self._paragraph):  # what it shows stands in no text: better a sign that nobody knows
                    self.pieces.append((symbol_signs.UNKNOWN_SIGN, Mark.NONE, ""))
            self._fields.append("working" if element in self._whole_fields else "result")
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()


def _within(parent: etree._Element, around: Around, wanted: frozenset[str]) -> Iterator[tuple[etree._Element, Around]]:
    """The elements of these names inside ``parent``, through controls and whatever else is wrapped around them."""
    for element in parent:
        tag = element.tag
        if tag in wanted:
            yield element, around
        elif tag == _SDT:
            yield from _within(element, _inside_control(element, around), wanted)
        elif tag == _ALTERNATIVES:
            yield from _within(chosen_branch(element), around, wanted)
        elif tag not in _SKIPPED:
            yield from _within(element, around, wanted)


def _inside_control(control: etree._Element, around: Around) -> Around:
    said = said_in(first(control, name("w:sdtPr")))
    inside = around.deeper()
    if name("w14:checkbox") in said:
        state = child(said[name("w14:checkbox")], "w14:checked")
        return inside._replace(tick=TickBox(bool(switched_on(state, name("w14:val")))), placeholder=False)
    return inside._replace(placeholder=True) if is_unfilled(control, said) else inside
