"""How a stretch of OpenDocument text looks: what its spans, its paragraph and the styles behind these say.

What is nearest wins: the innermost span, then those around it, then the paragraph; a style wins over its parent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from audit_lib.rawform import Mark
from audit_lib.readers.opendocument.names import NAMESPACES, SPANS, get, name
from audit_lib.readers.pale import is_pale

Says = Mapping[str, str]  # what a style says of text: "" is no, anything else yes (or the font)
MAX_PARENTS = 100  # styles behind one style
_MARK_OF = {
    "struck": Mark.STRUCK,
    "bold": Mark.BOLD,
    "underlined": Mark.UNDERLINED,
    "highlighted": Mark.HIGHLIGHTED,
    "behind": Mark.HIGHLIGHTED,
}
_LINES = {
    "struck": ("style:text-line-through-style", "style:text-line-through-type"),
    "underlined": ("style:text-underline-style", "style:text-underline-type"),
}
_DRAWN = f"{{{NAMESPACES['draw']}}}"
_PLAIN_COLOURS = {"", "transparent", "#ffffff", "#fff"}
_PAINTED = {"bitmap", "gradient", "hatch"}
_BOLDNESS = {"bold", "600", "700", "800", "900"}
_DEFAULT_TITLES = {"standard", "normal", "default paragraph style", "default style"}
_FILLED = {
    "paragraph": "paragraph",
    "table-cell": "table-cell",
    "table-row": "table-row",
    "table": "table",
    "section": "section",
}
_PAGES = ("style:page-layout-properties", "style:header-footer-properties")


@dataclass(frozen=True)
class Look:
    """How text looks: its marks, whether it is hidden, and the font that its letters are drawn in."""

    mark: Mark = Mark.NONE
    hidden: bool = False
    font: str = ""


@dataclass(frozen=True)
class _Style:
    parent: str
    title: str
    automatic: bool  # made by the program for what a person set by hand
    says: Says
    filled: bool | None  # whether a colour other than white stands behind it; None when it does not say
    master_page: str


@dataclass
class Styles:
    """The styles that one story can name. Unknown styles say nothing.

    ``coloured_page`` says that a page layout may put a colour behind the story.
    """

    _styles: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _defaults: dict[str, Says] = field(default_factory=dict)
    _chains: dict[tuple[str, str], list[_Style]] = field(default_factory=dict)
    _said: dict[tuple[str, str], Says] = field(default_factory=dict)
    coloured_page: bool = False

    @classmethod
    def of(cls, *roots: etree._Element | None) -> Styles:
        """The styles of these ``office:styles`` and ``office:automatic-styles``; a later one of the same name wins."""
        found = cls()
        known = [root for root in roots if root is not None]
        fonts = _fonts(known)
        for root in known:
            automatic = root.tag == name("office:automatic-styles")
            for element in root.iterchildren(name("style:style"), name("style:default-style")):
                family = get(element, "style:family")
                if element.tag == name("style:default-style"):
                    found._defaults[family] = _says(element, fonts)
                else:
                    found._styles[family, get(element, "style:name")] = _style(element, family, automatic, fonts)
        return found

    def around(self, element: etree._Element, outside: Says) -> Says:
        """What holds for text inside this paragraph or element of a paragraph. Only spans and links change it."""
        if element.tag not in SPANS:
            return outside
        said = self._all_said("text", get(element, "text:style-name"))
        return {**outside, **said} if said else outside

    def of_paragraph(self, paragraph: etree._Element) -> Says:
        """What holds for text in this paragraph by its own style. A colour set by hand behind it all is a highlight."""
        style = get(paragraph, "text:style-name")
        said = {**self._defaults.get("paragraph", {}), **self._all_said("paragraph", style)}
        by_hand = (one.filled for one in self._chain("paragraph", style) if one.automatic and one.filled is not None)
        filled = any(one.filled for one in self._chain("paragraph", style))
        if not filled and self._on_white(paragraph):
            said["on_white"] = "yes"
        return {**said, "behind": "yes"} if next(by_hand, False) else said

    def _on_white(self, paragraph: etree._Element) -> bool:
        """Whether nothing coloured lies behind a paragraph, as far as can be told: no cell, section or page, and no drawing."""
        return not self.coloured_page and not any(
            one.tag.startswith(_DRAWN)
            or (one.tag == name("table:table-cell") and self.shaded(one))
            or (one.tag == name("text:section") and self._fills("section", get(one, "text:style-name")))
            for one in paragraph.iterancestors()
        )

    def _fills(self, family: str, style: str) -> bool:
        return next((one.filled for one in self._chain(family, style) if one.filled is not None), False)

    def title(self, paragraph: etree._Element) -> str:
        """The name of the paragraph's named style in lower case; empty for the default style and for none."""
        named = (one.title for one in self._chain("paragraph", get(paragraph, "text:style-name")) if not one.automatic)
        title = next(named, "")
        return "" if title in _DEFAULT_TITLES else title

    def shaded(self, cell: etree._Element) -> bool:
        """Whether a colour other than white fills the cell: its own, that of its row, or that of its table."""
        for element in (cell, *cell.iterancestors(name("table:table-row"), name("table:table"))):
            family = "table-cell" if element is cell else element.tag.rpartition("}")[2]
            style = get(element, "table:style-name")
            said = (one.filled for one in self._chain(family, style) if one.filled is not None)
            answer = next(said, None)
            if answer is not None:
                return answer
            if element.tag == name("table:table"):
                break
        return False

    def master_page(self, family: str, style: str) -> str:
        """The page layout with which this style begins a new page; empty for none."""
        return next((one.master_page for one in self._chain(family, style) if one.master_page), "")

    def _all_said(self, family: str, style: str) -> Says:
        key = (family, style)
        if key not in self._said:
            said: dict[str, str] = {}
            for one in reversed(self._chain(family, style)):
                said.update(one.says)
            self._said[key] = said
        return self._said[key]

    def _chain(self, family: str, style: str) -> list[_Style]:
        """The style, its parent, and so on; a circle is cut, and so is a chain that no program would make."""
        if (family, style) not in self._chains:
            chain: dict[str, _Style] = {}
            step = style
            while (family, step) in self._styles and step not in chain and len(chain) < MAX_PARENTS:
                chain[step] = self._styles[family, step]
                step = chain[step].parent
            self._chains[family, style] = list(chain.values())
        return self._chains[family, style]


