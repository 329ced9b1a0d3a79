"""The tables that come out, declared once.

This one declaration makes the check that every written table passes, the column order, the sort order and the
reference page of the documentation. Text columns hold an empty string where there is nothing, never a null; the one
numeric column (``score``) holds a null.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from audit_lib.codes import (
    ANSWERED,
    ANSWERS,
    APPLICABLE,
    CHECKS,
    COLUMNS,
    GRADES,
    KINDS,
    NOT_SUBSTANTIVE,
    REASON_CODES,
    SEVERITIES,
    STATUSES,
    VERDICTS,
)

__all__ = [
    "ANSWERED",
    "ANSWERS",
    "APPLICABLE",
    "CHECKS",
    "COLUMNS",
    "GRADES",
    "KINDS",
    "NOT_SUBSTANTIVE",
    "REASON_CODES",
    "SEVERITIES",
    "STATUSES",
    "TABLES",
    "VERDICTS",
    "Field",
    "TableSchema",
]


@dataclass(frozen=True)
class Field:
    """One column. ``codes`` lists the allowed values where there is a list; ``free_text`` marks text from a form."""

    name: str
    description: str
    codes: tuple[str, ...] | None = None
    free_text: bool = False
    numeric: bool = False


@dataclass(frozen=True)
class TableSchema:
    """One table: its columns in order, the columns that identify a row, and the order of rows (the key by default)."""

    name: str
    description: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    order: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The names of its columns, in order."""
        return [field.name for field in self.fields]

    def empty(self) -> pd.DataFrame:
        """A table of this shape without rows."""
        return self.frame([])

    def frame(self, rows: list[dict[str, object]]) -> pd.DataFrame:
        """A checked, sorted table from ``rows``; a column left out is empty."""
        data = {}
        for field in self.fields:
            values = [row.get(field.name, None if field.numeric else "") for row in rows]
            data[field.name] = pd.Series(values, dtype="Float64" if field.numeric else "str")
        return self.checked(pd.DataFrame(data, columns=self.columns))

    def checked(self, table: pd.DataFrame) -> pd.DataFrame:
        """``table`` in the declared order of columns and rows.

        Raises ValueError when a column is missing or unknown, a code is not in its list, text is null or a key is not
        unique: a fault in this program, not in a form.
        """
        if list(table.columns) != self.columns:
            raise ValueError(f"table {self.name}: columns {list(table.columns)}, expected {self.columns}")
        for field in self.fields:
            if field.numeric:
                continue
            if table[field.name].isna().any():
                raise ValueError(f"table {self.name}, column {field.name}: a null where text is expected")
            if field.codes is not None:
                unknown = sorted(set(table[field.name]) - set(field.codes))
                if unknown:
                    raise ValueError(f"table {self.name}, column {field.name}: {unknown} not in its list of codes")
        if self.key and table.duplicated(list(self.key)).any():
            raise ValueError(f"table {self.name}: the key {self.key} is not unique")
        order = list(self.order or self.key)
        return table.sort_values(order, kind="stable").reset_index(drop=True) if order else table.reset_index(drop=True)


_RETURN_ID = Field("return_id", "identifies the return: 16 hexadecimal digits")
_AUDIT = Field("audit", "the audit, as its folder is named")
_CASE = Field("case", "the case, as in requests.csv")
_AGENCY = Field("agency", "the agency, as in requests.csv where it was asked")
_SECTION = Field("section", "the section of the tool")
_CONCEPT = Field("concept", "what is asked, across tools and years; empty for none")
_AS_WRITTEN = Field("as_written", "what the form says, with identifying details replaced", free_text=True)
_LOCATOR = Field("locator", "where in the file it stands")
_SETTLED_BY = Field("settled_by", "who settled the value in corrections.csv; empty when the form did")
_RATER = Field("rater", "who gave it: empty for the agency, else the role of the moderator or panel")

