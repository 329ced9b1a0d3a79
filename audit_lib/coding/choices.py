"""What was chosen from a scale: text and marks -> code. Answers and grades are read by the same rules.

The rules, in order. A value that they do not give for certain is ``unclear``, never guessed.

1. Tick boxes decide where there are any: one ticked is the choice, none is ``missing``, two are ``unclear``. Words beside
   them that say otherwise make the choice unclear.
2. Boxes and signs that are typed beside the values decide next, and what is typed behind the printed list of values; see
   :mod:`audit_lib.coding.typed_options`.
3. Struck text is deleted. What then stands is looked through for values of the scale, at the head of each line or
   after another value ("Yes / No", "Outstanding, Good").
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
from dataclasses import dataclass, replace

from audit_lib.coding.marking import NO_MARKS, Marked, chosen_by_marks, marked_otherwise, marked_values, printed_marks
from audit_lib.coding.remarks import unsettles
from audit_lib.coding.typed_options import (
    Line,
    after_printed_list,
    chosen_by_sign,
    has_a_word_in_capitals,
    is_picked_out,
    is_worked_on,
    signed_option,
    text_of,
    unquoted,
)
from audit_lib.rawform import Mark, Run
from audit_lib.scales import Scale
from audit_lib.text import clean, fold, lower_same_length, visible

_SEPARATORS = re.compile(r"[\s/|,;:.()\[\]\-–—•▪·*_]*")
_CONNECTIVE = re.compile(r"(and|or|but|to|&|\+)\b\s*|[&+]\s*")
_WORDS_AFTER_A_DASH = re.compile(r"\s*(?:[:(]|\s[-–—])\s*(?=[a-z])")
_OF_ANOTHER = re.compile(
    r"moderat|panel|previous|last|was\b|target|sibling"
)  # a label before a value that is not this one
_OWN_LABEL = re.compile(  # a label that asks for the value: "Our judgement:", "R1:"
    r"\W*(?:(?:the|our|your|my|overall|final|agreed)\s+)*(?:answer|response|reply|judge?ment|grade|grading|rating|outcome|[a-z]{0,2}\d{1,2}[a-z]?)s?\W*"
)
_REMARK_BESIDE_A_LETTER = re.compile(r"\s*(?:\(|\s[-–—])\s*(?=[a-z]{2}|a\s[a-z])")  # "N - A" is not applicable
_BOX_BEFORE = re.compile(r"[\[\](){}☐☑☒○●]")
_NARROWING = re.compile(r"\s*[-–—,:(]\s*")
_OWN_LEAD = re.compile(  # the same without a colon: "Grade - good", "Overall good", "We rate this as good"
    r"(?:(?:our|overall|final|agreed) )*(?:answer|response|reply|judge?ment|grade|grading|rating) ?[-–—=] ?"
    r"|overall,? |(?:(?:i|we) (?:would )?)?(?:grade|rate|judge)d?(?: this| it)?(?: as| to be)? "
)
_NOT_APPLICABLE = re.compile(r"n\W*a\W*")
_MOST_VALUES = 20  # in one line: more than any scale has, and a line of them is no choice
_OPEN = ("tbc", "tba")  # alone nothing was entered; below a value it is not settled
_MARK_AFTER = re.compile(r"\w\s+[xX]\s*$")
_HAND_MARK = re.compile(r"\W*[xX]\W*")  # typed beside a box that a program ticks
_SPACES = re.compile(r"\s*")
_DECORATION = re.compile(r"[()\[\]*<>]")


@dataclass(frozen=True)
class Choice:
    """What was chosen. ``remark`` is what was written beside the value; ``usual`` is false where the value is certain by
    a rule that a person may want to check, or not certain at all.
    """

    code: str
    as_written: str
    remark: str = ""
    usual: bool = True


@dataclass(frozen=True)
class _Standing:
    """One value of the scale as it stands in the text, with the mark of its letters and the words after it.

    ``sure`` is false when the words after it take its certainty. ``alone`` is true when its line holds values and
    nothing else, not even a bracket, ``own_line`` when it is the only one. ``labelled`` is true where somebody put words of their
    own before it ("Dad: No"), which then are the first of the remark.
    """

    code: str
    mark: Mark
    remark: str = ""
    sure: bool = True
    alone: bool = False
    own_line: bool = False
    labelled: bool = False


def written(runs: Iterable[Run]) -> str:
    """What stands in the form, as a person would retype it: without placeholders and struck text, with tick boxes."""
    parts = []
    for run in runs:
        if run.ticked is not None:
            parts.append("☒ " if run.ticked else "☐ ")
        elif not run.mark & (Mark.PLACEHOLDER | Mark.STRUCK):
            parts.append(run.text)
    return clean(re.sub(r"(?<=\w)\n+(?=\w)", " / ", "".join(parts)))


def marks_in(runs: tuple[Run, ...], scale: Scale) -> Marked | None:
    """Which values of a list have which kind of mark; None where fewer than two values stand."""
    standing, _ = _read_lines(_lines(run for run in runs if not run.mark & (Mark.PLACEHOLDER | Mark.STRUCK)), scale)
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
    as_written = written(runs)
    unclear = Choice("unclear", as_written, usual=False)
    runs = tuple(run for run in runs if not run.mark & Mark.PLACEHOLDER)
    if any(run.ticked is not None for run in runs):
        by_tick = _ticked(runs, scale, as_written)
        if by_tick and marked_otherwise(marks_in(runs, scale) or {}, by_tick.code, printed):
            return unclear
        if by_tick or any(run.ticked for run in runs):
            return by_tick or unclear
    lines = unquoted(_lines(run for run in runs if not run.mark & Mark.STRUCK and run.ticked is None), scale)
    untouched = any(run.mark & Mark.UNTOUCHED and not scale.is_prompt(run.text) for run in runs)
    struck = any(run.mark & Mark.STRUCK and re.search(r"\w", run.text) for run in runs)
    plain = not untouched and all(run.ticked is None for run in runs)
    by_sign = (chosen_by_sign(lines, scale) if plain else None) or (signed_option(lines, scale) if options else None)
    if by_sign is not None:
        left = by_sign.code == "missing" and struck
        return unclear if left else Choice(by_sign.code, as_written, by_sign.remark, by_sign.usual)
    lines, certain = after_printed_list(lines, scale)
    standing, remarks = _read_lines(lines, scale)
    if not standing and len(remarks) > 1:  # a value may be broken over two lines
        lines = [[(character, Mark.NONE) for character in " ".join(remarks)]]
        standing, remarks = _read_lines(lines, scale)
    if not standing:
        marked = any(run.mark & Mark.HIGHLIGHTED and re.search(r"\w", run.text) for run in runs)
        return unclear if remarks or struck or marked else Choice("missing", as_written)
    if options and not remarks and _all_left(standing, options):
        return unclear if is_worked_on(lines) else Choice("missing", as_written)
    if options and not remarks and standing[-1].alone and _all_left(standing[:-1], options):  # one of them again
        return Choice(standing[-1].code, as_written, usual=False) if standing[-1].code in options else unclear
    choice = _settle(standing, scale, as_written, printed)
    if choice.code == "missing" and (remarks or is_picked_out(lines)):  # something was done to what is printed
        return unclear
    if choice.code in ("missing", "unclear"):
        return choice
    remark = clean(" ".join([*(value.remark for value in standing if value.remark), *remarks]))
    if (
        untouched
        or not _begins_with_value(lines, scale)
        or any(unsettles(choice.code, r, scale) for r in (*remarks, remark))
    ):
        return unclear
    usual = certain and choice.usual and not any(value.labelled for value in standing)
    return Choice(choice.code, as_written, remark, usual)


def _read_lines(lines: list[Line], scale: Scale) -> tuple[list[_Standing], list[str]]:
    """The values that stand at the head of the lines, and the lines that are neither value nor prompt."""
    standing, remarks = [], []
    for line in lines:
        values, rest = _scan(line, scale)
        standing += values
        if rest and (not scale.is_prompt(rest) or (standing and fold(rest) in _OPEN)):
            remarks.append(rest)
    return standing, remarks


def _begins_with_value(lines: list[Line], scale: Scale) -> bool:
    """Whether the first line that is not a prompt begins with a value, so that other lines are remarks on it."""
    for line in lines:
        values, rest = _scan(line, scale)
        if values or not scale.is_prompt(rest):
            return bool(values)
    return False


def _lines(runs: Iterable[Run]) -> list[Line]:
    """The text as lines of (character, mark), without invisible characters; blank lines left out."""
    lines: list[Line] = [[]]
    for run in runs:
        for character in visible(run.text):
            if character == "\n":
                lines.append([])
            else:
                lines[-1].append((character, run.mark))
    return [line for line in lines if "".join(c for c, _ in line).strip()]


def _scan(line: Line, scale: Scale) -> tuple[list[_Standing], str]:
    """The values at the head of a line, and the text of the line when no value stands there."""
    text = text_of(line)
    folded = lower_same_length(text)
    start = _end(_SEPARATORS.match(folded))
    looks = {mark for character, mark in line if character.isalnum()}
    capital = bool(scale.pattern.match(folded, start)) and has_a_word_in_capitals(text)
    if scale.is_prompt(text) and len(looks) < 2 and not capital:
        return [], text
    own_label = ""
    lead = _OWN_LEAD.match(folded, start)
    lead_end = 0
    if lead and scale.pattern.match(folded, lead.end()) and not scale.pattern.match(folded, start):
        start = lead_end = lead.end()
    label = re.match(r"[^:]{1,40}:\s*(?=\S)", folded[start : start + 60])
    if label and not scale.pattern.match(folded, start) and scale.pattern.match(folded, start + label.end()):
        if _OF_ANOTHER.search(label.group()):
            return [], text
        start += label.end()
        own_label = "" if _OWN_LABEL.fullmatch(label.group()) else clean(label.group()).rstrip(": ")
    found: list[_Standing] = []
    while match := scale.pattern.match(folded, start):
        narrower = _narrower(line, match, folded, scale)
        code = scale.spelled[fold((narrower or match).group())]
        end = (narrower or match).end()
        mark = _common(line[match.start() : end])
        after = _end(_SEPARATORS.match(folded, end))
        joined = _CONNECTIVE.match(folded, after)
        next_at = joined.end() if joined else after
        if next_at > end and len(found) < _MOST_VALUES and _is_next_value(folded, next_at, scale):
            plain = lead_end == 0 and re.search(r"[a-wyz]", match.group()) and not _DECORATION.search(folded[:after])
            found.append(_Standing(code, mark, alone=bool(plain)))
            start = next_at
            continue
        rest = folded[end:]
        alone = not re.search(r"\w", rest)
        only_alone = scale.only_alone(fold(match.group())) and not alone and not found
        noted = match.group().isdigit() and _WORDS_AFTER_A_DASH.match(rest)
        noted = noted or (fold(match.group()) in scale.beside and _REMARK_BESIDE_A_LETTER.match(rest))
        only_alone = only_alone and not noted
        sure = not only_alone and _is_sure(code, rest, scale, weak=not _NOT_APPLICABLE.fullmatch(match.group()))
        sure = sure and (narrower is None or len({m for c, m in line[match.start() : end] if c.isalpha()}) == 1)
        decorated = bool(lead_end or _DECORATION.search(folded[:start] + rest[:1]))
        found.append(_Standing(code, mark, _remark(text[end:]), sure, alone and not decorated))
        break
    if found and own_label:
        said = f"{own_label}: {found[0].remark}" if found[0].remark else own_label
        found[0] = replace(found[0], remark=said, labelled=True)
    if len(found) == 1 and found[0].alone:
        found = [replace(found[0], own_line=True)]
    return found, "" if found else text


def _narrower(line: Line, match: re.Match[str], folded: str, scale: Scale) -> re.Match[str] | None:
    """The value behind a value that says how it is meant ("Yes - partly"); None where a further value follows, as in a printed
    list.
    """
    spelling = fold(match.group())
    code = scale.narrowed.get(scale.spelled[spelling]) if spelling not in scale.alone else None
    behind = scale.pattern.match(folded, _end(_NARROWING.match(folded, match.end()))) if code else None
    if _BOX_BEFORE.search(folded[: match.start()]):
        return None
    if behind is None or scale.spelled[fold(behind.group())] != code or scale.only_alone(fold(behind.group())):
        return None
    after = _end(_SEPARATORS.match(folded, behind.end()))
    return None if _is_next_value(folded, after, scale) else behind


def _is_next_value(folded: str, at: int, scale: Scale) -> bool:
    """Whether another value stands at this place as a value: up to punctuation, a connective, a further value or the end."""
    while match := scale.pattern.match(folded, at):
        at = _end(_SPACES.match(folded, match.end()))
        if at >= len(folded) or not folded[at].isalnum() or _CONNECTIVE.match(folded, at):
            return True
    return False


def _is_sure(code: str, rest: str, scale: Scale, *, weak: bool) -> bool:
    """Whether what follows a value leaves it standing; a weak word needs a break or a known continuation after it.

    "N/A" is no word of a sentence, and so is never ``weak``.
    """
    weak = weak and code in scale.weak
    if unsettles(code, rest, scale) or (weak and re.match(r"[-'][^\W\d]", rest)):
        return False
    follows = rest.lstrip()
    if not weak or not rest[:1].isspace() or not follows[:1].isalnum():
        return True
    return any(re.match(re.escape(word) + r"(?!\w)", follows) for word in scale.weak_continues)


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _remark(rest: str) -> str:
    """What is said after a value, without the punctuation between; empty when no word is."""
    remark = clean(rest)
    if remark.count(")") > remark.count("("):  # the bracket was opened before the value
        remark = remark.replace(")", "", 1)
    remark = remark.lstrip(" .,:;-–—/")
    if remark.startswith("(") and remark.rstrip(".").endswith(")"):
        remark = remark.rstrip(".")[1:-1]
    return remark if re.search(r"\w", remark) else ""


def _common(characters: Line) -> Mark:
    """The marks that all letters share."""
    common = ~Mark.NONE
    for character, mark in characters:
        if not character.isspace():
            common &= mark
    return common


def _all_left(standing: list[_Standing], options: tuple[str, ...]) -> bool:
    """Whether every printed option stands once and alone, and none is marked; "Not sure/don't know" is one option."""
    codes = [
        value.code for number, value in enumerate(standing) if number == 0 or value.code != standing[number - 1].code
    ]
    unmarked = len({value.mark for value in standing}) == 1
    return sorted(codes) == sorted(options) and unmarked and all(value.alone for value in standing)


def _settle(standing: list[_Standing], scale: Scale, as_written: str, printed: Marked) -> Choice:
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
        return Choice(marked.pop(), as_written) if len(marked) == 1 else unclear
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
        values, _ = _scan([(character, Mark.NONE) for character in visible(label.strip())], scale)
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
    values, _ = _scan([(character, Mark.NONE) for character in visible(label.strip())], scale)
    return values[0].code if len({value.code for value in values}) == 1 else ""
