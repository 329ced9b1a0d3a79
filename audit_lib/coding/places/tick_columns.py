"""The columns and rows of a table of things to tick: whose a sign is, and whether it says that the thing is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from audit_lib.coding.values.cues import cue_length
from audit_lib.instrument import Instrument, Question, TickList
from audit_lib.rawform import Cell, Table
from audit_lib.text import clean, fold

_SIGN = re.compile(r"[(\[]?\s*[✓✔√🗸✗✘×✕xX☑☒]+\s*[)\]]?")
_NUMBER = re.compile(r"\W*\d{0,2}\s*[a-wz]?\W*")
_OPPOSITE = re.compile(
    r"(?<!\w)(?:not|no|none|never|without|missing|absent|lacking|gaps?|out of date|last|previous|earlier)(?!\w)"
)
_VALUES = re.compile(r"(?<!\w)(?:yes|y)(?!\w)")
_ANSWER = re.compile(r"(?:yes|no|y|n)(?!\w)")
_WORDS = re.compile(
    r"comment|note|detail|remark|evidence|date\b(?<!to date)|where|why|explain|reason|further|action|^if "
)
_HEADED = "its sign stands under a heading that may say the opposite, or speak of another time"
_SEVERAL = "signs stand in several columns beside the things to tick, and which column says what is not certain"
_WHOSE = "several things to tick stand in one row, and whose sign is whose is not certain"


class TickColumns:
    """What one table of things to tick leaves in doubt.

    ``starts`` are the cells (row and column) with which a further thing begins in a row that has several; ``doubts`` say by thing
    why its sign may say something else, or be another's.
    """

    def __init__(self, table: Table, instrument: Instrument) -> None:
        self.starts: set[tuple[int, int]] = set()
        self.doubts: dict[str, str] = {}
        rows = [list(row) for row in table.rows()]
        for one in instrument.tick_lists:
            items = {name: item for name, item in instrument.questions.items() if item.tick_list == one.id}
            self._read(rows, one, items)

    def _read(self, rows: Sequence[list[Cell]], one: TickList, items: Mapping[str, Question]) -> None:
        held = _things(rows, items)
        at = [number for number, things in enumerate(held) if things]
        if len({name for things in held for name in things.values()}) < 2:
            return
        several = [number for number in at if len(held[number]) > 1]
        if several:
            parted = [self._parted(rows[number], held[number]) for number in several]
            doubt = "" if all(parted) else _WHOSE
        else:
            leads = [n for n in range(at[0]) if any(cue_length(fold(cell.text), one.cues) for cell in rows[n])]
            above = [cell for row in rows[max(leads, default=-1) + 1 : at[0]] for cell in row if clean(cell.text)]
            doubt = _doubt_of_columns([(rows[n], min(held[n])) for n in at], above)
        if doubt and any(clean(cell.text) for row in rows[at[0] :] for cell in row if not _is_thing(cell, items)):
            self.doubts |= {name: doubt for things in held for name in things.values()}

    def _parted(self, row: Sequence[Cell], things: Mapping[int, str]) -> bool:
        """Parts a row with several things; whether each has what stands on its right."""
        columns = sorted(things)
        sides = [cell for cell in row if cell.column in things or not _is_number(cell)]
        for number, cell in enumerate(row):
            if cell.column in columns[1:]:
                before = row[number - 1] if number and _is_number(row[number - 1]) else cell
                self.starts.add((cell.row, before.column))
        alone = any(a.column in things and b.column in things for a, b in pairwise(sides))
        return sides[0].column in things and sides[-1].column not in things and not alone


def _things(rows: Sequence[Sequence[Cell]], items: Mapping[str, Question]) -> list[dict[int, str]]:
    """The things in each row, by column. A cell behind the first is one only where no other row begins with it: it may be a comment."""
    every = [{cell.column: name for cell in row if (name := _thing_in(cell, items))} for row in rows]
    first = [things[min(things)] if things else "" for things in every]
    return [{at: name for at, name in things.items() if at == min(things) or name not in first} for things in every]


def _thing_in(cell: Cell, items: Mapping[str, Question]) -> str:
    text = fold(cell.text)
    lengths = {name: cue_length(text, item.cues) for name, item in items.items()}
    best = max(lengths.values(), default=0)
    named = [name for name, length in lengths.items() if length == best]
    return named[0] if best and len(named) == 1 else ""


def _is_thing(cell: Cell, items: Mapping[str, Question]) -> bool:
    return bool(_thing_in(cell, items)) or _is_number(cell)


def _is_number(cell: Cell) -> bool:
    text = fold(cell.text)
    return bool(text) and _NUMBER.fullmatch(text) is not None and re.search(r"\w", text) is not None


def _doubt_of_columns(rows: Iterable[tuple[Sequence[Cell], int]], above: Sequence[Cell]) -> str:
    """Why the signs beside things, one in a row, may not say that these are there; ``above`` are the headings."""
    others = [cell for row, words in rows for cell in row if cell.column != words and not _is_number(cell)]
    signed = {cell.column for cell in others if _is_signed(cell)}
    answered = signed | {cell.column for cell in others if _ANSWER.match(fold(cell.text))}
    headings = [fold(cell.text) for cell in above if answered & _columns(cell)]
    if any(_VALUES.search(heading) for heading in headings):
        return ""
    if any(_OPPOSITE.search(heading) for heading in headings):
        return _HEADED
    entered = {cell.column for cell in others}
    named = [fold(cell.text) for cell in above if _columns(cell) <= entered]
    chosen = [heading for heading in named if not _WORDS.search(heading)]
    return _SEVERAL if len(signed) > 1 or (len(chosen) > 1 and (signed or len(answered) > 1)) else ""


def _columns(cell: Cell) -> set[int]:
    return set(range(cell.column, cell.column + cell.column_span))


def _is_signed(cell: Cell) -> bool:
    return _SIGN.fullmatch(clean(cell.text)) is not None or any(run.ticked for run in cell.runs)
