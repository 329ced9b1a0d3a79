"""Filled-in case audit forms: a row for each area of practice with its judgement, then the agreed actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from audit_lib.instrument import GradedThing, HeaderField, Instrument
from audit_lib.samples.filled import FilledForm
from audit_lib.samples.word import BOLD, Pen, cell, document, paragraph, table

JudgementStyle = Literal["drop_down", "cell_drop_down", "typed"]
TextStyle = Literal["labelled", "same_line", "columns"]

_LABEL, _VALUE = 3000, 4565  # twentieths of a point
_AREA, _JUDGEMENT, _TEXT = 4200, 2200, 8700
_ACTION = (9130, 3000, 3000)
_TITLE = "Actions agreed for this child"
_HEADINGS = ("Action", "By whom", "By when")


@dataclass(frozen=True)
class CaseStyle:
    """The hand of the auditor, and what became of the printed layout.

    ``judgement`` says what the field of a judgement is: a drop-down in the cell, a drop-down that is the whole cell, or plain
    text; ``judgements_otherwise`` names areas with another one. ``text`` says where evidence and impact stand: in one cell, their
    labels in lines of their own (``labelled``) or before the first words, or in columns of their own. ``date_pickers`` makes the
    dates pickers with a prompt; without them ``no_date`` is what the form prints in an empty date of an action. ``number_actions``
    puts a number before each action.
    """

    judgement: JudgementStyle = "drop_down"
    judgements_otherwise: Mapping[str, JudgementStyle] = field(default_factory=dict)
    text: TextStyle = "labelled"
    date_pickers: bool = True
    no_date: str = ""
    number_actions: bool = False
    split_runs: bool = False
    modified: str = "2021-05-13T09:00:00Z"


def write_case_form(instrument: Instrument, filled: FilledForm, style: CaseStyle = CaseStyle()) -> bytes:
    """``filled`` as a .docx file: for instruments that ask for grades in rows. The same arguments give the same bytes."""
    return document(_CaseForm(instrument, filled, style).body(), style.modified)


class _CaseForm:
    """One form being written."""

    def __init__(self, instrument: Instrument, filled: FilledForm, style: CaseStyle) -> None:
        self._instrument, self._filled, self._style = instrument, filled, style
        self._pen = Pen(style.split_runs)

    def body(self) -> str:
        """The whole form: header, areas, further comments, actions."""
        title = paragraph(self._pen.run(self._instrument.title), "Title")
        parts = [title, self._header(), paragraph(), self._areas(), self._free_fields()]
        return "".join([*parts, self._actions() if self._instrument.actions else ""])

    def _label(self, text: str) -> str:
        return paragraph(self._pen.run(text), "Label")

    def _header(self) -> str:
        fields, widths = self._instrument.header, (_LABEL, _VALUE) * 2
        rows = []
        for at in range(0, len(fields), 2):
            pairs = [self._field(item) for item in fields[at : at + 2]]
            pairs += [cell(paragraph(), _LABEL) + cell(paragraph(), _VALUE)] * (2 - len(pairs))
            rows.append(pairs)
        return table(rows, widths)

    def _field(self, item: HeaderField) -> str:
        text = self._filled.in_header(item.id)
        value = self._date(text) if item.kind == "date" else self._pen.run(text)
        return cell(self._label(item.label), _LABEL) + cell(paragraph(value), _VALUE)

    def _date(self, text: str, no_date: str = "") -> str:
        if self._style.date_pickers:
            return self._pen.date_picker(text)
        return self._pen.run(text or no_date)

    # areas of practice

    def _areas(self) -> str:
        rated = [rater for rater in self._instrument.raters if any(who == rater.id for _, who in self._filled.ratings)]
        texts = [column.heading for column in self._instrument.columns]
        headings = ["Area of practice", "Judgement", *(f"{rater.title} judgement" for rater in rated)]
        wide = _TEXT - _JUDGEMENT * len(rated)
        widths = [_AREA, *[_JUDGEMENT] * (1 + len(rated))]
        if self._style.text == "columns":
            headings, widths = headings + texts, widths + [wide // len(texts)] * len(texts)
        else:
            headings, widths = [*headings, f"Text: {' and '.join(texts)}"], [*widths, wide]
        rows = [[cell(self._label(text), width) for text, width in zip(headings, widths, strict=True)]]
        for area in self._instrument.graded("row"):
            cells = [cell(paragraph(self._pen.run(area.title, BOLD)), _AREA), self._judgement(area)]
            cells += [
                self._chosen(area, self._filled.ratings.get((area.id, rater.id), "missing"), None) for rater in rated
            ]
            rows.append([*cells, *self._texts(area, widths[2 + len(rated) :])])
        return table(rows, widths)

    def _judgement(self, area: GradedThing) -> str:
        code = self._filled.grades.get(area.id, "missing")
        return self._chosen(area, code, self._filled.grades_typed.get(area.id))

    def _chosen(self, area: GradedThing, code: str, typed: str | None) -> str:
        """The cell of a judgement. Text that is none of those on offer is typed, whatever the style; none leaves the prompt."""
        scale = self._instrument.grade_scale_of(area.id)
        options = [scale.label(value) for value in scale.order]
        text = typed if typed is not None and code != "missing" else "" if code == "missing" else scale.label(code)
        style = self._style.judgements_otherwise.get(area.id, self._style.judgement)
        if style == "typed" or (text and text not in options):
            return cell(paragraph(self._pen.run(text)), _JUDGEMENT)
        if style == "cell_drop_down":
            return self._pen.drop_down_cell(options, text, _JUDGEMENT)
        return cell(paragraph(self._pen.drop_down(options, text)), _JUDGEMENT)

    def _texts(self, area: GradedThing, widths: Sequence[int]) -> list[str]:
        """The cells of evidence and impact. A comment of neither kind stands before the labels."""
        written = self._filled.comments.get((area.id, area.id), {})
        if self._style.text == "columns":
            return [
                cell(self._lines(written.get(column.id, ())), width)
                for column, width in zip(self._instrument.columns, widths, strict=True)
            ]
        parts = [self._lines(written["comment"])] if "comment" in written else []
        if area.id != "overall" or set(written) - {"comment"}:
            for column in self._instrument.columns:
                parts.append(self._labelled(column.heading, written.get(column.id, ())))
        return [cell("".join(parts) or paragraph(), widths[0])]

    def _labelled(self, heading: str, texts: Sequence[str]) -> str:
        label = self._pen.run(f"{heading}:", BOLD)
        if self._style.text == "same_line" and texts:
            return paragraph(label + self._pen.run(f" {texts[0]}")) + self._lines(texts[1:], empty="")
        return paragraph(label) + self._lines(texts)

    def _lines(self, texts: Sequence[str], empty: str = paragraph()) -> str:
        return "".join(paragraph(self._pen.run(text)) for text in texts) or empty

    # below the areas

    def _free_fields(self) -> str:
        width = sum(_ACTION)
        return "".join(
            paragraph()
            + table(
                [
                    [cell(self._label(item.label), width)],
                    [cell(self._lines(self._filled.free.get(item.id, ())), width)],
                ],
                [width],
            )
            for item in self._instrument.free_fields
        )

    def _actions(self) -> str:
        title = [cell(self._label(_TITLE), sum(_ACTION), span=len(_ACTION))]
        headings = [cell(self._label(text), width) for text, width in zip(_HEADINGS, _ACTION, strict=True)]
        rows = [
            [
                cell(paragraph(self._pen.run(f"{number}. {action}" if number else action)), _ACTION[0]),
                cell(paragraph(self._pen.run(by_whom)), _ACTION[1]),
                cell(paragraph(self._date(by_when, self._style.no_date)), _ACTION[2]),
            ]
            for number, (action, by_whom, by_when) in self._listed()
        ]
        return paragraph() + table([title, headings, *rows], _ACTION)

    def _listed(self) -> list[tuple[int, tuple[str, str, str]]]:
        """Each action with its number, 0 where none is printed; and an empty row, as is left in most forms."""
        numbered = enumerate(self._filled.actions, start=1)
        return [*((at * self._style.number_actions, action) for at, action in numbered), (0, ("", "", ""))]
