"""Which case a form is about: what the form says, and what its file name says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit_lib.text import clean, key

_NOUN = r"(?:case|child|young person|yp|uin|unique id|ref|reference|id)"
_LEAD = re.compile(rf"^(?:{_NOUN}\s*(?:no|number|id|ref|reference)?\s+)+")


def case_key(text: str) -> str:
    """A case's name for comparing: letters and digits, without the word "case" or "child" before it."""
    name = key(text)
    bare = _LEAD.sub("", name + " ").strip()
    return bare or name


def read_case(as_written: str, requested: Iterable[str]) -> str:
    """The requested case that ``as_written`` names; another case that it names, as written; empty for nothing.

    Words after a bracket, comma or dash are no part of the name ("Case F (initials)"). What looks like no case number,
    such as the name of a child, names no case: a person has to say which it is.
    """
    asked = {case_key(case): case for case in requested}
    first = re.split(r"[(,;/]|\s[-\u2013\u2014]\s", as_written.strip())[0]
    for name in (as_written, first):
        if case_key(name) in asked:
            return asked[case_key(name)]
    named = case_key(first)
    looks_like_a_number = re.search(r"\d", named) or (len(named) <= 3 and " " not in named)
    return clean(first) if named and looks_like_a_number else ""


def cases_in_path(path: str, requested: Iterable[str]) -> set[str]:
    """The requested cases that a path under ``returns/`` names.

    A name after the word "case" or "child" counts in any capitals. Alone, a name of three characters or more counts, and
    a shorter one when it is a whole folder name or stands in capitals between separators and no other does.
    """
    cases = {case_key(case): case for case in requested}
    text = re.sub(r"\.\w{1,5}(?=$|!)", "", path)
    parts = [part for part in re.split(r"[/!#]", text) if part]
    named: set[str] = set()
    for part in parts:
        for match in re.finditer(rf"(?:^|(?<=\s)){_NOUN}\s*(?:no|number)?\s*([a-z0-9]+)(?=\s|$)", key(part)):
            if match[1] in cases:
                named.add(cases[match[1]])
    if named:
        return named
    for part in parts:
        if key(part) in cases:
            named.add(cases[key(part)])
        for token in re.split(r"[\s_\-.,()]+", part):
            folded = key(token)
            if folded in cases and (len(folded) >= 3 or token == token.upper()):
                named.add(cases[folded])
    return named
