"""One question drawn by itself: a bar for each answer that it can have, with its number and percentage beside it."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from audit_lib.analysis.proportions import QuestionResult
from audit_lib.present import links, palette
from audit_lib.present.drawing import INK, NARROW, PALE, SIZE, Drawing, Style, wrapped
from audit_lib.schema import NOT_SUBSTANTIVE

_LEFT, _RIGHT, _STEP, _BAR = 1.2, 0.78, 0.25, 0.18


def question_chart(result: QuestionResult, description: str) -> Markup:
    """The answers to one question; the longest bar is the answer given most often."""
    codes = shown_answers(result)
    most = max((result.count(code) for code in codes), default=0) or 1
    labels = [wrapped(result.scale.label(code), _LEFT - 0.1, SIZE) for code in codes]
    step = _STEP + 0.14 * (max(map(len, labels), default=1) - 1)
    drawing = Drawing(step * len(codes) + 0.1, NARROW)
    for place, (code, label) in enumerate(zip(codes, labels, strict=True)):
        y = 0.05 + (place + 0.5) * step
        number = result.count(code)
        drawing.lines(0.02, y, label, size=SIZE)
        length = (NARROW - _LEFT - _RIGHT) * number / most
        if number:
            drawing.box(_LEFT, y - _BAR / 2, length, _BAR, _plain(palette.answer_style(result, code)))
        drawing.text(_LEFT + length + 0.08, y, _beside(result, code), size=SIZE, ink=INK if number else PALE)
    if anchor := links.of_question(result):
        drawing.link(0, drawing.height, anchor, f"{result.question.id}: who answered what, and where")
    name = f"question-{result.question.id}"
    return drawing.svg(name, f"{result.question.id}: every answer", description)


def _plain(style: Style) -> Style:
    """Without its pattern: each bar has its word beside it."""
    return replace(style, hatch="", edge=style.fill if style.edge == "#ffffff" else style.edge)


def shown_answers(result: QuestionResult) -> tuple[str, ...]:
    """The answers that can be ranked, given or not, and of the others (not applicable, missing, unclear ...) those that were given."""
    codes = (*result.answers, *NOT_SUBSTANTIVE)
    return tuple(code for code in codes if code in result.scale.order or result.count(code))


def _beside(result: QuestionResult, code: str) -> str:
    """``10 (59% of those it applied to)``; a number alone for what is in no percentage."""
    number = result.count(code)
    if not number or code not in result.base("applicable"):
        return str(number)
    share = result.proportion(code, "applicable").percent
    return str(number) if share is None else f"{number} ({share}%)"
