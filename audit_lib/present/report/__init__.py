"""The parts of a report on one audit, each made by one call from a notebook.

Every function takes the tables of an audit and gives a :class:`audit_lib.present.html.Block`. Where there is nothing to
show, the block says so in a sentence.
"""

from __future__ import annotations

from audit_lib.present.report.appendix import each_question
from audit_lib.present.report.basis import end, gaps, published, to_look_at, tool
from audit_lib.present.report.by_tool import every_column, every_grade, every_section
from audit_lib.present.report.code_views import code_tables, suggestions
from audit_lib.present.report.codes import codes
from audit_lib.present.report.findings import agreed_grades, grade_map, grades, how_to_read, scores, section
from audit_lib.present.report.in_short import meeting_summary
from audit_lib.present.report.judgements import (
    actions,
    agreement,
    areas,
    by_case,
    consistency,
    evidence,
    moderation,
    rubric_group,
    strengths,
    teams,
)
from audit_lib.present.report.methods import how_made
from audit_lib.present.report.opening import bottom_line, header, passages, returns
from audit_lib.present.report.scored import scores_and_grades
from audit_lib.present.report.voices import (
    cases,
    comment_overview,
    comments,
    meeting_learning,
    recommendations,
)
from audit_lib.present.report.written import claims

__all__ = [
    "actions",
    "agreed_grades",
    "agreement",
    "areas",
    "bottom_line",
    "by_case",
    "cases",
    "claims",
    "code_tables",
    "codes",
    "comment_overview",
    "comments",
    "consistency",
    "each_question",
    "end",
    "every_column",
    "every_grade",
    "every_section",
    "evidence",
    "gaps",
    "grade_map",
    "grades",
    "header",
    "how_made",
    "how_to_read",
    "meeting_learning",
    "meeting_summary",
    "moderation",
    "passages",
    "published",
    "recommendations",
    "returns",
    "rubric_group",
    "scores",
    "scores_and_grades",
    "section",
    "strengths",
    "suggestions",
    "teams",
    "to_look_at",
    "tool",
]
