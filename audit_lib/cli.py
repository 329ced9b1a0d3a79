"""The ``audit`` command: arguments, progress and exit status. All work is done elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from audit_lib import __version__
from audit_lib.audits import Audit, find_audits, load_audits
from audit_lib.errors import AuditError, UserFault, WorkFailed, shown_path
from audit_lib.samples import SAMPLES, write_sample

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_progress = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def _version(asked: bool) -> None:
    if asked:
        print(f"audit-lib {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Turn returned safeguarding audit forms into coded data and reports."""


Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[AUDIT ...]", help="Folders under data/raw/; all of them when none is named."),
]
SomeNames = Annotated[list[str], typer.Argument(metavar="AUDIT ...", help="Folders under data/raw/.")]
Data = Annotated[Path, typer.Option("--data", help="The folder that holds raw/ and processed/.")]
Out = Annotated[Path, typer.Option("--out", help="The folder that takes the reports.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="How many files are read at the same time.")]


def _audits(data: Path, names: list[str] | None) -> list[Audit]:
    chosen = names or find_audits(data / "raw")
    if not chosen:
        raise UserFault(
            f"{shown_path(data / 'raw')}: no folder there holds an audit.yaml; see the README for how to lay out an audit"
        )
    return load_audits(data / "raw", chosen)


def _oldest_first(audits: list[Audit]) -> list[Audit]:
    """So that an audit finds the tables of those that it follows."""
    return sorted(audits, key=lambda audit: (audit.about.date, audit.id))


def _say(line: str) -> None:
    _progress.print(line)


@app.command()
def run(names: Names = None, data: Data = Path("data"), out: Out = Path("outputs"), jobs: Jobs = 2) -> None:
    """Code the returns, run the notebooks and export the reports."""
    from audit_lib.pipeline.comparing import compare_audits, no_longer_made
    from audit_lib.pipeline.related import related_pages
    from audit_lib.pipeline.running import Account, account_of, code_audit, files_of, notebooks_for, report_audit
    from audit_lib.reporting.index import write_index
    from audit_lib.reporting.publish import check_writable

    audits = _audits(data, names)
    raw = (data / "raw").resolve()
    if raw in (out.resolve(), *out.resolve().parents):
        raise UserFault(
            f"{shown_path(out)}: reports cannot go into data/raw, which no run may change; use another --out"
        )
    check_writable(out)
    for audit in audits:  # whatever of theirs is wrong is told before anything is written
        files_of(audit)
    notebooks = {audit.id: notebooks_for(audit, _say) for audit in audits}
    accounts, failures = dict[str, Account](), list[str]()
    for audit in _oldest_first(audits):
        try:
            accounts[audit.id] = account_of(audit.id, code_audit(audit, data, jobs, _say))
        except WorkFailed as failure:
            failures.append(f"{audit.id}: {failure}")
    coded = [audit for audit in audits if audit.id in accounts]
    for audit in _oldest_first(coded):  # a report links to that of the audit before
        try:
            related = related_pages(audit, data, out)
            report_audit(audit, accounts[audit.id], notebooks[audit.id], data, out, _say, related)
        except WorkFailed as failure:
            failures.append(f"{audit.id}: {failure}")
    try:
        compare_audits({audit.about.theme for audit in audits}, data, out, _say)
    except WorkFailed as failure:
        failures.append(str(failure))
    index = write_index(out, no_longer_made(data, out, _say))
    for account in accounts.values():
        print(account)
    if failures:
        raise WorkFailed("\n".join(failures))
    print(f"Reports: {shown_path(index)}")


@app.command()
def code(names: SomeNames, data: Data = Path("data"), jobs: Jobs = 2) -> None:
    """Code the returns and stop after data/processed/."""
    from audit_lib.pipeline.running import account_of, code_audit, files_of

    audits = _audits(data, names)
    for audit in audits:
        files_of(audit)
    for audit in _oldest_first(audits):
        print(account_of(audit.id, code_audit(audit, data, jobs, _say)))


@app.command()
def check(
    names: SomeNames,
    data: Data = Path("data"),
    jobs: Jobs = 2,
    notes: Annotated[bool, typer.Option("--notes", help="Also show what needs no action.")] = False,
) -> None:
    """Print what a person has to look at, worst first. Reads the returns afresh and writes nothing."""
    from audit_lib.pipeline.checking import check_lines
    from audit_lib.pipeline.running import account_of, coded_tables

    for audit in _audits(data, names):
        tables = coded_tables(audit, jobs, _say)
        for line in check_lines(tables["quality"], with_notes=notes):
            print(line)
        print(account_of(audit.id, tables))


@app.command()
def verify(names: SomeNames, data: Data = Path("data"), jobs: Jobs = 2) -> None:
    """Work out again every figure in published.csv. Reads the returns afresh and writes nothing."""
    from audit_lib.pipeline.running import coded_tables
    from audit_lib.pipeline.verifying import verify_lines
    from audit_lib.present.report.results import published_results
    from audit_lib.store import AuditTables

    differs = False
    for audit in _audits(data, names):
        found = published_results(AuditTables(audit.id, coded_tables(audit, jobs, _say), audit.instrument, audit.book))
        differs = differs or not all(result.reproduced for result in found)
        print(audit.id)
        for line in verify_lines(found, audit.instrument):
            print(f"  {line}")
    raise typer.Exit(int(differs))


@app.command()
def lint(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE ...", help="Reports, summaries, notes: Word, HTML, text.")
    ],
    audit: Annotated[
        str, typer.Option("--audit", help="The audit that they are about; told from the text when left out.")
    ] = "",
    data: Data = Path("data"),
    jobs: Jobs = 2,
) -> None:
    """Hold every figure in a text against the returns. Reads the returns afresh and writes nothing."""
    from audit_lib.claims import DIFFERS
    from audit_lib.pipeline.linting import held_against, lint_files, lint_lines
    from audit_lib.pipeline.running import coded_tables
    from audit_lib.store import AuditTables

    audits = _audits(data, None) if audit or (data / "raw").is_dir() else []
    chosen = load_audits(data / "raw", [audit])[0] if audit else None
    coded: dict[str, AuditTables] = {}

    def tables_of(one: Audit) -> AuditTables:
        if one.id not in coded:
            coded[one.id] = AuditTables(one.id, coded_tables(one, jobs, _say), one.instrument, one.book)
        return coded[one.id]

    found = lint_files(files, audits, chosen, tables_of)
    for path, (about, judged) in found.items():
        print(f"{shown_path(path)}: {held_against(about)}")
        for line in lint_lines(judged):
            print(f"  {line}")
    differs = any(one.verdict in DIFFERS for _, judged in found.values() for one in judged)
    raise typer.Exit(int(differs))


@app.command()
def instruments(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INSTRUMENT ...]", help="Ids, or YAML files of your own; all that come with it when none."
        ),
    ] = None,
) -> None:
    """List the audit tools, or describe those named."""
    from audit_lib.instruments import known_instruments, load_instrument, read_instrument
    from audit_lib.instruments.describing import described, in_one_line

    for name in names or ():
        own = Path(name)
        instrument = read_instrument(own) if own.suffix in (".yaml", ".yml") else load_instrument(name)
        for line in described(instrument):
            print(line)
    for name in [] if names else known_instruments():
        print(in_one_line(load_instrument(name)))
    if not names:
        print("Describe one with: audit instruments NAME (or a YAML file of your own)")


