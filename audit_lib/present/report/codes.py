"""What agencies told us, by what their comments are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit_lib.analysis.codings import CodeCount, Coded
from audit_lib.codebook.book import Code, Codebook
from audit_lib.present import links
from audit_lib.present.html import Block, Cell, Number, Table, bullets, findings, folded, note, nothing, show, table
from audit_lib.present.report import results
from audit_lib.present.report.coders import coder_blocks
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import count_of, source
from audit_lib.schema import COLUMNS
from audit_lib.store import AuditTables
from audit_lib.text import listed

_IN_TABLES = ("evidence", "impact")  # they stand in no list of comments that the page could take more from
_SHOWN = ("going_well", "worried", "needs_to_happen")
_QUOTES, _TELLING, _LONG, _WORD = 4, 3, 240, 30  # of characters: a long comment, as far as a word is looked for
_HEADINGS = {"going_well": "Going well", "worried": "Worries", "needs_to_happen": "Needs to happen"}
HOW = (
    "The program finds the subjects of a comment by its words; people can overrule it. A comment can be about several subjects. Whether it "
    "is praise or a worry is told by its column."
)


def codes(tables: AuditTables) -> Block:
    """How many comments are about each code, by column; the worries without anything that has to happen; quotations."""
    book = tables.book
    found = results.coded(tables)
    if not found.codes:
        return nothing("No comment could be put under a subject.")
    known = {code.id: code for code in book.codes}
    by_column = any(one.count(column) for one in found.codes for column in _SHOWN)
    sentences = [coded_sentence(found, known)]
    if by_column and (open_worries := unanswered(found)):
        names = listed(f"{known[one.code].name} ({one.count('worried')})" for one in open_worries)
        sentences.append(
            f"By their words alone, no comment on what needs to happen answers the worries about: {names}. "
            "Whether an action does has to be read."
        )
    quoted = folded(
        "Read what was said, by subject",
        *(_quoted(one, known[one.code], place) for place, one in enumerate(found.codes)),
    )
    return show(findings(*sentences), table(_table(found, book, by_column)), quoted, note(HOW), *coder_blocks(tables))


def coded_sentence(found: Coded, known: dict[str, Code]) -> str:
    """Which codes most comments are about, and how many comments have none."""
    most = listed(f"{known[one.code].name} ({count_of(one.n, 'comment')})" for one in found.codes[:_TELLING])
    told = f"Comments are most often about: {most}"
    alike = sum(one.n == found.codes[:_TELLING][-1].n for one in found.codes[_TELLING:])
    told += f", and {count_of(alike, 'other subject')} as often as the last of these." if alike else "."
    if found.without:
        told += f" {found.without} of {count_of(found.comments, 'comment')} could not be put under a subject"
        told += (
            f", {'all' if found.unsure == found.without else found.unsure} because their words were too weak a sign."
            if found.unsure
            else "."
        )
    return told


def unanswered(found: Coded) -> list[CodeCount]:
    """The codes that are a worry in some comment and in none something that needs to happen, most worries first."""
    worries = [one for one in found.codes if one.count("worried") and not one.count("needs_to_happen")]
    return sorted(worries, key=lambda one: -one.count("worried"))


def _table(found: Coded, book: Codebook, by_column: bool) -> Table:
    names = {code.id: code.name for code in book.codes}
    others = [column for column in COLUMNS if column not in _SHOWN]
    rows: list[tuple[Cell, ...]] = []
    for place, one in enumerate(found.codes):
        split = [*((column,) for column in _SHOWN), tuple(others)] if by_column else []
        cells = [_linked(one, names[one.code], columns, place) for columns in split]
        total = replace(_linked(one, names[one.code], tuple(COLUMNS), place), columns=())
        numbers = (total, *(Number(str(number)) for number in (len(one.return_ids), len(one.cases))))
        rows.append((names[one.code], *cells, *numbers))
    split_headings = (*_HEADINGS.values(), "Other") if by_column else ()
    headings = ("What comments are about", *split_headings, "Comments", "Returns", "Cases")
    return Table("Comments by what they are about", headings, tuple(rows), alike=True).without_empty(NONE)


def _linked(one: CodeCount, name: str, columns: Sequence[str], place: int) -> Number:
    """How many comments of some columns have the code; it leads to what they say."""
    there = [column for column in columns if one.count(column)]
    if not there:
        return Number(NONE)
    number = sum(map(one.count, there))
    said = ", ".join([f"{count_of(number, 'comment')}: {name}", *([COLUMNS[there[0]]] if len(columns) == 1 else [])])
    return Number(str(number), links.of_comments(there[0], place), said, place, tuple(there))


def _quoted(one: CodeCount, code: Code, place: int) -> Block:
    blocks = []
    for column in filter(one.count, COLUMNS):  # in the order of the table, so that a link to the first leads to all
        of_column = [comment for comment in one.comments if comment.column == column]
        items = [
            (_cut(each.text, each.start), source(each.case, each.agency, COLUMNS[each.column]))
            for each in (of_column if column in _IN_TABLES else of_column[:_QUOTES])
        ]
        blocks.append(bullets(code.name, items, links.of_comments(column, place)))
        if more := len(of_column) - len(items):
            blocks.append(
                note(
                    f"{count_of(more, 'more comment')} ({COLUMNS[column]}) among all comments of that kind, further down."
                )
            )
    return folded(f"{code.name}: {count_of(one.n, 'comment')}", *blocks)


def _cut(text: str, start: int) -> str:
    """A long comment cut around the place where the words begin that show its code."""
    if len(text) <= _LONG:
        return text
    begin = max(start - _LONG // 2, 0)
    piece = text[begin : begin + _LONG]
    if begin:
        cut = piece[:_WORD].partition(" ")[2] + piece[_WORD:] if " " in piece[:_WORD] else piece
        piece = f"…{cut}"
    if begin + _LONG >= len(text):
        return piece
    return f"{piece[:-_WORD]}{piece[-_WORD:].rpartition(' ')[0] or piece[-_WORD:]}…"
