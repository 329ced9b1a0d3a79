"""From notebooks to published pages, in one call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from audit_lib.errors import WorkFailed
from audit_lib.reporting.allowed_html import check_page, shows_path
from audit_lib.reporting.elsewhere import Elsewhere, with_addresses
from audit_lib.reporting.publish import (
    Comparison,
    Report,
    check_writable,
    comparison_paths,
    executed_path,
    page_path,
    publish,
    published_page,
    record_of,
    record_of_comparison,
)

if TYPE_CHECKING:
    from audit_lib.reporting.engine import Plain


def make_reports(
    report: Report,
    notebooks: Sequence[Path],
    data: Path,
    out: Path,
    progress: Callable[[str], None],
    beside: Mapping[str, tuple[str, bytes]] | None = None,
    related: Sequence[tuple[str, str]] = (),
) -> list[Path]:
    """Runs every notebook on one audit and publishes their pages; gives the pages' paths, in the same order.

    Each notebook is given the parameters ``audit``, ``data`` (the folder that holds ``processed/``) and ``profile``. ``beside`` are
    files to lie beside the pages, which link to them: name -> what a reader calls it, content. ``related`` are other pages that they link
    to: (address as seen from the page, what it leads to).
    Nothing is published unless all of them ran to their end and every page passed the last check, so a
    failure leaves the earlier report as it was. ``progress`` is told each step in a few words.
    :func:`audit_lib.reporting.index.write_index` is to follow, once, when all audits are done.

    Raises UserFault (parameters, output folder) and WorkFailed (a notebook, a page, the disk).
    """
    check_writable(out)
    parameters = {"audit": report.audit, "profile": report.profile}
    downloads = [(name, label) for name, (label, _) in (beside or {}).items()]
    shown = {
        "title": report.title,
        "date": report.long_date,
        "marking": report.marking,
        "kind": report.kind,
        "downloads": downloads,
        "related": related,
    }
    pages: dict[str, bytes] = {}
    executed: dict[str, bytes] = {}
    for notebook in notebooks:
        progress(f"running {notebook.name}")
        page, place = page_path(report, notebook.stem), executed_path(report, notebook.stem)
        pages[page], executed[place] = _made(notebook, parameters, data, out, (page, place), shown)
    record, content = record_of(report, [notebook.stem for notebook in notebooks])
    progress(f"writing {len(pages)} page{'s' if len(pages) != 1 else ''}")
    data_files = {f"{report.folder}/{name}": content for name, (_, content) in (beside or {}).items()}
    published = publish(out, {**executed, **pages, **data_files, record: content}, report.folder.replace("/", "-"))
    return published[len(executed) : len(executed) + len(pages)]


def make_comparison(
    comparison: Comparison,
    notebook: Path,
    data: Path,
    out: Path,
    progress: Callable[[str], None],
    related: Sequence[tuple[str, str]] = (),
) -> Path:
    """Runs the notebook that compares several audits and publishes its page; gives the page's path.

    The notebook is given the parameters ``audits``, ``title``, ``data`` and ``profile``. Figures lead to what
    stands behind them in the reports of the audits, as far as those are there. All else as :func:`make_reports`.
    """
    check_writable(out)
    parameters: dict[str, Plain] = {
        "audits": list(comparison.audits),
        "title": comparison.title,
        "profile": comparison.profile,
    }
    shown = {
        "title": comparison.title,
        "date": comparison.period,
        "marking": comparison.marking,
        "kind": "Audits compared",
        "downloads": [],
        "related": related,
    }
    progress(f"running {notebook.name}")
    page, place, record = comparison_paths(comparison)
    reports = dict(_reports_of(comparison, out))
    made, executed = _made(notebook, parameters, data, out, (page, place), shown, reports)
    files = {place: executed, page: made, record: record_of_comparison(comparison)}
    return publish(out, files, comparison.name.replace("/", "-"))[1]


def _reports_of(comparison: Comparison, out: Path) -> Iterator[tuple[str, Elsewhere]]:
    """The reports on the audits of a comparison that are there, as seen from its page."""
    up = "../" * comparison.name.count("/")
    for audit in comparison.audits:
        if published := published_page(out, audit, comparison.profile):
            page = published[0]
            yield audit, Elsewhere(f"{up}{page}", out.joinpath(*unquote(page).split("/")))


def _made(
    notebook: Path,
    parameters: Mapping[str, Plain],
    data: Path,
    out: Path,
    places: tuple[str, str],
    shown: Mapping[str, object],
    reports: Mapping[str, Elsewhere] | None = None,
) -> tuple[bytes, bytes]:
    """The page and the executed notebook, which are to lie at ``places``, checked and not yet written. ``reports`` are those to which
    figures of the page lead, by audit.
    """
    from audit_lib.reporting.engine import notebook_bytes, run_notebook  # these bring papermill and nbconvert:
    from audit_lib.reporting.render import render_report  # two seconds that other commands need not wait for

    private = [Path.home(), Path.cwd(), data, out]
    recorded = {"data": _path_for_reader(data, (out / places[1]).parent)}
    ran = run_notebook(notebook, {**parameters, "data": str(data.resolve())}, recorded=recorded)
    page = with_addresses(
        render_report(ran, home="../" * places[0].count("/"), compares=reports is not None, **shown), reports or {}
    )
    check_page(page, f"{notebook.stem}.html", private)
    if shows_path(notebook_bytes(ran).decode(), private):
        raise WorkFailed(f"{notebook.name}: not published, because it shows where a folder of this computer lies")
    return page.encode(), notebook_bytes(ran)


def _path_for_reader(data: Path, folder: Path) -> str:
    """The data folder as seen from the folder of an executed notebook, so that an analyst can run it again there.

    Only its name, where the two have nothing but the disk in common: the way there would name folders of this machine.
    """
    target, start = data.resolve(), folder.resolve()
    if target.drive != start.drive or len(Path(os.path.commonpath([target, start])).parts) < 2:
        return target.name
    return Path(os.path.relpath(target, start)).as_posix()
