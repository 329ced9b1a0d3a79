"""The reader of Word documents (.docx, .docm, .dotx): our own walk over the XML, as no library sees all that forms hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Paragraph, RawForm, ReaderNote
from audit_lib.readers.package import Package, Packed, Relationship, parse_part
from audit_lib.readers.placing import notes_on_drawings
from audit_lib.readers.word.around import Around
from audit_lib.readers.word.bound import contradicted
from audit_lib.readers.word.count import Page, count_read
from audit_lib.readers.word.names import name, names
from audit_lib.readers.word.styles import Looks, Styles
from audit_lib.readers.word.walk import Block, Walk

_REMEMBERED_STYLES = 8
_REMEMBERED_BYTES = 1_000_000  # a larger part of styles is read again each time, so that memory stays small
_TRACKED = names("w:ins w:del w:moveFrom w:moveTo w:cellIns w:cellDel w:cellMerge w:rPrChange")
_OUTSIDE = {
    "attachedTemplate": "a template",
    "image": "a picture",
    "oleObject": "an object of another program",
    "aFChunk": "a second document",
    "subDocument": "a second document",
    "frame": "a web page",
}
_EMBEDDED = {
    "image": "a picture",
    "oleObject": "an object of another program",
    "package": "a file",
    "control": "an ActiveX control",
    "chart": "a chart",
    "chartEx": "a chart",
    "diagramData": "a diagram",
    "aFChunk": "a second document, whose text Word would show",
    "subDocument": "a second document, whose text Word would show",
}


@dataclass
class Parts:
    """The parts of one document in which text stands. ``notes`` holds footnotes and endnotes: (part, id) -> note.

    ``margins`` holds headers and footers, each once, in the order in which the document refers to them.
    """

    body: etree._Element
    styles: Styles
    relationships: list[Relationship]
    notes: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    margins: list[tuple[str, etree._Element]] = field(default_factory=list)
    word_comments: int = 0

    def stories(self) -> Iterator[etree._Element]:
        """Everything in which text can stand."""
        yield self.body
        yield from self.notes.values()
        yield from (story for _, story in self.margins)


def read_word(data: bytes, kind: str) -> RawForm:
    """One Word document as a raw form, as it stands with all tracked changes accepted.

    After the body come the footnotes and endnotes it refers to ("footnote 1"), then the text of page headers and
    footers; tables in these are given as nested paragraphs. Paragraphs with nothing in them are left out. ``modified``
    is in universal time (``2018-05-22T09:30:00Z``), a time without a zone being taken as such.

    Raises :class:`UnreadableFile` when the file is damaged, unsafe to open or too large.
    """
    package = Package(data)
    parts = _parts(package)
    looks = Looks(parts.styles, parts.stories())
    walk = Walk(looks)
    blocks = _numbered(walk.blocks(parts.body))
    blocks += _notes(walk, parts)
    for where, story in parts.margins:
        blocks += walk.paragraphs(story, Around(where=where, aside="margin"))
    form = RawForm(
        kind,
        tuple(blocks),
        tuple(_reader_notes(package, parts, walk)),
        _count_in_file(parts, looks),
        count_read(blocks),
        package.modified(),
    )
    package.refuse_document_types()  # last: what has been read need not be opened again
    return form


def _parts(package: Package) -> Parts:
    main = package.main_part()
    if not main:
        raise UnreadableFile("damaged", "the file does not say where its text is")
    root = package.xml(main)
    body = root.find(name("w:body"))
    if body is None:
        raise UnreadableFile("damaged", "the file has no body")
    relationships = package.relationships(main)
    of_kind = {one.kind: one.target for one in reversed(relationships) if not one.external and package.has(one.target)}

    def part(kind: str) -> etree._Element | None:
        return package.xml(of_kind[kind]) if kind in of_kind else None

    styles = _styles(package.packed(of_kind["styles"])) if "styles" in of_kind else Styles()
    parts = Parts(body, styles, relationships)
    for kind in ("footnotes", "endnotes"):
        story = part(kind)
        for note in story if story is not None else ():
            parts.notes[kind, note.get(name("w:id"), "")] = note
    comments = part("comments")
    parts.word_comments = 0 if comments is None else len(comments.findall(name("w:comment")))
    parts.margins = _margins(package, root, relationships)
    return parts


def _margins(
    package: Package, root: etree._Element, relationships: list[Relationship]
) -> list[tuple[str, etree._Element]]:
    by_id = {one.id: one.target for one in relationships if not one.external and package.has(one.target)}
    margins: dict[str, tuple[str, etree._Element]] = {}
    for reference in root.iter(name("w:headerReference"), name("w:footerReference")):
        target = by_id.get(reference.get(name("r:id"), ""))
        if target is not None and target not in margins:
            where = "page header" if reference.tag == name("w:headerReference") else "page footer"
            margins[target] = (where, package.xml(target))
    return list(margins.values())


def _styles(part: Packed) -> Styles:
    """The styles in a part. All forms of an audit were once the same form, so the part is often the same too."""
    return _known_styles(part) if len(part.raw) <= _REMEMBERED_BYTES else Styles.of(parse_part(part.inflated()))


@lru_cache(_REMEMBERED_STYLES)
def _known_styles(part: Packed) -> Styles:
    return Styles.of(parse_part(part.inflated()))


def _numbered(blocks: list[Block]) -> list[Block]:
    """The same blocks, the paragraphs numbered from 1. Tables have their numbers from the walk."""
    paragraphs = 0
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            paragraphs += 1
            blocks[place] = block._replace(where=f"paragraph {paragraphs}")
    return blocks


def _notes(walk: Walk, parts: Parts) -> list[Paragraph]:
    """The notes that the text read so far refers to, in that order, each once."""
    found: list[Paragraph] = []
    for part in ("footnotes", "endnotes"):
        met = dict.fromkeys(key for key in walk.notes_met if key[0] == part and key in parts.notes)
        for number, key in enumerate(met, start=1):
            where = f"{part.removesuffix('s')} {number}"
            found += walk.paragraphs(parts.notes[key], Around(where=where, aside="note"))
    return found


def _count_in_file(parts: Parts, looks: Looks) -> int:
    """The text that the file holds, told without the walk. See :mod:`audit_lib.readers.word.count`."""
    body = Page(parts.body, looks)
    stories = [story for _, story in parts.margins]
    for part, reference in (("footnotes", "w:footnoteReference"), ("endnotes", "w:endnoteReference")):
        met = {(part, element.get(name("w:id"), "")) for element in body.shown(name(reference))}
        stories += [note for key, note in parts.notes.items() if key in met]
    return body.count() + sum(Page(story, looks).count() for story in stories)


def _reader_notes(package: Package, parts: Parts, walk: Walk) -> Iterator[ReaderNote]:
    """What a person may want to know about the file. No text of the file stands in these messages."""
    yield from notes_on_drawings(walk.shapes, walk.marks, walk.tables)
    for where in dict.fromkeys(walk.pictures):
        yield ReaderNote("embedded_object", where, "A picture stands here, which was not opened.")
    for where in dict.fromkeys(contradicted(walk.controls, package)):
        message = "A field here is bound to data in the file that say something else, and Word may show those: look at the page."
        yield ReaderNote("drawn_over", where, message)
    if walk.hidden:
        message = "There is text in the file that Word does not show; it was not read."
        yield ReaderNote("hidden_text", "", message)
    for where in dict.fromkeys(walk.lost):
        message = (
            "Letters here have the colour of the highlight behind them, or may have; they were read. Look at the page."
        )
        yield ReaderNote("letters_lost", where, message)
    for where in dict.fromkeys(walk.concealed):
        message = "The style of this table strikes letters, or makes some white or hidden; they were read as plain. Look at the page."
        yield ReaderNote("letters_lost", where, message)
    if parts.word_comments:
        message = f"Word comments, which were not read: {parts.word_comments}. Look whether they matter."
        yield ReaderNote("comments_in_file", "", message)
    if any(True for story in parts.stories() for _ in story.iter(*_TRACKED)):
        message = "The file holds tracked changes; it was read as if all of them were accepted."
        yield ReaderNote("tracked_changes", "", message)
    outside = {one.kind for one in package.all_relationships() if one.external and one.kind != "hyperlink"}
    for what in sorted({_OUTSIDE.get(kind, "something") for kind in outside}):
        message = f"The file refers to {what} outside itself, which was not opened."
        yield ReaderNote("external_reference", "", message)
    embedded = [_EMBEDDED[one.kind] for one in parts.relationships if not one.external and one.kind in _EMBEDDED]
    for what in sorted(set(embedded)):
        message = f"The file holds {what} ({embedded.count(what)} in all), which was not opened."
        yield ReaderNote("embedded_object", "", message)
