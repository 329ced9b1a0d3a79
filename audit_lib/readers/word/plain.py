"""Paragraphs of nothing but text, as nearly all are, read in one go: to walk them as all others costs three times as much.

``tests/readers/test_word.py`` holds that both ways give the same.
"""

from __future__ import annotations

from lxml import etree

from audit_lib.rawform import Mark, Paragraph
from audit_lib.readers import symbol_signs
from audit_lib.readers.word.around import Around
from audit_lib.readers.word.names import name, names
from audit_lib.readers.word.styles import Looks

_RUN, _TEXT, _RPR = name("w:r"), name("w:t"), name("w:rPr")
_NOTHING_TO_READ = names("w:pPr w:proofErr w:bookmarkStart w:bookmarkEnd")
_XML_SPACE = str.maketrans("\r\n\t", "   ")  # a line break of the XML is a space on the page


def plain_paragraph(looks: Looks, element: etree._Element, around: Around) -> tuple[Paragraph, ...] | None:
    """The paragraph in an element, none where nothing stands in it; None when it holds more than text or goes on in the next."""
    pieces: list[symbol_signs.Piece] = []
    said: list[str] = []
    look = looks.paragraph(element)
    if look.joins_next:
        return None
    for run in element:
        if run.tag != _RUN:
            if run.tag in _NOTHING_TO_READ:
                continue
            return None
        seen = looks.run(run, look)
        if seen.hidden or seen.lost:
            return None
        for one in run:
            if one.tag == _TEXT:
                text = on_the_page(one.text)
                mark = seen.mark | Mark.PLACEHOLDER if around.placeholder else seen.mark
                if pieces and pieces[-1][1] is mark and pieces[-1][2] == seen.font:
                    pieces[-1] = (pieces[-1][0] + text, mark, seen.font)
                else:
                    pieces.append((text, mark, seen.font))
                if seen.other not in said and tells(mark, text):
                    said.append(seen.other)
            elif one.tag != _RPR:
                return None
    if not pieces:
        return ()
    runs = symbol_signs.runs_of(pieces)
    for shown in runs:
        if shown.ticked is not None or shown.text.strip():
            own = "\n".join(said)
            return (Paragraph(runs, around.where, look.listed, around.nested, look.title, around.aside, own),)
    return ()


def on_the_page(text: str | None) -> str:
    """The text of an element as Word shows it."""
    if text is None:
        return ""
    return text.translate(_XML_SPACE) if "\n" in text or "\t" in text or "\r" in text else text


def tells(mark: Mark, text: str) -> bool:
    """Whether the look of this text counts as one of the paragraph: letters that stand."""
    return (mark is Mark.NONE or not mark & (Mark.STRUCK | Mark.PLACEHOLDER)) and any(map(str.isalnum, text))
