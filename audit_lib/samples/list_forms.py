"""Filled-in forms without tables: a question in a paragraph, its options below it with boxes, then the comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from audit_lib.instrument import Instrument, Question, TickList
from audit_lib.samples.filled import FilledForm
from audit_lib.samples.word import BOLD, HIGHLIGHTED, STRUCK, Pen, document, paragraph

OptionStyle = Literal["tick_boxes", "legacy_tick_boxes", "signs", "delete", "tracked", "strike", "highlight"]
ListStyle = Literal["tick_boxes", "legacy_tick_boxes", "signs"]
ListCommentStyle = Literal["below", "beside"]

BOTH = " + "  # joins the options of a question of which more than one is ticked
_COMMENTS, _END = "Comments:", "End"


@dataclass(frozen=True)
class PlainStyle:
    """The hand of the person who filled in the form.

    ``option`` says how an option was chosen, ``options_otherwise`` names questions with another way; ``ticked`` how the things of
    a list were ticked. ``comment`` says where a comment begins: below the printed "Comments:" or beside it.
    """

    option: OptionStyle = "tick_boxes"
    options_otherwise: Mapping[str, OptionStyle] = field(default_factory=dict)
    ticked: ListStyle = "tick_boxes"
    comment: ListCommentStyle = "below"
    numbers: Literal["1)", "1.", "Q1."] = "1)"
    split_runs: bool = False
    modified: str = "2014-03-20T09:00:00Z"


def write_list_form(instrument: Instrument, filled: FilledForm, style: PlainStyle = PlainStyle()) -> bytes:
    """``filled`` as a .docx file: for instruments that ask in paragraphs. The same arguments give the same bytes.

    An answer that is none of the options is typed below them, all left standing; several joined by :data:`BOTH` are all
    chosen. A thing of a list is ticked when its answer is "Yes".
    """
    return document(_PlainForm(instrument, filled, style).body(), style.modified)


class _PlainForm:
    """One form being written."""

    def __init__(self, instrument: Instrument, filled: FilledForm, style: PlainStyle) -> None:
        self._instrument, self._filled, self._style = instrument, filled, style
        self._pen = Pen(style.split_runs)

    def body(self) -> str:
        """The whole form, from its title to its end."""
        lists = {one.id: one for one in self._instrument.tick_lists}
        parts = [paragraph(self._pen.run(self._instrument.title), "Title"), self._header()]
        for question in self._instrument.questions.values():
            one = lists.pop(question.tick_list, None)
            if one is not None:
                parts += [self._list(one), self._comments(one.id)]
            if not question.tick_list:
                parts += [self._question(question), self._comments(question.id)]
        return "".join([*parts, paragraph(self._pen.run(_END))])

    def _header(self) -> str:
        pen = self._pen
        return "".join(
            paragraph(pen.run(f"{item.label}: ", BOLD) + pen.run(self._filled.in_header(item.id)))
            for item in self._instrument.header
        )

    def _asked(self, name: str, text: str) -> str:
        return paragraph(self._pen.run(f"{self._style.numbers.replace('1', name)} {text}"), "Label")

    # the list of things to tick

    def _list(self, one: TickList) -> str:
        items = [item for item in self._instrument.questions.values() if item.tick_list == one.id]
        return self._asked(one.id, one.text) + "".join(
            self._thing(item.text, ticked=self._filled.answers.get(item.id) == "Yes") for item in items
        )

    def _thing(self, text: str, *, ticked: bool) -> str:
        if self._style.ticked == "signs":
            return paragraph(self._pen.run(f"✓ {text}" if ticked else text))
        return paragraph(self._box(self._style.ticked, ticked=ticked) + self._pen.run(f" {text}"))

    def _box(self, style: str, *, ticked: bool) -> str:
        return self._pen.check_box(ticked) if style == "tick_boxes" else self._pen.legacy_check_box(ticked)

    # a question with its options

    def _question(self, question: Question) -> str:
        scale = self._instrument.question_scale(question.id)
        options = [scale.label(value) for value in question.options or scale.order]
        text = self._filled.answers.get(question.id, "")
        chosen = [option for option in options if option in text.split(BOTH)]
        style = self._style.options_otherwise.get(question.id, self._style.option)
        parts = [self._asked(question.id, question.text)]
        parts += [self._option(option, chosen, style, self._prompt(question, option)) for option in options]
        return "".join([*parts, "" if chosen or not text else paragraph(self._pen.run(text))])

    @staticmethod
    def _prompt(question: Question, option: str) -> str:
        """What the form prints beside the option "No", where it prints anything."""
        return f" - {question.prompts[-1]}" if question.prompts and option == "No" else ""

    def _option(self, option: str, chosen: Sequence[str], style: OptionStyle, prompt: str) -> str:
        taken, text = option in chosen, option + prompt
        if style in ("tick_boxes", "legacy_tick_boxes"):
            return paragraph(self._box(style, ticked=taken) + self._pen.run(f" {text}"))
        if style == "signs":
            return paragraph(self._pen.run(f"✓ {text}" if taken else text))
        if not chosen or taken:
            return paragraph(self._pen.run(text, HIGHLIGHTED if taken and style == "highlight" else ""))
        if style == "delete":
            return ""
        if style == "tracked":
            return self._pen.deleted_paragraph(text)
        return paragraph(self._pen.run(text, STRUCK if style == "strike" else ""))

    def _comments(self, name: str) -> str:
        section = self._instrument.section_of.get(name, "")
        texts = [text for texts in self._filled.comments.get((section, name), {}).values() for text in texts]
        if self._style.comment == "beside" and texts:
            first = paragraph(self._pen.run(f"{_COMMENTS} {texts[0]}"))
            return first + "".join(paragraph(self._pen.run(text)) for text in texts[1:]) + paragraph()
        written = "".join(paragraph(self._pen.run(text)) for text in texts)
        return paragraph(self._pen.run(_COMMENTS)) + written + paragraph()
