"""A text -> its passages: from a raw form that a reader gave, from HTML, from plain text or Markdown, from a table of texts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence

import lxml.etree
import lxml.html

from audit_lib.claims.finding import Passage
from audit_lib.present.html import QUOTED_FIGURES
from audit_lib.present.report.written import HEADINGS
from audit_lib.rawform import Mark, Paragraph, RawForm, Table
from audit_lib.text import clean

_HEADING_LENGTH = 90
_BLOCKS = {"p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "summary", "blockquote", "pre"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOT_SHOWN = ("script", "style", "template", "head", "svg")
_MARKDOWN_HEADING = re.compile(r"#{1,6} (.+)")
_LIST_ITEM = re.compile(r"\A\s*(?:[-*\u2022]|\d+[.)])\s+")
_BEGINS = re.compile(r"\s*(?:[-*\u2022#<|]|\d+[.)]\s)")
_WRAPPED = 70  # characters from which on a line may have been broken by an editor
_CONTENTS_LINE = re.compile(r".*(?:\.{3,}|\t|\s{3,})\s*\d{1,3}$")


_BARE = 7  # the level of a heading that is known by its looks alone
_CASE = re.compile(r"(?:case|child|young person)\s+(\w{1,12})\W*", re.IGNORECASE)
_PART = re.compile(r"(?:appendix|annex|section|part|chapter)\b", re.IGNORECASE)


class _Headings:
    """The headings above a place, by level, and the case that they name."""

    def __init__(self) -> None:
        self.by_level: dict[int, str] = {}
        self.case, self.case_level = "", 0

    def open(self, level: int, text: str) -> None:
        """A heading begins. A case lasts until another case, or a heading of a part of the text."""
        self.by_level = {at: words for at, words in self.by_level.items() if at < level} | {level: text}
        named = _CASE.fullmatch(text)
        if named:
            self.case, self.case_level = named[1], level
        elif _PART.match(text) or (level < _BARE and level <= self.case_level):
            self.case = ""

    def passages(self, place: str, text: str, column: str = "") -> list[Passage]:
        """One passage for each line: bullets are often typed with soft line breaks between them."""
        headings = tuple(self.by_level[level] for level in sorted(self.by_level))
        lines = [clean(line) for line in re.split(r"[\n\u2022]", text)]
        return [Passage(place, line, headings, column, self.case) for line in lines if line]


def passages_of_form(form: RawForm) -> list[Passage]:
    """The passages of a document that a reader has read, with the places that it gives."""
    found: list[Passage] = []
    above = _Headings()
    for block in form.blocks:
        if isinstance(block, Paragraph):
            text = clean(block.text)
            found += above.passages(block.where, block.text)
            if text and _is_heading(block, text):
                level = next((int(word) for word in block.style.split() if word.isdigit()), _BARE)
                above.open(level, text)
        else:
            found += _of_table(block, above)
    return found


def _is_heading(paragraph: Paragraph, text: str) -> bool:
    if paragraph.style.startswith(("heading", "title")):
        return True
    bold = all(run.mark & Mark.BOLD for run in paragraph.runs if run.text.strip())
    return len(text) <= _HEADING_LENGTH and not text.endswith((".", ";", ",")) and bold


def _of_table(block: Table, above: _Headings) -> Iterator[Passage]:
    rows = list(block.rows())
    if rows and tuple(clean(cell.text) for cell in rows[0]) == HEADINGS:
        return  # a report of ours, as a document: what it quotes from other texts
    first: dict[int, str] = {}
    for row in rows:
        for cell in row:
            text = clean(cell.text)
            for paragraph in cell.paragraphs:
                column = first.get(cell.column, "")
                yield from above.passages(cell.locator(column), paragraph.text, column)
            if text and cell.column not in first:
                first[cell.column] = text if len(text) <= _HEADING_LENGTH else ""


def passages_of_html(markup: str) -> list[Passage]:
    """The passages of a page, in its order; a place is the nearest heading and the number of the passage below it. Without the part of a
    report of ours that quotes the figures found in other texts.
    """
    if not markup.strip():
        return []
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    root: lxml.html.HtmlElement = lxml.html.document_fromstring(markup.encode("utf-8"), parser=parser)
    lxml.etree.strip_elements(root, *_NOT_SHOWN, lxml.etree.Comment, with_tail=False)
    for quoting in root.find_class(QUOTED_FIGURES):
        quoting.drop_tree()
    found: list[Passage] = []
    above, number = _Headings(), 0
    for element in root.iter():
        tag = str(element.tag)
        if tag in _HEADINGS:
            number = 0
            text = _text_of(element)
            found += above.passages(f'heading "{text}"', text)
            above.open(_HEADINGS[tag], text)
        elif tag in _BLOCKS and not any(each.tag in _BLOCKS for each in element.iterdescendants()):
            text = _text_of(element)
            if text:
                number += 1
                last = above.by_level.get(max(above.by_level, default=0), "")
                found += above.passages(f'under "{last}", passage {number}' if last else f"passage {number}", text)
    return found


def _text_of(element: lxml.etree._Element) -> str:
    return clean(" ".join(str(text) for text in element.itertext()))


def passages_of_text(text: str) -> list[Passage]:
    """The passages of plain text or Markdown; a place is a line. Marks of Markdown and HTML among the text are taken off."""
    found: list[Passage] = []
    above = _Headings()
    columns: list[str] = []
    lines = _unwrapped(text.splitlines())
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            columns = []
            continue
        place = f"line {number}"
        heading = _text_heading(line, lines, number)
        if heading:
            found += above.passages(place, heading)
            above.open(_level(line, heading), heading)
            continue
        cells = line.split("\t")
        shown = ["\n".join(_shown(cell)) for cell in cells]
        for at, pieces in enumerate(shown):
            found += above.passages(place, pieces, columns[at] if len(cells) > 1 and at < len(columns) else "")
        if len(cells) > 1 and not columns:
            columns = [clean(pieces) for pieces in shown]
    return found


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines that go on below joined to the line where they begin; the lines that they stood in are empty, so that the count of
    lines stays.
    """
    whole, at = list(lines), 0
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        wrapped = line.strip() and before.strip() and not _BEGINS.match(line) and "\t" not in line
        goes_on = line.lstrip()[:1].islower() or (
            len(before) >= _WRAPPED and not before.rstrip().endswith((".", "!", "?", ":"))
        )
        if wrapped and goes_on and not _MARKDOWN_HEADING.fullmatch(before) and "\t" not in before:
            whole[at] += f" {line.strip()}"
            whole[number] = ""
        else:
            at = number
    return whole


