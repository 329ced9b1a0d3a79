"""What people type around a value: quotation marks, brackets and ticks, the printed list once more."""

from __future__ import annotations

import pytest

from audit_lib.coding.choices import choose
from audit_lib.instruments import shared_scales
from audit_lib.rawform import Mark, Run
from audit_lib.scales import Scale

ANSWERS, GRADES = shared_scales()["yes_no"], shared_scales()["ofsted_four"]

QUOTED = {
    "“Yes”": "yes",
    '"Yes"': "yes",
    "‘No’": "no",
    "'N/A'": "not_applicable",
    "“Yes.”": "yes",
    "“Partly”.": "partly",
    "«Yes»": "yes",
    "''Yes''": "yes",
    "'Yes": "yes",
    "“Yes?”": "unclear",
    "“Yes”?": "unclear",
    "“Yes, they listened to me”": "unclear",
    "“Yes” - mum": "unclear",
    "“Yes”\nmum said": "unclear",
    '"No" was what mum said': "unclear",
    "“Yes” “No”": "unclear",
    '" Yes': "unclear",
    "“Yes/No”": "unclear",
}


@pytest.mark.parametrize(("text", "code"), QUOTED.items())
def test_quotation_marks_around_a_value_that_is_all_there_is(text: str, code: str) -> None:
    assert choose((Run(text),), ANSWERS).code == code


NARROWED = {
    "Yes - partly": ("partly", ""),
    "Yes – partially": ("partly", ""),
    "Yes (partly)": ("partly", ""),
    "Y (in part)": ("partly", ""),
    "Yes, partly": ("partly", ""),
    "Yes - to some extent": ("partly", ""),
    "Yes (partly) - school only": ("partly", "school only"),
    "Yes - partly because the plan was late": ("partly", "because the plan was late"),
    "Yes – partly. The chronology was started.": ("partly", "The chronology was started."),
    "Yes - Partly - No": ("missing", ""),
    "Yes / Partly": ("unclear", ""),
    "Yes\nPartly": ("unclear", ""),
    "Yes. Partly": ("unclear", ""),
    "Yes (no)": ("unclear", ""),
    "Yes - not partly": ("unclear", ""),
    "Yes - partly?": ("unclear", ""),
    "Yes (partly?)": ("unclear", ""),
    "Yes - partly not": ("unclear", ""),
    "Yes - partly met": ("unclear", ""),
    "Yes (partly) No": ("unclear", ""),
    "Yes - partly and no": ("unclear", ""),
    "Yes - partly, mostly no": ("unclear", ""),
    "Yes - partly for mum, no for dad": ("unclear", ""),
    "Yes - partly yes partly no": ("unclear", ""),
    "No - partly": ("unclear", ""),
    "Fully - partly": ("unclear", ""),
}


@pytest.mark.parametrize(("text", "read"), NARROWED.items())
def test_yes_with_partly_behind_it_is_partly(text: str, read: tuple[str, str]) -> None:
    choice = choose((Run(text),), ANSWERS)
    assert (choice.code, choice.remark) == read


def test_partly_behind_yes_is_unclear_where_only_one_of_them_is_marked() -> None:
    assert choose((Run("Yes", Mark.HIGHLIGHTED), Run(" - partly")), ANSWERS).code == "unclear"
    assert choose((Run("Yes - partly", Mark.HIGHLIGHTED),), ANSWERS).code == "partly"


def test_a_scale_without_partly_leaves_yes_partly_unclear() -> None:
    values = {code: value for code, value in ANSWERS.values.items() if code != "partly"}
    narrow = Scale(kind="answer", order=("yes", "no"), values=values, hedges=ANSWERS.hedges)
    assert choose((Run("Yes - partly"),), narrow).code == "unclear"
