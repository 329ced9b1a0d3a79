"""The pages that a reader of a report may want beside it: that of the audit before, and that of its theme over the years."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

from audit_lib.audits import Audit
from audit_lib.pipeline.comparing import coded_audits
from audit_lib.reporting.publish import RECORD, THEMES, long_date


def related_pages(audit: Audit, data: Path, out: Path, profile: str = "internal") -> list[tuple[str, str]]:
    """Links from a report of ``audit`` as (address as seen from it, what it leads to), of pages that are there or that the same run makes.

    The report of the audit that it follows is to be made before; the page of the theme is made once all audits of the run are coded.
    """
    found = []
    folder = out / audit.about.follows / profile
    if audit.about.follows and (folder / RECORD).is_file():
        try:
            record = json.loads((folder / RECORD).read_bytes())
            page = f"../../{quote(audit.about.follows)}/{profile}/{quote(record['pages'][0])}.html"
            found.append((page, f"the earlier audit: {record['title']}, {long_date(record['date'])}"))
        except (ValueError, TypeError, LookupError):
            pass  # a damaged record is told, with what to do, when the index is made
    if sum(about["theme"] == audit.about.theme for about in coded_audits(data)) > 1:
        found.append((f"../../{THEMES}/{audit.about.theme}.html", "this theme over the years"))
    return found
