"""A finished page as PDF, printed by a browser that is on the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from audit_lib.errors import WorkFailed

OVERRIDE = "AUDIT_BROWSER"
SECONDS = 120.0
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
_USUAL_PLACES = {
    "win32": (
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ),
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
}
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}[^)]*\)")
_CREATOR = re.compile(rb"(/Creator \()((?:[^()\\]|\\.)*)\)", re.DOTALL)
_NO_BROWSER = (
    "no browser was found that prints to PDF. Install Chromium, Chrome or Edge, or name the program with AUDIT_BROWSER; or open the "
    "report in the browser you have, and print it to a file"
)


def find_browser() -> Path | None:
    """The Chromium, Chrome or Edge of this machine; None when there is none.

    The environment variable ``AUDIT_BROWSER`` names it, or a file that is not there for none at all; otherwise it is looked for on the
    path and in the usual places.
    """
    if named := os.environ.get(OVERRIDE):
        return Path(named) if Path(named).is_file() else None
    found = [Path(path) for path in map(shutil.which, _NAMES) if path]
    found += map(Path, _USUAL_PLACES.get(sys.platform, ()))
    return next((path for path in found if path.is_absolute() and path.is_file()), None)


def check_browser() -> Path:
    """The browser to print with. Raises WorkFailed, with a remedy, when there is none."""
    browser = find_browser()
    if browser is None:
        raise WorkFailed(_NO_BROWSER)
    return browser


def to_pdf(page: str, *, seconds: float = SECONDS) -> bytes:
    """The page as a tagged PDF with an outline, as its own style sets it for print and with all that is folded; the same bytes for the same
    page and browser.

    Raises WorkFailed when there is no browser, or it fails or takes more than ``seconds``.
    """
    browser = check_browser()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        unfolded = page.replace("<details class", "<details open class")  # nobody can open a fold on paper
        source.write_text(unfolded, encoding="utf-8")
        command = [
            str(browser),
            "--headless=new",
            "--disable-gpu",
            "--disable-extensions",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND",  # nothing is fetched
            f"--user-data-dir={Path(folder) / 'profile'}",
            "--no-pdf-header-footer",
            "--export-tagged-pdf",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:  # the browser refuses its own fence to the superuser
            command.insert(1, "--no-sandbox")
        try:
            subprocess.run(command, timeout=seconds, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise WorkFailed(f"{browser.name} did not finish the PDF in {seconds:.0f} seconds; try again") from None
        except OSError as error:
            raise WorkFailed(f"{browser.name} could not be started: {error.strerror}") from None
        if not target.is_file():
            raise WorkFailed(f"{browser.name} made no PDF; print the report to a file in a browser instead")
        return _without_origin(target.read_bytes())


def _without_origin(data: bytes) -> bytes:
    """The same file, as long as before, without the time at which it was made and the machine on which it was."""

    def fixed(date: re.Match[bytes]) -> bytes:
        room = len(date[0]) - len(date[1]) - 1
        return date[1] + b"20000101000000+00'00'".ljust(room)[:room] + b")"

    return _CREATOR.sub(lambda found: found[1] + b" " * len(found[2]) + b")", _DATE.sub(fixed, data))
