"""One return received, or a file that holds none: where it came from and what became of it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace

from audit_lib.audits import Audit, Ruling
from audit_lib.coding.coded import CodedForm, Problem
from audit_lib.schema import REASON_CODES

CAN_BE_RULED_IN = {  # a person may know better
    "not_a_return",
    "other_instrument",
    "several_forms",
    "blank_form",
    "uneven_row",
    "version_unknown",
}
OF_THE_WHOLE_RETURN = {"agency_not_requested", "case_not_requested", "return_second"}


@dataclass
class Received:
    """One return received, or a file that holds none, and what became of it. ``file`` is its name as in the tables, ``shown`` the
    same without names of people, ``address`` that part of it which says where in the file a return of several stands. ``received`` is
    when a message or an online form says that it was received (ISO). ``agency`` and ``case`` are canonical where they are known.

    ``agency_sure`` says that the form writes one of the usual spellings of the agency and nothing else, so that two such
    forms come from the same agency whichever spelling they use. ``of_file`` is what is true of the whole file of which this is the
    first of several returns.
    """

    file: str
    sha256: str
    kind: str
    audit: str
    status: str = "read"
    reason_code: str = ""
    detail: str = ""
    case: str = ""
    agency: str = ""
    agency_as_written: str = ""
    agency_sure: bool = False
    address: str = ""
    shown: str = ""
    received: str = ""
    modified: str = ""
    replacement: Received | None = None
    evidence: str = ""
    settled: dict[str, str] = field(default_factory=dict)
    coded: CodedForm = field(default_factory=CodedForm)
    problems: list[Problem] = field(default_factory=list)
    of_file: list[Problem] = field(default_factory=list)

    @property
    def return_id(self) -> str:
        """Stable for the same bytes in the same audit; for a file that was not read its place counts too."""
        parts = [self.audit, self.sha256, self.address] + ([] if self.status == "read" else [self.file])
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def known_as(self) -> str:
        """What a message calls it: its id, and its file without names of people."""
        return f"return {self.return_id} ({self.shown})"

    @property
    def read_instead(self) -> Received | None:
        """The form read in its place, however many versions lie between; None for none."""
        one = self.replacement
        while one is not None and one.replacement is not None:
            one = one.replacement
        return one

    @property
    def replaced_by(self) -> str:
        """The ``return_id`` of the form read in its place; empty for none."""
        return self.read_instead.return_id if self.read_instead else ""

    @property
    def reason(self) -> str:
        """Why it was not read, in words; empty for a return that was."""
        words = REASON_CODES[self.reason_code]
        return f"{words} ({self.detail})" if self.detail else words

    def reject(self, reason_code: str, detail: str = "") -> None:
        """Set it aside for this reason."""
        self.status, self.reason_code, self.detail = "rejected", reason_code, detail


def rulings_by_file(audit: Audit) -> defaultdict[str, list[Ruling]]:
    """The rulings on each file, by its name as in the tables; a name written with other accents is the same."""
    rulings: defaultdict[str, list[Ruling]] = defaultdict(list)
    for ruling in audit.rulings:
        rulings[unicodedata.normalize("NFC", ruling.file)].append(ruling)
    return rulings


def once_seen(problem: Problem) -> Problem:
    """A problem of a file of which a person says that nothing has to be done: a note, unless another ruling can settle it."""
    no_other = problem.severity == "warning" and not problem.settle
    return replace(problem, severity="note", settle="") if no_other or problem.check in OF_THE_WHOLE_RETURN else problem
