"""What one received file holds: one form, a form in each sheet, or a return in each row of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from audit_lib.coding.coded import CodedForm, Problem
from audit_lib.coding.forms import code_form, code_matched, noted
from audit_lib.coding.matched import Place
from audit_lib.coding.matching import match_form
from audit_lib.coding.places.drawn import Drawn
from audit_lib.coding.places.sheets import as_document
from audit_lib.coding.returns_table.answer_columns import holds_several_answers
from audit_lib.coding.returns_table.rows import returns_table
from audit_lib.coding.values.cases import read_case
from audit_lib.instrument import Instrument
from audit_lib.rawform import RawForm, Table
from audit_lib.text import CASE_NOUN, case_key, closed_name, key, unglued, unlike

_MOST_COLUMNS, _MOST_ROWS = 1_000, 5_000
_LONGEST_NAME = 100  # of a sheet; Excel allows 31 letters
_MANY = 5  # questions that stand twice: so many are a second form
_SEVERAL = "the sheet holds more than one column of answers, as for several cases; send each as a form of its own"


@dataclass(frozen=True)
class Part:
    """One return that a file may hold.

    ``address`` says where in the file it stands, as the tables name it: empty for the whole file, ``!Case C`` for a sheet,
    ``#row 4`` for a row, ``!Returns#row 4`` for a row of a sheet. ``sent_in`` is when it was sent in (ISO), as an online form
    records it; empty when nothing says so. ``uneven`` is a row with more or fewer cells than its table.
    """

    address: str
    coded: CodedForm
    sent_in: str = ""
    uneven: bool = False


def parts_of(form: RawForm, instrument: Instrument, columns: Mapping[str, str]) -> list[Part]:
    """Every part of a file. ``columns`` gives headings of tables their meaning, as the audit says.

    Sheets that ask the same questions, or name different cases or agencies, are forms of their own; sheets that complete
    each other are one form. A sheet with a column of answers for each of several cases is several forms in one, of which none
    can be read for certain.
    """
    sheets = _sheets(form)
    if not sheets:
        return [Part("", code_form(form, instrument))]
    parts: list[Part] = []
    others: list[Table] = []
    uneven = {note.where for note in form.notes if note.check == "uneven_row"}
    for sheet in sheets:
        if _is_vast(sheet):
            parts.append(Part(f"!{closed_name(sheet.sheet)}" if len(sheets) > 1 else "", CodedForm()))
            continue
        rows = _rows_of(sheet, instrument, columns, uneven)
        parts += rows
        others += [] if rows else [sheet]
    if others:
        parts += _forms(others, form, instrument, beside_rows=bool(parts))
    return _apart(parts)


def _apart(parts: list[Part]) -> list[Part]:
    """The same parts, where two have one address (sheets of one name, which no program lets a person write) a number in it."""
    taken = set[str]()
    for place, part in enumerate(parts):
        parts[place] = replace(part, address=unlike(part.address, taken))
        taken.add(parts[place].address)
    return parts


def _sheets(form: RawForm) -> list[Table]:
    return [block for block in form.blocks if isinstance(block, Table) and (block.sheet or block.delimited)]


def _is_vast(sheet: Table) -> bool:
    """Whether a sheet is far larger than any form and any table of returns, and would only cost time."""
    return any(len(row) > _MOST_COLUMNS for row in sheet.rows()) or sum(1 for _ in sheet.rows()) > _MOST_ROWS


def _rows_of(sheet: Table, instrument: Instrument, columns: Mapping[str, str], uneven: set[str]) -> list[Part]:
    table = returns_table(sheet, instrument, columns)
    if table is None:
        return []
    prefix = f"!{closed_name(sheet.sheet)}" if sheet.sheet else ""
    rows = [
        Part(
            f"{prefix}#row {row.number}",
            code_matched(row.matched, instrument),
            row.sent_in,
            f"row {row.number}" in uneven,
        )
        for row in table.rows()
    ]
    rows = rows or [Part(prefix, CodedForm())] * bool(table.sums)
    above = [Place(list(cell.paragraphs), cell.locator()) for cell in table.above]
    for places, message in (
        (above, "text above the headings of the table, taken as printed matter"),
        (table.sums, "a row of totals, or of the headings once more, taken for no return"),
    ):
        told = [Problem("note", "text_not_placed", message, place.locator, place.text) for place in places]
        for part in rows[:1]:
            part.coded.problems += told
    return rows


def problems_of_file(form: RawForm, parts: list[Part]) -> list[Problem]:
    """What is true of a whole file that may hold several returns; a document tells it with its one form.

    Of an uneven row that is a return its own part tells.
    """
    if not _sheets(form):
        return []
    uneven = {part.address for part in parts if part.uneven}
    told = [noted(note) for note in form.notes if f"#{note.where}" not in uneven]
    if form.text_in_file != form.text_read:
        lost = abs(form.text_in_file - form.text_read)
        message = f"the text of the file and what was read differ by {lost} characters; open the file and compare"
        told.append(Problem("error", "text_lost", message))
    return told


def _forms(sheets: list[Table], form: RawForm, instrument: Instrument, *, beside_rows: bool) -> list[Part]:
    """Sheets that are no tables of returns: each a form, or all of them together one."""
    each = [_form([sheet], form, instrument) for sheet in sheets]
    asked = [name for coded in each for name in _asked(coded)]
    if len(sheets) == 1 and not beside_rows:
        return [Part("", each[0])]
    if len(asked) > len(set(asked)) or beside_rows or _differ(sheets, each):
        return [Part(f"!{closed_name(sheet.sheet)}", coded) for sheet, coded in zip(sheets, each, strict=True)]
    return [Part("", _form(sheets, form, instrument))]


def _form(sheets: list[Table], form: RawForm, instrument: Instrument) -> CodedForm:
    """Sheets as one form. Where a sheet holds several columns of answers, nothing in it is certain."""
    blocks = tuple(block for sheet in sheets for block in as_document(sheet))
    matched = match_form(replace(form, blocks=blocks), instrument)
    several = any(holds_several_answers(sheet, instrument) for sheet in sheets)
    if several:
        for found in matched.questions.values():
            found.doubt = _SEVERAL
        matched.grade_doubts |= dict.fromkeys(matched.grades, _SEVERAL)
        matched.unplaced += [matched.score] if matched.score else []
        matched.score = None
    coded = code_matched(matched, instrument, drawn=Drawn(form.notes))
    coded.questions_twice = max(coded.questions_found, _MANY) if several else coded.questions_twice
    for sheet in sheets:
        if _case_of_name(sheet):
            coded.header_again.setdefault("case", []).append(sheet.sheet)
    return coded


def _differ(sheets: list[Table], each: list[CodedForm]) -> bool:
    """Whether sheets name different cases or agencies, in their fields or (a case) by their names.

    What a sheet without questions says of the case counts where it is a case's number and no other text.
    """
    cases, agencies = set(), set()
    for sheet, coded in zip(sheets, each, strict=True):
        written = {name: value.as_written for name, value in coded.header.items()}
        case = written.get("case", "")
        cases |= {case_key(case) if _asked(coded) else case_key(read_case(case, ()))} if case else set()
        cases |= {case_key(_case_of_name(sheet))}
        agencies |= {key(written.get("agency", ""))} if _asked(coded) else set()
    return len(cases - {""}) > 1 or len(agencies - {""}) > 1


def _case_of_name(sheet: Table) -> str:
    """The case that the name of a sheet names ("Case A"); empty for none."""
    if len(sheet.sheet) > _LONGEST_NAME:
        return ""
    named = re.fullmatch(rf"\W*{CASE_NOUN}\s*(?:no\.?|number)?\s*(\S+)\W*", unglued(sheet.sheet), re.IGNORECASE)
    return read_case(named[1], ()) if named else ""


def _asked(coded: CodedForm) -> set[str]:
    """The questions and grades that a sheet asks for."""
    answers = {name for name, value in coded.answers.items() if value.locator}
    return answers | {f"grade:{name}" for name, value in coded.grades.items() if value.locator}
