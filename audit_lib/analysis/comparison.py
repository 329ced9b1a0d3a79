"""Audits side by side over the years: the same question asked again, and what different tools ask about the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit_lib.analysis.by_case import CaseShare, case_shares
from audit_lib.analysis.differences import Difference, differences
from audit_lib.analysis.grades import good_enough, grades_by_section
from audit_lib.analysis.proportions import Proportion, question_results, wilson
from audit_lib.store import AuditTables
from audit_lib.text import fold


@dataclass(frozen=True)
class Measured:
    """One thing asked in one audit, with the share that a comparison is made of; unit returns.

    ``kind`` is ``answer`` (the share that gave the answer which speaks for good practice, or the first of the scale where
    neither does, of those to whom the question applied) or ``grade`` (the share graded good enough, of those that gave a
    grade). ``label`` is that answer, or the lowest grade that counts, in words; ``better`` says whether more of it is better.
    ``by_case`` counts an answer by case.
    """

    audit: str
    kind: str
    asked: str
    text: str
    concept: str
    label: str
    better: bool
    share: Proportion
    by_case: CaseShare | None
    values: tuple[str, ...]


@dataclass(frozen=True)
class Series:
    """The same thing over several audits, oldest first.

    ``changes`` compares each audit with the one before it, ``whole`` the newest with the oldest (of two audits the same); empty and
    None where the audits asked in different words, or only one asked.
    """

    points: tuple[Measured, ...]
    changes: tuple[Difference, ...] = ()
    whole: Difference | None = None

    @property
    def first(self) -> Measured:
        """The oldest."""
        return self.points[0]

    @property
    def last(self) -> Measured:
        """The newest."""
        return self.points[-1]

    @property
    def steps(self) -> tuple[tuple[Measured, Measured, Difference], ...]:
        """Each audit with the next one and the change between them."""
        return tuple((*pair, change) for pair, change in zip(pairwise(self.points), self.changes, strict=True))

    @property
    def moved(self) -> bool:
        """Whether anything beyond "we cannot tell" is to be said, of a step or of the whole time."""
        changes = (*self.changes, self.whole)
        return any(change is not None and change.certainty in ("clear", "alone") for change in changes)


def measured(tables: AuditTables) -> tuple[Measured, ...]:
    """Everything that an audit asked, in the order of its form: questions, then what is graded."""
    return (*_answers(tables), *_grades(tables))


def _answers(tables: AuditTables) -> Iterator[Measured]:
    found = question_results(tables.answers, tables.instrument)
    for result, by_case in zip(found, case_shares(tables.answers, found), strict=True):
        question, share = result.question, result.proportion(by_case.answer, "applicable")
        label, values = result.scale.label(by_case.answer), (question.polarity, *result.scale.values)
        yield Measured(
            tables.audit, "answer", question.id, question.text, question.concept, label, bool(result.favourable),
            share, by_case, values,
        )  # fmt: skip


def _grades(tables: AuditTables) -> Iterator[Measured]:
    counts = {each.name: each for each in grades_by_section(tables.grades, tables.instrument)}
    for thing in tables.instrument.grades:
        scale, given = tables.instrument.grade_scale_of(thing.id), counts[thing.id].return_ids
        good = good_enough(scale)
        reached, graded = (tuple(sorted(one for code in codes for one in given[code])) for codes in (good, scale.order))
        interval = wilson(len(reached), len(graded))
        share = Proportion(thing.id, "+".join(good), "graded", reached, graded, interval)
        label = f"{scale.label(good[-1])} or better" if len(good) > 1 else scale.label(good[-1])
        yield Measured(
            tables.audit, "grade", thing.id, thing.title, thing.concept, label, True, share, None, tuple(scale.values)
        )  # fmt: skip


def asked_again(audits: Sequence[AuditTables]) -> tuple[Series, ...]:
    """What two audits or more asked in the same words with the same answers to choose from, in the order of the newest form.

    ``audits`` come oldest first, and are of one theme. A question that a form asks twice in the same words stands by itself each time.
    Changes as :func:`compared` has them.
    """
    groups: dict[tuple[str, ...], list[Measured]] = {}
    for tables in audits:
        seen: dict[tuple[str, ...], int] = {}
        for one in measured(tables):
            words = (one.kind, fold(one.text), *one.values)
            seen[words] = seen.get(words, 0) + 1
            groups.setdefault((*words, str(seen[words])), []).append(one)
    again = [points for points in groups.values() if len(points) > 1]
    newest = {tables.audit: place for place, tables in enumerate(audits)}
    again.sort(key=lambda points: -newest[points[-1].audit])  # the order of forms is kept among those of one audit
    return compared(again)


def compared(groups: Sequence[Sequence[Measured]]) -> tuple[Series, ...]:
    """Each of ``groups``, which holds one thing over several audits, oldest first, with how it changed.

    A change is looked at together with all of ``groups`` that the same two audits share, and with nothing else: so it comes out
    the same whichever other audits stand on a page. This is the one place where changes are worked out.
    """
    by_audit = [{one.audit: one for one in points} for points in groups]
    ends = [(points[0], points[-1]) for points in groups if len(points) > 1]
    needed = {(old.audit, new.audit) for pair in (ends, *map(pairwise, groups)) for old, new in pair}
    found = {pair: _between(*pair, by_audit) for pair in needed}
    series = []
    for number, points in enumerate(groups):
        steps = tuple(found[old.audit, new.audit][number] for old, new in pairwise(points))
        whole = found[points[0].audit, points[-1].audit][number] if steps else None
        series.append(Series(tuple(points), steps, whole))
    return tuple(series)


def _between(old: str, new: str, by_audit: Sequence[Mapping[str, Measured]]) -> dict[int, Difference]:
    """Everything that two audits share, compared, by its place in ``by_audit``."""
    both = {number: points for number, points in enumerate(by_audit) if old in points and new in points}
    pairs = [(points[old].share, points[new].share) for points in both.values()]
    return dict(zip(both, differences(pairs), strict=True))


def by_concept(audits: Sequence[AuditTables]) -> dict[str, Series]:
    """Concept -> what the audits asked about it, in the order in which the concepts are first met.

    Only what two audits or more asked about. Words, cases and tools differ, so nothing is subtracted.
    """
    groups: dict[str, list[Measured]] = {}
    for tables in audits:
        for one in measured(tables):
            if one.concept:
                groups.setdefault(one.concept, []).append(one)
    return {
        concept: Series(tuple(points)) for concept, points in groups.items() if len({one.audit for one in points}) > 1
    }
