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
from ruamel.yaml.reader import ReaderError

from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.text import did_you_mean, listed

Model = TypeVar("Model", bound=BaseModel)
_SHOWN = 40


def read_text(path: Path, encodings: Iterable[str] = ("utf-8-sig",)) -> str:
    """The text of a file in the first of ``encodings`` that fits; raises UserFault when it can't be read as text."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserFault([Fault(shown_path(path), 0, "there is no such file")]) from None
    except OSError as error:
        raise UserFault([Fault(shown_path(path), 0, f"cannot be read: {error.strerror}")]) from None
    line = 0
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        for encoding in encodings:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                line = data.count(b"\n", 0, error.start) + 1
                continue
            if "\0" not in text:
                return text
            line = text.count("\n", 0, text.index("\0")) + 1
            break
    raise UserFault([Fault(shown_path(path), line, "is not UTF-8 text; save the file again as UTF-8")])


def read_yaml(path: Path) -> CommentedMap:
    """The mapping in a YAML 1.2 file, with line numbers. Raises UserFault for a fault of syntax or a key given twice."""
    text = read_text(path)
    line, problem = 0, "it cannot be read"
    try:
        loaded = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        line, problem = _yaml_problem(error)
    except ReaderError as error:
        line, problem = text.count("\n", 0, error.position) + 1, "it holds a character that cannot be seen; delete it"
    except YAMLError:
        pass
    except RecursionError:
        problem = "it is nested too deeply"
    else:
        if isinstance(loaded, CommentedMap):
            return loaded
        found = "is empty; it " if loaded is None else ""
        raise UserFault([Fault(shown_path(path), 1, f"{found}should hold lines of the form 'key: value'")])
    raise UserFault([Fault(shown_path(path), line, f"is not valid YAML: {problem}")])


_YAML_REMEDIES = (
    ("mapping values are not allowed", "a text that holds a colon and a space has to stand in quotation marks"),
    ("'\\t'", "indent with spaces, not with tabs"),
    ("another document", "a line '---' begins a second document; a file holds one"),
    ("undefined alias", "a text that begins with * has to stand in quotation marks"),
    ("cannot start any token", "a text that begins with such a sign has to stand in quotation marks"),
    ("could not find expected ':'", "a line of the form 'key: value' was expected"),
    ("unexpected end of stream", "a quotation mark that opens here is never closed"),
    (
        "expected ',' or",
        "a bracket that opens here is never closed, a comma is missing inside it, or a text in it holds a colon and needs quotation marks",
    ),
    ("expected <block end>", "the lines are not indented alike"),
)
_OPENED = ("unexpected end of stream", "expected ',' or", "could not find expected ':'")


def _yaml_problem(error: MarkedYAMLError) -> tuple[int, str]:
    """The line of a fault of syntax, and what is wrong there in words that need no YAML."""
    problem = (error.problem or "it cannot be read").split("\n")[0]
    opened = any(sign in problem for sign in _OPENED)
    mark = (opened and error.context_mark) or error.problem_mark
    line = mark.line + 1 if mark else 0
    if "duplicate key" in problem:
        return line, problem.split(" with value")[0].replace("found duplicate key", "a key is given twice:")
    return line, next((remedy for sign, remedy in _YAML_REMEDIES if sign in problem), problem)


def checked(model: type[Model], data: Mapping[str, Any], path: Path, at: tuple[str | int, ...] = ()) -> Model:
    """What stands ``at`` a place in ``data`` (all of it by default) as ``model``. ``data`` is the whole file as
    :func:`read_yaml` gave it. Raises UserFault with every fault, each with its line and key.
    """
    inside: Any = data
    for step in at:
        inside = inside[step]
    try:
        return model.model_validate(_plain(inside))
    except ValidationError as error:
        raise UserFault([_fault(item, data, model, path, at) for item in error.errors()]) from None


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


def _fault(item: Any, data: Mapping[str, Any], model: type[BaseModel], path: Path, at: tuple[str | int, ...]) -> Fault:
    place = [*at, *item["loc"]]
    name, kind = ".".join(str(step + 1 if isinstance(step, int) else step) for step in place), item["type"]
    if kind == "extra_forbidden":
        known = _keys_at(model, list(item["loc"][:-1]))
        hint = did_you_mean(str(place[-1]), known) or (f"; known keys: {listed(sorted(known))}" if known else "")
        if item["input"] is None:  # as the rest of a text is that a comma has cut
            hint += "; where it goes on with the text before it, that text has to stand in quotation marks, as it holds a comma"
        message = f"'{place[-1]}' is not a key here{hint}"
    elif kind == "missing":
        message = f"'{name}' is missing; it is required"
    elif kind == "value_error":
        message = f"'{name}': {item['ctx']['error']}" if name else str(item["ctx"]["error"])
    elif item["input"] in (None, ""):
        message = f"'{name}' is empty; {_expected(item)}"
    else:
        message = f"'{name}' {_found(item['input'])}; {_expected(item)}"
    return Fault(shown_path(path), line_of(data, place), message)


def shown_value(value: str) -> str:
    """A value for a message: in quotation marks, and cut short, because a message is no place for a passage of text."""
    return f"'{value}'" if len(value) <= _SHOWN else f"'{value[:_SHOWN]}…'"


def _found(value: Any) -> str:
    if isinstance(value, Mapping):
        return "holds keys of its own"
    if isinstance(value, list):
        return "is a list"
    return f"is {shown_value(value)}" if isinstance(value, str) else f"is {str(value).lower()}"


def _expected(item: Any) -> str:
    """What a key should hold, from pydantic's kind of error."""
    kind, limits = item["type"], item.get("ctx", {})
    if kind == "literal_error":
        known = [one for one in limits["expected"].replace("'", "").replace(" or ", ", ").split(", ") if one]
        return f"expected {listed(known, 'or')}{did_you_mean(str(item['input']), known)}"
    if kind == "string_type":
        for_text = "" if isinstance(item["input"], Mapping | list | None) else "; put it in quotation marks"
        return f"expected a text{for_text}"
    known_kinds = {
        "string_too_short": "expected a text",
        "tuple_type": "expected a list, such as [first, second]",
        "dict_type": "expected lines of the form 'key: value' indented below it",
        "model_type": "expected lines of the form 'key: value' indented below it",
        "greater_than_equal": f"expected {limits.get('ge')} or more",
        "less_than_equal": f"expected {limits.get('le')} or less",
    }
    number = "expected a whole number" if kind.startswith("int") else "expected a number"
    truth = "expected true or false"
    other = number if kind.startswith(("int", "float")) else truth if kind.startswith("bool") else item["msg"]
    return known_kinds.get(kind, other)


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
    path: Path,
    required: Iterable[str],
    optional: Iterable[str] = (),
    *,
    missing_is_empty: bool = True,
    faults: list[Fault] | None = None,
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file as (line, column -> text), every column of ``required`` and ``optional`` present.

    Cells are stripped; "N/A" and "None" stay as written. UTF-8 (with or without mark), else Windows-1252. A file that is
    not there gives no rows when ``missing_is_empty``. Rows that are wholly empty are skipped; a row may be shorter than the
    first line, and may end in empty cells beyond it, as a spreadsheet leaves them. Raises UserFault for a column that is
    missing, unknown or given twice, for a row with more cells than columns, and for a quotation mark that is not closed.

    Where ``faults`` is given, what is wrong with single rows is put there instead, and the other rows are given, so that they can be
    looked at too; after a quotation mark that is not closed nothing can be.
    """
    if missing_is_empty and not path.exists():
        return []
    text = read_text(path, ("utf-8-sig", "cp1252"))
    required, known = list(required), [*required, *optional]
    name = shown_path(path)
    read, of_rows = _csv_rows(text, name)
    rows = [(line, cells) for line, cells in read if any(cell.strip() for cell in cells)]
    if not rows:
        raise UserFault(of_rows or [Fault(name, 1, f"is empty; expected a first line {','.join(known)}")])
    header = _without_empty_end([cell.strip() for cell in rows[0][1]])
    of_header = _header_faults(name, rows[0][0], header, required, known)
    out = []
    for line, cells in rows[1:]:
        cells = _without_empty_end(cells)
        if len(cells) > len(header):
            what = f"has {len(cells)} cells, the first line has {len(header)}"
            of_rows.append(Fault(name, line, f"{what}; put a text that holds a comma in quotation marks"))
            continue
        cells += [""] * (len(header) - len(cells))
        out.append((line, dict.fromkeys(known, "") | {c: v.strip() for c, v in zip(header, cells, strict=True)}))
    if of_header or (of_rows and faults is None):
        raise UserFault([*of_header, *of_rows])
    if faults is not None:
        faults += of_rows
    return out


def _without_empty_end(cells: list[str]) -> list[str]:
    filled = [number for number, cell in enumerate(cells, start=1) if cell.strip()]
    return cells[: max(filled, default=0)]


def _header_faults(name: str, line: int, header: list[str], required: list[str], known: list[str]) -> list[Fault]:
    """The faults of a first line: one for each mistake, so that a misspelt column is not told as a missing one too."""
    expected = f"expected a first line {','.join(known)}"
    for sign, words in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and sign in header[0]:
            return [Fault(name, line, f"is separated by {words}; save it again with commas between the cells")]
    if not set(header) & set(known) and not any(did_you_mean(column.lower(), known) for column in header):
        return [Fault(name, line, f"does not begin with the names of the columns; {expected}")]
    messages, meant = [], set()
    for column in dict.fromkeys(header):
        if column in known:
            messages += [f"column '{column}' is given twice"] if header.count(column) > 1 else []
            continue
        hint = did_you_mean(column.lower(), known)
        meant |= {word for word in known if f"'{word}'" in hint}
        what = f"{shown_value(column)} is not a column here" if column else "a column has no name"
        messages.append(what + (hint or f"; known columns: {listed(known)}"))
    messages += [f"column '{column}' is missing" for column in required if column not in {*header, *meant}]
    return [Fault(name, line, message) for message in messages]


def _csv_rows(text: str, name: str) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """The rows of a text with the line where each begins, and the fault that ends the reading early."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        problem = str(error)
        if "unexpected end of data" in problem:
            problem = "a quotation mark that opens here is never closed"
        elif "expected after" in problem:
            problem = "inside a text in quotation marks, a quotation mark has to be written twice"
        return rows, [Fault(name, start, f"cannot be read as CSV: {problem}")]
    return rows, []
