"""Recommendations followed from audit to audit, as sentences and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from audit_lib.analysis.comparison import Series
from audit_lib.analysis.followed import Followed, Recommended
from audit_lib.instruments import concepts
from audit_lib.present import links
from audit_lib.present.html import Cell, Detailed, Table
from audit_lib.present.sentences import count_of
from audit_lib.present.years_words import named, series_sentence
from audit_lib.text import listed

_WHY_NOT = {
    "unnamed": "no question is named that could show it",
    "first": "there is no later audit of its theme here",
    "reworded": "no later audit of its theme asked its questions in the same words",
}


def recommendations_sentence(rows: Sequence[Mapping[str, str]]) -> str:
    """How many recommendations there are, how far each is as its own words say, and how many have no date or nobody to lead."""
    states = Counter(row["status"].casefold() or "without a word on how far it is" for row in rows)
    told = f"{count_of(len(rows), 'recommendation')}: {listed(f'{n} {state}' for state, n in states.most_common())}."
    lacks = [
        (sum(not row[column] for row in rows), what)
        for column, what in (("due", "no date for completion"), ("lead", "nobody named to lead"))
    ]
    lacking = [f"{n} {'has' if n == 1 else 'have'} {what}" for n, what in lacks if n]
    return f"{told} {listed(lacking)}." if lacking else told


def followed_sentence(found: Sequence[Followed], made: int) -> str:
    """How many of ``made`` recommendations are told where, for how many later returns show something, and why the others can't be
    followed; every one of them is in one of these numbers.
    """
    states = [one.state for one in found]
    carried = made - len(found)
    said = [f"{count_of(made, 'recommendation was', 'recommendations were')} made."]
    if carried:
        carry, told = ("carries", "is") if carried == 1 else ("carry", "are")
        said.append(f"{carried} of them {carry} on an earlier one and {told} told with it, which leaves {len(found)}.")
    said.append(f"Later returns of the same theme show something about {states.count('shown')} of {len(found)}.")
    if beside := states.count("beside"):
        said.append(
            f"For {beside} there is only what was asked about the same thing in other words or for another theme, which shows no change."
        )
    if why := [f"{states.count(state)} because {words}" for state, words in _WHY_NOT.items() if state in states]:
        said.append(f"The others cannot be followed: {listed(why)}.")
    return " ".join(said)


def followed_table(found: Sequence[Followed], called: Mapping[str, str], behind: Callable[[Series], str]) -> Table:
    """What was recommended, what became of it, and what later returns show. ``behind`` gives the id of what stands behind a question."""
    rows = [(*_told(one, called), _shown(one, called, behind)) for one in found if one.state in ("shown", "beside")]
    headings = ("What was recommended", "What was recorded since", "What later returns show")
    return Table("Recommendations followed from audit to audit", headings, tuple(rows))


def not_followed_table(found: Sequence[Followed], called: Mapping[str, str]) -> Table:
    """What was recommended and can't be followed, and why."""
    rows = [(*_told(one, called), f"{_WHY_NOT[one.state].capitalize()}.") for one in found if one.state in _WHY_NOT]
    headings = ("What was recommended", "What was recorded since", "Why it cannot be followed")
    return Table("Recommendations that cannot be followed", headings, tuple(rows))


def _told(one: Followed, called: Mapping[str, str]) -> tuple[Cell, Cell]:
    carried = (f"Carried on in {called[each.audit]} as no. {each.id}: {_recorded(each)}" for each in one.carried)
    said = Detailed(one.first.action or one.first.finding, f"{called[one.first.audit]}, no. {one.first.id}")
    return said, " ".join([_recorded(one.first), *carried])


def _recorded(one: Recommended) -> str:
    status = one.status.capitalize() if one.status else "No status recorded"
    return f"{status}. {one.outcome}".strip() if one.outcome else f"{status}."


def _shown(one: Followed, called: Mapping[str, str], behind: Callable[[Series], str]) -> str:
    shown: list[str] = []
    for series in one.shown_by:
        asked, opens = named(series.last), behind(series)
        sentence = f"{asked[0].upper()}{asked[1:]}. {series_sentence(series, called)}"
        shown.append(links.linked(sentence, {asked: opens}, opens, compared=True))
    why = "no later audit of its theme asked this in the same words" if one.later else _WHY_NOT["first"]
    for asked, beside in one.asked_once:
        told = f"{asked}: {why}"
        if beside:
            others = listed(dict.fromkeys(called[each.audit] for each in beside))
            told += f"; in other words or for another theme the same thing (“{concepts()[beside[0].concept]}”) was asked in {others}"
        shown.append(f"{told}.")
    return Markup(" ").join(shown)
