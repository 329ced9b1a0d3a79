"""Every answer to every question of several audits, for those who look for what nobody has asked yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from audit_lib.analysis.proportions import Interval
from audit_lib.analysis.tallies import tallies
from audit_lib.present import years_words as say
from audit_lib.present.html import Block, Cell, Number, Table, folded, note, show, table
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import count_of, range_text
from audit_lib.present.years.parts import Audits, audited
from audit_lib.schema import NOT_SUBSTANTIVE
from audit_lib.store import AuditTables


def every_question(audits: Audits, data: str) -> Block:
    """For each audit how often each answer was given, of how many to whom the question applied, with the likely range.

    ``data`` is the folder that holds ``processed/``, whose files are counted.
    """
    files = [Path(data) / "processed" / tables.audit / "answers.parquet" for tables in audits]
    counts = tallies(file for file in files if file.exists())
    called = say.names(audited(audits))
    blocks = []
    for tables in audits:
        own = counts[counts["audit"] == tables.audit]
        if not own.empty:
            asked = count_of(own["question"].nunique(), "question")
            blocks.append(folded(f"{called[tables.audit]}: {asked}", table(_table(tables, own, called))))
    return show(*blocks) if blocks else note("No audit asked a question that has an answer to count.")


def _table(tables: AuditTables, counts: pd.DataFrame, called: Mapping[str, str]) -> Table:
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
                share = f"{row['returns']} of {row['applicable']}"
                likely = range_text(Interval(row["low_applicable"], row["high_applicable"], 0.95))
            cells = (Number(str(row["returns"])), Number(share), Number(likely))
            rows.append((f"{question.id} {question.text}", scale.label(answer), *cells))
    headings = ("Question", "Answer", "Returns", "Of those it applied to", "Likely range")
    return Table(f"{called[tables.audit]}: every answer that was given", headings, tuple(rows))
