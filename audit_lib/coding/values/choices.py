"""What was chosen from a scale: text and marks -> code. Answers and grades are read by the same rules.

The rules, in order. A value that they do not give for certain is ``unclear``, never guessed.

1. Tick boxes decide where there are any: one ticked is the choice, none is ``missing``, two are ``unclear``. Words beside
   them that say otherwise make the choice unclear.
2. Boxes and signs that are typed beside the values decide next, and what is typed behind the printed list of values; see
   :mod:`audit_lib.coding.values.typed_options`.
3. Struck text is deleted; a value of which only a part is struck may be either. What then stands is looked through for
   values of the scale, at the head of each line or after another value ("Yes / No", "Outstanding, Good").
4. One value standing is the choice; words after it are a remark, unless they hedge, deny, query or change it. Several: the
   one that is highlighted, else the one alone in bold or underlined, unless these are on different values. All values of the
   scale standing once each, unmarked in any way and with no words beside them: ``missing``, nothing was chosen. Anything
   else that contradicts itself: ``unclear``.
5. Words that are no value of the scale are ``unclear``; printed prompts and blanks are ``missing``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from audit_lib.coding.values.marking import (
    NO_MARKS,
    Marked,
    chosen_by_marks,
    marked_otherwise,
    marked_values,
    printed_marks,
)
from audit_lib.coding.values.remarks import unsettles
from audit_lib.coding.values.standing_values import (
    Standing,
    begins_with_value,
    lines_of,
    partly_struck,
    read_lines,
    scan,
)
from audit_lib.coding.values.typed_options import (
    after_printed_list,
    chosen_by_sign,
    is_picked_out,
    is_worked_on,
    signed_option,
    unquoted,
)
from audit_lib.rawform import Mark, Run
from audit_lib.scales import Scale
from audit_lib.text import clean, fold, listed, visible

_MARKS = {Mark.HIGHLIGHTED: "highlighting", Mark.BOLD: "bold", Mark.UNDERLINED: "underlining"}
_MARK_AFTER = re.compile(r"\w\s+[xX]\s*$")
_HAND_MARK = re.compile(r"\W*[xX]\W*")  # typed beside a box that a program ticks


@dataclass(frozen=True)
class Choice:
    """What was chosen. ``remark`` is what was written beside the value; ``usual`` is false where the value is certain by
    a rule that a person may want to check, or not certain at all.
    """

    code: str
    as_written: str
    remark: str = ""
    usual: bool = True


def written(runs: Iterable[Run]) -> str:
    """What stands in the form, as a person would retype it: without placeholders and struck text, with tick boxes."""
    parts = []
    for run in runs:
        if run.ticked is not None:
            parts.append("☒ " if run.ticked else "☐ ")
        elif not run.mark & (Mark.PLACEHOLDER | Mark.STRUCK):
            parts.append(run.text)
    return clean(re.sub(r"(?<=\w)\n+(?=\w)", " / ", "".join(parts)))


def _struck_out(runs: Iterable[Run]) -> str:
    """The words that were struck where nothing else stands, for whom an empty text would not show them: ``[struck out: Yes]``."""
    struck = clean("".join(run.text for run in runs if run.mark & Mark.STRUCK))
    return f"[struck out: {struck}]" if re.search(r"\w", struck) else ""


def marks_in(runs: tuple[Run, ...], scale: Scale) -> Marked | None:
    """Which values of a list have which kind of mark; None where fewer than two values stand."""
    standing, _ = read_lines(lines_of(run for run in runs if not run.mark & (Mark.PLACEHOLDER | Mark.STRUCK)), scale)
    several = len({value.code for value in standing}) > 1
    return marked_values((value.code, value.mark) for value in standing) if several else None


def printed_in_all(places: Iterable[tuple[tuple[Run, ...], Scale]]) -> Marked:
    """The marks that all printed lists of a form have alike."""
    return printed_marks(marked for runs, scale in places if (marked := marks_in(runs, scale)) is not None)


def choose(runs: tuple[Run, ...], scale: Scale, options: tuple[str, ...] = (), printed: Marked = NO_MARKS) -> Choice:
    """The choice that stands in a cell; see the module for the rules.

    ``options`` are the values that the form prints there, one in a line; all of them left standing is no choice. ``printed``
    are marks that all such lists of the form have.
    """
    as_written = written(runs) or _struck_out(runs)
    unclear = Choice("unclear", as_written, usual=False)
    runs = tuple(run for run in runs if not run.mark & Mark.PLACEHOLDER)
    if any(run.ticked is not None for run in runs):
        by_tick = _ticked(runs, scale, as_written)
        if by_tick and marked_otherwise(marks_in(runs, scale) or {}, by_tick.code, printed):
            return unclear
        if by_tick or any(run.ticked for run in runs):
            return by_tick or unclear
    lines = unquoted(lines_of(run for run in runs if not run.mark & Mark.STRUCK and run.ticked is None), scale)
    untouched = any(run.mark & Mark.UNTOUCHED and not scale.is_prompt(run.text) for run in runs)
    struck = any(run.mark & Mark.STRUCK and re.search(r"\w", run.text) for run in runs)
    plain = not untouched and all(run.ticked is None for run in runs)
    by_sign = (chosen_by_sign(lines, scale) if plain else None) or (signed_option(lines, scale) if options else None)
    if by_sign is not None:
        left = by_sign.code == "missing" and struck
        return unclear if left else Choice(by_sign.code, as_written, by_sign.remark, by_sign.usual)
    lines, certain = after_printed_list(lines, scale)
    standing, remarks = read_lines(lines, scale)
    if not standing and len(remarks) > 1:  # a value may be broken over two lines
        lines = [[(character, Mark.NONE) for character in " ".join(remarks)]]
        standing, remarks = read_lines(lines, scale)
    if not standing:
        marked = any(run.mark & Mark.HIGHLIGHTED and re.search(r"\w", run.text) for run in runs)
        return unclear if remarks or struck or marked else Choice("missing", as_written)
    some_marked_in_part = len({value.mixed for value in standing}) > 1
    if options and not remarks and _all_left(standing, options):
        return unclear if is_worked_on(lines) or some_marked_in_part else Choice("missing", as_written)
    if options and not remarks and standing[-1].alone and _all_left(standing[:-1], options):  # one of them again
        return Choice(standing[-1].code, as_written, usual=False) if standing[-1].code in options else unclear
    choice = _settle(standing, scale, as_written, printed)
    worked_on = remarks or some_marked_in_part or is_picked_out(lines)
    if (choice.code == "missing" and worked_on) or partly_struck(runs, choice.code, scale):
        return unclear
    if choice.code in ("missing", "unclear"):
        return choice
    remark = clean(" ".join([*(value.remark for value in standing if value.remark), *remarks]))
    if (
        untouched
        or not begins_with_value(lines, scale)
        or any(unsettles(choice.code, r, scale) for r in (*remarks, remark))
    ):
        return unclear
    usual = certain and choice.usual and not any(value.labelled for value in standing)
    return Choice(choice.code, choice.as_written, remark, usual)


def _all_left(standing: list[Standing], options: tuple[str, ...]) -> bool:
    """Whether every printed option stands once and alone, and none is marked; "Not sure/don't know" is one option."""
    codes = [value.code for value in standing if not value.goes_on]
    unmarked = len({value.mark for value in standing}) == 1
    return sorted(codes) == sorted(options) and unmarked and all(value.alone and value.sure for value in standing)


def _settle(standing: list[Standing], scale: Scale, as_written: str, printed: Marked) -> Choice:
    """The choice among the values that stand."""
    unclear = Choice("unclear", as_written, usual=False)
    counted = Counter(value.code for value in standing)
    sure = all(value.sure for value in standing)
    if not sure:
        return unclear
    if len(counted) == 1:
        return Choice(standing[0].code, as_written)
    marked = chosen_by_marks(marked_values((value.code, value.mark) for value in standing), printed)
    if marked:
        code = min(marked)
        return Choice(code, f"{as_written} {_mark_told(standing, code, scale)}") if len(marked) == 1 else unclear
    if set(scale.order) <= set(counted) and len(scale.order) > 2 and all(value.alone for value in standing):
        twice = [code for code, times in counted.items() if times > 1]
        if not twice:
            return Choice("missing", as_written)
        for typed, others in ((standing[-1], standing[:-1]), (standing[0], standing[1:])):
            ordered = [value.code for value in others if value.code in scale.order]
            in_order = tuple(ordered) in (scale.order, scale.order[::-1])
            if typed.own_line and in_order and len(others) == len(counted):
                return Choice(typed.code, as_written, usual=False)
    return unclear


def _mark_told(standing: list[Standing], code: str, scale: Scale) -> str:
    """By which marks a value was chosen among those that stand, for whom the text alone does not show it: ``[marked by bold: Good]``."""
    ours, others = ([value.mark for value in standing if (value.code == code) is chosen] for chosen in (True, False))
    told = [
        words for mark, words in _MARKS.items() if any(one & mark for one in ours) > any(one & mark for one in others)
    ]
    return f"[marked by {listed(told)}: {scale.label(code)}]"


def _ticked(runs: tuple[Run, ...], scale: Scale, as_written: str) -> Choice | None:
    """The choice by tick boxes; None when their labels are no values of the scale.

    A label stands after its box or before it. Where both readings are possible and differ, the choice is unclear.
    """
    unclear = Choice("unclear", as_written, usual=False)
    ticks = [run.ticked for run in runs if run.ticked is not None]
    before, after = _tick_labels(runs)
    readings = []
    for labels in (after, before):
        codes = [_label_code(label, scale) for label in labels]
        chosen = {code for code, ticked in zip(codes, ticks, strict=True) if ticked}
        readings.append((codes.count(""), chosen, labels))
    fewest = min(uncoded for uncoded, _, _ in readings)
    if fewest == len(ticks):
        return None
    if not any(ticks) and _typed_beside(runs, scale, len(ticks)):
        return unclear
    fitting = [(chosen, labels) for uncoded, chosen, labels in readings if uncoded == fewest]
    chosen, labels = fitting[0]
    if any(other != chosen for other, _ in fitting) or len(chosen) > 1 or "" in chosen:
        return unclear
    if not chosen:
        return Choice("missing", as_written)
    code = next(iter(chosen))
    remark = _beside_boxes(runs, labels, scale)
    if any(unsettles(code, piece, scale) or _HAND_MARK.fullmatch(piece) for piece in remark):
        return unclear
    return Choice(code, as_written, clean(" ".join(remark)))


def _beside_boxes(runs: tuple[Run, ...], labels: list[str], scale: Scale) -> list[str]:
    """What is said beside tick boxes: after a label, chosen or not, and on lines without a box."""
    pieces = []
    for label in labels:
        values, _ = scan([(character, Mark.NONE) for character in visible(label.strip())], scale)
        pieces += [value.remark for value in values if value.remark]
        pieces += ["x"] if _MARK_AFTER.search(visible(label)) else []
    text = "".join("\0" if run.ticked is not None else run.text for run in runs if not run.mark & Mark.STRUCK)
    pieces += [line for line in text.split("\n") if "\0" not in line and line.strip() and not scale.is_prompt(line)]
    return [clean(piece) for piece in pieces]


def _typed_beside(runs: tuple[Run, ...], scale: Scale, boxes: int) -> bool:
    """Whether more stands around empty boxes than one label for each."""
    text = "".join("\n" if run.ticked is not None else run.text for run in runs if not run.mark & Mark.STRUCK)
    pieces = [piece for piece in text.split("\n") if not scale.is_prompt(piece)]
    return len(pieces) > boxes or any(fold(piece) not in scale.spelled for piece in pieces)


def _tick_labels(runs: tuple[Run, ...]) -> tuple[list[str], list[str]]:
    """The text before each box and after it, on its line and up to the next box."""
    before: list[str] = []
    after: list[str] = []
    text = ""
    for run in runs:
        if run.ticked is not None:
            if before:
                after.append(text.split("\n")[0])
            before.append(text.split("\n")[-1])
            text = ""
        elif not run.mark & Mark.STRUCK:
            text += run.text
    after.append(text.split("\n")[0])
    return before, after


def _label_code(label: str, scale: Scale) -> str:
    """The value that a label stands for; it may carry its printed meaning after a dash ("Good - practice that ...")."""
    values, _ = scan([(character, Mark.NONE) for character in visible(label.strip())], scale)
    return values[0].code if len({value.code for value in values}) == 1 else ""
