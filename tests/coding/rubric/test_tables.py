"""Grades by choosing a descriptor: which one was chosen, and which row it is."""

from __future__ import annotations

import json

import pytest

from audit_lib.coding.forms import CodedForm, code_form
from audit_lib.coding.rubric.prints import fingerprint
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Cell, Mark, Paragraph, Run, Table

from ..raw_forms import form, table
from ..small_tools import RUBRIC, tool

FOUR = ["best of all", "well done", "some gaps", "not done"]
DESCRIPTORS = dict(zip(("outstanding", "good", "requires_improvement", "inadequate"), FOUR, strict=True))
SMALL = tool(
    RUBRIC.replace("title: Threshold,", f"title: Threshold, descriptors: {json.dumps(DESCRIPTORS)},").replace(
        "cues: [threshold]", "cues: [threshold, went well]"
    )
)
CHECKED = ("descriptor_wording", "text_not_placed")
HEAD = ["", "O: Outstanding", "G: Good", "R: Requires Improvement", "I: Inadequate", ""]
PLAIN = {"REF2": ["Speed", *FOUR, ""], "REF3": ["Consent", *FOUR, ""]}


def marked(text: str, mark: Mark) -> Cell:
    return Cell(0, 0, (Paragraph((Run(text, mark),)),))


def shaded(text: str) -> Cell:
    return Cell(0, 0, (Paragraph((Run(text),)),), shaded=True)


def ticked(text: str, state: bool) -> Cell:
    return Cell(0, 0, (Paragraph((Run("", ticked=state), Run(" " + text))),))


def wide(text: str, span: int, mark: Mark = Mark.NONE, shade: bool = False) -> Cell:
    """Several cells merged into one."""
    return Cell(0, 0, (Paragraph((Run(text, mark),)),), column_span=span, shaded=shade)


def with_note(text: str, note: str, mark: Mark = Mark.NONE) -> Cell:
    """A descriptor with a line typed below."""
    return Cell(0, 0, (Paragraph((Run(text),)), Paragraph((Run(note, mark),))))


def with_cells(rows: list[list[str | Cell]], name: str = "table 1") -> Table:
    """The table of :func:`raw_forms.table`, with the shading of its cells kept."""
    made = table(*rows, name=name)
    kept = [entry.shaded if isinstance(entry, Cell) else False for row in rows for entry in row]
    cells = tuple(
        Cell(c.row, c.column, c.paragraphs, c.row_span, c.column_span, c.where, c.column_where, shade)
        for c, shade in zip(made.cells, kept, strict=True)
    )
    return Table(cells, name)


def coded(first: list[str | Cell]) -> CodedForm:
    rows = [HEAD, ["Threshold", *first], *PLAIN.values()]
    return code_form(form("Small tool", "SECTION 1: REFERRAL", with_cells(rows)), SMALL)


CHOICES: dict[str, tuple[list[str | Cell], str]] = {
    "nothing": ([*FOUR, ""], "missing"),
    "a letter in the fifth column": ([*FOUR, "G"], "good"),
    "a word in the fifth column": ([*FOUR, "Requires improvement"], "requires_improvement"),
    "RI in the fifth column": ([*FOUR, "RI"], "requires_improvement"),
    "a tick alone in the fifth column": ([*FOUR, "✓"], "unclear"),
    "two letters in the fifth column": ([*FOUR, "G/R"], "unclear"),
    "a query in the fifth column": ([*FOUR, "G?"], "unclear"),
    "a tick before a descriptor": ([FOUR[0], "✓ well done", *FOUR[2:], ""], "good"),
    "a tick after a descriptor": ([FOUR[0], "well done ✔", *FOUR[2:], ""], "good"),
    "ticks beside two": (["✓ best of all", "✓ well done", *FOUR[2:], ""], "unclear"),
    "a ticked box": ([ticked("best of all", False), ticked("well done", True), *FOUR[2:], ""], "good"),
    "boxes and none ticked": ([ticked(text, False) for text in FOUR] + [""], "missing"),
    "a highlighted descriptor": ([*FOUR[:3], marked("not done", Mark.HIGHLIGHTED), ""], "inadequate"),
    "two highlighted": ([FOUR[0], *(marked(t, Mark.HIGHLIGHTED) for t in FOUR[1:3]), FOUR[3], ""], "unclear"),
    "a shaded cell": ([*FOUR[:2], shaded("some gaps"), FOUR[3], ""], "requires_improvement"),
    "two shaded cells": ([FOUR[0], shaded(FOUR[1]), shaded(FOUR[2]), FOUR[3], ""], "unclear"),
    "all four shaded, by design": ([*map(shaded, FOUR), ""], "missing"),
    "a bold descriptor": ([FOUR[0], marked("well done", Mark.BOLD), *FOUR[2:], ""], "good"),
    "all four bold, by design": ([*(marked(text, Mark.BOLD) for text in FOUR), ""], "missing"),
    "one descriptor kept": (["", "the threshold is known", "", "", ""], "good"),
    "three struck out": ([*(marked(t, Mark.STRUCK) for t in FOUR[:3]), "threshold not known", ""], "inadequate"),
    "other words in the place of all": (["", "Parents not aware. Poor.", "", "", ""], "unclear"),
    "a letter denied": ([*FOUR, "G - no"], "unclear"),
    "a query behind a tick": ([FOUR[0], "well done ✓?", *FOUR[2:], ""], "unclear"),
    "not applicable in all": (["N/A", "N/A", "N/A", "N/A", ""], "not_applicable"),
    "two kept": (["", "well done", "some gaps", "", ""], "unclear"),
    "a letter that contradicts a tick": (["✓ best of all", *FOUR[1:], "I"], "unclear"),
    "a letter that agrees with a tick": (["✓ best of all", *FOUR[1:], "O"], "outstanding"),
    "a letter with a remark": ([*FOUR, "G - since the referral came at once"], "good"),
}


