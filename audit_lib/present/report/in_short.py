"""What goes well, what worries and what has to happen, in three columns: each as the meeting saw it, or else as the returns have it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from fractions import Fraction

from markupsafe import Markup

from audit_lib.analysis.actions import agreed_actions
from audit_lib.analysis.codings import CodeCount
from audit_lib.analysis.grades import OVERALL, GradeCounts, good_enough
from audit_lib.analysis.rows import text_rows
from audit_lib.present import links
from audit_lib.present import sentences as say
from audit_lib.present.html import Block, definitions, note, nothing, render, show
from audit_lib.present.judgement_sentences import actions_sentences
from audit_lib.present.report import results
from audit_lib.present.report.voices import by_column
from audit_lib.present.report_tables import column_title
from audit_lib.store import AuditTables

_MOST = 3
_NAMED_TOO = 2  # so many more with the same share are named as well, and not merely counted
_FEWEST = 2  # comments about a subject that make it stand out
_HEADINGS = ("Strongest, most praised", "Weakest, most worried about", "Needs to happen")
_FROM_RETURNS = (
    "The meeting recorded no summary. These columns are made from the returns: the questions, areas and subjects that stand out at either "
    "end. Nobody has weighed them."
)
_AGREED = "As the meeting recorded it."
_INSTEAD = (
    "As the meeting recorded it. Where it recorded nothing, a column is made from the returns and says so: the questions, areas and "
    "subjects that stand out. Nobody has weighed them."
)
_NOTHING = "The meeting recorded no summary, and there is too little in the returns to make one."


def meeting_summary(tables: AuditTables) -> Block:
    """What the multi-agency meeting made of the audit as a whole, in the columns of the tool. A column in which it recorded nothing holds
    what stands out in the returns, and says so; where it recorded no summary at all, every column does.
    """
    agreed = by_column(tables, (row for row in text_rows(tables.meeting) if row["about"] == "summary"))
    returned = _from_returns(tables)
    if not any(agreed.values()):
        if not any(returned.values()):
            return nothing(_NOTHING)
        named = list(zip(_HEADINGS, returned.values(), strict=True))
        return show(note(_FROM_RETURNS), render("columns", "What stands out in the returns", columns=named))
    titles = {column: column_title(tables.instrument, column) for column in agreed}
    instead = [column for column, texts in agreed.items() if not texts and returned.get(column)]
    columns = [
        (f"{titles[column]} (from the returns)", returned[column]) if column in instead else (titles[column], texts)
        for column, texts in agreed.items()
    ]
    drawn = render("columns", "What the meeting agreed", columns=columns)
    return show(*_strongest_and_weakest(tables), note(_INSTEAD if instead else _AGREED), drawn)


def _from_returns(tables: AuditTables) -> dict[str, list[str]]:
    """Column -> what stands out in the returns."""
    best, worst = _answers(tables)
    strong, weak = _grades(tables)
    by_code = results.coded(tables).codes
    acted = (
        actions_sentences(agreed_actions(tables.actions, results.about(tables)["date"])) if len(tables.actions) else ()
    )
    told = {"going_well": [*best, *strong], "worried": [*worst, *weak], "needs_to_happen": [*acted]}
    return {
        column: [*(_linked(text, tables) for text in texts), *_codes(by_code, column, tables)]
        for column, texts in told.items()
    }


def _linked(text: str, tables: AuditTables) -> str:
    named = links.names(results.question_results(tables), results.grade_counts(tables))
    return links.linked(text, named)


def _strongest_and_weakest(tables: AuditTables) -> list[Block]:
    """The questions, or else what was graded, at either end, side by side: a meeting's summary does not name them."""
    told = say.extremes_sentences(results.question_results(tables))
    if len(told) > 1:
        ends, rest = [told[0], told[1]], told[2:]
    else:
        best, worst = _grades(tables)
        ends, rest = [f"{'; '.join(side)}." for side in (best, worst) if side], told
    ends = [_linked(each, tables) for each in ends]
    items = list(zip(("Strongest", "Weakest"), ends, strict=True)) if len(ends) > 1 else []
    named = [definitions("Strongest and weakest", items, "finding ends")] if items else []
    return [*named, *([note(*rest)] if rest else [])]


