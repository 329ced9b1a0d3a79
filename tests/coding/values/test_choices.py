"""What people write in the place of an answer or a grade, and what it is taken as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.coding.values.choices import choose, printed_in_all
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Mark, Run
from audit_lib.scales import Scale

INSTRUMENT = load_instrument("neglect-2018")
ANSWERS, GRADES = INSTRUMENT.scales["yes_no"], INSTRUMENT.scales["ofsted_four"]

TYPED_ANSWERS = {
    "yes": [
        "Yes",
        "yes.",
        "YES!",
        "Y",
        "✓",
        "Yes yes",
        "Answer: Yes",
        "Absolutely",
        "y - yes",
        "Yes\u00a0",
        "Y\u00ades",
    ],
    "no": ["No", "n", "NO.", "x", "✗", "None"],
    "partly": ["Partly", "partially", "In part", "Yes, in part", "yes partly", "To some extent"],
    "not_applicable": ["N/A", "n/a", "NA", "N.A.", "Not applicable", "not relevant", "n\\a"],
    "not_known": [
        "Not known",
        "Don't know",
        "don’t know",
        "Not sure",
        "Unknown",
        "unable to comment",
        "I cannot answer this",
    ],
    "missing": ["", "   ", "Yes/No", "Y/N", "Choose an item.", "Select…", "-", "…", "Please delete as appropriate"],
    "unclear": [
        "Yes/No - depends on the worker",
        "Y/N - depends on the worker",
        "Yes No",
        "Yes and no",
        "Yes\nNo",
        "Yes, but not fully",
        "No. Yes.",
        "Yes?",
        "?",
        "No evidence of this",
        "No concerns",
        "Not yet",
        "See comments",
        "N/Z",
        "The plan was good",
        "Yesterday",
        "Nothing of the kind",
    ],
}
TYPED_GRADES = {
    "outstanding": ["Outstanding", "O", "oustanding"],
    "good": ["Good", "good.", "G", "Grade: Good", "Please delete to leave one judgement:\nGood"],
    "requires_improvement": [
        "RI",
        "R.I.",
        "Requires improvement",
        "Requires Improvement to be good",
        "Requires Improvement (RI)",
        "Requires\nImprovement",
        "needs improvement",
    ],
    "inadequate": ["Inadequate", "inadequate."],
    "not_applicable": ["N/A", "Not applicable"],
    "missing": [
        "",
        "Please delete to leave one judgement:",
        "Outstanding\nGood\nRequires Improvement\nInadequate",
        "O/G/RI/I",
    ],
    "unclear": [
        "Good / RI",
        "Good to outstanding",
        "Between good and outstanding",
        "Outstanding\nGood",
        "Not good",
        "Good practice was seen",
        "Good with some outstanding work",
        "Satisfactory",
        "Almost good",
    ],
}


UNSETTLED_ANSWERS = [
    *[
        "Yes No X N/A",
        "Yes x No √",
        "Yes ✗ No ✓",
        "Yes ❌ No ✅",
        "Yes=No",
        "Y\u0336e\u0336s\u0336 No",
    ],  # marks between
    *[
        "Definitely not",
        "Absolutely not",
        "Yes, not really",
        "Yes never",
        "Yes rarely",
        "Yes to some degree",
        "Yes\nnot always",
    ],  # denied
    *["Yes changed to No", "Yes → No", "No, changed to Yes", "No, this is a yes", "Yes, corrected: No"],  # changed
    *["Yes for mum; No for dad", "Yes (mum) No (dad)", "School: Yes Health: No", "Yes at referral; no at review"],
    *["Yes (?)", "Yes 50%", "Not applicable to us - yes by CSC", "No-one knew", "N.B. Yes", "Yes / No / Partly X"],
]
UNSETTLED_GRADES = [
    *[
        "I'd say good",
        "i.e. good",
        "I, as auditor, grade good",
        "I - Impact: good",
        "R&A: good",
    ],  # letters in sentences
    *["Good → RI", "Good. Amended to RI by manager", "Good - no, RI", "Good for CSC, RI for health", "Good, ?RI"],
    *["Outstanding - none, Good - some", "Good /\nRequires\nImprovement", "Outstanding ✗ Good ✓", "Good (?)"],
    *[
        f"Outstanding\n{good}\nRequires Improvement\nInadequate"  # one of four marked by hand
        for good in ("Good <--", "(Good)", "**Good**", "Good - yes")
    ],
]


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(text, code) for code, texts in table.items() for text in texts]


@pytest.mark.parametrize(("text", "code"), cases(TYPED_ANSWERS))
def test_a_typed_answer(text: str, code: str) -> None:
    assert choose((Run(text),), ANSWERS).code == code


@pytest.mark.parametrize(("text", "code"), cases(TYPED_GRADES))
def test_a_typed_grade(text: str, code: str) -> None:
    assert choose((Run(text),), GRADES).code == code


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Yes - TBC",
            "Yes\nTBC",
            "Yes, perhaps",
            "Yes - hopefully",
            "Yes - planned for June",
            "Yes - half the time",
            "Yes, patchy",
        ),
        *(
            "Yes - usually",
            "Yes, sort of",
            "Yes - a bit",
            "Yes - mother only",
            "Yes - not at the time",
            "Yes - pending",
        ),
        *("Yes - by the school, not us", "Yes - we did not", "Yes - was not done", "Yes - child was not seen"),
        *("Yes - no tool was used", "Yes - there were no contingency plans", "Yes - no really"),
        *("No. 3", "No, they were", "No. They were all done."),
    ],
)
def test_a_doubt_or_a_denial_beside_an_answer_makes_it_unclear(text: str) -> None:
    assert choose((Run(text),), ANSWERS).code == "unclear"


@pytest.mark.parametrize(
    "text",
    [
        "Outstanding - awaiting manager",
        "Outstanding: 2 actions",
        "Good - downgraded",
        "Good\nTBC",
        "Good - provisional",
    ],
)
def test_a_doubt_beside_a_grade_makes_it_unclear(text: str) -> None:
    assert choose((Run(text),), GRADES).code == "unclear"


@pytest.mark.parametrize("text", UNSETTLED_ANSWERS)
def test_words_and_marks_that_say_otherwise_make_an_answer_unclear(text: str) -> None:
    assert choose((Run(text),), ANSWERS).code == "unclear"


@pytest.mark.parametrize("text", UNSETTLED_GRADES)
def test_words_and_marks_that_say_otherwise_make_a_grade_unclear(text: str) -> None:
    assert choose((Run(text),), GRADES).code == "unclear"


@pytest.mark.parametrize("text", ["N–A", "N-A", "N. A.", "N∕A", "N⁄A", "N//A", "N\u00ad/A", "N\u200b/A"])
def test_not_applicable_in_other_signs_is_never_no(text: str) -> None:
    assert choose((Run(text),), ANSWERS).code == "not_applicable"


@pytest.mark.parametrize(
    ("text", "code", "remark"),
    [
        ("Yes - the profile was used", "yes", "the profile was used"),
        ("Yes – but late", "yes", "but late"),
        ("Yes. No further action", "yes", "No further action"),
        ("Yes - no concerns", "yes", "no concerns"),
        ("Yes\nSeen by the health visitor.", "yes", "Seen by the health visitor."),
        ("No, this was late", "no", "this was late"),
        ("N/A as baby", "not_applicable", "as baby"),
        ("Not applicable (unborn)", "not_applicable", "unborn"),
        ("Yes (see A4)", "yes", "see A4"),
        ("No - not seen since March", "no", "not seen since March"),
        ("Yes. Seen in May; plan made.", "yes", "Seen in May; plan made."),
        ("Not known - records held by another trust", "not_known", "records held by another trust"),
    ],
)
def test_words_beside_an_answer_are_a_remark(text: str, code: str, remark: str) -> None:
    choice = choose((Run(text),), ANSWERS)
    assert (choice.code, choice.remark) == (code, remark)


def options(**marks: Mark) -> tuple[Run, ...]:
    runs = [Run("Please delete to leave one judgement:\n")]
    for label in ("Outstanding", "Good", "Requires Improvement", "Inadequate"):
        runs += [Run(label, marks.get(label.split()[0].lower(), Mark.NONE)), Run("\n")]
    return tuple(runs)


S, H, B, U = Mark.STRUCK, Mark.HIGHLIGHTED, Mark.BOLD, Mark.UNDERLINED


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ({}, "missing"),
        ({"good": H}, "good"),
        ({"good": B}, "good"),
        ({"inadequate": U}, "inadequate"),
        ({"outstanding": S, "requires": S, "inadequate": S}, "good"),
        ({"outstanding": S, "requires": S, "inadequate": S, "good": B}, "good"),
        ({"outstanding": S, "inadequate": S}, "unclear"),
        ({"outstanding": S, "inadequate": S, "requires": H}, "requires_improvement"),
        ({"outstanding": S, "good": S, "requires": S, "inadequate": S}, "unclear"),
        ({"outstanding": B, "good": B, "requires": B, "inadequate": B}, "missing"),
        ({"good": H, "requires": H}, "unclear"),
        ({"good": B, "requires": B}, "unclear"),
        ({"good": H, "requires": B}, "unclear"),
        ({"good": H | B, "requires": B}, "good"),
        ({"good": H, "outstanding": U, "inadequate": U}, "unclear"),
        ({"outstanding": B, "good": B | H, "requires": B, "inadequate": B}, "good"),
        ({"good": S | B, "outstanding": S, "inadequate": S, "requires": H}, "requires_improvement"),
    ],
)
def test_a_grade_chosen_by_its_looks(marks: dict[str, Mark], code: str) -> None:
    assert choose(options(**marks), GRADES).code == code


def test_a_grade_typed_below_the_untouched_options_is_taken_and_told() -> None:
    choice = choose((*options(), Run("Good")), GRADES)
    assert (choice.code, choice.usual) == ("good", False)


def boxes(*ticks: tuple[bool, str]) -> tuple[Run, ...]:
    return tuple(run for ticked, label in ticks for run in (Run("", ticked=ticked), Run(f" {label}\n")))


@pytest.mark.parametrize(
    ("runs", "code"),
    [
        (boxes((True, "Yes"), (False, "No")), "yes"),
        (boxes((False, "Yes"), (True, "No")), "no"),
        (boxes((False, "Yes"), (False, "No")), "missing"),
        (boxes((True, "Yes"), (True, "No")), "unclear"),
        (boxes((True, "Perhaps"), (False, "Yes")), "unclear"),
        ((Run("Yes "), Run("", ticked=True), Run(" No "), Run("", ticked=False)), "yes"),
        ((Run("Yes "), Run("", ticked=False), Run(" No "), Run("", ticked=True)), "no"),
        ((Run("", ticked=True),), "unclear"),
        ((*boxes((False, "Yes"), (False, "No")), Run("N/A")), "unclear"),
        (boxes((True, "Yes"), (False, "No - not always")), "unclear"),
        (boxes((False, "Yes"), (False, "No N/A")), "unclear"),
        (boxes((True, "Yes"), (False, "No x")), "unclear"),
        ((*boxes((True, "Yes"), (False, "No")), Run("No really")), "unclear"),
        ((Run("", ticked=False),), "missing"),
    ],
)
def test_tick_boxes(runs: tuple[Run, ...], code: str) -> None:
    assert choose(runs, ANSWERS).code == code


@pytest.mark.parametrize(
    ("beside", "code", "remark"),
    [("Seen by the nurse", "yes", "Seen by the nurse"), ("No", "unclear", ""), ("changed to No", "unclear", "")],
)
def test_words_below_tick_boxes(beside: str, code: str, remark: str) -> None:
    choice = choose((*boxes((True, "Yes"), (False, "No")), Run(beside)), ANSWERS)
    assert (choice.code, choice.remark) == (code, remark)


@pytest.mark.parametrize(
    ("runs", "code"),
    [
        ((Run("Yes", S), Run(" / No")), "no"),
        ((Run("Yes / "), Run("No", S)), "yes"),
        ((Run("Yes / "), Run("No", H)), "no"),
        ((Run("Yes", B), Run(" / No")), "yes"),
        ((Run("Yes / No", H),), "unclear"),
        ((Run("Yes / No", S),), "unclear"),
        ((Run("Choose an item.", Mark.PLACEHOLDER),), "missing"),
        ((Run("Yes", Mark.UNTOUCHED),), "unclear"),
        ((Run("Select…", Mark.UNTOUCHED),), "missing"),
    ],
)
def test_marks_decide_an_answer(runs: tuple[Run, ...], code: str) -> None:
    assert choose(runs, ANSWERS).code == code


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (Run("Yes", B), Run("No", H), "unclear"),
        (Run("Yes", U), Run("No", H), "unclear"),
        (Run("Yes", H | B), Run("No"), "yes"),
        (Run("Yes", B), Run("No", B | H), "no"),
        (Run("Yes", B), Run("No"), "yes"),
    ],
)
def test_marks_of_two_kinds_on_two_values_choose_neither(first: Run, second: Run, code: str) -> None:
    assert choose((first, Run(" / "), second), ANSWERS).code == code


@pytest.mark.parametrize(
    ("yes", "no", "code"),
    [
        (Mark.NONE, H, "unclear"),
        (Mark.NONE, B, "unclear"),
        (H, Mark.NONE, "yes"),
        (B, B, "yes"),
    ],
)
def test_a_box_ticked_and_another_label_marked(yes: Mark, no: Mark, code: str) -> None:
    runs = (Run("", ticked=True), Run(" Yes", yes), Run(" "), Run("", ticked=False), Run(" No", no))
    assert choose(runs, ANSWERS).code == code


def test_a_label_marked_beside_empty_boxes_is_unclear() -> None:
    runs = (Run("", ticked=False), Run(" Yes", H), Run(" "), Run("", ticked=False), Run(" No"))
    assert choose(runs, ANSWERS).code == "unclear"


@pytest.mark.parametrize(
    ("lists", "codes"),
    [
        ([(B, H), (B | H, Mark.NONE), (B, H)], ["no", "yes", "no"]),  # "Yes" is bold in every list: printed
        ([(B, H), (B | H, Mark.NONE)], ["unclear", "yes"]),  # two lists may be alike by chance
        ([(B, H), (H, B), (B, Mark.NONE)], ["unclear", "unclear", "yes"]),
        ([(H, B), (H, B), (H, Mark.NONE)], ["no", "no", "yes"]),
    ],
)
def test_marks_that_every_list_of_a_form_has_may_be_printed(lists: list[tuple[Mark, Mark]], codes: list[str]) -> None:
    runs = [(Run("Yes", yes), Run(" / "), Run("No", no)) for yes, no in lists]
    printed = printed_in_all((one, ANSWERS) for one in runs)
    assert [choose(one, ANSWERS, printed=printed).code for one in runs] == codes


FOUR = "Outstanding\nGood\nRequires Improvement\nInadequate"


@pytest.mark.parametrize(
    ("text", "scale", "code"),
    [
        ("YES / no", ANSWERS, "unclear"),
        ("yes / NO", ANSWERS, "unclear"),
        ("YES / NO", ANSWERS, "missing"),
        ("yes / no / N/A", ANSWERS, "missing"),
        ("Ⓨ / N", ANSWERS, "unclear"),
        ("Y\u20dd / N", ANSWERS, "unclear"),
        ('"', ANSWERS, "unclear"),  # ditto
        ("〃", ANSWERS, "unclear"),
        *((sign, ANSWERS, "unclear") for sign in ("“", "‘‘", "’’", "″", "„", ",,", "-//-", "\\\\", "+", "*", "=")),
        ("-", ANSWERS, "missing"),
        ("....", ANSWERS, "missing"),
        ("↓", ANSWERS, "unclear"),
        (FOUR.replace("Good", "GOOD"), GRADES, "unclear"),
        (FOUR.upper(), GRADES, "missing"),
        (f"{FOUR.upper()}\nGood", GRADES, "good"),
        (FOUR.replace("Good", "Good 😀"), GRADES, "unclear"),
        (f"Our judgement is RI\n{FOUR}", GRADES, "unclear"),
        (f"{FOUR}\nWe think that it was good", GRADES, "unclear"),
        (FOUR.replace("Good", "Good ←"), GRADES, "unclear"),
        ("Yes x2, No x1", ANSWERS, "unclear"),
        ("Yes 👎", ANSWERS, "unclear"),
        ("Yes - as far as we can tell", ANSWERS, "unclear"),
        ("Yes I believe so", ANSWERS, "unclear"),
        ("Yes - no evidence", ANSWERS, "unclear"),
        ("Yes no evidence on file", ANSWERS, "unclear"),
        ("Yes - evidence lacking", ANSWERS, "unclear"),
        ("Yes - no evidence of drift", ANSWERS, "yes"),
        ("Yes - no evidence of impact", ANSWERS, "unclear"),
        ("yes the reason is clear no evidence of impact", ANSWERS, "unclear"),
        ("Yes - evidence of visits weekly", ANSWERS, "yes"),
    ],
)
def test_a_value_picked_out_or_doubted_in_some_other_way(text: str, scale: Scale, code: str) -> None:
    assert choose((Run(text),), scale).code == code


@pytest.mark.parametrize("scale", [ANSWERS, GRADES])
def test_every_spelling_in_the_lists_is_read_as_its_value(scale: Scale) -> None:
    wrong = [(s, code, choose((Run(s),), scale).code) for s, code in scale.spelled.items()]
    assert [one for one in wrong if one[1] != one[2]] == []


@given(st.text(max_size=80))
def test_any_text_gives_a_code_and_keeps_what_was_written(text: str) -> None:
    choice = choose((Run(text),), ANSWERS)
    assert choice.code in {*ANSWERS.values, "missing", "unclear"}
    assert (
        choice.code != "missing"
        or not any(c.isalpha() for c in choice.as_written)
        or ANSWERS.is_prompt(choice.as_written)
    )


@given(st.text(max_size=30), st.integers(0, 29), st.sampled_from(["Yes", "No", "Partly", "N/A"]))
def test_how_text_is_split_into_runs_changes_nothing(tail: str, at: int, answer: str) -> None:
    text = f"{answer} - {tail}"
    assert choose((Run(text),), ANSWERS) == choose((Run(text[:at]), Run(text[at:])), ANSWERS)


THREE = load_instrument("case-audit-2021").scales["good_three"]


@pytest.mark.parametrize(
    ("runs", "scale", "code"),
    [
        ((Run("Does not", S), Run(" meet good")), THREE, "unclear"),
        ((Run("Exceeds", S), Run(" good")), THREE, "unclear"),
        ((Run("Does not meet", S), Run(" meets good")), THREE, "meets_good"),
        ((Run("Good\n"), Run("Requires", S), Run(" improvement")), GRADES, "unclear"),
        ((Run("Good\n"), Run("Requires Improvement", S), Run(" to be")), GRADES, "unclear"),
        ((Run("Requires improvement", S), Run(" to be good")), GRADES, "unclear"),
        ((Run("Not", S), Run(" Good")), GRADES, "good"),
        ((Run("No"), Run("t sure", S)), ANSWERS, "unclear"),
        ((Run("Y"), Run("es / No", S)), ANSWERS, "yes"),
        ((Run("Partly", S), Run(" yes")), ANSWERS, "yes"),
        ((Run("Yes,", S), Run(" partly")), ANSWERS, "partly"),
    ],
)
def test_a_value_of_which_a_part_is_struck_is_not_what_was_left_of_it(
    runs: tuple[Run, ...], scale: Scale, code: str
) -> None:
    assert choose(runs, scale).code == code


@pytest.mark.parametrize(
    ("runs", "as_written"),
    [
        ((Run("Yes", S),), "[struck out: Yes]"),
        ((Run("Yes ", S), Run("[choose]", Mark.PLACEHOLDER), Run("No", S)), "[struck out: Yes No]"),
        ((Run("Yes", S), Run(" see below")), "see below"),
        ((Run(" – ", S),), ""),
    ],
)
def test_a_value_that_is_struck_as_a_whole_is_shown_as_struck(runs: tuple[Run, ...], as_written: str) -> None:
    assert choose(runs, ANSWERS).as_written == as_written


INITIALS = ("Outstanding", "Good", "Requires improvement", "Inadequate")


@pytest.mark.parametrize(
    ("runs", "scale", "code"),
    [
        ((Run("Exceeds good\nMeets "), Run("good", H), Run("\nDoes not meet good")), THREE, "unclear"),
        ((Run("Outstanding\nGood\nRequires "), Run("improvement", B), Run("\nInadequate")), GRADES, "unclear"),
        (tuple(run for one in INITIALS for run in (Run(one[0], B), Run(one[1:] + "\n"))), GRADES, "missing"),
    ],
)
def test_a_part_of_one_value_marked_is_no_empty_list(runs: tuple[Run, ...], scale: Scale, code: str) -> None:
    assert choose(runs, scale).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Yes (No see the police log)", "unclear"),
        ("Yes, no please see overleaf", "unclear"),
        ("No see the comments", "no"),
        ("Y (mum) N (dad)", "unclear"),
        ("N - changed - Y", "unclear"),
        ("Y for mum - N for dad", "unclear"),
        ("Yes - N was seen", "yes"),
        ("Yes - seen with J, N", "yes"),
        ("Yes (child N)", "yes"),
    ],
)
def test_a_second_answer_behind_a_bracket_or_a_dash(text: str, code: str) -> None:
    assert choose((Run(text),), ANSWERS).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Yes ✓✓\nNo", "yes"),
        ("Yes✓✓\nNo", "unclear"),
        ("Yes\nNo ??", "unclear"),
        ("Yes\n✓\nNo", "unclear"),
        ("✓\nYes\nNo", "unclear"),
        ("Yes\nNo\nx", "unclear"),
        ("Yes\n✓", "yes"),
        ("Yes\nNo\nN/A ✓", "not_applicable"),
        ("Yes\nNo\nN/A ✓?", "unclear"),
        ("Yes\nNo\nNot applicable ✓?", "unclear"),
        ("Yes\nNo\nN/A - ✓ ?", "unclear"),
        ("Yes\nNo\nN/A (✓)?", "unclear"),
        ("Yes ✓?\nNo\nN/A", "unclear"),
    ],
)
def test_signs_beside_one_of_all_printed_options_are_no_empty_list(text: str, code: str) -> None:
    third = ("not_applicable",) if "N/A" in text or "Not applicable" in text else ()
    assert choose((Run(text),), ANSWERS, ("yes", "no", *third)).code == code


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (B, "Good / Inadequate [marked by bold: Good]"),
        (H | B, "Good / Inadequate [marked by highlighting and bold: Good]"),
        (U, "Good / Inadequate [marked by underlining: Good]"),
    ],
)
def test_a_value_chosen_by_its_letters_says_by_which(mark: Mark, told: str) -> None:
    assert choose((Run("Good", mark), Run("\nInadequate")), GRADES).as_written == told
