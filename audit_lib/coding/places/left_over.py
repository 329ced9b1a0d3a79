"""What stands in a form and belongs to nothing that the instrument asks: told, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator

from audit_lib.coding.coded import Problem
from audit_lib.coding.matched import MatchedForm, Place
from audit_lib.coding.values.comments import comments_in
from audit_lib.coding.values.cues import cue_length
from audit_lib.instrument import Instrument
from audit_lib.text import fold


def leftovers(matched: MatchedForm, instrument: Instrument) -> list[Problem]:
    """One problem for each thing that was left over, in the order in which a person may want to look at them."""
    return [
        *_twice(matched),
        *_odd_tables(matched),
        *_before(matched, instrument),
        *_added(matched),
        *_reworded(matched),
        *_unplaced(matched),
    ]


def _twice(matched: MatchedForm) -> Iterator[Problem]:
    message = "{} stands here a second time; its comments were taken, its answer is unclear"
    for question, locator in matched.twice:
        yield Problem("warning", "question_twice", message.format(question), locator, settle=question)


def _odd_tables(matched: MatchedForm) -> Iterator[Problem]:
    message = (
        "this table has no heading; its columns were taken as in the rest of the form, or as the tool has "
        "them: number and question with their answer, or the grade, then the comments; check that they are"
    )
    for where in matched.unheaded:
        yield Problem("warning", "heading_missing", message, where)
    message = (
        "the row has fewer cells than its table, so that they may have moved or one may have been stretched; comments in such "
        "cells are kept without saying to which column they belong"
    )
    for where in matched.short_rows:
        yield Problem("warning", "uneven_row", message, where)


def _before(matched: MatchedForm, instrument: Instrument) -> Iterator[Problem]:
    many = len(matched.before)
    titles = [place for place in matched.before if cue_length(fold(place.text), instrument.cues)]
    if many > 1 or (many and not titles):
        passages = (
            "one passage before the first section was"
            if many == 1
            else f"{many} passages before the first section were"
        )
        message = f"{passages} taken as printed guidance, not read"
        yield Problem("note", "text_not_placed", message, matched.before[0].locator)


def _added(matched: MatchedForm) -> Iterator[Problem]:
    message = "a question that the tool does not have was added to the form; it is not counted"
    for place in matched.added:
        yield Problem("warning", "question_added", message, place.locator, place.text)


def _reworded(matched: MatchedForm) -> Iterator[Problem]:
    message = (
        "these are not the words that the form prints here for a grade, so somebody may have written them; look whether "
        "they are a comment or the choice"
    )
    for place in matched.reworded:
        yield Problem("warning", "descriptor_wording", message, place.locator, place.text)


def _unplaced(matched: MatchedForm) -> Iterator[Problem]:
    kinds: tuple[tuple[list[Place], str, str], ...] = (
        (
            matched.guidance,
            "note",
            "this passage is set or begins as printed matter, and was taken as a whole for print",
        ),
        (matched.margins, "note", "text in the margin of the page, taken as printed matter"),
        (
            matched.unplaced,
            "warning",
            "this text stands beside no question, so it is in no table; look whether it is a comment",
        ),
    )
    for places, severity, message in kinds:
        for place in places:
            for text in comments_in(place.paragraphs):
                yield Problem(severity, "text_not_placed", message, place.locator, text)
