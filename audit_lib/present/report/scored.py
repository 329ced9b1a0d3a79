"""The score beside the grade that the same return gave."""

from __future__ import annotations

from functools import partial

from audit_lib.analysis.score_grades import ScoredGrades, scored_grades
from audit_lib.present import behind
from audit_lib.present.html import Block, Cell, Number, Table, findings, note, nothing, show, table
from audit_lib.present.report import results
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import count_of, grade_label, plain_number
from audit_lib.store import AuditTables
from audit_lib.text import listed

RULE = (
    "The line of the score is cut into as many equal parts as there are grades. A score that lies two or more parts away from "
    "the grade that the same return gave is listed. Neither is taken to be the right one."
)


def scores_and_grades(tables: AuditTables) -> Block:
    """How the scores lie within each grade, and the returns whose score and grade say different things."""
    found = scored_grades(results.told_apart(tables, "scores"), tables.grades, tables.instrument)
    if found is None:
        return nothing("This tool does not ask for both a score and a grade for the work as a whole.")
    if not found.given:
        return nothing("No return gave both a score and a grade to the work as a whole.")
    blocks = [findings(scored_sentence(found)), table(_by_grade(found, tables))]
    if found.disagreeing:
        blocks.append(table(_apart(found, tables)))
    who = behind.scored_grades("Score beside grade", found, partial(grade_label, tables.instrument), tables.scores)
    return show(*blocks, who, note(RULE))


def scored_sentence(found: ScoredGrades) -> str:
    """In how many returns score and grade say different things."""
    n, apart = len(found.given), len(found.disagreeing)
    both = f"{count_of(n, 'return')} gave both a score and a grade to the work as a whole"
    if not apart:
        return f"{both}; nowhere do the two say different things."
    where = listed(dict.fromkeys(f"case {one.case}" for one in found.disagreeing))
    return f"{both}; in {apart} of them the two say different things ({where})."


def _by_grade(found: ScoredGrades, tables: AuditTables) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for grade in found.grades:
        scores = found.scores(grade)
        middle = (scores[(len(scores) - 1) // 2] + scores[len(scores) // 2]) / 2 if scores else None
        ends = (scores[0], middle, scores[-1]) if scores else (None, None, None)
        each = ", ".join(plain_number(score) for score in scores) or NONE
        label = grade_label(tables.instrument, grade)
        rows.append((label, Number(str(len(scores))), *(Number(plain_number(one)) for one in ends), each))
    headings = ("Grade for the work as a whole", "Returns", "Lowest score", "Median", "Highest score", "Scores")
    return Table("Scores by the grade that the same return gave", headings, tuple(rows))


def _apart(found: ScoredGrades, tables: AuditTables) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (f"Case {one.case}", one.agency, grade_label(tables.instrument, one.grade), Number(plain_number(one.score)))
        for one in found.disagreeing
    ]
    return Table(
        "Returns whose score and grade say different things", ("Case", "Agency", "Grade", "Score"), tuple(rows)
    )
