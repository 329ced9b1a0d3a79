"""The headings of a table of returns: one row, or two that say together what a column holds.

Some online forms put the question in one row and the part of it (a thing to tick, "Response", "Comments") in the row below; a
sheet made by hand has the section above and the code of the question below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit_lib.coding.returns_table.headings import NOTHING, Column, Headings
from audit_lib.rawform import Cell, Table
from audit_lib.text import clean, fold

_ANSWER_BELOW = frozenset(("response", "open-ended response", "answer", "select one", "single choice", "free text"))
_OTHER_BELOW = frozenset(("other (please specify)", "other", "please specify", "none of the above"))
_FEWEST = 2  # cells of a second row of headings


@dataclass(frozen=True)
class HeadingRows:
    """Rows of the grid from ``first`` to ``last``, what their columns are called, and what each holds."""

    first: int
    last: int
    written: dict[int, str] = field(default_factory=dict)
    columns: dict[int, Column] = field(default_factory=dict)

    def says_better_than(self, other: HeadingRows) -> bool:
        """Of two that name as many values: two rows before the upper alone, the lower alone before both."""
        upper = other.first == other.last == self.first < self.last
        lower = self.first == self.last == other.last > other.first
        return upper or lower


def heading_rows(table: Table, headings: Headings, within: int) -> Iterator[HeadingRows]:
    """Every row among the first ones, read as headings; each also with the row below, where the two may say it together."""
    rows = [list(cells) for cells in table.rows()][: within + 1]
    for number, row in enumerate(rows[:within]):
        written = {cell.column: clean(cell.text) for cell in row}
        yield HeadingRows(row[0].row, row[0].row, written, headings.columns(list(written.items())))
        below = rows[number + 1] if number + 1 < len(rows) else []
        if below and _are_headings(row, below, headings):
            together = _together(row, below, headings)
            yield HeadingRows(row[0].row, below[0].row, together, headings.columns(list(together.items())))


def _are_headings(row: Sequence[Cell], below: Sequence[Cell], headings: Headings) -> bool:
    """Whether all that stands in the row below can be nothing but headings."""
    said = [fold(cell.text) for cell in below if clean(cell.text)]
    parts = sum(text in _ANSWER_BELOW for text in said)
    over_several = any(not clean(cell.text) for cell in row)
    values = headings.values if over_several else frozenset()
    again = {text for text, times in Counter(said).items() if times > 1 and text not in headings.values}
    again = again if over_several and (parts or again == set(said)) else set()
    known = _ANSWER_BELOW | _OTHER_BELOW | values | again  # "Last year", "Response" below each question
    named = [text in known or _names(text, headings) for text in said]
    return len(said) >= _FEWEST and all(named) and (parts > 0 or over_several)


def _names(text: str, headings: Headings) -> bool:
    """Whether a folded text names what a column holds: by itself, or as the section above says of what."""
    return headings.column(text, NOTHING).kind != "" or headings.other_words.is_bare(text) or headings.is_grade_id(text)


def _together(row: Sequence[Cell], below: Sequence[Cell], headings: Headings) -> dict[int, str]:
    """What two rows of headings call each column. An empty cell of the upper row goes on with the one to its left."""
    lower = {cell.column: clean(cell.text) for cell in below}
    upper, above = {cell.column: clean(cell.text) for cell in row}, ""
    together = {}
    for column in sorted(upper | lower):
        part, said = lower.get(column, ""), fold(lower.get(column, ""))
        above = upper.get(column, "") or (above if part else "")
        own = part and headings.column(said, NOTHING).kind not in ("", "comments")
        goes_on = (
            part and not upper.get(column) and headings.other_words.is_remark(said)
        )  # comments on what stands to the left
        if own or goes_on:
            together[column] = part
        elif said in _OTHER_BELOW:
            together[column] = f"{above} Comments ({part})"
        else:
            together[column] = above if said in _ANSWER_BELOW | headings.values else clean(f"{above} {part}")
    return together
