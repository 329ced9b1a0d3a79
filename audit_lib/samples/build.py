"""Builds a sample audit from its content: the files a user would have written, and the returns as Word documents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from audit_lib.instrument import Instrument
from audit_lib.instruments import load_instrument
from audit_lib.samples.forms import FilledForm, FormStyle, write_form
from audit_lib.samples.word import Pen, document, paragraph

_CONTENT = Path(__file__).parent
_RETURNS = "returns.yaml"
_FIXED_BYTES = {
    "empty": b"",
    "thumbnails": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504),  # begins as the picture stores of Windows do
    "lock": b"\x0bTeam office" + bytes(150),  # a Word lock file: the length of a name, the name, then filling
}


def write_sample(sample: str, raw: Path) -> list[Path]:
    """Writes the sample audit ``sample`` into ``raw/<sample>/`` and gives the paths written, in order.

    The bytes are the same each time. Other files in the folder are left alone. Raises KeyError for an unknown sample.
    """
    written = []
    for name, data in sorted(sample_files(sample).items()):
        path = raw / sample / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(path)
    return written


def sample_files(sample: str) -> dict[str, bytes]:
    """Every file of a sample audit by its path below ``data/raw/<sample>/``, with forward slashes."""
    content = _content(sample)
    instrument = load_instrument(content["instrument"])
    files = {
        path.name: path.read_text(encoding="utf-8").encode("utf-8")  # read as text: line feeds alone on every system
        for path in (_CONTENT / sample).iterdir()
        if path.name != _RETURNS
    }
    for name, entry in content["files"].items():
        files[f"returns/{name}"] = _file(entry, content["files"], instrument)
    return files


def _content(sample: str) -> dict[str, Any]:
    """What stands in ``returns.yaml``, each file that is ``like`` another completed from that one."""
    path = _CONTENT / sample / _RETURNS
    if not path.is_file():
        raise KeyError(sample)
    content: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    files = content["files"]
    content["files"] = {
        name: _merged(files[entry["like"]], entry) if "like" in entry else entry for name, entry in files.items()
    }
    return content


def _merged(under: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``over`` laid on ``under``, mapping by mapping; anything but a mapping is replaced."""
    both = dict(under)
    for name, value in over.items():
        nested = isinstance(value, dict) and isinstance(both.get(name), dict)
        both[name] = _merged(both[name], value) if nested else value
    return both


def _file(entry: Mapping[str, Any], files: Mapping[str, Any], instrument: Instrument) -> bytes:
    if "copy_of" in entry:
        return _file(files[entry["copy_of"]], files, instrument)
    if "bytes" in entry:
        return _FIXED_BYTES[entry["bytes"]]
    if "text" in entry:
        pen = Pen()
        return document("".join(paragraph(pen.run(line)) for line in entry["text"]), entry["modified"])
    style = FormStyle(**entry["style"], modified=entry["modified"])
    return write_form(instrument, _filled(entry, instrument), style)


def _filled(entry: Mapping[str, Any], instrument: Instrument) -> FilledForm:
    """The form of one file. An answer is a code, typed as its label, or a list of code and text as written."""
    answers = {}
    for question, given in entry.get("answers", {}).items():
        code, text = _pair(given)
        scale = instrument.question_scale(question)
        answers[question] = text if text is not None else scale.label(code) if code != "missing" else ""
    grades = {section: _pair(given) for section, given in entry.get("grades", {}).items()}
    score = entry.get("score", "")
    return FilledForm(
        **entry["written"],
        answers=answers,
        grades={section: code for section, (code, _) in grades.items()},
        grades_typed={section: text for section, (_, text) in grades.items() if text is not None},
        score=str(_pair(score)[1] or _pair(score)[0]),
        comments={_place(beside, instrument): columns for beside, columns in entry.get("comments", {}).items()},
        free=entry.get("free", {}),
    )


def _pair(given: Any) -> tuple[Any, str | None]:
    """``given`` as (code, text as written); the text is None where the code was entered in the usual way."""
    return (given[0], given[1]) if isinstance(given, list) else (given, None)


def _place(beside: str, instrument: Instrument) -> tuple[str, str]:
    """(section, question) of what is written as ``R1`` (beside a question) or ``R`` (beside a grade)."""
    return (instrument.section_of[beside], beside) if beside in instrument.section_of else (beside, "")


def expected(sample: str) -> dict[str, dict[str, Any]]:
    """What coding the sample has to give, file by file, taken from its content and never from a reader.

    For each path under ``returns/``: ``status``, ``reason_code``, ``case``, ``agency``; for those read also ``answers``
    and ``grades`` (code by question and section, none left out), ``score`` (None when missing or unclear), ``comments``
    (section, question, column and text as written), ``settled`` (what ``corrections.csv`` settles) and ``details`` (the
    identifying details planted in it, none of which may come out).
    """
    content = _content(sample)
    instrument = load_instrument(content["instrument"])
    return {name: _expected(entry, instrument) for name, entry in content["files"].items()}


def _expected(entry: Mapping[str, Any], instrument: Instrument) -> dict[str, Any]:
    told = {name: entry.get(name, "") for name in ("status", "reason_code", "case", "agency")}
    if entry["status"] != "read":
        return told
    ruled = entry.get("ruled", {})
    answers = {question: _pair(entry["answers"].get(question, "missing"))[0] for question in instrument.questions}
    grades = {thing.id: _pair(entry["grades"].get(thing.id, "missing"))[0] for thing in instrument.grades}
    score = _pair(entry.get("score", ""))[0]
    return told | {
        "answers": answers | {what: code for what, code in ruled.items() if what in answers},
        "grades": grades | {what[6:]: code for what, code in ruled.items() if what.startswith("grade:")},
        "score": float(score) if isinstance(score, int | float) else None,
        "comments": _expected_comments(entry, instrument),
        "settled": sorted(ruled),
        "details": entry.get("details", []),
    }


def _expected_comments(entry: Mapping[str, Any], instrument: Instrument) -> list[tuple[str, str, str, str]]:
    beside = [
        (*_place(place, instrument), column, text)
        for place, columns in entry.get("comments", {}).items()
        for column, texts in columns.items()
        for text in texts
    ]
    remarks = [(*_place(question, instrument), "comment", text) for question, text in entry.get("remarks", {}).items()]
    free = [("", name, "comment", text) for name, texts in entry.get("free", {}).items() for text in texts]
    return sorted(beside + remarks + free)
