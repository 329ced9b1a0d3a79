"""The CSV files of an audit folder: what may stand in each, and every fault of all of them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from audit_lib.audits.about import is_date, iso_day, rulable
from audit_lib.checked_files import read_csv, shown_value
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.instrument import Instrument, Score
from audit_lib.schema import ANSWERED, APPLICABLE, COLUMNS, NOT_SUBSTANTIVE
from audit_lib.text import case_key, did_you_mean, key, listed

Row = tuple[int, dict[str, str]]
FILES = (
    "requests.csv",
    "cases.csv",
    "meeting.csv",
    "texts.csv",
    "recommendations.csv",
    "codings.csv",
    "corrections.csv",
    "privacy.csv",
    "published.csv",
)
_SEEN_RETURN = re.compile(r"seen [0-9a-f]{16}")
DENOMINATORS = {"answered": ANSWERED, "applicable": APPLICABLE}


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

    @property
    def seen(self) -> bool:
        """Whether it says no more than that a person looked at what is pointed out, and that nothing has to be done."""
        return self.question == "status" and self.answer.split(" ")[0] == "seen"

    def seen_of(self, return_id: str) -> bool:
        """Whether what was seen is this return: any under its file's name, or the one whose id stands behind "seen"."""
        return self.seen and self.answer in ("seen", f"seen {return_id}")


