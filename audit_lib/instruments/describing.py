"""An audit tool in words, for a person who has its form in front of them."""

from __future__ import annotations

from collections.abc import Iterator

from audit_lib.instrument import GradedThing, Instrument, Question
from audit_lib.scales import Scale
from audit_lib.text import listed

_GOOD = {"positive": "", "negative": " [yes is bad]", "neutral": " [yes is neither good nor bad]"}


def in_one_line(instrument: Instrument) -> str:
    """Id, title and what the tool asks for."""
    return f"{instrument.id}: {instrument.title} - {_size(instrument)}"


def described(instrument: Instrument) -> Iterator[str]:
    """Lines that tell everything the tool asks: header, questions with their answers, grades, score, comments, actions."""
    yield instrument.id
    yield f"  {instrument.title}. {instrument.description}"
    yield f"  {_size(instrument)}"
    yield f"  Header: {listed(header.label for header in instrument.header)}"
    if instrument.lookback_months:
        yield f"  Looks back: {instrument.lookback_months} months"
    if instrument.columns:
        yield f"  Comments: {listed(column.heading for column in instrument.columns)}"
    yield from _questions(instrument)
    yield from _grades(instrument)
    if instrument.score:
        score = instrument.score
        yield f"  Score: {score.minimum:g} to {score.maximum:g}; {score.best} is better"
    if instrument.raters:
        yield f"  Also rated by: {listed(rater.title for rater in instrument.raters)}"
    if instrument.actions:
        yield "  Agreed actions, each with owner and date"
    for field in instrument.free_fields:
        yield f"  Free text: {field.label}"


def _size(instrument: Instrument) -> str:
    parts = [
        (len(instrument.questions), "question"),
        (len(instrument.grades), "grade"),
        (1 if instrument.score else 0, "score"),
    ]
    return listed(f"{count} {word}{'' if count == 1 else 's'}" for count, word in parts if count)


def _questions(instrument: Instrument) -> Iterator[str]:
    for section in instrument.sections:
        yield f"  {section.id + ' ' if section.id else ''}{section.title}"
        for question in section.questions:
            yield f"    {question.id}: {question.text}{_GOOD[question.polarity]}{_answers(instrument, question)}"


def _answers(instrument: Instrument, question: Question) -> str:
    if question.tick_list:
        return " (ticked / not ticked)"
    scale = instrument.question_scale(question.id)
    values = question.options or tuple(scale.values)
    condition = question.applies_if
    only = f" [only if {condition.question} is {listed(condition.answers, 'or')}]" if condition else ""
    return f" ({' / '.join(scale.label(value) for value in values)}){only}"


def _grades(instrument: Instrument) -> Iterator[str]:
    group, scale = "", None
    for thing in instrument.grades:
        its = instrument.grade_scale_of(thing.id)
        if its != scale:
            yield f"  Grades, best first: {_ranked(its)}"
        if thing.group != group:
            yield f"  {thing.group} {next(one.title for one in instrument.groups if one.id == thing.group)}"
        group, scale = thing.group, its
        yield f"    {thing.id}: {thing.title}{_rule(thing)}"


def _ranked(scale: Scale) -> str:
    ordered = scale.order if scale.best == "first" else tuple(reversed(scale.order))
    unranked = [value for value in scale.values if value not in scale.order]
    return ", ".join(scale.label(value) for value in (*ordered, *unranked))


def _rule(thing: GradedThing) -> str:
    return f" [derived from {listed(thing.derived.weights)}]" if thing.derived else ""
