"""What becomes of each file received: read, superseded, duplicate or rejected; its case and its agency."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from audit_lib.analysis.responses import NO_ANSWER_TO_A_REQUEST
from audit_lib.audits import Audit, Ruling
from audit_lib.coding.agencies import Agencies, AgencyRead
from audit_lib.coding.cases import about_a_sibling, cases_in_path, cases_named, read_case
from audit_lib.coding.coded import CodedForm, Problem, Value
from audit_lib.coding.cues import cue_length
from audit_lib.coding.parts import Part, parts_of, problems_of_file
from audit_lib.coding.period import Period, outside_period
from audit_lib.coding.ruled import follow_rulings
from audit_lib.instrument import Instrument
from audit_lib.instruments import known_instruments, load_instrument
from audit_lib.pipeline.versions import Version, latest
from audit_lib.rawform import RawForm
from audit_lib.readers.isolation import ReadResult
from audit_lib.schema import REASON_CODES
from audit_lib.text import fold, key, listed

_FOREIGN = 3  # an auditor adds a question or two of their own; another tool brings more
_COLUMNS = (
    "its title is that of this audit, and its words stand in columns without lines between them, so it may be a form all the "
    "same: open it, and ask for the Word form"
)
_TWICE = 5  # a row may be pasted twice by mistake; so many are a second form
CAN_BE_RULED_IN = {  # a person may know better
    "not_a_return",
    "other_instrument",
    "several_forms",
    "blank_form",
    "uneven_row",
    "version_unknown",
}
_UNIDENTIFIED = {"", "case_conflict", "case_unknown", "agency_unknown"}


@dataclass
class Received:
    """One return received, or a file that holds none, and what became of it. ``file`` is its name as in the tables, ``address``
    that part of it which says where in the file a return of several stands. ``received`` is when a message or an online form
    says that it was received (ISO). ``agency`` and ``case`` are canonical where they are known.

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
    def replaced_by(self) -> str:
        """The ``return_id`` of the form read in its place, however many versions lie between; empty for none."""
        one = self.replacement
        while one is not None and one.replacement is not None:
            one = one.replacement
        return one.return_id if one is not None else ""

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


def receive(results: Iterable[ReadResult], audit: Audit) -> list[Received]:
    """Every file of ``results``, and every return of a file that holds several, with its status, in order of its name.

    The order of ``results`` does not matter. ``received = read + superseded + duplicate + rejected``.
    """
    rulings = rulings_by_file(audit)
    received = sorted((one for result in results for one in _first_look(result, audit)), key=lambda one: one.file)
    agencies = Agencies(audit.agencies, audit.about.agencies)
    for one in received:
        ruled = {ruling.question: ruling for ruling in rulings[one.file]}
        if one.status == "rejected" and "status" in ruled and ruled["status"].answer == "rejected":
            one.reject("ruled_out", ruled["status"].reason)
            one.settled["status"] = ruled["status"].by
        if one.reason_code in CAN_BE_RULED_IN and "status" in ruled and ruled["status"].answer == "read":
            one.status, one.reason_code, one.settled["status"] = "read", "", ruled["status"].by
        if one.status == "read":
            _identify(one, audit, agencies, ruled)
            follow_rulings(one.coded, audit.instrument, {name: ruling.answer for name, ruling in ruled.items()})
        elif one.reason_code not in NO_ANSWER_TO_A_REQUEST:
            _identify_unread(one, audit, agencies)
    _set_duplicates_aside(received, rulings)
    asks_agency = any(header.id == "agency" for header in audit.instrument.header)
    _settle_versions(received, rulings, audit.cases, asks_agency=asks_agency)
    _tell_second_returns(received)
    period = Period.of(audit.about.date, audit.lookback_months)
    for one in received:
        if one.status == "read":
            one.problems += outside_period(one.coded, audit.instrument, period)
    return received


def _first_look(result: ReadResult, audit: Audit) -> list[Received]:
    """Whether a file is a form of this audit at all, with something in it; each return of a file that holds several."""
    whole = Received(result.name, result.sha256, result.kind, audit.id, received=result.received)
    if result.beside_words and result.kind != "picture":
        message = "the e-mail with which this came says something beside its attachments; open it and look whether it changes this"
        whole.of_file = [Problem("warning", "message_words", message)]
    if result.form is None:
        whole.reject(result.reason_code, result.detail)
        return [whole]
    try:
        parts = parts_of(result.form, audit.instrument, audit.about.columns)
    except Exception:  # a form may be odd in a way nobody foresaw: it is set aside, and the others are coded
        whole.reject("reader_failed")
        return [whole]
    if not parts:
        whole.reject("not_a_return", "a table without a row below its headings")
        return [whole]
    received = [_one_part(whole, part, result.form, audit) for part in parts]
    received[0].of_file = [*whole.of_file, *problems_of_file(result.form, parts)]
    return received


