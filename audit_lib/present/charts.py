"""Results drawn. Each chart says its finding in words too: in its description, which is read aloud, and in its table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from audit_lib.analysis.grades import GradeCounts
from audit_lib.analysis.proportions import QuestionResult
from audit_lib.analysis.responses import GridCell, ReturnsGrid
from audit_lib.analysis.scores import ScoreResult, Scores
from audit_lib.instrument import Instrument, Score
from audit_lib.present import links, palette
from audit_lib.present.drawing import FONT, INK, PALE, RULE, SIZE, SMALL, WIDTH, Drawing, Style, text_width, wrapped
from audit_lib.present.legends import LEGEND_ROW, draw_legend, legend_rows
from audit_lib.present.sentences import back_of, count_of, decimal, favourable_share, not_counted
from audit_lib.present.strips import Segment, of_answers, of_grades

_SHORT = {
    "returned": ("Back", "B", ""),
    "late": ("Late", "L", "after the date asked for"),
    "unsettled": ("To settle", "?", "came in, a person has to settle it"),
    "empty": ("Empty", "E", "came, but nothing is in it"),
    "set_aside": ("Set aside", "S", "came, a person ruled it out"),
    "not_back": ("Not back", "–", ""),
    "extra": ("Extra", "+", "not asked for"),
}
_SHORT_NAMES, _LONG_NAMES = 1.6, 2.7  # inches on the left of bars


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
    legend: dict[tuple[str, Style], bool] = {}  # in the order of the scales: whether anybody gave it
    unranked: dict[tuple[str, Style], bool] = {}
    for result in results:
        segments = of_answers(result)
        for answer, one in zip(result.answers, segments, strict=True):
            ranked = answer in result.scale.order
            label = one.label if result.favourable or not ranked else f"{one.label} (neither is better)"
            kept = legend if ranked else unranked
            kept[label, one.style] = kept.get((label, one.style), False) or one.count > 0
        beside = (favourable_share(result), *not_counted(result.count("missing"), result.count("unclear")))
        asked = f"{result.question.id}  {result.question.text}"
        bars.append(Bar(asked, segments, beside, links.of_question(result)))
    shown = [entry for entry, given in [*legend.items(), *unranked.items()] if given]
    return _stacked(name, title, description, bars, shown, _LONG_NAMES)


def grades_chart(name: str, title: str, counts: Sequence[GradeCounts], instrument: Instrument, desc: str) -> Markup:
    """One bar for each thing graded: how those who gave a grade are shared between the grades."""
    bars: list[Bar] = []
    legend: dict[tuple[str, Style], bool] = {}  # in the order of the scale: whether anybody gave it
    for each in counts:
        segments = of_grades(each, instrument)
        for one in segments:
            legend[one.label, one.style] = legend.get((one.label, one.style), False) or one.count > 0
        beside = (f"{each.graded} gave a grade", *not_counted(each.count("missing"), each.count("unclear")))
        bars.append(Bar(each.title, segments, beside, links.of_grade(each.name)))
    short = all(len(wrapped(bar.name, _SHORT_NAMES - 0.1)) <= 2 for bar in bars)
    shown = [entry for entry, given in legend.items() if given]
    return _stacked(name, title, desc, bars, shown, _SHORT_NAMES if short else _LONG_NAMES)


def _stacked(
    name: str, title: str, description: str, bars: Sequence[Bar], legend: list[tuple[str, Style]], left: float
) -> Markup:
    right = 1.65
    span = WIDTH - left - right
    names = [wrapped(bar.name, left - 0.1) for bar in bars]
    heights = [
        max(0.42, 0.165 * max(len(lines), len(bar.beside)) + 0.09) for lines, bar in zip(names, bars, strict=True)
    ]
    rows = legend_rows(legend)
    drawing = Drawing(rows * LEGEND_ROW + 0.1 + sum(heights) + 0.05)
    draw_legend(drawing, legend)
    top = rows * LEGEND_ROW + 0.1
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


def returns_chart(grid: ReturnsGrid, description: str, width: float = WIDTH) -> Markup:
    """Agencies down, cases across; each cell says what came of the form asked for."""
    left, right, most = (2.3, 0.75, 2) if width == WIDTH else (1.1, 0.5, 4)
    step = min(0.95, (width - left - right) / max(1, len(grid.cases)))
    words = step >= 0.7
    legend = [
        (": ".join(filter(None, (*(() if words else (letter,)), word, more))), palette.STATES[state])
        for state, (word, letter, more) in _SHORT.items()
        if grid.in_state(state)
    ]
    top = legend_rows(legend, width) * LEGEND_ROW + 0.1
    names = {agency: wrapped(agency, left - 0.1, SIZE, most) for agency in grid.agencies}
    heights = {agency: max(0.3, 0.16 * len(lines) + 0.08) for agency, lines in names.items()}
    widest = max((text_width(case, SMALL) * 1.2 + 0.05 for case in grid.cases), default=0.0)
    lines_above = min(3, max(1, math.ceil(widest / step)))  # long names of cases take turns
    places, bottom = {}, top + 0.15 + 0.15 * lines_above
    for agency, height in heights.items():
        places[agency] = bottom
        bottom += height
    by_case = step > text_width("10 of 10", SMALL)  # else they would lie over each other; the table has them
    drawing = Drawing(bottom + (0.35 if by_case else 0.05), width)
    draw_legend(drawing, legend)
    edge = left + step * len(grid.cases)
    drawing.text(edge + right / 2, top + 0.15, "Back", align="center", size=SMALL, bold=True)
    for column, case in enumerate(grid.cases):
        x = left + (column + 0.5) * step
        name, line = wrapped(case, step * lines_above, SMALL, 1)[0], top + 0.15 + 0.15 * (column % lines_above)
        drawing.text(x, line, name, align="center", size=SIZE if lines_above == 1 else SMALL, bold=True)
        back = back_of(cell for cell in grid.cells if cell.case == case)
        if by_case:
            drawing.text(x, bottom + 0.15, back, size=SMALL, align="center")
    for agency, lines in names.items():
        y, middle = places[agency], places[agency] + heights[agency] / 2
        drawing.lines(0.02, middle, lines)
        back = back_of(cell for cell in grid.cells if cell.agency == agency)
        drawing.text(edge + right / 2, middle, back, size=SMALL, align="center")
        drawing.line((0, edge + right), (y, y))
    drawing.line((0, edge + right), (bottom, bottom))
    if by_case:
        drawing.text(0.02, bottom + 0.15, "Back", size=SMALL, bold=True)
    for cell in grid.cells:
        x = left + grid.cases.index(cell.case) * step
        y = places[cell.agency] + heights[cell.agency] / 2 - 0.15
        style = palette.STATES[cell.state]
        gap = min(0.03, step / 12)
        drawing.box(x + gap, y + 0.03, step - 2 * gap, 0.24, style)
        drawing.text(x + step / 2, y + 0.15, _cell_words(cell, words), size=SMALL, align="center", on=style)
    return drawing.svg("returns-grid", "What was asked for and what came back", description, twin=width != WIDTH)


def _cell_words(cell: GridCell, words: bool) -> str:
    several = f" ×{len(cell.return_ids)}" if len(cell.return_ids) > 1 else ""
    return _SHORT[cell.state][0 if words else 1] + several


def scores_chart(scores: Scores, line: Score, description: str, width: float = WIDTH) -> Markup:
    """One row for each case: a dot for every score that was given, a bar at the mean, the number of scores beside it."""
    narrow = width != WIDTH
    left, right, top, step = (0.2, 0.2, 0.32, 0.74) if narrow else (0.95, 1.5, 0.32, 0.42)
    rows = [*scores.by_case, *([scores.together] if len(scores.by_case) > 1 else [])]
    drawing = Drawing(top + step * len(rows) + 0.3, width)
    start = 0.02 if narrow else left
    drawing.dot(start + 0.1, 0.12, 0.08, palette.DOT)
    words = "a score (×2: two alike)" if narrow else "the score of one return (×2: of two returns)"
    drawing.text(start + 0.24, 0.12, words, size=SMALL)
    x = start + 0.6 + text_width(words, SMALL)
    drawing.line((x, x), (0.02, 0.22), palette.UNFAVOURABLE.fill, 2)
    drawing.text(x + 0.08, 0.12, "mean", size=SMALL)
    for place, row in enumerate(rows):
        y = top + (place + 0.5) * step
        drawing.line((0, width), (y - step / 2, y - step / 2), RULE)
        name = wrapped(f"Case {row.case}" if row.case else "All", 0.95, SIZE, 1)[0]
        beside = f"mean {decimal(row.mean)}, {count_of(row.n, 'score')}" if row.mean is not None else "no score"
        lines = [beside, *not_counted(len(row.missing), len(row.unclear))]
        middle = y - step / 4 if narrow else y
        drawing.text(0.02, middle, name, bold=True)
        drawing.lines(0.85 if narrow else width - right + 0.12, middle, lines, size=SMALL, ink=INK if row.n else PALE)
        if row.case:
            drawing.link(y - step / 2, step, links.of_score(row.case), f"{name}: {', '.join(lines)}")
    _plot_scores(drawing.plot(left, top, width - left - right, step * len(rows)), rows, line, 0.22 if narrow else 0)
    return drawing.svg("scores", "Scores by case", description, twin=narrow)


def _plot_scores(axes: Axes, rows: Sequence[ScoreResult], line: Score, lower: float) -> None:
    """Equal scores of a row lie on one dot that says how many they are: so any number of them can be told. ``lower``: how much of a row
    lies between its middle and the dots.
    """
    import seaborn  # late: it brings scipy, which takes a second that the other charts need not wait for

    axes.set(xlim=(line.minimum - 0.3, line.maximum + 0.3), ylim=(len(rows) - 0.5, -0.5))
    given = pd.DataFrame(
        [(float(one.score), place + lower) for place, row in enumerate(rows) for one in row.given],
        columns=["score", "row"],
    )
    counted = given.value_counts(sort=False).reset_index()
    means = [(float(row.mean), place + lower) for place, row in enumerate(rows) if row.mean is not None]
    for mean, place in means:
        axes.vlines(
            mean, place - (0.44 - lower), place + 0.44 - lower, colors=palette.UNFAVOURABLE.fill, linewidth=2, zorder=2
        )
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
