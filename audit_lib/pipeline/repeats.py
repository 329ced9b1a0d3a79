"""Several files that may be one return: copies, versions, and second returns for one request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import PurePosixPath

from audit_lib.audits import Ruling
from audit_lib.coding.coded import Problem
from audit_lib.coding.values.cases import about_a_sibling
from audit_lib.pipeline.received import Received
from audit_lib.pipeline.versions import Version, latest
from audit_lib.readers.kinds import CONTAINERS
from audit_lib.text import key, listed, unglued

_UNIDENTIFIED = {"", "case_conflict", "case_unknown", "agency_unknown"}
_NOTHING_IN_IT = {"empty_file", "blank_form"}
_NOT_OPENED = {"damaged", "encrypted"}
_MAY_HOLD_MORE = {"comments_in_file", "drawn_over", "embedded_object", "text_lost", "text_not_placed"}


def set_duplicates_aside(received: list[Received], rulings: dict[str, list[Ruling]]) -> None:
    """Identical bytes, or the same values and comments for the same case and agency: one is read.

    The first path, unless a person has ruled on another: a ruling must not be lost because a copy came in.
    """
    _tell_copies_of_what_was_set_aside(received, rulings)
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


def _tell_copies_of_what_was_set_aside(received: list[Received], rulings: dict[str, list[Ruling]]) -> None:
    """A file that is read although a person set aside the very same one under another name; a ruling on its status settles it."""
    set_aside = {(one.sha256, one.address): one for one in received if one.reason_code == "ruled_out"}
    for one in received:
        twin = set_aside.get((one.sha256, one.address))
        ruled = any(ruling.question == "status" and not ruling.seen for ruling in rulings.get(one.file, []))
        if twin is not None and one.status == "read" and not ruled:
            message = (
                f"this is the same file as {twin.known_as}, which a person set aside, and it counts; if it should not, "
                "rule 'rejected' on it too"
            )
            one.problems.append(Problem("warning", "return_duplicate", message))


def _is_duplicate(one: Received, twin: Received, evidence: str) -> None:
    conflict = one.reason_code == "case_conflict"  # the form in it says one case, the name of the file another
    if twin.case and (conflict or (one.case and one.case != twin.case)):
        other = "another case by its name" if conflict else one.case
        message = (
            f"this is the same file as one read for case {twin.case}, but it was to be about {other}; ask the agency "
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
        ruled = {ruling.question for ruling in rulings[one.file] if not ruling.seen}
        if about_a_sibling(one.file, cases) and not ruled & {"case", "status"}:
            one.reject("version_unknown", "its file name speaks of a sibling; rule on the case that it is about")
        else:
            versions.append(one)
    return versions


def tell_second_returns(received: list[Received]) -> None:
    """Several returns for one request are all counted, as two schools of one child are; a person has to say that they are several."""
    first: dict[tuple[str, str], Received] = {}
    for one in received:
        if one.status != "read" or not one.agency:
            continue
        other = first.setdefault((one.case, one.agency), one)
        if other is not one:
            message = (
                f"{other.known_as} is about case {one.case} and from {one.agency} too, under another name; both are "
                "counted. If one replaces the other, rule 'rejected' on the one that does not count; if they come from two (as "
                "two schools of one child do), rule 'read' on this one"
            )
            problem = Problem("error", "return_second", message, "", one.agency_as_written, "read", "status")
            one.problems.append(problem)


def tell_what_was_sent_again(received: list[Received]) -> None:
    """A file with nothing in it, or one that cannot be read, asks for nothing more once the same agency's form on that case is read.

    Only where that is certain: one such form is read, it gives the agency's own name, and header or file name show that both
    come from the same one (two schools of one child are two). What could not be opened may say something else, so the form
    read has to be the later one; an empty file must not be, as it may be a later version that did not arrive.
    """
    for one in received:
        if one.status != "rejected" or not (one.case and one.agency):
            continue
        read = [
            other
            for other in received
            if other.status == "read" and (other.case, other.agency) == (one.case, one.agency)
        ]
        if len(read) == 1 and (evidence := _sent_again(one, read[0])):
            one.replacement, one.evidence = read[0], evidence


def _sent_again(one: Received, read: Received) -> str:
    """How it is known that ``read`` came in place of ``one``; empty where it is not certain."""
    if one.reason_code == "legacy_word":
        paths = [PurePosixPath(each.file).with_suffix("") for each in (one, read)]
        return "the same file, saved in another format" if paths[0] == paths[1] else ""
    if not _from_the_same(one, read):
        return ""
    found = latest([Version(each.file, each.received) for each in (one, read)])
    if one.reason_code in _NOTHING_IN_IT and not _may_hold_more(one):
        return "" if found.index == 0 else "the same case and agency"
    if one.reason_code in _NOT_OPENED and one.kind not in CONTAINERS:
        return found.evidence if found.index == 1 else ""
    return ""


def _may_hold_more(one: Received) -> bool:
    """Whether a form that looks blank may say something in a way that was not read."""
    return any(p.check in _MAY_HOLD_MORE and p.severity != "note" for p in one.coded.problems)


def _from_the_same(one: Received, read: Received) -> bool:
    """Whether a file that is not read comes from the agency that sent ``read``: by its header, else by every word of its name.

    One whose name or header speaks of a sibling may be about another child.
    """
    case = one.coded.header["case"].as_written if "case" in one.coded.header else ""
    if any(about_a_sibling(text, [one.case]) for text in (one.file, case)):
        return False
    if "agency" in one.coded.header:
        return key(one.coded.header["agency"].as_written) == key(read.agency_as_written) != ""
    known = f"case child {read.case} {read.agency} {read.file}"
    return read.agency_sure and _name_words(PurePosixPath(one.file.rsplit("!", 1)[-1]).stem) <= _name_words(known)


def _name_words(name: str) -> set[str]:
    return set(key(unglued(name.replace("_", " "))).split())


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
