"""Agreed actions: the rows of the table in which a form lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit_lib.coding.matched import FoundAction, MatchedForm, Place
from audit_lib.coding.places.columns import ACTION, BY_WHEN, BY_WHOM, Columns
from audit_lib.coding.values.comments import is_prompt, standing
from audit_lib.instrument import ActionTable
from audit_lib.rawform import Cell
from audit_lib.scales import bare
from audit_lib.text import clean, fold

_TITLE_LENGTH = 80
_NUMBERING = re.compile(r"^(?:\d{1,2}[.)]|[•▪·*\-–—])\s+")
_NOTHING = frozenset(("add date", "date", "name", "none", "nil", "n/a", "na", "not applicable", "no actions"))


class ActionRows:
    """Reads the rows under the headings of the table of actions into ``out``."""

    def __init__(self, table: ActionTable | None, columns: Columns, out: MatchedForm) -> None:
        self._table, self._columns, self._out = table, columns, out

    def is_title(self, text: str) -> bool:
        """Whether some words are the heading above the table of actions, and nobody's words."""
        if self._table is None or len(text) > _TITLE_LENGTH or re.search(r"[.!?]\s*$|:\s*\w", text):
            return False
        plain = fold(text).strip(" .:")
        return any(
            plain == fold(cue) or (" " in cue and plain.startswith(fold(cue))) for cue in self._table.action_cues
        )

    def row(self, cells: Sequence[Cell], fresh: Sequence[Cell]) -> bool:
        """Takes a row when it stands under the headings of actions; one without any words is passed over."""
        cell = self._columns.holding(ACTION, cells) if ACTION in self._columns.headings else None
        if cell is None:
            return False
        if self._columns.has_a_cell_too_few(cells):  # which of its cells are there cannot be told
            filled = [one for one in fresh if clean(one.text)]
            self._out.unplaced += [Place(list(one.paragraphs), one.locator()) for one in filled]
            return True
        words = {role: self._words(self._columns.holding(role, cells)) for role in (ACTION, BY_WHOM, BY_WHEN)}
        if any(text and not _says_nothing(text) for text in words.values()):
            by_whom, by_when = ("" if _says_nothing(words[role]) else words[role] for role in (BY_WHOM, BY_WHEN))
            where = self._columns.locator(cell, ACTION)
            action = _NUMBERING.sub("", words[ACTION])
            self._out.actions.append(FoundAction(action, by_whom, by_when, words[BY_WHEN], where))
        for other in fresh:
            if self._columns.role(other, cells) not in (ACTION, BY_WHOM, BY_WHEN) and self._has_words(other):
                self._out.unplaced.append(Place(list(other.paragraphs), other.locator()))
        return True

    def _has_words(self, cell: Cell) -> bool:
        return re.search(r"[^\W\d_]{2}", self._words(cell)) is not None

    @staticmethod
    def _words(cell: Cell | None) -> str:
        return "" if cell is None else clean("\n".join(map(standing, cell.paragraphs)))


def _says_nothing(text: str) -> bool:
    return bool(text) and (is_prompt(text) or bare(text) in _NOTHING)
