"""Which pages a report links to: those that are there, or that the same run makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_lib.audits import load_audits
from audit_lib.pipeline.related import related_pages
from audit_lib.reporting.publish import Report, record_of

EARLIER = record_of(Report("neglect-2017", "Neglect <2017>", "2017-03", "internal", 1, 1, synthetic=True), ["neglect"])
LINK = ("../../neglect-2017/internal/neglect.html", "the earlier audit: Neglect <2017>, March 2017")


@pytest.mark.parametrize(
    ("audit", "record", "links"),
    [
        ("neglect-2018", EARLIER[1], [LINK]),
        ("neglect-2018", None, []),
        ("neglect-2018", b"{", []),
        ("neglect-2018", b'{"pages": []}', []),
        ("neglect-2017", EARLIER[1], []),
    ],
    ids=["follows one", "that has no report", "whose record is damaged", "or has no page", "follows none"],
)
def test_a_report_leads_to_that_of_the_audit_before(
    pytestconfig: pytest.Config, tmp_path: Path, audit: str, record: bytes | None, links: list[tuple[str, str]]
) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    out = tmp_path / "outputs"
    if record:
        (out / EARLIER[0]).parent.mkdir(parents=True)
        (out / EARLIER[0]).write_bytes(record)
    (found,) = load_audits(pytestconfig.rootpath / "data" / "raw", [audit])
    assert related_pages(found, tmp_path / "data", out) == links
