"""From letters to lines, and from lines to paragraphs.

A PDF holds neither: it holds letters at places. Letters on one height make a line. A line goes on with the one before
unless something says that it begins a paragraph: a bullet or a tick box at its head, a change of look, a wider gap, an
outdent, or that its first word would have had room on the line before.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from audit_lib.rawform import Mark, Paragraph, Run
from audit_lib.readers import symbol_signs
from audit_lib.readers.pdf.glyphs import Glyph

_SAME_LINE = 0.55  # letters whose feet are no further apart, as a part of the smaller size, stand on one line
_SPACE = 0.16  # a gap of this part of the size is a space where the file writes none
_TAB = 2.0
_WIDER = 0.18  # a gap wider by this part of the size than between lines of a paragraph
_USUAL = 1.32  # the distance of lines of a paragraph, where nothing shows it
_BULLETS = "•▪‣◦∙➢❖·"
_HEADS = "☐☑☒□■●○"  # signs that begin a paragraph and may say what was chosen
_TYPED_BULLET = re.compile(r"[-–—*]$")
_BULLET_GAP = 0.6
_ADDRESS = re.compile(r"(?:[@_/\\]|\w\.\w)\S*$|[)\]]$")
_PROMPT = re.compile(r"Choose an item\.|Click (?:or tap )?(?:here )?to enter (?:text|a date)\.")
_SLACK = 0.8
_INDENT = 4.0
_HYPHENS = ("-", "‐", "\u00ad")
_ENOUGH = 3  # line ends seen before they are trusted to show where lines wrap


@dataclass(eq=False)
class TextLine:
    """One line: its letters from left to right, the page and number on it, and how far it might have gone (``room``).

    ``cell`` names the cell of a table inside a cell in which it stands, empty for none.
    """

    glyphs: list[Glyph]
    page: int
    left: float
    room: float
    in_table: bool = False
    cell: str = ""
    number: int = 0

    def __post_init__(self) -> None:
        dark = [glyph for glyph in self.glyphs if not glyph.blank]
        self.first, self.last = dark[0], dark[-1]
        self.x0, self.x1 = self.first.x0, max(glyph.x1 for glyph in dark)
        largest = max(dark, key=lambda glyph: (not glyph.filled, glyph.ticked is None, glyph.size))
        self.base, self.size = largest.base, largest.size
        self.turn = self.first.turn
        self.filled = any(glyph.filled for glyph in dark)
        self.ends_in_space = self.glyphs[-1].blank
        self.bullet = _bullet_length(self.glyphs)
        self.look = _look(dark)

    @property
    def starts_anew(self) -> bool:
        """Whether it begins with a bullet or a tick box."""
        return self.bullet > 0 or self.first.ticked is not None or self.first.text in (*_HEADS,)

    @property
    def has_room_for_space(self) -> bool:
        """Whether a space at its end would have had room; one that has none is not written."""
        return self.room - self.x1 > 0.4 * self.size

    @property
    def text_start(self) -> float:
        """Where its text begins, behind a bullet."""
        rest = [glyph for glyph in self.glyphs[self.bullet :] if not glyph.blank]
        return rest[0].x0 if rest else self.x0

    @property
    def text(self) -> str:
        """All that it says, struck or not."""
        return "".join(run.text for run in runs_of([self]))

    def first_word(self) -> float:
        """The width of its first word."""
        end = self.x0
        for glyph in self.glyphs:
            if glyph.x0 < self.x0 and glyph.blank:
                continue
            if glyph.blank or glyph.x0 - end > _SPACE * self.size:
                break
            end = glyph.x1
        return end - self.x0


@dataclass
class Spacing:
    """What the lines of a document show of how it is set: distances of lines that wrap, and whether they end in a space.

    The key of ``distances`` says whether the lines stand in a table, and their size.
    """

    distances: dict[tuple[bool, int], float] = field(default_factory=dict)
    space_ends_wrap: bool = False

    @classmethod
    def of(cls, texts: Iterable[list[TextLine]]) -> Spacing:
        """From all texts of a document: each is the lines of one cell, or those between two tables."""
        seen: dict[tuple[bool, int], list[float]] = defaultdict(list)
        spaces = [0, 0]
        for lines in texts:
            for before, line in itertools.pairwise(lines):
                if before.page == line.page and before.turn == line.turn and is_full(before, line):
                    seen[_key(line)].append(line.base - before.base)
                    spaces[before.ends_in_space] += before.has_room_for_space and not line.starts_anew
        distances = {key: _tight(found, key[1] / 2) for key, found in seen.items()}
        return cls({key: one for key, one in distances.items() if one}, spaces[1] >= max(_ENOUGH, 9 * spaces[0]))

    def between(self, line: TextLine) -> float:
        """The distance of lines of one paragraph of its size."""
        return self.distances.get(_key(line), _USUAL * line.size)


def _key(line: TextLine) -> tuple[bool, int]:
    return (line.in_table, round(line.size * 2))


def _tight(distances: list[float], size: float) -> float:
    """The smallest usual distance of lines; 0 when none was seen."""
    found = sorted(one for one in distances if 0.9 * size <= one <= 2.2 * size)
    return found[len(found) // 10] if found else 0.0


def lines_of(
    glyphs: Iterable[Glyph], page: int, left: float, room: float, *, in_table: bool, cell: str = ""
) -> list[TextLine]:
    """The lines that some letters make, from top to bottom; turned text after the upright."""
    found: list[TextLine] = []
    by_turn: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_turn[glyph.turn].append(glyph)
    for turn in sorted(by_turn):
        here = by_turn[turn]
        edges = (left, room) if turn == 0 else (min(g.x0 for g in here), max(g.x1 for g in here))
        for row in _rows(here):
            if not all(glyph.blank for glyph in row):
                found.append(TextLine(_without_lead(row), page, *edges, in_table=in_table, cell=cell))
    return found


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Letters on the same height, each row from left to right. A field or a drawn box stands in the row that it reaches over."""
    letters = sorted((glyph for glyph in glyphs if glyph.reach is None), key=lambda glyph: (glyph.base, glyph.x0))
    rows: list[list[Glyph]] = []
    foot = size = 0.0
    for glyph in letters:
        if rows and abs(glyph.base - foot) <= _SAME_LINE * min(size, glyph.size):
            rows[-1].append(glyph)
            if glyph.size > size * 1.1 and not glyph.blank:
                foot, size = glyph.base, glyph.size
        else:
            rows.append([glyph])
            foot, size = glyph.base, glyph.size
    feet = [max(row, key=lambda glyph: glyph.size).base for row in rows]
    for glyph in sorted(
        (glyph for glyph in glyphs if glyph.reach is not None), key=lambda glyph: (glyph.base, glyph.x0)
    ):
        top, bottom = glyph.reach or (0.0, 0.0)
        near = [number for number, foot in enumerate(feet) if top - 1 <= foot <= bottom + 3]
        if near:
            rows[min(near, key=lambda number: abs(feet[number] - glyph.base))].append(glyph)
        else:
            rows.append([glyph])
            feet.append(glyph.base)
    ordered = sorted(zip(feet, rows, strict=True), key=lambda pair: pair[0])
    return [sorted(row, key=lambda glyph: glyph.x0) for _, row in ordered]


