"""What the columns of a table of returns hold: whose value, which comment, which thing of a list."""

from __future__ import annotations

import pytest

from audit_lib.coding.parts import Part
from audit_lib.instruments import load_instrument

from .test_rows import TEXTS, answers, parts, sheet

CIN, CASES, NEGLECT = (load_instrument(name) for name in ("child-in-need-2014", "case-audit-2021", "neglect-2018"))
MODERATED = load_instrument("case-audit-2017")
ASKED = ["Case", "Agency", "R1", "R2", "A1"]
SAID = ["A", "Police", "Yes", "No", "Yes"]


def one_row(head: list[str], row: list[str], instrument=NEGLECT) -> Part:
    (part,) = parts(sheet(head, row), instrument=instrument)
    return part


def comments(part: Part) -> list[tuple[str, str, str]]:
    return [(c.question or c.section, c.column, c.text) for c in part.coded.comments]


def told(part: Part) -> list[str]:
    return [p.as_written for p in part.coded.problems if p.check == "text_not_placed"]


@pytest.mark.parametrize(
    ("heading", "place"),
    {
        "Comments on R1": ("R1", "comment"),
        "Comments (R2)": ("R2", "comment"),
        "R1 - what are we worried about?": ("R1", "worried"),
        "What needs to happen for R1?": ("R1", "needs_to_happen"),
        "R1 evidence": ("R1", "comment"),
        "R2 notes": ("R2", "comment"),
        f"{TEXTS['R2']} Comments": ("R2", "comment"),
        "Comments on the recognition": ("R", "comment"),
        "Comments": ("A1", "comment"),
        "What went well?2": ("A1", "going_well"),
    }.items(),
)
def test_what_a_column_of_comments_belongs_to(heading: str, place: tuple[str, str]) -> None:
    part = one_row([*ASKED, heading], [*SAID, "seen late"])
    assert comments(part) == [(*place, "seen late")]
    assert answers(part, "R1", "R2", "A1") == ["yes", "no", "yes"]


@pytest.mark.parametrize("between", ["Was the dog seen?", "Completed by", "R1 and R2", ""])
def test_comments_behind_a_column_that_is_no_value_belong_to_nothing(between: str) -> None:
    part = one_row([*ASKED, between, "Comments"], [*SAID, "Jo", "seen late"])
    assert comments(part) == []
    assert "seen late" in told(part)


@pytest.mark.parametrize("heading", ["Comments on R1 and R2", "Comments on the dog"])
def test_comments_on_several_things_or_on_something_else_belong_to_nothing(heading: str) -> None:
    part = one_row([*ASKED, heading], [*SAID, "seen late"])
    assert comments(part) == []
    assert told(part) == ["seen late"]


def test_comments_that_seem_to_stand_before_their_question_belong_to_nothing() -> None:
    head = ["Case", "What went well?", "R1", "What went well?2", "R2", "A1"]
    part = one_row(head, ["A", "first", "Yes", "second", "No", "Yes"])
    assert comments(part) == []
    assert told(part) == ["first", "second"]


def test_comments_behind_the_score_are_the_reasons_for_it() -> None:
    part = one_row([*ASKED, "Score", "Comments", "Any other comments"], [*SAID, "7", "steady", "thanks"])
    assert comments(part) == [("reasoning", "comment", "steady"), ("other", "comment", "thanks")]
    short = one_row([*ASKED[:5], "Completed by", "Comments on the score"], [*SAID, "Jo", "steady"])
    assert comments(short) == [("reasoning", "comment", "steady")]


def test_a_code_may_be_followed_by_the_word_for_its_answer_or_its_comments() -> None:
    head = ["Case", "R1 answer", "R1 comment", "Response (R2)", "R2 comments", "A1 response", "A1 evidence"]
    part = one_row(head, ["A", "Yes", "one", "No", "two", "Partly", "three"])
    assert answers(part, "R1", "R2", "A1") == ["yes", "no", "partly"]
    assert comments(part) == [("R1", "comment", "one"), ("R2", "comment", "two"), ("A1", "comment", "three")]
    assert (part.coded.questions_found, part.coded.questions_known) == (3, 3)


