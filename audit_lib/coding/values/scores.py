"""A score on a line, such as 0 to 10: text and marks -> number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from audit_lib.coding.values.choices import written
from audit_lib.instrument import Score
from audit_lib.rawform import Mark, Run
from audit_lib.text import clean, fold

_WORDS = {
    word: n
    for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}
_NUMBER_WORDS = "|".join(_WORDS)
_NUMBER = re.compile(rf"(?<![\w.,])(?:\d{{1,3}}(?:\.\d{{1,2}})?|{_NUMBER_WORDS})(?![\w%]|[.,]\d)")
_LEAD = re.compile(
    r"(?:(?:we |i )?(?:would )?(?:the )?(?:our )?(?:agency )?(?:overall )?(?:scored?|rated?|scaling|scale|rating|give|gave)?"
    r"(?: it| this| is| at| of| as| a)*\s*(?:[:=]|-\s)?\s*)?$"
)
_UNSETTLED = re.compile(
    r"\?|→|->|\b(?:n/a|not|or|maybe|perhaps|was|now|changed|moderated|about|nearly|almost|between)\b"
)
_ASIDE = re.compile(r"\b(?:not|or|was|now|about|nearly|almost|between)\b")  # in ordinary sentences they are no doubt
_OPEN = re.compile(  # what says of the score above that it does not stand
    r"\?|→|->|\b(?:n/a|maybe|perhaps|changed|moderated|unsure|tbc|to be confirmed|provisional(?:ly)?|draft|ish|disputed"
    r"|not (?:\w+ )?(?:sure|certain|agreed|decided|final|settled|confirmed|known|applicable))\b"
)
_MAY_BE_A_SCORE = re.compile(  # "to 6", "8 was too high", but not "3 visits"
    rf"(?<![\w.,])(?:\d{{1,2}}|{_NUMBER_WORDS})(?![\w%]|[.,]\d|\s+(?!(?:was|is|this|as|has)\b)(?:children|people|[a-z]+s)\b)"
)
_OF_ALL = re.compile(r"not (?:all|every\w*|enough|many|much|seen|done|recorded|invited|always) \w+")
_OF_THE_SCORE = re.compile(r"\b(?:scor\w*|rat(?:e|ed|ing)|marks?|grad\w+|number|figure|higher|lower|better|worse)\b")
_JUDGED = re.compile(  # before a number, that somebody gave another score: "the panel lowered it to 6", "a manager thought 5"
    r"\b(?:panel|manager|moderat\w+|meeting|made it|(?:would|should|could) be|instead|thought|felt|gave|give|said|scor\w*|rat(?:e|ed|ing)"
    r"|(?:\w+ed|down|up)(?: \w+)? (?:to|from))\b"
)
_QUOTED = re.compile(r"(?P<mark>[\"'*])(?P<inside>[^\"'*]*)(?P=mark)|\((?P<round>[^()]*)\)|\[(?P<square>[^\[\]]*)\]")
_REMARK = re.compile(r"\s+[-–—]\s|\s*[:(]|[,.]\s+(?=[a-z])|\s+(?=(?:because|as|since|due to)\b)")
_PRINTED_LINE = re.compile(r"[\d\s.,|/–—_-]*")
_BLANK = re.compile(r"[\s_\-–—.…=|:]*")


@dataclass(frozen=True)
class ScoreRead:
    """What was read. ``value`` is a number only when ``status`` is ``read``; ``remark`` is what was written beside it."""

    status: Literal["read", "missing", "unclear"]
    value: float | None
    as_written: str
    remark: str = ""


def read_score(runs: tuple[Run, ...], score: Score) -> ScoreRead:
    """The score in the field for it.

    "7", "7/10", "7 out of 10", "seven", "8.5", "7 - a remark" are read, and so is a number between the two ends of the
    printed line, or one number highlighted, bold or underlined among all that are printed. Ranges, two different numbers
    and numbers off the scale are ``unclear``; nothing, or the printed line alone, is ``missing``.
    """
    as_written = re.sub(r"[_.–—-]{4,}", "…", written(runs))
    unclear = ScoreRead("unclear", None, as_written)
    standing = [run for run in runs if not run.mark & (Mark.STRUCK | Mark.PLACEHOLDER) and run.ticked is None]
    text = re.sub(r"(?<=\d)[ \xa0]*½", ".5", "".join(run.text for run in standing))
    lines = [fold(line) for line in text.split("\n")]
    lines = [_inside(line, score) for line in lines if not _BLANK.fullmatch(line)]
    lines = [_unquoted(line) for line in lines] if len(lines) == 1 else lines
    if _numbers(" ".join(lines)) == _span(score)[1:-1] and len(lines) == 1:
        return _marked(standing, lines[0], score, as_written)
    unmarked = len({run.mark for run in standing if run.text.strip()}) < 2
    rest = [line for line in lines if _numbers(line) != _span(score)[1:-1] or not _PRINTED_LINE.fullmatch(line)]
    lines = [line for line in (rest if unmarked else lines) if not _BLANK.fullmatch(line)]
    if not lines:
        return ScoreRead("missing", None, as_written)
    alone = [line for line in lines if _value_alone(line)]
    if alone:
        values = {number for line in alone for number in _numbers(line)}
        remarks = [line for line in lines if line not in alone]
    else:
        values, remarks = _value_with_remark(lines[0]), lines
    others = {
        number for remark in remarks[not alone :] if re.match(r"\W*\d", remark) for number in _numbers(remark)[:1]
    }
    below = lines[lines.index(alone[-1]) + 1 :] if alone else [_behind_number(lines[0]), *lines[1:]]
    above = [remark for remark in remarks if alone and remark not in below]
    doubted = any(map(_doubts, below)) or any(_UNSETTLED.search(remark) or _doubts(remark) for remark in above)
    if len(values) != 1 or others - values or doubted:
        return unclear
    value = values.pop()
    if not score.minimum <= value <= score.maximum:
        return unclear
    return ScoreRead("read", value, as_written, as_written if remarks else "")


def _behind_number(line: str) -> str:
    first = _NUMBER.search(line)
    return line[first.end() :].lstrip(" -–—:(,.") if first else line


def _doubts(line: str) -> bool:
    """Whether words behind or below a score take its certainty. "Was", "not" and the like do where the line begins with them, or
    also speaks of the score or holds a number that may be one: "The plan was late" and "Not all came" are remarks. So does a
    number that somebody may have given instead.
    """
    judged = _JUDGED.search(line)
    if _OPEN.search(line) or (judged and _MAY_BE_A_SCORE.search(line, judged.end())):
        return True
    if _ASIDE.search(line) is None:
        return False
    begins = _ASIDE.match(line.lstrip("(- ")) is not None and not _OF_ALL.match(line)
    short = begins or len(line.split()) < 3
    return short or _OF_THE_SCORE.search(line) is not None or _MAY_BE_A_SCORE.search(line) is not None


def _unquoted(line: str) -> str:
    quoted = _QUOTED.fullmatch(line)
    inside = (quoted["inside"] or quoted["round"] or quoted["square"] or "") if quoted else ""
    return inside if inside.strip() else line


def _numbers_marked(runs: list[Run], marks: Mark) -> set[float]:
    """The numbers of which every figure is marked; -1 where a part of one is, so that nobody knows which was meant."""
    letters = [(letter, bool(run.mark & marks)) for run in runs for letter in run.text]
    found = set[float]()
    for match in re.finditer(r"\d+", "".join(letter for letter, _ in letters)):
        states = {marked for _, marked in letters[match.start() : match.end()]}
        found |= {float(match.group())} if states == {True} else {-1.0} if len(states) == 2 else set()
    return found


def _span(score: Score) -> list[float]:
    return [float(n) for n in range(int(score.minimum), int(score.maximum) + 1)]


def _numbers(line: str) -> list[float]:
    return [float(_WORDS.get(token, token)) for token in _NUMBER.findall(line)]


def _inside(line: str, score: Score) -> str:
    """A line without the two printed ends of the scale, without "/10" and without rules of dashes."""
    low, high = re.escape(f"{score.minimum:g}"), re.escape(f"{score.maximum:g}")
    ends = re.fullmatch(rf"{low}(?P<inside>[\s_\-–—.…=|].*)(?<![\w.]){high}", line)
    if ends:
        line = "" if ends["inside"].strip() == "to" else ends["inside"]
    top = next((word for word, number in _WORDS.items() if number == score.maximum), high)
    line = re.sub(rf"\s*(?:/|\bout of\b|\bof\b(?=\s*{high}$))\s*(?:{high}|{top})(?![\w.])", "", line)
    return clean(re.sub(r"[_\-–—.…=|]{2,}", " ", line))


def _value_alone(line: str) -> bool:
    """Whether a line is one number and nothing else, perhaps said twice ("7 (seven)") or introduced ("Score: 7")."""
    first = _NUMBER.search(line)
    if not first or line.startswith("-") or not _LEAD.fullmatch(line[: first.start()].lstrip("_–—…=| ")):
        return False
    if re.fullmatch(r"[-–~]\s*", line[first.end() :]):  # "7-" is less than seven
        return False
    rest = line[first.end() :].strip(" _-–—.…=|")
    rest = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest
    return not rest or (_NUMBER.fullmatch(rest) is not None and _numbers(rest) == _numbers(first.group()))


def _value_with_remark(line: str) -> set[float]:
    """The number in figures that a line begins with when a dash, colon or bracket and a remark follow; else nothing."""
    first = _NUMBER.search(line)
    if not first or not first.group()[0].isdigit() or not _LEAD.fullmatch(line[: first.start()]):
        return set()
    return set(_numbers(line)) if _REMARK.match(line[first.end() :]) else set()


def _marked(runs: list[Run], line: str, score: Score, as_written: str) -> ScoreRead:
    """The one number that is marked among all that are printed; signs between them are a choice that cannot be read."""
    for marks in (Mark.HIGHLIGHTED, Mark.BOLD | Mark.UNDERLINED):
        marked = _numbers_marked(runs, marks)
        if len(marked) == 1 and marked != {-1.0}:
            return ScoreRead("read", marked.pop(), as_written)
        if marked and marked != set(_span(score)):
            return ScoreRead("unclear", None, as_written)
    bracketed = re.findall(r"[(\[]\s*(\d+)\s*[)\]]", line)
    if len(bracketed) == 1 and re.fullmatch(r"[\d\s.,|/()\[\]]*", line):
        return ScoreRead("read", float(bracketed[0]), as_written)
    plain = _PRINTED_LINE.fullmatch(line)
    return ScoreRead("missing" if plain else "unclear", None, as_written)
