"""The parts of a Word document that a report needs and python-docx does not give: contents, captions with numbers, repeated rows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from audit_lib.exports.pictures import PER_POINT
from audit_lib.exports.word_fields import bookmarked, field, field_begins, field_ends, linked
from audit_lib.exports.word_styles import GREY, SMALL, WIDTH, set_up

Runs = Sequence[tuple[str, bool, bool]]  # words, bold, quiet
Pages = Callable[[bytes], list[tuple[str, int]] | None]  # a document -> (words, page) of each heading in order
_HEAD_FILL = "E6ECF2"
_UNKNOWN = "…"
_SHORT = 8  # rows of a table, or items of a list
_LITTLE = 1000  # letters of a short table
_CONTENTS = 28  # lines of contents that fill about half a page
_INTRODUCED = 3  # paragraphs that stay with a heading below them
_PADDING = Cm(0.55)  # of a cell: both margins, and what bold letters need
_THIN = "ijltfrI .,:;()[]'!|-"
_NARROW, _MIDDLE, _WIDE = Cm(0.1), Cm(0.18), Cm(0.25)  # a letter in a cell
_LONG = 120  # characters of a cell beyond which width no longer grows
_UNBROKEN = 14  # such as "29 of 37 (78%)"
_ROOM = Cm(4)  # for long texts


class WordFile:
    """A document with our styles, to which a report is added part by part from top to bottom.

    ``running`` is what stands at the head of each page.
    """

    def __init__(self, *, title: str, subject: str, running: str) -> None:
        self._document = Document()
        self._headings: list[tuple[str, str]] = []  # words, bookmark; no bookmark below the second level
        self._page_numbers: list[tuple[str, _Element]] = []  # bookmark, what is to hold the number of its page
        self._numbered: list[_Element] = []  # the beginnings of fields that show the number of a page
        self._numbers = {"Figure": 0, "Table": 0}
        self._titles: list[tuple[int, str]] = []  # of the contents
        self._level, self._after_heading = 0, False
        self._introduction: list[Paragraph] = []  # since the last heading
        self._table_above: tuple[Table, Paragraph] | None = None  # and the gap below it, until something else follows
        self.together = False  # whether each paragraph stands on one page with what follows
        set_up(self._document, title, subject, running)
        self._cell, self._in_column = self._document.styles["Cell"], self._document.styles["Column"]

    def saved(self, pages: Pages) -> bytes:
        """The file. Where ``pages`` can tell on which page each heading stands, the numbers are filled in; where it can't, Word is told to
        work them out, and asks whoever opens the file whether it may.
        """
        found = pages(self._bytes())
        known: dict[str, int] = {}
        if found is not None and [words for words, _ in found] == [words for words, _ in self._headings]:
            known = {mark: page for (_, mark), (_, page) in zip(self._headings, found, strict=True)}
        for mark, place in self._page_numbers:
            place.text = str(known.get(mark, _UNKNOWN))
        for begin in self._numbered if not known else ():
            begin.set(qn("w:dirty"), "true")
        return self._bytes()

    def _bytes(self) -> bytes:
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def opening(self, title: str, subtitle: str) -> None:
        """The title at the head of the first page."""
        self._document.add_paragraph(title, style="Title")
        self._document.add_paragraph(subtitle, style="Subtitle")

    def titles(self, headings: Sequence[tuple[int, str]]) -> None:
        """Say beforehand which headings of the first two levels there will be, as (level, words) in order."""
        self._titles = list(headings)

    def contents(self) -> None:
        """A table of contents of the titles that Word can bring up to date, each line a link to its heading; long ones begin a page."""
        head = self._document.add_paragraph("Contents", style="TOC Heading").paragraph_format
        head.page_break_before, head.keep_with_next = len(self._titles) > _CONTENTS or None, True
        for at, (level, words) in enumerate(self._titles, start=1):
            place = self._document.add_paragraph(style=f"TOC {level}")
            if at == 1:
                self._numbered.append(field_begins(place, r'TOC \o "1-2" \h \z \u'))
            before = len(place.runs)
            place.add_run(f"{words}\t")
            self._page_of(place, _bookmark(at))
            linked(place, _bookmark(at), before)
            if at == len(self._titles):
                field_ends(place)
        self._introduction, self._table_above, self._after_heading = [], None, False

    def heading(self, words: str, level: int, *, new_page: bool = False) -> None:
        """A heading; those of the first two levels can be reached from the contents. One that would leave out a level is a bold line."""
        if level > self._level and len(self._introduction) <= _INTRODUCED:
            for above in self._introduction:
                above.paragraph_format.keep_with_next = True
        self._introduction, self._table_above = [], None
        if level > self._level + 1:
            self.paragraph([(words, True, False)], together=True)
            return
        self._level = level
        place = self._document.add_heading(words, level)
        place.paragraph_format.page_break_before = new_page or None
        mark = ""
        if level <= 2:
            number = 1 + sum(bool(mark) for _, mark in self._headings)
            mark = _bookmark(number)
            bookmarked(place, mark, number)
        self._headings.append((words, mark))
        self._after_heading = True

    def references(self, words: str, numbers: Sequence[int]) -> None:
        """A sentence that leads to headings by their numbers in the contents, with the page of each."""
        place = self._document.add_paragraph(words)
        for at, number in enumerate(numbers):
            mark = _bookmark(number)
            place.add_run("; “" if at else "“")
            field(place, rf"REF {mark} \h", self._titles[number - 1][1])
            place.add_run("”, page ")
            self._numbered.append(self._page_of(place, mark))
        place.add_run(".")

    def _page_of(self, place: Paragraph, mark: str) -> _Element:
        """The number of the page on which a bookmark stands; gives where its field begins."""
        begin, result = field(place, rf"PAGEREF {mark} \h", _UNKNOWN)
        self._page_numbers.append((mark, result))
        return begin

    def paragraph(self, runs: Runs, style: str | None = None, *, together: bool = False) -> None:
        """A paragraph, ``together`` with what follows; nothing where there are no words. A note stays with the table above it."""
        if any(words.strip() for words, _, _ in runs):
            if self._table_above and all(quiet for _, _, quiet in runs):
                table, gap = self._table_above
                _keep_with_next([*_paragraphs(table.rows[-1]), gap])
            place = self._document.add_paragraph(style=style)
            place.paragraph_format.keep_with_next = together or self._after_heading or self.together or None
            self._after_heading, self._table_above = False, None
            self._introduction.append(place)
            _fill(place, runs)

    def bullets(self, items: Sequence[Runs], style: str = "List Bullet") -> None:
        """A list. A short one stays on one page, and of a longer one no item stands alone on a page."""
        for at, runs in enumerate(items):
            self.paragraph(runs, style, together=_stays(at, len(items)))

    def picture(self, png: bytes, told: str, caption: str) -> None:
        """A picture as wide as the page at most, with its alternative text, and its caption below."""
        self._introduction, self._table_above = [], None
        place = self._document.add_paragraph(style="Picture")
        shape = place.add_run().add_picture(io.BytesIO(png))
        wide = min(Emu(shape.width // PER_POINT), WIDTH)  # a dot counts as a point where the picture does not say
        shape.width, shape.height = wide, Emu(shape.height * wide // shape.width)
        described = shape._inline.docPr
        described.set("descr", told)
        described.set("name", f"Figure {self._numbers['Figure'] + 1}")
        self._caption("Figure", caption)

    def table(self, caption: str, rows: Sequence[Sequence[Runs]], *, head: int, numbers: Sequence[bool]) -> None:
        """A table below its caption. The first ``head`` rows stand again on each page; no row is cut in two; ``numbers`` are the columns
        whose cells go to the right.
        """
        if not rows:
            return
        self._caption("Table", caption, above=True)
        width = max(len(row) for row in rows)
        made, wide = self._table(len(rows), width, caption), _widths(rows, width, numbers)
        for at, (place, cells) in enumerate(zip(made.rows, rows, strict=True)):
            _row_property(place, "w:cantSplit")
            if at < head:
                _row_property(place, "w:tblHeader")
            for column, (cell, runs) in enumerate(zip(place.cells, cells, strict=False)):
                if at < head:
                    _shaded(cell)
                inside = cell.paragraphs[0]
                _fill(inside, [(words, bold or at < head, quiet) for words, bold, quiet in runs])
                inside.style = self._cell
                cell.width = wide[column]
                if column < len(numbers) and numbers[column]:
                    inside.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _grid(made, wide)
        _kept_together(made, head)
        self._table_above = made, self._document.add_paragraph(style="Cell")

    def columns(self, heads: Sequence[str], bodies: Sequence[Sequence[Runs]]) -> None:
        """Lists beside each other under their headings."""
        if not heads:
            return
        made = self._table(2, len(heads), "; ".join(heads))
        for place in made.rows:
            _row_property(place, "w:cantSplit")
        _row_property(made.rows[0], "w:tblHeader")
        wide = [Emu(WIDTH // len(heads))] * len(heads)
        for cell, words in zip(made.rows[0].cells, heads, strict=True):
            _shaded(cell)
            _fill(cell.paragraphs[0], [(words, True, False)])
            cell.paragraphs[0].style, cell.width = self._cell, wide[0]
        for cell, items in zip(made.rows[1].cells, bodies, strict=True):
            places = [cell.paragraphs[0], *(cell.add_paragraph() for _ in items[1:])]
            for place, runs in zip(places, items, strict=False):
                _fill(place, runs)
                place.style = self._cell if all(quiet for _, _, quiet in runs) else self._in_column
            cell.width = wide[0]
        _grid(made, wide)
        _kept_together(made, 1)
        self._table_above = made, self._document.add_paragraph(style="Cell")

    def _table(self, rows: int, columns: int, told: str) -> Table:
        self._introduction = []
        made: Table = self._document.add_table(rows, columns, style="Table Grid")
        made.autofit = False
        title = OxmlElement("w:tblCaption")
        title.set(qn("w:val"), told)
        made._tbl.tblPr.append(title)
        return made

    def _caption(self, kind: str, words: str, *, above: bool = False) -> None:
        self._numbers[kind] += 1
        place = self._document.add_paragraph(style="Caption")
        place.add_run(f"{kind} ")
        field(place, rf"SEQ {kind} \* ARABIC", str(self._numbers[kind]))
        place.add_run(f": {words}")
        place.paragraph_format.keep_with_next = above


def _fill(place: Paragraph, runs: Runs) -> None:
    for words, bold, quiet in runs:
        run = place.add_run(words)
        run.bold = bold or None
        if quiet:
            run.font.color.rgb = GREY
            run.font.size = SMALL


def _bookmark(number: int) -> str:
    return f"_Toc{number:06d}"


def _row_property(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shaded(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD_FILL)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _kept_together(table: Table, head: int) -> None:
    """Keep a short table on one page, and of a longer one no row alone on a page."""
    rows = [_paragraphs(row) for row in table.rows]
    little = sum(len(place.text) for row in rows for place in row) <= _LITTLE
    for at, row in enumerate(rows):
        if _stays(at, len(rows), head, little=little):
            _keep_with_next(row)


def _stays(at: int, number: int, head: int = 0, *, little: bool = True) -> bool:
    """Whether the one at a place stands on one page with the next, of a ``number`` of rows or items that have a ``head``; all of them do
    where they are few and say ``little``.
    """
    return at < number - 1 and ((little and number <= _SHORT) or at <= head or at == number - 2)


def _paragraphs(row: _Row) -> list[Paragraph]:
    return [inside for cell in row.cells for inside in cell.paragraphs]


def _keep_with_next(places: Iterable[Paragraph]) -> None:
    for place in places:
        place.paragraph_format.keep_with_next = True


def _widths(rows: Sequence[Sequence[Runs]], columns: int, numbers: Sequence[bool]) -> list[Emu]:
    """The width of each column: room for what should not be broken, and the rest of the page by how much each has to say.

    What is short is not broken at all where the page has room for it, and nothing within a word. Numbers get no more than they need for
    their heading in about three lines.
    """
    texts = [["".join(part for part, _, _ in row[at]) for row in rows if at < len(row)] for at in range(columns)]
    said = [max((_long(text[:_LONG]) for text in each), default=0) for each in texts]
    counted = [*numbers, *[False] * (columns - len(numbers))]
    for unbroken in (_UNBROKEN, 0):
        longest = [
            max(
                (_long(word) for text in each for word in ([text] if len(text) <= unbroken else text.split())),
                default=0,
            )
            for each in texts
        ]
        longest = [
            max(word, all_of // 3 if number else 0) for word, all_of, number in zip(longest, said, counted, strict=True)
        ]
        least = [Emu(min(each, WIDTH // 3) + _PADDING) for each in longest]
        if sum(least) + (_ROOM if max(said) > WIDTH // 3 else 0) <= WIDTH:
            break
    if sum(least) > WIDTH:
        return [Emu(WIDTH * each // sum(least)) for each in least]
    more = [0 if number else max(all_of - word, 0) for all_of, word, number in zip(said, longest, counted, strict=True)]
    rest = WIDTH - sum(least)
    wished = [min(each, rest * each // sum(more)) if each else 0 for each in more]
    left = (rest - sum(wished)) // columns
    return [Emu(a + b + left) for a, b in zip(least, wished, strict=True)]


def _long(text: str) -> int:
    """How long a text is in one line of a cell, about: letters of Arial are narrow, of middle width or wide."""
    return sum(
        _NARROW if letter in _THIN else _WIDE if letter.isupper() or letter in "mw%" else _MIDDLE for letter in text
    )


def _grid(table: Table, wide: Sequence[Emu]) -> None:
    for column, width in zip(table.columns, wide, strict=True):
        column.width = width
