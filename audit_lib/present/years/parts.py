"""The parts of a report on several audits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from markupsafe import Markup

from audit_lib.analysis.comparison import Measured, Series, asked_again, by_concept
from audit_lib.analysis.followed import followed
from audit_lib.analysis.rows import text_rows
from audit_lib.errors import UserFault
from audit_lib.instruments import concepts as known_concepts
from audit_lib.present import links
from audit_lib.present import years_words as say
from audit_lib.present.drawing import NARROW, WIDTH
from audit_lib.present.followed_words import followed_sentence, followed_table, not_followed_table
from audit_lib.present.html import (
    Block,
    Detailed,
    Table,
    chart,
    definitions,
    findings,
    folded,
    note,
    nothing,
    render,
    show,
    table,
)
from audit_lib.present.report import results
from audit_lib.present.report.methods import rules
from audit_lib.present.report.opening import MADE_UP, PROFILES
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import cases_words, count_of, long_date
from audit_lib.present.years import behind
from audit_lib.present.years.audits import Audits, audited
from audit_lib.present.years_charts import range_rows, years_chart
from audit_lib.store import AuditTables, open_audit
from audit_lib.text import fold, listed

_FINISHED = ("done", "complete", "completed", "closed")
_FOLLOWED, _NOT_FOLLOWED = "behind-followed", "behind-not-followed"
_ASKED = {"answer": "Questions asked in the same words", "grade": "Grades asked for in the same words"}
_KINDS = {"answer": "answered", "grade": "graded"}


def header(audits: Audits, title: str, profile: str) -> Block:
    """The title of the report and which audits it compares. Raises UserFault for a profile that there is not."""
    if profile not in PROFILES:
        raise UserFault(f"profile is '{profile}'; expected {' or '.join(PROFILES)}")
    told = audited(audits)
    made_up = [f"{one.title}, {long_date(one.date)}" for one in told if one.synthetic]
    some = f"Made up for demonstration, so not to be compared with real audits: {listed(made_up)}."
    marks = [(MADE_UP if len(made_up) == len(told) else some, "synthetic")] if made_up else []
    marks.append((PROFILES[profile], profile))
    dates = [long_date(one.date) for one in told]
    period = f"{dates[0]} to {dates[-1]}" if len(dates) > 1 else "".join(dates)
    numbers = [
        ("Audits", str(len(told))),
        ("Cases", cases_words(one.cases for one in told)),
        ("Returns", str(sum(one.grid.read for one in told))),
    ]
    facts = [(name, Markup('<a href="#{}">{}</a>').format(behind.AUDITS, number)) for name, number in numbers]
    return render(
        "header", title, id="report", title=title, subtitle=period or "No audit", marks=marks, facts=facts, points=None
    )


def overview(audits: Audits) -> Block:
    """What rose, what fell, and what cannot be told."""
    again = asked_again(audits)
    named = behind.named(again, audits)
    said = say.overview_sentences(again, audited(audits))
    return show(
        findings(*(links.linked(each, named, behind.COMPARED, compared=True) for each in said)),
        behind.compared(again, audits),
    )


def which_audits(audits: Audits) -> Block:
    """The audits that are compared, with how many forms came back."""
    if not audits:
        return note("No audit has been coded.")
    rows = say.audits_table(audited(audits), partial(behind.of_audit, audits))
    return show(table(rows, behind.AUDITS), behind.whole_audits(audits))


def how_to_read(audits: Audits) -> Block:
    """How the comparisons are to be read."""
    return note(*say.HOW_TO_READ)


def questions(audits: Audits, kind: str) -> Block:
    """What was asked again, over the audits: ``kind`` is ``answer`` or ``grade``. Raises UserFault for another kind."""
    if kind not in _KINDS:
        raise UserFault(f"kind is '{kind}'; expected {' or '.join(_KINDS)}")
    told = audited(audits)
    again = [one for one in asked_again(audits) if one.last.kind == kind]
    if not again:
        return nothing(f"Nothing was {_KINDS[kind]} in two of these audits in the same words.")
    called, opens = say.names(told), behind.anchor(audits)
    rows = [(say.words(one), one, opens(one)) for one in again]
    described = " ".join(_sentence(words, one, called) for words, one, _ in rows)
    what = "answer that speaks for good practice" if kind == "answer" else "grade that is good enough"
    caption = f"The share of returns with the {what}, by audit. The line shows its likely range."
    drawn, narrow = (years_chart(f"years-{kind}", "Over the audits", rows, told, described, w) for w in (WIDTH, NARROW))
    data = say.again_table(_ASKED[kind], again, told, opens)
    sentences = [
        links.linked(_sentence(words, one, called), {words: anchor}, anchor, compared=True)
        for words, one, anchor in rows
        if one.moved
    ]
    drawing = chart(drawn, caption, data, narrow=narrow)
    return show(findings(*sentences), drawing, behind.series(caption, again, audits))


def _sentence(words: str, series: Series, called: Mapping[str, str]) -> str:
    return f"{words}{'' if words.endswith('?') else ':'} {say.series_sentence(series, called)}"


def _asked_words(one: Measured) -> tuple[str, str]:
    return one.kind, fold(one.text)


def _asked(one: Measured) -> str:
    return f"{one.asked} {one.text}" if one.kind == "answer" else f"grade, {one.text}"


def by_case(audits: Audits) -> Block:
    """The same questions by case: in how many at least one agency gave the answer."""
    again = [one for one in asked_again(audits) if one.last.kind == "answer"]
    if not again:
        return nothing("No question was asked in two of these audits in the same words.")
    return table(say.cases_table(again, audited(audits), behind.anchor(audits)))


def concepts(audits: Audits, *, reworded: bool = False) -> Block:
    """What different tools ask about the same thing, each with its figures; ``reworded``: only what they ask in other words."""
    told, texts = audited(audits), known_concepts()
    found = by_concept(audits)
    if reworded:
        found = {concept: series for concept, series in found.items() if _reworded(series)}
    if not found:
        return nothing(f"No two of these audits ask about the same thing{' in other words' if reworded else ''}.")
    of = behind.anchor(audits)
    elsewhere = {point: of(one) for one in asked_again(audits) for point in one.points} if reworded else {}

    def opens(one: Measured) -> str:
        return elsewhere.get(one) or of(Series((one,)))

    blocks = [note(say.BY_CONCEPT)]
    for concept in sorted(found, key=list(texts).index):
        series = found[concept]
        question, called = texts[concept], say.names(told)
        rows = [(f"{called[one.audit]}: {_asked(one)}", one, opens(one)) for one in series.points]
        audits_asking = count_of(len({one.audit for one in series.points}), "audit")
        summary = f"{question} ({_points(series)} in {audits_asking})"
        own = [Series((one,)) for one in series.points if one not in elsewhere]
        blocks.append(folded(summary, range_rows(rows, say.RANGES), behind.series(question, own, audits)))
    return show(*blocks)


def _reworded(series: Series) -> bool:
    """Whether one audit asks about the concept in words that another doesn't use."""
    words: dict[str, set[tuple[str, str]]] = {}
    for one in series.points:
        words.setdefault(one.audit, set()).add(_asked_words(one))
    first, *others = words.values()
    return any(other != first for other in others)


