"""Tables of questions and grades whose heading was deleted: what their columns hold, where their rows leave no doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit_lib.coding.places.columns import ANSWER, GRADE, NUMBER, QUESTION
from audit_lib.coding.questions import Questions, wording_fits
from audit_lib.coding.values.choices import choose
from audit_lib.instrument import GradedThing, Instrument
from audit_lib.rawform import Cell, Table
from audit_lib.scales import Scale
from audit_lib.text import clean, fold


def supposed_roles(
    table: Table, instrument: Instrument, questions: Questions, met: Mapping[int, Sequence[str]]
) -> list[str]:
    """The roles of the columns of a table that begins with a question instead of a heading; empty where they are not certain.

    ``met`` holds the headings of other tables of questions in the form, by their number of columns; without one of as many
    columns the tool's own order counts: number, question, answer, the columns of comments. The rows have to bear it out: each
    with the number of a question beside its wording, most answers readable, no plain answer among the comments.
    """
    rows = [list(cells) for cells in table.rows()]
    count = len(rows[0]) if rows else 0
    printed = [NUMBER, QUESTION, ANSWER, *(column.id for column in instrument.columns)]
    roles = list(met.get(count) or (printed if count == len(printed) else ()))
    if not {NUMBER, QUESTION, ANSWER} <= set(roles) or instrument.questions_in != "table":
        return []
    asking = [cells for cells in rows if len(cells) == count and clean(cells[roles.index(NUMBER)].text)]
    if not asking or asking[0] is not rows[0] or any(cell.row_span > 1 or cell.column_span > 1 for cell in rows[0]):
        return []
    codes = [_answer_of(cells, roles, instrument, questions) for cells in asking]
    sure = sum(code not in ("", "missing", "unclear") for code in codes)
    return roles if "" not in codes and sure > codes.count("unclear") else []


def _answer_of(cells: Sequence[Cell], roles: Sequence[str], instrument: Instrument, questions: Questions) -> str:
    """The answer in a row under these roles; empty where the row does not bear them out."""
    place = dict(zip(roles, cells, strict=True))
    number = fold(place[NUMBER].text)
    code = questions.code.fullmatch(number)
    asked = questions.asked([number, fold(place[QUESTION].text)], fold(place[QUESTION].text), None, set())
    if code is None or not asked or not wording_fits(instrument.questions[asked], place[QUESTION].text):
        return ""
    scale = instrument.question_scale(asked)
    comments = [fold(cell.text).strip(" .") for role, cell in place.items() if role not in (NUMBER, QUESTION, ANSWER)]
    if any(text not in scale.alone and scale.spelled.get(text) in scale.order for text in comments):
        return ""
    return choose(place[ANSWER].runs, scale, options=instrument.questions[asked].options).code


def roles_beside_a_grade(cells: Sequence[Cell], instrument: Instrument, thing: GradedThing) -> list[str]:
    """The roles of the columns of a table that begins with a grade, below the heading that asks for it: the grade, then the comments
    in the tool's own order. Empty where the first cell is no grade or the table has another number of columns.
    """
    if len(cells) != 1 + len(instrument.columns):
        return []
    grade = is_grade(cells[0].text, instrument.grade_scale_of(thing.id)) or lists_grades(cells[0], instrument)
    return [GRADE, *(column.id for column in instrument.columns)] if grade else []


def is_grade(text: str, scale: Scale) -> bool:
    """Whether a text is one grade, in words, and nothing else."""
    plain = fold(text).strip(" .:;*()[]")
    return plain in scale.spelled and not scale.only_alone(plain)


def lists_grades(cell: Cell, instrument: Instrument) -> bool:
    """Whether most values of a scale of grades stand in a cell, each in a line of its own."""
    scales = [scale for scale in instrument.scales.values() if scale.kind == "grade"]
    lines = {fold(line) for line in cell.text.split("\n")}
    return any(sum(fold(scale.label(value)) in lines for value in scale.order) >= 3 for scale in scales)
