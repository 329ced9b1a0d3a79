"""The reader of OpenDocument text (.odt, .ott, and flat .fodt): our own walk over the XML, as for Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Paragraph, RawForm, ReaderNote
from audit_lib.readers.moments import universal
from audit_lib.readers.opendocument.controls import controls_of
from audit_lib.readers.opendocument.count import count_shown
from audit_lib.readers.opendocument.names import PARAGRAPHS, get, name, names
from audit_lib.readers.opendocument.styles import Styles, colours_pages
from audit_lib.readers.opendocument.walk import Walk
from audit_lib.readers.package import MAX_PART_BYTES, Package, parse_xml
from audit_lib.readers.placing import flattened, notes_on_drawings, placed
from audit_lib.readers.word.count import count_read

MAX_ELEMENTS = 500_000
_ZIP = b"PK"
_MANIFEST, _CONTENT, _STYLES, _META = "META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml"
_HREF = name("xlink:href")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|/|\\|\.\./", re.IGNORECASE)
_MARGINS = {
    name("style:header"): "page header",
    name("style:header-left"): "page header",
    name("style:header-first"): "page header",
    name("loext:header-first"): "page header",
    name("style:footer"): "page footer",
    name("style:footer-left"): "page footer",
    name("style:footer-first"): "page footer",
    name("loext:footer-first"): "page footer",
}
_WHAT = {
    name("draw:image"): "a picture",
    name("draw:fill-image"): "a picture",
    name("style:background-image"): "a picture",
    name("draw:object"): "an object of another program",
    name("draw:object-ole"): "an object of another program",
    name("draw:applet"): "an object of another program",
    name("draw:plugin"): "a file",
    name("draw:floating-frame"): "a web page",
    name("text:section-source"): "a second document",
    name("meta:template"): "a template",
}
_OBJECTS = names("draw:object draw:object-ole draw:applet draw:plugin")
_ADDRESSES = names("text:a draw:a form:form form:button form:image")  # followed by a click, never by opening the file
_STYLED = {"paragraph": "text:style-name", "table": "table:style-name"}


@dataclass
class Parts:
    """What one document is made of. ``margins`` are the headers and footers of the page layouts in use, as on the pages."""

    body: etree._Element
    styles: Styles
    margin_styles: Styles
    roots: list[etree._Element]
    margins: list[tuple[str, etree._Element]] = field(default_factory=list)
    meta: etree._Element | None = None

    def stories(self) -> Iterator[etree._Element]:
        """Everything in which text can stand."""
        yield self.body
        yield from (story for _, story in self.margins)


def read_opendocument(data: bytes, kind: str) -> RawForm:
    """One OpenDocument text as a raw form, as it stands with all tracked changes accepted.

    What comes, and where it is said to stand, is the same as for a Word document: after the body the footnotes and
    endnotes ("footnote 1"), then the text of page headers and footers; tables in these are given as nested paragraphs.
    Paragraphs with nothing in them are left out. ``modified`` is in universal time (``2018-05-22T09:30:00Z``), a time
    without a zone being taken as such.

    Raises :class:`UnreadableFile` when the file is damaged, encrypted, unsafe to open, too large, or no text.
    """
    parts = _packed(data) if data.startswith(_ZIP) else _flat(data)
    controls = {key: one for story in parts.stories() for key, one in controls_of(story).items()}
    walk, margin_walk = Walk(parts.styles, controls), Walk(parts.margin_styles, controls)
    blocks = placed(walk.story(parts.body))
    blocks += _notes(walk)
    for where, story in parts.margins:
        found = flattened(margin_walk.story(story))
        blocks += [paragraph._replace(where=where, aside="margin") for paragraph in found]
    counted = count_shown(parts.body, parts.styles, controls)
    counted += sum(count_shown(story, parts.margin_styles, controls) for _, story in parts.margins)
    hidden = walk.hidden or margin_walk.hidden
    drawn = notes_on_drawings(walk.shapes, walk.marks, walk.tables)
    notes = (*drawn, *_reader_notes(parts, hidden))
    return RawForm(kind, tuple(blocks), notes, counted, count_read(blocks), _modified(parts.meta))


def _packed(data: bytes) -> Parts:
    """The parts of a zip archive. Only those in which text stands are opened: those of macros may declare what they like."""
    package = Package(data)
    if package.has(_MANIFEST) and b"encryption-data" in package.part(_MANIFEST):
        raise UnreadableFile("encrypted")
    if not package.has(_CONTENT):
        raise UnreadableFile("damaged", "the file does not say where its text is")
    content = package.xml(_CONTENT)
    styles = package.xml(_STYLES) if package.has(_STYLES) else None
    try:
        meta = package.xml(_META) if package.has(_META) else None
    except UnreadableFile:
        meta = None  # a date is not worth a form
    return _parts(content, styles, meta)


def _flat(data: bytes) -> Parts:
    """The parts of a file that is one piece of XML."""
    if len(data) > MAX_PART_BYTES:
        raise UnreadableFile("too_large")
    root = parse_xml(data)
    return _parts(root, root, root)


def _parts(content: etree._Element, styles: etree._Element | None, meta: etree._Element | None) -> Parts:
    if cast(float, content.xpath("count(//*)")) > MAX_ELEMENTS:
        raise UnreadableFile("too_large")
    body = content.find(name("office:body"))
    if body is None:
        raise UnreadableFile("damaged", "the file has no body")
    text = body.find(name("office:text"))
    if text is None:
        raise UnreadableFile("not_supported", "the file is not a text")
    common = None if styles is None else styles.find(name("office:styles"))
    own, of_margins = (
        None if root is None else root.find(name("office:automatic-styles")) for root in (content, styles)
    )
    roots = [root for root in dict.fromkeys((content, styles, meta)) if root is not None]
    parts = Parts(text, Styles.of(common, own), Styles.of(common, of_margins), roots, meta=meta)
    parts.styles.coloured_page = parts.margin_styles.coloured_page = colours_pages(styles)
    if styles is not None:
        parts.margins = list(_margins(text, parts.styles, styles))
    return parts


def _margins(text: etree._Element, styles: Styles, root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The headers and footers of the page layouts in use, those of the first page first."""
    pages = {get(page, "style:name"): page for page in root.iterfind(f".//{name('style:master-page')}")}
    waiting = [_first_page(text, styles) or next((one for one in ("Standard", *pages) if one in pages), "")]
    waiting += _later_pages(text, styles)
    used: dict[str, None] = {}
    for page in waiting:
        while page in pages and page not in used:
            used[page] = None
            page = get(pages[page], "style:next-style-name")
    for page in used:
        for story in pages[page]:
            if story.tag in _MARGINS and get(story, "style:display") != "false":
                yield _MARGINS[story.tag], story