BEYOND: dict[str, str] = {
    **dict.fromkeys(("R-I", "G-R", "O-G", "G – R", "G (R)", "G: O", "G -> R", "RI - I", "Good - R"), "unclear"),
    **dict.fromkeys(
        ("G (R for siblings)", "G - R in places", "G (was R)", "G - I for dad", "I - R for dad"), "unclear"
    ),
    **dict.fromkeys(("G – no", "G: no", "G (no)", "Good: no", "G - no, not seen", "G - not agreed"), "unclear"),
    **dict.fromkeys(("N/A", "N/A - not LAC", "N/A no drug issues", "n/a (transferred in)"), "not_applicable"),
    **dict.fromkeys(("N/A?", "N/A - not sure", "N/A but R", "N/A / G", "N/A to this section"), "unclear"),
    **dict.fromkeys(("Between G and R", "Would be somewhere between G and R here"), "unclear"),
    **dict.fromkeys(
        ("G as parents knew", "G - I saw the file", "G - e.g. parents seen", "Good: no consent yet"), "good"
    ),
    **dict.fromkeys(("R because of delay", "R since it was late", "R due to delay"), "requires_improvement"),
    **dict.fromkeys(("G because R would be harsh", "O due to direct work?", "I as auditor saw none"), "unclear"),
    "The file was thin and I could not find it": "missing",
}
O, G, R, I = FOUR  # noqa: E741 (the letters of the form)
IN_CELLS: dict[str, tuple[list[str | Cell], str]] = {
    "four merged, N/A": ([wide("N/A - no referral, case transferred in", 4), ""], "not_applicable"),
    "four merged, a judgement": ([wide("Good: parents aware", 4), ""], "unclear"),
    "three emptied, N/A": (["N/A - no referral", "", "", "", ""], "not_applicable"),
    "three emptied, N/A in bold": (["", marked("N/A", Mark.BOLD), "", "", ""], "not_applicable"),
    "three emptied, other words": (["Parents not aware. Poor.", "", "", "", ""], "unclear"),
    "three emptied, other words highlighted": ([marked("Poor.", Mark.HIGHLIGHTED), "", "", "", ""], "unclear"),
    "kept, a cue of the row": (["", "it went well, seen at once", "", "", ""], "good"),
    "kept, a dash for the others": (["-", G, "-", "-", ""], "good"),
    "kept, N/A for the others": (["N/A", G, "N/A", "N/A", ""], "unclear"),
    "kept two, with a comment": (["", G, R, "", "The referral came late on a Friday"], "unclear"),
    "a note highlighted": ([O, G, R, with_note(I, "not the case here", Mark.HIGHLIGHTED), ""], "unclear"),
    "N/A highlighted": ([O, with_note(G, "N/A", Mark.HIGHLIGHTED), R, I, ""], "not_applicable"),
    "two merged, shaded": ([O, wide("well done some gaps", 2, shade=True), I, ""], "unclear"),
    "two merged, highlighted": ([O, wide("well done some gaps", 2, Mark.HIGHLIGHTED), I, ""], "unclear"),
    "two merged, kept": (["", wide("well done some gaps", 2), "", ""], "unclear"),
    "two merged, unmarked": ([O, wide("well done some gaps", 2), I, ""], "missing"),
    "not x": ([O, G + " not x", R, I, ""], "unclear"),
    "a tick, partly": ([O, "✓ partly " + G, R, I, ""], "unclear"),
    "a tick before a descriptor that begins with not": ([O, G, R, "✓ " + I, ""], "inadequate"),
    "a tick and a query": ([O, with_note(G, "✓?"), R, I, ""], "unclear"),
    **{f"{sign} below": ([O, with_note(G, sign), R, I, ""], "good") for sign in ("✓", "✓✓", "(✓)", "*", "x", "X")},
    **{f"{word} below": ([O, with_note(G, word), R, I, ""], "good") for word in ("Yes", "Y", "G", "Good")},
    "yes below one, no below the others": (
        [with_note(O, "No"), with_note(G, "Yes"), with_note(R, "No"), with_note(I, "No"), ""],
        "good",
    ),
    "yes below two": ([O, with_note(G, "Yes"), with_note(R, "Yes"), I, ""], "unclear"),
    "no below one": ([O, with_note(G, "No"), R, I, ""], "unclear"),
    "the letter of another below": ([O, with_note(G, "R"), R, I, ""], "unclear"),
    "an arrow below": ([O, with_note(G, "→"), R, I, ""], "unclear"),
    "N/A below one": ([O, with_note(G, "N/A"), R, I, ""], "not_applicable"),
    "N/A below two": ([O, with_note(G, "N/A"), with_note(R, "N/A"), I, ""], "unclear"),
    "N/A below all": ([*(with_note(text, "N/A") for text in FOUR), ""], "not_applicable"),
    "N/A below one, a letter beside": ([O, with_note(G, "N/A"), R, I, "G"], "unclear"),
    "every cell repeats its heading": (
        [with_note(text, word) for text, word in zip(FOUR, ("O", "G", "R", "I"), strict=True)] + [""],
        "missing",
    ),
}
CHOICES |= {f"{text} in the fifth column": ([*FOUR, text], code) for text, code in BEYOND.items()} | IN_CELLS
TO_CHECK = (
    *(f"{note} below" for note in ("✓✓", "(✓)", "*", "x", "X", "Yes", "Y", "G", "Good")),
    *(
        f"{text} in the fifth column"
        for text in ("R because of delay", "R since it was late", "R due to delay", "G as parents knew")
    ),
    "N/A below one",
    "N/A below all",
    "N/A highlighted",
    "yes below one, no below the others",
)