def _answers(tables: AuditTables) -> tuple[list[str], list[str]]:
    """The questions with the highest and with the lowest share of good answers."""
    ranked = say.ranked_questions(results.question_results(tables))
    told = []
    for share, result in ranked:
        counted = say.headline(result)
        answer = result.scale.label(result.favourable).lower()
        applied = f"{counted.numerator} of {say.count_of(counted.denominator, 'return')} to which it applied"
        told.append(
            (
                share,
                counted.denominator,
                f"{result.question.id} “{result.question.text}”: {applied} said {answer} ({counted.percent}%)",
            )
        )
    return _ends(told)


def _grades(tables: AuditTables) -> tuple[list[str], list[str]]:
    """What was most often, and least often, graded good enough."""
    titles = {thing.id: thing.title for thing in tables.instrument.grades}
    graded = [one for one in results.grade_counts(tables) if one.graded and one.name != OVERALL]
    told = []
    for one in graded:
        good = good_enough(tables.instrument.grade_scale_of(one.name))
        share = Fraction(one.count(*good), one.graded)
        told.append((share, one.graded, _graded(titles[one.name], one, good, tables)))
    return _ends(told)


def _graded(title: str, one: GradeCounts, good: Sequence[str], tables: AuditTables) -> str:
    label = say.grade_label(tables.instrument, good[-1]).lower()
    return f"{title}: graded {label} or better in {one.count(*good)} of {say.count_of(one.graded, 'return')}"


def _ends(told: Sequence[tuple[Fraction, int, str]]) -> tuple[list[str], list[str]]:
    """The texts with the highest shares and those with the lowest, the lowest first, of (share, what it is of, text); of the same share,
    first what rests on more returns. No share is in both: what lies in the middle stands out at neither
    end, and where all are equal nothing does.
    """
    most = min(_MOST, len(told) // 2)
    best = sorted(told, key=lambda one: (-one[0], -one[1]))
    worst = sorted(told, key=lambda one: (one[0], -one[1]))
    if not most or best[0][0] == worst[0][0]:
        return [], []
    both = {share for share, _, _ in best[:most]} & {share for share, _, _ in worst[:most]}
    highest, lowest = best[0][0], worst[0][0]
    return _first(best, most, both - {highest}), _first(worst, most, both - {lowest})


def _first(ranked: Sequence[tuple[Fraction, int, str]], most: int, without: Set[Fraction]) -> list[str]:
    """The first texts with those that have the same share as the last of them; where these are many, how many they are."""
    chosen = [one for one in ranked[:most] if one[0] not in without]
    more = [one for one in ranked[most:] if chosen and one[0] == chosen[-1][0]]
    if len(more) <= _NAMED_TOO:
        return [text for _, _, text in (*chosen, *more)]
    return [*(text for _, _, text in chosen), f"and {len(more)} more, just as often as the last"]


def _not_often(written: int, *, coded: bool) -> str:
    """What is said of comments in a column where no two share a subject; ``coded``: whether any of them has one."""
    number = say.count_of(written, "comment")
    if not coded:
        return f"{number}, of which none has a code"
    return f"{number}, no two about the same subject" if written > 1 else number


def _codes(found: Sequence[CodeCount], column: str, tables: AuditTables) -> list[str]:
    """The subjects of most comments in a column, each number leading to what was said; where no two comments share a subject, how many
    there are.
    """
    names = {code.id: code.name for code in tables.book.codes}
    ranked = sorted(
        ((one, place) for place, one in enumerate(found) if one.count(column)), key=lambda each: -each[0].count(column)
    )
    often = [each for each in ranked if each[0].count(column) >= _FEWEST]
    if not often:
        written = int((tables.comments["column"] == column).sum())
        return [_not_often(written, coded=bool(ranked))] if written else []
    least = often[:_MOST][-1][0].count(column)
    more = [each for each in often[_MOST:] if each[0].count(column) == least]
    chosen = [*often[:_MOST], *(more if len(more) <= _NAMED_TOO else ())]
    said = [
        Markup('{}: <a href="#{}">{}</a>').format(
            names[one.code], links.of_comments(column, place), say.count_of(one.count(column), "comment")
        )
        for one, place in chosen
    ]
    return [*said, *([f"and {len(more)} more, just as often as the last"] if len(more) > _NAMED_TOO else [])]