def look_of(says: Says) -> Look:
    """The marks, the font, and whether the text is hidden, be it as white letters on white."""
    mark = Mark.NONE
    for key, meaning in _MARK_OF.items():
        if says.get(key):
            mark |= meaning
    unseen = says.get("pale") and says.get("on_white") and not mark & Mark.HIGHLIGHTED
    return Look(mark, bool(says.get("hidden") or unseen), says.get("font", ""))


def colours_pages(root: etree._Element | None) -> bool:
    """Whether any page layout in a file of styles puts a colour other than white, or a picture, behind its text."""
    layouts = () if root is None else root.iter(*map(name, _PAGES))
    return any(
        _filled(one) or one.find(name("style:background-image")) is not None or get(one, "draw:fill") in _PAINTED
        for one in layouts
    )


def _style(element: etree._Element, family: str, automatic: bool, fonts: Mapping[str, str]) -> _Style:
    own_name = get(element, "style:name")
    title = get(element, "style:display-name") or own_name.replace("_20_", " ")
    return _Style(
        get(element, "style:parent-style-name"),
        title.lower(),
        automatic,
        _says(element, fonts),
        _filled(element.find(name(f"style:{_FILLED[family]}-properties"))) if family in _FILLED else None,
        get(element, "style:master-page-name"),
    )


def _says(style: etree._Element, fonts: Mapping[str, str]) -> Says:
    """What a style says of text, and nothing about what it does not mention."""
    properties = style.find(name("style:text-properties"))
    if properties is None:
        return {}
    said: dict[str, str] = {}
    for key, attributes in _LINES.items():
        lines = [line for attribute in attributes if (line := get(properties, attribute))]
        if lines:
            said[key] = "" if "none" in lines else "yes"
    if weight := get(properties, "fo:font-weight"):
        said["bold"] = "yes" if weight in _BOLDNESS else ""
    if display := get(properties, "text:display"):
        said["hidden"] = "yes" if display == "none" else ""
    if (behind := _filled(properties)) is not None:
        said["highlighted"] = "yes" if behind else ""
    if colour := get(properties, "fo:color"):
        said["pale"] = "yes" if _is_white(colour.lower()) else ""
    if get(properties, "style:use-window-font-color") == "true":
        said["pale"] = ""
    face = get(properties, "style:font-name")
    if font := fonts.get(face, face) or _first_family(get(properties, "fo:font-family")):
        said["font"] = font
    return said


def _filled(properties: etree._Element | None) -> bool | None:
    colour = None if properties is None else properties.get(name("fo:background-color"))
    return None if colour is None else colour.lower() not in _PLAIN_COLOURS


def _is_white(colour: str) -> bool:
    """Whether a colour (``#rrggbb``) is as good as white."""
    return re.fullmatch("#[0-9a-f]{6}", colour) is not None and is_pale(*bytes.fromhex(colour[1:]))


def _fonts(roots: Iterable[etree._Element]) -> dict[str, str]:
    """The names that a document gives to fonts -> the fonts."""
    documents = {root.getparent(): None for root in roots}
    faces = (
        face
        for document in documents
        if document is not None
        for face in document.iterfind(f"{name('office:font-face-decls')}/{name('style:font-face')}")
    )
    return {get(face, "style:name"): _first_family(get(face, "svg:font-family")) for face in faces}


def _first_family(families: str) -> str:
    return families.split(",")[0].strip().strip("'\"")
