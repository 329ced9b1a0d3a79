"""The tables that come out, declared once.

This one declaration makes the check that every written table passes, the column order, the sort order and the
reference page of the documentation. Text columns hold an empty string where there is nothing, never a null; the one
numeric column (``score``) holds a null.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

ANSWERS = {
    "yes": "the form answers yes",
    "no": "the form answers no",
    "partly": "the form answers partly",
    "not_applicable": "the form says that the question does not apply",
    "not_known": "the form says that this is not known",
    "missing": "nothing was entered, or a printed prompt was left as it was",
    "unclear": "something was entered that cannot be read for certain; a person has to settle it",
}
GRADES = {
    "outstanding": "Outstanding (four-point scale)",
    "good": "Good (four-point scale)",
    "requires_improvement": "Requires improvement (four-point scale)",
    "inadequate": "Inadequate (four-point scale)",
    "exceeds_good": "Exceeds good (three-point scale)",
    "meets_good": "Meets good (three-point scale)",
    "does_not_meet_good": "Does not meet good (three-point scale)",
    "not_applicable": "the form says that a grade does not apply",
    "missing": "no grade was chosen",
    "unclear": "what was entered contradicts itself; a person has to settle it",
}
NOT_SUBSTANTIVE = ("missing", "unclear")
ANSWERED = ("yes", "no", "partly", "not_known", "not_applicable")
APPLICABLE = ("yes", "no", "partly", "not_known")

COLUMNS = {
    "going_well": "what went well",
    "worried": "what the agency is worried about",
    "needs_to_happen": "what needs to happen",
    "evidence": "evidence for a judgement",
    "impact": "impact on the child",
    "comment": "any other comment",
}
STATUSES = {
    "read": "the form was read and counts",
    "superseded": "a later version of the same return was read in its place",
    "duplicate": "the same form came twice; the first was read",
    "rejected": "not read; the reason says why and what to do",
}
KINDS = {
    "docx": "Word document",
    "docm": "Word document with macros (macros are never run)",
    "dotx": "Word template",
    "doc": "old Word document",
    "odt": "OpenDocument text",
    "rtf": "rich text",
    "pdf": "PDF",
    "xlsx": "Excel workbook",
    "xlsm": "Excel workbook with macros (macros are never run)",
    "xlsb": "binary Excel workbook",
    "xls": "old Excel workbook",
    "ods": "OpenDocument spreadsheet",
    "csv": "table of lines with separators (CSV, TSV)",
    "eml": "e-mail message",
    "zip": "zip archive",
    "picture": "a picture",
    "empty": "an empty file",
    "system": "a file that an operating system or an office program left behind",
    "other": "any other kind of file",
}
SEVERITIES = {
    "error": "a person has to act before the figures can be relied on",
    "warning": "a person should look",
    "note": "worth knowing; nothing has to be done",
}
REASON_CODES = {
    "": "",
    "empty_file": "the file is empty (0 bytes): ask the agency to send it again",
    "system_file": "a file left behind by the computer, not a return: it can be deleted",
    "lock_file": "a lock file that Word leaves while a document is open, not a return: ask for the document itself",
    "not_supported": "this kind of file cannot be read: ask for the Word form",
    "not_opened": "the file could not be opened: close other programs that use it, and allow reading it",
    "encrypted": "the file is protected by a password: ask for it without",
    "legacy_word": "an old Word file (.doc), which only a machine with LibreOffice can read: open it in Word and save it as .docx",
    "picture": "a picture, which cannot be read: ask for the Word file",
    "outlook_message": "an Outlook message (.msg): open it in Outlook and save the attached form by itself",
    "nothing_inside": "nothing is inside it: ask the agency to send the form itself",
    "damaged": "the file is damaged and cannot be opened: ask the agency to send it again",
    "unsafe": "the file is built in a way that no ordinary program writes, and was not opened: ask for a fresh copy",
    "too_large": "the file is far larger inside than any form: ask for a fresh copy",
    "timeout": "reading the file took too long and was stopped: ask for a fresh copy",
    "reader_failed": "the reader failed on this file: ask for a fresh copy, and report the fault",
    "not_a_return": "not a filled-in form of this audit: another document; if a form is missing, ask the agency for it",
    "other_instrument": "a form of another audit tool: check which audit it belongs to",
    "blank_form": "the form was sent back with nothing filled in: ask the agency for the completed form",
    "uneven_row": "the row has more or fewer cells than the table, so that its answers may stand in the wrong columns: put the "
    "table right and export it again, or, where the row is right as it stands, add a line for `status` to corrections.csv",
    "several_forms": "the file holds more than one filled-in form: save each as a file of its own",
    "case_unknown": "the form and its file name do not say which case it is about: add a line for `case` to corrections.csv",
    "case_conflict": "the form and its file name name two different cases: add a line for `case` to corrections.csv",
    "agency_unknown": "the form and its file name do not say which agency sent it: add a line for `agency` to corrections.csv",
    "version_unknown": "several forms for the same case and agency, and nothing says for certain which is the latest: "
    "add a line for `status` to corrections.csv",
    "ruled_out": "set aside by a person in corrections.csv",
    "duplicate": "the same as another form",
    "superseded": "replaced by a later version",
}
VERDICTS = {
    "agrees": "the returns say the same",
    "contradicts": "the returns say something else",
    "unit_wrong": "the figure is right, but of other things than the text says: of returns, not of cases",
    "impossible": "no number of so many cases, or returns, can give this figure",
    "inconsistent": "the text gives another figure for the same thing elsewhere",
    "not_checked": "nothing could be held against it; a person has to",
}
CHECKS = {
    "answer_unclear": "an answer that cannot be read for certain",
    "grade_unclear": "a grade that cannot be read for certain",
    "score_unclear": "a score that cannot be read for certain",
    "answer_missing": "a question with no answer",
    "grade_missing": "a grade that was not chosen",
    "score_missing": "a score that was not given",
    "question_not_found": "a question that is not in the returned form",
    "question_twice": "a question that stands twice in the returned form",
    "question_added": "a row in a table of questions that the tool does not have",
    "question_wording": "a question whose number and wording do not belong together",
    "answer_not_expected": "an answer to a question that does not apply",
    "date_unclear": "a date that cannot be read for certain",
    "action_incomplete": "an owner or a date beside which no action stands",
    "action_without_owner": "an action that nobody is named to do",
    "action_without_date": "an action without a date that can be read",
    "not_applicable_unexplained": "'not applicable' without the explanation that the tool asks for",
    "value_taken": "a value that was not written in one of the usual ways, and how it was taken",
    "agency_taken": "an agency that was not written in one of the usual ways, and how it was taken",
    "agency_not_requested": "a return from an agency that was not asked about this case",
    "case_not_requested": "a return about a case that nobody was asked about",
    "return_rejected": "a file that was not read",
    "return_superseded": "a file replaced by a later version",
    "return_duplicate": "a file that came twice",
    "return_second": "a second return from the same kind of agency about the same case; both are counted",
    "return_missing": "a form that was asked for and has not come back",
    "text_lost": "the reader gave less text than the file holds",
    "text_not_placed": "text in the form that belongs to no question",
    "hidden_text": "hidden text, which was not read",
    "comments_in_file": "comments in the margin of the document, which were not read",
    "tracked_changes": "tracked changes, read as if accepted",
    "hidden_sheet": "a hidden sheet, which was not read",
    "formula_without_value": "a formula whose result the file does not hold",
    "encoding_assumed": "a text file that does not say how its letters are written, and how it was taken",
    "uneven_row": "a row with more or fewer cells than the table has columns",
    "reading_order": "a place where the order of the text on the page is not certain",
    "external_reference": "the file refers to something outside itself, which was not opened",
    "drawn_over": "a line, a shape, a text box or a control on the page that may mark or say something and was not read",
    "embedded_object": "an embedded file or picture, which was not opened",
    "ruling_applied": "a person's ruling in corrections.csv was applied",
    "ruling_unused": "a ruling in corrections.csv that fits nothing",
    "detail_replaced": "an identifying detail that was replaced before anything was written",
    "lookback": "a date outside the period under review",
}


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
                Field("synthetic", "`yes` when the audit is made up for demonstration", ("yes", "no")),
                Field("made_by", "name and version of the program"),
                Field("inputs_sha256", "SHA-256 over everything that went in"),
            ),
        ),
    )
}
