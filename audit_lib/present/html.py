"""The one place where text becomes HTML.

Everything is put into Jinja templates with automatic escaping; nothing from a form is ever taken as markup, Markdown or
a formula. The templates use classes without styles: how they look is the business of the report template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from audit_lib.text import clean, slug


@dataclass(frozen=True)
class Block:
    """A piece of a report. ``markup`` is finished HTML, ``text`` says in a few words what it is."""

    markup: Markup
    text: str

    def __html__(self) -> str:
        return str(self.markup)

    def _repr_html_(self) -> str:
        return str(self.markup)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": str(self.markup), "text/plain": self.text}


@dataclass(frozen=True)
class Number:
    """A table cell that holds a number or a share, set to the right. ``link`` is the id of what it counts, where that stands in the page;
    ``said`` what the link leads to, in words. A number of comments names their subject (``about``, its place in the list of subjects) and
    their ``columns`` (none: all), by which the page finds every one of them.
    """

    text: str
    link: str = ""
    said: str = ""
    about: int | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Badge:
    """A word with a status, such as "reproduced"; ``status`` is one of the words that the report template styles."""

    text: str
    status: str


@dataclass(frozen=True)
class Detailed:
    """A table cell with a second, quieter line, such as the id below the name of a return."""

    text: str
    detail: str


@dataclass(frozen=True)
class Lines:
    """A table cell with several texts, one below the other, each with its quieter words."""

    lines: tuple[Detailed, ...]

    @property
    def text(self) -> str:
        """The longest of its texts, from which the width of the column follows."""
        return max((line.text for line in self.lines), key=len, default="")


Cell = str | Number | Badge | Detailed | Lines
QUOTED_FIGURES = "quoted-figures"
ON_SCREEN = "screen"
PAPER_FIRST = "paper-first"  # in front of the report on paper for a board
Paper = Literal["", "here", "appendix"]
_LONG, _SHORT = 28, 12
_TOLD = 9  # columns of which the head of a table says what they hold; a cell further to the right says it itself
_COLUMN = {"long": "t", "": "t", "short": "s"}  # text that may be broken into lines, and text that stays on one


@dataclass(frozen=True)
class Table:
    """A table for reading: ``caption``, one heading for each column, rows of which the first cell names the row.

    Where ``alike``, rows that differ in their names alone may be put together on paper.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    alike: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """What each column holds, from which its width follows: ``n`` numbers, ``long`` or ``short`` text, or neither.

        The page says it once for each of the first columns, and for no cell with a number: tables hold thousands.
        """
        return tuple(_kind([row[place] for row in self.rows]) for place in range(len(self.headings)))

    def without_empty(self, blank: str) -> Table:
        """The same table without the columns, other than the first, that hold nothing but ``blank``."""
        kept = [
            n
            for n in range(len(self.headings))
            if not n or any(row[n] not in (blank, Number(blank)) for row in self.rows)
        ]
        rows = tuple(tuple(row[n] for n in kept) for row in self.rows)
        return Table(self.caption, tuple(self.headings[n] for n in kept), rows, self.alike)


def _kind(cells: Sequence[Cell]) -> str:
    if cells and all(isinstance(cell, Number) for cell in cells):
        return "n"
    longest = max((len(cell if isinstance(cell, str) else cell.text) for cell in cells), default=0)
    return "long" if longest > _LONG else "short" if longest <= _SHORT else ""


def render(template: str, text: str, **content: object) -> Block:
    """A block from one of the templates in this package. Every attribute in them stands in double quotes, so that an apostrophe can
    stand as it is.
    """
    written = _environment().get_template(f"{template}.html").render(**content).strip()
    return Block(Markup(written.replace("&#39;", "'")), text)  # noqa: S704


def show(*blocks: Block) -> Block:
    """Several blocks, one below the other."""
    return Block(Markup("\n").join(block.markup for block in blocks), "; ".join(block.text for block in blocks))


def quoting(block: Block) -> Block:
    """A block that quotes figures which may be wrong. Its class marks it, so that nobody takes them for figures of the report."""
    return Block(Markup('<div class="{}">\n{}\n</div>').format(QUOTED_FIGURES, block.markup), block.text)


