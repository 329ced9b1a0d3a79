"""Grades drawn one by one: a tile for each, with the letters of its grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from audit_lib.analysis.grades import GradeMap
from audit_lib.instrument import GradedThing, Instrument
from audit_lib.present import links, palette
from audit_lib.present.drawing import NARROW, SIZE, SMALL, WIDTH, Drawing, Style, text_width, wrapped
from audit_lib.present.legends import LEGEND_ROW, draw_legend, legend_rows
from audit_lib.present.sentences import initials
from audit_lib.scales import Scale

_LETTERS = {"not_applicable": "n/a", "missing": "–", "unclear": "?"}
_NO_GRADE = {"not_applicable": "not applicable", "missing": "no grade chosen", "unclear": "unclear"}


@dataclass(frozen=True)
class TileRow:
    """What was graded, the section whose scale its grades have, the grades by case, and the id of what stands behind them."""

    title: str
    section: str
    grades: Mapping[str, Sequence[str]]
    behind: str = ""


def grade_map_chart(found: GradeMap, instrument: Instrument, description: str) -> Markup:
    """Cases down, sections across, one tile for each return; at the end the grade that the meeting agreed."""
    titles = {thing.id: thing.title for thing in instrument.grades}
    left, tile = 0.95, 0.24
    step = (WIDTH - left) / (len(found.sections) + 1)
    across = max(1, int((step - 0.06) / tile))
    most = {case: max((len(found.cells[case, s].given) for s in found.sections), default=1) for case in found.cases}
    heights = {case: max(1, -(-n // across)) * tile + 0.14 for case, n in most.items()}
    scales = {section: instrument.grade_scale_of(section) for section in found.sections}
    legend = _legend([cell.grades for cell in found.cells.values()], scales)
    top = legend_rows(legend) * LEGEND_ROW + 0.1
    drawing = Drawing(top + 0.5 + sum(heights.values()) + 0.05)
    draw_legend(drawing, legend)
    for column, title in enumerate([*(titles[section] for section in found.sections), "Agreed by the meeting"]):
        lines = wrapped(title, step - 0.1, SMALL)
        drawing.lines(left + column * step + 0.03, top + 0.25, lines, size=SMALL)
    y = top + 0.5
    for case in found.cases:
        drawing.line((0, WIDTH), (y, y))
        drawing.text(0.02, y + heights[case] / 2, wrapped(f"Case {case}", left, SIZE, 1)[0], bold=True)
        for column, section in enumerate(found.sections):
            grades = found.cells[case, section].grades
            _draw_tiles(drawing, left + column * step + 0.03, y + 0.07, tile, across, grades, instrument, section)
        agreed = found.agreed.get(case, "")
        if agreed:
            x = left + len(found.sections) * step + 0.03
            _draw_tiles(drawing, x, y + 0.07, tile, across, [agreed], instrument, found.sections[-1])
        y += heights[case]
    return drawing.svg("grade-map", "Grades by case and section", description)


def narrow_grade_map_chart(found: GradeMap, instrument: Instrument) -> Markup:
    """The same for narrow screens: sections down and cases across."""
    titles = {thing.id: thing.title for thing in instrument.grades}
    rows = [TileRow(titles[s], s, {case: found.cells[case, s].grades for case in found.cases}) for s in found.sections]
    agreed = {case: [found.agreed[case]] if found.agreed.get(case) else [] for case in found.cases}
    if any(agreed.values()):
        rows.append(TileRow("Agreed by the meeting", found.sections[-1], agreed))
    return _tiles("grade-map", "Grades by case and section", rows, instrument, "", NARROW)


def tiles_chart(
    name: str, title: str, things: Sequence[GradedThing], found: GradeMap, instrument: Instrument, description: str,
    width: float = WIDTH,
) -> Markup:  # fmt: skip
    """What was graded down, cases across: one tile for each grade, with its letters. A row in which a grade counts opens who gave it."""
    rows = []
    for thing in things:
        cells = {case: found.cells[case, thing.id] for case in found.cases}
        behind = links.of_grade(thing.id) if any(cell.ranked for cell in cells.values()) else ""
        rows.append(TileRow(thing.title, thing.id, {case: cell.grades for case, cell in cells.items()}, behind))
    return _tiles(name, title, rows, instrument, description, width)


def tile_letters(scale: Scale) -> dict[str, str]:
    """For each ranked value of a scale a few letters that no other has: its number, the first letters of its words, or more of them."""
    labels = {code: scale.label(code) for code in scale.order}
    letters = {
        code: label.split()[0].strip(".:-") if label[0].isdigit() else initials(label) for code, label in labels.items()
    }
    for length in range(2, max(map(len, labels.values()), default=0) + 1):
        alike = [code for code in labels if list(letters.values()).count(letters[code]) > 1]
        letters |= {code: labels[code][:length].strip() for code in alike}
    return letters


def _tiles(
    name: str, title: str, rows: Sequence[TileRow], instrument: Instrument, description: str, width: float
) -> Markup:
    narrow, tall, cases = width != WIDTH, 0.26, list(rows[0].grades)
    scales = {row.section: instrument.grade_scale_of(row.section) for row in rows}
    letters = {one for scale in scales.values() for one in tile_letters(scale).values()}
    widest, left = max(text_width(words, SMALL) for words in letters), 0 if narrow else 3.0
    tile = max(0.2, widest + 0.05) if narrow else max(0.26, widest + 0.1)
    step = min(1.0, (width - left) / max(1, len(cases)))
    across = max(1, int((step - 0.03) / tile))
    names = [wrapped(row.title, (left or width) - 0.1, SIZE, 2) for row in rows]
    legend = _legend([given for row in rows for given in row.grades.values()], scales)
    top = legend_rows(legend, width) * LEGEND_ROW + 0.1
    above = [0.17 * len(lines) + 0.06 if narrow else 0.0 for lines in names]
    most = [max((len(given) for given in row.grades.values()), default=1) for row in rows]
    heights = [more + max(0.34, -(-n // across) * tall + 0.08) for n, more in zip(most, above, strict=True)]
    crowded = any(
        text_width(case, SMALL) * 1.1 > step - 0.05 for case in cases
    )  # then their names take turns in two lines
    head = 0.45 if crowded else 0.3
    drawing = Drawing(top + head + sum(heights) + 0.05, width)
    draw_legend(drawing, legend)
    y = top + head
    for column, case in enumerate(cases):
        words = wrapped(case, step * (2 if crowded else 1) - 0.05, SMALL, 1)[0]
        line = top + 0.15 + 0.15 * (crowded and column % 2)
        drawing.text(left + (column + 0.5) * step, line, words, size=SMALL, align="center", bold=True)
    for row, lines, height, more in zip(rows, names, heights, above, strict=True):
        drawing.line((0, width), (y, y))
        drawing.lines(0.02, y + (more or height) / 2, lines)
        for column, given in enumerate(row.grades.values()):
            x = left + column * step + (step - min(len(given), across) * tile) / 2
            _draw_tiles(drawing, x, y + more + 0.05, tile, across, given, instrument, row.section, tall)
        if row.behind:
            drawing.link(y, height, row.behind, f"{row.title}: who gave which grade")
        y += height
    return drawing.svg(name, title, description, twin=narrow)


def _legend(grades: Iterable[Sequence[str]], scales: Mapping[str, Scale]) -> list[tuple[str, Style]]:
    legend: dict[tuple[str, Style], None] = {}
    for scale in scales.values():
        for code in sorted(scale.order, key=lambda code: scale.rank(code) or 0):
            label, letters = scale.label(code), tile_letters(scale)[code]
            legend[label if label[0].isdigit() else f"{letters}: {label}", palette.tile_style(scale, code)] = None
    given = {grade for each in grades for grade in each}
    for code, words in _NO_GRADE.items():
        if code in given:
            legend[f"{_LETTERS[code]}: {words}", replace(palette.UNRANKED[code], hatch="")] = None
    return list(legend)


def _draw_tiles(
    drawing: Drawing,
    x: float,
    y: float,
    tile: float,
    across: int,
    grades: Sequence[str],
    instrument: Instrument,
    section: str,
    tall: float = 0.24,
) -> None:
    scale = instrument.grade_scale_of(section)
    for place, grade in enumerate(grades):
        style = palette.tile_style(scale, grade)
        left, top = x + place % across * tile, y + place // across * tall
        drawing.box(left, top, tile - 0.03, tall - 0.03, style)
        letters = _LETTERS.get(grade) or tile_letters(scale).get(grade) or initials(scale.label(grade))
        size = min(SMALL, SMALL * (tile - 0.05) / max(0.01, text_width(letters, SMALL)))
        drawing.text(left + (tile - 0.03) / 2, top + (tall - 0.03) / 2, letters, size=size, align="center", on=style)
