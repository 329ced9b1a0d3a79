"""What is told of each audit where several stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

from audit_lib.present import years_words as say
from audit_lib.present.report import results
from audit_lib.store import AuditTables

Audits = Sequence[AuditTables]


def audited(audits: Audits) -> list[say.Audited]:
    """What is told of each audit."""
    found = []
    for tables in audits:
        about = results.about(tables)
        found.append(
            say.Audited(
                tables.audit,
                about["theme"],
                about["title"],
                about["date"],
                tables.instrument.title,
                results.case_counts(tables),
                results.returns_grid(tables),
                results.score_results(tables).together,
                about["synthetic"] == "yes",
            )
        )
    return found


def called(audits: Audits) -> dict[str, str]:
    """What each audit is called on a page with the others."""
    return say.names(audited(audits))
