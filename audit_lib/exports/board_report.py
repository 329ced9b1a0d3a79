"""A report as a Word document for a board: the words, figures and charts of the finished page, in Word's own styles.

It is made from the page and not from the tables, so that the two can't say different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import html
from lxml.html import HtmlElement

from audit_lib.exports.archive import without_times
from audit_lib.exports.paging import heading_pages
from audit_lib.exports.pictures import png_of
from audit_lib.exports.word_parts import Pages, WordFile

_LEVELS = {"h2": 1, "h3": 2, "h4": 3, "h5": 3}
_SPACE = re.compile(r"\s+")
_APPENDIX = "What stands behind the report"
_ABOUT_APPENDIX = (
    "This part holds what is folded under the charts and sentences of the web page, by the parts of the report. Who gave which answer, "
    "and where it stands in each form, can be seen there."
)


def to_docx(page: str, pages: Pages = heading_pages) -> bytes:
    """The Word document of a finished report page.

    Headings, contents, lists, tables with a repeated first row, captions with numbers and pictures with alternative text are those of
    Word. What is folded in the page stands in an appendix, charts of single questions in their place. Who answered what and where, and
    the lists of those who settle values, are left to the page.
    """
    root = cast(HtmlElement, html.document_fromstring(page))
    (content,) = root.find_class("content")
    (opening,) = root.find_class("opening")
    title = _words(next(opening.iter("h1")))
    subtitle = " ".join(_words(each) for each in opening.find_class("subtitle"))
    marks = [_words(each) for each in opening.find_class("mark")]
    foot = [_words(each) for each in root.find_class("page-end")[0].iter("p")][-1]
    word = WordFile(title=title, subject=subtitle, running=foot)
    facts = [(_words(dt), _words(dd)) for dt, dd in _pairs(opening.find_class("facts")[0])]
    uncertain = [_words(each) for points in opening.find_class("points") for each in points.iter("p")]
    word.opening(title, subtitle, marks, [*facts, *([("Not certain yet", " ".join(uncertain))] if uncertain else [])])
    appendix = _appendix(content)
    headings = [(_LEVELS[each.tag], _words(each)) for each in content.iter("h2", "h3") if not _is_folded(each)]
    word.contents([*headings, (1, _APPENDIX), *((2, part) for part in appendix)])
    for element in content[:-1]:  # the last one says that the page ends
        _write(element, word)
    word.heading(_APPENDIX, 1)
    word.paragraph([(_ABOUT_APPENDIX, False, False)])
    for part, folded in appendix.items():
        word.heading(part, 2)
        for details in folded:
            _write_folded(details, word)
    return without_times(word.saved(pages))


def _appendix(content: HtmlElement) -> dict[str, list[HtmlElement]]:
    """What is folded and belongs to an appendix, by the part of the report that it stands in."""
    found: dict[str, list[HtmlElement]] = {}
    part = ""
    for element in content.iter("h2", "details"):
        if element.tag == "h2":
            part = _words(element)
        elif not _is_folded(element) and not _stays(element):
            found.setdefault(part, []).append(element)
    return found


def _is_folded(element: HtmlElement) -> bool:
    return any(each.tag == "details" for each in element.iterancestors())


def _stays(details: HtmlElement) -> bool:
    """Whether something folded is no part of the appendix: it is left to the page, or unfolded in its place."""
    return bool({"behind", "working"} & set(details.classes)) or next(details.iter("figure"), None) is not None


def _write_folded(details: HtmlElement, word: WordFile) -> None:
    if next(details.iter("ul"), None) is not None:  # a table has a caption of its own
        above = next((each for each in details.itersiblings(preceding=True) if each.tag in ("h2", "h3")), None)
        named = above is not None and above.tag == "h3"
        word.heading(f"{_words(above)}: {_words(details[0])}" if named and above is not None else _words(details[0]), 3)
    for child in details[1:]:
        _write(child, word)


def _write(element: HtmlElement, word: WordFile) -> None:
    kind, classes = element.tag, element.classes
    if kind in _LEVELS:
        word.heading(_words(element), _LEVELS[kind])
    elif kind == "p":
        word.paragraph(_runs(element), style="Finding" if "finding" in classes else None)
    elif kind == "ul":
        for item in element.iter("li"):
            word.paragraph(_runs(item), style="List Bullet")
    elif kind == "dl":
        for dt, dd in _pairs(element):
            word.paragraph([(f"{_words(dt)}: ", True, False), *_runs(dd)], style="Fact")
    elif kind == "figure":
        _figure(element, word)
    elif kind == "table":
        _table(element, word)
    elif kind == "details" and "working" in classes:
        word.paragraph([(f"{_words(element[0])} (listed in the web page)", False, False)], style="List Bullet")
    elif kind == "details" and "behind" not in classes and _is_folded(element):
        _write_folded(element, word)
    elif kind == "details" and ("behind" in classes or not _stays(element)):
        if next(element.iter("ul"), None) is not None:
            word.paragraph(
                [(f"{_words(element[0])}: see the last part, “{_APPENDIX}”", False, False)], style="List Bullet"
            )
    elif "columns" in classes:
        _columns(element, word)
    elif isinstance(kind, str) and kind != "summary":
        for child in element:
            _write(child, word)


def _figure(element: HtmlElement, word: WordFile) -> None:
    for drawing in element.iter("svg"):
        told = [_words(each) for name in ("title", "desc") for each in drawing.iter(name)]
        caption = " ".join(_words(each) for each in element.iter("figcaption"))
        word.picture(png_of(html.tostring(drawing, encoding="unicode", with_tail=False)), ". ".join(told), caption)


def _table(element: HtmlElement, word: WordFile) -> None:
    caption = " ".join(_words(each) for each in element.iter("caption"))
    rows = [list(row.iter("td", "th")) for row in element.iter("tr")]
    head = sum(1 for row in element.iter("tr") if row.getparent().tag == "thead")
    numbers = [bool(rows) and "n" in cell.classes for cell in rows[0]] if rows else []
    word.table(caption, [[_runs(cell) for cell in row] for row in rows], head=head, numbers=numbers)


def _columns(element: HtmlElement, word: WordFile) -> None:
    """Columns side by side, as agencies know them from their forms."""
    columns = element.find_class("column")
    heads = [" ".join(_words(each) for each in column.iter("h3", "h4", "h5")) for column in columns]
    bodies = [[_runs(item) for item in column.iter("li", "p")] for column in columns]
    word.columns(heads, bodies)


def _pairs(element: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    return zip(element.iter("dt"), element.iter("dd"), strict=False)


def _words(element: HtmlElement) -> str:
    return _SPACE.sub(" ", element.text_content()).strip()


def _runs(element: HtmlElement) -> list[tuple[str, bool, bool]]:
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