@app.command()
def codebook(
    book: Annotated[
        Path | None, typer.Option("--codebook", help="A codebook of your own: YAML or REFI-QDA (.qdc).")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="Write it as REFI-QDA (.qdc) for other programs.")] = None,
    comments: Annotated[
        Path | None, typer.Option("--apply", help="Code the comments of a CSV file: id,column,text.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where the codings go: id,code,evidence.")] = None,
) -> None:
    """Show the codebook for comments, write it for other programs, or code comments of your own."""
    from audit_lib.codebook.applying import apply_codebook, codebook_lines
    from audit_lib.codebook.qdc import open_codebook, to_qdc

    if (comments is None) != (out is None):
        raise UserFault("--apply and --out go together: audit codebook --apply comments.csv --out codings.csv")
    chosen = open_codebook(book)
    if to is not None:
        _write(to, to_qdc(chosen))
        print(f"{shown_path(to)}: {len(chosen.codes)} codes written")
    if comments is not None and out is not None:
        codings, told = apply_codebook(comments, chosen)
        _write(out, codings.encode())
        print(f"{shown_path(out)}: {told}")
    if to is None and comments is None:
        for line in codebook_lines(chosen):
            print(line)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UserFault(f"{shown_path(path)}: cannot be written: {error.strerror}") from None


