"""How a stretch of Word text looks: what it says itself, and what its styles say.

Some properties are *toggles* (ECMA-376 part 1, 17.7.3): a character style that is struck, in a paragraph style that is
struck, is not. What the run says itself always wins.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from audit_lib.rawform import Mark
from audit_lib.readers.word_names import VAL, child, name, switched_on, value

_TOGGLES = {"strike": "w:strike", "bold": "w:b", "hidden": "w:vanish"}
_PLAIN_FILLS = {"", "auto", "ffffff"}
_PLAIN_PATTERNS = {"", "clear", "nil"}
_MARK_OF = {
    "strike": Mark.STRUCK,
    "double_strike": Mark.STRUCK,
    "bold": Mark.BOLD,
    "underlined": Mark.UNDERLINED,
    "highlighted": Mark.HIGHLIGHTED,
    "shaded": Mark.HIGHLIGHTED,
}
Properties = dict[str, bool]


@dataclass(frozen=True)
class Look:
    """How a run looks: its marks, whether it is hidden, and the symbol font that its letters are drawn in, if any."""

    mark: Mark = Mark.NONE
    hidden: bool = False
    font: str = ""


@dataclass
class _Style:
    based_on: str
    name: str
    own: Properties
    font: str
    numbered: bool | None


@dataclass
class Styles:
    """The styles of one document. Unknown styles say nothing."""

    _styles: dict[str, _Style] = field(default_factory=dict)
    _defaults: Properties = field(default_factory=dict)
    _default_paragraph_style: str = ""
    _chains: dict[str, list[_Style]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        """The styles declared in a styles part (None: a document without one)."""
        styles = cls()
        if root is None:
            return styles
        styles._defaults = _properties(child(root, "w:docDefaults", "w:rPrDefault", "w:rPr"))
        for element in root.iterchildren(name("w:style")):
            key = element.get(name("w:styleId"), "")
            styles._styles[key] = _Style(
                value(element, "w:basedOn") or "",
                (value(element, "w:name") or "").lower(),
                _properties(child(element, "w:rPr")),
                _font(child(element, "w:rPr")),
                numbered(child(element, "w:pPr")),
            )
            default = element.get(name("w:default"), "0").lower() in ("1", "true", "on")
            if default and element.get(name("w:type")) == "paragraph":
                styles._default_paragraph_style = key
        return styles

    def paragraph_style(self, paragraph: etree._Element | None) -> str:
        """The id of a paragraph's style, the default one when it names none."""
        return value(paragraph, "w:pPr", "w:pStyle") or self._default_paragraph_style

    def title(self, style: str) -> str:
        """The name of a style in lower case; empty for the default paragraph style and for none."""
        if style == self._default_paragraph_style or style not in self._styles:
            return ""
        return self._styles[style].name

    def listed(self, paragraph: etree._Element) -> bool:
        """Whether Word numbers or bullets the paragraph, by itself or by its style."""
        own = numbered(child(paragraph, "w:pPr"))
        said = [own, *(style.numbered for style in self._chain(self.paragraph_style(paragraph)))]
        return next((answer for answer in said if answer is not None), False)

    def look(self, run: etree._Element, paragraph_style: str) -> Look:
        """How a run looks in a paragraph of this style."""
        properties = child(run, "w:rPr")
        chains = [self._chain(paragraph_style), self._chain(value(properties, "w:rStyle") or "")]
        own = _properties(properties)
        stands: Properties = {}
        for key in (*_TOGGLES, "double_strike", "underlined", "highlighted", "shaded"):
            stands[key] = self._stands(key, own, chains)
        mark = Mark.NONE
        for key, meaning in _MARK_OF.items():
            if stands[key]:
                mark |= meaning
        fonts = [_font(properties), *(style.font for chain in reversed(chains) for style in chain)]
        return Look(mark, stands["hidden"], next((font for font in fonts if font), ""))

    def _stands(self, key: str, own: Properties, chains: list[list[_Style]]) -> bool:
        if key in own:
            return own[key]
        said = [next((style.own[key] for style in chain if key in style.own), None) for chain in chains]
        if key in _TOGGLES:
            return self._defaults.get(key, False) or sum(answer is True for answer in said) == 1
        nearest = next((answer for answer in reversed(said) if answer is not None), None)
        return self._defaults.get(key, False) if nearest is None else nearest

    def _chain(self, style: str) -> list[_Style]:
        """The style, the one it is based on, and so on; a circle is cut."""
        if style not in self._chains:
            chain: dict[str, _Style] = {}
            step = style
            while step in self._styles and step not in chain:
                chain[step] = self._styles[step]
                step = self._styles[step].based_on
            self._chains[style] = list(chain.values())
        return self._chains[style]


def numbered(properties: etree._Element | None) -> bool | None:
    """Whether paragraph properties number the paragraph; None when they do not say. Number 0 means: not numbered."""
    number = value(properties, "w:numPr", "w:numId")
    return None if number is None else number != "0"


def shaded(properties: etree._Element | None) -> bool | None:
    """Whether ``w:shd`` puts a colour other than white behind the text; None when it does not say."""
    shade = child(properties, "w:shd")
    if shade is None:
        return None
    if (shade.get(VAL) or "") == "nil":
        return False
    filled = (shade.get(name("w:fill")) or "").lower() not in _PLAIN_FILLS
    return filled or (shade.get(VAL) or "").lower() not in _PLAIN_PATTERNS


def _properties(properties: etree._Element | None) -> Properties:
    """What ``w:rPr`` says, and nothing about what it does not mention."""
    said: dict[str, bool | None] = {key: switched_on(child(properties, tag)) for key, tag in _TOGGLES.items()}
    said["double_strike"] = switched_on(child(properties, "w:dstrike"))
    underline, highlight = value(properties, "w:u"), value(properties, "w:highlight")
    said["underlined"] = None if underline is None else underline.lower() != "none"
    said["highlighted"] = None if highlight is None else highlight.lower() not in ("none", "white")
    said["shaded"] = shaded(properties)
    return {key: answer for key, answer in said.items() if answer is not None}


def _font(properties: etree._Element | None) -> str:
    fonts = child(properties, "w:rFonts")
    return "" if fonts is None else fonts.get(name("w:ascii")) or fonts.get(name("w:hAnsi")) or ""
