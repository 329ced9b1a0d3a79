"""What agencies wrote about, over several audits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from audit_lib.analysis.code_trends import codes_over_years
from audit_lib.analysis.comparison import Series
from audit_lib.analysis.distinctive import distinctive_words
from audit_lib.analysis.rows import text_rows
from audit_lib.errors import UserFault
from audit_lib.present import links
from audit_lib.present import years_words as say
from audit_lib.present.drawing import NARROW, WIDTH
from audit_lib.present.html import Block, Cell, Number, Table, chart, findings, folded, note, nothing, show, table
from audit_lib.present.sentences import count_of
from audit_lib.present.years import behind
from audit_lib.present.years.audits import Audits, audited
from audit_lib.present.years_charts import years_chart
from audit_lib.schema import COLUMNS
from audit_lib.text import listed, slug

_DRAWN, _WORDS = 8, 8
_TITLES = {"going_well": "Going well", "worried": "Worries", "needs_to_happen": "Needs to happen"}
_HOW = (
    "A return counts once for a subject, however many of its comments are about it, and only returns with a comment there are counted. "
    "The program finds subjects by words: where an audit left more room to write, or people wrote at greater length, more is found."
)


def codes(audits: Audits, column: str) -> Block:
    """In how many returns each code was raised in one column, over the audits. Raises UserFault for an unknown column."""
    if column not in COLUMNS:
        raise UserFault(f"column is '{column}'; expected {', '.join(COLUMNS)}")
    found = codes_over_years(audits, _names(audits), [column])
    told = audited(audits)
    if max((len(one.points) for one in found), default=0) < 2:
        return nothing("Fewer than two of these audits have comments there that could be put under a subject.")
    opens = behind.anchor(audits)
    if not any(one.changes for one in found):
        return show(
            note(
                "The audits used different tools or codebooks, or people coded some of the comments, so nothing is said about change."
            ),
            table(_side_by_side(found, told, column, opens)),
            behind.series(column, found, audits),
        )
    called = say.names(told)
    sentences: list[str] = [
        links.linked(
            f"{one.last.text}. {say.series_sentence(one, called)}",
            {one.last.text: opens(one)},
            opens(one),
            compared=True,
        )
        for one in found
        if one.moved
    ]
    sentences = sentences or ["Of no subject can it be said that it was raised more or less often than before."]
    drawn, more = found[:_DRAWN], len(found) - _DRAWN
    rows = [(one.last.text, one, opens(one)) for one in drawn]
    described = " ".join(f"{words}: {say.series_sentence(one, called)}" for words, one, _ in rows)
    left_out = f" Another {count_of(more, 'subject')} can be found in the table." if more > 0 else ""
    caption = f"{_TITLES.get(column, COLUMNS[column])}: the share of returns that raised it, by audit.{left_out}"
    title = f"{_TITLES.get(column, column)} over the audits"
    picture, narrow = (years_chart(f"codes-{column}", title, rows, told, described, width) for width in (WIDTH, NARROW))
    data = say.again_table(f"{COLUMNS[column].capitalize()}: returns that raised it", found, told, opens)
    anchor = f"behind-codes-{slug(column)}"
    shown = links.linked(caption, {}, anchor, compared=True)
    return show(
        findings(*sentences), chart(picture, shown, data, anchor, narrow=narrow), behind.series(caption, found, audits)
    )


def all_codes(audits: Audits) -> Block:
    """In how many returns of each audit each code was raised, in any column; tools differ, so nothing is compared."""
    found = codes_over_years(audits, _names(audits), list(COLUMNS))
    if not found:
        return nothing("No comment of these audits could be put under a subject.")
    told = _side_by_side(found, audited(audits), "any column", behind.anchor(audits))
    return show(table(told), behind.series("Subjects of comments in any column", found, audits))


def words(audits: Audits) -> Block:
    """The words that comments of each audit hold more often than those of the others."""
    texts = {tables.audit: [row["text"] for row in text_rows(tables.comments)] for tables in audits}
    called = say.names(audited(audits))
    compared = {
        audit: (inside, [text for other, those in texts.items() if other != audit for text in those], frozenset[str]())
        for audit, inside in texts.items()
    }
    rows: list[tuple[Cell, ...]] = []
    standing: list[behind.Standing] = []
    for audit, found in distinctive_words(compared, _WORDS).items():
        for word in found:
            standing.append(behind.Standing(audit, word, f"behind-word-{len(standing) + 1}"))
            opens = standing[-1].anchor
            shares = Number(f"{word.inside} of {word.of}", opens), Number(f"{word.outside} of {word.others}", opens)
            rows.append((called[audit], word.word, *shares))
    if not rows:
        return nothing("No word stands out in the comments of any of these audits.")
    headings = ("Comments of", "Word", "Comments with it", "In the other audits")
    told = listed(dict.fromkeys(str(row[0]) for row in rows))
    summary = f"Show words that stand out ({told})"
    shown = table(Table("Words that stand out in the comments of an audit", headings, tuple(rows)))
    return folded(summary, shown, behind.words(standing, called))


def how_codes_are_counted() -> Block:
    """How the counts of codes are to be read."""
    return note(_HOW)


def _names(audits: Audits) -> dict[str, str]:
    return {code.id: code.name for tables in audits for code in tables.book.codes}


def _side_by_side(
    found: Sequence[Series], told: Sequence[say.Audited], column: str, opens: Callable[[Series], str]
) -> Table:
    called = say.names(told)
    met = {point.audit for one in found for point in one.points}
    there = [one.audit for one in told if one.audit in met]
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        points = {point.audit: point for point in one.points}
        cells = (
            Number(say.share_words(points[audit]), opens(one)) if audit in points else Number("not in its codebook")
            for audit in there
        )
        rows.append((one.last.text, *cells))
    caption = f"Returns that raised each subject, of those with comments ({COLUMNS.get(column, column)})"
    return Table(caption, ("What comments are about", *(called[audit] for audit in there)), tuple(rows))
