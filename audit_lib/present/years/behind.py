"""What stands behind the figures of several audits: how each was counted, how two were compared, and where its returns are told.

It is shown as on the page of one audit (:mod:`audit_lib.present.behind`). Who answered what stands in the report of each audit, to which
a link leads; so it stands in one place only.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from audit_lib.analysis.codings import CodeCount
from audit_lib.analysis.comparison import Measured, Series
from audit_lib.analysis.differences import Difference
from audit_lib.analysis.distinctive import DistinctiveWord
from audit_lib.present import links
from audit_lib.present import years_words as say
from audit_lib.present.behind import GRADES, PERCENTAGES, SCORES
from audit_lib.present.html import Block, folded, render
from audit_lib.present.report import results
from audit_lib.present.sentences import count_of, decimal, percent_text, plain_number, range_text, response_sentences
from audit_lib.present.years.audits import Audits, audited, called
from audit_lib.schema import COLUMNS
from audit_lib.store import AuditTables
from audit_lib.text import listed, slug

AUDITS, COMPARED = "behind-audits", "behind-compared"
CHANGES, SUBJECTS, COUNTED, WORDS = ("rule-changes", "rule-subjects", "rule-counted", "rule-words")
NEEDED = ("counted", "missing", "unclear", "percentages", "range", "changes", "grades", "scores", "subjects", "words")
_SHOW = "Show how each figure was counted"
_NOT_GIVEN = {"missing": "missing", "unclear": "unclear"}
_RULES = {"answer": PERCENTAGES, "grade": GRADES, "code": SUBJECTS}
_WHO = {
    "answer": "Who answered what, and where",
    "grade": "Who gave which grade, and where",
    "code": "What was said",
}
Item = dict[str, object]
Line = tuple[str, list[tuple[str, str]]]


def anchor(audits: Audits) -> Callable[[Series], str]:
    """What gives the id of what stands behind a thing over these audits, or behind one thing of one audit."""
    place = {tables.audit: number for number, tables in enumerate(audits, start=1)}

    def of(one: Series) -> str:
        last = one.last
        columns = "any" if "+" in last.share.answer else last.share.answer
        name = {"answer": last.asked, "grade": f"grade-{last.asked}"}.get(last.kind, f"{last.asked}-{columns}")
        return f"behind-{'' if len(one.points) == 1 else 'change-'}{place[last.audit]}-{slug(name)}"

    return of


def of_audit(audits: Audits, audit: str) -> str:
    """The id of what stands behind the numbers of one of the audits as a whole."""
    return f"behind-audit-{[tables.audit for tables in audits].index(audit) + 1}"


def named(found: Iterable[Series], audits: Audits) -> dict[str, str]:
    """How sentences name each thing -> the id of what stands behind its figures."""
    of = anchor(audits)
    return {say.named(point): of(one) for one in found for point in one.points}


def series(name: str, found: Sequence[Series], audits: Audits, summary: str = _SHOW) -> Block:
    """Each thing with its figures in every audit and how they differ, behind a line that opens them all; ``name`` says what they are."""
    return folded(summary, render("behind", name, items=_items(found, audits))) if found else Block(Markup(), "")


def _items(found: Sequence[Series], audits: Audits) -> list[Item]:
    names, of = called(audits), anchor(audits)
    reports = {tables.audit: _Report(tables) for tables in audits}
    items: list[Item] = []
    for one in found:
        last, each = one.last, [share for point in one.points if (share := percent_text(*_counts(point))) != "–"]
        items.append(
            {
                "id": of(one),
                "term": say.words(one),
                "meaning": say.series_sentence(one, names) if one.whole else say.shares_sentence(one, names),
                "summary": f"{listed(each)}: how counted, and where"
                if len(each) in (1, 2)
                else "How counted, and where",
                "strip": None,
                "counted": reports[last.audit].rule(last),
                "answers": [*_points(one, names, reports), *_changes(one, names)],
                "rule": _RULES[last.kind],
            }
        )
    return items


def _counts(point: Measured) -> tuple[int, int]:
    return point.share.numerator, point.share.denominator


def _points(one: Series, names: Mapping[str, str], reports: Mapping[str, _Report]) -> Iterator[Line]:
    for point in one.points:
        report, when = reports[point.audit], names[point.audit]
        asked = f", as {point.asked}" if point.kind == "answer" and point.asked != one.last.asked else ""
        told = [f"Likely range: {range_text(point.share.interval)}.", report.every(point), _by_case(point)]
        target = report.target(point)
        link = links.in_report(point.audit, target, f"{_WHO[point.kind]}: report of {when}") if target else ""
        yield f"{when}{asked}: {say.share_words(point)}", [(" ".join(filter(None, told)), link)]


def _by_case(point: Measured) -> str:
    if point.by_case is None:
        return ""
    some, base = point.by_case.some, point.by_case.base
    which = f" ({'case' if len(some) == 1 else 'cases'} {listed(some)})" if some else ""
    return f"At least one agency said so in {len(some)} of {count_of(len(base), 'case')}{which}."


def _changes(one: Series, names: Mapping[str, str]) -> Iterator[Line]:
    if one.whole is None:
        return
    steps = list(one.steps)
    if len(one.points) > 2:
        steps.append((one.first, one.last, one.whole))
    rule = Markup('<a href="#{}">The rule</a>').format(CHANGES)
    for old, new, change in steps:
        yield (
            f"{names[old.audit]} to {names[new.audit]}: {say.change_words(change)}",
            [(_change(old, new, change), rule)],
        )


def _change(old: Measured, new: Measured, change: Difference) -> str:
    if change.probability is None or change.adjusted is None:
        return "One of the two audits has no answer that counts, so there is nothing to compare."
    alone, together = say.probability(change.probability), say.probability(change.adjusted)
    return (
        f"{say.share_words(old)} to {say.share_words(new)}: {say.points_words(change)}. Probability that chance alone makes as large a "
        f"difference: {alone}; with all {count_of(change.among, 'comparison')} made at once taken into account: {together}."
    )


class _Report:
    """What the report of one audit tells of a thing, and where it does."""

    def __init__(self, tables: AuditTables) -> None:
        self._instrument = tables.instrument
        self._questions = {one.question.id: one for one in results.question_results(tables)}
        self._grades = {one.name: one for one in results.grade_counts(tables)}
        self._subjects: dict[str, tuple[int, CodeCount]] = {
            one.code: (place, one) for place, one in enumerate(results.coded(tables).codes)
        }

    def target(self, point: Measured) -> str:
        """The id of what stands there behind the same figure; empty where nothing does."""
        if point.kind == "answer":
            return links.of_question(self._questions[point.asked])
        if point.kind == "grade":
            return links.of_grade(point.asked)
        place, subject = self._subjects.get(point.asked, (0, None))
        columns = [column for column in COLUMNS if column in point.values and subject and subject.count(column)]
        return links.of_comments(columns[0], place) if columns else ""

    def every(self, point: Measured) -> str:
        """How often each answer or grade was given, those that do not count too."""
        if point.kind == "answer":
            result = self._questions[point.asked]
            label, counts = result.scale.label, {code: result.count(code) for code in result.return_ids}
        elif point.kind == "grade":
            found = self._grades[point.asked]
            label = self._instrument.grade_scale_of(point.asked).label
            counts = {code: found.count(code) for code in found.return_ids}
        else:
            return ""
        told = [f"{_NOT_GIVEN.get(code) or label(code).lower()} {n}" for code, n in counts.items() if n]
        return f"All {point.kind}s: {', '.join(told)}." if told else ""

    def rule(self, point: Measured) -> str:
        """Which returns are counted, in words."""
        if point.kind == "answer":
            result = self._questions[point.asked]
            of = listed((result.scale.label(code).lower() for code in result.base("applicable")), "or")
            said = f"The returns that said {point.label.lower()}, divided by those that said {of}."
            return f"{said} {_not_counted(result.answers)}"
        if point.kind == "grade":
            scale = self._instrument.grade_scale_of(point.asked)
            good = listed((scale.label(code).lower() for code in point.share.answer.split("+")), "or")
            of = listed((scale.label(code).lower() for code in scale.order), "or")
            said = f"The returns that graded it {good}, divided by those that graded it {of}."
            return f"{said} {_not_counted(scale.values)}"
        kind = f" ({COLUMNS[point.values[0]]})" if len(point.values) == 1 else ""
        return f"The returns with a comment{kind} about it, divided by the returns with any comment{kind}."


def _not_counted(codes: Container[str]) -> str:
    """What of a scale does not count, in words."""
    return f"Not counted: {'“not applicable”, ' if 'not_applicable' in codes else ''}missing and unclear."


def compared(again: Sequence[Series], audits: Audits) -> Block:
    """What two of the audits both asked, and how each thing came out; nothing where there is nothing to compare."""
    names, of = called(audits), anchor(audits)
    groups: dict[str, list[Markup]] = {}
    for one in again:
        ends = [(one.first, one.last, one.whole)] if len(one.points) > 2 and one.whole else []
        for old, new, change in (*one.steps, *ends):
            label = f"{names[old.audit]} to {names[new.audit]}: {say.change_words(change)}"
            link = Markup('<a href="#{}">{}</a>').format(of(one), say.named(new))
            groups.setdefault(label, []).append(link)
    if not groups:
        return Block(Markup(), "")
    item: Item = {
        "id": COMPARED,
        "term": "What was compared",
        "meaning": "Everything that two of these audits asked in the same words, questions and grades together.",
        "summary": "Which things were compared, and how each came out",
        "strip": None,
        "counted": "All that the same two audits both asked was looked at together.",
        "answers": [(f"{label}: {len(found)}", [(Markup("; ").join(found), "")]) for label, found in groups.items()],
        "rule": CHANGES,
    }
    return render("behind", "What was compared", items=[item])


def whole_audits(audits: Audits) -> Block:
    """How the numbers of each audit as a whole were counted."""
    names = called(audits)
    items: list[Item] = [
        {
            "id": of_audit(audits, one.audit),
            "term": names[one.audit],
            "meaning": " ".join(response_sentences(one.grid)),
            "summary": "How its numbers were counted, and where",
            "strip": None,
            "counted": "One return is one form that was read, from one agency, about one case.",
            "answers": [
                (label, [(told, links.in_report(one.audit, target, f"{where}: report of {names[one.audit]}"))])
                for label, told, target, where in _numbers(one)
            ],
            "rule": SCORES if one.score.n else COUNTED,
        }
        for one in audited(audits)
    ]
    return folded(_SHOW, render("behind", "The audits that are compared", items=items))


def _numbers(one: say.Audited) -> Iterator[tuple[str, str, str, str]]:
    """Each number of an audit as a whole: what it is, how it was counted, the id of what is behind it in the report, and that in words."""
    cases, grid, score = one.cases, one.grid, one.score
    read = f"Asked about, described or read; a return was read for {cases.returned} of them."
    yield f"Cases: {cases.known}", read, links.RETURNS, "By case"
    back = "Those asked for that were read, divided by all that were asked for."
    yield f"Forms that came back: {grid.came_back} of {grid.asked}", back, links.RETURNS, "Who sent what"
    yield f"Returns read: {grid.read}", "With those that nobody had asked for.", links.RETURNS, "Who sent what"
    if not score.n:
        return
    added = plain_number(sum((each.score for each in score.given), Decimal()))
    middle, low, high = map(plain_number, (score.median, score.low, score.high))
    told = f"All scores added, {added}, divided by {score.n} is {decimal(score.mean)}; lowest {low}, highest {high}."
    label = f"Scores: median {middle}, mean {decimal(score.mean)}, from {count_of(score.n, 'return')}"
    yield label, told, links.SCORES, "Who gave which score"


@dataclass(frozen=True)
class Standing:
    """A word that stands out in the comments of an audit, with the id of what stands behind its numbers."""

    audit: str
    word: DistinctiveWord
    anchor: str


def words(standing: Sequence[Standing], names: Mapping[str, str]) -> Block:
    """How the numbers of each word that stands out were counted."""
    items: list[Item] = []
    for one in standing:
        word, when = one.word, names[one.audit]
        link = links.in_report(one.audit, links.SAID, f"What was said: report of {when}")
        items.append(
            {
                "id": one.anchor,
                "term": f"“{word.word}” in {when}",
                "meaning": f"{count_of(word.inside, 'comment')} of {word.of} with it there, {word.outside} of {word.others} elsewhere.",
                "summary": "How counted, and where",
                "strip": None,
                "counted": "The comments that hold the word, however often, divided by all comments.",
                "answers": [
                    (f"{when}: {word.inside} of {word.of}", [(percent_text(word.inside, word.of), link)]),
                    (
                        f"The other audits: {word.outside} of {word.others}",
                        [(percent_text(word.outside, word.others), "")],
                    ),
                ],
                "rule": WORDS,
            }
        )
    return render("behind", "Words that stand out", items=items)
