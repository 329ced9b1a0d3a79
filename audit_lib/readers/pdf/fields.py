"""What stands on a page of a PDF beside its own text: form fields, and what people add with PDF programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import PDFDocEncoding

from audit_lib.rawform import Mark
from audit_lib.readers.pdf.draw import Drawing, Recorder
from audit_lib.readers.pdf.glyphs import Box, Glyph, count_letters
from audit_lib.readers.pdf.marks import Letters
from audit_lib.readers.symbol_signs import UNKNOWN_SIGN

MAX_ANNOTATIONS = 20_000
_HIDDEN = 2 | 32  # flags: hidden, not shown on the screen
_SECRET, _RADIO, _BUTTON, _COMBO = 1 << 13, 1 << 15, 1 << 16, 1 << 17  # flags of fields
_INHERITED = ("FT", "Ff", "V", "DV", "Opt")
_MAX_DEPTH = 40
_QUADS = {
    "StrikeOut": Mark.STRUCK,
    "Highlight": Mark.HIGHLIGHTED,
    "Underline": Mark.UNDERLINED,
    "Squiggly": Mark.UNDERLINED,
}
_SHORT = 60  # letters of a value that may be an answer
_DRAWN = {"Ink", "Line", "Circle", "Square", "Polygon", "PolyLine", "Stamp"}
_ATTACHED = {"FileAttachment", "Sound", "Movie", "Screen", "RichMedia", "3D"}
_LINE_HEIGHT = 12.0
_TALL = 26.0  # a field no higher holds one line
_FLAT = 8.0


@dataclass
class Added:
    """What the annotations of one page hold. ``fields`` are the places of form fields, filled or not; ``counted`` says how
    many there are of each thing that is told, not read.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    fields: list[Box] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)


def added_to(page: PDFPage, drawing: Drawing, recorder: Recorder) -> Added:
    """The values of the form fields of a page at their places, and what was typed on it; marks the letters of ``drawing``
    that were struck out, highlighted or underlined by a PDF program.
    """
    added = Added()
    letters = Letters(drawing.glyphs)
    for annotation in _annotations(page):
        kind = name_of(annotation.get("Subtype"))
        box = _box(annotation, page, drawing)
        contents = text_of(annotation.get("Contents"))
        if kind == "Popup" or box is None:
            continue
        if _whole(annotation.get("F")) & _HIDDEN:
            added.counted["hidden"] += bool(contents or (kind == "Widget" and _field(annotation).get("V")))
            continue
        if kind == "Widget":
            added.fields.append(box)
            _widget(annotation, box, added, recorder)
        elif kind == "FreeText":
            added.glyphs += [_filled(contents, box)] if contents.strip() else []
        elif kind in _QUADS:
            under = ""
            for quad in _quads(annotation, page, drawing):
                _mark(letters, quad, _QUADS[kind])
                under += "".join(glyph.text for glyph in letters.inside(quad))
            added.counted["comment"] += _bare(contents) not in _bare(under)  # programs copy the words under a mark
        elif kind in _DRAWN:
            added.counted["drawn"] += 1
            _strike(annotation, kind, page, drawing, letters)
        elif kind in ("Text", "Caret"):
            added.counted["comment"] += 1
        elif kind in _ATTACHED:
            added.counted["attached"] += 1
        elif kind == "Redact":
            added.counted["drawn"] += 1
        elif kind == "Link":
            added.counted[action_of(annotation.get("A"))] += 1
        added.counted[action_of(annotation.get("A")) if kind == "Widget" else ""] += 1
    return added


def _annotations(page: PDFPage) -> Iterator[dict[str, Any]]:
    found = resolve1(page.annots)
    for reference in (found if isinstance(found, list) else [])[:MAX_ANNOTATIONS]:
        annotation = resolve1(reference)
        if isinstance(annotation, dict):
            yield annotation


# form fields


def _field(widget: dict[str, Any]) -> dict[str, Any]:
    """What a widget says of its field, and what it inherits from the fields above it."""
    found: dict[str, Any] = {}
    level: Any = widget
    for _ in range(_MAX_DEPTH):
        if not isinstance(level, dict):
            break
        for key in _INHERITED:
            value = resolve1(level.get(key))
            if value is not None:
                found.setdefault(key, value)
        level = resolve1(level.get("Parent"))
    return found


