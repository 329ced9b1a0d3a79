"""What holds at one place of a rich text file."""

from __future__ import annotations

import copy
import enum
from dataclasses import dataclass, field
from functools import cache

from audit_lib.rawform import Mark
from audit_lib.readers.rtf.head import Font


class Mode(enum.Enum):
    """What the letters of a group are."""

    SHOWN = enum.auto()
    FRAME = enum.auto()  # not text: groups inside may be
    COLLECTED = enum.auto()  # the workings of a field, the entry of a drop-down
    FORM_FIELD = enum.auto()
    FONTS = enum.auto()
    COLOURS = enum.auto()
    STYLES = enum.auto()
    TIME = enum.auto()


# How letters look, each a bit of a whole number: there are as many changes as words in the file.
STRUCK, STRUCK_TWICE, BOLD, UNDERLINED, HIGHLIGHTED, COLOURED, BACKED, PATTERNED = (1 << bit for bit in range(8))
_MARKS = {
    STRUCK: Mark.STRUCK,
    STRUCK_TWICE: Mark.STRUCK,
    BOLD: Mark.BOLD,
    UNDERLINED: Mark.UNDERLINED,
    HIGHLIGHTED: Mark.HIGHLIGHTED,
    COLOURED: Mark.HIGHLIGHTED,
    BACKED: Mark.HIGHLIGHTED,
    PATTERNED: Mark.HIGHLIGHTED,
}


@cache
def mark_of(looks: int) -> Mark:
    """The state of text with these looks."""
    mark = Mark.NONE
    for bit, meaning in _MARKS.items():
        if looks & bit:
            mark |= meaning
    return mark


@dataclass
class FormField:
    """An old form field: kind 1 is a tick box, 2 a drop-down. ``result`` is what was chosen, None for nothing yet."""

    kind: int | None = None
    result: int | None = None
    default: int = 0
    entries: list[str] = field(default_factory=list)

    def word(self, name: str, number: int | None) -> None:
        """A word in its group."""
        if name == "fftype":
            self.kind = number
        elif name == "ffres":
            self.result = number
        elif name == "ffdefres":
            self.default = number or 0

    @property
    def speaks(self) -> bool:
        """Whether it says itself what it shows, so that its result is not text."""
        return self.kind == 1 or (self.kind == 2 and bool(self.entries))


@dataclass
class Field:
    """A field: its workings, and whether its result has shown anything."""

    workings: list[str] = field(default_factory=list)
    form: FormField | None = None
    shown: bool = False
    state: State | None = None  # what held where its workings stood


@dataclass
class Shape:
    """A drawing. Its text is in the file twice, for newer and older programs: ``read`` once it has been.

    ``says`` becomes true when text or a picture is in it. ``name`` holds the letters of the property being read, ``kind`` the
    digits of the number that says what it is (3 is an ellipse).
    """

    read: bool = False
    says: bool = False
    name: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)


@dataclass
class State:
    """What holds for a group; copied when a group opens, gone when it closes."""

    mode: Mode = Mode.SHOWN
    looks: int = 0
    font: Font = field(default_factory=Font)
    fallback: int = 1  # how many letters after a Unicode character stand for it in older programs
    hidden: bool = False
    pale: bool = False
    deleted: bool = False
    style: int = 0
    listed: bool = False
    in_table: bool = False
    depth: int | None = None
    coloured: bool = False
    patterned: bool = False
    in_nested_row: bool = False
    collected: list[str] = field(default_factory=list)
    in_field: Field | None = None
    shape: Shape | None = None
    in_object: bool = False
    around: Mode = Mode.SHOWN  # what held outside a pair of texts of which only the second is read

    @property
    def level(self) -> int:
        """How many tables a paragraph stands in."""
        if self.depth is not None and self.depth >= 0:
            return self.depth
        return int(self.in_table)

    @property
    def mark(self) -> Mark:
        """The state of text that stands here."""
        return mark_of(self.looks | (BACKED if self.coloured or self.patterned else 0))

    @property
    def shaded(self) -> bool:
        """Whether a colour stands behind letters here, their own or that of the paragraph."""
        return self.coloured or self.patterned or bool(self.mark & Mark.HIGHLIGHTED)

    def begin_story(self, font: Font) -> None:
        """What holds at the beginning of a note, a header or a text box."""
        self.mode, self.in_field, self.shape, self.in_nested_row = Mode.SHOWN, None, None, False
        self.plain_paragraph()
        self.plain_letters(font)

    def copy(self) -> State:
        """The same, for a group inside."""
        return copy.copy(self)

    def plain_paragraph(self) -> None:
        """What ``\\pard`` does."""
        self.style, self.listed = 0, False
        self.in_table, self.depth = False, None
        self.coloured = self.patterned = False

    def plain_letters(self, font: Font) -> None:
        """What ``\\plain`` does."""
        self.looks, self.hidden, self.deleted, self.font = 0, False, False, font
        self.pale = False

    def set_look(self, bit: int, on: bool) -> None:
        """Switch one look on or off."""
        self.looks = self.looks | bit if on else self.looks & ~bit
