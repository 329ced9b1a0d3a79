"""From notebooks to published pages, in one call."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from audit_lib.errors import WorkFailed
from audit_lib.reporting.allowed_html import check_page, shows_path
from audit_lib.reporting.publish import (
    Report,
    check_writable,
    executed_path,
    page_path,
    publish,
    record_of,
)


def make_reports(
    report: Report,
    notebooks: Sequence[Path],
    data: Path,
    out: Path,
    progress: Callable[[str], None],
) -> list[Path]:
    """Runs every notebook on one audit and publishes their pages; gives the pages' paths, in the same order.

    Each notebook is given the parameters ``audit``, ``data`` (the folder that holds ``processed/``) and ``profile``.
    Nothing is published unless all of them ran to their end and every page passed the last check, so a
    failure leaves the earlier report as it was. ``progress`` is told each step in a few words.
    :func:`audit_lib.reporting.publish.write_index` is to follow, once, when all audits are done.

    Raises UserFault (parameters, output folder) and WorkFailed (a notebook, a page, the disk).
    """
    from audit_lib.reporting.engine import notebook_bytes, run_notebook  # these bring papermill and nbconvert:
    from audit_lib.reporting.render import render_report  # two seconds that other commands need not wait for

    check_writable(out)
    private = [Path.home(), Path.cwd(), data, out]
    parameters = {"audit": report.audit, "data": str(data.resolve()), "profile": report.profile}
    pages: dict[str, bytes] = {}
    executed: dict[str, bytes] = {}
    for notebook in notebooks:
        progress(f"running {notebook.name}")
        place = out / executed_path(report, notebook.stem)
        recorded = {"data": _path_for_reader(data, place.parent)}
        ran = run_notebook(notebook, parameters, recorded=recorded)
        page = render_report(ran, title=report.title, date=report.long_date, marking=report.marking)
        check_page(page, f"{notebook.stem}.html", private)
        pages[page_path(report, notebook.stem)] = page.encode()
        executed[executed_path(report, notebook.stem)] = notebook_bytes(ran)
        if shows_path(notebook_bytes(ran).decode(), private):
            raise WorkFailed(f"{notebook.name}: not published, because it shows where a folder of this computer lies")
    record, content = record_of(report, [notebook.stem for notebook in notebooks])
    progress(f"writing {len(pages)} page{'s' if len(pages) != 1 else ''}")
    published = publish(out, {**executed, **pages, record: content}, report.folder.replace("/", "-"))
    return published[len(executed) : len(executed) + len(pages)]


def _path_for_reader(data: Path, folder: Path) -> str:
    """The data folder as seen from the folder of an executed notebook, so that an analyst can run it again there.

    Only its name, where the two have nothing but the disk in common: the way there would name folders of this machine.
    """
    target, start = data.resolve(), folder.resolve()
    if target.drive != start.drive or len(Path(os.path.commonpath([target, start])).parts) < 2:
        return target.name
    return Path(os.path.relpath(target, start)).as_posix()
