"""Grades given by choosing one of several descriptors: the rows of a rubric.

Which row of the instrument a row of the form is, its printed words say: its label or its descriptors. Only where the form
has all rows of a group, and nothing printed says otherwise, does the place decide for a row whose words do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit_lib.coding.choices import Choice, choose
from audit_lib.coding.comments import standing
from audit_lib.coding.cues import cue_length, first_cue, without_articles
from audit_lib.coding.matched import ChosenDescriptor, MatchedForm, Place
from audit_lib.coding.remarks import unsettles
from audit_lib.instrument import GradedThing, Group, Instrument
from audit_lib.rawform import Cell, Mark, Table
from audit_lib.scales import Scale
from audit_lib.text import clean, fold

_TICKS, _CROSSES = "✓✔√🗸", "✗✘×✕xX"
_SIGN = re.compile(rf"^\s*([{_TICKS}{_CROSSES}])(?=\s|$)|(?<=\s)([{_TICKS}{_CROSSES}])\s*$")
_MARKED = Mark.BOLD | Mark.UNDERLINED
_HEADING_LENGTH = 90


@dataclass(frozen=True)
class _Heads:
    """Where the descriptors stand: column -> value of the scale; ``row`` is the row of the headings, ``shaded`` columns whose
    heading has a colour of its own.
    """

    row: int
    values: dict[int, str]
    shaded: frozenset[int]


class Rubric:
    """Reads the tables of a rubric into ``out``."""

    def __init__(self, instrument: Instrument, out: MatchedForm) -> None:
        self._instrument, self._out = instrument, out
        self._things = instrument.graded("descriptor")
        self._group: Group | None = None

    def heading(self, text: str) -> bool:
        """Takes a heading of a group; of several cues in it the first counts, of two at one place the longer."""
        plain = without_articles(fold(text))
        found = [
            (at, -length, number)
            for number, group in enumerate(self._instrument.groups)
            if (place := first_cue(plain, group.cues))
            for at, length in [place]
        ]
        numbered = re.match(r"(?:section\s*)?\d|section\b", plain)
        if not found or not (numbered or (min(found)[0] == 0 and len(plain) <= _HEADING_LENGTH)):
            return False
        self._group = self._instrument.groups[min(found)[2]]
        return True

    def table(self, table: Table) -> bool:
        """Takes a table when it has the headings of a rubric: three values of the scale or more, side by side."""
        if not self._things:
            return False
        rows = [list(row) for row in table.rows()]
        heads = next((heads for row in rows[:4] if (heads := self._heads(row))), None)
        if heads is None:
            return False
        for row in rows:
            if row[0].row < heads.row:
                self._above(row)
        self._rows([row for row in rows if row[0].row > heads.row and _is_filled(row)], heads)
        return True

    def _above(self, row: Sequence[Cell]) -> None:
        filled = [cell for cell in row if clean(cell.text)]
        if not (len(filled) == 1 and self.heading(filled[0].text)):
            self._out.unplaced += [Place(list(cell.paragraphs), cell.locator()) for cell in filled]

    def _heads(self, row: Sequence[Cell]) -> _Heads | None:
        scale = self._scale()
        named = {cell.column: value for cell in row if (value := _value_named(cell.text, scale))}
        if len(set(named.values())) < len(named) or len(named) < min(3, len(scale.order)):
            return None
        return _Heads(row[0].row, named, frozenset(cell.column for cell in row if cell.shaded and cell.column in named))

    def _scale(self) -> Scale:
        return self._instrument.grade_scale_of(self._things[0].id)

    def _rows(self, rows: Sequence[Sequence[Cell]], heads: _Heads) -> None:
        things = self._group_of(rows)
        named, doubtful = _named_rows(rows, things)
        for row, thing in zip(rows, named, strict=True):
            if thing is None:
                self._unknown(row, heads)
                continue
            choice = _Row(row, heads, self._instrument.grade_scale_of(thing.id)).choice()
            where = row[0].locator().rpartition(", column")[0] or row[0].locator()
            if thing.id in self._out.chosen or thing.id in doubtful:
                self._out.grade_doubts[thing.id] = "it stands twice in the form"
                self._out.twice.append((f"grade:{thing.id}", where))
            self._out.chosen.setdefault(thing.id, ChosenDescriptor(choice, where))
            self._beside(row, heads, thing, choice)
        if any(thing is None for thing in named):
            for thing in things:
                if thing.id not in self._out.chosen:
                    self._out.grade_doubts[thing.id] = "a row of this part of the form could not be told"

    def _group_of(self, rows: Sequence[Sequence[Cell]]) -> list[GradedThing]:
        """The things of the group whose words stand in the rows; the heading decides where the words of most rows do not."""
        by_group = {
            group.id: [thing for thing in self._things if thing.group == group.id] for group in self._instrument.groups
        }
        votes = {group: sum(any(_fit(row, thing) for thing in by_group[group]) for row in rows) for group in by_group}
        best = max(votes.values(), default=0)
        leading = [group for group, count in votes.items() if count == best and best]
        headed = self._group.id if self._group is not None else ""
        if all(thing.id in self._out.chosen for thing in by_group.get(headed, ())):
            headed = ""  # its rows were read above: the heading of these was not known
        if headed and (headed in leading or len(leading) != 1 or 2 * best <= len(rows)):
            return by_group[headed]
        return by_group[leading[0]] if len(leading) == 1 else []

    def _unknown(self, row: Sequence[Cell], heads: _Heads) -> None:
        """A row that the rubric does not have: told as added when the auditor chose something in it."""
        place = Place([paragraph for cell in row for paragraph in cell.paragraphs], row[0].locator())
        chosen = _Row(row, heads, self._scale()).choice().code != "missing"
        (self._out.added if chosen else self._out.unplaced).append(place)

    def _beside(self, row: Sequence[Cell], heads: _Heads, thing: GradedThing, choice: Choice) -> None:
        """Words beside the descriptors that are no grade are a comment."""
        for cell in row:
            beyond = cell.column > max(heads.values)
            if beyond and clean(cell.text) and not choice.remark and not _grade_alone(cell, self._scale()):
                place = Place(list(cell.paragraphs), cell.locator())
                self._out.comments.setdefault((thing.id, "", "comment"), []).append(place)


class _Row:
    """One row of a rubric and what in it says which descriptor was chosen."""

    def __init__(self, row: Sequence[Cell], heads: _Heads, scale: Scale) -> None:
        self._cells = {heads.values[cell.column]: cell for cell in row if cell.column in heads.values}
        self._beyond = [cell for cell in row if cell.column > max(heads.values) and _written(cell)]
        self._heads, self._scale = heads, scale

    def choice(self) -> Choice:
        """The value that every sign in the row agrees on; ``missing`` without any sign, ``unclear`` when they do not."""
        beside = [self._beside(cell) for cell in self._beyond]
        signs = [self._ticked(), self._highlighted(), self._shaded(), self._marked(), self._kept()]
        codes = [choice.code for choice in beside if choice.code != "missing"]
        in_cells = {value for sign in signs for value in sign}
        if set(codes) == {"unclear"} and self._is_remark(words=2 if len(in_cells) == 1 else 4):
            codes = []
        chosen = in_cells | set(codes)
        written = clean(" ".join(choice.as_written for choice in beside)) if codes else ""
        if not chosen:
            return Choice("missing", written)
        if len(chosen) > 1 or "unclear" in chosen:
            return Choice("unclear", written or " / ".join(self._label(value) for value in sorted(chosen)), usual=False)
        code = chosen.pop()
        remark = clean(" ".join(choice.remark for choice in beside if choice.remark))
        return Choice(code, written or self._words(code), remark, usual=not self._by_cross())

    def _beside(self, cell: Cell) -> Choice:
        """What a cell beyond the descriptors says: a grade, or a letter for one, and a remark after a dash."""
        head, dash, rest = re.match(r"([^-–—:(]*)([-–—:(]?)(.*)", _written(cell)).groups()  # type: ignore[union-attr]
        code = self._scale.spelled.get(fold(head))
        if not (code and dash and rest.strip()) or unsettles(code, rest, self._scale):
            return choose(cell.runs, self._scale)
        return Choice(code, _written(cell), rest.strip(" )"))

    def _is_remark(self, words: int) -> bool:
        """Whether what stands beyond the descriptors is at least so many ``words`` and no sign or grade."""
        text = " ".join(_written(cell) for cell in self._beyond)
        begins = re.match(r"\w+", fold(text))
        grade = begins is not None and begins.group() in self._scale.spelled
        return (
            len(re.findall(r"\w{2,}", text)) >= words
            and not grade
            and not self._scale.words.search(fold(text))
            and "?" not in text
        )

    def _label(self, value: str) -> str:
        return value if value == "unclear" else self._scale.label(value)

    def _words(self, code: str) -> str:
        cell = self._cells.get(code)
        return _written(cell) if cell is not None else ""

    def _ticked(self) -> set[str]:
        boxes = [run for cell in self._cells.values() for run in cell.runs if run.ticked is not None]
        ticked = {v for v, cell in self._cells.items() if any(run.ticked for run in cell.runs)}
        signs = {value: sign for value, cell in self._cells.items() if (sign := _sign_in(cell))}
        return ticked if boxes else {value for value in signs if signs[value] in _TICKS} or set(signs)

    def _by_cross(self) -> bool:
        signs = [sign for cell in self._cells.values() if (sign := _sign_in(cell))]
        return bool(signs) and all(sign in _CROSSES for sign in signs)

    def _highlighted(self) -> set[str]:
        found = {value for value, cell in self._cells.items() if _has(cell, Mark.HIGHLIGHTED)}
        return found if len(found) < len(self._cells) else set()

    def _shaded(self) -> set[str]:
        """Cells with a colour behind them, unless the whole column has it by design or every descriptor has one."""
        found = {value for value, cell in self._cells.items() if cell.shaded}
        design = {self._heads.values[column] for column in self._heads.shaded}
        by_design = len(design) < len(self._heads.values) and found == design
        return set() if len(found) == len(self._cells) or by_design else found

    def _marked(self) -> set[str]:
        found = {value for value, cell in self._cells.items() if _written(cell) and _wholly(cell, _MARKED)}
        filled = [cell for cell in self._cells.values() if _written(cell)]
        return found if len(found) < len(filled) or len(filled) == 1 else set()

    def _kept(self) -> set[str]:
        """The descriptors left standing where others were deleted or struck; all of them is no choice."""
        filled = {value for value, cell in self._cells.items() if _written(cell)}
        printed = len(self._heads.values)
        other = self._ticked() or self._highlighted() or self._shaded() or self._beyond
        return filled if len(filled) == 1 or (1 < len(filled) < printed and not other) else set()


def _named_rows(
    rows: Sequence[Sequence[Cell]], things: Sequence[GradedThing]
) -> tuple[list[GradedThing | None], set[str]]:
    """Which thing each row is, None where it can't be told; and the ids of things to which two rows lay claim."""
    scores = [[_fit(row, thing) for thing in things] for row in rows]
    in_place = len(rows) == len(things) and all(
        score[number] > 0 or not any(score) for number, score in enumerate(scores)
    )
    if in_place:
        return list(things), set()
    named: list[GradedThing | None] = []
    for score in scores:
        best = max(score, default=0)
        named.append(things[score.index(best)] if best and score.count(best) == 1 else None)
    ids = [thing.id for thing in named if thing is not None]
    return named, {one for one in ids if ids.count(one) > 1}