def test_an_answer_with_comments_in_its_column_is_an_answer() -> None:
    part = one_row(["Case", "R1", "R2", f"A1 {TEXTS['A1']} (Yes/No and comments)"], ["A", "Yes", "No", "Yes"])
    assert answers(part, "A1") == ["yes"]


ANOTHERS = (
    "Moderated grade: Recognition",
    "Moderated score on a scale of 0 to 10",
    "Score last year on a scale of 0 to 10",
    "Grade at previous audit (overall)",
    "Recognition (previous grade)",
    "Target grade for recognition",
    "Panel judgement on the quality of recognition",
    "A2 response at the earlier audit",
    "A4 Was information shared as it should have been? (moderated)",
    "Before: was information shared as it should have been?",
    "Moderator comments on R1",
)


@pytest.mark.parametrize("heading", ANOTHERS)
def test_what_another_rater_or_another_audit_said_is_told_and_not_taken(heading: str) -> None:
    part = one_row([*ASKED, heading], [*SAID, "7"])
    coded = part.coded
    assert [name for name, value in coded.answers.items() if value.locator] == ["R1", "R2", "A1"]
    assert {value.code for value in coded.grades.values()} == {"missing"}
    assert (coded.score.code if coded.score else "") == "missing"
    assert (comments(part), told(part)) == ([], ["7"])


def test_grades_of_a_rater_of_the_tool_are_that_raters() -> None:
    head = ["Case number", "Risk is identified", "Moderated grade: risk is identified", "Evidence"]
    head += ["Quality of plans", "Moderator judgement", "Decision making is effective", "Moderator"]
    row = ["1234", "Meets good", "DNMG", "seen", "DNMG", "Exceeds", "Meets good", "Jo Bloggs"]
    part = one_row(head, row, MODERATED)
    graded = {name: value.code for name, value in part.coded.grades.items() if value.code != "missing"}
    assert graded == {"risk": "meets_good", "plans": "does_not_meet_good", "decisions": "meets_good"}
    assert {name: value.code for name, value in part.coded.ratings.items()} == {
        ("risk", "moderator"): "does_not_meet_good",
        ("plans", "moderator"): "exceeds_good",
    }
    assert (comments(part), told(part)) == ([("risk", "evidence", "seen")], ["Jo Bloggs"])


AREA = {
    "Consideration and impact of diversity": ("does_not_meet_good", ""),
    "Consideration and impact of diversity - evidence": ("missing", "evidence"),
    "Consideration and impact of diversity (impact)": ("missing", "impact"),
    "Impact of diversity comments": ("missing", "comment"),
    "Impact: consideration and impact of diversity": ("missing", "impact"),
    "Reason for judgement on impact of diversity": ("missing", "comment"),
    "Consideration and impact of diversity. For example age. Is there evidence of the impact of identity on the plan for the "
    "child and family?": ("does_not_meet_good", ""),
}


@pytest.mark.parametrize("heading", AREA)
def test_a_kind_of_comment_lies_beyond_the_words_of_the_area(heading: str) -> None:
    head = ["Case number", "Risk is identified", "Decision making is effective", "Quality of plans", heading]
    grade, column = AREA[heading]
    written = "seen late" if column else "DNMG"
    part = one_row(head, ["1234", "Meets good", "DNMG", "Meets good", written], CASES)
    assert part.coded.grades["diversity"].code == grade
    assert comments(part) == ([("diversity", column, written)] if column else [])


TWO_SCORES = {
    ("7", "8"): ("unclear", None, "7 or 8"),
    ("0", "10"): ("unclear", None, "0 or 10"),
    ("7", "8 because of the plan"): ("unclear", None, "7 or 8 because of the plan"),
    ("", "8"): ("read", 8, "8"),
    ("7", ""): ("read", 7, "7"),
    ("7", "7"): ("read", 7, "7"),
    ("", ""): ("missing", None, ""),
}


