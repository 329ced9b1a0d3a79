"""Drawing with matplotlib, and its SVG made fit to stand inside a page.

Text stays text (small files, can be searched and read aloud), the same drawing gives the same bytes, and ids are unique
among the drawings of a page. Measures are inches from the top left corner.
"""

from __future__ import annotations

import io
import itertools
import re
import textwrap
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle
from matplotlib.textpath import text_to_path

from audit_lib.text import clean, slug

WIDTH = 8.2
NARROW = 2.8  # for screens of 320 pixels, on which the wide drawing could only be read piece by piece
INK, PALE, RULE = "#1a1a1a", "#595959", "#bfbfbf"  # what stands on the page: turned round where the page is dark
ON_AREA = "#141414"  # what stands on a pale area stays dark
SIZE, SMALL = 9.2, 8.2
FONT = "DejaVu Sans"
_FAMILY = "'DejaVu Sans', Verdana, sans-serif"
_USUAL = {
    ("text-anchor", "start"),
    ("stroke-linejoin", "miter"),
    ("stroke-linecap", "square"),
}  # what holds without being said, or does not show here
_FILLED = ("path", "rect", "circle", "ellipse", "polygon", "use")
_OFTEN = 3
_NUMBER = r"(-?[\d.]+)"
_RECTANGLE = re.compile(rf"^M {_NUMBER} {_NUMBER} +L {_NUMBER} \2 +L \3 {_NUMBER} +L \1 \4 +z$")
_SPARE = re.compile(r"(?<=[A-Za-z]) +| +(?=[A-Za-z])")  # spaces beside a letter of a path
_LINE = re.compile(rf"M{_NUMBER} {_NUMBER}L{_NUMBER} {_NUMBER}")
_LEVEL = re.compile(rf"^M{_NUMBER} {_NUMBER}L{_NUMBER} \2$")
_BOX = re.compile(rf"^M{_NUMBER} {_NUMBER}h{_NUMBER}v{_NUMBER}[hH]{_NUMBER}z$")
_UPRIGHT = re.compile(rf"^M{_NUMBER} {_NUMBER}L\1 {_NUMBER}$")
_STRAIGHT = re.compile(rf"M{_NUMBER} {_NUMBER}(?:H{_NUMBER}|V{_NUMBER})")
_SVG = "{http://www.w3.org/2000/svg}"
_MEASURES = ("x", "y", "d", "cx", "cy", "r", "width", "height", "transform")
_INHERITED = {
    ("font-family", _FAMILY),
    ("text-anchor", "start"),
}  # said once for the whole drawing, or so without saying
_TILE = 8  # points after which every pattern that we use repeats itself; matplotlib draws nine of them each way
_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True)
class Style:
    """How an area is filled: so that it can be told apart by lightness and pattern too. ``ink`` is for text on it."""

    fill: str
    ink: str = ON_AREA
    hatch: str = ""
    edge: str = "#ffffff"


