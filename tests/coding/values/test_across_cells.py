"""What the other cells of a form tell about an answer that is open by itself."""

from __future__ import annotations

import pytest

from audit_lib.coding.coded import CodedForm
from audit_lib.coding.forms import code_form
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Cell, Mark, Paragraph, Run

from ..raw_forms import form, table

NEGLECT = load_instrument("neglect-2018")
NAMES = ("R1", "R2", "A1", "A2")


def coded(*answers: str | Cell) -> CodedForm:
    rows = [[name, NEGLECT.questions[name].text, answer, ""] for name, answer in zip(NAMES, answers, strict=False)]
    return code_form(form("Recognition:", table(["No.", "Question", "Response", "What went well?"], *rows)), NEGLECT)


def codes(*answers: str | Cell) -> list[str]:
    return [coded(*answers).answers[name].code for name, _ in zip(NAMES, answers, strict=False)]


def controls(*parts: str | bool) -> Cell:
    runs = tuple(Run("", ticked=one) if isinstance(one, bool) else Run(one) for one in parts)
    return Cell(0, 0, (Paragraph(runs),))


STRUCK = Cell(0, 0, (Paragraph((Run("☐ Yes ☐ No "), Run("Partly", Mark.STRUCK))),))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["☒ Yes ☐ No", "☐ Yes ☐ No\nN/A"], ["yes", "not_applicable"]),
        (["☒ Yes ☐ No", "☐ Yes ☐ No Partly"], ["yes", "partly"]),
        (["☒ Yes ☐ No", "☐ Yes ☐ No\nYes"], ["yes", "yes"]),
        (["☐ Yes ☐ No", "☐ Yes ☐ No No - never seen"], ["missing", "no"]),
        ([controls(True, " Yes\n", False, " No"), controls(False, " Yes\n", False, " No\nPartly")], ["yes", "partly"]),
        (["☐ Yes ☐ No N/A", "☐ Yes ☐ No N/A"], ["unclear", "unclear"]),  # it may be printed
        (["☒ Yes ☐ No N/A", "☐ Yes ☐ No N/A", "☐ Yes ☐ No"], ["unclear", "unclear", "missing"]),
        (["☐ Yes ☐ No ☒ Partly", "☐ Yes ☐ No Partly", "☒ Yes ☐ No"], ["partly", "unclear", "yes"]),
        (["☒ Yes ☐ No", "☐ Yes ☐ No mostly"], ["yes", "unclear"]),
        (["☒ Yes ☐ No", "☐ Yes ☐ No see file"], ["yes", "unclear"]),
        (["☒ Yes ☐ No", "☐ Yes ☒ No Partly"], ["yes", "unclear"]),
        (["☒ Yes ☐ No", STRUCK], ["yes", "unclear"]),
    ],
)
def test_a_value_behind_empty_boxes(answers: list[str | Cell], expected: list[str]) -> None:
    assert codes(*answers) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["Yes ✓ / No", "Yes / No ✓", "Yes ✓ No"], ["yes", "no", "yes"]),
        (["✓ Yes / No", "Yes ✓ No", "Yes / ✓No"], ["yes", "no", "no"]),
        (["Yes ✓ / No", "✓ Yes / No", "Yes / No ✓"], ["yes", "yes", "unclear"]),
        (["✓ Yes / No", "Yes / No ✓"], ["yes", "unclear"]),
        (["Yes / No ✓", "Yes / No ✓"], ["unclear", "unclear"]),
        (["Yes ✓", "Yes / No ✓"], ["yes", "unclear"]),
        (["Yes ✓ / No", "Yes ✓ / No ✓"], ["yes", "unclear"]),
        (["Yes ✓ / No", "Yes / No ✓ see file"], ["yes", "unclear"]),
        (["✓ Yes No Partly", "Yes ✓ No Partly", "Yes No ✓ Partly"], ["yes", "no", "partly"]),
        (["✓ Yes / No / Partly", "Yes ✓ No Partly"], ["yes", "no"]),
        (["Yes / ✓ No / Partly", "Yes ✓ No Partly"], ["no", "no"]),
        (["✓ Yes / No", "Yes ✓ No N/A Partly"], ["yes", "no"]),
        (["Yes ✓ / No / Partly", "Yes ✓ No Partly", "Yes No ✓ Partly"], ["yes", "yes", "no"]),
        (["Yes ✓ / No / Partly", "Yes / No / Partly ✓"], ["yes", "partly"]),
        (["Yes ✓ No Partly", "Yes ✓ No Partly"], ["unclear", "unclear"]),
        (["Yes ✓ / No / Partly", "✓ Yes / No / Partly", "Yes ✓ No Partly"], ["yes", "yes", "unclear"]),
        (["✓ Yes No Partly", "Yes No Partly ✓"], ["yes", "unclear"]),
        (["✓ Yes No Partly", "Yes ✓ No Partly - late"], ["yes", "unclear"]),
        (["✓ Yes No Partly", "Yes ✓ No Mostly"], ["yes", "unclear"]),
    ],
)
def test_a_tick_that_may_belong_to_either_value(answers: list[str], expected: list[str]) -> None:
    assert codes(*answers) == expected


def test_what_others_settle_is_listed_to_be_checked() -> None:
    form_coded = coded("Yes ✓ / No", "Yes / No ✓", "☒ Yes ☐ No", "☐ Yes ☐ No N/A - not born then")
    taken = [(one.settle, one.taken_as) for one in form_coded.problems if one.check == "value_taken"]
    assert taken == [("R2", "no"), ("A2", "not_applicable")]
    assert [one.text for one in form_coded.comments] == ["not born then"]
