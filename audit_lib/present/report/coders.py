"""How far those agree who coded the comments: what they did, for each code, before any figure for it."""

from __future__ import annotations

from audit_lib.analysis.coder_agreement import (
    FEWEST,
    TOOL,
    CodeAgreement,
    CoderAgreement,
    coder_agreement,
    codings_by_coder,
)
from audit_lib.analysis.proportions import percent
from audit_lib.analysis.rows import text_rows
from audit_lib.present.html import Block, Cell, Number, Table, findings, folded, note, table
from audit_lib.present.report_tables import NONE
from audit_lib.present.sentences import count_of
from audit_lib.store import AuditTables

_PROGRAM = "the program"
_HOW = (
    "“Agree” is the share of comments about which both say the same, the code or not the code. “Beyond chance” takes off what chance would "
    "give: 1 is full agreement, 0 no more than chance. Where nearly all comments have a code, or nearly none (marked *), it says little: "
    "look at the counts."
)


def coder_blocks(tables: AuditTables) -> list[Block]:
    """A sentence, and behind it a table, for every two coders of whom one is a person at least; none where no person coded."""
    by_coder = codings_by_coder(tables.comments, text_rows(tables.codings), tables.book)
    found = coder_agreement(by_coder, [code.id for code in tables.book.codes])
    if not found:
        return []
    names = {code.id: code.name for code in tables.book.codes}
    said = [_sentence(one) for one in found]
    return [
        findings(*said),
        folded("Show how far coders agree, code by code", note(_HOW), *(table(_table(one, names)) for one in found)),
    ]


def _sentence(one: CoderAgreement) -> str:
    first, second = _called(one)
    who = f"{first} coded" if one.second == TOOL else f"{first} and {second} both coded"
    told = f"{who[:1].upper()}{who[1:]} {count_of(one.comments, 'comment')}{', beside the program' if one.second == TOOL else ''}"
    if not one.enough or one.f1 is None:
        return (
            f"{told}; fewer than {FEWEST} are too few to speak of agreement."
            if not one.enough
            else f"{told} and gave no code."
        )
    both = sum(code.both for code in one.codes)
    alone = sum(code.first + code.second for code in one.codes)
    return f"{told}: {count_of(both, 'coding')} by both, {count_of(alone, 'coding')} by one of them alone."


def _called(one: CoderAgreement) -> tuple[str, str]:
    return tuple(_PROGRAM if coder == TOOL else coder for coder in (one.first, one.second))  # type: ignore[return-value]


def _table(one: CoderAgreement, names: dict[str, str]) -> Table:
    first, second = _called(one)
    rows = tuple(_row(names[code.code], code, enough=one.enough) for code in one.codes)
    headings = ("Code", "Both", f"Only {first}", f"Only {second}", "Neither", "Agree", "Beyond chance")
    return Table(f"Comments coded by {first} and by {second}", headings, rows).without_empty(NONE)


def _row(name: str, code: CodeAgreement, *, enough: bool) -> tuple[Cell, ...]:
    counts = (code.both, code.first, code.second, code.neither)
    figures = [NONE] * 2
    if enough:
        beyond = NONE if code.alpha is None else _two(code.alpha)
        figures = [f"{percent(code.both + code.neither, code.n)}%", beyond + ("*" if code.misleading else "")]
    return (name, *(Number(str(each)) for each in counts), *map(Number, figures))


def _two(value: float) -> str:
    return f"{value:.2f}".replace("-0.00", "0.00")
