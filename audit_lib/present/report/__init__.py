"""The parts of a report on one audit, each made by one call from a notebook.

Every function takes the tables of an audit and gives a :class:`audit_lib.present.html.Block`. Where there is nothing to
show, the block says so in a sentence.
"""

from __future__ import annotations

from audit_lib.present.report.basis import end, gaps, how_made, published, to_look_at, tool
from audit_lib.present.report.findings import agreed_grades, grade_map, grades, how_to_read, scores, section
from audit_lib.present.report.opening import bottom_line, header, passages, returns
from audit_lib.present.report.voices import (
    cases,
    comment_overview,
    comments,
    meeting_learning,
    meeting_summary,
    recommendations,
)

__all__ = [
    "agreed_grades",
    "bottom_line",
    "cases",
    "comment_overview",
    "comments",
    "end",
    "gaps",
    "grade_map",
    "grades",
    "header",
    "how_made",
    "how_to_read",
    "meeting_learning",
    "meeting_summary",
    "passages",
    "published",
    "recommendations",
    "returns",
    "scores",
    "section",
    "to_look_at",
    "tool",
]
