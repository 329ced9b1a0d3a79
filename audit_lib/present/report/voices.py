"""What people said: the comments of agencies, the meeting case by case, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audit_lib.analysis.comments import CommentGroup, comment_groups
from audit_lib.analysis.grades import CaseAverage
from audit_lib.analysis.rows import text_rows
from audit_lib.errors import UserFault
from audit_lib.present import behind
from audit_lib.present import report_tables as rt
from audit_lib.present import sentences as say
from audit_lib.present.average_words import average_fact
from audit_lib.present.followed_words import recommendations_sentence
from audit_lib.present.html import Block, findings, folded, heading, note, nothing, render, show, spoken, table
from audit_lib.present.report import results
from audit_lib.schema import COLUMNS
from audit_lib.store import AuditTables

_PLANS = {
    "CP": "Child protection plan",
    "CIN": "Child in need plan",
    "LAC": "Looked after",
    "EH": "Early help plan",
}


def comment_overview(tables: AuditTables) -> Block:
    """How many comments were made, by section and column."""
    groups = comment_groups(tables.comments, tables.instrument)
    sentence = findings(say.comments_sentence(groups))
    return show(sentence, table(rt.comment_counts_table(groups, tables.instrument))) if groups else sentence


def comments(tables: AuditTables, column: str) -> Block:
    """What agencies wrote in one column, by section, each comment with where it comes from."""
    if column not in COLUMNS:
        raise UserFault(f"column is '{column}'; expected {', '.join(COLUMNS)}")
    groups = [group for group in comment_groups(tables.comments, tables.instrument) if group.column == column]
    if not groups:
        return nothing(say.comments_sentence(groups))
    about = results.subjects_by_comment(tables)
    return show(note(say.comments_sentence(groups)), *(_comment_group(group, about, tables) for group in groups))


def _comment_group(group: CommentGroup, about: Mapping[str, Sequence[int]], tables: AuditTables) -> Block:
    names: dict[str, str] = {field.id: field.label for field in tables.instrument.free_fields}
    items = [
        (c.text, (say.source(c.case, ""), c.agency, names.get(c.question, c.question)), about.get(c.comment_id, ()))
        for c in group.comments
    ]
    said = spoken(group.title, group.column, items)
    return folded(f"{group.title}: {say.count_of(group.n, 'comment')}", said, paper="appendix")


def cases(tables: AuditTables) -> Block:
    """Each case: its pen picture, how it was graded and scored, and what the meeting agreed about it."""
    rows = {row["case"]: row for row in text_rows(tables.cases)}
    meeting = [row for row in text_rows(tables.meeting) if row["about"] == "case"]
    averages = {one.case: one for one in results.averages(tables)}
    scored = {one.case: one for one in results.score_results(tables).by_case}
    by_case = {case: [one for one in meeting if one["case"] == case] for case in results.cases(tables)}
    described = any(rows.get(case, {}).get("summary") for case in by_case)
    blocks = []
    for case, said in by_case.items():
        row = rows.get(case, {})
        graded = _graded(averages[case], tables) if case in averages else []
        picture = [row.get("summary") or "No pen picture was given."] if described else []
        blocks += [
            heading(f"Case {case}", anchor="about"),
            render("paragraphs", case, style="passage", sentences=picture),
            render("facts", case, facts=[*_child(row), *graded]),
            *(
                [behind.scores(case, [scored[case]], results.told_apart(tables, "scores"), "Scores")]
                if case in scored
                else []
            ),
            *([_columns(tables, said)] if meeting else []),
        ]
    if blocks and not meeting:
        blocks.insert(0, note("The meeting recorded nothing about single cases."))
    elif blocks and any(not all(by_column(tables, said).values()) for said in by_case.values()):
        blocks.insert(0, note("A column that the meeting left empty for a case is not shown."))
    if blocks and not described:
        blocks.insert(0, note("No pen picture was given of any case."))
    return show(*blocks) if blocks else nothing("No cases are known.")


def _child(row: dict[str, str]) -> list[tuple[str, str]]:
    """What ``cases.csv`` says of the child besides the pen picture."""
    age = {"": "", "0": "under 1 year"}.get(row.get("age", ""), f"{row.get('age')} years")
    child = ", ".join(filter(None, (age, row.get("sex", ""))))
    plan = row.get("plan", "")
    return [fact for fact in (("Child", child), ("Plan", _PLANS.get(plan.upper(), plan))) if fact[1]]


def _graded(average: CaseAverage, tables: AuditTables) -> list[tuple[str, str]]:
    facts = []
    if average.agreed:
        facts.append(("Grade agreed by the meeting", say.grade_label(tables.instrument, average.agreed)))
    if average.average:
        facts.append(average_fact(average, tables.instrument))
    return facts


def meeting_learning(tables: AuditTables) -> Block:
    """What the meeting learned about auditing itself."""
    return meeting_columns(tables, "process") or nothing("The meeting recorded nothing about the audit itself.")


def meeting_columns(tables: AuditTables, about: str) -> Block | None:
    """What the meeting recorded about one thing, in columns; None where it recorded nothing."""
    rows = [row for row in text_rows(tables.meeting) if row["about"] == about]
    return _columns(tables, rows) if rows else None


def by_column(tables: AuditTables, rows: Iterable[dict[str, str]]) -> dict[str, list[str]]:
    """Column -> the texts in it, of rows of the meeting's record: the columns of the tool, and any other that was used."""
    said: dict[str, list[str]] = {column.id: [] for column in tables.instrument.columns}
    for row in rows:
        said.setdefault(row["column"], []).append(row["text"])
    return said


def _columns(tables: AuditTables, rows: Iterable[dict[str, str]]) -> Block:
    """The columns of a meeting's record side by side; those without an entry are left out."""
    said = by_column(tables, rows)
    columns = [(rt.column_title(tables.instrument, column), texts) for column, texts in said.items() if texts]
    if not columns:
        return note("The meeting recorded nothing here.")
    return render("columns", "What the meeting agreed", columns=columns)


def recommendations(tables: AuditTables) -> Block:
    """What is to be done, by whom and by when."""
    if not len(tables.recommendations):
        return nothing("No recommendations are recorded.")
    told = recommendations_sentence(text_rows(tables.recommendations))
    return show(findings(told), table(rt.recommendations_table(tables.recommendations)))
