"""Names of Word's XML, and the few questions that everything which reads it asks of an element."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
Said = Mapping[str, etree._Element]  # properties by their names
NOTHING: Said = {}
_OFF = {"0", "false", "off", "none"}


@cache
def name(short: str) -> str:
    """``w:p`` -> the full name of the element or attribute. Only for names that stand in the code."""
    prefix, _, local = short.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def names(shorts: str) -> frozenset[str]:
    """Several names at once: ``"w:p w:tbl"``."""
    return frozenset(name(short) for short in shorts.split())


VAL = name("w:val")
TEXTS = names("w:t m:t a:t")
_SHAPES = names("wps:wsp wps:cxnSp v:oval v:line v:rect v:roundrect v:polyline v:arc v:curve")
_STRAIGHT = {"line", "rect", "roundRect", "straightConnector1"}  # as forms are printed with
_STRAIGHT_IN_VML = names("v:line v:rect v:roundrect")
_DRAWING_FIELD = re.compile(r"\s*(?:EQ|MACROBUTTON|GOTOBUTTON|SYMBOL|ADVANCE)\b", re.IGNORECASE)
_BRANCHES = names("mc:Choice mc:Fallback")


def first(element: etree._Element, full_name: str) -> etree._Element | None:
    """The first child of this full name; None when there is none."""
    for inside in element:  # Word puts properties first: much faster than a search
        if inside.tag == full_name:
            return inside
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The element reached through first children of these names; None when one is not there."""
    for step in path:
        if element is None:
            return None
        element = first(element, name(step))
    return element


def value(element: etree._Element | None, *path: str) -> str | None:
    """The ``w:val`` of the element reached through ``path``; None without element or value."""
    found = child(element, *path)
    return None if found is None else found.get(VAL)


def said_in(holder: etree._Element | None) -> Said:
    """What stands in an element that holds properties: each by its name, the first where one is there twice."""
    said: dict[str, etree._Element] = {}
    for one in () if holder is None else holder:
        said.setdefault(one.tag, one)
    return said


def switched_on(element: etree._Element | None, val: str = VAL) -> bool | None:
    """Whether a switch is on: there without a value, or with one that is not off. None when it is not there."""
    if element is None:
        return None
    return element.get(val, "1").lower() not in _OFF


def whole(text: str | None, otherwise: int = 0) -> int:
    """A whole number; ``otherwise`` when none stands there. Never absurdly long to read."""
    try:
        return int(text) if text is not None and len(text) < 12 else otherwise
    except ValueError:
        return otherwise


def hexadecimal(text: str | None) -> int:
    """The same for a number to the base 16; 0 when none stands there."""
    try:
        return int((text or "")[:8], 16)
    except ValueError:
        return 0


def is_checkbox(control: etree._Element) -> bool:
    """Whether a content control is a tick box."""
    return child(control, "w:sdtPr", "w14:checkbox") is not None


def is_ink(drawing: etree._Element) -> bool:
    """Whether a drawing is what somebody wrote or drew with a pen."""
    return next(drawing.iter("{*}contentPart"), None) is not None


def is_drawn_by_hand(drawing: etree._Element) -> bool:
    """Whether a drawn shape is ink, a ring or another line that is not straight: forms are hardly printed with these."""
    kinds = {kind.get("prst", "") for kind in drawing.iter(name("a:prstGeom"))}
    straight = kinds <= _STRAIGHT and next(drawing.iter("{*}custGeom"), None) is None
    in_vml = {shape.tag for shape in drawing.iter(*_SHAPES) if shape.tag.startswith(f"{{{NAMESPACES['v']}}}")}
    return is_ink(drawing) or not straight or bool(in_vml - _STRAIGHT_IN_VML)


def holds_picture(drawing: etree._Element) -> bool:
    """Whether a drawing shows a picture."""
    return next(drawing.iter(name("a:blip"), name("v:imagedata")), None) is not None


def is_drawn_shape(drawing: etree._Element) -> bool:
    """Whether a drawing is ink, or holds a line or a shape without text, as people draw a ring around an answer."""
    if is_ink(drawing):
        return True
    if next(drawing.iter(*TEXTS), None) is not None:
        return False
    if next(drawing.iter(*_SHAPES), None) is not None:
        return True
    shape = next(drawing.iter(name("v:shape")), None)
    return shape is not None and next(drawing.iter(name("v:imagedata")), None) is None


def drop_down_choice(field: etree._Element) -> tuple[str, bool] | None:
    """The entry that an old drop-down field shows, and whether somebody chose it; None when it has no entries.

    Word writes no result for a drop-down that was never opened, and shows its default or first entry.
    """
    entries = [entry.get(VAL, "") for entry in field.iterchildren(name("w:listEntry"))]
    if not entries:
        return None
    result = value(field, "w:result")
    shown = whole(result if result is not None else value(field, "w:default"))
    return entries[shown if 0 <= shown < len(entries) else 0], result is not None


def is_unfilled(control: etree._Element, said: Said) -> bool:
    """Whether a content control that says this of itself shows its prompt: by its own flag, or because a drop-down shows
    the entry without value.
    """
    if switched_on(said.get(name("w:showingPlcHdr"))):
        return True
    for kind in (name("w:dropDownList"), name("w:comboBox")):
        entries = said[kind].findall(name("w:listItem")) if kind in said else []
        prompts = {entry.get(name("w:displayText")) for entry in entries if entry.get(name("w:value")) == ""}
        if prompts and "".join(text.text or "" for text in control.iter(name("w:t"))) in prompts:
            return True
    return False


def chosen_branch(alternatives: etree._Element) -> etree._Element:
    """One of the branches of ``mc:AlternateContent``, which say the same for newer and older programs.

    The first in which text stands: what only a program that we do not know can show is no use to us.
    """
    branches = [element for element in alternatives if element.tag in _BRANCHES]
    with_text = (
        branch for branch in branches if next(branch.iter(*TEXTS, name("w:sym"), name("w:fldChar")), None) is not None
    )
    return next(with_text, branches[0] if branches else alternatives)


def draws_by_field(paragraph: etree._Element) -> bool:
    """Whether a field stands in a paragraph whose workings are what the page shows: a letter in a ring, a button with words."""
    return any(map(is_drawing_field, paragraph.iter(name("w:instrText"))))


def is_drawing_field(workings: etree._Element) -> bool:
    """Whether the workings of a field are what it shows."""
    return _DRAWING_FIELD.match(workings.text or "") is not None


def fields_with_an_end(paragraph: etree._Element) -> set[etree._Element]:
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
