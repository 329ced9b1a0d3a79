"""What the reader of rich text makes of each thing that stands in a form: the file on the left, what is read on the right."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Mark, Paragraph, RawForm, Run, Table
from audit_lib.readers.rtf import groups, tables, tokens
from audit_lib.readers.rtf.reader import read_rtf
from audit_lib.readers.word.converted import find_libreoffice
from audit_lib.readers.word.reader import read_word
from audit_lib.schema import CHECKS, REASON_CODES

from .word_xml import docx, field, p, r, sdt, span_of, tc, tr

STRUCK, HIGHLIGHTED, BOLD, UNDERLINED = Mark.STRUCK, Mark.HIGHLIGHTED, Mark.BOLD, Mark.UNDERLINED
UNTOUCHED, NONE = Mark.UNTOUCHED, Mark.NONE
TICKED, EMPTY_BOX = Run("", NONE, True), Run("", NONE, False)
RETURN = Path(__file__).parents[2].parent / "shared/examples/data/raw/child-in-need-2014/returns/Child D/SN.rtf"

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial{\*\falt Helvetica};}"
    r"{\f1\fnil\fcharset2 Wingdings;}{\f2\fnil\fcharset2 Symbol;}{\f3\fcharset204 Arial Cyr;}"
    r"{\f4\fcharset128 MS Mincho;}{\f5\fnil\fcharset2 Wingdings 2;}{\f6\fcharset1 Any;}}"
    r"{\colortbl;\red0\green0\blue0;\red255\green255\blue0;\red255\green255\blue255;}"
    r"{\stylesheet{\ql Normal;}{\s1\b heading 1,h1;}{\*\cs10 Default Paragraph Font;}{\s15 List Paragraph;}}"
)


def rtf(body: str, head: str = HEAD) -> bytes:
    return (head + body + "}").encode("latin-1")


def read(body: str, head: str = HEAD) -> RawForm:
    """The form, after making sure that no text was lost on the way."""
    form = read_rtf(rtf(body, head), "rtf")
    assert form.text_read == form.text_in_file
    return form


def texts(form: RawForm) -> list[str]:
    return ["".join(run.text for run in paragraph.runs) for paragraph in form.paragraphs()]


def checks(form: RawForm) -> list[str]:
    assert {note.check for note in form.notes} <= set(CHECKS)
    return [note.check for note in form.notes]


def form_field(workings: str, content: str, result: str = "") -> str:
    return rf"{{\field{{\*\fldinst {{ {workings} }}{{\*\formfield{{{content}}}}}}}{{\fldrslt {result}}}}}"


def drop_down(state: str) -> str:
    return form_field("FORMDROPDOWN", rf"\fftype2{state}{{\*\ffname x}}{{\*\ffl Yes}}{{\*\ffl No}}{{\*\ffl Partly}}")


def tick_box(state: str) -> str:
    return form_field("FORMCHECKBOX", rf"\fftype1{state}\fftypetxt0\ffhps20{{\*\ffname Check1}}")


def symbol(workings: str, result: str = "") -> str:
    return rf"{{\field{{\*\fldinst {{SYMBOL {workings}}}}}{{\fldrslt{{{result}}}}}}}"


def row(*cells: str, ends: str = "") -> str:
    """A row of cells, each 1000 wide unless ``ends`` says otherwise."""
    plan = ends or "".join(rf"\cellx{1000 * number}" for number in range(1, len(cells) + 1))
    return rf"\trowd\trleft0{plan} " + "".join(rf"\pard\intbl {cell}\cell " for cell in cells) + r"\row "


@pytest.mark.parametrize(
    ("content", "runs"),
    [
        # letters
        pytest.param("Yes", [Run("Yes")], id="text"),
        pytest.param("Y\r\nes", [Run("Yes")], id="line break of the file"),
        pytest.param(r"{Y}{es}", [Run("Yes")], id="a word cut in two"),
        pytest.param(r"a\tab b\line c", [Run("a\tb\nc")], id="tab and soft line break"),
        pytest.param(r"a\page b", [Run("ab")], id="page break"),
        pytest.param(r"0\_19 A\~B sup\-port", [Run("0-19 A\u00a0B support")], id="hyphens and no-break space"),
        pytest.param(r"\{a\\b\}", [Run(r"{a\b}")], id="braces and backslash"),
        pytest.param(r"caf\'e9 \'80", [Run("café €")], id="bytes in the usual code page"),
        pytest.param(r"\lquote a\rquote\ldblquote b\rdblquote\endash\emdash\bullet", [Run("‘a’“b”–—•")], id="quotation marks"),
        pytest.param(r"{\f3 \'cd\'e5\'f2}", [Run("Нет")], id="bytes in the code page of the font"),
        pytest.param(r"{\f4 \'93\'fa\'96{\f4 \'7b}}", [Run("日\ufffd{")], id="a letter cut in two by a group"),
        pytest.param(r"{\f4 \'93\'fa\'96{}\'7b}", [Run("日\ufffd{")], id="and by an empty one"),
        pytest.param(r"{\f4 \'93\'fa\'96\'7b}", [Run("日本")], id="letters of two bytes"),
        pytest.param(r"{\f6 \'e9}\f9 \'e9", [Run("éé")], id="font that does not say, font that is not there"),
        pytest.param(r"\'81\'zz", [Run("\ufffdzz")], id="a byte that stands for no letter, and one that is none"),
        # Unicode, and what stands for it in older programs
        pytest.param(r"\u8364?\u233\'e9x", [Run("€éx")], id="Unicode"),
        pytest.param(r"\uc0\u8364 x", [Run("€x")], id="nothing stands for it"),
        pytest.param(r"{\uc2\u26085\'93\'fa}\u8364?x", [Run("日€x")], id="two bytes stand for it, in this group"),
        pytest.param(r"\uc2\u26085 ab{cd}", [Run("日cd")], id="only letters stand for it"),
        pytest.param(r"\uc2\u26085 a{cd}", [Run("日cd")], id="not beyond its group"),
        pytest.param(r"\u8217\rquote s", [Run("’s")], id="a word stands for it"),
        pytest.param(r"\u8226\tab x", [Run("•\tx")], id="a word that is none does not"),
        pytest.param(r"\u-10179?\u-8704?", [Run("\U0001f600")], id="a letter in two halves"),
        pytest.param(r"\u-8704?\u-10179?x", [Run("\ufffdx")], id="halves the wrong way round"),
        pytest.param(r"\u65503?\u-33?\u-1?\u9999999?", [Run("￟￟\uffff\ufffd")], id="negative and absurd numbers"),
        pytest.param(r"a\u10?b\u9?c\u1?", [Run("a\nb\tc")], id="control characters"),
        # looks
        pytest.param(r"{\strike Outstanding} / Good", [Run("Outstanding", STRUCK), Run(" / Good")], id="struck"),
        pytest.param(r"\striked1 x\striked0 y", [Run("x", STRUCK), Run("y")], id="struck twice"),
        pytest.param(r"\strike x\strike0 y", [Run("x", STRUCK), Run("y")], id="no longer struck"),
        pytest.param(r"\strike x\plain y", [Run("x", STRUCK), Run("y")], id="plain"),
        pytest.param(r"\strike x\pard y", [Run("xy", STRUCK)], id="the paragraph says nothing of letters"),
        pytest.param(r"\strike\striked1\strike0 x", [Run("x", STRUCK)], id="two ways of striking do not meet"),
        pytest.param(r"\highlight2 x\highlight0 y", [Run("x", HIGHLIGHTED), Run("y")], id="highlighted"),
        pytest.param(r"\highlight3 x\highlight9 y", [Run("xy")], id="highlighted white, and in a colour not there"),
        pytest.param(r"\chcbpat2 x\chcbpat3 y\chshdng2500 z", [Run("x", HIGHLIGHTED), Run("y"), Run("z", HIGHLIGHTED)], id="shaded"),
        pytest.param(r"\cb2 x", [Run("x", HIGHLIGHTED)], id="background"),
        pytest.param(r"{\pard\cbpat2 x}", [Run("x", HIGHLIGHTED)], id="shaded paragraph"),
        pytest.param(r"\b\uldb x\b0\ulnone y", [Run("x", BOLD | UNDERLINED), Run("y")], id="bold, underlined"),
        pytest.param(r"\ulc2\ab\alang1025 x", [Run("x")], id="colour of a line, bold of another script"),
        # tick boxes and signs
        pytest.param(r"\u9746? Yes \u9744? No", [TICKED, Run(" Yes "), EMPTY_BOX, Run(" No")], id="typed boxes"),
        pytest.param(r"{\strike\u9746?}", [Run("", STRUCK, True)], id="typed box, struck"),
        pytest.param(r"{\f1 \'fe}{\f1\u-3928 \'a8}", [TICKED, EMPTY_BOX], id="boxes of Wingdings"),
        pytest.param(r"{\f1 Yes}{\f5 P}{\f2 \'b3\'d6}", [Run("Yes✓≥√")], id="letters of symbol fonts"),
        pytest.param(r"{\f1 \'21\'fe\'a0\'04}", [Run("!"), TICKED, Run("\u00a0")], id="a letter beside a sign"),
        pytest.param(symbol(r'254 \\f "Wingdings" \\s 12', r"\f1"), [TICKED], id="symbol as a field without result"),
        pytest.param(symbol(r'252 \\f "Wingdings"', r"\f1 \'fc"), [Run("✓")], id="symbol as a field with result"),
        pytest.param(symbol(r"233 \\a") + symbol(r"8364 \\u \\f Arial"), [Run("\ufffd€")], id="letters as fields"),
        pytest.param(symbol(r'99999999 \\f "Arial"') + "x", [Run("x")], id="symbol field that is none"),
        pytest.param(tick_box(r"\ffres1\ffdefres0"), [TICKED], id="form field, ticked"),
        pytest.param(tick_box(r"\ffres0\ffdefres1"), [EMPTY_BOX], id="form field, tick taken out"),
        pytest.param(tick_box(r"\ffres25\ffdefres1"), [TICKED], id="form field, ticked from the start"),
        pytest.param(tick_box(r"\ffres25") + tick_box(""), [EMPTY_BOX, EMPTY_BOX], id="form field, nothing said"),
        pytest.param(drop_down(r"\ffres2"), [Run("Partly")], id="drop-down, chosen"),
        pytest.param(drop_down(r"\ffres0"), [Run("Yes")], id="drop-down, first entry chosen"),
        pytest.param(drop_down(r"\ffres25") * 2, [Run("Yes", UNTOUCHED)] * 2, id="drop-down, untouched"),
        pytest.param(drop_down(r"\ffdefres1"), [Run("No", UNTOUCHED)], id="drop-down, default"),
        pytest.param(drop_down(r"\ffres7"), [Run("Yes")], id="drop-down, result out of range"),
        pytest.param(form_field("FORMDROPDOWN", r"\fftype2\ffres1{\*\ffl A}{\*\ffl B}", "B"), [Run("B")], id="drop-down twice"),
        pytest.param(
            form_field("FORMDROPDOWN", r"\fftype2\ffres1{\*\ffl A}{\*\ffl{\upr{?}{\*\ud{\u8364?}}}}"), [Run("€")], id="entry"
        ),
        pytest.param(form_field("FORMTEXT", r"\fftype0", "typed"), [Run("typed")], id="text field, filled"),
        # fields and other groups
        pytest.param(r"x{\field{\*\fldinst DATE}{\fldrslt 1 May 2018}}", [Run("x1 May 2018")], id="field"),
        pytest.param(
            r"{\field{\*\fldinst IF {\field{\*\fldinst PAGE}{\fldrslt 2}} = 2}{\fldrslt a{\field{\*\fldinst X}{\fldrslt b}}}}",
            [Run("ab")],
            id="fields inside the workings and the result of another",
        ),
        pytest.param(r"{\*\unheardOf secret}{\unheardOf shown}", [Run("shown")], id="groups that are not known"),
        pytest.param(r"{\strike0\*\cs10 shown}", [Run("shown")], id="not the group but one word may be left out"),
        pytest.param(r"a{\pict\bin3 }}}}b{\*\bkmkstart x}{\xe{\v y}}", [Run("ab")], id="raw bytes, bookmarks, index entries"),
        pytest.param(r"{\upr{caf?}{\*\ud{caf\u233?}}}", [Run("café")], id="a text twice"),
        pytest.param(r"{\mmath{\*\moMath{\mr\mscr0 x=1{\mrPr y}}}}", [Run("x=1")], id="mathematics"),
        pytest.param(r"{\object{\*\objdata 00}{\result shown}}", [Run("shown")], id="result of an object"),
        # tracked changes
        pytest.param(r"Good {\revised\revauth1 new}{\deleted old}", [Run("Good new")], id="inserted, deleted"),
        pytest.param(r"{\deleted a\u9746?{\f1 \'fe}}b", [Run("b")], id="deleted boxes"),
    ],
)  # fmt: skip
def test_runs(content: str, runs: list[Run]) -> None:
    form = read(content)
    assert [list(paragraph.runs) for paragraph in form.paragraphs()] == [runs]


@pytest.mark.parametrize(
    "content",
    [
        "",
        r"\par  \par\tab\par",
        r"{\v hidden}",
        r"{\deleted gone\par}",
        r"{\pict 00ff}",
        r"{\*\generator Word;}{\info{\title Secret}{\author Name}}",
        form_field("FORMTEXT", r"\fftype0", r"\u8194?\u8194?"),
        r"{\footnote\deleted }",
        r"\trowd\row",
    ],
)
def test_nothing_to_read(content: str) -> None:
    assert read(content).blocks == ()


def test_paragraphs_have_their_place_their_style_and_their_lists() -> None:
    form = read(
        r"\pard\s1 Title\par\pard plain\par {\listtext\'b7\tab}\pard\s15\ls1 one\par two\par\pard{\pntext 1.\tab}"
        r"{\*\pn\pnlvlbody}three\par\pard{\*\pnseclvl1{\pntxta .}}last\sect after \
and a line"
    )
    told = [(one.where, one.style, one.listed, one.text) for one in form.paragraphs()]
    assert told == [
        ("paragraph 1", "heading 1", False, "Title"),
        ("paragraph 2", "", False, "plain"),
        ("paragraph 3", "list paragraph", True, "one"),
        ("paragraph 4", "list paragraph", True, "two"),
        ("paragraph 5", "", True, "three"),
        ("paragraph 6", "", False, "last"),
        ("paragraph 7", "", False, "after "),
        ("paragraph 8", "", False, "and a line"),
    ]


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    assert texts(read(r"one {\deleted\par}two\par three")) == ["one two", "three"]


# Tables


def cells_of(form: RawForm) -> list[tuple[int, int, int, int, str]]:
    (table,) = (block for block in form.blocks if isinstance(block, Table))
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]


WIDE = r"\cellx3000"
BEGINS, GOES_ON = r"\clvmgf\cellx1000\cellx2000", r"\clvmrg\cellx1000\cellx2000"


@pytest.mark.parametrize(
    ("body", "cells"),
    [
        pytest.param(
            row("a", "b") + row("c", "d"),
            [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")],
            id="plain",
        ),
        pytest.param(row(r"a\par b"), [(0, 0, 1, 1, "a\nb")], id="two paragraphs in a cell"),
        pytest.param(
            row("a", ends=WIDE) + row("b", "c", "d"),
            [(0, 0, 1, 3, "a"), (1, 0, 1, 1, "b"), (1, 1, 1, 1, "c"), (1, 2, 1, 1, "d")],
            id="heading over three columns",
        ),
        pytest.param(
            row("a", "b", ends=r"\cellx1990\cellx3008") + row("c", "d", "e"),
            [(0, 0, 1, 2, "a"), (0, 2, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d"), (1, 2, 1, 1, "e")],
            id="edges that nearly meet",
        ),
        pytest.param(
            r"\trowd\trleft1000\cellx2000 \pard\intbl a\cell\row" + row("b", "c"),
            [(0, 1, 1, 1, "a"), (1, 0, 1, 1, "b"), (1, 1, 1, 1, "c")],
            id="row that begins further right",
        ),
        pytest.param(
            row("a", "b", ends=BEGINS) + row("", "c", ends=GOES_ON) + row("d", "e"),
            [(0, 0, 2, 1, "a"), (0, 1, 1, 1, "b"), (1, 1, 1, 1, "c"), (2, 0, 1, 1, "d"), (2, 1, 1, 1, "e")],
            id="merged down",
        ),
        pytest.param(
            row("a", "", "b", ends=r"\clmgf\cellx1000\clmrg\cellx2000\cellx3000"),
            [(0, 0, 1, 2, "a"), (0, 2, 1, 1, "b")],
            id="merged across",
        ),
        pytest.param(
            row("a", ends=r"\clvmrg\cellx1000"), [(0, 0, 1, 1, "a")], id="goes on with nothing"
        ),
        pytest.param(
            r"\pard\intbl a\cell b\cell\trowd\cellx1000\cellx2000\row c\cell d\cell\row",
            [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")],
            id="plan after the cells, and for two rows",
        ),
        pytest.param(row("a", "b", ends=r"\cellx2000\cellx1000"), [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")], id="edges out of order"),
        pytest.param(
            row("a", "b", "c", "", ends=r"\cellx1000\cellx2000"),
            [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (0, 2, 1, 1, "c")],
            id="more cells than planned",
        ),
        pytest.param(row("a", ends=r"\cellx1000\cellx2000"), [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "")], id="fewer cells than planned"),
        pytest.param(r"\trowd\cellx1000\pard\intbl a\cell b", [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")], id="row that does not end"),
        pytest.param(row("a", "x\\nestcell y") , [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "x\ny")], id="nested cell alone"),
    ],
)  # fmt: skip
def test_tables(body: str, cells: list[tuple[int, int, int, int, str]]) -> None:
    assert cells_of(read(body)) == cells


def test_places_in_tables() -> None:
    form = read(row("a") + r"\pard between\par" + row("b", r"c\par d") + r"\pard after")
    assert [one.where for one in form.paragraphs()] == [
        "table 1, row 1, column 1",
        "paragraph 1",
        *["table 2, row 1, column 1", "table 2, row 1, column 2", "table 2, row 1, column 2"],
        "paragraph 2",
    ]


def test_a_table_that_says_that_it_ends_ends() -> None:
    ends = r"\irow0\lastrow\cellx1000"
    assert len(read(row("a", ends=ends) + row("b", ends=ends)).blocks) == 2
    assert len(read(row("a") + row("b")).blocks) == 1


def test_a_table_in_a_cell_is_nested_paragraphs() -> None:
    nested = r"\pard\intbl\itap2 n1\nestcell n2\nestcell{\*\nesttableprops\trowd\cellx1500\cellx1900\nestrow}{\nonesttables\par}"
    form = read(row("a", rf"before\par {nested}\pard\intbl\itap1 after") + row("c", "d"))
    assert cells_of(form)[1] == (0, 1, 1, 1, "before\nn1\nn2\nafter")
    assert [one.nested for one in form.paragraphs()] == [False, False, True, True, False, False, False]


def test_text_in_a_cell_that_a_merge_swallowed_is_told() -> None:
    form = read_rtf(rtf(row("a", "b", ends=BEGINS) + row("gone", "c", ends=GOES_ON)), "rtf")
    assert checks(form) == ["hidden_text"]
    assert form.text_in_file - form.text_read == len("gone")


def test_shaded_cells() -> None:
    ends = r"\clcbpat2\cellx1000\clcbpat3\cellx2000\clshdng2500\cellx3000\clcbpatraw2\cellx4000"
    (table,) = read(row("a", "b", "c", "d", ends=ends)).blocks
    assert isinstance(table, Table)
    assert [cell.shaded for cell in table.cells] == [True, False, True, False]


# What stands beside the body


def test_notes_and_margins_follow_the_body() -> None:
    form = read(
        r"{\headerr\pard head\par\trowd\cellx100\intbl in a table\cell\row}{\headerf\pard head\par\trowd\cellx100\intbl in a "
        r"table\cell\row}{\footer foot}body{\super\chftn{\footnote\ftnalt end}}{\footnote\pard one\par two}\par more"
        r"{\footnote three}"
    )
    told = [(one.where, one.aside, one.nested, one.text) for one in form.paragraphs()]
    assert told == [
        ("paragraph 1", "", False, "body"),
        ("paragraph 2", "", False, "more"),
        ("footnote 1", "note", False, "one"),
        ("footnote 1", "note", False, "two"),
        ("footnote 2", "note", False, "three"),
        ("endnote 1", "note", False, "end"),
        ("page header", "margin", False, "head"),
        ("page header", "margin", True, "in a table"),
        ("page footer", "margin", False, "foot"),
    ]


BOX = r"{\shp{\*\shpinst\shpleft0{\sp{\sn a}{\sv secret}}{\shptxt \pard one\par two}}%s}"
OLD = r"{\shprslt{\*\do\dobxpage{\dptxbxtext \pard one\par two}}}"


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(BOX % "", id="new"),
        pytest.param(BOX % OLD, id="new and old"),
        pytest.param(rf"{{\shp{{\*\shpinst\shpleft0}}{OLD}}}", id="old alone"),
        pytest.param(r"{\*\do\dobxpage{\dptxbxtext \pard one\par two}}", id="oldest"),
        pytest.param(rf"{{\shpgrp{{\*\shpinst{BOX % ''}}}{OLD}}}", id="in a group of drawings"),
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_text_boxes_are_read_once_after_their_paragraph(box: str, inside: bool) -> None:
    body = f"anchor{box} goes on"
    assert texts(read(row(body) if inside else rf"{body}\par")) == ["anchor goes on", "one", "two"]


def test_a_table_in_a_text_box() -> None:
    assert [type(block) for block in read(BOX.replace("one", row("a") + r"\pard") % "").blocks] == [Table, Paragraph]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x", []),
        (r"{\v hidden}x{\v0 shown}", ["hidden_text"]),
        (r"{\v  }x", []),
        (r"x{\v\footnote y}", ["hidden_text"]),
        (r"x{\*\atnid A}{\*\atnauthor B}\chatn{\*\annotation{\*\atnref 1}a comment}", ["comments_in_file"]),
        (r"x{\revised y}", ["tracked_changes"]),
        (r"x{\deleted y}", ["tracked_changes"]),
        (r"x{\deleted{\footnote y}}", ["tracked_changes"]),
        (r"{\*\template C:\\t.dot}x", ["external_reference"]),
        (r"x{\field{\*\fldinst INCLUDEPICTURE \\\\server\\a.png}{\fldrslt}}", ["external_reference"]),
        (r"x{\field{\*\fldinst HYPERLINK www}{\fldrslt y}}", []),
        (r"x{\object\objautlink{\*\objdata 00}{\result{\pict 00}}}", ["external_reference", "embedded_object"]),
        (r"x{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}", ["embedded_object"]),
        (r"x{\field{\*\fldinst{ FORMCHECKBOX }}{\fldrslt{}}}", ["text_lost"]),
    ],
)  # fmt: skip
def test_what_a_person_may_want_to_know(body: str, expected: list[str]) -> None:
    assert checks(read(body)) == expected


def test_pictures_and_objects_are_counted() -> None:
    form = read(
        r"{\pict 00}{\shp{\*\shpinst{\sp{\sn pib}{\sv{\pict 00}}}}{\shprslt{\pict 00}}}{\object{\result{\pict 00}}}"
    )
    assert [note.message for note in form.notes] == [
        "The file holds a picture (2 in all), which was not opened.",
        "The file holds an object of another program (1 in all), which was not opened.",
    ]


def test_a_tick_box_whose_state_the_file_does_not_hold_is_a_sign_that_nobody_can_read() -> None:
    form = read(r"{\field{\*\fldinst{ FORMCHECKBOX }}{\fldrslt{}}} Good")
    assert [list(one.runs) for one in form.paragraphs()] == [[Run("\ufffd Good")]]


@pytest.mark.parametrize(
    ("info", "modified"),
    [
        (r"{\creatim\yr2014\mo3\dy1}{\revtim\yr2018\mo5\dy22\hr9\min30}", "2018-05-22T09:30:00Z"),
        (r"{\revtim\yr2018\mo5\dy22\hr9\min30\sec5}", "2018-05-22T09:30:05Z"),
        (r"{\creatim\yr2014\mo3\dy1}", ""),
        (r"{\revtim\yr1601\mo1\dy1}", ""),
        (r"{\revtim\yr2018\mo13\dy1}{\printim\yr2018\mo1\dy1}", ""),
        (r"{\revtim\yr99999999999\mo1\dy1}{\revtim}", ""),
    ],
)
def test_date_of_last_change(info: str, modified: str) -> None:
    assert read(rf"{{\info{info}}}x").modified == modified


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (r"{\rtf1\ansi\ansicpg1250", r"\'e8", "č"),
        (r"{\rtf1\mac", r"\'8e", "é"),
        (r"{\rtf1\pc", r"\'82", "é"),
        (r"{\rtf1\ansi\ansicpg65001", r"\'c3\'a9", "é"),
        (r"{\rtf1\ansi\ansicpg77777", r"\'e9", "é"),
        (r"{\rtf1", "\xe9", "é"),
        ("\xef\xbb\xbf\r\n" + r"{\rtf1", r"x", "x"),
        (r"{\rtf1{\fonttbl\f0\fcharset0 A;\f1\fcharset204 B;}", r"\'e9\f1\'e9", "éй"),
        (r"{\rtf1\deff1{\fonttbl{\f1\fcharset204 A;}}", r"\'e9\f0{\plain\'e9}", "йй"),
        (r"{\rtf1{\fonttbl{\f1\cpg1251 A;}}", r"\f1\'e9", "й"),
    ],
)
def test_code_pages(head: str, body: str, text: str) -> None:
    assert texts(read(body, head)) == [text]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "damaged", id="nothing"),
        pytest.param(b"Dear all", "damaged", id="no rich text"),
        pytest.param(rb"{\rtf1 x", "damaged", id="ends early"),
        pytest.param(rtf(row("Good", "Yes"))[:-20], "damaged", id="ends in a row"),
        pytest.param(rb"{\rtf1 {\pict\bin99999 x}}", "damaged", id="more raw bytes than there are"),
        pytest.param(rb"{\rtf1" + b"{" * 2_000 + b"}" * 2_001, "unsafe", id="groups without end"),
        pytest.param(rb"{\rtf1\intbl\itap99999999 x\par}", "unsafe", id="tables without end"),
        pytest.param(rb"{\rtf1" + rb"{\footnote x" * 60 + b"}" * 61, "unsafe", id="notes without end"),
        pytest.param(rb"{\rtf1" + rb"\cellx9" * 2_000 + b"}", "too_large", id="cells without end"),
    ],
)
def test_files_that_are_not_read(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_rtf(data, "rtf")
    assert caught.value.reason_code == reason


@pytest.mark.parametrize(
    ("module", "limit", "data"),
    [
        (tokens, "MAX_TOKENS", rb"{\rtf1" + rb"\b" * 100 + b"}"),
        (groups, "MAX_LETTERS", rb"{\rtf1 " + b"x" * 100 + b"}"),
        (tables, "MAX_CELLS", rtf(row(*"abcdefghij") * 2)),
    ],
)
def test_limits(module: object, limit: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_rtf(data, "rtf")
    monkeypatch.setattr(module, limit, 15)
    with pytest.raises(UnreadableFile) as caught:
        read_rtf(data, "rtf")
    assert caught.value.reason_code == "too_large"


def test_what_follows_the_last_brace_is_not_part_of_the_document() -> None:
    assert texts(read_rtf(rtf("x") + b"\0\0{\\rtf1 y}", "rtf")) == ["x"]


# Whatever comes

_PIECES = (
    r"\par|\cell|\row|\trowd|\cellx500|\cellx900|\nestcell|\nestrow|{\*\nesttableprops|{|}|\intbl|\itap2|{\field{\*\fldinst |"
    r"{\fldrslt |\u-10179|\u-8704|\uc3|\'e9|{\*\formfield{\fftype2{\*\ffl Yes}|{\shp{\*\shpinst{\shptxt |{\shprslt |{\footnote |"
    r"{\header |{\upr{a}{\*\ud{b|{\pict 00|\bin2 |\deleted |\v |\strike |\f1 |\plain |\pard |{\object{\result x|\clvmrg|\clvmgf|"
    r"\clmrg|\sect |\ls1 |{\*\annotation |\highlight2 |\cbpat2 |x y|\~|\*|\u9746?|{\info{\revtim\yr9\mo3}}"
)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    began = time.monotonic()
    try:
        read_rtf(b"{\\rtf1" + data, "rtf")
    except UnreadableFile as error:
        assert error.reason_code in REASON_CODES
    assert time.monotonic() - began < 5


@given(st.lists(st.sampled_from(_PIECES.split("|")), max_size=60))
def test_no_text_is_lost_whatever_stands_in_the_file(pieces: list[str]) -> None:
    body = "".join(pieces)
    form = read_or_none(rtf(body + "}" * (body.count("{") - body.count("}"))))
    if form and "hidden_text" not in checks(form):
        assert form.text_read == form.text_in_file


def read_or_none(data: bytes) -> RawForm | None:
    try:
        return read_rtf(data, "rtf")
    except UnreadableFile as error:
        assert error.reason_code in REASON_CODES
        return None


# Beside the reader of Word documents, and a return

MERGED = (
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1500"/><w:gridCol w:w="1500"/><w:gridCol w:w="1500"/></w:tblGrid>'
    + tr(tc("heading", props='<w:tcW w:w="3000" w:type="dxa"/>' + span_of(2)), tc("c", props='<w:shd w:val="clear" w:fill="FFC000"/>'))
    + tr(tc("a", props='<w:vMerge w:val="restart"/>'), tc(p(r("Good", "<w:strike/>"))), tc("d"))
    + tr(tc("", props="<w:vMerge/>"), tc(p("one"), p("two")), tc("e"))
    + "</w:tbl>"
)  # fmt: skip
LOOKS = (
    r("Outstanding", "<w:strike/>") + r(" Good ") + r("hl", '<w:highlight w:val="yellow"/>') + r(" hidden", "<w:vanish/>")
    + r(" shaded", '<w:shd w:val="clear" w:fill="00FF00"/>') + r(" b", "<w:b/>") + r(" u", '<w:u w:val="single"/>')
)  # fmt: skip
BOXES = (
    r("☒ Yes ☐ No ")
    + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    + sdt(r("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')
)
TRACKED = (
    f'<w:ins w:id="1" w:author="a">{r("new")}</w:ins>'
    '<w:del w:id="2" w:author="a"><w:r><w:delText>gone</w:delText></w:r></w:del>'
)
NESTED = MERGED.replace(p("one"), MERGED + p("one"))
SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[RawForm, RawForm]]:
    """Each Word form as it is read, and as it is read after LibreOffice has made rich text of it."""
    office = find_libreoffice()
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    folder = tmp_path_factory.mktemp("rich text")
    for name, data in FORMS.items():
        (folder / f"{name}.docx").write_bytes(data)
    sources = [str(folder / f"{name}.docx") for name in FORMS]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(office), profile, "--headless", "--convert-to", "rtf", "--outdir", str(folder), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {
        name: (read_word(data, "docx"), read_rtf((folder / f"{name}.rtf").read_bytes(), "docx"))
        for name, data in FORMS.items()
    }


FORMS = {
    "looks": docx(p(LOOKS) + p("shaded", props='<w:shd w:val="clear" w:fill="00FF00"/>')),
    "letters": docx(
        p(r("é € “q” – \u00a0 😀 日本 Ж ≥ {x} \\ y<![CDATA[ & ]]>") + "<w:r><w:br/><w:tab/></w:r>" + r("z"))
    ),
    "boxes": docx(p(BOXES)),
    "tracked": docx(p(r("Good ") + TRACKED) + p("end")),
    "merged": docx(p("before") + MERGED + p("after")),
    "nested": docx(NESTED + p("after")),
    "margins": docx(p("body") + SECTION, header=p("head") + MERGED, modified="2018-05-22T09:30:00Z"),
    "fields": docx(p(r("x ") + field(" PAGE ", r("1")) + r(" y"))),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_same_form_as_rich_text_reads_the_same(name: str, converted: dict[str, tuple[RawForm, RawForm]]) -> None:
    word, rich = converted[name]
    assert rich.blocks == word.blocks
    assert rich.modified == word.modified
    assert checks(rich) == checks(word)


@pytest.mark.skipif(not RETURN.exists(), reason="the example forms are not here")
def test_a_return_with_options_deleted() -> None:
    told = texts(read_rtf(RETURN.read_bytes(), "rtf"))
    assert told[1:3] == ["Child: D", "Agency: School Nursing Service"]
    about_the_plan = told.index("4) Is it clear from your records that the impact on the child, of your agency actions or "
                                "intervention, is being reviewed /evaluated?")  # fmt: skip
    assert told[about_the_plan + 1 : about_the_plan + 5] == [
        "Yes",
        "Comments:",
        "reviewed/evaluated by attending CiN meeting and supervision",
        "Next review is in May; growth plotted on 3 March 2014.",
    ]
    assert told[-1] == "END"


NESTED_CELL = (
    r"\trowd\cellx4000\pard\intbl b\par{\pard\intbl\itap2{\cf3 x}\nestcell"
    r"{\*\nesttableprops\trowd\clcbpat2\cellx1000\nestrow}}\pard\intbl\cell\row "
)
CELL = r"\trowd{}\cellx1000 {{\intbl {}\cell}}\row "


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"{\cf3 x}", False),
        (r"{\cf3\plain x}", True),
        (r"{\cf3\cf0 x}", True),
        (r"{\cf2 x}", True),
        (r"{\cf3\highlight2 x}", True),
        (r"\pard\cbpat2{\cf3 x}\par\pard ", True),
        (CELL.format("", r"{\cf3 x}"), False),
        (CELL.format(r"\clcbpat2", r"{\cf3 x}"), True),
        (NESTED_CELL, True),
        (r"b{\footnote {\cf3 x}}", True),
    ],
)
def test_white_letters_on_white_are_hidden(body: str, shown: bool) -> None:
    form = read(rf"a\par {body}")
    assert ("x" in "".join(texts(form))) is shown
    assert checks(form) == ([] if shown else ["hidden_text"])


@pytest.mark.parametrize("around", ["{} x\\par ", "\\trowd\\cellx100 {} x\\intbl\\cell\\row "])
def test_many_drawings_cost_no_more_than_their_number(around: str) -> None:
    def cost(number: int) -> float:
        data = rtf(around.format(SHAPE.format(3, "")) * number)
        began = time.process_time()
        assert read_rtf(data, "rtf").notes
        return time.process_time() - began

    assert cost(20_000) < 7 * cost(5_000)  # four times as many; with the square of the number it would be sixteen times


SHAPE = r"{{\shp{{\*\shpinst{{\sp{{\sn shapeType}}{{\sv {}}}}}{{\sp{{\sn fFilled}}{{\sv 0}}}}{}}}}}"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (CELL.format("", "Yes/No" + SHAPE.format(3, "")), ["table 1"]),
        (CELL.format("", "a") + r"\pard b\par " + CELL.format("", "c" + SHAPE.format(20, "")), ["table 2"]),
        (CELL.format("", "a") + r"\pard b" + SHAPE.format(3, "") + r"\par ", ["after table 1"]),
        ("Yes/No" + SHAPE.format(0, ""), ["outside tables"]),
        ("a" + SHAPE.format(20, ""), [""]),
        ("a" + SHAPE.format(3, r"{\shptxt said\par}"), []),
        ("a" + SHAPE.format(75, ""), []),
        ("a" + SHAPE.format(202, r"{\shptxt }"), []),
    ],
    ids=[
        "oval in a cell",
        "line in the second table",
        "oval after",
        "free form",
        "line",
        "text",
        "picture",
        "empty box",
    ],
)
def test_a_shape_is_told_with_the_table_over_which_it_may_lie(body: str, where: list[str]) -> None:
    assert [note.where for note in read(body).notes if note.check == "drawn_over"] == where
