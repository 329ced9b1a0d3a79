"""The kinds of file that an audit can be written as, and what each gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from audit_lib.errors import UserFault
from audit_lib.exports.coding_sheet import to_coding_sheet
from audit_lib.exports.datapackage import to_datapackage
from audit_lib.exports.qda_project import to_qdpx
from audit_lib.exports.spss import to_sav
from audit_lib.exports.workbook import to_workbook
from audit_lib.store import AuditTables
from audit_lib.text import did_you_mean, listed


@dataclass(frozen=True)
class Kind:
    """One kind: ``about`` says what it is, ``make`` gives ending -> content from the tables and a coder's name."""

    about: str
    make: Callable[[AuditTables, str], Mapping[str, bytes]]


KINDS: Mapping[str, Kind] = {
    "xlsx": Kind(
        "a workbook: the figures, every table, and what each column means",
        lambda tables, coder: {".xlsx": to_workbook(tables)},
    ),
    "datapackage": Kind(
        "a Frictionless data package: the tables as CSV, described for programs",
        lambda tables, coder: {"-datapackage.zip": to_datapackage(tables)},
    ),
    "sav": Kind(
        "SPSS: a file of returns and a file of comments",
        lambda tables, coder: {f"-{name}": data for name, data in to_sav(tables).items()},
    ),
    "coding-sheet": Kind(
        "a workbook for coding the comments by hand",
        lambda tables, coder: {"-coding-sheet.xlsx": to_coding_sheet(tables, coder)},
    ),
    "qdpx": Kind(
        "a project for NVivo, ATLAS.ti, MAXQDA, QualCoder (REFI-QDA)",
        lambda tables, coder: {".qdpx": to_qdpx(tables)},
    ),
}


def check_kind(kind: str) -> None:
    """Raises UserFault where there is no such kind."""
    if kind not in KINDS:
        hint = did_you_mean(kind, KINDS) or f"; there are {listed(list(KINDS), 'and')}"
        raise UserFault(f"--to '{kind}' is no kind of file that an audit can be written as{hint}")


def exported(kind: str, tables: AuditTables, coder: str = "") -> dict[str, bytes]:
    """The files of one kind, by name. ``coder`` matters to the coding sheet alone: it then holds what that person coded already."""
    return {f"{tables.audit}{ending}": data for ending, data in KINDS[kind].make(tables, coder).items()}
