"""The parts of a report that follow the audit tool: whichever sections, grades and columns it has, in its own order.

They serve a tool that no notebook was written for. A part stands under a heading of its own.
"""

from __future__ import annotations

from audit_lib.analysis.grades import OVERALL
from audit_lib.present import report_tables as rt
from audit_lib.present.html import Block, heading, nothing, show
from audit_lib.present.report import findings, judgements, voices
from audit_lib.schema import COLUMNS
from audit_lib.store import AuditTables


def every_section(tables: AuditTables) -> Block:
    """What was found in each section of the tool, question by question."""
    sections = tables.instrument.sections
    parts = [_part(one.title, findings.section(tables, one.id)) for one in sections if one.questions]
    return show(*parts) if parts else nothing("This tool asks no questions.")


def every_grade(tables: AuditTables) -> Block:
    """How the work was graded: what is graded by itself, the groups of a rubric, and how those who graded agree."""
    tool = tables.instrument
    if not tool.grades:
        return nothing("This tool asks for no grades.")
    parts = [] if all(thing.group for thing in tool.grades) else [findings.grades(tables)]
    if tool.groups:
        parts.append(_part("Strengths and weak places", judgements.strengths(tables)))
        parts += [_part(group.title, judgements.rubric_group(tables, group.id)) for group in tool.groups]
    if tool.multi_agency:
        parts.append(_part("Where agencies agree and differ", findings.grade_map(tables)))
        parts.append(_part("Whether agencies agree", judgements.agreement(tables)))
        parts.append(_part("The agreed grade and the average", findings.agreed_grades(tables)))
    elif not tool.groups:
        parts.append(_part("Every grade in every file", judgements.areas(tables)))
    if not tool.multi_agency and len(tool.grades) > 1 and any(thing.id == OVERALL for thing in tool.grades):
        parts.append(_part("Whether the overall grade fits", judgements.consistency(tables)))
    if tool.raters:
        parts.append(_part("What a second look found", judgements.moderation(tables)))
    if any(field.id == "team" for field in tool.header):
        parts.append(_part("By team", judgements.teams(tables)))
    return show(*parts)


def every_column(tables: AuditTables) -> Block:
    """All comments, column by column: those columns that the tool has, and any other in which somebody wrote."""
    used = {column.id for column in tables.instrument.columns} | set(tables.comments["column"])
    parts = [
        _part(rt.column_title(tables.instrument, column), voices.comments(tables, column))
        for column in COLUMNS
        if column in used
    ]
    return show(*parts) if parts else nothing("This tool asks for no comments, and none were made.")


def _part(title: str, block: Block) -> Block:
    return show(heading(title, anchor="part"), block)
