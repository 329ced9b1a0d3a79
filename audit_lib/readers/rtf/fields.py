"""Fields of rich text: what old form fields show, signs that are written as fields, and references out of the file."""

from __future__ import annotations

import re

from audit_lib.rawform import Mark, Run
from audit_lib.readers import symbol_signs
from audit_lib.readers.rtf.state import FormField

_NOTHING_CHOSEN = 25  # one more than a drop-down can have entries: nobody has touched it
_SYMBOL = re.compile(r"SYMBOL\s+(0x[0-9A-F]{1,6}|[0-9]{1,6})\b(.*)", re.IGNORECASE | re.DOTALL)
_FONT = re.compile(r'\\f\s*"?([^"\\]+)"?', re.IGNORECASE)
_SYMBOL_FONTS = {"wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol"}
_OUTSIDE = {
    "INCLUDEPICTURE": "a picture",
    "IMPORT": "a picture",
    "INCLUDETEXT": "a second document",
    "INCLUDE": "a second document",
    "LINK": "an object of another program",
    "DDE": "an object of another program",
    "DDEAUTO": "an object of another program",
    "DATABASE": "something",
}


def form_field_runs(form: FormField, mark: Mark) -> list[Run]:
    """What an old form field shows by itself: a tick box, or the entry of a drop-down. A text field shows its result.

    A drop-down that was never opened shows its default or first entry, marked as untouched.
    """
    result = None if form.result == _NOTHING_CHOSEN else form.result
    if form.kind == 1:
        return [Run("", mark, bool(form.default if result is None else result))]
    if form.kind == 2 and form.entries:
        shown = form.default if result is None else result
        text = form.entries[shown if 0 <= shown < len(form.entries) else 0]
        return [Run(text, mark | (Mark.UNTOUCHED if result is None else Mark.NONE))]
    return []


def symbol_of(workings: str) -> str:
    """The sign that a ``SYMBOL`` field draws, which Word writes without a result; empty for any other field."""
    found = _SYMBOL.match(workings.strip())
    if not found:
        return ""
    code, switches = int(found[1], 0) if found[1][:2].lower() == "0x" else int(found[1]), found[2]
    font = _FONT.search(switches)
    name = font[1].strip().lower() if font else "symbol"
    if name in _SYMBOL_FONTS or 0xF000 <= code <= 0xF0FF:
        return symbol_signs.sign(name, code)
    if re.search(r"\\[uU]\b", switches):
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else symbol_signs.UNKNOWN_SIGN
    return bytes([code]).decode("cp1252", "replace") if code < 256 else symbol_signs.UNKNOWN_SIGN


def outside_of(workings: str) -> str:
    """What a field fetches from outside the file; empty for a field that fetches nothing."""
    return _OUTSIDE.get(workings.split(maxsplit=1)[0].upper(), "") if workings.strip() else ""


def is_form_field(workings: str) -> bool:
    """Whether it is a tick box or a drop-down, whose state stands beside its workings - where a program wrote it."""
    return workings.strip().upper().startswith(("FORMCHECKBOX", "FORMDROPDOWN"))
