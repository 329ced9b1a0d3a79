"""What stands behind a percentage: how it was counted, and which returns gave which answer, down to the place in the form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from audit_lib.analysis.grades import GradeCounts
from audit_lib.analysis.proportions import QuestionResult
from audit_lib.analysis.rows import natural, text_rows
from audit_lib.analysis.score_grades import ScoredGrades
from audit_lib.analysis.scores import ScoreResult
from audit_lib.instrument import Instrument
from audit_lib.present import links, strips
from audit_lib.present import sentences as say
from audit_lib.present.html import Block, Number, Table, render
from audit_lib.text import listed

RULES = "rules"
PERCENTAGES, GRADES, SCORES = ("rule-percentages", "rule-grades", "rule-scores")
_MISSING_GRADE = {"missing": "No grade", "unclear": "Unclear"}
_MISSING = {"missing": "No answer", "unclear": "Unclear"}


@dataclass(frozen=True)
class Given:
    """Who gave one answer, and where it stands in that return."""

    case: str
    agency: str
    place: str


_HEADING = 28  # characters of the heading of a column that are shown
_QUOTED = re.compile(r'"([^"]*)"')
_MARKED = re.compile(r"\[(marked by [^:\]]*): [^\]]*\]$")
_ROW = re.compile(r"(row \d+), (column .*)")
Places = Mapping[tuple[str, str], Given]


def places_of(table: pd.DataFrame) -> Places:
    """Who answered or graded, and where, by question (or what was graded) and return id. ``table`` is that of answers or of grades, of
    which only those of the agencies count.
    """
    what = "section" if "rater" in table else "question"
    return {
        (row[what], row["return_id"]): Given(
            row["case"], row["agency"], _short(row["locator"]) + _marked(row["as_written"])
        )
        for row in text_rows(table)
        if not row.get("rater")
    }


def _short(place: str) -> str:
    """A place in a form with the headings of columns cut: a table of returns has a whole question as a heading."""
    return _QUOTED.sub(lambda quoted: f"“{_cut(quoted[1])}”", place)


def _marked(as_written: str) -> str:
    """``, marked by bold``: how a value was chosen where all of them were left standing."""
    found = _MARKED.search(as_written)
    return f", {found[1]}" if found else ""


def _cut(heading: str) -> str:
    return f"{heading[: _HEADING - 1].rstrip()}…" if len(heading) > _HEADING + 3 else heading


def questions(name: str, results: Sequence[QuestionResult], places: Places) -> Block:
    """Each question with the sentence that was found, and behind a line that opens it what that sentence rests on."""
    items = [
        {
            "id": links.of_question(result),
            "term": f"{result.question.id} {result.question.text}",
            "meaning": say.question_sentence(result),
            "summary": _summary(result),
            "strip": strips.strip(strips.of_answers(result)),
            "counted": _counted(result),
            "answers": [(label, list(by_place)) for label, by_place in _answers(result, places)],
            "rule": PERCENTAGES,
        }
        for result in results
    ]
    return render("behind", name, items=items)


def grades(name: str, counts: Sequence[GradeCounts], instrument: Instrument, places: Places) -> Block:
    """Each thing graded with its sentence, and behind a line that opens it who gave which grade, and where."""
    items = []
    for one in counts:
        label = instrument.grade_scale_of(one.name).label
        given = [
            (
                f"{_MISSING_GRADE.get(code) or label(code)}: {len(ids)}",
                list(_by_place([places[one.name, each] for each in ids])),
            )
            for code, ids in one.return_ids.items()
            if ids
        ]
        counted = f"{say.count_of(one.graded, 'return')} of {one.total} gave a grade that can be ranked."
        meaning = say.grade_sentence(one, instrument).removeprefix(f"{one.title}: ")
        items.append(
            {"term": one.title, "meaning": f"{meaning[:1].upper()}{meaning[1:]}", "counted": counted, "answers": given}
            | {"summary": f"{one.graded} of {one.total}: who gave which grade, and where", "rule": GRADES}
            | {"id": links.of_grade(one.name), "strip": strips.strip(strips.of_grades(one, instrument))}
        )
    return render("behind", name, items=items)


def scores(name: str, results: Sequence[ScoreResult], table: pd.DataFrame, term: str = "") -> Block:
    """The scores of each case with their sentence, and behind a line that opens it who gave which score, and where. ``table`` is that of
    scores, of which only those of the agencies count. ``term`` stands before the sentence; where it is empty, the case does.
    """
    places = {
        row["return_id"]: Given(row["case"], row["agency"], _short(row["locator"]))
        for row in text_rows(table)
        if not row["rater"]
    }
    items = []
    for one in results:
        values = dict.fromkeys(each.score for each in one.given)
        given = [
            (say.plain_number(value), [each.return_id for each in one.given if each.score == value]) for value in values
        ]
        given += [(label, list(ids)) for label, ids in (("No score", one.missing), ("Unclear", one.unclear)) if ids]
        total = one.n + len(one.missing) + len(one.unclear)
        items.append(
            {
                "id": "" if term else links.of_score(one.case),
                "strip": None,
                "term": term or f"Case {one.case}",
                "meaning": say.score_sentence(one),
                "summary": f"{one.n} of {total}: who gave which score, and where",
                "counted": _added(one),
                "answers": [(label, list(_by_place([places[each] for each in ids]))) for label, ids in given],
                "rule": SCORES,
            }
        )
    return render("behind", name, items=items)


def scored_grades(name: str, found: ScoredGrades, label: Callable[[str], str], table: pd.DataFrame) -> Block:
    """Each grade with the scores of the returns that gave it, and behind a line that opens it which return gave which, and where the
    score stands. ``label`` is a grade in words, ``table`` that of scores.
    """
    places = {row["return_id"]: _short(row["locator"]) for row in text_rows(table) if not row["rater"]}
    items: list[dict[str, object]] = []
    for grade in found.grades:
        given = [one for one in found.given if one.grade == grade]
        if not given:
            continue
        by_score = [
            (score, [one for one in given if one.score == score]) for score in dict.fromkeys(found.scores(grade))
        ]
        answers = [
            (
                f"Score {say.plain_number(score)}: {len(ones)}",
                list(_by_place([Given(one.case, one.agency, places[one.return_id]) for one in ones])),
            )
            for score, ones in by_score
        ]
        scores = listed(say.plain_number(score) for score in found.scores(grade))
        counted = f"{say.count_of(len(given), 'return')} gave this grade to the whole, and a score: {scores}."
        items.append(
            {
                "id": "",
                "term": label(grade),
                "meaning": f"{say.count_of(len(given), 'return')} with a score.",
                "counted": counted,
            }
            | {"strip": None, "summary": "Who gave which score, and where", "answers": answers, "rule": SCORES}
        )
    return render("behind", name, items=items)


def _added(one: ScoreResult) -> str:
    """The mean in words, so that a reader can work it out again."""
    if one.n < 2:
        return "There is nothing to take a mean of."
    added = say.plain_number(sum((each.score for each in one.given), Decimal()))
    return f"All scores added, {added}, divided by {one.n} is {say.decimal(one.mean)}."


def _summary(result: QuestionResult) -> str:
    share = say.headline(result)
    return "Who answered what" if share.percent is None else f"{share.percent}%: who answered what, and where"


def _counted(result: QuestionResult) -> str:
    """The rule in words, so that a reader can count again."""
    share = say.headline(result)
    label = result.scale.label(share.answer).lower()
    if share.percent is None:
        return "There is nothing to take a percentage of: the question applied to nobody who answered."
    counted = (
        f"{share.numerator} (the returns that said {label}) divided by {share.denominator} (the returns with an answer that "
        f"can be read, other than “not applicable”) is {share.percent}%. Likely range: {say.range_text(share.interval)}."
    )
    if not result.count("not_applicable"):
        return counted
    every = result.proportion(share.answer, "answered")
    return (
        f"{counted} Of all that answered, “not applicable” included: {every.numerator} divided by {every.denominator} is "
        f"{every.percent}%. Likely range: {say.range_text(every.interval)}."
    )


def _answers(result: QuestionResult, places: Places) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    """Each answer that was given with how often, and by place in the form those who gave it, in natural order."""
    for answer in (*result.answers, *_MISSING):
        given = [places[result.question.id, return_id] for return_id in result.ids([answer])]
        if given:
            label = _MISSING.get(answer) or result.scale.label(answer)
            yield f"{label}: {len(given)}", _by_place(given)


def _by_place(given: Sequence[Given]) -> Iterator[tuple[str, str]]:
    """Who gave an answer, by place, each agency once with its cases. In a table with a return in each row the place is the column, and
    the row stands beside each case.
    """
    ordered = sorted(
        given, key=lambda one: (natural(_column(one)[0]), one.agency, natural(one.case), natural(one.place))
    )
    told: dict[str, dict[str, list[str]]] = {}
    for one in ordered:
        place, row = _column(one)
        told.setdefault(place, {}).setdefault(one.agency, []).append(f"{one.case} ({row})" if row else one.case)
    for place, by_agency in told.items():
        who = "; ".join(f"{agency}: {', '.join(cases)}" for agency, cases in by_agency.items())
        yield who, place or "not in the form"


def _column(one: Given) -> tuple[str, str]:
    """The place without its row, and the row; the whole place and nothing where it names no row of a table of returns."""
    row = _ROW.fullmatch(one.place)
    return (row[2], row[1]) if row else (one.place, "")


def returns_read(returns: pd.DataFrame, files: Mapping[str, str]) -> Table:
    """The returns that count, by case and agency, with the id that ``returns`` in the processed tables gives to each, and its file
    without names of people (``files``, by id).
    """
    read = [row for row in text_rows(returns) if row["status"] == "read"]
    rows = [
        (f"Case {row['case']}", row["agency"], Number(row["return_id"]), files.get(row["return_id"], ""))
        for row in sorted(read, key=lambda row: (natural(row["case"]), row["agency"], row["return_id"]))
    ]
    return Table("The returns that were read", ("Case", "Agency", "Id of the return", "File"), tuple(rows))
