"""People's codings put together, and how far coders agree, as lines of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from audit_lib.analysis.coder_agreement import (
    FEWEST,
    MISLEADING,
    TOOL,
    CodeAgreement,
    CoderAgreement,
    coder_agreement,
    codings_by_coder,
)
from audit_lib.analysis.proportions import percent
from audit_lib.checked_files import read_csv
from audit_lib.codebook.book import Codebook
from audit_lib.pipeline.reading_codings import ReadCodings
from audit_lib.present.sentences import count_of
from audit_lib.store import AuditTables
from audit_lib.text import listed

Row = tuple[str, str, str]
_HEAD = ("comment_id", "code", "coder")
_PROGRAM = "the program"


def merged(former: Iterable[Mapping[str, str]], read: Iterable[ReadCodings], anew: Iterable[str] = ()) -> list[Row]:
    """(comment_id, code, coder) of ``former`` and of what was read, sorted. What was read takes the place of what the same person
    said of the same comment before; for the coders in ``anew``, of all that they said before.
    """
    new, again = {row for one in read for row in one.rows}, set(anew)
    spoken = {(comment, coder) for comment, _, coder in new}
    kept = {(row["comment_id"], row["code"], row["coder"]) for row in former}
    return sorted(new | {row for row in kept if row[2] not in again and (row[0], row[2]) not in spoken})


def coders_read(read: Iterable[ReadCodings], coder: str) -> set[str]:
    """Whose codings the files hold: ``coder``, where one is given, though the sheet be empty, and the people named in projects."""
    return {by for one in read for _, _, by in one.rows} | ({coder} if coder else set())


def former_lines(
    former: Iterable[Mapping[str, str]], read: Iterable[ReadCodings], rows: Iterable[Row], anew: Iterable[str]
) -> Iterator[str]:
    """What became of earlier codings of which the files say nothing: for each person who was read, of how many comments they stay; for
    each of ``anew``, of how many they are taken back. ``rows`` are what :func:`merged` gives.
    """
    again = set(anew)
    now = {(comment, coder) for comment, _, coder in rows}
    new = {(comment, coder) for one in read for comment, _, coder in one.rows}
    old = {(row["comment_id"], row["coder"]) for row in former}
    for coder in sorted(again | {coder for _, coder in new}):
        if gone := sum(by == coder for _, by in old - now):
            yield f"earlier codings of {count_of(gone, 'comment')} by {coder} taken back"
        elif stays := sum(by == coder for _, by in old - new):
            yield f"earlier codings of {count_of(stays, 'comment')} by {coder} stay; to take back what the files do not hold, add --replace"


def codings_there(path: Path) -> list[dict[str, str]]:
    """The rows of a ``codings.csv`` that is to be added to; none where there is no such file. Raises UserFault for a file of another kind,
    so that nothing else is overwritten.
    """
    return [row for _, row in read_csv(path, _HEAD)]


def codings_csv(rows: Iterable[Row]) -> bytes:
    """The rows as a ``codings.csv`` for the folder of an audit."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([_HEAD, *rows])
    return out.getvalue().encode()


def read_lines(read: ReadCodings) -> Iterator[str]:
    """What a file held, in sentences: what was taken, and what was not and why."""
    people = sorted({coder for _, _, coder in read.rows})
    comments = len({comment for comment, _, _ in read.rows})
    if read.rows:
        yield f"{count_of(len(read.rows), 'coding')} of {count_of(comments, 'comment')} by {listed(people)}"
    else:
        yield "no coding by a person"
    if read.tool:
        yield f"{count_of(read.tool, 'coding')} by the program left out"
    if read.stray:
        yield f"{count_of(read.stray, 'coding')} left out, because it is not certain on which comment they lie"
    if read.gone:
        yield f"left out, because the audit does not have (any longer) {count_of(len(read.gone), 'comment')}: {', '.join(read.gone)}"
    if read.unknown:
        names = ", ".join(f"'{name}'" for name in read.unknown)
        yield f"left out, because the codebook does not have the code: {names}; give the code in the other program a name of the codebook"


def agreement_lines(tables: AuditTables, rows: Sequence[Row], book: Codebook) -> Iterator[str]:
    """For every two coders, and for each and the program: each code with what they did, then figures for it."""
    given = [dict(zip(_HEAD, row, strict=True)) for row in rows]
    found = coder_agreement(codings_by_coder(tables.comments, given, book), [code.id for code in book.codes])
    if not found:
        yield "No person has coded a comment yet: audit export --to coding-sheet makes a workbook for it."
    names = {code.id: code.name for code in book.codes}
    for one in found:
        yield ""
        yield from _pair_lines(one, names)


def _pair_lines(one: CoderAgreement, names: Mapping[str, str]) -> Iterator[str]:
    first, second = (_PROGRAM if coder == TOOL else coder for coder in (one.first, one.second))
    f1 = "" if one.f1 is None else f"; over all codes F1 (1 is full agreement) is {one.f1:.2f}"
    who = "the person coded" if one.second == TOOL else "both coded"
    yield f"{first} beside {second}: {count_of(one.comments, 'comment')} that {who}{f1}"
    if not one.enough:
        yield f"  fewer than {FEWEST} comments are too few to speak of agreement: counts only"
    head = ("code", "both", f"only {first}", f"only {second}", "neither")
    table: list[tuple[str, ...]] = [(*head, "agree", "kappa", "alpha", "") if one.enough else head]
    for code in one.codes:
        counts = (names[code.code], str(code.both), str(code.first), str(code.second), str(code.neither))
        table.append((*counts, *_figures(code)) if one.enough else counts)
    if not one.codes:
        yield "  neither gave any code"
        return
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for name, *cells in table:
        numbers = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        yield f"  {name.ljust(widths[0])}  {'  '.join(numbers)}".rstrip()
    if one.enough and any(code.misleading for code in one.codes):
        yield f"  * nearly all comments have this code or nearly none (prevalence index {MISLEADING} or more): trust the counts, not kappa"


def _figures(code: CodeAgreement) -> tuple[str, ...]:
    figures = ("-" if value is None else f"{value:.2f}".replace("-0.00", "0.00") for value in (code.kappa, code.alpha))
    return (f"{percent(code.both + code.neither, code.n)}%", *figures, "*" if code.misleading else "")
