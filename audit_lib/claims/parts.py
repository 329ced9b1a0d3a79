"""The part of an audit that a sentence may be about: the returns of the agencies, or about the case, that it names."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from audit_lib.analysis.responses import GridCell
from audit_lib.claims.facts import Facts, Figure
from audit_lib.claims.finding import Claim
from audit_lib.coding.values.agencies import usual_spellings
from audit_lib.present.sentences import count_of
from audit_lib.text import key, listed

_CASE = re.compile(r"(?<!\w)case (\w+)(?!\w)")
_CASES = re.compile(r"(?<!\w)cases ((?:\w{1,6}, )*\w{1,6},? (?:and|or) \w{1,6})(?!\w)")  # "cases B, D and H"
_NAME_OF_A_CASE = re.compile(r"(?<!\w)case ([b-z](?![\w'])|\w*\d\w*)")  # "in case a" may be any case
_SAID = "said|answered|responded|reported|ticked|felt|thought|judged|graded|rated"
_DONE_TO = re.compile(r" (?:(?:also|only) )?(?:was|were|is|are|be|been|had been|has been|have been)(?!\w)")


@dataclass(frozen=True)
class Part:
    """The agencies and the cases named; at least one of either. ``sure`` is whether the words leave no doubt that the figure is of
    these returns alone: it stands under one case, or one agency is what is counted, or who says or does it.
    """

    facts: Facts
    agencies: tuple[str, ...]
    cases: tuple[str, ...]
    sure: bool = False

    @property
    def name(self) -> str:
        """What to call it: ``School and Police, case B``."""
        cases = f"case{'s' if len(self.cases) > 1 else ''} {listed(self.cases)}" if self.cases else ""
        return ", ".join(each for each in (listed(self.agencies), cases) if each)

    @property
    def asked(self) -> int:
        """How many forms were asked for."""
        return len(self.cells("returned", "late", "unsettled", "empty", "set_aside", "not_back"))

    @property
    def came_back(self) -> int:
        """How many of the forms asked for came back."""
        return len(self.cells("returned", "late"))

    @property
    def return_ids(self) -> frozenset[str]:
        """The returns read."""
        return frozenset(one for cell in self.cells("returned", "late", "extra") for one in cell.return_ids)

    def cells(self, *states: str) -> list[GridCell]:
        """The cells of the grid that are in one of these states."""
        return [
            cell
            for cell in self.facts.grid.in_state(*states)
            if (not self.agencies or cell.agency in self.agencies) and (not self.cases or cell.case in self.cases)
        ]

    def share(self, question: str, answers: tuple[str, ...], rule: str) -> Figure:
        """The share of these returns that gave one of ``answers`` to a question."""
        result, mine = self.facts.questions[question], self.return_ids
        base = result.base(rule)
        gave = mine.intersection(result.ids(set(answers) & set(base)))
        counted = mine.intersection(result.ids(base))
        told = f"{len(gave)} of {count_of(len(counted), 'return')} of {self.name}"
        return Figure(len(gave), len(counted), "returns", told, rule)


def part_named(claim: Claim, facts: Facts, but: Collection[str] = ()) -> Part | None:
    """The part that the words about a figure, or the place where they stand, name, leaving out some agencies; None when they name none."""
    said = f"{claim.subject} {claim.quote.casefold()}"
    named = [*_CASE.findall(claim.subject), *_CASE.findall(claim.quote.casefold()), claim.passage.case]
    named += [name for each in _CASES.findall(claim.subject) for name in re.split(r",? (?:and|or) |, ", each)]
    cases = tuple(dict.fromkeys(case for name in named if name and (case := facts.case_called(name))))
    agencies = tuple(agency for agency in facts.agencies_named(said) if agency not in but)
    if not agencies and not cases:
        return None
    sure = len(cases) == 1 if not agencies else len(agencies) == 1 and not cases and _is_subject(agencies[0], claim)
    return Part(facts, agencies, cases, sure)


def _is_subject(agency: str, claim: Claim) -> bool:
    """Whether one agency is counted ("two of the four schools"), or the words about a figure begin with it ("the police said")."""
    names = "|".join(re.escape(one) for one in sorted({key(agency), *usual_spellings(agency)}, key=len, reverse=True))
    name, subject = rf"(?:{names})s?", key(claim.subject)
    if re.search(rf"(?<!\w){name}(?!\w)", key(claim.quote)) or re.search(rf"(?<!\w){name} (?:{_SAID})(?!\w)", subject):
        return True
    begins = re.match(rf"(?:and |but |while |whereas )?(?:the )?{name}(?!\w)", subject)
    return begins is not None and not _DONE_TO.match(subject[begins.end() :])


def unknown_case(claim: Claim, facts: Facts) -> str:
    """A case that the words about a figure, or the heading above it, name and that this audit does not have; empty for none."""
    named = [*_NAME_OF_A_CASE.findall(claim.subject), claim.passage.case]
    return next((name.upper() for name in named if name and not facts.case_called(name)), "")
