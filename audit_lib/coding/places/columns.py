"""What the columns of a table hold, as its heading rows say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from audit_lib.coding.places.option_columns import Option
from audit_lib.coding.returns_table.other_words import OF_ANOTHER
from audit_lib.coding.values.cues import begins_with_cue, cue_length
from audit_lib.instrument import Instrument
from audit_lib.rawform import Cell, Table
from audit_lib.text import clean, fold

ANSWER, GRADE, QUESTION, NUMBER, TEXT = "answer", "grade", "question", "number", "text"
OPTION = "option:"  # and the value that heads the column
ACTION, BY_WHOM, BY_WHEN = "action", "by_whom", "by_when"
HEADING_LENGTH = 120
_ELSEWHERE = "the cells of its row do not stand below the headings of the values, so the mark may belong to another"
_NO_VALUE = "a mark stands in a column beside those of the values, whose heading is none of them"
_OTHER_ORDER = "a row above puts the values in another order than the heading of the table"
_ANOTHERS = "a heading above its columns of values speaks of somebody else or of another time"
_LEADING = {NUMBER, QUESTION, ANSWER, GRADE, ACTION}
_ANOTHER_TIME = re.compile(r"\b(?:previous|last|earlier|prior|target)\b")
_SHORT = 20  # letters of a heading that says nothing but "previous" or the like
_ROWS_ABOVE = 2  # in which a heading over several columns may stand
_ASKING = {"", "question", "questions", "item", "items", "statement", "standard", "criterion", "criteria", "indicator"}
_NUMBER_HEADINGS = {"no", "number", "ref", "#", "q", "item"}


class Columns:
    """The roles of the columns, by the last heading row read: ``answer``, ``grade``, ``question``, ``number``, the id of a
    narrative column, ``text`` for several of these together, ``action``, ``by_whom`` and ``by_when``. The column of grades of
    another rater is ``grade@<rater>``; columns side by side that are headed by values of answers are ``option:<value>``. The roles
    hold on in a following table without a heading of its own: by place in the grid where it has as many columns, else by place
    in the row where the row has as many cells.
    """

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.headings: dict[str, str] = {}
        scales = [scale for scale in instrument.scales.values() if scale.kind == "answer"]
        self._answers = {spelling: value for scale in scales for spelling, value in scale.spelled.items()}
        self._grade_scales = [scale for scale in instrument.scales.values() if scale.kind == "grade"]
        self._grid: dict[int, str] = {}
        self._ordinals: list[str] = []
        self._width = 0
        self.of_questions: dict[int, list[str]] = {}  # number of cells -> roles, of headings of questions
        self._written: set[str] = set()
        self._table = Table()
        self._last_row = -2
        self._role_last = ""
        self._end = 0  # where the heading of this table ends; 0 when it has none of its own
        self._doubt = ""  # why marks in the columns of values may mean something else
        self._usual = (0, 0)  # where most rows of this table end, and how many cells they have

    def enter(self, table: Table) -> None:
        """A new table begins."""
        self._table, self._last_row, self._end = table, -2, 0
        self._usual = _usual_row(table)
        width = max((cell.column + cell.column_span for cell in table.cells), default=0)
        if width != self._width:
            self._grid, self._width = {}, width

    def read_heading(self, cells: Sequence[Cell], fresh: Sequence[Cell], *, going_on: bool) -> bool:
        """Takes a row as a heading row when it is one; the rows of a merged heading add up.

        Where rows of a question were read above (``going_on``), or the table has its heading, comments may begin like
        headings ("Going well at school"): then the row has to begin with the heading of number, question or grade, or to
        repeat an earlier heading row.
        """
        roles = [self._role_named(fold(cell.text), first=number == 0) for number, cell in enumerate(cells)]
        roles = self._with_options(cells, roles)
        filled = [cell for cell in fresh if clean(cell.text)]
        if not filled or not self._is_heading(cells, roles, filled, going_on=going_on):
            if self._in_another_order(cells):
                self._doubt = _OTHER_ORDER
            return False
        named = [cell for cell, role in zip(cells, roles, strict=True) if role.startswith(OPTION)]
        self._doubt = _ANOTHERS if self._anothers(named) else ""
        if fresh[0].row == self._last_row + 1:  # the lower row of two
            empty = [not clean(cell.text) for cell in cells]
            above = [self.role(cell, cells) for cell in cells]
            roles = [upper if blank else role for blank, upper, role in zip(empty, above, roles, strict=True)]
        self._last_row = fresh[0].row
        self._hold(cells, roles)
        written = {role: clean(cell.text) for cell, role in zip(cells, roles, strict=True) if role}
        self.headings = {role: text or self.headings.get(role, "") for role, text in written.items()}
        self._written |= {fold(cell.text) for cell in filled}
        return True

    def _with_options(self, cells: Sequence[Cell], roles: list[str]) -> list[str]:
        """The roles with those of columns headed by values: all grades of a scale side by side, or two answers and more, right of
        what is asked.
        """
        for scale in self._grade_scales:
            named = _side_by_side(cells, roles, scale.spelled)
            if set(scale.order) <= set(named.values()):
                return [OPTION + named[place] if place in named else role for place, role in enumerate(roles)]
        named = _side_by_side(cells, roles, self._answers)
        left = cells[: min(named, default=0)]
        if len(named) < 2 or not left:
            return roles
        asks = {NUMBER, QUESTION} & {*roles[: len(left)], *(self._above(cell, cells) for cell in left)}
        asked_by = fold(left[-1].text).strip(" .:")
        if not (asks or (asked_by in _ASKING and (asked_by or self._asks_below(cells[0].row, left[-1])))):
            return roles
        with_options = [OPTION + named[place] if place in named else role for place, role in enumerate(roles)]
        return [QUESTION if place == len(left) - 1 and not role else role for place, role in enumerate(with_options)]

    def _in_another_order(self, cells: Sequence[Cell]) -> bool:
        """Whether a row that is no heading holds values side by side, of which one does not stand below itself."""
        for spelled in (self._answers, *(scale.spelled for scale in self._grade_scales)):
            named = _side_by_side(cells, [""] * len(cells), spelled)
            if len(named) > 1 and any(self.role(cells[at], cells) != OPTION + value for at, value in named.items()):
                return True
        return False

    def _anothers(self, named: Sequence[Cell]) -> bool:
        """Whether above columns headed by values stands that they are of another rater or of another time."""
        under = {column for cell in named for column in range(cell.column, cell.column + cell.column_span)}
        above = [cell for cell in self._table.cells if named and cell.row < named[0].row <= cell.row + _ROWS_ABOVE]
        texts = [fold(cell.text) for cell in above if under & {*range(cell.column, cell.column + cell.column_span)}]
        cues = [cue for rater in self.instrument.raters for cue in rater.cues]
        return any(
            len(text) <= HEADING_LENGTH
            and (
                OF_ANOTHER.search(text)
                or cue_length(text, cues)
                or (len(text) <= _SHORT and _ANOTHER_TIME.search(text))
            )
            for text in texts
        )

    def _asks_below(self, row: int, cell: Cell) -> bool:
        """Whether something is asked below an empty cell in the first row of a table."""
        below = (one for one in self._table.cells if one.column == cell.column and one.row > row)
        return row == 0 and any(clean(one.text) for one in below)

    def _above(self, cell: Cell, cells: Sequence[Cell]) -> str:
        """The role of an empty cell in the lower row of a heading, by the row above."""
        lower = cells[-1].row == self._last_row + 1 and not clean(cell.text)
        return self.role(cell, cells) if lower else ""

    def suppose(self, cells: Sequence[Cell], roles: list[str]) -> None:
        """Takes the columns of a table without a heading, of which these cells are the first row, to hold ``roles``."""
        self._hold(cells, roles)
        self.headings = dict.fromkeys(roles, "")

    def _hold(self, cells: Sequence[Cell], roles: list[str]) -> None:
        self._end = max(cell.column + cell.column_span for cell in cells)
        self._ordinals, self._role_last = roles, roles[0]
        self._grid = {
            column: role
            for cell, role in zip(cells, roles, strict=True)
            for column in range(cell.column, cell.column + cell.column_span)
            if role
        }
        if {NUMBER, QUESTION, ANSWER} <= set(roles):
            self.of_questions[len(roles)] = roles

    def _is_heading(
        self, cells: Sequence[Cell], roles: Sequence[str], filled: Sequence[Cell], *, going_on: bool
    ) -> bool:
        by_cell = {id(cell): role for cell, role in zip(cells, roles, strict=True)}
        here = [by_cell[id(cell)] for cell in filled if by_cell[id(cell)]]
        if not here or len(set(here)) < len(here):  # two comments that begin alike
            return False
        if set(here) & _LEADING and not any(roles[:2]):  # the heading of a table begins at its left
            return False
        named = [cell for cell in filled if by_cell[id(cell)] or fold(cell.text).startswith("comment")]
        every = len(filled) > 1 and len(named) == len(filled)
        leading = set(roles) & _LEADING
        below_leading = bool(leading) and len(set(roles) - {""}) > 1 and len(filled) == 1
        options = [role.removeprefix(OPTION) for role in here if role.startswith(OPTION)]
        if options and (len(options) == len(here) and filled[0].row == self._last_row + 1):
            return True
        if any(set(scale.order) <= set(options) for scale in self._grade_scales):
            return True
        headed = self._last_row >= 0 and any(self.role(cell, cells) for cell in filled)
        of_actions = roles[0] == ACTION and bool({BY_WHOM, BY_WHEN} & set(roles))
        if of_actions and self._role_last != ACTION:
            return True
        if not (going_on or headed):
            return every or len(leading) > 1 or below_leading
        repeats = all(fold(cell.text) in self._written for cell in filled)
        full = every and (len(filled) > 2 or leading == {GRADE})
        return repeats or (roles[0] in leading and full)

    def certain(self, filled: Sequence[Cell]) -> bool:
        """Whether a row taken as a heading can be nothing else: three columns are named, or no word stands beside a cue."""
        cues = [cue for column in self.instrument.columns for cue in column.cues]
        cues += [*self.instrument.question_heading_cues, *self.instrument.answer_heading_cues]
        cues += self.instrument.grade_heading_cues
        texts = [fold(re.sub(r"\([^()]*\)", "", cell.text)).strip(" .:?") for cell in filled]
        printed = {fold(cue) for cue in cues} | _NUMBER_HEADINGS | _ASKING | set(self._answers)
        spelled = {spelling: value for scale in self._grade_scales for spelling, value in scale.spelled.items()}
        printed, texts = printed | set(spelled), [value_headed(text, spelled) for text in texts]
        named = sum(bool(self._role_named(fold(cell.text), first=True)) for cell in filled)
        return named > 2 or all(text in printed or text.startswith("comment") for text in texts)

    def _role_named(self, text: str, *, first: bool) -> str:
        """What a heading says that its column holds; empty for no heading."""
        if not text or len(text) > HEADING_LENGTH:
            return ""
        if text.strip(".: ") in _NUMBER_HEADINGS:  # "No" further on is an answer
            return NUMBER if first else ""
        kinds = [column.id for column in self.instrument.columns if cue_length(text, column.cues)]
        if len(kinds) > 1 and self.instrument.text_heading_cues:
            return TEXT
        for column in self.instrument.columns:
            if begins_with_cue(text, column.cues) or (text.startswith("what") and cue_length(text, column.cues)):
                return column.id
        graded = self.instrument.grade_heading_cues
        if cue_length(text, graded) and _ANOTHER_TIME.search(text):
            return ""
        for rater in self.instrument.raters:
            if cue_length(text, rater.cues) and (cue_length(text, graded) or text in map(fold, rater.cues)):
                return f"{GRADE}@{rater.id}"
        short, actions = len(text) < 40, self.instrument.actions
        heads = (
            (ACTION, actions.action_cues if actions else (), True),
            (BY_WHOM, actions.by_whom_cues if actions else (), short),
            (BY_WHEN, actions.by_when_cues if actions else (), short),
            (QUESTION, self.instrument.question_heading_cues, short),
            (ANSWER, self.instrument.answer_heading_cues, short),
            (GRADE, graded, short or cue_length(text, graded) > len(text) / 4),
            (TEXT, self.instrument.text_heading_cues, True),
        )
        return next((role for role, cues, fits in heads if fits and begins_with_cue(text, cues)), "")

    def role(self, cell: Cell, cells: Sequence[Cell]) -> str:
        """What a cell of a row holds; empty when nothing says so."""
        if len(cells) == len(self._ordinals):
            return next(role for other, role in zip(cells, self._ordinals, strict=True) if other is cell)
        return self._grid.get(cell.column, "")

    def has_a_cell_too_many(self, cells: Sequence[Cell]) -> bool:
        """Whether a row has more cells than the heading of its table and reaches beyond it, so that its cells may have moved."""
        reaches = max(cell.column + cell.column_span for cell in cells)
        return 0 < self._end < reaches and len(cells) > len(self._ordinals)

    def has_a_cell_too_few(self, cells: Sequence[Cell]) -> bool:
        """Whether a row ends before its table does and has fewer cells, as one does in which a cell was deleted and the others
        moved to the left. A row with merged cells reaches as far as the others. A table without heading is as its rows mostly are.
        """
        end, number = (self._end, len(self._ordinals)) if self._end and self._usual[0] else self._usual
        return max(cell.column + cell.column_span for cell in cells) < end and len(cells) < number

    def covered(self, cell: Cell, cells: Sequence[Cell]) -> set[str]:
        """What the columns hold over which a cell reaches, in a row with fewer cells than its heading; empty in any other."""
        if len(cells) >= len(self._ordinals):
            return set()
        return {self._grid.get(column, "") for column in range(cell.column, cell.column + cell.column_span)} - {""}

    def is_stretched(self, cell: Cell, cells: Sequence[Cell]) -> bool:
        """Whether a cell reaches over the columns of an answer, a grade or a comment and some of the others, as one does that took the
        place of a neighbour that was deleted. One box for all comments, with the answer or without, is merged and no such cell.
        """
        covered, comments = self.covered(cell, cells), {column.id for column in self.instrument.columns}
        return len(covered & {ANSWER, GRADE, *comments}) > 1 and not comments <= covered

    def hold_grades(self, cells: Sequence[Cell]) -> bool:
        """Whether a row stands under the heading of a table of grades."""
        return not {NUMBER, QUESTION, ANSWER} & set(self.headings) and self.holding(GRADE, cells) is not None

    def holding(self, role: str, cells: Sequence[Cell]) -> Cell | None:
        """The cell of a row that holds ``role``."""
        return next((cell for cell in cells if self.role(cell, cells) == role), None)

    def options(self, cells: Sequence[Cell]) -> list[Option]:
        """The cells of a row under the headings of values."""
        held = []
        for cell in cells:
            role, below = self.role(cell, cells), set()
            if self._grid:
                below = {self._grid.get(column, "") for column in range(cell.column, cell.column + cell.column_span)}
            moved = bool(below) and below != {role}
            under = [role, *(sorted(below) if len(cells) == len(self._ordinals) else ())]
            code = next((one.removeprefix(OPTION) for one in under if one.startswith(OPTION)), "")
            if code:
                held.append((code, cell, _ELSEWHERE if moved else self._doubt))
            elif not role and held and Option("", "", frozenset(), cell).sign in ("tick", "cross"):
                held.append(("", cell, _NO_VALUE))
        spelled = [one for scale in self.instrument.scales.values() for one in scale.spelled.items()] if held else []
        return [
            Option(
                self._headed(code) if code else "another column",
                code,
                frozenset(one for one, value in spelled if value == code),
                cell,
                doubt,
            )
            for code, cell, doubt in held
        ]

    def _headed(self, code: str) -> str:
        """The heading of the column of a value, without what explains it."""
        heading = self.headings.get(OPTION + code, "")
        return value_headed(heading, {}) or heading

    def locator(self, cell: Cell, role: str) -> str:
        """The place of a cell, with the heading of its column where that is known."""
        return cell.locator(self.headings.get(role, ""))


def value_headed(text: str, spelled: Mapping[str, str]) -> str:
    """What a folded heading of a column says without the words that explain it: "1" of "1 (poor)" and of "1 - poor"."""
    plain = re.sub(r"\s*\([^()]*\)", "", text).strip(" .:?")
    explained = re.fullmatch(r"(\d{1,2})\s*[-–—:=.]\s*[^\d]{3,40}", plain)
    return explained[1] if explained and plain not in spelled else plain


def _side_by_side(cells: Sequence[Cell], roles: Sequence[str], spelled: Mapping[str, str]) -> dict[int, str]:
    """The places of cells that hold nothing but a value, with the value, where they stand side by side and none comes twice."""
    texts = [value_headed(fold(cell.text), spelled) for cell in cells]
    named = {
        at: spelled[text]
        for at, (text, role) in enumerate(zip(texts, roles, strict=True))
        if text in spelled and not role
    }
    together = bool(named) and max(named) - min(named) == len(named) - 1
    return named if together and len(set(named.values())) == len(named) else {}


def _usual_row(table: Table) -> tuple[int, int]:
    """Where most rows of a table end, and how many cells they have, with those that reach into them from above. Sheets have whole rows."""
    if table.sheet or table.delimited:
        return 0, 0
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row].append(cell)
    shapes = Counter((max(cell.column + cell.column_span for cell in row), len(row)) for row in rows.values())
    return max(shapes, key=lambda shape: (shapes[shape], shape), default=(0, 0))
