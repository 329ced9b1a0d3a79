"""Reading of the files that users write (YAML, CSV): every fault of a file at once, each with line and key."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.text import did_you_mean, listed

Model = TypeVar("Model", bound=BaseModel)


def read_text(path: Path, encodings: Iterable[str] = ("utf-8-sig",)) -> str:
    """The text of a file in the first of ``encodings`` that fits; raises UserFault when it can't be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserFault([Fault(shown_path(path), 0, "there is no such file")]) from None
    except OSError as error:
        raise UserFault([Fault(shown_path(path), 0, f"cannot be read: {error.strerror}")]) from None
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserFault([Fault(shown_path(path), 0, "is not UTF-8 text; save it again as UTF-8")])


def read_yaml(path: Path) -> CommentedMap:
    """The mapping in a YAML 1.2 file, with line numbers. Raises UserFault for a fault of syntax or a key given twice."""
    text = read_text(path)
    try:
        loaded = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise UserFault([Fault(shown_path(path), line, f"is not valid YAML: {_problem(error)}")]) from None
    except YAMLError:
        raise UserFault([Fault(shown_path(path), 0, "is not valid YAML")]) from None
    if not isinstance(loaded, CommentedMap):
        raise UserFault([Fault(shown_path(path), 1, "should hold lines of the form 'key: value'")])
    return loaded


def _problem(error: MarkedYAMLError) -> str:
    problem = (error.problem or "it cannot be read").split("\n")[0]
    if "duplicate key" in problem:
        return problem.split(" with value")[0].replace("found duplicate key", "a key is given twice:")
    return problem


def checked(model: type[Model], data: Mapping[str, Any], path: Path) -> Model:
    """``data`` as ``model``. Raises UserFault with every fault, each with its line and key."""
    try:
        return model.model_validate(_plain(data))
    except ValidationError as error:
        raise UserFault([_fault(item, data, model, path) for item in error.errors()]) from None


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def line_of(data: Any, place: Iterable[str | int]) -> int:
    """The 1-based line where the value at ``place`` stands in a file read by :func:`read_yaml`, or its nearest parent."""
    line = 0
    for step in place:
        if isinstance(data, CommentedMap) and step in data:
            line = data.lc.key(step)[0] + 1
            data = data[step]
        elif isinstance(data, CommentedSeq) and isinstance(step, int) and step < len(data):
            line = data.lc.item(step)[0] + 1
            data = data[step]
        else:
            break
    return line or 1


def _fault(item: Any, data: Mapping[str, Any], model: type[BaseModel], path: Path) -> Fault:
    place = [step for step in item["loc"]]
    name = ".".join(str(step) for step in place)
    line = line_of(data, place)
    kind = item["type"]
    if kind == "extra_forbidden":
        known = _keys_at(model, place[:-1])
        message = f"'{place[-1]}' is not a key here{did_you_mean(str(place[-1]), known)}"
        if "did you mean" not in message and known:
            message += f"; known keys: {listed(sorted(known))}"
    elif kind == "missing":
        message = f"'{name}' is missing; it is required"
    elif kind == "literal_error":
        message = f"'{name}' is '{item['input']}'; expected {item['ctx']['expected']}"
    elif kind == "value_error":
        message = f"'{name}': {item['ctx']['error']}" if name else str(item["ctx"]["error"])
    else:
        message = f"'{name}': {item['msg'][0].lower()}{item['msg'][1:]}"
    return Fault(shown_path(path), line, message)


def _keys_at(model: type[BaseModel], place: list[str | int]) -> set[str]:
    """The keys that a model knows at a place inside it; empty when the place is not a model."""
    found: Any = model
    for step in place:
        if isinstance(step, int):
            continue
        annotation = found.model_fields[step].annotation if step in getattr(found, "model_fields", {}) else None
        nested = [kind for kind in (annotation, *getattr(annotation, "__args__", ())) if hasattr(kind, "model_fields")]
        if not nested:
            return set()
        found = nested[0]
    return set(found.model_fields)


def read_csv(
    path: Path, required: Iterable[str], optional: Iterable[str] = (), *, missing_is_empty: bool = True
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file as (line, column -> text), every column of ``required`` and ``optional`` present.

    Cells are stripped; "N/A" and "None" stay as written. UTF-8 (with or without mark), else Windows-1252. A file that is
    not there gives no rows when ``missing_is_empty``. Rows that are wholly empty are skipped. Raises UserFault for a
    column that is missing, unknown or given twice, and for a row with more cells than columns.
    """
    if missing_is_empty and not path.exists():
        return []
    text = read_text(path, ("utf-8-sig", "cp1252"))
    required, optional = list(required), list(optional)
    name, faults = shown_path(path), []
    reader = csv.reader(io.StringIO(text, newline=""))
    rows = _csv_rows(reader, name)
    if not rows:
        raise UserFault([Fault(name, 1, f"is empty; expected a first line {','.join(required + optional)}")])
    header = [cell.strip() for cell in rows[0][1]]
    known = [*required, *optional]
    for column in sorted(set(header)):
        if column not in known:
            hint = did_you_mean(column, known) or f"; known columns: {listed(known)}"
            faults.append(Fault(name, 1, f"'{column}' is not a column here{hint}"))
        elif header.count(column) > 1:
            faults.append(Fault(name, 1, f"column '{column}' is given twice"))
    faults += [Fault(name, 1, f"column '{column}' is missing") for column in required if column not in header]
    out = []
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            faults.append(
                Fault(
                    name,
                    line,
                    f"has {len(cells)} cells, the first line has {len(header)}; quote a text that holds a comma",
                )
            )
            continue
        cells = cells + [""] * (len(header) - len(cells))
        out.append((line, dict.fromkeys(known, "") | {c: v.strip() for c, v in zip(header, cells, strict=True)}))
    if faults:
        raise UserFault(faults)
    return out


def _csv_rows(reader: Any, name: str) -> list[tuple[int, list[str]]]:
    rows, start = [], 1
    try:
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UserFault([Fault(name, reader.line_num, f"cannot be read as CSV: {error}")]) from None
    return rows
