"""Which values of a scale stand in the text of a cell: at the head of a line, or after another value, with the words behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from audit_lib.coding.values.remarks import unsettles
from audit_lib.coding.values.typed_options import Line, has_a_word_in_capitals, text_of
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
_SPACES = re.compile(r"\s*")
_DECORATION = re.compile(r"[()\[\]*<>]")
_CHOOSING = Mark.HIGHLIGHTED | Mark.BOLD | Mark.UNDERLINED


@dataclass(frozen=True)
class Standing:
    """One value of the scale as it stands in the text, with the mark of its letters and the words after it.

    ``sure`` is false when the words after it take its certainty. ``alone`` is true when its line holds values and
    nothing else, not even a bracket, ``own_line`` when it is the only one. ``goes_on`` is true where the same value follows a stroke in
    other words, as in "Not sure/don't know". ``labelled`` is true where somebody put words of their
    own before it ("Dad: No"), which then are the first of the remark. ``mixed`` is true when only a part of its letters is marked.
    """

    code: str
    mark: Mark
    remark: str = ""
    sure: bool = True
    alone: bool = False
    own_line: bool = False
    goes_on: bool = False
    labelled: bool = False
    mixed: bool = False


def read_lines(lines: list[Line], scale: Scale) -> tuple[list[Standing], list[str]]:
    """The values that stand at the head of the lines, and the lines that are neither value nor prompt."""
    standing, remarks = [], []
    for line in lines:
        values, rest = scan(line, scale)
        standing += values
        if rest and (not scale.is_prompt(rest) or (standing and fold(rest) in _OPEN)):
            remarks.append(rest)
    return standing, remarks


def begins_with_value(lines: list[Line], scale: Scale) -> bool:
    """Whether the first line that is not a prompt begins with a value, so that other lines are remarks on it."""
    for line in lines:
        values, rest = scan(line, scale)
        if values or not scale.is_prompt(rest):
            return bool(values)
    return False


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """The text as lines of (character, mark), without invisible characters; blank lines left out."""
    lines: list[Line] = [[]]
    for run in runs:
        for character in visible(run.text):
            if character == "\n":
                lines.append([])
            else:
                lines[-1].append((character, run.mark))
    return [line for line in lines if "".join(c for c, _ in line).strip()]


def scan(line: Line, scale: Scale) -> tuple[list[Standing], str]:
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
    found: list[Standing] = []
    while match := scale.pattern.match(folded, start):
        narrower = _narrower(line, match, folded, scale)
        code = scale.spelled[fold((narrower or match).group())]
        end = (narrower or match).end()
        mark = _common(line[match.start() : end])
        mixed = len({one & _CHOOSING for character, one in line[match.start() : end] if character.isalnum()}) > 1
        after = _end(_SEPARATORS.match(folded, end))
        joined = _CONNECTIVE.match(folded, after)
        next_at = joined.end() if joined else after
        if next_at > end and len(found) < _MOST_VALUES and _is_next_value(folded, next_at, scale):
            plain = lead_end == 0 and re.search(r"[a-wyz]", match.group()) and not _DECORATION.search(folded[:after])
            goes_on = folded[end:next_at].strip() == "/" and _same_in_other_words(folded, match, next_at, scale)
            found.append(Standing(code, mark, alone=bool(plain), goes_on=goes_on, mixed=mixed))
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
        found.append(Standing(code, mark, _remark(text[end:]), sure, alone and not decorated, mixed=mixed))
        break
    if found and own_label:
        said = f"{own_label}: {found[0].remark}" if found[0].remark else own_label
        found[0] = replace(found[0], remark=said, labelled=True)
    if len(found) == 1 and found[0].alone:
        found = [replace(found[0], own_line=True)]
    return found, "" if found else text


def _same_in_other_words(folded: str, match: re.Match[str], at: int, scale: Scale) -> bool:
    """Whether the value that stands at a place is the one matched before, otherwise spelled."""
    after = scale.pattern.match(folded, at)
    spellings = [fold(one.group()) for one in (match, after) if one]
    return len(set(spellings)) == 2 and len({scale.spelled[one] for one in spellings}) == 1


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


def partly_struck(runs: Iterable[Run], code: str, scale: Scale) -> bool:
    """Whether a value other than ``code`` stands there of which a part is struck and a part is not, so that what was left of
    "Does not meet good" may be a grade by chance. Two answers of which one is struck ("Partly, yes") are no such value.
    """
    pattern = re.compile(rf"(?<!\w)(?:{scale.pattern.pattern})")
    for line in lines_of(run for run in runs if run.ticked is None and not run.mark & Mark.PLACEHOLDER):
        for match in pattern.finditer(lower_same_length(text_of(line))):
            letters = [(one, bool(mark & Mark.STRUCK)) for one, mark in line[match.start() : match.end()]]
            parts = {state: "".join(one for one, struck in letters if struck == state) for state in (True, False)}
            halves = [fold(part).strip(" ,") for part in parts.values() if re.search(r"\w", part)]
            two_answers = scale.kind == "answer" and all(half in scale.spelled for half in halves)
            if len(halves) == 2 and not two_answers and scale.spelled[fold(match.group())] != code:
                return True
    return False


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
