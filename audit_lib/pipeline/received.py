"""What becomes of each file received: read, superseded, duplicate or rejected; its case and its agency."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from audit_lib.audits import Audit, Ruling
from audit_lib.coding.agencies import Agencies, AgencyRead
from audit_lib.coding.cases import cases_in_path, read_case
from audit_lib.coding.forms import CodedForm, Problem, Value, code_form
from audit_lib.pipeline.versions import Version, latest
from audit_lib.readers.isolation import ReadResult
from audit_lib.schema import REASON_CODES
from audit_lib.text import key, listed

_FOREIGN = 3  # an auditor adds a question or two of their own; another tool brings more
CLOSED_NAMES = {"!": "%21", "#": "%23"}


def contract_name(path: str) -> str:
    """A path under ``returns/`` as the tables name it: forward slashes, ``!`` and ``#`` of the name itself escaped."""
    for character, escape in CLOSED_NAMES.items():
        path = path.replace(character, escape)
    return path.replace("\\", "/")


@dataclass
class Received:
    """One file received, and what became of it. ``agency`` and ``case`` are canonical where they are known."""

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
    modified: str = ""
    replaced_by: str = ""
    evidence: str = ""
    settled: dict[str, str] = field(default_factory=dict)
    coded: CodedForm = field(default_factory=CodedForm)
    problems: list[Problem] = field(default_factory=list)

    @property
    def return_id(self) -> str:
        """Stable for the same bytes in the same audit; for a file that was not read its place counts too."""
        parts = [self.audit, self.sha256, ""] + ([] if self.status == "read" else [self.file])
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def reason(self) -> str:
        """Why it was not read, in words; empty for a return that was."""
        words = REASON_CODES[self.reason_code]
        return f"{words} ({self.detail})" if self.detail else words

    def reject(self, reason_code: str, detail: str = "") -> None:
        """Set it aside for this reason."""
        self.status, self.reason_code, self.detail = "rejected", reason_code, detail


def receive(results: Iterable[ReadResult], audit: Audit) -> list[Received]:
    """Every file of ``results`` with its status, in order of its name.

    The order of ``results`` does not matter. ``received = read + superseded + duplicate + rejected``.
    """
    received = [_first_look(result, audit) for result in sorted(results, key=lambda result: result.name)]
    rulings: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in audit.rulings:
        rulings[ruling.file].append(ruling)
    agencies = Agencies(audit.agencies, audit.about.agencies)
    for one in received:
        if one.status == "read":
            _identify(one, audit, agencies, {r.question: r for r in rulings[one.file]})
    _set_duplicates_aside(received)
    _settle_versions(received, rulings)
    return received


def _first_look(result: ReadResult, audit: Audit) -> Received:
    """Whether a file is a form of this audit at all, with something in it."""
    one = Received(contract_name(result.name), result.sha256, result.kind, audit.id)
    if result.form is None:
        one.reject(result.reason_code, result.detail)
        return one
    coded = code_form(result.form, audit.instrument)
    total = len(audit.instrument.questions)
    if coded.questions_found < min(3, total):
        one.reject("not_a_return")
    elif coded.questions_known * 2 < coded.questions_found or coded.questions_foreign >= _FOREIGN:
        one.reject("other_instrument")
    elif coded.is_blank:
        one.reject("blank_form")
    one.coded, one.modified = coded, result.form.modified
    return one


def _identify(one: Received, audit: Audit, agencies: Agencies, rulings: dict[str, Ruling]) -> None:
    """The case and the agency of a form: by ruling, by what it says, by its file name."""
    ruled_out = rulings.get("status")
    if ruled_out and ruled_out.answer == "rejected":
        one.reject("ruled_out", ruled_out.reason)
        one.settled["status"] = ruled_out.by
    _identify_case(one, audit, rulings.get("case"))
    _identify_agency(one, audit, agencies, rulings.get("agency"))


