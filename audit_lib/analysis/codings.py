"""What comments are about, by code: counts of comments, returns and cases, never of mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from audit_lib.analysis.rows import case_and_place, in_order, text_rows
from audit_lib.codebook.book import NO_CODE
from audit_lib.schema import COLUMNS


@dataclass(frozen=True)
class CodedComment:
    """One comment with a code: where it comes from, what it says, and the words that show the code with their
    place in the text (empty and 0 for a person's coding)."""

    comment_id: str
    return_id: str
    case: str
    agency: str
    section: str
    question: str
    column: str
    text: str
    evidence: str
    start: int
    locator: str


@dataclass(frozen=True)
class CodeCount:
    """The comments that are about one code; unit comments."""

    code: str
    comments: tuple[CodedComment, ...]
    unit: str = "comments"

    def count(self, column: str) -> int:
        """How many of them stand in one column."""
        return sum(comment.column == column for comment in self.comments)

    @property
    def n(self) -> int:
        """How many comments."""
        return len(self.comments)

    @property
    def return_ids(self) -> tuple[str, ...]:
        """The returns they come from."""
        return tuple(sorted({comment.return_id for comment in self.comments}))

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases they are about."""
        return in_order(comment.case for comment in self.comments)


@dataclass(frozen=True)
class Coded:
    """All comments of an audit by code, the code of most comments first; and how many comments have no code, or only unsure ones."""

    codes: tuple[CodeCount, ...]
    comments: int
    without: int
    unsure: int


def coded_comments(comments: pd.DataFrame, codings: pd.DataFrame, order: Sequence[str] = ()) -> Coded:
    """The comments by code, from the tables of those names. Unsure codings, and a person's "none", give a comment no code.

    A comment that several people gave the same code counts once. ``order`` breaks ties between codes.
    """
    by_id = {row["comment_id"]: row for row in text_rows(comments)}
    found: dict[str, dict[str, CodedComment]] = {}
    coded: set[str] = set()
    unsure: set[str] = set()
    for row in text_rows(codings):
        comment = by_id.get(row["comment_id"])
        if comment is None or row["code"] == NO_CODE:
            continue
        if row["certainty"] == "unsure":
            unsure.add(row["comment_id"])
            continue
        coded.add(row["comment_id"])
        found.setdefault(row["code"], {}).setdefault(row["comment_id"], _coded(comment, row))
    counts = [CodeCount(code, _sorted(of.values())) for code, of in found.items()]
    place = {code: at for at, code in enumerate(order)}
    counts.sort(key=lambda one: (-one.n, place.get(one.code, len(place)), one.code))
    return Coded(tuple(counts), len(by_id), len(set(by_id) - coded), len(unsure - coded))


def _coded(comment: Mapping[str, str], coding: Mapping[str, str]) -> CodedComment:
    return CodedComment(
        comment["comment_id"],
        comment["return_id"],
        comment["case"],
        comment["agency"],
        comment["section"],
        comment["question"],
        comment["column"],
        comment["text"],
        coding["evidence"],
        int(coding["start"] or 0),
        comment["locator"],
    )


def _sorted(comments: Iterable[CodedComment]) -> tuple[CodedComment, ...]:
    columns = list(COLUMNS)
    return tuple(sorted(comments, key=lambda one: (columns.index(one.column), *case_and_place(vars(one)))))
