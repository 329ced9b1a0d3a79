"""How people enter things in a form: an answer, a grade, comments, a score - each in the ways that returned forms show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from audit_lib.samples.word import (
    BOLD,
    HIGHLIGHTED,
    ITALIC,
    STRUCK,
    UNDERLINED,
    Pen,
    block_control,
    cell,
    paragraph,
    table,
)

AnswerStyle = Literal[
    "typed", "drop_down", "legacy_drop_down", "tick_boxes", "legacy_tick_boxes", "tracked", "struck", "highlighted"
]
GradeStyle = Literal[
    "delete", "strike", "highlight", "bold", "underline", "typed", "tick_boxes", "legacy_tick_boxes",
    "drop_down", "legacy_drop_down", "tracked", "untouched", "two_left",
]  # fmt: skip
CommentStyle = Literal["bullets", "typed_bullets", "paragraphs", "line_breaks", "control", "nested_table", "tracked"]
ScoreStyle = Literal["own_line", "on_line", "after_question", "field", "out_of", "control"]

GRADE_PROMPT = "Please delete to leave one judgement:"
_DASHES = "_" * 28


def answer(pen: Pen, text: str, printed: Sequence[str], offered: Sequence[str], style: AnswerStyle) -> str:
    """The paragraph of an answer. ``printed`` are the two answers on the form, ``offered`` those in a list.

    ``text`` empty leaves the field as it was printed. Text that is none of those on offer is typed, whatever the style.
    """
    choices = offered if "drop_down" in style else printed
    chosen = next((choice for choice in choices if choice.casefold() == text.casefold()), "")
    if style == "typed" or (text and not chosen and style != "tracked"):
        return paragraph(pen.run(text))
    if style == "drop_down":
        return paragraph(pen.drop_down(choices, chosen))
    if style == "legacy_drop_down":
        return paragraph(pen.legacy_drop_down(choices, chosen))
    if style == "tracked":
        return paragraph(pen.deleted("/".join(printed)) + pen.inserted(text) if text else pen.run("/".join(printed)))
    if style in ("tick_boxes", "legacy_tick_boxes"):
        box = pen.check_box if style == "tick_boxes" else pen.legacy_check_box
        return paragraph("".join(box(choice == chosen) + pen.run(f" {choice}  ") for choice in choices))
    looks = {choice: _look(choice, chosen, style) for choice in choices}
    return paragraph(pen.run(" / ").join(pen.run(choice, looks[choice]) for choice in choices))


def _look(option: str, chosen: str, style: str) -> str:
    """How ``option`` looks when ``chosen`` was marked, or the others struck; nothing is marked when nothing was chosen."""
    if not chosen:
        return ""
    marks = {"highlight": HIGHLIGHTED, "highlighted": HIGHLIGHTED, "bold": BOLD, "underline": UNDERLINED}
    if style in ("strike", "struck"):
        return STRUCK if option != chosen else ""
    return marks[style] if option == chosen else ""


def grade(pen: Pen, chosen: str, options: Sequence[str], style: GradeStyle) -> str:
    """The paragraphs of a judgement: the printed prompt and the options, ``chosen`` marked in the manner of ``style``.

    ``chosen`` empty leaves all options standing and nothing marked. A ``chosen`` that is not among ``options`` is typed
    in their place. ``two_left`` leaves the option next to ``chosen`` standing too.
    """
    prompt = paragraph(pen.run(GRADE_PROMPT, ITALIC))
    if style == "untouched":
        chosen = ""
    if chosen and (style == "typed" or chosen not in options):
        return paragraph(pen.run(chosen))
    if style == "drop_down":
        return prompt + paragraph(pen.drop_down(options, chosen))
    if style == "legacy_drop_down":
        return prompt + paragraph(pen.legacy_drop_down(options, chosen))
    return prompt + "".join(_option(pen, option, chosen, options, style) for option in options)


def _option(pen: Pen, option: str, chosen: str, options: Sequence[str], style: GradeStyle) -> str:
    if style == "tick_boxes":
        return paragraph(pen.check_box(option == chosen) + pen.run(f" {option}"))
    if style == "legacy_tick_boxes":
        return paragraph(pen.legacy_check_box(option == chosen) + pen.run(f" {option}"))
    if not chosen or style not in ("delete", "two_left", "tracked", "typed"):
        return paragraph(pen.run(option, _look(option, chosen, style)))
    kept = {chosen}
    if style == "two_left":
        place = options.index(chosen)
        kept.add(options[place + 1 if place + 1 < len(options) else place - 1])
    if option in kept:
        return paragraph(pen.run(option))
    return pen.deleted_paragraph(option) if style == "tracked" else ""


def comments(pen: Pen, texts: Sequence[str], style: CommentStyle, width: int) -> str:
    """The comments in a cell or under a label, one for each of ``texts``; an empty paragraph, or a prompt, for none.

    A comment that holds a line feed would be read as two; ``width`` is the width of the cell.
    """
    if style == "control":
        if not texts:
            return paragraph(pen.text_control(""))
        return block_control("".join(paragraph(pen.run(text)) for text in texts))
    if not texts:
        return paragraph()
    if style == "nested_table":
        inner = width - 300
        return table(([cell(paragraph(pen.run(text)), inner)] for text in texts), [inner]) + paragraph()
    if style == "line_breaks":
        return paragraph(pen.run("\n".join(texts)))
    if style == "typed_bullets":
        return "".join(paragraph(pen.run(f"- {text}")) for text in texts)
    if style == "tracked":
        return "".join(paragraph(pen.inserted(text)) for text in texts)
    return "".join(paragraph(pen.run(text), "ListBullet" if style == "bullets" else "") for text in texts)


def score(pen: Pen, question: str, ends: tuple[str, str], text: str, style: ScoreStyle) -> str:
    """The question that asks for a score, the printed line between its ``ends``, and ``text`` (empty for no score).

    A score that is not a plain number ("between 7 and 8") always stands on a line of its own.
    """
    low, high = ends
    asked, line = paragraph(pen.run(question)), paragraph(pen.run(f"{low} {_DASHES * 2} {high}"))
    if style == "field" and (not text or _is_number(text)):
        return asked + paragraph(pen.run(f"{low} ") + pen.legacy_text(text) + pen.run(f" {high}"))
    if style == "control" and (not text or _is_number(text)):
        return asked + line + paragraph(pen.run("Score: ") + pen.text_control(text))
    if not text:
        return asked + line
    if style == "own_line" or not _is_number(text):
        return asked + line + paragraph(pen.run(text))
    if style == "out_of":
        return asked + line + paragraph(pen.run(f"{text}/{high}"))
    if style == "after_question":
        return paragraph(pen.run(f"{question} {text}")) + line
    return asked + paragraph(pen.run(f"{low} {_DASHES} {text} {_DASHES} {high}"))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None
