"""Several files that may be one return: copies, versions, and second returns for one request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from audit_lib.audits import Ruling
from audit_lib.coding.cases import about_a_sibling
from audit_lib.coding.coded import Problem
from audit_lib.pipeline.received import Received
from audit_lib.pipeline.versions import Version, latest
from audit_lib.text import key, listed

_UNIDENTIFIED = {"", "case_conflict", "case_unknown", "agency_unknown"}


def set_duplicates_aside(received: list[Received], rulings: dict[str, list[Ruling]]) -> None:
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


def settle_versions(
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


def tell_second_returns(received: list[Received]) -> None:
    """Several returns for one request are all counted, as two schools of one child are; a person should know."""
    first: dict[tuple[str, str], Received] = {}
    for one in received:
        if one.status != "read" or not one.agency:
            continue
        other = first.setdefault((one.case, one.agency), one)
        if other is not one:
            message = (
                f"{other.known_as} is about case {one.case} and from {one.agency} too, under another name; both are "
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
        others = listed([other.known_as for other in group if other is not one])
        why = "several of them were ruled to be read" if ruled else found.evidence
        one.detail = f"case {one.case}, {one.agency or 'no agency'}; {why}; compare with {others}"


def _replace_others(group: list[Received], index: int, evidence: str) -> None:
    for number, one in enumerate(group):
        if number != index:
            one.status, one.reason_code, one.evidence = "superseded", "superseded", evidence
            one.replacement = group[index]
