"""Results as tables for reading. Every table can be read aloud: a caption, headings, and a first cell that names the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from audit_lib.analysis.comments import CommentGroup, comment_counts
from audit_lib.analysis.gaps import Gap, QualityGroup
from audit_lib.analysis.grades import CaseAverage, GradeCounts, GradeMap
from audit_lib.analysis.proportions import QuestionResult, favourable_answer
from audit_lib.analysis.published import PublishedResult
from audit_lib.analysis.responses import STATES, ReturnsGrid
from audit_lib.analysis.rows import text_rows
from audit_lib.analysis.scores import ScoreResult, Scores
from audit_lib.instrument import Instrument
from audit_lib.present.html import Badge, Cell, Number, Table
from audit_lib.present.sentences import (
    decimal,
    grade_label,
    headline,
    percent_text,
    plain_number,
    range_text,
    share_text,
)
from audit_lib.schema import CHECKS, COLUMNS, SEVERITIES, STATUSES

NONE = "–"


def _row(*cells: Cell) -> tuple[Cell, ...]:
    return cells


def grid_table(grid: ReturnsGrid) -> Table:
    """Agencies down, cases across."""
    cells = {(cell.agency, cell.case): cell for cell in grid.cells}
    rows = []
    for agency in grid.agencies:
        found = [cells.get((agency, case)) for case in grid.cases]
        words = ["not asked" if cell is None else STATES[cell.state] for cell in found]
        rows.append((agency, *words))
    headings = ("Agency", *(f"Case {case}" for case in grid.cases))
    return Table("What came of each form asked for, by agency and case", headings, tuple(rows))


def not_back_table(grid: ReturnsGrid) -> Table:
    """Who has still to send something, or whose form waits for a person."""
    rows = []
    for agency in grid.agencies:
        found = [
            ", ".join(cell.case for cell in grid.in_state(state) if cell.agency == agency)
            for state in ("not_back", "unsettled")
        ]
        if any(found):
            rows.append((agency, *(cases or NONE for cases in found)))
    headings = ("Agency", "Cases: not back", "Cases: came in, a person has to settle it")
    return Table("Forms that are not counted", headings, tuple(rows))


def files_table(grid: ReturnsGrid) -> Table:
    """Every file received, by what became of it."""
    rows = [(status.capitalize(), STATUSES[status], Number(str(n))) for status, n in grid.files.items()]
    rows.append(("All", "every file received", Number(str(grid.files_received))))
    return Table("Files received, by what became of them", ("Status", "Meaning", "Files"), tuple(rows))


def glance_table(results: Sequence[QuestionResult]) -> Table:
    """Every question with the share that its sentence leads with, by both rules."""
    rows = []
    for result in results:
        share = headline(result)
        answered = result.proportion(share.answer, "answered")
        word = result.scale.label(share.answer) + ("" if result.favourable else " (neither is better)")
        cells = (Number(share_text(share)), Number(range_text(share.interval)), Number(share_text(answered)))
        rows.append((f"{result.question.id} {result.question.text}", word, *cells))
    headings = ("Question", "Answer", "Of those it applied to", "Likely range", "Of all that answered")
    return Table("Every question at a glance", headings, tuple(rows))


def counts_table(title: str, results: Sequence[QuestionResult]) -> Table:
    """How many returns gave each answer to each question; the unit is one return."""
    codes = {code: r.scale.label(code) for r in results for code in r.return_ids if code not in ("missing", "unclear")}
    codes |= {"missing": "Missing", "unclear": "Unclear"}
    rows = tuple(
        _row(
            f"{result.question.id} {result.question.text}",
            *(Number(str(result.count(code)) if code in result.return_ids else NONE) for code in codes),
            Number(str(result.total)),
        )
        for result in results
    )
    return Table(f"{title}: returns by answer", ("Question", *codes.values(), "All returns"), rows)


def shares_table(title: str, results: Sequence[QuestionResult]) -> Table:
    """The share of every answer by both rules, each with its likely range."""
    rows = []
    for result in results:
        for answer in result.answers:
            by_rule = [result.proportion(answer, "answered")]
            by_rule += [result.proportion(answer, "applicable")] if answer in result.base("applicable") else []
            cells = [Number(words) for share in by_rule for words in (share_text(share), range_text(share.interval))]
            cells += [Number(NONE)] * (4 - len(cells))
            rows.append(_row(result.question.id, result.scale.label(answer), *cells))
    headings = ("Question", "Answer", "Of all that answered", "Likely range", "Of those it applied to", "Likely range")
    return Table(f"{title}: the share of each answer", headings, tuple(rows))


def grades_table(caption: str, first: str, counts: Sequence[GradeCounts], instrument: Instrument) -> Table:
    """How often each grade was given."""
    codes = tuple(dict.fromkeys(code for each in counts for code in each.return_ids))
    codes = (*(c for c in codes if c not in ("missing", "unclear")), "missing", "unclear")
    rows = tuple(
        _row(each.title, *(Number(str(each.count(code))) for code in codes), Number(str(each.total))) for each in counts
    )
    headings = (first, *(grade_label(instrument, code) for code in codes), f"All {counts[0].unit}" if counts else "All")
    return Table(caption, headings, rows)


def grade_map_table(found: GradeMap, instrument: Instrument) -> Table:
    """Case by section: each agency's grade, how many gave one, and the grade given most often."""
    titles = {thing.id: thing.title for thing in instrument.grades}
    rows = []
    for case in found.cases:
        for section in found.sections:
            cell = found.cells[case, section]
            given = "; ".join(f"{one.agency}: {grade_label(instrument, one.grade).lower()}" for one in cell.given)
            common = {"differ": "they differ", "": NONE}.get(cell.most_common) or grade_label(
                instrument, cell.most_common
            )
            rows.append((f"Case {case}, {titles[section]}", given or NONE, Number(str(cell.n)), common))
    headings = ("Case and section", "Grade by each agency", "Graded", "Most often")
    return Table("Grades by case and section", headings, tuple(rows))