def findings(*sentences: str) -> Block:
    """Sentences that say what was found, each a paragraph of its own."""
    plain = (each.striptags() if isinstance(each, Markup) else each for each in sentences)
    return render("paragraphs", " ".join(plain), style="finding", sentences=sentences)


def note(*sentences: str) -> Block:
    """Sentences that say how to read something, or that there is nothing to show."""
    return render("paragraphs", " ".join(sentences), style="note", sentences=sentences)


def nothing(sentence: str) -> Block:
    """Why a part of a report has nothing to show; where a part holds nothing else, the page tells it in a list near its end."""
    return render("paragraphs", sentence, style="note nothing", sentences=(sentence,))


def heading(text: str, level: int = 3, anchor: str = "") -> Block:
    """A heading that comes from the data, such as the name of a case; ``anchor`` prefixes its id."""
    return render("heading", text, heading=text, level=level, id=slug(f"{anchor} {text}"))


def table(content: Table, anchor: str = "") -> Block:
    """An accessible table that scrolls sideways where the page is narrow; ``anchor`` is an id for links to it."""
    kinds = content.kinds
    columns = [f"{_COLUMN[kind]}{place}" for place, kind in enumerate(kinds[:_TOLD], 1) if place > 1 and kind != "n"]
    return render("table", content.caption, table=content, kinds=kinds, columns=columns, told=_TOLD, anchor=anchor)


def on_screen(block: Block) -> Block:
    """A block that the page shows and the report on paper for a board leaves out: what only those need who work with the data."""
    return Block(Markup('<div class="{}">\n{}\n</div>').format(ON_SCREEN, block.markup), block.text)


def folded(summary: str, *blocks: Block, working: bool = False, paper: Paper = "") -> Block:
    """Blocks behind a line that opens them; no script is needed. ``working`` is what only those need who settle values. ``paper`` is where
    they stand in the report on paper for a board: nowhere, ``here`` or in its ``appendix``.
    """
    return render("folded", summary, summary=summary, blocks=blocks, working=working, paper=paper)


def definitions(name: str, items: Sequence[tuple[str, str]], style: str = "") -> Block:
    """Terms, each with what is said about it."""
    return render("definitions", name, items=items, style=style)


def bullets(name: str, items: Sequence[tuple[str, str]], anchor: str = "") -> Block:
    """A list of comments: each a text and where it comes from (which may be empty); ``anchor`` is an id for links to it."""
    return render("bullets", name, items=items, anchor=anchor)


def spoken(name: str, column: str, items: Sequence[tuple[str, tuple[str, str, str], Sequence[int]]]) -> Block:
    """The comments of a column, which the page can put together in other ways: each a text, its case, agency and question (or ""), and the
    places of its subjects in the list of subjects.
    """
    return render("spoken", name, items=items, column=column)


def chart(
    svg: Markup, caption: str, data: Table, anchor: str = "", *, narrow: Markup | None = None, strips: bool = False
) -> Block:
    """A drawing with its caption, and its figures as a table behind it, to which ``anchor`` leads.

    A narrow screen shows ``narrow`` in its place, or nothing where strips of what it shows follow (``strips``).
    """
    figures = folded("Show the figures as a table", table(data, anchor))
    return render("chart", caption, svg=svg, caption=caption, data=figures, narrow=narrow, strips=strips)


def drawn(svg: Markup, caption: str) -> Block:
    """A drawing with its caption, whose figures stand in a table beside it."""
    return render("chart", caption, svg=svg, caption=caption, data=None, narrow=None, strips=False)


def side_by_side(*blocks: Block) -> Block:
    """Small drawings, as many in a row as there is room for."""
    return Block(Markup('<div class="small">\n{}\n</div>').format(show(*blocks).markup), show(*blocks).text)


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.tests["badge"] = lambda cell: isinstance(cell, Badge)
    environment.tests["lines"] = lambda cell: isinstance(cell, Lines)
    environment.tests["detailed"] = lambda cell: isinstance(cell, Detailed)
    return environment


def _finalize(value: object) -> object:
    """Plain text without control and direction characters, which could make a line read otherwise than it is."""
    return clean(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
