"""One question drawn by itself: a bar for each answer that it can have, with its number and percentage beside it."""

from __future__ import annotations

from markupsafe import Markup

from audit_lib.analysis.proportions import QuestionResult
from audit_lib.present import links, palette
from audit_lib.present.drawing import PALE, SMALL, WIDTH, Drawing
from audit_lib.schema import NOT_SUBSTANTIVE

_LEFT, _RIGHT, _STEP, _BAR = 1.5, 2.2, 0.27, 0.2


def question_chart(result: QuestionResult, description: str) -> Markup:
    """The answers to one question; the longest bar is the answer given most often."""
    codes = shown_answers(result)
    most = max((result.count(code) for code in codes), default=0) or 1
    drawing = Drawing(_STEP * len(codes) + 0.1)
    for place, code in enumerate(codes):
        y = 0.05 + (place + 0.5) * _STEP
        number = result.count(code)
        drawing.text(_LEFT - 0.1, y, result.scale.label(code), size=SMALL, align="right")
        length = (WIDTH - _LEFT - _RIGHT) * number / most
        if number:
            drawing.box(_LEFT, y - _BAR / 2, length, _BAR, palette.answer_style(result, code))
        drawing.text(_LEFT + length + 0.08, y, _beside(result, code), size=SMALL, ink=PALE if not number else "#1a1a1a")
    if anchor := links.of_question(result):
        drawing.link(0, drawing.height, anchor, f"{result.question.id}: who answered what, and where")
    name = f"question-{result.question.id}"
    return drawing.svg(name, f"{result.question.id}: every answer", description)


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
