"""The content of a sample audit: what its makers wrote down in ``returns.yaml``, and the forms that it describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from audit_lib.instrument import Instrument
from audit_lib.samples.filled import FilledForm

FOLDER = Path(__file__).parent
RETURNS = "returns.yaml"
Entry = Mapping[str, Any]


def read_content(sample: str) -> dict[str, Any]:
    """What stands in ``returns.yaml``, each file that is ``like`` another completed from that one.

    Raises KeyError for an unknown sample.
    """
    path = FOLDER / sample / RETURNS
    if not path.is_file():
        raise KeyError(sample)
    content: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    files = content["files"]
    content["files"] = {
        name: _merged(files[entry["like"]], entry) if "like" in entry else entry for name, entry in files.items()
    }
    return content


def _merged(under: dict[str, Any], over: Entry) -> dict[str, Any]:
    """``over`` laid on ``under``, mapping by mapping; anything but a mapping is replaced."""
    both = dict(under)
    for name, value in over.items():
        nested = isinstance(value, dict) and isinstance(both.get(name), dict)
        both[name] = _merged(both[name], value) if nested else value
    return both


def given(entry: Entry, key: str, names: Iterable[str]) -> dict[str, tuple[Any, str | None]]:
    """The answers or grades of an entry as (code, text as written) by name, in order.

    The text is None where the code was entered in the usual way. ``rest`` stands for every name that is not there; without
    it they are left out.
    """
    written = entry.get(key, {})
    found = {name: written.get(name, written.get("rest")) for name in names}
    return {name: pair(value) for name, value in found.items() if value is not None}


def pair(value: Any) -> tuple[Any, str | None]:
    """One value as (code, text as written)."""
    return (value[0], value[1]) if isinstance(value, list) else (value, None)


def place(beside: str, instrument: Instrument) -> tuple[str, str]:
    """(section, question) of what is written as ``R1`` (beside a question), ``R`` (beside a grade) or ``risk`` (in an area)."""
    if beside in instrument.section_of:
        return instrument.section_of[beside], beside
    if beside in {one.id for one in instrument.tick_lists}:
        return "", beside
    return (beside, beside) if beside in {area.id for area in instrument.graded("row")} else (beside, "")


def filled_form(entry: Entry, instrument: Instrument) -> FilledForm:
    """The form of one file. An answer is a code, written as its label, or a list of code and text as written."""
    answers = {}
    for question, (code, text) in given(entry, "answers", instrument.questions).items():
        scale = instrument.question_scale(question)
        answers[question] = text if text is not None else scale.label(code) if code != "missing" else ""
    grades = given(entry, "grades", [thing.id for thing in instrument.grades])
    code, text = pair(entry.get("score", ""))
    written = dict(entry["written"])
    leading = {name: written.pop(name, "") for name in ("case", "agency", "completed_by")}
    return FilledForm(
        **leading,
        answers=answers,
        grades={section: code for section, (code, _) in grades.items()},
        grades_typed={section: text for section, (_, text) in grades.items() if text is not None},
        score=str(text or code),
        comments={
            place(beside, instrument): columns
            for key in ("comments", "no_comments")
            for beside, columns in entry.get(key, {}).items()
        },
        free=entry.get("free", {}),
        header=written,
        ratings={
            (thing, rater): code for rater, codes in entry.get("ratings", {}).items() for thing, code in codes.items()
        },
        actions=[(action[0], action[1], action[2] if action[2:] else "") for action in entry.get("actions", ())],
    )
