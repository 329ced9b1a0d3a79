"""Codings that people made in other programs, read back: a filled-in coding sheet, or a project of REFI-QDA (``.qdpx``)."""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from audit_lib.analysis.coder_agreement import TOOL
from audit_lib.analysis.rows import text_rows
from audit_lib.codebook.book import Codebook
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.exports.coding_sheet import ABOUT, ID, NONE, NONE_NAME, SHEET
from audit_lib.exports.qda_project import NAMESPACE, TOOL_NAME, UNSURE_NAME
from audit_lib.rawform import RawForm, Table
from audit_lib.readers.isolation import ReaderPool
from audit_lib.store import AuditTables
from audit_lib.text import clean, did_you_mean, fold, safe_cell

Spans = dict[int, tuple[int, str]]
_LARGEST = 200_000_000  # bytes that a project may unpack to
_MARK = re.compile(r"^\[([0-9a-f]{16}(?:-\d+)?)\] .*$", re.MULTILINE)
_OUR_ID = re.compile(r"\[([a-z][a-z0-9_]{0,59})\]\s*$")
_FILLED = {"1": True, "1.0": True, "0": False, "0.0": False, "": False}


@dataclass(frozen=True)
class ReadCodings:
    """``rows`` are (comment_id, code, coder), each once, sorted. ``gone`` are ids of comments that the audit does not have (any
    more), ``unknown`` names of codes that the codebook does not have, ``tool`` how many codings by the program were left out,
    ``stray`` how many lie on no comment.
    """

    rows: tuple[tuple[str, str, str], ...]
    gone: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    tool: int = 0
    stray: int = 0


