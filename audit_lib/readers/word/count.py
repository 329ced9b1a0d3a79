"""How many characters of text a Word file holds, counted without the walk, so that a fault of the walk shows.

The walk goes down the tree and decides at each element what to do. This count works the other way round: it looks for
everything that the page does not show, wherever it stands, and counts whatever text is left anywhere.

What is counted: every character other than white space of typed text, mathematics and drawings (``w:t``, ``m:t``,
``a:t``), struck text and prompts of unfilled controls included; one for each sign of a symbol font, each no-break
hyphen and each tick box; one for the fields of a paragraph that draw what they show; the entry that an old drop-down field shows.

What is not: deleted text, deleted rows and cells, hidden text and rows, letters in the colour of what is behind them, the
workings of fields, readings above ruby text, the branch of an alternative that is not shown, Word comments, notes that
nothing refers to. Text in a cell that a merge has swallowed *is* counted though it is not read: it is in the file, and a
person should look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from audit_lib.rawform import Paragraph, Table
from audit_lib.readers.word.colours import ANY
from audit_lib.readers.word.names import (
    NOTHING,
    TEXTS,
    drop_down_choice,
    is_checkbox,
    is_drawing_field,
    name,
    switched_on,
)
from audit_lib.readers.word.styles import Looks

_GONE = tuple(name(short) for short in ("w:del", "w:moveFrom", "w:rt", "w:cellDel", "w:hidden"))
_WHOLE = {  # what goes as a whole when a deletion stands in its properties
    (name("w:del"), name("w:trPr")): name("w:tr"),
    (name("w:hidden"), name("w:trPr")): name("w:tr"),
    (name("w:cellDel"), name("w:tcPr")): name("w:tc"),
}
_RUNS = (name("w:r"), name("m:r"))
_MAY_HIDE = tuple(name(short) for short in ("w:vanish", "w:color", "w:rStyle", "w:pStyle"))
_TELLERS = {*_RUNS, name("w:p")}
_SIGNS = tuple(name(short) for short in ("w:sym", "w:noBreakHyphen"))


def count_read(blocks: Iterable[Paragraph | Table]) -> int:
    """The same count over what the walk gave."""
    paragraphs: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(block)
        else:
            for cell in block.cells:
                paragraphs += cell.paragraphs
    runs = [run for paragraph in paragraphs for run in paragraph.runs]
    return _letters([run.text for run in runs]) + sum(run.ticked is not None for run in runs)


class Page:
    """One story (body, note, header) as the page shows it: everything in it but what is not shown."""

    def __init__(self, story: etree._Element, looks: Looks) -> None:
        self._story = story
        self._unseen: set[etree._Element] = set()
        self._leave_out(_deleted(story))
        self._leave_out(_hidden_runs(story, looks))
        self._leave_out(_workings(story))
        for alternatives in reversed(list(story.iter(name("mc:AlternateContent")))):
            branches = list(alternatives)
            fullest = max(branches, key=self.count, default=None)
            self._leave_out(branch for branch in branches if branch is not fullest)

    def shown(self, *tags: str, inside: etree._Element | None = None) -> Iterator[etree._Element]:
        """The elements of these names that the page shows."""
        found = (self._story if inside is None else inside).iter(*tags)
        return (element for element in found if element not in self._unseen) if self._unseen else found

    def count(self, inside: etree._Element | None = None) -> int:
        """The characters that the page shows, in all or inside one of its elements."""
        total = _letters([element.text or "" for element in self.shown(*TEXTS, inside=inside)])
        total += sum(1 for _ in self.shown(*_SIGNS, name("w:checkBox"), inside=inside))
        choices = [drop_down_choice(field) for field in self.shown(name("w:ddList"), inside=inside)]
        total += _letters([choice[0] for choice in choices if choice])
        fields = (self._story if inside is None else inside).iter(name("w:instrText"))
        drawing = {next(one.iterancestors(name("w:p")), None) for one in fields if is_drawing_field(one)}
        total += sum(paragraph is not None and paragraph not in self._unseen for paragraph in drawing)
        controls = self.shown(name("w:sdt"), inside=inside)
        return total + sum(is_checkbox(control) and not self._holds_text(control) for control in controls)

    def _holds_text(self, control: etree._Element) -> bool:
        """Whether a tick box shows its sign as text or symbol, and so is counted already."""
        shown = self.shown(*TEXTS, *_SIGNS, inside=control)
        return any(element.tag == name("w:sym") or _letters([element.text or ""]) for element in shown)

    def _leave_out(self, elements: Iterable[etree._Element]) -> None:
        for element in elements:
            if element not in self._unseen:
                self._unseen.update(element.iter())


def _letters(texts: list[str]) -> int:
    return len("".join("".join(texts).split()))


def _deleted(story: etree._Element) -> Iterator[etree._Element]:
    for element in story.iter(*_GONE):
        if switched_on(element) is False:
            continue
        yield element
        properties, whole, *_ = *element.iterancestors(), None, None
        if properties is not None and whole is not None and whole.tag == _WHOLE.get((element.tag, properties.tag)):
            yield whole


def _hidden_runs(story: etree._Element, looks: Looks) -> Iterator[etree._Element]:
    """The runs that do not show. Where plain text does, only those are asked that say something, or whose paragraph does."""
    plain = looks.styles.look(NOTHING, looks.styles.default_paragraph_style)
    runs: Iterable[etree._Element] = story.iter(*_RUNS)
    if not plain.hidden and plain.colour == ANY:
        holders = (one.getparent() for one in story.iter(*_MAY_HIDE))
        tellers = dict.fromkeys(holder.getparent() for holder in holders if holder is not None)
        runs = (run for one in tellers if one is not None and one.tag in _TELLERS for run in one.iter(*_RUNS))
    for run in runs:
        around = next(run.iterancestors(name("w:p")), story)
        if looks.run(run, looks.paragraph(around)).hidden:
            yield run


def _workings(story: etree._Element) -> Iterator[etree._Element]:
    """The text that belongs to the workings of fields: before the mark that separates them from the result.

    A field is looked for in one paragraph; one whose workings never end there has none.
    """
    marks = story.iter(name("w:fldChar"))
    paragraphs = dict.fromkeys(around for mark in marks for around in mark.iterancestors(name("w:p")))
    for paragraph in paragraphs:
        waiting: list[list[etree._Element] | None] = []  # for each field we are in: its workings, None in its result
        for element in paragraph.iter(name("w:fldChar"), *TEXTS, *_SIGNS):
            kind = element.get(name("w:fldCharType"))
            if element.tag != name("w:fldChar"):
                for found in waiting:
                    if found is not None:
                        found.append(element)
            elif kind == "begin":
                waiting.append([])
            elif waiting:
                yield from waiting[-1] or []
                waiting[-1] = None
                if kind == "end":
                    waiting.pop()
