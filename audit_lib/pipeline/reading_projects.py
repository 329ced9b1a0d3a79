"""Codings in a project of REFI-QDA (``.qdpx``), as NVivo, ATLAS.ti, MAXQDA and QualCoder write it."""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from audit_lib.analysis.coder_agreement import TOOL
from audit_lib.codebook.book import Codebook
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.exports.coding_sheet import NONE, NONE_NAME
from audit_lib.exports.qda_project import NAMESPACE, TOOL_NAME, UNSURE_NAME
from audit_lib.text import clean, fold, safe_cell

Spans = dict[int, tuple[int, str]]
_LARGEST = 200_000_000  # bytes that a project may unpack to
_MARK = re.compile(r"^\[([0-9a-f]{16}(?:-\d+)?)\] .*$", re.MULTILINE)
_OUR_ID = re.compile(r"\[([a-z][a-z0-9_]{0,59})\]\s*$")
_DAMAGED = (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError)


@dataclass
class Project:
    """What a project says of the comments of an audit: ``rows`` are (comment_id, code, coder), ``gone`` ids of comments that the audit does
    not have, ``unknown`` names of codes that the codebook does not have, ``tool`` how many codings are the program's, ``stray`` how many
    lie on no comment.
    """

    rows: set[tuple[str, str, str]] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    tool: int = 0
    stray: int = 0


def read_project(data: bytes, path: Path, there: set[str], book: Codebook, coder: str) -> Project | None:
    """The codings of a project; None for a file that is none. ``there`` are the comments of the audit, ``coder`` is who coded where the
    project names nobody. Raises UserFault for a project that is damaged or says what can't be.
    """
    opened = _opened(data, path)
    if opened is None:
        return None
    try:
        root, texts = _parsed(*opened)
        people = _people(root, path)
        found = Project()
        codes, unknown = _codes(root, book)
        for source in root.iter(_tag("TextSource")):
            name = source.get("plainTextPath", "").rpartition("/")[2]
            text = texts[name] if name in texts else source.findtext(_tag("PlainTextContent")) or ""
            found.stray += sum(1 for _ in source.iterchildren(_tag("Coding")))  # of a whole text, and so of no comment
            for comment, code, by in _codings(source, text):
                who = people.get(by, "") or coder
                if who in (TOOL_NAME, UNSURE_NAME):
                    found.tool += 1
                elif not comment:
                    found.stray += 1
                elif comment not in there:
                    found.gone.add(comment)
                elif code not in codes:
                    found.unknown.add(unknown.get(code, "?"))
                else:
                    found.rows.add((comment, codes[code], who))
    except _DAMAGED:
        raise _fault(path, "is damaged; export the project once more") from None
    _check(found, path)
    return found


def _fault(path: Path, message: str) -> UserFault:
    return UserFault([Fault(shown_path(path), 0, message)])


def _opened(data: bytes, path: Path) -> tuple[zipfile.ZipFile, str] | None:
    """The archive and the name of the description in it; None for a file that is no project."""
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        names = [name for name in file.namelist() if name.endswith(".qde") and "/" not in name]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if names and sum(info.file_size for info in file.infolist()) > _LARGEST:
        raise _fault(path, "unpacks to more than 200 MB, which no project of comments does")
    return (file, names[0]) if names else None


