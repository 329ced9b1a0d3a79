"""Fields of Word: what it works out itself, such as a page number, each with the result that stands until then."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml.etree import _Element


def field(place: Paragraph, instruction: str, result: str) -> tuple[_Element, _Element]:
    """A field at the end of a paragraph; gives the element with which it begins, and the one that holds the result."""
    begin = field_begins(place, instruction)
    run = place.add_run(result)
    field_ends(place)
    (text,) = run._r.iter(qn("w:t"))
    return begin, text


def field_begins(place: Paragraph, instruction: str) -> _Element:
    """The beginning of a field whose result may reach over several paragraphs; gives the element that says so."""
    begin = _mark(place, "begin")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    place.add_run()._r.append(text)
    _mark(place, "separate")
    return begin


def field_ends(place: Paragraph) -> None:
    """The end of a field."""
    _mark(place, "end")


def bookmarked(place: Paragraph, name: str, number: int) -> None:
    """Make all of a paragraph what ``name`` stands for; each bookmark of a document has a ``number`` of its own."""
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), name)
    place._p.insert(1 if place._p.pPr is not None else 0, begin)
    place._p.append(end)


def linked(place: Paragraph, name: str, after: int) -> None:
    """Make what stands in a paragraph after its first runs a link to a bookmark."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    link.set(qn("w:history"), "1")
    link.extend(place._p.findall(qn("w:r"))[after:])
    place._p.append(link)


def _mark(place: Paragraph, kind: str) -> _Element:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    place.add_run()._r.append(mark)
    return mark
