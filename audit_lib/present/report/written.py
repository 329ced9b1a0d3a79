"""Figures that people wrote by hand in the texts of an audit, and what the returns say to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit_lib.analysis.rows import text_rows
from audit_lib.present.html import Badge, Block, Detailed, Table, findings, folded, nothing, quoting, show, table
from audit_lib.present.sentences import count_of
from audit_lib.store import AuditTables
from audit_lib.text import listed

_BADGES = {
    "contradicts": Badge("contradicts the returns", "differs"),
    "unit_wrong": Badge("counts other things", "warning"),
    "impossible": Badge("cannot be", "differs"),
    "inconsistent": Badge("told in two ways", "warning"),
    "not_checked": Badge("not checked", "none"),
    "agrees": Badge("agrees", "same"),
}
DIFFERS = ("contradicts", "unit_wrong", "impossible", "inconsistent")
_FILES = {
    "texts.csv": "the passages",
    "meeting.csv": "the record of the meeting",
    "recommendations.csv": "the recommendations",
    "cases.csv": "the accounts of the cases",
}
HEADINGS = ("What is written", "Result", "What the returns say")


def claims(tables: AuditTables) -> Block:
    """The figures in the texts of the audit folder: those that differ in the open, the others behind a line each."""
    rows = text_rows(tables.claims)
    if not rows:
        return nothing("The texts in the folder of this audit hold no figure.")
    groups = {name: [row for row in rows if row["verdict"] in of] for name, of in _GROUPS.items()}
    blocks = [findings(claims_sentence(rows))]
    if groups["differ"]:
        blocks.append(
            table(_table("Figures in texts that differ from the returns, or from each other", groups["differ"]))
        )
    for name, summary in (
        ("unchecked", "Figures that could not be checked"),
        ("agree", "Figures that agree with the returns"),
    ):
        if groups[name]:
            blocks.append(folded(f"{summary} ({len(groups[name])})", table(_table(summary, groups[name]))))
    return quoting(show(*blocks))


_GROUPS = {"differ": DIFFERS, "unchecked": ("not_checked",), "agree": ("agrees",)}


def claims_sentence(rows: Sequence[Mapping[str, str]]) -> str:
    """How many figures were found in how many texts, and how many of them agree with the returns."""
    texts = len({row["file"] for row in rows})
    agree, unchecked = (sum(row["verdict"] == verdict for row in rows) for verdict in ("agrees", "not_checked"))
    differ = len(rows) - agree - unchecked
    told = [
        f"{number} {one if number == 1 else several}"
        for number, one, several in (
            (agree, "agrees with the returns", "agree with the returns"),
            (
                differ,
                "differs from them or from another place in its text",
                "differ from them or from another place in their text",
            ),
            (unchecked, "could not be checked", "could not be checked"),
        )
        if number
    ]
    return f"{count_of(len(rows), 'figure')} {'was' if len(rows) == 1 else 'were'} found in {count_of(texts, 'text')}: {listed(told)}."


def _table(caption: str, rows: Sequence[Mapping[str, str]]) -> Table:
    cells = [
        (
            Detailed(
                row["claim"],
                ", ".join(filter(None, (_FILES.get(row["file"], row["file"]), row["locator"], f"“{row['figure']}”"))),
            ),
            _BADGES[row["verdict"]],
            row["says"],
        )
        for row in rows
    ]
    return Table(caption, HEADINGS, tuple(cells))