def _one_part(whole: Received, part: Part, form: RawForm, audit: Audit) -> Received:
    one = replace(
        whole,
        file=whole.file + part.address,
        address=part.address,
        coded=part.coded,
        settled={},
        problems=[],
        of_file=[],
    )
    one.received = part.sent_in or whole.received
    one.modified = "" if "#row" in part.address else form.modified
    coded = part.coded
    total = len(audit.instrument.questions) + len(audit.instrument.graded("row"))
    total += len(audit.instrument.graded("descriptor"))
    other = other_tool(coded.titles, audit.instrument)
    if other and coded.questions_found:
        one.reject("other_instrument", f"its title is that of '{other}'")
    elif coded.questions_found < min(3, total):
        ours = cue_length(_head(coded.titles), audit.instrument.cues)
        in_columns = any(note.check == "reading_order" for note in form.notes)
        one.reject("not_a_return", _COLUMNS if ours and in_columns else "")
    elif coded.questions_known * 2 < coded.questions_found or coded.questions_foreign >= _FOREIGN:
        one.reject("other_instrument")
    elif coded.questions_twice >= _TWICE:
        one.reject("several_forms")
    elif part.uneven:
        one.reject("uneven_row")
    elif coded.is_blank:
        one.reject("blank_form")
    return one


def _head(titles: list[str]) -> str:
    return " ".join(fold(title) for title in titles[:6])


def other_tool(titles: list[str], instrument: Instrument) -> str:
    """The known tool whose printed title stands above a form, when the title of ``instrument`` does not; empty for none."""
    head = _head(titles)
    if cue_length(head, instrument.cues):
        return ""
    others = [load_instrument(name) for name in known_instruments() if name != instrument.id]
    return next((other.id for other in others if cue_length(head, other.cues)), "")


def _identify(one: Received, audit: Audit, agencies: Agencies, rulings: dict[str, Ruling]) -> None:
    """The case and the agency of a form: by ruling, by what it says, by its file name."""
    ruled_out = rulings.get("status")
    if ruled_out and ruled_out.answer == "rejected":
        one.reject("ruled_out", ruled_out.reason)
        one.settled["status"] = ruled_out.by
    _identify_case(one, audit, rulings.get("case"))
    _identify_agency(one, audit, agencies, rulings.get("agency"))


def _identify_unread(one: Received, audit: Audit, agencies: Agencies) -> None:
    """The request that a file answers which cannot be read, or has nothing in it: where its name and its header name one case and one
    agency that was asked about it, and no other. The cells of an uneven row may stand in the wrong columns: it names nothing.
    """
    if _is_row(one):
        return
    coded = one.coded
    header = {
        name: [*([coded.header[name].as_written] if name in coded.header else []), *coded.header_again.get(name, [])]
        for name in ("case", "agency")
    }
    cases = cases_in_path(one.file, audit.cases)
    cases |= {case for text in header["case"] for case in cases_named(text, audit.cases)}
    named = {agencies.in_file_name(one.file).agency, *(agencies.read(text).agency for text in header["agency"])} - {""}
    places = [(case, agency) for case in cases for agency in named]
    if len(places) == 1 and places[0] in {(request.case, request.agency) for request in audit.requests}:
        one.case, one.agency = places[0]


