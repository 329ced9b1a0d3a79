"""What the Word reader makes of each thing that stands in a form: XML on the left, what is read on the right."""

from __future__ import annotations

import re

import pytest

from audit_lib.rawform import Mark, Paragraph, RawForm, Run, Table
from audit_lib.readers.word.reader import read_word
from audit_lib.schema import CHECKS

from .word_xml import box, docx, field, fld, p, parts, r, sdt, span_of, t, tbl, tc, tr, zipped

STRUCK, HIGHLIGHTED, BOLD, UNDERLINED = Mark.STRUCK, Mark.HIGHLIGHTED, Mark.BOLD, Mark.UNDERLINED
PLACEHOLDER, UNTOUCHED, NONE = Mark.PLACEHOLDER, Mark.UNTOUCHED, Mark.NONE
TICKED, EMPTY_BOX = Run("", NONE, True), Run("", NONE, False)


def read(body: str, **options: str) -> RawForm:
    """The form, after making sure that no text was lost on the way."""
    form = read_word(docx(body, **options), "docx")
    assert form.text_read == form.text_in_file
    return form


def texts(form: RawForm) -> list[str]:
    return ["".join(run.text for run in paragraph.runs) for paragraph in form.paragraphs()]


def checks(form: RawForm) -> list[str]:
    assert {note.check for note in form.notes} <= set(CHECKS)
    return [note.check for note in form.notes]


def tick(checked: str, glyph: str = "☐") -> str:
    return sdt(r(glyph), f'<w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>')


def sym(char: str, font: str = "Wingdings") -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


def form_field(content: str) -> str:
    return f"<w:ffData><w:name/><w:enabled/>{content}</w:ffData>"


def drop_down(state: str) -> str:
    entries = '<w:listEntry w:val="Yes"/><w:listEntry w:val="No"/><w:listEntry w:val="Partly"/>'
    return field("FORMDROPDOWN", data=form_field(f"<w:ddList>{state}{entries}</w:ddList>"))


def old_tick_box(state: str) -> str:
    return field("FORMCHECKBOX", data=form_field(f"<w:checkBox><w:sizeAuto/>{state}</w:checkBox>"))


PROMPT = "<w:showingPlcHdr/>"
CHOICES = (
    '<w:dropDownList><w:listItem w:displayText="Choose an item." w:value=""/>'
    '<w:listItem w:displayText="Good" w:value="2"/></w:dropDownList>'
)


