"""What people type around a value: quotation marks, brackets and ticks, the printed list once more."""

from __future__ import annotations

import pytest

from audit_lib.coding.values.choices import choose
from audit_lib.instruments import shared_scales
from audit_lib.rawform import Mark, Run
from audit_lib.scales import Scale

ANSWERS, GRADES = shared_scales()["yes_no"], shared_scales()["ofsted_four"]

QUOTED = {
    "“Yes”": "yes",
    '"Yes"': "yes",
    "‘No’": "no",
    "'N/A'": "not_applicable",
    "“Yes.”": "yes",
    "“Partly”.": "partly",
    "«Yes»": "yes",
    "''Yes''": "yes",
    "'Yes": "yes",
    "“Yes?”": "unclear",
    "“Yes”?": "unclear",
    "“Yes, they listened to me”": "unclear",
    "“Yes” - mum": "unclear",
    "“Yes”\nmum said": "unclear",
    '"No" was what mum said': "unclear",
    "“Yes” “No”": "unclear",
    '" Yes': "unclear",
    "“Yes/No”": "unclear",
}


@pytest.mark.parametrize(("text", "code"), QUOTED.items())
def test_quotation_marks_around_a_value_that_is_all_there_is(text: str, code: str) -> None:
    assert choose((Run(text),), ANSWERS).code == code


NARROWED = {
    "Yes - partly": ("partly", ""),
    "Yes – partially": ("partly", ""),
    "Yes (partly)": ("partly", ""),
    "Y (in part)": ("partly", ""),
    "Yes, partly": ("partly", ""),
    "Yes - to some extent": ("partly", ""),
    "Yes (partly) - school only": ("partly", "school only"),
    "Yes - partly because the plan was late": ("partly", "because the plan was late"),
    "Yes – partly. The chronology was started.": ("partly", "The chronology was started."),
    "Yes - Partly - No": ("missing", ""),
    "Yes / Partly": ("unclear", ""),
    "Yes\nPartly": ("unclear", ""),
    "Yes. Partly": ("unclear", ""),
    "Yes (no)": ("unclear", ""),
    "Yes - not partly": ("unclear", ""),
    "Yes - partly?": ("unclear", ""),
    "Yes (partly?)": ("unclear", ""),
    "Yes - partly not": ("unclear", ""),
    "Yes - partly met": ("partly", ""),
    "Yes - partly seen": ("unclear", ""),
    "Yes (partly) No": ("unclear", ""),
    "Yes - partly and no": ("unclear", ""),
    "Yes - partly, mostly no": ("unclear", ""),
    "Yes - partly for mum, no for dad": ("unclear", ""),
    "Yes - partly yes partly no": ("unclear", ""),
    "No - partly": ("unclear", ""),
    "Fully - partly": ("unclear", ""),
}


@pytest.mark.parametrize(("text", "read"), NARROWED.items())
def test_yes_with_partly_behind_it_is_partly(text: str, read: tuple[str, str]) -> None:
    choice = choose((Run(text),), ANSWERS)
    assert (choice.code, choice.remark) == read


def test_partly_behind_yes_is_unclear_where_only_one_of_them_is_marked() -> None:
    assert choose((Run("Yes", Mark.HIGHLIGHTED), Run(" - partly")), ANSWERS).code == "unclear"
    assert choose((Run("Yes - partly", Mark.HIGHLIGHTED),), ANSWERS).code == "partly"


def test_a_scale_without_partly_leaves_yes_partly_unclear() -> None:
    values = {code: value for code, value in ANSWERS.values.items() if code != "partly"}
    narrow = Scale(kind="answer", order=("yes", "no"), values=values, hedges=ANSWERS.hedges)
    assert choose((Run("Yes - partly"),), narrow).code == "unclear"