def recommendations(audits: Audits, of: str = "", *, compared_above: bool = True) -> Block:
    """What audits recommended, what became of it, and what later returns show; ``of`` is one audit, whose alone are told, without what
    stands behind them. ``compared_above``: what stands behind the questions asked again is on the page.
    """
    found = [one for one in followed(audits) if of in ("", one.first.audit)]
    if not found:
        return nothing("No earlier audit recorded a recommendation.")
    made = sum(len(tables.recommendations) for tables in audits if of in ("", tables.audit))
    called = say.names(audited(audits))
    on_page = asked_again(audits) if compared_above else ()
    by_later = dict.fromkeys(one for each in found for one in each.shown_by)
    own = [] if of else [one for one in by_later if one.last not in {each.last for each in on_page}]
    opens = (lambda _: "") if of else behind.anchor(audits)
    cannot = not_followed_table(found, called)
    shown = any(one.state in ("shown", "beside") for one in found)
    counted = "" if of else _FOLLOWED if shown else _NOT_FOLLOWED
    blocks = [findings(links.linked(followed_sentence(found, made), {}, counted, compared=True))]
    if shown:
        blocks.append(table(followed_table(found, called, opens), "" if of else _FOLLOWED))
    if cannot.rows:
        summary = f"Show those that cannot be followed, and why: {len(cannot.rows)}"
        blocks.append(folded(summary, table(cannot, "" if of else _NOT_FOLLOWED), paper="here"))
    return show(*blocks, behind.series("Recommendations followed", own, audits))