def _without_lead(row: list[Glyph]) -> list[Glyph]:
    return list(itertools.dropwhile(lambda glyph: glyph.blank, row))


def _bullet_length(glyphs: list[Glyph]) -> int:
    """How many glyphs at the head of a line are a bullet; 0 for none."""
    first = glyphs[0]
    rest = [glyph for glyph in glyphs[1:] if not glyph.blank]
    if not rest or first.ticked is not None or first.filled:
        return 0
    gap = rest[0].x0 - first.x1
    if first.text in _BULLETS and first.text:
        return 1
    wide = gap >= _BULLET_GAP * first.size
    return int(wide and (first.text == "o" or bool(_TYPED_BULLET.match(first.text))))


def _look(dark: list[Glyph]) -> tuple[bool, bool] | None:
    """Bold and italic, where all letters share them."""
    looks = {(Mark.BOLD in glyph.mark, glyph.italic) for glyph in dark if glyph.text.isalnum()}
    return looks.pop() if len(looks) == 1 else None


def is_full(before: TextLine, line: TextLine) -> bool:
    """Whether the first word of a line would not have had room at the end of the line before."""
    if before.filled:
        return False
    left, right = before.x0 - before.left, before.room - before.x1
    centred = _centred(before) and _centred(line) and left > 2 * _INDENT and abs(before.x0 - line.x0) > 2
    free = left + right if centred else right
    space = 0.0 if before.last.text in _HYPHENS else 0.25 * before.size
    return free < space + line.first_word() + _SLACK


