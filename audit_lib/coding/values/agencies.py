"""Which agency a form comes from."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from audit_lib.checked_files import read_yaml
from audit_lib.text import clean, key

_LONGEST = 300  # letters of a name with all that people write beside it
_NEARLY = 0.8  # how like two names are that may be one with a slip in it
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AgencyRead:
    """``agency`` is the canonical name, empty when it can't be told; ``usual`` is false when the name was only part of
    what was written; ``candidates`` are the agencies between which it lies. ``alias`` says that only the audit's own list knows
    the name for the agency: two aliases may be two schools.
    """

    agency: str
    usual: bool = True
    candidates: tuple[str, ...] = ()
    alias: bool = False


@dataclass(frozen=True)
class _UsualNames:
    """The package's list: spelling -> kinds, joint service -> its parts, and the spellings and words that ask for care."""

    kinds: Mapping[str, frozenset[str]]
    joint: Mapping[str, tuple[str, ...]]
    alone: frozenset[str]
    changes: frozenset[str]
    none: frozenset[str]


@cache
def _usual_names() -> _UsualNames:
    data: Any = read_yaml(Path(__file__).with_name("agencies.yaml"))
    kinds: dict[str, frozenset[str]] = {}
    for name, spellings in data["kinds"].items():
        for spelling in (name, *spellings):
            kinds[key(str(spelling))] = kinds.get(key(str(spelling)), _NOTHING) | {str(name)}
    joint = {str(name): tuple(map(str, parts)) for name, parts in data["joint"].items()}
    return _UsualNames(
        kinds, joint, *(frozenset(key(str(word)) for word in data[name]) for name in ("alone", "changes", "none"))
    )


def usual_spellings(agency: str) -> frozenset[str]:
    """The usual spellings (as :func:`audit_lib.text.key` gives them) of the kind of agency that a name stands for, those left out that
    are too general to be known inside a text. Empty for a name that is none of the usual ones.
    """
    usual = _usual_names()
    kinds = usual.kinds.get(key(agency), _NOTHING)
    return frozenset(spelling for spelling, of in usual.kinds.items() if of & kinds) - usual.alone


def all_usual_spellings() -> tuple[str, ...]:
    """Every spelling of the package's list, as :func:`audit_lib.text.key` gives it."""
    return tuple(_usual_names().kinds)


@dataclass(frozen=True)
class _Found:
    """What stands in a longer name: place -> spelling (none inside another), and the words around."""

    spellings: dict[tuple[int, int], str]
    rest: frozenset[str]


