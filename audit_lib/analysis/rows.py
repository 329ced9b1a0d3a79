"""How rows are taken from a table, and the one order in which names of cases and agencies are listed."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd


def text_rows(table: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a table with every value as text."""
    return [{str(name): str(value) for name, value in row.items()} for row in table.to_dict("records")]


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which "Case 2" comes before "Case 10", whatever the capitals."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return tuple((0, int(part), "") if part[0] in "0123456789" else (1, 0, part.casefold()) for part in parts)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in natural order."""
    return tuple(sorted(set(names), key=lambda name: (natural(name), name)))
