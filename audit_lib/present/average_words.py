"""The grade of a case as its returns give it, in words that hold for many agencies, for one, and for one grade alone."""

from __future__ import annotations

from collections.abc import Sequence

from audit_lib.analysis.grades import CaseAverage
from audit_lib.instrument import Instrument
from audit_lib.present.sentences import count_of, grade_label
from audit_lib.text import listed


def average_name(averages: Sequence[CaseAverage]) -> str:
    """What the grades of these cases are: of several returns their average, of one form the average of its grades, or its one grade."""
    if any(len(one.return_ids) > 1 for one in averages):
        return "average of the agencies' grades"
    return "average of the grades in the form" if any(one.n > 1 for one in averages) else "grade in the form"


def average_fact(average: CaseAverage, instrument: Instrument) -> tuple[str, str]:
    """The name and the grade of one case, with how many grades it is made of where there are several."""
    name, label = average_name([average]), grade_label(instrument, average.average)
    counted = f" ({count_of(average.n, 'grade')})" if average.n > 1 else ""
    return name[0].upper() + name[1:], f"{label}{counted}"


def _every(n: int, one: str) -> str:
    """``the one case``, ``both cases``, ``all 6 cases``."""
    return {1: f"the one {one}", 2: f"both {one}s"}.get(n, f"all {n} {one}s")


def agreed_sentences(averages: Sequence[CaseAverage], instrument: Instrument, cases: int) -> tuple[str, ...]:
    """What the meeting agreed for how many of the audit's ``cases``, and where the returns' own grade is another.

    ``cases`` counts those asked about, whether anything of them came back or not, and no case that only a stray return names.
    """
    agreed = [one for one in averages if one.agreed]
    if not agreed:
        return ("No grade agreed by the meeting is recorded.",)
    order = [*agreed[0].rule.ranks]
    codes = sorted({one.agreed for one in agreed}, key=lambda code: order.index(code) if code in order else len(order))
    told = [f"{grade_label(instrument, code).lower()} for {sum(o.agreed == code for o in agreed)}" for code in codes]
    of_all = f"{len(agreed)} of {count_of(cases, 'case')}" if len(agreed) < cases else _every(len(agreed), "case")
    one = grade_label(instrument, codes[0]).lower()
    first = f"The meeting agreed a grade for {of_all}: {one if len(codes) == 1 else listed(told)}."
    compared = [one for one in agreed if one.agrees is not None]
    differ = [one.case for one in compared if not one.agrees]
    if not compared:
        return (first, "There are no grades in the returns to set beside it.")
    what = f"The {average_name(compared)}"
    if not differ:
        return (first, f"{what} is the same grade in {_every(len(compared), 'case')} that can be compared.")
    word = "case" if len(differ) == 1 else "cases"
    return (
        first,
        f"{what} is another grade in {len(differ)} of {count_of(len(compared), 'case')}: {word} {listed(differ)}.",
    )