@pytest.mark.parametrize("name", CHOICES)
def test_which_descriptor_was_chosen(name: str) -> None:
    cells, code = CHOICES[name]
    one = coded(cells)
    assert one.grades["REF1"].code == code
    assert {one.grades[other].code for other in ("REF2", "REF3")} == {"missing"}


@pytest.mark.parametrize("name", CHOICES)
def test_what_is_unclear_tells_what_was_written_and_what_needs_a_look_is_told(name: str) -> None:
    cells, code = CHOICES[name]
    one = coded(cells)
    assert bool(one.grades["REF1"].as_written) == (code != "missing")
    assert [p.check for p in one.problems if p.settle == "grade:REF1"] == (
        ["grade_unclear"]
        if code == "unclear"
        else ["grade_missing"]
        if code == "missing"
        else ["value_taken"]
        if name in TO_CHECK
        else []
    )


@pytest.mark.parametrize(
    ("cells", "comment"),
    [([*FOUR, "N/A - not LAC"], "not LAC"), (["N/A - no referral", "", "", "", ""], "no referral")],
)
def test_the_remark_after_not_applicable_is_a_comment(cells: list[str | Cell], comment: str) -> None:
    assert [one.text for one in coded(cells).comments] == [comment]


@pytest.mark.parametrize(("note", "code"), [("R", "unclear"), ("✓", "unclear"), ("N/A", "not_applicable")])
def test_a_note_in_the_label_is_told(note: str, code: str) -> None:
    rows = [HEAD, [with_note("Threshold", note), *FOUR, ""], *PLAIN.values()]
    one = code_form(form("Small tool", "SECTION 1: REFERRAL", with_cells(rows)), SMALL).grades["REF1"]
    assert (one.code, one.as_written) == (code, note)


