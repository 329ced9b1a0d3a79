"""Tables in which partnerships' own tools ask for grades: in two columns, and in lists with a tick beside one of the grades."""

from __future__ import annotations

import pytest

from audit_lib.coding.coded import CodedForm
from audit_lib.coding.forms import code_form
from audit_lib.rawform import Mark, Paragraph, Run, Table

from .raw_forms import Entry, cell, form, paragraph, table
from .small_tools import JUDGED, RUBRIC, numbers, tool

Block = str | Paragraph | Table
FOUR = ["Outstanding", "Good", "Requires improvement", "Inadequate"]


def ticked(grade: str, sign: str = "✓") -> list[list[Entry]]:
    return [[one, sign if one == grade else ""] for one in FOUR]


def beside(name: str, grade: str) -> list[list[Entry]]:
    """A list of grades beside a name that stands in its first row."""
    (first, *others) = ticked(grade)
    return [[name, *first], *(["", *row] for row in others)]


def left_of_the_list(grade: str) -> Paragraph:
    return Paragraph(tuple(Run(f"{one} ", Mark.NONE if one == grade else Mark.STRUCK) for one in FOUR))


def merged(name: str, grade: str, *more: Entry) -> list[list[Entry]]:
    """A list of grades beside a name, and perhaps text, that were merged over all its rows."""
    (first, *others) = ticked(grade)
    return [[cell(name, row_span=4), *first, *more], *others]


BOTH_LISTS = (*merged("Quality of plans", "Good"), *merged("Visits to the child", "Inadequate"))
SHAPES: dict[str, tuple[list[Block], tuple[str, str]]] = {
    "standard and judgement": (
        [table(["Standard", "Judgement"], ["Quality of plans", "Good"], ["Visits to the child", "RI"])],
        ("good", "requires_improvement"),
    ),
    "area, grade and evidence": (
        [
            table(
                ["Area", "Grade", "Evidence"],
                ["1. Quality of plans", "Good", "seen"],
                ["2. Visits to the child", "", ""],
            )
        ],
        ("good", "missing"),
    ),
    "no heading": (
        [table(["Quality of plans", "Good"], ["Visits to the child", "Inadequate"])],
        ("good", "inadequate"),
    ),
    "a column for each grade": (
        [table(["Area", *FOUR], ["Quality of plans", "", "✓", "", ""], ["Visits to the child", "", "", "", ""])],
        ("good", "missing"),
    ),
    "lists under printed names": (
        [
            *("Quality of plans", table(["Judgement", "Tick"], *ticked("Good"))),
            *("Visits to the child", table(["Grade", "Please tick one"], *ticked("Inadequate"))),
        ],
        ("good", "inadequate"),
    ),
    "lists under headings that say judgement": (
        [
            *(paragraph("Judgement on the quality of plans:", Mark.BOLD), table(*ticked("Good"))),
            *("Grade - visits to the child", table(*ticked("Inadequate"))),
        ],
        ("good", "inadequate"),
    ),
    "names in the first row of each list": (
        [
            table(["Quality of plans", "Tick"], *ticked("Good"), name="table 2"),
            table([cell("Visits to the child", column_span=2)], *ticked("Inadequate"), name="table 3"),
        ],
        ("good", "inadequate"),
    ),
    "all lists in one table": (
        [
            table(
                ["Area", "Judgement", "Tick"],
                *beside("Quality of plans", "Good"),
                *beside("Visits to the child", "Inadequate"),
            )
        ],
        ("good", "inadequate"),
    ),
    "all lists below their names in one table": (
        [table(["Quality of plans", ""], *ticked("Good"), ["Visits to the child", ""], *ticked("Inadequate"))],
        ("good", "inadequate"),
    ),
    "merged names": ([table(["Area", "Judgement", "Tick"], *BOTH_LISTS)], ("good", "inadequate")),
    "signs before the grades": (
        [
            table(
                ["Area", "✓", "Judgement"],
                *([cell("Quality of plans", row_span=4), "✓", FOUR[0]], *(["", one] for one in FOUR[1:])),
                *([cell("Visits to the child", row_span=4), "", FOUR[0]], *(["", one] for one in FOUR[1:])),
            )
        ],
        ("outstanding", "missing"),
    ),
    "two ticks in a list": (
        [
            table(
                ["Area", "Judgement", "Tick"],
                *([cell("Quality of plans", row_span=4), FOUR[0], "✓"], [FOUR[1], "✓"], [FOUR[2], ""], [FOUR[3], ""]),
                *merged("Visits to the child", "Good"),
            )
        ],
        ("unclear", "good"),
    ),
}
UNSURE = {
    "words beside the grades of a list": table(
        ["Area", "Judgement", "Last year"],
        *(["Quality of plans", FOUR[0], ""], ["", FOUR[1], "seen"], ["", FOUR[2], ""], ["", FOUR[3], ""]),
    ),
    "a number of visits without a heading": table(["Visits to the child", "3"], ["Age", "4"]),
    "some of the grades below each other": table(
        ["Area", "Judgement"], ["Quality of plans", "Outstanding"], ["", "Good"], ["Visits to the child", ""]
    ),
}


def coded(asked: str, *blocks: Block) -> CodedForm:
    return code_form(form("Small tool", table(["Case", "A"]), *blocks), tool(JUDGED.replace("ASKED", asked)))


@pytest.mark.parametrize("asked", ["row", "heading"])
@pytest.mark.parametrize("name", SHAPES)
def test_a_grade_is_found_wherever_it_stands_beside_its_name(name: str, asked: str) -> None:
    blocks, codes = SHAPES[name]
    one = coded(asked, *blocks)
    assert (one.grades["plans"].code, one.grades["visits"].code) == codes


