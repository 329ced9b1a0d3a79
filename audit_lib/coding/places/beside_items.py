"""What was entered beside the things of a list to tick, where that is more than a sign or one value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audit_lib.coding.matched import FoundQuestion
from audit_lib.coding.values.choices import Choice, choose, printed_in_all
from audit_lib.coding.values.cues import cue_end
from audit_lib.coding.values.remarks import unsettles
from audit_lib.instrument import Question
from audit_lib.rawform import Mark, Run
from audit_lib.scales import Scale
from audit_lib.text import clean, lower_same_length

BETWEEN_CELLS = Run("\t")  # stands between the cells of a row that were joined
_VALUE = r"(?:yes|no|y|n|n/a|not applicable|not known|partly)"
_OPTIONS = re.compile(rf"(?:(?:[^\w?]|\bx\b)*(?<!\w){_VALUE}(?!\w)){{2,}}(?:\W|\bx\b)*$", re.IGNORECASE)
_BETWEEN = re.compile(rf"(?<!\w){_VALUE} [✓✔√🗸✗✘×✕x] {_VALUE}(?!\w)", re.IGNORECASE)
_TICK = "✓✔√🗸"
_TICKED = re.compile(rf"[(\[]?[{_TICK}]+[)\]]?\s*\.?\s*(?:\((?P<remark>[^()]*)\))?")
_PLAIN = re.compile(rf"\W*|[(\[]?\s*[{_TICK}✗✘×✕xX]\s*[)\]]?")
_NUMBER = re.compile(r"\W*(?:\d{1,2}\s*[a-z]?|[a-mo-wz]|[ivx]{2,4})\W*", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:\s[-–—]|:)\s+(?P<words>\w.*|\?+\s*)$|\s(?P<sign>\?+)\s*$|\s(?P<date>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})\W*$"
)
_UNKNOWN = "\ufffd"


@dataclass(frozen=True)
class Beside:
    """What was entered beside one thing. ``ticked`` is true for a tick with words; ``may_be_print`` where nothing shows that
    the words are not the form's own.
    """

    code: str
    as_written: str = ""
    remark: str = ""
    ticked: bool = False
    may_be_print: bool = False


def what_is_beside(
    items: Mapping[str, Question], found: Mapping[str, FoundQuestion], scales: Mapping[str, Scale]
) -> dict[str, Beside]:
    """What is beside each item of a list; without those that have nothing, a mere sign or box, or one value behind the words."""
    parted = {name: _parted(one.answer.runs, items[name]) for name, one in found.items()}
    options = {name: tail for name, (cells, behind) in parted.items() if (tail := _options(_joined(cells) or behind))}
    printed = printed_in_all((runs, scales[name]) for name, runs in options.items())
    beside = {}
    for name, (cells, behind) in parted.items():
        scale, one = scales[name], None
        if name in options:
            one = _chosen(options[name], scale)
            if one.code != choose(options[name], scale, ("yes", "no"), printed).code:
                one = Beside("unclear", one.as_written)  # all lists of the form look so
        elif cells:
            one = _entered(cells, scale)
        elif not _signed_before(found[name].answer.runs, behind):
            one = _behind(behind, scale)
        if one is not None:
            beside[name] = one
    return beside


def standing(runs: Iterable[Run]) -> str:
    """The text of some runs without what is struck and without prompts."""
    return "".join(run.text for run in runs if not run.mark & (Mark.STRUCK | Mark.PLACEHOLDER))


def _parted(runs: Sequence[Run], item: Question) -> tuple[list[tuple[Run, ...]], tuple[Run, ...]]:
    """The cells beside the words of an item that are not empty; what stands behind its words in their own cell."""
    cells: list[list[Run]] = [[]]
    for run in runs:
        if run == BETWEEN_CELLS:
            cells.append([])
        else:
            cells[-1].append(run)
    ends = [cue_end(standing(cell), item.cues) for cell in cells]
    at = ends.index(max(ends))
    if not ends[at]:
        filled = [tuple(cell) for cell in cells if clean(standing(cell))]
        return [cell for cell in filled if len(cells) > 1 or re.search(r"\w|\?", standing(cell))], ()
    others = [
        tuple(cell)
        for number, cell in enumerate(cells)
        if number != at and clean(standing(cell)) and (number > at or not _NUMBER.fullmatch(standing(cell)))
    ]
    return others, _after(cells[at], ends[at])


def _after(runs: Iterable[Run], end: int) -> tuple[Run, ...]:
    """Some runs without the first ``end`` letters of what stands."""
    after, left = [], end
    for run in runs:
        if run.mark & (Mark.STRUCK | Mark.PLACEHOLDER):
            after += [run] if left <= 0 else []
            continue
        if left < len(run.text) or (left <= 0 and run.ticked is not None):
            after.append(run._replace(text=run.text[max(left, 0) :]))
        left -= len(run.text)
    return tuple(after)


def _joined(cells: Sequence[tuple[Run, ...]]) -> tuple[Run, ...]:
    """Cells as lines."""
    joined: list[Run] = []
    for cell in cells:
        joined += [Run("\n")] if joined else []
        joined += [run for run in cell if run.text != " " or len(cell) == 1]
    return tuple(joined)


def _options(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The several values that stand at the end of what is beside an item; empty for none."""
    text = standing(runs)
    match = _OPTIONS.search(text)
    codes = {word[:1] for word in re.findall(rf"(?<!\w){_VALUE}(?!\w)", match[0].lower())} if match else set()
    return _after(runs, match.start()) if match and len(codes) > 1 else ()


