"""The parts of a Word document that a report needs and python-docx does not give: contents, captions with numbers, repeated rows."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.styles.styles import Styles
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from audit_lib.exports.pictures import PER_POINT

Runs = Sequence[tuple[str, bool, bool]]  # words, bold, quiet
WIDTH = Cm(17)
_BLUE, _GREY = RGBColor(0x0B, 0x3C, 0x5D), RGBColor(0x59, 0x59, 0x59)
_HEAD_FILL, _LINE = "E6ECF2", "BFBFBF"
_BOLD = 1  # letters: how much wider a word of a heading can be
_LETTER, _PADDING, _LONG = (
    Cm(0.19),
    Cm(0.45),
    120,
)  # of a cell: a letter, both margins, characters beyond which width no longer grows
_FONT, _SIZE, _SMALL = "Arial", Pt(11), Pt(9)
_MADE = datetime.datetime(2000, 1, 1)


class WordFile:
    """A document with our styles, to which a report is added part by part from top to bottom."""

    def __init__(self, document: Document, *, title: str, subject: str, foot: str) -> None:
        self._document = document
        self._bookmarks = 0
        self._numbers = {"Figure": 0, "Table": 0}
        self._set_up(title, subject, foot)
        self._cell, self._in_column = document.styles["Cell"], document.styles["Column"]

    def saved(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def opening(self, title: str, subtitle: str, marks: Sequence[str], facts: Sequence[tuple[str, str]]) -> None:
        """Title, what it is marked as, and the first facts."""
        self._document.add_paragraph(title, style="Title")
        self._document.add_paragraph(subtitle, style="Subtitle")
        for mark in marks:
            self.paragraph([(mark, True, False)])
        for name, value in facts:
            self.paragraph([(f"{name}: ", True, False), (value, False, False)], style="Fact")

    def contents(self, headings: Sequence[tuple[int, str]]) -> None:
        """A table of contents that Word can bring up to date, filled with links to the headings, for (level, words) in order."""
        self._document.add_paragraph("Contents", style="TOC Heading")
        for at, (level, words) in enumerate(headings, start=1):
            place = self._document.add_paragraph(style=f"TOC {level}")
            if at == 1:
                _field_begins(place, r' TOC \o "1-2" \h \z \u ')
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _bookmark(at))
            place._p.append(link)
            run = place.add_run(words)._r
            link.append(run)
            if at == len(headings):
                _field_ends(place)
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def heading(self, words: str, level: int) -> None:
        """A heading; those of the first two levels can be reached from the contents."""
        place = self._document.add_heading(words, level)
        if level <= 2:
            self._bookmarks += 1
            begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
            for mark in (begin, end):
                mark.set(qn("w:id"), str(self._bookmarks))
            begin.set(qn("w:name"), _bookmark(self._bookmarks))
            place._p.insert(1, begin)
            place._p.append(end)

    def paragraph(self, runs: Runs, style: str | None = None) -> None:
        """A paragraph; nothing where there are no words."""
        if any(words.strip() for words, _, _ in runs):
            _fill(self._document.add_paragraph(style=style), runs)

    def picture(self, png: bytes, told: str, caption: str) -> None:
        """A picture as wide as the page at most, with its alternative text, and its caption below."""
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
        made, wide = self._table(len(rows), width, caption), _widths(rows, width)
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
        self._document.add_paragraph(style="Cell")

    def columns(self, heads: Sequence[str], bodies: Sequence[Sequence[Runs]]) -> None:
        """Lists beside each other under their headings."""
        if not heads:
            return
        made = self._table(2, len(heads), "; ".join(heads))
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
                place.style = self._in_column
            cell.width = wide[0]
        _grid(made, wide)
        self._document.add_paragraph(style="Cell")

    def _table(self, rows: int, columns: int, told: str) -> Table:
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
        _field_begins(place, f" SEQ {kind} \\* ARABIC ")
        place.add_run(str(self._numbers[kind]))
        _field_ends(place)
        place.add_run(f": {words}")
        place.paragraph_format.keep_with_next = above

    def _set_up(self, title: str, subject: str, foot: str) -> None:
        document = self._document
        about = document.core_properties
        about.title, about.subject, about.author, about.language = title, subject, "", "en-GB"
        about.comments, about.keywords, about.last_modified_by, about.revision = "", "", "", 1
        about.created = about.modified = _MADE
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
        place = section.footer.paragraphs[0]
        place.add_run(f"{foot} · page ")
        _field_begins(place, " PAGE ")
        place.add_run("1")
        _field_ends(place)
        _styles(document)


def _styles(document: Document) -> None:
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for fonts in styles.element.iter(qn("w:rFonts")):  # the theme's letters would win over ours
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{name}"), _FONT)
    styles["Normal"].font.name, styles["Normal"].font.size = _FONT, _SIZE
    styles["Normal"].paragraph_format.space_after = Pt(6)
    sizes = {"Title": 26, "Subtitle": 14, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12}
    for name, size in sizes.items():
        style = styles[name]
        style.font.size, style.font.color.rgb, style.font.name, style.font.italic = Pt(size), _BLUE, _FONT, False
    styles["Heading 1"].paragraph_format.page_break_before = False
    caption = styles["Caption"]
    caption.font.size, caption.font.color.rgb, caption.font.bold = _SMALL, _GREY, True
    for name, size, after, based in (
        ("Cell", 9, 2, "Normal"),
        ("Column", 9, 4, "List Bullet"),
        ("Finding", 11, 6, "Normal"),
        ("Fact", 11, 2, "Normal"),
        ("Picture", 11, 2, "Normal"),
        ("TOC Heading", 14, 6, "Normal"),
        ("TOC 1", 11, 3, "Normal"),
        ("TOC 2", 10, 1, "Normal"),
    ):
        style = (
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if name not in [s.name for s in styles] else styles[name]
        )
        style.base_style = styles[based]
        style.font.size, style.font.name = Pt(size), _FONT
        style.paragraph_format.space_after = Pt(after)
    _lines_of_tables(styles)
    styles["Picture"].paragraph_format.keep_with_next = True
    styles["TOC 2"].paragraph_format.left_indent = Cm(0.6)
    styles["TOC Heading"].font.bold, styles["TOC Heading"].font.color.rgb = True, _BLUE


def _lines_of_tables(styles: Styles) -> None:
    borders = styles["Table Grid"].element.find(f".//{qn('w:tblBorders')}")
    for line in borders:
        line.set(qn("w:color"), _LINE)


def _fill(place: Paragraph, runs: Runs) -> None:
    for words, bold, quiet in runs:
        run = place.add_run(words)
        run.bold = bold or None
        if quiet:
            run.font.color.rgb = _GREY
            run.font.size = _SMALL


def _field_begins(place: Paragraph, instruction: str) -> None:
    _mark(place, "begin", dirty=True)
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = instruction
    place.add_run()._r.append(text)
    _mark(place, "separate")


def _field_ends(place: Paragraph) -> None:
    _mark(place, "end")


def _mark(place: Paragraph, kind: str, *, dirty: bool = False) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if dirty:  # Word works it out when it opens the file
        mark.set(qn("w:dirty"), "true")
    place.add_run()._r.append(mark)


def _bookmark(number: int) -> str:
    return f"_Toc{number:06d}"


def _row_property(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shaded(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD_FILL)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _widths(rows: Sequence[Sequence[Runs]], columns: int) -> list[Emu]:
    """The width of each column: room for its longest word, and the rest of the page by how much each has to say."""
    words, texts = [0] * columns, [1] * columns
    for row in rows:
        for at, runs in enumerate(row):
            text = "".join(part for part, _, _ in runs)
            words[at] = max([words[at], *(len(word) + _BOLD for word in text.split())])
            texts[at] = max(texts[at], min(len(text), _LONG))
    least = [min(each * _LETTER, WIDTH // 3) + _PADDING for each in words]
    if sum(least) > WIDTH:
        return [Emu(WIDTH * each // sum(least)) for each in least]
    more = [max(text - word, 0) for text, word in zip(texts, words, strict=True)]
    rest = WIDTH - sum(least)
    wished = [min(each * _LETTER, rest * each // sum(more)) if each else 0 for each in more]
    left = (rest - sum(wished)) // columns
    return [Emu(a + b + left) for a, b in zip(least, wished, strict=True)]


def _grid(table: Table, wide: Sequence[Emu]) -> None:
    for column, width in zip(table.columns, wide, strict=True):
        column.width = width
