"""The pages that a reader of a report may want beside it: that of the audit before, and that of its theme over the years."""

from __future__ import annotations

from pathlib import Path

from audit_lib.audits import Audit
from audit_lib.pipeline.comparing import coded_audits, of_one_kind
from audit_lib.reporting.publish import THEMES, published_page


def related_pages(audit: Audit, data: Path, out: Path, profile: str = "internal") -> list[tuple[str, str]]:
    """Links from a report of ``audit`` as (address as seen from it, what it leads to), of pages that are there or that the same run makes.

    The report of the audit that it follows is to be made before; the page of the theme is made once all audits of the run are coded, and
    does not hold this one where made-up audits are left out of it.
    """
    found = []
    before = published_page(out, audit.about.follows, profile) if audit.about.follows else None
    if before:
        found.append((f"../../{before[0]}", f"the earlier audit: {before[1]}"))
    compared = of_one_kind(list(coded_audits(data)), lambda _: None)
    of_theme = {about["audit"] for about in compared if about["theme"] == audit.about.theme}
    if len(of_theme) > 1 and audit.id in of_theme:
        found.append((f"../../{THEMES}/{audit.about.theme}.html", "this theme over the years"))
    return found