def _chosen(runs: tuple[Run, ...], scale: Scale) -> Beside:
    """What was chosen of several values; a sign between two may belong to either."""
    choice = choose(runs, scale, ("yes", "no"))
    return Beside("unclear") if _BETWEEN.search(standing(runs)) else _of(choice)


def _of(choice: Choice) -> Beside:
    return Beside(choice.code, choice.as_written if "[" in choice.as_written else "", choice.remark)


def _entered(cells: Sequence[tuple[Run, ...]], scale: Scale) -> Beside | None:
    """What was entered in cells beside an item; None where it is a mere sign or box."""
    texts = [clean(standing(cell)) for cell in cells]
    if any(_UNKNOWN in text for text in texts) or any(run.ticked is not None for cell in cells for run in cell):
        return None
    if all(_PLAIN.fullmatch(text) and "?" not in text and len(set(text) & set(_TICK)) < 2 for text in texts):
        repeated = any(re.search(rf"[{_TICK}]\W*[{_TICK}.]", text) for text in texts)
        return Beside("yes", ticked=True) if repeated and _ticks_alone(texts) else _odd_signs(texts)
    ticks = [match for text in texts if (match := _TICKED.fullmatch(text))]
    if ticks:
        words = [text for text in texts if not _TICKED.fullmatch(text)]
        remark = clean(" ".join([*(match["remark"] or "" for match in ticks), *words]))
        return Beside("unclear") if unsettles("yes", remark, scale) else Beside("yes", "", remark, ticked=True)
    if any(set(text) & set(_TICK) for text in texts):
        return Beside("unclear")
    choice = choose(_joined(cells), scale)
    return None if choice.code == "missing" else _of(choice)


def _ticks_alone(texts: Iterable[str]) -> bool:
    return all(_TICKED.fullmatch(text) for text in texts)


def _odd_signs(texts: Iterable[str]) -> Beside | None:
    """A tick with other signs beside it may mean less."""
    odd = any(set(text) & set(_TICK) and not re.fullmatch(rf"[(\[]?\s*[{_TICK}]\s*[)\]]?", text) for text in texts)
    return Beside("unclear") if odd else None


def _signed_before(runs: Iterable[Run], behind: Sequence[Run]) -> bool:
    """Whether a sign or a box stands before the words of an item, so that what is behind them is said of it."""
    text = standing(runs).removesuffix(standing(behind))
    boxed = any(run.ticked is not None for run in (*runs, *behind))
    return boxed or re.match(rf"\W*(?:[{_TICK}✗✘×✕]|[xX]\b)", text) is not None


def _behind(runs: tuple[Run, ...], scale: Scale) -> Beside | None:
    """What stands behind the words of an item in a line: a tick with words, a date, a question mark, words behind a dash."""
    text = lower_same_length(standing(runs))
    if any(run.ticked is not None for run in runs) or _UNKNOWN in text:
        return None
    at = min((text.index(sign) for sign in _TICK if sign in text), default=-1)
    if at >= 0:
        return _entered([(Run(text[at:]),)], scale)
    match = _BEHIND.search(text)
    if match is None:
        return None
    if not match["words"]:
        return Beside("unclear", may_be_print=True)
    choice = choose((Run(match["words"]),), scale)
    plain = choice.code in ("missing", "unclear")
    if plain and re.search(rf"[\s(:–—-](?:[✗✘×✕x]|{_VALUE})\W*$|\((?:yes|no)\b", match["words"]):
        return None
    return Beside("unclear", may_be_print=True) if plain else _of(choice)
