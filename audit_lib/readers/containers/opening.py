"""Opening of what holds other files - zip archives and e-mail messages - in place: nothing is ever written to disk.

Names inside a container are only names here: no file is made of them. They are cleaned so that they can be shown, and
two of the same name are told apart by a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from audit_lib.errors import UnreadableFile
from audit_lib.readers.containers import archives, messages
from audit_lib.readers.containers.inside import Budget, Member
from audit_lib.readers.kinds import CONTAINERS, kind_of
from audit_lib.text import closed_name, shown_name, unlike

MAX_DEPTH = 3  # containers inside each other, the outermost counted
_MAX_NAME = 240  # more than any file system takes; it is the end of a name that tells the kind of file
_DRIVE = re.compile(r"[A-Za-z]:")


def members(data: bytes, kind: str, budget: Budget | None = None) -> Iterator[Member]:
    """What lies in a container of this kind, one level deep, in the order in which it lies there.

    ``budget`` is what may still be taken out of the outermost file. Raises :class:`UnreadableFile` when the container cannot
    be opened, or not to its end: ``damaged``, ``unsafe``, ``too_large``.
    """
    opened = archives.opened if kind == "zip" else messages.opened
    taken: set[str] = set()
    for member in opened(data, budget or Budget()):
        name = unlike(_clean_name(member.name), taken)
        taken.add(name)
        yield replace(member, name=name)


def innermost(data: bytes, kind: str, name: str) -> Iterator[Member]:
    """Every file inside a container that is no container itself, whatever lies between; ``name`` is the container's.

    Their names begin with the names of all that they lie in: ``Case F.zip!forms.eml!police.docx``. A container inside that
    cannot be opened, or has nothing inside, is given itself, with the reason. Raises :class:`UnreadableFile` when that
    befalls the outermost one.
    """
    return _innermost(Member(name, data), kind, 1, Budget())


def _innermost(container: Member, kind: str, depth: int, budget: Budget) -> Iterator[Member]:
    empty = True
    for member in members(container.data, kind, budget):
        empty = False
        member = replace(
            member,
            name=f"{container.name}!{member.name}",
            received=member.received or container.received,
            beside_words=member.beside_words or container.beside_words,
        )
        inner = "" if member.reason_code else kind_of(member.data, own_name(member.name))
        if inner not in CONTAINERS:
            yield member
        elif depth >= MAX_DEPTH:
            yield replace(member, reason_code="unsafe", detail="containers lie inside each other without end")
        else:
            try:
                yield from _innermost(member, inner, depth + 1, budget)
            except UnreadableFile as error:
                yield replace(member, reason_code=error.reason_code, detail=error.detail)
    if empty:
        raise UnreadableFile("nothing_inside")


def own_name(name: str) -> str:
    """The last part of a name that says what a file lies in."""
    return name.rpartition("!")[2]


def _clean_name(name: str) -> str:
    """A name that can be shown: forward slashes, no control characters, nothing that leads out of the container."""
    segments = [segment.strip() for segment in shown_name(name).replace("\\", "/").split("/")]
    kept = [segment for segment in segments if segment not in ("", ".", "..") and not _DRIVE.fullmatch(segment)]
    return closed_name("/".join(kept)[-_MAX_NAME:].lstrip("/") or "without a name")
