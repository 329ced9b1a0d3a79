"""The processed tables on disk: written whole, in one order, and opened again."""

from __future__ import annotations

import csv
import errno
import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib.codebook.book import Codebook, load_codebook
from audit_lib.codebook.qdc import open_codebook
from audit_lib.errors import UserFault, WorkFailed, shown_path
from audit_lib.instrument import Instrument
from audit_lib.instruments import known_instruments, load_instrument, read_instrument
from audit_lib.schema import TABLES, TableSchema
from audit_lib.text import safe_cell


@dataclass(frozen=True)
class AuditTables:
    """The processed tables of one audit, each as declared in :data:`audit_lib.schema.TABLES`."""

    audit: str
    tables: Mapping[str, pd.DataFrame]
    instrument: Instrument
    book: Codebook = field(default_factory=load_codebook)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in TABLES:
            raise AttributeError(name)
        return self.tables[name]

    @cached_property
    def title(self) -> str:
        """The audit's title."""
        return str(self.about["title"].iloc[0])


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Every table of the contract as ``<name>.parquet`` and ``<name>.csv`` in ``folder``.

    Tables are checked first, so that nothing is written when one is wrong. All files are written beside their places before
    the first is moved there, and when one can't be moved the earlier ones come back: the folder holds the new tables or
    the old. The same tables give the same bytes. Raises WorkFailed when the folder can't be written.
    """
    contents: dict[str, bytes] = {}
    for name, schema in TABLES.items():
        table = schema.checked(tables.get(name, schema.empty()))
        contents[f"{name}.parquet"] = _parquet(table, schema)
        contents[f"{name}.csv"] = table_csv(table, schema)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for name, data in contents.items():
                _write_bytes(_new(folder, name), data)
            _put_in_place(folder, contents)
        finally:
            for name in contents:
                _new(folder, name).unlink(missing_ok=True)
    except OSError as error:
        raise WorkFailed(
            f"{shown_path(folder)}: cannot be written ({error.strerror}); close programs that have its files open, or use --data"
        ) from None


def _new(folder: Path, name: str) -> Path:
    return folder / f".{name}.new"


def _put_in_place(folder: Path, names: Iterable[str]) -> None:
    """Moves the new files to their places. The earlier ones step aside until the last is there."""
    aside: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for name in names:
            place, old = folder / name, folder / f".{name}.old"
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, f"there is a folder called {name}")
            if place.exists():
                place.replace(old)
                aside[place] = old
            _new(folder, name).replace(place)
            placed.append(place)
    except BaseException:  # an interrupt too must not leave new and old tables side by side
        for place in placed:
            place.unlink()
        for place, old in aside.items():
            old.replace(place)
        raise
    for old in aside.values():
        old.unlink()


def _write_bytes(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _parquet(table: pd.DataFrame, schema: TableSchema) -> bytes:
    fields = [pa.field(field.name, pa.float64() if field.numeric else pa.string()) for field in schema.fields]
    arrow = pa.Table.from_pandas(table, schema=pa.schema(fields), preserve_index=False).replace_schema_metadata(None)
    buffer = io.BytesIO()
    pq.write_table(arrow, buffer, compression="zstd")
    return buffer.getvalue()


def table_csv(table: pd.DataFrame, schema: TableSchema) -> bytes:
    """A table as CSV: UTF-8, a header, no cell that a spreadsheet would run."""
    out = io.StringIO(newline="")
    plain = csv.writer(out, lineterminator="\n")
    quoted = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    plain.writerow(schema.columns)
    numeric = [field.numeric for field in schema.fields]
    for row in table.itertuples(index=False):
        cells = [_number(v) if n else safe_cell(str(v)) for v, n in zip(row, numeric, strict=True)]
        writer = quoted if any("\r" in cell for cell in cells) else plain  # the plain one lets it break the row
        writer.writerow(cells)
    return out.getvalue().encode("utf-8")


def _number(value: object) -> str:
    return "" if pd.isna(value) else f"{value:.15g}"  # type: ignore[call-overload]


def open_audit(audit: str, data: str | Path = "data") -> AuditTables:
    """The processed tables of an audit under ``data/processed/``. Raises UserFault when they are not there or damaged."""
    folder = Path(data) / "processed" / audit
    remedy = f"make them with `audit code {audit}`"
    if any(not (folder / f"{name}.parquet").exists() for name in TABLES):
        raise UserFault(f"{shown_path(folder)}: the tables of this audit are not there; {remedy}")
    try:
        tables = {name: _open(folder / f"{name}.parquet", schema) for name, schema in TABLES.items()}
    except (pa.ArrowException, OSError, ValueError, KeyError):
        problem = "the tables of this audit are damaged, or another version of this program made them"
        raise UserFault(f"{shown_path(folder)}: {problem}; {remedy}") from None
    named, own = (str(tables["about"][name].iloc[0]) for name in ("instrument", "codebook"))
    beside = Path(data) / "raw" / audit
    instrument = load_instrument(named) if named in known_instruments() else read_instrument(beside / named)
    book = open_codebook(beside / own if own else None)
    if str(tables["about"]["codebook_sha256"].iloc[0]) not in ("", book.fingerprint):
        raise UserFault(
            f"{shown_path(folder)}: the comments were coded by another codebook than there is now; {remedy}"
        )
    return AuditTables(audit, tables, instrument, book)


def open_audits(audits: Iterable[str], data: str | Path = "data") -> tuple[AuditTables, ...]:
    """The processed tables of several audits, oldest first, those of the same date by id. Raises UserFault as :func:`open_audit` does."""
    found = [open_audit(audit, data) for audit in audits]
    return tuple(sorted(found, key=lambda one: (str(one.about["date"].iloc[0]), one.audit)))


def _open(path: Path, schema: TableSchema) -> pd.DataFrame:
    table = pq.read_table(path).to_pandas()
    kinds = {field.name: "Float64" if field.numeric else "str" for field in schema.fields}
    return schema.checked(table.astype(kinds))