@pytest.mark.parametrize(
    ("content", "runs"),
    [
        # text and what stands between
        pytest.param(r("Yes"), [Run("Yes")], id="text"),
        pytest.param(r("Y") + r("es"), [Run("Yes")], id="a word cut in two"),
        pytest.param(f"<w:r>{t('a')}<w:br/>{t('b')}</w:r>", [Run("a\nb")], id="soft line break"),
        pytest.param(f"<w:r>{t('a')}<w:cr/>{t('b')}</w:r>", [Run("a\nb")], id="carriage return"),
        pytest.param(f'<w:r>{t("a")}<w:br w:type="page"/>{t("b")}</w:r>', [Run("ab")], id="page break"),
        pytest.param(f"<w:r>{t('a')}<w:lastRenderedPageBreak/>{t('b')}</w:r>", [Run("ab")], id="rendered page break"),
        pytest.param(f"<w:r>{t('a')}<w:tab/>{t('b')}<w:ptab/>{t('c')}</w:r>", [Run("a\tb\tc")], id="tabs"),
        pytest.param(f"<w:r>{t('sup')}<w:softHyphen/>{t('port')}</w:r>", [Run("support")], id="soft hyphen"),
        pytest.param(f"<w:r>{t('0')}<w:noBreakHyphen/>{t('19')}</w:r>", [Run("0-19")], id="no-break hyphen"),
        pytest.param(r("over\n    two lines"), [Run("over     two lines")], id="line break of the XML"),
        pytest.param(f"<w:hyperlink>{r('link')}</w:hyperlink>", [Run("link")], id="hyperlink"),
        pytest.param(
            f"<w:smartTag><w:smartTag>{r('in')}</w:smartTag></w:smartTag><w:bdo>{r('n')}</w:bdo><w:dir>{r('er')}</w:dir>"
            f"<w:customXml>{r('most')}</w:customXml>",
            [Run("innermost")],
            id="wrappers",
        ),
        pytest.param(f"<w:unheardOf>{r('new')}</w:unheardOf>", [Run("new")], id="something unknown"),
        pytest.param(
            f"<w:r><w:ruby><w:rt>{r('above')}</w:rt><w:rubyBase>{r('base')}</w:rubyBase></w:ruby></w:r>",
            [Run("base")],
            id="ruby",
        ),
        pytest.param("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", [Run("x=1")], id="mathematics"),
        # looks
        pytest.param(
            r("Outstanding", "<w:strike/>") + r(" / Good"),
            [Run("Outstanding", STRUCK), Run(" / Good")],
            id="struck",
        ),
        pytest.param(r("x", "<w:dstrike/>"), [Run("x", STRUCK)], id="struck twice"),
        pytest.param(r("x", '<w:strike w:val="0"/>'), [Run("x")], id="strike 0"),
        pytest.param(r("x", '<w:strike w:val="false"/>'), [Run("x")], id="strike false"),
        pytest.param(r("x", '<w:strike w:val="off"/>'), [Run("x")], id="strike off"),
        pytest.param(r("x", '<w:strike w:val="true"/>'), [Run("x", STRUCK)], id="strike true"),
        pytest.param(
            r("x", "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>"), [Run("x")], id="strike before a change"
        ),
        pytest.param(r("x", '<w:highlight w:val="yellow"/>'), [Run("x", HIGHLIGHTED)], id="highlight"),
        pytest.param(r("x", '<w:highlight w:val="none"/>'), [Run("x")], id="highlight none"),
        pytest.param(r("x", '<w:shd w:val="clear" w:fill="FFFF00"/>'), [Run("x", HIGHLIGHTED)], id="shading"),
        pytest.param(r("x", '<w:shd w:val="clear" w:fill="auto"/>'), [Run("x")], id="shading auto"),
        pytest.param(r("x", '<w:shd w:val="clear" w:fill="FFFFFF"/>'), [Run("x")], id="shading white"),
        pytest.param(r("x", '<w:shd w:val="pct25" w:fill="auto"/>'), [Run("x", HIGHLIGHTED)], id="shading pattern"),
        pytest.param(r("x", '<w:shd w:val="clear" w:fill="auto" w:themeFill="accent2"/>'), [Run("x", HIGHLIGHTED)],
                     id="shading by the theme"),
        pytest.param(r("x", '<w:b/><w:u w:val="single"/>'), [Run("x", BOLD | UNDERLINED)], id="bold, underlined"),
        pytest.param(r("x", '<w:b w:val="0"/><w:u w:val="none"/>'), [Run("x")], id="bold and underline off"),
        # tick boxes
        pytest.param(tick("1", "☒") + r(" Yes"), [TICKED, Run(" Yes")], id="tick box control, ticked"),
        pytest.param(tick("0") + r(" Yes"), [EMPTY_BOX, Run(" Yes")], id="tick box control, not ticked"),
        pytest.param(
            sdt(sym("F0FC"), "<w14:checkbox><w14:checked/></w14:checkbox>"), [TICKED], id="tick box control with own sign"
        ),
        pytest.param(sdt("", "<w14:checkbox/>"), [EMPTY_BOX], id="tick box control without sign"),
        pytest.param(old_tick_box("<w:checked/>"), [TICKED], id="old tick box, ticked"),
        pytest.param(old_tick_box('<w:checked w:val="0"/>'), [EMPTY_BOX], id="old tick box, not ticked"),
        pytest.param(old_tick_box('<w:default w:val="1"/>'), [TICKED], id="old tick box, ticked from the start"),
        pytest.param(
            old_tick_box('<w:default w:val="1"/><w:checked w:val="0"/>'), [EMPTY_BOX], id="old tick box, tick taken out"
        ),
        pytest.param(old_tick_box(""), [EMPTY_BOX], id="old tick box, nothing said"),
        pytest.param(r("☒ Yes ☐ No"), [TICKED, Run(" Yes "), EMPTY_BOX, Run(" No")], id="typed boxes"),
        pytest.param(r("☑", "<w:strike/>"), [Run("", STRUCK, True)], id="typed box, struck"),
        pytest.param(r("✓ ✔ ✗"), [Run("✓ ✔ ✗")], id="typed ticks stay text"),
        *[pytest.param(sym(char), [TICKED], id=f"Wingdings {char}") for char in ("F0FE", "F0FD", "F078", "FE")],
        *[pytest.param(sym(char), [EMPTY_BOX], id=f"Wingdings {char}") for char in ("F0A8", "F06F", "F071")],
        *[pytest.param(sym(char, "Wingdings 2"), [TICKED], id=f"Wingdings 2 {char}") for char in ("F052", "F054")],
        pytest.param(sym("F0A3", "Wingdings 2"), [EMPTY_BOX], id="Wingdings 2 F0A3"),
        pytest.param(sym("F0FC") + sym("F0FB"), [Run("✓✗")], id="Wingdings tick and cross"),
        pytest.param(sym("F0B3", "Symbol") + sym("F0E0"), [Run("≥→")], id="other signs"),
        pytest.param(sym("F021"), [Run("\ufffd")], id="unknown sign"),
        pytest.param(sym("so"), [Run("\ufffd")], id="sign that is none"),
        pytest.param(r("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>'), [TICKED], id="private character"),
        pytest.param(r("\u00fe", '<w:rFonts w:ascii="Wingdings"/>'), [TICKED], id="letter of Wingdings"),
        pytest.param(r("P", '<w:rFonts w:ascii="Wingdings 2"/>'), [Run("✓")], id="letter of Wingdings 2"),
        pytest.param(r("Yes", '<w:rFonts w:ascii="Wingdings"/>'), [Run("Yes")], id="a word in Wingdings"),
        pytest.param(r("P", '<w:rFonts w:ascii="Wingdings 2"/>') + r("lan", '<w:rFonts w:ascii="Wingdings 2"/>'),
                     [Run("Plan")], id="a word in Wingdings 2, cut behind a letter that is also a sign"),
        pytest.param(r("P", '<w:rFonts w:ascii="Wingdings 2"/>') + r("lan"), [Run("✓lan")], id="a sign before a word"),
        # content controls
        pytest.param(sdt(r("Good"), CHOICES), [Run("Good")], id="drop-down, chosen"),
        pytest.param(sdt(r("Choose an item."), CHOICES + PROMPT), [Run("Choose an item.", PLACEHOLDER)], id="prompt"),
        pytest.param(sdt(r("Choose an item."), CHOICES), [Run("Choose an item.", PLACEHOLDER)], id="entry without value"),
        pytest.param(sdt(r("Good"), CHOICES + '<w:showingPlcHdr w:val="0"/>'), [Run("Good")], id="prompt switched off"),
        pytest.param(r("x") + sdt("", CHOICES), [Run("x")], id="drop-down, empty"),
        pytest.param(sdt(r("own words"), "<w:comboBox/>"), [Run("own words")], id="combo box"),
        pytest.param(sdt(r("12/05/2021"), "<w:date/>"), [Run("12/05/2021")], id="date"),
        pytest.param(sdt(r("a") + sdt(r("b")) + r("c")), [Run("abc")], id="control in a control"),
        pytest.param(
            sdt(sdt(r("Enter text")), PROMPT) + r("typed"), [Run("Enter text", PLACEHOLDER), Run("typed")], id="nested prompt"
        ),
        # fields
        pytest.param(drop_down('<w:result w:val="2"/>'), [Run("Partly")], id="old drop-down, chosen"),
        pytest.param(drop_down('<w:result w:val="0"/>'), [Run("Yes")], id="old drop-down, first entry chosen"),
        pytest.param(drop_down(""), [Run("Yes", UNTOUCHED)], id="old drop-down, untouched"),
        pytest.param(drop_down('<w:default w:val="1"/>'), [Run("No", UNTOUCHED)], id="old drop-down, default"),
        pytest.param(drop_down('<w:result w:val="77"/>'), [Run("Yes")], id="old drop-down, result out of range"),
        pytest.param(drop_down("") + drop_down(""), [Run("Yes", UNTOUCHED)] * 2, id="two old drop-downs"),
        pytest.param(
            field("FORMTEXT", r("typed"), form_field("<w:textInput/>")), [Run("typed")], id="old text field, filled"
        ),
        pytest.param(r("x") + field(" DATE ", r("1 May 2018")), [Run("x1 May 2018")], id="field"),
        pytest.param(field("IF " + "1", r("a") + field("PAGE", r("2")) + r("b")), [Run("a2b")], id="field in a result"),
        pytest.param(
            fld("begin") + r("workings") + field("NAME", r("inner")) + fld("separate") + r("shown") + fld("end"),
            [Run("shown")],
            id="field in the workings of another",
        ),
        pytest.param(fld("begin") + r("goes on"), [Run("goes on")], id="field that never ends"),
        pytest.param(r("a") + fld("end") + fld("separate") + r("b"), [Run("ab")], id="field that never begins"),
        pytest.param(f'<w:fldSimple w:instr="AUTHOR">{r("JS")}</w:fldSimple>', [Run("JS")], id="simple field"),
        # tracked changes
        pytest.param(f"<w:ins>{r('new')}</w:ins><w:moveTo>{r(' here')}</w:moveTo>", [Run("new here")], id="inserted"),
        pytest.param(
            f"{r('Good')}<w:del><w:r><w:delText>bad</w:delText></w:r></w:del><w:moveFrom>{r('gone')}</w:moveFrom>",
            [Run("Good")],
            id="deleted",
        ),
        pytest.param(f"{r('a')}<w:ins><w:del>{r('b')}</w:del></w:ins>", [Run("a")], id="inserted and deleted again"),
    ],
)  # fmt: skip
def test_runs(content: str, runs: list[Run]) -> None:
    form = read(p(content))
    assert [list(paragraph.runs) for paragraph in form.paragraphs()] == [runs]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(p(), id="empty paragraph"),
        pytest.param(p("  "), id="spaces"),
        pytest.param(p(field("FORMTEXT", r("\u2002\u2002\u2002\u2002\u2002"))), id="old text field, not filled"),
        pytest.param(p(r("x", "<w:vanish/>")), id="hidden"),
        pytest.param(p(f"<w:del>{r('x')}</w:del>"), id="deleted"),
        pytest.param(p(sdt("", CHOICES)), id="empty control"),
        pytest.param(tbl(tr("x", props="<w:del/>")), id="table whose rows are all deleted"),
        pytest.param(p('<w:r><w:footnoteReference w:id="9"/></w:r>'), id="reference to a note that is not there"),
    ],
)
def test_nothing_to_read(content: str) -> None:
    assert read(content).blocks == ()


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="Gone"/><w:basedOn w:val="Normal"/>
  <w:rPr><w:strike/><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="GoneToo"><w:basedOn w:val="Gone"/></w:style>
