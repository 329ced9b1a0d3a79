"""An executed notebook as one HTML page that needs nothing else: no network, no other file, and for reading no script.

Only two things of a notebook reach a page: the text of its Markdown cells, which we wrote, and the
``text/html`` outputs of its code cells, which :mod:`audit_lib.present` made and escaped. Code, prompts,
plain-text outputs and warnings never do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any

import mistune
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode

from audit_lib.present.report.methods import every_rule
from audit_lib.reporting.assets import TEMPLATES, index_assets, report_assets
from audit_lib.reporting.empty_parts import gathered
from audit_lib.text import clean, slug

_HEADING = re.compile(r"<h([23])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<a href="#([^"]+)"[^>]*>(.*?)</a>')
_ID = re.compile(r'\bid="([^"]*)"')


@dataclass(frozen=True)
class Heading:
    """A line of the contents list: ``level`` 2 or 3, ``anchor`` the id it leads to, ``text`` as a person reads it."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Parts:
    """A page's HTML before its first second-level heading (``opening``), its ``headings``, and the rest."""

    opening: str
    headings: tuple[Heading, ...]
    content: str


def render_report(executed: NotebookNode, *, compares: bool = False, **shown: Any) -> str:
    """The report page of an executed notebook. ``shown`` are the values that ``report.html.j2`` names. ``compares``: whether the report is
    one on several audits.
    """
    assets = report_assets(shown["marking"], compares=compares)
    html, _ = _ReportExporter().from_notebook_node(executed, {"shown": {**shown, "assets": assets}})
    return html


def render_index(**shown: Any) -> str:
    """The page that lists reports. ``shown`` are the values that ``index.html.j2`` names."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("index.html.j2").render(shown={**shown, "assets": index_assets()})


def render_methods() -> str:
    """The page with the rules behind the figures of all reports."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("methods.html.j2").render(shown={"rules": every_rule(), "assets": index_assets()})


class _ReportExporter(TemplateExporter):
    """nbconvert with our template alone.

    Not made from ``HTMLExporter``, which parses each page anew and so rewrites the charts in it.
    """

    file_extension = ".html"
    output_mimetype = "text/html"
    exclude_input = True

    def __init__(self) -> None:
        super().__init__(template_file="report.html.j2", template_paths=[str(TEMPLATES)])  # type: ignore[no-untyped-call]

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        environment.undefined = StrictUndefined
        environment.filters |= {"prose": prose, "with_contents": with_contents}
        return environment


class _Prose(mistune.HTMLRenderer):
    """Markdown without raw HTML, and without its first-level heading: the page has its own."""

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        return "" if level == 1 else super().heading(text, level, **attributes)


def prose(markdown: str) -> str:
    """HTML of a Markdown cell. HTML in it is shown as it was typed; first-level headings are left out."""
    return str(mistune.create_markdown(renderer=_Prose(escape=True))(markdown))


def with_contents(html: str) -> Parts:
    """The HTML of a page in its parts, with an id on every second- and third-level heading, and a link to itself.

    What has nothing to tell is gathered near the end. A figure that leads to something behind it which this page lacks is no link.

    A heading that has an id keeps it; another gets one made from its text, numbered
    where that repeats. The first can be given the focus.
    """
    html = gathered(html)
    taken = {"main", "find", *_ID.findall(html)}
    headings: list[Heading] = []

    def with_id(match: re.Match[str]) -> str:
        level, attributes, inner = match.groups()
        text = clean(unescape(_TAG.sub("", inner)))
        if found := _ID.search(attributes):
            anchor = found[1]
        else:
            anchor = _free(slug(text), taken)
            attributes += f' id="{anchor}"'
        if not headings:
            attributes += ' tabindex="-1"'  # the link that skips to it moves the focus, and not the view alone
        taken.add(anchor)
        headings.append(Heading(int(level), anchor, text))
        own = inner if "<a" in inner else f'<a class="self" href="#{anchor}">{inner}</a>'
        return f"<h{level}{attributes}>{own}</h{level}>"

    whole = _HEADING.sub(with_id, html)
    anchors = set(_ID.findall(whole))
    whole = _LINK.sub(lambda link: link[0] if link[1] in anchors else link[2], whole)
    first = whole.find("<h2")
    cut = len(whole) if first < 0 else first
    return Parts(whole[:cut], tuple(headings), whole[cut:])


def _free(anchor: str, taken: Iterable[str]) -> str:
    number, free = 1, anchor
    while free in taken:
        number += 1
        free = f"{anchor}-{number}"
    return free