TABLES: dict[str, TableSchema] = {
    schema.name: schema
    for schema in (
        TableSchema(
            "returns",
            "one row for each file received",
            ("return_id",),
            (
                _RETURN_ID,
                _AUDIT,
                _CASE,
                _AGENCY,
                Field("agency_as_written", "the agency as the form names it", free_text=True),
                Field("file", "the path under returns/"),
                Field("sha256", "SHA-256 of the innermost file"),
                Field("kind", "the kind of file, told by its content", tuple(KINDS)),
                Field("status", "what became of it", tuple(STATUSES)),
                Field("reason_code", "why it was not read", tuple(REASON_CODES)),
                Field("reason", "the same in words, and what to do", free_text=True),
                Field("received", "when it was received, where a message says so (ISO date)"),
                Field("replaced_by", "the return_id of the form read in its place"),
                Field("evidence", "what showed which version is the later one", free_text=True),
            ),
        ),
        TableSchema(
            "file_names",
            "how messages and reports name each file received",
            ("return_id",),
            (
                _RETURN_ID,
                Field("shown", "the path under returns/, with every word hidden that may be the name of a person"),
            ),
        ),
        TableSchema(
            "fields",
            "header fields of each form other than case and agency",
            ("return_id", "field"),
            (
                _RETURN_ID,
                Field("field", "the field of the tool"),
                Field("value", "the value, identifying details replaced", free_text=True),
                _AS_WRITTEN,
                _LOCATOR,
            ),
        ),
        TableSchema(
            "answers",
            "one row for each question of each return read",
            ("return_id", "question"),
            (
                _RETURN_ID,
                _AUDIT,
                _CASE,
                _AGENCY,
                _SECTION,
                Field("question", "the question of the tool"),
                _CONCEPT,
                Field("answer", "the answer"),
                _AS_WRITTEN,
                _LOCATOR,
                Field("question_as_written", "the wording in the form", free_text=True),
                _SETTLED_BY,
            ),
        ),
        TableSchema(
            "grades",
            "one row for each thing graded in each return read",
            ("return_id", "section", "rater"),
            (
                _RETURN_ID,
                _AUDIT,
                _CASE,
                _AGENCY,
                Field("section", "what was graded: a section, an area of practice, a row of a rubric, or `overall`"),
                _CONCEPT,
                _RATER,
                Field("grade", "the grade"),
                _AS_WRITTEN,
                _LOCATOR,
                _SETTLED_BY,
            ),
        ),
        TableSchema(
            "scores",
            "the overall score of each return read",
            ("return_id", "rater"),
            (
                _RETURN_ID,
                _AUDIT,
                _CASE,
                _AGENCY,
                _RATER,
                Field("score", "the score; null when missing or unclear", numeric=True),
                _AS_WRITTEN,
                _LOCATOR,
                _SETTLED_BY,
            ),
        ),
        TableSchema(
            "comments",
            "one row for each bullet, paragraph or line of comment",
            ("comment_id",),
            (
                Field("comment_id", "identifies the comment: 16 hexadecimal digits"),
                _RETURN_ID,
                _AUDIT,
                _CASE,
                _AGENCY,
                _SECTION,
                Field("question", "the question beside which it stands; empty beside a grade"),
                Field("column", "the column in which it stands", tuple(COLUMNS)),
                Field("text", "the comment, identifying details replaced", free_text=True),
                _LOCATOR,
            ),
        ),
        TableSchema(
            "codings",
            "what each comment says, by code of the codebook",
            ("comment_id", "code", "coder"),
            (
                Field("comment_id", "the comment"),
                Field("code", "the code, or `none`"),
                Field("coder", "`tool` or a person"),
                Field("evidence", "the words that led to the code", free_text=True),
                Field("start", "where these words begin in the text"),
                Field("end", "where they end"),
                Field("reason", "why the code was given", free_text=True),
                Field(
                    "certainty", "`sure`, or `unsure` where a person has to say whether it holds", ("sure", "unsure")
                ),
            ),
        ),
        TableSchema(
            "actions",
            "agreed actions with owner and date",
            ("action_id",),
            (
                Field("action_id", "identifies the action: 16 hexadecimal digits"),
                _RETURN_ID,
                _AUDIT,
                _CASE,
                Field("action", "what is to be done", free_text=True),
                Field("by_whom", "who is to do it", free_text=True),
                Field("by_when", "when (ISO date; empty when none can be read)"),
                Field("by_when_as_written", "when, as written", free_text=True),
                _LOCATOR,
            ),
        ),
        TableSchema(
            "quality",
            "everything that a person may have to look at",
            (),
            (
                Field("severity", "how much it matters", tuple(SEVERITIES)),
                Field("check", "what was checked", tuple(CHECKS)),
                _AUDIT,
                Field("file", "the path under returns/; empty when no file is meant"),
                _RETURN_ID,
                _LOCATOR,
                Field("message", "what was found and what to do", free_text=True),
                _AS_WRITTEN,
                Field("taken_as", "the code it was given"),
                Field("settle", "the line that settles it in corrections.csv"),
            ),
            order=("severity", "check", "file", "return_id", "locator", "message", "as_written", "taken_as", "settle"),
        ),
        TableSchema(
            "requests",
            "one row for each form asked for",
            ("case", "agency"),
            (_CASE, _AGENCY, Field("due", "when it was due (ISO date)")),
        ),
        TableSchema(
            "cases",
            "one row for each case",
            ("case",),
            (
                _CASE,
                Field("age", "age in years"),
                Field("sex", "sex"),
                Field("plan", "the child's plan"),
                Field("summary", "a pen picture", free_text=True),
                Field("agreed_grade", "the grade that the multi-agency meeting agreed"),
            ),
        ),
        TableSchema(
            "meeting",
            "what the multi-agency meeting agreed",
            (),
            (
                _CASE,
                Field("column", "the column", tuple(COLUMNS)),
                Field("text", "what was agreed", free_text=True),
                Field("about", "case, summary or process", ("case", "summary", "process")),
            ),
        ),
        TableSchema(
            "texts",
            "passages that a person writes for the report",
            (),
            (
                Field("section", "the part of the report"),
                Field("order", "place within that part"),
                Field("text", "the passage", free_text=True),
            ),
        ),
        TableSchema(
            "recommendations",
            "recommendations and what became of them",
            ("id",),
            (
                Field("id", "identifies the recommendation"),
                Field("finding", "what was found", free_text=True),
                Field("action", "what is to be done", free_text=True),
                Field("lead", "who leads", free_text=True),
                Field("due", "by when"),
                Field("status", "how far it is"),
                Field("outcome", "what came of it", free_text=True),
                Field("carried_from", "the recommendation of an earlier audit that it carries on"),
                Field("questions", "the questions, or things graded, that show whether it worked; ids joined by `;`"),
            ),
        ),
        TableSchema(
            "published",
            "figures already published, to be reproduced",
            (),
            (
                Field("question", "the question; empty for the whole"),
                Field("measure", "what was measured"),
                Field("value", "the figure as printed"),
                Field("decimals", "decimals printed"),
                Field("of", "the denominator: codes joined by +, or `answered` or `applicable`"),
                Field("source", "where it was printed", free_text=True),
            ),
        ),
        TableSchema(
            "claims",
            "figures in the texts of the audit folder, held against the returns",
            (),
            (
                Field("file", "the text's file"),
                Field("locator", "where in it the figure stands"),
                Field("figure", "the figure as it stands there", free_text=True),
                Field(
                    "claim", "the figure with some of the words around it, identifying details replaced", free_text=True
                ),
                Field("verdict", "what the returns say to it", tuple(VERDICTS)),
                Field("says", "the reason, in words"),
            ),
        ),
        TableSchema(
            "about",
            "one row: what was audited, with which tool, when, and what made these tables",
            ("audit",),
            (
                _AUDIT,
                Field("title", "the audit's title"),
                Field("theme", "the subject"),
                Field("instrument", "the tool"),
                Field("date", "when (ISO month or day)"),
                Field("area", "the area"),
                Field("lookback_months", "how far back the tool looks, in months"),
                Field("follows", "the earlier audit that it answers to"),
                Field("codebook", "the file with its codebook; empty for the one that comes with the project"),
                Field("codebook_sha256", "the fingerprint of that codebook"),
                Field("synthetic", "`yes` when the audit is made up for demonstration", ("yes", "no")),
                Field("made_by", "name and version of the program"),
                Field("inputs_sha256", "SHA-256 over everything that went in"),
            ),
        ),
    )
}
