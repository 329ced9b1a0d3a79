"""The style and the script of a page, and the policy by which a browser takes those and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).parent / "template"
POLICY = {
    "default-src": ("'none'",),
    "img-src": ("data:",),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
}
"""What every page's content security policy says besides the hashes of its style and its script."""

_COMMENT = re.compile(r"^ *//[^\n]*\n| */\*.*?\*/", re.MULTILINE | re.DOTALL)  # no text in these files looks like one
_STYLES = ("colours.css", "style.css", "layout.css", "tools.css", "print.css")
_COMPARISON = "comparison.css"
_REPORT = ("elements.js", "contents.js", "find.js", "print.js", "folds.js", "regroup.js", "quoted.js")
_INDEX = ("elements.js", "index.js")


@dataclass(frozen=True)
class Assets:
    """What stands in the head and at the end of a page, each as the exact text between its tags."""

    style: str
    script: str

    @property
    def policy(self) -> str:
        """The content security policy that allows this style and this script."""
        hashed = {"style-src": (digest(self.style),), "script-src": (digest(self.script),)}
        return "; ".join(" ".join((name, *sources)) for name, sources in {**POLICY, **hashed}.items())


def report_assets(marking: str, *, compares: bool = False) -> Assets:
    """Those of a report; ``marking`` stands on every printed page. ``compares``: whether it is one on several audits."""
    words = re.sub(r"[^\w .,:-]", "", marking)
    styles = (*_STYLES, *([_COMPARISON] if compares else []))
    return Assets(f'{_joined(styles)}@page {{ @top-right {{ content: "{words}"; }} }}\n', _script(_REPORT))


def index_assets() -> Assets:
    """Those of the page that lists reports."""
    return Assets(_joined(_STYLES), _script(_INDEX))


def digest(text: str) -> str:
    """The hash of a style or script as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _script(names: tuple[str, ...]) -> str:
    """Scripts in one function, so that their names are theirs alone."""
    return f'(() => {{\n"use strict";\n{_joined(names)}}})();\n'


def _joined(names: tuple[str, ...]) -> str:
    """The files without their comments, which are for whoever works on them: a page has no room for them."""
    return "\n" + "\n".join(_COMMENT.sub("", (TEMPLATES / name).read_text(encoding="utf-8")) for name in names)
