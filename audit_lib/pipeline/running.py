"""One audit from its folder to its tables and reports."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from audit_lib.analysis.rows import text_rows
from audit_lib.audits import Audit, find_audits
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.pipeline.coding_comments import check_codings
from audit_lib.pipeline.linting import documents_of, passages_of_documents
from audit_lib.pipeline.receiving import receive
from audit_lib.pipeline.tabulating import tabulate
from audit_lib.readers.isolation import ReaderPool, ReadResult
from audit_lib.reporting.publish import Figure, Report
from audit_lib.schema import STATUSES
from audit_lib.store import AuditTables, open_audit, write_tables
from audit_lib.text import closed_name, listed, shown_name, unlike

ANY_TOOL = "any_tool"  # no theme is called so: a theme has no "_" in it
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Account:
    """What became of one audit, in counts: forms asked for and back, files by status, values by what is wrong with them."""

    audit: str
    requested: int
    answered: int
    received: int
    statuses: dict[str, int]
    missing: int
    unclear: int
    unused: int

    def __str__(self) -> str:
        by_status = ", ".join(f"{self.statuses[status]} {status}" for status in STATUSES)
        unused = f" Lines that people wrote and that fit nothing: {self.unused} (audit check says which)."
        return (
            f"{self.audit}: {self.answered} of {self.requested} forms asked for are back. "
            f"Files: {self.received} received = {by_status}. Values: {self.missing} missing, {self.unclear} unclear."
            + (unused if self.unused else "")
        )


def files_of(audit: Audit) -> list[tuple[str, Path]]:
    """Everything under ``returns/`` as (path under it with forward slashes, where it lies), sorted by the first.

    A link to a folder is listed and not followed. Bytes of a name that are no text are shown as ``\\xe9``. Raises UserFault
    when a folder can't be listed.
    """
    faults: list[Fault] = []

    def unreadable(error: OSError) -> None:
        faults.append(
            Fault(
                shown_path(Path(error.filename)), 0, f"this folder cannot be read ({error.strerror}); allow reading it"
            )
        )

    found = []
    for folder, folders, names in os.walk(audit.returns_folder, onerror=unreadable):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in [*names, *links]:
            path = Path(folder) / name
            shown = path.relative_to(audit.returns_folder).as_posix()
            found.append((os.fsencode(shown).decode("utf-8", "backslashreplace"), path))
    if faults:
        raise UserFault(faults)
    return sorted(found)


def code_audit(audit: Audit, data: Path, jobs: int, progress: Progress) -> dict[str, pd.DataFrame]:
    """Reads and codes the returns of an audit and writes its tables to ``data/processed/<audit>/``; gives the tables."""
    tables = coded_tables(audit, jobs, progress, data)
    write_tables(tables, data / "processed" / audit.id)
    progress(f"{audit.id}: tables written to {shown_path(data / 'processed' / audit.id)}")
    return tables


def coded_tables(audit: Audit, jobs: int, progress: Progress, data: Path | None = None) -> dict[str, pd.DataFrame]:
    """The tables of an audit; nothing is written. Figures of earlier audits in its texts are held against the tables under ``data``,
    where that is given.
    """
    files = files_of(audit)
    check_codings(audit, audit.book)
    progress(f"{audit.id}: reading {len(files)} file{'' if len(files) == 1 else 's'}")
    fingerprints: dict[str, str] = {}

    def results(pool: ReaderPool) -> Iterator[ReadResult]:
        """One after the other, so that no more of them are in memory than are being worked on."""
        for number, read in enumerate(pool.read_each(_named(files)), start=1):
            fingerprints.update((result.name, result.sha256) for result in read)
            yield from read
            if number % 10 == 0 or number == len(files):
                progress(f"{audit.id}: {number} of {len(files)} files read")

    with ReaderPool(jobs=jobs) as pool:
        received = receive(results(pool), audit)
    earlier = earlier_audits(audit, data) if data else []
    return tabulate(audit, received, _inputs_sha256(audit, fingerprints), passages_of_documents(audit), earlier)


def earlier_audits(audit: Audit, data: Path) -> list[AuditTables]:
    """The audit that this one follows and earlier ones of its theme, as they were coded last; those not coded, or by another version of
    this program, are left out.
    """
    found = []
    for name in find_audits(data / "raw"):
        if name == audit.id or not (data / "processed" / name).is_dir():
            continue
        try:
            tables = open_audit(name, data)
        except UserFault:
            continue
        about = text_rows(tables.about)[0]
        if about["date"] < audit.about.date and (about["theme"] == audit.about.theme or name == audit.about.follows):
            found.append(tables)
    return found


def _named(files: list[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """The files by their names in the tables, each of its own: two may differ by a kind of accent alone, or by a character that
    cannot be shown.
    """
    named: dict[str, Path] = {}
    for name, path in files:
        named[unlike(closed_name(shown_name(name)), named)] = path
    return list(named.items())


def _inputs_sha256(audit: Audit, fingerprints: Mapping[str, str]) -> str:
    """One hash over the names and bytes of everything that went in: the user's files, and the returns by name -> SHA-256."""
    digest = hashlib.sha256()
    documents = documents_of(audit)
    for path in sorted(audit.folder.iterdir()):
        if path.suffix in (".csv", ".yaml", ".yml", ".qdc") or path in documents:
            digest.update(f"{path.name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for name, sha256 in sorted(fingerprints.items()):
        digest.update(f"returns/{name}\n{sha256}\n".encode())
    return digest.hexdigest()


def account_of(audit: str, tables: dict[str, pd.DataFrame]) -> Account:
    """The account of one audit from its tables."""
    returns = tables["returns"]
    read = returns[returns["status"] == "read"]
    back = set(zip(read["case"], read["agency"], strict=True))
    requests = tables["requests"]
    asked = list(zip(requests["case"], requests["agency"], strict=True))
    codes = pd.concat([tables["answers"]["answer"], tables["grades"]["grade"]])
    scores = tables["scores"]
    no_score = scores[scores["score"].isna()]
    written = (no_score["as_written"] != "") & (no_score["settled_by"] == "")
    return Account(
        audit=audit,
        requested=len(asked),
        answered=sum(request in back for request in asked),
        received=len(returns),
        statuses={status: int((returns["status"] == status).sum()) for status in STATUSES},
        missing=int((codes == "missing").sum()) + int((~written).sum()),
        unclear=int((codes == "unclear").sum()) + int(written.sum()),
        unused=int((tables["quality"]["check"] == "ruling_unused").sum()),
    )


def notebooks_for(audit: Audit, progress: Progress = lambda _: None) -> list[Path]:
    """The notebooks that report on an audit: that of its theme, else the one that takes its parts from the audit tool.

    A notebook of the theme that asks for sections which the tool does not have could not run to its end: the other is taken, and
    ``progress`` is told.
    """
    named = NOTEBOOKS / f"{audit.about.theme}.ipynb"
    if not named.exists():
        return [NOTEBOOKS / f"{ANY_TOOL}.ipynb"]
    asked = re.findall(r'report\.(?:section|rubric_group)\(tables, \\"(.*?)\\"\)', named.read_text(encoding="utf-8"))
    known = {one.id for one in audit.instrument.sections} | {one.id for one in audit.instrument.groups}
    if foreign := [section for section in asked if section not in known]:
        progress(
            f"{audit.id}: {named.name} asks for sections that the tool does not have ({listed(foreign)}), so {ANY_TOOL}.ipynb makes "
            "the report"
        )
        return [NOTEBOOKS / f"{ANY_TOOL}.ipynb"]
    return [named]


def report_audit(
    audit: Audit,
    account: Account,
    notebooks: list[Path],
    data: Path,
    out: Path,
    progress: Progress,
    related: Sequence[tuple[str, str]] = (),
) -> list[Path]:
    """Runs notebooks over the tables of an audit and publishes the reports; gives their paths. ``related`` are pages that they link to."""
    from audit_lib.exports.datapackage import to_datapackage
    from audit_lib.exports.workbook import to_workbook
    from audit_lib.present.key_figures import key_figures  # brings matplotlib,
    from audit_lib.present.report import results
    from audit_lib.reporting.reports import make_reports  # and this papermill and nbconvert: two seconds to import

    tables = open_audit(audit.id, data)
    cases = results.case_counts(tables)
    report = Report(
        audit=audit.id,
        title=audit.about.title,
        date=audit.about.date,
        profile="internal",
        returns_requested=account.requested,
        returns_back=account.answered,
        synthetic=audit.about.synthetic,
        theme=audit.about.theme,
        area=audit.about.area,
        cases=cases.known,
        cases_returned=cases.returned,
        kind="Multi-agency audit report" if tables.instrument.multi_agency else "Case audit report",
        figures=tuple(Figure(**asdict(figure)) for figure in key_figures(tables)),
    )
    beside = {
        "data.xlsx": ("workbook (Excel)", to_workbook(tables)),
        "data.zip": ("tables (CSV) with what each column means", to_datapackage(tables)),
    }
    return make_reports(report, notebooks, data, out, lambda step: progress(f"{audit.id}: {step}"), beside, related)