def _widget(widget: dict[str, Any], box: Box, added: Added, recorder: Recorder) -> None:
    its = _field(widget)
    kind, flags = name_of(its.get("FT")), _whole(its.get("Ff"))
    if kind == "Btn":
        if not flags & _BUTTON:
            added.glyphs.append(_button(widget, its, box))
    elif kind == "Sig":
        added.counted["signature"] += its.get("V") is not None
    elif kind == "Tx" and flags & _SECRET:
        added.counted["hidden"] += bool(text_of(its.get("V")))
    elif kind in ("Tx", "Ch"):
        value, default = _value(its), _value({**its, "V": its.get("DV")})
        painted = _painted(widget, recorder) if not value or len(value) <= _SHORT else ""
        if value and painted and _differ(value, painted, is_list=kind == "Ch" and not flags & _COMBO):
            value = (
                f"{value} / {painted}"  # the page shows one and the file says the other: nobody knows which was meant
            )
        chosen = bool(value) and value != default
        untouched = kind == "Ch" and not chosen and (bool(value) or bool(painted and flags & _COMBO))
        if (value or painted).strip():
            added.glyphs.append(_filled(value or painted, box, Mark.UNTOUCHED if untouched else Mark.NONE))


def _differ(value: str, painted: str, *, is_list: bool) -> bool:
    """Whether a field shows other words than its value; a list shows all its entries, and strange letters say nothing."""
    one, other = _bare(value), _bare(painted)
    known = other and not re.search(r"cid|\ufffd", painted) and not is_list
    return bool(known) and one not in other and other not in one


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _value(its: dict[str, Any]) -> str:
    """The text of a field's value; of a choice the entries that it shows."""
    value = its.get("V")
    values = value if isinstance(value, list) else [value]
    shown: dict[str, str] = {}
    options = its.get("Opt")
    for option in options if isinstance(options, list) else []:
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) > 1:
            shown.setdefault(text_of(pair[0]), text_of(pair[1]))
    texts = [text_of(one) for one in values]
    return "\n".join(shown.get(text, text) for text in texts if text)


def _painted(widget: dict[str, Any], recorder: Recorder) -> str:
    """The text that the appearance of a field shows, whatever value the field holds."""
    looks = resolve1(widget.get("AP"))
    look = resolve1(looks.get("N")) if isinstance(looks, dict) else None
    if not isinstance(look, PDFStream):
        return ""
    glyphs = sorted(recorder.appearance(look).glyphs, key=lambda glyph: (round(glyph.base), glyph.x0))
    return "".join(glyph.text for glyph in glyphs)


def _button(widget: dict[str, Any], its: dict[str, Any], box: Box) -> Glyph:
    """A tick box or one of a group of radio buttons. Where its look and its value disagree it is a sign that is not known."""
    looks = resolve1(widget.get("AP"))
    states = resolve1(looks.get("N")) if isinstance(looks, dict) else None
    on_states = {str(name) for name in states if str(name) != "Off"} if isinstance(states, dict) else set()
    look, value = name_of(widget.get("AS")), name_of(its.get("V"))
    by_look = look not in ("", "Off")
    by_value = value not in ("", "Off") and (value in on_states or (not on_states and look in ("", value)))
    glyph = _filled("", box)
    if (look and value and by_look != by_value and not _whole(its.get("Ff")) & _RADIO) or (
        look and value and by_look != by_value and value in on_states
    ):
        glyph.text = UNKNOWN_SIGN
    else:
        glyph.ticked = by_look if look else by_value
    return glyph


def _filled(text: str, box: Box, mark: Mark = Mark.NONE) -> Glyph:
    """The value of a field as one glyph: as wide as its text may be, in its first line."""
    x0, y0, x1, y1 = box
    tall = y1 - y0 > _TALL
    size = min(_LINE_HEIGHT, max(2.0, y1 - y0)) * 0.8
    base = y0 + _LINE_HEIGHT if tall else (y0 + y1) / 2 + 0.35 * size
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    glyph = Glyph(text, x0, x1, base, size, (x0 + x1) / 2, min((y0 + y1) / 2, base), mark=mark, filled=True)
    glyph.reach = (y0, y0 + _LINE_HEIGHT * 1.5) if tall else (y0, y1)
    return glyph


