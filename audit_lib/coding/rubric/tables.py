"""Grades given by choosing one of several descriptors: the rows of a rubric.

Which row of the instrument a row of the form is, its printed words say: its label or its descriptors. Only where the form
has all rows of a group, and nothing printed says otherwise, does the place decide for a row whose words do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audit_lib.coding.matched import ChosenDescriptor, MatchedForm, Place
from audit_lib.coding.places.columns import HEADING_LENGTH
from audit_lib.coding.rubric.notes import bare_note, taken_apart, written
from audit_lib.coding.rubric.prints import is_printed_form
from audit_lib.coding.rubric.rows import SIGNS, Heads, Row, odd_look
from audit_lib.coding.values.choices import Choice
from audit_lib.coding.values.cues import cue_length, first_cue, is_printed, without_articles
from audit_lib.instrument import GradedThing, Group, Instrument
from audit_lib.rawform import Cell, Table
from audit_lib.scales import Scale
from audit_lib.text import clean, fold

_BY_DESIGN = 10  # rows from which on the same look in all of them is no choice
_HEADING_LENGTH = 90
_SENTENCE = 4  # words
_ALWAYS = 3  # rows from which on a sign in all of them may be design
_SIGN_BESIDE = re.compile(r"^[✓✔√✗✘×✕x]\s+|\s+[✓✔√✗✘×✕x]$")
_LETTER_BEFORE = re.compile(r"^\w{1,2}\s*[:.)=\-–]\s*")
_NUMBER_AFTER = re.compile(r"\s*(?:[-:=]\s*\d+|\(\W*\w{1,2}\W*\))$")
_UNPLACED_ROW = "a row of this part of the form could not be told"


class Rubric:
    """Reads the tables of a rubric into ``out``."""

    def __init__(self, instrument: Instrument, out: MatchedForm) -> None:
        self._instrument, self._out = instrument, out
        self._things = instrument.graded("descriptor")
        self._group: Group | None = None
        self._by_look: list[str] = []  # for each grade read: its code where nothing but the look of a column made it

    def finish(self) -> None:
        """At the end of the form: where one column looks chosen in every row of every table, that is how it was printed."""
        if len(self._by_look) >= _BY_DESIGN and len(set(self._by_look)) == 1 and self._by_look[0]:
            for thing in self._out.chosen:
                self._out.grade_doubts[thing] = (
                    "one column is marked in every row, which may be how the form is printed"
                )

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
            elif row[0].row == heads.row:
                self._beside_headings(row, heads)
        below = [row for row in rows if row[0].row > heads.row and _is_filled(row)]
        self._rows(below, replace(heads, constant=_constant(below, heads)))
        return True

    def _above(self, row: Sequence[Cell]) -> None:
        filled = [cell for cell in row if clean(cell.text)]
        if not (len(filled) == 1 and self.heading(filled[0].text)):
            self._out.unplaced += [Place(list(cell.paragraphs), cell.locator()) for cell in filled]

    def _beside_headings(self, row: Sequence[Cell], heads: Heads) -> None:
        """A sentence typed beside the headings is told."""
        for cell in row:
            typed = cell.column not in heads.values and len(clean(cell.text).split()) >= _SENTENCE
            if typed and not is_printed(fold(cell.text), self._instrument.printed):
                self._out.unplaced.append(Place(list(cell.paragraphs), cell.locator()))

    def _heads(self, row: Sequence[Cell]) -> Heads | None:
        scale = self._scale()
        named = {cell.column: value for cell in row if (value := _value_named(cell.text, scale))}
        first = min((column for column, value in named.items() if value in scale.order), default=0)
        named = {column: value for column, value in named.items() if column >= first}  # "N/A" before them is a note
        if len(set(named.values())) < len(named) or len(named) < min(3, len(scale.order)):
            named = _letters_named(row, scale)
        if not named:
            return None
        of_values = [cell for cell in row if cell.column in named]
        designed = {}
        for kind, shows in SIGNS.items():
            columns = frozenset(cell.column for cell in of_values if shows(cell))
            designed[kind] = columns if len(columns) < len(of_values) else frozenset()
        return Heads(row[0].row, named, designed, notes=_notes_in(row, named, scale))

    def _scale(self) -> Scale:
        return self._instrument.grade_scale_of(self._things[0].id)

    def _rows(self, rows: Sequence[Sequence[Cell]], heads: Heads) -> None:
        things = self._group_of(rows)
        named, doubtful = _named_rows(rows, things)
        print_known = self._is_print_known(rows, named, heads)
        for row, thing in zip(rows, named, strict=True):
            if thing is None:
                self._unknown(row, heads)
                continue
            read = Row(row, heads, self._instrument.grade_scale_of(thing.id), thing, print_known=print_known)
            choice = read.choice()
            if choice.code != "missing":
                self._by_look.append(choice.code if read.maybe_design else "")
            where = row[0].locator().rpartition(", column")[0] or row[0].locator()
            if thing.id in self._out.chosen or thing.id in doubtful:
                self._out.grade_doubts[thing.id] = "it stands twice in the form"
                self._out.twice.append((f"grade:{thing.id}", where))
            elif self._out.grade_doubts.get(thing.id) == _UNPLACED_ROW:
                del self._out.grade_doubts[thing.id]
            self._out.chosen.setdefault(thing.id, ChosenDescriptor(choice, where))
            self._beside(row, heads, thing, choice)
            self._out.unplaced += [Place(paragraphs, cell.locator()) for cell, paragraphs in read.beside_print()]
            self._out.reworded += [Place(list(cell.paragraphs), cell.locator()) for _, cell in read.reworded()]
        if any(thing is None for thing in named):
            for thing in (*things, *self._headed()):
                if thing.id not in self._out.chosen:
                    self._out.grade_doubts[thing.id] = _UNPLACED_ROW

    def _is_print_known(
        self, rows: Sequence[Sequence[Cell]], named: Sequence[GradedThing | None], heads: Heads
    ) -> bool:
        """Whether the rows hold the words that the instrument knows, and not those of another print of the form."""
        pairs = [(row, thing) for row, thing in zip(rows, named, strict=True) if thing is not None]
        read = [Row(row, heads, self._instrument.grade_scale_of(thing.id), thing) for row, thing in pairs]
        return is_printed_form(one for row in read for one in row.print_of())

    def _headed(self) -> list[GradedThing]:
        """The things of the group whose heading stands above."""
        return [thing for thing in self._things if self._group is not None and thing.group == self._group.id]

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

    def _unknown(self, row: Sequence[Cell], heads: Heads) -> None:
        """A row that the rubric does not have: told as added when the auditor chose something in it.

        One cell as wide as all descriptors is a heading between the rows.
        """
        place = Place([paragraph for cell in row for paragraph in cell.paragraphs], row[0].locator())
        filled = [cell for cell in row if clean(cell.text)]
        divides = len(filled) == 1 and filled[0].column_span >= len(heads.values)
        chosen = not divides and Row(row, heads, self._scale(), None).choice().code != "missing"
        (self._out.added if chosen else self._out.unplaced).append(place)

    def _beside(self, row: Sequence[Cell], heads: Heads, thing: GradedThing, choice: Choice) -> None:
        """Words beside the descriptors that are no grade are a comment."""
        for cell in row:
            beyond = cell.column > max(heads.values)
            told = bool(choice.remark) and choice.remark in written(cell)
            if beyond and clean(cell.text) and not told and not _grade_alone(cell, self._scale()):
                place = Place(list(cell.paragraphs), cell.locator())
                self._out.comments.setdefault((thing.id, "", "comment"), []).append(place)


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
    """The value that a heading names in its first line: "Good", "G: Good", "Good (3)"; little else may stand below."""
    first, _, rest = text.strip().partition("\n")
    for line in (text, first if len(rest.split()) < _SENTENCE else ""):
        if len(line) > HEADING_LENGTH:
            continue
        named = _NUMBER_AFTER.sub("", _LETTER_BEFORE.sub("", _SIGN_BESIDE.sub("", fold(line)))).strip(" .:")
        if len(named) > 2 and named in scale.spelled:
            return scale.spelled[named]
    return ""


def _letters_named(row: Sequence[Cell], scale: Scale) -> dict[int, str]:
    """Headings of one or two letters: all values of the scale side by side, in order; else none."""
    spelled = {cell.column: scale.spelled.get(bare_note(cell.text), "") for cell in row if len(clean(cell.text)) <= 2}
    found = {column: value for column, value in spelled.items() if value in scale.order}
    side_by_side = bool(found) and max(found) - min(found) == len(found) - 1
    in_order = list(found.values()) in (list(scale.order), list(reversed(scale.order)))
    return found if side_by_side and in_order else {}


def _notes_in(row: Sequence[Cell], named: dict[int, str], scale: Scale) -> str:
    """What was written beside headings and may be a choice for all rows, or for any."""
    found = []
    for cell in row:
        value = named.get(cell.column, "")
        notes, _ = taken_apart(cell, value, scale, "")
        found += [note.text for note in notes if not value or scale.spelled.get(bare_note(note.text)) != value]
    return " / ".join(found)


def _constant(rows: Sequence[Sequence[Cell]], heads: Heads) -> dict[str, frozenset[int]]:
    """The columns whose cells are shaded, or marked, in every row, by kind of sign."""
    found = {}
    for kind, shows in SIGNS.items():
        columns = [{cell.column for cell in row if cell.column in heads.values and shows(cell)} for row in rows]
        found[kind] = frozenset(set.intersection(*columns) if len(columns) >= _ALWAYS else ())
    odd = [odd_look([cell for cell in row if cell.column in heads.values]) for row in rows]
    at = {cell.column for cell in odd if cell is not None}
    found["looks"] = frozenset(at if len(odd) >= _ALWAYS and None not in odd and len(at) == 1 else ())
    return found


def _is_filled(row: Sequence[Cell]) -> bool:
    return any(cell.runs and (clean(_standing_or_struck(cell)) or written(cell)) for cell in row)


def _grade_alone(cell: Cell, scale: Scale) -> bool:
    text = written(cell)
    return fold(text) in scale.spelled or not re.search(r"\w\w", text)
