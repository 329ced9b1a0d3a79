"""What the parts of a report ask of the analysis, each by one name."""

from __future__ import annotations

import pandas as pd

from audit_lib.analysis import codings, gaps, grades, proportions, published, responses, rows, scores
from audit_lib.store import AuditTables


def about(tables: AuditTables) -> dict[str, str]:
    """What was audited, with which tool and when, as text."""
    return rows.text_rows(tables.about)[0]


def cases(tables: AuditTables) -> tuple[str, ...]:
    """Every case that was asked about, described or read, in natural order."""
    read = tables.returns.loc[tables.returns["status"] == "read", "case"]
    return rows.in_order([*tables.requests["case"], *tables.cases["case"], *read])


def case_counts(tables: AuditTables) -> responses.CaseCounts:
    """How many cases there are, and for how many of them a return was read."""
    return responses.case_counts(tables.requests, tables.cases, tables.returns)


def returns_grid(tables: AuditTables) -> responses.ReturnsGrid:
    """What was asked for and what came back."""
    return responses.returns_grid(tables.requests, tables.returns)


def question_results(tables: AuditTables) -> tuple[proportions.QuestionResult, ...]:
    """What was answered to each question."""
    return proportions.question_results(tables.answers, tables.instrument)


def grade_counts(tables: AuditTables) -> tuple[grades.GradeCounts, ...]:
    """How often each grade was given to each thing graded."""
    return grades.grades_by_section(tables.grades, tables.instrument)


def told_apart(tables: AuditTables, name: str) -> pd.DataFrame:
    """The table of that name, with two schools of one child under a name each."""
    return responses.told_apart(tables.tables[name], tables.returns)


def grade_map(tables: AuditTables) -> grades.GradeMap:
    """Every grade, by case and by what was graded."""
    return grades.grade_map(told_apart(tables, "grades"), tables.cases, tables.instrument)


def averages(tables: AuditTables) -> tuple[grades.CaseAverage, ...]:
    """The average of each case's grades by the rule of its scale; none where there is no such rule."""
    rule = grades.average_rule(tables.instrument)
    return grades.average_grades(grade_map(tables), rule) if rule else ()


def score_results(tables: AuditTables) -> scores.Scores:
    """How each case, and the whole, was scored."""
    return scores.score_results(told_apart(tables, "scores"), tables.quality)


def gap_counts(tables: AuditTables) -> gaps.Gaps:
    """What is missing or unclear."""
    return gaps.gaps(tables.answers, tables.grades, tables.scores, tables.quality, tables.instrument)


def coded(tables: AuditTables) -> codings.Coded:
    """The comments by subject, the one of most comments first."""
    return codings.coded_comments(tables.comments, tables.codings, [code.id for code in tables.book.codes])


def subjects_by_comment(tables: AuditTables) -> dict[str, list[int]]:
    """Comment id -> the places of its subjects in that list."""
    found: dict[str, list[int]] = {}
    for place, one in enumerate(coded(tables).codes):
        for comment in one.comments:
            found.setdefault(comment.comment_id, []).append(place)
    return found


def published_results(tables: AuditTables) -> tuple[published.PublishedResult, ...]:
    """Each published figure, worked out again."""
    found = question_results(tables), grade_counts(tables), score_results(tables), returns_grid(tables)
    return published.published_results(tables.published, *found)


def file_names(tables: AuditTables) -> dict[str, str]:
    """Return id -> the file without names of people."""
    return {row["return_id"]: row["shown"] for row in rows.text_rows(tables.file_names)}
