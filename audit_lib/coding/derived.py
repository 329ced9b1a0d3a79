"""Grades that no form states, because the tool derives them from the answers by a rule of its own."""

from __future__ import annotations

from collections.abc import Mapping

from audit_lib.coding.coded import Problem, Value
from audit_lib.instrument import Derivation, GradedThing


def derived_grade(rule: Derivation, answers: Mapping[str, str]) -> str:
    """The grade that follows from answers (question -> code) by the rule of the instrument.

    Questions that are ``not_applicable`` take their weight out of the whole. One that is ``unclear`` makes the grade
    ``unclear``; one that is ``missing``, or has an answer without points, makes it ``missing``, and so does nothing that
    applies. Below the lowest band there is no grade: ``missing``.
    """
    codes = {question: answers.get(question, "missing") for question in rule.weights}
    if "unclear" in codes.values():
        return "unclear"
    counted = {question: code for question, code in codes.items() if code != "not_applicable"}
    if not counted or any(code not in rule.points for code in counted.values()):
        return "missing"
    whole = sum(rule.weights[question] for question in counted)
    reached = 100 * sum(rule.weights[question] * rule.points[code] for question, code in counted.items()) / whole
    bands = sorted((band for band in rule.bands if reached >= band.least - 1e-9), key=lambda band: band.least)
    return bands[-1].grade if bands else "missing"


def derived_problem(thing: GradedThing, value: Value) -> Problem | None:
    """What has to be told of a derived grade: that it cannot be worked out; None where it can."""
    if value.code not in ("missing", "unclear"):
        return None
    why = (
        "an answer that it rests on is unclear" if value.code == "unclear" else "an answer that it rests on is missing"
    )
    message = f"the grade for {thing.title} is worked out from answers, and cannot be: {why}; settle those"
    return Problem("warning", f"grade_{value.code}", message, taken_as=value.code)
