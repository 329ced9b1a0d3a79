"""Which agency a form comes from, and which case it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audit_lib.checked_files import read_yaml
from audit_lib.text import clean, key


@dataclass(frozen=True)
class AgencyRead:
    """``agency`` is the canonical name, empty when it can't be told; ``usual`` is false when the name was only part of
    what was written; ``candidates`` are the agencies between which it lies.
    """

    agency: str
    usual: bool = True
    candidates: tuple[str, ...] = ()


class Agencies:
    """Names of agencies as one audit knows them.

    ``requested`` are the canonical names, ``aliases`` the audit's own spellings, strongest; then the package's list of
    usual spellings. A name that none of them holds is an agency of its own, as written.
    """

    def __init__(self, requested: Iterable[str], aliases: dict[str, tuple[str, ...]]) -> None:
        self.requested = tuple(requested)
        known = {key(agency): agency for agency in self.requested}
        self._own: dict[str, set[str]] = {}
        for agency in self.requested:
            self._own.setdefault(key(agency), set()).add(agency)
        for agency, spellings in aliases.items():
            for spelling in (agency, *spellings):
                self._own.setdefault(key(spelling), set()).add(known.get(key(agency), agency))
        self._usual = self._usual_names(known)

    def _usual_names(self, known: dict[str, str]) -> dict[str, set[str]]:
        """Spelling -> the agencies of this audit that it can stand for, else the general name.

        A spelling in several groups ("health visitor" is its own group and part of a 0-19 service) stands for what those
        groups share among the agencies asked.
        """
        groups: dict[str, list[set[str]]] = {}
        for name, spellings in _usual_spellings().items():
            every = (key(name), *spellings)
            kin = {known[s] for s in every if s in known} | {agency for s in every for agency in self._own.get(s, ())}
            for spelling in every:
                groups.setdefault(spelling, []).append(kin or {name})
        out = {}
        for spelling, stands_for in groups.items():
            asked = [agencies & set(self.requested) for agencies in stands_for]
            stands_for = [agencies for agencies in asked if agencies] or stands_for
            out[spelling] = set.intersection(*stands_for) or set.union(*stands_for)
        return out

    def read(self, as_written: str) -> AgencyRead:
        """The agency that a form names."""
        name = key(as_written)
        if not name:
            return AgencyRead("")
        for names in (self._own, self._usual):
            if name in names:
                return self._one(names[name], usual=True)
        return self._contained(name) or AgencyRead(clean(as_written))

    def _contained(self, name: str) -> AgencyRead | None:
        """The agencies whose spellings stand in a longer name as whole words; a spelling inside a longer one is none."""
        found: list[tuple[int, int, set[str]]] = []
        for names in (self._own, self._usual):
            for spelling, agencies in names.items():
                for match in re.finditer(rf"(?<!\w){re.escape(spelling)}(?!\w)", name):
                    found.append((match.start(), match.end(), agencies))
        outer = [
            (start, end, agencies)
            for start, end, agencies in found
            if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in found)
        ]
        if not outer:
            return None
        common = set.intersection(*(agencies for _, _, agencies in outer))
        return self._one(common or set.union(*(agencies for _, _, agencies in outer)), usual=False)

    @staticmethod
    def _one(agencies: set[str], *, usual: bool) -> AgencyRead:
        if len(agencies) == 1:
            return AgencyRead(next(iter(agencies)), usual)
        return AgencyRead("", usual, tuple(sorted(agencies)))

    def in_file_name(self, path: str) -> AgencyRead:
        """The agency that a file name names, for a form that names none; nothing when it names several or none."""
        stem = re.sub(r"\.\w{1,5}$", "", path.split("!")[-1].split("/")[-1])
        found = self._contained(key(re.sub(r"[_]+", " ", stem)))
        return found if found and found.agency else AgencyRead("", candidates=found.candidates if found else ())


@cache
def _usual_spellings() -> dict[str, tuple[str, ...]]:
    path = Path(__file__).with_name("agencies.yaml")
    return {str(name): tuple(key(str(s)) for s in spellings) for name, spellings in read_yaml(path).items()}
