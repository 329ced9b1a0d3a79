"""The appendix: one chart for each question."""

from __future__ import annotations

from collections.abc import Sequence

from audit_lib.analysis.proportions import QuestionResult
from audit_lib.present.html import Block, Cell, Number, Table, drawn, folded, nothing, show, table
from audit_lib.present.question_charts import question_chart, shown_answers
from audit_lib.present.report import results
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import count_of, question_sentence, share_text
from audit_lib.store import AuditTables


def each_question(tables: AuditTables) -> Block:
    """A chart for each question, with every answer it can have; folded by section."""
    found = results.question_results(tables)
    if not any(result.total for result in found):
        return nothing("No answers were read, so there is nothing to draw.")
    blocks = []
    for section in tables.instrument.sections:
        own = [result for result in found if result.section == section.id]
        if own:
            charts = [
                drawn(question_chart(one, question_sentence(one)), f"{one.question.id} {one.question.text}")
                for one in own
            ]
            figures = folded("Show the figures as a table", table(_table(section.title, own)))
            blocks.append(folded(f"{section.title}: {count_of(len(own), 'chart')}", *charts, figures))
    return show(*blocks)


def _table(title: str, results: Sequence[QuestionResult]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for result in results:
        for answer in shown_answers(result):
            shares = {share.rule: share_text(share) for share in result.proportions if share.answer == answer}
            told = (shares.get("answered", NONE), shares.get("applicable", NONE))
            rows.append(
                (result.question.id, result.scale.label(answer), Number(str(result.count(answer))), *map(Number, told))
            )
    headings = ("Question", "Answer", "Returns", "Of all that answered", "Of those it applied to")
    return Table(f"{title}: every answer to each question", headings, tuple(rows))
