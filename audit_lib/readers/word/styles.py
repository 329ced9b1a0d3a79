"""How a stretch of Word text looks: what it says itself, and what its styles say.

Some properties are *toggles* (ECMA-376 part 1, 17.7.3): a character style that is struck, in a paragraph style that is
struck, is not. What the run says itself always wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from lxml import etree

from audit_lib.rawform import Mark
from audit_lib.readers.symbol_signs import symbol_font
from audit_lib.readers.word import colours
from audit_lib.readers.word.names import NOTHING, VAL, Said, child, name, names, said_in, switched_on, value, whole

_TOGGLES = {"strike": "w:strike", "bold": "w:b", "hidden": "w:vanish"}
_PLAIN_FILLS = {"", "auto", "none", "ffffff"}
_PLAIN_PATTERNS = {"", "clear", "nil"}
_WHITE_OF_THE_THEME = {"background1", "bg1", "light1", "lt1"}
_MARK_OF = {
    "strike": Mark.STRUCK,
    "double_strike": Mark.STRUCK,
    "bold": Mark.BOLD,
    "underlined": Mark.UNDERLINED,
    "highlighted": Mark.HIGHLIGHTED,
    "shaded": Mark.HIGHLIGHTED,
}
_RPR, _PPR, _RSTYLE, _SHD, _FONTS = (name(short) for short in ("w:rPr", "w:pPr", "w:rStyle", "w:shd", "w:rFonts"))
_ENDS = names("w:del w:moveFrom")
_HOLDERS = names("w:rPr w:pPr w:tcPr w:trPr")
_PROPERTIES = names(
    "w:rStyle w:rFonts w:strike w:dstrike w:b w:u w:vanish w:highlight w:color w:shd w:pStyle w:numPr"
    " w:i w:sz w:caps w:smallCaps w:bdr w:em w:shadow w:outline w:emboss w:imprint w:effect w:vertAlign"
    " w:gridSpan w:hMerge w:vMerge w:cellDel w:gridBefore w:hidden w:del w:moveFrom"
)
_DOUBLE, _UNDERLINE, _HIGHLIGHT, _COLOUR = (name(short) for short in ("w:dstrike", "w:u", "w:highlight", "w:color"))
_OTHER_LOOKS = {
    name(f"w:{tag}"): tag
    for tag in (
        "i",
        "sz",
        "caps",
        "smallCaps",
        "bdr",
        "em",
        "shadow",
        "outline",
        "emboss",
        "imprint",
        "effect",
        "vertAlign",
    )
}
_LARGE = 28  # half points; programs write ordinary sizes here and there without anybody seeing a difference
_PSTYLE, _NUMBERED = name("w:pStyle"), name("w:numPr")
Properties = dict[str, bool]
_Key = tuple[str, bool, tuple[tuple[str, tuple[object, ...]], ...]]


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks: its marks, whether it is hidden, the symbol font that its letters are drawn in, if any, and their
    colour (``ANY`` for one that can be seen wherever it is).
    """

    mark: Mark = Mark.NONE
    hidden: bool = False
    font: str = ""
    colour: str = colours.ANY
    other: str = ""  # how else the letters look, in words that say no more than whether two looks are the same
    lost: bool = (
        False  # whether they may have the colour of the highlight behind them, so that a page may not show them
    )

    def shaded_by(self, shade: bool) -> Look:
        """The same in a paragraph that is shaded, or not."""
        return replace(self, mark=self.mark | Mark.HIGHLIGHTED) if shade else self


@dataclass
class _Style:
    based_on: str
    name: str
    own: Properties
    font: str
    numbered: bool | None
    colour: str
    behind: str  # the colour behind the paragraph; empty when the style does not say
    shades: bool  # whether it colours anything, as a style of tables does their heading
    conceals: bool  # whether it hides or strikes letters, or makes them white
    other: Mapping[str, str]


