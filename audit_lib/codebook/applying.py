"""Coding comments that stand in a table of somebody's own, and a codebook for reading."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from audit_lib.checked_files import read_csv, shown_value
from audit_lib.codebook.book import Codebook
from audit_lib.codebook.coder import code_comment
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.schema import COLUMNS
from audit_lib.text import did_you_mean, listed, safe_cell


def apply_codebook(comments: Path, book: Codebook) -> tuple[str, str]:
    """The codings of a CSV file of comments (``id,column,text``) as CSV text (``id,code,evidence``), and how many comments came out
    how, in words: "7 of 9 comments coded; 1 with weak words only; 1 with none".

    One row a coding, in the order of the comments and then of the codebook; codings that are not certain are left out. Raises UserFault
    with every fault of the file.
    """
    faults: list[Fault] = []
    rows = read_csv(comments, ["id", "column", "text"], [], faults=faults)
    faults += [
        Fault(shown_path(comments), line, _fault_of(row["column"]))
        for line, row in rows
        if row["column"] not in COLUMNS
    ]
    if faults:
        raise UserFault(faults)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "code", "evidence"])
    coded = weak = 0
    for _, row in rows:
        codings = code_comment(row["column"], row["text"], book)
        certain = any(coding.certain for coding in codings)
        coded += certain
        weak += bool(codings) and not certain
        for coding in codings:
            if coding.certain:
                writer.writerow([safe_cell(row["id"]), coding.code, safe_cell(coding.evidence)])
    of = f"{coded} of {len(rows)} comment{'' if len(rows) == 1 else 's'} coded"
    return out.getvalue(), f"{of}; {weak} with weak words only; {len(rows) - coded - weak} with none"


def _fault_of(column: str) -> str:
    hint = did_you_mean(column, COLUMNS) or f"; expected {listed(COLUMNS, 'or')}"
    return f"'column' is {shown_value(column) if column else 'empty'}{hint}"


def codebook_lines(book: Codebook) -> Iterator[str]:
    """The codebook for reading: each code with its definition and what it takes in and leaves to others."""
    yield f"{book.title}: {len(book.codes)} codes"
    for code in book.codes:
        yield ""
        yield f"{code.id}: {code.name}"
        yield f"  {code.definition}"
        if code.include:
            yield f"  includes: {'; '.join(code.include)}"
        if code.exclude:
            yield f"  leaves to others: {'; '.join(code.exclude)}"
        if not (code.cues or code.hints):
            yield "  has no cues: for coding by hand"
