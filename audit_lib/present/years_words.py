"""Audits side by side, as sentences and tables. A change is called one only where chance is a poor explanation of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit_lib.analysis.comparison import Measured, Series
from audit_lib.analysis.differences import Difference
from audit_lib.analysis.followed import Followed, Recommended
from audit_lib.analysis.proportions import rounded
from audit_lib.analysis.responses import ReturnsGrid
from audit_lib.analysis.scores import ScoreResult
from audit_lib.present.html import Badge, Cell, Detailed, Number, Table
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import count_of, decimal, long_date, percent_text, plain_number, range_text, share_text
from audit_lib.text import listed

HOW_TO_READ = (
    "A question is compared where two audits asked it in the same words, with the same answers to choose from. Percentages are "
    "of the returns to which it applied.",
    "A change is called clear only where chance is a poor explanation of it (Fisher's exact test, adjusted by Holm's method "
    "because many questions are compared at once, and Newcombe's 95% interval of the difference). Otherwise we cannot tell "
    "whether anything changed: that is not the same as saying that nothing did.",
    "Each audit looked at other children. Returns about one child are often alike, so that chance moves these figures more than the "
    "likely ranges say.",
)
BY_CONCEPT = (
    "Each tool asks in its own words, of other agencies, about other children. So figures about the same thing can be seen beside "
    "each other here, and nothing is subtracted from anything."
)
_CHANGES = {
    ("clear", "up"): ("clear rise", "same"),
    ("clear", "down"): ("clear fall", "differs"),
    ("alone", "up"): ("perhaps a rise", "none"),
    ("alone", "down"): ("perhaps a fall", "none"),
}


@dataclass(frozen=True)
class Audited:
    """What is told of one audit wherever several stand side by side."""

    audit: str
    theme: str
    title: str
    date: str
    tool: str
    cases: int
    grid: ReturnsGrid
    score: ScoreResult
    synthetic: bool


def names(audits: Sequence[Audited]) -> dict[str, str]:
    """What each audit is called: its date, with its theme where they differ, with its id where even that is the same."""
    themed = len({one.theme for one in audits}) > 1
    first = {
        one.audit: f"{theme_words(one.theme)}, {long_date(one.date)}" if themed else long_date(one.date)
        for one in audits
    }
    told = list(first.values())
    return {audit: name if told.count(name) == 1 else f"{name} ({audit})" for audit, name in first.items()}


def theme_words(theme: str) -> str:
    """``Child in need`` for child-in-need."""
    return theme.replace("-", " ").capitalize()


def change_words(change: Difference) -> str:
    """``clear rise``, ``perhaps a fall``, ``cannot tell`` - or ``nothing to compare``."""
    if change.certainty == "nothing":
        return "nothing to compare"
    return _CHANGES.get((change.certainty, change.direction), ("cannot tell", ""))[0]


def _change_badge(change: Difference, better: bool) -> Badge:
    _, status = _CHANGES.get((change.certainty, change.direction), ("", "none"))
    return Badge(change_words(change), status if better else "none")


def share_words(point: Measured) -> str:
    """``3 of 16 (19%)``."""
    return share_text(point.share)


def series_sentence(series: Series, called: Mapping[str, str]) -> str:
    """How often the answer was given in each audit, and whether the last change is one."""
    told = [f"{share_words(one)} in {called[one.audit]}" for one in series.points]
    last = series.last
    labels = {"answer": f"said {last.label.lower()}", "grade": f"were graded {last.label.lower()}"}
    label = labels.get(last.kind, "raised it")
    return f"{label.capitalize()}: {listed(told)}. {_verdict(series.changes[-1], last.better)}"


def _verdict(change: Difference, better: bool) -> str:
    word = {"up": "rose", "down": "fell"}.get(change.direction, "changed")
    if change.certainty == "clear":
        return f"This {word}."
    if change.certainty == "alone":
        among = f"among {count_of(change.among, 'comparison')} chance alone can make such a difference"
        return f"This may have {'risen' if word == 'rose' else 'fallen'}, but {among}."
    if change.certainty == "nothing":
        return "There is nothing to compare."
    return "We cannot tell whether this changed."


def overview_sentences(again: Sequence[Series], audits: Sequence[Audited]) -> tuple[str, ...]:
    """What rose, what fell and what cannot be told, between the newest audit and the one before it."""
    if len(audits) < 2:
        return ("There is only one audit, so there is nothing to compare.",)
    called = names(audits)
    newest, before = audits[-1].audit, audits[-2].audit
    told = [one for one in again if one.last.audit == newest and one.points[-2].audit == before]
    if not told:
        return (f"{called[before]} and {called[newest]} asked nothing in the same words.",)
    first = f"{count_of(len(told), 'thing was', 'things were')} asked in the same words in {called[before]} and in {called[newest]}."
    groups: dict[str, list[str]] = {}
    for one in told:
        words = f"{_named(one.last)} ({_from_to(one)})"
        groups.setdefault(change_words(one.changes[-1]), []).append(words)
    said = [first]
    for change, lead in (
        ("clear rise", "Rose"),
        ("clear fall", "Fell"),
        ("perhaps a rise", "May have risen, though chance could explain it among so many comparisons"),
        ("perhaps a fall", "May have fallen, though chance could explain it among so many comparisons"),
    ):
        if found := groups.get(change):
            said.append(f"{lead}: {listed(found)}.")
    if unknown := len(groups.get("cannot tell", [])):
        rest = "all of them" if unknown == len(told) else f"another {unknown}" if len(said) > 1 else str(unknown)
        said.append(f"For {rest} we cannot tell: with so few returns chance could have moved the figures as much.")
    return (*said, *_nothing_to_compare(told))


def since_sentences(again: Sequence[Series], audits: Sequence[Audited]) -> tuple[str, ...]:
    """What certainly rose or fell between the last two audits, and of how many things that cannot be said; short, for the head of a
    report.
    """
    newest, before = audits[-1].audit, audits[-2].audit
    told = [one for one in again if one.last.audit == newest and one.points[-2].audit == before]
    if not told:
        return ("Nothing was asked in the same words.",)
    said = [f"{count_of(len(told), 'thing was', 'things were')} asked in the same words in both."]
    groups: dict[str, list[str]] = {}
    for one in told:
        groups.setdefault(change_words(one.changes[-1]), []).append(f"{_named(one.last)} ({_from_to(one)})")
    for change, lead in (("clear rise", "Rose"), ("clear fall", "Fell")):
        if found := groups.get(change):
            said.append(f"{lead}: {listed(found)}.")
    if len(said) == 1:
        said.append("None of them certainly rose or fell.")
    if perhaps := len(groups.get("perhaps a rise", [])) + len(groups.get("perhaps a fall", [])):
        said.append(f"{perhaps} may have risen or fallen, though chance could explain it among so many comparisons.")
    if unknown := len(groups.get("cannot tell", [])):
        said.append(f"For {unknown} we cannot tell.")
    return (*said, *_nothing_to_compare(told))


def _nothing_to_compare(told: Sequence[Series]) -> tuple[str, ...]:
    empty = sum(one.changes[-1].certainty == "nothing" for one in told)
    return (f"For {empty} there is nothing to compare, because one of the audits has no answer.",) if empty else ()


def _named(one: Measured) -> str:
    return f"{one.asked} “{one.text}”" if one.kind == "answer" else f"the grade for “{one.text}”"


def _from_to(series: Series) -> str:
    before, last = series.points[-2].share, series.last.share
    return f"{share_text(before)} to {share_text(last)}"


def audits_table(audits: Sequence[Audited]) -> Table:
    """The audits, oldest first: cases, forms asked for and back, returns read, scores."""
    rows: list[tuple[Cell, ...]] = []
    for one in audits:
        grid, score = one.grid, one.score
        median = f"median {plain_number(score.median)}, mean {decimal(score.mean)} (n = {score.n})" if score.n else NONE
        back = f"{grid.came_back} of {grid.asked} ({percent_text(grid.came_back, grid.asked)})"
        numbers = Number(str(one.cases)), Number(back), Number(str(grid.read))
        rows.append((Detailed(f"{one.title}, {long_date(one.date)}", one.audit), one.tool, *numbers, median))
    headings = ("Audit", "Audit tool", "Cases", "Forms that came back", "Returns read", "Scores")
    return Table("The audits that are compared", headings, tuple(rows)).without_empty(NONE)


def again_table(caption: str, again: Sequence[Series], audits: Sequence[Audited]) -> Table:
    """Each thing asked again: its share in each audit, and whether the last change is one."""
    called = names(audits)
    rows: list[tuple[Cell, ...]] = []
    for series in again:
        points = {one.audit: one for one in series.points}
        cells = [Number(share_words(points[one.audit]) if one.audit in points else NONE) for one in audits]
        change, last = series.changes[-1], series.last
        told = f"{last.asked} {last.text}" if last.kind == "answer" else last.text
        likely = Number(_points(change))
        rows.append((told, last.label, *cells, likely, _change_badge(change, last.better)))
    headings = (
        "What was asked",
        "Share",
        *(called[one.audit] for one in audits),
        "Change, likely range",
        "Last change",
    )
    return Table(caption, headings, tuple(rows))


def _points(change: Difference) -> str:
    """``+62 (+30 to +79) points``: the change in percentage points with its likely range."""
    if change.change is None or change.interval is None:
        return NONE
    value, low, high = (
        int(rounded(Fraction(100 * each))) for each in (change.change, change.interval.low, change.interval.high)
    )
    return f"{value:+d} ({low:+d} to {high:+d}) points"


def cases_table(again: Sequence[Series], audits: Sequence[Audited]) -> Table:
    """Each question by case: in how many cases at least one agency gave the answer."""
    called = names(audits)
    rows: list[tuple[Cell, ...]] = []
    for series in again:
        counts = {
            one.audit: f"{len(one.by_case.some)} of {len(one.by_case.base)}" for one in series.points if one.by_case
        }
        if counts:
            cells = [Number(counts.get(one.audit, NONE)) for one in audits]
            rows.append((f"{series.last.asked} {series.last.text}", series.last.label, *cells))
    headings = ("Question", "Answer", *(f"{called[one.audit]}: cases" for one in audits))
    return Table("Cases in which at least one agency gave this answer", headings, tuple(rows))


def concept_table(question: str, series: Series, audits: Sequence[Audited]) -> Table:
    """What each audit asked about one thing, in the words of its tool."""
    called = names(audits)
    rows: list[tuple[Cell, ...]] = []
    for one in series.points:
        asked = f"{one.asked} {one.text}" if one.kind == "answer" else f"Grade: {one.text}"
        rows.append(
            (called[one.audit], asked, one.label, Number(share_words(one)), Number(range_text(one.share.interval)))
        )
    return Table(question, ("Audit", "What was asked", "Share", "Returns", "Likely range"), tuple(rows))


def followed_table(found: Sequence[Followed], called: Mapping[str, str]) -> Table:
    """What was recommended, what became of it, and what later returns show."""
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        said = Detailed(f"{one.first.action or one.first.finding}", f"{called[one.first.audit]}, no. {one.first.id}")
        became = [
            _recorded(one.first),
            *(f"Carried on in {called[o.audit]} as no. {o.id}: {_recorded(o)}" for o in one.carried),
        ]
        shown = [f"{series.last.asked}: {series_sentence(series, called)}" for series in one.shown_by]
        shown += [f"{asked}: no later audit asked this in the same words." for asked in one.asked_once]
        rows.append((said, " ".join(became), " ".join(shown) or "No question was named that could show it."))
    return Table(
        "Recommendations followed from audit to audit",
        ("What was recommended", "What was recorded since", "What later returns show"),
        tuple(rows),
    )


def _recorded(one: Recommended) -> str:
    status = one.status.capitalize() if one.status else "No status recorded"
    return f"{status}. {one.outcome}".strip() if one.outcome else f"{status}."


def followed_sentence(found: Sequence[Followed]) -> str:
    """How many earlier recommendations there are, how many were carried on, and for how many later returns show something."""
    carried, shown = sum(bool(one.carried) for one in found), sum(bool(one.shown_by) for one in found)
    of_them = f"{carried} {'was' if carried == 1 else 'were'} carried on by a later audit"
    return f"Earlier audits made {count_of(len(found), 'recommendation')}; {of_them}, and later returns show something about {shown}."
