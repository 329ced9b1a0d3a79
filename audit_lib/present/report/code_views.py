"""What comments are about, looked at in other ways: by part of the form, agency and grade, together, by words; and what has no code."""

from __future__ import annotations

from audit_lib.analysis.code_groups import CodesByGroup, by_agency, by_grade, by_question, by_section, together
from audit_lib.analysis.codings import CodeCount, coded_comments
from audit_lib.analysis.distinctive import distinctive_words, words_of
from audit_lib.analysis.grades import OVERALL
from audit_lib.analysis.rows import case_and_place, text_rows
from audit_lib.analysis.suggestions import suggested_groups
from audit_lib.present.html import Block, Cell, Number, Table, bullets, folded, note, nothing, show, table
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import count_of, source
from audit_lib.schema import COLUMNS
from audit_lib.store import AuditTables

_PAIRS, _QUOTES, _WORDS = 15, 4, 5
_SUGGESTED = (
    "A computer put together comments without a subject that use the same words. These groups are suggestions to those who keep the list "
    "of subjects, and not findings: read the comments, and if a subject is missing, add it."
)
_STAND_OUT = (
    "A word is listed when a greater share of these comments holds it than of all other comments, so clearly that chance is no good "
    "explanation, even with all the words that were looked at. A text that was pasted counts once. Words by which the program knows a "
    "subject are left out for that subject."
)


def code_tables(tables: AuditTables) -> Block:
    """Codes by section or question, by agency and by the grade of the same return; codes in the same comment; words that stand out."""
    codes = _codes(tables)
    if not codes:
        return nothing("No comment has a subject, so there is nothing to look at in other ways.")
    names, comments, instrument = _names(tables), tables.comments, tables.instrument
    sections = by_section(codes, comments, instrument)
    titles = {one.id: one.title for one in instrument.grades} | {one.id: one.title for one in instrument.sections}
    titles[""] = "The case as a whole"
    blocks = []
    if len(sections.of) > 1:
        blocks.append(
            _matrix("Show subjects by section of the form", "Comments by subject and section", sections, names, titles)
        )
    questions = by_question(codes, comments, instrument)
    if questions.codes:
        asked = {one: f"{one} {question.text}" for one, question in instrument.questions.items()}
        blocks.append(
            _listing(
                "Show subjects by question", "Subjects of the comments beside each question", questions, names, asked
            )
        )
    agencies = by_agency(codes, comments)
    blocks.append(_listing("Show subjects by agency", "Subjects of the comments of each agency", agencies, names, {}))
    if OVERALL in [thing.id for thing in instrument.grades]:
        scale = instrument.grade_scale_of(OVERALL)
        grades = by_grade(
            codes, comments, tables.grades, OVERALL, [code for code in scale.values if code in scale.order]
        )
        if any(grades.of):
            labels = {code: scale.label(code) for code in scale.values} | {"": "No grade"}
            caption = "Comments by subject and by the grade that the same return gave to the whole"
            blocks.append(_matrix("Show subjects by grade", caption, grades, names, labels))
    blocks += [*_together(codes, names), *_words(tables, codes, names)]
    return show(*blocks)


def suggestions(tables: AuditTables) -> Block:
    """Groups of comments without a code that use the same words, for whoever keeps the codebook."""
    coded = {comment.comment_id for one in _codes(tables) for comment in one.comments}
    rows = [row for row in text_rows(tables.comments) if row["comment_id"] not in coded]
    rows = list({row["text"]: row for row in reversed(rows)}.values())[::-1]  # a text that was pasted counts once
    found = suggested_groups([row["text"] for row in rows])
    if not found:
        return nothing("No group of comments without a subject shares words, so nothing is suggested.")
    blocks = []
    for one in found:
        chosen = sorted((rows[place] for place in one.places), key=case_and_place)[:_QUOTES]
        items = [(row["text"], source(row["case"], row["agency"], COLUMNS[row["column"]])) for row in chosen]
        name = ", ".join(one.words)
        returns = len({rows[place]["return_id"] for place in one.places})
        told = f"{count_of(len(one.places), 'comment')} from {count_of(returns, 'return')}"
        blocks.append(folded(f"{name}: {told}", bullets(name, items)))
    return folded("Show what the list of subjects may lack", note(_SUGGESTED), *blocks, working=True)


