"""The forms of every sample audit, read and coded: each value comes out as it was put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from audit_lib.coding.coded import CodedForm
from audit_lib.samples import SAMPLES

from .received import coded, wanted

LOST = {"text_lost", "text_not_placed", "question_not_found", "question_wording", "question_added", "question_twice"}
FORMS = [
    pytest.param(sample, name, id=f"{sample}: {name}")
    for sample in SAMPLES
    for name, entry in wanted(sample).items()
    if entry["status"] == "read"
]
every_form = pytest.mark.parametrize(("sample", "name"), FORMS)


def both(sample: str, name: str) -> tuple[CodedForm, dict[str, Any]]:
    form = coded(sample)[name]
    assert isinstance(form, CodedForm)
    return form, wanted(sample)[name]


def unsettled(codes: Mapping[str, str], told: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Codes without those that a person's ruling replaces."""
    return {name: code for name, code in codes.items() if prefix + name not in told["settled"]}


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_form_and_nothing_else_comes_out(sample: str) -> None:
    assert set(coded(sample)) == set(wanted(sample))
    cannot_be_read = {name: code for name, code in coded(sample).items() if isinstance(code, str)}
    assert cannot_be_read == {name: wanted(sample)[name]["reason_code"] for name in cannot_be_read}


@every_form
def test_every_answer(sample: str, name: str) -> None:
    form, told = both(sample, name)
    answers = {question: value.code for question, value in form.answers.items()}
    assert unsettled(answers, told) == unsettled(told["answers"], told)


@every_form
def test_every_grade(sample: str, name: str) -> None:
    form, told = both(sample, name)
    grades = {section: value.code for section, value in form.grades.items()}
    assert unsettled(grades, told, "grade:") == unsettled(told["grades"], told, "grade:")
    assert {rated: value.code for rated, value in form.ratings.items()} == told["ratings"]


@every_form
def test_the_score(sample: str, name: str) -> None:
    form, told = both(sample, name)
    assert (form.score.number if form.score else None) == told["score"]


@every_form
def test_every_comment(sample: str, name: str) -> None:
    form, told = both(sample, name)
    found = sorted((one.section, one.question, one.column, one.text) for one in form.comments)
    assert found == told["comments"]


@every_form
def test_every_action(sample: str, name: str) -> None:
    form, told = both(sample, name)
    assert [(one.action, one.by_whom, one.by_when) for one in form.actions] == told["actions"]


@every_form
def test_every_field_of_the_header(sample: str, name: str) -> None:
    form, told = both(sample, name)
    found = {field: [value.as_written, *form.header_again.get(field, [])] for field, value in form.header.items()}
    assert {field: text for field, text in told["header"].items() if text not in found.get(field, [])} == {}


@every_form
def test_nothing_is_lost_or_left_over(sample: str, name: str) -> None:
    form, _ = both(sample, name)
    assert [one for one in form.problems if one.severity != "note" and one.check in LOST] == []
