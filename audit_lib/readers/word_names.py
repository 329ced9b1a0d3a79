"""Names of Word's XML, and the few questions that everything which reads it asks of an element."""

from __future__ import annotations

from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_OFF = {"0", "false", "off", "none"}


def name(short: str) -> str:
    """``w:p`` -> the full name of the element or attribute."""
    prefix, _, local = short.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def names(shorts: str) -> frozenset[str]:
    """Several names at once: ``"w:p w:tbl"``."""
    return frozenset(name(short) for short in shorts.split())


VAL = name("w:val")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The element reached through first children of these names; None when one is not there."""
    for step in path:
        if element is None:
            return None
        element = element.find(name(step))
    return element


def value(element: etree._Element | None, *path: str) -> str | None:
    """The ``w:val`` of the element reached through ``path``; None without element or value."""
    found = child(element, *path)
    return None if found is None else found.get(VAL)


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


def is_checkbox(control: etree._Element) -> bool:
    """Whether a content control is a tick box."""
    return child(control, "w:sdtPr", "w14:checkbox") is not None


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
