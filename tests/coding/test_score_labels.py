"""By which words the place of a score is known, and which are somebody's sentence."""

from __future__ import annotations

import pytest

from audit_lib.coding.values.cues import begins_as_a_label
from audit_lib.instruments import load_instrument
from audit_lib.text import fold

CUES = load_instrument("neglect-2018").score.cues


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("On a scale of 0 to 10 how would you rate this case?", True),
        ("Please score the casework on a scale of 0-10: 7", True),
        ("Using a scale of 0 to 10, rate the quality of the casework", True),
        ("5. On a scale of 0 to 10", True),
        ("Mum was asked on a scale of 0 to 10 how safe: 3", False),
        ("The worker used a scale of 0 to 10 with her: 4", False),
        ("He said 2 on a scale of 0 to 10", False),
        ("Nothing of it", False),
    ],
)
def test_a_label_has_nothing_but_printed_words_before_its_cue(text: str, label: bool) -> None:
    assert begins_as_a_label(fold(text), CUES) is label
