"""Sentences about who agrees with whom, about actions, and about judgements of whole files. Each holds for any number."""

from __future__ import annotations

from collections.abc import Sequence

from audit_lib.analysis.actions import Actions
from audit_lib.analysis.agreement import Agreement, Apart
from audit_lib.analysis.by_case import CaseShare
from audit_lib.analysis.grades import GradeCounts
from audit_lib.analysis.judgements import FEWEST_OF_A_TEAM, Consistency, Moderated, Teams
from audit_lib.analysis.proportions import QuestionResult
from audit_lib.instrument import Instrument
from audit_lib.present.sentences import count_of, grade_label, long_date, percent_text, times
from audit_lib.text import listed

_NAMED = 3  # places that tie are all named up to this number
CHANCE = (
    "1 is full agreement, 0 is what chance alone would give, and below 0 is less than that. A difference between two grades can be "
    "counted in three ways; the sentences above rest on the second."
)


def agreement_sentences(found: Agreement, instrument: Instrument) -> tuple[str, ...]:
    """How often two agencies gave the same work the same grade, where they lie furthest apart, and what that is against chance."""
    if not found.pairs:
        return ("No two agencies graded the same work, so nobody can say whether they agree.",)
    said = [
        f"Where two agencies graded the same work, they gave the same grade in {found.same} of "
        f"{count_of(found.pairs, 'pair')} of grades ({percent_text(found.same, found.pairs)}), and the same or the next one "
        f"in {found.near} ({percent_text(found.near, found.pairs)})."
    ]
    if found.apart:
        said.append(_furthest(found.apart, instrument))
    if not found.enough:
        cases = count_of(len(found.cases), "case")
        said.append(f"With {cases} and {count_of(found.pairs, 'pair')} of grades, that is too little to say more.")
        return tuple(said)
    value, likely = found.alphas["ordinal"], found.interval
    if value is None or likely is None:
        said.append("The grades hardly differ, so that agreement cannot be told from chance.")
    elif likely.low > 0:
        said.append("That is more than chance alone would give.")
    else:
        said.append("Agencies might agree as often if they graded at random.")
    return tuple(said)


def _furthest(apart: Sequence[Apart], instrument: Instrument) -> str:
    """Where grades lie furthest apart: up to three places that tie, of more of them the first and how many more."""
    widest = [apart_words(one, instrument) for one in apart if one.steps == apart[0].steps]
    if len(widest) > _NAMED:
        return f"Their grades differ most here: {widest[0]}, and {len(widest) - 1} more as far apart."
    return f"Their grades differ most here: {'; '.join(widest)}."


def apart_words(one: Apart, instrument: Instrument) -> str:
    """``Assessment in case E: CAMHS three grades above School``."""
    titles = {thing.id: thing.title for thing in instrument.grades}
    steps = {1: "one grade", 2: "two grades", 3: "three grades"}.get(one.steps, f"{one.steps} grades")
    return f"{titles[one.section]} in case {one.case}: {listed(one.best)} {steps} above {listed(one.poorest)}"


def by_case_sentence(shares: Sequence[CaseShare], results: Sequence[QuestionResult]) -> str:
    """The question in which the two ways of counting say the most different things; where they nowhere do, that alone."""
    told = [share for share in shares if share.base]
    if not told:
        return "No question was answered, so there is nothing to count by case."
    by_id = {result.question.id: result for result in results}
    widest = max(told, key=lambda share: (len(share.some) - len(share.every), -told.index(share)))
    result = by_id[widest.question]
    word = result.scale.label(widest.answer).lower()
    if len(widest.some) == len(widest.every):
        return (
            "In no case do agencies differ on the answers counted here: where one gave such an answer, every other that could say "
            "gave it too."
        )
    return (
        f"{widest.question} “{result.question.text}”: in {len(widest.some)} of {count_of(len(widest.base), 'case')} at least one "
        f"agency said {word}, and in {len(widest.every)} all did."
    )


