"""Sheets that hold more than one column of answers: one for each case or agency, beside one column of questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from audit_lib.coding.questions import Questions
from audit_lib.coding.returns_table.other_words import OF_ANOTHER, REMARKS
from audit_lib.coding.values.cues import cue_length, first_cue, without_articles
from audit_lib.instrument import Instrument
from audit_lib.rawform import Cell, Table
from audit_lib.scales import Scale
from audit_lib.text import fold

_NAME_WITHIN = 25  # characters that may stand before the words by which an area is known
_HEADINGS_WITHIN = 3  # rows above the first question in which the headings of the columns stand
_NO_RANK = ("not_applicable", "not_known")  # these stand in columns of comments too


def holds_several_answers(sheet: Table, instrument: Instrument) -> bool:
    """Whether plain answers or grades stand in two or more columns beside the questions of a sheet.

    Columns headed as comments, or as the answers of another rater or another year, do not count.
    """
    scales = _Asking(instrument)
    rows = [(cells, scales.scale(cells)) for cells in sheet.rows()]
    asking = [(cells, scale) for cells, scale in rows if scale is not None]
    if not asking:
        return False
    first = asking[0][0][0].row
    above = [cell for cells, _ in rows for cell in cells if first - _HEADINGS_WITHIN <= cell.row < first]
    filled: Counter[int] = Counter()
    answers: Counter[int] = Counter()
    for cells, scale in asking:
        for cell in cells:
            text = fold(cell.text).strip(" .")
            filled[cell.column] += bool(text)
            answers[cell.column] += text in scale.spelled and scale.spelled[text] not in _NO_RANK
    return (
        sum(
            count > 1 and count * 2 >= filled[column] and not _is_apart(above, column, instrument)
            for column, count in answers.items()
        )
        > 1
    )


def _is_apart(above: Sequence[Cell], column: int, instrument: Instrument) -> bool:
    """Whether a column is headed as one of comments, or as that of another rater or another year."""
    spanned = [cell for cell in above if cell.column <= column < cell.column + cell.column_span]
    heading = " ".join(fold(cell.text) for cell in spanned)
    values = {spelling for scale in instrument.scales.values() for spelling in scale.spelled}
    if any(fold(cell.text).strip(" .:?") in values for cell in spanned):  # a column for each value, of one answer
        return True
    cues = [cue for column in instrument.columns for cue in column.cues]
    cues += [cue for rater in instrument.raters for cue in rater.cues]
    return bool(cue_length(heading, cues) or re.search(rf"\b{REMARKS}\b", heading) or OF_ANOTHER.search(heading))


class _Asking:
    """Tells which rows ask for an answer or a grade, and on which scale."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._questions = Questions(instrument)

    def scale(self, cells: Sequence[Cell]) -> Scale | None:
        """The scale of the question or area of practice that a row asks for; None for no such row."""
        texts = [fold(cell.text) for cell in cells if cell.text.strip()][:2]
        wording = max(texts, key=len, default="")
        question = self._questions.asked(texts, wording if "?" in wording else "", None, set())
        if question:
            return self._instrument.question_scale(question)
        for area in self._instrument.graded("row"):
            place = first_cue(without_articles(texts[0]), area.cues) if texts else None
            if place and place[0] <= _NAME_WITHIN:
                return self._instrument.grade_scale_of(area.id)
        return None