def goes_on(paragraph: list[TextLine], line: TextLine, spacing: Spacing) -> bool:
    """Whether a line goes on with a paragraph, rather than beginning one of its own."""
    before, first = paragraph[-1], paragraph[0]
    if line.starts_anew or line.filled or before.turn != line.turn or before.cell != line.cell:
        return False
    if before.look and line.look and before.look != line.look:
        return False
    if abs(before.size - line.size) > 0.15 * line.size or not is_full(before, line):
        return False
    if spacing.space_ends_wrap and _ends_whole(before, line):
        return False
    start = first.text_start if first.bullet else first.x0
    if line.x0 < min(first.x0, start) - _INDENT:
        return False
    if len(paragraph) > 1 and line.x0 > before.x0 + _INDENT and before.page == line.page and not _centred(line):
        return False
    if before.page != line.page:
        return True
    gap = line.base - before.base
    return gap <= spacing.between(line) + _WIDER * line.size or _is_spaced_out(paragraph, line, gap)


def _ends_whole(before: TextLine, line: TextLine) -> bool:
    """Whether a line ends without a space, and not in the middle of an address or a compound word, though one had room."""
    if before.ends_in_space or not before.has_room_for_space or before.turn or before.last.text in (*_HYPHENS, "/"):
        return False
    return not (_ADDRESS.search(before.text) and not line.first.text.isupper())


def _centred(line: TextLine) -> bool:
    return abs((line.x0 - line.left) - (line.room - line.x1)) < 3


def _is_spaced_out(paragraph: list[TextLine], line: TextLine, gap: float) -> bool:
    """Whether wide-set lines go on in the middle of a sentence."""
    before = paragraph[-1]
    return gap <= 2.3 * line.size and line.first.text.islower() and before.last.text.isalpha() and gap > 0


def paragraphs_of(lines: Iterable[TextLine], spacing: Spacing) -> Iterator[list[TextLine]]:
    """Lines in paragraphs."""
    paragraph: list[TextLine] = []
    for line in lines:
        if paragraph and not goes_on(paragraph, line, spacing):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def as_paragraph(lines: list[TextLine], where: str, spacing: Spacing) -> Paragraph:
    """Lines of one paragraph as such. A bullet is not its text, as it is none in Word."""
    runs = tuple(_with_prompts(runs_of(lines, spacing)))
    return Paragraph(runs, where, listed=lines[0].bullet > 0, nested=bool(lines[0].cell))


def _with_prompts(runs: list[Run]) -> Iterator[Run]:
    """The same runs, the prompts of Word's empty fields marked as such: printed they look like any other text."""
    for run in runs:
        at = 0
        for match in _PROMPT.finditer(run.text):
            for text, mark in ((run.text[at : match.start()], Mark.NONE), (match.group(), Mark.PLACEHOLDER)):
                if text:
                    yield Run(text, run.mark | mark)
            at = match.end()
        if run.text[at:] or run.ticked is not None:
            yield Run(run.text[at:], run.mark, run.ticked)


