"""What was received -> the tables of the contract, with identifying details replaced and every row accounted for."""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from audit_lib import __version__
from audit_lib.analysis.responses import ReturnsGrid, returns_grid
from audit_lib.audits import Audit, Ruling
from audit_lib.claims import Passage
from audit_lib.coding.coded import Action, Comment, Problem, Value
from audit_lib.instrument import HeaderField, Instrument
from audit_lib.pipeline.coding_comments import coding_rows, unused_codings
from audit_lib.pipeline.linting import claim_rows
from audit_lib.pipeline.people import names_of_people
from audit_lib.pipeline.received import CAN_BE_RULED_IN, Received, once_seen, rulings_by_file
from audit_lib.privacy.names import masked
from audit_lib.privacy.redact import Context, redact
from audit_lib.schema import REASON_CODES, TABLES
from audit_lib.store import AuditTables
from audit_lib.text import fold

Row = dict[str, object]
_HARMLESS = {"system_file", "lock_file", "picture_in_text", "duplicate", "superseded", "ruled_out"}
_SETTLED_BY = {
    "case_unknown": "case",
    "case_conflict": "case",
    "agency_unknown": "agency",
    "version_unknown": "status",
    "uneven_row": "status",
}
_NO_RETURN = {"not_a_return", "blank_form"}


class _Privacy:
    """Redaction for one audit, with an account of what was replaced where."""

    def __init__(self, audit: Audit, received: Iterable[Received]) -> None:
        rulings = audit.rows["privacy"]
        self._keep = frozenset(row["text"].casefold() for row in rulings if row["ruling"] == "keep")
        self._replace = tuple(row["text"] for row in rulings if row["ruling"] == "replace")
        self._known = frozenset((*audit.agencies, *audit.about.agencies, *audit.cases))
        self._names: dict[str, dict[str, str]] = {}
        for one in received:
            names = names_of_people(one, audit)
            for file in {
                one.file,
                one.file.removesuffix(one.address),
            }:  # what is told of a whole file may name any of its people
                self._names[file] = self._names.get(file, {}) | names
        self.replaced: Counter[tuple[str, str, str]] = Counter()

    def knows(self, file: str) -> bool:
        """Whether this is a file that came in, or a part of one."""
        return file in self._names

    def name(self, name: str, file: str) -> str:
        """A case or an agency: as it is when the audit knows it, else it may hold the name of a person."""
        return name if name in self._known else self.text(name, file)

    def text(self, text: str, file: str, locator: str = "") -> str:
        """``text`` of one form; ``file`` empty for the user's own files, where the names of every form count."""
        names = self._names[file] if file else {n: w for each in self._names.values() for n, w in each.items()}
        clean, found = redact(text, Context(names, self._keep, self._replace))
        self.replaced.update((file, locator, word) for word in found if file and locator)
        return clean


def tabulate(
    audit: Audit,
    received: list[Received],
    inputs_sha256: str,
    documents: Mapping[str, Sequence[Passage]] | None = None,
    earlier: Sequence[AuditTables] = (),
) -> dict[str, pd.DataFrame]:
    """Every table of the contract for one audit. ``documents`` are the texts that lie in its folder: name -> passages; ``earlier``
    are the audits that figures in its texts may be of.
    """
    privacy = _Privacy(audit, received)
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for one in received:
        rows["returns"].append(_return_row(one, privacy))
        rows["file_names"].append({"return_id": one.return_id, "shown": privacy.text(one.shown, one.file)})
        if one.status == "read":
            _form_rows(one, audit, privacy, rows)
    _number(rows["comments"], "comment_id", ("section", "question", "column", "text"))
    _number(rows["actions"], "action_id", ("action",))
    rows["requests"] = [{"case": r.case, "agency": r.agency, "due": r.due} for r in audit.requests]
    for name in ("cases", "meeting", "texts", "recommendations", "published"):
        rows[name] = [_redacted_row(name, row, privacy) for row in audit.rows[name]]
    rows["about"] = [_about_row(audit, inputs_sha256)]
    grid = returns_grid(*(TABLES[name].frame(rows[name]) for name in ("requests", "returns")))
    rows["quality"] = _quality_rows(audit, received, privacy, grid)
    frames = {name: schema.frame(rows[name]) for name, schema in TABLES.items()}
    tables = AuditTables(audit.id, frames, audit.instrument, audit.book)
    by_people = audit.rows.get("codings", ())
    frames["codings"] = TABLES["codings"].frame(coding_rows(tables, by_people, audit.book))
    if unused := unused_codings(tables, by_people):
        frames["quality"] = TABLES["quality"].frame([*rows["quality"], *({"audit": audit.id} | row for row in unused)])
    claims = claim_rows(tables, documents or {}, earlier)
    for row in claims:
        row |= {name: privacy.text(str(row[name]), "") for name in ("figure", "claim", "locator", "says")}
    return frames | {"claims": TABLES["claims"].frame(claims)}