def agreed_table(averages: Sequence[CaseAverage], instrument: Instrument) -> Table:
    """The grade that the meeting agreed, beside the average of the agencies' grades."""
    same = {True: Badge("same", "same"), False: Badge("differs", "differs"), None: Badge("not compared", "none")}
    rows: list[tuple[Cell, ...]] = []
    for one in averages:
        mean = f"{decimal(one.mean, 2)} of {one.n}" if one.n else NONE
        average = grade_label(instrument, one.average)
        rows.append((f"Case {one.case}", grade_label(instrument, one.agreed), average, Number(mean), same[one.agrees]))
    headings = ("Case", "Agreed by the meeting", "Average of the agencies", "Mean of ranks, of how many", "Compared")
    return Table("Agreed grade and average grade", headings, tuple(rows))


def scores_table(scores: Scores) -> Table:
    """Each agency's score by case, with mean and range."""
    rows = tuple(_score_row(f"Case {one.case}", one) for one in scores.by_case)
    headings = (
        "Case",
        "Score by each agency",
        "Mean",
        "Lowest",
        "Highest",
        "Returns with a score",
        "Missing",
        "Unclear",
    )
    return Table("Scores by case", headings, (*rows, _score_row("All cases", scores.together, listed=False)))


def _score_row(name: str, one: ScoreResult, *, listed: bool = True) -> tuple[Cell, ...]:
    given = "; ".join(f"{each.agency}: {plain_number(each.score)}" for each in one.given) if listed else ""
    figures = (
        decimal(one.mean),
        plain_number(one.low),
        plain_number(one.high),
        one.n,
        len(one.missing),
        len(one.unclear),
    )
    return (name, given or NONE, *(Number(str(figure)) for figure in figures))


def comment_counts_table(groups: tuple[CommentGroup, ...], instrument: Instrument) -> Table:
    """How many comments stand in each column of each section."""
    counts = comment_counts(groups)
    titles = {group.section: group.title for group in groups}
    columns = tuple(column for column in COLUMNS if any(found == column for _, found in counts))
    rows = tuple(
        _row(titles[section], *(Number(str(counts.get((section, column), 0))) for column in columns))
        for section in (
            *(s.id for s in instrument.sections),
            *(t for t in titles if t not in instrument.section_of.values()),
        )
        if section in titles
    )
    return Table("Comments by section and column", ("Section", *(column_title(instrument, c) for c in columns)), rows)


def column_title(instrument: Instrument, column: str) -> str:
    """The heading of a column of narrative, as this instrument prints it or else as the schema names it."""
    headings: dict[str, str] = {each.id: each.heading for each in instrument.columns}
    return headings.get(column, COLUMNS[column].capitalize())


