"""Who agrees with whom; the same questions by case; actions; judgements of whole files by area, row, moderator and team."""

from __future__ import annotations

from audit_lib.analysis import actions as done
from audit_lib.analysis import agreement as agreed
from audit_lib.analysis import judgements as judged
from audit_lib.analysis.by_case import case_shares
from audit_lib.analysis.grades import GradeCounts, good_enough
from audit_lib.analysis.rows import case_and_place, text_rows
from audit_lib.errors import UserFault
from audit_lib.instrument import GradedThing
from audit_lib.present import behind, links, tile_charts
from audit_lib.present import judgement_sentences as say
from audit_lib.present import judgement_tables as jt
from audit_lib.present import report_tables as rt
from audit_lib.present.drawing import NARROW
from audit_lib.present.html import Block, chart, findings, folded, note, nothing, show, table
from audit_lib.present.report import results
from audit_lib.present.sentences import count_of, grade_label
from audit_lib.store import AuditTables
from audit_lib.text import listed


def agreement(tables: AuditTables) -> Block:
    """How far agencies agree about the same work: who differs by how much, then figures for the whole."""
    found = agreed.grade_agreement(results.grade_map(tables), tables.instrument)
    said = say.agreement_sentences(found, tables.instrument)
    blocks = [findings(*(links.linked(each, {}, links.GRADE_MAP) for each in said))]
    if found.apart:
        differ = f"Show where they differ: {count_of(len(found.apart), 'place')}"
        blocks.append(folded(differ, table(jt.apart_table(found, tables.instrument))))
    if found.enough:
        blocks.append(folded("Show agreement against chance", note(say.CHANCE), table(jt.alpha_table(found))))
    return show(*blocks)


def by_case(tables: AuditTables) -> Block:
    """Each question by return and by case: a share of returns is not a share of cases."""
    questions = results.question_results(tables)
    if not questions:
        return nothing("This tool asks no questions.")
    shares = case_shares(tables.answers, questions)
    said = links.linked(say.by_case_sentence(shares, questions), links.names(questions))
    return show(findings(said), table(jt.by_case_table(shares, questions)))


def actions(tables: AuditTables, as_of: str = "") -> Block:
    """Who is to do what by when, and what of it is overdue at ``as_of`` (an ISO day or month; the audit's own date when empty)."""
    if tables.instrument.actions is None:
        return nothing("This tool has no place for agreed actions.")
    found = done.agreed_actions(tables.actions, as_of or results.about(tables)["date"])
    sentences = findings(*say.actions_sentences(found))
    return (
        show(sentences, table(jt.actions_table(found.all), links.ACTIONS), note(say.actions_note(found)))
        if found.all
        else sentences
    )


def areas(tables: AuditTables) -> Block:
    """How every area of practice was judged in every file."""
    found, things = results.grade_map(tables), tables.instrument.grades
    if not found.cases or not things:
        return nothing("No grades were given.")
    counts = {each.name: each for each in results.grade_counts(tables)}
    good = good_enough(tables.instrument.grade_scale_of(things[0].id))
    told = [say.row_sentence(counts[thing.id], good, tables.instrument) for thing in things]
    title = "Every area in every file"
    drawn = tile_charts.tiles_chart("areas", title, things, found, tables.instrument, ". ".join(told))
    narrow = tile_charts.tiles_chart("areas", title, things, found, tables.instrument, "", NARROW)
    data = jt.tiles_table(title, things, found, tables.instrument)
    drawing = chart(drawn, "One tile for each judgement.", data, narrow=narrow)
    return show(findings(*_extremes(things, counts, good, tables)), drawing)


def evidence(tables: AuditTables) -> Block:
    """Each area, file by file: the judgement, and what was written as evidence beside what was written as impact."""
    found = results.grade_map(tables)
    written: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in sorted(text_rows(tables.comments), key=case_and_place):
        written.setdefault((row["section"], row["return_id"]), {}).setdefault(row["column"], []).append(row["text"])
    blocks = []
    for thing in tables.instrument.grades:
        texts = {
            return_id: (" ".join(said.get("evidence", [])), " ".join(said.get("impact", [])))
            for (section, return_id), said in written.items()
            if section == thing.id
        }
        if any(map(any, texts.values())):
            blocks.append(
                folded(thing.title, table(jt.area_table(thing, found, texts, tables.instrument)), paper="here")
            )
    return show(*blocks) if blocks else nothing("No evidence and no impact were written down.")