<w:style w:type="paragraph" w:styleId="Kept"><w:basedOn w:val="Gone"/><w:rPr><w:strike w:val="0"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Circle"><w:basedOn w:val="Circle"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="List"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="List2"><w:name w:val="List Bullet 2"/><w:basedOn w:val="List"/></w:style>
<w:style w:type="character" w:styleId="Struck"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Twice"><w:rPr><w:dstrike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Marked"><w:rPr><w:highlight w:val="green"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Plain"><w:rPr><w:u w:val="none"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("paragraph", "character", "own", "defaults", "mark"),
    [
        ("", "", "", "", NONE),
        ("Gone", "", "", "", STRUCK | UNDERLINED),
        ("GoneToo", "", "", "", STRUCK | UNDERLINED),
        ("Kept", "", "", "", UNDERLINED),
        ("Gone", "", '<w:strike w:val="0"/>', "", UNDERLINED),
        ("", "Struck", "", "", STRUCK),
        ("", "Twice", "", "", STRUCK),
        ("", "Struck", '<w:strike w:val="false"/>', "", NONE),
        ("Gone", "Struck", "", "", UNDERLINED),  # a toggle in both styles: off again
        ("Gone", "Twice", "", "", STRUCK | UNDERLINED),  # double strike is no toggle
        ("Gone", "Plain", "", "", STRUCK),
        ("", "Marked", "", "", HIGHLIGHTED),
        ("", "Marked", '<w:highlight w:val="none"/>', "", NONE),
        ("", "", "", "<w:b/><w:strike/>", BOLD | STRUCK),
        ("", "", '<w:b w:val="0"/>', "<w:b/>", NONE),
        ("Circle", "", "", "", BOLD),
        ("Unknown", "Unknown", "", "", NONE),
    ],
)
def test_styles(paragraph: str, character: str, own: str, defaults: str, mark: Mark) -> None:
    look = f'<w:rStyle w:val="{character}"/>{own}' if character else own
    props = f'<w:pStyle w:val="{paragraph}"/>' if paragraph else ""
    form = read(p(r("x", look), props=props), styles=STYLES.format(defaults=defaults))
    assert form.blocks == (Paragraph((Run("x", mark),), "paragraph 1", style="gone" if paragraph == "Gone" else ""),)


@pytest.mark.parametrize(
    ("props", "listed", "style"),
    [
        ("", False, ""),
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', True, ""),
        ('<w:numPr><w:numId w:val="0"/></w:numPr>', False, ""),
        ('<w:pStyle w:val="List"/>', True, "list bullet"),
        ('<w:pStyle w:val="List2"/>', True, "list bullet 2"),
        ('<w:pStyle w:val="List"/><w:numPr><w:numId w:val="0"/></w:numPr>', False, "list bullet"),
        ('<w:pStyle w:val="List"/><w:numPr><w:ilvl w:val="1"/></w:numPr>', True, "list bullet"),
    ],
)
def test_lists(props: str, listed: bool, style: str) -> None:
    form = read(p("x", props=props), styles=STYLES.format(defaults=""))
    assert form.blocks == (Paragraph((Run("x"),), "paragraph 1", listed=listed, style=style),)


def test_a_shaded_paragraph_is_highlighted() -> None:
    form = read(p("Good", props='<w:shd w:val="clear" w:fill="92D050"/>'))
    assert [run.mark for paragraph in form.paragraphs() for run in paragraph.runs] == [HIGHLIGHTED]


DELETED_END = "<w:rPr><w:del/></w:rPr>"
MOVED_END = "<w:rPr><w:moveFrom/></w:rPr>"
GONE = f"<w:del>{r('gone')}</w:del>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(p("a", props=DELETED_END) + p("b"), ["ab"], id="joined"),
        pytest.param(p("a", props=DELETED_END) + p("b", props=DELETED_END) + p("c") + p("d"), ["abc", "d"], id="all joined"),
        pytest.param(p("a") + p(GONE, props=DELETED_END) + p("b"), ["a", "b"], id="whole paragraph gone"),
        pytest.param(p("a") + p(GONE, props=MOVED_END) + p("b"), ["a", "b"], id="whole paragraph moved away"),
        pytest.param(p("a") + p(GONE) + p("b"), ["a", "b"], id="text gone"),
        pytest.param(p("a", props=DELETED_END), ["a"], id="nothing follows"),
        pytest.param(p("a", props=DELETED_END) + tbl(tr("b")) + p("c"), ["a", "b", "c"], id="a table follows"),
        pytest.param(p("a", props=DELETED_END) + sdt(p("b")), ["ab"], id="a control follows"),
        pytest.param(p("a", props="<w:rPr><w:ins/></w:rPr>") + p("b"), ["a", "b"], id="inserted"),
        pytest.param(p("a", box(p("in")), "b") + p("c"), ["ab", "in", "c"], id="text box, read once"),
        pytest.param(p("a", box(p("in")), props=DELETED_END) + p("b"), ["ab", "in"], id="text box in a joined one"),
        pytest.param(p(f"<w:del>{box(p('in'))}</w:del>"), [], id="text box deleted"),
        pytest.param(p(box(p("out", box(p("in"))))), ["out", "in"], id="text box in a text box"),
        pytest.param(p(f"<w:r><w:pict><v:textbox><w:txbxContent>{p('old')}</w:txbxContent></v:textbox></w:pict></w:r>"),
                     ["old"], id="old text box"),
        pytest.param(p("<w:r><w:drawing><a:p><a:r><a:t>drawn</a:t></a:r></a:p></w:drawing></w:r>"), ["drawn"], id="drawing"),
        pytest.param(
            p("<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>only here</w:t></mc:Fallback></mc:AlternateContent></w:r>"),
            ["only here"],
            id="text in the fallback alone",
        ),
        pytest.param(
            f"<mc:AlternateContent><mc:Choice>{p('new')}</mc:Choice><mc:Fallback>{p('old')}</mc:Fallback></mc:AlternateContent>",
            ["new"],
            id="alternative paragraphs",
        ),
        pytest.param(sdt(p("a") + sdt(p("b"))) + f"<w:customXml>{p('c')}</w:customXml>", ["a", "b", "c"], id="wrapped"),
        pytest.param(sdt(p("☐"), "<w14:checkbox/>"), [""], id="tick box around a paragraph"),
        pytest.param(
            p(fld("begin"), "<w:r><w:instrText>TOC</w:instrText></w:r>", fld("separate"), "one") + p("two") + p(fld("end")),
            ["one", "two"],
            id="field over paragraphs",
        ),
    ],
)  # fmt: skip
def test_paragraphs(body: str, expected: list[str]) -> None:
    assert texts(read(body)) == expected


