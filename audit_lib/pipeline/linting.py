"""Texts that people wrote about an audit, and every figure in them: which texts, which audit, and the verdicts as lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from audit_lib.analysis.rows import text_rows
from audit_lib.audits import Audit
from audit_lib.checked_files import read_text
from audit_lib.claims import DIFFERS, Judged, Passage, check_claims, in_context
from audit_lib.claims.passages import passages_of_form, passages_of_html, passages_of_rows, passages_of_text
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.present.sentences import count_of, long_date
from audit_lib.readers.isolation import ReaderPool, ReadResult
from audit_lib.schema import REASON_CODES, VERDICTS
from audit_lib.store import AuditTables
from audit_lib.text import fold, listed

_HTML, _TEXT, _TABLE = (".html", ".htm"), (".md", ".txt"), (".csv",)
_READ = (".docx", ".docm", ".doc", ".odt", ".rtf", ".pdf")
_OWN_TEXTS = {
    "texts": ("text",),
    "meeting": ("text",),
    "cases": ("summary",),
    "recommendations": ("finding", "action", "outcome"),
}
_BEGINNING = 1_500  # characters of a text in which it says what it is about
_LABELS = {  # verdict -> as a heading, of one figure, of several
    "agrees": ("agrees", "agrees with the returns", "agree with the returns"),
    "contradicts": ("CONTRADICTS THE RETURNS", "contradicts them", "contradict them"),
    "unit_wrong": (
        "COUNTS OTHER THINGS THAN IT SAYS",
        "counts other things than it says",
        "count other things than they say",
    ),
    "impossible": ("CANNOT BE", "cannot be", "cannot be"),
    "inconsistent": (
        "DIFFERS FROM ANOTHER PLACE IN THE TEXT",
        "differs from another place in the text",
        "differ from another place in the text",
    ),
    "not_checked": ("could not be checked", "could not be checked", "could not be checked"),
}


def passages_of_files(paths: Sequence[Path]) -> dict[Path, list[Passage]]:
    """The passages of each text. Raises UserFault with a fault for each that can't be read."""
    faults: list[Fault] = []
    found: dict[Path, list[Passage]] = {}
    documents = [path for path in paths if path.suffix.casefold() in _READ]
    with ReaderPool(jobs=1) as pool:
        read = pool.read_each([(str(path), path) for path in documents if path.is_file()])
        forms = {Path(results[0].name): results[0] for results in read}
    for path in paths:
        try:
            found[path] = _passages(path, forms)
        except UserFault as fault:
            faults += fault.faults
    if faults:
        raise UserFault(faults)
    return found


def _passages(path: Path, forms: Mapping[Path, ReadResult]) -> list[Passage]:
    kind = path.suffix.casefold()
    if not path.is_file():
        raise UserFault([Fault(shown_path(path), 0, "there is no such file")])
    if kind in _READ:
        result = forms[path]
        if result.form is None:
            raise UserFault([Fault(shown_path(path), 0, f"cannot be read: {REASON_CODES[result.reason_code]}")])
        return passages_of_form(result.form)
    if kind not in (*_HTML, *_TEXT, *_TABLE):
        kinds = listed([*_READ, *_HTML, *_TEXT, *_TABLE], "or")
        raise UserFault([Fault(shown_path(path), 0, f"is not a kind of text that can be checked; expected {kinds}")])
    text = read_text(path, ("utf-8-sig", "cp1252"))
    if kind in _HTML:
        return passages_of_html(text)
    return passages_of_text(text) if kind in _TEXT else _of_table(text)


def _of_table(text: str) -> list[Passage]:
    """The passages of a CSV file of texts, such as those of an audit folder: every column that holds words."""
    rows = list(csv.DictReader(io.StringIO(text)))
    columns = [column for column in (rows[0] if rows else {}) if column and column != "case"]
    return passages_of_rows([{str(k): str(v or "") for k, v in row.items()} for row in rows], columns)


def audits_of_text(path: Path, passages: Sequence[Passage], audits: Iterable[Audit]) -> tuple[Audit, ...]:
    """The audits that a text may be about: the one in whose folder it lies, else those that it names at its beginning: by theme and
    month, by the name of the folder, or by the title. Several where nothing tells which of them is meant.
    """
    audits = list(audits)
    for audit in audits:
        if audit.folder.resolve() in path.resolve().parents:
            return (audit,)
    beginning = fold("\n".join(passage.text for passage in passages)[:_BEGINNING]).replace("*", "")
    ways: tuple[Callable[[Audit], bool], ...] = (
        lambda audit: _month(audit) in beginning and all(word in beginning for word in audit.about.theme.split("-")),
        lambda audit: audit.id in beginning,
        lambda audit: audit.about.date[:4] in beginning and audit.about.theme.replace("-", " ") in beginning,
        lambda audit: fold(audit.about.title) in beginning,
    )
    for way in ways:
        if named := tuple(audit for audit in audits if way(audit)):
            return named
    return ()