@pytest.mark.parametrize("scores", TWO_SCORES)
def test_two_columns_of_scores(scores: tuple[str, str]) -> None:
    score = one_row([*ASKED, "Score", "Overall score"], [*SAID, *scores]).coded.score
    assert score is not None
    assert (score.code, score.number, score.as_written) == TWO_SCORES[scores]


@pytest.mark.parametrize(
    ("heading", "read"),
    [
        ("Score (0-10)", True),
        ("Score 0 to 10", True),
        ("Overall score out of 10", True),
        ("Score /10", True),
        ("Score (1-5)", False),
        ("Score out of 100", False),
    ],
)
def test_a_score_is_known_with_its_own_range_and_with_no_other(heading: str, read: bool) -> None:
    score = one_row([*ASKED, heading], [*SAID, "4"]).coded.score
    assert score is not None
    assert (score.number == 4) == read


def test_what_stands_in_a_second_column_of_a_question_or_grade_is_not_lost() -> None:
    part = one_row([*ASKED, "R1", "Overall", "Overall grade"], [*SAID, "No", "Good", "Inadequate"])
    assert part.coded.answers["R1"].code == "unclear"
    assert part.coded.answers["R1"].as_written == "Yes / No"
    assert part.coded.grades["overall"].as_written == "Good / Inadequate"


MOMENTS = {
    ("2018-05-01 10:00", "2018-05-09 11:00"): "2018-05-09T11:00:00",
    ("2018-05-02 10:00", ""): "2018-05-02T10:00:00",
    ("", "2018-05-09 11:00"): "2018-05-09T11:00:00",
    ("2018-05-02 10:00", "lately"): "",
    ("", ""): "",
}


@pytest.mark.parametrize("moments", MOMENTS)
def test_the_later_of_completion_and_change_is_when_a_row_was_sent_in(moments: tuple[str, str]) -> None:
    part = one_row(["Completion time", "Last modified time", *ASKED], [*moments, *SAID])
    assert part.sent_in == MOMENTS[moments]


LIST = "1) Does your agency's file for this child contain?"
TICKED = {
    "up-to-date parent details;Child in Need Plan;": {"1b": "yes", "1f": "yes", "1a": "no", "1e": "no"},
    "up-to-date parent details\nChild in Need Plan": {"1b": "yes", "1f": "yes", "1a": "no"},
    "up-to-date basic information for the child (name, date of birth address, etc.);": {"1a": "yes", "1b": "no"},
    "up-to-date parent details, Child in Need Plan, case summary": dict.fromkeys(("1a", "1b", "1e", "1f"), "unclear"),
    "no Child in Need Plan": dict.fromkeys(("1a", "1f"), "unclear"),
    "parent details;no Child in Need Plan": {"1b": "yes", "1f": "unclear", "1a": "no"},
    "parent details (not of the father);meeting record": {"1b": "unclear", "1g": "yes", "1a": "no"},
    "without parent details;meeting record": {"1b": "unclear", "1g": "yes"},
    "None of these": dict.fromkeys(("1a", "1f"), "unclear"),
    "Yes": dict.fromkeys(("1a", "1f"), "unclear"),
    "": dict.fromkeys(("1a", "1f"), "missing"),
}


@pytest.mark.parametrize("written", TICKED)
def test_a_list_of_things_in_one_cell(written: str) -> None:
    head = ["Child", "2) overseen or discussed in supervision", "7) all the agencies involved", LIST]
    part = one_row(head, ["A", "Yes", "No", written], CIN)
    expected = TICKED[written]
    assert {name: part.coded.answers[name].code for name in expected} == expected
    assert part.coded.questions_known == part.coded.questions_found == 9


def test_a_thing_that_is_not_in_the_list_is_told() -> None:
    head = ["Child", "2) overseen or discussed", "7) all the agencies involved", LIST]
    part = one_row(head, ["A", "Yes", "No", "parent details;a photo;"], CIN)
    assert told(part) == ["a photo"]