class Drawing:
    """A sheet to draw on, as wide as a page of the report or of a telephone and ``height`` inches high; what is drawn later lies on top."""

    def __init__(self, height: float, width: float = WIDTH) -> None:
        self.height, self.width = height, width
        self._figure = Figure(figsize=(width, height))
        self._figure.patch.set_visible(False)
        self._axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()
        self._drawn = itertools.count(1)
        self._links: list[ET.Element] = []

    def box(self, x: float, y: float, width: float, height: float, style: Style) -> None:
        """A filled rectangle."""
        area = Rectangle((x, y), width, height, facecolor=style.fill, edgecolor=style.edge, hatch=style.hatch or None)
        area.set(linewidth=0.8, clip_on=False, zorder=next(self._drawn))
        self._axes.add_patch(area)

    def dot(self, x: float, y: float, radius: float, style: Style) -> None:
        """A filled circle."""
        spot = Circle((x, y), radius, facecolor=style.fill, edgecolor=style.edge, linewidth=0.8, clip_on=False)
        spot.set_zorder(next(self._drawn))
        self._axes.add_patch(spot)

    def line(self, x: tuple[float, float], y: tuple[float, float], colour: str = RULE, width: float = 0.6) -> None:
        """A straight line between two points."""
        self._axes.add_line(Line2D(x, y, color=colour, linewidth=width, clip_on=False, zorder=next(self._drawn)))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = SIZE,
        ink: str = INK,
        align: Literal["left", "center", "right"] = "left",
        bold: bool = False,
        on: Style | None = None,
    ) -> None:
        """One line of text, its middle at ``y``; ``on`` gives it the ground of a patterned area. Never a formula."""
        ground = {"facecolor": on.fill, "edgecolor": "none", "pad": 1.2} if on and on.hatch else None
        self._axes.text(
            x, y, clean(words), fontsize=size, color=on.ink if on else ink, ha=align, va="center_baseline",
            fontfamily=FONT, fontweight="bold" if bold else "normal", parse_math=False, bbox=ground, clip_on=False,
            zorder=next(self._drawn),
        )  # fmt: skip

    def lines(self, x: float, y: float, words: list[str], *, size: float = SIZE, ink: str = INK) -> None:
        """Lines of text, their block's middle at ``y``."""
        step = size * 1.25 / 72
        for place, line in enumerate(words):
            self.text(x, y + (place - (len(words) - 1) / 2) * step, line, size=size, ink=ink)

    def link(self, y: float, height: float, anchor: str, words: str) -> None:
        """A row of the drawing, as wide as it is, that leads to what stands behind it; ``words`` say where, for reading aloud."""
        link = ET.Element("a", {"href": f"#{anchor}", "aria-label": clean(words)})
        place = {
            "x": "1",
            "y": f"{y * 72 + 1:.1f}",
            "width": f"{self.width * 72 - 2:.1f}",
            "height": f"{height * 72 - 2:.1f}",
        }
        ET.SubElement(link, "rect", {**place, "fill-opacity": "0"})
        self._links.append(link)

    def plot(self, x: float, y: float, width: float, height: float) -> Axes:
        """Matplotlib axes of that place and size, with scales of their own; they lie on top of all else."""
        return self._figure.add_axes(
            (x / self.width, 1 - (y + height) / self.height, width / self.width, height / self.height), frame_on=False
        )

    def svg(self, name: str, title: str, description: str, *, twin: bool = False) -> Markup:
        """The drawing as SVG for putting into HTML; ``name`` keeps its ids apart from those of other drawings. A ``twin`` is told by the
        title and description of the drawing of the same name beside which it stands.
        """
        told = slug(name)
        prefix = f"{told}-twin" if twin else told
        file = io.StringIO()
        with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": prefix, "hatch.linewidth": 0.7}):
            self._figure.savefig(file, format="svg", metadata={"Date": None}, bbox_inches=None)
        root = ET.fromstring(file.getvalue()[file.getvalue().index("<svg") :])  # noqa: S314 - just made by ourselves
        _keep_what_is_drawn(root, prefix)
        root.set("role", "group" if self._links else "img")
        root.set("aria-labelledby", f"{told}-title {told}-desc")
        own = () if twin else (("title", title), ("desc", description))
        for place, (tag, words) in enumerate(own):
            element = ET.Element(tag, {"id": f"{prefix}-{tag}"})
            element.text = clean(words)
            root.insert(place, element)
        if self._links:
            self._put_links(root)
        written = ET.tostring(root, encoding="unicode")
        return Markup(written.replace(" />", "/>"))  # noqa: S704 - of text, in which every ">" is escaped, nothing is taken

    def _put_links(self, root: ET.Element) -> None:
        """On top of what is drawn, which is not read aloud: the description and the links say it."""
        drawn = ET.Element("g", {"aria-hidden": "true"})
        told = [each for each in root if each.tag in ("title", "desc")]
        drawn.extend(each for each in root if each not in told)
        root[:] = [*told, drawn, *self._links]


def text_width(words: str, size: float = SIZE) -> float:
    """How wide a line of text is, in inches."""
    found = text_to_path.get_text_width_height_descent(clean(words), FontProperties(family=FONT, size=size), False)
    return float(found[0]) / 72


