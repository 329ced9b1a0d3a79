"""Cells of 100 000 characters that nobody types: what they cost, not what they say."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from audit_lib.coding.values.cases import about_a_sibling
from audit_lib.coding.values.choices import choose
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Run

SCALES = load_instrument("child-in-need-2014").scales
SECONDS = 4.0  # what takes time with the square of the length takes longer than this by far


def chosen(text: str) -> object:
    return [choose((Run(text),), scale) for scale in SCALES.values()]


def sibling(text: str) -> object:
    return about_a_sibling(text, ["1", "A"])


@pytest.mark.parametrize(
    ("work", "begins", "unit"),
    [
        (chosen, "", "yes/"),
        (chosen, "", "yes/no/ "),
        (chosen, "", "n/a/"),
        (chosen, "good ", "good/"),
        (chosen, "yes - ", "-"),
        (chosen, "good ", "-"),
        (sibling, "", "and sibling "),
        (sibling, "", "case 1 sibling of "),
        (sibling, "case 1 ", "sibling of "),
    ],
)
def test_a_long_cell_costs_no_more_than_its_length(work: Callable[[str], object], begins: str, unit: str) -> None:
    text = (begins + unit * (100_000 // len(unit)))[:100_000]
    began = time.process_time()
    work(text)
    assert time.process_time() - began < SECONDS
