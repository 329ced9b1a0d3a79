"""Results as plain English sentences, each with the figures that bear it out.

Every sentence holds for any number of returns: none, one, or many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from audit_lib.analysis.comments import CommentGroup
from audit_lib.analysis.differences import ends_differ
from audit_lib.analysis.gaps import Gaps, QualityGroup
from audit_lib.analysis.grades import GradeCounts, GradeMap
from audit_lib.analysis.proportions import Interval, Proportion, QuestionResult, percent, rounded
from audit_lib.analysis.published import PublishedResult
from audit_lib.analysis.responses import CaseCounts, GridCell, ReturnsGrid
from audit_lib.analysis.scores import ScoreResult, Scores
from audit_lib.instrument import Instrument, Score
from audit_lib.schema import NOT_SUBSTANTIVE, SEVERITIES
from audit_lib.text import listed

HOW_TO_READ = (
    "Each agency filled in one form, a return, about each case, from its own records. Percentages are of returns, not of "
    "children: several returns can be about the same child.",
    "Two percentages are given, because some questions do not apply to everybody. “Of all that answered” counts every "
    "return with an answer that can be read. “Of those it applied to” leaves out the returns that answered “not "
    "applicable”. Missing and unclear answers are in neither; they are counted beside each bar.",
    "The likely range says how far chance alone could have moved a percentage with so few returns. "
    "It shows how careful to be and is no promise about other cases: returns about one child are often alike.",
)
_ENDS_BY_CHANCE = (
    "Of so many questions the highest and the lowest were picked out; chance alone could set two that far apart."
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def count_of(n: int, one: str, many: str = "") -> str:
    """``1 return``, ``2 returns``."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def long_date(date: str) -> str:
    """``May 2018`` for 2018-05, ``11 May 2018`` for 2018-05-11."""
    year, month, *day = (int(part) for part in date.split("-"))
    return " ".join([*map(str, day), _MONTHS[month - 1], str(year)])