def _codes(tables: AuditTables) -> tuple[CodeCount, ...]:
    return coded_comments(tables.comments, tables.codings, [code.id for code in tables.book.codes]).codes


def _names(tables: AuditTables) -> dict[str, str]:
    return {code.id: code.name for code in tables.book.codes}


def _matrix(summary: str, caption: str, found: CodesByGroup, names: dict[str, str], titles: dict[str, str]) -> Block:
    groups = list(found.of)
    rows: list[tuple[Cell, ...]] = [
        (names[code], *(Number(str(found.count(code, group) or NONE)) for group in groups)) for code in found.codes
    ]
    rows.append(("All comments, with a subject or without", *(Number(str(found.of[group])) for group in groups)))
    headings = ("What comments are about", *(titles[group] for group in groups))
    return folded(summary, table(Table(caption, headings, tuple(rows))))


def _listing(summary: str, caption: str, found: CodesByGroup, names: dict[str, str], titles: dict[str, str]) -> Block:
    rows: list[tuple[Cell, ...]] = []
    for group, number in found.of.items():
        counts = sorted(
            ((found.count(code, group), code) for code in found.codes if found.count(code, group)),
            key=lambda one: -one[0],
        )
        told = ", ".join(f"{names[code]} ({count})" for count, code in counts)
        rows.append((titles.get(group, group), Number(str(number)), told or NONE))
    return folded(
        summary, table(Table(caption, ("Comments of", "Comments", "What they are about (comments)"), tuple(rows)))
    )


def _together(codes: tuple[CodeCount, ...], names: dict[str, str]) -> list[Block]:
    found = [one for one in together(codes) if one.both > 1]
    pairs, more = found[:_PAIRS], len(found) - _PAIRS
    if not pairs:
        return []
    rows: list[tuple[Cell, ...]] = [
        (
            f"{names[one.first]} and {names[one.second]}",
            Number(str(one.both)),
            Number(str(one.either)),
            Number(str(len({comment.return_id for comment in one.comments}))),
        )
        for one in pairs
    ]
    headings = ("Two subjects", "Comments with both", "With one at least", "Returns")
    left_out = (
        [note(f"{count_of(more, 'more pair')} of subjects can be worked out from the table codings.")]
        if more > 0
        else []
    )
    shown = table(Table("Subjects of the same comment", headings, tuple(rows)))
    return [folded("Show subjects that occur together", shown, *left_out)]


def _words(tables: AuditTables, codes: tuple[CodeCount, ...], names: dict[str, str]) -> list[Block]:
    comments = text_rows(tables.comments)
    looked_at: dict[str, tuple[set[str], set[str]]] = {
        f"Column: {COLUMNS[column]}": ({row["comment_id"] for row in comments if row["column"] == column}, set())
        for column in COLUMNS
    }
    for one in codes:
        shown = {word for comment in one.comments for word in words_of(comment.evidence)}
        looked_at[names[one.code]] = ({comment.comment_id for comment in one.comments}, shown)
    compared = {
        name: (
            [row["text"] for row in comments if row["comment_id"] in ids],
            [row["text"] for row in comments if row["comment_id"] not in ids],
            without,
        )
        for name, (ids, without) in looked_at.items()
    }
    rows: list[tuple[Cell, ...]] = [
        (name, word.word, Number(f"{word.inside} of {word.of}"), Number(f"{word.outside} of {word.others}"))
        for name, found in distinctive_words(compared, _WORDS).items()
        for word in found
    ]
    if not rows:
        return []
    headings = ("Comments of", "Word", "Comments with it", "Among all others")
    return [
        folded(
            "Show words that stand out", note(_STAND_OUT), table(Table("Words that stand out", headings, tuple(rows)))
        )
    ]
