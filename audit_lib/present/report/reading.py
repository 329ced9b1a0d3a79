"""For readers without statistics: how a report is to be read, and what it leaves unknown. On paper both stand in front."""

from __future__ import annotations

from audit_lib.present.html import PAPER_FIRST, Block, heading, render, show
from audit_lib.present.report import results
from audit_lib.present.sentences import count_of
from audit_lib.store import AuditTables
from audit_lib.text import listed

UNKNOWN, READING = "What we do not know", "How to read this report"


def not_known(tables: AuditTables) -> Block:
    """What the returns leave open: forms that are not counted, values that nobody can count, and what no form can tell."""
    grid, gaps, cases = results.returns_grid(tables), results.gap_counts(tables).together, results.case_counts(tables)
    told = []
    not_counted = grid.asked - grid.came_back
    if not grid.asked:
        told.append("Whose view is missing: no list says which forms were asked for.")
    elif not_counted:
        told.append(f"What would stand in the forms that are not counted: {not_counted} of {grid.asked}.")
    open_values = (len(gaps.missing), "not filled in"), (len(gaps.unclear), "that cannot be read for certain")
    if found := [f"{n} {what}" for n, what in open_values if n]:
        told.append(f"What is true where a value is missing or unclear: {listed(found)}. They are in no percentage.")
    told += [
        f"Whether work on other cases is alike: {_looked_at(cases.known)}.",
        "What children and families would say themselves: the figures come from the forms alone.",
        "Why it is so: a figure counts what was written, and gives no reasons.",
    ]
    return _told(UNKNOWN, told)


def _looked_at(cases: int) -> str:
    """How many cases the audit rests on."""
    return f"this audit looked at {count_of(cases, 'case')}" if cases else "no case is known"


def reading(tables: AuditTables) -> Block:
    """What figures count and how far they carry, in plain words."""
    told = [
        "A return is one form about one case. Figures count returns, not children: several can be about the same child."
    ]
    if tables.instrument.questions:
        told += [
            "Look at the two numbers beside a percentage. Where they are small, one return more or less moves it far.",
            "The likely range says how far chance alone could have moved a percentage: the wider it is, the less the percentage says.",
        ]
    if tables.instrument.grades or tables.instrument.score:
        told.append("A grade or a score is the judgement of whoever gave it, not a measurement.")
    told += [
        "“Missing”: nothing was filled in. “Unclear”: something was, but it cannot be read for certain. Neither is guessed, and neither is "
        "in a percentage.",
        "Comments stand in the words of the forms. A word in brackets, such as [child], replaces an identifying detail.",
    ]
    return _told(READING, told)


def _told(title: str, sentences: list[str]) -> Block:
    return show(heading(title), render("told", title, style=PAPER_FIRST, sentences=sentences))
