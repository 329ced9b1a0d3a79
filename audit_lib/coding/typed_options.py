"""What people type around a value in a cell of several printed ones: quotation marks, brackets and ticks, the list once more."""

from __future__ import annotations

import re

from audit_lib.rawform import Mark
from audit_lib.scales import Scale
from audit_lib.text import fold, lower_same_length

Line = list[tuple[str, Mark]]

_QUOTES = {'"': '"', "'": "'", "`": "`", "``": "''", "''": "''", "«": "»", "„": '"'}


def text_of(line: Line) -> str:
    """The text of a line without its marks."""
    return "".join(character for character, _ in line)


def unquoted(lines: list[Line], scale: Scale) -> list[Line]:
    """The lines without the quotation marks around a value that is all there is; a quoted sentence stays somebody's words.

    A single apostrophe before the value is what a spreadsheet puts there, and goes too.
    """
    if len(lines) != 1:
        return lines
    text = lower_same_length(text_of(lines[0])).replace("“", '"').replace("”", '"')
    match = re.fullmatch(r"\s*(?P<opens>``|''|[\"'`«„])\s*(?P<inside>.*?)[\s.]*(?P<closes>''|[\"'`»]|)[\s.]*", text)
    if match is None or match["closes"] not in ("" if match["opens"] == "'" else None, _QUOTES[match["opens"]]):
        return lines
    return [lines[0][slice(*match.span("inside"))]] if fold(match["inside"]) in scale.spelled else lines
