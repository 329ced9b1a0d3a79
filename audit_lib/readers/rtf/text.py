"""Letters, paragraphs and rows of rich text: how they look and where they end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Paragraph, Run
from audit_lib.readers import symbol_signs
from audit_lib.readers.rtf import state as looks
from audit_lib.readers.rtf.groups import MAX_LETTERS, Groups
from audit_lib.readers.rtf.state import Mode
from audit_lib.readers.rtf.tables import PlanWriter, Story

_UNDERLINES = (
    "ul uld uldb uldash uldashd uldashdd ulhair ulhwave ulldash ulth ulthd ulthdash ulthdashd ulthdashdd ulthldash"
    " ululdbwave ulw ulwave"
)
_CELL_WORDS = {"clmrg": "goes_on_across", "clvmgf": "begins_down", "clvmrg": "goes_on_down"}
TIME = ("yr", "mo", "dy", "hr", "min", "sec")
Handler = Callable[[int | None], None]


@dataclass
class Found:
    """What the walk met beside the text of the body.

    ``notes`` and ``margins`` are in the order of the file, each with what it is: "footnote", "endnote", "page header",
    "page footer".
    """

    notes: list[tuple[str, tuple[Paragraph, ...]]] = field(default_factory=list)
    margins: list[tuple[str, tuple[Paragraph, ...]]] = field(default_factory=list)
    shapes: list[str] = field(
        default_factory=list
    )  # the table in which a line or shape without text is drawn, empty for none
    marks: list[int] = field(
        default_factory=list
    )  # the number of tables above each that was drawn by hand outside of them
    hidden: bool = False
    tracked: bool = False
    comments: int = 0
    pictures: int = 0
    objects: int = 0
    outside: set[str] = field(default_factory=set)
    stateless: int = 0  # form fields of which the file does not say what was chosen
    modified: str = ""
    count: int = (
        0  # characters other than white space that are shown, told before they are put into paragraphs and tables
    )


def letters(text: str) -> int:
    """How many characters other than white space there are."""
    return len("".join(text.split()))


class Text(Groups):
    """Knows letters, paragraphs and rows; the groups that have a purpose of their own are left to who knows them."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Found()
        self._stories = [Story()]
        self._time: dict[str, int] = {}
        self._groups: dict[str, Callable[[], None]] = {}
        self._words = self._letter_words() | self._paragraph_words() | self._row_words() | self._file_words()

    # What stands here

    def _letters(self, text: str) -> None:
        mode = self._state.mode
        if mode is Mode.SHOWN:
            self._show(symbol_signs.shown(text, self._state.font.name))
        elif mode is Mode.COLLECTED:
            self._state.collected.append(text)
            if self._state.in_field and text.strip():
                self._state.in_field.state = self._state.copy()
        elif mode is Mode.FONTS:
            self.head.font_letters(text)
        elif mode is Mode.COLOURS:
            self.head.colour_letters(text)
        elif mode is Mode.STYLES:
            self.head.style_letters(text)

    def _word(self, name: str, number: int | None, may_be_left_out: bool) -> None:
        mode = self._state.mode
        if name in self._groups:
            self._groups[name]()
        elif may_be_left_out or (name.startswith("m") and name.endswith("Pr")):  # how mathematics looks
            self._skip()
        elif mode is Mode.FONTS:
            self.head.font_word(name, number)
        elif mode is Mode.COLOURS:
            self.head.colour_word(name, number)
        elif mode is Mode.STYLES:
            self.head.style_word(name, number)
        elif mode is Mode.TIME and name in TIME:
            self._time[name] = number or 0
        elif mode is Mode.FORM_FIELD and self._state.in_field and self._state.in_field.form:
            self._state.in_field.form.word(name, number)
        elif name in self._words:
            self._words[name](number)

    def _show(self, text: str) -> None:
        if self._state.in_field and text.strip():
            self._state.in_field.shown = True
        mark = self._state.mark
        self._add([Run(part, mark, ticked) for part, ticked in symbol_signs.boxes(text)])

    def _add(self, runs: list[Run]) -> None:
        if self._state.deleted:
            self.found.tracked = True
        elif self._state.hidden or self._white_on_white():
            self.found.hidden = self.found.hidden or any(run.text.strip() for run in runs)
        else:
            self._stories[-1].line.runs += runs
            self.found.count += sum(letters(run.text) + (run.ticked is not None) for run in runs)
            if self.found.count > MAX_LETTERS:
                raise UnreadableFile("too_large", "more text than in any form")

    def _white_on_white(self) -> bool:
        """Whether letters cannot be seen, as far as can be told: in a note, a drawing or a row with a coloured cell they can. The row
        of a table inside a cell is described behind its text.
        """
        if not self._state.pale or self._state.shaded or len(self._stories) > 1 or self._state.level > 1:
            return False
        cells = self._plan().plan.cells if self._state.level else ()
        return not any(cell.coloured or cell.patterned for cell in cells)

    # How letters look

    def _letter_words(self) -> dict[str, Handler]:
        switches = {"strike": looks.STRUCK, "striked": looks.STRUCK_TWICE, "b": looks.BOLD}
        switches |= dict.fromkeys(_UNDERLINES.split(), looks.UNDERLINED)
        colours = {"highlight": looks.HIGHLIGHTED, "chcbpat": looks.COLOURED, "cb": looks.BACKED}
        words: dict[str, Handler] = {word: partial(self._switch, bit) for word, bit in switches.items()}
        words |= {word: partial(self._colour, bit) for word, bit in colours.items()}
        return words | {
            "ulnone": lambda _: self._state.set_look(looks.UNDERLINED, False),
            "chshdng": lambda number: self._state.set_look(looks.PATTERNED, (number or 0) > 0),
            "plain": lambda _: self._state.plain_letters(self.head.font()),
            "f": self._font,
            "cf": lambda number: self._set("pale", self.head.is_pale(number)),
            "v": self._hide,
            "deleted": self._delete,
            "mvf": self._delete,
            "revised": self._track,
            "cldel": self._track,
            "clins": self._track,
            "mvt": self._track,
        }

    def _switch(self, bit: int, number: int | None) -> None:
        self._state.set_look(bit, number != 0)

    def _colour(self, bit: int, number: int | None) -> None:
        self._state.set_look(bit, self.head.is_colour(number))

    def _font(self, number: int | None) -> None:
        self._state.font = self.head.font(number)

    def _hide(self, number: int | None) -> None:
        self._state.hidden = number != 0

    def _delete(self, number: int | None) -> None:
        self._state.deleted = number != 0

    def _track(self, number: int | None) -> None:
        self.found.tracked = self.found.tracked or number != 0

    # Paragraphs and rows

    def _paragraph_words(self) -> dict[str, Handler]:
        return {
            "pard": lambda _: self._state.plain_paragraph(),
            "s": lambda number: self._set("style", number or 0),
            "ls": lambda number: self._set("listed", bool(number)),
            "intbl": lambda number: self._set("in_table", number != 0),
            "itap": lambda number: self._set("depth", number),
            "cbpat": lambda number: self._set("coloured", self.head.is_colour(number)),
            "shading": lambda number: self._set("patterned", (number or 0) > 0),
            "par": self._paragraph_ends,
            "sect": self._section_ends,
            "ftnalt": lambda _: setattr(self._stories[-1], "kind", "endnote"),
            "cell": lambda _: self._cell_ends(1),
            "nestcell": lambda _: self._cell_ends(max(self._state.level, 2)),
            "row": lambda _: self._row_ends(1),
            "nestrow": lambda _: self._row_ends(max(self._state.level, 2)),
        }

    def _set(self, what: str, value: object) -> None:
        setattr(self._state, what, value)

    def _row_words(self) -> dict[str, Handler]:
        words: dict[str, Handler] = {word: partial(self._say_of_cell, meaning) for word, meaning in _CELL_WORDS.items()}
        return words | {
            "trowd": lambda _: self._plan().begin(),
            "trleft": lambda number: setattr(self._plan(), "left", number or 0),
            "irow": lambda number: setattr(self._plan(), "first", number == 0),
            "lastrow": lambda _: setattr(self._plan(), "last", True),
            "cellx": lambda number: self._plan().end_cell(number or 0),
            "clcbpat": lambda number: self._plan().say("coloured", self.head.is_colour(number)),
            "clshdng": lambda number: self._plan().say("patterned", (number or 0) > 0),
        }

    def _say_of_cell(self, meaning: str, _: int | None) -> None:
        self._plan().say(meaning)

    def _paragraph_ends(self, _: int | None = None) -> None:
        if self._state.mode is not Mode.SHOWN:
            return
        if self._state.deleted:  # it goes on in the next
            self.found.tracked = True
            return
        self._finish_line()
        self._stories[-1].end_paragraph(self._state.level)

    def _section_ends(self, _: int | None) -> None:
        if self._state.mode is Mode.SHOWN:
            self._finish_line()
            self._stories[-1].end_paragraph(0)

    def _cell_ends(self, level: int) -> None:
        if self._state.mode is Mode.SHOWN:
            self._finish_line()
            self._stories[-1].end_cell(level)

    def _row_ends(self, level: int) -> None:
        if self._state.mode is Mode.SHOWN:
            self._finish_line()
            self._stories[-1].end_row(level)

    def _finish_line(self) -> None:
        line = self._stories[-1].line
        line.listed = line.listed or self._state.listed
        line.style = self.head.style(self._state.style)

    def _plan(self) -> PlanWriter:
        story = self._stories[-1]
        return story.nested_plan if self._state.in_nested_row else story.plan

    def _file_words(self) -> dict[str, Handler]:
        about = ("ansicpg", "deff", "mac", "pc", "pca")
        words: dict[str, Handler] = {word: partial(self.head.word, word) for word in about}
        return words | dict.fromkeys(("objautlink", "objlink"), self._linked)

    def _linked(self, _: int | None) -> None:
        self.found.outside.add("an object of another program")
