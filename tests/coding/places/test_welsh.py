"""In a form with Welsh in it, "Na" may be no or "not applicable", and a person has to say which."""

from __future__ import annotations

import pytest

from audit_lib.coding.forms import code_form
from audit_lib.instruments import load_instrument

from ..raw_forms import form, table

NEGLECT = load_instrument("neglect-2018")
R1, R2 = (NEGLECT.questions[question].text for question in ("R1", "R2"))


def answer(written: str, other: str = "Yes", comment: str = "", heading: str = "Response (Yes/No)") -> str:
    head = ["No.", "Question", heading, "What went well?"]
    rows = table(head, ["R1", R1, written, ""], ["R2", R2, other, comment])
    return code_form(form("Quality of the Recognition:", rows), NEGLECT).answers["R1"].code


@pytest.mark.parametrize(
    ("written", "other", "comment", "code"),
    [
        ("Na", "Oes", "", "unclear"),
        ("na", "Do", "", "unclear"),
        ("Na.", "Ydy - roedd yn glir", "", "unclear"),
        ("Na", "Nac oes", "", "unclear"),
        ("NA", "Yes", "Naddo, ni chafodd ei wneud", "unclear"),
        ("Na\nbabi newydd", "Oedd", "", "unclear"),
        ("N/A", "Oes", "", "not_applicable"),
        ("not applicable", "Oes", "", "not_applicable"),
        ("Na", "Yes", "", "not_applicable"),
        ("na", "No", "what we do well: do ask", "not_applicable"),
        ("Na", "Yes - do see the file", "", "not_applicable"),
        ("No", "Oes", "", "no"),
    ],
)
def test_na_beside_welsh(written: str, other: str, comment: str, code: str) -> None:
    assert answer(written, other, comment) == code


def test_na_under_a_heading_in_two_languages() -> None:
    assert answer("Na", heading="Response / Ymateb (Oes / Nac oes)") == "unclear"
