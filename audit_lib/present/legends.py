"""The legend of a chart: what its colours and patterns stand for."""

from __future__ import annotations

from audit_lib.present.drawing import SMALL, WIDTH, Drawing, Style, text_width

LEGEND_ROW = 0.24


def _legend_places(legend: list[tuple[str, Style]], within: float) -> list[tuple[float, int]]:
    """Where each entry of a legend stands: inches from the left, and the row."""
    places, x, row = [], 0.02, 0
    for label, _ in legend:
        width = 0.3 + text_width(label, SMALL) * 1.08 + 0.2
        if x + width > within and x > 0.02:
            x, row = 0.02, row + 1
        places.append((x, row))
        x += width
    return places


def legend_rows(legend: list[tuple[str, Style]], within: float = WIDTH) -> int:
    """How many rows a legend takes in a drawing of that width."""
    return _legend_places(legend, within)[-1][1] + 1 if legend else 0


def draw_legend(drawing: Drawing, legend: list[tuple[str, Style]]) -> None:
    """The legend at the top of a drawing: each style and what it stands for."""
    for (label, style), (x, row) in zip(legend, _legend_places(legend, drawing.width), strict=True):
        y = 0.12 + row * LEGEND_ROW
        edged = style if style.hatch or style.edge != "#ffffff" else Style(style.fill, edge=style.fill)
        drawing.box(x, y - 0.07, 0.22, 0.14, edged)
        drawing.text(x + 0.29, y, label, size=SMALL)