class AuditFiles:
    """The CSV files of one audit folder; faults are gathered, so that every file is looked at."""

    def __init__(self, folder: Path, instrument: Instrument | None, faults: list[Fault]) -> None:
        self.folder, self.instrument, self.faults = folder, instrument, faults

    def rows(self, name: str, required: list[str], optional: list[str]) -> list[Row]:
        """The rows of one file that can be read, with a fault for each that cannot."""
        try:
            return read_csv(self.folder / name, required, optional, faults=self.faults)
        except UserFault as fault:
            self.faults += fault.faults
            return []

    def fault(self, name: str, line: int, message: str) -> None:
        """One more fault in the file ``name``."""
        self.faults.append(Fault(shown_path(self.folder / name), line, message))

    def one_of(self, name: str, line: int, column: str, value: str, known: Iterable[str]) -> None:
        """A fault when ``value`` is none of ``known``."""
        known = [word for word in known if word]
        if value not in known:
            hint = did_you_mean(value, known) or f"; expected {listed(known, 'or')}"
            self.fault(name, line, f"'{column}' is {shown_value(value) if value else 'empty'}{hint}")

    def filled(self, name: str, line: int, row: dict[str, str], *columns: str) -> None:
        """A fault for each of ``columns`` that holds nothing."""
        for column in columns:
            if not row[column]:
                self.fault(name, line, f"'{column}' is empty")

    def date(self, name: str, line: int, column: str, value: str, *, month: bool = False) -> None:
        """A fault when ``value`` is neither empty nor a date."""
        if value and not is_date(value, month=month):
            example = "2018-05-11, or 2018-05 for a month" if month else "2018-05-11"
            self.fault(name, line, f"'{column}' is {shown_value(value)}, which is not a date; write it as {example}")

    def once(self, name: str, line: int, value: object, seen: dict[object, int], what: str) -> None:
        """A fault when ``value`` stood in an earlier line; ``what`` says what the row does with it."""
        if value in seen:
            self.fault(name, line, f"{what} as line {seen[value]}")
        seen.setdefault(value, line)

    def requests(self) -> tuple[Request, ...]:
        """The forms asked for: the one file that has to be there, with one row at least.

        None where a row cannot be read, so that nobody is told that what stands in that row was not asked for.
        """
        name, out, before = "requests.csv", [], len(self.faults)
        if not (self.folder / name).exists():
            message = "there is no such file; every audit needs one, with a first line case,agency or case,agency,due"
            self.fault(name, 0, message)
            return ()
        seen: dict[object, int] = {}
        written: dict[str, tuple[str, int]] = {}
        rows = self.rows(name, ["case", "agency"], ["due"])
        all_read = len(self.faults) == before
        for line, row in rows:
            for column in ("case", "agency"):
                self.one_spelling(name, line, column, row[column], written)
            row["due"] = iso_day(row["due"])
            self.date(name, line, "due", row["due"])
            asked = (case_key(row["case"]), key(row["agency"]))
            if all(asked):
                self.once(name, line, asked, seen, "asks for the same case and agency")
            out.append(Request(row["case"], row["agency"], row["due"]))
        if not out and len(self.faults) == before:
            self.fault(name, 0, "asks for no form; write one line for each case and agency")
        return tuple(out) if all_read else ()

    def one_spelling(self, name: str, line: int, column: str, value: str, written: dict[str, tuple[str, int]]) -> None:
        """A case or an agency is a name, and is written alike wherever it stands."""
        if not key(value):
            problem = f"is '{value}', which is not a name: it holds no letter and no digit" if value else "is empty"
            self.fault(name, line, f"'{column}' {problem}")
            return
        first, at = written.setdefault(f"{column} {key(value)}", (value, line))
        if first != value:
            self.fault(
                name, line, f"'{column}' is '{value}', but '{first}' in line {at}; write it the same way in each line"
            )

    def cases(self, asked: tuple[str, ...]) -> tuple[dict[str, str], ...]:
        """The cases, each one of those asked about."""
        name, out = "cases.csv", []
        seen: dict[object, int] = {}
        scales = self.instrument.scales.values() if self.instrument else ()
        grades = [value for scale in scales if scale.kind == "grade" for value in scale.values]
        for line, row in self.rows(name, ["case"], ["age", "sex", "plan", "summary", "agreed_grade"]):
            if asked:
                self.one_of(name, line, "case", row["case"], asked)
            self.once(name, line, row["case"], seen, "gives the same case")
            if row["agreed_grade"] and self.instrument:
                self.one_of(name, line, "agreed_grade", row["agreed_grade"], grades)
            out.append(row)
        return tuple(out)

    def meeting(self, asked: tuple[str, ...]) -> tuple[dict[str, str], ...]:
        """What the meeting agreed, each row with what it is about."""
        name, out = "meeting.csv", []
        for line, row in self.rows(name, ["case", "column", "text"], ["about"]):
            self.one_of(name, line, "column", row["column"], COLUMNS)
            self.filled(name, line, row, "text")
            row["about"] = row["about"] or ("case" if row["case"] else "summary")
            self.one_of(name, line, "about", row["about"], ("case", "summary", "process"))
            if asked and (row["case"] or row["about"] == "case"):
                self.one_of(name, line, "case", row["case"], asked)
            out.append(row)
        return tuple(out)

    def texts(self) -> tuple[dict[str, str], ...]:
        """The passages for the report."""
        name, out = "texts.csv", []
        for line, row in self.rows(name, ["section", "order", "text"], []):
            self.filled(name, line, row, "section", "text")
            if not row["order"].isdecimal():
                found = f"is {shown_value(row['order'])}" if row["order"] else "is empty"
                self.fault(
                    name, line, f"'order' {found}; expected a whole number, 1 for the first passage of its section"
                )
            out.append(row)
        return tuple(out)

    def recommendations(self) -> tuple[dict[str, str], ...]:
        """The recommendations, each with an id of its own."""
        name, out = "recommendations.csv", []
        seen: dict[object, int] = {}
        columns = ["id", "finding", "action", "lead", "due", "status", "outcome"]
        tool = self.instrument
        shown_by = [*tool.questions, *(thing.id for thing in tool.grades)] if tool else []
        for line, row in self.rows(name, columns, ["carried_from", "questions"]):
            self.filled(name, line, row, "id")
            if row["id"]:
                self.once(name, line, row["id"], seen, f"'id' is {shown_value(row['id'])}, the same")
            self.date(name, line, "due", row["due"], month=True)
            for question in filter(None, (part.strip() for part in row["questions"].split(";"))):
                if self.instrument:
                    self.one_of(name, line, "questions", question, shown_by)
            if row["carried_from"] and not re.fullmatch(r"[^:\s]+:\S.*", row["carried_from"]):
                found = f"'carried_from' is {shown_value(row['carried_from'])}"
                self.fault(name, line, f"{found}; expected <audit>:<id>, such as neglect-2017:1")
            out.append(row)
        return tuple(out)

    def codings(self) -> tuple[dict[str, str], ...]:
        """The codings of comments by people: which codes there are is not known here."""
        name, out = "codings.csv", []
        seen: dict[object, int] = {}
        for line, row in self.rows(name, ["comment_id", "code", "coder"], []):
            self.filled(name, line, row, "comment_id", "code", "coder")
            if row["coder"] == "tool":
                self.fault(name, line, "'coder' is 'tool', which stands for the program; name the person")
            self.once(name, line, tuple(row.values()), seen, "says the same")
            out.append(row)
        return tuple(out)

    def privacy(self) -> tuple[dict[str, str], ...]:
        """The rulings on details. Their texts may be names of people: no message quotes them."""
        name, out = "privacy.csv", []
        seen: dict[object, int] = {}
        for line, row in self.rows(name, ["text", "ruling"], ["reason", "by"]):
            self.one_of(name, line, "ruling", row["ruling"], ("keep", "replace"))
            self.filled(name, line, row, "text")
            if row["text"]:
                self.once(name, line, row["text"].casefold(), seen, "rules on the same text")
            out.append(row)
        return tuple(out)

    def published(self) -> tuple[dict[str, str], ...]:
        """The figures already published; decimals left out are those of the value."""
        name, out = "published.csv", []
        for line, row in self.rows(name, ["question", "measure", "value"], ["decimals", "of", "source"]):
            number = re.fullmatch(r"\d+(?:\.(\d+))?", row["value"])
            places = len(number[1] or "") if number else 0
            row["decimals"] = row["decimals"] or str(places)
            if not number:
                found = shown_value(row["value"]) if row["value"] else "empty"
                self.fault(name, line, f"'value' is {found}; expected a number without signs such as %")
            if not row["decimals"].isdecimal():
                self.fault(name, line, f"'decimals' is {shown_value(row['decimals'])}; expected a whole number")
            elif int(row["decimals"]) < places:
                self.fault(
                    name, line, f"'decimals' is {row['decimals']}, but 'value' is {row['value']}; they must agree"
                )
            if self.instrument:
                self._check_measure(name, line, row, self.instrument)
            out.append(row)
        return tuple(out)

    def _check_measure(self, name: str, line: int, row: dict[str, str], instrument: Instrument) -> None:
        """Whether a measure is one, and goes with what it is measured of."""
        measure, question = row["measure"], row["question"]
        codes = {
            kind: {value for scale in instrument.scales.values() if scale.kind == kind for value in scale.values}
            | set(NOT_SUBSTANTIVE)
            for kind in ("answer", "grade")
        }
        shares = [f"{how}_{code}" for how in ("percent", "count") for code in sorted(codes["answer"] | codes["grade"])]
        wholes = ["mean_score", "returns_requested", "returns_read"]
        if measure in wholes:
            if question:
                self.fault(name, line, f"'question' is {shown_value(question)}; leave it empty beside '{measure}'")
            return
        if measure not in shares:
            expected = listed(["percent_<code>", "count_<code>", *wholes], "or")
            hint = did_you_mean(measure, [*shares, *wholes]) or f"; expected {expected}"
            self.fault(name, line, f"'measure' is {shown_value(measure) if measure else 'empty'}{hint}")
            return
        how, code = measure.split("_", 1)
        graded = [thing.id for thing in instrument.grades]
        known = [
            *(instrument.questions if code in codes["answer"] else ()),
            *(graded if code in codes["grade"] else ()),
        ]
        self.one_of(name, line, "question", question, known)
        if how == "percent" and question in known:
            self._check_denominator(
                name, line, code, row["of"], codes["answer" if question in instrument.questions else "grade"]
            )
        elif how == "count" and row["of"]:
            self.fault(name, line, f"'of' is {shown_value(row['of'])}; leave it empty beside a count")

    def _check_denominator(self, name: str, line: int, code: str, of: str, codes: set[str]) -> None:
        """A share of the whole: what is counted is in the denominator, and nothing is in it twice or unknown."""
        parts = tuple(of.split("+"))
        if of in DENOMINATORS:
            left_out = set(ANSWERED) - set(DENOMINATORS[of])
            parts = tuple(codes - set(NOT_SUBSTANTIVE) - left_out)
        unknown = [part for part in parts if part not in codes]
        for part in unknown:
            self.one_of(name, line, "of", part, [*DENOMINATORS, *sorted(codes)])
        if unknown:
            return
        if len(set(parts)) < len(parts):
            self.fault(name, line, f"'of' is {shown_value(of)}, which names a code twice")
        elif code not in parts:
            self.fault(name, line, f"'of' is {shown_value(of)}, which leaves out '{code}', the answer that is counted")

    def rulings(self, cases: Iterable[str], agencies: Iterable[str]) -> tuple[Ruling, ...]:
        """A person's rulings, one for each value; a case or an agency is one of those that the audit knows, where it knows any."""
        known = {"case": list(cases), "agency": list(agencies)}
        name, out = "corrections.csv", []
        seen: dict[object, int] = {}
        for line, row in self.rows(name, ["file", "question", "answer"], ["reason", "by"]):
            file = row["file"].replace("\\", "/")
            self.filled(name, line, row, "file")
            if not row["by"]:
                self.fault(name, line, "'by' is empty; say who ruled (a role is enough)")
            if self.instrument:
                self._check_ruling(name, line, row, self.instrument)
            if known.get(row["question"]):
                self.one_of(name, line, "answer", row["answer"], known[row["question"]])
            if file and row["question"]:
                self.once(name, line, (file, row["question"]), seen, "rules on the same value")
            out.append(Ruling(file, row["question"], row["answer"], row["reason"], row["by"], line))
        return tuple(out)

    def _check_ruling(self, name: str, line: int, row: dict[str, str], instrument: Instrument) -> None:
        question, answer = row["question"], row["answer"]
        known = [*rulable(instrument), "status"]
        if question not in known:
            self.one_of(name, line, "question", question, known)
        elif question in instrument.questions:
            self.one_of(name, line, "answer", answer, [*instrument.question_scale(question).values, "missing"])
        elif question.startswith("grade:"):
            self.one_of(name, line, "answer", answer, [*instrument.grade_scale_of(question[6:]).values, "missing"])
        elif question == "score":
            self._check_score(name, line, answer, instrument.score)
        elif question == "status" and not _SEEN_RETURN.fullmatch(answer):
            self.one_of(name, line, "answer", answer, ("read", "rejected", "seen"))

    def _check_score(self, name: str, line: int, answer: str, score: Score | None) -> None:
        if score is None:
            self.fault(name, line, "'question' is 'score', but the tool asks for none")
            return
        try:
            fits = score.minimum <= float(answer) <= score.maximum
        except ValueError:
            fits = answer == "missing"
        if not fits:
            span = f"{score.minimum:g} to {score.maximum:g}"
            found = shown_value(answer) if answer else "empty"
            self.fault(name, line, f"'answer' is {found}; expected a number from {span}, or missing")

    def misspelt(self) -> None:
        """A file whose name is nearly that of one we read, which is not there, would be passed over in silence."""
        there = {path.name for path in self.folder.iterdir() if path.suffix.lower() == ".csv"}
        absent = [name for name in FILES if not (self.folder / name).exists()]
        for name in sorted(there - set(FILES)):
            close = difflib.get_close_matches(
                Path(name).stem.lower(), [Path(one).stem for one in absent], n=1, cutoff=0.8
            )
            if close:
                self.fault(name, 0, f"this is not a file that we read; did you mean '{close[0]}.csv'?")
