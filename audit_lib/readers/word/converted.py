"""The reader of old Word files (.doc), which LibreOffice converts first - on a machine that has it.

The file is hostile and LibreOffice is a large program: it runs with a profile of its own in which nothing of a document is
ever executed or fetched, in a folder of its own that is gone afterwards, without network as far as the machine allows, with
limits of memory and time.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import RawForm
from audit_lib.readers.package import Package
from audit_lib.readers.word.reader import read_word
from audit_lib.readers.word.word97 import import_filter

SECONDS = 25.0  # less than a child process has for one file, so that LibreOffice never outlives it
MEMORY_BYTES = 4 << 30
_CPU_SECONDS = 60
MAX_WRITTEN_BYTES = 500_000_000
_PREFIX, _STALE_SECONDS = "audit-lib-old-word-", 3_600
OVERRIDE = "AUDIT_LIBREOFFICE"
_USUAL_PLACES = {
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    ),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "linux": (
        "/usr/bin/soffice",
        "/usr/lib/libreoffice/program/soffice",
        "/opt/libreoffice/program/soffice",
        "/snap/bin/libreoffice",
    ),
}
_NO_NETWORK = ("unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child")
_CLOSED = "http://127.0.0.1:9"  # a port at which nobody answers
_PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
_SETTINGS: dict[str, dict[str, bool | int]] = {
    "Common/Security/Scripting": {
        "MacroSecurityLevel": 3,
        "DisableMacrosExecution": True,
        "DisableActiveContent": True,
        "BlockUntrustedRefererLinks": True,
        "CheckDocumentEvents": False,
    },
    "Common/Misc": {"CrashReport": False},
    "Writer/Content/Update": {"Link": 2, "Field": False, "Chart": False},  # 2: never
    "Recovery/AutoSave": {"Enabled": False},
    "Recovery/RecoveryInfo": {"Enabled": False},
}
_WORD = "docx:Office Open XML Text"
_NOT_LOADED = b"source file could not be loaded"  # the same in every language
_MAX_COMPLAINTS = 10_000
_FIRST_ENTRY = re.compile(rb'<w:result w:val="0"\s*/>')
_NORMAL = b'<w:style w:type="paragraph" w:styleId="Normal">'
_TODAY = re.compile(
    rb'(<w:instrText[^>]*>\s*(?:DATE|TIME)\b(?:(?!<w:fldChar ).)*<w:fldChar w:fldCharType="separate"\s*/?>)'
    rb"((?:(?!<w:fldChar ).)*)",
    re.DOTALL,
)
_TEXT = re.compile(rb"<w:t(?: [^>]*)?>[^<]*</w:t>")


def find_libreoffice() -> Path | None:
    """The LibreOffice of this machine; None when there is none.

    The environment variable ``AUDIT_LIBREOFFICE`` names it, or a file that is not there for none at all; otherwise it is
    looked for on the path and in the usual places.
    """
    if named := os.environ.get(OVERRIDE):
        return Path(named) if Path(named).is_file() else None
    found = [Path(path) for path in map(shutil.which, ("soffice", "libreoffice")) if path]
    found += map(Path, _USUAL_PLACES.get(sys.platform, ()))
    return next((path for path in found if path.is_absolute() and path.is_file()), None)


def read_converted(data: bytes, kind: str, *, seconds: float = SECONDS) -> RawForm:
    """One old Word file as a raw form, as the reader of Word documents gives it after conversion.

    ``seconds`` is the time allowed for the conversion.

    Raises :class:`UnreadableFile`: ``legacy_word`` on a machine without LibreOffice, ``encrypted``, ``damaged`` when it is no
    Word file inside or LibreOffice cannot open it, ``timeout``, ``reader_failed`` when LibreOffice fails, and whatever the
    reader of Word documents raises.
    """
    filter_name = import_filter(data)
    office = find_libreoffice()
    if office is None:
        raise UnreadableFile("legacy_word")
    docx = written_by_libreoffice(office, data, "return.doc", filter_name, _WORD, seconds)
    return replace(read_word(settled(docx), "docx"), kind=kind)


def settled(docx: bytes) -> bytes:
    """A converted file without what LibreOffice made up.

    It writes the first entry of a drop-down that nobody has opened as if it had been chosen; here that is taken back, so
    that the entry is read as one that may never have been chosen. It fills in the date of today where a field asks for it.
    And it does not say that "Normal" is the style of paragraphs that have none.
    """
    package = Package(docx)
    parts = {name: package.part(name) for name in package.names() if name.endswith((".xml", ".rels"))}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            part = _FIRST_ENTRY.sub(b"", part).replace(_NORMAL, _NORMAL[:-1] + b' w:default="1">')
            part = _TODAY.sub(lambda field: field[1] + _TEXT.sub(b"", field[2]), part)
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def written_by_libreoffice(
    office: Path, data: bytes, name: str, filter_name: str, into: str, seconds: float = SECONDS
) -> bytes:
    """A file as LibreOffice writes it: ``name`` with ``data`` in it, read by one filter and written by another (``ending:filter``).

    Raises :class:`UnreadableFile` when it can't be opened, takes longer than ``seconds`` or LibreOffice fails.
    """
    _sweep()
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as place:
        folder = Path(place)
        source, target = folder / name, folder / "out"
        source.write_bytes(data)
        _write_profile(folder / "profile")
        said = _run(_command(office, folder, source, target, filter_name, into), folder, seconds)
        made = (target / name).with_suffix(f".{into.partition(':')[0]}")
        if made.is_file() and 0 < made.stat().st_size <= MAX_WRITTEN_BYTES:
            return made.read_bytes()
        if _NOT_LOADED in said:
            raise UnreadableFile("damaged", "LibreOffice could not open it")
        raise UnreadableFile("reader_failed", "LibreOffice failed to convert it")


def _sweep() -> None:
    """Remove what an earlier run left behind that was stopped in the middle: no copy of a return may stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _command(office: Path, folder: Path, source: Path, target: Path, filter_name: str, into: str) -> list[str]:
    return [
        *(_NO_NETWORK if _can_do_without_network() else ()),
        str(office),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--invisible",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        f"--infilter={filter_name}",
        "--convert-to",
        into,
        "--outdir",
        str(target),
        str(source),
    ]