@dataclass
class Styles:
    """The styles of one document. Unknown styles say nothing."""

    _styles: dict[str, _Style] = field(default_factory=dict)
    _defaults: Properties = field(default_factory=dict)
    _colour: str = ""
    _other: Mapping[str, str] = field(default_factory=dict)
    default_paragraph_style: str = ""
    _chains: dict[str, tuple[_Style, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        """The styles declared in a styles part (None: a document without one)."""
        styles = cls()
        if root is None:
            return styles
        plain = said_in(child(root, "w:docDefaults", "w:rPrDefault", "w:rPr"))
        styles._defaults, styles._colour, styles._other = _own(plain), colours.colour_of(plain), _other(plain)
        for element in root.iterchildren(name("w:style")):
            key = element.get(name("w:styleId"), "")
            own = said_in(child(element, "w:rPr"))
            styles._styles[key] = _Style(
                value(element, "w:basedOn") or "",
                (value(element, "w:name") or "").lower(),
                _own(own),
                _font(own),
                _numbered(said_in(child(element, "w:pPr"))),
                colours.colour_of(own),
                colours.behind(said_in(child(element, "w:pPr"))),
                colours.shades(element),
                colours.conceals(element),
                _other(own),
            )
            default = element.get(name("w:default"), "0").lower() in ("1", "true", "on")
            if default and element.get(name("w:type")) == "paragraph":
                styles.default_paragraph_style = key
        return styles

    def title(self, style: str) -> str:
        """The name of a style in lower case; empty for the default paragraph style and for none."""
        if style == self.default_paragraph_style or style not in self._styles:
            return ""
        return self._styles[style].name

    def number(self, style: str) -> bool:
        """Whether Word numbers or bullets the paragraphs of this style."""
        return next((one.numbered for one in self._chain(style) if one.numbered is not None), False)

    def look(self, said: Said, paragraph_style: str) -> Look:
        """How a run looks that says this of itself, in a paragraph of this style."""
        character_style = said[_RSTYLE].get(VAL, "") if _RSTYLE in said else ""
        chains = [self._chain(paragraph_style), self._chain(character_style)]
        own = _own(said)
        mark = Mark.NONE
        for key, meaning in _MARK_OF.items():
            if self._stands(key, own, chains):
                mark |= meaning
        fonts = [_font(said), *(style.font for chain in reversed(chains) for style in chain)]
        font = symbol_font(next((font for font in fonts if font), ""))
        told = [colours.colour_of(said), *(style.colour for chain in reversed(chains) for style in chain), self._colour]
        colour = next((colour for colour in told if colour), colours.ANY)
        on_black = self._stands("blacked_out", own, chains)
        lost = on_black if colour == colours.ANY else colours.is_lost_on(colour, said)
        if lost:
            mark &= ~Mark.HIGHLIGHTED
        elif on_black:
            mark |= Mark.STRUCK if colours.is_black(colour) else Mark.HIGHLIGHTED
        if mark & Mark.HIGHLIGHTED and not {"highlighted", "shaded"} & set(own):
            colour = colours.ANY  # a style colours what is behind it
        other = dict(self._other)
        for chain in chains:
            for style in reversed(chain):
                other |= style.other
        other |= _other(said)
        seen = [] if colour in (colours.ANY, "000000") else [colour]
        seen += [f"{tag} {value}" for tag, value in sorted(other.items()) if value]
        seen += ["lost"] if lost else []
        return Look(mark, self._stands("hidden", own, chains), font, colour, " ".join(seen), lost)

    @property
    def grounds(self) -> set[str]:
        """The colours that styles put behind paragraphs."""
        return {style.behind for style in self._styles.values()}

    def behind(self, style: str) -> str:
        """The colour that a style puts behind its paragraphs; empty when it does not say."""
        return next((one.behind for one in self._chain(style) if one.behind), "")

    def shades(self, style: str) -> bool:
        """Whether a style of tables colours any of their cells."""
        return any(one.shades for one in self._chain(style))

    def conceals(self, style: str) -> bool:
        """Whether a style of tables hides or strikes letters, or makes them white, in a table or in some of its parts."""
        return any(one.conceals for one in self._chain(style))

    def _stands(self, key: str, own: Properties, chains: list[tuple[_Style, ...]]) -> bool:
        if key in own:
            return own[key]
        said = [next((style.own[key] for style in chain if key in style.own), None) for chain in chains]
        if key in _TOGGLES:
            return self._defaults.get(key, False) or sum(answer is True for answer in said) == 1
        nearest = next((answer for answer in reversed(said) if answer is not None), None)
        return self._defaults.get(key, False) if nearest is None else nearest

    def _chain(self, style: str) -> tuple[_Style, ...]:
        """The style, the one it is based on, and so on; a circle is cut."""
        if style not in self._styles:
            return ()
        if style not in self._chains:
            chain: dict[str, _Style] = {}
            step = style
            while step in self._styles and step not in chain:
                chain[step] = self._styles[step]
                step = self._styles[step].based_on
            self._chains[style] = tuple(chain.values())
        return self._chains[style]


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph is like, and how a run in it looks that says nothing of itself. ``joins_next``: its end was deleted."""

    style: str
    title: str
    listed: bool
    run: Look
    shaded: bool = False
    joins_next: bool = False


class Looks:
    """How the runs and paragraphs of one document look. Each combination is worked out once: most runs look alike.

    ``said`` holds what runs, paragraphs, cells and rows say of themselves; those that say nothing are not there.
    """

    def __init__(self, styles: Styles, stories: Iterable[etree._Element]) -> None:
        self.styles = styles
        self.said: dict[etree._Element, Said] = {}
        files: dict[etree._Element, None] = {}  # each once: every note is a story
        for story in stories:
            self.said |= _properties_in(story)
            files[story.getroottree().getroot()] = None
        self._page = next((page for page in map(colours.page, files) if page != colours.WHITE), colours.WHITE)
        self._known: dict[_Key, Look] = {}
        self._usual = self._of_style(styles.default_paragraph_style)
        self._plain: dict[str, ParagraphLook] = {}
        self._grounds: dict[etree._Element, str] = {}  # what is behind it -> its colour

    def run(self, run: etree._Element, around: ParagraphLook) -> Look:
        """How a run looks in a paragraph of this look."""
        said = self.said.get(run)
        look = around.run
        if said is not None:
            own = tuple([(tag, tuple(one.items())) for tag, one in said.items()])
            key = (around.style, around.shaded, own)
            if key not in self._known:
                self._known[key] = self.styles.look(said, around.style).shaded_by(around.shaded)
            look = self._known[key]
        if look.colour not in self._behind_letters or look.hidden or look.mark & Mark.STRUCK:
            return look
        ground = colours.behind(said or NOTHING) or self._behind(run)
        return replace(look, hidden=True) if look.colour == ground else look

    @cached_property
    def _behind_letters(self) -> set[str]:
        """The colours that can be behind any letters of this document: letters of another can be seen."""
        own = {colours.behind(said) for said in self.said.values()}
        return ({self._page, colours.WHITE, *self.styles.grounds} | own) - {"", colours.ANY}

    def _behind(self, element: etree._Element) -> str:
        """The colour behind the paragraph, cell, table or text box that is nearest and has one, else that of the page."""
        nearest = colours.around(element)
        if nearest is None:
            return self._page
        if nearest not in self._grounds:
            self._grounds[nearest] = self._ground(nearest) or self._behind(nearest)
        return self._grounds[nearest]

    def _ground(self, element: etree._Element) -> str:
        """The colour that one paragraph, cell, table or text box has behind it; empty when it has none of its own."""
        if colours.is_box(element):
            return colours.ANY
        if colours.is_table(element):
            styled = self.styles.shades(colours.style_of_table(element))
            return colours.ANY if styled or colours.table_shades(element) else ""
        said = self.said.get(element, NOTHING)
        style = said[_PSTYLE].get(VAL, "") if _PSTYLE in said else self.styles.default_paragraph_style
        return colours.behind(said) or self.styles.behind(style)

    def paragraph(self, paragraph: etree._Element) -> ParagraphLook:
        """What a paragraph is like, by itself and by its style."""
        said = self.said.get(paragraph)
        if said is None:
            return self._usual
        plain = self._usual
        if _PSTYLE in said:
            style = said[_PSTYLE].get(VAL) or plain.style
            if style not in self._plain:
                self._plain[style] = self._of_style(style)
            plain = self._plain[style]
        return plain if len(said) == (_PSTYLE in said) else _itself(said, plain)

    def _of_style(self, style: str) -> ParagraphLook:
        styles = self.styles
        return ParagraphLook(style, styles.title(style), styles.number(style), styles.look(NOTHING, style))


def _properties_in(story: etree._Element) -> dict[etree._Element, dict[str, etree._Element]]:
    """What the runs, paragraphs, cells and rows of a story say of themselves: each property by its name.

    One search for all that matters is much faster than to ask each element, most of which say nothing. A property that
    is there twice counts as it stands first. The end of a paragraph that was deleted counts as said by the paragraph.
    """
    said: dict[etree._Element, dict[str, etree._Element]] = {}
    for one in story.iter(*_PROPERTIES):
        holder = one.getparent()
        if holder is None or holder.tag not in _HOLDERS:
            continue
        owner = holder.getparent()
        if owner is not None and owner.tag == _PPR and one.tag in _ENDS:
            owner = owner.getparent()
        if owner is not None:
            said.setdefault(owner, {}).setdefault(one.tag, one)
    return said


def _itself(said: Said, plain: ParagraphLook) -> ParagraphLook:
    """What a paragraph is like that says this of itself, and without it would be plain."""
    own, shade = _numbered(said), bool(shaded(said))
    return replace(
        plain,
        listed=plain.listed if own is None else own,
        run=plain.run.shaded_by(shade),
        shaded=shade,
        joins_next=not _ENDS.isdisjoint(said),
    )


def shaded(said: Said) -> bool | None:
    """Whether ``w:shd`` puts a colour other than white behind the text or in the cell; None when it does not say.

    A colour of the theme counts where no colour stands beside it, as Word writes one.
    """
    shade = said.get(_SHD)
    if shade is None:
        return None
    if (shade.get(VAL) or "") == "nil":
        return False
    fill = (shade.get(name("w:fill")) or "").lower()
    if fill in ("", "auto"):
        fill = (shade.get(name("w:themeFill")) or "").lower()
        darker = shade.get(name("w:themeFillShade")) is not None
        fill = "" if fill in _WHITE_OF_THE_THEME and not darker else fill
    return fill not in _PLAIN_FILLS or (shade.get(VAL) or "").lower() not in _PLAIN_PATTERNS


def _is_black(said: Said) -> bool:
    """Whether letters that are black themselves stand on black. Letters of automatic colour turn white there."""
    fill, colour = (said.get(_SHD), said.get(_COLOUR))
    filled = fill is not None and ((fill.get(name("w:fill")) or "") == "000000" or (fill.get(VAL) or "") == "solid")
    return filled and colour is not None and (colour.get(VAL) or "") == "000000"


def _numbered(said: Said) -> bool | None:
    """Whether paragraph properties number the paragraph; None when they do not say. Number 0 means: not numbered."""
    number = value(said.get(_NUMBERED), "w:numId")
    return None if number is None else number != "0"


def _own(said: Said) -> Properties:
    """What run properties say, and nothing about what they do not mention."""
    answers: dict[str, bool | None] = {key: switched_on(said.get(name(tag))) for key, tag in _TOGGLES.items()}
    answers["double_strike"] = switched_on(said.get(_DOUBLE))
    plain_highlights = ("none", "white", "black")  # in black the colour of the letters decides whether they can be seen
    answers["blacked_out"] = None if _HIGHLIGHT not in said else (said[_HIGHLIGHT].get(VAL) or "").lower() == "black"
    for key, tag, plain in (("underlined", _UNDERLINE, ("none",)), ("highlighted", _HIGHLIGHT, plain_highlights)):
        look = said[tag].get(VAL) if tag in said else None
        answers[key] = None if look is None else look.lower() not in plain
    answers["shaded"] = shaded(said)
    if answers["shaded"] and _is_black(said):  # black letters on black
        answers["shaded"], answers["blacked_out"] = False, True
    return {key: answer for key, answer in answers.items() if answer is not None}


def _other(said: Said) -> dict[str, str]:
    """What run properties say of how letters look otherwise, by kind; an empty value is the usual one."""
    found = {tag: (said[full].get(VAL) or "1").lower() for full, tag in _OTHER_LOOKS.items() if full in said}
    plain = ("0", "false", "off", "none", "nil", "baseline")
    return {
        tag: "" if value in plain or (tag == "sz" and whole(value) < _LARGE) else value for tag, value in found.items()
    }


def _font(said: Said) -> str:
    if _FONTS not in said:
        return ""
    return said[_FONTS].get(name("w:ascii")) or said[_FONTS].get(name("w:hAnsi")) or ""
