"""How far two coders of the same comments agree, for each code: what they did first, then figures for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import combinations, product

import pandas as pd

from audit_lib.analysis.agreement import alpha
from audit_lib.analysis.rows import text_rows
from audit_lib.codebook.book import NO_CODE, Codebook
from audit_lib.codebook.coder import code_comment

TOOL = "tool"  # the program among the coders

MISLEADING = 0.7  # from this prevalence index on kappa says little: nearly all comments have the code, or nearly none
FEWEST = 20  # comments that both coded, below which no figure is given for the whole

Codings = Mapping[str, Set[str]]  # comment -> its codes; a comment that was coded and has none is there too


@dataclass(frozen=True)
class CodeAgreement:
    """One code and two coders over the comments that both coded: both gave it, ``first`` and ``second`` gave it alone, or neither."""

    code: str
    both: int
    first: int
    second: int
    neither: int
    unit: str = "comments"

    @property
    def n(self) -> int:
        """How many comments both coded."""
        return self.both + self.first + self.second + self.neither

    @property
    def share(self) -> float | None:
        """The share of comments about which they agree; None without comments."""
        return (self.both + self.neither) / self.n if self.n else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: 1 for full agreement, 0 for what chance would give. None where chance alone gives full agreement.

        Formula: J. Cohen, Educational and Psychological Measurement 20 (1960), 37-46.
        """
        if not self.n:
            return None
        yes = (self.both + self.first) * (self.both + self.second)
        no = (self.neither + self.second) * (self.neither + self.first)
        chance, seen = yes + no, (self.both + self.neither) * self.n
        return None if chance == self.n**2 else (seen - chance) / (self.n**2 - chance)

    @property
    def alpha(self) -> float | None:
        """Krippendorff's alpha (nominal); None where all values are the same."""
        times = {(1, 1): self.both, (1, 0): self.first, (0, 1): self.second, (0, 0): self.neither}
        return alpha([values for values, number in times.items() for _ in range(number)], "nominal")

    @property
    def prevalence(self) -> float:
        """How one-sided the comments are, from 0 (as many with the code as without) to 1 (all, or none).

        Source: T. Byrt, J. Bishop, J. B. Carlin, Journal of Clinical Epidemiology 46 (1993), 423-429 (absolute value).
        """
        return abs(self.both - self.neither) / self.n if self.n else 1.0

    @property
    def misleading(self) -> bool:
        """Whether kappa would mislead, because nearly all comments have the code or nearly none."""
        return self.prevalence >= MISLEADING


@dataclass(frozen=True)
class CoderAgreement:
    """Two coders and how far they agree: each code that either gave, then micro-averaged F1 over all codes."""

    first: str
    second: str
    comments: int
    codes: tuple[CodeAgreement, ...]

    @property
    def f1(self) -> float | None:
        """Twice the codings that both gave, over all codings of either; None where neither gave any."""
        both = sum(one.both for one in self.codes)
        either = 2 * both + sum(one.first + one.second for one in self.codes)
        return 2 * both / either if either else None

    @property
    def enough(self) -> bool:
        """Whether enough comments were coded by both to speak of agreement."""
        return self.comments >= FEWEST


def coder_agreement(by_coder: Mapping[str, Codings], codes: Iterable[str]) -> tuple[CoderAgreement, ...]:
    """Every two coders who coded some of the same comments, people by name and the program last; codes in the order of ``codes``."""
    order, found = list(codes), []
    for first, second in combinations(sorted(by_coder, key=lambda coder: (coder == TOOL, coder)), 2):
        one, other = by_coder[first], by_coder[second]
        shared = sorted(one.keys() & other.keys())
        if not shared:
            continue
        counted = [_counted(code, [(code in one[each], code in other[each]) for each in shared]) for code in order]
        given = tuple(each for each in counted if each.neither < each.n)
        found.append(CoderAgreement(first, second, len(shared), given))
    return tuple(found)


def _counted(code: str, given: list[tuple[bool, bool]]) -> CodeAgreement:
    both, first, second, neither = (given.count((one, other)) for one, other in product((True, False), repeat=2))
    return CodeAgreement(code, both, first, second, neither)


def codings_by_coder(comments: pd.DataFrame, rows: Iterable[Mapping[str, str]], book: Codebook) -> dict[str, Codings]:
    """What each coder gave each comment, the program among them (coder ``tool``) for every comment.

    ``comments`` is the table of that name, ``rows`` have ``comment_id``, ``code``, ``coder``; codings by the program among them are
    left out, because where a person coded a comment none are kept: the program codes all comments again. Unsure codings don't count.
    """
    by_tool = {
        row["comment_id"]: {one.code for one in code_comment(row["column"], row["text"], book) if one.certain}
        for row in text_rows(comments)
    }
    found: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        if row["coder"] != TOOL and row["comment_id"] in by_tool:
            codes = found.setdefault(row["coder"], {}).setdefault(row["comment_id"], set())
            codes |= {row["code"]} - {NO_CODE}
    return {**found, TOOL: by_tool}
