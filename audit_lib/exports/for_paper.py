"""What of a finished page stands in the report on paper for a board.

The page says it by its classes. Left out is what is marked ``screen``, and all that is folded unless it is marked for paper: then
it stands in its place (``paper-here``) or in the appendix (``paper-appendix``). Sentences that lead to those behind a figure are left
out where the chart or table above them has the same figures, unless they tell of something that cannot be read for certain. What is for
the appendix stays in its place where it is little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from audit_lib.present.html import ON_SCREEN, PAPER_FIRST

_LEVELS = {"h2": 1, "h3": 2}
_HERE, _APPENDIX = "paper-here", "paper-appendix"
_LITTLE = 20  # comments
_SPACE = re.compile(r"\s+")
_UNCERTAIN = re.compile(r"\d+ (?:unclear|cannot be read for certain)")  # as sentences say it


@dataclass
class Part:
    """A heading of the first or second level, and what stands below it until the next one; ``moved`` stands in the appendix.

    What stands above the first heading is a part without a title.
    """

    level: int
    title: str
    body: list[HtmlElement] = field(default_factory=list)
    moved: list[HtmlElement] = field(default_factory=list)
    shortened: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is left but what introduced it: one paragraph, and why nothing is there."""
        introduction = [each for each in self.body if each.tag == "p" and not each.classes]
        reasons = [each for each in self.body if "nothing" in each.classes]
        return self.shortened and len(introduction) <= 1 and len(introduction) + len(reasons) == len(self.body)

    @property
    def only_moved(self) -> bool:
        """Whether nothing but notes is left beside what stands in the appendix."""
        return bool(self.moved) and all(each.tag == "p" and "note" in each.classes for each in self.body)


def parts_on_paper(elements: Iterable[HtmlElement]) -> tuple[list[Part], list[Part]]:
    """The parts of a report and those of its appendix, from the elements of a page, which are taken apart.

    A part of which nothing is left is left out. A part of the second level that stands in the appendix as a whole is there alone;
    its part of the first level knows what was ``moved``.
    """
    elements = list(elements)
    later = [each for each in elements if _APPENDIX in each.classes]
    if sum(1 for each in later for _ in each.iter("li")) <= _LITTLE:
        later = []
    parts = list(_split(elements))
    for part in parts:
        _shorten(part, later)
    appendix = [
        Part(2, part.title, [*(part.body if part.level == 2 else []), *part.moved]) for part in parts if part.moved
    ]
    kept: list[Part] = []
    for part in parts:
        above = next((each for each in reversed(kept) if each.level == 1), None)
        if part.level == 2 and part.only_moved and above:
            above.moved += part.moved
        elif part.level == 1 or part.moved or not part.empty:
            kept.append(part)
    return [part for part, below in zip(kept, [*kept[1:], None], strict=True) if not _hollow(part, below)], appendix


def in_front(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """The parts that stand in front of the contents, and the others.

    In front stands the first part of the first level with those below it. What the page marks for the front, wherever it stands there,
    comes in between: the first of it (what is not known) behind what stands out, so that both are on the first page, the rest at the end.
    """
    marked = [part for part in parts if any(PAPER_FIRST in each.classes for each in part.body)]
    others = [part for part in parts if part not in marked]
    second = next((at for at, part in enumerate(others) if at and part.level == 1), len(others))
    return [*others[: min(2, second)], *marked[:1], *others[2:second], *marked[1:]], others[second:]


def words(element: HtmlElement) -> str:
    """The text of an element in one line."""
    return _SPACE.sub(" ", element.text_content()).strip()


def _hollow(part: Part, below: Part | None) -> bool:
    return part.level == 1 and part.empty and not part.moved and (below is None or below.level == 1)


def _split(elements: Iterable[HtmlElement]) -> Iterator[Part]:
    part = Part(1, "")
    for element in elements:
        if element.tag in _LEVELS:
            if part.title or part.body:
                yield part
            part = Part(_LEVELS[element.tag], words(element))
        else:
            part.body.append(element)
    yield part


def _shorten(part: Part, later: Sequence[HtmlElement]) -> None:
    """Leave in a part what stands there on paper; ``later`` is what stands in the appendix."""
    body, drawn = part.body, False
    part.body = []
    for element in body:
        if element in later:
            part.moved.append(element)
            continue
        kept = _uncertain(element) if drawn and _needless(element) else _unfolded(element)
        part.body += kept
        part.shortened = part.shortened or kept != [element]
        drawn = drawn or any(each.tag in ("figure", "table") for one in kept for each in one.iter())


def _needless(element: HtmlElement) -> bool:
    """Whether an element below a chart or a table says in sentences what that shows, or why something more is not there."""
    repeats = "definitions" in element.classes and bool(element.find_class("behind"))
    return repeats or "nothing" in element.classes


def _uncertain(element: HtmlElement) -> Sequence[HtmlElement]:
    """Of needless sentences those that stay: what they say of doubt stands in the chart in small letters, and in the table not at all."""
    return [each for each in element.iterchildren("p") if "note" not in each.classes and _UNCERTAIN.search(words(each))]


def _unfolded(element: HtmlElement) -> Sequence[HtmlElement]:
    """What stands on paper of one element."""
    if ON_SCREEN in element.classes:
        return []
    if element.tag == "details":
        if _APPENDIX in element.classes:
            return [element]
        return [each for child in element[1:] for each in _unfolded(child)] if _HERE in element.classes else []
    for inner in [*element.find_class(ON_SCREEN), *element.iter("details")]:
        if inner is not element and inner.getparent() is not None:
            inner.drop_tree()
    return [element]
