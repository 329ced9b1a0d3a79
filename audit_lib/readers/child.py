"""The child process in which files are read. Started by :mod:`audit_lib.readers.isolation`, never by a person.

It imports what it needs and nothing else, takes one file a line from its standard input, and answers on its standard
output in messages of one letter, a length and JSON: for each file what it is (``FILE``: name, SHA-256, kind, when it was
received, "words" where the message that it came with has some of its own), then what came of reading it (``FORM``: a packed raw
form; ``REASON``: reason code, detail); ``END`` after the last.
A container that could be opened is named first and has no outcome of its own: those of its members follow. No text of an
exception leaves the child: such a text may hold words of the form.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import json
import os
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import RawForm
from audit_lib.readers.kinds import CONTAINERS, kind_of
from audit_lib.readers.packing import MAX_BYTES, packed

MAX_FILE_BYTES = 100_000_000
MAX_ANSWER_BYTES = 2 * MAX_BYTES  # for all that is inside one received file
MESSAGE = struct.Struct("<cQ")
FILE, FORM, REASON, END = b"f", b"r", b"n", b"e"
_GARBAGE = 50_000  # new objects before Python looks for garbage: an ordinary form makes fewer, and is gone by then
Reader = Callable[[bytes, str, str], RawForm]


def main(reader: str, memory_bytes: str, seconds: str) -> None:
    """Answer requests until the standard input ends.

    ``reader`` is ``module:function``, called with the bytes, the name and the kind of each file that is no container.
    ``seconds`` is the time that the parent allows for each.
    """
    requests, answers = _own_pipes()
    module, _, function = reader.partition(":")
    read: Reader = getattr(importlib.import_module(module), function)
    _close_the_doors(int(memory_bytes))
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    for line in requests:
        path, name = json.loads(line)
        _Answer(answers, read, float(seconds)).give(Path(path), name)


class _Answer:
    """The answer to one request."""

    def __init__(self, answers: BinaryIO, read: Reader, seconds: float) -> None:
        self._answers, self._read, self._seconds = answers, read, seconds
        self._left = MAX_ANSWER_BYTES

    def give(self, path: Path, name: str) -> None:
        """Read a file and all that is in it, and say what came of it."""
        try:
            data = _bytes_of(path)
        except OSError:
            self._file(name, "", "other")
            self._reason("not_opened")
        except UnreadableFile as error:
            self._file(name, _hash_of(path), "other")
            self._reason(error.reason_code, error.detail)
        else:
            kind = kind_of(data, name)
            self._file(name, hashlib.sha256(data).hexdigest(), kind)
            if kind in CONTAINERS:
                self._members(data, kind, name)
            else:
                self._outcome(data, name, kind)
        self._send(END, b"")
        self._answers.flush()
        _limit_own_life(0)

    def _members(self, data: bytes, kind: str, name: str) -> None:
        """Each file inside a container; a fault of the container itself comes last."""
        from audit_lib.readers.containers.opening import innermost, own_name  # what opens e-mail takes long to import

        try:
            for member in innermost(data, kind, name):
                own, lost = own_name(member.name), member.reason_code and not member.data
                inner = "other" if lost else kind_of(member.data, own)
                sha256 = "" if lost else hashlib.sha256(member.data).hexdigest()
                self._file(member.name, sha256, inner, member.received, "words" if member.beside_words else "")
                if member.reason_code:
                    self._reason(member.reason_code, member.detail)
                else:
                    self._outcome(member.data, own, inner)
                self._answers.flush()
            return
        except UnreadableFile as error:
            reason, detail = error.reason_code, error.detail
        except MemoryError:
            reason, detail = "too_large", ""
        except BaseException:  # whatever a library raises, a panic included, is the end of this file and no more
            reason, detail = "reader_failed", ""
        self._file(name, hashlib.sha256(data).hexdigest(), kind)
        self._reason(reason, detail)

    def _outcome(self, data: bytes, name: str, kind: str) -> None:
        try:
            form = packed(self._read(data, name, kind))
        except UnreadableFile as error:
            self._reason(error.reason_code, error.detail)
        except MemoryError:
            self._reason("too_large")
        except BaseException:  # the same
            self._reason("reader_failed")
        else:
            self._left -= len(form)
            if len(form) > MAX_BYTES or self._left < 0:
                self._reason("too_large")
            else:
                self._send(FORM, form)

    def _file(self, name: str, sha256: str, kind: str, received: str = "", beside: str = "") -> None:
        """What comes next: sent at once, so that the parent knows of it if reading it is the end of this process."""
        _limit_own_life(2 * self._seconds + 10)
        self._send(FILE, json.dumps([name, sha256, kind, received, beside]).encode())
        self._answers.flush()

    def _reason(self, reason_code: str, detail: str = "") -> None:
        self._send(REASON, json.dumps([reason_code, detail]).encode())

    def _send(self, kind: bytes, data: bytes) -> None:
        self._answers.write(MESSAGE.pack(kind, len(data)) + data)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes from and to the parent, out of the way of what a library prints and of the programs that a reader starts."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return requests, answers


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():  # a pipe or a device would be waited for
        raise FileNotFoundError
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableFile("too_large")
    return path.read_bytes()


def _hash_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _limit_own_life(seconds: float) -> None:
    """End this process after so long, should there be no parent any more to do it (not on Windows); 0 takes it back."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _close_the_doors(memory_bytes: int) -> None:
    """No network; on Linux no more memory than this.

    Windows has no such limit, so that the parent watches the memory there; on macOS the time limit has to do. The limit is
    the soft one: the converter of old Word files needs more, and has a limit of its own.
    """
    sys.addaudithook(_no_network)
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        soft = memory_bytes if most == resource.RLIM_INFINITY else min(memory_bytes, most)
        resource.setrlimit(resource.RLIMIT_AS, (soft, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must not leave the form on disk


def _no_network(event: str, _: object) -> None:
    if event.startswith("socket."):
        raise OSError("the readers have no network")


if __name__ == "__main__":
    main(*sys.argv[1:4])
