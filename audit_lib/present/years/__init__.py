"""The parts of a report on several audits, each made by one call from a notebook.

Every function takes the tables of some audits, oldest first, and gives a :class:`audit_lib.present.html.Block`. Where there is
nothing to show, the block says so in a sentence.
"""

from __future__ import annotations

from audit_lib.present.years.codes import all_codes, codes, how_codes_are_counted, words
from audit_lib.present.years.parts import (
    by_case,
    concepts,
    end,
    header,
    how_made,
    how_to_read,
    open_recommendations,
    overview,
    progress,
    questions,
    recommendations,
    since,
    which_audits,
)
from audit_lib.present.years.tally import every_question

__all__ = [
    "all_codes",
    "by_case",
    "codes",
    "concepts",
    "end",
    "every_question",
    "header",
    "how_codes_are_counted",
    "how_made",
    "how_to_read",
    "open_recommendations",
    "overview",
    "progress",
    "questions",
    "recommendations",
    "since",
    "which_audits",
    "words",
]
