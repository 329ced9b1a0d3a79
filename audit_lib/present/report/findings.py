"""What was found: the answers question by question, the grades, and the scores."""

from __future__ import annotations

from audit_lib.analysis.grades import OVERALL, average_rule, grades_by_case
from audit_lib.errors import UserFault
from audit_lib.present import behind, charts, links, tile_charts
from audit_lib.present import report_tables as rt
from audit_lib.present import sentences as say
from audit_lib.present.average_words import agreed_sentences
from audit_lib.present.drawing import NARROW
from audit_lib.present.html import Block, chart, findings, folded, note, nothing, show, table
from audit_lib.present.report import results
from audit_lib.store import AuditTables


def how_to_read(tables: AuditTables) -> Block:
    """How the percentages that follow are to be read, and every question at a glance."""
    found = results.question_results(tables)
    if not found:
        return nothing("This tool asks no questions.")
    unclear = say.unclear_sentence(found)
    return show(note(*say.HOW_TO_READ), table(rt.glance_table(found)), *([note(unclear)] if unclear else []))


def section(tables: AuditTables, section_id: str) -> Block:
    """What was found in one section, question by question. Raises UserFault for a section that the tool does not have."""
    known = {each.id: each for each in tables.instrument.sections}
    if section_id not in known:
        raise UserFault(f"section is '{section_id}'; the tool has {', '.join(known) or 'no sections'}")
    title = known[section_id].title
    found = [result for result in results.question_results(tables) if result.section == section_id]
    if not any(result.total for result in found):
        return findings("No return was read, so there is nothing to show.")
    described = say.section_description(title, found)
    drawn = charts.section_chart(f"section-{section_id}", f"{title}: answers", found, described)
    caption = f"{title}: the answers given to each question, with the number of returns."
    if any(result.count("not_applicable") for result in found):
        caption += " * Without the returns that answered “not applicable”, which are in the bar."
    return show(
        findings(*(links.linked(told, links.names(found)) for told in say.extremes_sentences(found))),
        chart(drawn, caption, rt.counts_table(title, found), strips=True),
        behind.questions(
            f"{title}, question by question", found, behind.places_of(results.told_apart(tables, "answers"))
        ),
        folded(
            "Show every percentage and its likely range",
            table(rt.shares_table(title, found), links.of_shares(section_id)),
        ),
    )


def grades(tables: AuditTables) -> Block:
    """How agencies graded their work, section by section."""
    counts = results.grade_counts(tables)
    if not counts:
        return nothing("This tool asks for no grades.")
    sentences = [say.grade_sentence(each, tables.instrument) for each in counts]
    caption = "The grades given to each section, with the number of returns."
    drawn = charts.grades_chart("grades", "Grades by section", counts, tables.instrument, " ".join(sentences))
    data = rt.grades_table("Grades by section: returns", "Section", counts, tables.instrument, opens=True)
    overall = [text for each, text in zip(counts, sentences, strict=True) if each.name == OVERALL]
    who = behind.grades(
        "Each section, grade by grade",
        counts,
        tables.instrument,
        behind.places_of(results.told_apart(tables, "grades")),
    )
    told = (links.linked(text, links.names(grades=counts)) for text in overall)
    return show(findings(*told), chart(drawn, caption, data, strips=True), who)


def grade_map(tables: AuditTables) -> Block:
    """Where agencies agree and differ: every grade, by case and section."""
    found = results.grade_map(tables)
    if not found.cases or not found.sections:
        return nothing("No grades were given.")
    sentence = say.grade_map_sentence(found)
    caption = "One tile for each return. The last column is the grade that the multi-agency meeting agreed."
    drawn = tile_charts.grade_map_chart(found, tables.instrument, sentence)
    narrow = tile_charts.narrow_grade_map_chart(found, tables.instrument)
    blocks = [
        findings(sentence),
        chart(drawn, caption, rt.grade_map_table(found, tables.instrument), links.GRADE_MAP, narrow=narrow),
    ]
    if by_case := grades_by_case(tables.grades, tables.instrument):
        counts = rt.grades_table("Grades by case, all sections together: grades", "Case", by_case, tables.instrument)
        blocks.append(folded("Show how often each grade was given in each case", table(counts)))
    return show(*blocks)


def agreed_grades(tables: AuditTables) -> Block:
    """The grade that the meeting agreed for each case, beside the average of the agencies' grades and its rule."""
    rule = average_rule(tables.instrument)
    averages = results.averages(tables)
    if rule is None or not averages:
        return nothing("There are no grades to compare.")
    sentences = agreed_sentences(averages, tables.instrument, results.case_counts(tables).known)
    if not any(one.agreed for one in averages):
        return nothing(*sentences)
    return show(
        findings(*(links.linked(each, {}, links.AGREED) for each in sentences)),
        table(rt.agreed_table(averages, tables.instrument), links.AGREED),
        note(f"Rule for the average: {rule.text}. A grade is a judgement, not a number; the meeting's grade stands."),
    )


def scores(tables: AuditTables) -> Block:
    """How the whole was scored, case by case."""
    found, line = results.score_results(tables), tables.instrument.score
    if line is None:
        return nothing("This tool asks for no score.")
    sentence = say.score_sentence(found.together, line)
    if not found.by_case:
        return findings(sentence)
    best = line.maximum if line.best == "high" else line.minimum
    caption = f"The scores of each case, from {line.minimum:g} to {line.maximum:g}; {best:g} is best."
    drawn = charts.scores_chart(found, line, say.scores_description(found))
    who = behind.scores("Each case, score by score", found.by_case, results.told_apart(tables, "scores"))
    told = findings(links.linked(sentence, {}, links.SCORES))
    return show(
        told,
        chart(
            drawn, caption, rt.scores_table(found), links.SCORES, narrow=charts.scores_chart(found, line, "", NARROW)
        ),
        who,
    )
