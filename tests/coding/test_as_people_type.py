"""What those who fill in a form type after a long day, and what a careful person codes at once."""

from __future__ import annotations

import pytest

from audit_lib.coding.values.choices import choose
from audit_lib.instruments import shared_scales
from audit_lib.rawform import Run

ANSWERS, GRADES = shared_scales()["yes_no"], shared_scales()["ofsted_four"]

SOCIAL_WORKERS = {
    "Y - seen weekly": "yes",
    "Y (see A4)": "yes",
    "N - not recorded": "no",
    "N (not invited)": "no",
    "Yea": "yes",
    "No unfortunately": "no",
    "No, sadly not": "no",
    "Overall yes": "yes",
    "Overall, no - there was drift": "no",
    "Partially yes": "partly",
    "Partly met - one visit": "partly",
    "Partial - by school": "partly",
    "Unknown - before my time": "not_known",
    "I don't know": "not_known",
    "N - A": "unclear",
    "N (A)": "unclear",
    "N - B": "unclear",
    "N: nothing": "unclear",
    "N - 3 visits": "unclear",
    "Y seen weekly": "unclear",
    "Y - no": "unclear",
    "Y - N": "unclear",
    "Y (N for dad)": "unclear",
    "Y - mostly": "unclear",
    "Yes to a degree": "unclear",
    "Yes - inconsistent": "unclear",
    "Yes for one child only": "unclear",
    "N - not always": "unclear",
    "Yes - in most areas": "unclear",
    "Overall yes but not for dad": "unclear",
    "Overall no concerns": "unclear",
}
SCHOOL_SECRETARIES = {
    "Response - Yes": "yes",
    "Answer = no": "no",
    "Yes/No - Yes": "yes",
    "“Yes”": "yes",
    "Yes / NO": "unclear",
    "YES / no": "unclear",
    "YES/NO": "missing",
    "Yes O No X": "unclear",
    "Answer - see file": "unclear",
    "Response - not always": "unclear",
}
DOCTORS = {
    "DK - archived": "not_known",
    "Not able to comment": "not_known",
    "Unable to answer": "not_known",
    "We don't know": "not_known",
    "I'm not sure": "not_known",
    "I don't know if it was": "unclear",
    "Unknown male seen": "unclear",
    "Not known allergies": "unclear",
}
POLICE = {
    "☒ Yes ☐ No ☐ N/A": "yes",
    "YES [ ] NO [X]": "no",
    "Yes ( ) No ( ) N/A (x) - one call": "not_applicable",
    "Yes [ ] No [ ] - one call": "unclear",
}


@pytest.mark.parametrize(("text", "code"), {**SOCIAL_WORKERS, **SCHOOL_SECRETARIES, **DOCTORS, **POLICE}.items())
def test_an_answer(text: str, code: str) -> None:
    assert choose((Run(text),), ANSWERS).code == code


GRADES_TYPED = {
    "Grade - Good": "good",
    "Judgement = RI": "requires_improvement",
    "Overall good": "good",
    "Overall, good - plan clear": "good",
    "Graded as good": "good",
    "We would rate this as RI": "requires_improvement",
    "Judged to be inadequate": "inadequate",
    "Req. improvement": "requires_improvement",
    "R I": "requires_improvement",
    "Overall good practice": "unclear",
    "Overall - Good": "unclear",
    "Overall Good, RI for planning": "unclear",
    "Graded good last year": "unclear",
    "Previously graded good": "unclear",
    "Not graded good": "unclear",
    "Judged good by the manager": "unclear",
    "We would grade this as good if there was a plan": "unclear",
    "Graded I - no plan": "unclear",
    "Please delete to leave ONE judgement": "missing",
}


@pytest.mark.parametrize(("text", "code"), GRADES_TYPED.items())
def test_a_grade(text: str, code: str) -> None:
    assert choose((Run(text),), GRADES).code == code


@pytest.mark.parametrize(("text", "remark"), [("Y - seen weekly", "seen weekly"), ("N (not invited)", "not invited")])
def test_words_beside_a_letter_are_a_remark(text: str, remark: str) -> None:
    assert choose((Run(text),), ANSWERS).remark == remark