def _redacted_row(name: str, row: dict[str, str], privacy: _Privacy) -> Row:
    return {f.name: privacy.text(row[f.name], "") if f.free_text else row[f.name] for f in TABLES[name].fields}


def _return_row(one: Received, privacy: _Privacy) -> Row:
    return {
        "return_id": one.return_id,
        "audit": one.audit,
        "case": privacy.name(one.case, one.file),
        "agency": privacy.name(one.agency, one.file),
        "agency_as_written": privacy.text(one.agency_as_written, one.file),
        "file": one.file,
        "sha256": one.sha256,
        "kind": one.kind,
        "status": one.status,
        "reason_code": one.reason_code,
        "reason": privacy.text(one.reason, one.file),
        "received": one.received[:10],
        "replaced_by": one.replaced_by,
        "evidence": privacy.text(one.evidence, one.file),
    }


def _form_rows(one: Received, audit: Audit, privacy: _Privacy, rows: dict[str, list[Row]]) -> None:
    coded, instrument = one.coded, audit.instrument
    known: Row = {
        "return_id": one.return_id,
        "audit": one.audit,
        "case": privacy.name(one.case, one.file),
        "agency": privacy.name(one.agency, one.file),
    }
    rulings = {ruling.question: ruling for ruling in rulings_by_file(audit)[one.file]}

    def value_row(value: Value, ruling: Ruling | None) -> Row:
        return known | {
            "as_written": privacy.text(value.as_written, one.file, value.locator),
            "locator": privacy.text(value.locator, one.file),
            "settled_by": ruling.by if ruling else "",
        }

    for question, value in coded.answers.items():
        ruling = rulings.get(question)
        asked = {
            "section": instrument.section_of[question],
            "question": question,
            "concept": instrument.questions[question].concept,
        }
        answer = {
            "answer": ruling.answer if ruling else value.code,
            "question_as_written": privacy.text(value.wording, one.file),
        }
        rows["answers"].append(value_row(value, ruling) | asked | answer)
    for thing in instrument.grades:
        value, ruling = coded.grades[thing.id], rulings.get(f"grade:{thing.id}")
        graded = {"section": thing.id, "concept": thing.concept, "grade": ruling.answer if ruling else value.code}
        rows["grades"].append(value_row(value, ruling) | graded)
    if coded.score is not None:
        ruling = rulings.get("score")
        number = coded.score.number if ruling is None else None if ruling.answer == "missing" else float(ruling.answer)
        rows["scores"].append(value_row(coded.score, ruling) | {"score": number})
    concepts = {thing.id: thing.concept for thing in instrument.grades}
    for (section, rater), value in coded.ratings.items():
        rated = {"section": section, "concept": concepts[section], "rater": rater, "grade": value.code}
        rows["grades"].append(value_row(value, None) | rated)
    for rater, value in coded.scores_by.items():
        rows["scores"].append(value_row(value, None) | {"rater": rater, "score": value.number})
    for comment in coded.comments:
        rows["comments"].append(known | _comment_row(comment, one.file, privacy))
    for action in coded.actions:
        rows["actions"].append(known | _action_row(action, one.file, privacy))
    for header in instrument.header:
        if header.id in coded.header and header.id not in ("case", "agency"):
            row = _field_row(header, coded.header[header.id], one.file, privacy)
            rows["fields"].append(row | {"return_id": one.return_id})


def _comment_row(comment: Comment, file: str, privacy: _Privacy) -> Row:
    return {
        "section": comment.section,
        "question": comment.question,
        "column": comment.column,
        "text": privacy.text(comment.text, file, comment.locator),
        "locator": privacy.text(comment.locator, file),
    }


def _action_row(action: Action, file: str, privacy: _Privacy) -> Row:
    return {
        "action": privacy.text(action.action, file, action.locator),
        "by_whom": privacy.text(action.by_whom, file, action.locator),
        "by_when": action.by_when,
        "by_when_as_written": privacy.text(action.written, file, action.locator),
        "locator": privacy.text(action.locator, file),
    }


def _field_row(header: HeaderField, value: Value, file: str, privacy: _Privacy) -> Row:
    """A field of the header; where a person is named, every word that may be a name is hidden."""
    text = masked(value.as_written, f"[{header.person}]") if header.person else value.as_written
    text = privacy.text(text, file, value.locator)
    stands = value.code if header.kind == "date" else text
    return {"field": header.id, "value": stands, "as_written": text, "locator": privacy.text(value.locator, file)}


