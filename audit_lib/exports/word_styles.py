"""How a report in Word looks: its paper, its letters, its paragraphs and the lines of its tables."""

from __future__ import annotations

import datetime

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.styles import Styles

from audit_lib.exports.word_fields import field

WIDTH = Cm(17)
BLUE, GREY = RGBColor(0x0B, 0x3C, 0x5D), RGBColor(0x59, 0x59, 0x59)
SMALL = Pt(9)
_LINE = "BFBFBF"
_FONT, _SIZE = "Arial", Pt(11)
_MADE = datetime.datetime(2000, 1, 1)
_LANGUAGE = "en-GB"
_WORD_2013 = "15"  # and later: Word names no mode of compatibility in its title
_BULLET = Cm(0.4)


def set_up(document: Document, title: str, subject: str, running: str) -> None:
    """Styles, paper and what the file says about itself; ``running`` stands at the head of each page but the first, where "Page 2 of 9"
    stands at the foot.
    """
    about = document.core_properties
    about.title, about.subject, about.author, about.language = title, subject, "", _LANGUAGE
    about.comments, about.keywords, about.last_modified_by, about.revision = "", "", "", 1
    about.created = about.modified = _MADE
    _clean(document)
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].add_run(running)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run("Page ")
    field(foot, "PAGE", "1")
    foot.add_run(" of ")
    field(foot, "NUMPAGES", "1")


def _clean(document: Document) -> None:
    """Take out what the empty document brings along: another language, the mode of an older Word, a picture of a page."""
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), _LANGUAGE)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)
    related = document.part.package.rels
    for name in [name for name, each in related.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del related[name]


def _styles(document: Document) -> None:
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
    for fonts in styles.element.iter(qn("w:rFonts")):  # the theme's letters would win over ours
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{name}"), _FONT)
    styles["Normal"].font.name, styles["Normal"].font.size = _FONT, _SIZE
    styles["Normal"].paragraph_format.space_after = Pt(6)
    sizes = {"Title": 24, "Subtitle": 14, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12}
    for name, size in sizes.items():
        style = styles[name]
        style.font.size, style.font.color.rgb, style.font.name, style.font.italic = Pt(size), BLUE, _FONT, False
    caption = styles["Caption"]
    caption.font.size, caption.font.color.rgb, caption.font.bold = SMALL, GREY, True
    for name in ("Header", "Footer"):
        styles[name].font.size, styles[name].font.color.rgb = SMALL, GREY
    for name, size, after, based in (
        ("Cell", 9, 2, "Normal"),
        ("Column", 9, 4, "List Bullet"),
        ("Finding", 11, 6, "Normal"),
        ("Definition", 10, 4, "Normal"),
        ("Comment", 10, 2, "List Bullet"),
        ("Picture", 11, 2, "Normal"),
        ("TOC Heading", 14, 6, "Normal"),
        ("TOC 1", 10, 1, "Normal"),
        ("TOC 2", 9, 0, "Normal"),
    ):
        style = (
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if name not in [s.name for s in styles] else styles[name]
        )
        style.base_style = styles[based]
        style.font.size, style.font.name = Pt(size), _FONT
        style.paragraph_format.space_after = Pt(after)
    styles["Column"].paragraph_format.left_indent = _BULLET  # a column has no room for more
    styles["Column"].paragraph_format.first_line_indent = -_BULLET
    _lines_of_tables(styles)
    styles["Picture"].paragraph_format.keep_with_next = True
    _contents(styles)


def _contents(styles: Styles) -> None:
    for name in ("TOC 1", "TOC 2"):
        styles[name].paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    styles["TOC 1"].paragraph_format.space_before = Pt(3)
    styles["TOC 2"].paragraph_format.left_indent = Cm(0.6)
    styles["TOC Heading"].paragraph_format.space_before = Pt(14)
    styles["TOC Heading"].font.bold, styles["TOC Heading"].font.color.rgb = True, BLUE


def _lines_of_tables(styles: Styles) -> None:
    borders = styles["Table Grid"].element.find(f".//{qn('w:tblBorders')}")
    for line in borders:
        line.set(qn("w:color"), _LINE)
