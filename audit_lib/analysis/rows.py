"""How rows are taken from a table, and the one order in which names of cases and agencies are listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd


def text_rows(table: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a table with every value as text."""
    return [{str(name): str(value) for name, value in row.items()} for row in table.to_dict("records")]


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which "Case 2" comes before "Case 10", whatever the capitals."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return tuple((0, int(part), "") if part[0] in "0123456789" else (1, 0, part.casefold()) for part in parts)


def case_and_place(row: Mapping[str, str]) -> tuple[object, ...]:
    """A sort key for rows of comments, or of anything else with a place: case, agency, return, then where it stands in the form. An id,
    which says nothing to a reader, decides only between what stands in one place.
    """
    return (
        natural(row["case"]),
        natural(row["agency"]),
        row["return_id"],
        natural(row["locator"]),
        row["comment_id"],
    )


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in natural order."""
    return tuple(sorted(set(names), key=lambda name: (natural(name), name)))
