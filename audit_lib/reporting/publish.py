"""Finished files into the output folder: all of them, or none and the old ones stay.

Every file is written in full beside its place and only then put there, one rename each. A reader sees
the old file or the new one, never half of one; where a rename fails, those before it are taken back.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from audit_lib.errors import UserFault, WorkFailed, shown_path

THEMES = "themes"
RECORD = "report.json"
_EXECUTED = "notebooks"
ALL = "_all"  # no theme is called so
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Figure:
    """A share that stands beside a report in the index; ``about`` may be empty. ``behind`` is the id of what stands behind it in the
    first page of the report, empty where nothing does.
    """

    name: str
    about: str
    numerator: int
    denominator: int
    behind: str = ""

    @property
    def text(self) -> str:
        """``10 of 17 (59%)``, rounded half up."""
        counts = f"{self.numerator} of {self.denominator}"
        return f"{counts} ({self.percent}%)" if self.denominator else counts

    @property
    def percent(self) -> int:
        """The share for drawing; 0 where there is nothing to take a share of."""
        return (200 * self.numerator + self.denominator) // (2 * self.denominator) if self.denominator else 0


@dataclass(frozen=True)
class Report:
    """What is told of one audit's report, for one profile.

    ``audit`` is the audit's id, ``date`` an ISO month or day, ``synthetic`` whether the forms were invented.
    ``returns_requested`` and ``returns_back`` count forms, ``cases`` those that were asked about and ``cases_returned`` those of
    which a return was read (None where that is not recorded). ``theme`` is a slug; it and ``area`` are empty where nobody said.
    ``kind`` is what stands above the title.
    """

    audit: str
    title: str
    date: str
    profile: str
    returns_requested: int
    returns_back: int
    synthetic: bool
    theme: str = ""
    area: str = ""
    cases: int = 0
    cases_returned: int | None = None
    kind: str = "Audit report"
    figures: tuple[Figure, ...] = ()

    @property
    def year(self) -> str:
        """The year in which the audit was."""
        return self.date[:4]

    @property
    def folder(self) -> str:
        """Where its pages lie in the output folder."""
        return f"{self.audit}/{self.profile}"

    @property
    def marking(self) -> str:
        """What stands on every printed page, so that a sheet alone says who it is for."""
        return f"{self.profile.capitalize()} report"

    @property
    def long_date(self) -> str:
        """``May 2018`` for a month, ``7 May 2018`` for a day."""
        return long_date(self.date)


@dataclass(frozen=True)
class Comparison:
    """What is told of a report on several audits. ``theme`` is the subject that they share, empty where it compares all.

    ``dates`` are ISO months or days of the audits, oldest first.
    """

    theme: str
    title: str
    audits: tuple[str, ...]
    dates: tuple[str, ...]
    profile: str
    synthetic: bool

    @property
    def name(self) -> str:
        """Its page without the ending, as a path below the output folder."""
        return f"{THEMES}/{self.theme}" if self.theme else "across"

    @property
    def marking(self) -> str:
        """What stands on every printed page."""
        return f"{self.profile.capitalize()} report"

    @property
    def period(self) -> str:
        """``March 2017 to May 2018``."""
        return " to ".join(dict.fromkeys((long_date(self.dates[0]), long_date(self.dates[-1]))))


def long_date(date: str) -> str:
    """``May 2018`` for a month, ``7 May 2018`` for a day."""
    year, month, *day = date.split("-")
    return " ".join([*(str(int(number)) for number in day), _MONTHS[int(month) - 1], year])


def page_path(report: Report, notebook: str) -> str:
    """Where the page of a notebook lies in the output folder."""
    return f"{report.folder}/{notebook}.html"


def executed_path(report: Report, notebook: str) -> str:
    """Where the executed notebook lies in the output folder."""
    return f"{report.audit}/{_EXECUTED}/{notebook}.ipynb"


def record_of(report: Report, notebooks: Sequence[str]) -> tuple[str, bytes]:
    """Path and content of the small file beside a report that the index is made from."""
    record = {**asdict(report), "pages": list(notebooks)}
    return f"{report.folder}/{RECORD}", json.dumps(record, indent=2, ensure_ascii=False).encode() + b"\n"


def published_page(out: Path, audit: str, profile: str) -> tuple[str, str] | None:
    """The report of an audit as (address as seen from the output folder, its title and date); None where there is none.

    A damaged record counts as none: it is told, with what to do, when the index is made.
    """
    try:
        record = json.loads((out / audit / profile / RECORD).read_bytes())
        page = f"{quote(audit)}/{profile}/{quote(record['pages'][0])}.html"
        return page, f"{record['title']}, {long_date(record['date'])}"
    except (OSError, ValueError, TypeError, LookupError):
        return None


def comparison_paths(comparison: Comparison) -> tuple[str, str, str]:
    """Where the page, the executed notebook and the small record of a comparison lie in the output folder."""
    return (
        f"{comparison.name}.html",
        f"{THEMES}/{_EXECUTED}/{comparison.theme or 'across'}.ipynb",
        f"{THEMES}/{comparison.theme or ALL}.json",
    )


def record_of_comparison(comparison: Comparison) -> bytes:
    """The content of that record, from which the index is made."""
    return json.dumps(asdict(comparison), indent=2, ensure_ascii=False).encode() + b"\n"


def check_writable(out: Path) -> None:
    """Makes the output folder, and raises UserFault where that, or writing in it, is not possible.

    To be called before the work starts, so that nobody waits for a report that has no place to go.
    """
    with _told(out, UserFault), _staging(out, f"check-{os.getpid()}"):
        pass


def publish(out: Path, files: Mapping[str, bytes], name: str) -> list[Path]:
    """Puts ``files`` (path below ``out`` with forward slashes -> content) in their places, all or none.

    ``name`` tells apart those who publish into one folder at the same time. Gives the paths in the order
    of ``files``. Raises WorkFailed, naming the folder and a remedy, when the disk is full or a file is
    locked; what stood there before is then there again.
    """
    targets = [_below(out, path) for path in files]
    with _told(out, WorkFailed), _staging(out, name) as staging:
        fresh = [_written(staging / f"new-{n}", content) for n, content in enumerate(files.values())]
        for target in targets:
            target.parent.mkdir(parents=True, exist_ok=True)
        former = [_copied(target, staging / f"old-{n}") for n, target in enumerate(targets)]
        replaced: list[tuple[Path, Path | None]] = []
        try:
            for source, target, old in zip(fresh, targets, former, strict=True):
                source.replace(target)
                replaced.append((target, old))
        except BaseException:
            for target, old in replaced:
                old.replace(target) if old else target.unlink()
            raise
        for folder in {target.parent for target in targets}:
            _sync_folder(folder)
    return targets


@contextmanager
def _told(out: Path, kind: type[UserFault] | type[WorkFailed]) -> Iterator[None]:
    """An error of the file system as a message with a remedy."""
    try:
        yield
    except OSError as error:
        raise kind(
            f"{shown_path(out)}: the reports cannot be written there ({error.strerror or type(error).__name__}). "
            "Check the name, the free space and your rights, close any program that has a report open, "
            "or name another folder with --out."
        ) from None


@contextmanager
def _staging(out: Path, name: str) -> Iterator[Path]:
    """A folder inside the output folder, so that a rename from it never crosses disks; gone afterwards."""
    staging = out / f".new-{name}"
    shutil.rmtree(staging, ignore_errors=True)  # what a run that was killed may have left
    staging.mkdir(parents=True)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _below(out: Path, path: str) -> Path:
    target = out.joinpath(*path.split("/"))
    if not target.resolve().is_relative_to(out.resolve()):
        raise WorkFailed("a report would have been written outside the output folder")
    return target


def _written(path: Path, content: bytes) -> Path:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return path


def _copied(path: Path, copy: Path) -> Path | None:
    return Path(shutil.copyfile(path, copy)) if path.is_file() else None


def _sync_folder(folder: Path) -> None:
    """Makes the renames last through a power cut, where the system can (Windows cannot open a folder)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
