"""The kinds of file that an audit can be written as, and what each gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from audit_lib.errors import UserFault, shown_path
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
_SHEET = "coding-sheet"
KINDS: Mapping[str, Make] = {
    "xlsx": lambda tables, coder: {".xlsx": to_workbook(tables)},
    "datapackage": lambda tables, coder: {"-datapackage.zip": to_datapackage(tables)},
    "sav": lambda tables, coder: {f"-{name}": data for name, data in to_sav(tables).items()},
    _SHEET: lambda tables, coder: {"-coding-sheet.xlsx": to_coding_sheet(tables, coder)},
    "qdpx": lambda tables, coder: {".qdpx": to_qdpx(tables)},
}
OF_REPORT: Mapping[str, Callable[[str], bytes]] = {
    "docx": to_docx,
    "pdf": to_pdf,
}  # from the finished page: text of the page -> file

NOT_REPLACED = (
    "Before you pass it on: names that the header or the file name of a form gives, e-mail addresses, telephone and health service "
    "numbers, postcodes and dates of birth are replaced in it. Other names in what agencies wrote are not found: read it through, and "
    "list what has to go in privacy.csv."
)  # what every file that holds words from forms needs to have said of it

_USUALLY_CALLED = {  # what people call these kinds by the program that opens them
    "word": "docx",
    "doc": "docx",
    "excel": "xlsx",
    "xls": "xlsx",
    "spss": "sav",
    "nvivo": "qdpx",
    "csv": "datapackage",
} | {kind: kind for kind in (*KINDS, *OF_REPORT)}


def check_kind(kind: str, coder: str = "") -> None:
    """Raises UserFault where there is no such kind, or a coder is named for another one than a coding sheet; WorkFailed where this machine
    can't make it.
    """
    known = [*KINDS, *OF_REPORT]
    if kind not in known:
        usual = _USUALLY_CALLED.get(kind.casefold().lstrip("."))
        close = f"; did you mean '{usual}'?" if usual else did_you_mean(kind, known)
        hint = close or f"; there are {listed(known)}"
        raise UserFault(f"--to '{kind}' is no kind of file that an audit can be written as{hint}")
    if coder and kind != _SHEET:
        raise UserFault(f"--coder goes with --to {_SHEET} alone")
    if kind == "pdf":
        check_browser()


def check_coder(coder: str, known: Iterable[str]) -> None:
    """Raises UserFault where a coder is named of whom there are no codings."""
    names = sorted(set(known))
    if coder and coder not in names:
        hint = did_you_mean(coder, names) or (f"; there are {listed(names)}" if names else "")
        raise UserFault(f"--coder '{coder}': there are no codings by this person in codings.csv{hint}")


def check_not_filled_in(kind: str, out: Path, files: Mapping[str, bytes]) -> None:
    """Raises UserFault where a coding sheet would take the place of another one, which somebody may have filled in."""
    for name, data in files.items() if kind == _SHEET else ():
        there = out.joinpath(*name.split("/"))
        if there.is_file() and there.read_bytes() != data:
            raise UserFault(
                f"{shown_path(there)}: there is a sheet already, which may be filled in; read it back with audit codings, or move it away"
            )


def exported(kind: str, tables: AuditTables, coder: str = "") -> dict[str, bytes]:
    """The files of one kind made from the tables, by name. ``coder`` matters to the coding sheet alone: it then holds what that person
    coded already.
    """
    return {f"{tables.audit}{ending}": data for ending, data in KINDS[kind](tables, coder).items()}
