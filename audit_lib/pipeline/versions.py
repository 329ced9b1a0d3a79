"""Which of several forms for one case and agency came last, when something shows it.

Evidence, strongest first: the date on which it was received, a version or date in the file name, the document's own date
of last change. The file system's times never count.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBERED = re.compile(r"(?<![a-z])(?:v|ver|version|rev|revision)[\s._-]*(\d{1,3})(?![a-z\d])")
_LATER_WORD = re.compile(r"(?<![a-z])(final|updated|revised|amended|corrected|resubmitted)(?![a-z])")
_EARLIER_WORD = re.compile(r"(?<![a-z])draft(?![a-z])")
_DAY = re.compile(r"(?<!\d)(?:(\d{4})[-._ ](\d{1,2})[-._ ](\d{1,2})|(\d{1,2})[-._ ](\d{1,2})[-._ ](\d{4}))(?!\d)")
_FINAL, _DRAFT, _PLAIN = 1000, 0, 1


@dataclass(frozen=True)
class Version:
    """What is known of when a form was made: ``name`` is its file name, dates are ISO or empty."""

    name: str
    received: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Latest:
    """``index`` of the latest version, None when nothing shows it for certain; ``evidence`` in words."""

    index: int | None
    evidence: str


def version_in_name(name: str) -> int:
    """A rank from a file name: drafts first, then unmarked and v1, v2 ..., then those called final or amended."""
    text = name.rsplit("/", 1)[-1].casefold().replace("_", " ")
    ranks = [int(match[1]) for match in _NUMBERED.finditer(text)]
    if _LATER_WORD.search(text):
        ranks.append(_FINAL)
    if ranks:
        return max(ranks)
    return _DRAFT if _EARLIER_WORD.search(text) else _PLAIN


def date_in_name(name: str) -> str:
    """The one full date in a file name as ISO day (day before month), empty for none or several."""
    found = set()
    for match in _DAY.finditer(name.rsplit("/", 1)[-1]):
        year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        try:
            found.add(datetime.date(int(year), int(month), int(day)).isoformat())
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else ""


def latest(versions: Sequence[Version]) -> Latest:
    """The latest of several versions. Kinds of evidence that contradict each other show nothing."""
    ranks = [version_in_name(version.name) for version in versions]
    shown = {
        "the date it was received": _last([version.received for version in versions]),
        "a later version in the file name": _last([f"{rank:04d}" for rank in ranks]) if len(set(ranks)) > 1 else None,
        "a later date in the file name": _last([date_in_name(version.name) for version in versions]),
        "a later date of change in the document": _last([version.modified for version in versions]),
    }
    winners = {index for index in shown.values() if index is not None}
    evidence = [kind for kind, index in shown.items() if index is not None]
    if len(winners) == 1:
        return Latest(winners.pop(), "; ".join(evidence))
    return Latest(
        None, f"contradicting evidence: {'; '.join(evidence)}" if evidence else "no evidence of which came later"
    )


def _last(values: list[str]) -> int | None:
    """The place of the greatest value when every value is there and it stands alone."""
    if not all(values):
        return None
    top = max(values)
    return values.index(top) if values.count(top) == 1 else None