def _text_heading(line: str, lines: Sequence[str], number: int) -> str:
    """The words of a heading: marked as one, or a short line by itself that is no sentence, no item and no line of contents."""
    marked = _MARKDOWN_HEADING.fullmatch(line.strip())
    if marked:
        return clean(marked[1].strip("*_ "))
    bare = clean(line).strip("*_ ")
    alone = all(not lines[at].strip() for at in (number - 2, number) if 0 <= at < len(lines))
    listed = _LIST_ITEM.match(line) or _CONTENTS_LINE.fullmatch(line) or "\t" in line or "<" in line
    listed = listed or (":" in bare and not _PART.match(bare))
    is_words = len(bare) <= _HEADING_LENGTH and not bare.endswith((".", ";", ",", "?")) and bare[:1].isupper()
    return bare if alone and not listed and is_words else ""


def _level(line: str, heading: str) -> int:
    if line.startswith("#"):
        return len(line) - len(line.lstrip("#"))
    return _BARE + 1 if _CASE.fullmatch(heading) else _BARE


def _shown(cell: str) -> list[str]:
    """What is seen of a line that may hold HTML: its items one by one."""
    text = re.sub(r"</?(?:ul|ol|li|p|br|div)\b[^>]*>", "\n", cell)
    text = html.unescape(re.sub(r"<[^>\n]*>", "", text))
    return [re.sub(r"(\*\*|__)(.+?)\1", r"\2", _LIST_ITEM.sub("", piece)) for piece in re.split(r"[\n\u2022]", text)]


def passages_of_rows(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> list[Passage]:
    """The passages of a table of texts: the given columns of each row, which is called by its line (the first row is line 2).

    A row of a case stands below a heading that names it.
    """
    found: list[Passage] = []
    for number, row in enumerate(rows, start=1):
        above = _Headings()
        if row.get("case"):
            above.open(1, f"Case {row['case']}")
        for column in columns:
            found += above.passages(f"row {number}, {column}", row.get(column, ""))
    return found
