"""The walk over Word's XML: one pass in reading order, giving paragraphs and tables without their places.

Every element that is not known is walked through, so that text inside something new is read rather than lost. What is
left out on purpose is listed in ``_SKIPPED``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Cell, Mark, Paragraph, Run, Table
from audit_lib.readers import word_signs
from audit_lib.readers.word_names import (
    VAL,
    child,
    drop_down_choice,
    is_checkbox,
    name,
    names,
    switched_on,
    value,
    whole,
)
from audit_lib.readers.word_styles import Look, Styles, shaded

MAX_DEPTH = 40  # tables, controls and text boxes inside each other
MAX_COLUMNS = 63  # Word's own limit for one table
_SKIPPED = names(
    "w:del w:moveFrom w:rt w:instrText w:delInstrText w:delText"  # deleted; readings above ruby text; workings of fields
    " w:pPr w:rPr w:sdtPr w:sdtEndPr w:tblPr w:tblPrEx w:tblGrid w:trPr w:tcPr w:sectPr m:rPr m:ctrlPr"  # looks
)
_BLOCKS, _ROWS, _CELLS = names("w:p w:tbl"), names("w:tr"), names("w:tc")
_RUNS, _TEXTS = names("w:r m:r"), names("w:t m:t a:t")
_NOTE_REFERENCES = names("w:footnoteReference w:endnoteReference")
_BRANCHES = names("mc:Choice mc:Fallback")
_FIXED = {
    name("w:tab"): "\t",
    name("w:ptab"): "\t",
    name("w:cr"): "\n",
    name("a:br"): "\n",
    name("w:noBreakHyphen"): "-",
}
_XML_SPACE = str.maketrans("\r\n\t", "   ")  # a line break of the XML is a space on the page
Block = Paragraph | Table


@dataclass
class TickBox:
    """A tick box whose sign is still to come."""

    ticked: bool
    shown: bool = False


@dataclass(frozen=True)
class Around:
    """What holds for everything inside the element being walked."""

    depth: int = 0
    placeholder: bool = False
    tick: TickBox | None = None

    def deeper(self) -> Around:
        """One container further in. Raises :class:`UnreadableFile` (``unsafe``) beyond any sensible depth."""
        if self.depth >= MAX_DEPTH:
            raise UnreadableFile("unsafe", "tables or controls stand inside each other without end")
        return replace(self, depth=self.depth + 1)


_TOP = Around()


@dataclass
class Line:
    """A paragraph in the making: ``boxes`` are the text boxes anchored in it, which follow it."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    listed: bool = False
    style: str = ""

    def blocks(self) -> list[Block]:
        """The paragraph, unless nothing is in it, and what follows it."""
        runs = _joined(self.runs)
        if not any(run.text.strip() or run.ticked is not None for run in runs):
            return self.boxes
        return [Paragraph(tuple(runs), listed=self.listed, style=self.style), *self.boxes]


