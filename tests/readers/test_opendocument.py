"""What the reader of OpenDocument texts makes of each thing in a form: XML on the left, what is read on the right."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Mark, Paragraph, RawForm, Run, Table
from audit_lib.readers.opendocument.reader import read_opendocument
from audit_lib.readers.word.reader import read_word
from audit_lib.schema import CHECKS, REASON_CODES

from . import word_xml
from .odf_xml import COVERED, box, fodt, note, odt, p, parts, repeated, span, spans, style, table, td, tr
from .word_xml import zipped

STRUCK, HIGHLIGHTED, BOLD, UNDERLINED = Mark.STRUCK, Mark.HIGHLIGHTED, Mark.BOLD, Mark.UNDERLINED
PLACEHOLDER, UNTOUCHED, NONE = Mark.PLACEHOLDER, Mark.UNTOUCHED, Mark.NONE
TICKED, EMPTY_BOX = Run("", NONE, True), Run("", NONE, False)
EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "examples" / "data" / "raw"

FONTS = "".join(
    f'<style:font-face style:name="{name}" svg:font-family="{family}"/>'
    for name, family in [("Wingdings1", "Wingdings"), ("W2", "'Wingdings 2'"), ("Plain", "Arial, sans-serif")]
)
LINE = "style:text-line-through-style"
LOOKS = {
    "struck": f'{LINE}="solid"',
    "struck twice": 'style:text-line-through-type="double"',
    "not struck": f'{LINE}="none" style:text-line-through-type="none"',
    "bold": 'fo:font-weight="bold"',
    "bold 700": 'fo:font-weight="700"',
    "not bold": 'fo:font-weight="normal"',
    "underlined": 'style:text-underline-style="dotted"',
    "not underlined": 'style:text-underline-style="none"',
    "yellow": 'fo:background-color="#ffff00"',
    "white": 'fo:background-color="#FFFFFF"',
    "clear": 'fo:background-color="transparent"',
    "hidden": 'text:display="none"',
    "shown": 'text:display="true"',
    "on condition": 'text:display="condition" text:condition="none"',
    "wingdings": 'style:font-name="Wingdings1"',
    "wingdings 2": 'style:font-name="W2"',
    "wingdings by name": "fo:font-family=\"'Wingdings'\"",
    "plain": 'style:font-name="Plain"',
}
COMMON = "".join(
    [
        style("Standard", "paragraph", more='style:display-name="Default Paragraph Style"'),
        style("Heading_20_1", "paragraph", "Standard", 'style:display-name="Heading 1"', text='fo:font-weight="bold"'),
        style("Panel", "paragraph", paragraph='fo:background-color="#eeeeee"'),
        style("Secret", "paragraph", text='text:display="none"'),
        style("Deleted", text=f'{LINE}="solid"'),
    ]
)
AUTOMATIC = "".join(
    [
        *(style(name, text=said) for name, said in LOOKS.items()),
        style("deleted by parent", parent="Deleted"),
        style("deleted by parent, not by itself", parent="Deleted", text=f'{LINE}="none"'),
        style("round", parent="robin"),
        style("robin", parent="round", text='fo:font-weight="bold"'),
        style("P1", "paragraph", "Standard", text=f'{LINE}="solid"'),
        style("P2", "paragraph", "Heading_20_1"),
        style("P3", "paragraph", "Standard", paragraph='fo:background-color="#ffff00"'),
        style("P4", "paragraph", "Panel"),
        style("P5", "paragraph", "Secret"),
        style("grey cell", "table-cell", table_cell='fo:background-color="#c0c0c0"'),
        style("clear cell", "table-cell", table_cell='fo:background-color="transparent"'),
        style("grey row", "table-row", table_row='fo:background-color="#c0c0c0"'),
        style("grey table", "table", table='fo:background-color="#c0c0c0"'),
    ]
)


def read(body: str, **options: str) -> RawForm:
    """The form, after making sure that no text was lost on the way."""
    options = {"automatic": AUTOMATIC, "common": COMMON, "fonts": FONTS} | options
    form = read_opendocument(odt(body, **options), "odt")
    assert form.text_read == form.text_in_file
    return form


def texts(form: RawForm) -> list[str]:
    return ["".join(run.text for run in paragraph.runs) for paragraph in form.paragraphs()]


def checks(form: RawForm) -> list[str]:
    assert {note.check for note in form.notes} <= set(CHECKS)
    return [note.check for note in form.notes]


def drop_down(*labels: str, chosen: str = "", text: str = "") -> str:
    marks = {chosen: 'text:current-selected="true"'}
    entries = "".join(f'<text:label text:value="{label}" {marks.get(label, "")}/>' for label in labels)
    return f'<text:drop-down text:name="d">{entries}{text}</text:drop-down>'


def form_field(kind: str, *values: tuple[str, str], family: str = "vnd.oasis.opendocument.field") -> str:
    params = "".join(f'<field:param field:name="{name}" field:value="{value}"/>' for name, value in values)
    return f'<field:fieldmark text:name="f" field:type="{family}.{kind}">{params}</field:fieldmark>'


def old_drop_down(selected: str = "") -> str:
    entries = [("Dropdown_ListEntry", entry) for entry in ("Yes", "No", "Partly")]
    return form_field("FORMDROPDOWN", *entries, *([("Dropdown_Selected", selected)] if selected else []))


def field(workings: str, result: str) -> str:
    separator = "<field:fieldmark-separator/>"
    return f"<field:fieldmark-start text:name='f'/>{workings}{separator}{result}<field:fieldmark-end/>"


def control(content: str, attributes: str = "", entries: str = "") -> str:
    return f"<loext:content-control {attributes}>{entries}{content}</loext:content-control>"


ENTRIES = (
    '<loext:list-item loext:display-text="Choose an item." loext:value=""/>'
    '<loext:list-item loext:display-text="Good" loext:value="2"/>'
)
PROMPT = 'loext:showing-place-holder="true"'
HIDDEN = 'text:condition="ooow:x EQ 1" text:is-hidden="true"'


@pytest.mark.parametrize(
    ("content", "runs"),
    [
        # text and what stands between
        pytest.param("Yes", [Run("Yes")], id="text"),
        pytest.param("Y" + span("plain", "e") + "s", [Run("Yes")], id="a word cut in two"),
        pytest.param("a<text:line-break/>b", [Run("a\nb")], id="soft line break"),
        pytest.param("a<text:tab/>b", [Run("a\tb")], id="tab"),
        pytest.param('a<text:s/><text:s text:c="2"/>b', [Run("a   b")], id="spaces"),
        pytest.param("  a\n   b \t" + span("plain", " c"), [Run("a b c")], id="white space of the XML"),
        pytest.param("a <text:s/> b", [Run("a   b")], id="spaces of both kinds"),
        pytest.param("a\u00a0 b\u00ad", [Run("a\u00a0 b\u00ad")], id="other spaces and soft hyphens stay"),
        pytest.param("a<text:soft-page-break/>b", [Run("ab")], id="rendered page break"),
        pytest.param('<text:a xlink:href="http://x">link</text:a>', [Run("link")], id="hyperlink"),
        pytest.param("<text:meta><text:unheardOf>new</text:unheardOf></text:meta>", [Run("new")], id="something unknown"),
        pytest.param(
            "<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>above</text:ruby-text></text:ruby>",
            [Run("base")],
            id="ruby",
        ),
        pytest.param("<text:number>1.</text:number>a", [Run("a")], id="printed number of a list"),
        pytest.param("a<text:bookmark text:name='b'/><text:reference-mark text:name='c'/>b", [Run("ab")], id="bookmarks"),
        pytest.param("a<text:script script:language='x'>code()</text:script>b", [Run("ab")], id="script"),
        pytest.param("x<!-- a comment of the XML -->y", [Run("xy")], id="comment of the XML"),
        # looks
        pytest.param(span("struck", "Good") + " / Bad", [Run("Good", STRUCK), Run(" / Bad")], id="struck"),
        pytest.param(span("struck twice", "x"), [Run("x", STRUCK)], id="struck twice"),
        pytest.param(span("not struck", "x"), [Run("x")], id="line through none"),
        pytest.param(span("deleted by parent", "x"), [Run("x", STRUCK)], id="struck by the parent style"),
        pytest.param(span("deleted by parent, not by itself", "x"), [Run("x")], id="style wins over its parent"),
        pytest.param(span("struck", span("bold", "x")), [Run("x", STRUCK | BOLD)], id="span in a span"),
        pytest.param(span("struck", span("not struck", "x") + "y"), [Run("x"), Run("y", STRUCK)], id="inner span wins"),
        pytest.param(span("bold 700", "x") + span("not bold", "y"), [Run("x", BOLD), Run("y")], id="boldness"),
        pytest.param(span("underlined", "x") + span("not underlined", "y"), [Run("x", UNDERLINED), Run("y")], id="underline"),
        pytest.param(span("yellow", "x"), [Run("x", HIGHLIGHTED)], id="highlight"),
        pytest.param(span("white", "x") + span("clear", "y"), [Run("xy")], id="white is no highlight"),
        pytest.param(span("unheard of", "x") + span("round", "y"), [Run("x"), Run("y", BOLD)], id="odd styles"),
        pytest.param(span("on condition", "x"), [Run("x")], id="hidden on a condition that no program knows"),
        # tick boxes
        pytest.param("☒ Yes ☐ No", [TICKED, Run(" Yes "), EMPTY_BOX, Run(" No")], id="typed boxes"),
        pytest.param(span("struck", "☑"), [Run("", STRUCK, True)], id="typed box, struck"),
        pytest.param("✓ ✔ ✗", [Run("✓ ✔ ✗")], id="typed ticks stay text"),
        pytest.param(span("wingdings", "\u00fe\uf0a8"), [TICKED, EMPTY_BOX], id="letter and character of Wingdings"),
        pytest.param(span("wingdings by name", "\u00fe"), [TICKED], id="Wingdings by name"),
        pytest.param(span("wingdings 2", "P") + "\uf0a8", [Run("✓"), EMPTY_BOX], id="letter of Wingdings 2"),
        pytest.param(span("wingdings", "Yes") + span("plain", "P"), [Run("YesP")], id="a word in Wingdings"),
        pytest.param(control("☒", 'loext:checkbox="true" loext:checked="true"') + " Yes", [TICKED, Run(" Yes")], id="control"),
        pytest.param(control("☐", 'loext:checkbox="true"'), [EMPTY_BOX], id="control, not ticked"),
        pytest.param(control("", 'loext:checkbox="true"'), [EMPTY_BOX], id="control without sign"),
        pytest.param(form_field("FORMCHECKBOX", ("Checkbox_Checked", "true")), [TICKED], id="old tick box, ticked"),
        pytest.param(form_field("FORMCHECKBOX"), [EMPTY_BOX], id="old tick box, not ticked"),
        pytest.param(
            form_field("FORMCHECKBOX", ("x.Result", "1"), family="ecma.office-open-xml.field"), [TICKED], id="older tick box"
        ),
        # drop-downs and prompts
        pytest.param(control("Good", entries=ENTRIES), [Run("Good")], id="drop-down control, chosen"),
        pytest.param(control("Choose an item.", PROMPT, ENTRIES), [Run("Choose an item.", PLACEHOLDER)], id="prompt"),
        pytest.param(control("Choose an item.", "", ENTRIES), [Run("Choose an item.", PLACEHOLDER)], id="entry without value"),
        pytest.param(control("Enter " + span("bold", "text"), PROMPT), [Run("Enter ", PLACEHOLDER), Run("text", PLACEHOLDER | BOLD)],
                     id="prompt in two looks"),
        pytest.param(control("12/05/2021", 'loext:date="true"'), [Run("12/05/2021")], id="date"),
        pytest.param(drop_down("Yes", "No", chosen="No", text="No"), [Run("No")], id="drop-down field, chosen"),
        pytest.param(drop_down("Yes", "No", text="Yes"), [Run("Yes", UNTOUCHED)], id="drop-down field, nobody chose"),
        pytest.param(drop_down("Yes", "No"), [Run("Yes", UNTOUCHED)], id="drop-down field without text"),
        pytest.param(drop_down("Yes", "No", chosen="No"), [Run("No")], id="drop-down field, chosen, without text"),
        pytest.param(drop_down() + "x", [Run("x")], id="drop-down field without entries"),
        pytest.param(old_drop_down("2"), [Run("Partly")], id="old drop-down, chosen"),
        pytest.param(old_drop_down("0"), [Run("Yes", UNTOUCHED)], id="old drop-down, the first, perhaps never opened"),
        pytest.param(old_drop_down() * 2, [Run("Yes", UNTOUCHED)] * 2, id="old drop-downs, nobody chose"),
        pytest.param(old_drop_down("77"), [Run("Yes", UNTOUCHED)], id="old drop-down, choice out of range"),
        pytest.param(form_field("UNHEARDOF") + "x", [Run("x")], id="unknown old field"),
        pytest.param("<text:placeholder>&lt;name&gt;</text:placeholder>!", [Run("<name>", PLACEHOLDER), Run("!")], id="placeholder"),
        pytest.param("<text:text-input text:description='hint'>typed</text:text-input>", [Run("typed")], id="input field"),
        # fields
        pytest.param(field("FORMTEXT", "typed"), [Run("typed")], id="old text field"),
        pytest.param(field("IF " + field("NAME", "inner"), "shown"), [Run("shown")], id="field in the workings of another"),
        pytest.param("<field:fieldmark-start/>goes on", [Run("goes on")], id="field that never ends"),
        pytest.param("<field:fieldmark-start/>typed<field:fieldmark-end/>", [Run("typed")], id="field without workings"),
        pytest.param("a<field:fieldmark-end/><field:fieldmark-separator/>b", [Run("ab")], id="field that never begins"),
        pytest.param("<text:date>1 May 2018</text:date>", [Run("1 May 2018")], id="date field"),
        pytest.param("<text:conditional-text>as it stands</text:conditional-text>", [Run("as it stands")], id="conditional text"),
        pytest.param("a<text:variable-set text:display='none'>7</text:variable-set>", [Run("a")], id="variable that is not shown"),
        pytest.param(f"a<text:hidden-text {HIDDEN}>b</text:hidden-text>", [Run("a")], id="hidden text"),
        pytest.param("<text:hidden-text text:is-hidden='false'>b</text:hidden-text>", [Run("b")], id="hidden text, shown"),
        pytest.param(
            "<text:hidden-text text:condition='ooow:false' text:is-hidden='true'>b</text:hidden-text>",
            [Run("b")],
            id="hidden text whose condition is never met",
        ),
        pytest.param(span("hidden", "a" + span("shown", "b")) + "c", [Run("bc")], id="shown in hidden"),
        # comments, changes
        pytest.param("a<office:annotation><dc:creator>J</dc:creator><text:p>remark</text:p></office:annotation>b",
                     [Run("ab")], id="comment"),
        pytest.param("a<text:change-start text:change-id='i'/>new<text:change-end text:change-id='i'/>", [Run("anew")], id="inserted"),
    ],
)  # fmt: skip
def test_runs(content: str, runs: list[Run]) -> None:
    form = read(p(content))
    assert [list(paragraph.runs) for paragraph in form.paragraphs()] == [runs]


@pytest.mark.parametrize(
    ("body", "runs"),
    [
        pytest.param(p("x", style="P1"), [Run("x", STRUCK)], id="struck by the paragraph's own style"),
        pytest.param(p(span("not struck", "x"), style="P1"), [Run("x")], id="span wins over paragraph"),
        pytest.param(p("x", style="P2"), [Run("x", BOLD)], id="bold heading"),
        pytest.param(p("x", style="P3"), [Run("x", HIGHLIGHTED)], id="paragraph coloured by hand"),
        pytest.param(
            p(span("clear", "x"), style="P3"), [Run("x", HIGHLIGHTED)], id="clear text on a coloured paragraph"
        ),
        pytest.param(p("x", style="P4"), [Run("x")], id="paragraph coloured by the design of the form"),
        pytest.param(p(span("shown", "x") + "y", style="P5"), [Run("x")], id="hidden paragraph style"),
    ],
)
def test_looks_of_paragraphs(body: str, runs: list[Run]) -> None:
    assert [list(paragraph.runs) for paragraph in read(body).paragraphs()] == [runs]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(p(), id="empty paragraph"),
        pytest.param(p('<text:s text:c="4"/>\u2002'), id="spaces"),
        pytest.param(p(span("hidden", "x")), id="hidden"),
        pytest.param(p("x", f"<text:hidden-paragraph {HIDDEN}/>"), id="hidden paragraph"),
        pytest.param(f"<text:section text:display='none'>{p('x')}{table(tr('y'))}</text:section>", id="hidden section"),
        pytest.param(f"<text:section text:display='condition' {HIDDEN}>{p('x')}</text:section>", id="section hidden for now"),
        pytest.param(p(span("hidden", box(p("x")))), id="text box in hidden text"),
        pytest.param(p(span("hidden", note("x"))), id="note in hidden text"),
        pytest.param(p(control("", entries=ENTRIES)), id="empty control"),
        pytest.param(p("<draw:frame><draw:object><office:document><text:p>x</text:p></office:document></draw:object></draw:frame>"),
                     id="embedded document"),
        pytest.param("<text:table-of-content><text:table-of-content-source><text:index-title-template>x"
                     "</text:index-title-template></text:table-of-content-source></text:table-of-content>", id="plan of an index"),
        pytest.param(table(), id="table without rows"),
    ],
)  # fmt: skip
def test_nothing_to_see(content: str) -> None:
    assert read(content).blocks == ()


def test_blocks_stand_in_reading_order_with_their_places() -> None:
    form = read(
        p("Audit", style="P2", tag="h")
        + p()
        + f"<text:section text:display='true'>{p('one')}<text:unheardOf>{p('two')}</text:unheardOf></text:section>"
        + table(tr("a", "b"), tr(td("c", "d")))
        + p("three")
        + table(tr("e"))
    )
    first, one, two, table_1, three, table_2 = form.blocks
    assert isinstance(table_1, Table) and isinstance(table_2, Table) and isinstance(first, Paragraph)
    assert first.style == "heading 1"
    found = [block.where for block in form.blocks]
    assert found == ["paragraph 1", "paragraph 2", "paragraph 3", "table 1", "paragraph 4", "table 2"]
    assert [one.text for one in (first, one, two, three) if isinstance(one, Paragraph)] == [
        "Audit",
        "one",
        "two",
        "three",
    ]
    cell = table_1.cells[2]
    assert (cell.where, cell.column_where, cell.locator("Response")) == (
        "table 1, row 2",
        "column 1",
        'table 1, row 2, column "Response"',
    )
    assert [(paragraph.text, paragraph.where) for paragraph in cell.paragraphs] == [
        ("c", "table 1, row 2, column 1"),
        ("d", "table 1, row 2, column 1"),
    ]


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        pytest.param(p("a", box(p("b")), "c") + p("d"), [("ac", 0, 0), ("b", 0, 0), ("d", 0, 0)], id="text box follows"),
        pytest.param(box(p("page")) + p("a"), [("page", 0, 0), ("a", 0, 0)], id="text box of a page"),
        pytest.param(
            p("a<draw:custom-shape><text:p>b</text:p></draw:custom-shape><draw:g><draw:rect><text:p>c</text:p></draw:rect></draw:g>"),
            [("a", 0, 0), ("b", 0, 0), ("c", 0, 0)],
            id="shapes",
        ),
        pytest.param(p("a<text:p>b</text:p>c"), [("ac", 0, 0), ("b", 0, 0)], id="paragraph in a paragraph"),
        pytest.param(
            "<text:list><text:list-header><text:p>head</text:p></text:list-header><text:list-item><text:number>1.</text:number>"
            "<text:p>first</text:p><text:p>more</text:p><text:list><text:list-item><text:h>deeper</text:h></text:list-item></text:list>"
            "<text:p>still</text:p></text:list-item></text:list>",
            [("head", 0, 0), ("first", 1, 0), ("more", 0, 0), ("deeper", 1, 0), ("still", 0, 0)],
            id="list",
        ),
        pytest.param("<text:numbered-paragraph><text:p>a</text:p></text:numbered-paragraph>", [("a", 1, 0)], id="numbered paragraph"),
        pytest.param(
            table(tr(td("a", table(tr("b", td("c", table(tr("d")))))))),
            [("a", 0, 0), ("b", 0, 1), ("c", 0, 1), ("d", 0, 1)],
            id="tables in tables",
        ),
        pytest.param(
            "<text:table-of-content><text:index-body><text:index-title><text:p>Contents</text:p></text:index-title>"
            "<text:p>Impact<text:tab/>3</text:p></text:index-body></text:table-of-content>",
            [("Contents", 0, 0), ("Impact\t3", 0, 0)],
            id="table of contents",
        ),
    ],
)  # fmt: skip
def test_paragraphs(body: str, paragraphs: list[tuple[str, int, int]]) -> None:
    form = read(body)
    assert [(one.text, one.listed, one.nested) for one in form.paragraphs()] == paragraphs


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        pytest.param([tr("a", "b")], [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")], id="plain"),
        pytest.param(
            [tr(td("a", attributes=spans(2, 2)), COVERED, "b"), tr(COVERED, COVERED, "c")],
            [(0, 0, 2, 2, "a"), (0, 2, 1, 1, "b"), (1, 2, 1, 1, "c")],
            id="merged",
        ),
        pytest.param(
            [tr(td("a", attributes=spans(2, 2)), "b"), tr("c")],
            [(0, 0, 2, 2, "a"), (0, 2, 1, 1, "b"), (1, 2, 1, 1, "c")],
            id="merged, covered places left out",
        ),
        pytest.param(
            [tr(td("a", attributes=repeated("columns", 3)), "b")],
            [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "a"), (0, 2, 1, 1, "a"), (0, 3, 1, 1, "b")],
            id="repeated cell",
        ),
        pytest.param(
            [tr("a", attributes=repeated("rows", 2)), tr("b")],
            [(0, 0, 1, 1, "a"), (1, 0, 1, 1, "a"), (2, 0, 1, 1, "b")],
            id="repeated row",
        ),
        pytest.param(
            [f"<table:table-header-rows>{tr('a')}</table:table-header-rows><text:soft-page-break/>",
             f"<table:table-row-group><table:table-rows>{tr('b')}</table:table-rows></table:table-row-group>"],
            [(0, 0, 1, 1, "a"), (1, 0, 1, 1, "b")],
            id="wrapped rows",
        ),
        pytest.param([tr(td("a", attributes=spans(10**9, 10**9)))], [(0, 0, 1, 256, "a")], id="absurd spans"),
        pytest.param([tr("a", attributes='table:visibility="collapse"')], [(0, 0, 1, 1, "a")], id="Writer shows every row"),
        pytest.param([tr(td("a", attributes=spans(-3)), td("b", attributes='table:number-columns-repeated="x"'))],
                     [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")], id="spans that are none"),
    ],
)  # fmt: skip
def test_cells(rows: list[str], cells: list[tuple[int, int, int, int, str]]) -> None:
    (block,) = read(table(*rows)).blocks
    assert isinstance(block, Table)
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in block.cells] == cells


def test_what_is_shaded() -> None:
    grey, clear = 'table:style-name="grey cell"', 'table:style-name="clear cell"'
    body = table(
        tr(td("a", attributes=grey), td("b", attributes=clear), "c"),
        tr("d", td("e", attributes=clear), attributes='table:style-name="grey row"'),
    ) + table(tr("f"), attributes='table:style-name="grey table"')
    shaded = [
        cell.text for block in read(body).blocks if isinstance(block, Table) for cell in block.cells if cell.shaded
    ]
    assert shaded == ["a", "d", "f"]


FORMS = (
    '<office:forms><form:form><form:checkbox form:id="c1" form:label="Yes" form:current-state="checked"/>'
    '<form:checkbox xml:id="c2" form:label="No" form:state="unchecked"/><form:checkbox form:id="c3" form:state="unknown"/>'
    '<form:radio form:id="r1" form:label="Good" form:current-selected="true"/><form:radio form:id="r2" form:label="Poor"/>'
    '<form:text form:id="t1" form:current-value="typed"/><form:textarea form:id="t2"><text:p>two</text:p><text:p>lines</text:p>'
    '</form:textarea><form:text form:id="t3" form:value="from the start"/><form:password form:id="t4" form:current-value="secret"/>'
    '<form:combobox form:id="k1" form:value="Choose" form:current-value="Mine"/>'
    '<form:combobox form:id="k2" form:value="Choose" form:current-value="Choose"/>'
    '<form:listbox form:id="l1"><form:option form:label="A" form:selected="true"/>'
    '<form:option form:label="B" form:current-selected="true"/></form:listbox>'
    '<form:listbox form:id="l2"><form:option form:label="A" form:selected="true" form:current-selected="true"/></form:listbox>'
    '<form:listbox form:id="l3"><form:option form:label="A"/></form:listbox>'
    '<form:fixed-text form:id="f1" form:label="Name"/></form:form></office:forms>'
)


@pytest.mark.parametrize(
    ("key", "runs"),
    [
        ("c1", [TICKED, Run("Yes")]),
        ("c2", [EMPTY_BOX, Run("No")]),
        ("c3", [Run("\ufffd")]),
        ("r1", [TICKED, Run("Good")]),
        ("r2", [EMPTY_BOX, Run("Poor")]),
        ("t1", [Run("typed")]),
        ("t2", [Run("two\nlines")]),
        ("t3", [Run("from the start")]),
        ("t4", []),
        ("k1", [Run("Mine")]),
        ("k2", [Run("Choose", UNTOUCHED)]),
        ("l1", [Run("B")]),
        ("l2", [Run("A", UNTOUCHED)]),
        ("l3", []),
        ("f1", [Run("Name")]),
        ("not there", []),
    ],
)
@pytest.mark.parametrize("around", ["{}", "<text:p>{}</text:p>"], ids=["on the page", "in a line"])
def test_controls(key: str, runs: list[Run], around: str) -> None:
    form = read(FORMS + around.format(f'<draw:control draw:control="{key}"/>'))
    assert [run for paragraph in form.paragraphs() for run in paragraph.runs] == runs


def test_notes_come_after_the_body_footnotes_first() -> None:
    form = read(p("a", note("end", "endnote"), "b", note("first")) + table(tr(td(p("c", note("second"))))))
    found = [(one.text, one.where, one.aside) for one in form.paragraphs()]
    assert found == [
        ("ab", "paragraph 1", ""),
        ("c", "table 1, row 1, column 1", ""),
        ("first", "footnote 1", "note"),
        ("second", "footnote 2", "note"),
        ("end", "endnote 1", "note"),
    ]


def master(name: str, content: str, following: str = "") -> str:
    return f'<style:master-page style:name="{name}" style:next-style-name="{following}">{content}</style:master-page>'


def header(*content: str, kind: str = "header", attributes: str = "") -> str:
    return f"<style:{kind} {attributes}>{''.join(content)}</style:{kind}>"


def test_headers_and_footers_of_the_pages_in_use() -> None:
    masters = (
        master("Standard", header(p("usual", style="P1")) + header(p("foot"), kind="footer"))
        + master("First", header(table(tr("first"))) + header(p("off"), attributes='style:display="false"'), "Standard")
        + master("Wide", header(p("left"), kind="header-left"))
        + master("Unused", header(p("never")))
    )
    starts_first = style("F", "paragraph", more='style:master-page-name="First"')
    starts_wide = style("W", "table", more='style:master-page-name="Wide"')
    form = read(
        p("a", style="F") + table(tr("b"), attributes='table:style-name="W"'),
        masters=masters,
        automatic=AUTOMATIC + starts_first + starts_wide,
        margin_automatic=style("P1", "paragraph", text='fo:font-weight="bold"'),
    )
    found = [(one.text, one.where, one.nested) for one in form.paragraphs() if one.aside == "margin"]
    assert found == [
        ("first", "page header", True),
        ("usual", "page header", False),
        ("foot", "page footer", False),
        ("left", "page header", False),
    ]
    # P1 is one style in the text and another in the margin
    assert [one.runs[0].mark for one in form.paragraphs() if one.text == "usual"] == [BOLD]


DELETION = "<text:deletion><office:change-info><dc:creator>J</dc:creator></office:change-info><text:p>gone</text:p></text:deletion>"
CHANGES = f"<text:tracked-changes><text:changed-region text:id='d' xml:id='d'>{DELETION}</text:changed-region></text:tracked-changes>"


@pytest.mark.parametrize(
    ("body", "found", "expected"),
    [
        pytest.param(CHANGES + p("a<text:change text:change-id='d'/>b"), ["ab"], ["tracked_changes"], id="deleted"),
        pytest.param(
            CHANGES + p("a<text:change-start text:change-id='d'/>b", box(p("c"))) + p("d<text:change-end text:change-id='d'/>e"),
            ["a", "e"],
            ["tracked_changes"],
            id="deleted where it stands",
        ),
        pytest.param(
            CHANGES + p("a<text:change-start text:change-id='d'/>b"), ["ab"], ["tracked_changes"], id="deletion that never ends"
        ),
        pytest.param(p("a") + p(span("hidden", "b")), ["a"], ["hidden_text"], id="hidden text"),
        pytest.param(p("a") + p(span("hidden", " ")), ["a"], [], id="hidden space"),
        pytest.param(
            p("a<office:annotation><text:p>b</text:p></office:annotation><office:annotation/>"), ["a"], ["comments_in_file"],
            id="comments",
        ),
        pytest.param(p("a<draw:frame><draw:image xlink:href='Pictures/1.png'/></draw:frame>"), ["a"], ["embedded_object"], id="picture"),
        pytest.param(
            p("a<draw:frame><draw:object xlink:href='./Object 1'/><draw:image xlink:href='./R/1'/></draw:frame>"),
            ["a"],
            ["embedded_object"],
            id="object and its picture",
        ),
        pytest.param(p("<text:a xlink:href='http://x'>a</text:a>"), ["a"], [], id="hyperlink"),
        *[
            pytest.param(p(f"a<draw:frame><draw:image xlink:href='{href}'/></draw:frame>"), ["a"], ["external_reference"], id=href)
            for href in ("http://x/1.png", "file:///C:/1.png", "../1.png", "/1.png", "\\\\host\\1.png")
        ],
        pytest.param(
            f"<text:section><text:section-source xlink:href='../other.odt'/>{p('a')}</text:section>", ["a"], ["external_reference"],
            id="linked section",
        ),
        pytest.param(
            p("<text:execute-macro><office:event-listeners><script:event-listener xlink:href='vnd.sun.star.script:M'/>"
              "</office:event-listeners>a</text:execute-macro>"), ["a"], [], id="macro",
        ),
    ],
)  # fmt: skip
def test_what_a_person_is_told(body: str, found: list[str], expected: list[str]) -> None:
    form = read(body)
    assert [text for text in texts(form) if text] == found
    assert checks(form) == expected


def test_no_message_holds_words_of_the_form() -> None:
    canary = "Xyzzy"
    picture = f"<draw:frame><draw:image xlink:href='http://{canary}/{canary}.png'/></draw:frame>"
    remark = f"<office:annotation><dc:creator>{canary}</dc:creator><text:p>{canary}</text:p></office:annotation>"
    form = read(
        CHANGES
        + p("a", span("hidden", canary), remark, picture)
        + p(f"<draw:frame><draw:image xlink:href='{canary}'/></draw:frame>")
    )
    assert len(form.notes) == 5
    assert not re.search(canary, repr(form.notes))


def test_text_that_a_merge_swallowed_is_told() -> None:
    swallowed = "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>"
    data = odt(table(tr(td("a", attributes=spans(2)), swallowed)))
    form = read_opendocument(data, "odt")
    assert (form.text_in_file, form.text_read, checks(form)) == (6, 1, ["hidden_text"])


@pytest.mark.parametrize(
    ("written", "modified"),
    [
        ("2018-05-22T09:30:00", "2018-05-22T09:30:00Z"),
        ("2018-05-22T09:30:00.123456789", "2018-05-22T09:30:00Z"),
        ("2018-05-22T09:30:00+01:00", "2018-05-22T08:30:00Z"),
        ("2018-05-22", "2018-05-22T00:00:00Z"),
        ("last Tuesday", ""),
        ("", ""),
    ],
)
def test_date_of_last_change(written: str, modified: str) -> None:
    assert read(p("a"), meta=f"<dc:date>{written}</dc:date>").modified == modified


def test_parts_that_need_not_be_there_or_be_sound() -> None:
    made = parts(p("a"))
    bare = {name: made[name] for name in ("mimetype", "content.xml")}
    assert texts(read_opendocument(zipped(bare), "odt")) == ["a"]
    assert texts(read_opendocument(zipped(made | {"meta.xml": "<broken"}), "odt")) == ["a"]
    declared = made | {"Basic/script-lc.xml": "<!DOCTYPE library:libraries><x/>"}  # as LibreOffice writes beside macros
    assert texts(read_opendocument(zipped(declared), "odt")) == ["a"]


def test_a_flat_file() -> None:
    data = fodt(
        p("a", style="P1"),
        automatic=AUTOMATIC,
        masters=master("Standard", header(p("head"))),
        meta="<dc:date>2018-05-22T09:30:00</dc:date>",
    )
    form = read_opendocument(data, "odt")
    assert [(one.runs[0], one.aside) for one in form.paragraphs()] == [(Run("a", STRUCK), ""), (Run("head"), "margin")]
    assert (form.modified, form.text_read) == ("2018-05-22T09:30:00Z", form.text_in_file)


def test_an_identifier_twice_is_no_fault_of_the_text() -> None:
    assert texts(
        read(p("a<text:bookmark xml:id='x'/>") + p("b<text:bookmark xml:id='x'/><text:bookmark xml:id='1'/>"))
    ) == ["a", "b"]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
DEEP_TABLE, DEEP_LIST = p("x"), p("x")
for _ in range(60):
    DEEP_TABLE, DEEP_LIST = (
        table(tr(td(DEEP_TABLE))),
        f"<text:list><text:list-item>{DEEP_LIST}</text:list-item></text:list>",
    )
REPEATED = td("x")
for _ in range(6):
    REPEATED = td(table(tr(REPEATED, attributes=repeated("rows", 1000))))
MADE = parts(p("a"))
CONTENT = str(MADE["content.xml"])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"PK but no archive", "damaged", id="no archive"),
        pytest.param(b"<office:document", "damaged", id="no XML"),
        pytest.param(zipped({"mimetype": "x"}), "damaged", id="no content"),
        pytest.param(zipped(MADE | {"content.xml": CONTENT[:200]}), "damaged", id="content cut off"),
        pytest.param(zipped(MADE | {"styles.xml": "<broken"}), "damaged", id="styles broken"),
        pytest.param(zipped(MADE | {"content.xml": CONTENT.replace("office:body", "office:nobody")}), "damaged", id="no body"),
        pytest.param(zipped(MADE | {"content.xml": CONTENT.replace("office:text>", "office:spreadsheet>")}), "not_supported", id="sheets"),
        pytest.param(odt(p("a"), manifest="<manifest:encryption-data/>"), "encrypted", id="password"),
        pytest.param(zipped(MADE | {"content.xml": LAUGHS + CONTENT.split("?>")[1]}), "unsafe", id="entities"),
        pytest.param(LAUGHS.encode() + fodt(p("a")).split(b"?>")[1], "unsafe", id="entities in a flat file"),
        pytest.param(odt(table(tr(td("x", attributes=repeated("columns", 10**9))))), "too_large", id="columns without end"),
        pytest.param(odt(table(tr(td(attributes=repeated("columns", "9" * 30))))), "too_large", id="more columns than can be counted"),
        pytest.param(odt(table(tr("x", attributes=repeated("rows", 10**9)))), "too_large", id="rows without end"),
        pytest.param(odt(table(tr(REPEATED))), "too_large", id="rows in rows in rows"),
        pytest.param(odt(table(tr(*[td(attributes=spans(200, 10**9))] * 30))), "too_large", id="too many columns"),
        pytest.param(odt(table(tr(f"<table:covered-table-cell {repeated('columns', 10**9)}/>", "x"))), "too_large", id="covered columns"),
        pytest.param(odt(DEEP_TABLE), "unsafe", id="tables in tables"),
        pytest.param(odt(DEEP_LIST), "unsafe", id="lists in lists"),
        pytest.param(odt(p("<text:span>" * 300 + "x" + "</text:span>" * 300)), "unsafe", id="spans in spans"),
        pytest.param(fodt("<text:p/>" * 500_000), "too_large", id="more than any form holds"),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, reason: str) -> None:
    begun = time.monotonic()
    with pytest.raises(UnreadableFile) as caught:
        read_opendocument(data, "odt")
    assert caught.value.reason_code == reason
    assert reason in REASON_CODES
    assert time.monotonic() - begun < 5


INLINE = st.recursive(
    st.sampled_from(
        ["a", "☐", " b ", "\uf0fe", "<text:s/>", drop_down("Yes", "No"), old_drop_down(), form_field("FORMCHECKBOX")]
    ),
    lambda inner: (
        st.builds(span, st.sampled_from([*LOOKS]), inner)
        | st.builds(lambda content: box(p(content)), inner)
        | st.builds(note, inner)
        | st.builds(control, inner, st.sampled_from(["", PROMPT]))
        | st.builds(field, inner, inner)
        | st.builds(lambda content: f"<text:variable-set text:display='none'>{content}</text:variable-set>", inner)
        | st.builds(lambda before, after: before + after, inner, inner)
    ),
    max_leaves=8,
)
BLOCK = st.recursive(
    st.builds(lambda content, look: p(content, style=look), INLINE, st.sampled_from(["", "P1", "P5"])),
    lambda inner: (
        st.builds(
            lambda content, width, times: table(
                tr(td(content, attributes=spans(width)), td("x", attributes=repeated("columns", times))),
                tr("y", attributes=repeated("rows", times)),
            ),
            inner,
            st.integers(-1, 3),
            st.integers(0, 3),
        )
        | st.builds(lambda content: f"<text:list><text:list-item>{content}</text:list-item></text:list>", inner)
        | st.builds(lambda content, shown: f"<text:section text:display='{shown}'>{content}</text:section>", inner,
                    st.sampled_from(["true", "none"]))
        | st.builds(lambda first, second: first + second, inner, inner)
    ),
    max_leaves=6,
)  # fmt: skip


@given(BLOCK)
def test_the_walk_and_the_count_agree(body: str) -> None:
    read(body)


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    whole = fodt(
        table(tr("Case", "A"), tr(td("Yes", attributes=spans(2)), COVERED)) + p(span("struck", "x")),
        automatic=AUTOMATIC,
    )
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_opendocument(bytes(damaged), "odt")
    except UnreadableFile as error:
        assert error.reason_code in REASON_CODES


def test_the_example_form() -> None:
    path = EXAMPLES / "step-up-step-down-2018" / "returns" / "G" / "EH G.odt"
    if not path.exists():
        pytest.skip("the example forms are not on this machine")
    form = read_opendocument(path.read_bytes(), "odt")
    assert form.text_read == form.text_in_file > 5_000
    tables = [block for block in form.blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows()]
    judged = [row[0].text for row in rows if row[0].text.startswith("Please delete")]
    assert [text.split("\n")[1:] for text in judged] == [
        ["", "Good", "", ""],
        ["", "Good", "", ""],
        ["", "", "Requires Improvement", ""],
        ["", "Good", "", ""],
        ["", "Good", "", ""],
        ["", "Good", "", ""],
    ]
    answers = {row[0].text: row[2].text for row in rows if re.fullmatch("[RAPCI][1-9]", row[0].text)}
    assert len(answers) == 27
    assert (answers["R1"], answers["A4"], answers["C2"], answers["C6"]) == ("Yes", "No", "Partly", "Don't know")
    (worried,) = [cell.text for cell in tables[5].cells if cell.text.startswith("The service was not invited")]
    assert worried == "The service was not invited to the review in March."


WORD_TICK = '<w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox>'
WORD_CHOICES = (
    '<w:dropDownList><w:listItem w:displayText="Choose an item." w:value=""/>'
    '<w:listItem w:displayText="Good" w:value="2"/></w:dropDownList>'
)


def word_form() -> bytes:
    """A Word form with one of each thing that both kinds of file can hold."""
    w = word_xml
    struck = w.p(w.r("Outstanding", "<w:strike/>"), " / Good / ", w.r("Poor", "<w:dstrike/>"))
    looks = w.p(
        w.r("bold", "<w:b/>"), w.r("under", '<w:u w:val="single"/>'), w.r("lit", '<w:highlight w:val="yellow"/>')
    )
    ticks = w.p(
        w.sdt(w.r("☒"), WORD_TICK.format(1)), " Yes ", w.sdt(w.r("☐"), WORD_TICK.format(0)), " No ",
        w.field("FORMCHECKBOX", data='<w:ffData><w:name w:val="n"/><w:checkBox><w:checked/></w:checkBox></w:ffData>'), " ☑ typed ",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "<w:r><w:tab/></w:r>",
    )  # fmt: skip
    chosen = w.p(
        w.sdt(w.r("Good"), WORD_CHOICES), " ", w.sdt(w.r("Choose an item."), WORD_CHOICES + "<w:showingPlcHdr/>")
    )
    changed = w.p(
        "kept",
        '<w:ins w:id="1" w:author="J">' + w.r(" new") + "</w:ins>",
        '<w:del w:id="2" w:author="J"><w:r><w:delText>old</w:delText></w:r></w:del>',
    )
    merged = w.tbl(
        w.tr(
            w.tc("No.", props='<w:vMerge w:val="restart"/>'),
            w.tc("Comments", props=w.span_of(2)),
            props="<w:tblHeader/>",
        ),
        w.tr(w.tc("", props="<w:vMerge/>"), "well", w.tc("worried", props='<w:shd w:val="clear" w:fill="FFFF00"/>')),
        w.tr(
            "R1",
            w.tc(struck, w.p("line", "<w:r><w:br/></w:r>", "two")),
            w.tc(w.p("a"), w.tbl(w.tr("in", "side")), w.p("b")),
        ),
    )
    hidden = w.p("seen ", w.r("unseen", "<w:vanish/>"))
    return w.docx(
        w.p("Audit") + looks + ticks + merged + chosen + changed + hidden + struck, modified="2018-05-22T09:30:00Z"
    )


def test_a_word_form_saved_as_opendocument_reads_the_same(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    (tmp_path / "form.docx").write_bytes(word_form())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "odt",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "form.docx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    ours = read_opendocument((tmp_path / "form.odt").read_bytes(), "odt")
    words = read_word(word_form(), "docx")
    assert ours.blocks == words.blocks
    assert (ours.modified, checks(ours)) == (words.modified, checks(words))
    assert ours.text_read == ours.text_in_file == words.text_read


PALE = 'fo:color="#fefefe"'
COLOURS = "".join(
    [
        style("pale", text=PALE),
        style("pale on blue", text=f'{PALE} fo:background-color="#1f3864"'),
        style("automatic", text='style:use-window-font-color="true"'),
        style("blue letters", text='fo:color="#1f3864"'),
        style("Ghost", "paragraph", text=PALE),
        style("Banner", "paragraph", text=PALE, paragraph='fo:background-color="#1f3864"'),
        style("blue cell", "table-cell", table_cell='fo:background-color="#1f3864"'),
        style("blue section", "section", section='fo:background-color="#1f3864"'),
        style("plain section", "section", section='fo:background-color="transparent"'),
    ]
)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        pytest.param(p(span("pale", "x")), False, id="white letters"),
        pytest.param(p(span("pale on blue", "x")), True, id="on blue"),
        pytest.param(p(span("pale", span("automatic", "x"))), True, id="automatic inside"),
        pytest.param(p(span("blue letters", "x")), True, id="blue letters"),
        pytest.param(p("x", style="Ghost"), False, id="by the paragraph"),
        pytest.param(p(span("automatic", "x"), style="Ghost"), True, id="by the paragraph, but for a stretch"),
        pytest.param(p("x", style="Banner"), True, id="in a coloured paragraph"),
        pytest.param(table(tr(td(p(span("pale", "x"))))), False, id="in a cell"),
        pytest.param(table(tr(td(p(span("pale", "x")), attributes='table:style-name="blue cell"'))), True, id="in a blue cell"),
        pytest.param(p("b", box(p(span("pale", "x")))), True, id="in a text box, whose colour is not known"),
        pytest.param(f'<text:section text:style-name="blue section">{p("x", style="Ghost")}</text:section>', True, id="in a blue section"),
        pytest.param(f'<text:section text:style-name="plain section">{p("x", style="Ghost")}</text:section>', False, id="in a plain one"),
    ],
)  # fmt: skip
def test_white_letters_on_white_are_hidden(body: str, shown: bool) -> None:
    form = read_opendocument(odt(p("a") + body, automatic=COLOURS), "odt")
    assert ("x" in "".join(one.text for one in form.paragraphs())) is shown
    assert checks(form) == ([] if shown else ["hidden_text"])
    assert form.text_in_file == form.text_read


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ('fo:background-color="#1f3864"', True),
        ('draw:fill="gradient"', True),
        ('fo:background-color="#ffffff" draw:fill="solid"', False),
        ("", False),
    ],
)
def test_white_letters_on_a_coloured_page_are_read(page: str, shown: bool) -> None:
    layout = f'<style:page-layout style:name="one"><style:page-layout-properties {page}/></style:page-layout>'
    form = read_opendocument(odt(p("a") + p("x", style="Ghost"), automatic=COLOURS, margin_automatic=layout), "odt")
    assert ("x" in [one.text for one in form.paragraphs()]) is shown
    assert form.text_in_file == form.text_read


RING = '<draw:custom-shape><draw:enhanced-geometry draw:type="ellipse"/></draw:custom-shape>'


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (table(tr(td(p("Yes / No", "<draw:ellipse/>")))), ["table 1"]),
        (p("x") + table(tr(td(p("a")))) + table(tr(td(p("Yes / No", RING)))), ["table 2"]),
        (table(tr(td(p("a")))) + p(RING), ["after table 1"]),
        (p("Yes / No", "<draw:path/>"), ["outside tables"]),
        (p("x", "<draw:line/>"), [""]),
        (p("x", "<draw:custom-shape><text:p>said</text:p></draw:custom-shape>"), []),
    ],
    ids=["ellipse in a cell", "ring in the second table", "ring after a table", "path", "line", "shape with text"],
)
def test_a_shape_is_told_with_the_table_over_which_it_may_lie(body: str, where: list[str]) -> None:
    form = read_opendocument(odt(body), "odt")
    assert [note.where for note in form.notes if note.check == "drawn_over"] == where
