"""What people type around a value in a cell of several printed ones: quotation marks, brackets and ticks, the list once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from audit_lib.coding.values.remarks import unsettles
from audit_lib.rawform import Mark
from audit_lib.scales import Scale
from audit_lib.text import clean, fold, lower_same_length

Line = list[tuple[str, Mark]]

_TICKS, _CROSSES = "✓✔√🗸", "x✗✘×✕"
_SIGNED = re.compile(
    rf"[(\[]?(?P<first>[{_TICKS}{_CROSSES}])(?P=first)*[)\]]?\s+(?P<after>\S.*)"
    rf"|(?P<before>.*\S)\s+[(\[]?(?P<last>[{_TICKS}{_CROSSES}])(?P=last)*[)\]]?"
)
_QUERIED = re.compile(rf"[{_TICKS}][)\]]?\s*\?")  # whoever ticked was not sure
_STROKE = re.compile(r"\s*[/|]\s*")
_SEPARATOR = re.compile(r"\s*[/|,;]\s*|\s+")
_JOINT = re.compile(r"\s*[-–—:]\s*|\s+")
_GAP = re.compile(r"[\s/|,;:.•▪·\-–—]*")
_TOGETHER = re.compile(r" {0,9}[:-]? {0,9}")  # what may stand between a value and its box
_BEHIND, _BEFORE = (
    re.compile(r" {0,9}(?:: {0,9})?"),
    re.compile(r" {0,9}"),
)  # the same for a sign, which may touch two values
_FILLED = "●◉■"  # bullets, too, where no empty one is near
_BOX = re.compile(
    rf"[(\[{{] {{0,9}}(?P<inside>[{_TICKS}{_CROSSES}])? {{0,9}}[)\]}}]"
    rf"|(?P<drawn>[☑☒{_FILLED}])|[☐□▢◻○◯]|_+(?P<ruled>[{_TICKS}{_CROSSES}])_+|_{{2,}}"
)
_SIGN = re.compile(rf"[{_TICKS}]|(?<!\w)[{_CROSSES}](?!\w)")
_LONGEST_VALUE = 60  # characters, the marks around it included
_QUOTES = {'"': '"', "'": "'", "`": "`", "``": "''", "''": "''", "«": "»", "„": '"'}


def text_of(line: Line) -> str:
    """The text of a line without its marks."""
    return "".join(character for character, _ in line)


def unquoted(lines: list[Line], scale: Scale) -> list[Line]:
    """The lines without the quotation marks around a value that is all there is; a quoted sentence stays somebody's words.

    A single apostrophe before the value is what a spreadsheet puts there, and goes too.
    """
    if len(lines) != 1 or len(lines[0]) > _LONGEST_VALUE:
        return lines
    text = lower_same_length(text_of(lines[0])).replace("“", '"').replace("”", '"')
    match = re.fullmatch(r"\s*(?P<opens>``|''|[\"'`«„])\s*(?P<inside>.*?)[\s.]*(?P<closes>''|[\"'`»]|)[\s.]*", text)
    if match is None or match["closes"] not in ("" if match["opens"] == "'" else None, _QUOTES[match["opens"]]):
        return lines
    return [lines[0][slice(*match.span("inside"))]] if fold(match["inside"]) in scale.spelled else lines


@dataclass(frozen=True)
class Signed:
    """What a bracket or sign beside one of several typed values says; ``usual`` as in a choice."""

    code: str
    remark: str = ""
    usual: bool = True


@dataclass(frozen=True)
class _Piece:
    """A value, an empty or filled box, or a sign, with what stands between it and the piece before."""

    kind: Literal["value", "box", "sign"]
    gap: str
    code: str = ""
    mark: Mark = Mark.NONE
    sign: str = ""  # "✓" for any tick, "x" for any cross, "" for an empty box
    ruled: bool = False  # a box that is a line to write on


def chosen_by_sign(lines: list[Line], scale: Scale) -> Signed | None:
    """The choice in a cell that holds values of the scale with typed boxes or one sign beside them, and a remark below or after
    a dash; None where the cell is built otherwise, or where the boxes are empty and the look of a word has to decide.

    Boxes, as in "Yes (x) No ( )": one for each value, all before or all behind. One filled is the choice, several are ``unclear``,
    none ``missing``. One sign, as in "Outstanding / Good ✓ / Requires improvement / Inadequate": the value beside it in a printed
    list, or a tick beside a value that is all there is; an empty box beside it makes it ``unclear``.
    A cross without brackets counts only where it is no value of the scale
    itself. Another value that is highlighted, bold or underlined makes the choice ``unclear``. What only the distance of words
    tells, and what crosses say, is to be checked.
    """
    standing = [line for line in lines if not _is_prompt(text_of(line), scale)]
    line = [one for number, line in enumerate(standing) for one in [*([("\n", Mark.NONE)] if number else []), *line]]
    pieces, rest, apart = _pieces(line, scale)
    values = [piece.code for piece in pieces if piece.kind == "value"]
    if len(values) == 1 and not any(piece.sign for piece in pieces) and any(map(_is_empty_box, pieces)):
        return Signed("unclear", usual=False)
    twice = len(set(values)) < len(values)
    if twice and any(map(_is_empty_box, pieces)):  # "[ ] yes [ ] yes"
        return Signed("unclear", usual=False)
    if not apart or twice:
        return None
    if not values and [(piece.kind, piece.sign) for piece in pieces] == [("box", "x")]:
        return Signed("unclear", usual=False)  # "[x]" may be a ticked box, or the cross that stands for no
    boxes = [piece for piece in pieces if piece.kind == "box"]
    if len(boxes) > 1 and _is_list(values, scale) and all(piece.kind != "sign" for piece in pieces):
        signed = _by_boxes(pieces)
    elif len(pieces) - len(values) == 1:
        signed = _by_one_sign(pieces, scale)
    else:
        return None
    if signed is None:
        return None
    marks = {piece.mark for piece in pieces if piece.kind == "value"}
    marked = {piece.code for piece in pieces if piece.mark}
    if signed.code == "missing" and (len(marks) > 1 or len({mark for one, mark in line if not one.isspace()}) > 1):
        return None if len(marks) > 1 else Signed("unclear", usual=False)
    if len(marks) > 1 and marked != {signed.code}:
        return Signed("unclear", usual=False)
    if not rest:
        return signed
    if signed.code == "missing" or any(unsettles(signed.code, one, scale) for one in (rest, *rest.split("\n"))):
        return Signed("unclear", usual=False)
    return replace(signed, remark=clean(rest))


def _is_prompt(text: str, scale: Scale) -> bool:
    """Whether a line is a printed prompt and no list of values."""
    return scale.is_prompt(text) and re.search(r"[^\W_]{3}", text) is not None and not scale.words.search(fold(text))


def _is_empty_box(piece: _Piece) -> bool:
    return piece.kind == "box" and not piece.sign and not piece.ruled


def _pieces(line: Line, scale: Scale) -> tuple[list[_Piece], str, bool]:
    """The values, boxes and signs at the head of a text, what stands behind them, and whether that is a remark or nothing."""
    folded, at = lower_same_length(text_of(line)), 0
    pieces: list[_Piece] = []
    while True:
        gap = _GAP.match(folded, at).group()  # type: ignore[union-attr] # it matches nothing, too
        at += len(gap)
        if box := _BOX.match(folded, at):
            sign = _kind_of_sign(box["inside"] or box["ruled"] or box["drawn"])
            pieces.append(_Piece("box", gap, sign=sign, ruled=box.group().startswith("_")))
        elif box := _SIGN.match(folded, at):
            pieces.append(_Piece("sign", gap, sign=_kind_of_sign(box.group())))
        elif box := scale.pattern.match(folded, at):
            value = _Piece("value", gap, scale.spelled[fold(box.group())], _all_marks(line[at : box.end()]))
            if not (gap.strip() == "/" and pieces and pieces[-1].code == value.code):  # "Not sure/don't know"
                pieces.append(value)
        else:
            break
        at = box.end()
    rest = text_of(line)[at:]
    remark = not rest or re.search(r"\n|[-–—:;.]\s*$", gap) is not None
    bullets = re.search(rf"[{_FILLED}]", folded) and not re.search(r"[□▢◻○◯]", folded)
    return pieces, rest, remark and not bullets


def _all_marks(characters: Line) -> Mark:
    """The marks by which a value is chosen, of any of its letters."""
    marks = Mark.NONE
    for _, mark in characters:
        marks |= mark & (Mark.HIGHLIGHTED | Mark.BOLD | Mark.UNDERLINED)
    return marks


def _kind_of_sign(sign: str | None) -> str:
    return "" if not sign else "x" if sign in _CROSSES else "✓"


def _is_list(values: Sequence[str], scale: Scale) -> bool:
    """Whether the values are what a form prints to choose from: all grades, or both ends of a scale of answers."""
    printed = scale.order if scale.kind == "grade" else (scale.order[0], scale.order[-1])
    return len(values) > 1 and set(printed) <= set(values)


def _by_boxes(pieces: Sequence[_Piece]) -> Signed | None:
    """The choice where each value has its box before it, or each behind it."""
    pairs = list(zip(pieces[::2], pieces[1::2], strict=False))
    regular = len(pieces) % 2 == 0 and all(
        (first.kind, second.kind) == (pieces[0].kind, pieces[1].kind) and _TOGETHER.fullmatch(second.gap)
        for first, second in pairs
    )
    if not regular or pieces[0].kind == pieces[1].kind:
        return None
    chosen = [first.code or second.code for first, second in pairs if first.sign or second.sign]
    if len(chosen) > 1:
        return Signed("unclear", usual=False)
    return Signed(chosen[0] if chosen else "missing")


def _by_one_sign(pieces: Sequence[_Piece], scale: Scale) -> Signed | None:
    """The choice where one value has a sign or a filled box beside it and the others have none."""
    at = next(number for number, piece in enumerate(pieces) if piece.kind != "value")
    sign, values = pieces[at], [piece.code for piece in pieces if piece.kind == "value"]
    left = pieces[at - 1].code if at and _BEHIND.fullmatch(sign.gap) else ""
    right = pieces[at + 1].code if pieces[at + 1 :] and _BEFORE.fullmatch(pieces[at + 1].gap) else ""
    by_itself = scale.spelled.get(sign.sign)  # what the sign would be alone
    typed = sign.kind == "sign"
    if len(values) == 1:
        beside = left or right
        return Signed(beside) if beside and typed and sign.sign == "✓" and by_itself in (None, beside) else None
    if not sign.sign or not _is_list(values, scale) or (typed and sign.sign == "x" and by_itself):
        return None
    certain = typed and sign.sign == "✓"
    if left and right:
        gaps = len(sign.gap), len(pieces[at + 1].gap)
        if 0 in gaps and gaps[0] != gaps[1]:
            return Signed(right if gaps[0] else left, usual=certain)
        between_two = certain and gaps[0] == gaps[1] and len(values) == 2  # in a longer list nothing tells the side
        return Signed(left, usual=False) if between_two and by_itself == left else None
    last = at + 1 == len(pieces)
    of_its_own = by_itself not in (None, left) or (typed and sign.sign == "x")
    if last and of_its_own and not any("\n" in piece.gap for piece in pieces):
        return None  # typed at the end of what was printed, it may not be beside the last of it
    return Signed(left or right, usual=certain and not last) if left or right else None


def signed_option(lines: list[Line], scale: Scale) -> Signed | None:
    """The choice among printed options beside one of which a tick or a cross was typed; None where no sign stands.

    One tick is the choice, whatever is crossed; one cross among options without a sign is too, to be checked. Several are
    unclear, and so is a sign beside anything but one option, and a tick with a question mark.
    """
    signs: list[tuple[str, str]] = []
    for line in lines:
        text = lower_same_length(text_of(line)).strip()
        match = _SIGNED.fullmatch(text)
        if match:
            label = match["after"] or match["before"]
            signs.append((match["first"] or match["last"], scale.spelled.get(fold(label).strip(" .:-()[]"), "")))
        elif _QUERIED.search(text):
            return Signed("unclear", usual=False)
        elif len(lines) > 2 and _SIGN.fullmatch(text):  # on a line of its own among the options it is beside none
            signs.append((text, ""))
    ticked = [code for sign, code in signs if sign in _TICKS]
    chosen = ticked or [code for _, code in signs]
    if not signs:
        return None
    if len(chosen) != 1 or not chosen[0]:
        return Signed("unclear", usual=False)
    return Signed(chosen[0], usual=bool(ticked))


def after_printed_list(lines: list[Line], scale: Scale) -> tuple[list[Line], bool]:
    """The lines without the list of values that the form prints before the one that was typed, and whether that is certain.

    An answer of the list after a dash or a colon ("Yes/No - Yes, weekly"), or any below it, is. Another answer, a grade, and what
    stands behind a mere space ("Yes/No Yes") is to be checked; the latter two have to be of the list and all that is typed in the
    line. All else comes back as it was.
    """
    folded = lower_same_length(text_of(lines[0])) if lines else ""
    values, end = _printed_list(folded, scale)
    if not values or len({mark for character, mark in lines[0][:end] if character.isalnum()}) > 1:
        return lines, True
    if not folded[end:].strip():
        below = scale.kind == "answer" and len(lines) > 1 and _typed_value(text_of(lines[1]).lstrip(), scale)
        return (lines[1:] if below else lines), True
    joint = _JOINT.match(folded, end)
    typed = _typed_value(folded[joint.end() :], scale) if joint else ""
    if joint is None or not typed:
        return lines, True
    by_space, repeated = not joint.group().strip(), scale.spelled[fold(typed)] in values
    if (by_space or scale.kind == "grade") and not (repeated and folded[joint.end() :].strip(" .") == typed):
        return lines, True
    if by_space and len(lines) > 1 and scale.kind == "answer":
        return lines, True
    return [lines[0][joint.end() :], *lines[1:]], repeated and not by_space and scale.kind == "answer"


def _printed_list(folded: str, scale: Scale) -> tuple[list[str], int]:
    """The values of a printed list at the head of a line, and where it ends: answers with strokes between them, all grades in their
    order with any separator. Nothing where there is none.
    """
    values: list[str] = []
    between = _STROKE if scale.kind == "answer" else _SEPARATOR
    at = len(folded) - len(folded.lstrip())
    while len(values) <= len(scale.values) and (typed := _typed_value(folded[at:], scale)):  # a longer list repeats one
        values.append(scale.spelled[fold(typed)])
        end = at + len(typed)
        follows = between.match(folded, end)
        if follows is None or (scale.kind == "grade" and len(values) == len(scale.order)):
            in_order = tuple(values) in (scale.order, scale.order[::-1])
            fits = in_order if scale.kind == "grade" else _is_list(values, scale) and len(set(values)) == len(values)
            return (values, end) if fits else ([], 0)
        at = follows.end()
    return [], 0


def _typed_value(text: str, scale: Scale) -> str:
    """The value, in words or letters, that a text begins with; empty for none."""
    match = scale.pattern.match(lower_same_length(text))
    return match.group() if match and re.search(r"[a-wyz]", match.group()) else ""


def is_worked_on(lines: list[Line]) -> bool:
    """Whether printed options were joined, pointed at, or one of them put in capitals."""
    texts = [text_of(line).strip() for line in lines]
    joined = any(re.search(r"[&+<>→←]|\band\b", text.casefold()) for text in texts)
    return joined or has_a_word_in_capitals(" ".join(texts))


def is_picked_out(lines: list[Line]) -> bool:
    """Whether one of several printed values was put in capitals, or an arrow, a ring or an emoji stands among them."""
    text = " ".join(map(text_of, lines))
    return (
        has_a_word_in_capitals(text)
        or re.search("[\u2190-\u21ff\u2460-\u24ff\u2600-\u260f\u2613-\u27bf\U0001f000-\U0001faff]", text) is not None
    )


def has_a_word_in_capitals(text: str) -> bool:
    """Whether some words of a printed list are in capitals and others are not: "yes / NO"."""
    words = [
        word for word in re.findall(r"[^\W\d_]{2,}", text) if word.casefold() not in ("na", "dk", "nk", "ri", "tbc")
    ]
    capitals = [word.isupper() for word in words]
    return any(capitals) and not all(capitals)
