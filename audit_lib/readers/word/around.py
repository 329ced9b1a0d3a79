"""What holds for everything inside an element of Word's XML, handed down by the walk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from audit_lib.errors import UnreadableFile

MAX_DEPTH = 40  # tables, controls and text boxes inside each other


@dataclass(slots=True)
class TickBox:
    """A tick box whose sign is still to come."""

    ticked: bool
    shown: bool = False


class Around(NamedTuple):
    """What holds for everything inside the element being walked.

    ``where`` is the place of all paragraphs inside, empty as long as each block of the body has a place of its own.
    """

    depth: int = 0
    placeholder: bool = False
    tick: TickBox | None = None
    where: str = ""
    nested: bool = False
    aside: Literal["", "margin", "note"] = ""

    def deeper(self) -> Around:
        """One container further in. Raises :class:`UnreadableFile` (``unsafe``) beyond any sensible depth."""
        if self.depth >= MAX_DEPTH:
            raise UnreadableFile("unsafe", "tables or controls stand inside each other without end")
        return self._replace(depth=self.depth + 1)

    def afresh(self) -> Around:
        """The same for a text box, to which no control around it applies."""
        return self._replace(placeholder=False, tick=None)