class Agencies:
    """Names of agencies as one audit knows them.

    ``requested`` are the canonical names, ``aliases`` the audit's own spellings, strongest; then the package's list of
    usual spellings. A name that none of them holds is an agency of its own, as written.
    """

    def __init__(self, requested: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> None:
        self.requested = tuple(requested)
        self._usual = _usual_names()
        known = {key(agency): agency for agency in self.requested}
        named: dict[str, Iterable[str]] = {**dict.fromkeys(self.requested, ()), **aliases}
        self._own: dict[str, frozenset[str]] = {}
        for agency, spellings in named.items():
            for spelling in (agency, *spellings):
                canonical = known.get(key(agency), agency)
                self._own[key(spelling)] = self._own.get(key(spelling), _NOTHING) | {canonical}
        self._called = self._called_by_kind()
        self._alike = self._alike_by_kind()

    def _called_by_kind(self) -> dict[str, frozenset[str]]:
        """Kind -> the audit's agencies that are called so: by their name, else by one of their aliases."""
        by_name: dict[str, frozenset[str]] = {}
        by_alias: dict[str, frozenset[str]] = {}
        for spelling, agencies in self._own.items():
            for kind in self._usual.kinds.get(spelling, ()):
                for agency in agencies:
                    found = by_name if key(agency) == spelling else by_alias
                    found[kind] = found.get(kind, _NOTHING) | {agency}
        return by_alias | by_name

    def _alike_by_kind(self) -> dict[str, frozenset[str]]:
        """Kind -> the agencies asked whose longer name holds it: "Cheshire Police" is a police."""
        alike: dict[str, frozenset[str]] = {}
        for agency in self.requested:
            found = self._spellings_in(key(agency), self._usual.kinds)
            kinds = _NOTHING.union(*(self._usual.kinds[spelling] for spelling in found.spellings.values()))
            if len(kinds) == 1 and not found.rest & self._usual.changes:
                kind = next(iter(kinds))
                alike[kind] = alike.get(kind, _NOTHING) | {agency}
        return alike

    def _stands_for(self, kinds: frozenset[str]) -> tuple[frozenset[str], bool]:
        """The agencies of this audit that a usual name can mean, and whether that is sure; the name itself when none can."""
        joint = self._usual.joint
        services = {service for service, parts in joint.items() if kinds & set(parts)}
        parts = {part for kind in kinds for part in joint.get(kind, ())}
        for names, table, sure in (
            (kinds, self._called, True),
            (services, self._called, True),
            (parts, self._called, parts <= set(self._called)),
            (kinds, self._alike, False),
        ):
            found = _NOTHING.union(*(table.get(name, _NOTHING) for name in names))
            if found:
                return found, sure
        return kinds, True

    def read(self, as_written: str) -> AgencyRead:
        """The agency that a form names; none where a whole passage stands in its place."""
        if len(as_written) > _LONGEST:
            return AgencyRead("")
        name = key(as_written)
        if not name or name in self._usual.none:
            return AgencyRead("")
        if name in self._own:
            one = self._one(self._own[name], usual=True)
            return replace(one, alias=name != key(one.agency) and name not in self._usual.kinds)
        if name in self._usual.kinds:
            found, sure = self._stands_for(self._usual.kinds[name])
            return self._one(found, usual=sure)
        return self._contained(name) or AgencyRead(clean(as_written))

    def _contained(self, name: str) -> AgencyRead | None:
        """The agency whose spelling stands in a longer name as whole words.

        A name that holds spellings of several agencies, one too general, or a word that may make it another agency is left
        open.
        """
        found = self._spellings_in(name, {**self._usual.kinds, **self._own})
        if not found.spellings:
            return None
        meant, certain = [], not found.rest & self._usual.changes
        for spelling in self._without_services_of(set(found.spellings.values())):
            own = self._own.get(spelling)
            agencies, sure = (own, True) if own else self._stands_for(self._usual.kinds[spelling])
            meant.append(agencies)
            certain &= sure and (own is not None or spelling not in self._usual.alone)
        common = frozenset.intersection(*meant)
        if common and certain:
            return self._one(common, usual=False)
        return AgencyRead("", False, tuple(sorted(_NOTHING.union(*meant))))

    def _without_services_of(self, spellings: set[str]) -> set[str]:
        """The spellings but those of a joint service of which another one names a part: "School Nursing (0-19)" is the part."""
        kinds = _NOTHING.union(*(self._usual.kinds.get(spelling, _NOTHING) for spelling in spellings))
        named = {name for name, parts in self._usual.joint.items() if len(kinds & set(parts)) == 1}
        services = {one for one in spellings if one not in self._own and self._usual.kinds[one] <= named}
        return spellings - services

    @staticmethod
    def _spellings_in(name: str, spellings: Iterable[str]) -> _Found:
        """Spellings that stand in a name as whole words; one inside a longer one is none."""
        padded = f" {name} "  # a key holds words of letters and digits with one space between
        places = {
            (match.start(), match.start() + len(spelling)): spelling
            for spelling in spellings
            if f" {spelling} " in padded
            for match in re.finditer(f"(?<= ){spelling}(?= )", padded)
        }
        outer = {
            (start, end): spelling
            for (start, end), spelling in places.items()
            if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in places)
        }
        inside = {place for start, end in outer for place in range(start, end)}
        rest = "".join(" " if place in inside else character for place, character in enumerate(padded))
        return _Found(outer, frozenset(rest.split()))

    @staticmethod
    def _one(agencies: frozenset[str], *, usual: bool) -> AgencyRead:
        if len(agencies) == 1:
            return AgencyRead(next(iter(agencies)), usual)
        return AgencyRead("", usual, tuple(sorted(agencies)))

    def nearly(self, agency: str, among: Iterable[str]) -> str:
        """The one of ``among`` of which ``agency`` may be another spelling; empty for none. What is a usual name of something is none."""
        name = key(agency)
        if name in self._usual.kinds:
            return ""
        spellings: dict[str, str] = {}
        for one in among:
            own = [spelling for spelling, agencies in self._own.items() if one in agencies]
            spellings |= dict.fromkeys([*usual_spellings(one), *own], one)
        close = difflib.get_close_matches(name, sorted(spellings), n=1, cutoff=_NEARLY)
        return spellings[close[0]] if close else ""

    def in_file_name(self, path: str) -> AgencyRead:
        """The agency that a file name names, for a form that names none; nothing when it names several or none.

        What lies inside a container or a workbook has a name of its own; where that names no agency, the one around it may.
        """
        for part in reversed(re.sub(r"#row \d+$", "", path).split("!")):
            stem = re.sub(r"\.\w{1,5}$", "", part.split("/")[-1])
            found = self._contained(key(stem.replace("_", " ")))
            if found is not None:
                return found
        return AgencyRead("")
