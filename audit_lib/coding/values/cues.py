"""Knowing printed words again: cues, labels and headings in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from audit_lib.instrument import GradedThing
from audit_lib.rawform import Mark, Paragraph, Run
from audit_lib.text import clean, fold, lower_same_length

_folded = cache(fold)  # of cues, which are few and asked for again and again


_NUMBERING = re.compile(r"^(?:section |part )?(?:[a-z]|\d{1,2})?\s*[.):-]?\s+")
_LABEL_END = re.compile(r"[^:?]*(?::|\?\s*(?:\([^)]*\))?\s*:?)")


@cache
def _words(cue: str) -> re.Pattern[str]:
    """Finds a cue as whole words in folded text."""
    return re.compile(rf"(?<!\w){re.escape(fold(cue))}(?!\w)")


@cache
def _words_without_articles(cue: str) -> re.Pattern[str]:
    return _words(without_articles(fold(cue)))


def cue_length(text: str, cues: Iterable[str]) -> int:
    """The length of the longest cue that stands in a folded text as whole words; 0 for none."""
    found = (_words(cue).search(text) for cue in cues if _folded(cue) in text)
    return max((len(match.group()) for match in found if match), default=0)


def begins_with_cue(text: str, cues: Iterable[str]) -> bool:
    """Whether a folded text begins with one of the cues."""
    return any(text.startswith(_folded(cue)) for cue in cues)


def cue_near_start(text: str, cues: Iterable[str], within: int) -> bool:
    """Whether one of the cues begins within the first ``within`` characters of a folded text, as whole words."""
    found = (_words(cue).search(text) for cue in cues if _folded(cue) in text)
    return any(match and match.start() <= within for match in found)


_LEAD = re.compile(  # what a form prints before the words by which the score is known, and no sentence of a person
    r"\W*(?:(?:please|overall|using|use|and|with|your|our|the|this|that|these|score|scoring|scale|rating|rate|grade|mark|give|of|on|out|for|as|to|from"
    r"|in|a|an|total|final|casework|case|work|practice|quality|how|would|you|judge|question|section|\d{1,2}[a-z]?|[a-z]\d{1,2})\b\W*)*"
)


def begins_as_a_label(text: str, cues: Iterable[str]) -> bool:
    """Whether a folded text holds one of the cues with nothing before it but words that a form prints there: "mum was asked on a scale
    of 0 to 10" is somebody's sentence.
    """
    found = (_words(cue).search(text) for cue in cues if _folded(cue) in text)
    return any(match and _LEAD.fullmatch(text[: match.start()]) for match in found)


def first_cue(text: str, cues: Iterable[str]) -> tuple[int, int] | None:
    """Where the first cue stands in a folded text without articles, and its length (the longest that begins there)."""
    matches = (_words_without_articles(cue).search(text) for cue in cues)
    found = [(match.start(), -len(match.group())) for match in matches if match]
    if not found:
        return None
    at, length = min(found)
    return at, -length


def named_alone(text: str, things: Iterable[GradedThing], judged: Iterable[str] = ()) -> GradedThing | None:
    """The thing graded whose title or cue a text is, with nothing but a number before it, or one of the words ``judged`` behind it
    ("Overall judgement"); None for none.
    """
    plain = plain_heading(fold(text))
    endings = [f" {fold(word)}" for word in judged]
    plains = {plain, *(plain.removesuffix(ending).strip(" .:-") for ending in endings)}
    names = ((without_articles(fold(name)).strip(" .:-"), one) for one in things for name in (one.title, *one.cues))
    return next((one for name, one in names if name in plains), None)


def plain_heading(text: str) -> str:
    """A folded heading without its number, articles and the signs at its ends."""
    return _NUMBERING.sub("", without_articles(text)).strip(" .:-")


def without_articles(text: str) -> str:
    """A folded text without "the" and "of", so that "quality of the plan" and "quality of plan" are one heading."""
    return re.sub(r"\b(the|of)\b ?", "", text)


def after_label(paragraph: Paragraph, cues: Iterable[str]) -> Paragraph | None:
    """What stands in a paragraph after its label; None for nothing.

    The label ends at the first colon after its cue, or at a question mark and the bracket that may follow it. Controls
    and marks of what comes after are kept.
    """
    text = paragraph.text
    plain = lower_same_length(text)
    colon = plain.find(":")
    cue_ends = [match.end() for cue in cues for match in [re.search(re.escape(fold(cue)), plain)] if match]
    before = [at for at in cue_ends if at <= colon]  # beyond the colon the words of a cue may be the value itself
    end = _LABEL_END.match(text, max(before or cue_ends, default=0))
    if not end:
        return None
    goes_on = re.match(r"\s*\(([^)]*)\)\s*:?", text[end.end() :])
    cut = end.end() + (goes_on.end() if goes_on and fold(goes_on[1]) in map(fold, cues) else 0)
    runs: list[Run] = []
    position, words_end = 0, len(text[:cut].rstrip())  # the white space behind a label may have a box in it
    for run in paragraph.runs:
        stands = not run.mark & (Mark.STRUCK | Mark.PLACEHOLDER)
        if position >= cut or (run.ticked is not None and position >= words_end):
            runs.append(run)
        elif stands and position + len(run.text) > cut:
            runs.append(Run(run.text[cut - position :], run.mark, run.ticked))
        position += len(run.text) if stands else 0
    kept = paragraph._replace(runs=tuple(runs))
    return kept if clean(kept.text) or any(run.ticked is not None for run in runs) else None


def cue_end(text: str, cues: Iterable[str]) -> int:
    """Where the longest cue in a text ends; 0 for none."""
    plain = lower_same_length(text)
    found = [(len(match.group()), match.end()) for cue in cues for match in [_words(cue).search(plain)] if match]
    return max(found)[1] if found else 0


def is_printed(text: str, printed: Iterable[str]) -> bool:
    """Whether a folded text is one of some printed ones; one of three words or more need only be its beginning."""
    return any(text.startswith(fold(one)) if len(one.split()) > 2 else text.strip(" .") == fold(one) for one in printed)


def looks_like_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph is set as a heading, is bold from end to end, or ends in a colon."""
    stands = [run for run in paragraph.runs if run.text.strip()]
    bold = bool(stands) and all(run.mark & Mark.BOLD for run in stands)
    return bold or paragraph.style.startswith(("heading", "title")) or fold(paragraph.text).endswith(":")