def _number(rows: list[Row], name: str, parts: tuple[str, ...]) -> None:
    """Ids that stay the same when another row is added: a hash of place and text (the last of ``parts``); a repeat adds its
    ordinal.
    """
    seen: Counter[str] = Counter()
    for row in rows:
        place = [str(row[part]) for part in ("audit", "case", "agency", *parts[:-1])]
        whole = "\n".join([*place, fold(str(row[parts[-1]]))])
        seen[whole] += 1
        ordinal = f"\n{seen[whole]}" if seen[whole] > 1 else ""
        row[name] = hashlib.sha256(f"{whole}{ordinal}".encode()).hexdigest()[:16]


def _about_row(audit: Audit, inputs_sha256: str) -> Row:
    about = audit.about
    return {
        "audit": audit.id,
        "title": about.title,
        "theme": about.theme,
        "instrument": about.instrument,
        "date": about.date,
        "area": about.area,
        "lookback_months": str(audit.lookback_months or ""),
        "follows": about.follows,
        "codebook": about.codebook,
        "codebook_sha256": audit.book.fingerprint,
        "synthetic": "yes" if about.synthetic else "no",
        "made_by": f"audit-lib {__version__}",
        "inputs_sha256": inputs_sha256,
    }


def _quality_rows(audit: Audit, received: list[Received], privacy: _Privacy, grid: ReturnsGrid) -> list[Row]:
    rulings = rulings_by_file(audit)
    files = {one.file: one for one in received}
    rows: list[Row] = []
    for one in received:
        rows += [_file_row(one, audit.instrument)] if one.status != "read" else []
        problems = [problem for problem in one.problems if one.status == "read" or problem.check == "return_duplicate"]
        problems += one.coded.problems if one.status == "read" else []
        settled = {ruling.question for ruling in rulings[one.file] if not ruling.seen}
        left, of_whole = [problem for problem in problems if problem.settle not in settled], one.of_file
        if any(ruling.seen_of(one.return_id) for ruling in rulings[one.file]):
            left, of_whole = [once_seen(problem) for problem in left], [once_seen(problem) for problem in of_whole]
        rows += [_problem_row(one, problem, privacy, audit.instrument) for problem in left]
        of_file: Row = {"file": one.file.removesuffix(one.address), "return_id": "" if one.address else one.return_id}
        rows += [_problem_row(one, problem, privacy, audit.instrument) | of_file for problem in of_whole]
    for file, ruled in rulings.items():
        rows += [_ruling_row(files.get(file), ruling, audit.instrument, received) for ruling in ruled]
    for (file, locator, word), times in sorted(privacy.replaced.items()):
        message = f"{word} was put in place of an identifying detail" + (f", {times} times" if times > 1 else "")
        place: Row = {"file": file, "return_id": files[file].return_id, "locator": locator}
        rows.append(place | {"severity": "note", "check": "detail_replaced", "message": message})
    rows += _not_returned(grid, received)
    for row in rows:
        row["audit"] = audit.id
        if privacy.knows(str(row.get("file", ""))):
            row |= {
                name: privacy.text(str(row[name]), str(row["file"])) for name in ("message", "locator") if name in row
            }
    return rows


def _file_row(one: Received, instrument: Instrument) -> Row:
    """The row for a file that was not read."""
    if one.status in ("duplicate", "superseded"):
        check, severity = f"return_{one.status}", "note"
        instead = f"; {one.read_instead.known_as} counts in its place" if one.read_instead else ""
        message = f"{REASON_CODES[one.reason_code]}: {one.evidence}{instead}"
    elif one.read_instead:
        what = REASON_CODES[one.reason_code].split(":")[0]
        check, severity = "return_rejected", "note"
        message = f"replaced by {one.read_instead.known_as}, which is read ({one.evidence}): {what}"
    else:
        check, message = "return_rejected", one.reason
        severity = _severity(one)
    settle = _SETTLED_BY.get(one.reason_code, "status" if severity in ("error", "warning") else "")
    return {
        "severity": severity,
        "check": check,
        "file": one.file,
        "return_id": one.return_id,
        "message": message,
        "taken_as": one.status,
        "settle": correction_line(one.file, settle, instrument, can_be_read=one.reason_code in CAN_BE_RULED_IN),
    }


def _severity(one: Received) -> str:
    """How much a rejected file matters: it may be a return, unless it is known to be none."""
    if one.reason_code in _HARMLESS:
        return "note"
    return "warning" if one.reason_code in _NO_RETURN and not one.coded.header.get("agency") else "error"


