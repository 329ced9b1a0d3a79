"""The tables of an audit for SPSS and programs that read its files: a row for each return, a row for each comment, with labels."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from audit_lib.analysis.rows import text_rows
from audit_lib.scales import Scale
from audit_lib.schema import COLUMNS, TABLES
from audit_lib.store import AuditTables

_NOT_APPLICABLE, _NOT_KNOWN, _MISSING, _UNCLEAR = 96, 97, 98, 99
_SPECIAL = {"not_applicable": _NOT_APPLICABLE, "not_known": _NOT_KNOWN, "missing": _MISSING, "unclear": _UNCLEAR}
_LONGEST_TEXT = 32_767  # bytes that a text variable can hold
_CUT = " [goes on in the CSV file]"
_NAME_BYTES, _LABEL_BYTES = 64, 255
_MADE = (92, b"01 Jan 0000:00:00")  # place of date and time of making in the head of the file, and what we write there


@dataclass
class _Variables:
    """Variables in their order, with what the file tells of each."""

    values: dict[str, list[object]] = field(default_factory=dict)
    labels: dict[str, str | None] = field(default_factory=dict)
    codes: dict[str, dict[int | float, str]] = field(default_factory=dict)
    measure: dict[str, str] = field(default_factory=dict)
    missing: dict[str, list[Any]] = field(default_factory=dict)

    def add(
        self,
        name: str,
        label: str,
        values: list[object],
        measure: str,
        codes: Mapping[int, str] | None = None,
        missing: tuple[int, ...] = (),
    ) -> None:
        """One more variable; a name that is taken gets a number."""
        plain = re.sub(r"[^A-Za-z0-9_]", "_", name)[: _NAME_BYTES - 3]
        known = {each.casefold() for each in self.values}
        free = plain
        for number in range(2, 2 + len(known)):
            if free.casefold() not in known:
                break
            free = f"{plain}_{number}"
        self.values[free], self.labels[free], self.measure[free] = values, _within(label, _LABEL_BYTES), measure
        if codes:
            self.codes[free] = {code: _within(text, 120) for code, text in codes.items()}
        if missing:
            self.missing[free] = list(missing)


def to_sav(tables: AuditTables) -> dict[str, bytes]:
    """Two files: ``returns.sav`` (one row for each return read: answers ``q_...``, grades ``g_...``, scores) and ``comments.sav``
    (one row for each comment, a 0/1 variable for each code).

    The values of a scale are numbered from 1 at its better end. 96 means not applicable, 97 not known, 98 missing, 99 unclear; 96, 98
    and 99 are declared as missing. A score that is missing is -98, an unclear one -99. Unsure codings are 0.
    """
    return {
        "returns.sav": _file(_returns(tables), f"{tables.title}: returns"),
        "comments.sav": _file(_comments(tables), f"{tables.title}: comments"),
    }


def _returns(tables: AuditTables) -> _Variables:
    found, instrument = _Variables(), tables.instrument
    read = [row for row in text_rows(tables.returns) if row["status"] == "read"]
    for name in ("return_id", "audit", "case", "agency"):
        found.add(name, _meaning("returns", name), [row[name] for row in read], "nominal")
    ids = [row["return_id"] for row in read]
    answers = {(row["return_id"], row["question"]): row["answer"] for row in text_rows(tables.answers)}
    for question in instrument.questions.values():
        numbers, labels = _numbered(instrument.question_scale(question.id))
        values: list[object] = [numbers.get(answers.get((one, question.id), "missing")) for one in ids]
        found.add(f"q_{question.id}", f"{question.id} {question.text}", values, "nominal", labels, (96, 98, 99))
    grades = {(row["return_id"], row["section"], row["rater"]): row["grade"] for row in text_rows(tables.grades)}
    raters = sorted({rater for _, _, rater in grades})
    for rater in raters:
        for thing in instrument.grades:
            numbers, labels = _numbered(instrument.grade_scale_of(thing.id))
            values = [numbers.get(grades.get((one, thing.id, rater), "missing")) for one in ids]
            by = f" ({rater})" if rater else ""
            name = f"g_{thing.id}" + (f"_{rater}" if rater else "")
            found.add(name, f"Grade: {thing.title}{by}", values, "ordinal", labels, (96, 98, 99))
    for rater in sorted(set(tables.scores["rater"])):
        own = tables.scores[tables.scores["rater"] == rater]
        scores = {row.return_id: _score(row) for row in own.itertuples()}
        values = [scores.get(one, float(-_MISSING)) for one in ids]
        labels = {-code: name for name, code in _SPECIAL.items() if code in (_MISSING, _UNCLEAR)}
        name = "score" + (f"_{rater}" if rater else "")
        found.add(name, "Score" + (f" ({rater})" if rater else ""), values, "scale", labels, (-_UNCLEAR, -_MISSING))
    return found


def _score(row: Any) -> float:
    """The score of a row of the table ``scores``; what was written and can't be read is unclear."""
    if not pd.isna(row.score):
        return float(row.score)
    return float(-_UNCLEAR if row.as_written and not row.settled_by else -_MISSING)