BRACKETS = {
    "Yes (x) No ( )": "yes",
    "[x] Yes [ ] No": "yes",
    "Yes [X] / No [ ]": "yes",
    "Yes ( ) No (✓) N/A ( )": "no",
    "☒ Yes ☐ No": "yes",
    "Yes ☐ No ☑": "no",
    "Yes - [ ]  No - [x]": "no",
    "Yes _x_ No ___": "yes",
    "Yes ☐ No ☐ Not sure/don't know ☒": "not_known",
    "Yes [ ]\nNo [x]": "no",
    "● Yes ○ No": "yes",
    "○ Yes\n○ No\n● N/A": "not_applicable",
    "Yes ( ) No ( )": "missing",
    "○ Yes ○ No": "missing",
    "● Yes ● No": "unclear",
    "● Yes ■ No": "unclear",
    "■ Yes": "unclear",
    "☐ Yes ☐ No": "missing",
    "Yes [x] No [x]": "unclear",
    "Yes [x] No [ ] N/A": "unclear",
    "[ ] yes [ ] yes": "unclear",
    "[ ] yes [ ] yes weekly": "unclear",
    "[x] yes [ ] yes": "unclear",
    "Yes [x] No [ ]\nPartly": "unclear",
    "Yes [x] No [ ]\nNo for dad": "unclear",
    "Yes [x] No [ ] - but not always": "unclear",
    "Yes [x] No [ ] (not for dad)": "unclear",
    "Yes [ ] No [ ] - see file": "unclear",
    "Yes (x) No (?)": "unclear",
    "Yes ( ) (x) No": "unclear",
    "Yes\n[x] No\n[ ]": "unclear",
    "Yes ☐ ✓ No ☐": "unclear",
    "Yes [x] Maybe [ ] No [ ]": "unclear",
    "Yes [x] No": "unclear",
    "Yes (x) / No": "yes",
    "[x]": "unclear",
    "(✓)": "yes",
    "x": "no",
}
SIGNS = {
    "Yes ✓": "yes",
    "✓ Yes": "yes",
    "Yes ✓ / No": "yes",
    "Yes / ✓ No / N/A": "no",
    "✓ Yes No": "yes",
    "Yes✓ No": "yes",
    "Yes ✓No": "no",
    "Yes ✓ No": "yes",
    "No ✓": "unclear",
    "No ✓ Yes": "unclear",
    "Yes / No ✓": "unclear",
    "Yes x No": "unclear",
    "Yes / No x": "unclear",
    "Yes x / No": "unclear",
    "Yes ✓ No ✗": "unclear",
    "Yes\n✓\nNo": "unclear",
    "Yes ✓ No concerns": "unclear",
    "Yes ✓ / No - but not always": "unclear",
    "Yes x Partly": "unclear",
    "[ ] Yes - Partly": "unclear",
}


@pytest.mark.parametrize(("text", "code"), {**BRACKETS, **SIGNS}.items())
def test_brackets_and_signs_typed_beside_answers(text: str, code: str) -> None:
    assert choose((Run(text),), ANSWERS).code == code


SIGNED_GRADES = {
    "Outstanding / Good ✓ / Requires improvement / Inadequate": ("good", True),
    "Outstanding\nGood √\nRequires improvement\nInadequate": ("good", True),
    "Outstanding\n✔ Good\nRequires improvement\nInadequate": ("good", True),
    "Outstanding\nGood x\nRequires improvement\nInadequate": ("good", False),
    "Outstanding\nGood (x)\nRequires improvement\nInadequate": ("good", False),
    "Outstanding / Good x / Requires improvement / Inadequate": ("good", False),
    "Outstanding [ ] Good [x] Requires improvement [ ] Inadequate [ ]": ("good", True),
    "O / G ✓ / RI / I": ("good", True),
    "Good ✓": ("good", True),
    "Outstanding / Good / Requires improvement / Inadequate ✓": ("inadequate", False),
    "Good x": ("unclear", False),
    "Good; ✓": ("unclear", False),
    "Good\n✓": ("unclear", False),
    "Outstanding - Good. ✓ - Requires improvement - Inadequate": ("unclear", False),
    "Outstanding / Good / Requires improvement / Inadequate x": ("unclear", False),
    "Outstanding √ Good Requires improvement Inadequate": ("unclear", False),
    "Outstanding\nGood ✓\nRequires improvement ✓\nInadequate": ("unclear", False),
    "Outstanding x\nGood\nRequires improvement x\nInadequate x": ("unclear", False),
    "Outstanding\nGood\n✓\nRequires improvement\nInadequate": ("unclear", False),
    "Outstanding / Good ✓? / Requires improvement / Inadequate": ("unclear", False),
    "Good ✓ / Requires improvement": ("unclear", False),
    "Outstanding / Good ✓ / Requires improvement / Inadequate - borderline": ("unclear", False),
}


@pytest.mark.parametrize(("text", "read"), SIGNED_GRADES.items())
def test_a_sign_typed_beside_one_of_the_printed_grades(text: str, read: tuple[str, bool]) -> None:
    choice = choose((Run(text),), GRADES)
    assert (choice.code, choice.usual) == read


def test_what_stands_below_brackets_is_a_remark() -> None:
    choice = choose((Run("Yes [x] No [ ]\nSeen weekly by the nurse."),), ANSWERS)
    assert (choice.code, choice.remark) == ("yes", "Seen weekly by the nurse.")


def test_a_highlighted_word_and_a_bracket_that_say_different_things_are_unclear() -> None:
    assert choose((Run("Yes (x) "), Run("No", Mark.HIGHLIGHTED), Run(" ( )")), ANSWERS).code == "unclear"


