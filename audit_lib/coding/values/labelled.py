"""Text in which several kinds of comment stand together, each after its label: "Evidence: ... Impact: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from audit_lib.coding.values.comments import standing, with_rows_joined
from audit_lib.instrument import Column
from audit_lib.rawform import Paragraph, Run
from audit_lib.text import fold, lower_same_length

UNLABELLED = "comment"


@cache
def _label(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds a label with its colon at the head of a line or after the end of a sentence, perhaps with a few words more
    ("Impact on the child:", "Impacts:"), or alone in its line; an initial ("E:") counts at the head of a line alone.
    """
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    initials = "".join(sorted({word[0] for word in words}))
    more = r"s?(?:\s*\(\w\))?(?:\s*[/&]\s*\w+|\s+(?:on|for|of|to)\s+(?:the\s+)?[\w']+)?"
    return re.compile(
        rf"(?:^[^\S\n]*|(?<=[.!?;)])[ \t]+)(?P<word>{longest_first}){more}(?:\s*:|\s+[-–—]\s)"
        rf"|^[^\S\n]*(?P<alone>{longest_first})(?:[^\S\n]*\(\w\))?[^\S\n]*$|^[^\S\n]*(?P<initial>[{initials}])\s*:",
        re.MULTILINE,
    )


def by_label(paragraphs: Iterable[Paragraph], columns: Sequence[Column]) -> list[tuple[str, Paragraph]]:
    """Each stretch of text with the column that its label names; what stands before any label is ``comment``.

    A label holds on until the next one. Struck text and prompts are left out.
    """
    named = {fold(cue): column.id for column in columns for cue in column.cues}
    initial = {cue[0]: column for cue, column in named.items()}
    label = _label(tuple(named))
    found: list[tuple[str, Paragraph]] = []
    current = UNLABELLED
    for paragraph in with_rows_joined(paragraphs):
        text = standing(paragraph)
        at = 0
        for match in label.finditer(lower_same_length(text)):
            found.append((current, _part(paragraph, text[at : match.start()])))
            word = match["word"] or match["alone"]
            current = named[word] if word else initial[match["initial"]]
            at = match.end()
        found.append((current, _part(paragraph, text[at:])))
    return [(column, part) for column, part in found if part.runs]


def _part(paragraph: Paragraph, text: str) -> Paragraph:
    return Paragraph((Run(text),) if text.strip() else (), paragraph.where, paragraph.listed, paragraph.nested)
