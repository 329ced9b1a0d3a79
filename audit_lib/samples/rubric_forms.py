"""Filled-in rubrics: a table for each group of rows, four descriptors in each row, and a last column without a heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from audit_lib.instrument import GradedThing, Group, Instrument
from audit_lib.samples.filled import FilledForm
from audit_lib.samples.word import BOLD, HIGHLIGHTED, STRUCK, Pen, cell, document, paragraph, table

ChoiceStyle = Literal["letter", "word", "tick", "check_box", "highlight", "shade", "bold", "keep", "tracked", "strike"]

_LABEL, _DESCRIPTOR, _LAST = 2200, 2950, 1130  # twentieths of a point
_LETTERS = {"outstanding": "O", "good": "G", "requires_improvement": "R", "inadequate": "I"}
_COLOUR = "FFF2CC"
GUIDANCE = (
    "Look at the child's way through the service, and judge what the record shows.",
    "In each row choose the one description that fits best. Leave a row empty when you did not look at it.",
)


@dataclass(frozen=True)
class RubricStyle:
    """The hand of the auditor, and what became of the printed layout.

    ``choice`` says how a descriptor was chosen: by its letter or its grade in the last column, by a tick or a box beside it, by
    a mark, or by deleting the others; ``choices_otherwise`` names groups with another way. ``unlabelled`` are groups that the
    form prints without a column of labels.
    """

    choice: ChoiceStyle = "letter"
    choices_otherwise: Mapping[str, ChoiceStyle] = field(default_factory=dict)
    unlabelled: Sequence[str] = ()
    guidance: bool = True
    split_runs: bool = False
    modified: str = "2019-03-19T09:00:00Z"


def write_rubric_form(instrument: Instrument, filled: FilledForm, style: RubricStyle = RubricStyle()) -> bytes:
    """``filled`` as a .docx file: for instruments that ask to choose a descriptor. The same arguments give the same bytes.

    Text typed instead of a choice stands in the last column, and so does a comment beside a row.
    """
    return document(_RubricForm(instrument, filled, style).body(), style.modified)


class _RubricForm:
    """One form being written."""

    def __init__(self, instrument: Instrument, filled: FilledForm, style: RubricStyle) -> None:
        self._instrument, self._filled, self._style = instrument, filled, style
        self._pen = Pen(style.split_runs)

    def body(self) -> str:
        """The whole form: title, header, guidance, and the groups in order."""
        pen = self._pen
        parts = [paragraph(pen.run(self._instrument.title), "Title")]
        for item in self._instrument.header:
            text = self._filled.in_header(item.id)
            parts.append(paragraph(pen.run(f"{item.label}: ", BOLD) + pen.run(text)))
        parts += [paragraph(pen.run(text)) for text in GUIDANCE if self._style.guidance]
        for number, group in enumerate(self._instrument.groups, start=1):
            heading = paragraph(pen.run(f"Section {number}: {group.title}"), "Heading1")
            parts += [heading, self._table(group), paragraph()]
        return "".join(parts)

    def _table(self, group: Group) -> str:
        things = [thing for thing in self._instrument.graded("descriptor") if thing.group == group.id]
        labelled = group.id not in self._style.unlabelled
        scale = self._instrument.grade_scale_of(things[0].id)
        headings = [f"{_LETTERS[value]}: {scale.label(value)}" for value in scale.order]
        widths = [_LABEL] * labelled + [_DESCRIPTOR] * len(headings) + [_LAST]
        first = [cell(paragraph(self._pen.run(text), "Label"), _DESCRIPTOR) for text in headings]
        rows = [[*[cell(paragraph(), _LABEL)] * labelled, *first, cell(paragraph(), _LAST)]]
        for thing in things:
            label = [cell(paragraph(self._pen.run(thing.title)), _LABEL)] * labelled
            rows.append([*label, *self._row(thing)])
        return table(rows, widths)

    def _row(self, thing: GradedThing) -> list[str]:
        scale = self._instrument.grade_scale_of(thing.id)
        code = self._filled.grades.get(thing.id, "missing")
        typed = self._filled.grades_typed.get(thing.id)
        style = self._style.choices_otherwise.get(thing.group, self._style.choice)
        chosen = "" if typed is not None or code not in scale.order else code
        last = {"letter": _LETTERS.get(chosen, ""), "word": scale.label(chosen) if chosen else ""}.get(style, "")
        beside = [text for texts in self._filled.comments.get((thing.id, ""), {}).values() for text in texts]
        lines = [text for text in (typed if typed is not None else last, *beside) if text]
        cells = [self._descriptor(thing.descriptors[value], value, chosen, style) for value in scale.order]
        return [*cells, cell("".join(paragraph(self._pen.run(text)) for text in lines) or paragraph(), _LAST)]

    def _descriptor(self, text: str, value: str, chosen: str, style: ChoiceStyle) -> str:
        """The cell of one descriptor, as the way of choosing leaves it; nothing is marked when nothing was chosen."""
        pen, taken = self._pen, value == chosen
        if style == "check_box":
            return cell(paragraph(pen.check_box(taken) + pen.run(f" {text}")), _DESCRIPTOR)
        if style == "tick" and taken:
            return cell(paragraph(pen.run(f"{text} ✓")), _DESCRIPTOR)
        if style in ("highlight", "bold") and taken:
            return cell(paragraph(pen.run(text, HIGHLIGHTED if style == "highlight" else BOLD)), _DESCRIPTOR)
        if style == "shade" and taken:
            return cell(paragraph(pen.run(text)), _DESCRIPTOR, shade=_COLOUR)
        if not chosen or taken or style not in ("keep", "tracked", "strike"):
            return cell(paragraph(pen.run(text)), _DESCRIPTOR)
        if style == "keep":
            return cell(paragraph(), _DESCRIPTOR)
        return cell(paragraph(pen.deleted(text) if style == "tracked" else pen.run(text, STRUCK)), _DESCRIPTOR)
