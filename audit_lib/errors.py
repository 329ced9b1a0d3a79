"""The ways in which work can end early, and how each is told to the user.

A fault in one form is never an exception: it is a row of the ``quality`` table. An exception means
"cannot go on". Every exception here is shown as its message alone, never as a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake in a file that a user wrote.

    ``file`` is the path as the user knows it, ``line`` is 1-based (0 when the whole file is meant),
    ``message`` says what was found, what was expected and what to do.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.message}"


class AuditError(Exception):
    """Work that cannot go on. ``exit_status`` is the exit status of the command."""

    exit_status = 1


class WorkFailed(AuditError):
    """The input was right and the work failed (a notebook failed, a disk was full). Exit status 1."""


class UserFault(AuditError):
    """A file that the user wrote, or the command itself, is wrong. Exit status 2.

    Carries every fault found, in order of file and line, so that all can be mended at once.
    """

    exit_status = 2

    def __init__(self, faults: Iterable[Fault] | str) -> None:
        if isinstance(faults, str):
            self.faults: tuple[Fault, ...] = ()
            super().__init__(faults)
        else:
            self.faults = tuple(sorted(set(faults)))
            super().__init__("\n".join(str(fault) for fault in self.faults))


class UnreadableFile(AuditError):
    """A received file cannot be read. Caught by the pipeline, which records the file as ``rejected``.

    ``reason_code`` is one of :data:`audit_lib.schema.REASON_CODES`; ``detail`` is for the ``reason``
    column and holds nothing that stood in the file.
    """

    def __init__(self, reason_code: str, detail: str = "") -> None:
        self.reason_code = reason_code
        self.detail = detail
        super().__init__(f"{reason_code}: {detail}" if detail else reason_code)

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[str, str]]:
        return (UnreadableFile, (self.reason_code, self.detail))


def shown_path(path: Path) -> str:
    """The path as a user would type it: relative to the current folder when it lies below it, with forward slashes."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
