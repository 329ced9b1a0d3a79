"""What lines, areas and shapes on a page say about its letters: struck, underlined, highlighted, ticked, covered."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit_lib.rawform import Mark
from audit_lib.readers.pdf.draw import Area, Drawing, Line, Shape
from audit_lib.readers.pdf.glyphs import Box, Glyph, turned
from audit_lib.readers.pdf.grid import Grid, groups

_STRIKE = (0.1, 0.62)  # how far above the foot of a letter, as a part of its size, a line strikes it out
_UNDERLINE = (-0.35, 0.1)
_MOSTLY, _THROUGH = 0.5, 0.8
_FILLS = 0.85  # an area that takes up this part of a cell shades it
_WHITE = 0.97
_ALIKE = 0.03
_BOX = (5.0, 22.0)  # the height of a drawn tick box
_SQUARE = 0.72
_TOUCHING_FRAME, _TOUCHING_LINES = 0.5, 1.5  # a table's line this near to a small square makes it a cell
_AROUND_FIELD = 5.0
_SIGNS_OF_A_TICK = "xX✓✔✗✘✕✖×√☑☒"
_BACKGROUND = 0.4  # an area of this part of the page is the page's own colour
_FLAT = 0.12  # a drawn line no steeper strikes out what it crosses
_DARK = 0.5


class Letters:
    """The letters of a page, found quickly by their place."""

    def __init__(self, glyphs: Iterable[Glyph]) -> None:
        self._glyphs = sorted(glyphs, key=lambda glyph: glyph.y)
        self._heights = [glyph.y for glyph in self._glyphs]

    def inside(self, box: Box) -> Iterator[Glyph]:
        """Those whose middle lies in an area of the page."""
        x0, y0, x1, y1 = box
        for number in range(bisect.bisect_left(self._heights, y0), bisect.bisect_right(self._heights, y1)):
            if x0 <= self._glyphs[number].x <= x1:
                yield self._glyphs[number]


@dataclass(frozen=True, slots=True)
class TickBoxes:
    """The drawn tick boxes of a page: as glyphs, the lines that draw them, and how many could not be told."""

    glyphs: tuple[Glyph, ...]
    lines: frozenset[Line]
    uncertain: int


def drop_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Without letters painted twice at the same place, by which some programs make them bold."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    kept = []
    for glyph in glyphs:
        key = (glyph.text, round(glyph.x / 4), round(glyph.y / 4))
        near = [
            one for dx in (-1, 0, 1) for dy in (-1, 0, 1) for one in seen.get((key[0], key[1] + dx, key[2] + dy), ())
        ]
        if any(abs(one.x - glyph.x) < 0.15 * glyph.size and abs(one.y - glyph.y) < 0.15 * glyph.size for one in near):
            continue
        seen.setdefault(key, []).append(glyph)
        kept.append(glyph)
    return kept


def drop_covered(drawing: Drawing) -> None:
    """Take out letters that nobody sees: under a later area or picture, or in the colour of what is behind them."""
    letters = Letters(drawing.glyphs)
    behind: dict[int, Area] = {}
    gone: set[int] = set()
    for area in sorted([*drawing.areas, *drawing.pictures], key=lambda one: one.order):
        for glyph in letters.inside(area.box):
            if area.order < glyph.order:
                behind[id(glyph)] = area
            elif not area.clear:
                gone.add(id(glyph))
    for glyph in drawing.glyphs:
        under = behind.get(id(glyph))
        paper = (1.0, 1.0, 1.0) if under is None else under.colour  # a picture and a pattern have no colour
        if _alike(glyph.colour, paper):
            gone.add(id(glyph))
    drawing.hidden += sum(glyph.letters for glyph in drawing.glyphs if id(glyph) in gone)
    drawing.glyphs = [glyph for glyph in drawing.glyphs if id(glyph) not in gone]


def _alike(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return bool(one) and bool(two) and all(abs(a - b) <= _ALIKE for a, b in zip(one, two, strict=True))


def is_white(colour: tuple[float, ...]) -> bool:
    """Whether a colour shows on paper as nothing."""
    return bool(colour) and min(colour) >= _WHITE


def striking_lines(glyphs: list[Glyph], lines: Sequence[Line]) -> set[Line]:
    """The lines that run through letters from end to end: they border nothing, even where they meet the lines of a table."""
    upright = sorted((glyph for glyph in glyphs if glyph.turn == 0), key=lambda glyph: glyph.base)
    bases = [glyph.base for glyph in upright]
    tallest = max((glyph.size for glyph in upright), default=0.0)
    found = set()
    for line in lines:
        if not line.level:
            continue
        first = bisect.bisect_left(bases, line.at + _STRIKE[0])
        near = upright[first : bisect.bisect_right(bases, line.at + _STRIKE[1] * tallest)]
        if sum(glyph.x1 - glyph.x0 for glyph in _struck(near, line)) >= _THROUGH * (line.end - line.start) > 0:
            found.add(line)
    return found


def mark_lines(glyphs: list[Glyph], lines: Sequence[Line], borders: Iterable[Line]) -> None:
    """Mark letters as struck or underlined by the lines that cross them; the borders of tables underline nothing."""
    by_place = sorted(borders, key=lambda line: line.at)
    for turn in {glyph.turn for glyph in glyphs}:
        upright = sorted((glyph for glyph in glyphs if glyph.turn == turn), key=lambda glyph: glyph.base)
        bases = [glyph.base for glyph in upright]
        tallest = max((glyph.size for glyph in upright), default=0.0)
        for line in lines:
            level = _turned_line(line, turn)
            if level is None:
                continue
            first = bisect.bisect_left(bases, level.at + _UNDERLINE[0] * tallest)
            last = bisect.bisect_right(bases, level.at + _STRIKE[1] * tallest)
            _mark(upright[first:last], level, is_border=_is_border(line, by_place))


def _turned_line(line: Line, turn: int) -> Line | None:
    ends = [(line.start, line.at), (line.end, line.at)] if line.level else [(line.at, line.start), (line.at, line.end)]
    (x0, y0), (x1, y1) = (turned(x, y, turn) for x, y in ends)
    return Line(True, y0, *sorted((x0, x1))) if abs(y0 - y1) < abs(x0 - x1) else None


def _is_border(line: Line, borders: list[Line]) -> bool:
    first = bisect.bisect_left(borders, line.at - 1.2, key=lambda one: one.at)
    last = bisect.bisect_right(borders, line.at + 1.2, key=lambda one: one.at)
    return any(
        one.level == line.level and one.start - 1 <= line.start and line.end <= one.end + 1
        for one in borders[first:last]
    )


def _mark(near: list[Glyph], line: Line, *, is_border: bool) -> None:
    crossed = _crossed(near, line)
    struck = _struck(near, line)
    length = sum(glyph.x1 - glyph.x0 for glyph in struck)
    if struck and (not is_border or length >= _MOSTLY * (line.end - line.start)):
        for glyph in struck:
            glyph.mark |= Mark.STRUCK
    if not is_border:
        for glyph in crossed:
            if _UNDERLINE[0] <= (glyph.base - line.at) / glyph.size < _UNDERLINE[1]:
                glyph.mark |= Mark.UNDERLINED


def _crossed(near: list[Glyph], line: Line) -> list[Glyph]:
    return [glyph for glyph in near if line.start - 0.5 <= (glyph.x0 + glyph.x1) / 2 <= line.end + 0.5]


def _struck(near: list[Glyph], line: Line) -> list[Glyph]:
    return [glyph for glyph in _crossed(near, line) if _STRIKE[0] <= (glyph.base - line.at) / glyph.size <= _STRIKE[1]]


def mark_shapes(glyphs: list[Glyph], shapes: Iterable[Shape]) -> int:
    """Strike out letters that a nearly level drawn line crosses; give how many other shapes lie over letters."""
    letters = Letters(glyphs)
    over = 0
    for shape in shapes:
        x0, y0, x1, y1 = shape.box
        inside = [glyph for glyph in letters.inside((x0, y0 - 8, x1, y1 + 8)) if not glyph.blank]
        flat = not shape.curved and len(shape.points) == 2 and x1 - x0 > 0 and (y1 - y0) <= _FLAT * (x1 - x0)
        if flat:
            (xa, ya), (xb, yb) = shape.points
            for glyph in inside:
                at = ya + (glyph.x - xa) / (xb - xa) * (yb - ya)
                if glyph.turn == 0 and _STRIKE[0] <= (glyph.base - at) / glyph.size <= _STRIKE[1]:
                    glyph.mark |= Mark.STRUCK
        over += bool(inside) and not flat and _lies_over(shape, inside)
    return over


def _lies_over(shape: Shape, inside: list[Glyph]) -> bool:
    """Whether a shape is drawn over or around letters, as a ring around an answer is, and no picture with letters in it."""
    x0, y0, x1, y1 = shape.box
    letters = [glyph for glyph in inside if x0 <= glyph.x <= x1 and y0 <= glyph.y <= y1]
    tallest = max((glyph.size for glyph in letters), default=0.0)
    return bool(letters) and (y1 - y0) <= 5 * tallest and (x1 - x0) <= 40 * tallest


def mark_areas(glyphs: list[Glyph], drawing: Drawing, tables: list[Grid]) -> set[tuple[int, int]]:
    """Mark letters with a colour behind them as highlighted; give the cells that are shaded: (table, cell)."""
    whole = drawing.width * drawing.height
    areas = sorted((one for one in drawing.areas if _size(one.box) < _BACKGROUND * whole), key=lambda one: one.order)
    shades = _shades({(one.box, one.colour): one for one in areas}, tables)
    letters = Letters(glyphs)
    behind: dict[int, tuple[float, ...]] = {}
    for area in areas:
        for glyph in letters.inside(area.box):
            behind[id(glyph)] = area.colour
    for glyph in glyphs:
        colour = behind.get(id(glyph))
        if (
            colour is not None
            and not glyph.filled
            and not is_white(colour)
            and colour != _shade_at(glyph, tables, shades)
        ):
            glyph.mark |= Mark.HIGHLIGHTED
    return {cell for cell, colour in shades.items() if not is_white(colour)}


def _shade_at(
    glyph: Glyph, tables: list[Grid], shades: dict[tuple[int, int], tuple[float, ...]]
) -> tuple[float, ...] | None:
    for number, grid in enumerate(tables):
        cell = grid.cell_at(glyph.x, glyph.y)
        if cell is not None and (number, cell) in shades:
            return shades[number, cell]
    return None


def _shades(
    areas: dict[tuple[Box, tuple[float, ...]], Area], tables: list[Grid]
) -> dict[tuple[int, int], tuple[float, ...]]:
    """The colour that fills each cell, all areas of one colour in it taken together; of several the last painted."""
    shades: dict[tuple[int, int], tuple[float, ...]] = {}
    filled: dict[tuple[int, int, tuple[float, ...]], float] = {}
    for area in areas.values():
        for number, grid in enumerate(tables):
            if _common(grid.box, area.box) <= 0:
                continue
            for at, cell in enumerate(grid.cells):
                place = grid.box_of(cell)
                key = (number, at, area.colour)
                filled[key] = filled.get(key, 0.0) + _common(place, area.box)
                if filled[key] >= _FILLS * _size(place):
                    shades[number, at] = area.colour
    return shades


def _size(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _common(one: Box, two: Box) -> float:
    return _size((max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])))


def frames_of(fields: list[Box], drawing: Drawing) -> set[Line]:
    """The lines of rectangles that are drawn around form fields and are no part of a table."""
    frames = [
        frame
        for frame in drawing.frames
        if any(all(abs(one - two) <= _AROUND_FIELD for one, two in zip(frame, box, strict=True)) for box in fields)
    ]
    sides = {id(frame): {line for line in drawing.lines if _on_side(line, frame)} for frame in frames}
    every = set().union(*sides.values()) if sides else set()
    free = [frame for frame in frames if not _touched(frame, drawing.lines, every, _TOUCHING_FRAME)]
    return {line for frame in free for line in sides[id(frame)]}


def tick_boxes(drawing: Drawing, fields: list[Box]) -> TickBoxes:
    """The small squares drawn beside text, and what is drawn in them. A letter that ticks one is taken out of the page.

    One with two lines, a drawn tick or a cross in it is ticked, one with nothing in it is not; of any other nothing is
    said here but that it is there. One around a form field is left to the field.
    """
    letters = Letters(drawing.glyphs)
    found: list[Glyph] = []
    used: set[Line] = set()
    uncertain = 0
    for box, lines in _squares(drawing):
        if any(_common(box, place) >= _MOSTLY * _size(box) for place in fields):
            used |= lines
            continue
        state = None if used & lines else _state(box, drawing, letters)
        if state is None:
            continue
        used |= lines
        uncertain += state == "uncertain"
        if state != "uncertain":
            found.append(_box_glyph(box, ticked=state == "ticked"))
    return TickBoxes(tuple(found), frozenset(used), uncertain)


def _squares(drawing: Drawing) -> Iterator[tuple[Box, set[Line]]]:
    """The small squares that stand free, each with its lines: drawn in one go, or line by line."""
    short = [line for line in drawing.lines if line.end - line.start <= _BOX[1]]
    for box in drawing.frames:
        lines = {line for line in short if _on_side(line, box)}
        if _is_square(box) and not _touched(box, drawing.lines, lines, _TOUCHING_FRAME):
            yield box, lines
    level, upright = ([line for line in short if line.level == wanted] for wanted in (True, False))
    for group in groups(level, upright):
        lines = {*group[0], *group[1]}
        outline = _square(lines)
        if outline is not None and not _touched(outline, drawing.lines, lines, _TOUCHING_LINES):
            yield outline, lines


def _on_side(line: Line, box: Box) -> bool:
    sides, ends = ((box[1], box[3]), (box[0], box[2])) if line.level else ((box[0], box[2]), (box[1], box[3]))
    return min(abs(line.at - side) for side in sides) < 0.05 and (line.start, line.end) == ends


def _is_square(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    short, long = min(width, height), max(width, height)
    return _BOX[0] <= short and long <= _BOX[1] and short >= _SQUARE * long


def _square(lines: set[Line]) -> Box | None:
    """What a group of lines encloses, when it is a small square and nothing else."""
    xs = [line.at for line in lines if not line.level]
    ys = [line.at for line in lines if line.level]
    box = (min(xs), min(ys), max(xs), max(ys))
    if not _is_square(box):
        return None
    outer = all(min(x - box[0], box[2] - x) <= 2 for x in xs) and all(min(y - box[1], box[3] - y) <= 2 for y in ys)
    closed = len({x - box[0] <= 2 for x in xs}) == 2 == len({y - box[1] <= 2 for y in ys})
    long = all(line.end - line.start >= _MOSTLY * (box[3] - box[1]) for line in lines)
    return box if outer and closed and long else None


def _touched(box: Box, lines: list[Line], own: set[Line], near: float) -> bool:
    """Whether another line meets a square, which then is a cell of a table."""
    x0, y0, x1, y1 = box[0] - near, box[1] - near, box[2] + near, box[3] + near
    for line in lines:
        across, along = ((y0, y1), (x0, x1)) if line.level else ((x0, x1), (y0, y1))
        if line not in own and across[0] <= line.at <= across[1] and line.start <= along[1] and line.end >= along[0]:
            return True
    return False


def _state(box: Box, drawing: Drawing, letters: Letters) -> str | None:
    """``ticked``, ``empty`` or ``uncertain``; None for no tick box."""
    inside = [glyph for glyph in letters.inside(box) if not glyph.blank]
    if inside:
        if len(inside) > 1 or inside[0].text not in _SIGNS_OF_A_TICK:
            return None
        drawing.glyphs = [glyph for glyph in drawing.glyphs if glyph is not inside[0]]
        return "ticked"
    near = (box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3)
    shapes = [
        shape for shape in drawing.shapes if _common(shape.box, box) >= 0.2 * _size(box) and _within(shape.box, near)
    ]
    if len(shapes) > 1 or any(len(shape.points) > 2 for shape in shapes):
        return "ticked"
    dark = [area for area in drawing.areas if _within(area.box, near) and area.colour and max(area.colour) < _DARK]
    if shapes or dark or any(_common(one.box, box) > 0 and _within(one.box, near) for one in drawing.pictures):
        return "uncertain"
    return "empty"


def _within(one: Box, two: Box) -> bool:
    return two[0] <= one[0] and two[1] <= one[1] and one[2] <= two[2] and one[3] <= two[3]


def _box_glyph(box: Box, *, ticked: bool) -> Glyph:
    x0, y0, x1, y1 = box
    height = y1 - y0
    glyph = Glyph("", x0, x1, y1 - 0.15 * height, height, (x0 + x1) / 2, (y0 + y1) / 2)
    glyph.ticked, glyph.reach = ticked, (y0, y1)
    return glyph