class Walk:
    """Reads the stories of one document (body, notes, headers).

    Afterwards ``notes_met`` holds the footnotes and endnotes referred to, in order, as (name of the part, id), and
    ``hidden`` says whether text was left out because the page does not show it.
    """

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.notes_met: list[tuple[str, str]] = []
        self.hidden = False

    def blocks(self, container: etree._Element, around: Around = _TOP) -> list[Block]:
        """Paragraphs and tables of a body, cell, note, header or text box, in reading order."""
        found: list[Block] = []
        carried: Line | None = None  # a paragraph whose end was deleted: it goes on in the next
        for element, inside in _within(container, around, _BLOCKS):
            if element.tag == name("w:tbl"):
                found += carried.blocks() if carried else []
                carried = None
                table = self._table(element, inside.deeper())
                found += [table] if table.cells else []
                continue
            line = ParagraphWalk(self, element, inside).line
            if carried:
                line.runs, line.boxes = carried.runs + line.runs, carried.boxes + line.boxes
            carried = line if _end_is_deleted(element) else None
            found += [] if carried else line.blocks()
        return found + (carried.blocks() if carried else [])

    def paragraphs(self, container: etree._Element, around: Around = _TOP) -> tuple[Paragraph, ...]:
        """The same as paragraphs alone: what stands in a table inside is marked as nested."""
        found: list[Paragraph] = []
        for block in self.blocks(container, around):
            if isinstance(block, Paragraph):
                found.append(block)
            else:
                found += [replace(paragraph, nested=True) for cell in block.cells for paragraph in cell.paragraphs]
        return tuple(found)

    def _table(self, table: etree._Element, around: Around) -> Table:
        cells: list[Cell] = []
        growing: dict[int, int] = {}  # column -> which cell goes on growing down through the next row
        row_number = 0
        for row, inside in _within(table, around, _ROWS):
            if child(row, "w:trPr", "w:del") is not None:
                continue
            growing = self._row(row, inside, row_number, cells, growing)
            row_number += 1
        return Table(tuple(cells))

    def _row(
        self, row: etree._Element, around: Around, number: int, cells: list[Cell], growing: dict[int, int]
    ) -> dict[int, int]:
        """Add the cells that begin in this row to ``cells``; give the cells that may go on in the next."""
        column = _clamped(value(row, "w:trPr", "w:gridBefore"), least=0)
        still_growing: dict[int, int] = {}
        left: int | None = None  # the cell to the left, which an old-style merge makes wider
        for element, inside in _within(row, around, _CELLS):
            properties = child(element, "w:tcPr")
            if child(properties, "w:cellDel") is not None:
                continue
            span = _clamped(value(properties, "w:gridSpan"), least=1)
            paragraphs = self.paragraphs(element, inside)
            if _goes_on(properties, "w:hMerge") and left is not None:
                if cells[left].row == number:  # else it was made as wide in the row in which it began
                    cells[left] = replace(cells[left], column_span=cells[left].column_span + span)
                self._swallow(paragraphs)
            elif _goes_on(properties, "w:vMerge") and column in growing:
                above = growing[column]
                cells[above] = replace(cells[above], row_span=number - cells[above].row + 1)
                still_growing[column] = above
                left = above
                self._swallow(paragraphs)
            else:
                left = len(cells)
                cells.append(Cell(number, column, paragraphs, column_span=span))
                if child(properties, "w:vMerge") is not None:
                    still_growing[column] = left
            column += span
        return still_growing

    def _swallow(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Text in a cell that a merge swallowed is in the file, and Word does not show it."""
        self.hidden = self.hidden or bool(paragraphs)


class ParagraphWalk:
    """Reads one paragraph into ``line``."""

    def __init__(self, walk: Walk, paragraph: etree._Element, around: Around) -> None:
        self._walk = walk
        self._style = walk.styles.paragraph_style(paragraph)
        self._shade = Mark.HIGHLIGHTED if shaded(child(paragraph, "w:pPr")) else Mark.NONE
        self._whole_fields = _fields_with_an_end(paragraph)
        self._fields: list[str] = []  # the fields we are in: "working" (not shown) or "result"
        self.line = Line(listed=walk.styles.listed(paragraph), style=walk.styles.title(self._style))
        self._inside(paragraph, around, Look())
        if around.tick:
            self._tick(around.tick, Look())

    def _inside(self, parent: etree._Element, around: Around, look: Look) -> None:
        for element in parent:
            if element.tag not in _SKIPPED:
                self._element(element, around, look)

    def _element(self, element: etree._Element, around: Around, look: Look) -> None:
        tag = element.tag
        if tag in _RUNS:
            self._run(element, around)
        elif tag in _TEXTS:
            text = (element.text or "").translate(_XML_SPACE)
            self._text(word_signs.shown(text, look.font), around, look)
        elif tag in _FIXED:
            self._text(_FIXED[tag], around, look)
        elif tag == name("w:br"):
            if element.get(name("w:type"), "textWrapping") == "textWrapping":
                self._text("\n", around, look)
        elif tag == name("w:sym"):
            code = _hexadecimal(element.get(name("w:char")))
            self._text(word_signs.sign(element.get(name("w:font"), ""), code), around, look)
        elif tag == name("w:fldChar"):
            self._field(element, look)
        elif tag in _NOTE_REFERENCES:
            part = "footnotes" if tag == name("w:footnoteReference") else "endnotes"
            self._walk.notes_met.append((part, element.get(name("w:id"), "")))
        elif tag == name("w:sdt"):
            self._control(element, around, look)
        elif tag == name("w:txbxContent"):
            self.line.boxes += self._walk.blocks(element, Around(around.depth).deeper())
        elif tag == name("a:p"):
            self.line.boxes += ParagraphWalk(self._walk, element, Around(around.depth)).line.blocks()
        elif tag == name("mc:AlternateContent"):
            self._inside(chosen_branch(element), around, look)
        else:
            self._inside(element, around, look)

    def _run(self, run: etree._Element, around: Around) -> None:
        look = self._walk.styles.look(run, self._style)
        if not look.hidden:
            self._inside(run, around, replace(look, mark=look.mark | self._shade))
            return
        for element in run.iterchildren(name("w:fldChar")):
            self._step(element)
        if any((element.text or "").strip() for element in run.iter(*_TEXTS)):
            self._walk.hidden = True

    def _text(self, text: str, around: Around, look: Look) -> None:
        if "working" in self._fields:
            return
        if around.tick and not around.tick.shown and text.strip():
            self._tick(around.tick, look)
            text = text.strip()[1:]
        mark = look.mark | (Mark.PLACEHOLDER if around.placeholder else Mark.NONE)
        self.line.runs += [Run(part, mark, ticked) for part, ticked in word_signs.boxes(text)]

    def _tick(self, box: TickBox, look: Look) -> None:
        if not box.shown:
            box.shown = True
            self.line.runs.append(Run("", look.mark, box.ticked))

    def _control(self, control: etree._Element, around: Around, look: Look) -> None:
        inside = _inside_control(control, around)
        self._inside(control, inside, look)
        if inside.tick:
            self._tick(inside.tick, look)

    def _field(self, element: etree._Element, look: Look) -> None:
        """A mark of a field. The beginning of an old form field also says what stands in it."""
        if element.get(name("w:fldCharType")) == "begin" and "working" not in self._fields:
            tick_box = child(element, "w:ffData", "w:checkBox")
            if tick_box is not None:
                state = child(tick_box, "w:checked")
                ticked = switched_on(state if state is not None else child(tick_box, "w:default"))
                self.line.runs.append(Run("", look.mark, bool(ticked)))
            entries = child(element, "w:ffData", "w:ddList")
            choice = drop_down_choice(entries) if entries is not None else None
            if choice is not None:
                text, chosen = choice
                self.line.runs.append(Run(text, look.mark | (Mark.NONE if chosen else Mark.UNTOUCHED)))
        self._step(element)

    def _step(self, element: etree._Element) -> None:
        kind = element.get(name("w:fldCharType"))
        if kind == "begin":
            self._fields.append("working" if element in self._whole_fields else "result")
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()


def chosen_branch(alternatives: etree._Element) -> etree._Element:
    """One of the branches of ``mc:AlternateContent``, which say the same for newer and older programs.

    The first in which text stands: what only a program that we do not know can show is no use to us.
    """
    branches = [element for element in alternatives if element.tag in _BRANCHES]
    with_text = (
        branch for branch in branches if next(branch.iter(*_TEXTS, name("w:sym"), name("w:fldChar")), None) is not None
    )
    return next(with_text, branches[0] if branches else alternatives)


def _within(parent: etree._Element, around: Around, wanted: frozenset[str]) -> Iterator[tuple[etree._Element, Around]]:
    """The elements of these names inside ``parent``, through controls and whatever else is wrapped around them."""
    for element in parent:
        if element.tag in wanted:
            yield element, around
        elif element.tag == name("w:sdt"):
            yield from _within(element, _inside_control(element, around), wanted)
        elif element.tag == name("mc:AlternateContent"):
            yield from _within(chosen_branch(element), around, wanted)
        elif element.tag not in _SKIPPED:
            yield from _within(element, around, wanted)


def _inside_control(control: etree._Element, around: Around) -> Around:
    inside = replace(around.deeper(), placeholder=around.placeholder or _is_unfilled(control))
    if not is_checkbox(control):
        return inside
    state = child(control, "w:sdtPr", "w14:checkbox", "w14:checked")
    return replace(inside, tick=TickBox(bool(switched_on(state, name("w14:val")))), placeholder=False)


def _is_unfilled(control: etree._Element) -> bool:
    """Whether a content control shows its prompt: by its own flag, or because a drop-down shows the entry without value."""
    properties = child(control, "w:sdtPr")
    if switched_on(child(properties, "w:showingPlcHdr")):
        return True
    for kind in ("w:dropDownList", "w:comboBox"):
        entries = [] if (choices := child(properties, kind)) is None else choices.findall(name("w:listItem"))
        prompts = {entry.get(name("w:displayText")) for entry in entries if entry.get(name("w:value")) == ""}
        if prompts and "".join(text.text or "" for text in control.iter(name("w:t"))) in prompts:
            return True
    return False


def _fields_with_an_end(paragraph: etree._Element) -> set[etree._Element]:
    """The beginnings of fields whose workings end in this paragraph; a field that never ends must not swallow the text."""
    complete: set[etree._Element] = set()
    begun: list[etree._Element] = []
    for element in paragraph.iter(name("w:fldChar")):
        kind = element.get(name("w:fldCharType"))
        if kind == "begin":
            begun.append(element)
        elif begun:
            complete.add(begun[-1])
            if kind == "end":
                begun.pop()
    return complete


def _end_is_deleted(paragraph: etree._Element) -> bool:
    mark = child(paragraph, "w:pPr", "w:rPr")
    return child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None


def _goes_on(properties: etree._Element | None, merge: str) -> bool:
    """Whether a cell goes on with the one above or to the left. ``w:vMerge`` without a value means that it does."""
    element = child(properties, merge)
    return element is not None and element.get(VAL, "continue") == "continue"


def _clamped(text: str | None, least: int) -> int:
    return min(max(whole(text, least), least), MAX_COLUMNS)


def _hexadecimal(text: str | None) -> int:
    try:
        return int((text or "")[:8], 16)
    except ValueError:
        return 0


def _joined(runs: list[Run]) -> list[Run]:
    """Neighbours with the same state become one run; Word cuts a word in two at every edit."""
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        alike = before is not None and before.ticked is None and run.ticked is None and before.mark == run.mark
        if before is not None and alike and Mark.UNTOUCHED not in run.mark:
            joined[-1] = replace(before, text=before.text + run.text)
        elif run.text or run.ticked is not None:
            joined.append(run)
    return joined
