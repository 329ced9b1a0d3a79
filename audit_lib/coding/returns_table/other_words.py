"""Words in a heading of a table of returns that are not the tool's own: the name of a kind of comment, another rater, another time."""

from __future__ import annotations

import re

from audit_lib.coding.values.cues import cue_length
from audit_lib.instrument import Instrument
from audit_lib.text import fold

_FILLING = frozenset(
    ("a", "about", "above", "add", "additional", "an", "and", "any", "answer", "answers", "child", "for", "further", "give", "if", "in",
     "of", "on", "or", "other", "please", "question", "quality", "response", "support", "the", "their", "this", "to", "work", "your")
)  # fmt: skip
REMARKS = r"(?:comments?|notes?|evidence|remarks?|reasons?|reasoning|rationale|explanations?)"
AT_ONE_END = re.compile(rf"^\W*(?:(?:any|further|please|add|other)\s+)*(?:{REMARKS}|why)\b|\b{REMARKS}\W*$")
_ASKS_FOR_A_REMARK = re.compile(rf"\W*(?:(?:any|other|further|please|add|additional|give)\s+)*(?:{REMARKS}|why)\b")
OF_ANOTHER = re.compile(
    r"\b(?:moderat\w*|panel|last (?:year|time|audit)|target|(?:previous|earlier|prior|former) (?:year|audit|answer|response"
    r"|grade|judge?ment|score|rating)s?)\b"
)
_MAY_BE_ANOTHERS = re.compile(
    r"\b(?:previous(?:ly)?|earlier|prior|former|before|baseline|agreed|validated|verified|quality assur\w*|points|feedback)\b"
)
ANOTHER = "?"  # a rater whom the tool does not know


class OtherWords:
    """Tells what such words say. All texts are folded, and the tool's own words may have been taken out of them."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument

    def kind_in(self, text: str) -> str:
        """The kind of comment that a text names."""
        fitting = [(cue_length(text, column.cues), column.id) for column in self._instrument.columns]
        kinds = [kind for length, kind in sorted(fitting, reverse=True) if length]
        if kinds:
            return kinds[0] if len(kinds) == 1 else "comment"
        if re.search(r"\bcomments?\b", text):
            return "comment"
        if not AT_ONE_END.search(text):
            return ""
        has_evidence = any(column.id == "evidence" for column in self._instrument.columns)
        return "evidence" if has_evidence and "evidence" in text else "comment"

    def begins_a_remark(self, rest: str) -> bool:
        """Whether words ask for a comment at their beginning: "Please add evidence", "Why"."""
        return _ASKS_FOR_A_REMARK.match(rest) is not None

    def whose(self, rest: str, *, short: bool) -> str:
        """Who gave what a heading is about: empty for the agency, the id of a rater of the tool, or :data:`ANOTHER`."""
        for rater in self._instrument.raters:
            if cue_length(rest, rater.cues):
                return rater.id
        return ANOTHER if OF_ANOTHER.search(rest) or (short and _MAY_BE_ANOTHERS.search(rest)) else ""

    def is_own(self, words: str) -> bool:
        """Whether words beside a code name neither comments nor somebody else or another time."""
        return not self.kind_in(words) and not self.whose(words, short=True)

    def only_rates(self, rest: str) -> bool:
        """Whether a heading holds the word for a grade and a rater, and nothing else."""
        raters = [cue for rater in self._instrument.raters for cue in rater.cues]
        graded = cue_length(rest, self._instrument.grade_heading_cues)
        for cue in (*raters, *self._instrument.grade_heading_cues):
            rest = re.sub(rf"\b{re.escape(fold(cue))}(?:'s)?(?!\w)", "", rest)
        return bool(graded) and not re.search(r"\w", rest)

    def is_remark(self, heading: str) -> bool:
        """Whether a heading is a kind of comment and nothing else."""
        return self.kind_in(heading) != "" and self.is_bare(heading)

    def is_bare(self, heading: str) -> bool:
        """Whether a heading names a kind of comment and nothing that it might be on."""
        plain = re.sub(r"(?<=[^\d\s])\d+$", "", heading)
        if any(cue_length(plain, [cue]) for one in self._instrument.columns for cue in one.cues if " " in cue):
            return True
        for cue in (fold(cue) for column in self._instrument.columns for cue in column.cues):
            plain = re.sub(rf"\b{re.escape(cue)}\b", " ", plain)
        words = re.findall(r"[\w']+", re.sub(rf"\b(?:{REMARKS}|why)\b", " ", plain))
        known = {*_FILLING, *(word for cue in self._instrument.grade_heading_cues for word in fold(cue).split())}
        return all(word in known or word.isdigit() for word in words)
