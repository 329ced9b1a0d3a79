"""What a page of a PDF paints: letters, lines, filled areas, other shapes and pictures, in the order of painting.

pdfminer reads the file and runs the page's instructions; this module listens. It also hears what pdfminer passes over and
a reader has to know: text that is written but not shown, opacity, and layers that are switched off.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFStackT, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_pt, apply_matrix_rect, mult_matrix

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Mark
from audit_lib.readers.pdf.glyphs import Box, Font, Glyph, placed, shown

MAX_LETTERS = 300_000
MAX_DRAWN = 200_000
THIN = 2.6  # a filled area no higher than this is a line
_LEAST_SIZE = 1.0
_INVISIBLE = (3, 7)  # ways of writing text that paint nothing
_FILLED_AND_STROKED = 2  # how programs make a bold letter of a font that has none
_TRANSPARENT = 0.05
_WINDOWS_BULLET, _SOFT_HYPHEN = 0x95, 0xAD
_AS_BULLETS = (0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D)  # codes that the usual encoding leaves free show a bullet
_LEVEL = 0.5  # how far the ends of a level line may be apart


@dataclass(frozen=True, slots=True)
class Line:
    """A level or upright line. ``level`` is true for the first; ``at`` is its height or its distance from the left."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Area:
    """A filled area, or a picture, which lets through what is under it when ``clear``."""

    box: Box
    order: int
    colour: tuple[float, ...] = ()
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Anything else that is drawn: slanted lines, curves. ``points`` are the ends of its pieces."""

    box: Box
    points: tuple[tuple[float, float], ...]
    curved: bool


@dataclass
class Drawing:
    """All that one page paints.

    ``frames`` are the rectangles drawn in one go, whose sides are among ``lines``; ``hidden`` counts the visible characters
    that the page holds and does not show.
    """

    width: float
    height: float
    visible: Box
    glyphs: list[Glyph] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    hidden: int = 0


class _State(PDFGraphicState):
    """The graphic state with what pdfminer leaves out."""

    def __init__(self) -> None:
        super().__init__()
        self.opacity = 1.0
        self.blended = False
        self.clip: Box | None = None  # nothing is painted outside it; its corners as the file counts them, from below

    def copy(self) -> _State:
        state = _State()
        state.__dict__.update(self.__dict__)
        return state


class _Interpreter(PDFPageInterpreter):
    """Runs the instructions of a page, and hears of opacity and layers."""

    device: Recorder

    def init_state(self, ctm: Matrix) -> None:
        super().init_state(ctm)
        self.graphicstate = self.device.state.copy()  # a drawing inside the page goes on with the state around it

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802 (the name of the instruction)
        self._hand_on()
        super().do_Do(xobjid_arg)

    def do_EI(self, obj: PDFStackT) -> None:  # noqa: N802
        self._hand_on()
        super().do_EI(obj)

    def _hand_on(self) -> None:
        if isinstance(self.graphicstate, _State):
            self.device.state = self.graphicstate.copy()

    def do_gs(self, name: PDFStackT) -> None:
        states = resolve1(self.resources.get("ExtGState")) or {}
        found = resolve1(states.get(name.name)) if isinstance(name, PSLiteral) else None
        if isinstance(found, dict) and isinstance(self.graphicstate, _State):
            opacity = resolve1(found.get("ca"))
            if isinstance(opacity, int | float):
                self.graphicstate.opacity = float(opacity)
            mode = resolve1(found.get("BM"))
            if isinstance(mode, PSLiteral):
                self.graphicstate.blended = mode.name not in ("Normal", "Compatible")

    def do_W(self) -> None:  # noqa: N802
        points = [apply_matrix_pt(self.ctm, point) for piece in _pieces(self.curpath) for point in _ends(piece)]
        if points and isinstance(self.graphicstate, _State):
            box, before = _around(points), self.graphicstate.clip
            self.graphicstate.clip = box if before is None else _common(box, before)

    do_W_a = do_W  # noqa: N815

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:  # noqa: N802
        layers = resolve1(self.resources.get("Properties")) or {}
        layer = layers.get(props.name) if isinstance(props, PSLiteral) else None
        self.device.layers.append(isinstance(layer, PDFObjRef) and layer.objid in self.device.switched_off)

    def do_BMC(self, tag: PDFStackT) -> None:  # noqa: N802
        self.device.layers.append(False)

    def do_EMC(self) -> None:  # noqa: N802
        if self.device.layers:
            self.device.layers.pop()


class Recorder(PDFTextDevice):
    """Records what pages paint. ``switched_off`` holds the numbers of the layers that are not shown."""

    def __init__(self, resources: PDFResourceManager, switched_off: frozenset[int]) -> None:
        super().__init__(resources)
        self.switched_off = switched_off
        self.layers: list[bool] = []
        self.state = _State()
        self._page = Drawing(0, 0, (0, 0, 0, 0))
        self._order = itertools.count()
        self._way = 0
        self._fonts: dict[str, Font] = {}
        self._letters = self._drawn = 0
        self._interpreter = _Interpreter(resources, self)

    def drawing(self, page: PDFPage) -> Drawing:
        """What one page paints. Raises :class:`UnreadableFile` (``too_large``) when all pages so far are beyond any form."""
        self._interpreter.process_page(page)
        return self._page

    def appearance(self, look: PDFStream) -> Drawing:
        """What the appearance of a form field paints."""
        kept = (self._page, self.ctm, self.state)
        self._page = Drawing(0, 0, (-1e6, -1e6, 1e6, 1e6))
        self.state = _State()
        resources = resolve1(look.get("Resources"))
        self._interpreter.dup().render_contents(resources if isinstance(resources, dict) else {}, [look])
        found = self._page
        self._page, self.ctm, self.state = kept
        return found

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """A page begins: nothing is on it yet."""
        x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
        self._page = Drawing(abs(x1 - x0), abs(y1 - y0), (0, 0, 0, 0))
        self._page.visible = self._flipped(apply_matrix_rect(ctm, page.cropbox))
        self.layers.clear()
        self.state = _State()

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """A drawing inside the page begins, which shows nothing outside its own area."""
        if self.ctm and bbox != (0, 0, 1, 1):
            box = apply_matrix_rect(mult_matrix(matrix, self.ctm), bbox)
            self.state.clip = box if self.state.clip is None else _common(box, self.state.clip)

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """A stretch of text, with the way in which its letters are painted."""
        self._way = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """One letter."""
        advance = float(font.char_width(cid)) * fontsize * scaling
        text = _text_of(font, cid)
        look = self._font(str(font.fontname))
        glyph = placed(shown(text, look), matrix, advance, fontsize, rise, self._page.height)
        glyph.order, glyph.colour, glyph.italic = next(self._order), colour_of(graphicstate), look.italic
        bold = look.bold or self._way == _FILLED_AND_STROKED
        glyph.mark = Mark.BOLD if bold else Mark.NONE
        self._letters += 1
        if self._letters > MAX_LETTERS:
            raise UnreadableFile("too_large", "more letters than any form")
        if self._is_shown(glyph, graphicstate):
            self._page.glyphs.append(glyph)
        else:
            self._page.hidden += glyph.letters
        return advance

    def paint_path(
        self, gstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
        """Lines and areas."""
        if any(self.layers) or getattr(gstate, "opacity", 1.0) < _TRANSPARENT:
            return
        for piece in _pieces(path):
            self._drawn += 1
            if self._drawn > MAX_DRAWN:
                raise UnreadableFile("too_large", "more lines than any form")
            points = [apply_matrix_pt(self.ctm, point) for point in _ends(piece)] if self.ctm else []
            self._paint([(x, self._page.height - y) for x, y in points], piece, gstate, stroke, fill)

    def render_image(self, name: str, stream: PDFStream) -> None:
        """A picture."""
        if any(self.layers) or not self.ctm:
            return
        box = self._clipped(self._flipped(apply_matrix_rect(self.ctm, (0, 0, 1, 1))), self.state)
        clear = (
            self.state.opacity < 1
            or self.state.blended
            or any(key in stream for key in ("SMask", "Mask", "ImageMask", "IM"))
        )
        self._page.pictures.append(Area(box, next(self._order), clear=clear))

    def _paint(
        self,
        points: list[tuple[float, float]],
        piece: Sequence[PathSegment],
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
    ) -> None:
        if len(points) < 2:
            return
        curved = any(step[0] in "cvy" for step in piece)
        box = _around(points)
        square = not curved and all(_is_level(one, two) or _is_upright(one, two) for one, two in _sides(points))
        if square and fill and len(points) > 2:
            if min(box[2] - box[0], box[3] - box[1]) <= THIN:
                self._page.lines += _thin(box)
                return
            clear = getattr(gstate, "opacity", 1.0) < 1 or getattr(gstate, "blended", False)
            shown_part = self._clipped(box, gstate)
            self._page.areas.append(Area(shown_part, next(self._order), colour_of(gstate), clear))
        if square and stroke:
            if len(points) == 5 and points[0] == points[-1]:
                self._page.frames.append(box)
            for (x0, y0), (x1, y1) in _sides(points):
                level = _is_level((x0, y0), (x1, y1))
                start, end = sorted((x0, x1) if level else (y0, y1))
                self._page.lines.append(Line(level, (y0 + y1) / 2 if level else (x0 + x1) / 2, start, end))
        if not square and (stroke or fill):
            self._page.shapes.append(Shape(box, tuple(points), curved))

    def _is_shown(self, glyph: Glyph, gstate: PDFGraphicState) -> bool:
        x0, y0, x1, y1 = self._clipped(self._page.visible, gstate)
        on_page = x0 <= glyph.x <= x1 and y0 <= glyph.y <= y1
        painted = self._way not in _INVISIBLE and getattr(gstate, "opacity", 1.0) >= _TRANSPARENT
        return on_page and painted and glyph.size >= _LEAST_SIZE and not any(self.layers)

    def _clipped(self, box: Box, gstate: PDFGraphicState) -> Box:
        clip: Box | None = getattr(gstate, "clip", None)
        return box if clip is None else _common(box, self._flipped(clip))

    def _font(self, name: str) -> Font:
        if name not in self._fonts:
            self._fonts[name] = Font.named(name)
        return self._fonts[name]

    def _flipped(self, rect: Rect) -> Box:
        x0, y0, x1, y1 = rect
        return (min(x0, x1), self._page.height - max(y0, y1), max(x0, x1), self._page.height - min(y0, y1))


def _text_of(font: PDFFont, cid: int) -> str:
    """The character that a code stands for; what pdfminer does not know of the usual encoding is told here."""
    usual = getattr(font, "cid2unicode", {}).get(_WINDOWS_BULLET) == "•"
    try:
        text = str(font.to_unichr(cid))
    except PDFUnicodeNotDefined:
        return "•" if usual and cid in _AS_BULLETS else f"(cid:{cid})"
    return "-" if usual and cid == _SOFT_HYPHEN and not text.strip() else text


def colour_of(gstate: PDFGraphicState) -> tuple[float, ...]:
    """The colour in which letters and areas are painted, as red, green and blue from 0 to 1; empty for a pattern."""
    raw: Any = gstate.ncolor
    values = tuple(raw) if isinstance(raw, tuple | list) else (raw,)
    if not values or not all(isinstance(value, int | float) for value in values):
        return ()
    numbers = [float(value) for value in values]
    if len(numbers) == 1:
        inked = gstate.ncs.name in ("Separation", "DeviceN")
        return (1 - numbers[0],) * 3 if inked else (numbers[0],) * 3
    if len(numbers) == 4:
        cyan, magenta, yellow, black = numbers
        return ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
    return tuple(numbers[:3]) if len(numbers) == 3 else ()


def _pieces(path: Sequence[PathSegment]) -> list[list[PathSegment]]:
    pieces: list[list[PathSegment]] = []
    for step in path:
        if step[0] == "m":
            pieces.append([])
        if pieces:
            pieces[-1].append(step)
    return pieces


def _ends(piece: Sequence[PathSegment]) -> list[tuple[float, float]]:
    """The points between the steps of a path; a closed one ends where it began."""
    points: list[tuple[float, float]] = []
    for step in piece:
        numbers: list[Any] = list(step[1:])
        point = (float(numbers[-2]), float(numbers[-1])) if numbers else points[0]
        if not points or point != points[-1]:
            points.append(point)
    return points


def _sides(points: list[tuple[float, float]]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return list(itertools.pairwise(points))


def _common(one: Box, two: Box) -> Box:
    x0, y0 = max(one[0], two[0]), max(one[1], two[1])
    return (x0, y0, max(x0, min(one[2], two[2])), max(y0, min(one[3], two[3])))


def _is_level(one: tuple[float, float], two: tuple[float, float]) -> bool:
    return abs(one[1] - two[1]) <= _LEVEL and abs(one[0] - two[0]) >= abs(one[1] - two[1])


def _is_upright(one: tuple[float, float], two: tuple[float, float]) -> bool:
    return abs(one[0] - two[0]) <= _LEVEL and abs(one[1] - two[1]) >= abs(one[0] - two[0])


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _thin(box: Box) -> list[Line]:
    """A thin area as a line along its length; one that is small all round is a joint of two borders or a dot of one."""
    x0, y0, x1, y1 = box
    level, upright = Line(True, (y0 + y1) / 2, x0, x1), Line(False, (x0 + x1) / 2, y0, y1)
    if max(x1 - x0, y1 - y0) <= THIN:
        return [level, upright]
    return [level] if x1 - x0 > y1 - y0 else [upright]