@pytest.mark.parametrize(("at", "note"), [*((at, "x") for at in range(6)), *((at, "N/A") for at in range(5))])
def test_a_note_beside_the_headings_may_be_for_any_row_without_a_choice(at: int, note: str) -> None:
    head = [with_note(text, note) if number == at else text for number, text in enumerate(HEAD)]
    found = grades("SECTION 1: REFERRAL", with_cells([head, ["Threshold", *FOUR, "G"], *PLAIN.values()]))
    assert (found["REF1"], found["REF2"], found["REF3"]) == ("good", "unclear", "unclear")


def test_a_sentence_beside_the_headings_is_told() -> None:
    head = [*HEAD[:-1], "seen with the worker today"]
    one = code_form(form("Small tool", "SECTION 1: REFERRAL", table(head, *PLAIN.values())), SMALL)
    assert "seen with the worker today" in [p.as_written for p in one.problems if p.check == "text_not_placed"]


@pytest.mark.parametrize(
    "head",
    [
        ["", "O", "G", "R", "I", ""],
        ["", "I", "R", "G", "O", ""],
        ["", "Outstanding (4)", "Good (3)", "Requires improvement (2)", "Inadequate (1)", ""],
    ],
)
def test_headings_may_be_letters_or_carry_a_number(head: list[str]) -> None:
    values = FOUR if head[1] != "I" else FOUR[::-1]
    kept = [text if text == "well done" else "" for text in values]
    rows = [head, ["Threshold", *kept, ""], ["Speed", *FOUR, "G"], ["Consent", *FOUR, "I"]]
    found = grades("SECTION 1: REFERRAL", table(*rows))
    assert (found["REF1"], found["REF2"], found["REF3"]) == ("good", "good", "inadequate")


def test_letters_that_are_not_the_whole_scale_in_order_are_no_headings() -> None:
    rows = [["", "G", "O", "R", "I", ""], ["Threshold", *FOUR, "G"], *PLAIN.values()]
    assert set(grades("SECTION 1: REFERRAL", table(*rows)).values()) == {"missing"}


MORE = RUBRIC.replace(
    "  - {id: REC1",
    "".join(f"  - {{id: REF{n}, asked: descriptor, group: ref, title: Row{n}, cues: [row{n}]}}\n" for n in range(4, 11))
    + "  - {id: REC1",
)
MANY = tool(MORE)


def all_good(sign: str, length: int, heading: bool = False, beside: str = "") -> CodedForm:
    """A form in which "good" is shaded or bold in every row, its heading too if ``heading``; ``beside`` is typed in row 1."""

    def looks(text: str) -> Cell:
        return shaded(text) if sign == "shaded" else marked(text, Mark.BOLD)

    labels = ["Threshold", "Speed", "Consent", *(f"Row{n}" for n in range(4, 11))][:length]
    head = [*HEAD[:2], looks(HEAD[2]) if heading else HEAD[2], *HEAD[3:]]
    rows = [[label, FOUR[0], looks(FOUR[1]), *FOUR[2:], ""] for label in labels]
    rows[0][5] = beside
    return code_form(form("Small tool", "SECTION 1: REFERRAL", with_cells([head, *rows])), MANY)


@pytest.mark.parametrize("sign", ["bold", "shaded"])
@pytest.mark.parametrize(
    ("heading", "length", "code", "check"),
    [
        (True, 6, "missing", "grade_missing"),
        (False, 3, "good", "value_taken"),
        (False, 6, "good", "value_taken"),
        (False, 10, "unclear", "grade_unclear"),
    ],
)
def test_a_column_with_one_look_in_every_row_may_be_design(
    sign: str, heading: bool, length: int, code: str, check: str
) -> None:
    one = all_good(sign, length, heading)
    ids = [f"REF{n + 1}" for n in range(length)]
    assert {one.grades[name].code for name in ids} == {code}
    assert {p.check for p in one.problems if p.settle.removeprefix("grade:") in ids} == {check}
    assert all_good(sign, length, heading, beside="I").grades["REF1"].code == "inadequate"


def coloured(text: str, note: str = "") -> Cell:
    """A descriptor in red letters, or with a note in red."""
    if note:
        return Cell(0, 0, (Paragraph((Run(text),)), Paragraph((Run(note),), looks="ff0000")))
    return Cell(0, 0, (Paragraph((Run(text),), looks="ff0000"),))


