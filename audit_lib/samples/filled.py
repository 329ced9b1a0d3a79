"""What somebody wrote in a form, whatever the layout of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FilledForm:
    """What one agency or auditor wrote about one case.

    ``answers`` holds text by question ("Yes", "N/A - see below"); ``grades`` codes by what is graded (``missing`` leaves every
    option, ``unclear`` leaves two); ``grades_typed`` text typed instead of a choice ("RI"). ``comments`` holds texts by
    (section, question) and column, with an empty question for those beside a grade; ``free`` by free field. ``header`` holds
    further fields of the header by id, ``ratings`` codes that others gave by (what is graded, rater), ``actions`` what was
    agreed, by whom and by when. What is left out was not filled in.
    """

    case: str
    agency: str
    completed_by: str
    answers: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)
    score: str = ""
    comments: Mapping[tuple[str, str], Mapping[str, Sequence[str]]] = field(default_factory=dict)
    free: Mapping[str, Sequence[str]] = field(default_factory=dict)
    grades_typed: Mapping[str, str] = field(default_factory=dict)
    header: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    actions: Sequence[tuple[str, str, str]] = ()

    def in_header(self, name: str) -> str:
        """What stands in a field of the header; empty for one that was not filled in."""
        leading = {"case": self.case, "agency": self.agency, "auditor": self.completed_by}
        return leading.get(name) or self.header.get(name, "")
