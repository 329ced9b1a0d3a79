"""The kinds of file that an audit can be written as, and what each gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from audit_lib.errors import UserFault
from audit_lib.exports.board_report import to_docx
from audit_lib.exports.coding_sheet import to_coding_sheet
from audit_lib.exports.datapackage import to_datapackage
from audit_lib.exports.printed import check_browser, to_pdf
from audit_lib.exports.qda_project import to_qdpx
from audit_lib.exports.spss import to_sav
from audit_lib.exports.workbook import to_workbook
from audit_lib.store import AuditTables
from audit_lib.text import did_you_mean, listed

Make = Callable[[AuditTables, str], Mapping[str, bytes]]  # tables, a coder's name -> ending of the name -> file
KINDS: Mapping[str, Make] = {
    "xlsx": lambda tables, coder: {".xlsx": to_workbook(tables)},
    "datapackage": lambda tables, coder: {"-datapackage.zip": to_datapackage(tables)},
    "sav": lambda tables, coder: {f"-{name}": data for name, data in to_sav(tables).items()},
    "coding-sheet": lambda tables, coder: {"-coding-sheet.xlsx": to_coding_sheet(tables, coder)},
    "qdpx": lambda tables, coder: {".qdpx": to_qdpx(tables)},
}
OF_REPORT: Mapping[str, Callable[[str], bytes]] = {
    "docx": to_docx,
    "pdf": to_pdf,
}  # from the finished page: text of the page -> file


def check_kind(kind: str) -> None:
    """Raises UserFault where there is no such kind, WorkFailed where this machine can't make it."""
    known = [*KINDS, *OF_REPORT]
    if kind not in known:
        hint = did_you_mean(kind, known) or f"; there are {listed(known)}"
        raise UserFault(f"--to '{kind}' is no kind of file that an audit can be written as{hint}")
    if kind == "pdf":
        check_browser()


def exported(kind: str, tables: AuditTables, coder: str = "") -> dict[str, bytes]:
    """The files of one kind made from the tables, by name. ``coder`` matters to the coding sheet alone: it then holds what that person
    coded already.
    """
    return {f"{tables.audit}{ending}": data for ending, data in KINDS[kind](tables, coder).items()}
