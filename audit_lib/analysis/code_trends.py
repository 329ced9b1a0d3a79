"""Codes of comments over several audits: in how many returns each was raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit_lib.analysis.coder_agreement import TOOL
from audit_lib.analysis.codings import coded_comments
from audit_lib.analysis.comparison import Measured, Series, compared
from audit_lib.analysis.proportions import Proportion, wilson
from audit_lib.analysis.rows import text_rows
from audit_lib.schema import COLUMNS
from audit_lib.store import AuditTables


def codes_over_years(
    audits: Sequence[AuditTables], names: Mapping[str, str], columns: Sequence[str]
) -> tuple[Series, ...]:
    """For each code the share of returns with a comment about it, of the returns with any comment, looking at ``columns`` alone.

    ``audits`` come oldest first, ``names`` maps codes to their names. Audits without such comments are left out; codes that none of
    the others has, too, and of a code the audits whose codebook does not have it. The codes of most returns in the newest audit come
    first. There are changes only where all the audits used the same tool and codebook, and their comments were coded by people alone or
    by the program alone; looked at together are all codes that the codebooks of two audits share, raised or not
    (:func:`audit_lib.analysis.comparison.compared`).
    """
    points: dict[str, list[Measured]] = {code: [] for code in names}
    ways = []
    for tables in audits:
        chosen = tables.comments[tables.comments["column"].isin(columns)]
        base = tuple(sorted({row["return_id"] for row in text_rows(chosen)}))
        if not base:
            continue
        ways.append((tables.instrument.id, tables.book.fingerprint, _by_people(tables, columns)))
        raised = {one.code: one.return_ids for one in coded_comments(chosen, tables.codings).codes}
        known = {code.id for code in tables.book.codes}
        for code, name in names.items():
            if code not in known:
                continue
            ids = raised.get(code, ())
            share = Proportion(code, "+".join(columns), "commented", ids, base, wilson(len(ids), len(base)))
            points[code].append(
                Measured(tables.audit, "code", code, name, "", name, _is_praise(columns), share, None, tuple(columns))
            )
    if any(way != ways[0] or way[2] is None for way in ways):
        found = tuple(Series(tuple(of)) for of in points.values() if of)
    else:
        found = compared([of for of in points.values() if of])
    there = [one for one in found if any(point.share.numerator for point in one.points)]
    return tuple(sorted(there, key=lambda one: -one.last.share.numerator))


def _by_people(tables: AuditTables, columns: Sequence[str]) -> bool | None:
    """Whether people coded these comments or the program did; None for some by each, which is like nothing else."""
    ids = set(tables.comments.loc[tables.comments["column"].isin(columns), "comment_id"])
    people = {row["comment_id"] for row in text_rows(tables.codings) if row["coder"] != TOOL} & ids
    return False if not people else True if people == ids else None


def _is_praise(columns: Sequence[str]) -> bool:
    """Whether more of such comments is better."""
    if unknown := set(columns) - set(COLUMNS):
        raise ValueError(f"no column of comments: {', '.join(sorted(unknown))}")
    return set(columns) == {"going_well"}
