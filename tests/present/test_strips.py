from __future__ import annotations

import re

import pytest

from audit_lib.present.drawing import Style
from audit_lib.present.strips import Segment, strip

BLUE, WHITE = Style("#0b3c5d", "#ffffff"), Style("#ffffff", edge="#8c8c8c")


def test_a_strip_is_shared_out_by_the_numbers_and_says_them_in_words():
    made = str(strip((Segment("Yes", 15, BLUE), Segment("No", 0, BLUE), Segment("Not <applicable>", 5, WHITE))).markup)
    assert re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', made) == [("0", "75"), ("75", "25")]
    assert re.findall(r"<text[^>]*>([^<]*)</text>", made) == ["Yes 15", "5"]
    assert "<small>Yes 15, Not &lt;applicable&gt; 5</small>" in made
    assert made.count("stroke=") == 1  # white on a white page needs an edge


@pytest.mark.parametrize("segments", [(), (Segment("Yes", 0, BLUE),)])
def test_where_nothing_was_answered_there_is_no_strip(segments):
    assert strip(segments) is None
