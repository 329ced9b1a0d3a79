"""Which case and which agency a form is about: by ruling, by what it says, by the name of its file."""

from __future__ import annotations

from audit_lib.audits import Audit, Ruling
from audit_lib.coding.coded import Problem, Value
from audit_lib.coding.values.agencies import Agencies, AgencyRead
from audit_lib.coding.values.cases import about_a_sibling, cases_in_path, cases_named, read_case
from audit_lib.pipeline.received import Received
from audit_lib.text import listed


def identify(one: Received, audit: Audit, agencies: Agencies, rulings: dict[str, Ruling]) -> None:
    """The case and the agency of a form: by ruling, by what it says, by its file name. A person may have ruled it out, whatever it says."""
    _identify_case(one, audit, rulings.get("case"))
    _identify_agency(one, audit, agencies, rulings.get("agency"))
    ruled_out = rulings.get("status")
    if ruled_out and ruled_out.answer == "rejected":
        one.reject("ruled_out", ruled_out.reason)
        one.settled["status"] = ruled_out.by


def identify_unread(one: Received, audit: Audit, agencies: Agencies) -> None:
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
        nearly = agencies.nearly(one.agency, asked)
        if nearly and nearly == in_name:  # said in one message
            one.problems = [problem for problem in one.problems if problem.check != "agency_taken"]
        one.problems.append(_not_asked(one, nearly, locator))
    elif not read.usual or not one.agency_as_written:
        source = "as written" if one.agency_as_written else "by its file name"
        message = f"the agency {source} was taken as {one.agency}; check that this is meant"
        one.problems.append(
            Problem("note", "agency_taken", message, locator, one.agency_as_written, one.agency, "agency")
        )


def _not_asked(one: Received, nearly: str, locator: str) -> Problem:
    """That nobody asked this agency about this case. Where its name is ``nearly`` that of one that was asked, it may be counted twice."""
    message = f"nobody asked {one.agency} about case {one.case}; it is read and stays out of the response rate. "
    if nearly:
        message += (
            f"Its name is nearly that of {nearly}, which was asked: if it is the same agency, rule so, or its form may be counted "
            "twice; if it is another, rule that this was seen (status, seen)"
        )
    else:
        message += "If it is another name of an agency that was asked, put that name under `agencies` in audit.yaml, or rule on the agency"
    severity = "error" if nearly else "warning"
    return Problem(severity, "agency_not_requested", message, locator, one.agency_as_written, one.agency, "agency")
