"""Tables about agreement, actions, and judgements of whole files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit_lib.analysis.actions import STATES, AgreedAction
from audit_lib.analysis.agreement import METRICS, Agreement
from audit_lib.analysis.by_case import CaseShare
from audit_lib.analysis.grades import GradeMap
from audit_lib.analysis.judgements import Consistency, Moderated
from audit_lib.analysis.proportions import QuestionResult
from audit_lib.instrument import GradedThing, Instrument
from audit_lib.present import links
from audit_lib.present.html import Badge, Cell, Number, Table
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import grade_label, headline, long_date, percent_text, share_text
from audit_lib.text import listed

_ACTION_BADGES = {"overdue": "differs", "within": "warning", "due": "same", "undated": "none"}


def apart_table(found: Agreement, instrument: Instrument) -> Table:
    """Every thing about which two agencies differ, the widest first."""
    titles = {thing.id: thing.title for thing in instrument.grades}
    rows: list[tuple[Cell, ...]] = [
        (f"Case {one.case}, {titles[one.section]}", Number(str(one.steps)), listed(one.best), listed(one.poorest))
        for one in found.apart
    ]
    headings = ("Case and section", "Grades apart", "Best grade by", "Poorest grade by")
    return Table("Where agencies graded the same work differently", headings, tuple(rows))


def alpha_table(found: Agreement) -> Table:
    """Agreement against chance, by how a difference is counted."""
    counted = {
        "nominal": "any difference counts the same",
        "ordinal": "by how many grades lie between",
        "interval": "by the distance, squared",
    }
    likely = f"{_two(found.interval.low)} to {_two(found.interval.high)}" if found.interval else NONE
    rows = [
        (
            counted[metric].capitalize(),
            Number(_two(found.alphas[metric])),
            Number(likely if metric == "ordinal" else NONE),
        )
        for metric in METRICS
    ]
    headings = ("How a difference is counted", "Agreement", "Likely range")
    return Table("Agreement against chance", headings, tuple(rows))


def _two(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}".replace("-0.00", "0.00")


def by_case_table(shares: Sequence[CaseShare], results: Sequence[QuestionResult]) -> Table:
    """Each question by return and by case."""
    rows: list[tuple[Cell, ...]] = []
    for share, result in zip(shares, results, strict=True):
        by_return = headline(result)
        base = len(share.base)
        cells = [f"{len(cases)} of {base} ({percent_text(len(cases), base)})" for cases in (share.some, share.every)]
        asked = f"{result.question.id} {result.question.text}"
        told = [share_text(by_return), *(cell if base else NONE for cell in cells)]
        numbers = [Number(each, links.of_question(result) if each != NONE else "") for each in told]
        rows.append((asked, result.scale.label(share.answer), *numbers))
    headings = ("Question", "Answer", "Returns", "Cases in which at least one agency said so", "Cases in which all did")
    return Table("The same questions by return and by case", headings, tuple(rows))


def actions_table(found: Sequence[AgreedAction]) -> Table:
    """Who is to do what by when."""
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        when = long_date(one.by_when) if one.by_when else one.by_when_as_written or NONE
        badge = Badge(STATES[one.state].lower(), _ACTION_BADGES[one.state])
        rows.append((f"Case {one.case}", one.action, one.by_whom or "nobody named", when, badge))
    return Table("Actions agreed", ("Case", "Action", "By whom", "By when", "Date"), tuple(rows))


def consistency_table(found: Sequence[Consistency], instrument: Instrument) -> Table:
    """The overall grade of each file beside how its areas were graded."""
    badges = {True: Badge("fits", "same"), False: Badge("differs", "differs"), None: Badge("not compared", "none")}
    codes = list(dict.fromkeys(code for one in found for code in one.counts))
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        counts = [Number(str(one.counts.get(code, 0))) for code in codes]
        middle = listed([grade_label(instrument, code) for code in one.middle], "or") or NONE
        rows.append((f"Case {one.case}", grade_label(instrument, one.overall), *counts, middle, badges[one.fits]))
    areas = [f"Areas: {grade_label(instrument, code).lower()}" for code in codes]
    headings = ("Case", "Overall", *areas, "The middle grade", "Compared")
    return Table("The overall grade and the grades of the areas", headings, tuple(rows))


def moderation_table(found: Sequence[Moderated], instrument: Instrument) -> Table:
    """Every grade that a moderator gave again, differing ones first."""
    titles = {thing.id: thing.title for thing in instrument.grades}
    rows: list[tuple[Cell, ...]] = []
    for one in sorted(found, key=lambda one: -abs(one.steps)):
        badge = Badge("same", "same") if not one.steps else Badge("better" if one.steps > 0 else "poorer", "differs")
        given, other = grade_label(instrument, one.given), grade_label(instrument, one.other)
        rows.append((f"Case {one.case}, {titles[one.section]}", given, other, badge))
    return Table("Grades given a second time", ("Case and area", "Auditor", "Moderator", "Compared"), tuple(rows))


def area_table(
    thing: GradedThing, found: GradeMap, texts: Mapping[str, tuple[str, str]], instrument: Instrument
) -> Table:
    """One area over all files: its grade, and the evidence beside the impact. ``texts`` gives both by return id."""
    rows: list[tuple[Cell, ...]] = []
    for case in found.cases:
        for one in found.cells[case, thing.id].given:
            evidence, impact = texts.get(one.return_id, ("", ""))
            rows.append((f"Case {case}", grade_label(instrument, one.grade), evidence or NONE, impact or NONE))
    return Table(f"{thing.title}, file by file", ("Case", "Judgement", "Evidence", "Impact"), tuple(rows), alike=True)


def tiles_table(caption: str, things: Sequence[GradedThing], found: GradeMap, instrument: Instrument) -> Table:
    """What was graded down, cases across."""
    rows: list[tuple[Cell, ...]] = []
    for thing in things:
        cells = []
        for case in found.cases:
            given = [grade_label(instrument, one.grade) for one in found.cells[case, thing.id].given]
            cells.append("; ".join(given) or NONE)
        rows.append((thing.title, *cells))
    return Table(caption, ("What was graded", *(f"Case {case}" for case in found.cases)), tuple(rows))


def next_grade_table(thing: GradedThing, found: GradeMap, instrument: Instrument) -> Table:
    """For one row of a rubric, each grade that was given, poorest first: its description and that of the next grade up."""
    scale = instrument.grade_scale_of(thing.id)
    best_first = sorted(scale.order, key=lambda code: scale.rank(code) or 0)
    given: dict[str, list[str]] = {}
    for case in found.cases:
        for one in found.cells[case, thing.id].ranked:
            given.setdefault(one, []).append(case)
    rows: list[tuple[Cell, ...]] = []
    for code in reversed(best_first):
        if code in given:
            place = best_first.index(code)
            better = thing.descriptors.get(best_first[place - 1], NONE) if place else "the best grade there is"
            cases = f"{'Case' if len(given[code]) == 1 else 'Cases'} {listed(given[code])}"
            rows.append((scale.label(code), cases, thing.descriptors.get(code, NONE), better))
    headings = ("Grade given", "Where", "What that grade describes", "What the next grade up describes")
    return Table(f"{thing.title}: what would make it better", headings, tuple(rows))
