"""Tables to export: a sample audit with some comments coded by people."""

from __future__ import annotations

import pytest

from audit_lib.audits import load_audits
from audit_lib.pipeline.running import coded_tables
from audit_lib.samples import write_sample
from audit_lib.store import AuditTables

SAMPLE = "neglect-2018"


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> AuditTables:
    """The sample, with two people's codings of some comments."""
    raw = tmp_path_factory.mktemp("raw")
    write_sample(SAMPLE, raw)

    def coded() -> AuditTables:
        (audit,) = load_audits(raw, [SAMPLE])
        return AuditTables(audit.id, coded_tables(audit, 1, lambda _: None), audit.instrument)

    first, second, third = coded().comments["comment_id"].tolist()[:3]
    rows = [
        (first, "education", "Ann"),
        (first, "voice_of_child", "Ann"),
        (first, "none", "Bob"),
        (third, "planning", "Bob"),
        (second, "none", "Ann"),
    ]
    lines = ["comment_id,code,coder", *(",".join(row) for row in sorted(rows))]
    (raw / SAMPLE / "codings.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return coded()