@app.command()
def export(
    names: SomeNames,
    to: Annotated[
        str, typer.Option("--to", metavar="KIND", help="xlsx, datapackage, sav, coding-sheet, qdpx, docx or pdf.")
    ],
    coder: Annotated[
        str, typer.Option("--coder", help="A coding sheet with what this person coded already; empty when left out.")
    ] = "",
    data: Data = Path("data"),
    out: Out = Path("outputs"),
    jobs: Jobs = 2,
) -> None:
    """Write an audit for other programs: its tables read afresh, or its report."""
    from audit_lib.exports.kinds import NOT_REPLACED, OF_REPORT, check_coder, check_kind, check_not_filled_in, exported
    from audit_lib.pipeline.running import coded_tables
    from audit_lib.reporting.publish import check_writable, publish
    from audit_lib.store import AuditTables

    check_kind(to, coder)
    audits = _audits(data, names)
    check_writable(out)
    for audit in audits:
        check_coder(coder, (row["coder"] for row in audit.rows.get("codings", ())))
        if to in OF_REPORT:
            page = _report_page(audit, data, out, jobs)
            files = {f"{audit.id}.{to}": OF_REPORT[to](page.read_text(encoding="utf-8"))}
        else:
            files = exported(
                to, AuditTables(audit.id, coded_tables(audit, jobs, _say, data), audit.instrument, audit.book), coder
            )
        placed = {f"{audit.id}/internal/{name}": content for name, content in files.items()}
        check_not_filled_in(to, out, placed)
        for path in publish(out, placed, f"{audit.id}-{to}"):
            print(shown_path(path))
    _say(NOT_REPLACED)  # beside the paths, which a script may take from the output


def _report_page(audit: Audit, data: Path, out: Path, jobs: int) -> Path:
    """The page of the audit's report, made anew, so that what is made from it is not out of date."""
    from audit_lib.pipeline.running import account_of, code_audit, notebooks_for, report_audit

    account = account_of(audit.id, code_audit(audit, data, jobs, _say))
    made = report_audit(audit, account, notebooks_for(audit, _say), data, out, _say)
    return next(path for path in made if path.suffix == ".html")


@app.command()
def codings(
    name: Annotated[str, typer.Argument(metavar="AUDIT", help="A folder under data/raw/.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE ...]", help="Filled-in coding sheets (.xlsx) or projects (.qdpx)."),
    ] = None,
    coder: Annotated[str, typer.Option("--coder", help="Who filled in the coding sheets.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Where all codings by people go: a codings.csv for the audit.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take back what these coders gave earlier and the files do not hold.")
    ] = False,
    data: Data = Path("data"),
    jobs: Jobs = 2,
) -> None:
    """Read back comments coded by hand, and show how far coders and the program agree."""
    from audit_lib.pipeline.agreeing import (
        agreement_lines,
        coders_read,
        codings_csv,
        codings_there,
        former_lines,
        merged,
        read_lines,
    )
    from audit_lib.pipeline.reading_codings import check_given, read_codings
    from audit_lib.pipeline.running import coded_tables
    from audit_lib.store import AuditTables

    (audit,) = _audits(data, [name])
    former = [*audit.rows.get("codings", ()), *(codings_there(out) if out is not None else ())]
    check_given(files or (), coder, {row["coder"] for row in former})
    tables = AuditTables(audit.id, coded_tables(audit, jobs, _say), audit.instrument, audit.book)
    read = []
    for path in files or ():
        read.append(read_codings(path, tables, audit.book, coder))
        for line in read_lines(read[-1]):
            print(f"{shown_path(path)}: {line}")
    anew = coders_read(read, coder) if replace else set()
    rows = merged(former, read, anew)
    for line in (*former_lines(former, read, rows, anew), *agreement_lines(tables, rows, audit.book)):
        print(line)
    if out is not None and (rows or anew):
        _write(out, codings_csv(rows))
        print(f"\n{shown_path(out)}: {len(rows)} codings written; in the folder of the audit they overrule the program")
    elif out is not None:
        print(f"\n{shown_path(out)}: not written, because there is no coding by a person")
    elif any(one.rows for one in read):
        print(f"\nNothing was written; keep the codings with --out {shown_path(audit.folder / 'codings.csv')}")


@app.command()
def sample(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SAMPLE ...]", help="Which sample audits; all of them when none is named."),
    ] = None,
    data: Data = Path("data"),
) -> None:
    """Write the synthetic sample audits anew, the same bytes each time."""
    for name in names or list(SAMPLES):
        if name not in SAMPLES:
            raise UserFault(f"'{name}' is not a sample audit; known: {', '.join(SAMPLES)}")
        written = write_sample(name, data / "raw")
        print(f"{name}: {len(written)} files written to {shown_path(data / 'raw' / name)}")


def main() -> None:
    """The entry point: every mistake of a user is a message and an exit status, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except AuditError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
