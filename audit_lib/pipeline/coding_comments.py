"""The codings of an audit's comments: by the program, and by people, whose word stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audit_lib.analysis.coder_agreement import TOOL
from audit_lib.analysis.rows import text_rows
from audit_lib.audits import Audit
from audit_lib.codebook.book import NO_CODE, Codebook
from audit_lib.codebook.coder import LEARNT, code_comment
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.store import AuditTables
from audit_lib.text import did_you_mean

CODINGS = "codings.csv"
Row = dict[str, object]


def check_codings(audit: Audit, book: Codebook) -> None:
    """Raises UserFault where ``codings.csv`` names codes that the codebook does not have."""
    known = [*(code.id for code in book.codes), NO_CODE]
    faults = [
        Fault(
            shown_path(audit.folder / CODINGS), 0, f"'{code}' is not a code of the codebook{did_you_mean(code, known)}"
        )
        for code in dict.fromkeys(row["code"] for row in audit.rows["codings"])
        if code not in known
    ]
    if faults:
        raise UserFault(faults)


def coding_rows(tables: AuditTables, by_people: Sequence[Mapping[str, str]], book: Codebook) -> list[Row]:
    """The rows of the table ``codings``. Where any person coded a comment, the program's codings of it give way."""
    comments = text_rows(tables.comments)
    there = {row["comment_id"] for row in comments}
    coded_by_people = {row["comment_id"] for row in by_people}
    rows: list[Row] = [
        {"comment_id": row["comment_id"], "code": row["code"], "coder": row["coder"], "certainty": "sure"}
        for row in by_people
        if row["comment_id"] in there
    ]
    for comment in comments:
        if comment["comment_id"] not in coded_by_people:
            rows += _by_tool(comment, book)
    return rows


def _by_tool(comment: Mapping[str, str], book: Codebook) -> Iterable[Row]:
    for coding in code_comment(comment["column"], comment["text"], book):
        yield {
            "comment_id": comment["comment_id"],
            "code": coding.code,
            "coder": TOOL,
            "evidence": coding.evidence,
            "start": str(coding.start),
            "end": str(coding.end),
            "reason": coding.reason if coding.reason == LEARNT else f"fits “{coding.reason}”",
            "certainty": "sure" if coding.certain else "unsure",
        }


def unused_codings(tables: AuditTables, by_people: Sequence[Mapping[str, str]]) -> list[Row]:
    """Rows of ``quality`` for codings of comments that are not there: the form may have changed since."""
    there = {row["comment_id"] for row in text_rows(tables.comments)}
    missing = list(dict.fromkeys(row["comment_id"] for row in by_people if row["comment_id"] not in there))
    return [
        {
            "severity": "warning",
            "check": "ruling_unused",
            "file": CODINGS,
            "message": f"there is no comment '{comment_id[:16]}', on which {CODINGS} gives a code; look it up in the table comments and "
            "mend or delete the line",
        }
        for comment_id in missing
    ]
