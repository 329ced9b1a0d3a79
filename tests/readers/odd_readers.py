"""Readers that misbehave in every way a library can, to be run in the child processes of a pool."""

from __future__ import annotations

import os
import pickle
import socket
import sys
import time
from collections.abc import Callable

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Paragraph, RawForm, Run


class _Harm:
    """Would run a command in whoever unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 1",)


def read(data: bytes, name: str) -> RawForm:
    """Do what the file says."""
    behaviour = data.decode()
    if behaviour == "hang":
        time.sleep(600)
    elif behaviour == "crash":
        os.abort()
    elif behaviour == "leave":
        os._exit(0)
    elif behaviour == "raise":
        raise ValueError("Jayden Whitlock, born 3 May 2009")
    elif behaviour == "end":
        sys.exit("Jayden Whitlock")
    elif behaviour == "refuse":
        raise UnreadableFile("unsafe", "two parts have the same name")
    elif behaviour == "swell":
        return RawForm(str(len(bytearray(1 << 31))))
    elif behaviour == "call home":
        return _said(_refusal_of(lambda: socket.create_connection(("127.0.0.1", 9), timeout=1)))
    elif behaviour == "look up":
        return _said(_refusal_of(lambda: socket.getaddrinfo("localhost", 9)))
    elif behaviour == "print":
        print("Jayden Whitlock", flush=True)
        os.write(1, pickle.dumps("Jayden Whitlock"))
    elif behaviour == "harm":
        return _Harm()  # type: ignore[return-value]
    return _said(f"{name} {behaviour}")


def _said(text: str) -> RawForm:
    return RawForm("docx", (Paragraph((Run(text),)),))


def _refusal_of(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except OSError as error:
        return str(error)
