"""The appendix: one chart for each question."""

from __future__ import annotations

from markupsafe import Markup

from audit_lib.present import links
from audit_lib.present.html import Block, drawn, folded, note, nothing, show, side_by_side
from audit_lib.present.question_charts import question_chart
from audit_lib.present.report import results
from audit_lib.present.sentences import count_of, question_sentence
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
            as_table = Markup('<a href="#{}">The figures of this part as a table</a>').format(
                links.of_shares(section.id)
            )
            blocks.append(
                folded(f"{section.title}: {count_of(len(own), 'chart')}", side_by_side(*charts), note(as_table))
            )
    return show(*blocks)
