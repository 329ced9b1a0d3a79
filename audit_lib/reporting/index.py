"""The page that lists all reports, made from the small records that lie beside them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from audit_lib.errors import WorkFailed, shown_path
from audit_lib.reporting.allowed_html import check_page
from audit_lib.reporting.elsewhere import Elsewhere
from audit_lib.reporting.publish import ALL, RECORD, THEMES, Comparison, Figure, Report, page_path, publish
from audit_lib.text import slug

INDEX, METHODS = "index.html", "methods.html"


@dataclass(frozen=True)
class Link:
    """A page of a report, as the index names it where there are several."""

    href: str
    name: str


@dataclass(frozen=True)
class Entry:
    """A report as the index lists it; ``figures`` are its own, each with where what stands behind it is told, or nothing."""

    anchor: str
    report: Report
    links: tuple[Link, ...]
    figures: tuple[tuple[Figure, str], ...]


@dataclass(frozen=True)
class Theme:
    """The reports on one subject, newest first, and the report that compares them where there is one."""

    title: str
    anchor: str
    entries: tuple[Entry, ...]
    comparison: Comparison | None


def write_index(out: Path, without: Collection[str] = ()) -> Path:
    """Lists every report in the output folder by theme, newest audit first, in its ``index.html``, and gives its path. Beside it lies
    the page of methods. ``without`` names comparisons that are not to be listed.

    Raises WorkFailed where the record of a report cannot be read, or the index not be written.
    """
    from audit_lib.reporting.render import (
        render_index,
        render_methods,
    )  # brings nbconvert, which takes a second to import

    comparisons = {one.theme: one for one in comparisons_in(out) if one.name not in without}
    page = render_index(themes=_themes(_entries(out), comparisons), across=comparisons.get(""))
    methods = render_methods()
    for name, made in ((INDEX, page), (METHODS, methods)):
        check_page(made, name, [Path.home(), out])
    return publish(out, {INDEX: page.encode(), METHODS: methods.encode()}, "index")[0]


def _themes(entries: list[Entry], comparisons: Mapping[str, Comparison]) -> list[Theme]:
    """The theme that was audited last comes first; a comparison without a report beside it is listed too."""
    names = dict.fromkeys([*(entry.report.theme for entry in entries), *filter(None, comparisons)])
    return [
        Theme(
            name.replace("-", " ").capitalize() or "Other audits",
            f"theme-{slug(name)}",
            tuple(entry for entry in entries if entry.report.theme == name),
            comparisons.get(name) if name else None,
        )
        for name in names
    ]


def _entries(out: Path) -> list[Entry]:
    entries = [_entry(path) for path in sorted(out.glob(f"*/*/{RECORD}"))]
    return sorted(entries, key=lambda entry: entry.report.date, reverse=True)


def _entry(path: Path) -> Entry:
    try:
        record = json.loads(path.read_bytes())
        pages = record.pop("pages")
        figures = tuple(Figure(**figure) for figure in record.pop("figures", ()))
        report = Report(**record, figures=figures)
        first = Elsewhere(quote(page_path(report, pages[0])), path.parent / f"{pages[0]}.html")
        shown = tuple((figure, first.link(figure.behind)) for figure in figures)
        links = tuple(Link(quote(page_path(report, page)), page.replace("-", " ").capitalize()) for page in pages)
    except (OSError, ValueError, TypeError, AttributeError, LookupError):
        raise WorkFailed(f"{shown_path(path)}: cannot be read; delete it and run the audit again") from None
    return Entry(slug(report.folder), report, links, shown)


def comparisons_in(out: Path) -> list[Comparison]:
    """The comparisons in the output folder: that of all audits, then by theme. Raises WorkFailed where a record cannot be read."""
    return [
        _comparison(path)
        for path in sorted((out / THEMES).glob("*.json"), key=lambda path: (path.stem != ALL, path.stem))
    ]


def _comparison(path: Path) -> Comparison:
    try:
        record = json.loads(path.read_bytes())
        return Comparison(**record | {"audits": tuple(record["audits"]), "dates": tuple(record["dates"])})
    except (OSError, ValueError, TypeError, KeyError):
        raise WorkFailed(f"{shown_path(path)}: cannot be read; delete it and run the audits again") from None
