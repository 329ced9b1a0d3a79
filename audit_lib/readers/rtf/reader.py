"""The reader of rich text (.rtf): our own walk, because the parsers there are lose strike-through and merged cells."""

from __future__ import annotations

from collections.abc import Iterator

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Paragraph, RawForm, ReaderNote, Table
from audit_lib.readers.placing import notes_on_drawings, placed
from audit_lib.readers.rtf.text import Found
from audit_lib.readers.rtf.tokens import beginning
from audit_lib.readers.rtf.walk import Walk
from audit_lib.readers.word.count import count_read


def read_rtf(data: bytes, kind: str) -> RawForm:
    """One rich text file as a raw form, as it stands with all tracked changes accepted.

    After the body come its footnotes and endnotes ("footnote 1"), then the text of page headers and footers; tables in these
    are given as nested paragraphs. Paragraphs with nothing in them are left out. ``modified`` is the last change that the
    file tells of, taken as universal time because rich text names no zone.

    Raises :class:`UnreadableFile` with ``damaged`` (also for a file that ends early: what is missing cannot be told),
    ``unsafe`` or ``too_large``.
    """
    begin = beginning(data)
    if begin < 0:
        raise UnreadableFile("damaged", "the file does not begin as rich text does")
    walk = Walk(data[begin:])
    margins = list(_margins(walk.found))
    blocks = [*placed(walk.blocks), *_notes(walk.found), *margins]
    again = count_read([one for _, paragraphs in walk.found.margins for one in paragraphs]) - count_read(margins)
    return RawForm(
        kind,
        tuple(blocks),
        (*_drawings(walk), *_reader_notes(walk.found)),
        walk.found.count - again,
        count_read(blocks),
        walk.found.modified,
    )


def _drawings(walk: Walk) -> Iterator[ReaderNote]:
    tables = sum(isinstance(block, Table) for block in walk.blocks)
    return notes_on_drawings(walk.found.shapes, walk.found.marks, tables)


def _notes(found: Found) -> Iterator[Paragraph]:
    for which in ("footnote", "endnote"):
        notes = [paragraphs for kind, paragraphs in found.notes if kind == which]
        for number, paragraphs in enumerate(notes, start=1):
            yield from (paragraph._replace(where=f"{which} {number}", aside="note") for paragraph in paragraphs)


def _margins(found: Found) -> Iterator[Paragraph]:
    """Headers and footers; one that is written again, for other pages or a further section, is given once."""
    for where, paragraphs in dict.fromkeys(found.margins):
        yield from (paragraph._replace(where=where, aside="margin") for paragraph in paragraphs)


def _reader_notes(found: Found) -> Iterator[ReaderNote]:
    """What a person may want to know about the file. No text of the file stands in these messages."""
    if found.hidden:
        yield ReaderNote("hidden_text", "", "There is text in the file that Word does not show; it was not read.")
    if found.comments:
        message = f"Word comments, which were not read: {found.comments}. Look whether they matter."
        yield ReaderNote("comments_in_file", "", message)
    if found.tracked:
        message = "The file holds tracked changes; it was read as if all of them were accepted."
        yield ReaderNote("tracked_changes", "", message)
    if found.stateless:
        message = (
            f"Form fields of which the file does not say what was chosen: {found.stateless}. Ask for the Word form."
        )
        yield ReaderNote("text_lost", "", message)
    for what in sorted(found.outside):
        message = f"The file refers to {what} outside itself, which was not opened."
        yield ReaderNote("external_reference", "", message)
    for what, count in (("a picture", found.pictures), ("an object of another program", found.objects)):
        if count:
            message = f"The file holds {what} ({count} in all), which was not opened."
            yield ReaderNote("embedded_object", "", message)