def bullet_letters(lines: list[TextLine]) -> int:
    """How many visible characters :func:`as_paragraph` leaves out as a bullet."""
    return lines[0].bullet


def runs_of(lines: list[TextLine], spacing: Spacing | None = None) -> list[Run]:
    """The text of some lines as one, in stretches of one state."""
    pieces: list[tuple[str, Mark, bool | None]] = []
    for number, line in enumerate(lines):
        before = lines[number - 1]
        cut = spacing is not None and spacing.space_ends_wrap and before.has_room_for_space and not before.ends_in_space
        if number and not (cut and before.last.text not in _HYPHENS):
            _join(pieces)
        pieces += _pieces_of(line, line.bullet if number == 0 else 0)
    return _runs(pieces)


def _join(pieces: list[tuple[str, Mark, bool | None]]) -> None:
    """Put a space between two lines, unless the first ends in a hyphen in the middle of a word."""
    while pieces and pieces[-1][2] is None and not pieces[-1][0].strip():
        text, mark, _ = pieces.pop()
        if pieces and pieces[-1][0][-1:] in _HYPHENS:
            pieces.append((text, mark, None))  # a written space: "pre- and"
            return
    if not pieces:
        return
    text, mark, ticked = pieces[-1]
    before = pieces[-2][0][-1:] if len(pieces) > 1 else ""
    if text.endswith("\u00ad"):
        pieces[-1] = (text[:-1], mark, ticked)
    elif not (text.endswith(_HYPHENS) and (text[:-1] or before)[-1:].isalnum()):
        pieces.append((" ", mark, None))


def _pieces_of(line: TextLine, skip: int) -> list[tuple[str, Mark, bool | None]]:
    pieces: list[tuple[str, Mark, bool | None]] = []
    before: Glyph | None = None
    for glyph in line.glyphs[skip:]:
        if glyph.blank:
            if pieces and pieces[-1][0] != " ":
                pieces.append((" ", glyph.mark & ~(Mark.STRUCK | Mark.UNDERLINED), None))
            continue
        if before is not None:
            gap = glyph.x0 - before.x1
            spaced = bool(pieces) and pieces[-1][0] == " "
            if gap > _TAB * line.size and gap > _BULLET_GAP * 20:
                pieces[-1:] = (
                    [("\t", before.mark & glyph.mark, None)] if spaced else [*pieces[-1:], ("\t", Mark.NONE, None)]
                )
            elif not spaced and (gap > _SPACE * line.size or glyph.filled or before.filled):
                pieces.append((" ", before.mark & glyph.mark, None))
        pieces += _shown(glyph)
        before = glyph
    return pieces


def _shown(glyph: Glyph) -> list[tuple[str, Mark, bool | None]]:
    if glyph.ticked is not None:
        return [("", glyph.mark, glyph.ticked)]
    return [(text, glyph.mark, ticked) for text, ticked in symbol_signs.boxes(glyph.text)]


def _runs(pieces: list[tuple[str, Mark, bool | None]]) -> list[Run]:
    """Neighbours of one state as one run. A space has the state that both its neighbours share."""
    marks = [mark for _, mark, _ in pieces]
    for number in range(1, len(pieces) - 1):
        if pieces[number][2] is None and pieces[number][0].isspace():
            marks[number] = marks[number - 1] & marks[number + 1]
    runs: list[Run] = []
    for (text, _, ticked), mark in zip(pieces, marks, strict=True):
        last = runs[-1] if runs else None
        alike = last is not None and ticked is None and last.ticked is None and last.mark == mark
        if last and alike and Mark.UNTOUCHED not in mark:
            runs[-1] = Run(last.text + text, mark)
        elif text or ticked is not None:
            runs.append(Run(text, mark, ticked))
    while runs and runs[-1].ticked is None and not runs[-1].text.strip():
        runs.pop()
    if runs and runs[-1].ticked is None:
        runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].mark)
    return runs
