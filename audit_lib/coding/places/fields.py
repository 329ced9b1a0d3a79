"""The score and the fields of free text: which label opens which, and where what follows it goes."""

from __future__ import annotations

import re

from audit_lib.coding.matched import MatchedForm, Place
from audit_lib.coding.values.cues import after_label, begins_as_a_label, cue_length, cue_near_start
from audit_lib.instrument import FreeField, Instrument, Score
from audit_lib.rawform import Paragraph
from audit_lib.text import fold

_CUE_WITHIN = 40  # characters that a form may print before the words by which a label is known


class Fields:
    """Knows the labels, and keeps in ``out`` what stands behind them."""

    def __init__(self, instrument: Instrument, out: MatchedForm) -> None:
        self._instrument, self._out = instrument, out

    def labelled(self, text: str) -> FreeField | Score | None:
        """The free field or the score that a folded label opens."""
        score = self._instrument.score
        by_another = any(cue_length(text, rater.cues) for rater in self._instrument.raters)
        asks = score is not None and (by_another or begins_as_a_label(text, score.cues))
        fields: list[FreeField | Score] = [*([score] if score and asks else []), *self._instrument.free_fields]
        return next((found for found in fields if cue_near_start(text, found.cues, _CUE_WITHIN)), None)

    def open(self, found: FreeField | Score, label: Paragraph, where: str) -> Place:
        """The place to which text from here on belongs. A label that has no end may be somebody's words, and is told."""
        place = Place()
        if isinstance(found, Score):
            place = self._place_of_score(fold(label.text))
        else:
            self._out.comments.setdefault(("", found.id, "comment"), []).append(place)
        rest = after_label(label, found.cues)
        if rest:
            place.add([rest], where)
        elif not re.search(r"[:?]", label.text) and fold(label.text) not in map(fold, found.cues):
            self._out.unplaced.append(Place([label], where))
        return place

    def _place_of_score(self, label: str) -> Place:
        """Where the score of a label goes: that of another rater, where the label names one."""
        for rater in self._instrument.raters:
            if cue_length(label, rater.cues):
                return self._out.scores_by.setdefault(rater.id, Place())
        self._out.score = self._out.score or Place()
        return self._out.score
