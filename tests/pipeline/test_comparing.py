"""Which audits are compared."""

from __future__ import annotations

import pytest

from audit_lib.pipeline.comparing import no_longer_made, of_one_kind
from audit_lib.reporting.index import write_index
from audit_lib.reporting.publish import Comparison, comparison_paths, publish, record_of_comparison
from audit_lib.store import write_tables
from tests.analysis.test_comparison import audit


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


NAMES = ("a-2017", "a-2018", "b-2019")


@pytest.mark.parametrize(
    ("compared", "made_up", "there", "real", "listed"),
    [
        (("a-2017", "a-2018"), True, NAMES, (), True),
        (("a-2017", "a-2018"), True, NAMES, ("b-2019",), False),  # the samples, once there is an audit of one's own
        (("a-2017", "a-2018"), False, NAMES, ("a-2017", "a-2018"), True),
        (("a-2017", "a-2018"), True, ("a-2017", "b-2019"), (), False),  # one of the two is gone
        (NAMES, True, ("a-2017", "b-2019"), (), True),  # it is made anew when one of these is run
    ],
)
def test_a_comparison_that_is_no_longer_made_is_not_listed_and_that_is_told(
    tmp_path, compared, made_up, there, real, listed
):
    data, out = tmp_path / "data", tmp_path / "outputs"
    for name in there:
        (data / "raw" / name / "returns").mkdir(parents=True)
        tables = audit(name, "2018-05", {}).tables
        about = tables["about"].assign(synthetic="no" if name in real else "yes")
        write_tables({**tables, "about": about}, data / "processed" / name)
    comparison = Comparison("a", "A over the years", compared, ("2017-03", "2018-05"), "internal", made_up)
    publish(out, {comparison_paths(comparison)[2]: record_of_comparison(comparison)}, "a")
    lines: list[str] = []
    without = no_longer_made(data, out, lines.append)
    page = write_index(out, without).read_text(encoding="utf-8")
    assert ("A over the years" in page) is listed
    assert [line.split(":")[0] for line in lines] == ([] if listed else ["themes/a.html"])
