"""Tables to export: a sample audit with some comments coded by people."""

from __future__ import annotations

import pytest

from audit_lib.audits import load_audits
from audit_lib.pipeline.running import account_of, code_audit, coded_tables, notebooks_for, report_audit
from audit_lib.samples import write_sample
from audit_lib.store import AuditTables

SAMPLE, REPORTED = "neglect-2018", "case-audit-2017"


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> AuditTables:
    """The sample, with two people's codings of some comments."""
    raw = tmp_path_factory.mktemp("raw")
    write_sample(SAMPLE, raw)

    def coded() -> AuditTables:
        (audit,) = load_audits(raw, [SAMPLE])
        return AuditTables(audit.id, coded_tables(audit, 1, lambda _: None), audit.instrument, audit.book)

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


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The finished page of a report on the sample of case audits."""
    home = tmp_path_factory.mktemp("home")
    write_sample(REPORTED, home / "data" / "raw")
    (audit,) = load_audits(home / "data" / "raw", [REPORTED])
    account = account_of(audit.id, code_audit(audit, home / "data", 1, lambda _: None))
    made = report_audit(audit, account, notebooks_for(audit), home / "data", home / "outputs", lambda _: None)
    return next(path for path in made if path.suffix == ".html").read_text(encoding="utf-8")
