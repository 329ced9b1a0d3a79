"""A raw form comes out of its packing as it went in, and nothing but a raw form comes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.rawform import Cell, Mark, Paragraph, RawForm, ReaderNote, Run, Table
from audit_lib.readers.packing import packed, unpacked

TEXT = st.text(st.characters(), max_size=5)  # lone halves of surrogate pairs included
NUMBER = st.integers(0, 1 << 20)
RUNS = st.builds(Run, TEXT, st.integers(0, 63).map(Mark), st.none() | st.booleans())
PARAGRAPHS = st.builds(
    Paragraph,
    st.lists(RUNS, max_size=2).map(tuple),
    TEXT,
    st.booleans(),
    st.booleans(),
    TEXT,
    st.sampled_from(["", "margin", "note"]),
    TEXT,
    NUMBER,
)
CELLS = st.builds(
    Cell, NUMBER, NUMBER, st.lists(PARAGRAPHS, max_size=2).map(tuple), NUMBER, NUMBER, TEXT, TEXT, st.booleans()
)
TABLES = st.builds(Table, st.lists(CELLS, max_size=3).map(tuple), TEXT, TEXT, st.booleans())
FORMS = st.builds(
    RawForm,
    TEXT,
    st.lists(PARAGRAPHS | TABLES, max_size=4).map(tuple),
    st.lists(st.builds(ReaderNote, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    NUMBER,
    NUMBER,
    TEXT,
)
FORM = RawForm(
    "docx",
    (
        Paragraph((Run("a"),), "paragraph 1"),
        Table((Cell(0, 0, (Paragraph((Run("b", Mark.STRUCK | Mark.BOLD), Run("", ticked=True))),)),), "table 1"),
        Paragraph((Run("c"),), aside="note"),
    ),
    (ReaderNote("hidden_text", "", "some"),),
    3,
    3,
)


@given(FORMS)
def test_there_and_back(form: RawForm) -> None:
    again = unpacked(packed(form))
    assert again == form
    assert [type(run.mark) for paragraph in again.paragraphs() for run in paragraph.runs] == [
        Mark for paragraph in form.paragraphs() for _ in paragraph.runs
    ]


@pytest.mark.parametrize("what", [Run, Paragraph, Cell, Table, ReaderNote, RawForm])
def test_every_field_is_packed(what: type) -> None:
    """A field that comes new to these classes has to be packed as well, and then named here."""
    packed_fields = {
        Run: {"text", "mark", "ticked"},
        Paragraph: {"runs", "where", "listed", "nested", "style", "aside", "looks", "nested_row"},
        Cell: {"row", "column", "paragraphs", "row_span", "column_span", "where", "column_where", "shaded"},
        Table: {"cells", "where", "sheet", "delimited"},
        ReaderNote: {"check", "where", "message"},
        RawForm: {"kind", "blocks", "notes", "text_in_file", "text_read", "modified"},
    }
    assert set(what.__match_args__) == packed_fields[what]


@pytest.mark.parametrize(
    "no_form",
    [None, "text", Paragraph(), RawForm("docx", ({1, 2},)), RawForm("docx", (Paragraph((Run(b"x"),)),))],  # type: ignore[arg-type]
)
def test_no_form_is_not_packed_as_one(no_form: Any) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)):
        unpacked(packed(no_form))


def at(*path: int, value: object) -> Callable[[Any], None]:
    def change(said: Any) -> None:
        for step in path[:-1]:
            said = said[step]
        said[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(at(0, 0, 0, value=7), id="a number for the kind"),
        pytest.param(at(0, 1, 0, value=-1), id="fewer characters than none"),
        pytest.param(at(0, 1, 0, value=True), id="true for a number"),
        pytest.param(at(0, 1, 0, value=3.0), id="a fraction for a number"),
        pytest.param(at(0, value=[["docx"]]), id="a column too few"),
        pytest.param(at(1, 0, value=[]), id="columns of different lengths"),
        pytest.param(at(1, 2, 0, value=["some"]), id="a list for a text"),
        pytest.param(at(2, 0, value=1), id="a number for table or paragraph"),
        pytest.param(at(2, value=[True, True, False]), id="a table too many"),
        pytest.param(at(2, value=[False, True]), id="a block too few"),
        pytest.param(at(3, 0, 0, value=2), id="more cells than there are"),
        pytest.param(at(3, 0, 0, value=0), id="fewer cells than there are"),
        pytest.param(at(4, 1, 0, value=1 << 40), id="a row beyond all bounds"),
        pytest.param(at(4, 7, 0, value=None), id="nothing for yes or no"),
        pytest.param(at(5, 0, 0, value=-1), id="fewer runs than none"),
        pytest.param(at(5, 5, 0, value="elsewhere"), id="a paragraph elsewhere"),
        pytest.param(at(6, 0, 0, value={}), id="a mapping for a text"),
        pytest.param(at(6, 1, 0, value=64), id="a mark that there is not"),
        pytest.param(at(6, 2, 0, value="yes"), id="a word for a tick"),
        pytest.param(at(6, value="abc"), id="texts for columns"),
        pytest.param(lambda said: said.append(1), id="something more"),
    ],
)
def test_nothing_else_is_unpacked(change: Callable[[Any], None]) -> None:
    said = json.loads(packed(FORM))
    change(said)
    with pytest.raises((TypeError, ValueError, IndexError)):
        unpacked(json.dumps(said).encode())