def grid(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]


def only_table(form: RawForm) -> Table:
    (table,) = [block for block in form.blocks if isinstance(block, Table)]
    return table


BEGINS, GOES_ON, ALSO_GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:vMerge w:val="continue"/>'
LEFT, JOINS_LEFT = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        pytest.param([tr("a", "b"), tr("c", "d")],
                     [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")], id="plain"),
        pytest.param([tr(tc("a", props=span_of(2)), "b"), tr("c", "d", "e")],
                     [(0, 0, 1, 2, "a"), (0, 2, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d"), (1, 2, 1, 1, "e")], id="wide"),
        pytest.param([tr(tc("a", props=BEGINS), "b"), tr(tc(props=GOES_ON), "c"), tr(tc(props=ALSO_GOES_ON), "d"), tr("e")],
                     [(0, 0, 3, 1, "a"), (0, 1, 1, 1, "b"), (1, 1, 1, 1, "c"), (2, 1, 1, 1, "d"), (3, 0, 1, 1, "e")], id="tall"),
        pytest.param([tr(tc("a", props=BEGINS)), tr(tc("b", props=BEGINS)), tr(tc(props=GOES_ON))],
                     [(0, 0, 1, 1, "a"), (1, 0, 2, 1, "b")], id="tall after tall"),
        pytest.param([tr(tc("a", props=GOES_ON))], [(0, 0, 1, 1, "a")], id="goes on with nothing"),
        pytest.param([tr(tc("a", props=span_of(2) + BEGINS), "b"), tr(tc(props=span_of(2) + GOES_ON), "c")],
                     [(0, 0, 2, 2, "a"), (0, 2, 1, 1, "b"), (1, 2, 1, 1, "c")], id="tall and wide"),
        pytest.param([tr(tc("a", props=LEFT), tc(props=JOINS_LEFT), "b")],
                     [(0, 0, 1, 2, "a"), (0, 2, 1, 1, "b")], id="merged the old way"),
        pytest.param([tr(tc("a", props=LEFT + BEGINS), tc(props=JOINS_LEFT + BEGINS)),
                      tr(tc(props=LEFT + GOES_ON), tc(props=JOINS_LEFT + GOES_ON))],
                     [(0, 0, 2, 2, "a")], id="merged the old way, both ways"),
        pytest.param([tr("a", "b"), tr("c", props='<w:gridBefore w:val="1"/>')],
                     [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 1, 1, 1, "c")], id="begins further right"),
        pytest.param([tr(tc("a", props=span_of(10**9)), "b")], [(0, 0, 1, 63, "a"), (0, 63, 1, 1, "b")], id="absurdly wide"),
        pytest.param([tr(tc("a", props=span_of("wide")), tc("b", props=span_of(-5)), "c")],
                     [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (0, 2, 1, 1, "c")], id="width that is none"),
        pytest.param([tr("a"), tr("x", props="<w:del/>"), tr("b", props="<w:ins/>")],
                     [(0, 0, 1, 1, "a"), (1, 0, 1, 1, "b")], id="row deleted, row inserted"),
        pytest.param([tr("a", tc("x", props="<w:cellDel/>"), tc("b", props="<w:cellIns/>"))],
                     [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")], id="cell deleted, cell inserted"),
        pytest.param([tr("a"), sdt(sdt(tr("b")) + tr("c")), tr("d")],
                     [(0, 0, 1, 1, "a"), (1, 0, 1, 1, "b"), (2, 0, 1, 1, "c"), (3, 0, 1, 1, "d")], id="rows in controls"),
        pytest.param([tr("a", sdt(tc("b")), "c")],
                     [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (0, 2, 1, 1, "c")], id="cell in a control"),
        pytest.param([tr("a", sdt(tc("Choose"), PROMPT))], [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "")], id="cell with a prompt"),
        pytest.param([tr(tc("a", p(), "b"))], [(0, 0, 1, 1, "a\nb")], id="empty paragraph left out"),
        pytest.param([tr(tc("a" , tbl(tr("b", tc("c", tbl(tr("d"))))), "e"))], [(0, 0, 1, 1, "a\nb\nc\nd\ne")], id="nested"),
    ],
)  # fmt: skip
def test_tables(rows: list[str], cells: list[tuple[int, int, int, int, str]]) -> None:
    assert grid(only_table(read(tbl(*rows)))) == cells


def test_a_tick_box_around_a_cell() -> None:
    state = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    (cell,) = only_table(read(tbl(tr(sdt(tc("☒"), state))))).cells
    assert cell.runs == (TICKED,)


def shd(attributes: str) -> str:
    return f"<w:shd {attributes}/>"


@pytest.mark.parametrize(
    ("props", "filled"),
    [
        ("", False),
        (shd('w:val="clear" w:color="auto" w:fill="FFFF00"'), True),
        (shd('w:fill="92d050"'), True),
        (shd('w:val="clear" w:fill="auto"'), False),
        (shd('w:val="clear" w:fill="FFFFFF"'), False),
        (shd('w:val="clear"'), False),
        (shd('w:val="nil" w:fill="FF0000"'), False),
        (shd('w:val="pct25" w:fill="auto"'), True),
        (shd('w:val="solid" w:color="FF0000" w:fill="auto"'), True),
        (shd('w:val="clear" w:fill="DEEAF6" w:themeFill="accent1" w:themeFillTint="33"'), True),
        (shd('w:val="clear" w:fill="auto" w:themeFill="accent1"'), True),
        (shd('w:val="clear" w:themeFill="accent6"'), True),
        (shd('w:val="clear" w:fill="FFFFFF" w:themeFill="background1"'), False),
        (shd('w:val="clear" w:fill="auto" w:themeFill="background1"'), False),
        (shd('w:val="clear" w:fill="auto" w:themeFill="background1" w:themeFillShade="BF"'), True),
        (shd('w:val="clear" w:fill="auto" w:themeFill="none"'), False),
        ("<w:tcPrChange><w:tcPr>" + shd('w:fill="FF0000"') + "</w:tcPr></w:tcPrChange>", False),
    ],
)
def test_shaded_cells(props: str, filled: bool) -> None:
    table = only_table(read(tbl(tr(tc("a", props=props), "b"))))
    assert [cell.shaded for cell in table.cells] == [filled, False]


def test_a_merged_cell_is_shaded_as_where_it_begins() -> None:
    green = shd('w:val="clear" w:fill="00FF00"')
    rows = [tr(tc("a", props=BEGINS + green), tc("b", props=BEGINS)), tr(tc(props=GOES_ON), tc(props=GOES_ON + green))]
    assert [cell.shaded for cell in only_table(read(tbl(*rows))).cells] == [True, False]


def test_a_cell_is_not_shaded_by_what_is_in_it_or_around_it() -> None:
    yellow = shd('w:val="clear" w:fill="FFFF00"')
    banding = f'<w:style w:type="table" w:styleId="Grid"><w:tcPr>{yellow}</w:tcPr></w:style>'
    inner = tbl(tr(tc("c", props=yellow)))
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/>{yellow}</w:tblPr>{tr(tc(p(r("a", yellow), props=yellow), inner))}</w:tbl>'
    (cell,) = only_table(read(table, styles=banding)).cells
    assert (cell.shaded, cell.text) == (False, "a\nc")


def test_what_stands_in_a_nested_table_is_marked() -> None:
    (cell,) = only_table(read(tbl(tr(tc("a", tbl(tr("b", "c"))))))).cells
    assert [(paragraph.text, paragraph.nested) for paragraph in cell.paragraphs] == [
        ("a", False),
        ("b", True),
        ("c", True),
    ]


def test_the_rows_of_nested_tables_have_a_number_each() -> None:
    inner = tbl(tr("b", "c"), tr("d", tc("e", tbl(tr("f", "g")))))
    made = only_table(read(tbl(tr(tc("a", inner), tc(inner)))))
    rows = [[(one.text, one.nested_row) for one in cell.paragraphs] for cell in made.cells]
    assert rows[0] == [("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 2), ("f", 3), ("g", 3)]
    assert rows[1] == rows[0][1:]


def test_rows_of_tables_side_by_side_inside_a_table_inside_a_cell_are_told_apart() -> None:
    side_by_side = tbl(tr(tc("b", tbl(tr("c"))), tc("d", tbl(tr("e")))), tr("f"))
    (cell,) = only_table(read(tbl(tr(tc("a", side_by_side))))).cells
    assert [(one.text, one.nested_row) for one in cell.paragraphs] == [
        ("a", 0), ("b", 1), ("c", 2), ("d", 1), ("e", 3), ("f", 4),
    ]  # fmt: skip


def test_places() -> None:
    form = read(p("one") + p() + tbl(tr("a", "b"), tr("x", props="<w:del/>"), tr("c")) + p("two") + tbl(tr("d")))
    first, table, second, other = form.blocks
    assert isinstance(first, Paragraph) and isinstance(second, Paragraph)
    assert isinstance(table, Table) and isinstance(other, Table)
    assert (first.where, second.where) == ("paragraph 1", "paragraph 2")
    assert [cell.locator() for cell in table.cells] == [
        "table 1, row 1, column 1",
        "table 1, row 1, column 2",
        "table 1, row 2, column 1",
    ]
    assert table.cells[1].locator("Response") == 'table 1, row 1, column "Response"'
    assert table.cells[2].paragraphs[0].where == "table 1, row 2, column 1"
    assert other.where == "table 2"


def test_notes_and_margins_come_last() -> None:
    body = p("body", '<w:r><w:footnoteReference w:id="7"/></w:r>', '<w:r><w:endnoteReference w:id="2"/></w:r>')
    sections = '<w:sectPr><w:headerReference r:id="rId3"/><w:footerReference r:id="rId4"/></w:sectPr>'
    form = read(
        body + p(props=sections) + sections,
        footnotes=f'<w:footnote w:id="1">{p("unused")}</w:footnote><w:footnote w:id="7">{p("foot")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{p("end")}</w:endnote>',
        header=tbl(tr("Case no", "A")),
        footer=p("Page ", field("PAGE", r("1"))),
    )
    assert [(paragraph.text, paragraph.where, paragraph.nested) for paragraph in form.paragraphs()] == [
        ("body", "paragraph 1", False),
        ("foot", "footnote 1", False),
        ("end", "endnote 1", False),
        ("Case no", "page header", True),
        ("A", "page header", True),
        ("Page 1", "page footer", False),
    ]


@pytest.mark.parametrize(
    ("body", "options", "expected"),
    [
        pytest.param(p("x"), {}, [], id="nothing to say"),
        pytest.param(p("x", r("secret", "<w:vanish/>")), {}, ["hidden_text"], id="hidden"),
        pytest.param(p("x", r(" ", "<w:vanish/>")), {}, [], id="hidden space"),
        pytest.param(p("x", r("12", "<w:webHidden/>")), {}, [], id="hidden in a browser only"),
        pytest.param(p("x", r("secret", '<w:rStyle w:val="Hidden"/>')), {"styles": STYLES.format(defaults="")},
                     ["hidden_text"], id="hidden by a style"),
        pytest.param(p(f"<w:ins>{r('x')}</w:ins>"), {}, ["tracked_changes"], id="inserted"),
        pytest.param(p(r("x", "<w:rPrChange/>")), {}, ["tracked_changes"], id="looks changed"),
        pytest.param(tbl(tr("x", props="<w:del/>")), {}, ["tracked_changes"], id="row deleted"),
        pytest.param(p("x"), {"comments": f'<w:comment w:id="1">{p("secret")}</w:comment>'},
                     ["comments_in_file"], id="Word comments"),
        pytest.param(p("x"), {"comments": ""}, [], id="no Word comment left"),
        pytest.param(p("x"), {"image": "", "oleObject": ""}, ["embedded_object", "embedded_object"], id="embedded"),
        pytest.param(p("x"), {"outside": (("hyperlink", "https://example.org/"),)}, [], id="hyperlink"),
        pytest.param(p("x"), {"outside": (("attachedTemplate", "file://secret/x.dotm"),)},
                     ["external_reference"], id="template elsewhere"),
    ],
)  # fmt: skip
def test_reader_notes(body: str, options: dict[str, str], expected: list[str]) -> None:
    form = read(body, **options)
    assert checks(form) == expected
    assert "secret" not in str(form)


def test_text_in_a_swallowed_cell_is_not_lost_in_silence() -> None:
    form = read_word(docx(tbl(tr(tc("a", props=BEGINS)), tr(tc("unseen", props=GOES_ON)))), "docx")
    assert grid(only_table(form)) == [(0, 0, 2, 1, "a")]
    assert form.text_in_file - form.text_read == len("unseen")
    assert checks(form) == ["hidden_text"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(tbl(tr(p("lost"))), id="a paragraph where a cell should be"),
        pytest.param(tbl(tr("x"), p("lost")), id="a paragraph where a row should be"),
        pytest.param(r("lost"), id="a run where a paragraph should be"),
    ],
)
def test_the_count_sees_text_that_the_walk_does_not(body: str) -> None:
    form = read_word(docx(body), "docx")
    assert form.text_in_file - form.text_read == len("lost")


@pytest.mark.parametrize(
    ("written", "modified"),
    [
        ("2018-05-22T10:30:00Z", "2018-05-22T10:30:00Z"),
        ("2018-05-22T10:30:00+01:00", "2018-05-22T09:30:00Z"),
        ("2018-05-22T10:30:00", "2018-05-22T10:30:00Z"),
        ("2018-05-22", "2018-05-22T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("last Tuesday", ""),
        ("", ""),
    ],
)
def test_modified(written: str, modified: str) -> None:
    assert read(p("x"), modified=written).modified == modified


def test_the_strict_form_of_the_format() -> None:
    body = p(r("Outstanding", "<w:strike/>"), tick("1")) + tbl(tr(tc("a", props=span_of(2)), "b"))
    made = parts(body, styles=STYLES.format(defaults="<w:b/>"))
    strict = {
        name: re.sub(r"http://schemas.openxmlformats.org/(wordprocessingml|officeDocument|drawingml)/2006/",
                     r"http://purl.oclc.org/ooxml/\1/", content)
        for name, content in made.items()
    }  # fmt: skip
    assert strict != made
    form = read_word(zipped(strict), "docx")
    assert form == read_word(zipped(made), "docx")
    assert form.text_in_file == len("Outstanding") + 1 + len("ab")


def test_the_main_part_is_found_by_its_relationship() -> None:
    assert texts(read(p("x"), main="story/text.xml", footnotes="")) == ["x"]


@pytest.mark.parametrize(
    ("checked", "glyph", "boxes"),
    [("1", "☒", [True]), ("0", "☐", [False]), ("1", "☐", [True, False]), ("0", "☒", [False, True]), ("1", "X", [True])],
)
def test_a_tick_box_that_shows_another_state_than_its_own_shows_both(
    checked: str, glyph: str, boxes: list[bool]
) -> None:
    form = read_word(docx(p(tick(checked, glyph), " Yes")), "docx")
    assert [run.ticked for one in form.paragraphs() for run in one.runs if run.ticked is not None] == boxes
    assert (form.text_read == form.text_in_file) == (len(boxes) == 1)  # a person is told to look


BLACK = '<w:highlight w:val="black"/>'
DARK_STYLES = """
<w:style w:type="character" w:styleId="Dark"><w:rPr><w:highlight w:val="black"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Ink"><w:rPr><w:color w:val="000000"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("look", "mark"),
    [
        (BLACK + '<w:color w:val="000000"/>', Mark.STRUCK),
        (BLACK + '<w:color w:val="0D0D0D"/>', Mark.STRUCK),
        (BLACK + '<w:rStyle w:val="Ink"/>', Mark.STRUCK),
        ('<w:rStyle w:val="Dark"/><w:color w:val="000000"/>', Mark.STRUCK),
        (BLACK + '<w:color w:val="FFFFFF"/>', Mark.HIGHLIGHTED),
        (BLACK + '<w:color w:val="D9D9D9"/>', Mark.HIGHLIGHTED),
        (BLACK + '<w:color w:val="auto" w:themeColor="background1"/>', Mark.HIGHLIGHTED),
        (BLACK + '<w:rStyle w:val="Pale"/>', Mark.HIGHLIGHTED),
        ('<w:rStyle w:val="Dark"/><w:color w:val="FFFFFF"/>', Mark.HIGHLIGHTED),
        (BLACK, Mark.NONE),  # programs differ in whether letters of automatic colour turn white there
        (BLACK + '<w:color w:val="auto"/>', Mark.NONE),
        (BLACK + '<w:color w:val="FFFFFF"/><w:strike/>', Mark.HIGHLIGHTED | Mark.STRUCK),
    ],
)
def test_only_black_letters_highlighted_in_black_are_blacked_out(look: str, mark: Mark) -> None:
    form = read(p(r("Yes / "), r("No", look)), styles=DARK_STYLES)
    marks = [run.mark for one in form.paragraphs() for run in one.runs]
    assert (marks[0], marks[-1]) == (Mark.NONE, mark)


@pytest.mark.parametrize(
    ("look", "mark"),
    [
        ('<w:shd w:val="clear" w:fill="000000"/><w:color w:val="000000"/>', Mark.STRUCK),
        ('<w:shd w:val="clear" w:fill="000000"/><w:color w:val="FFFFFF"/>', Mark.HIGHLIGHTED),
        ('<w:shd w:val="clear" w:fill="000000"/>', Mark.HIGHLIGHTED),  # Word turns the letters white
    ],
)
def test_black_letters_on_black_cannot_be_seen(look: str, mark: Mark) -> None:
    assert [run.mark for one in read(p(r("Yes", look))).paragraphs() for run in one.runs] == [mark]


RING = "<w:r><w:drawing><wps:wsp><wps:spPr/>{}</wps:wsp></w:drawing></w:r>"
OVAL = "<w:r><w:pict><v:oval/></w:pict></w:r>"
PICTURE = "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"
TEXT_BOX = RING.format(f"<wps:txbx><w:txbxContent>{p('No')}</w:txbxContent></wps:txbx>")


@pytest.mark.parametrize(
    ("drawn", "where"),
    [
        (RING.format(""), ["table 1, row 1, column 2"]),
        (OVAL, ["table 1, row 1, column 2"]),
        (PICTURE, []),
        (TEXT_BOX, []),
    ],
    ids=["ring", "oval", "picture", "text box"],
)
def test_a_shape_drawn_over_an_answer_is_told_with_its_place(drawn: str, where: list[str]) -> None:
    form = read(tbl(tr("R1", tc(p("Yes/No", drawn)))))
    assert [note.where for note in form.notes if note.check == "drawn_over"] == where


@pytest.mark.parametrize("workings", [r"EQ \\o\\ac(O,Y)", "MACROBUTTON x Yes", r"SYMBOL 252 \\f Wingdings"])
def test_a_field_that_draws_what_it_shows_leaves_a_sign_that_nobody_knows(workings: str) -> None:
    assert "\ufffd" in "".join(texts(read(p(field(workings), " / No"))))


@pytest.mark.parametrize(
    ("letter", "font", "shown"),
    [
        ("n", "ZapfDingbats", "■"),
        ("Y", "Wingdings", "\ufffd"),
        ("n", "Marlett", "\ufffd"),
        ("4", "ITC Zapf Dingbats", "✓"),
    ],
)
def test_a_letter_in_a_symbol_font_is_no_answer(letter: str, font: str, shown: str) -> None:
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    assert "".join(texts(read_word(docx(p(r(letter, look))), "docx"))) == shown


def test_a_sign_of_a_font_that_is_not_known_is_not_known() -> None:
    assert texts(read(p(sym("F0FC", "Marlett"), " x"))) == ["\ufffd x"]


@pytest.mark.parametrize(("data", "told"), [("Yes", []), ("No", ["drawn_over"]), (None, [])])
def test_a_control_that_is_bound_to_other_data_is_told(data: str | None, told: list[str]) -> None:
    control = sdt(r("Yes"), '<w:dataBinding w:xpath="/a/b"/>')
    more = {} if data is None else {"customXml/item1.xml": f"<a><b>{data}</b></a>"}
    form = read_word(zipped(parts(p(control)) | more), "docx")
    assert checks(form) == told


WHITE = '<w:color w:val="FFFFFF"/>'
BLUE = '<w:shd w:val="clear" w:fill="1F3864"/>'
BLUE_TABLE = """
<w:style w:type="table" w:styleId="Banded"><w:tblStylePr w:type="firstRow"><w:tcPr>
  <w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/></w:style>
<w:style w:type="character" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Banner"><w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr>
  <w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Ghost"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
"""


def in_style(table: str, style: str) -> str:
    return table.replace("<w:tblPr/>", f'<w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr>')


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        pytest.param(p("a", r("x", WHITE)), False, id="white on the page"),
        pytest.param(p("a", r("x", '<w:color w:val="FEFEFE"/>')), False, id="as good as white"),
        pytest.param(p("a", r("x", '<w:color w:val="auto" w:themeColor="background1"/>')), False, id="white of the theme"),
        pytest.param(p("a", r("x", '<w:color w:val="A6A6A6" w:themeColor="background1" w:themeShade="A6"/>')), True, id="grey"),
        pytest.param(p("a", r("x", '<w:color w:val="auto"/>')), True, id="automatic"),
        pytest.param(p("a", r("x", '<w:color w:val="0070C0"/>')), True, id="blue letters"),
        pytest.param(p("a", r("x", WHITE + BLUE)), True, id="white on blue"),
        pytest.param(p("a", r("x", WHITE + '<w:highlight w:val="darkBlue"/>')), True, id="white on a highlight"),
        pytest.param(p("a", r("x", WHITE + '<w:highlight w:val="white"/>')), False, id="highlighted in white"),
        pytest.param(p("a", r("x", WHITE), props=BLUE), True, id="in a blue paragraph"),
        pytest.param(p("a", r("x", WHITE), props='<w:pStyle w:val="Banner"/>'), True, id="in a style with blue behind"),
        pytest.param(p("a") + p("x", props='<w:pStyle w:val="Banner"/>'), True, id="a blue style with white letters"),
        pytest.param(p("a") + p("x", props='<w:pStyle w:val="Ghost"/>'), False, id="a style with white letters"),
        pytest.param(p("a", r("x", '<w:rStyle w:val="Pale"/>')), False, id="a style of white letters"),
        pytest.param(p("a", r("x", '<w:rStyle w:val="Pale"/><w:color w:val="auto"/>')), True, id="and automatic after all"),
        pytest.param(tbl(tr("a", tc(p(r("x", WHITE))))), False, id="in a cell"),
        pytest.param(tbl(tr("a", tc(p(r("x", WHITE)), props=BLUE))), True, id="in a blue cell"),
        pytest.param(tbl(tr("a", tc(p(r("x", '<w:color w:val="1F3864"/>')), props=BLUE))), False, id="blue on blue"),
        pytest.param(in_style(tbl(tr("a", tc(p(r("x", WHITE))))), "Banded"), True, id="in a table with coloured rows"),
        pytest.param(in_style(tbl(tr("a", tc(p(r("x", WHITE))))), "Grid"), False, id="in a table with plain rows"),
    ],
)  # fmt: skip
def test_letters_in_the_colour_of_what_is_behind_them_are_hidden(body: str, shown: bool) -> None:
    form = read(body, styles=BLUE_TABLE)
    assert ("x" in "".join(one.text for one in form.paragraphs())) is shown
    assert checks(form) == ([] if shown else ["hidden_text"])
    assert form.text_in_file == form.text_read


def test_a_coloured_page_lies_behind_its_header_too() -> None:
    made = parts(
        p("a") + '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>', header=p(r("x", WHITE))
    )
    made["word/document.xml"] = made["word/document.xml"].replace(
        "<w:body>", '<w:background w:color="1F3864"/><w:body>'
    )
    assert [one.text for one in read_word(zipped(made), "docx").paragraphs()] == ["a", "x"]


@pytest.mark.parametrize(
    ("props", "rows", "told"),
    [
        ("<w:hidden/>", ["a"], ["hidden_text"]),
        ('<w:hidden w:val="0"/>', ["a", "x"], []),
        ("", ["a", "x"], []),
    ],
)
def test_a_row_that_is_hidden_is_not_read(props: str, rows: list[str], told: list[str]) -> None:
    form = read(tbl(tr("a"), tr("x", props=props)))
    assert [cell.text for cell in only_table(form).cells] == rows
    assert checks(form) == told
    assert form.text_in_file == form.text_read


INK = "<w:r><w:drawing><w14:contentPart r:id='rId9'/></w:drawing></w:r>"
ELLIPSE = RING.replace("<wps:spPr/>", "<wps:spPr><a:prstGeom prst='ellipse'/></wps:spPr>").format("")
RULE = RING.replace("<wps:spPr/>", "<wps:spPr><a:prstGeom prst='line'/></wps:spPr>").format("")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (tbl(tr("R1", tc(p("Yes/No", INK)))), ["table 1, row 1, column 2"]),
        (tbl(tr("R1")) + p(INK) + tbl(tr("R2")), ["between table 1 and table 2"]),
        (p(ELLIPSE) + tbl(tr("R1")), ["before table 1"]),
        (tbl(tr("R1")) + p(OVAL), ["after table 1"]),
        (p("Yes / No", ELLIPSE), ["outside tables"]),
        (tbl(tr("R1")) + p(RULE), [""]),  # a line between tables is print, as far as can be told
        (tbl(tr("R1")) + p(ELLIPSE) + p(INK), ["after table 1"]),
    ],
    ids=["ink in a cell", "ink between", "ring before", "oval after", "no tables", "straight line", "twice"],
)
def test_what_is_drawn_by_hand_is_told_with_the_tables_beside_it(body: str, where: list[str]) -> None:
    assert [note.where for note in read(body).notes if note.check == "drawn_over"] == where


def test_a_picture_in_a_table_is_told_with_its_place() -> None:
    form = read(p("x", PICTURE) + tbl(tr("R1", tc(p(PICTURE)))))
    assert [(note.check, note.where) for note in form.notes] == [("embedded_object", "table 1, row 1, column 2")]


RED, GREY = '<w:color w:val="FF0000"/>', '<w:color w:val="BFBFBF"/>'


@pytest.mark.parametrize(
    ("content", "looks"),
    [
        ([r("Yes / No")], ""),
        ([r("Yes / "), r("No", RED)], "\nff0000"),
        ([r("Yes / No", RED)], "ff0000"),
        ([r("Yes / "), r("No", "<w:i/>")], "\ni 1"),
        ([r("Yes / "), r("No", '<w:i w:val="0"/>')], ""),
        ([r("Yes / "), r("No", '<w:sz w:val="40"/>')], "\nsz 40"),
        ([r("Yes / "), r("No", '<w:sz w:val="24"/>')], ""),  # hardly anybody would see it
        ([r("Yes / "), r("No", '<w:bdr w:val="single"/>')], "\nbdr single"),
        ([r("Yes"), r(" ", RED)], ""),
        ([r("Yes"), r("No", "<w:strike/>" + RED)], ""),
        ([r("Yes", '<w:color w:val="000000"/>'), r("No")], ""),
        ([r("Answer: "), sdt(r("Choose an item.", GREY), "<w:showingPlcHdr/>")], ""),
    ],
)
def test_how_else_letters_look(content: list[str], looks: str) -> None:
    assert [one.looks for one in read(p(*content)).paragraphs()] == [looks]


def test_a_size_that_the_style_gives_is_the_usual_one() -> None:
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    form = read(p(r("Yes / "), r("No", '<w:sz w:val="32"/>')), styles=styles)
    assert [one.looks for one in form.paragraphs()] == ["sz 32"]


PLAIN = {
    "one run": p("Was the child seen?"),
    "several runs": p("Was the ", "child ", r("seen", "<w:b/>"), "?"),
    "runs alike with a mark of the spelling between": p(
        r("As", "<w:i/>"), '<w:proofErr w:type="gramStart"/>', r("ked", "<w:i/>")
    ),
    "letters beyond ASCII, a box, a space that does not break": p("Oes \u2610 – \u00a0 \u2611 ysgol"),
    "a letter of a symbol font": p(r("\u00fe", '<w:rFonts w:ascii="Wingdings"/>'), "Yes"),
    "struck and highlighted": p(r("Partly", "<w:strike/>"), r("No", '<w:highlight w:val="yellow"/>')),
    "line breaks of the XML": p("Yes\n   partly\t"),
    "nothing": p(),
    "white space": p(" ", "\u2003"),
    "numbered": p("Item", props='<w:numPr><w:numId w:val="1"/></w:numPr>'),
    "two texts in a run": p(f"<w:r>{t('seen ')}{t('alone')}</w:r>"),
    "an empty text": p("<w:r><w:t/></w:r>", "Yes"),
}


@pytest.mark.parametrize("paragraph", PLAIN.values(), ids=PLAIN)
@pytest.mark.parametrize(
    "whole",
    ["{}", "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", sdt("{}", "<w:showingPlcHdr/>")],
    ids=["body", "cell", "prompt"],
)
def test_plain_text_is_read_like_all_else(paragraph: str, whole: str) -> None:
    """A paragraph of nothing but text is read in one go; with something unknown around its runs it is walked."""
    walked = re.sub(
        r"(<w:p>(?:<w:pPr>.*?</w:pPr>)?)(.*)</w:p>", r"\1<w:smartTag>\2</w:smartTag></w:p>", paragraph, flags=re.DOTALL
    )
    assert "smartTag" in walked
    forms = [read_word(docx(whole.replace("{}", one)), "docx") for one in (paragraph, walked)]
    assert forms[0].blocks == forms[1].blocks
    assert forms[0].text_read == forms[0].text_in_file


YELLOW = '<w:highlight w:val="yellow"/>'
LETTERS = {
    "yellow on yellow": (YELLOW + '<w:color w:val="FFFF00"/>', True),
    "nearly yellow on yellow": (YELLOW + '<w:color w:val="F5F00A"/>', True),
    "red on yellow": (YELLOW + '<w:color w:val="FF0000"/>', False),
    "automatic on yellow": (YELLOW, False),
    "automatic on black": (BLACK, True),
    "white on black": (BLACK + '<w:color w:val="FFFFFF"/>', False),
}


@pytest.mark.parametrize("name", LETTERS)
def test_letters_that_may_be_lost_on_their_highlight_stand_without_a_mark_and_are_told(name: str) -> None:
    look, lost = LETTERS[name]
    form = read(p("Yes / ", r("No", look)))
    (one,) = form.paragraphs()
    assert one.text == "Yes / No"
    assert (one.runs[-1].mark is Mark.NONE, checks(form)) == ((True, ["letters_lost"]) if lost else (False, []))
    assert ("lost" in one.looks) is lost  # so that a printed list in which one value looks so is unclear


def table_style(own: str = "", first_row: str = "", cell: str = "", more: str = "") -> str:
    head = f'<w:tblStylePr w:type="firstRow"><w:rPr>{first_row}</w:rPr><w:tcPr>{cell}</w:tcPr></w:tblStylePr>'
    return f'<w:style w:type="table" w:styleId="T"><w:rPr>{own}</w:rPr>{head}</w:style>{more}'


DERIVED = '<w:style w:type="table" w:styleId="U"><w:basedOn w:val="T"/></w:style>'


@pytest.mark.parametrize(
    ("styles", "style", "told"),
    [
        (table_style(WHITE), "T", True),
        (table_style("<w:vanish/>"), "T", True),
        (table_style("<w:strike/>"), "T", True),
        (table_style('<w:strike w:val="0"/>'), "T", False),
        (table_style(first_row=WHITE), "T", True),
        (table_style(first_row=WHITE, cell=BLUE), "T", False),  # white letters in a blue heading
        (table_style("<w:b/>"), "T", False),
        (table_style("<w:strike/>", more=DERIVED), "U", True),
    ],
)
def test_a_style_of_tables_that_may_conceal_letters_is_told_with_the_table(styles: str, style: str, told: bool) -> None:
    form = read(tbl(tr("a", "b")) + in_style(tbl(tr("x", "y")), style), styles=styles)
    assert [(one.check, one.where) for one in form.notes] == ([("letters_lost", "table 2")] if told else [])