def test_empty_brackets_of_which_something_is_highlighted_or_struck_are_not_missing() -> None:
    assert choose((Run("Yes "), Run("( )", Mark.HIGHLIGHTED), Run(" No ( )")), ANSWERS).code == "unclear"
    assert choose((Run("Yes ( ) No ( ) "), Run("N/A", Mark.STRUCK)), ANSWERS).code == "unclear"


PRINTED_LIST = {
    "Yes/No - Yes": ("yes", True),
    "Y/N: Y": ("yes", True),
    "Yes / No: No": ("no", True),
    "Yes / No / N/A – N/A": ("not_applicable", True),
    "Yes/No: not known": ("not_known", False),
    "Yes/No - Yes (partly)": ("partly", True),
    "No/✓: NO": ("unclear", False),
    "Yes/No N/A": ("unclear", False),
    "Yes/No: Yes - seen weekly": ("yes", True),
    "Yes / No / Not known\nYes": ("yes", True),
    "Yes/No Yes": ("yes", False),
    "Yes/No - Yes/No": ("missing", True),
    "Yes/No - Yes but No for dad": ("unclear", False),
    "Yes/No - depends": ("unclear", False),
    "Yes/No - no evidence": ("unclear", False),
    "Yes/No - not always": ("unclear", False),
    "Yes/No - Yes?": ("unclear", False),
    "Yes/No - No, changed to yes": ("unclear", False),
    "Yes/No - x": ("unclear", False),
    "Yes/No Yes seen": ("unclear", False),
    "Yes / No - Yes - No": ("unclear", False),
    "Yes/No/Yes - No": ("unclear", False),
    "Yes/No → Yes": ("unclear", False),
    "Yes/No\nNo concerns": ("unclear", False),
}


@pytest.mark.parametrize(("text", "read"), PRINTED_LIST.items())
def test_an_answer_typed_behind_the_printed_list(text: str, read: tuple[str, bool]) -> None:
    choice = choose((Run(text),), ANSWERS)
    assert (choice.code, choice.usual) == read


def test_a_word_marked_in_the_printed_list_against_the_one_behind_it_is_unclear() -> None:
    assert choose((Run("Yes/"), Run("No", Mark.HIGHLIGHTED), Run(" - Yes")), ANSWERS).code != "yes"


FOUR = "Outstanding\nGood\nRequires Improvement\nInadequate"
BESIDE_FOUR = {
    f"{FOUR}\nGood": "good",
    f"Good\n{FOUR}": "good",
    FOUR.replace("\n", " ") + " Good": "good",
    FOUR.replace("\n", "\t") + "\tGood": "good",
    FOUR.replace("\n", " / ") + " - Good": "good",
    "O/G/RI/I: G": "good",
    f"{FOUR}\nGood\nThe plan was clear.": "good",
    f"Please circle one\n{FOUR}": "missing",
    FOUR.replace("\n", " ") + " N/A": "missing",
    FOUR.replace("\n", " / ") + " or Good": "unclear",
    FOUR.replace("\n", ", ") + ", Good": "unclear",
    "Outstanding / I / Good / Requires improvement / Inadequate": "unclear",
    "Outstanding\nGood O\nRequires improvement\nInadequate": "unclear",
    "Outstanding\noverall good\nRequires improvement\nInadequate": "unclear",
    f"{FOUR}\nSatisfactory": "unclear",
    f"{FOUR}\nnot good": "unclear",
    f"{FOUR}\nGood because the plan was clear": "unclear",
    f"{FOUR}\nGood\nRI": "unclear",
    f"{FOUR}\nThe plan was clear.": "unclear",
    FOUR.replace("\n", " / ") + ": Good - borderline": "unclear",
    FOUR.replace("\n", " / ") + ": Good because the plan was clear": "unclear",
}


@pytest.mark.parametrize(("text", "code"), BESIDE_FOUR.items())
def test_words_typed_beside_all_printed_grades_are_the_grade_or_unclear(text: str, code: str) -> None:
    choice = choose((Run(text),), GRADES)
    assert (choice.code, choice.usual) == (code, code == "missing")


@pytest.mark.parametrize(
    "text", ["[ ] Yes", "Yes [ ]", "( ) Yes", "Yes ☐", "Yes\n[]", "[ ] Yes weekly", "[ ] Yes - weekly", "{ } No"]
)
def test_a_value_alone_beside_an_empty_box_is_unclear(text: str) -> None:
    assert choose((Run(text),), ANSWERS).code == "unclear"


@pytest.mark.parametrize("text", ["Yes ____", "____ Yes", "(Yes)", "[Yes]", "Yes (weekly)"])
def test_a_value_beside_a_line_or_in_brackets_is_the_choice(text: str) -> None:
    assert choose((Run(text),), ANSWERS).code == "yes"
