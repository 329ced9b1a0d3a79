"""An audit as its folder under ``data/raw/`` describes it: what was asked of whom, with which tool, and a person's rulings."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import Field, field_validator

from audit_lib.checked_files import checked, line_of, read_csv, read_yaml
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.instrument import Instrument
from audit_lib.instruments import known_instruments, load_instrument, read_instrument
from audit_lib.scales import Strict
from audit_lib.schema import ANSWERED, APPLICABLE, COLUMNS, STATUSES
from audit_lib.text import did_you_mean, key, listed

Row = tuple[int, dict[str, str]]
T = TypeVar("T")
DENOMINATORS = {"answered": ANSWERED, "applicable": APPLICABLE}


class AuditFile(Strict):
    """The keys of ``audit.yaml``."""

    id: str
    title: str = Field(min_length=1)
    theme: str
    instrument: str
    date: str
    area: str = ""
    lookback_months: int | None = Field(default=None, ge=1, le=120)
    follows: str = ""
    agencies: dict[str, tuple[str, ...]] = {}
    columns: dict[str, str] = {}
    synthetic: bool = False

    @field_validator("theme")
    @classmethod
    def _theme(cls, theme: str) -> str:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", theme):
            raise ValueError(f"'{theme}' should hold only a-z, 0-9 and hyphens, such as child-in-need")
        return theme

    @field_validator("date", mode="before")
    @classmethod
    def _date(cls, date: object) -> str:
        if not is_date(str(date), month=True):
            raise ValueError(f"'{date}' is not a date; write a month such as 2018-05 or a day such as 2018-05-22")
        return str(date)


def is_date(text: str, *, month: bool = False) -> bool:
    """Whether ``text`` is an ISO day of the calendar, or (``month``) an ISO month."""
    if month and re.fullmatch(r"\d{4}-\d{2}", text):
        text += "-01"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Request:
    """One form asked for. ``due`` is an ISO day or empty."""

    case: str
    agency: str
    due: str = ""


@dataclass(frozen=True)
class Ruling:
    """A person's ruling on one value of one file."""

    file: str
    question: str
    answer: str
    reason: str
    by: str
    line: int


