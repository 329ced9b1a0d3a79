"""How many characters of text a Word file holds, counted without the walk, so that a fault of the walk shows.

The walk goes down the tree and decides at each element what to do. This count works the other way round: it takes a copy
of the XML, strikes out everything that the page does not show, and counts whatever text is left anywhere.

What is counted: every character other than white space of typed text, mathematics and drawings (``w:t``, ``m:t``,
``a:t``), struck text and prompts of unfilled controls included; one for each sign of a symbol font, each no-break
hyphen and each tick box; the entry that an old drop-down field shows.

What is not: deleted text, deleted rows and cells, hidden text, the workings of fields, readings above
ruby text, the branch of an alternative that is not shown, Word comments, notes that nothing refers to. Text in a cell
that a merge has swallowed *is* counted though it is not read: it is in the file, and a person should look.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import cast

from lxml import etree

from audit_lib.rawform import Paragraph, Table
from audit_lib.readers.word_names import NAMESPACES, drop_down_choice, is_checkbox, name
from audit_lib.readers.word_styles import Styles

_GONE = "//w:del | //w:moveFrom | //w:tr[w:trPr/w:del] | //w:tc[w:tcPr/w:cellDel] | //w:rt"
_TEXTS = tuple(name(short) for short in ("w:t", "m:t", "a:t"))
_SIGNS = tuple(name(short) for short in ("w:sym", "w:noBreakHyphen"))


def count_read(blocks: Iterable[Paragraph | Table]) -> int:
    """The same count over what the walk gave."""
    total = 0
    for block in blocks:
        paragraphs = [block] if isinstance(block, Paragraph) else [p for cell in block.cells for p in cell.paragraphs]
        runs = [run for paragraph in paragraphs for run in paragraph.runs]
        total += sum(_letters(run.text) + (run.ticked is not None) for run in runs)
    return total


def page_of(story: etree._Element, styles: Styles) -> etree._Element:
    """A copy of one story (body, note, header), holding what the page shows and nothing else."""
    page = copy.deepcopy(story)
    gone = set(cast(list[etree._Element], page.xpath(_GONE, namespaces=NAMESPACES)))
    gone |= {run for run in page.iter(name("w:r"), name("m:r")) if styles.look(run, _style_around(run, styles)).hidden}
    for paragraph in page.iter(name("w:p")):
        gone |= _workings(paragraph)
    for element in gone:
        _remove(element)
    for alternatives in reversed(list(page.iter(name("mc:AlternateContent")))):
        branches = list(alternatives)
        fullest = max(branches, key=count_shown, default=None)
        for branch in branches:
            if branch is not fullest:
                alternatives.remove(branch)
    return page


def count_shown(page: etree._Element) -> int:
    """The characters in a page made by :func:`page_of`."""
    total = sum(_letters(element.text or "") for element in page.iter(*_TEXTS))
    total += sum(1 for _ in page.iter(*_SIGNS, name("w:checkBox")))
    choices = [drop_down_choice(field) for field in page.iter(name("w:ddList"))]
    total += sum(_letters(choice[0]) for choice in choices if choice)
    return total + sum(is_checkbox(control) and not _holds_text(control) for control in page.iter(name("w:sdt")))


def _holds_text(control: etree._Element) -> bool:
    """Whether a tick box shows its sign as text or symbol, and so is counted already."""
    return any(
        element.tag == name("w:sym") or _letters(element.text or "") for element in control.iter(*_TEXTS, *_SIGNS)
    )


def _letters(text: str) -> int:
    return sum(not letter.isspace() for letter in text)


def _style_around(run: etree._Element, styles: Styles) -> str:
    return styles.paragraph_style(next(run.iterancestors(name("w:p")), None))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _workings(paragraph: etree._Element) -> set[etree._Element]:
    """The text that belongs to the workings of the fields in a paragraph: before the mark that separates them from the result.

    A field whose workings never end has none.
    """
    workings: set[etree._Element] = set()
    waiting: list[set[etree._Element] | None] = []  # for each field we are in: its workings so far, None in its result
    for element in paragraph.iter(name("w:fldChar"), *_TEXTS, *_SIGNS):
        kind = element.get(name("w:fldCharType"))
        if element.tag != name("w:fldChar"):
            for found in waiting:
                if found is not None:
                    found.add(element)
        elif kind == "begin":
            waiting.append(set())
        elif waiting:
            workings |= waiting[-1] or set()
            waiting[-1] = None
            if kind == "end":
                waiting.pop()
    return workings
