"""Which audits are compared."""

from __future__ import annotations

import pytest

from audit_lib.pipeline.comparing import of_one_kind


@pytest.mark.parametrize(
    ("synthetic", "compared", "told"),
    [
        (["yes", "yes"], [0, 1], 0),
        (["no", "no"], [0, 1], 0),
        (["yes", "no", "yes", "no"], [1, 3], 1),  # the samples still lie beside somebody's own audits
        ([], [], 0),
    ],
)
def test_made_up_audits_are_not_compared_with_real_ones(synthetic, compared, told):
    abouts = [{"audit": f"a{at}", "synthetic": one} for at, one in enumerate(synthetic)]
    lines: list[str] = []
    assert of_one_kind(abouts, lines.append) == [abouts[at] for at in compared]
    assert len(lines) == told
