"""Tick boxes that float over the sheets of a workbook, and the cells in which they lie.

Excel keeps these controls in an old drawing language (VML): the corners as "column, pixels, row, pixels" twice, the state,
the caption. Every version since 2000 writes it, beside newer forms that say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Run
from audit_lib.readers.spreadsheets.grid import LAST_COLUMN, LAST_ROW, Place

MAX_CONTROLS = 5_000
_BOXES = {"Checkbox", "Radio"}
_UNREAD = {"Drop", "List", "Edit", "Spin", "Scroll"}  # controls in which a person chooses something
_ROW_PIXELS, _COLUMN_PIXELS = 20, 64  # as large as Excel makes them at first
_BOX_PIXELS = 12  # the box itself stands at the left edge of its control
_SPACE = re.compile(r"\s+")
_LINE_BREAK = re.compile(rb"<br\s*/?>(?:\s*</br>)?")


@dataclass
class Sizes:
    """The heights of rows and widths of columns, in pixels, that are not the usual ones."""

    rows: dict[int, float] = field(default_factory=dict)
    columns: dict[int, float] = field(default_factory=dict)


def tick_boxes(data: bytes, sizes: Sizes) -> tuple[list[tuple[Place, tuple[Run, ...]]], int]:
    """The tick boxes and option buttons of one VML drawing in reading order, each with the place of its cell, its state
    and its caption; and the number of other controls in which something may have been chosen.

    Raises :class:`UnreadableFile` (``unsafe``, ``too_large``).
    """
    found: list[tuple[tuple[int, ...], Place, tuple[Run, ...]]] = []
    unread = 0
    for number, (shape, client) in enumerate(_controls(data)):
        if number >= MAX_CONTROLS:
            raise UnreadableFile("too_large", "more controls than any form has")
        kind = client.get("ObjectType", "")
        corners = _corners(client)
        if kind in _UNREAD or (kind in _BOXES and (corners is None or shape is None)):
            unread += 1
        elif kind in _BOXES and corners is not None and shape is not None:
            state = next((element.text or "1" for element in client if _local(element) == "Checked"), "0").strip()
            if state not in ("0", "1"):  # neither ticked nor not
                unread += 1
                continue
            runs = (Run("", ticked=state == "1"), *_caption(shape))
            left, dx, top, dy = corners[:4]
            found.append(((top, dy, left, dx), _place(corners, sizes), runs))
    return [(place, runs) for _, place, runs in sorted(found, key=lambda one: one[0])], unread


def _controls(data: bytes) -> Iterator[tuple[etree._Element | None, etree._Element]]:
    """Each control that is not hidden, with its shape: None where the drawing is too broken to tell.

    Excel leaves line breaks in captions unclosed, so that its VML is no XML; what else is wrong is mended by the parser.
    """
    if b"<!DOCTYPE" in data or b"<!DOCTYPE" in data.replace(b"\0", b""):  # the second for UTF-16
        raise UnreadableFile("unsafe", "a document type is declared")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(_LINE_BREAK.sub(b"<br/>", data), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for client in root.iter("{*}ClientData") if root is not None else ():
        parent = client.getparent()
        shape = parent if parent is not None and _local(parent) == "shape" else None
        if shape is None or "visibility:hidden" not in shape.get("style", "").replace(" ", ""):
            yield shape, client


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _corners(client: etree._Element) -> list[int] | None:
    """Left column, pixels into it, top row, pixels into it, then the same for right and bottom."""
    text = next((element.text or "" for element in client if _local(element) == "Anchor"), "")
    words = [word.strip() for word in text.split(",")]
    if len(words) != 8 or not all(word.isdecimal() and len(word) < 8 for word in words):
        return None
    numbers = [int(word) for word in words]
    return numbers if max(numbers[0], numbers[4]) <= LAST_COLUMN and max(numbers[2], numbers[6]) <= LAST_ROW else None


def _place(corners: list[int], sizes: Sizes) -> Place:
    """The cell in which a control lies: the row that holds most of it, the column in which its box begins."""
    left, dx, top, dy, right, _, bottom, into_bottom = corners
    row = (top + bottom) // 2
    if bottom == top + 1:
        row = bottom if into_bottom > sizes.rows.get(top, _ROW_PIXELS) - dy else top
    near_edge = sizes.columns.get(left, _COLUMN_PIXELS) - dx < _BOX_PIXELS / 2
    return row, left + 1 if near_edge and right > left else left


def _caption(shape: etree._Element) -> tuple[Run, ...]:
    boxes = (child for child in shape if _local(child) == "textbox")
    text = _SPACE.sub(" ", " ".join("".join(map(str, box.itertext())) for box in boxes)).strip()
    return (Run(f" {text}\n"),) if text else (Run(" "),)