def read_codings(path: Path, tables: AuditTables, book: Codebook, coder: str) -> ReadCodings:
    """The codings in a coding sheet (by ``coder``), or in a project (by the people named there; by ``coder`` where it names none).

    Raises UserFault with every fault of the file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserFault([Fault(shown_path(path), 0, f"cannot be read: {error.strerror}")]) from None
    there = {row["comment_id"] for row in text_rows(tables.comments)}
    project = _project(data, path)
    if project is None and path.suffix.casefold() == ".qdpx":
        raise UserFault(
            [Fault(shown_path(path), 0, "is no REFI-QDA project; export it once more from the other program")]
        )
    if project is not None:
        return _of_project(*project, there, book, path, coder)
    return _of_sheet(path, there, book, coder)


def check_given(files: Iterable[Path], coder: str, known: Iterable[str]) -> None:
    """Raises UserFault for what can be told before any return is read: files that are not there, a sheet without the name of its coder, a
    name that differs from a known coder's by capitals or spaces alone.
    """
    faults = [Fault(shown_path(path), 0, "there is no such file") for path in files if not path.is_file()]
    if any(path.suffix.casefold() != ".qdpx" for path in files) and not coder:
        faults.append(Fault("--coder", 0, "who coded the sheet? Say so with --coder NAME"))
    if coder != safe_cell(coder):
        faults.append(Fault("--coder", 0, "begins like a formula; write the name with a letter first"))
    if coder == TOOL:
        faults.append(Fault("--coder", 0, "'tool' stands for the program; name the person"))
    alike = next((name for name in known if name != coder and fold(name) == fold(coder)), None) if coder else None
    if alike:
        faults.append(
            Fault(
                "--coder",
                0,
                f"'{coder}' would be another person than '{alike}', who is known; write the name the same way",
            )
        )
    if faults:
        raise UserFault(faults)


def _of_sheet(path: Path, there: set[str], book: Codebook, coder: str) -> ReadCodings:
    name = shown_path(path)
    if not coder:
        raise UserFault([Fault(name, 0, "who coded it? Say so with --coder NAME")])
    with ReaderPool() as pool:
        (result,) = next(iter(pool.read_each([(path.name, path)])))
    if result.form and any(note.check == "hidden_text" for note in result.form.notes):
        raise UserFault(
            [Fault(name, 0, "has hidden rows or columns; take the filter off, show them all, save, and read it again")]
        )
    table = _sheet(result.form) if result.form else None
    cells = {(cell.row, cell.column): clean(cell.text) for cell in table.cells} if table else {}
    first = min(cells)[0] if cells else 0
    head = {column: text for (row, column), text in cells.items() if row == first}
    about = {
        column for column, text in head.items() if text in ABOUT and text not in {head[c] for c in head if c < column}
    }
    at = next((column for column, text in head.items() if text == ID), None)
    if at is None:
        message = f"is no coding sheet: it has no sheet '{SHEET}' with a column {ID}; make one with audit export --to coding-sheet"
        raise UserFault([Fault(name, 0, message)])
    codes = {fold(code.name): code.id for code in book.codes} | {fold(NONE_NAME): NONE}
    rows: set[tuple[str, str, str]] = set()
    gone: list[str] = []
    faults = []
    for row in sorted({row for row, _ in cells} - {first}):
        comment, chosen = cells.get((row, at), ""), []
        for column, heading in head.items():
            text = cells.get((row, column), "")
            if column in about or not text or (fold(heading) not in codes and text not in _FILLED):
                continue
            if fold(heading) not in codes:
                known = did_you_mean(heading, [code.name for code in book.codes])
                faults.append(Fault(name, 1, f"the column '{heading}' is not a code of the codebook{known}"))
            elif text not in _FILLED:
                faults.append(
                    Fault(name, row + 1, f"column '{heading}': write 1 where the code fits, or leave it empty")
                )
            elif _FILLED[text]:
                chosen.append(codes[fold(heading)])
        if NONE in chosen and len(chosen) > 1:
            faults.append(Fault(name, row + 1, f"'{NONE_NAME}' is chosen beside a code; leave one of them empty"))
        if chosen and comment not in there:
            gone.append(comment)
        rows |= {(comment, code, coder) for code in chosen if comment in there}
    if faults:
        raise UserFault(faults)
    return ReadCodings(tuple(sorted(rows)), tuple(gone))


def _sheet(form: RawForm) -> Table | None:
    tables = [block for block in form.blocks if isinstance(block, Table) and block.cells]
    return next((table for table in tables if table.sheet == SHEET), tables[0] if len(tables) == 1 else None)


def _project(data: bytes, path: Path) -> tuple[zipfile.ZipFile, str] | None:
    """The archive and the name of the description in it; None for a file that is no project."""
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        names = [
            info.filename for info in file.infolist() if info.filename.endswith(".qde") and "/" not in info.filename
        ]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if names and sum(info.file_size for info in file.infolist()) > _LARGEST:
        raise UserFault([Fault(shown_path(path), 0, "unpacks to more than 200 MB, which no project of comments does")])
    return (file, names[0]) if names else None


def _of_project(
    file: zipfile.ZipFile, name: str, there: set[str], book: Codebook, path: Path, coder: str
) -> ReadCodings:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(file.read(name), parser)
        if (
            root.getroottree().docinfo.internalDTD is not None
        ):  # no program writes one; it could hold entities that swell
            raise ValueError(name)
        if root.tag != _tag("Project"):
            raise ValueError(name)
        texts = {info.filename.rpartition("/")[2]: info for info in file.infolist() if info.filename.endswith(".txt")}
        people = {user.get("guid", "").lower(): clean(user.get("name", "")) for user in root.iter(_tag("User"))}
        codes, unknown = _codes(root, book)
        rows: set[tuple[str, str, str]] = set()
        gone: set[str] = set()
        used: set[str] = set()
        tool, stray, nobody = 0, 0, False
        if any(name == TOOL for name in people.values()):
            raise UserFault(
                [
                    Fault(
                        shown_path(path),
                        0,
                        f"has a user '{TOOL}', which stands for the program; rename the person there",
                    )
                ]
            )
        if any(name != safe_cell(name) for name in people.values()):
            raise UserFault(
                [
                    Fault(
                        shown_path(path),
                        0,
                        "has a user whose name begins like a formula; give the person another name there",
                    )
                ]
            )
        for source in root.iter(_tag("TextSource")):
            info = texts.get(source.get("plainTextPath", "").rpartition("/")[2])
            inside = source.findtext(_tag("PlainTextContent")) or ""
            text = file.read(info).decode("utf-8-sig", "replace") if info else inside
            stray += sum(1 for coding in source.iterchildren(_tag("Coding")))
            for comment, code, by in _codings(source, text):
                who = people.get(by.lower(), "") or coder
                if who in (TOOL_NAME, UNSURE_NAME):
                    tool += 1
                elif not comment:
                    stray += 1
                elif comment not in there:
                    gone.add(comment)
                elif code.lower() not in codes:
                    used.add(unknown.get(code.lower(), "?"))
                else:
                    nobody = nobody or not who
                    rows.add((comment, codes[code.lower()], who))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise UserFault([Fault(shown_path(path), 0, "is damaged; export the project once more")]) from None
    if nobody:
        raise UserFault([Fault(shown_path(path), 0, "does not say who coded; say so with --coder NAME")])
    both = sorted({row[0] for row in rows if (row[0], NONE, row[2]) in rows and row[1] != NONE})
    if both:
        message = f"'{NONE_NAME}' stands beside a code at {', '.join(both)}; take one of them away there"
        raise UserFault([Fault(shown_path(path), 0, message)])
    return ReadCodings(tuple(sorted(rows)), tuple(sorted(gone)), tuple(sorted(used)), tool, stray)


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
    each; one that lies on none has an empty comment.
    """
    selections = [
        (int(each.get("startPosition", "0")), int(each.get("endPosition", "0")), each)
        for each in source.iter(_tag("PlainTextSelection"))
    ]
    spans = _best([(start, end) for start, end, _ in selections], text)
    for start, end, selection in selections:
        for coding in selection.iter(_tag("Coding")):
            by = coding.get("creatingUser") or selection.get("creatingUser") or ""
            for reference in coding.iter(_tag("CodeRef")):
                for comment in _met(spans, start, end) or [""]:
                    yield comment, reference.get("targetGUID", ""), by


def _best(selected: list[tuple[int, int]], text: str) -> Spans:
    """The places of the comments as the program counted that made the selections: some count a break of the line as one character and
    some as two, some count what lies beyond the basic plane twice. The way is taken in which most selections are a whole comment, then in
    which most lie in one.
    """
    ways = [_spans(lines, wide=wide) for wide in (False, True) for lines in (text.replace("\r\n", "\n"), text)]

    def fits(spans: Spans) -> tuple[int, int]:
        whole = sum(spans.get(start, (-1, ""))[0] == end for start, end in selected)
        inside = sum(
            any(begin <= start and end <= stop for begin, (stop, _) in spans.items()) for start, end in selected
        )
        return whole, inside

    return max(ways, key=fits)


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
