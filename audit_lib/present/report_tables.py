"""Results as tables for reading. Every table can be read aloud: a caption, headings, and a first cell that names the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from audit_lib.analysis.comments import CommentGroup, comment_counts
from audit_lib.analysis.gaps import Gap
from audit_lib.analysis.grades import CaseAverage, GradeCounts, GradeMap
from audit_lib.analysis.proportions import Proportion, QuestionResult, favourable_answer
from audit_lib.analysis.published import PublishedResult
from audit_lib.analysis.responses import STATES, ReturnsGrid
from audit_lib.analysis.rows import natural, text_rows
from audit_lib.analysis.scores import ScoreResult, Scores
from audit_lib.instrument import Instrument
from audit_lib.present import links
from audit_lib.present.average_words import average_name
from audit_lib.present.html import Badge, Cell, Detailed, Lines, Number, Table
from audit_lib.present.sentences import (
    back_of,
    decimal,
    grade_label,
    headline,
    long_date,
    percent_text,
    plain_number,
    range_text,
    share_text,
    with_long_dates,
)
from audit_lib.schema import COLUMNS, NOT_SUBSTANTIVE, STATUSES
from audit_lib.text import listed

NONE = "–"


def _row(*cells: Cell) -> tuple[Cell, ...]:
    return cells


def grid_table(grid: ReturnsGrid) -> Table:
    """Agencies down, cases across."""
    cells = {(cell.agency, cell.case): cell for cell in grid.cells}
    rows: list[tuple[Cell, ...]] = []
    for agency in grid.agencies:
        found = [cells.get((agency, case)) for case in grid.cases]
        words = ["not asked" if cell is None else STATES[cell.state] for cell in found]
        rows.append((agency, *words, Number(back_of(cell for cell in grid.cells if cell.agency == agency))))
    by_case = [back_of(cell for cell in grid.cells if cell.case == case) for case in grid.cases]
    rows.append(("Back", *by_case, Number(back_of(grid.cells))))
    headings = ("Agency", *(f"Case {case}" for case in grid.cases), "Back")
    return Table("What came of each form asked for, by agency and case", headings, tuple(rows))


def not_back_table(grid: ReturnsGrid) -> Table:
    """Who has still to send something, whose form came empty, was set aside, or waits for a person."""
    rows = []
    for agency in grid.agencies:
        found = [
            ", ".join(cell.case for cell in grid.in_state(state) if cell.agency == agency)
            for state in ("not_back", "empty", "set_aside", "unsettled")
        ]
        if any(found):
            rows.append((agency, *(cases or NONE for cases in found)))
    states = ("Not back", "Came, but empty", "Came, set aside by a person", "Came in, a person has to settle it")
    headings = ("Agency", *(f"{state}: cases" for state in states))
    return Table("Forms that were asked for and are not counted", headings, tuple(rows)).without_empty(NONE)


def files_table(grid: ReturnsGrid) -> Table:
    """Every file received, by what became of it."""
    rows = [(status.capitalize(), STATUSES[status], Number(str(n))) for status, n in grid.files.items()]
    rows.append(("All", "every file received", Number(str(grid.files_received))))
    return Table("Files received, by what became of them", ("Status", "Meaning", "Files"), tuple(rows))


def glance_table(results: Sequence[QuestionResult]) -> Table:
    """Every question with the share that its sentence leads with, by both rules; each figure leads to what stands behind it."""
    rows: list[tuple[Cell, ...]] = []
    for result in results:
        share = headline(result)
        answered = result.proportion(share.answer, "answered")
        asked = f"{result.question.id} {result.question.text}" + (
            "" if result.favourable else " (neither answer is the better one)"
        )
        told = (share_text(share), range_text(share.interval), share_text(answered))
        cells = (Number(each, links.of_question(result)) for each in told)
        rows.append((asked, result.scale.label(share.answer), *cells))
    headings = ("Question", "Answer", "Of those it applied to", "Likely range", "Of all that answered")
    return Table("Every question at a glance", headings, tuple(rows))


def counts_table(title: str, results: Sequence[QuestionResult]) -> Table:
    """How many returns gave each answer to each question; the unit is one return."""
    codes = {code: r.scale.label(code) for r in results for code in r.return_ids if code not in ("missing", "unclear")}
    codes |= {"missing": "Missing", "unclear": "Unclear"}
    rows = tuple(
        _row(
            f"{result.question.id} {result.question.text}",
            *(_counted(result, code) for code in codes),
            Number(str(result.total)),
        )
        for result in results
    )
    return Table(f"{title}: returns by answer", ("Question", *codes.values(), "All returns"), rows)


def _counted(result: QuestionResult, code: str) -> Number:
    number = result.count(code)
    if code not in result.return_ids:
        return Number(NONE)
    return Number(str(number), links.of_question(result) if number else "")


def shares_table(title: str, results: Sequence[QuestionResult]) -> Table:
    """The share of every answer that was given, by both rules, each with its likely range."""
    rows = []
    for result in results:
        for answer in filter(result.count, result.answers):
            by_rule = [result.proportion(answer, "answered")]
            by_rule += [result.proportion(answer, "applicable")] if answer in result.base("applicable") else []
            cells = [cell for share in by_rule for cell in _share_and_range(share, links.of_question(result))]
            cells += [Number(NONE)] * (4 - len(cells))
            rows.append(_row(result.question.id, result.scale.label(answer), *cells))
    headings = ("Question", "Answer", "Of all that answered", "Likely range", "Of those it applied to", "Likely range")
    return Table(f"{title}: the share of each answer that was given", headings, tuple(rows))


def _share_and_range(share: Proportion, anchor: str) -> tuple[Number, Number]:
    """A share and its likely range, both of which lead to what they rest on."""
    return Number(share_text(share), anchor), Number(range_text(share.interval), anchor)


def grades_table(
    caption: str, first: str, counts: Sequence[GradeCounts], instrument: Instrument, *, opens: bool = False
) -> Table:
    """How often each grade was given. ``opens``: each number leads to what stands behind it."""
    codes = tuple(dict.fromkeys(code for each in counts for code in each.return_ids))
    codes = (*(c for c in codes if c not in ("missing", "unclear")), "missing", "unclear")
    rows = tuple(
        _row(each.title, *(_graded(each, code, opens) for code in codes), Number(str(each.total))) for each in counts
    )
    headings = (first, *(grade_label(instrument, code) for code in codes), f"All {counts[0].unit}" if counts else "All")
    return Table(caption, headings, rows)


def _graded(counts: GradeCounts, code: str, opens: bool) -> Number:
    number = counts.count(code)
    return Number(str(number), links.of_grade(counts.name) if opens and number else "")


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
    """The grade that the meeting agreed, beside the grade that the returns give."""
    same = {True: Badge("same", "same"), False: Badge("differs", "differs"), None: Badge("not compared", "none")}
    rows: list[tuple[Cell, ...]] = []
    for one in averages:
        grades = grade_label(instrument, one.agreed), grade_label(instrument, one.average)
        numbers = Number(str(one.n)), Number(decimal(one.mean, 2))
        rows.append((f"Case {one.case}", *grades, *numbers, same[one.agrees]))
    average = average_name(averages)
    headings = ("Case", "Agreed by the meeting", average[0].upper() + average[1:], "Grades", "Mean rank", "Compared")
    return Table(f"Agreed grade and {average}", headings, tuple(rows))


def scores_table(scores: Scores) -> Table:
    """Each agency's score by case, with mean and range."""
    rows = tuple(_score_row(f"Case {one.case}", one) for one in scores.by_case)
    headings = (
        "Case",
        "Score by each agency",
        "Mean",
        "Median",
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
        plain_number(one.median),
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
        label = measure_label(result.measure, instrument)
        what = Detailed(_asked(result.question, instrument), label) if result.question else label.capitalize()
        per_cent = "%" if result.measure.startswith("percent_") else ""
        found = NONE if result.value is None else f"{result.value}{per_cent}"
        badge = Badge("reproduced", "same") if result.reproduced else Badge("not reproduced", "differs")
        kind = "question" if result.question in instrument.questions else "grade" if result.question else ""
        opens = links.of_value(kind, result.question)
        cells = (Number(f"{result.printed}{per_cent}"), Number(found, opens), published_counts(result))
        rows.append((what, *cells, badge, result.source or NONE))
    headings = ("Figure", "Printed", "From the returns", "Made from", "Result", "Where it was printed")
    return Table("Published figures, worked out again", headings, tuple(rows)).without_empty(NONE)


def published_label(result: PublishedResult, instrument: Instrument) -> str:
    """What was published, in a few words: ``R1, per cent “yes”``."""
    label = measure_label(result.measure, instrument)
    return f"{result.question}, {label}" if result.question else label


def published_counts(result: PublishedResult) -> str:
    """What a figure is made from: ``10 of 17 returns to which it applied``."""
    counts = decimal(result.numerator, 0 if result.numerator.denominator == 1 else 1)
    if result.denominator is not None:
        counts += f" {'of' if result.measure.startswith('percent_') else 'shared by'} {result.denominator}"
    return f"{counts} {result.unit} {_rule_words(result.of)}".strip()


def _asked(name: str, instrument: Instrument) -> str:
    """A question with its wording, or the title of something graded."""
    if name in instrument.questions:
        return f"{name} {instrument.questions[name].text}"
    return {thing.id: f"Grade, {thing.title}" for thing in instrument.grades}.get(name, name)


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
    words = {"": "", "answered": "that answered", "applicable": "to which it applied"}
    return words[rule] if rule in words else "that said " + listed(rule.replace("_", " ").split("+"), "or")


def gaps_table(caption: str, first: str, found: Sequence[Gap], names: Mapping[tuple[str, str], str]) -> Table:
    """Missing and unclear values, most gaps first; what has none is left out."""
    chosen = sorted((gap for gap in found if gap.open), key=lambda gap: -gap.open)
    rows = tuple(
        _row(
            names.get((gap.kind, gap.name), gap.name),
            *(Number(str(n)) for n in (len(gap.missing), len(gap.unclear))),
            Number(f"{gap.open} of {gap.of} ({percent_text(gap.open, gap.of)})", links.of_value(gap.kind, gap.name)),
        )
        for gap in chosen
    )
    return Table(caption, (first, "Missing", "Unclear", "Together, of all values"), rows, alike=True)


def value_names(instrument: Instrument) -> dict[tuple[str, str], str]:
    """What each value with a gap is called in a table."""
    names = {("question", one.id): f"{one.id} {one.text}" for one in instrument.questions.values()}
    names |= {("grade", thing.id): f"Grade: {thing.title}" for thing in instrument.grades}
    return names | {("score", "score"): instrument.score.label if instrument.score else "Score"}


def quality_table(
    caption: str,
    rows: Sequence[Mapping[str, str]],
    source: Mapping[str, str],
    files: Mapping[str, str],
    instrument: Instrument,
) -> Table:
    """Findings of the checks, by return and then by place, each with its place; those of a return that were written and taken alike
    share a row, and those that differ in their place alone a line.

    ``source`` names each return, ``files`` its file without names of people.
    """
    labels = {code: scale.label(code) for scale in instrument.scales.values() for code in scale.values}
    labels |= {code: code.capitalize() for code in (*NOT_SUBSTANTIVE, *STATUSES)}
    found: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for row in sorted(rows, key=lambda row: (natural(source.get(row["return_id"], "")), natural(row["locator"]))):
        said = found.setdefault((row["return_id"], row["as_written"], row["taken_as"]), {})
        said.setdefault(row["message"], []).append(row["locator"])
    told: list[tuple[Cell, ...]] = []
    for (return_id, as_written, taken_as), messages in found.items():
        named = ", ".join(filter(None, (return_id, files.get(return_id))))
        who = Detailed(source.get(return_id) or "File", named) if return_id else NONE
        lines = [_finding(caption, message, locators) for message, locators in messages.items()]
        told.append((who, Lines(tuple(lines)), as_written or NONE, labels.get(taken_as, taken_as) or NONE))
    headings = ("Return", "What was found, and where", "As written", "Taken as")
    return Table(caption, headings, tuple(told)).without_empty(NONE)


def _finding(caption: str, message: str, locators: Sequence[str]) -> Detailed:
    """What a check found, without what the caption says of every row, and its places."""
    message = message.replace(f"{caption}; ", "")
    places = "; ".join(filter(None, dict.fromkeys(locators)))
    return Detailed(with_long_dates(message[:1].upper() + message[1:]), places)


def recommendations_table(recommendations: pd.DataFrame) -> Table:
    """The recommendations and how far they are; which earlier one each carries on, where any does. Empty columns are left out."""
    found = text_rows(recommendations)
    columns = {
        "id": "No", "finding": "Finding", "action": "Action", "lead": "Lead", "due": "Date for completion",
        "status": "Status", "outcome": "Outcome",
    }  # fmt: skip
    told = tuple(tuple(_recommended(row)[name] or NONE for name in columns) for row in found)
    return Table("Recommendations", tuple(columns.values()), told).without_empty(NONE)


def _recommended(row: Mapping[str, str]) -> dict[str, str | Detailed]:
    """The cells of a recommendation; below the action stands which earlier one it carries on."""
    action: str | Detailed = row["action"]
    if row["carried_from"]:
        action = Detailed(row["action"] or NONE, f"carries on {row['carried_from'].replace(':', ', no. ')}")
    return {**row, "due": long_date(row["due"]) if row["due"] else "", "action": action}


def tool_table(instrument: Instrument) -> Table:
    """The questions of the tool, in our wording, with what counts as a good answer."""
    rows = []
    for section in instrument.sections:
        for question in section.questions:
            scale = instrument.question_scale(question.id)
            best = favourable_answer(scale, question.polarity)
            rows.append((question.id, section.title, question.text, scale.label(best) if best else "Neither is better"))
    return Table("The questions of the tool", ("Question", "Section", "What it asks", "Good answer"), tuple(rows))
