"""Methods and definitions: the rules by which figures are made, each with a place of its own that figures lead to.

They stand in every report, because a report is sent by e-mail as one file, and all of them on a page beside the index. Names of
statistical methods stand here and nowhere else in a report.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from audit_lib.analysis.grades import average_rule
from audit_lib.present.behind import RULES
from audit_lib.present.html import Block, note, render, show
from audit_lib.present.report import results
from audit_lib.present.report.reading import reading
from audit_lib.store import AuditTables


@dataclass(frozen=True)
class _Rule:
    """``meaning`` matters to every reader; ``on_screen`` to those who work with the data, and is left out on paper."""

    term: str
    meaning: str
    on_screen: str = ""


def how_made(tables: AuditTables) -> Block:
    """The rules by which figures were made, what makes this report reproducible, and how to read it."""
    about = results.about(tables)
    facts = [
        ("Made by", about["made_by"]),
        ("Audit tool", f"{tables.instrument.title}; id {about['instrument']}"),
        ("Subjects of comments (codebook)", f"{tables.book.title}, {len(tables.book.codes)} codes"),
        ("Fingerprint of the inputs", about["inputs_sha256"]),
    ]
    average = average_rule(tables.instrument)
    averaged = average and any(one.n > 1 for one in results.averages(tables))
    without = {"average"}  # told in the words of its tool, below
    without |= set() if about["follows"] else {"changes"}
    without |= set() if tables.instrument.score else {"scores"}
    without |= set() if tables.instrument.grades else {"grades", "agreement"}
    rules = {name: rule for name, rule in _RULES.items() if name not in without}
    if average and averaged:
        text = f"The {average.text}. A grade is a judgement, not a number: where a meeting agreed one, that stands."
        rules["average"] = _Rule("Average grade", text)
    told = note(
        "The fingerprint (SHA-256) is made from every file that went in: the same files give the same fingerprint."
    )
    return show(
        render("rules", "Rules", rules=rules, anchor=RULES),
        render("facts", "How it was made", facts=facts),
        told,
        reading(tables),
    )


def rules(names: Collection[str]) -> Block:
    """The rules of those names, in the order in which they stand everywhere."""
    return render("rules", "Rules", rules={name: rule for name, rule in _RULES.items() if name in names}, anchor=RULES)


def every_rule() -> Block:
    """All rules, for no report in particular."""
    return render("rules", "Rules", rules=_RULES, anchor=RULES)


_RULES = {
    "counted": _Rule(
        "What is counted",
        "One return: one form that was read, from one agency, about one case. A form that nobody asked for counts among the findings, "
        "but not among the forms that came back.",
        "In the lines that open under a figure, each agency stands after its case.",
    ),
    "versions": _Rule(
        "Several versions",
        "Where the same agency sent several forms about the same case, the latest was read. The date on which it was received, a version "
        "or a date in the name of its file and the date of its last change can show which is latest. Where they contradict each other, "
        "or none of them is there, no version counts until a person has chosen. Of forms that are the same, one was read.",
    ),
    "missing": _Rule(
        "Missing",
        "Nothing was entered, the printed prompt was left as it was, or every option was left standing.",
    ),
    "unclear": _Rule(
        "Unclear",
        "Something was entered that contradicts itself or cannot be read for certain, such as two grades left standing. It is never "
        "guessed: it counts in no percentage until a person has settled it, and then as settled.",
    ),
    "percentages": _Rule(
        "Percentages",
        "The number of returns that gave an answer, divided by a number of returns. Of all that answered: by those with an answer that can "
        "be read. Of those it applied to: by the same without those that said “not applicable”. Made from whole numbers and rounded "
        "half up, so that 37.5 becomes 38.",
    ),
    "range": _Rule(
        "Likely range",
        "How far chance alone could have moved a percentage with so few returns. It is Wilson's 95% interval, without continuity "
        "correction.",
    ),
    "changes": _Rule(
        "Changes between audits",
        "The later percentage minus the earlier one, in percentage points. A change is called clear where chance is a poor explanation of "
        "it, though all that the same two audits both asked was looked at together: the more is compared, the more likely is a large "
        "difference by chance. “Perhaps” means that chance would be a poor explanation if nothing else had been compared. Otherwise we "
        "cannot tell, which is not the same as saying that nothing changed.",
        "Newcombe's 95% interval of the difference has to leave out 0, and the probability of Fisher's exact test, two-sided, adjusted by "
        "Holm's method, has to be 5% or less. Subjects of comments are looked at together column by column.",
    ),
    "extremes": _Rule(
        "Highest and lowest",
        "The more questions there are, the further apart the highest and the lowest of them lie by chance, even where their likely "
        "ranges do not overlap. So the two are compared as if every pair of questions had been; where that leaves chance as an "
        "explanation, it is said.",
    ),
    "grades": _Rule(
        "Grades",
        "Each return's grade counts once. Returns without a grade, and those whose grade is unclear, are told beside the others and are in "
        "no share.",
    ),
    "scores": _Rule(
        "Scores",
        "The mean is all scores added and divided by how many there are. The median is the score in the middle when all stand in order; "
        "of two in the middle, half-way between them. A missing or unclear score is in neither.",
    ),
    "average": _Rule(
        "Average grade",
        "The mean of the places of the grades on their scale (the best is 1), as the nearest grade; half-way goes to the poorer. One grade "
        "alone is no average. A grade is a judgement, not a number: where a meeting agreed one, that stands. Each report says which grades "
        "its tool counts.",
    ),
    "agreement": _Rule(
        "Agreement against chance",
        "",
        "Krippendorff's alpha: 1 is full agreement, 0 is what chance would give, and below 0 is less than that. It is given for three ways "
        "to count a difference: nominal (any difference counts the same), ordinal (by how many grades lie between) and interval (by the "
        "distance, squared). Sentences rest on the ordinal one. Its likely range comes from drawing the cases again and again, whole, with "
        "the same draws each time.",
    ),
    "subjects": _Rule(
        "Subjects of comments",
        "The subjects are the codes of a codebook. The program gives them by words of the codebook, and people can overrule it.",
        "The command audit codebook shows the codebook. The words that the program went by stand in the table codings; people overrule it "
        "in codings.csv. Where people coded too, what they agree beyond chance is Krippendorff's alpha, nominal; the command audit codings "
        "gives Cohen's kappa beside it.",
    ),
    "words": _Rule(
        "Words that stand out",
        "",
        "Fisher's exact test, adjusted by Holm's method because many words are looked at, below 5%. A text that was pasted counts once.",
    ),
    "details": _Rule(
        "Identifying details",
        "Replaced before anything was stored: the names that the header of a form or its file name gives, e-mail addresses, telephone and "
        "health service numbers, postcodes and dates of birth. Other names in the text, such as the first name of a worker in a comment, "
        "stay as they were written, which is one reason why this report is internal.",
    ),
    "forms": _Rule("The forms", "They were only read. Nothing in them was changed."),
}
