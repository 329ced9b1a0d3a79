"""Names of OpenDocument's XML, and the few questions that everything which reads it asks of an element."""

from __future__ import annotations

from functools import cache

from lxml import etree

from audit_lib.readers.word.names import whole

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = {
    "office": f"{_OASIS}:office:1.0",
    "style": f"{_OASIS}:style:1.0",
    "text": f"{_OASIS}:text:1.0",
    "table": f"{_OASIS}:table:1.0",
    "draw": f"{_OASIS}:drawing:1.0",
    "dr3d": f"{_OASIS}:dr3d:1.0",
    "form": f"{_OASIS}:form:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "meta": f"{_OASIS}:meta:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
}


@cache
def name(short: str) -> str:
    """``text:p`` -> the full name of the element or attribute. Only for names that stand in the code."""
    prefix, _, local = short.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def names(shorts: str) -> frozenset[str]:
    """Several names at once: ``"text:p text:h"``."""
    return frozenset(name(short) for short in shorts.split())


PARAGRAPHS = names("text:p text:h")
SPANS = names("text:span text:a")  # what may name a text style

# What holds text that the page does not show, or that belongs to something which is not opened.
UNSHOWN = names(
    "text:tracked-changes"  # deletions
    " office:annotation text:note-citation text:number text:ruby-text text:script"
    " office:forms office:event-listeners"  # the state of controls, which stand where draw:control is
    " svg:title svg:desc table:title table:desc"  # alternative texts
    " draw:object draw:object-ole draw:applet draw:plugin draw:floating-frame office:binary-data"
)


def get(element: etree._Element, attribute: str, otherwise: str = "") -> str:
    """The attribute of this short name: ``get(cell, "table:style-name")``."""
    return element.get(name(attribute), otherwise)


def is_true(element: etree._Element, attribute: str) -> bool:
    """Whether the attribute is there and says true."""
    return get(element, attribute) == "true"


def times(element: etree._Element) -> int:
    """How often a row or a cell stands one after the other."""
    if element.tag == name("table:table-row"):
        return max(_large(get(element, "table:number-rows-repeated")), 1)
    if element.tag in CELLS:
        return max(_large(get(element, "table:number-columns-repeated")), 1)
    return 1


SHAPES = names(
    "draw:line draw:rect draw:polyline draw:polygon draw:regular-polygon draw:path draw:circle draw:ellipse draw:connector"
    " draw:custom-shape"
)
_STRAIGHT = names("draw:line draw:rect draw:connector")  # as forms are printed with
_STRAIGHT_SHAPES = {"rectangle", "round-rectangle", "mso-spt20", "mso-spt32"}


def is_drawn_by_hand(shape: etree._Element) -> bool:
    """Whether a drawn shape is a ring or another line that is not straight: forms are hardly printed with these."""
    if shape.tag == name("draw:custom-shape"):
        geometry = shape.find(name("draw:enhanced-geometry"))
        return geometry is None or get(geometry, "draw:type") not in _STRAIGHT_SHAPES
    return shape.tag in SHAPES - _STRAIGHT


CELLS = names("table:table-cell table:covered-table-cell")


def _large(text: str) -> int:
    """A whole number; one with too many digits to be read is as large as can be, not none."""
    return 10**11 if len(text) > 11 and text.isdigit() else whole(text, 1)


def is_hidden(element: etree._Element) -> bool:
    """Whether the page does not show what is in this section, field or paragraph.

    Conditions are not worked out: what the file remembers of them counts, unless they say no more than true or false.

    Styles that hide text are told by :mod:`audit_lib.readers.opendocument.styles`.
    """
    display = get(element, "text:display")
    if display == "none":
        return True
    if element.tag == name("text:section"):
        return display == "condition" and _is_met(element)
    if element.tag in PARAGRAPHS:
        marks = element.iterchildren(name("text:hidden-paragraph"))
        return any(_is_met(mark) for mark in marks)
    return element.tag == name("text:hidden-text") and _is_met(element)


def _is_met(element: etree._Element) -> bool:
    """Whether the condition is met on which something is hidden."""
    condition = get(element, "text:condition").rpartition(":")[2].strip().lower()
    return condition == "true" if condition in ("true", "false") else is_true(element, "text:is-hidden")


def holds_text(element: etree._Element) -> bool:
    """Whether anything but white space stands anywhere inside, or in the value of hidden text."""
    return any(str(text).strip() for text in element.itertext()) or bool(get(element, "text:string-value").strip())


def gaps(story: etree._Element) -> dict[etree._Element, etree._Element]:
    """Stretches that the page does not show, from one empty element to another: where they begin -> where they end.

    These are the workings of fields (up to the mark before the result, in the same paragraph), and text marked where it
    stands as deleted. A stretch that never ends must not swallow the text: it is none.
    """
    found: dict[etree._Element, etree._Element] = {}
    for paragraph in story.iter(*PARAGRAPHS):
        begun: list[etree._Element] = []
        for mark in paragraph.iter(*_FIELD_MARKS):
            if mark.tag == name("field:fieldmark-start"):
                begun.append(mark)
            elif begun and mark.tag == name("field:fieldmark-separator"):
                found.setdefault(begun[-1], mark)
            elif begun:
                begun.pop()
    deleted = _deletions(story)
    ends = {get(mark, "text:change-id"): mark for mark in story.iter(name("text:change-end"))} if deleted else {}
    for mark in story.iter(name("text:change-start")) if deleted else ():
        key = get(mark, "text:change-id")
        if key in deleted and key in ends:
            found[mark] = ends[key]
    return found


_FIELD_MARKS = names("field:fieldmark-start field:fieldmark-separator field:fieldmark-end")


def _deletions(story: etree._Element) -> set[str]:
    regions = [deletion.getparent() for deletion in story.iter(name("text:deletion"))]
    keys = ("text:id", "xml:id")
    return {get(region, key) for region in regions if region is not None for key in keys if get(region, key)}