def consistency(tables: AuditTables) -> Block:
    """Whether the overall grade of each file fits those of its areas."""
    found = judged.consistencies(tables.grades, tables.instrument)
    if not found:
        return nothing("This tool asks for no overall grade.")
    rule = note(
        "Rule: the grades of the areas are put in order, from best to poorest, and the overall grade fits when it is the one in the "
        "middle, or one of the two. It is a reason to look, no more: one grave area may rightly decide the whole."
    )
    sentences = findings(*say.consistency_sentences(found, tables.instrument))
    return show(sentences, table(jt.consistency_table(found, tables.instrument)), rule)


def moderation(tables: AuditTables) -> Block:
    """What a moderator, or a panel, made of the grades."""
    found = judged.moderated(tables.grades, tables.instrument)
    sentences = say.moderation_sentences(found, tables.instrument)
    if not found:
        return nothing(" ".join(sentences))
    return show(findings(*sentences), table(jt.moderation_table(found, tables.instrument)))


def teams(tables: AuditTables) -> Block:
    """The grades by team, teams with few files put together."""
    found = judged.grades_by_team(tables.grades, tables.fields, tables.instrument)
    if not any(each.name != "No team named" for each in found.counts):
        return nothing("The forms name no teams.")
    if all(each.name in ("Other teams", "No team named") for each in found.counts):
        return nothing(say.teams_note(found))
    return show(
        table(rt.grades_table("Grades by team", "Team", found.counts, tables.instrument)), note(say.teams_note(found))
    )


def strengths(tables: AuditTables) -> Block:
    """In which rows of a rubric the files are good or better, and in which they are not."""
    counts = {each.name: each for each in results.grade_counts(tables)}
    things = [thing for thing in tables.instrument.grades if counts[thing.id].graded]
    if not things:
        return nothing("No grades were given.")
    good = good_enough(tables.instrument.grade_scale_of(things[0].id))
    return findings(*_extremes(things, counts, good, tables))


def rubric_group(tables: AuditTables, group_id: str) -> Block:
    """One section of a rubric: each row in each file, and what would make it better. Raises UserFault for an unknown section."""
    groups = {group.id: group.title for group in tables.instrument.groups}
    if group_id not in groups:
        raise UserFault(f"group is '{group_id}'; the tool has {', '.join(groups) or 'no groups'}")
    found, title = results.grade_map(tables), groups[group_id]
    things = [thing for thing in tables.instrument.grades if thing.group == group_id]
    given = [thing for thing in things if any(found.cells[case, thing.id].ranked for case in found.cases)]
    if not given:
        return nothing("No grade was given in this section.")
    counts = {each.name: each for each in results.grade_counts(tables)}
    good = good_enough(tables.instrument.grade_scale_of(things[0].id))
    told = ". ".join(say.row_sentence(counts[thing.id], good, tables.instrument) for thing in given)
    drawn = tile_charts.tiles_chart(f"group-{group_id}", title, things, found, tables.instrument, told)
    narrow = tile_charts.tiles_chart(f"group-{group_id}", title, things, found, tables.instrument, "", NARROW)
    data = jt.tiles_table(title, things, found, tables.instrument)
    better = [
        folded(f"{thing.title}: what would make it better", table(jt.next_grade_table(thing, found, tables.instrument)))
        for thing in given
    ]
    places = behind.places_of(results.told_apart(tables, "grades"))
    ranked = [counts[thing.id] for thing in given]
    return show(
        findings(*_extremes(given, counts, good, tables)),
        chart(drawn, f"{title}: one tile for each grade.", data, narrow=narrow),
        folded(
            "Row by row: who gave which grade, and where",
            behind.grades(f"{title}, row by row", ranked, tables.instrument, places),
        ),
        *better,
    )


def _extremes(
    things: tuple[GradedThing, ...] | list[GradedThing],
    counts: dict[str, GradeCounts],
    good: tuple[str, ...],
    tables: AuditTables,
) -> tuple[str, ...]:
    """Which are good or better in every file, and which least often."""
    graded = [thing for thing in things if counts[thing.id].graded]
    if not graded:
        return ("No grades were given.",)
    words = f"“{grade_label(tables.instrument, good[-1]).lower()}” or better"
    share = {thing.id: counts[thing.id].count(*good) / counts[thing.id].graded for thing in graded}
    lowest = min(share.values())
    every = [thing.title for thing in graded if share[thing.id] == 1]
    said = [f"Graded {words} in every file that was graded: {_some(every)}."] if every else []
    if lowest < 1:
        weak = [thing for thing in graded if share[thing.id] == lowest]
        told = [f"{t.title} ({counts[t.id].count(*good)} of {counts[t.id].graded})" for t in weak]
        said.append(f"Least often graded {words}: {_some(told)}.")
    return tuple(links.linked(each, links.names(grades=list(counts.values()))) for each in said)


def _some(names: list[str]) -> str:
    return listed(names if len(names) <= 5 else [*names[:4], f"{len(names) - 4} more"])
