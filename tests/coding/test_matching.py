"""Which row of a form is which question, whatever was done to the form; and nothing that was written is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.coding.matching import MatchedForm, match_form
from audit_lib.coding.questions import wording_fits
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Mark, Paragraph, RawForm, Run, Table

from .raw_forms import cell, form, paragraph, table

NEGLECT = load_instrument("neglect-2018")
R1, R2, A4 = (NEGLECT.questions[question].text for question in ("R1", "R2", "A4"))
WELL, WORRIED, NEEDED = "What went well?", "What are we worried about?", "What needs to happen?"
HEADING = ["No.", "Question", "Response (Yes/No)", WELL, WORRIED, NEEDED]
GRADES = ["Judgement", WELL, WORRIED, NEEDED]
FOUR = "Outstanding\nGood\nRequires Improvement\nInadequate"

Comments = dict[tuple[str, str, str], list[str]]


def matched(*blocks: str | Paragraph | Table) -> MatchedForm:
    return match_form(form(*blocks), NEGLECT)


def answers(found: MatchedForm) -> dict[str, str]:
    return {question: one.answer.text for question, one in found.questions.items()}


def comments(found: MatchedForm) -> Comments:
    return {place: [one.text for one in places] for place, places in found.comments.items()}


def grades(found: MatchedForm) -> dict[str, str]:
    return {thing: place.text for thing, place in found.grades.items()}


def unplaced(found: MatchedForm) -> list[str]:
    return [place.text for place in found.unplaced]


MERGED_HEADING = [
    [
        cell("No.", row_span=2),
        cell("Question", row_span=2),
        cell("Response (Yes/No)", row_span=2),
        cell("Comments on Quality of Work", column_span=3),
    ],
    [WELL, WORRIED, NEEDED],
]
BOTH = {"R1": "Yes", "R2": "No"}
ROWS = [["R1", R1, "Yes", "seen early", "late letters", "weekly visits"], ["R2", R2, "No", "", "", ""]]
COMMENTS = {
    ("R", "R1", "going_well"): ["seen early"],
    ("R", "R1", "worried"): ["late letters"],
    ("R", "R1", "needs_to_happen"): ["weekly visits"],
}
LAYOUTS: dict[str, tuple[list[str | Table], dict[str, str], Comments]] = {
    "as printed": (["Quality of the Recognition:", table(HEADING, *ROWS)], BOTH, COMMENTS),
    "a heading merged over two rows": ([table(*MERGED_HEADING, *ROWS)], BOTH, COMMENTS),
    "a heading in two rows that are not merged": (
        [table([*HEADING[:3], "Comments on Quality of Work", "", ""], ["", "", "", WELL, WORRIED, NEEDED], *ROWS)],
        BOTH,
        COMMENTS,
    ),
    "a table split over two pages, the second part without heading": (
        [table(*MERGED_HEADING, ROWS[0]), table(ROWS[1])],
        BOTH,
        COMMENTS,
    ),
    "a heading repeated on the second page": ([table(HEADING, ROWS[0], HEADING, ROWS[1])], BOTH, COMMENTS),
    "a row split over two pages": (
        [
            table(HEADING, ["R1", R1, "Yes", "seen early", "", ""]),
            table(["", "", "", "", "late letters", "weekly visits"], ROWS[1]),
        ],
        BOTH,
        COMMENTS,
    ),
    "a row split over two pages, its comments in words of a heading": (
        [
            table(HEADING, ["R1", R1, "Yes", "", "", ""]),
            table(["", "", "", "Going well at school", "Worried about sleep", ""]),
        ],
        {"R1": "Yes"},
        {("R", "R1", "going_well"): ["Going well at school"], ("R", "R1", "worried"): ["Worried about sleep"]},
    ),
    "empty rows between": ([table(HEADING, [""] * 6, ROWS[0], [""] * 6, [""] * 6, ROWS[1])], BOTH, COMMENTS),
    "no column of numbers": ([table(HEADING[1:], *(row[1:] for row in ROWS))], BOTH, COMMENTS),
    "no column of numbers, an answer and a comment that could be headings": (
        [table(HEADING[1:], [R1, "No", "Worked well with school", "", ""])],
        {"R1": "No"},
        {("R", "R1", "going_well"): ["Worked well with school"]},
    ),
    "columns in another order": (
        [table([HEADING[n] for n in (1, 5, 4, 3, 2)], *([row[n] for n in (1, 5, 4, 3, 2)] for row in ROWS))],
        BOTH,
        COMMENTS,
    ),
    "a number and a question in one cell": (
        [table(HEADING[1:], *([f"{row[0]}. {row[1]}", *row[2:]] for row in ROWS))],
        BOTH,
        COMMENTS,
    ),
    "a number written another way": ([table(HEADING, ["(r 1)", *ROWS[0][1:]], ["R2.", *ROWS[1][1:]])], BOTH, COMMENTS),
    "questions in another order": ([table(HEADING, ROWS[1], ROWS[0])], BOTH, COMMENTS),
    "a comment column merged over two rows": (
        [table(HEADING, ["R1", R1, "Yes", cell("both seen", row_span=2), "", ""], ["R2", R2, "No", "", ""])],
        BOTH,
        {("R", "R1", "going_well"): ["both seen"]},
    ),
    "a heading of another section inside the table": (
        [table(HEADING, ROWS[0], [cell("Assessment", column_span=6)], ["A4", A4, "Yes", "", "", ""])],
        {"R1": "Yes", "A4": "Yes"},
        COMMENTS,
    ),
    "two cells of comments that follow each other": (
        [table(HEADING, ROWS[0], ["", "", "", "seen by school too", "", ""])],
        {"R1": "Yes"},
        COMMENTS | {("R", "R1", "going_well"): ["seen early", "seen by school too"]},
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_question_is_found_whatever_was_done_to_its_table(layout: str) -> None:
    blocks, wanted, said = LAYOUTS[layout]
    found = matched(*blocks)
    assert answers(found) == wanted
    assert comments(found) == said
    assert (unplaced(found), found.added, found.twice) == ([], [], [])
    assert not [one.doubt for one in found.questions.values() if one.doubt]


def test_a_question_that_was_deleted_is_not_there() -> None:
    assert answers(matched(table(HEADING, ROWS[1]))) == {"R2": "No"}


def test_a_question_that_stands_twice_has_all_its_answers_and_is_told() -> None:
    found = matched(table(HEADING, ROWS[0], ROWS[1], ["R1", R1, "No", "second thoughts", "", ""]))
    assert answers(found)["R1"] == "Yes No"
    assert found.twice == [("R1", "table 1, row 4, column 1")]
    assert comments(found)["R", "R1", "going_well"] == ["seen early", "second thoughts"]


def test_other_words_beside_a_question_that_stands_twice_are_told() -> None:
    found = matched(table(HEADING, ROWS[0], ["R1", "Was the dog noticed?", "No", "", "", ""]))
    assert unplaced(found) == ["Was the dog noticed?"]


def test_a_row_that_the_auditor_added_is_told_and_changes_no_answer() -> None:
    found = matched(table(HEADING, ROWS[0], ["R3", "Was the father asked?", "Yes", "rang him", "", ""], ROWS[1]))
    assert answers(found) == BOTH
    assert [place.text for place in found.added] == ["R3 Was the father asked? Yes rang him"]


def test_a_number_with_the_wording_of_another_question_is_doubtful() -> None:
    found = matched(table(HEADING, ["R1", A4, "Yes", "", "", ""], ["R2", R2, "No", "", "", ""]))
    assert found.questions["R1"].doubt == "its wording is that of A4"
    assert not found.questions["R2"].doubt


@pytest.mark.parametrize(
    ("number", "wording", "doubt"),
    [
        ("R1", R1, ""),
        ("R1", "Was neglect recognized?", ""),  # in somebody's own words
        ("R1", "", ""),
        ("R1", "Did the police attend promptly?", "its wording has nothing in common with that question"),
        ("R1", f"{R1}\nAnswer: No", "an answer seems to stand in the cell of its question"),
        ("R1", f"{R1} NO", "an answer seems to stand in the cell of its question"),
        ("R1", f"{R1} (Yes/No)", ""),
        ("R1 - No", R1, "an answer seems to stand in the cell of its question"),
        ("R1.", R1, ""),
    ],
)
def test_why_a_row_may_not_answer_its_question(number: str, wording: str, doubt: str) -> None:
    found = matched("Quality of the Recognition:", table(HEADING, [number, wording, "Yes", "", "", ""]))
    assert found.questions["R1"].doubt == doubt


def test_a_question_without_a_column_of_answers_is_doubtful() -> None:
    found = matched(table(["R1", R1, "Yes"]))
    assert "no column of answers" in found.questions["R1"].doubt
    assert unplaced(found) == ["Yes"]


def test_a_question_keeps_its_wording_and_place() -> None:
    found = matched(table(HEADING, ["R1", "Was it noticed at the earliest opportunity?", "Yes", "", "", ""]))
    assert found.questions["R1"].wording == "Was it noticed at the earliest opportunity?"
    assert found.questions["R1"].answer.locator == 'table 1, row 2, column "Response (Yes/No)"'


GRADED: dict[str, tuple[list[str | Paragraph | Table], dict[str, str]]] = {
    "as printed": (
        ["Judgement on the Quality of the Recognition:", table(GRADES, ["Good", "", "", ""])],
        {"R": "Good"},
    ),
    "guidance behind the heading": (
        ["Impact:", "Judgement on the Co-operation: Please think of oversight", table(GRADES, ["Good", "", "", ""])],
        {"C": "Good"},
    ),
    "no heading before the table: the section's": (
        [
            "Quality of the Assessment:",
            table(HEADING, ["A4", A4, "Yes", "", "", ""]),
            table(GRADES, ["Good", "", "", ""]),
        ],
        {"A": "Good"},
    ),
    "no heading row: known by the list of grades": (
        ["Judgement on the Impact:", table([cell("Outstanding\nGood\nInadequate"), "", "", ""])],
        {"I": "Outstanding Good Inadequate"},
    ),
    "the heading in a row of the table": (
        [
            table(HEADING, ROWS[1]),
            table([cell("Judgement on the Quality of Recognition:", column_span=4)], GRADES, ["Good", "", "", ""]),
        ],
        {"R": "Good"},
    ),
    "the grade on the line of the heading": (
        ["Impact:", "Judgement on the Quality of the Impact: Good"],
        {"I": "Good"},
    ),
    "a letter or an abbreviation on the line of the heading": (
        ["Impact:", "Judgement on the Quality of the Impact: RI"],
        {"I": "RI"},
    ),
    "alone below its heading, without a table": (
        ["Impact:", "Judgement on the Quality of the Impact:", "Good", "Judgement on the Co-operation:", "RI"],
        {"I": "Good", "C": "RI"},
    ),
    "in several paragraphs below its heading": (
        ["Judgement on the Quality of the Impact:", "Good", "Inadequate"],
        {"I": "Good Inadequate"},
    ),
    "a table without its heading row": (
        [table(HEADING, ROWS[1]), "Judgement on the Impact:", table(["Good", "fine", "", ""])],
        {"I": "Good"},
    ),
    "a comment beside it in the words of a question": (
        [
            "Judgement on the Impact:",
            table(GRADES, ["Good", "Information was appropriately shared and agencies work well together", "", ""]),
        ],
        {"I": "Good"},
    ),
    "the whole": (
        [
            "Impact:",
            "Judgement on the Quality of the Work Overall for your Agency:",
            table(GRADES, ["Good", "", "", ""]),
        ],
        {"overall": "Good"},
    ),
}


@pytest.mark.parametrize("layout", GRADED)
def test_a_grade_is_found(layout: str) -> None:
    blocks, wanted = GRADED[layout]
    found = matched(*blocks)
    assert grades(found) == wanted
    assert unplaced(found) == []
    assert {place[1] for place in found.comments} <= {""}


@pytest.mark.parametrize("comment", ["R1 shows good work", "R1. shows it", "3. shows it", "R1"])
@pytest.mark.parametrize("grade", ["Good", FOUR])
def test_a_comment_that_begins_with_the_number_of_a_question_hides_no_grade(comment: str, grade: str) -> None:
    title = "Judgement on the Quality of the Recognition:"
    found = matched(table(HEADING, *ROWS), title, table(GRADES, [grade, comment, "", ""]))
    assert (grades(found), answers(found)) == ({"R": grade.replace("\n", " ")}, BOTH)
    assert comments(found)["R", "", "going_well"] == [comment]
    assert (unplaced(found), found.twice) == ([], [])


def test_questions_below_a_grade_without_a_heading_of_their_own_are_not_taken_for_grades() -> None:
    found = matched(
        "Judgement on the Quality of the Recognition:", table(GRADES, ["Good", "", "", ""], ["R1", R1, "Yes", ""])
    )
    assert (grades(found), set(found.questions)) == ({"R": "Good"}, {"R1"})
    assert found.questions["R1"].doubt


def test_grades_follow_each_other_in_their_own_sections() -> None:
    blocks = [
        part
        for title in ("Recognition", "Assessment")
        for part in (f"Judgement on the Quality of the {title}:", table(GRADES, [title[:4], "fine", "", ""]))
    ]
    found = matched("Quality of the Recognition:", *blocks)
    assert grades(found) == {"R": "Reco", "A": "Asse"}
    assert comments(found) == {("R", "", "going_well"): ["fine"], ("A", "", "going_well"): ["fine"]}


SCORE, REASONS, PRACTICE, OTHER = (
    "On a scale of 0 to 10, how good was the work?",
    "Please comment on your reasoning for this scoring:",
    "Any areas of good practice identified - what worked well? (Yours or another's):",
    "Any other comments:",
)
FIELDS: dict[str, list[str | Table]] = {
    "paragraphs": [SCORE, "7", REASONS, "quick work", PRACTICE, "joint visits", OTHER, "thanks"],
    "behind the label": [f"{SCORE} 7", f"{REASONS} quick work", f"{PRACTICE} joint visits", f"{OTHER} thanks"],
    "label and text side by side": [
        table([SCORE, "7"], [REASONS, "quick work"], [PRACTICE, "joint visits"], [OTHER, "thanks"])
    ],
    "label above text": [
        table([SCORE], ["7"], [REASONS], ["quick work"], [PRACTICE], ["joint visits"], [OTHER], ["thanks"])
    ],
    "label and text in one cell": [
        table([f"{SCORE}\n7"], [f"{REASONS}\nquick work"], [f"{PRACTICE}\njoint visits"], [f"{OTHER}\nthanks"])
    ],
    "all in one cell": [table([f"{SCORE}\n7\n{REASONS}\nquick work\n{PRACTICE}\njoint visits\n{OTHER}\nthanks"])],
}


@pytest.mark.parametrize("layout", FIELDS)
def test_the_score_and_the_free_fields_are_found(layout: str) -> None:
    found = matched("Quality of the Recognition:", table(HEADING, ROWS[1]), *FIELDS[layout])
    assert found.score is not None
    assert found.score.text == "7"
    assert comments(found) == {
        ("", "reasoning", "comment"): ["quick work"],
        ("", "good_practice", "comment"): ["joint visits"],
        ("", "other", "comment"): ["thanks"],
    }
    assert unplaced(found) == []


def test_free_text_that_names_a_section_is_free_text() -> None:
    found = matched("Impact:", OTHER, "Planning was late", "Good impact", "Assessment")
    assert comments(found) == {("", "other", "comment"): ["Planning was late Good impact Assessment"]}


def test_words_before_a_label_in_its_cell_are_told() -> None:
    found = matched("Impact:", table([f"A note first\n{OTHER}\nthanks"]))
    assert unplaced(found) == ["A note first"]
    assert comments(found) == {("", "other", "comment"): ["thanks"]}


def test_a_sentence_that_only_mentions_a_field_opens_none() -> None:
    sentence = "We asked the school to tell us what they thought and if they had any other comments"
    assert unplaced(matched("Impact:", sentence)) == [sentence]


ASIDES = {"note": ["see the chronology"], "margin": []}


@pytest.mark.parametrize("aside", ASIDES)
def test_what_stands_outside_the_body_is_not_taken_for_a_comment(aside: str) -> None:
    found = matched("Impact:", OTHER, paragraph("see the chronology", aside=aside), "afterwards")
    assert unplaced(found) == [*ASIDES[aside], "afterwards"]
    assert [place.text for place in found.margins] == ([] if ASIDES[aside] else ["see the chronology"])
    assert comments(found) == {("", "other", "comment"): [""]}


HEADERS: dict[str, list[str | Table]] = {
    "side by side": [
        table(["Case no (UIN)", "A"], ["Agency completing the audit:", "CSC"], ["Audit completed by:", "J Hill"])
    ],
    "two pairs in a row": [table(["Case no:", "A", "Agency:", "CSC"], ["Completed by:", "J Hill"])],
    "in one cell": [table(["Case no: A"], ["Agency: CSC"], ["Completed by: J Hill"])],
    "lines": ["Case no: A", "Agency: CSC", "Completed by: J Hill"],
    "label above value": ["Case no:", "A", "Agency:", "CSC", "Completed by:", "J Hill"],
}


@pytest.mark.parametrize("layout", HEADERS)
def test_the_fields_of_the_header_are_found(layout: str) -> None:
    found = matched("Multi-agency Audit on Neglect", *HEADERS[layout], "Impact:")
    assert {name: place.text for name, place in found.header.items()} == {
        "case": "A",
        "agency": "CSC",
        "auditor": "J Hill",
    }


def test_text_that_fits_nowhere_is_kept() -> None:
    found = matched(
        "Impact:", "A line between tables", table(HEADING, ROWS[1]), table(["A lone cell", "and another", "third"])
    )
    assert unplaced(found) == ["A line between tables", "A lone cell and another third"]


def test_a_cell_in_a_column_without_heading_is_told() -> None:
    found = matched(table([*HEADING, ""], [*ROWS[0], "in the margin"]))
    assert unplaced(found) == ["in the margin"]


@pytest.mark.parametrize("question", NEGLECT.questions)
def test_a_question_is_known_by_its_own_wording_alone(question: str) -> None:
    wording = NEGLECT.questions[question].text
    assert wording_fits(NEGLECT.questions[question], wording)
    assert answers(matched(table(HEADING[1:], [wording, "Yes", "", "", ""]))) == {question: "Yes"}


# Words that stand in headings, labels and cues, so that comments look like them as often as can be.
SLIPPERY = [
    *(
        [
            "planning",
            "impact",
            "recognition",
            "assessment",
            "co-operation",
            "judgement",
            "grade",
            "overall",
            "question",
            "response",
            "answer",
            "no",
            "yes",
            "going",
            "well",
            "worried",
            "about",
        ]
    ),
    *(
        "what went well",
        "needs to happen",
        "any other comments",
        "scale of 0 to 10",
        "good practice",
        "information shared",
        "R1",
        "A2",
        "agency",
    ),
    *("case no", "Good", "Outstanding", "child", "the", "school", "seen"),
]


@st.composite
def pieces(draw: st.DrawFn, number: int) -> str:
    """A text that holds one word of its own, by which it is followed."""
    words = draw(st.lists(st.sampled_from(SLIPPERY), max_size=3))
    words.insert(draw(st.integers(0, len(words))), f"w{number}w")
    return " ".join(words)


Spec = list[str | list[list[str]]]  # a paragraph, or the rows of a table


@st.composite
def odd_forms(draw: st.DrawFn) -> Spec:
    """What follows the first question of a form: rows and paragraphs of any kind."""
    count = iter(range(1000))

    def text() -> str:
        return draw(pieces(next(count))) if draw(st.booleans()) else ""

    def row() -> list[str]:
        kind = draw(
            st.sampled_from(["question", "unnumbered", "goes on", "added", "heading", "grades", "narrow", "wide"])
        )
        question = draw(st.sampled_from(list(NEGLECT.questions)))
        wording = NEGLECT.questions[question].text
        rows = {
            "question": [question, wording, text(), text(), text(), text()],
            "unnumbered": ["", wording, text(), text(), text(), text()],
            "goes on": ["", "", text(), text(), text(), text()],
            "added": [text(), text(), text(), text(), text(), text()],
            "heading": HEADING,
            "grades": [FOUR, text(), text(), text()],
            "narrow": [text(), text()],
            "wide": [text()],
        }
        return rows[kind]

    labels = [SCORE, REASONS, PRACTICE, OTHER, "Judgement on the Impact:", "Quality of the Assessment:"]
    blocks: Spec = []
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["table", "headed", "graded", "paragraph", "label"]))
        if kind in ("paragraph", "label"):
            blocks.append(text() if kind == "paragraph" else draw(st.sampled_from(labels)))
        else:
            first = {"table": [], "headed": [HEADING], "graded": [GRADES]}[kind]
            blocks.append([*first, *(row() for _ in range(draw(st.integers(1, 4))))])
    return blocks


def built(spec: Spec) -> RawForm:
    blocks: list[str | Table] = ["Quality of the Recognition:", table(HEADING, ["R1", R1, "Yes", "", "", ""])]
    for block in spec:
        rows = (
            [] if isinstance(block, str) else [row if len(row) > 1 else [cell(row[0], column_span=6)] for row in block]
        )
        blocks.append(block if isinstance(block, str) else table(*rows))
    return form(*blocks)


def everything(found: MatchedForm) -> str:
    places = [
        *(one.answer for one in found.questions.values()),
        *found.grades.values(),
        *([found.score] if found.score else []),
        *(place for places in found.comments.values() for place in places),
        *found.added,
        *found.unplaced,
        *found.header.values(),
    ]
    return " ".join([*(place.text for place in places), *(one.wording for one in found.questions.values())])


@settings(max_examples=150, deadline=None)
@given(odd_forms())
def test_every_word_below_the_first_question_ends_up_somewhere(spec: Spec) -> None:
    raw = built(spec)
    kept = everything(match_form(raw, NEGLECT)).split()
    written = [word for line in raw.paragraphs() for word in line.text.split() if re.fullmatch(r"w\d+w", word)]
    assert [word for word in written if kept.count(word) != 1] == []


def test_struck_text_is_not_part_of_an_answer() -> None:
    struck = Paragraph((Run("Yes", Mark.STRUCK), Run("No")))
    rows = table(HEADING, ROWS[0])
    cells = tuple(
        one if (one.row, one.column) != (1, 2) else type(one)(1, 2, (struck,), where="x") for one in rows.cells
    )
    assert answers(matched(Table(cells))) == {"R1": "No"}