def _identify_case(one: Received, audit: Audit, ruling: Ruling | None) -> None:
    if ruling:
        one.case = read_case(ruling.answer, audit.cases)
        one.settled["case"] = ruling.by
        return
    written = one.coded.header.get("case", Value("", "", ""))
    named = [written.as_written, *one.coded.header_again.get("case", [])]
    several = {case for text in named for case in cases_named(text, audit.cases)}
    if len(several) > 1:
        one.reject("case_conflict", f"the form names {listed(sorted(several))}")
        return
    if about_a_sibling(written.as_written, audit.cases):
        one.reject("case_unknown", "the form speaks of a sibling; rule on the case that it is about")
        return
    in_form = read_case(written.as_written, audit.cases)
    in_path = cases_in_path(one.file, audit.cases)
    one.case = in_form or (next(iter(in_path)) if len(in_path) == 1 else "")
    if in_form in audit.cases and in_path and in_path != {in_form} and not _is_row(one):
        if one.status == "read":
            one.reject("case_conflict", f"the form says {in_form}, the file name {listed(sorted(in_path))}")
    elif not one.case and one.status == "read":
        one.reject("case_unknown", f"the file name could mean {listed(sorted(in_path), 'or')}" if in_path else "")
    elif one.case and one.case not in audit.cases:
        message = (
            f"the form names case {one.case}, about which nobody was asked; it is in the findings and not in the response "
            "rate. If that is a slip of the pen, rule on the case"
        )
        problem = Problem("error", "case_not_requested", message, written.locator, written.as_written, one.case, "case")
        one.problems.append(problem)
    elif not in_form:
        message = f"the form names no case that can be read; its file name says {one.case}"
        problem = Problem("note", "value_taken", message, written.locator, written.as_written, one.case, "case")
        one.problems.append(problem)


def _is_row(one: Received) -> bool:
    """Whether it is one row of a table, of which the name of the file says nothing: it may name what other rows are about."""
    return "#row" in one.address


def _identify_agency(one: Received, audit: Audit, agencies: Agencies, ruling: Ruling | None) -> None:
    written = one.coded.header.get("agency", Value("", "", ""))
    one.agency_as_written, locator = written.as_written, written.locator
    if ruling:
        one.agency = agencies.read(ruling.answer).agency or ruling.answer
        one.agency_sure = one.agency in audit.agencies  # a person says that it is this very agency
        one.settled["agency"] = ruling.by
        return
    asked = [request.agency for request in audit.requests if request.case == one.case]
    read = agencies.read(one.agency_as_written)
    again = {agencies.read(text).agency for text in one.coded.header_again.get("agency", []) if text} - {read.agency}
    if again:
        one.reject("agency_unknown", f"the form names {listed(sorted({read.agency, *again} - {''}))}")
        return
    one.agency_sure = bool(one.agency_as_written) and read.usual and not read.alias and read.agency in audit.agencies
    if not one.agency_as_written:
        asks_agency = any(header.id == "agency" for header in audit.instrument.header)
        only = AgencyRead(asked[0] if len(asked) == 1 and "agency" not in one.coded.header else "")
        named = agencies.in_file_name(one.file)
        read = (named if named.agency else only) if asks_agency else (only if only.agency else named)
    one.agency = read.agency
    in_name = agencies.in_file_name(one.file).agency
    if one.agency_as_written and one.agency and in_name not in ("", one.agency) and not _is_row(one):
        message = f"the form says {one.agency}, its file name {in_name}; the form was believed, check which is right"
        one.problems.append(
            Problem("warning", "agency_taken", message, locator, one.agency_as_written, one.agency, "agency")
        )
    if not one.agency:
        if one.status == "read":
            one.reject("agency_unknown", f"it could mean {listed(read.candidates, 'or')}" if read.candidates else "")
    elif one.agency not in asked and one.case in audit.cases:
        message = (
            f"nobody asked {one.agency} about case {one.case}; it is read and stays out of the response rate. If it is another "
            "name of an agency that was asked, put that name under `agencies` in audit.yaml"
        )
        one.problems.append(
            Problem("warning", "agency_not_requested", message, locator, one.agency_as_written, one.agency, "agency")
        )
    elif not read.usual or not one.agency_as_written:
        source = "as written" if one.agency_as_written else "by its file name"
        message = f"the agency {source} was taken as {one.agency}; check that this is meant"
        one.problems.append(
            Problem("note", "agency_taken", message, locator, one.agency_as_written, one.agency, "agency")
        )


def _set_duplicates_aside(received: list[Received], rulings: dict[str, list[Ruling]]) -> None:
    """Identical bytes, or the same values and comments for the same case and agency: one is read.

    The first path, unless a person has ruled on another: a ruling must not be lost because a copy came in.
    """
    in_order = sorted(received, key=lambda one: not rulings.get(one.file))
    by_bytes: dict[tuple[str, str], Received] = {}
    by_content: dict[object, Received] = {}
    for one in in_order:
        if one.status == "read":
            by_bytes.setdefault((one.sha256, one.address), one)
    for one in in_order:
        twin = by_bytes.get((one.sha256, one.address))
        if twin is not None and twin is not one and one.reason_code in _UNIDENTIFIED:
            _is_duplicate(one, twin, "identical files")
        elif one.status == "read":
            same = by_content.setdefault((one.case, one.agency, one.coded.content()), one)
            if same is not one:
                _is_duplicate(one, same, "the same values and comments")