def _month(audit: Audit) -> str:
    return re.sub(r"^\d+ ", "", long_date(audit.about.date)).casefold()


def held_against(about: Sequence[str]) -> str:
    """Against which audit a text was held, or why against none; ``about`` are the ids of those that it may be about."""
    if len(about) == 1:
        return f"held against {about[0]}"
    if about:
        return f"held against no audit, as it may be about {listed(about, 'or')}; name one: --audit {about[0]}"
    return "held against no audit, as none is known that it is about; name it with --audit"


def lint_lines(judged: Sequence[Judged]) -> Iterator[str]:
    """What was found in one text: what differs first, then what could not be checked, then what agrees, each in the order of the
    text; and how many of each.
    """
    for group in (DIFFERS, ("not_checked",), ("agrees",)):
        for one in judged:
            if one.verdict in group:
                yield f"{one.claim.passage.place}, \u201c{one.claim.quote}\u201d: {_LABELS[one.verdict][0]}"
                yield f"  written: {in_context(one.claim)}"
                yield f"  {'because' if one.verdict == 'not_checked' else 'found'}: {one.says}"
    yield summary(judged)


def summary(judged: Sequence[Judged]) -> str:
    """How many claims there are, and how many have each verdict."""
    if not judged:
        return "No figure was found that could be held against anything."
    counts = {verdict: sum(one.verdict == verdict for one in judged) for verdict in VERDICTS}
    told = [f"{number} {_LABELS[verdict][1 if number == 1 else 2]}" for verdict, number in counts.items() if number]
    return f"{count_of(len(judged), 'figure')}: {', '.join(told)}."


def passages_of_documents(audit: Audit) -> dict[str, list[Passage]]:
    """The documents of an audit by name; one that can't be read has one passage, which says so."""
    found = {}
    for path in documents_of(audit):
        try:
            found[path.name] = passages_of_files([path])[path]
        except UserFault as fault:
            found[path.name] = [Passage("", f"This text was not checked: it {fault.faults[0].message}.")]
    return found


def documents_of(audit: Audit) -> list[Path]:
    """The documents that lie in an audit's folder beside its forms, sorted: reports, summaries, notes. A README is none."""
    kinds = (*_READ, *_HTML, *_TEXT)
    found = (path for path in audit.folder.iterdir() if path.is_file() and path.suffix.casefold() in kinds)
    return sorted(path for path in found if not path.name.startswith(("~", ".")) and path.stem.casefold() != "readme")


def claim_rows(
    tables: AuditTables, documents: Mapping[str, Sequence[Passage]], earlier: Sequence[AuditTables] = ()
) -> list[dict[str, object]]:
    """The rows of the table ``claims``: the figures in the audit's own texts and in its documents (name -> passages), held against it
    and against ``earlier`` audits where they are of those.
    """
    texts = {f"{name}.csv": _own(tables.tables[name], columns) for name, columns in _OWN_TEXTS.items()}
    rows: list[dict[str, object]] = []
    for file, passages in (*texts.items(), *documents.items()):
        for one in check_claims(passages, tables, earlier):
            place = {"file": file, "locator": one.claim.passage.place, "figure": one.claim.quote}
            rows.append({**place, "claim": in_context(one.claim), "verdict": one.verdict, "says": one.says})
    return rows


def _own(table: pd.DataFrame, columns: Sequence[str]) -> list[Passage]:
    return passages_of_rows(text_rows(table), columns)


def lint_files(
    paths: Sequence[Path], audits: Sequence[Audit], chosen: Audit | None, tables_of: Callable[[Audit], AuditTables]
) -> dict[Path, tuple[tuple[str, ...], list[Judged]]]:
    """For each text the ids of the audits that it may be about and its claims, held against that audit where it is one.

    ``chosen`` is the audit for all of them, None for the one that each is about; ``tables_of`` gives the tables of an audit.
    """
    found = {}
    for path, passages in passages_of_files(paths).items():
        about = (chosen,) if chosen else audits_of_text(path, passages, audits)
        audit = about[0] if len(about) == 1 else None
        others = [tables_of(one) for one in _others(audit, audits, passages)] if audit else []
        judged = check_claims(passages, tables_of(audit) if audit else None, others)
        found[path] = (tuple(one.id for one in about), judged)
    return found


def _others(audit: Audit, audits: Sequence[Audit], passages: Sequence[Passage]) -> list[Audit]:
    """The audit that this one follows, and those of its theme whose year the text names."""
    text = "\n".join(part for passage in passages for part in (passage.text, passage.column))
    years = set(re.findall(r"\d+", text))
    return [
        one
        for one in audits
        if one.id == audit.about.follows
        or (one.about.theme == audit.about.theme and one.id != audit.id and one.about.date[:4] in years)
    ]