def since(tables: AuditTables, data: str) -> Block:
    """What changed since the audit that this one follows, in a line for the head of a report, or why nothing can be said; nothing
    where it follows none.

    ``data`` is the folder that holds ``processed/``.
    """
    name = "Since the earlier audit"
    earlier = results.about(tables)["follows"]
    if not earlier:
        return show()  # the list of what is not in the report says why
    try:
        both = (open_audit(earlier, data), tables)
    except UserFault:
        return definitions(
            name,
            [
                (
                    name,
                    f"The tables of {earlier}, which this audit follows, are not there, or were made by another version.",
                )
            ],
            "finding",
        )
    sentences = say.since_sentences(asked_again(both), audited(both))
    when = say.names(audited(both))[both[0].audit]
    told = links.linked(" ".join(sentences), _named(tables))
    return definitions(name, [(f"Since {when}", told)], "finding")


def _named(tables: AuditTables) -> dict[str, str]:
    return links.names(results.question_results(tables), results.grade_counts(tables))


def progress(tables: AuditTables, data: str) -> Block:
    """What became of the recommendations of the audit that this one follows, and what the returns of the two show.

    ``data`` is the folder that holds ``processed/``.
    """
    earlier = results.about(tables)["follows"]
    if not earlier:
        return nothing("No earlier audit is named that this one follows.")
    try:
        both = (open_audit(earlier, data), tables)
    except UserFault:
        return note(
            f"This audit follows {earlier}, whose tables are not there, or were made by another version. Put that audit beside this "
            "one and run both."
        )
    said = say.overview_sentences(asked_again(both), audited(both))
    changed = findings(*(links.linked(each, _named(tables)) for each in said))
    return show(changed, recommendations(both, earlier))


def open_recommendations(audits: Audits) -> Block:
    """Every recommendation that is not recorded as done and that no later audit carries on, by audit."""
    called = say.names(audited(audits))
    before = {tables.audit: [one.audit for one in audits[:place]] for place, tables in enumerate(audits)}
    carried = {
        row["carried_from"]
        for tables in audits
        for row in text_rows(tables.recommendations)
        if row["carried_from"].partition(":")[0] in before[tables.audit]
    }
    rows = [
        (Detailed(row["action"] or row["finding"] or NONE, f"{called[tables.audit]}, no. {row['id']}"), row["lead"] or NONE,
         long_date(row["due"]) if row["due"] else NONE, row["status"] or NONE)
        for tables in audits
        for row in text_rows(tables.recommendations)
        if row["status"].casefold() not in _FINISHED and f"{tables.audit}:{row['id']}" not in carried
    ]  # fmt: skip
    if not rows:
        return nothing("No recommendation is recorded as open.")
    headings = ("What was recommended", "Lead", "Date for completion", "Status")
    return table(Table("Recommendations that are not recorded as done", headings, tuple(rows)))


def how_made(audits: Audits) -> Block:
    """The rules by which figures were made, and what went in."""
    facts = []
    for tables in audits:
        about = results.about(tables)
        facts.append(
            (f"{tables.audit}", f"made by {about['made_by']}; fingerprint of the inputs {about['inputs_sha256']}")
        )
    made = listed(sorted({results.about(tables)["made_by"] for tables in audits}))
    return show(rules(behind.NEEDED), render("facts", f"Made by {made}", facts=facts))


def end(audits: Audits, title: str) -> Block:
    """The last line of a report: it stands there only when every part before it was made."""
    return note(f"End of the report: {title}.")


def _points(series: Series) -> str:
    """How many questions and grades of the audits measure one thing: ``2 grades``, ``3 questions and 1 grade``."""
    grades = sum(one.kind == "grade" for one in series.points)
    numbers = (len(series.points) - grades, "question"), (grades, "grade")
    return listed(count_of(number, what) for number, what in numbers if number)
