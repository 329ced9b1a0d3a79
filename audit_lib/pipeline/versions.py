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
_LATER_WORD = re.compile(
    r"(?<![a-z])(?<!not )(?<!not yet )(?<!to be )(?<!needs )(?<!non-)(?<!non )(?<!pre-)(?<!pre )(?<!semi-)(?<!semi )"
    r"(?:final|updated|revised|amended|corrected|resubmitted)"
    r"(?=(?: (?:version|copy|form|return|one|draft|v ?\d+|[\d./-]+))*[\s)\]!._-]*(?:\.\w{1,5})?$)"  # "revised plan" is about a plan
)
_EARLIER_WORD = re.compile(r"(?<![a-z])draft(?![a-z])")
_DAY = re.compile(r"(?<!\d)(?:(\d{4})[-._ ](\d{1,2})[-._ ](\d{1,2})|(\d{1,2})[-._ ](\d{1,2})[-._ ](\d{4}))(?!\d)")
_PLAIN = 1  # a draft is less, what is called final is more


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


def stage_in_name(name: str) -> int:
    """How far along a file name says that a form is: a draft, nothing said (or a "final draft"), final or amended."""
    text = _words(name)
    return _PLAIN + bool(_LATER_WORD.search(text)) - bool(_EARLIER_WORD.search(text))


def number_in_name(name: str) -> int:
    """The version number in a file name, the highest of several; 1 for none."""
    return max((int(match[1]) for match in _NUMBERED.finditer(_words(name))), default=1)


def _words(name: str) -> str:
    return name.rsplit("/", 1)[-1].casefold().replace("_", " ")


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
    names = [version.name for version in versions]
    shown = {
        "the date it was received": _last(_alike([version.received for version in versions])),
        "a later version number in the file name": _last([f"{number_in_name(name):03d}" for name in names]),
        "final, not a draft, by the file name": _last([str(stage_in_name(n)) for n in names]),
        "a later date in the file name": _last([date_in_name(name) for name in names]),
        "a later date of change in the document": _last([_moment(version.modified) for version in versions]),
    }
    winners = {index for index in shown.values() if index is not None}
    evidence = [kind for kind, index in shown.items() if index is not None]
    if len(winners) == 1:
        return Latest(winners.pop(), "; ".join(evidence))
    return Latest(
        None, f"contradicting evidence: {'; '.join(evidence)}" if evidence else "no evidence of which came later"
    )


def _alike(moments: list[str]) -> list[str]:
    """Moments to be compared with each other: in universal time, or by their days where one of them has no time."""
    if all("T" in moment for moment in moments):
        return [_moment(moment) for moment in moments]
    return [moment[:10] for moment in moments]


def _moment(iso: str) -> str:
    """A date and time in universal time, so that such texts can be compared; empty for none."""
    try:
        moment = datetime.datetime.fromisoformat(iso)
    except ValueError:
        return ""
    return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).astimezone(datetime.UTC).isoformat()


def _last(values: list[str]) -> int | None:
    """The place of the greatest value when every value is there and it stands alone."""
    if not all(values):
        return None
    top = max(values)
    return values.index(top) if values.count(top) == 1 else None
