"""Audits side by side, as sentences and tables. A change is called one only where chance is a poor explanation of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit_lib.analysis.comparison import Measured, Series
from audit_lib.analysis.differences import Difference
from audit_lib.analysis.proportions import rounded
from audit_lib.analysis.responses import CaseCounts, ReturnsGrid
from audit_lib.analysis.scores import ScoreResult
from audit_lib.present.html import Badge, Cell, Detailed, Number, Table
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import (
    count_of,
    decimal,
    long_date,
    percent_text,
    plain_number,
    share_text,
)
from audit_lib.text import listed

HOW_TO_READ = (
    "A question is compared where two audits asked it in the same words, with the same answers to choose from. Percentages are "
    "of the returns to which it applied.",
    "A change is called clear only where chance is a poor explanation of it, though many questions are compared at once. Otherwise we "
    "cannot tell whether anything changed: that is not the same as saying that nothing did.",
    "What is compared at once is everything that the same two audits both asked, questions and grades together, and nothing else. So "
    "a change between two audits is told in the same way on every page.",
    "Each audit looked at other children. Returns about one child are often alike, so that chance moves these figures more than the "
    "likely ranges say.",
)
BY_CONCEPT = (
    "Each tool asks in its own words, of other agencies, about other children. So figures about the same thing can be seen beside "
    "each other here, and nothing is subtracted from anything."
)
RANGES = "From 0% on the left to 100% on the right: the dot is the share of returns, the line its likely range."
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
    cases: CaseCounts
    grid: ReturnsGrid
    score: ScoreResult
    synthetic: bool


def names(audits: Sequence[Audited]) -> dict[str, str]:
    """What each audit is called: its date, with its theme where they differ, with its id where even that is the same; where some are made
    up and some are real, those that are made up are called so.
    """
    themed = len({one.theme for one in audits}) > 1
    mixed = len({one.synthetic for one in audits}) > 1
    first = {
        one.audit: (f"{theme_words(one.theme)}, " if themed else "")
        + long_date(one.date)
        + (" (made up)" if mixed and one.synthetic else "")
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


def shares_sentence(series: Series, called: Mapping[str, str]) -> str:
    """``Said yes: 3 of 16 returns (19%) in March 2017 and 6 of 16 (38%) in May 2018.``"""
    first, *others = [f"{share_words(one)} in {called[one.audit]}" for one in series.points]
    first = re.sub(r"^(\d+ of \d+)", r"\1 returns", first)
    last = series.last
    return f"{shared(last).capitalize()}: {listed([first, *others])}."


def shared(one: Measured) -> str:
    """What those of a share did: ``said yes``, ``graded good or better``, ``raised it``."""
    return {"answer": f"said {one.label.lower()}", "grade": f"graded {one.label.lower()}"}.get(one.kind, "raised it")


def series_sentence(series: Series, called: Mapping[str, str]) -> str:
    """How often the answer was given in each audit, and what is certain of the whole time and of each step."""
    return f"{shares_sentence(series, called)} {_verdict(series, called)}"


def words(series: Series) -> str:
    """``A2  Does the assessment ...?``: a thing as a chart names it."""
    last = series.last
    return f"{last.asked}  {last.text}" if last.kind == "answer" else last.text


def _verdict(series: Series, called: Mapping[str, str]) -> str:
    """``This rose.`` of two audits; of more, first the whole time and then each step from one audit to the next."""
    if series.whole is None:
        return "There is nothing to compare."
    if len(series.points) == 2:
        clause = _clause(series.whole)
        return f"{clause[0].upper()}{clause[1:]}."
    whole = f"From {called[series.first.audit]} to {called[series.last.audit]} {_clause(series.whole)}."
    if all(change.certainty == "none" for change in series.changes):
        return f"{whole} From one audit to the next we cannot tell either."
    steps = [
        f"from {called[old.audit]} to {called[new.audit]} {_clause(change, short=True)}"
        for old, new, change in series.steps
    ]
    return f"{whole} Step by step: {'; '.join(steps)}."


def _clause(change: Difference, *, short: bool = False) -> str:
    word = {"up": "rose", "down": "fell"}.get(change.direction, "changed")
    if change.certainty == "clear":
        return f"this {word}"
    if change.certainty == "alone":
        perhaps = f"this may have {'risen' if word == 'rose' else 'fallen'}"
        if short:
            return f"{perhaps}, though chance could explain it"
        return f"{perhaps}, but among {count_of(change.among, 'comparison')} chance alone can make such a difference"
    if change.certainty == "nothing":
        return "there is nothing to compare"
    return "we cannot tell whether this changed"


@dataclass(frozen=True)
class _Moved:
    """One thing with its change between two audits."""

    old: Measured
    new: Measured
    change: Difference

    @property
    def words(self) -> str:
        """``A2 “Does the assessment ...?” (4 of 18 (22%) to 16 of 19 (84%))``."""
        return f"{named(self.new)} ({share_text(self.old.share)} to {share_text(self.new.share)})"


def overview_sentences(again: Sequence[Series], audits: Sequence[Audited]) -> tuple[str, ...]:
    """What rose, what fell and what cannot be told: between the newest audit and the one before it; of three and more audits also over
    the whole time, and what is certain of the steps before.
    """
    if len(audits) < 2:
        return ("There is only one audit, so there is nothing to compare.",)
    called = names(audits)
    (first, before, newest), several = (audits[0].audit, audits[-2].audit, audits[-1].audit), len(audits) > 2
    said = [*_between(_last_step(again, audits), called[before], called[newest])]
    if several:
        whole = [
            _Moved(one.first, one.last, one.whole)
            for one in again
            if one.whole and (one.first.audit, one.last.audit) == (first, newest)
        ]
        begins, *rest = _between(whole, called[first], called[newest])
        said += [f"Over the whole time: {begins}", *rest]
        said += [
            f"From {called[old.audit]} to {called[new.audit]} {named(new)} {word} ({share_text(old.share)} to {share_text(new.share)})."
            for one in again
            for old, new, change in one.steps
            if (old.audit, new.audit) not in ((before, newest), (first, newest))
            and (word := {"clear rise": "rose", "clear fall": "fell"}.get(change_words(change)))
        ]
    return tuple(said)


def _last_step(again: Sequence[Series], audits: Sequence[Audited]) -> list[_Moved]:
    last_two = (audits[-2].audit, audits[-1].audit)
    steps = [one.steps[-1] for one in again if one.steps]
    return [_Moved(*step) for step in steps if (step[0].audit, step[1].audit) == last_two]


def _between(told: Sequence[_Moved], old: str, new: str) -> tuple[str, ...]:
    """What changed between two audits, of which ``told`` is everything that both asked."""
    if not told:
        return (f"{old} and {new} asked nothing in the same words.",)
    said = [f"{count_of(len(told), 'thing was', 'things were')} asked in the same words in {old} and in {new}."]
    groups = _by_change(told)
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


def _by_change(told: Sequence[_Moved]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for one in told:
        groups.setdefault(change_words(one.change), []).append(one.words)
    return groups


def since_sentences(again: Sequence[Series], audits: Sequence[Audited]) -> tuple[str, ...]:
    """What certainly rose or fell between the last two audits, and of how many things that cannot be said; short, for the head of a
    report.
    """
    told = _last_step(again, audits)
    if not told:
        return ("Nothing was asked in the same words.",)
    said = [f"{count_of(len(told), 'thing was', 'things were')} asked in the same words in both."]
    groups = _by_change(told)
    for change, lead in (("clear rise", "Rose"), ("clear fall", "Fell")):
        if found := groups.get(change):
            said.append(f"{lead}: {listed(found)}.")
    if len(said) == 1:
        said.append("None of them certainly rose or fell.")
    ways = ("perhaps a rise", "risen"), ("perhaps a fall", "fallen")
    if perhaps := [f"{len(groups[change])} may have {way}" for change, way in ways if change in groups]:
        said.append(f"{listed(perhaps)}, though chance could explain it among so many comparisons.")
    if unknown := len(groups.get("cannot tell", [])):
        said.append(f"For {unknown} we cannot tell.")
    return (*said, *_nothing_to_compare(told))


def _nothing_to_compare(told: Sequence[_Moved]) -> tuple[str, ...]:
    empty = sum(one.change.certainty == "nothing" for one in told)
    return (f"For {empty} there is nothing to compare, because one of the audits has no answer.",) if empty else ()


def named(one: Measured) -> str:
    """``A2 “Does the assessment ...?”``: a thing as sentences name it."""
    return f"{one.asked} “{one.text}”" if one.kind == "answer" else f"the grade for “{one.text}”"


def audits_table(audits: Sequence[Audited], behind: Callable[[str], str]) -> Table:
    """The audits, oldest first: cases, forms asked for and back, returns read, scores; a tool that all of them used stands in the caption.
    ``behind`` gives the id of what stands behind the numbers of an audit.
    """
    tools = list(dict.fromkeys(one.tool for one in audits))
    rows: list[tuple[Cell, ...]] = []
    for one in audits:
        grid, score, opens = one.grid, one.score, behind(one.audit)
        back = f"{grid.came_back} of {grid.asked} ({percent_text(grid.came_back, grid.asked)})"
        known, returned = one.cases.known, one.cases.returned
        cases = str(known) if known == returned else f"{known}, returns for {returned or 'none'}"
        scores = (
            (plain_number(score.median), f"{decimal(score.mean)} ({count_of(score.n, 'score')})")
            if score.n
            else (NONE, NONE)
        )
        numbers = (Number(each, "" if each == NONE else opens) for each in (cases, back, str(grid.read), *scores))
        made_up = " (made up)" if one.synthetic and not all(each.synthetic for each in audits) else ""
        name = Detailed(f"{one.title}, {long_date(one.date)}{made_up}", one.audit)
        rows.append((name, *([one.tool] if len(tools) > 1 else []), *numbers))
    caption = "The audits that are compared" + (f", all by the tool “{tools[0]}”" if len(tools) == 1 else "")
    numbered = ("Cases", "Forms that came back", "Returns read", "Median score", "Mean of the scores")
    headings = ("Audit", *(["Audit tool"] if len(tools) > 1 else []), *numbered)
    return Table(caption, headings, tuple(rows)).without_empty(NONE)


def again_table(
    caption: str, again: Sequence[Series], audits: Sequence[Audited], behind: Callable[[Series], str]
) -> Table:
    """Each thing asked again: its share in each audit, and whether it changed; of three and more audits each step, then the whole time.
    ``behind`` gives the id of what stands behind a thing. A share that all of them have stands in the caption.
    """
    called = names(audits)
    labels = list(dict.fromkeys(one.last.label for one in again))
    shares = len(labels) > 1 and again[0].last.kind != "code"
    several = any(len(series.points) > 2 for series in again)
    rows: list[tuple[Cell, ...]] = []
    for series in again:
        points = {one.audit: one for one in series.points}
        opens = behind(series)
        cells: list[Cell] = [
            Number(share_words(points[one.audit]), opens) if one.audit in points else Number(NONE) for one in audits
        ]
        if several:
            cells.append(_steps(series, called))
        last = series.last
        told = f"{last.asked} {last.text}" if last.kind == "answer" else last.text
        whole = (
            (Number(_points(series.whole), opens), _change_badge(series.whole, last.better))
            if series.whole
            else (NONE, NONE)
        )
        rows.append((told, *([last.label] if shares else []), *cells, *whole))
    ends = (
        ("Step by step", "From first to last, likely range", "From first to last")
        if several
        else ("Change, likely range", "Change")
    )
    first = "Subject" if again[0].last.kind == "code" else "What was asked"
    caption = f"{caption}: share that {shared(again[0].last)}" if len(labels) == 1 and first != "Subject" else caption
    headings = (first, *(["Share"] if shares else []), *(called[one.audit] for one in audits), *ends)
    return Table(caption, headings, tuple(rows))


def _steps(series: Series, called: Mapping[str, str]) -> str:
    return "; ".join(
        f"{called[old.audit]} to {called[new.audit]}: {change_words(change)}" for old, new, change in series.steps
    )


def _points(change: Difference) -> str:
    """``+62 (+30 to +79) points``."""
    if (found := _rounded_points(change)) is None:
        return NONE
    value, low, high = found
    return f"{value:+d} ({low:+d} to {high:+d}) points"


def _rounded_points(change: Difference) -> tuple[int, int, int] | None:
    """The change in percentage points with its likely range; a fall is rounded as the same rise would be."""
    if change.change is None or change.interval is None:
        return None
    earlier, later = (Fraction(one.numerator, one.denominator) for one in (change.earlier, change.later))
    value, low, high = (
        _whole(100 * Fraction(each)) for each in (later - earlier, change.interval.low, change.interval.high)
    )
    return value, low, high


def points_words(change: Difference) -> str:
    """``+62 percentage points, likely range +30 to +79``."""
    if (found := _rounded_points(change)) is None:
        return NONE
    value, low, high = found
    return f"{value:+d} percentage point{'' if abs(value) == 1 else 's'}, likely range {low:+d} to {high:+d}"


def probability(value: float) -> str:
    """``0.034``; very small ones are ``under 0.001``."""
    return "under 0.001" if value < 0.001 else f"{value:.3f}"


def _whole(value: Fraction) -> int:
    return int(rounded(value)) if value >= 0 else -int(rounded(-value))


def cases_table(again: Sequence[Series], audits: Sequence[Audited], behind: Callable[[Series], str]) -> Table:
    """Each question by case: in how many cases at least one agency gave the answer."""
    called = names(audits)
    labels = list(dict.fromkeys(one.last.label for one in again))
    rows: list[tuple[Cell, ...]] = []
    for series in again:
        counts = {
            one.audit: f"{len(one.by_case.some)} of {len(one.by_case.base)}" for one in series.points if one.by_case
        }
        if counts:
            cells = [
                Number(counts[one.audit], behind(series)) if one.audit in counts else Number(NONE) for one in audits
            ]
            answer = [series.last.label] if len(labels) > 1 else []
            rows.append((f"{series.last.asked} {series.last.text}", *answer, *cells))
    said = f"said {labels[0].lower()}" if len(labels) == 1 else "gave this answer"
    headings = ("Question", *(["Answer"] if len(labels) > 1 else []), *(called[one.audit] for one in audits))
    return Table(
        f"Cases in which at least one agency {said}, of those to which the question applied", headings, tuple(rows)
    )
