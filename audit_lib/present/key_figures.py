"""The few figures by which a report is known in a list of reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit_lib.analysis.grades import OVERALL, good_enough
from audit_lib.present import links
from audit_lib.present import sentences as say
from audit_lib.present.report import results
from audit_lib.store import AuditTables


@dataclass(frozen=True)
class KeyFigure:
    """A share with its name; ``about`` says what it is a share of, where the name does not, and may be empty. ``behind`` is the id of
    what stands behind it in the report.
    """

    name: str
    about: str
    numerator: int
    denominator: int
    behind: str


def key_figures(tables: AuditTables) -> tuple[KeyFigure, ...]:
    """What came back, how many graded the work good enough, and the strongest and weakest question, as far as there are such.

    Where several questions share first or last place, one of them is named and the others are counted.
    """
    grid = results.returns_grid(tables)
    return (
        KeyFigure("Forms back", "", grid.came_back, grid.asked, links.RETURNS),
        *_graded(tables),
        *_questions(tables),
    )


def _graded(tables: AuditTables) -> Iterator[KeyFigure]:
    for counts in results.grade_counts(tables):
        if counts.name == OVERALL and counts.graded:
            scale = tables.instrument.grade_scale_of(OVERALL)
            codes = good_enough(scale)
            name = f"Graded “{scale.label(codes[-1]).lower()}”{' or better' if len(codes) > 1 else ''}"
            yield KeyFigure(name, "the work as a whole", counts.count(*codes), counts.graded, links.of_grade(OVERALL))


def _questions(tables: AuditTables) -> Iterator[KeyFigure]:
    ranked = say.ranked_questions(results.question_results(tables))
    if len({share for share, _ in ranked}) < 2:
        return
    for name, place in (("Strongest question", ranked[0][0]), ("Weakest question", ranked[-1][0])):
        first, *others = [result for share, result in ranked if share == place]
        more = f" (and {say.count_of(len(others), 'other')} the same)" if others else ""
        share = say.headline(first)
        about = f"{first.question.id} {first.question.text}{more}"
        yield KeyFigure(name, about, share.numerator, share.denominator, links.of_question(first))
