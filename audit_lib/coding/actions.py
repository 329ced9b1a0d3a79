"""Agreed actions: the rows of the table in which a form lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit_lib.coding.columns import ACTION, BY_WHEN, BY_WHOM, Columns
from audit_lib.coding.comments import standing
from audit_lib.coding.cues import begins_with_cue
from audit_lib.coding.matched import FoundAction, MatchedForm
from audit_lib.instrument import ActionTable
from audit_lib.rawform import Cell
from audit_lib.scales import bare
from audit_lib.text import clean, fold

_TITLE_LENGTH = 80
_NUMBERING = re.compile(r"^(?:\d{1,2}[.)]|[•▪·*\-–—])\s+")
_PROMPTS = frozenset(
    map(
        bare,
        (
            "click or tap to enter a date",
            "click here to enter a date",
            "click or tap here to enter text",
            "click here to enter text",
            "choose an item",
            "add date",
            "date",
            "name",
        ),
    )
)


class ActionRows:
    """Reads the rows under the headings of the table of actions into ``out``."""

    def __init__(self, table: ActionTable | None, columns: Columns, out: MatchedForm) -> None:
        self._table, self._columns, self._out = table, columns, out

    def is_title(self, text: str) -> bool:
        """Whether some words are the heading above the table of actions."""
        begins = self._table is not None and begins_with_cue(fold(text), self._table.action_cues)
        return begins and len(text) < _TITLE_LENGTH and not re.search(r"[.!?]\s*$", text)

    def row(self, cells: Sequence[Cell]) -> bool:
        """Takes a row when it stands under the headings of actions; one without any words is passed over."""
        cell = self._columns.holding(ACTION, cells) if ACTION in self._columns.headings else None
        if cell is None:
            return False
        words = {role: self._words(self._columns.holding(role, cells)) for role in (ACTION, BY_WHOM, BY_WHEN)}
        if any(text and bare(text) not in _PROMPTS for text in words.values()):
            by_whom, by_when = (
                "" if bare(words[role]) in _PROMPTS and words[role] else words[role] for role in (BY_WHOM, BY_WHEN)
            )
            where = self._columns.locator(cell, ACTION)
            action = _NUMBERING.sub("", words[ACTION])
            self._out.actions.append(FoundAction(action, by_whom, by_when, words[BY_WHEN], where))
        return True

    @staticmethod
    def _words(cell: Cell | None) -> str:
        return "" if cell is None else clean("\n".join(map(standing, cell.paragraphs)))
