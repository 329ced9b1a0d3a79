"""An audit as its folder under ``data/raw/`` describes it: what was asked of whom, with which tool, and a person's rulings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from audit_lib.audits.about import AboutReader, AuditFile
from audit_lib.audits.files import AuditFiles, Request, Ruling
from audit_lib.codebook.book import Codebook, load_codebook
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.instrument import Instrument
from audit_lib.text import did_you_mean

__all__ = ["Audit", "AuditFile", "Request", "Ruling", "find_audits", "load_audit", "load_audits"]
_SIGNS = ("audit.yaml", "requests.csv", "returns")


@dataclass(frozen=True)
class Audit:
    """One audit round: its folder, what ``audit.yaml`` says, its instrument, the rows of its CSV files as they stand, and its codebook."""

    folder: Path
    about: AuditFile
    instrument: Instrument
    requests: tuple[Request, ...]
    rulings: tuple[Ruling, ...] = ()
    rows: dict[str, tuple[dict[str, str], ...]] = field(default_factory=dict)
    book: Codebook = field(default_factory=load_codebook)

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.about.id

    @property
    def returns_folder(self) -> Path:
        """Where the returned forms lie."""
        return self.folder / "returns"

    @cached_property
    def cases(self) -> tuple[str, ...]:
        """The cases asked about, in the order of requests.csv."""
        return tuple(dict.fromkeys(request.case for request in self.requests))

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The agencies asked, in the order of requests.csv."""
        return tuple(dict.fromkeys(request.agency for request in self.requests))

    @property
    def lookback_months(self) -> int | None:
        """How far back the audit looks: its own word, else the instrument's."""
        return self.about.lookback_months or self.instrument.lookback_months


def find_audits(raw: Path) -> list[str]:
    """The names of the audit folders under ``data/raw/``: those that hold ``audit.yaml``, ``requests.csv`` or ``returns``.

    One that lacks ``audit.yaml`` is among them, so that it is told and not passed over. Raises UserFault when ``raw`` is
    not there or cannot be read.
    """
    if not raw.is_dir():
        raise UserFault(
            f"{shown_path(raw)}: there is no such folder; put each audit in a folder of its own there, or use --data"
        )
    try:
        return sorted(path.name for path in raw.iterdir() if any((path / sign).exists() for sign in _SIGNS))
    except OSError as error:
        raise UserFault(f"{shown_path(raw)}: cannot be read: {error.strerror}") from None


def load_audits(raw: Path, names: Iterable[str]) -> list[Audit]:
    """The audits of these names. Raises UserFault with every fault of every file of all of them."""
    there = find_audits(raw)
    audits: list[Audit] = []
    faults: list[Fault] = []
    for name in dict.fromkeys(names):
        last, folder = Path(name).name, raw / name
        if name != last:
            faults.append(Fault(name, 0, f"is not the name of an audit; give the name of its folder alone, '{last}'"))
        elif not folder.is_dir():
            faults.append(Fault(shown_path(folder), 0, f"there is no such audit folder{did_you_mean(name, there)}"))
        else:
            try:
                audits.append(load_audit(folder))
            except UserFault as fault:
                faults += fault.faults
    if faults:
        raise UserFault(faults)
    return audits


def load_audit(folder: Path) -> Audit:
    """The audit in a folder. Raises UserFault with every fault of all its files."""
    read = AboutReader(folder)
    about, instrument, book = read.about(), read.instrument(), read.codebook()
    files = AuditFiles(folder, instrument, read.faults)
    requests = files.requests()
    cases = tuple(dict.fromkeys(request.case for request in requests))
    rows = {
        "cases": files.cases(cases),
        "meeting": files.meeting(cases),
        "texts": files.texts(),
        "recommendations": files.recommendations(),
        "published": files.published(),
        "codings": files.codings(),
        "privacy": files.privacy(),
    }
    agencies = [request.agency for request in requests]
    known = [*dict.fromkeys(agencies), *(about.agencies if about else ())]
    rulings = files.rulings(cases, known if requests else [])
    files.misspelt()
    if not (folder / "returns").is_dir():
        files.fault("returns", 0, "there is no such folder; make it and put the returned forms in it")
    if files.faults or about is None or instrument is None or book is None:
        raise UserFault(files.faults)
    return Audit(folder, about, instrument, requests, rulings, rows, book)