THINGS = ["basic information", "up-to-date parent details", f"{LIST} [male parent]", "Child in Need Plan (Yes/No)"]
IN_COLUMNS = {
    ("✓", "", "✓", ""): ["yes", "no", "yes", "no"],
    ("✓", "x", "Yes", "No"): ["yes", "no", "yes", "no"],
    ("Yes", "No", "", "N/A"): ["yes", "no", "missing", "not_applicable"],
    ("Yes", "", "", "No"): ["yes", "missing", "missing", "no"],
    ("x", "", "x", ""): ["unclear"] * 4,
    ("Yes", "x", "", "No"): ["yes", "unclear", "missing", "no"],
    ("TRUE", "", "", ""): ["unclear", "missing", "missing", "missing"],
    ("✓", "1", "", ""): ["yes", "unclear", "no", "no"],
    ("", "up-to-date parent details", "", ""): ["no", "yes", "no", "no"],
    ("", "", "", ""): ["missing"] * 4,
}


@pytest.mark.parametrize("row", IN_COLUMNS)
def test_a_list_of_things_with_a_column_for_each(row: tuple[str, ...]) -> None:
    part = one_row(["Child", "Agency", *THINGS], ["A", "Police", *row], CIN)
    assert answers(part, "1a", "1b", "1c", "1f") == IN_COLUMNS[row]
    assert part.coded.questions_known == part.coded.questions_found == 4


def test_what_is_written_beside_yes_in_a_list_is_a_comment_and_comments_after_it_are_on_the_list() -> None:
    part = one_row(["Child", *THINGS, "Comments"], ["A", "Yes - dated 2013", "", "", "", "thin"], CIN)
    assert answers(part, "1a") == ["yes"]
    assert comments(part) == [("1", "comment", "thin"), ("1a", "comment", "dated 2013")]


def test_a_question_about_a_thing_in_a_list_is_not_the_thing() -> None:
    head = ["Child", *THINGS[:3], "Was the Child in Need Plan discussed with the family?"]
    part = one_row(head, ["A", "Yes", "No", "No", "Yes"], CIN)
    assert part.coded.answers["1f"].code == "missing"
    assert told(part) == ["Yes"]


@pytest.mark.parametrize("written", ["TRUE", "FALSE", "1", "0"])
def test_true_false_and_figures_are_no_answers(written: str) -> None:
    assert answers(one_row(ASKED, ["A", "Police", written, "Yes", "No"]), "R1") == ["unclear"]


ROWS = (["When to refer", "What the referral says", "Acting on the referral"], ["REF1", "REF2", "REF3"])


@pytest.mark.parametrize("heads", ROWS)
def test_rows_of_a_rubric_count_as_questions(heads: list[str]) -> None:
    part = one_row(["Case number", *heads], ["4104", "G", "RI", "O"], load_instrument("case-grading"))
    graded = [part.coded.grades[name].code for name in ("REF1", "REF2", "REF3")]
    assert graded == ["good", "requires_improvement", "outstanding"]
    assert (part.coded.questions_found, part.coded.questions_known) == (3, 3)


NO_WORDS = ["Case", "Agency", "R1 recognised early", "R2 tools", "A4: info shared"]


@pytest.mark.parametrize(
    ("heading", "question"),
    {
        "C1 multi agency": "C1",
        "C1 Multi-agency workng": "C1",
        "Q C1 agencies": "C1",
        "P1 positive change": "P1",
        "A7 Was the child consultd, and is it clear in the assesment what the child took part in?": "A7",
        "C1 dog": "",
        "C1 comments": "",
        "C1 multi agency last year": "",
        "C1 multi agency notes": "",
        "C1 lived experience reflected": "",
        "multi agency": "",
    }.items(),
)
def test_a_heading_shortened_to_a_code_and_some_of_its_words(heading: str, question: str) -> None:
    part = one_row([*NO_WORDS, heading], ["A", "Police", "Yes", "No", "Yes", "Partly"])
    assert answers(part, "R1", "R2", "A4") == ["yes", "no", "yes"]
    taken = [name for name, value in part.coded.answers.items() if value.code == "partly"]
    assert taken == ([question] if question else [])