def published_table(results: Sequence[PublishedResult], instrument: Instrument) -> Table:
    """Each published figure beside the same figure from the returns."""
    rows: list[tuple[Cell, ...]] = []
    for result in results:
        what = f"{result.question} {measure_label(result.measure, instrument)}".strip()
        per_cent = "%" if result.measure.startswith("percent_") else ""
        counts = decimal(result.numerator, 0 if result.numerator.denominator == 1 else 1)
        if result.denominator is not None:
            counts += f" {'of' if per_cent else 'shared by'} {result.denominator}"
        found = NONE if result.value is None else f"{result.value}{per_cent}"
        badge = Badge("reproduced", "same") if result.reproduced else Badge("not reproduced", "differs")
        cells = (Number(f"{result.printed}{per_cent}"), Number(found), Number(f"{counts} {result.unit}"))
        rows.append((what, *cells, _rule_words(result.of), badge, result.source))
    headings = ("Figure", "Published", "From the returns", "Counts", "Counted", "Result", "Where it was printed")
    return Table("Published figures, worked out again", headings, tuple(rows))


def measure_label(measure: str, instrument: Instrument) -> str:
    """A measure of ``published.csv`` in words."""
    whole = {"mean_score": "mean score", "returns_requested": "forms asked for", "returns_read": "returns read"}
    if measure in whole:
        return whole[measure]
    kind, _, code = measure.partition("_")
    labels = {each: scale.label(each) for scale in instrument.scales.values() for each in scale.values}
    labels |= {"missing": "missing", "unclear": "unclear"}
    return f"{'per cent' if kind == 'percent' else 'number'} “{labels.get(code, code).lower()}”"


def _rule_words(rule: str) -> str:
    words = {"answered": "all that answered", "applicable": "those it applied to", "": NONE}
    return words[rule] if rule in words else rule.replace("+", ", ").replace("_", " ")


def gaps_table(caption: str, first: str, found: Sequence[Gap], names: Mapping[tuple[str, str], str]) -> Table:
    """Missing and unclear values, most gaps first; what has none is left out."""
    chosen = sorted((gap for gap in found if gap.open), key=lambda gap: -gap.open)
    rows = tuple(
        _row(
            names.get((gap.kind, gap.name), gap.name),
            *(Number(str(n)) for n in (len(gap.missing), len(gap.unclear))),
            Number(f"{gap.open} of {gap.of} ({percent_text(gap.open, gap.of)})"),
        )
        for gap in chosen
    )
    return Table(caption, (first, "Missing", "Unclear", "Missing or unclear, of how many"), rows)


def value_names(instrument: Instrument) -> dict[tuple[str, str], str]:
    """What each value with a gap is called in a table."""
    names = {("question", one.id): f"{one.id} {one.text}" for one in instrument.questions.values()}
    names |= {("grade", thing.id): f"Grade: {thing.title}" for thing in instrument.grades}
    return names | {("score", "score"): instrument.score.label if instrument.score else "Score"}


def quality_summary_table(groups: Sequence[QualityGroup]) -> Table:
    """How many things of each kind a person may have to look at, worst first."""
    rows = tuple(
        (
            CHECKS[group.check].capitalize(),
            Badge(group.severity, group.severity),
            SEVERITIES[group.severity],
            Number(str(group.n)),
        )
        for group in groups
    )
    return Table("What the checks found, worst first", ("What", "How much it matters", "Meaning", "How often"), rows)


def quality_table(group: QualityGroup, source: Mapping[str, str], instrument: Instrument) -> Table:
    """Every finding of one check. ``source`` names each return: file names may hold names of people and are not shown."""
    labels = {code: scale.label(code) for scale in instrument.scales.values() for code in scale.values}
    rows = tuple(
        (
            source.get(row["return_id"]) or row["return_id"] or "The audit as a whole",
            row["locator"] or NONE,
            row["message"],
            row["as_written"] or NONE,
            labels.get(row["taken_as"], row["taken_as"]) or NONE,
        )
        for row in group.rows
    )
    headings = ("Return", "Place in the form", "What was found", "As written", "Taken as")
    return Table(CHECKS[group.check].capitalize(), headings, rows)


def recommendations_table(recommendations: pd.DataFrame) -> Table:
    """The recommendations and how far they are."""
    names = ("id", "finding", "action", "lead", "due", "status", "outcome")
    rows = tuple(tuple(row[name] or NONE for name in (*names, "carried_from")) for row in text_rows(recommendations))
    headings = ("No", "Finding", "Action", "Lead", "Date for completion", "Status", "Outcome", "Carried on from")
    return Table("Recommendations", headings, rows)


def tool_table(instrument: Instrument) -> Table:
    """The questions of the tool, in our wording, with what counts as a good answer."""
    rows = []
    for section in instrument.sections:
        for question in section.questions:
            scale = instrument.question_scale(question.id)
            best = favourable_answer(scale, question.polarity)
            rows.append((question.id, section.title, question.text, scale.label(best) if best else "Neither is better"))
    return Table(
        "The questions of the tool", ("Question", "Section", "What it asks", "Answer that is favourable"), tuple(rows)
    )