@pytest.mark.parametrize("asked", ["row", "heading"])
@pytest.mark.parametrize("name", UNSURE)
def test_no_grade_is_taken_that_another_cell_may_contradict(name: str, asked: str) -> None:
    one = coded(asked, UNSURE[name])
    assert {grade.code for grade in one.grades.values()} <= {"unclear", "missing"}


def test_text_beside_lists_is_kept_with_what_is_graded() -> None:
    rows = [
        *merged("Quality of plans", "Good", cell("on time", row_span=4)),
        *merged("Visits to the child", "Good", "late"),
    ]
    rows[5:] = [[*row, text] for row, text in zip(rows[5:], ("twice", "", ""), strict=True)]
    one = coded("row", table(["Area", "Judgement", "Tick", "Evidence"], *rows))
    assert [(c.section, c.column, c.text) for c in one.comments] == [
        ("plans", "evidence", "on time"),
        ("visits", "evidence", "late"),
        ("visits", "evidence", "twice"),
    ]
    assert [problem.check for problem in one.problems] == []


def two_columns_of_signs(left: str, right: str, first: str, second: str) -> Table:
    rows = ([grade, "✓" * (grade == first), "✓" * (grade == second)] for grade in FOUR)
    named = ([name, *row] for name, row in zip(["Quality of plans", "", "", ""], rows, strict=True))
    return table(["Area", "Judgement", left, right], *named)


@pytest.mark.parametrize(
    ("left", "right", "first", "second"),
    [
        ("2020", "2021", "Good", "Inadequate"),
        ("Moderator", "Auditor", "Good", "Inadequate"),
        ("Auditor", "Moderator", "Good", "Inadequate"),
        ("Last year", "This year", "", "Good"),
        ("Last year", "Evidence", "Good", ""),
        ("Target", "Evidence", "Good", ""),
    ],
)
@pytest.mark.parametrize("asked", ["row", "heading"])
def test_signs_that_somebody_else_may_have_set_or_at_another_time_are_in_doubt(
    left: str, right: str, first: str, second: str, asked: str
) -> None:
    one = coded(asked, two_columns_of_signs(left, right, first, second))
    assert one.grades["plans"].code == "unclear"


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "Tick",
        "Tick (✓)",
        "Tick one box",
        "Mark with x",
        "Your grade",
        "Please tick as appropriate",
        "Please tick one box only",
    ],
)
@pytest.mark.parametrize("asked", ["row", "heading"])
def test_a_heading_that_asks_for_a_sign_is_none_of_somebody_else(heading: str, asked: str) -> None:
    one = coded(
        asked,
        table(
            ["Area", "Judgement", heading], *beside("Quality of plans", "Good"), *beside("Visits to the child", "RI")
        ),
    )
    assert one.grades["plans"].code == "good"
    assert [problem.check for problem in one.problems if problem.check == "short_row"] == []


NUMBERED = {
    "numbers alone": ["1", "2", "3", "4"],
    "numbers with words in brackets": ["1 (poor)", "2", "3", "4 (excellent)"],
    "numbers with words behind a dash": ["1 - poor", "2 - fair", "3 – good", "4: excellent"],
}


@pytest.mark.parametrize("name", NUMBERED)
def test_columns_headed_by_numbers_hold_a_tick(name: str) -> None:
    rows = table(["Area", *NUMBERED[name]], ["Plans", "", "✓", "", ""], ["Visits", "", "", "", "✓"])
    one = code_form(form("Small tool", table(["Case", "A"]), rows), numbers())
    assert [value.code for value in one.grades.values()] == ["2", "4", "missing"]
    assert (one.comments, [problem.check for problem in one.problems]) == ([], ["grade_missing"])


@pytest.mark.parametrize("sign", ["✓", "x", "☒", "Good"])
def test_a_rubric_headed_by_numbers_that_its_scale_does_not_have_is_in_doubt(sign: str) -> None:
    rows = table(["Referral", "1", "2", "3", "4"], ["Threshold", "", sign, "", ""], ["Consent", "", "", "", ""])
    one = code_form(form("Small tool", table(["Case", "A"]), "Referral", rows), tool(RUBRIC))
    assert (one.grades["REF1"].code, one.grades["REF3"].code) == ("unclear", "missing")
    assert one.grades["REF1"].locator.startswith("table 1, row 2")


BELOW_ITS_NAME: dict[str, tuple[list[Block], str]] = {
    "the grade alone": (["Good"], "good"),
    "what was left of the list": (["Please delete as appropriate:", left_of_the_list("Good")], "good"),
    "the list as printed": (["Outstanding / Good / Requires improvement / Inadequate"], "missing"),
    "the grade with its reason": (["Good because the plan was clear"], "good"),
    "a list with a tick as its heading": (["Please tick one:", table(["Judgement", "✓"], *ticked("Good"))], "good"),
    "such a list without a tick": (["Please tick one:", table(["Judgement", "✓"], *ticked(""))], "missing"),
    "a sentence that names a grade": (["Overall we think this is Good because of the plan"], "unclear"),
    "a sentence that names none": (["The plan was clear"], "missing"),
    "a table of something else": ([table(["Standard", "Judgement"], ["Visits to the child", "Good"])], "missing"),
}


@pytest.mark.parametrize("name", BELOW_ITS_NAME)
def test_a_grade_stands_below_the_heading_that_names_it(name: str) -> None:
    blocks, code = BELOW_ITS_NAME[name]
    for heading in ("Quality of plans", "2. Quality of plans judgement"):
        one = coded("heading", paragraph(heading, style="heading 2"), *blocks)
        assert one.grades["plans"].code == code
