"""Answers and grades given by a sign in one of several columns, each headed by a value: "Yes", "No"; "Good", "Inadequate"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_lib.coding.matched import MatchedForm, Place
from audit_lib.instrument import Instrument
from audit_lib.rawform import Cell, Paragraph, Run
from audit_lib.text import clean, fold

_TICK = r"[(\[]?[✓✔√🗸☑☒]+[)\]]?|[(\[][x✗✘×✕][)\]]"
_TICKED = re.compile(rf"(?:{_TICK})\s*(?P<remark>.*)", re.IGNORECASE)
_CROSSED = re.compile(r"[x✗✘×✕]+", re.IGNORECASE)
_EMPTY_BOX = re.compile(r"[☐□▢]|[(\[]\s*[)\]]|")
_ODD = "what stands in its columns of values is neither a tick nor the value that heads the column"
_CROSS = "a cross may mean either, because the form has ticks too"
_SEVERAL = "more than one of its columns of values is marked"
SHADED = "some of its columns of values are coloured and none is ticked"
_SAID = {"yes": "Yes", "no": "No", "partly": "Partly", "not_known": "Not known", "not_applicable": "Not applicable"}


@dataclass(frozen=True)
class Option:
    """One cell of a row under the heading of a value. ``spellings`` are those of the value, folded; ``doubt`` says why it may belong
    under another heading, or to somebody else.
    """

    heading: str
    code: str
    spellings: frozenset[str]
    cell: Cell
    doubt: str = ""

    @property
    def sign(self) -> str:
        """``tick``, ``cross``, nothing for an empty cell or box, ``odd`` for other words."""
        return self._read()[0]

    @property
    def remark(self) -> str:
        """What was written behind the tick."""
        return self._read()[1]

    def _read(self) -> tuple[str, str]:
        states = [run.ticked for run in self.cell.runs if run.ticked is not None]
        text = clean(self.cell.text)
        said = fold(text).strip(" .")
        if said in self.spellings and re.search(
            "[a-wyz]", said
        ):  # the heading once more: a tick, or the label of a box
            return ("" if states == [False] else "tick" if states in ([], [True]) else "odd"), ""
        if states:
            return ("odd" if len(states) > 1 or text else "tick" if states[0] else ""), ""
        if _EMPTY_BOX.fullmatch(text):
            return "", ""
        if _CROSSED.fullmatch(text):
            return "cross", ""
        ticked = _TICKED.fullmatch(text)
        return ("tick", clean(ticked["remark"])) if ticked else ("odd", "")


class OptionRows:
    """The rows of such columns in one form: what a cross says in one of them, the others tell."""

    def __init__(self, instrument: Instrument, out: MatchedForm) -> None:
        self._instrument, self._out = instrument, out
        self._answers: dict[str, list[Option]] = {}
        self._grades: dict[str, list[Option]] = {}

    def take_answer(self, question: str, options: Iterable[Option]) -> None:
        """A row, or more of it, in which a question is answered."""
        self._answers.setdefault(question, []).extend(options)

    def take_grade(self, thing: str, options: Iterable[Option]) -> None:
        """A row, or more of it, in which a grade is given."""
        self._grades.setdefault(thing, []).extend(options)

    def finish(self) -> None:
        """At the end of the form: what was chosen in each row stands where an answer or grade in words would."""
        rows = [*self._answers.values(), *self._grades.values()]
        ticks = any(option.sign == "tick" for options in rows for option in options)
        for question, options in self._answers.items():
            found = self._out.questions[question]
            if options and not found.answer.paragraphs:
                listed = bool(self._instrument.questions[question].tick_list)
                said, where, doubt = _chosen(options, ticks=ticks, listed=listed)
                found.answer = Place(said, where)
                found.doubt = found.doubt or doubt
        for thing, options in self._grades.items():
            if options:
                said, where, doubt = _chosen(options, ticks=ticks, listed=False)
                self._out.grades.setdefault(thing, Place()).add(said, where)
                if doubt:
                    self._out.grade_doubts.setdefault(thing, doubt)


def _chosen(options: Sequence[Option], *, ticks: bool, listed: bool) -> tuple[list[Paragraph], str, str]:
    """What a row of such columns says, laid out as an answer in words; its place; why it is in doubt, if it is.

    One tick is the choice, whatever is crossed; one cross is, where the whole form has no tick (``ticks``). Nothing where
    every cell is empty. ``listed`` is true for a thing of a tick list, whose answer is laid out in the plainest words.
    """
    where = options[0].cell.locator(options[0].heading)
    signs = [option.sign for option in options]
    kind = "tick" if "tick" in signs else "cross"
    marked = {option.code: option for option, sign in zip(options, signs, strict=True) if sign == kind}
    shaded = sum(option.cell.shaded for option in options)
    doubt = ""
    if "odd" in signs:
        doubt = _ODD
    elif marked and any(option.doubt for option in options):
        doubt = next(option.doubt for option in options if option.doubt)
    elif len(marked) > 1:
        doubt = _SEVERAL
    elif marked and kind == "cross" and ticks:
        doubt = _CROSS
    elif not marked and 0 < shaded < len(options):
        doubt = SHADED
    if doubt:
        entered = [option for option in options if clean(option.cell.text) or option.sign]
        said = "; ".join(f"{option.heading}: {clean(option.cell.text) or '✓'}" for option in entered)
        return [Paragraph((Run(said),), where)], where, doubt
    if not marked:
        return [], where, ""
    (option,) = marked.values()
    label = _SAID.get(option.code, option.heading) if listed else option.heading
    said = f" {label} - {option.remark}" if option.remark else f" {label}"
    where = option.cell.locator(option.heading)
    return [Paragraph((Run(said),), where)], where, ""
