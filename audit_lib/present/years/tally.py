"""Every answer to every question of several audits, for those who look for what nobody has asked yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from audit_lib.analysis.comparison import Series, by_concept, measured
from audit_lib.analysis.proportions import Interval
from audit_lib.analysis.tallies import tallies
from audit_lib.present.html import Block, Cell, Number, Table, folded, note, show, table
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import count_of, percent_text, range_text
from audit_lib.present.years import behind
from audit_lib.present.years.audits import Audits, called
from audit_lib.schema import NOT_SUBSTANTIVE
from audit_lib.store import AuditTables


def every_question(audits: Audits, data: str) -> Block:
    """For each audit how often each answer was given, of how many to whom the question applied, with the likely range.

    What stands behind a question that several audits ask about the same thing stands with it (:func:`audit_lib.present.years.concepts`).
    ``data`` is the folder that holds ``processed/``, whose files are counted.
    """
    files = [Path(data) / "processed" / tables.audit / "answers.parquet" for tables in audits]
    counts = tallies(file for file in files if file.exists())
    names, opens = called(audits), behind.anchor(audits)
    told = {point for one in by_concept(audits).values() for point in one.points}
    blocks = []
    for tables in audits:
        own = counts[counts["audit"] == tables.audit]
        if own.empty:
            continue
        points = [point for point in measured(tables) if point.kind == "answer"]
        anchors = {point.asked: opens(Series((point,))) for point in points}
        title = f"{names[tables.audit]}: {count_of(own['question'].nunique(), 'question')}"
        shown = table(_table(tables, own, names, anchors))
        rest = [Series((point,)) for point in points if point not in told]
        blocks.append(folded(title, shown, behind.series(title, rest, audits)))
    return show(*blocks) if blocks else note("No audit asked a question that has an answer to count.")


def _table(tables: AuditTables, counts: pd.DataFrame, names: Mapping[str, str], anchors: Mapping[str, str]) -> Table:
    given = {(row["question"], row["answer"]): row for row in counts.to_dict("records")}
    rows: list[tuple[Cell, ...]] = []
    for question in tables.instrument.questions.values():
        scale = tables.instrument.question_scale(question.id)
        for answer in (*scale.values, *NOT_SUBSTANTIVE):
            row = given.get((question.id, answer))
            if row is None:
                continue
            share = likely = NONE
            if row["applicable"] and not pd.isna(row["low_applicable"]):
                share = f"{row['returns']} of {row['applicable']} ({percent_text(row['returns'], row['applicable'])})"
                likely = range_text(Interval(row["low_applicable"], row["high_applicable"], 0.95))
            cells = (
                Number(each, "" if each == NONE else anchors[question.id])
                for each in (str(row["returns"]), share, likely)
            )
            rows.append((f"{question.id} {question.text}", scale.label(answer), *cells))
    headings = ("Question", "Answer", "Returns", "Of those it applied to", "Likely range")
    return Table(f"{names[tables.audit]}: every answer that was given", headings, tuple(rows))
