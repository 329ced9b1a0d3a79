"""What the findings rest on: figures printed before, gaps in the data, and how the report was made."""

from __future__ import annotations

from audit_lib.analysis.gaps import QualityGroup, quality_groups
from audit_lib.analysis.rows import text_rows
from audit_lib.present import links
from audit_lib.present import report_tables as rt
from audit_lib.present import sentences as say
from audit_lib.present.html import Block, findings, folded, heading, note, nothing, on_screen, show, table
from audit_lib.present.report import results
from audit_lib.present.report.reading import not_known
from audit_lib.schema import CHECKS
from audit_lib.store import AuditTables


def published(tables: AuditTables) -> Block:
    """Whether the figures already published come out of the returns again."""
    found = results.published_results(tables)
    sentence = say.published_sentence(found)
    if not found:
        return nothing(sentence)
    worked_out = table(rt.published_table(found, tables.instrument), links.PUBLISHED)
    return show(findings(sentence), on_screen(worked_out) if all(one.reproduced for one in found) else worked_out)


def gaps(tables: AuditTables) -> Block:
    """What is missing or unclear, by what was asked and by who answered, and what else is not known."""
    found = results.gap_counts(tables)
    blocks = [findings(say.gaps_sentence(found))]
    names = rt.value_names(tables.instrument)
    for caption, first, rows, anchor in (
        ("Missing or unclear, by what was asked", "What was asked", found.by_value, links.GAPS),
        ("Missing or unclear, by agency", "Agency", found.by_agency, ""),
    ):
        if any(gap.open for gap in rows):
            blocks.append(table(rt.gaps_table(caption, first, rows, names), anchor))
    return show(*blocks, not_known(tables))


def to_look_at(tables: AuditTables) -> Block:
    """Everything that the checks found, worst first: what has to be settled in the open, the rest behind a line each."""
    groups = quality_groups(tables.quality)
    if not groups:
        return on_screen(note("The checks found nothing that a person has to look at."))
    errors, warnings, notes = ([g for g in groups if g.severity == each] for each in ("error", "warning", "note"))
    blocks = [findings(say.checks_sentence(groups))]
    if errors:
        blocks.append(_checked("To be settled before the figures can be relied on", errors, tables))
    if warnings:
        blocks.append(heading("To be looked at", 4, "checks"))
        blocks += [
            folded(f"{check_title(one)}: {one.n}", _checked(check_title(one), [one], tables), working=True)
            for one in warnings
        ]
    if notes:
        told = [_checked(check_title(one), [one], tables) for one in notes]
        blocks += [
            heading("Worth knowing", 4, "checks"),
            folded(f"Show all notes: {sum(g.n for g in notes)}", *told, working=True),
        ]
    where = (
        "The column “Return” gives the id of each return and its file; words in the file's name that may be somebody's name are hidden. "
        "The command “audit check” lists the same findings with the full names, and with the line for corrections.csv that settles each."
    )
    return on_screen(show(*blocks, note(where)))


def check_title(group: QualityGroup) -> str:
    """What a check looks for, as a heading."""
    return CHECKS[group.check][0].upper() + CHECKS[group.check][1:]


def _checked(caption: str, groups: list[QualityGroup], tables: AuditTables) -> Block:
    source = {row["return_id"]: say.source(row["case"], row["agency"]) for row in text_rows(tables.returns)}
    rows = [row for group in groups for row in group.rows]
    return table(rt.quality_table(caption, rows, source, results.file_names(tables), tables.instrument))


def tool(tables: AuditTables) -> Block:
    """The questions of the tool, in our wording. On paper the table of every question at a glance has them."""
    if not tables.instrument.questions:
        return on_screen(nothing("This tool asks no questions."))
    return on_screen(table(rt.tool_table(tables.instrument)))


def end(tables: AuditTables) -> Block:
    """The last line of a report: it stands there only when every part before it was made."""
    return note(f"End of the report: {results.about(tables)['title']}.")