@pytest.mark.parametrize(
    "cells",
    [
        [FOUR[0], coloured(FOUR[1], "Good but late"), *FOUR[2:], ""],
        [FOUR[0], coloured(FOUR[1]), *FOUR[2:], ""],
    ],
)
def test_letters_that_look_different_in_one_cell_are_no_row_without_a_choice(cells: list[str | Cell]) -> None:
    one = coded(cells)
    assert (one.grades["REF1"].code, one.grades["REF2"].code) == ("unclear", "missing")
    assert FOUR[1] in one.grades["REF1"].as_written


def test_letters_that_look_different_in_every_cell_or_every_row_are_print() -> None:
    assert coded([*map(coloured, FOUR), ""]).grades["REF1"].code == "missing"
    rows = [HEAD, *([name, FOUR[0], coloured(FOUR[1]), *FOUR[2:], ""] for name in ("Threshold", "Speed", "Consent"))]
    one = code_form(form("Small tool", "SECTION 1: REFERRAL", with_cells(rows)), SMALL)
    assert {value.code for value in one.grades.values()} == {"missing"}


def test_a_choice_in_a_row_that_the_tool_does_not_have_is_told_and_leaves_no_grade_silently_missing() -> None:
    rows = [HEAD, ["Something", *FOUR, "G"], ["Other", *FOUR, ""]]
    one = code_form(form("Small tool", "SECTION 1: REFERRAL", table(*rows)), SMALL)
    assert [p.as_written.split()[0] for p in one.problems if p.check == "question_added"] == ["Something"]
    assert {name: value.code for name, value in one.grades.items()} == {
        **dict.fromkeys(("REF1", "REF2", "REF3"), "unclear"),
        **dict.fromkeys(("REC1", "REC2"), "missing"),
    }


def test_the_descriptor_chosen_is_what_was_written_and_its_place_is_told() -> None:
    one = coded(["", "the threshold is known", "", "", ""])
    assert one.grades["REF1"].as_written == "the threshold is known"
    assert one.grades["REF1"].locator == "table 1, row 2"


def test_a_sentence_beside_the_descriptors_is_a_comment_and_no_grade() -> None:
    one = coded([*FOUR, "The referral came late on a Friday"])
    assert one.grades["REF1"].code == "missing"
    assert [(c.section, c.question, c.column, c.text) for c in one.comments] == [
        ("REF1", "", "comment", "The referral came late on a Friday")
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("well done", []),
        ("✓ well done", []),
        (with_note("well done", "this one"), []),
        (with_note("well done", "Seen twice by the nurse"), ["Seen twice by the nurse"]),
        ("well done but late", ["well done but late"]),
    ],
)
def test_words_added_to_a_descriptor_are_told(cell: str | Cell, told: list[str]) -> None:
    one = coded([FOUR[0], cell, *FOUR[2:], "G"])
    assert one.grades["REF1"].code == "good"
    assert [p.as_written for p in one.problems if p.check == "text_not_placed"] == told


PRINTED = {"outstanding": "A full account, in time.", "good": "A clear account of the threshold."}
WITH_PRINTS = tool(
    RUBRIC.replace(
        "title: Threshold,",
        f"title: Threshold, descriptors: {json.dumps(DESCRIPTORS)}, prints: "
        f"{json.dumps({value: fingerprint(text) for value, text in PRINTED.items()})},",
    )
)


@pytest.mark.parametrize(
    ("cells", "code", "reworded", "beside"),
    [
        ([*PRINTED.values(), *FOUR[2:]], "missing", [], []),
        ([PRINTED["outstanding"], "A clear account, of the THRESHOLD", *FOUR[2:]], "missing", [], []),
        ([PRINTED["outstanding"], f"{PRINTED['good']} ✓", *FOUR[2:]], "good", [], []),
        (
            [PRINTED["outstanding"], f"{PRINTED['good']} It came on a Friday.", *FOUR[2:]],
            "missing",
            [],
            ["It came on a Friday."],
        ),
        (["A full account, in time.", "The plan was weak", *FOUR[2:]], "unclear", ["The plan was weak"], []),
        (
            ["A full account, in time.", "Some words on threshold", *FOUR[2:]],
            "missing",
            ["Some words on threshold"],
            [],
        ),
        (["other words", "of another", "print of", "the form"], "missing", [], []),
    ],
)
def test_words_that_are_not_those_of_the_print(
    cells: list[str], code: str, reworded: list[str], beside: list[str]
) -> None:
    rows: list[list[str | Cell]] = [HEAD, ["Threshold", *cells, ""]]
    one = code_form(form("Small tool", "SECTION 1: REFERRAL", with_cells(rows)), WITH_PRINTS)
    told = {check: [p.as_written for p in one.problems if p.check == check] for check in CHECKED}
    assert (one.grades["REF1"].code, told) == (code, dict(zip(CHECKED, (reworded, beside), strict=True)))


