"""The rubric of case audit gradings as data: its rows, its wording, and whether rows of the printed form are known again."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from audit_lib.coding.values.cues import begins_with_cue, cue_length, first_cue
from audit_lib.instruments import load_instrument
from audit_lib.text import fold

RUBRIC = load_instrument("case-grading")
ROWS = {thing.id: thing for thing in RUBRIC.grades}
ROWS_OF = {"REF": 6, "S47": 8, "REC": 4, "SUP": 3, "CCP": 4, "ASM": 9, "CIN": 5, "CP": 11, "LAC": 7, "REV": 5}
WITHOUT_LABELS = {"S47", "REC", "SUP"}
SEEDS = sorted((Path(__file__).parents[2].parent / "shared" / "seeds").glob("*.txt"))
printed_form_needed = pytest.mark.skipif(not SEEDS, reason="the printed forms are not beside this repository")


def row_ids(group: str) -> list[str]:
    dash = "-" if group[-1].isdigit() else ""
    return [f"{group}{dash}{number}" for number in range(1, ROWS_OF[group] + 1)]


def printed_form() -> str:
    (path,) = [path for path in SEEDS if path.name.startswith("002_")]
    return path.read_text(encoding="utf-8")


def printed_cells() -> list[str]:
    """The cells of the printed form that hold a word, in reading order; each begins with a tab at the beginning of a line."""
    cells = (cell.strip() for cell in re.split(r"\n\s*?\t|^\t", printed_form()))
    return [cell for cell in cells if re.search(r"\w", cell)]


@cache
def printed_tables() -> dict[str, tuple[str, list[list[str]]]]:
    """Group -> the printed heading of its section, and its rows: the label (where there is one) and four descriptors."""
    cells = printed_cells()
    starts = [place for place, cell in enumerate(cells) if cell.startswith("O: Outstanding")]
    tables: dict[str, tuple[str, list[list[str]]]] = {}
    for group, (start, end) in zip(ROWS_OF, pairwise([*starts, len(cells) + 1]), strict=True):
        width = 4 if group in WITHOUT_LABELS else 5
        body = cells[start + 4 : end - 1]
        tables[group] = (cells[start - 1], [body[at : at + width] for at in range(0, len(body), width)])
    return tables


def best_rows(text: str, group: str) -> list[str]:
    """The rows of a group with the longest cue that stands in a text."""
    lengths = {thing.id: cue_length(fold(text), thing.cues) for thing in RUBRIC.grades if thing.group == group}
    return [row for row, length in lengths.items() if length == max(lengths.values()) and length]


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text).replace("'", ""))


@cache
def words_of_all_printed_forms() -> str:
    return f" {' '.join(' '.join(words_of(path.read_text(encoding='utf-8'))) for path in SEEDS)} "


def test_it_has_the_ten_sections_and_62_rows_of_the_printed_form() -> None:
    assert [group.id for group in RUBRIC.groups] == list(ROWS_OF)
    assert list(ROWS) == [row for group in ROWS_OF for row in row_ids(group)]
    assert len(ROWS) == 62
    assert {row: thing.group for row, thing in ROWS.items()} == {
        row: group for group in ROWS_OF for row in row_ids(group)
    }
    assert (RUBRIC.sections, RUBRIC.score, RUBRIC.columns) == ((), None, ())


def test_its_head_names_the_case_and_nobodys_agency() -> None:
    assert [(field.id, field.person, field.kind) for field in RUBRIC.header] == [
        ("case", "child", "text"),
        ("auditor", "worker", "text"),
        ("audit_date", "", "date"),
        ("worker", "worker", "text"),
        ("team", "", "text"),
    ]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_graded_by_four_descriptors_of_its_own(row: str) -> None:
    thing = ROWS[row]
    assert thing.asked == "descriptor"
    assert tuple(thing.descriptors) == RUBRIC.grade_scale_of(row).order
    assert len(set(thing.descriptors.values())) == 4
    assert [other.id for other in RUBRIC.grades if other.title == thing.title] == [row]


@pytest.mark.parametrize("row", ROWS)
def test_cues_are_short(row: str) -> None:
    assert [cue for cue in ROWS[row].cues if len(cue.split()) > 5] == []


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_a_form_made_from_this_file_is_known_by_its_title_whatever_descriptor_is_left(row: str) -> None:
    thing = ROWS[row]
    for left in ("", *thing.descriptors.values()):
        assert best_rows(f"{thing.title}\n{left}", thing.group) == [row]


@printed_form_needed
def test_the_printed_form_was_taken_apart_into_whole_rows() -> None:
    for group, (_, rows) in printed_tables().items():
        width = 4 if group in WITHOUT_LABELS else 5
        assert [len(row) for row in rows] == [width] * ROWS_OF[group], group


@printed_form_needed
@pytest.mark.parametrize("row", ROWS)
def test_a_printed_row_is_known_by_its_label_or_any_one_of_its_descriptors(row: str) -> None:
    group = ROWS[row].group
    _, rows = printed_tables()[group]
    printed = rows[row_ids(group).index(row)]
    assert [best_rows(text, group) for text in printed] == [[row]] * len(printed)
    assert best_rows("\n".join(printed), group) == [row]


@printed_form_needed
@pytest.mark.parametrize("group", ROWS_OF)
def test_a_printed_heading_fits_its_own_section_alone(group: str) -> None:
    heading, _ = printed_tables()[group]
    words = heading.split("\n")[0]
    assert [other.id for other in RUBRIC.groups if cue_length(fold(words), other.cues)] == [group]
    places = {other.id: first_cue(fold(heading), other.cues) for other in RUBRIC.groups}
    assert min((place, name) for name, place in places.items() if place)[1] == group


@printed_form_needed
def test_printed_guidance_is_told_by_its_beginning_and_nothing_else_is() -> None:
    lines = [fold(line.strip("· \t")) for line in printed_form().splitlines()]
    for beginning in RUBRIC.printed:
        assert len([line for line in lines if begins_with_cue(line, [beginning])]) == 1, beginning
    bullets = [fold(line.strip("· \t")) for line in printed_form().splitlines() if line.startswith("·")]
    assert [line for line in bullets if not begins_with_cue(line, RUBRIC.printed)] == []


@printed_form_needed
@pytest.mark.parametrize("row", ROWS)
def test_the_wording_of_rows_is_our_own(row: str) -> None:
    for text in (ROWS[row].title, *ROWS[row].descriptors.values()):
        words = words_of(text)
        runs = [" ".join(words[start : start + 6]) for start in range(len(words) - 5)]
        assert [run for run in runs if f" {run} " in words_of_all_printed_forms()] == [], text
