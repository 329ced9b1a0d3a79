"""The answers to one question, or the grades of one section, as the parts of a bar: as they are drawn, and as a strip of any width."""

from __future__ import annotations

from dataclasses import dataclass

from audit_lib.analysis.grades import GradeCounts
from audit_lib.analysis.proportions import QuestionResult
from audit_lib.instrument import Instrument
from audit_lib.present import palette
from audit_lib.present.drawing import Style
from audit_lib.present.html import Block, render
from audit_lib.schema import NOT_SUBSTANTIVE

_ROOM = 0.028  # of a strip on the narrowest screen, for one letter


@dataclass(frozen=True)
class Segment:
    """One part of a bar."""

    label: str
    count: int
    style: Style


def of_answers(result: QuestionResult) -> tuple[Segment, ...]:
    """One part for each answer that can be ranked or leaves the question open; what is missing or unclear has none."""
    return tuple(
        Segment(result.scale.label(code), result.count(code), palette.answer_style(result, code))
        for code in result.answers
    )


def of_grades(counts: GradeCounts, instrument: Instrument) -> tuple[Segment, ...]:
    """One part for each grade; what is missing or unclear has none."""
    scale = instrument.grade_scale_of(counts.name)
    codes = [code for code in counts.return_ids if code not in NOT_SUBSTANTIVE]
    return tuple(Segment(scale.label(c), counts.count(c), palette.grade_style(scale, c)) for c in codes)


def strip(segments: tuple[Segment, ...]) -> Block | None:
    """The parts as one bar as wide as there is room, with their numbers below; for narrow screens, which have no room for a chart. None
    where there are none.
    """
    given = [one for one in segments if one.count]
    total = sum(one.count for one in given)
    parts, before = [], 0
    for one in given:
        share = one.count / total
        words = f"{one.label} {one.count}"
        words = words if len(words) * _ROOM < share else str(one.count)
        places = (before, one.count, before + one.count / 2)
        parts.append((*(f"{round(100 * place / total, 1):g}" for place in places), words, one.style))
        before += one.count
    told = ", ".join(f"{one.label} {one.count}" for one in given)
    return render("strip", told, parts=parts, told=told) if given else None
