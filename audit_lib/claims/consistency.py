"""Claims of one text held against each other: the same thing told in two ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from audit_lib.claims.against import Judged, interval_of
from audit_lib.claims.finding import Claim
from audit_lib.claims.subjects import stems
from audit_lib.present.sentences import long_date
from audit_lib.text import listed

_ANY_AUDIT = stems(
    "multi-agency partnership lscb board file report this that previous previously last first second earlier same was were"
)


def consistent(judged: Sequence[Judged]) -> list[Judged]:
    """The claims, with those that another claim of the same text contradicts called ``inconsistent`` - unless the data already
    contradict them - and told beside what.
    """
    found = dict(enumerate(judged))
    for at, other in (*_two_values(judged), *_two_dates(judged), *_grades_of_cases(judged)):
        one = found[at]
        verdict = "inconsistent" if one.verdict in ("agrees", "not_checked") else one.verdict
        if other not in one.says:
            found[at] = replace(
                one, verdict=verdict, says=f"{one.says}; {other}" if one.verdict != "not_checked" else other
            )
    return [found[at] for at in range(len(judged))]


def _two_values(judged: Sequence[Judged]) -> Iterator[tuple[int, str]]:
    """One measure, two figures that can't both be right. A figure that the data confirm is not put in doubt by another."""
    for at, one in enumerate(judged):
        if one.verdict == "agrees":
            continue
        for other_at, other in enumerate(judged):
            same = (
                one.about
                and one.about == other.about
                and one.about[1] in ("share", "count", "rate", "grades", "returns_of", "score")
            )
            if same and at != other_at and _apart(one.claim, other.claim):
                yield at, f"elsewhere in this text it is {_quoted(other.claim)}"
                break


def _apart(one: Claim, other: Claim) -> bool:
    """Whether no value can be meant by both."""
    if one.kind != other.kind or one.kind not in ("share", "count", "ratio", "score"):
        return False
    if one.kind == "ratio":
        return (one.value, one.of) != (other.value, other.of)
    (low, high), (other_low, other_high) = interval_of(one), interval_of(other)
    return high < other_low or other_high < low


def _two_dates(judged: Sequence[Judged]) -> Iterator[tuple[int, str]]:
    """One audit in two months of the same year. Audits on different subjects are different audits."""
    dated = [(at, one.claim) for at, one in enumerate(judged) if one.claim.kind == "date"]
    for at, claim in dated:
        if judged[at].verdict == "agrees":
            continue
        others = [
            other
            for _, other in dated
            if other.month[:4] == claim.month[:4] and other.month != claim.month and _same_audit(claim, other)
        ]
        if others:
            places = listed(dict.fromkeys(f"{long_date(other.month)} ({other.passage.place})" for other in others))
            yield at, f"elsewhere in this text the same audit has another date: {places}"


def _same_audit(one: Claim, other: Claim) -> bool:
    subjects = [stems(claim.subject) - _ANY_AUDIT for claim in (one, other)]
    return not all(subjects) or bool(subjects[0] & subjects[1])


def _grades_of_cases(judged: Sequence[Judged]) -> Iterator[tuple[int, str]]:
    """How many cases are said to have a grade, beside the grades printed case by case."""
    printed: dict[str, dict[str, str]] = {}
    for one in judged:
        if one.claim.kind == "case_grade" and one.about:
            printed.setdefault(one.about[0], {})[one.about[2]] = one.about[3]
    for at, one in enumerate(judged):
        if one.about[1:2] == ("grades",) and one.about[2] in ("average", "case") and one.claim.kind in ("count", "all"):
            cases = printed.get(one.about[0], {})
            number = sum(grade in one.about[3].split("+") for grade in cases.values())
            told = Counter(cases.values())
            expected = len(cases) * one.claim.value / 100 if one.claim.kind == "all" else one.claim.value
            if cases and number != expected:
                yield at, f"case by case this text gives {_counts(told)}"


def _counts(told: Mapping[str, int]) -> str:
    return listed(f"{number} {grade.replace('_', ' ')}" for grade, number in sorted(told.items()))


def _quoted(claim: Claim) -> str:
    return f"\u201c{claim.quote}\u201d ({claim.passage.place})"