def _first_page(text: etree._Element, styles: Styles) -> str:
    """The page layout that the first paragraph or table asks for; empty when it asks for none."""
    first = next(text.iter(*PARAGRAPHS, name("table:table")), None)
    return "" if first is None else _asked_by(first, styles)


def _later_pages(text: etree._Element, styles: Styles) -> list[str]:
    found = (_asked_by(element, styles) for element in text.iter(*PARAGRAPHS, name("table:table")))
    return list(dict.fromkeys(page for page in found if page))


def _asked_by(element: etree._Element, styles: Styles) -> str:
    family = "table" if element.tag == name("table:table") else "paragraph"
    return styles.master_page(family, get(element, _STYLED[family]))


def _notes(walk: Walk) -> list[Paragraph]:
    """The notes met in the body, footnotes before endnotes, each sort numbered in its order."""
    found: dict[str, list[Paragraph]] = {"footnote": [], "endnote": []}
    numbers = dict.fromkeys(found, 0)
    for note in walk.notes_met:  # a note may hold a note, which comes to stand at the end
        sort = "endnote" if get(note, "text:note-class") == "endnote" else "footnote"
        numbers[sort] += 1
        where = f"{sort} {numbers[sort]}"
        paragraphs = walk.paragraphs(note)
        found[sort] += [paragraph._replace(where=where, aside="note") for paragraph in paragraphs]
    return found["footnote"] + found["endnote"]


def _reader_notes(parts: Parts, hidden: bool) -> Iterator[ReaderNote]:
    """What a person may want to know about the file. No text of the file stands in these messages."""
    if hidden:
        message = "There is text in the file that the page does not show; it was not read."
        yield ReaderNote("hidden_text", "", message)
    remarks = sum(1 for story in parts.stories() for _ in story.iter(name("office:annotation")))
    if remarks:
        message = f"Comments in the margin, which were not read: {remarks}. Look whether they matter."
        yield ReaderNote("comments_in_file", "", message)
    if any(True for story in parts.stories() for _ in story.iter(name("text:changed-region"))):
        message = "The file holds tracked changes; it was read as if all of them were accepted."
        yield ReaderNote("tracked_changes", "", message)
    for what in sorted({what for root in parts.roots for what in _references(root)}):
        message = f"The file refers to {what} outside itself, which was not opened."
        yield ReaderNote("external_reference", "", message)
    embedded = [what for story in parts.stories() for what in _embedded(story)]
    for what in sorted(set(embedded)):
        message = f"The file holds {what} ({embedded.count(what)} in all), which was not opened."
        yield ReaderNote("embedded_object", "", message)


def _references(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        outside = _OUTSIDE.match(element.get(_HREF, "").strip())
        if outside and element.tag not in _ADDRESSES and not element.tag.endswith("}event-listener"):
            yield _WHAT.get(element.tag, "something")


def _embedded(story: etree._Element) -> Iterator[str]:
    """The pictures and objects of a story. The picture that stands in for an object is none."""
    for frame in story.iter(name("draw:frame")):
        objects = [one for one in frame if one.tag in _OBJECTS]
        for element in objects[:1] or frame.findall(name("draw:image"))[:1]:
            if not _OUTSIDE.match(element.get(_HREF, "").strip()):
                yield _WHAT[element.tag]


def _modified(meta: etree._Element | None) -> str:
    """The document's own date of last change in universal time; empty when it has none that can be read."""
    found = None if meta is None else meta.findtext(f"{name('office:meta')}/{name('dc:date')}")
    return universal(found or "")
