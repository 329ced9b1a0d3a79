"""Readers that misbehave in every way a library can, to be run in the child processes of a pool."""

from __future__ import annotations

import contextlib
import os
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import NoReturn

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Paragraph, RawForm, Run

_HEARTBEAT = "import sys, time\nwhile True:\n    print('.', end='', file=open(sys.argv[1], 'a'), flush=True)\n    time.sleep(0.02)"


def read(data: bytes, name: str, kind: str) -> RawForm:
    """Do what the file says: a word of the table below and, for some, what follows it."""
    behaviour, _, rest = data.decode().partition(": ")
    said = _BEHAVIOURS[behaviour](rest) if behaviour in _BEHAVIOURS else None
    return said if isinstance(said, RawForm) else _said(said or f"{name} {behaviour}")


def _said(text: str) -> RawForm:
    return RawForm("docx", (Paragraph((Run(text),)),))


def _raise(error: BaseException) -> NoReturn:
    raise error


def _print(_: str) -> None:
    print("Jayden Whitlock", flush=True)
    os.write(1, pickle.dumps("Jayden Whitlock"))


def _say(raw: str) -> None:
    """Write these bytes among the answers, and leave."""
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            os.write(descriptor, bytes.fromhex(raw))
    os._exit(0)


def _flood(_: str) -> None:
    """Write among the answers without end."""
    while True:
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, b"Jayden Whitlock " * 4096)


def _start(path: str) -> None:
    """Start a program that outlives this one if it can, and hang."""
    subprocess.Popen([sys.executable, "-c", _HEARTBEAT, path])
    time.sleep(600)


def _limits(_: str) -> str:
    import resource

    return str(resource.getrlimit(resource.RLIMIT_AS))


def _later(seconds: str) -> None:
    threading.Timer(float(seconds), os._exit, [0]).start()


def _refusal_of(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except OSError as error:
        return str(error)


_BEHAVIOURS: dict[str, Callable[[str], RawForm | str | None]] = {
    "hang": lambda _: time.sleep(600),
    "take": lambda seconds: time.sleep(float(seconds)),
    "crash": lambda _: os.abort(),
    "leave": lambda _: os._exit(0),
    "leave after": _later,
    "raise": lambda _: _raise(ValueError("Jayden Whitlock, born 3 May 2009")),
    "end": lambda _: sys.exit("Jayden Whitlock"),
    "refuse": lambda _: _raise(UnreadableFile("unsafe", "two parts have the same name")),
    "swell": lambda _: str(len(bytearray(1 << 31))),
    "call home": lambda _: _refusal_of(lambda: socket.create_connection(("127.0.0.1", 9), timeout=1)),
    "look up": lambda _: _refusal_of(lambda: socket.getaddrinfo("localhost", 9)),
    "print": _print,
    "odd form": lambda _: RawForm("docx", (Paragraph((Run(7),)),)),  # type: ignore[arg-type]
    "no form": lambda _: RawForm("docx", ("text",)),  # type: ignore[arg-type]
    "say": _say,
    "flood": _flood,
    "start": _start,
    "limits": _limits,
    "who": lambda _: str(os.getpid()),
    "listen": lambda _: f"heard {os.read(0, 9)!r}",
    "much": lambda size: _said("x" * int(size)),
}
