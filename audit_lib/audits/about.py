"""``audit.yaml``: what was audited, with which tool, when."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, field_validator
from ruamel.yaml.comments import CommentedMap

from audit_lib.checked_files import checked, line_of, read_yaml, shown_value
from audit_lib.codebook.book import Codebook, load_codebook
from audit_lib.codebook.qdc import open_codebook
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.instrument import Instrument
from audit_lib.instruments import known_instruments, load_instrument, read_instrument
from audit_lib.scales import Strict
from audit_lib.text import did_you_mean, key, listed


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
    codebook: str = ""
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
        written = "" if date is None else str(date)
        if not is_date(written, month=True):
            what = f"{shown_value(written)} is not a date" if written else "a date is missing"
            raise ValueError(f"{what}; write a month such as 2018-05 or a day such as 2018-05-22")
        return written


def iso_day(text: str) -> str:
    """A day as spreadsheets write it on a British computer, 31/05/2019, as an ISO day; any other text as it is."""
    return re.sub(r"^(\d{1,2})/(\d{1,2})/(\d{4})$", lambda m: f"{m[3]}-{int(m[2]):02d}-{int(m[1]):02d}", text.strip())


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


class AboutReader:
    """Reads the ``audit.yaml`` of one folder. Its faults are gathered, so that the other files are looked at as well."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "audit.yaml"
        self.faults: list[Fault] = []
        self.data = CommentedMap()
        if not self.path.exists():
            self.faults.append(Fault(shown_path(self.path), 0, "there is no such file; every audit needs one"))
            return
        try:
            self.data = read_yaml(self.path)
        except UserFault as fault:
            self.faults += fault.faults

    def about(self) -> AuditFile | None:
        """What it says; None, with faults, when something is wrong with it."""
        if self.faults:
            return None
        try:
            about = checked(AuditFile, self.data, self.path)
        except UserFault as fault:
            self.faults += fault.faults
            about = None
        named, name = self.data.get("id"), self.folder.resolve().name
        if isinstance(named, str) and named != name:
            self._fault(["id"], f"'id' is {shown_value(named)}, but the folder is '{name}'; they must agree")
        self._check_agencies()
        return about

    def instrument(self) -> Instrument | None:
        """The instrument that it names; None, with faults, when there is none or something is wrong with it."""
        named = self.data.get("instrument")
        if not isinstance(named, str) or not named:
            return None
        try:
            instrument = self._read_instrument(named)
        except UserFault as fault:
            self.faults += fault.faults
            return None
        self._check_columns(instrument)
        return instrument

    def _fault(self, place: list[str], message: str) -> None:
        self.faults.append(Fault(shown_path(self.path), line_of(self.data, place), message))

    def _check_agencies(self) -> None:
        """Every spelling is a name, and stands for one agency."""
        agencies = self.data.get("agencies")
        seen: dict[str, str] = {}
        for agency, spellings in agencies.items() if isinstance(agencies, Mapping) else ():
            for spelling in (agency, *(spellings if isinstance(spellings, list) else ())):
                name = key(str(spelling))
                if not name:
                    self._fault(["agencies", agency], f"'{spelling}' is not a name: it holds no letter and no digit")
                elif seen.setdefault(name, agency) != agency:
                    message = f"'{spelling}' is given for two agencies, '{seen[name]}' and '{agency}'"
                    self._fault(["agencies", agency], message)

    def codebook(self) -> Codebook | None:
        """The codebook that it names, or the one that comes with the project; None, with faults, when something is wrong with it."""
        named = self.data.get("codebook")
        if not isinstance(named, str) or not named:
            return load_codebook()
        try:
            return open_codebook(self._beside("codebook", named))
        except UserFault as fault:
            self.faults += fault.faults
            return None

    def _beside(self, key: str, named: str) -> Path:
        """A file that lies in the folder. Raises UserFault when it does not."""
        path = self.folder / named
        if path.name == named and path.is_file():
            return path
        message = (
            f"'{key}' is {shown_value(named)}, and there is no such file beside it; put it into the folder of the audit"
        )
        raise UserFault([Fault(shown_path(self.path), line_of(self.data, [key]), message)])

    def _check_columns(self, instrument: Instrument) -> None:
        """Every column stands for a value of the instrument."""
        columns, known = self.data.get("columns"), rulable(instrument)
        for heading, question in columns.items() if isinstance(columns, Mapping) else ():
            if isinstance(question, str) and question not in known:
                hint = did_you_mean(question, known) or f"; expected {listed(known, 'or')}"
                self._fault(["columns", heading], f"'columns.{heading}' is {shown_value(question)}{hint}")

    def _read_instrument(self, named: str) -> Instrument:
        if named in known_instruments():
            return load_instrument(named)
        beside = self.folder / named
        if not named.endswith((".yaml", ".yml")):
            problem = "which is not one we know"
        elif beside.exists():
            return read_instrument(beside)
        else:
            problem = "and there is no such file beside it"
        hint = did_you_mean(named, known_instruments()) or f"; known: {listed(known_instruments())}"
        message = f"'instrument' is {shown_value(named)}, {problem}{hint}"
        raise UserFault([Fault(shown_path(self.path), line_of(self.data, ["instrument"]), message)])


def rulable(instrument: Instrument) -> list[str]:
    """The names of the values that corrections.csv can rule on, and that a column of a table can hold."""
    return [*instrument.questions, *(f"grade:{thing.id}" for thing in instrument.grades), "score", "case", "agency"]
