"""Which of several values the marks of their letters choose, where marks of one kind choose one and those of another do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit_lib.rawform import Mark

KINDS = (Mark.HIGHLIGHTED, Mark.BOLD | Mark.UNDERLINED)
Marked = Mapping[Mark, frozenset[str]]  # kind of mark -> the values that have it, where some have and some have not
NO_MARKS: Marked = {}
_LISTS = 3  # fewer lists that look alike may be chance


def marked_values(values: Iterable[tuple[str, Mark]]) -> Marked:
    """Which values have which kind of mark. A kind that all of them have, or none, says nothing and is not there."""
    standing = list(values)
    codes = {code for code, _ in standing}
    found = {kind: frozenset(code for code, mark in standing if mark & kind) for kind in KINDS}
    return {kind: marked for kind, marked in found.items() if 0 < len(marked) < len(codes)}


def printed_marks(lists: Iterable[Marked]) -> Marked:
    """The marks that all ``lists`` of a form have alike, and so may have been printed with; nothing where there are few lists."""
    every = list(lists)
    if len(every) < _LISTS:
        return NO_MARKS
    return {kind: marked for kind, marked in every[0].items() if all(one.get(kind) == marked for one in every)}


def chosen_by_marks(marked: Marked, printed: Marked) -> set[str]:
    """The value that marks choose; empty where they say nothing, several where they do not say which.

    Highlighting goes before bold and underlined letters. Where the two are on different values, both are given, unless one of
    them may be printed.
    """
    telling = marked
    if len(marked) > 1 and not frozenset.intersection(*marked.values()):
        telling = {kind: values for kind, values in marked.items() if printed.get(kind) != values} or marked
        if len(telling) > 1:
            return set().union(*telling.values())
    return next((set(telling[kind]) for kind in KINDS if len(telling.get(kind, ())) > 0), set())


def marked_otherwise(marked: Marked, code: str, printed: Marked) -> bool:
    """Whether marks that were not printed are on other values than ``code``, whose box is ticked."""
    return any(code not in values and printed.get(kind) != values for kind, values in marked.items())