def with_long_dates(text: str) -> str:
    """``text`` with its ISO days in plain words."""
    return re.sub(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b", lambda found: long_date(found[0]), text)


def source(case: str, agency: str, question: str = "") -> str:
    """``Case A, School, R1``: where something comes from; what is not known is left out."""
    return ", ".join(filter(None, (f"Case {case}" if case else "", agency, question)))


def decimal(value: Fraction | Decimal | None, decimals: int = 1) -> str:
    """A number rounded half up; an en dash when there is none."""
    return "–" if value is None else f"{rounded(Fraction(value), decimals)}"


def initials(label: str) -> str:
    """The first letters of a label's words: "RI" for "Requires improvement"."""
    return "".join(word[0] for word in label.split()).upper()


def percent_text(numerator: int, denominator: int) -> str:
    """``59%``; ``under 1%`` for a little that would be rounded to nothing; an en dash when there is nothing to take a share of."""
    found = percent(numerator, denominator)
    if found is None:
        return "–"
    return "under 1%" if numerator and not found else f"{found}%"


def share_text(share: Proportion) -> str:
    """``10 of 17 (59%)``; ``0 of 0`` when nobody is in the denominator."""
    counts = f"{share.numerator} of {share.denominator}"
    return counts if share.percent is None else f"{counts} ({share.percent}%)"


def range_text(interval: Interval | None) -> str:
    """``36% to 78%``; an en dash when there is none."""
    if interval is None:
        return "–"
    low, high = (rounded(Fraction(100 * end)) for end in (interval.low, interval.high))
    return f"{low}% to {high}%"


def not_counted(missing: int, unclear: int) -> tuple[str, ...]:
    """What stands beside a bar for values that are in none of its shares; nothing when there are none."""
    found = [f"{n} {word}" for n, word in ((missing, "missing"), (unclear, "unclear")) if n]
    return (", ".join(found),) if found else ()


def unclear_sentence(results: Iterable[QuestionResult]) -> str:
    """Which questions have answers that cannot be read for certain, each with their number; empty where none has."""
    found = [f"{one.question.id} ({one.count('unclear')})" for one in results if one.count("unclear")]
    return f"In none of these figures, as they cannot be read for certain: answers to {listed(found)}." if found else ""


def headline(result: QuestionResult) -> Proportion:
    """The share that a sentence leads with: the favourable answer (the first one where neither is better) of those to
    whom the question applied."""
    return result.proportion(result.favourable or result.answers[0], "applicable")


def favourable_share(result: QuestionResult) -> str:
    """``59% of 17* said yes``: of those to whom the question applied; the star says that there are others."""
    share = headline(result)
    word, star = result.scale.label(share.answer).lower(), "*" if result.count("not_applicable") else ""
    return "applied to none" if share.percent is None else f"{share.percent}% of {share.denominator}{star} said {word}"


def question_sentence(result: QuestionResult) -> str:
    """What was answered to one question, with its counts, its share and its likely range."""
    if not result.total:
        return "No return was read."
    share = headline(result)
    gaps = not_counted(result.count("missing"), result.count("unclear"))
    without = f" ({gaps[0]})" if gaps else ""
    if not result.count(*result.answers):
        none = "The one return gave no" if result.total == 1 else f"None of the {result.total} returns gave an"
        return f"{none} answer that can be read{without}."
    not_applicable = result.count("not_applicable")
    if not share.denominator:
        who = "The one return" if not_applicable == 1 else f"All {not_applicable} returns"
        return f"{who} that answered said that it did not apply{without}."
    word = result.scale.label(share.answer).lower()
    if share.denominator == 1:
        said = word if share.numerator else result.scale.label(_only(result)).lower()
        sentence = f"The one return to which it applied said {said}; one return shows nothing about others."
    else:
        likely = range_text(share.interval)
        sentence = (
            f"{share.numerator} of the {share.denominator} returns to which it applied said {word} "
            f"({share.percent}%; likely range {likely})."
        )
    if not result.favourable:
        sentence += " Neither answer is the better one."
    elif result.question.polarity == "negative":
        sentence += f" Here “{word}” is the good answer."
    rest = [f"{not_applicable} said that it did not apply"] if not_applicable else []
    rest += [f"{result.count(code)} {was}" for code, was in _LEFT_OUT.items() if result.count(code)]
    return f"{sentence} Not counted: {listed(rest)}." if rest else sentence


_LEFT_OUT = {"missing": "gave no answer", "unclear": "cannot be read for certain"}


def _only(result: QuestionResult) -> str:
    return next(answer for answer in result.base("applicable") if result.count(answer))


def ranked_questions(results: Iterable[QuestionResult]) -> list[tuple[Fraction, QuestionResult]]:
    """The questions with a favourable answer that applied to somebody, with the share of that answer, highest first."""
    found = []
    for result in results:
        share = headline(result)
        if result.favourable and share.denominator:
            found.append((Fraction(share.numerator, share.denominator), result))
    return sorted(found, key=lambda pair: -pair[0])


def extremes_sentences(results: Sequence[QuestionResult]) -> tuple[str, ...]:
    """Where the favourable answer was given most and least often, of those to whom the question applied.

    With a caution where chance could explain how far the two ends lie apart, of as many questions.
    """
    ranked = ranked_questions(results)
    if len(ranked) < 2:
        return ()
    top, bottom = ranked[0][0], ranked[-1][0]
    labels = {result.scale.label(result.favourable) for _, result in ranked}
    answered = f"answered “{labels.pop().lower()}”" if len(labels) == 1 else "answered favourably"
    if top == bottom:
        return (f"Every question was {answered} equally often ({rounded(100 * top)}%).",)
    said = (f"Most often {answered}: {_named(ranked, top)}.", f"Least often {answered}: {_named(ranked, bottom)}.")
    first, last = headline(ranked[0][1]), headline(ranked[-1][1])
    highest, lowest = ((one.numerator, one.denominator) for one in (first, last))
    if not ends_differ(highest, lowest, len(ranked)):
        return (*said, _ENDS_BY_CHANCE)
    return said


def _named(ranked: list[tuple[Fraction, QuestionResult]], share: Fraction) -> str:
    chosen = [result for each, result in ranked if each == share]
    chosen.sort(key=lambda result: -headline(result).denominator)  # first what rests on more returns
    told = []
    for one in chosen[:3]:
        found = headline(one)
        applied = f"{found.numerator} of {count_of(found.denominator, 'return')} to which it applied"
        told.append(f"{one.question.id} “{one.question.text}” ({applied}, {found.percent}%)")
    if len(chosen) > 3:
        told.append(count_of(len(chosen) - 3, "other question"))
    return listed(told)


def section_description(title: str, results: Sequence[QuestionResult]) -> str:
    """What a chart of a section shows, question by question."""
    return f"{title}. " + " ".join(f"{result.question.id}: {question_sentence(result)}" for result in results)


def response_sentences(grid: ReturnsGrid) -> tuple[str, ...]:
    """How many forms were asked for, came back, and did not: numbers that add up to those asked for; then how many came in time."""
    told = ["No forms were asked for."]
    if grid.asked:
        unsettled, empty, aside = (len(grid.in_state(state)) for state in ("unsettled", "empty", "set_aside"))
        ruled_out = f"came and {'was' if aside == 1 else 'were'} set aside by a person"
        seen = f"came in but cannot be counted until a person has seen to {'it' if unsettled == 1 else 'them'}"
        have = "has" if grid.not_back == 1 else "have"
        became = [f"{grid.came_back or 'none'} came back ({grid.percent_back}%)"]
        became += [f"{n} {what}" for n, what in ((unsettled, seen), (empty, "came empty"), (aside, ruled_out)) if n]
        became += [f"{grid.not_back} {have} not come back"] if grid.not_back else []
        told = [f"{count_of(grid.asked, 'form was', 'forms were')} asked for: {listed(became)}.", *_in_time(grid)]
    if extra := grid.extra:
        them, they = ("was", "it is") if extra == 1 else ("were", "they are")
        told.append(
            f"{count_of(extra, 'return')} that nobody had asked for {them} read too; "
            f"{they} in the findings, but not in this count."
        )
    asked_for = sum(len(cell.return_ids) for cell in grid.in_state("returned", "late"))
    if asked_for > grid.came_back:
        told.append(
            f"{asked_for} returns answer {count_of(grid.came_back, 'request')}, as a request can bring more than one form."
        )
    return (" ".join(told),)


def _in_time(grid: ReturnsGrid) -> list[str]:
    """How many of those that came back came by the date asked for, where that can be told of some and is not so of all."""
    back = grid.in_state("returned", "late")
    late, undated = len(grid.in_state("late")), sum(cell.undated for cell in back)
    no_date = sum(not cell.due for cell in back)
    if undated == len(back) and undated:
        they = "they" if undated > 1 else "it"
        return [f"Whether {they} came by the date asked for is not known: no date of receipt is recorded."]
    if not late and not undated:
        return []
    counts = (
        (len(back) - late - undated - no_date, "came by the date asked for"),
        (late, "came after the date asked for"),
        (undated, "came on a day that is not recorded"),
        (no_date, "had no date to come by"),
    )
    return [f"Of the {len(back)} that came back, {listed(f'{n} {what}' for n, what in counts if n)}."]


def cases_words(counts: Iterable[CaseCounts]) -> str:
    """``6``; where nothing came back about some, ``6 asked about; returns for 5``. Of several audits all together."""
    every = list(counts)
    known, returned = sum(one.known for one in every), sum(one.returned for one in every)
    if known == returned:
        return str(known)
    return f"{known} {'known' if any(one.some_only_described for one in every) else 'asked about'}; returns for {returned or 'none'}"


def back_of(cells: Iterable[GridCell]) -> str:
    """``3 of 5``: how many of the forms asked for are back; an en dash where none was asked for."""
    states = [cell.state for cell in cells if cell.state != "extra"]
    return f"{sum(state in ('returned', 'late') for state in states)} of {len(states)}" if states else "–"


def files_sentence(grid: ReturnsGrid) -> str:
    """What became of every file received."""
    files = grid.files
    if not grid.files_received:
        return "No file was received."
    return (
        f"{count_of(grid.files_received, 'file was', 'files were')} received: {files['read']} read, {files['superseded']} "
        f"replaced by a later version, {files['duplicate']} received twice, {files['rejected']} not read."
    )


def grade_sentence(counts: GradeCounts, instrument: Instrument) -> str:
    """How one thing was graded: each grade that was given, then who gave none."""
    scale = instrument.grade_scale_of(counts.name)
    if not counts.total:
        return f"{counts.title}: no return was read."
    codes = [code for code in counts.return_ids if code not in NOT_SUBSTANTIVE and counts.count(code)]
    derived = any(thing.id == counts.name and thing.asked == "derived" for thing in instrument.grades)
    verb = "came out as" if derived else "graded it"  # said once, with the first
    given = [
        f"{counts.count(code)} {'' if at else f'{verb} '}{said_in_words(scale.label(code))}"
        for at, code in enumerate(codes)
    ]
    left = not_counted(counts.count("missing"), counts.count("unclear"))
    rest = f" ({left[0]})" if left else ""
    if not given:
        none = "the one return gave no" if counts.total == 1 else f"none of the {counts.total} returns gave a"
        return f"{counts.title}: {none} grade that can be read{rest}."
    return f"{counts.title}: of {count_of(counts.total, 'return')}, {listed(given)}{rest}."


def said_in_words(label: str) -> str:
    """A grade within a sentence; one that begins with a number stands in quotation marks, as numbers stand before it."""
    return f"“{label}”" if label[:1].isdigit() else label.lower()


def grade_map_sentence(found: GradeMap) -> str:
    """In how many cells agencies graded the same work alike."""
    shared = [cell for cell in found.cells.values() if cell.n > 1]
    alike = sum(1 for cell in shared if len(set(cell.ranked)) == 1)
    if not shared:
        return "Nowhere did two agencies grade the same section of the same case, so they cannot be compared."
    often = "each time" if alike == len(shared) else times(alike)
    same = f"they all gave the same grade {often}" if alike else "they never all gave the same grade"
    return f"Two or more agencies graded the same section, or the whole, of the same case {times(len(shared))}; {same}."


def times(n: int) -> str:
    """``once``, ``twice``, ``3 times``."""
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def grade_label(instrument: Instrument, grade: str) -> str:
    """The label of a grade, of whichever scale of the instrument has it; an en dash for none."""
    for scale in instrument.scales.values():
        if scale.kind == "grade" and (grade in scale.values or grade in NOT_SUBSTANTIVE):
            return scale.label(grade)
    return "–"


def score_sentence(result: ScoreResult, line: Score | None = None) -> str:
    """The scores of one case, or of the whole audit; with ``line`` it says what is scored."""
    left = not_counted(len(result.missing), len(result.unclear))
    rest = f" ({left[0]})" if left else ""
    score = f"the work as a whole a score from {line.minimum:g} to {line.maximum:g}" if line else "a score"
    if not result.n:
        return f"No return gave {score}{rest}."
    low, high = plain_number(result.low), plain_number(result.high)
    if result.n == 1:
        return f"One return gave {score}: {high}{rest}."
    if low == high:
        return f"{result.n} returns gave {score}: {'both' if result.n == 2 else 'all'} {high}{rest}."
    middle = f"mean {decimal(result.mean)}"
    if result.n > 2:
        middle += f", median {plain_number(result.median)}"
    return f"{result.n} returns gave {score}: {middle}, lowest {low}, highest {high}{rest}."


def scores_description(scores: Scores) -> str:
    """What the chart of scores shows, case by case."""
    return " ".join(
        [
            *(f"Case {one.case}: {score_sentence(one)}" for one in scores.by_case),
            f"All: {score_sentence(scores.together)}",
        ]
    )


def plain_number(score: Decimal | None) -> str:
    """A score as a person writes it: no zeros at the end; an en dash for none."""
    return "–" if score is None else f"{score.normalize():f}"


def comments_sentence(groups: Sequence[CommentGroup]) -> str:
    """How many comments, from how many returns."""
    n = sum(group.n for group in groups)
    returns = {found for group in groups for found in group.return_ids}
    if not n:
        return "No comments were made here."
    return f"{count_of(n, 'comment')} from {count_of(len(returns), 'return')}."


def published_sentence(results: Sequence[PublishedResult]) -> str:
    """How many published figures the returns give again."""
    same = sum(result.reproduced for result in results)
    if not results:
        return "No figures were published for this audit."
    if same == len(results):
        return f"{'The one published figure is' if same == 1 else f'All {same} published figures are'} reproduced from the returns."
    return f"{same} of {count_of(len(results), 'published figure')} can be reproduced from the returns; {len(results) - same} cannot."


def gaps_sentence(found: Gaps) -> str:
    """How much is missing or unclear, of everything that could have been given."""
    whole = found.together
    if not whole.of:
        return "No return was read, so there is nothing that could be missing."
    return (
        f"Of the {count_of(whole.of, 'value')} that the returns could have given (answers, grades and scores), "
        f"{len(whole.missing)} {_is(len(whole.missing))} missing ({percent_text(len(whole.missing), whole.of)}) and "
        f"{len(whole.unclear)} cannot be read for certain ({percent_text(len(whole.unclear), whole.of)})."
    )


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def checks_sentence(groups: Sequence[QualityGroup]) -> str:
    """How many things the checks found, by how much they matter, and how many rulings of a person were applied."""
    counts = {severity: sum(group.n for group in groups if group.severity == severity) for severity in SEVERITIES}
    words = ("to be settled before the figures can be relied on", "to be looked at", "worth knowing")
    found = [(n, what) for n, what in zip(counts.values(), words, strict=True) if n]
    told = [f"{n if place else count_of(n, 'thing')} {what}" for place, (n, what) in enumerate(found)]
    settled = sum(group.n for group in groups if group.check == "ruling_applied")
    among = f" Among them {_is(settled)} {count_of(settled, 'ruling')} by a person." if settled else ""
    return f"The checks found {listed(told)}.{among}"