def test_a_shortened_heading_of_another_year_stands_beside_its_own() -> None:
    head = [*NO_WORDS, "R1 recognised early last year", "R2 tools (previous)"]
    part = one_row(head, ["A", "Police", "Yes", "No", "Yes", "No", "Yes"])
    assert answers(part, "R1", "R2", "A4") == ["yes", "no", "yes"]
    assert told(part) == ["No", "Yes"]


def test_shortened_headings_count_only_with_words_of_their_questions() -> None:
    other = ["Case", "Agency", "R1 dog", "R2 cat", "A1 hen", "A2 lived experience"]
    assert parts(sheet(other, ["A", "Police", "Yes", "No", "Yes", "No"]), instrument=NEGLECT)[0].address == ""


def test_other_words_behind_a_code_count_where_every_question_has_its_heading() -> None:
    words = {name: " ".join(question.cues[0].split()[:4]) for name, question in NEGLECT.questions.items()}
    words |= {"P2": "wishes", "A3": "strengths"}  # nothing of P2; "working well" would be a comment
    head = [f"{name} {said}" for name, said in words.items()]
    part = one_row(["Case", *head], ["A", *["No"] * len(head)])
    assert {value.code for value in part.coded.answers.values()} == {"no"}


@pytest.mark.parametrize(("left_out", "read"), [("", True), ("8", False)])
def test_numbers_alone_are_headings_where_every_question_has_one(left_out: str, read: bool) -> None:
    numbers = [name for name in CIN.questions if name != left_out]
    found = parts(sheet(["Child", "Agency", *numbers], ["A", "Police", *["Yes"] * len(numbers)]), instrument=CIN)
    assert (found[0].coded.answers["7"].code == "yes") == read


def test_an_area_of_practice_by_its_short_name() -> None:
    head = ["Case number", "Risk", "Quality of plans", "Living arrangements", "Risk of harm to the dog", "Outcomes"]
    row = ["1", "Meets good", "Exceeds good", "Meets good", "Meets good", "", "seen alone"]
    part = one_row([*head, "Risk - evidence"], row, CASES)
    assert comments(part) == [("risk", "evidence", "seen alone")]
    codes = {name: value.code for name, value in part.coded.grades.items() if value.locator}
    expected = {
        "risk": "meets_good",
        "plans": "exceeds_good",
        "living_arrangements": "meets_good",
        "outcomes": "missing",
    }
    assert codes == expected


@pytest.mark.parametrize(
    ("heading", "agency"),
    {
        "Which agency are you completing this for?": "GP",
        "What is the name of your agency?": "GP",
        "Please select your agency": "GP",
        "Which agency made the referral?": "",
        "What agency support was offered?": "",
    }.items(),
)
def test_a_field_of_the_head_asked_for_as_a_question(heading: str, agency: str) -> None:
    part = one_row(["Case", heading, "R1", "R2", "A1"], ["A", "GP", "Yes", "No", "Yes"])
    header = part.coded.header.get("agency")
    assert (header.as_written if header else "") == agency


def test_what_a_quiz_says_of_each_answer_is_no_second_answer() -> None:
    long = (
        f"{TEXTS['R2']} Please think of all that your agency knew, from whom, and of what was done with it at the time."
    )
    asked = ["Case number", "R1", long, "A1"]
    head = [one for name in asked for one in (name, f"Points - {name}", f"Feedback - {name}")]
    row = [one for said in ("A", "Yes", "No", "Yes") for one in (said, "1", "see me" if said == "No" else "")]
    part = one_row(head, row)
    assert answers(part, "R1", "R2", "A1") == ["yes", "no", "yes"]
    assert told(part) == ["see me"]
    assert "case" not in part.coded.header_again
