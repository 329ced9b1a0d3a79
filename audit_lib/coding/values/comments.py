"""A cell or a field of free text -> comments: one for each bullet, paragraph or soft line break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from audit_lib.rawform import Mark, Paragraph, Run
from audit_lib.scales import bare
from audit_lib.text import clean

_BULLET = re.compile(r"^(?:[•▪·*○●◦‣➢\-–—]\s*(?=\S)|o\s+(?=[A-Z]))")
_LONE_LABEL = re.compile(r"[A-Za-z][A-Za-z' ]{0,30}:")
_PROMPTS = frozenset(
    map(
        bare,
        (
            "click here to enter text",
            "click or tap here to enter text",
            "click to enter text",
            "click or tap to enter a date",
            "click here to enter a date",
            "choose an item",
            "tap here",
        ),
    )
)


def is_prompt(text: str) -> bool:
    """Whether some words are the prompt of a control that nobody has filled."""
    return bare(text) in _PROMPTS


def comments_in(paragraphs: Iterable[Paragraph]) -> list[str]:
    """The comments in some paragraphs, cleaned. One typed bullet is taken off; prompts, lone labels and rules are none."""
    out = []
    for paragraph in with_rows_joined(paragraphs):
        for line in standing(paragraph).split("\n"):
            text = _BULLET.sub("", clean(line), count=1).strip()
            if re.search(r"[^\W_]", text) and not _LONE_LABEL.fullmatch(text) and not is_prompt(text):
                out.append(text)
    return out


def with_rows_joined(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The same with each row of a table inside a cell as one paragraph: "3 May – home visit – seen alone"."""
    for (_, row), of_row in groupby(paragraphs, key=lambda one: (one.where, one.nested_row)):
        found = list(of_row)
        said = [text for one in found if (text := clean(standing(one).replace("\n", " ")))]
        if row and len(said) > 1:
            yield found[0]._replace(runs=(Run(" – ".join(said)),))
        else:
            yield from found


def standing(paragraph: Paragraph) -> str:
    """What stands in a paragraph, without struck text and prompts, with tick boxes as signs."""
    parts = []
    for run in paragraph.runs:
        if run.ticked is not None:
            parts.append("☒ " if run.ticked else "☐ ")
        elif not run.mark & (Mark.STRUCK | Mark.PLACEHOLDER):
            parts.append(run.text)
    return "".join(parts)
