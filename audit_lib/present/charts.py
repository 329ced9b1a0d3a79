"""Results drawn. Each chart says its finding in words too: in its description, which is read aloud, and in its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from audit_lib.analysis.grades import GradeCounts, GradeMap
from audit_lib.analysis.proportions import QuestionResult
from audit_lib.analysis.responses import GridCell, ReturnsGrid
from audit_lib.analysis.scores import ScoreResult, Scores
from audit_lib.instrument import GradedThing, Instrument, Score
from audit_lib.present import links, palette
from audit_lib.present.drawing import FONT, INK, PALE, RULE, SIZE, SMALL, WIDTH, Drawing, Style, text_width, wrapped
from audit_lib.present.sentences import back_of, count_of, decimal, favourable_share, initials, not_counted
from audit_lib.schema import NOT_SUBSTANTIVE

_SHORT = {
    "returned": ("Back", "B", ""),
    "late": ("Late", "L", "after the date asked for"),
    "unsettled": ("To settle", "?", "came in, a person has to settle it"),
    "empty": ("Empty", "E", "came, but nothing is in it"),
    "not_back": ("Not back", "–", ""),
    "extra": ("Extra", "+", "not asked for"),
}
_LETTERS = {"not_applicable": "n/a", "missing": "–", "unclear": "?"}
_NO_GRADE = {"not_applicable": "not applicable", "missing": "no grade chosen", "unclear": "unclear"}
_LEGEND_ROW = 0.24


@dataclass(frozen=True)
class Segment:
    """One part of a bar."""

    label: str
    count: int
    style: Style


@dataclass(frozen=True)
class Bar:
    """One bar of a 100% chart: its name in lines, its parts, the lines to its right, and the id of what stands behind it."""

    name: str
    segments: tuple[Segment, ...]
    beside: tuple[str, ...]
    behind: str = ""


def section_chart(name: str, title: str, results: Sequence[QuestionResult], description: str) -> Markup:
    """One bar for each question: how those who answered are shared between the answers."""
    bars: list[Bar] = []
    legend: dict[tuple[str, Style], None] = {}
    unranked: dict[tuple[str, Style], None] = {}
    for result in results:
        segments = []
        for answer in result.answers:
            style = palette.answer_style(result, answer)
            label = result.scale.label(answer)
            segments.append(Segment(label, result.count(answer), style))
            if result.count(answer) and answer not in result.scale.order:
                unranked[label, style] = None
            elif result.count(answer):
                legend[label if result.favourable else f"{label} (neither is better)", style] = None
        beside = (favourable_share(result), *not_counted(result.count("missing"), result.count("unclear")))
        asked = f"{result.question.id}  {result.question.text}"
        bars.append(Bar(asked, tuple(segments), beside, links.of_question(result)))
    return _stacked(name, title, description, bars, [*legend, *unranked], 2.7)


def grades_chart(name: str, title: str, counts: Sequence[GradeCounts], instrument: Instrument, desc: str) -> Markup:
    """One bar for each thing graded: how those who gave a grade are shared between the grades."""
    bars: list[Bar] = []
    legend: dict[tuple[str, Style], None] = {}
    for each in counts:
        scale = instrument.grade_scale_of(each.name)
        codes = [code for code in each.return_ids if code not in NOT_SUBSTANTIVE]
        segments = tuple(Segment(scale.label(c), each.count(c), palette.grade_style(scale, c)) for c in codes)
        legend |= {(segment.label, segment.style): None for segment in segments if segment.count}
        beside = (f"{each.graded} gave a grade", *not_counted(each.count("missing"), each.count("unclear")))
        bars.append(Bar(each.title, segments, beside, links.of_grade(each.name)))
    return _stacked(name, title, desc, bars, list(legend), 1.6)


def _stacked(
    name: str, title: str, description: str, bars: Sequence[Bar], legend: list[tuple[str, Style]], left: float
) -> Markup:
    right = 1.65
    span = WIDTH - left - right
    names = [wrapped(bar.name, left - 0.1) for bar in bars]
    heights = [
        max(0.44, 0.165 * max(len(lines), len(bar.beside)) + 0.12) for lines, bar in zip(names, bars, strict=True)
    ]
    rows = _legend_rows(legend)
    drawing = Drawing(rows * _LEGEND_ROW + 0.1 + sum(heights) + 0.05)
    _draw_legend(drawing, legend)
    top = rows * _LEGEND_ROW + 0.1
    for bar, lines, height in zip(bars, names, heights, strict=True):
        middle = top + height / 2
        drawing.lines(0.02, middle, lines)
        _draw_bar(drawing, bar, left, middle, span)
        drawing.lines(left + span + 0.12, middle, list(bar.beside), size=SMALL, ink=PALE)
        if bar.behind:
            drawing.link(top, height, bar.behind, f"{bar.name}: {', '.join(bar.beside)}")
        top += height
    return drawing.svg(name, title, description)


def _draw_bar(drawing: Drawing, bar: Bar, left: float, middle: float, span: float) -> None:
    total = sum(segment.count for segment in bar.segments)
    if not total:
        drawing.text(left, middle, "no answers to show", size=SMALL, ink=PALE)
        return
    x = left
    for segment in bar.segments:
        width = span * segment.count / total
        if not segment.count:
            continue
        drawing.box(x, middle - 0.145, width, 0.29, segment.style)
        words = f"{segment.label} {segment.count}"
        if text_width(words, SMALL) > width - 0.08:
            words = str(segment.count)
        drawing.text(x + width / 2, middle, words, size=SMALL, align="center", on=segment.style)
        x += width


def _legend_places(legend: list[tuple[str, Style]]) -> list[tuple[float, int]]:
    """Where each entry of a legend stands: inches from the left, and the row."""
    places, x, row = [], 0.02, 0
    for label, _ in legend:
        width = 0.3 + text_width(label, SMALL) * 1.08 + 0.2
        if x + width > WIDTH and x > 0.02:
            x, row = 0.02, row + 1
        places.append((x, row))
        x += width
    return places


def _legend_rows(legend: list[tuple[str, Style]]) -> int:
    return _legend_places(legend)[-1][1] + 1 if legend else 0


def _draw_legend(drawing: Drawing, legend: list[tuple[str, Style]]) -> None:
    for (label, style), (x, row) in zip(legend, _legend_places(legend), strict=True):
        y = 0.12 + row * _LEGEND_ROW
        edged = style if style.hatch or style.edge != "#ffffff" else Style(style.fill, edge=style.fill)
        drawing.box(x, y - 0.07, 0.22, 0.14, edged)
        drawing.text(x + 0.29, y, label, size=SMALL)


def returns_chart(grid: ReturnsGrid, description: str) -> Markup:
    """Agencies down, cases across; each cell says what came of the form asked for."""
    left, right = 2.3, 0.75
    step = min(0.95, (WIDTH - left - right) / max(1, len(grid.cases)))
    words = step >= 0.7
    legend = [
        (": ".join(filter(None, (*(() if words else (letter,)), word, more))), palette.STATES[state])
        for state, (word, letter, more) in _SHORT.items()
        if grid.in_state(state)
    ]
    top = _legend_rows(legend) * _LEGEND_ROW + 0.1
    names = {agency: wrapped(agency, left - 0.1, SIZE, 2) for agency in grid.agencies}
    places, bottom = {}, top + 0.3
    for agency, lines in names.items():
        places[agency] = bottom
        bottom += 0.3 if len(lines) == 1 else 0.4
    drawing = Drawing(bottom + 0.35)
    _draw_legend(drawing, legend)
    edge = left + step * len(grid.cases)
    drawing.text(edge + right / 2, top + 0.15, "Back", align="center", size=SMALL, bold=True)
    for column, case in enumerate(grid.cases):
        x = left + (column + 0.5) * step
        drawing.text(x, top + 0.15, wrapped(case, step, SMALL, 1)[0], align="center", bold=True)
        back = back_of(cell for cell in grid.cells if cell.case == case)
        drawing.text(x, bottom + 0.15, back, size=SMALL, align="center")
    for agency, lines in names.items():
        y, middle = places[agency], places[agency] + (0.15 if len(lines) == 1 else 0.2)
        drawing.lines(0.02, middle, lines)
        back = back_of(cell for cell in grid.cells if cell.agency == agency)
        drawing.text(edge + right / 2, middle, back, size=SMALL, align="center")
        drawing.line((0, edge + right), (y, y))
    drawing.line((0, edge + right), (bottom, bottom))
    drawing.text(0.02, bottom + 0.15, "Back", size=SMALL, bold=True)
    for cell in grid.cells:
        x = left + grid.cases.index(cell.case) * step
        y = places[cell.agency] + (0 if len(names[cell.agency]) == 1 else 0.05)
        style = palette.STATES[cell.state]
        drawing.box(x + 0.03, y + 0.03, step - 0.06, 0.24, style)
        drawing.text(x + step / 2, y + 0.15, _cell_words(cell, words), size=SMALL, align="center", on=style)
    return drawing.svg("returns-grid", "What was asked for and what came back", description)


def _cell_words(cell: GridCell, words: bool) -> str:
    several = f" ×{len(cell.return_ids)}" if len(cell.return_ids) > 1 else ""
    return _SHORT[cell.state][0 if words else 1] + several


def grade_map_chart(found: GradeMap, instrument: Instrument, description: str) -> Markup:
    """Cases down, sections across, one tile for each return; at the end the grade that the meeting agreed."""
    titles = {thing.id: thing.title for thing in instrument.grades}
    left, tile = 0.95, 0.24
    step = (WIDTH - left) / (len(found.sections) + 1)
    across = max(1, int((step - 0.06) / tile))
    most = {case: max((len(found.cells[case, s].given) for s in found.sections), default=1) for case in found.cases}
    heights = {case: max(1, -(-n // across)) * tile + 0.14 for case, n in most.items()}
    codes = {(code, s): None for s in found.sections for code in instrument.grade_scale_of(s).order}
    legend: dict[tuple[str, Style], None] = {}
    for code, section in codes:
        scale = instrument.grade_scale_of(section)
        legend[f"{initials(scale.label(code))}: {scale.label(code)}", palette.tile_style(scale, code)] = None
    given = {one.grade for cell in found.cells.values() for one in cell.given}
    for code, words in _NO_GRADE.items():
        legend |= (
            {(f"{_LETTERS[code]}: {words}", replace(palette.UNRANKED[code], hatch="")): None} if code in given else {}
        )
    top = _legend_rows(list(legend)) * _LEGEND_ROW + 0.1
    drawing = Drawing(top + 0.5 + sum(heights.values()) + 0.05)
    _draw_legend(drawing, list(legend))
    for column, title in enumerate([*(titles[section] for section in found.sections), "Agreed by the meeting"]):
        lines = wrapped(title, step - 0.1, SMALL)
        drawing.lines(left + column * step + 0.03, top + 0.25, lines, size=SMALL)
    y = top + 0.5
    for case in found.cases:
        drawing.line((0, WIDTH), (y, y))
        drawing.text(0.02, y + heights[case] / 2, wrapped(f"Case {case}", left, SIZE, 1)[0], bold=True)
        for column, section in enumerate(found.sections):
            grades = [one.grade for one in found.cells[case, section].given]
            _draw_tiles(drawing, left + column * step + 0.03, y + 0.07, tile, across, grades, instrument, section)
        agreed = found.agreed.get(case, "")
        if agreed:
            x = left + len(found.sections) * step + 0.03
            _draw_tiles(drawing, x, y + 0.07, tile, across, [agreed], instrument, found.sections[-1])
        y += heights[case]
    return drawing.svg("grade-map", "Grades by case and section", description)


def _draw_tiles(
    drawing: Drawing,
    x: float,
    y: float,
    tile: float,
    across: int,
    grades: list[str],
    instrument: Instrument,
    section: str,
    tall: float = 0.24,
) -> None:
    scale = instrument.grade_scale_of(section)
    for place, grade in enumerate(grades):
        style = palette.tile_style(scale, grade)
        left, top = x + place % across * tile, y + place // across * tall
        drawing.box(left, top, tile - 0.03, tall - 0.03, style)
        letters = _LETTERS.get(grade) or initials(scale.label(grade))
        size = min(SMALL, SMALL * (tile - 0.05) / max(0.01, text_width(letters, SMALL)))
        drawing.text(left + (tile - 0.03) / 2, top + (tall - 0.03) / 2, letters, size=size, align="center", on=style)


def scores_chart(scores: Scores, line: Score, description: str) -> Markup:
    """One row for each case: a dot for every score that was given, a bar at the mean, the number of scores beside it."""
    left, right, top, step = 0.95, 1.5, 0.32, 0.42
    rows = [*scores.by_case, *([scores.together] if len(scores.by_case) > 1 else [])]
    drawing = Drawing(top + step * len(rows) + 0.3)
    drawing.dot(left + 0.1, 0.12, 0.08, palette.DOT)
    words = "the score of one return (×2: of two returns)"
    drawing.text(left + 0.24, 0.12, words, size=SMALL)
    x = left + 0.6 + text_width(words, SMALL)
    drawing.line((x, x), (0.02, 0.22), palette.UNFAVOURABLE.fill, 2)
    drawing.text(x + 0.08, 0.12, "mean", size=SMALL)
    for place, row in enumerate(rows):
        y = top + (place + 0.5) * step
        drawing.line((0, WIDTH), (y - step / 2, y - step / 2), RULE)
        name = wrapped(f"Case {row.case}" if row.case else "All", left, SIZE, 1)[0]
        drawing.text(0.02, y, name, bold=True)
        beside = f"mean {decimal(row.mean)}, {count_of(row.n, 'score')}" if row.mean is not None else "no score"
        lines = [beside, *not_counted(len(row.missing), len(row.unclear))]
        drawing.lines(WIDTH - right + 0.12, y, lines, size=SMALL, ink=INK if row.n else PALE)
        if row.case:
            drawing.link(y - step / 2, step, links.of_score(row.case), f"{name}: {', '.join(lines)}")
    _plot_scores(drawing.plot(left, top, WIDTH - left - right, step * len(rows)), rows, line)
    return drawing.svg("scores", "Scores by case", description)


def _plot_scores(axes: Axes, rows: Sequence[ScoreResult], line: Score) -> None:
    """Equal scores of a row lie on one dot that says how many they are: so any number of them can be told."""
    import seaborn  # late: it brings scipy, which takes a second that the other charts need not wait for

    axes.set(xlim=(line.minimum - 0.3, line.maximum + 0.3), ylim=(len(rows) - 0.5, -0.5))
    given = pd.DataFrame(
        [(float(one.score), place) for place, row in enumerate(rows) for one in row.given], columns=["score", "row"]
    )
    counted = given.value_counts(sort=False).reset_index()
    means = [(float(row.mean), place) for place, row in enumerate(rows) if row.mean is not None]
    for mean, place in means:
        axes.vlines(mean, place - 0.44, place + 0.44, colors=palette.UNFAVOURABLE.fill, linewidth=2, zorder=2)
    seaborn.stripplot(
        counted, x="score", y="row", orient="h", native_scale=True, jitter=False, ax=axes, zorder=3,
        size=16, color=palette.DOT.fill, edgecolor=palette.DOT.edge, linewidth=0.8, clip_on=False,
    )  # fmt: skip
    for score, place, count in counted.itertuples(index=False):
        if count > 1:
            size = 7 if count < 10 else 6
            words = axes.text(score, place, f"×{count}", fontsize=size, color=palette.DOT.ink, zorder=4)
            words.set(ha="center", va="center_baseline", family=FONT)
    for drawn in axes.collections:
        drawn.set_clip_on(False)
    axes.set(xlabel="", ylabel="", yticks=[])
    axes.xaxis.set_major_locator(MaxNLocator(12, integer=True))
    axes.tick_params(labelsize=SMALL, labelcolor=PALE, length=0)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)


def tiles_chart(
    name: str, title: str, things: Sequence[GradedThing], found: GradeMap, instrument: Instrument, description: str
) -> Markup:
    """What was graded down, cases across: one tile for each grade, with its letters."""
    left, tall = 3.0, 0.26
    letters = {
        initials(instrument.grade_scale_of(t.id).label(code))
        for t in things
        for code in instrument.grade_scale_of(t.id).order
    }
    tile = max(0.26, max(text_width(words, SMALL) for words in letters) + 0.1)
    step = min(1.0, (WIDTH - left) / max(1, len(found.cases)))
    across = max(1, int((step - 0.06) / tile))
    names = [wrapped(thing.title, left - 0.1, SIZE, 2) for thing in things]
    scales = {thing.id: instrument.grade_scale_of(thing.id) for thing in things}
    legend: dict[tuple[str, Style], None] = {}
    for scale in scales.values():
        for code in sorted(scale.order, key=lambda code: scale.rank(code) or 0):
            legend[f"{initials(scale.label(code))}: {scale.label(code)}", palette.tile_style(scale, code)] = None
    given = {one.grade for thing in things for case in found.cases for one in found.cells[case, thing.id].given}
    for code, words in _NO_GRADE.items():
        legend |= (
            {(f"{_LETTERS[code]}: {words}", replace(palette.UNRANKED[code], hatch="")): None} if code in given else {}
        )
    top = _legend_rows(list(legend)) * _LEGEND_ROW + 0.1
    most = [max((len(found.cells[case, thing.id].given) for case in found.cases), default=1) for thing in things]
    heights = [max(0.34, -(-n // across) * tall + 0.08) for n in most]
    drawing = Drawing(top + 0.3 + sum(heights) + 0.05)
    _draw_legend(drawing, list(legend))
    y = top + 0.3
    for column, case in enumerate(found.cases):
        words = wrapped(case, step - 0.05, SMALL, 1)[0]
        drawing.text(left + (column + 0.5) * step, top + 0.15, words, size=SMALL, align="center", bold=True)
    for thing, lines, height in zip(things, names, heights, strict=True):
        drawing.line((0, WIDTH), (y, y))
        drawing.lines(0.02, y + height / 2, lines)
        for column, case in enumerate(found.cases):
            grades = [one.grade for one in found.cells[case, thing.id].given]
            x = left + column * step + (step - min(len(grades), across) * tile) / 2
            _draw_tiles(drawing, x, y + 0.05, tile, across, grades, instrument, thing.id, tall)
        y += height
    return drawing.svg(name, title, description)
