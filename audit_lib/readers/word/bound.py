"""Content controls whose value stands a second time in the file, as data to which they are bound.

Word shows the data when it opens the file, whatever text stands in the control. A program that fills in forms may have
written only one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from audit_lib.errors import UnreadableFile
from audit_lib.readers.package import Package
from audit_lib.readers.word.names import child, name
from audit_lib.text import clean

_DATA = ("customxml/item", "docprops/core.xml", "docprops/app.xml")


def contradicted(controls: Iterable[tuple[etree._Element, str]], package: Package) -> Iterator[str]:
    """The places of the controls whose text is in none of the data that their binding may mean."""
    texts: set[str] | None = None
    for control, where in controls:
        binding = child(control, "w:sdtPr", "w:dataBinding")
        if binding is None or child(control, "w:sdtPr", "w:showingPlcHdr") is not None:
            continue
        shown = clean("".join(one.text or "" for one in control.iter(name("w:t"))))
        texts = set(_texts(package)) if texts is None else texts
        if shown and texts and shown not in texts:
            yield where


def _texts(package: Package) -> Iterator[str]:
    """Every text of the data in the file."""
    for part in package.names():
        if part.startswith(_DATA) and part.endswith(".xml") and "itemprops" not in part:
            try:
                root = package.xml(part)
            except UnreadableFile:  # data that cannot be read contradict nothing
                continue
            for element in root.iter(etree.Element):
                yield from (clean(text) for text in (element.text or "", *map(str, element.attrib.values())) if text)