def _run(command: list[str], folder: Path, seconds: float) -> bytes:
    """Run LibreOffice; what it complained of. After the time it is ended, with all that it started."""
    complaints = folder / "complaints"
    with complaints.open("wb") as stream:
        try:
            process = subprocess.Popen(  # noqa: S603 - the command is our own
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stream,
                cwd=folder,
                env=_environment(folder),
                start_new_session=True,
                preexec_fn=_limits(seconds),  # safe: the process that reads has no threads
            )
        except OSError as error:
            raise UnreadableFile("reader_failed", "LibreOffice could not be started") from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise UnreadableFile("timeout", "LibreOffice took too long") from None
    finally:
        _end(process)
    with complaints.open("rb") as stream:
        return stream.read(_MAX_COMPLAINTS)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started that is still there."""
    if sys.platform == "win32":
        if process.poll() is None:
            taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
            subprocess.run([str(taskkill), "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _limits(seconds: float) -> Callable[[], None] | None:
    """What the new process does first: limits of its own, that of memory larger than where the file is read, if it may.

    A timer ends it should there be nobody any more to do so.
    """
    if sys.platform != "linux":
        return None
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    memory = MEMORY_BYTES if most == resource.RLIM_INFINITY else min(MEMORY_BYTES, most)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_WRITTEN_BYTES, MAX_WRITTEN_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.setitimer(signal.ITIMER_REAL, seconds + 5)

    return limit


def _environment(folder: Path) -> dict[str, str]:
    """What LibreOffice is told: a home of its own, and a way to the network that leads nowhere."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in ("no_proxy", "pythonpath")}
    places = dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(folder))
    closed = {name: _CLOSED for proxy in _PROXIES for name in (proxy, proxy.upper())}
    return kept | places | closed | {"SAL_USE_VCLPLUGIN": "svp"}


@cache
def _can_do_without_network() -> bool:
    """Whether this machine lets us run a program in a network of its own that leads nowhere. Tried, not assumed."""
    if sys.platform != "linux" or shutil.which(_NO_NETWORK[0]) is None:
        return False
    try:
        trial = subprocess.run([*_NO_NETWORK, "true"], capture_output=True, timeout=5, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return trial.returncode == 0


def _write_profile(folder: Path) -> None:
    """A profile in which nothing of a document is executed or fetched."""
    items = [
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{_xml(value)}</value>'
        "</prop></item>"
        for path, props in _SETTINGS.items()
        for name, value in props.items()
    ]
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{''.join(items)}</oor:items>\n"
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _xml(value: bool | int) -> str:
    return str(value).lower()