# what people add


def _mark(letters: Letters, box: Box, mark: Mark) -> None:
    for glyph in letters.inside(box):
        glyph.mark |= mark


def _strike(annotation: dict[str, Any], kind: str, page: PDFPage, drawing: Drawing, letters: Letters) -> None:
    """A level line that somebody drew through letters strikes them out, whatever else it may mean."""
    if kind == "Line":
        strokes = [_points(annotation.get("L"), page, drawing)]
    elif kind == "Ink":
        inked = resolve1(annotation.get("InkList"))
        strokes = [_points(stroke, page, drawing) for stroke in (inked if isinstance(inked, list) else [])]
    else:
        return
    for points in strokes:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if len(points) > 1 and max(ys) - min(ys) <= _FLAT and max(xs) - min(xs) > 2 * (max(ys) - min(ys)):
            for glyph in letters.inside((min(xs), min(ys) - _FLAT / 2, max(xs), max(ys) + _FLAT / 2)):
                if 0.1 <= (glyph.base - (min(ys) + max(ys)) / 2) / glyph.size <= 0.62:
                    glyph.mark |= Mark.STRUCK


def _quads(annotation: dict[str, Any], page: PDFPage, drawing: Drawing) -> Iterator[Box]:
    points = _points(annotation.get("QuadPoints"), page, drawing)
    for first in range(0, len(points) - 3, 4):
        xs, ys = zip(*points[first : first + 4], strict=True)
        yield (min(xs), min(ys), max(xs), max(ys))


def _points(raw: object, page: PDFPage, drawing: Drawing) -> list[tuple[float, float]]:
    found = resolve1(raw)
    numbers = [resolve1(one) for one in found] if isinstance(found, list) else []
    if not all(isinstance(number, int | float) for number in numbers):
        return []
    pairs = zip(numbers[::2], numbers[1::2], strict=False)
    return [_on_page(float(x), float(y), page, drawing) for x, y in pairs]


def _box(annotation: dict[str, Any], page: PDFPage, drawing: Drawing) -> Box | None:
    points = _points(annotation.get("Rect"), page, drawing)
    if len(points) != 2:
        return None
    (xa, ya), (xb, yb) = points
    return (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _on_page(x: float, y: float, page: PDFPage, drawing: Drawing) -> tuple[float, float]:
    """A place as the file counts it, as a person sees the page: turned, from the top."""
    x0, y0, x1, y1 = page.mediabox
    shown = {90: (y - y0, x1 - x), 180: (x1 - x, y1 - y), 270: (y1 - y, x - x0)}.get(page.rotate, (x - x0, y - y0))
    return (shown[0], drawing.height - shown[1])


# values of the file


def action_of(raw: object) -> str:
    """What an action would do: ``outside`` for one that leads out of the file, ``program`` for one that runs something."""
    action = resolve1(raw)
    kind = name_of(action.get("S")) if isinstance(action, dict) else ""
    if kind in ("JavaScript", "Launch", "Rendition"):
        return "program"
    return "outside" if kind in ("URI", "GoToR", "GoToE", "SubmitForm", "ImportData") else ""


def text_of(raw: object) -> str:
    """A text of the file, in whichever of its ways it is written; empty for anything else."""
    value = resolve1(raw)
    if isinstance(value, PDFStream):
        value = value.get_data()
    if isinstance(value, PSLiteral):
        return str(value.name)
    if not isinstance(value, bytes):
        return value if isinstance(value, str) else ""
    for start, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8")):
        if value.startswith(start):
            return value[len(start) :].decode(encoding, "replace")
    return "".join(PDFDocEncoding[code] for code in value)


def name_of(raw: object) -> str:
    """A name of the file; empty for anything else."""
    value = resolve1(raw)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def number_of(raw: object) -> int:
    """The number of the object that a reference names; 0 for anything else."""
    return raw.objid if isinstance(raw, PDFObjRef) else 0


def _whole(raw: object) -> int:
    value = resolve1(raw)
    return value if isinstance(value, int) else 0


def letters_in(glyphs: list[Glyph]) -> int:
    """The visible characters of some glyphs."""
    return sum(count_letters(glyph.text) + (glyph.ticked is not None) for glyph in glyphs)