def _identify_case(one: Received, audit: Audit, ruling: Ruling | None) -> None:
    if ruling:
        one.case = read_case(ruling.answer, audit.cases)
        one.settled["case"] = ruling.by
        return
    written = one.coded.header.get("case", Value("", "", ""))
    in_form = read_case(written.as_written, audit.cases)
    in_path = cases_in_path(one.file, audit.cases)
    one.case = in_form or (next(iter(in_path)) if len(in_path) == 1 else "")
    if in_form in audit.cases and in_path and in_path != {in_form}:
        if one.status == "read":
            one.reject("case_conflict", f"the form says {in_form}, the file name {listed(sorted(in_path))}")
    elif not one.case and one.status == "read":
        one.reject("case_unknown", f"the file name could mean {listed(sorted(in_path), 'or')}" if in_path else "")
    elif one.case and one.case not in audit.cases:
        message = "nobody was asked about the case that this form names; it is read and stays out of the response rate"
        one.problems.append(Problem("warning", "case_not_requested", message, written.locator, settle="case"))
    elif not in_form:
        message = f"the form names no case; its file name says {one.case}"
        one.problems.append(Problem("note", "value_taken", message, taken_as=one.case, settle="case"))


def _identify_agency(one: Received, audit: Audit, agencies: Agencies, ruling: Ruling | None) -> None:
    written = one.coded.header.get("agency", Value("", "", ""))
    one.agency_as_written, locator = written.as_written, written.locator
    if ruling:
        one.agency = agencies.read(ruling.answer).agency or ruling.answer
        one.settled["agency"] = ruling.by
        return
    asked = [request.agency for request in audit.requests if request.case == one.case]
    read = agencies.read(one.agency_as_written)
    if not one.agency_as_written:
        read = agencies.in_file_name(one.file)
        if not read.agency and len(asked) == 1 and "agency" not in one.coded.header:
            read = AgencyRead(asked[0])
    one.agency = read.agency
    if not one.agency:
        if one.status == "read":
            one.reject("agency_unknown", f"it could mean {listed(read.candidates, 'or')}" if read.candidates else "")
    elif one.agency not in asked and one.case in audit.cases:
        message = f"nobody asked {one.agency} about case {one.case}; it is read and stays out of the response rate"
        one.problems.append(
            Problem("warning", "agency_not_requested", message, locator, one.agency_as_written, one.agency, "agency")
        )
    elif not read.usual or not one.agency_as_written:
        source = "as written" if one.agency_as_written else "by its file name"
        message = f"the agency {source} was taken as {one.agency}; check that this is meant"
        one.problems.append(
            Problem("note", "agency_taken", message, locator, one.agency_as_written, one.agency, "agency")
        )


def _set_duplicates_aside(received: list[Received]) -> None:
    """Identical bytes, or the same values and comments for the same case and agency: the first path is read."""
    first_by_bytes: dict[str, Received] = {}
    first_by_content: dict[object, Received] = {}
    for one in received:
        if one.status == "read":
            first_by_bytes.setdefault(one.sha256, one)
    for one in received:
        twin = first_by_bytes.get(one.sha256)
        if (
            twin is not None
            and twin is not one
            and one.reason_code in ("", "case_conflict", "case_unknown", "agency_unknown")
        ):
            _is_duplicate(one, twin, "identical files")
        elif one.status == "read":
            same = first_by_content.setdefault((one.case, one.agency, one.coded.content()), one)
            if same is not one:
                _is_duplicate(one, same, "the same values and comments")


def _is_duplicate(one: Received, twin: Received, evidence: str) -> None:
    one.status, one.reason_code, one.detail, one.evidence = "duplicate", "duplicate", "", evidence
    one.case, one.agency = twin.case, twin.agency
    one.replaced_by = twin.return_id


def _settle_versions(received: list[Received], rulings: dict[str, list[Ruling]]) -> None:
    """Several different forms from the same agency as written about the same case: the latest is read when that is known."""
    groups: dict[tuple[str, str, str], list[Received]] = defaultdict(list)
    for one in received:
        if one.status == "read":
            groups[one.case, one.agency, key(one.agency_as_written)].append(one)
    for group in groups.values():
        if len(group) < 2:
            continue
        ruled = {
            i: r
            for i, one in enumerate(group)
            for r in rulings[one.file]
            if r.question == "status" and r.answer == "read"
        }
        if len(ruled) == 1:
            index, ruling = next(iter(ruled.items()))
            group[index].settled["status"] = ruling.by
            _replace_others(group, index, f"ruled by {ruling.by}")
            continue
        found = latest([Version(one.file, "", one.modified) for one in group])
        if found.index is not None:
            _replace_others(group, found.index, found.evidence)
        else:
            for one in group:
                one.reject("version_unknown", found.evidence)


def _replace_others(group: list[Received], index: int, evidence: str) -> None:
    for number, one in enumerate(group):
        if number != index:
            one.status, one.reason_code, one.evidence = "superseded", "superseded", evidence
            one.replaced_by = group[index].return_id
