"""What people type around a value: quotation marks, brackets and ticks, the printed list once more."""

from __future__ import annotations

import pytest

from audit_lib.coding.choices import choose
from audit_lib.instruments import shared_scales
from audit_lib.rawform import Run

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