def _comments(tables: AuditTables) -> _Variables:
    found, rows = _Variables(), text_rows(tables.comments)
    for name in ("comment_id", "return_id", "audit", "case", "agency", "section", "question", "column", "text"):
        found.add(name, _meaning("comments", name), [_marked(row[name]) for row in rows], "nominal")
    found.labels["column"] = _within("; ".join(f"{code}: {text}" for code, text in COLUMNS.items()), _LABEL_BYTES)
    given = {(row["comment_id"], row["code"]) for row in text_rows(tables.codings) if row["certainty"] == "sure"}
    for code in tables.book.codes:
        values: list[object] = [int((row["comment_id"], code.id) in given) for row in rows]
        found.add(f"code_{code.id}", code.name, values, "nominal", {0: "no", 1: "yes"})
    return found


def _meaning(table: str, column: str) -> str:
    """What a column of a table means."""
    return next(field.description for field in TABLES[table].fields if field.name == column)


def _numbered(scale: Scale) -> tuple[dict[str, int], dict[int, str]]:
    """The number of each value, and its label. The better end of a scale comes first."""
    ranked = sorted(scale.order, key=lambda code: scale.rank(code) or 0)
    others = [code for code in scale.values if code not in scale.order and code not in _SPECIAL]
    numbers = {code: at for at, code in enumerate([*ranked, *others], start=1)} | _SPECIAL
    named = [*ranked, *others, *(code for code in _SPECIAL if code in scale.values or code in ("missing", "unclear"))]
    return numbers, {numbers[code]: scale.label(code) for code in named}


def _file(found: _Variables, title: str) -> bytes:
    frame = pd.DataFrame({name: _series(name, values, found) for name, values in found.values.items()})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.sav"
        pyreadstat.write_sav(
            frame,
            str(path),
            file_label=_within(title, 64),
            column_labels=found.labels,
            variable_value_labels=found.codes,
            variable_measure=found.measure,
            variable_format={name: "F3.0" for name in found.codes if found.measure[name] != "scale"},
            missing_ranges=found.missing,
        )
        data = bytearray(path.read_bytes())
    start, fixed = _MADE
    data[start : start + len(fixed)] = fixed
    return bytes(data)


def _series(name: str, values: list[object], found: _Variables) -> pd.Series:
    numeric = name in found.codes or found.measure[name] == "scale"
    return pd.Series(values, dtype="float64" if numeric else "object")


def _marked(text: str) -> str:
    """A text as far as a variable holds it; a cut one says so at its end."""
    whole = len(text.encode()) <= _LONGEST_TEXT
    return text if whole else _within(text, _LONGEST_TEXT - len(_CUT)) + _CUT


def _within(text: str, size: int) -> str:
    """As much of ``text`` as so many bytes of UTF-8 hold."""
    return text.encode()[:size].decode(errors="ignore")
