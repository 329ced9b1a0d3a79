"""What follows from answers, once a person has ruled on some of them: what applies, and the grades that a tool derives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from audit_lib.coding.coded import CodedForm, Value
from audit_lib.coding.derived import derived_grade, derived_problem
from audit_lib.instrument import Instrument

_NOT_ANSWERED = {"answer_missing", "question_not_found", "answer_not_expected"}


def follow_rulings(coded: CodedForm, instrument: Instrument, rulings: Mapping[str, str]) -> None:
    """Put right, in ``coded``, what follows from answers on which a person ruled (question -> code).

    The answers ruled on stay as they were read; the tables put the ruling in their place.
    """
    if not any(question in instrument.questions for question in rulings):
        return
    codes = {name: rulings.get(name, value.code) for name, value in coded.answers.items()}
    for name, question in instrument.questions.items():
        condition, value = question.applies_if, coded.answers[name]
        if condition is None or name in rulings or value.as_written:
            continue
        applies = codes[condition.question] in (*condition.answers, "missing", "unclear")
        codes[name] = "missing" if applies else "not_applicable"
        coded.answers[name] = replace(value, code=codes[name])
        if not applies:
            coded.problems = [p for p in coded.problems if p.settle != name or p.check not in _NOT_ANSWERED]
    for thing in instrument.grades:
        if thing.derived is None:
            continue
        coded.problems = [p for p in coded.problems if p != derived_problem(thing, coded.grades[thing.id])]
        value = coded.grades[thing.id] = Value(derived_grade(thing.derived, codes), "", "")
        problem = derived_problem(thing, value)
        coded.problems += [problem] if problem else []
