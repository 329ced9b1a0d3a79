"""The same questions over several audits, drawn: a dot for each share, a line for how far chance could have moved it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from audit_lib.analysis.comparison import Series
from audit_lib.present import palette
from audit_lib.present.drawing import INK, PALE, RULE, SMALL, WIDTH, Drawing, Style, wrapped
from audit_lib.present.sentences import share_text
from audit_lib.present.years_words import Audited, names

_LEFT, _RIGHT, _LINE = 2.9, 2.15, 0.2


def years_chart(
    name: str, title: str, rows: Sequence[tuple[str, Series]], audits: Sequence[Audited], desc: str
) -> Markup:
    """One block for each of ``rows`` (its words, its series), one line in it for each audit; the newest is the darkest."""
    span, called = WIDTH - _LEFT - _RIGHT, names(audits)
    styles = {one.audit: _style(place, len(audits)) for place, one in enumerate(audits)}
    told = [wrapped(words, _LEFT - 0.15) for words, _ in rows]
    heights = [
        max(len(series.points) * _LINE, len(lines) * 0.165) + 0.16
        for lines, (_, series) in zip(told, rows, strict=True)
    ]
    drawing = Drawing(0.3 + sum(heights) + 0.05)
    y = 0.3
    for step in (0, 25, 50, 75, 100):
        x = _LEFT + span * step / 100
        drawing.text(x, 0.13, f"{step}%", size=SMALL, ink=PALE, align="center")
        drawing.line((x, x), (0.24, 0.3 + sum(heights)), RULE)
    for lines, (_, series), height in zip(told, rows, heights, strict=True):
        drawing.line((0, WIDTH), (y, y))
        drawing.lines(0.02, y + height / 2, lines)
        top = y + (height - len(series.points) * _LINE) / 2
        for place, one in enumerate(series.points):
            middle, share, style = top + (place + 0.5) * _LINE, one.share, styles[one.audit]
            words = share_text(share) if len(series.points) == 1 else f"{called[one.audit]}: {share_text(share)}"
            drawing.text(_LEFT + span + 0.15, middle, wrapped(words, _RIGHT - 0.1, SMALL, 1)[0], size=SMALL, ink=INK)
            if share.interval is not None:
                low, high = (_LEFT + span * end for end in (share.interval.low, share.interval.high))
                drawing.line((low, high), (middle, middle), style.fill, 2.2)
                drawing.dot(_LEFT + span * share.numerator / share.denominator, middle, 0.065, style)
        y += height
    return drawing.svg(name, title, desc)


def _style(place: int, of: int) -> Style:
    """Pale for the oldest, dark for the newest: so that time can be told in grey too."""
    steps = palette.YEARS
    return steps[-1] if of == 1 else steps[round(place * (len(steps) - 1) / (of - 1))]
