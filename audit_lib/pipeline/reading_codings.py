"""Codings that people made in other programs, read back: a filled-in coding sheet, or a project of REFI-QDA (``.qdpx``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from audit_lib.analysis.coder_agreement import TOOL
from audit_lib.analysis.rows import text_rows
from audit_lib.codebook.book import Codebook
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.exports.coding_sheet import ABOUT, ID, NONE, NONE_NAME, SHEET
from audit_lib.pipeline.reading_projects import read_project
from audit_lib.rawform import RawForm, Table
from audit_lib.readers.isolation import ReaderPool
from audit_lib.store import AuditTables
from audit_lib.text import clean, did_you_mean, fold, safe_cell

_FILLED = {"1": True, "1.0": True, "x": True, "X": True, "0": False, "0.0": False, "": False}


@dataclass(frozen=True)
class ReadCodings:
    """``rows`` are (comment_id, code, coder), each once, sorted. ``gone`` are ids of comments that the audit does not have (any
    more), ``unknown`` names of codes that the codebook does not have, ``tool`` how many codings by the program were left out,
    ``stray`` how many lie on no comment, or it is not certain on which.
    """

    rows: tuple[tuple[str, str, str], ...]
    gone: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    tool: int = 0
    stray: int = 0


def read_codings(path: Path, tables: AuditTables, book: Codebook, coder: str) -> ReadCodings:
    """The codings in a coding sheet (by ``coder``), or in a project (by the people named there; by ``coder`` where it names none).

    Raises UserFault with every fault of the file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserFault([Fault(shown_path(path), 0, f"cannot be read: {error.strerror}")]) from None
    there = {row["comment_id"] for row in text_rows(tables.comments)}
    project = read_project(data, path, there, book, coder)
    if project is None and path.suffix.casefold() == ".qdpx":
        raise UserFault(
            [Fault(shown_path(path), 0, "is no REFI-QDA project; export it once more from the other program")]
        )
    if project is not None:
        return ReadCodings(
            tuple(sorted(project.rows)),
            tuple(sorted(project.gone)),
            tuple(sorted(project.unknown)),
            project.tool,
            project.stray,
        )
    return _of_sheet(path, there, book, coder)


def check_given(files: Iterable[Path], coder: str, known: Iterable[str]) -> None:
    """Raises UserFault for what can be told before any return is read: files that are not there, a sheet without the name of its coder, a
    name that differs from a known coder's by capitals or spaces alone.
    """
    faults = [Fault(shown_path(path), 0, "there is no such file") for path in files if not path.is_file()]
    if any(path.suffix.casefold() != ".qdpx" for path in files) and not coder:
        faults.append(Fault("--coder", 0, "who coded the sheet? Say so with --coder NAME"))
    if coder != safe_cell(coder):
        faults.append(Fault("--coder", 0, "begins like a formula; write the name with a letter first"))
    if coder == TOOL:
        faults.append(Fault("--coder", 0, "'tool' stands for the program; name the person"))
    alike = next((name for name in known if name != coder and fold(name) == fold(coder)), None) if coder else None
    if alike:
        faults.append(
            Fault(
                "--coder",
                0,
                f"'{coder}' would be another person than '{alike}', who is known; write the name the same way",
            )
        )
    if faults:
        raise UserFault(faults)


def _of_sheet(path: Path, there: set[str], book: Codebook, coder: str) -> ReadCodings:
    name = shown_path(path)
    if not coder:
        raise UserFault([Fault(name, 0, "who coded it? Say so with --coder NAME")])
    with ReaderPool() as pool:
        results = next(iter(pool.read_each([(path.name, path)])))
    form = results[0].form if len(results) == 1 else None  # what holds several files is no sheet
    if form and any(note.check == "hidden_text" for note in form.notes):
        raise UserFault(
            [Fault(name, 0, "has hidden rows or columns; take the filter off, show them all, save, and read it again")]
        )
    table = _sheet(form) if form else None
    cells = {(cell.row, cell.column): clean(cell.text) for cell in table.cells} if table else {}
    first = min(cells)[0] if cells else 0
    head = {column: text for (row, column), text in cells.items() if row == first}
    about = {
        column for column, text in head.items() if text in ABOUT and text not in {head[c] for c in head if c < column}
    }
    at = next((column for column, text in head.items() if text == ID), None)
    if at is None:
        message = f"is no coding sheet: it has no sheet '{SHEET}' with a column {ID}; make one with audit export --to coding-sheet"
        raise UserFault([Fault(name, 0, message)])
    codes = {fold(code.name): code.id for code in book.codes} | {fold(NONE_NAME): NONE}
    rows: set[tuple[str, str, str]] = set()
    gone: list[str] = []
    faults = []
    for row in sorted({row for row, _ in cells} - {first}):
        comment, chosen = cells.get((row, at), ""), []
        for column, heading in head.items():
            text = cells.get((row, column), "")
            if column in about or not text or (fold(heading) not in codes and text not in _FILLED):
                continue
            if fold(heading) not in codes:
                known = did_you_mean(heading, [code.name for code in book.codes])
                faults.append(Fault(name, 1, f"the column '{heading}' is not a code of the codebook{known}"))
            elif text not in _FILLED:
                faults.append(
                    Fault(name, row + 1, f"column '{heading}': write 1 where the code fits, or leave it empty")
                )
            elif _FILLED[text]:
                chosen.append(codes[fold(heading)])
        if NONE in chosen and len(chosen) > 1:
            faults.append(Fault(name, row + 1, f"'{NONE_NAME}' is chosen beside a code; leave one of them empty"))
        if chosen and comment not in there:
            gone.append(comment)
        rows |= {(comment, code, coder) for code in chosen if comment in there}
    if faults:
        raise UserFault(faults)
    return ReadCodings(tuple(sorted(rows)), tuple(gone))


def _sheet(form: RawForm) -> Table | None:
    tables = [block for block in form.blocks if isinstance(block, Table) and block.cells]
    return next((table for table in tables if table.sheet == SHEET), tables[0] if len(tables) == 1 else None)