def _parsed(file: zipfile.ZipFile, name: str) -> tuple[etree._Element, Mapping[str, str]]:
    """The description and the texts beside it, by name. Raises ValueError for what is no description of a project."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(file.read(name), parser)
    if root.tag != _tag("Project") or root.getroottree().docinfo.internalDTD is not None:
        raise ValueError(name)  # no program writes a document type; it could hold entities that swell
    texts = [info for info in file.infolist() if info.filename.endswith(".txt")]
    return root, {info.filename.rpartition("/")[2]: file.read(info).decode("utf-8-sig", "replace") for info in texts}


def _people(root: etree._Element, path: Path) -> dict[str, str]:
    """GUID -> name of those who coded."""
    people = {user.get("guid", "").lower(): clean(user.get("name", "")) for user in root.iter(_tag("User"))}
    if TOOL in people.values():
        raise _fault(path, f"has a user '{TOOL}', which stands for the program; rename the person there")
    if any(name != safe_cell(name) for name in people.values()):
        raise _fault(path, "has a user whose name begins like a formula; give the person another name there")
    return people


def _check(found: Project, path: Path) -> None:
    """Raises UserFault for codings by nobody, and for a comment that has a code and no code."""
    if any(not who for _, _, who in found.rows):
        raise _fault(path, "does not say who coded; say so with --coder NAME")
    both = sorted({c for c, code, who in found.rows if code != NONE and (c, NONE, who) in found.rows})
    if both:
        raise _fault(path, f"'{NONE_NAME}' stands beside a code at {', '.join(both)}; take one of them away there")


def _codes(root: etree._Element, book: Codebook) -> tuple[dict[str, str], dict[str, str]]:
    """GUID -> code, by the id in the description or by the name; and GUID -> name of those that the codebook does not have."""
    ids = {code.id for code in book.codes} | {NONE}
    by_name = {fold(code.name): code.id for code in book.codes} | {fold(NONE_NAME): NONE}
    known: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for element in root.iter(_tag("Code")):
        guid, name = element.get("guid", "").lower(), clean(element.get("name", ""))
        marked = _OUR_ID.search(element.findtext(_tag("Description")) or "")
        code = marked[1] if marked and marked[1] in ids else by_name.get(fold(name), "")
        (known if code else unknown)[guid] = code or name
    return known, unknown


def _codings(source: etree._Element, text: str) -> Iterator[tuple[str, str, str]]:
    """(comment_id, GUID of the code, GUID of the user) of each coding of a text. A coding that reaches over several comments is one of
    each; one that lies on none, or where it is not certain on which, has an empty comment.
    """
    selections = [
        (int(each.get("startPosition", "0")), int(each.get("endPosition", "0")), each)
        for each in source.iter(_tag("PlainTextSelection"))
    ]
    ways = _best([(start, end) for start, end, _ in selections], text)
    for start, end, selection in selections:
        met, *others = (_met(spans, start, end) for spans in ways)
        comments = met if all(other == met for other in others) else []
        for coding in selection.iter(_tag("Coding")):
            by = (coding.get("creatingUser") or selection.get("creatingUser") or "").lower()
            for reference in coding.iter(_tag("CodeRef")):
                for comment in comments or [""]:
                    yield comment, reference.get("targetGUID", "").lower(), by


def _best(selected: list[tuple[int, int]], text: str) -> list[Spans]:
    """The places of the comments as the program counted that made the selections: some count a break of the line as one character and
    some as two, some count what lies beyond the basic plane twice. The way is taken in which most selections are a whole comment, then in
    which most lie in one; all such ways, where several fit alike.
    """
    ways = [_spans(lines, wide=wide) for wide in (False, True) for lines in (text.replace("\r\n", "\n"), text)]

    def fits(spans: Spans) -> tuple[int, int]:
        whole = sum(spans.get(start, (-1, ""))[0] == end for start, end in selected)
        inside = sum(
            any(begin <= start and end <= stop for begin, (stop, _) in spans.items()) for start, end in selected
        )
        return whole, inside

    most = max(map(fits, ways))
    return [way for way in ways if fits(way) == most]


def _spans(text: str, *, wide: bool) -> Spans:
    """Where each comment begins -> where it ends, and its id. Only the first mark of an id at the beginning of a block counts: a comment
    may hold one in its words. ``wide`` counts as UTF-16 does.
    """
    found: Spans = {}
    seen: set[str] = set()
    for mark in _MARK.finditer(text):
        before = text[: mark.start()].replace("\r\n", "\n")
        if mark[1] in seen or (before.strip("\ufeff") and not before.endswith("\n\n")):
            continue
        seen.add(mark[1])
        begin = mark.end() + 1
        end = text.find("\n", begin)
        stop = len(text) if end < 0 else end
        places = [len(text[:at].encode("utf-16-le")) // 2 if wide else at for at in (begin, stop)]
        found[places[0]] = (places[1], mark[1])
    return found


def _met(spans: Spans, start: int, end: int) -> list[str]:
    begins = list(spans)
    first = max(bisect_right(begins, start) - 1, 0)
    return [spans[at][1] for at in begins[first:] if at < end and start < spans[at][0]]


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