def wrapped(words: str, width: float, size: float = SIZE, most: int = 3) -> list[str]:
    """Text broken into at most ``most`` lines of about ``width`` inches; what does not fit ends in "…"."""
    letters = max(4, int(width * 72 / (size * 0.56)))
    return textwrap.wrap(clean(words), letters, max_lines=most, placeholder="…") or [""]


def _keep_what_is_drawn(root: ET.Element, prefix: str) -> None:
    """Take away what would reach beyond the drawing: metadata, namespaces, style sheets, ids that another may have."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}metadata", f"{_SVG}style") or (child.tag == f"{_SVG}defs" and not len(child)):
                parent.remove(child)
    root.set("xmlns", _SVG[1:-1])
    del root.attrib["version"]
    root.set("stroke-linejoin", "round")
    root.set("font-family", _FAMILY)
    references = " ".join(value for element in root.iter() for name, value in element.items() if name != "id")
    used = set(re.findall(r"#([\w-]+)", references)) & {element.get("id", "") for element in root.iter()}
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        element.tail = None
        if not (element.text or "").strip():
            element.text = None
        given = dict(element.attrib)
        element.attrib.clear()
        for declaration in filter(None, given.pop("style", "").split("; ")):
            name, _, value = declaration.partition(": ")
            given[name] = value
        for name, value in given.items():
            if (name == "font-family" and element is not root) or (name, value) in _USUAL:
                continue
            if name == "id" and value in used:
                element.set(name, f"{prefix}-{value}")
            elif (name == "transform" and value.startswith("rotate(-0")) or (name, value) in _INHERITED:
                continue
            elif name != "id":
                short = "#fff" if value == "#ffffff" else _short(value, name)
                element.set("href" if name == _HREF else name, _prefixed(short, prefix, used))
    root.set("font-family", _FAMILY)
    for pattern in root.iter("pattern"):
        _cut_to_a_tile(pattern)
    _unwrap(root)
    _put_boxes_together(root)
    _say_for_all(root)
    _say_once(root)


def _cut_to_a_tile(pattern: ET.Element) -> None:
    """The smallest piece of a pattern that repeats itself, with those of its lines that cross it."""
    pattern.set("width", str(_TILE))
    pattern.set("height", str(_TILE))
    for element in pattern:
        if element.tag == "rect":
            element.set("width", str(_TILE))
            element.set("height", str(_TILE))
        elif "d" in element.attrib:
            kept = "".join(
                line[0] for line in _LINE.finditer(element.get("d", "")) if _crosses(*map(float, line.groups()))
            )
            element.set("d", kept)


def _crosses(x: float, y: float, to_x: float, to_y: float) -> bool:
    """Whether a line, longer than a tile and level, upright or halfway between, comes into it with its middle or its edge."""
    if x == to_x or y == to_y:
        across = x if x == to_x else y
        return 0 <= across <= _TILE
    if (to_x - x) * (to_y - y) < 0:
        return 0 <= x + y <= 2 * _TILE
    return -_TILE <= x - y <= _TILE


def _say_once(root: ET.Element) -> None:
    """What most words of the drawing have in common is said at its head: a report holds thousands of words."""
    lines = [element for element in root.iter() if "stroke" in element.attrib]
    widths = Counter(element.get("stroke-width", "") for element in lines)
    if widths and "" not in widths:
        (usual_width, _), *_ = widths.most_common(1)
        root.set("stroke-width", usual_width)
        for element in lines:
            if element.get("stroke-width") == usual_width:
                del element.attrib["stroke-width"]
    words = list(root.iter("text"))
    areas = [element for element in root.iter() if element.tag in _FILLED]
    for element in words:
        element.set("text-anchor", element.get("text-anchor", "start"))
    for name in ("font-size", "fill", "text-anchor"):
        values = Counter(element.get(name, "") for element in words)
        usual, times = values.most_common(1)[0] if values else ("", 0)
        if (
            not usual
            or "" in values
            or times < _OFTEN
            or (name == "fill" and (usual not in (INK, ON_AREA) or not all("fill" in e.attrib for e in areas)))
        ):
            continue  # an area without a colour of its own would take that of the words
        root.set(name, usual)
        for element in words:
            if element.get(name) == usual:
                del element.attrib[name]
    if root.get("text-anchor", "start") == "start":  # as it is without being said
        for element in root.iter():
            if element.get("text-anchor") == "start":
                del element.attrib["text-anchor"]


def _say_for_all(root: ET.Element) -> None:
    """What all marks of a group have in common is said of the group."""
    for group in root.iter("g"):
        if len(group) > 1 and all(mark.tag == "use" for mark in group):
            for name in ("fill", "stroke"):
                values = {mark.attrib.get(name, "") for mark in group}
                if len(values) == 1 and values != {""}:
                    group.set(name, *values)
                    for mark in group:
                        del mark.attrib[name]


def _short(value: str, name: str) -> str:
    """Measures with one decimal: less than a tenth of a point is not seen, and a report holds thousands of them."""
    if name not in _MEASURES:
        return value
    short = re.sub(r"\d+\.\d{2,}", lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value).strip()
    if name != "d":
        return short
    return _UPRIGHT.sub(r"M\1 \2V\3", _LEVEL.sub(r"M\1 \2H\3", _SPARE.sub("", _RECTANGLE.sub(_box, short))))


def _box(corners: re.Match[str]) -> str:
    """A rectangle by its first corner, its width and its height, which are shorter to say than its corners."""
    x, y, to_x, to_y = map(float, corners.groups())
    across, down = (f"{round(length, 1):g}" for length in (to_x - x, to_y - y))
    back = across[1:] if across.startswith("-") else f"-{across}"
    return f"M{x:g} {y:g}h{across}v{down}{min((f'h{back}', f'H{x:g}'), key=len)}z"


def _put_boxes_together(root: ET.Element) -> None:
    """Boxes, and lines, that look alike become one path, as long as nothing that is drawn between them touches the later one: words
    always stand on the box that was drawn before them.
    """
    for group in root.iter():
        if group.tag not in ("svg", "g"):
            continue
        alike: dict[tuple[tuple[str, str], ...], tuple[ET.Element, int]] = {}
        drawn: list[tuple[float, float, float, float]] = []
        for element in list(group):
            place = _place(element)
            if place is None:
                if element.tag not in ("text", "title", "desc", "defs"):
                    alike.clear()
                continue
            look = tuple(sorted((name, value) for name, value in element.items() if name != "d"))
            first, since = alike.get(look, (None, 0))
            if first is not None and not any(_touch(place, each) for each in drawn[since:]):
                first.set("d", first.get("d", "") + element.get("d", ""))
                group.remove(element)
            else:
                alike[look] = (element, len(drawn))
            drawn.append(place)


def _place(element: ET.Element) -> tuple[float, float, float, float] | None:
    """The left, upper, right and lower edge of a box or a line; None for anything else."""
    drawn = element.get("d", "")
    if (
        element.tag != "path"
        or "id" in element.attrib
        or "clip-path" in element.attrib
        or "transform" in element.attrib
    ):
        return None
    if box := _BOX.match(drawn):
        x, y, across, down = map(float, box.groups()[:4])
        return (min(x, x + across), min(y, y + down), max(x, x + across), max(y, y + down))
    if line := _STRAIGHT.fullmatch(drawn):
        x, y = float(line[1]), float(line[2])
        to_x, to_y = float(line[3] or x), float(line[4] or y)
        return (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
    return None


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _unwrap(parent: ET.Element) -> None:
    """Groups that group nothing give way to what is in them."""
    for child in list(parent):
        _unwrap(child)
        if child.tag in ("g", "defs") and not len(child):
            parent.remove(child)
    for place, child in enumerate(list(parent)):
        if child.tag == "g" and not child.attrib and len(child) == 1:
            parent[place] = child[0]


def _prefixed(value: str, prefix: str, used: set[str]) -> str:
    return re.sub(r"#([\w-]+)", lambda found: f"#{prefix}-{found[1]}" if found[1] in used else found[0], value)