def _problem_row(one: Received, problem: Problem, privacy: _Privacy, instrument: Instrument) -> Row:
    return {
        "severity": problem.severity,
        "check": problem.check,
        "file": one.file,
        "return_id": one.return_id,
        "locator": problem.locator,
        "message": problem.message,
        "as_written": privacy.text(problem.as_written, one.file),
        "taken_as": privacy.text(problem.taken_as, one.file),
        "settle": correction_line(one.file, problem.settle, instrument),
    }


def _ruling_row(one: Received | None, ruling: Ruling, instrument: Instrument, received: Sequence[Received]) -> Row:
    """Whether a ruling was applied. One on a file that is not read, or that is not there, changes nothing."""
    line = f"line {ruling.line} of corrections.csv"
    if one is None:
        close = difflib.get_close_matches(
            ruling.file.casefold(), meant := {one.file.casefold(): one for one in received}, 1, 0.8
        )
        hint = f"; did you mean {meant[close[0]].known_as}?" if close else "; check its spelling"
        message = f"{line} rules on a file, but no file of this name was received{hint}"
        return {"severity": "warning", "check": "ruling_unused", "message": message, "file": ruling.file}
    row: Row = {"file": one.file, "return_id": one.return_id, "taken_as": ruling.answer}
    confirmed = (ruling.question, ruling.answer) == ("status", one.status)  # read anyway, and a person says so too
    if ruling.seen and not ruling.seen_of(one.return_id):
        message = f"{line} says 'seen' of another file of this name; look at this one, and say so with its id: seen {one.return_id}"
        return row | {"severity": "warning", "check": "ruling_unused", "message": message}
    pointed_out = bool(one.of_file) or any(problem.check == "return_duplicate" for problem in one.problems)
    confirmed |= ruling.seen and (one.status == "read" or pointed_out)
    if (
        not confirmed
        and ruling.question not in one.settled
        and (ruling.question in ("case", "agency", "status") or one.status != "read")
    ):
        message = (
            f"{line} changes nothing, because this file is {one.status}; put it in the name of the file that is read"
        )
        return row | {"severity": "warning", "check": "ruling_unused", "message": message}
    reason = f": {ruling.reason}" if ruling.reason else ""
    message = f"{_ruled(ruling.question, instrument)} was settled as '{ruling.answer}' by {ruling.by}{reason}"
    if ruling.seen:
        message = f"{ruling.by} looked at what is pointed out, and nothing has to be done{reason}"
    return row | {"severity": "note", "check": "ruling_applied", "message": message}


def _ruled(question: str, instrument: Instrument) -> str:
    """What a ruling is about, in words."""
    titles = {f"grade:{thing.id}": f"the grade for {thing.title}" for thing in instrument.grades}
    return titles.get(question, question if question in instrument.questions else f"the {question}")


def correction_line(file: str, settle: str, instrument: Instrument, *, can_be_read: bool = True) -> str:
    """The line for corrections.csv that settles a value, with words in angle brackets for the person to fill in.

    A file that cannot be read can only be set aside (``can_be_read`` false).
    """
    possible = _possible(settle, instrument) if can_be_read or settle != "status" else "rejected"
    return csv_line([file, settle, f"<{possible}>", "<reason>", "<by>"]) if settle else ""


def csv_line(fields: Sequence[str]) -> str:
    """One line of a csv file, without its end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(fields)
    return out.getvalue()


def _possible(settle: str, instrument: Instrument) -> str:
    """What a ruling can say."""
    if settle in instrument.questions:
        return "|".join([*instrument.question_scale(settle).values, "missing"])
    if settle.startswith("grade:"):
        return "|".join([*instrument.grade_scale_of(settle.removeprefix("grade:")).values, "missing"])
    if settle == "score" and instrument.score:
        return f"{instrument.score.minimum:g} to {instrument.score.maximum:g}|missing"
    return "read|rejected" if settle == "status" else settle


def _not_returned(grid: ReturnsGrid, received: list[Received]) -> list[Row]:
    """A row for each request to which nothing has come. Whatever came, read or not, has a row of its own."""
    doubtful = any(
        one.status == "rejected" and _severity(one) == "error" and not (one.case and one.agency) for one in received
    )
    hint = "; look whether it is among the files that were not read" if doubtful else ""
    rows: list[Row] = []
    for cell in grid.in_state("not_back"):
        due = f", due {cell.due}," if cell.due else ""
        message = f"the form of {cell.agency} about case {cell.case}{due} has not come back{hint}"
        rows.append({"severity": "warning", "check": "return_missing", "message": message})
    return rows
