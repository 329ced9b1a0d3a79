"""The same questions over several audits, drawn: a dot for each share, a line for how far chance could have moved it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from audit_lib.analysis.comparison import Measured, Series
from audit_lib.present import palette
from audit_lib.present.drawing import INK, PALE, RULE, SMALL, WIDTH, Drawing, Style, wrapped
from audit_lib.present.html import Block, render
from audit_lib.present.sentences import range_text, share_text
from audit_lib.present.years_words import Audited, names
from audit_lib.text import listed

_LEFT, _RIGHT, _LINE = 2.9, 2.15, 0.2


def years_chart(
    name: str,
    title: str,
    rows: Sequence[tuple[str, Series, str]],
    audits: Sequence[Audited],
    desc: str,
    width: float = WIDTH,
) -> Markup:
    """One block for each of ``rows`` (its words, its series, the id of what stands behind it), one line in it for each audit; the newest
    is the darkest.
    """
    narrow, called = width != WIDTH, names(audits)
    left, right, line = (0.15, 0.15, 2 * _LINE) if narrow else (_LEFT, _RIGHT, _LINE)
    span = width - left - right
    styles = {one.audit: _style(place, len(audits)) for place, one in enumerate(audits)}
    told = [wrapped(words, width - 0.1 if narrow else left - 0.15, most=6 if narrow else 3) for words, _, _ in rows]
    above = [0.165 * len(lines) + 0.06 if narrow else 0.0 for lines in told]
    heights = [
        more + max(len(series.points) * line, 0 if narrow else len(lines) * 0.165) + 0.16
        for lines, more, (_, series, _) in zip(told, above, rows, strict=True)
    ]
    drawing = Drawing(0.3 + sum(heights) + 0.05, width)
    y = 0.3
    for step in (0, 25, 50, 75, 100):
        x = left + span * step / 100
        drawing.text(x, 0.13, f"{step}%", size=SMALL, ink=PALE, align="center")
        drawing.line((x, x), (0.24, 0.3 + sum(heights)), RULE)
    for lines, more, (words, series, opens), height in zip(told, above, rows, heights, strict=True):
        drawing.line((0, width), (y, y))
        drawing.lines(0.02, y + (more or height) / 2, lines)
        top = y + more + (height - more - len(series.points) * line) / 2
        for place, one in enumerate(series.points):
            middle, share, style = top + (place + 0.5) * line, one.share, styles[one.audit]
            figure = share_text(share) if len(series.points) == 1 else f"{called[one.audit]}: {share_text(share)}"
            x, room, lift = (0.02, width, line / 4) if narrow else (left + span + 0.15, right - 0.1, 0)
            drawing.text(x, middle - lift, wrapped(figure, room, SMALL, 1)[0], size=SMALL, ink=INK)
            if share.interval is not None:
                low, high = (left + span * end for end in (share.interval.low, share.interval.high))
                drawing.line((low, high), (middle + lift, middle + lift), style.fill, 2.2)
                drawing.dot(left + span * share.numerator / share.denominator, middle + lift, 0.065, style)
        if opens:
            drawing.link(y, height, opens, f"{words}: {listed(share_text(one.share) for one in series.points)}")
        y += height
    return drawing.svg(name, title, desc, twin=narrow)


def range_rows(rows: Sequence[tuple[str, Measured, str]], caption: str) -> Block:
    """One line for each of ``rows`` (its words, one thing of one audit, the id of what stands behind it): a dot at its share, from 0% to
    100%, with a line for its likely range, and its figures in words. As wide as there is room.
    """
    told = [
        {
            "words": words,
            "opens": opens,
            "figure": share_text(one.share),
            "said": f"{one.label.lower()}; likely range {range_text(one.share.interval)}",
            **_placed(one),
        }
        for words, one, opens in rows
    ]
    return render("ranges", caption, rows=told, caption=caption)


def _placed(one: Measured) -> dict[str, str]:
    """Where dot and line stand, in per cent of the width; empty where there is nothing to take a share of."""
    share, interval = one.share, one.share.interval
    if interval is None:
        return {"at": "", "low": "", "width": ""}
    at = share.numerator / share.denominator
    return {
        name: f"{100 * each:.1f}"
        for name, each in zip(("at", "low", "width"), (at, interval.low, interval.high - interval.low), strict=True)
    }


def _style(place: int, of: int) -> Style:
    """Pale for the oldest, dark for the newest: so that time can be told in grey too."""
    steps = palette.YEARS
    return steps[-1] if of == 1 else steps[round(place * (len(steps) - 1) / (of - 1))]
