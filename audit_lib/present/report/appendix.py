"""The appendix: one chart for each question."""

from __future__ import annotations

from markupsafe import Markup

from audit_lib.analysis.proportions import QuestionResult
from audit_lib.present.html import Block, Cell, Number, Table, chart, folded, note, show
from audit_lib.present.question_charts import question_chart, shown_answers
from audit_lib.present.report import results
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import count_of, question_sentence, share_text
from audit_lib.store import AuditTables


def each_question(tables: AuditTables) -> Block:
    """A chart for each question, with every answer it can have; folded by section."""
    found = results.question_results(tables)
    if not any(result.total for result in found):
        return note("No answers were read, so there is nothing to draw.")
    blocks = []
    for section in tables.instrument.sections:
        own = [result for result in found if result.section == section.id]
        if own:
            charts = [chart(_drawn(one), f"{one.question.id} {one.question.text}", _table(one)) for one in own]
            blocks.append(folded(f"{section.title}: {count_of(len(own), 'chart')}", *charts))
    return show(*blocks)


def _drawn(result: QuestionResult) -> Markup:
    return question_chart(result, question_sentence(result))


def _table(result: QuestionResult) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for answer in shown_answers(result):
        shares = {share.rule: share_text(share) for share in result.proportions if share.answer == answer}
        told = (shares.get("answered", NONE), shares.get("applicable", NONE))
        rows.append((result.scale.label(answer), Number(str(result.count(answer))), *map(Number, told)))
    headings = ("Answer", "Returns", "Of all that answered", "Of those it applied to")
    return Table(f"{result.question.id}: every answer", headings, tuple(rows))
