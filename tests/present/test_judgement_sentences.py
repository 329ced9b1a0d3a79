"""Sentences about actions."""

from __future__ import annotations

import pytest

from audit_lib.analysis.actions import agreed_actions
from audit_lib.analysis.agreement import Agreement, Apart
from audit_lib.analysis.by_case import CaseShare
from audit_lib.analysis.proportions import question_results
from audit_lib.instruments import load_instrument
from audit_lib.present.judgement_sentences import actions_note, actions_sentences, agreement_sentences, by_case_sentence
from audit_lib.schema import TABLES


@pytest.mark.parametrize(
    ("as_of", "sentence", "counted"),
    [
        (
            "2021-05",
            "2 actions were agreed: 1 past their date when May 2021 began and 1 due in May 2021, the month of the audit "
            "(its day is not recorded).",
            "before May 2021 began",
        ),
        ("2021-05-20", "2 actions were agreed: 2 past their date on 20 May 2021.", "before 20 May 2021."),
        ("2021-04-01", "2 actions were agreed, each with an owner and a date to come.", "before 1 April 2021."),
    ],
)
def test_it_is_said_to_what_date_actions_are_counted(as_of: str, sentence: str, counted: str) -> None:
    due = {"ring": "2021-04-30", "write": "2021-05-10"}
    rows = [
        {"action_id": what, "case": "1", "action": what, "by_whom": "worker", "by_when": when}
        for what, when in due.items()
    ]
    found = agreed_actions(TABLES["actions"].frame(rows), as_of)
    assert actions_sentences(found) == (sentence,)
    assert counted in actions_note(found)


def test_the_numbers_of_actions_add_up_to_all_of_them() -> None:
    due = {
        "ring": ("2021-04-30", "worker"),
        "write": ("2021-06-10", ""),
        "ask": ("", "worker"),
        "tell": ("2021-07-01", "worker"),
    }
    rows = [
        {"action_id": what, "case": "1", "action": what, "by_whom": who, "by_when": when} for what, (when, who) in due.items()
    ]  # fmt: skip
    assert actions_sentences(agreed_actions(TABLES["actions"].frame(rows), "2021-05-20")) == (
        "4 actions were agreed: 1 past their date on 20 May 2021, 2 with a date to come and 1 without a date.",
        "Nobody is named to do 1 of them.",
    )


@pytest.mark.parametrize(
    ("some", "every", "sentence"),
    [
        (("A", "B"), ("A",), "in 2 of 3 cases at least one agency said yes, and in 1 all did."),
        (
            ("A",),
            ("A",),
            "In no case do agencies differ on the answers counted here: where one gave such an answer, every other",
        ),
        ((), (), "In no case do agencies differ on the answers counted here"),
    ],
)
def test_cases_are_told_by_a_question_only_where_agencies_differ(
    some: tuple[str, ...], every: tuple[str, ...], sentence: str
) -> None:
    first = question_results(TABLES["answers"].frame([]), load_instrument("neglect-2018"))[:1]
    share = CaseShare(first[0].question.id, "yes", some, every, ("A", "B", "C"), ())
    assert sentence in by_case_sentence([share], first)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ((2, 1), "in case A: CAMHS two grades above School."),
        (
            (2, 2, 2, 1),
            "in case A: CAMHS two grades above School; {0} in case B: CAMHS two grades above School; {0} in case C",
        ),
        ((2, 2, 2, 2, 1), "in case A: CAMHS two grades above School, and 3 more as far apart."),
    ],
)
def test_all_places_that_tie_are_told_where_grades_differ_most(steps: tuple[int, ...], told: str) -> None:
    tool = load_instrument("neglect-2018")
    thing = tool.grades[0]
    apart = tuple(Apart(c, thing.id, n, ("CAMHS",), ("School",), ()) for c, n in zip("ABCDE", steps, strict=False))
    nothing = dict.fromkeys(Agreement.__dataclass_fields__, ())
    found = Agreement(**(nothing | {"pairs": 5, "same": 1, "near": 3, "apart": apart}))
    assert f"Their grades differ most here: {thing.title} {told.format(thing.title)}" in " ".join(
        agreement_sentences(found, tool)
    )
