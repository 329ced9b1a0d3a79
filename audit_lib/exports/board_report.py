"""A report as a Word document that a board can be sent: what matters most in front, then contents, then the parts of the report.

It is made from the finished page and not from the tables, so that the two can't say different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import html
from lxml.html import HtmlElement

from audit_lib.exports.archive import without_times
from audit_lib.exports.for_paper import Part, in_front, parts_on_paper, words
from audit_lib.exports.paging import heading_pages
from audit_lib.exports.pictures import png_of
from audit_lib.exports.word_parts import Pages, Runs, WordFile
from audit_lib.present.html import ON_SCREEN

_BELOW = ("h2", "h3", "h4", "h5", "h6")  # headings within a part
_SPACE = re.compile(r"\s+")
_APPENDIX = "Appendix: comments in the words of the forms"
_MORE = (
    "The report as a web page holds more than this document: for each figure who gave which answer, and where in the form it stands; the "
    "figures of each chart as a table; each percentage with its likely range; the comments by subject; the questions of the tool; and what "
    "the checks of the forms found."
)
_MANY, _BETWEEN = 3, [("; ", False, False)]  # rows, from which on they stand together
_EACH = [("Each of: ", False, False)]  # or a count would read as that of all of them together
_SHORT_FACTS = 200  # characters that stand in one line or two


def to_docx(page: str, pages: Pages = heading_pages) -> bytes:
    """The Word document of a finished report page; ``pages`` tells on which page each heading stands.

    Headings, contents, lists, tables with a repeated first row, captions with numbers and pictures with alternative text are those of Word.
    What a board needs on paper stands in it (:mod:`audit_lib.exports.for_paper`), comments in an appendix.
    """
    root = cast(HtmlElement, html.document_fromstring(page))
    (content,) = root.find_class("content")
    word = _opened(root)
    parts, appendix = parts_on_paper(content[:-1])  # the last one says that the page ends
    front, others = in_front(parts)
    headings = [(part.level, part.title) for part in (*front, *others) if part.title]
    word.titles([*headings, *([(1, _APPENDIX)] if appendix else []), *((2, part.title) for part in appendix)])
    in_appendix = len(headings) + 1
    for part in front:
        _part(part, appendix, in_appendix, word)
    word.paragraph([(_MORE, False, True)])
    word.contents()
    for at, part in enumerate(others):
        _part(part, appendix, in_appendix, word, new_page=not at)
    if appendix:
        word.heading(_APPENDIX, 1, new_page=True)
    for part in appendix:
        word.heading(part.title, 2)
        for element in part.body:
            _write(element, word)
    return without_times(word.saved(pages))


def _part(part: Part, appendix: list[Part], in_appendix: int, word: WordFile, *, new_page: bool = False) -> None:
    if part.title:
        word.heading(part.title, part.level, new_page=new_page)
    is_case = any("facts" in each.classes for each in part.body) and part.level == 2
    for place, element in enumerate(part.body, start=1):
        word.together = is_case and place < len(part.body)
        _write(element, word)
    word.together = False
    if part.moved:
        _lead_to_appendix(part, appendix, in_appendix, word)


def _opened(root: HtmlElement) -> WordFile:
    """A document that holds what was audited, and what is not certain of it yet."""
    (opening,) = root.find_class("opening")
    title = words(next(opening.iter("h1")))
    subtitle = " ".join(words(each) for each in opening.find_class("subtitle"))
    word = WordFile(title=title, subject=subtitle, running=" · ".join(filter(None, (title, subtitle))))
    word.opening(title, subtitle)
    for mark in opening.find_class("mark"):
        loud = bool(mark.find_class("status-synthetic"))
        word.paragraph([(words(mark), loud, not loud)])
    _facts(opening.find_class("facts")[0], word)
    for points in opening.find_class("points"):
        for told in points.iter("p"):
            items = told.getnext()
            shown = [] if items is None or ON_SCREEN in items.classes else [words(item) for item in items.iter("li")]
            listed = f" ({'; '.join(f'{item[:1].lower()}{item[1:]}' for item in shown)})." if shown else "."
            word.paragraph([("Not certain yet: ", True, False), (words(told).removesuffix(".") + listed, False, False)])
    return word


def _lead_to_appendix(part: Part, appendix: list[Part], first: int, word: WordFile) -> None:
    """Where in the appendix the comments of a part stand."""
    there = [at for at, one in enumerate(appendix, start=first + 1) if any(each in part.moved for each in one.body)]
    word.references("The comments themselves stand in the appendix: ", there)


def _write(element: HtmlElement, word: WordFile) -> None:
    kind, classes = element.tag, element.classes
    if kind in _BELOW:
        word.heading(words(element), 3)
    elif kind == "p":
        defined = "definitions" in element.getparent().classes
        word.paragraph(_runs(element), style="Definition" if defined else "Finding" if "finding" in classes else None)
    elif kind == "ul":
        word.bullets([_runs(item) for item in element.iter("li")], "Comment" if "spoken" in classes else "List Bullet")
    elif kind == "ol":
        for number, item in enumerate(element.iterchildren("li"), start=1):
            word.paragraph([(f"{number}. ", False, False), *_runs(item)])
    elif kind == "dl":
        _facts(element, word)
    elif kind == "figure":
        _figure(element, word)
    elif kind == "table":
        _table(element, word)
    elif kind == "details":
        word.heading(words(element[0]), 3)
        for child in element[1:]:
            _write(child, word)
    elif "columns" in classes:
        _columns(element, word)
    elif isinstance(kind, str) and (element.text or "").strip():
        word.paragraph(_runs(element))
    elif isinstance(kind, str):
        for child in element:
            _write(child, word)


def _facts(element: HtmlElement, word: WordFile) -> None:
    """Facts, in one paragraph where they are short."""
    facts = [[(f"{words(dt)}: ", True, False), *_runs(dd)] for dt, dd in _pairs(element)]
    if len(words(element)) > _SHORT_FACTS:
        for fact in facts:
            word.paragraph(fact, style="Definition")
    else:
        between = [("   ", False, False)]
        word.paragraph([run for at, fact in enumerate(facts) for run in [*(between if at else []), *fact]])


def _figure(element: HtmlElement, word: WordFile) -> None:
    for drawing in element.xpath(".//svg[not(ancestor::*[@hidden])]"):  # what is hidden is for narrow screens
        told = [words(each) for name in ("title", "desc") for each in drawing.iter(name)]
        caption = " ".join(words(each) for each in element.iter("figcaption"))
        word.picture(png_of(html.tostring(drawing, encoding="unicode", with_tail=False)), ". ".join(told), caption)


def _table(element: HtmlElement, word: WordFile) -> None:
    caption = " ".join(words(each) for each in element.iter("caption"))
    rows = [list(row.iter("td", "th")) for row in element.iter("tr")]
    head = sum(1 for row in element.iter("tr") if row.getparent().tag == "thead")
    numbers = [bool(rows) and "n" in cell.classes for cell in rows[0]] if rows else []
    told = [[_runs(cell) for cell in row] for row in rows]
    word.table(caption, _together(told) if "alike" in element.classes else told, head=head, numbers=numbers)


def _together(rows: list[list[Runs]]) -> list[list[Runs]]:
    """The rows of a table, those that differ in their names alone put together in the place of the first, where there are many of them."""
    alike: dict[str, list[Runs]] = {}
    for row in rows:
        alike.setdefault(repr(row[1:]), []).append(row[0])
    found, told = [], set()
    for row in rows:
        key = repr(row[1:])
        names = alike[key]
        if len(names) < _MANY:
            found.append(row)
        elif key not in told:
            told.add(key)
            joined = [run for at, name in enumerate(names) for run in [*(_BETWEEN if at else _EACH), *name]]
            found.append([joined, *row[1:]])
    return found


def _columns(element: HtmlElement, word: WordFile) -> None:
    """Columns side by side, as agencies know them from their forms."""
    columns = element.find_class("column")
    heads = [" ".join(words(each) for each in column.iter("h3", "h4", "h5")) for column in columns]
    bodies = [[_runs(item) for item in column.iter("li", "p")] for column in columns]
    word.columns(heads, bodies)


def _pairs(element: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    return zip(element.iter("dt"), element.iter("dd"), strict=False)


def _runs(element: HtmlElement) -> Runs:
    """(words, bold, quiet) of an element; a break is a line feed. Spaces run together, as a browser shows them."""
    found: list[list[object]] = []

    def add(text: str | None, strong: bool, quiet: bool) -> None:
        words = _SPACE.sub(" ", text or "")
        if not found or str(found[-1][0]).endswith((" ", "\n")):
            words = words.lstrip(" ")
        if words:
            found.append([words, strong, quiet])

    def walk(one: HtmlElement, strong: bool, quiet: bool) -> None:
        add(one.text, strong, quiet)
        for child in one:
            if child.tag == "br":
                found.append(["\n", False, False])
            elif isinstance(child.tag, str) and child.tag not in ("details", "svg", "ul", "table"):
                walk(
                    child,
                    strong or child.tag in ("strong", "b", "th"),
                    quiet or child.tag == "small" or "source" in child.classes,
                )
            add(child.tail, strong, quiet)

    walk(element, False, "note" in element.classes)
    return [(str(words), bool(strong), bool(quiet)) for words, strong, quiet in found]