def _is_duplicate(one: Received, twin: Received, evidence: str) -> None:
    if one.case and twin.case and one.case != twin.case:
        message = (
            f"this is the same file as one read for case {twin.case}, but it was to be about {one.case}; ask the agency "
            "for the right form"
        )
        one.problems.append(Problem("warning", "return_duplicate", message, taken_as=twin.case))
    for name in ("case", "agency"):  # a ruling on it changes nothing, and must not be told as applied
        one.settled.pop(name, None)
    one.status, one.reason_code, one.detail, one.evidence = "duplicate", "duplicate", "", evidence
    one.case, one.agency = twin.case, twin.agency
    one.replacement = twin


def _settle_versions(
    received: list[Received], rulings: dict[str, list[Ruling]], cases: Collection[str], *, asks_agency: bool
) -> None:
    """Several different forms from one agency about one case: the latest is read when that is known.

    One agency is the same name as written, or the usual spellings of the same agency; two schools are two agencies. Forms
    that name no agency are told apart by their file names alone, so only a version in the name shows which came later.
    """
    groups: dict[tuple[str, str, str], list[Received]] = defaultdict(list)
    for one in received:
        if one.status == "read":
            written = "" if one.agency_sure else key(one.agency_as_written)
            groups[one.case, one.agency, written].append(one)
    for group in groups.values():
        if len(group) > 1:
            _settle_group(_without_siblings(group, rulings, cases), rulings, asks_agency=asks_agency)


def _without_siblings(
    group: list[Received], rulings: dict[str, list[Ruling]], cases: Collection[str]
) -> list[Received]:
    """The forms of a group that are versions of each other. One whose file name speaks of a sibling is none: it is set aside."""
    versions = []
    for one in group:
        ruled = {ruling.question for ruling in rulings[one.file]}
        if about_a_sibling(one.file, cases) and not ruled & {"case", "status"}:
            one.reject("version_unknown", "its file name speaks of a sibling; rule on the case that it is about")
        else:
            versions.append(one)
    return versions


def _tell_second_returns(received: list[Received]) -> None:
    """Several returns for one request are all counted, as two schools of one child are; a person should know."""
    first: dict[tuple[str, str], Received] = {}
    for one in received:
        if one.status != "read" or not one.agency:
            continue
        other = first.setdefault((one.case, one.agency), one)
        if other is not one:
            message = (
                f"return {other.return_id} is about case {one.case} and from {one.agency} too, under another name; both are "
                "counted. If one replaces the other, rule that it is not to be read"
            )
            problem = Problem("warning", "return_second", message, "", one.agency_as_written, "read", "status")
            one.problems.append(problem)


def _settle_group(group: list[Received], rulings: dict[str, list[Ruling]], *, asks_agency: bool) -> None:
    if len(group) < 2:
        return
    ruled = {
        i: r for i, one in enumerate(group) for r in rulings[one.file] if (r.question, r.answer) == ("status", "read")
    }
    if len(ruled) == 1:
        index, ruling = next(iter(ruled.items()))
        group[index].settled["status"] = ruling.by
        _replace_others(group, index, f"ruled by {ruling.by}")
        return
    named = not asks_agency or all(one.agency_as_written for one in group)
    found = latest([Version(one.file, one.received, one.modified if named else "") for one in group])
    if found.index is not None and not ruled:
        _replace_others(group, found.index, found.evidence)
        return
    for one in group:  # first, as it gives them the ids by which they are named
        one.reject("version_unknown")
    for one in group:
        others = listed([f"return {other.return_id}" for other in group if other is not one])
        why = "several of them were ruled to be read" if ruled else found.evidence
        one.detail = f"case {one.case}, {one.agency or 'no agency'}; {why}; compare with {others}"


def _replace_others(group: list[Received], index: int, evidence: str) -> None:
    for number, one in enumerate(group):
        if number != index:
            one.status, one.reason_code, one.evidence = "superseded", "superseded", evidence
            one.replacement = group[index]