@dataclass(frozen=True)
class Audit:
    """One audit round: its folder, what ``audit.yaml`` says, its instrument, and the rows of its CSV files as they stand."""

    folder: Path
    about: AuditFile
    instrument: Instrument
    requests: tuple[Request, ...]
    rulings: tuple[Ruling, ...] = ()
    rows: dict[str, tuple[dict[str, str], ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.about.id

    @property
    def returns_folder(self) -> Path:
        """Where the returned forms lie."""
        return self.folder / "returns"

    @cached_property
    def cases(self) -> tuple[str, ...]:
        """The cases asked about, in the order of requests.csv."""
        return tuple(dict.fromkeys(request.case for request in self.requests))

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The agencies asked, in the order of requests.csv."""
        return tuple(dict.fromkeys(request.agency for request in self.requests))

    @property
    def lookback_months(self) -> int | None:
        """How far back the audit looks: its own word, else the instrument's."""
        return self.about.lookback_months or self.instrument.lookback_months


def find_audits(raw: Path) -> list[str]:
    """The names of the folders under ``data/raw/`` that hold an ``audit.yaml``."""
    if not raw.is_dir():
        raise UserFault(
            f"{shown_path(raw)}: there is no such folder; put each audit in a folder of its own there, or use --data"
        )
    return sorted(path.parent.name for path in raw.glob("*/audit.yaml"))


def load_audits(raw: Path, names: Iterable[str]) -> list[Audit]:
    """The audits of these names. Raises UserFault with every fault of every file of all of them."""
    audits: list[Audit] = []
    faults: list[Fault] = []
    for name in dict.fromkeys(names):
        folder = raw / name
        try:
            if not folder.is_dir():
                hint = did_you_mean(name, find_audits(raw))
                raise UserFault([Fault(shown_path(folder), 0, f"there is no such audit folder{hint}")])
            audits.append(load_audit(folder))
        except UserFault as fault:
            faults += fault.faults or [Fault(shown_path(folder), 0, str(fault))]
    if faults:
        raise UserFault(faults)
    return audits


def load_audit(folder: Path) -> Audit:
    """The audit in a folder. Raises UserFault with every fault of all its files."""
    if not (folder / "audit.yaml").exists():
        raise UserFault([Fault(shown_path(folder / "audit.yaml"), 0, "there is no such file; every audit needs one")])
    faults: list[Fault] = []
    about = _collect(faults, lambda: _read_about(folder))
    instrument = _collect(faults, lambda: _read_instrument(folder, about)) if about else None
    files = _AuditFiles(folder, instrument, faults)
    requests = files.requests()
    cases = {request.case for request in requests}
    rows = {
        "cases": files.cases(),
        "meeting": files.meeting(cases),
        "texts": files.read("texts.csv", ["section", "order", "text"], []),
        "recommendations": files.recommendations(),
        "published": files.published(),
        "privacy": files.privacy(),
    }
    rulings = files.rulings()
    if not (folder / "returns").is_dir():
        faults.append(
            Fault(
                shown_path(folder / "returns"), 0, "there is no such folder; make it and put the returned forms in it"
            )
        )
    if faults or about is None or instrument is None:
        raise UserFault(faults)
    return Audit(folder, about, instrument, requests, rulings, rows)


def _collect(faults: list[Fault], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except UserFault as fault:
        faults += fault.faults or [Fault("", 0, str(fault))]
        return None


def _read_about(folder: Path) -> AuditFile:
    path = folder / "audit.yaml"
    data = read_yaml(path)
    about = checked(AuditFile, data, path)
    faults = []
    if about.id != folder.resolve().name:
        faults.append(
            Fault(
                shown_path(path),
                line_of(data, ["id"]),
                f"'id' is '{about.id}', but the folder is '{folder.resolve().name}'; they must agree",
            )
        )
    seen: dict[str, str] = {}
    for agency, spellings in about.agencies.items():
        for spelling in (agency, *spellings):
            if seen.setdefault(key(spelling), agency) != agency:
                message = f"'{spelling}' is given for two agencies, '{seen[key(spelling)]}' and '{agency}'"
                faults.append(Fault(shown_path(path), line_of(data, ["agencies", agency]), message))
    if faults:
        raise UserFault(faults)
    return about


def _read_instrument(folder: Path, about: AuditFile) -> Instrument:
    if about.instrument.endswith((".yaml", ".yml")):
        return read_instrument(folder / about.instrument)
    if about.instrument not in known_instruments():
        path = folder / "audit.yaml"
        hint = did_you_mean(about.instrument, known_instruments()) or f"; known: {listed(known_instruments())}"
        line = line_of(read_yaml(path), ["instrument"])
        raise UserFault(
            [Fault(shown_path(path), line, f"'instrument' is '{about.instrument}', which is not one we know{hint}")]
        )
    return load_instrument(about.instrument)


class _AuditFiles:
    """The CSV files of one audit folder; faults are gathered, so that every file is looked at."""

    def __init__(self, folder: Path, instrument: Instrument | None, faults: list[Fault]) -> None:
        self.folder, self.instrument, self.faults = folder, instrument, faults

    def rows(self, name: str, required: list[str], optional: list[str], *, needed: bool = False) -> list[Row]:
        path = self.folder / name
        return _collect(self.faults, lambda: read_csv(path, required, optional, missing_is_empty=not needed)) or []

    def read(self, name: str, required: list[str], optional: list[str]) -> tuple[dict[str, str], ...]:
        return tuple(row for _, row in self.rows(name, required, optional))

    def fault(self, name: str, line: int, message: str) -> None:
        self.faults.append(Fault(shown_path(self.folder / name), line, message))

    def one_of(self, name: str, line: int, column: str, value: str, known: Iterable[str]) -> None:
        known = [word for word in known if word]
        if value not in known:
            hint = did_you_mean(value, known) or f"; expected {listed(known, 'or')}"
            self.fault(name, line, f"'{column}' is '{value}'{hint}")

    def date(self, name: str, line: int, column: str, value: str) -> None:
        if value and not is_date(value, month=column == "due" and name == "recommendations.csv"):
            self.fault(name, line, f"'{column}' is '{value}', which is not a date; write it as 2018-05-11")

    def requests(self) -> tuple[Request, ...]:
        name, out = "requests.csv", []
        seen: dict[tuple[str, str], int] = {}
        for line, row in self.rows(name, ["case", "agency"], ["due"], needed=True):
            for column in ("case", "agency"):
                if not row[column]:
                    self.fault(name, line, f"'{column}' is empty")
            self.date(name, line, "due", row["due"])
            asked = (key(row["case"]), key(row["agency"]))
            if asked in seen:
                self.fault(name, line, f"asks for the same case and agency as line {seen[asked]}")
            seen.setdefault(asked, line)
            out.append(Request(row["case"], row["agency"], row["due"]))
        return tuple(out)

    def cases(self) -> tuple[dict[str, str], ...]:
        name, out = "cases.csv", []
        seen: dict[str, int] = {}
        scales = self.instrument.scales.values() if self.instrument else ()
        grades = [value for scale in scales if scale.kind == "grade" for value in scale.values]
        for line, row in self.rows(name, ["case"], ["age", "sex", "plan", "summary", "agreed_grade"]):
            if key(row["case"]) in seen:
                self.fault(name, line, f"gives the same case as line {seen[key(row['case'])]}")
            seen.setdefault(key(row["case"]), line)
            if row["agreed_grade"] and self.instrument:
                self.one_of(name, line, "agreed_grade", row["agreed_grade"], grades)
            out.append(row)
        return tuple(out)

    def meeting(self, cases: set[str]) -> tuple[dict[str, str], ...]:
        name, out = "meeting.csv", []
        for line, row in self.rows(name, ["case", "column", "text"], ["about"]):
            self.one_of(name, line, "column", row["column"], COLUMNS)
            if row["case"]:
                self.one_of(name, line, "case", row["case"], cases)
            row["about"] = row["about"] or ("case" if row["case"] else "summary")
            self.one_of(name, line, "about", row["about"], ("case", "summary", "process"))
            out.append(row)
        return tuple(out)

    def recommendations(self) -> tuple[dict[str, str], ...]:
        name, out = "recommendations.csv", []
        seen: dict[str, int] = {}
        columns = ["id", "finding", "action", "lead", "due", "status", "outcome"]
        for line, row in self.rows(name, columns, ["carried_from"]):
            if row["id"] in seen or not row["id"]:
                self.fault(
                    name, line, f"'id' is '{row['id']}', as in line {seen[row['id']]}" if row["id"] else "'id' is empty"
                )
            seen.setdefault(row["id"], line)
            self.date(name, line, "due", row["due"])
            out.append(row)
        return tuple(out)

    def privacy(self) -> tuple[dict[str, str], ...]:
        out = []
        for line, row in self.rows("privacy.csv", ["text", "ruling"], ["reason", "by"]):
            self.one_of("privacy.csv", line, "ruling", row["ruling"], ("keep", "replace"))
            out.append(row)
        return tuple(out)

    def published(self) -> tuple[dict[str, str], ...]:
        name, out = "published.csv", []
        for line, row in self.rows(name, ["question", "measure", "value"], ["decimals", "of", "source"]):
            row["decimals"] = row["decimals"] or "0"
            if not re.fullmatch(r"\d+(\.\d+)?", row["value"]):
                self.fault(name, line, f"'value' is '{row['value']}', which is not a number; leave out signs such as %")
            if not row["decimals"].isdigit():
                self.fault(name, line, f"'decimals' is '{row['decimals']}', which is not a whole number")
            if self.instrument:
                self._check_measure(name, line, row, self.instrument)
            out.append(row)
        return tuple(out)

    def _check_measure(self, name: str, line: int, row: dict[str, str], instrument: Instrument) -> None:
        measure, question = row["measure"], row["question"]
        counted = re.fullmatch(r"(percent|count)_(\w+)", measure)
        if not counted:
            known = ["percent_<answer>", "count_<answer>", "mean_score", "returns_requested", "returns_read"]
            self.one_of(name, line, "measure", measure, known)
            return
        answers = {value for scale in instrument.scales.values() if scale.kind == "answer" for value in scale.values}
        grades = {value for scale in instrument.scales.values() if scale.kind == "grade" for value in scale.values}
        graded = {thing.id for thing in instrument.grades}
        self.one_of(name, line, "measure", counted[2], sorted(answers | grades | {"missing", "unclear"}))
        if question not in instrument.questions:
            self.one_of(name, line, "question", question, [*instrument.questions, *sorted(graded)])
        if counted[1] == "percent" and row["of"] not in DENOMINATORS:
            for code in row["of"].split("+"):
                self.one_of(name, line, "of", code, [*DENOMINATORS, *sorted(answers | grades)])

    def rulings(self) -> tuple[Ruling, ...]:
        name, out = "corrections.csv", []
        for line, row in self.rows(name, ["file", "question", "answer"], ["reason", "by"]):
            if not row["by"]:
                self.fault(name, line, "'by' is empty; say who ruled (a role is enough)")
            if self.instrument:
                self._check_ruling(name, line, row, self.instrument)
            out.append(
                Ruling(row["file"].replace("\\", "/"), row["question"], row["answer"], row["reason"], row["by"], line)
            )
        return tuple(out)

    def _check_ruling(self, name: str, line: int, row: dict[str, str], instrument: Instrument) -> None:
        question, answer = row["question"], row["answer"]
        graded = [thing.id for thing in instrument.grades]
        if question in instrument.questions:
            self.one_of(name, line, "answer", answer, [*instrument.question_scale(question).values, "missing"])
        elif question.startswith("grade:") and question[6:] in graded:
            self.one_of(name, line, "answer", answer, [*instrument.grade_scale_of(question[6:]).values, "missing"])
        elif question == "score" and instrument.score:
            try:
                fits = instrument.score.minimum <= float(answer) <= instrument.score.maximum
            except ValueError:
                fits = answer == "missing"
            if not fits:
                span = f"{instrument.score.minimum:g} to {instrument.score.maximum:g}"
                self.fault(name, line, f"'answer' is '{answer}'; expected a number from {span}, or missing")
        elif question == "status":
            self.one_of(name, line, "answer", answer, STATUSES)
        elif question not in ("case", "agency"):
            known = [*instrument.questions, *(f"grade:{g}" for g in graded), "score", "case", "agency", "status"]
            self.one_of(name, line, "question", question, known)
        elif not answer:
            self.fault(name, line, "'answer' is empty")
