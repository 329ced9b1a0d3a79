"""Charts as pictures, for programs that do not show drawings."""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib
import resvg_py

PER_POINT = 3  # dots; about 210 to the inch once a chart is as wide as a page
_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"  # the letters that the charts were measured with
_NAMES = {
    name.casefold(): name for name in ("viewBox", "clipPath", "linearGradient", "patternUnits", "patternTransform")
}
_LOWERED = re.compile(rf"(?<=[\s</])({'|'.join(_NAMES)})(?=[\s=>])")


def png_of(svg: str) -> bytes:
    """A chart as PNG on white, with the same letters on every machine.

    ``svg`` may come out of a parser of HTML, which makes all names small.
    """
    drawn = _LOWERED.sub(lambda name: _NAMES[name[1]], svg)
    fonts = [str(path) for path in sorted(_FONTS.glob("DejaVuSans*.ttf"))]
    family = "DejaVu Sans"
    return resvg_py.svg_to_bytes(
        svg_string=drawn,
        background="#ffffff",
        dpi=72,  # a point is a dot, before it is drawn larger
        zoom=PER_POINT,
        skip_system_fonts=True,
        font_files=fonts,
        font_family=family,
        sans_serif_family=family,
    )
