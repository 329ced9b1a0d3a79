"""Codes of comments against agencies, sections and grades, and codes that occur together: counts of comments and returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from audit_lib.analysis.codings import CodeCount, CodedComment
from audit_lib.analysis.rows import in_order, text_rows
from audit_lib.instrument import Instrument


@dataclass(frozen=True)
class CodesByGroup:
    """The comments with each code, split by a group of returns or comments.

    ``comments`` maps (code, group) to the comments; a pair without any is not there. ``of`` maps each group, in order, to how many
    comments it has, coded or not. ``codes`` are those with any comment, the code of most comments first.
    """

    codes: tuple[str, ...]
    of: Mapping[str, int]
    comments: Mapping[tuple[str, str], tuple[CodedComment, ...]]

    def count(self, code: str, group: str) -> int:
        """How many comments."""
        return len(self.comments.get((code, group), ()))


def by_agency(codes: Sequence[CodeCount], comments: pd.DataFrame) -> CodesByGroup:
    """By the agency that wrote the comment."""
    return _split(codes, comments, in_order(row["agency"] for row in text_rows(comments)), lambda row: row["agency"])


def by_section(codes: Sequence[CodeCount], comments: pd.DataFrame, instrument: Instrument) -> CodesByGroup:
    """By the section of the form beside which the comment stands; empty for comments on the case as a whole."""
    printed = list(
        dict.fromkeys([*(one.id for one in instrument.sections), *(one.id for one in instrument.grades), ""])
    )
    return _split(codes, comments, printed, lambda row: row["section"])


def by_question(codes: Sequence[CodeCount], comments: pd.DataFrame, instrument: Instrument) -> CodesByGroup:
    """By the question beside which the comment stands; comments beside none are left out."""
    return _split(codes, comments, list(instrument.questions), lambda row: row["question"])


def by_grade(
    codes: Sequence[CodeCount], comments: pd.DataFrame, grades: pd.DataFrame, thing: str, order: Sequence[str]
) -> CodesByGroup:
    """By the grade that the same return gave to ``thing``; ``order`` are the grades, best first. Comments of a return without
    such a grade stand under an empty one.
    """
    given = {
        row["return_id"]: row["grade"] for row in text_rows(grades) if (row["section"], row["rater"]) == (thing, "")
    }
    known = set(order)
    return _split(
        codes, comments, [*order, ""], lambda row: grade if (grade := given.get(row["return_id"], "")) in known else ""
    )


def _split(
    codes: Sequence[CodeCount],
    comments: pd.DataFrame,
    order: Sequence[str],
    group_of: Callable[[Mapping[str, str]], str],
) -> CodesByGroup:
    groups = {row["comment_id"]: group_of(row) for row in text_rows(comments)}
    counted = list(groups.values())
    of = {group: counted.count(group) for group in order if group in groups.values()}
    found: dict[tuple[str, str], list[CodedComment]] = {}
    for one in codes:
        for comment in one.comments:
            if groups[comment.comment_id] in of:
                found.setdefault((one.code, groups[comment.comment_id]), []).append(comment)
    there = {code for code, _ in found}
    named = tuple(one.code for one in codes if one.code in there)
    return CodesByGroup(named, of, {pair: tuple(those) for pair, those in found.items()})


@dataclass(frozen=True)
class CodePair:
    """Two codes of the same comments; ``either`` is how many comments have one of them at least."""

    first: str
    second: str
    comments: tuple[CodedComment, ...]
    either: int

    @property
    def both(self) -> int:
        """How many comments have both."""
        return len(self.comments)

    @property
    def overlap(self) -> float:
        """The comments with both as a share of those with either (Jaccard's coefficient), from 0 to 1."""
        return self.both / self.either


def together(codes: Sequence[CodeCount]) -> tuple[CodePair, ...]:
    """Every two codes that occur in the same comment, those of most comments first, then by overlap."""
    pairs = []
    for one, other in combinations(codes, 2):
        ids = {comment.comment_id for comment in other.comments}
        both = tuple(comment for comment in one.comments if comment.comment_id in ids)
        if both:
            pairs.append(CodePair(one.code, other.code, both, one.n + other.n - len(both)))
    place = {one.code: at for at, one in enumerate(codes)}
    return tuple(sorted(pairs, key=lambda each: (-each.both, -each.overlap, place[each.first], place[each.second])))
