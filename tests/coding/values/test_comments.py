"""What is one comment, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.coding.values.comments import comments_in
from audit_lib.coding.values.labelled import by_label
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Mark, Paragraph, Run

WRITTEN = {
    "one line": ("School saw him daily.", ["School saw him daily."]),
    "soft line breaks": ("seen early\nlate letters\n\nweekly visits", ["seen early", "late letters", "weekly visits"]),
    "typed bullets": (
        "• seen early\n- late letters\n– weekly visits\n▪ school\n· home\n* calls\no Phone calls",
        ["seen early", "late letters", "weekly visits", "school", "home", "calls", "Phone calls"],
    ),
    "one bullet is taken off, not two": ("- - seen early", ["- seen early"]),
    "a word with o is no bullet": ("o phone", ["o phone"]),
    "a dash inside": ("late - and short", ["late - and short"]),
    "a number stays": ("1. seen early", ["1. seen early"]),
    "a lone label": ("Evidence:\nseen early", ["seen early"]),
    "a label with text": ("Evidence: seen early", ["Evidence: seen early"]),
    "prompts": ("Click here to enter text.\nClick or tap here to enter text", []),
    "no words": ("-\n...\n_____\n/", []),
    "a number alone": ("3", ["3"]),
    "not applicable": ("N/A", ["N/A"]),
    "spaces": ("  seen \u00a0 early\t", ["seen early"]),
    "soft hyphens and marks of direction": ("ne\u00adglect\u200b seen\u202e", ["neglect seen"]),
    "what looks like code": ("<b>x</b> $y$ =1+1", ["<b>x</b> $y$ =1+1"]),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_comments_in_a_paragraph(kind: str) -> None:
    text, comments = WRITTEN[kind]
    assert comments_in([Paragraph((Run(text),))]) == comments


def test_each_paragraph_is_a_comment_and_runs_are_joined() -> None:
    first = Paragraph((Run("seen "), Run("ear", Mark.BOLD), Run("ly")))
    assert comments_in([first, Paragraph(), Paragraph((Run("weekly"),))]) == ["seen early", "weekly"]


def test_struck_text_and_placeholders_are_none_and_ticks_are_seen() -> None:
    runs = (
        Run("not this ", Mark.STRUCK),
        Run("Choose one", Mark.PLACEHOLDER),
        Run("", ticked=True),
        Run("GCP2 "),
        Run("", ticked=False),
        Run("other"),
    )
    assert comments_in([Paragraph(runs)]) == ["☒ GCP2 ☐ other"]


@given(st.lists(st.text(max_size=30), max_size=4))
def test_every_letter_stays_unless_it_is_a_label_or_a_prompt(lines: list[str]) -> None:
    marked = [f"{line} w{number}w" for number, line in enumerate(lines)]
    found = comments_in([Paragraph((Run(line),)) for line in marked])
    joined = " ".join(found)
    assert [number for number in range(len(marked)) if f"w{number}w" not in joined] == []
    assert all(comment == comment.strip() and "\n" not in comment for comment in found)


def nested(text: str, row: int) -> Paragraph:
    return Paragraph((Run(text),), nested=row > 0, nested_row=row)


def test_a_row_of_a_table_inside_a_cell_is_one_comment() -> None:
    visits = [nested("3 May", 1), nested("home visit", 1), nested("seen alone", 1), nested("9 May", 2), nested("", 2)]
    said = [nested("Visits:", 0), *visits, nested("Evidence: that is all", 0)]
    rows = ["3 May – home visit – seen alone", "9 May"]
    assert comments_in(said) == [*rows, "Evidence: that is all"]
    parts = by_label(said, load_instrument("case-audit-2021").columns)
    assert [(column, part.text.strip()) for column, part in parts][1:] == [
        *(("comment", row) for row in rows),
        ("evidence", "that is all"),
    ]
