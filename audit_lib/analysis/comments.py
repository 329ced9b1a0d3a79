"""What agencies wrote beside the questions, in its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from audit_lib.analysis.rows import case_and_place, natural, text_rows
from audit_lib.instrument import Instrument
from audit_lib.schema import COLUMNS


@dataclass(frozen=True)
class Comment:
    """One comment and where it comes from."""

    comment_id: str
    return_id: str
    case: str
    agency: str
    section: str
    question: str
    column: str
    text: str


@dataclass(frozen=True)
class CommentGroup:
    """The comments of one column in one section (``section`` empty: in the free fields and beside no section)."""

    section: str
    title: str
    column: str
    comments: tuple[Comment, ...]

    @property
    def n(self) -> int:
        """How many comments."""
        return len(self.comments)

    @property
    def return_ids(self) -> tuple[str, ...]:
        """The returns they come from."""
        return tuple(sorted({comment.return_id for comment in self.comments}))


def comment_groups(comments: pd.DataFrame, instrument: Instrument) -> tuple[CommentGroup, ...]:
    """Every comment, by column and then by section in printed order; groups without comments are left out.

    Within a group they stand in the order of the questions, then of cases, agencies and returns, and as they stand in the form.
    """
    titles, names, asked = _titles(instrument), list(COLUMNS), _asked_place(instrument)

    def order(row: dict[str, str]) -> tuple[object, ...]:
        return names.index(row["column"]), *asked(row), *case_and_place(row)

    rows = sorted(text_rows(comments), key=order)
    found = [Comment(**{name: row[name] for name in Comment.__dataclass_fields__}) for row in rows]
    keys = dict.fromkeys((one.column, one.section) for one in found)
    return tuple(
        CommentGroup(
            section,
            titles.get(section, section),
            column,
            tuple(one for one in found if (one.column, one.section) == (column, section)),
        )
        for column, section in keys
    )


def place_in_form(instrument: Instrument) -> Callable[[Mapping[str, str]], tuple[object, ...]]:
    """A key by which rows of the table ``comments`` of one return come as the tool prints what they belong to: by section, question and
    place in the form; free fields last.
    """
    asked, names = _asked_place(instrument), list(COLUMNS)

    def key(row: Mapping[str, str]) -> tuple[object, ...]:
        return *asked(row), natural(row["locator"]), names.index(row["column"]), row["comment_id"]

    return key


def _asked_place(instrument: Instrument) -> Callable[[Mapping[str, str]], tuple[int, int]]:
    """A key by which rows come in the order of sections and of questions in the tool; free fields last."""
    sections = list(_titles(instrument))
    questions = ["", *instrument.questions, *(field.id for field in instrument.free_fields)]
    return lambda row: (_place(sections, row["section"]), _place(questions, row["question"]))


def _titles(instrument: Instrument) -> dict[str, str]:
    titles = {section.id: section.title for section in instrument.sections}
    titles |= {thing.id: thing.title for thing in instrument.grades if thing.id not in titles}
    return {**titles, "": "The case as a whole"}


def comment_counts(groups: tuple[CommentGroup, ...]) -> dict[tuple[str, str], int]:
    """(section, column) -> how many comments."""
    counts: Counter[tuple[str, str]] = Counter()
    for group in groups:
        counts[group.section, group.column] += group.n
    return dict(counts)


def _place(names: list[str], name: str) -> int:
    return names.index(name) if name in names else len(names)