def test_a_choice_beside_changed_words_stands_and_the_words_are_told() -> None:
    one = coded(["best of all", "Written anew by somebody", *FOUR[2:], "RI"])
    assert one.grades["REF1"].code == "requires_improvement"
    assert [p.as_written for p in one.problems if p.check == "descriptor_wording"] == ["Written anew by somebody"]


def test_the_rubric_knows_the_print_of_each_descriptor() -> None:
    grading = load_instrument("case-grading")
    assert all(set(thing.prints) == set(thing.descriptors) for thing in grading.grades)


def grades(*blocks: str | Table) -> dict[str, str]:
    one = code_form(form("Small tool", *blocks), SMALL)
    return {name: value.code for name, value in one.grades.items()}


def test_rows_in_another_order_are_known_by_their_words() -> None:
    rows = [HEAD, ["Consent", *FOUR, "I"], ["Speed", *FOUR, "R"], ["Threshold", *FOUR, "G"]]
    found = grades("SECTION 1: REFERRAL", table(*rows))
    assert (found["REF1"], found["REF2"], found["REF3"]) == ("good", "requires_improvement", "inadequate")


def test_a_row_without_label_is_known_by_any_descriptor_and_by_its_place_when_all_rows_are_there() -> None:
    head = HEAD[1:]
    rows = [head, [*FOUR, "G"], ["seen within a day", "", "", "", ""], [*FOUR, "I"]]
    found = grades("SECTION 1: REFERRAL", table(*rows))
    assert (found["REF1"], found["REF2"], found["REF3"]) == ("good", "outstanding", "inadequate")


def test_a_row_left_out_moves_no_grade_to_another_row() -> None:
    rows = [HEAD, ["", *FOUR, "G"], ["Consent", *FOUR, "I"]]
    found = grades("SECTION 1: REFERRAL", table(*rows))
    assert (found["REF1"], found["REF2"], found["REF3"]) == ("unclear", "unclear", "inadequate")


def test_a_row_that_stands_twice_is_unclear() -> None:
    rows = [HEAD, ["Threshold", *FOUR, "G"], ["Threshold", *FOUR, "I"], ["Speed", *FOUR, "G"]]
    assert grades("SECTION 1: REFERRAL", table(*rows))["REF1"] == "unclear"


def test_the_heading_of_a_group_may_stand_in_the_table_or_be_left_out() -> None:
    rows = [
        ["SECTION 3: RECORDING", "", "", "", "", ""],
        HEAD,
        ["", "well written", "", "", "", ""],
        ["", "", "dated", "", "", ""],
    ]
    assert grades(table(*rows)) == grades("SECTION 1: REFERRAL", table(*rows[1:]))
    assert grades(table(*rows))["REC1"] == "outstanding"
    assert grades(table(*rows))["REC2"] == "good"


def test_a_choice_in_a_row_that_the_rubric_does_not_have_is_told() -> None:
    rows = [HEAD, ["Threshold", *FOUR, "G"], *PLAIN.values(), ["Biscuits", "a", "b", "c", "d", "I"]]
    one = code_form(form("Small tool", "SECTION 1: REFERRAL", table(*rows)), SMALL)
    assert one.grades["REF1"].code == "good"
    assert [problem.as_written for problem in one.problems if problem.check == "question_added"]


def test_a_column_that_looks_chosen_in_a_whole_table_is_taken_and_in_a_whole_form_is_not() -> None:
    rows = [[name, FOUR[0], shaded(FOUR[1]), *FOUR[2:], ""] for name in ("Threshold", "Speed", "Consent")]
    one = code_form(form("Small tool", "SECTION 1: REFERRAL", with_cells([HEAD, *rows])), SMALL)
    assert {one.grades[name].code for name in ("REF1", "REF2", "REF3")} == {"good"}
    assert [problem.check for problem in one.problems].count("value_taken") == 3
    rubric = load_instrument("case-grading")
    asked = [thing for thing in rubric.grades if thing.group == "CP"]
    every = [[thing.title, *thing.descriptors.values(), ""] for thing in asked]
    for row in every:
        row[2] = shaded(row[2])
    whole = form("Case audit gradings guidance", "7. CHILD PROTECTION PLANNING", with_cells([HEAD, *every]))
    assert {code_form(whole, rubric).grades[thing.id].code for thing in asked} == {"unclear"}
