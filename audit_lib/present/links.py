"""Figures in sentences and charts that lead to what stands behind them: who answered what, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from markupsafe import Markup

from audit_lib.analysis.grades import GradeCounts
from audit_lib.analysis.proportions import QuestionResult
from audit_lib.text import slug

RETURNS, GAPS, PUBLISHED, ACTIONS = ("behind-returns", "behind-gaps", "behind-published", "behind-actions")
SAID = "what-agencies-said"  # the heading of that part of a report
GRADE_MAP, SCORES, AGREED = ("behind-grade-map", "behind-scores", "behind-agreed")
_FIGURE = (
    r"\d+ of (?:the )?\d+(?: (?:returns?|cases?|pairs?)(?: to which it applied| of grades)?)?(?:, \d+%|(?: said [\w ]+)? \(\d+%\))?"
    r"|\d+ came back \(\d+%\)|\d+ \(\d+%\)|(?:under )?\d+%|\d+ (?:returns?|published figures?|actions?)\b"
)


_EARLIER = r"\d+ of \d+ \(\d+%\) to "  # of an earlier audit: it stands in another report
_COUNTED = (  # of what is compared, where audits stand side by side
    r"\d+ (?:things?|comparisons?|subjects?|recommendations?|audits?|questions?)\b|\d+ of them\b|(?<=[Ff]or )\d+\b"
    r"|(?<=[Ff]or another )\d+\b|\d+(?= because\b)"
)
_ELSEWHERE = "report:"


def of_question(result: QuestionResult) -> str:
    """The id of what stands behind the percentages of a question; empty where no return was read."""
    return f"behind-{slug(result.question.id)}" if result.total else ""


def of_shares(section: str) -> str:
    """The id of the table with every percentage of a section."""
    return f"behind-shares-{slug(section) or 'all'}"


def of_value(kind: str, name: str) -> str:
    """The id of what stands behind a ``question`` or a ``grade`` by its name; empty for anything else."""
    return {"question": f"behind-{slug(name)}", "grade": of_grade(name)}.get(kind, "")


def of_grade(name: str) -> str:
    """The id of what stands behind the grades of a section, or of the whole."""
    return f"behind-grade-{slug(name)}"


def of_score(case: str) -> str:
    """The id of what stands behind the scores of a case."""
    return f"behind-score-{slug(case)}"


def of_comments(column: str, place: int) -> str:
    """The id of what was said in one column about the subject at one place of the list of subjects."""
    return f"said-{place}-{slug(column)}"


def in_report(audit: str, anchor: str, words: str) -> Markup:
    """A link to what stands at ``anchor`` in the report of an audit; the page turns it into an address, or leaves the link out where
    that report, or what it leads to, is not there (:mod:`audit_lib.reporting.elsewhere`).
    """
    return Markup('<a href="{}{}#{}">{}</a>').format(_ELSEWHERE, quote(audit), anchor, words)


def names(questions: Sequence[QuestionResult] = (), grades: Sequence[GradeCounts] = ()) -> dict[str, str]:
    """How sentences name each question and each thing graded -> the id of what stands behind its figures."""
    found = {f"{one.question.id} “{one.question.text}”": of_question(one) for one in questions}
    for one in grades:
        found |= dict.fromkeys((f"{one.title}: ", f"{one.title} (", f"the grade for “{one.title}”"), of_grade(one.name))
    return found


def linked(sentence: str, named: Mapping[str, str], otherwise: str = "", *, compared: bool = False) -> Markup:
    """The sentence, in which each figure leads to what stands behind that which was named last before it, or to ``otherwise``.

    Where audits are ``compared``, what stands behind both sides of a change is on the page, and what is counted are comparisons too.
    """
    longest = sorted(named, key=len, reverse=True)
    figures = f"{_FIGURE}|{_COUNTED}" if compared else _FIGURE
    kinds = [*map(re.escape, longest), *([] if compared else [_EARLIER]), f"(?P<figure>{figures})"]
    told, end, anchor = Markup(), 0, otherwise
    for found in re.finditer(rf"(?<!\w)(?:{'|'.join(kinds)})", sentence):
        told += sentence[end : found.start()]
        anchor = named.get(found[0], anchor)
        linked_to = anchor if found["figure"] else ""
        told += Markup('<a href="#{}">{}</a>').format(linked_to, found[0]) if linked_to else found[0]
        end = found.end()
    return told + sentence[end:]
