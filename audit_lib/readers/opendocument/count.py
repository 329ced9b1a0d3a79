"""How many characters of text an OpenDocument file holds, counted without the walk, so that a fault of the walk shows.

The walk goes down the tree and decides at each element what to do. This count works the other way round: it takes a copy
of the XML, strikes out everything that the page does not show, and counts whatever text is left in any paragraph.

What is counted: every character other than white space, struck text, prompts and notes included; one for each tick box;
what the controls show that stand in the text; everything as often as a repeated row or cell says. What is not: deleted
text, hidden text, the workings of fields, readings above ruby text, comments, numbers of notes and of lists. Text in a
place that a merge has swallowed *is* counted though it is not read: it is in the file, and a person should look.
"""

from __future__ import annotations

import copy

from lxml import etree

from audit_lib.readers.opendocument.controls import Controls, control_runs, drop_down_run, field_runs, own_text
from audit_lib.readers.opendocument.names import (
    NAMESPACES,
    PARAGRAPHS,
    UNSHOWN,
    gaps,
    get,
    is_hidden,
    is_true,
    name,
    names,
    times,
)
from audit_lib.readers.opendocument.styles import Says, Styles, look_of

_STANDING = names("text:note text:drop-down field:fieldmark draw:control loext:content-control")
_DRAWN = (f"{{{NAMESPACES['draw']}}}", f"{{{NAMESPACES['dr3d']}}}")
_CONTAINERS = PARAGRAPHS | names("table:table text:list text:section text:note")
_WHOLE = _STANDING - names("text:note loext:content-control")


def count_shown(story: etree._Element, styles: Styles, controls: Controls) -> int:
    """The characters that the page shows of one story."""
    page = copy.deepcopy(story)
    _strike_out_gaps(page)
    for element in [one for one in page.iter(etree.Element) if one.tag in UNSHOWN or is_hidden(one)]:
        _empty(element)
    for paragraph in list(page.iter(*PARAGRAPHS)):  # a list: what is taken out of the tree would end the iteration
        _strike_out_hidden(paragraph, styles.of_paragraph(paragraph), styles)
    return _count(page, controls, standing=1, inside=False)


def _strike_out_gaps(page: etree._Element) -> None:
    """Take out what stands between the two ends of each stretch that the page does not show."""
    stretches = gaps(page)
    until: set[etree._Element] = set()
    gone: list[etree._Element] = []
    for event, element in etree.iterwalk(page, events=("start", "end")):
        if event == "end":
            if until:
                element.tail = None
            continue
        if element in stretches:
            until.add(stretches[element])
        until.discard(element)
        if until:
            element.text = None
            gone += [element] if element.tag in _STANDING else []
    for element in gone:
        _empty(element)


def _strike_out_hidden(element: etree._Element, says: Says, styles: Styles) -> None:
    """Take out text that its style hides; a span inside hidden text may show itself again."""
    hidden = look_of(says).hidden
    if hidden:
        element.text = None
    for inner in element:
        if inner.tag in _CONTAINERS or inner.tag in _WHOLE or inner.tag.startswith(_DRAWN):
            if hidden:
                _empty(inner)
        else:
            _strike_out_hidden(inner, styles.around(inner, says), styles)
        if hidden:
            inner.tail = None


def _count(element: etree._Element, controls: Controls, standing: int, inside: bool) -> int:
    """The characters below an element that stands so many times. ``inside`` a paragraph all text counts."""
    standing = 1 if element.tag == name("text:note") else standing * times(element)
    inside = inside or element.tag in PARAGRAPHS
    total = standing * (_without_text(element, controls) + (_letters(element.text) if inside else 0))
    for inner in element:
        total += _count(inner, controls, standing, inside)
        total += standing * _letters(inner.tail) if inside else 0
    return total


def _without_text(element: etree._Element, controls: Controls) -> int:
    """What an element shows that is not written as its text."""
    if element.tag == name("loext:content-control"):
        return int(is_true(element, "loext:checkbox") and not own_text(element))
    if element.tag == name("text:drop-down"):
        return 0 if own_text(element) else _letters(drop_down_run(element).text)
    if element.tag == name("field:fieldmark"):
        runs = field_runs(element)
    elif element.tag == name("draw:control"):
        runs = control_runs(controls.get(get(element, "draw:control")))
    else:
        return 0
    return sum(_letters(run.text) + (run.ticked is not None) for run in runs)


def _empty(element: etree._Element) -> None:
    """Take out all that an element is and holds; the text after it stays."""
    tail = element.tail
    element.clear()
    element.tail = tail


def _letters(text: str | None) -> int:
    return sum(map(len, (text or "").split()))