def _fit(row: Sequence[Cell], thing: GradedThing) -> int:
    """How well the words of a row are those of a thing: the cue lengths over its cells."""
    return sum(cue_length(fold(_standing_or_struck(cell)), thing.cues) for cell in row)


def _standing_or_struck(cell: Cell) -> str:
    """All the words of a cell, struck ones too: a deleted descriptor still says which row it is."""
    return " ".join("".join(run.text for run in paragraph.runs) for paragraph in cell.paragraphs)


def _value_named(text: str, scale: Scale) -> str:
    """The value that a heading names: "Good", "G: Good"."""
    named = re.sub(r"^\w{1,2}\s*[:.)\-–]\s*", "", fold(text)).strip(" .:")
    return scale.spelled.get(named, "") if len(named) > 2 else ""


def _written(cell: Cell) -> str:
    return clean("\n".join(map(standing, cell.paragraphs)))


def _is_filled(row: Sequence[Cell]) -> bool:
    return any(cell.runs and (clean(_standing_or_struck(cell)) or _written(cell)) for cell in row)


def _sign_in(cell: Cell) -> str:
    match = _SIGN.search("\n".join(map(standing, cell.paragraphs)).strip())
    return (match[1] or match[2]) if match else ""


def _has(cell: Cell, mark: Mark) -> bool:
    return any(run.mark & mark and not run.mark & Mark.STRUCK and re.search(r"\w", run.text) for run in cell.runs)


def _wholly(cell: Cell, mark: Mark) -> bool:
    return all(run.mark & mark for run in cell.runs if re.search(r"\w", run.text) and not run.mark & Mark.STRUCK)


def _grade_alone(cell: Cell, scale: Scale) -> bool:
    text = _written(cell)
    return fold(text) in scale.spelled or not re.search(r"\w\w", text)