def actions_sentences(found: Actions) -> tuple[str, ...]:
    """How many actions were agreed, and how many are overdue, without a date, or without an owner."""
    if not found.all:
        return ("No actions were agreed.",)
    overdue, within, undated = (len(found.in_state(state)) for state in ("overdue", "within", "undated"))
    when = long_date(found.as_of)
    past = f"past their date {f'on {when}' if found.as_of_day else f'when {when} began'}"
    due = f"due in {when}, the month of the audit (its day is not recorded)"
    to_come = len(found.all) - overdue - within - undated
    told = [(overdue, past), (within, due), (to_come, "with a date to come"), (undated, "without a date")]
    agreed = f"{count_of(len(found.all), 'action was', 'actions were')} agreed"
    unowned = len(found.without_owner)
    if to_come == len(found.all) and not unowned:
        return (f"{agreed}, each with an owner and a date to come.",)
    by_date = f"{agreed}: {listed(f'{n} {what}' for n, what in told if n)}."
    return (by_date, f"Nobody is named to do {unowned} of them.") if unowned else (by_date,)


def actions_note(found: Actions) -> str:
    """What overdue means here."""
    when = long_date(found.as_of)
    if found.as_of_day:
        counted = f"An action is overdue when its date lies before {when}."
    else:
        counted = (
            f"The audit gives a month and no day: an action is overdue when its date lies before {when} began, and of those due within "
            "it nobody can say."
        )
    return f"{counted} The forms do not say whether it was done. What is due in a month is due on its last day."


def consistency_sentences(found: Sequence[Consistency], instrument: Instrument) -> tuple[str, ...]:
    """In how many files the overall grade is the middle one of the others, and where it is not."""
    told = [one for one in found if one.fits is not None]
    if not told:
        return ("No file has an overall grade that could be held against the grades of its areas.",)
    odd = [one for one in told if not one.fits]
    first = f"The overall grade is the middle one of the grades of the areas in {len(told) - len(odd)} of {len(told)} files."
    return (first, *(f"{_odd(one, instrument)}." for one in odd))


def _odd(one: Consistency, instrument: Instrument) -> str:
    given = [f"{n} {grade_label(instrument, code).lower()}" for code, n in one.counts.items() if n]
    return f"Case {one.case} was graded {grade_label(instrument, one.overall).lower()} overall, with {listed(given)}"


def moderation_sentences(found: Sequence[Moderated], instrument: Instrument) -> tuple[str, ...]:
    """How often a moderator gave the same grade, a better one, a poorer one."""
    raters = {rater.id: rater.title.lower() for rater in instrument.raters}
    said = []
    for rater in dict.fromkeys(one.rater for one in found):
        mine = [one for one in found if one.rater == rater]
        same = sum(one.steps == 0 for one in mine)
        files = count_of(len({one.return_id for one in mine}), "file")
        sentence = (
            f"The {raters.get(rater, rater)} graded {files} again and gave the same grade {same} of {len(mine)} times"
        )
        differ = [(sum(one.steps > 0 for one in mine), "better"), (sum(one.steps < 0 for one in mine), "poorer")]
        told = [f"{times(n)} a {word} one" for n, word in differ if n]
        said.append(f"{sentence}{f', {listed(told)}' if told else ''}.")
    return tuple(said) or ("No grade was given a second time by anybody else.",)


def teams_note(found: Teams) -> str:
    """What is shown by team, and which teams are put together."""
    if [each.name for each in found.counts] == ["Other teams"]:
        return f"No team has {FEWEST_OF_A_TEAM} files or more, so nothing is shown by team."
    together = f"Put together, because each has fewer than {FEWEST_OF_A_TEAM} files: {listed(found.small)}."
    return f"Shown is the {found.of}. So few files say little about a team.{f' {together}' if found.small else ''}"


def row_sentence(counts: GradeCounts, good: Sequence[str], instrument: Instrument) -> str:
    """How many of the files that were graded are good or better in one row."""
    reached = counts.count(*good)
    lowest = grade_label(instrument, good[-1]).lower()
    return f"{counts.title}: {reached} of {counts.graded} {lowest} or better"
