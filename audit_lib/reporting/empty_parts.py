"""Parts of a report with nothing to tell, taken out of the text and told in one list near its end.

A part is a second- or third-level heading and what follows it. It is empty when nothing follows but one paragraph that introduces it and a
sentence that says why nothing is there (:func:`audit_lib.present.html.nothing`). The sentence is kept: nothing sent and nothing asked
are two things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PART = re.compile(r"(?=<h[23][\s>])")
_HEADING = re.compile(r"<h([23])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
_EMPTY = re.compile(r'\s*(?:<p>(?:(?!</p>).)*</p>)?(?:\s|<p class="note nothing">(?:(?!</p>).)*</p>)*', re.DOTALL)
_WHY = re.compile(r'<p class="note nothing">(.*?)</p>', re.DOTALL)
_INTRODUCTION = "These parts would be empty. Beside each stands why."


@dataclass(frozen=True)
class _Part:
    level: int
    title: str
    markup: str
    why: str

    @property
    def item(self) -> str:
        return f"<li><strong>{self.title}</strong>: {self.why}</li>"


def gathered(html: str) -> str:
    """``html`` with its empty parts in one list before its last second-level heading; a part stays while a part below it is not empty."""
    opening, *pieces = _PART.split(html)
    parts = [_part(piece) for piece in pieces]
    empty = [place for place, part in enumerate(parts) if part.why and not _holds_more(parts, place)]
    last = max(
        (place for place, part in enumerate(parts) if part.level == 2 and place not in empty), default=len(parts)
    )
    if not empty or last == len(parts):
        return html
    listed = "\n".join(parts[place].item for place in empty)
    told = f'<h2>Not in this report</h2>\n<p>{_INTRODUCTION}</p>\n<ul class="absent">\n{listed}\n</ul>\n'
    kept = [(place, part.markup) for place, part in enumerate(parts) if place not in empty]
    before = "".join(markup for place, markup in kept if place < last)
    return f"{opening}{before}{told}{''.join(markup for place, markup in kept if place >= last)}"


def _part(markup: str) -> _Part:
    found = _HEADING.match(markup)
    if found is None:
        return _Part(0, "", markup, "")
    body = markup[found.end() :]
    why = " ".join(dict.fromkeys(_WHY.findall(body))) if _EMPTY.fullmatch(body) else ""
    return _Part(int(found[1]), found[3], markup, why)


def _holds_more(parts: list[_Part], place: int) -> bool:
    """Whether a part has one below it that is not empty."""
    if parts[place].level != 2:
        return False
    for part in parts[place + 1 :]:
        if part.level == 2:
            return False
        if not part.why:
            return True
    return False
