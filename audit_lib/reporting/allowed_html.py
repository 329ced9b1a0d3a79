"""The last look at a page before it is published: only what is on the list may be in it.

The text of returned forms is escaped where blocks are made. This check does not trust that: it reads
the finished page as a browser would and refuses any element, attribute or address that we never use, a policy that
lets in more than ours does, and any style or script that the policy does not name by its hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

from audit_lib.errors import WorkFailed
from audit_lib.reporting.assets import POLICY, digest


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DRAWING = _words(
    "svg g path rect circle ellipse line polyline polygon text tspan defs clippath use image pattern title desc"
)
_ELEMENTS = _DRAWING | _words(
    "html head meta title style script body header nav main footer section article aside div p span a h1 h2 h3 h4 h5 h6 "
    "ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td figure figcaption details summary "
    "blockquote q cite strong em b i s small sub sup abbr time code pre br hr img mark"
)
_DRAWING_ATTRIBUTES = _words(
    "clip-path clip-rule cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size font-style "
    "font-weight gradientunits height href xlink:href offset opacity patterntransform patternunits points "
    "preserveaspectratio r rx ry stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width text-anchor transform version viewbox width x x1 x2 y y1 y2 "
    "xmlns xmlns:xlink focusable"
)
_ATTRIBUTES = _DRAWING_ATTRIBUTES | _words(
    "abbr alt charset class colspan content data-about data-area data-column data-theme data-year datetime dir headers "
    "hidden href http-equiv id lang name open role rowspan scope span src start tabindex title type value"
)
_LINK = re.compile(r"#[^\s]+|(?:\.\./)*[A-Za-z0-9%][A-Za-z0-9%._~/-]*\.html(?:#[a-z0-9_-]+)?|data\.(?:xlsx|zip)")
_PICTURE = re.compile(r"data:image/(?:png|svg\+xml);base64,[A-Za-z0-9+/=\s]+")
_HASH = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")
_UNSAFE_STYLE = re.compile(r"@import|expression\s*\(|javascript:|\\|url\s*\(\s*[\"']?(?!#)", re.IGNORECASE)
_REFUSED = _words("iframe object embed form input button link base audio video foreignobject")


def check_page(page: str, name: str, private: Iterable[Path] = ()) -> None:
    """Raises WorkFailed, naming page, line and what was found but none of its text, when a page holds
    anything that is not on our list, or the path of one of the ``private`` folders of this machine."""
    faults = list(_faults(html.document_fromstring(page)))
    if shows_path(page, private):
        faults.append("it shows where a folder of this computer lies")
    if faults:
        raise WorkFailed(f"{name}: not published, because of what it holds: {'; '.join(faults[:5])}")


def shows_path(text: str, private: Iterable[Path]) -> bool:
    """Whether a text holds the full path of one of the folders, as typed or as JSON or a URL writes it.

    A short path such as ``/tmp`` counts for nothing: it names nobody, and any form may mention it.
    Nor are user and computer names looked for: they are often ordinary words.
    """
    for folder in {path.resolve() for path in private}:
        if len(folder.parts) > 2:
            typed = str(folder)
            if any(form in text for form in (typed, folder.as_posix(), json.dumps(typed)[1:-1])):
                return True
    return False


def _faults(document: HtmlElement) -> Iterator[str]:
    seen: set[str] = set()
    policy = _policy(document)
    if not _is_strict(policy):
        yield "not exactly one content security policy before all else, or one that lets in too much"
    for element in document.iter():
        place = f"line {element.sourceline}"
        if not isinstance(element.tag, str):
            yield f"{place}: a comment or an instruction"
            continue
        if element.tag not in _ELEMENTS:
            yield f"{place}: <{element.tag}>" if element.tag in _REFUSED else f"{place}: an unknown element"
            continue
        for attribute, value in element.attrib.items():
            if not _allowed(element.tag, str(attribute), str(value)):
                yield f"{place}: an attribute that is not allowed on <{element.tag}>"
        yield from _faults_of_id(element, place, seen)
        yield from _faults_of_code(element, place, policy)
    yield from (f"line {a.sourceline}: a link to nowhere" for a in document.iter("a") if _is_dead(a, seen))
    if len(list(document.iter("h1"))) != 1:
        yield "not exactly one first-level heading"


def _policy(document: HtmlElement) -> dict[str, tuple[str, ...]]:
    """What the page's own policy says, directive by directive; nothing where it does not stand first in the head, alone."""
    found = document.xpath("//meta[@http-equiv]")
    first = document.xpath("/html/head/*[not(@charset)]")[:1]
    if len(found) != 1 or found != first:
        return {}
    directives = (each.split() for each in str(found[0].get("content", "")).split(";"))
    return {name: tuple(sources) for name, *sources in directives}


def _is_strict(policy: Mapping[str, tuple[str, ...]]) -> bool:
    ours = all(policy.get(name) == sources for name, sources in POLICY.items())
    hashed = {name: sources for name, sources in policy.items() if name not in POLICY}
    return (
        ours
        and set(hashed) <= {"style-src", "script-src"}
        and all(_HASH.fullmatch(source) for sources in hashed.values() for source in sources)
    )


def _faults_of_code(element: HtmlElement, place: str, policy: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Style and script may stand in a page only as the policy names them, so that nobody's text can be either."""
    text = element.text or ""
    if element.tag in ("style", "script") and (
        element.attrib or digest(text) not in policy.get(f"{element.tag}-src", ())
    ):
        yield f"{place}: <{element.tag}>"
    if element.tag == "style" and _UNSAFE_STYLE.search(text):
        yield f"{place}: a style that could load something"


def _allowed(tag: str, attribute: str, value: str) -> bool:
    if attribute not in _ATTRIBUTES and not attribute.startswith("aria-"):
        return False
    if attribute in ("href", "xlink:href"):
        pattern = {"a": _LINK, "image": _PICTURE}.get(tag)
        return bool(pattern.fullmatch(value)) if pattern else value.startswith("#")
    if attribute == "src":
        return tag == "img" and bool(_PICTURE.fullmatch(value))
    if attribute == "http-equiv":
        return value == "Content-Security-Policy"
    return not _UNSAFE_STYLE.search(value) if attribute in ("clip-path", "fill", "stroke") else True


def _faults_of_id(element: HtmlElement, place: str, seen: set[str]) -> Iterator[str]:
    """An id that stands twice would lead a link, or a chart, to the wrong place."""
    anchor = element.get("id")
    if anchor in seen:
        yield f"{place}: an id that stands twice"
    elif anchor:
        seen.add(anchor)


def _is_dead(link: HtmlElement, anchors: set[str]) -> bool:
    target = link.get("href") or ""
    return target.startswith("#") and target[1:] not in anchors
