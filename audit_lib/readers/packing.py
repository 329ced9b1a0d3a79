"""A raw form as JSON, to be sent from one process to another: fast, and with nothing in it that could run.

It goes column by column (the texts of all runs, the marks of all runs ...), as the many small objects of a form cost far more
one by one. Who unpacks it trusts nothing: every value is of its type and within its bounds, or there is no form.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from audit_lib.rawform import Cell, Mark, Paragraph, RawForm, ReaderNote, Run, Table

MAX_BYTES = 128_000_000  # of one form: some 800,000 cells


class _Values(NamedTuple):
    """What may stand in a column: values of these types, numbers from 0 up to ``most``."""

    types: frozenset[type]
    most: int = 0


_TEXT = _Values(frozenset({str}))
_SWITCH = _Values(frozenset({bool}))
_TICK = _Values(frozenset({bool, type(None)}))
_PLACE = _Values(frozenset({int}), 1 << 21)  # beyond the last row of any sheet
_COUNT = _Values(frozenset({int}), 1 << 31)
_STATE = _Values(frozenset({int}), sum(mark.value for mark in Mark))
_MARKS = [Mark(value) for value in range(_STATE.most + 1)]
_ASIDES = {"", "margin", "note"}
_FORM = {"kind": _TEXT, "text_in_file": _COUNT, "text_read": _COUNT, "modified": _TEXT}
_NOTES = {"check": _TEXT, "where": _TEXT, "message": _TEXT}
_TABLES = {"where": _TEXT, "sheet": _TEXT, "delimited": _SWITCH}
_CELLS = {
    "row": _PLACE,
    "column": _PLACE,
    "row_span": _PLACE,
    "column_span": _PLACE,
    "where": _TEXT,
    "column_where": _TEXT,
    "shaded": _SWITCH,
}
_PARAGRAPHS = {
    "where": _TEXT,
    "listed": _SWITCH,
    "nested": _SWITCH,
    "style": _TEXT,
    "aside": _TEXT,
    "looks": _TEXT,
    "nested_row": _PLACE,
}
_RUNS = {"text": _TEXT, "mark.value": _STATE, "ticked": _TICK}
T = TypeVar("T")
Columns = Mapping[str, _Values]


def packed(form: RawForm) -> bytes:
    """A raw form as JSON. Raises TypeError, ValueError or AttributeError for what is no raw form."""
    if type(form) is not RawForm:
        raise TypeError
    tables = [block for block in form.blocks if isinstance(block, Table)]
    cells = [cell for table in tables for cell in table.cells]
    paragraphs = [paragraph for cell in cells for paragraph in cell.paragraphs]
    paragraphs += [block for block in form.blocks if isinstance(block, Paragraph)]
    return json.dumps(
        [
            _columns([form], _FORM),
            _columns(form.notes, _NOTES),
            [isinstance(block, Table) for block in form.blocks],
            [[len(table.cells) for table in tables], *_columns(tables, _TABLES)],
            [[len(cell.paragraphs) for cell in cells], *_columns(cells, _CELLS)],
            [[len(paragraph.runs) for paragraph in paragraphs], *_columns(paragraphs, _PARAGRAPHS)],
            _columns([run for paragraph in paragraphs for run in paragraph.runs], _RUNS),
        ]
    ).encode()


def unpacked(data: bytes) -> RawForm:
    """The raw form again. Raises ValueError, TypeError, KeyError, IndexError or RecursionError for anything else."""
    form, notes, in_order, tables, cells, paragraphs, runs = json.loads(data)
    texts, marks, ticks = _checked(runs, _RUNS)
    every_run = _made(Run, text=texts, mark=map(_MARKS.__getitem__, marks), ticked=ticks)
    runs_of, *about = _checked(paragraphs, {"runs": _PLACE, **_PARAGRAPHS})
    if not _ASIDES.issuperset(about[[*_PARAGRAPHS].index("aside")]):
        raise ValueError
    of_paragraphs = _shared_out(every_run, runs_of)
    every_paragraph = _made(Paragraph, runs=of_paragraphs, **dict(zip(_PARAGRAPHS, about, strict=True)))
    paragraphs_of, *about = _checked(cells, {"paragraphs": _PLACE, **_CELLS})
    in_cells = sum(paragraphs_of)
    of_cells = _shared_out(every_paragraph[:in_cells], paragraphs_of)
    every_cell = _made(Cell, paragraphs=of_cells, **dict(zip(_CELLS, about, strict=True)))
    cells_of, *about = _checked(tables, {"cells": _PLACE, **_TABLES})
    of_tables = _shared_out(every_cell, cells_of)
    every_table = _made(Table, cells=of_tables, **dict(zip(_TABLES, about, strict=True)))
    (kind,), (in_file,), (read,), (modified,) = _checked(form, _FORM)
    return RawForm(
        kind,
        _in_order(in_order, every_table, every_paragraph[in_cells:]),
        tuple(map(ReaderNote, *_checked(notes, _NOTES))),
        in_file,
        read,
        modified,
    )


def _made(what: type[T], **columns: Iterable[object]) -> list[T]:
    """Objects of a class from a column for each of its fields."""
    in_order: tuple[str, ...] = what.__match_args__  # type: ignore[attr-defined]  # named tuples and data classes have it
    return list(map(what, *(columns[name] for name in in_order)))


def _columns(things: Iterable[object], columns: Columns) -> list[list[object]]:
    getters: list[Callable[[object], object]] = [attrgetter(name) for name in columns]
    return [list(map(getter, things)) for getter in getters]


def _checked(columns: Any, expected: Columns) -> list[list[Any]]:
    """The columns, each of its type, all of one length, and no number below nothing or beyond all bounds."""
    if type(columns) is not list or len({len(column) for column in columns}) > 1:
        raise ValueError
    for column, (types, most) in zip(columns, expected.values(), strict=True):
        if type(column) is not list or not types.issuperset(map(type, column)):
            raise TypeError
        if most and column and not 0 <= min(column) <= max(column) <= most:
            raise ValueError
    return columns


def _shared_out(things: Sequence[T], counts: list[int]) -> Iterator[tuple[T, ...]]:
    """So many of the things for each; all of them."""
    if sum(counts) != len(things):
        raise ValueError
    left = iter(things)
    return (tuple(islice(left, count)) for count in counts)


def _in_order(is_table: list[bool], tables: list[Table], paragraphs: list[Paragraph]) -> tuple[Paragraph | Table, ...]:
    """Tables and paragraphs as they follow each other."""
    counts = len(tables), len(tables) + len(paragraphs)
    if not _SWITCH.types.issuperset(map(type, is_table)) or (sum(is_table), len(is_table)) != counts:
        raise ValueError
    table, paragraph = iter(tables), iter(paragraphs)
    return tuple(next(table) if one else next(paragraph) for one in is_table)
