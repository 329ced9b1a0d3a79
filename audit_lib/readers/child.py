"""The child process in which files are read. Started by :mod:`audit_lib.readers.isolation`, never by a person.

It imports the readers and nothing else, reads one path a line from its standard input, and answers each on its standard
output with two pickled messages: what the file is (SHA-256, kind), then what came of reading it (raw form, reason code,
detail). No text of an exception leaves it: such a text may hold words of the form.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import pickle
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NoReturn

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import RawForm
from audit_lib.readers.kinds import kind_of

MAX_FILE_BYTES = 100_000_000
LENGTH = struct.Struct("<Q")
Reader = Callable[[bytes, str], RawForm]
Outcome = tuple[RawForm | None, str, str]


def main(reader: str, memory_bytes: str) -> None:
    """Answer requests until the standard input ends. ``reader`` is ``module:function``."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())  # what a library prints must not stand among the answers
        module, _, function = reader.partition(":")
        read: Reader = getattr(importlib.import_module(module), function)
        _close_the_doors(int(memory_bytes))
        for line in sys.stdin.buffer:
            path, name = json.loads(line)
            _answer(answers, Path(path), name, read)


def _answer(answers: BinaryIO, path: Path, name: str, read: Reader) -> None:
    try:
        data = _bytes_of(path)
    except OSError:
        _send(answers, ("", "other"))
        _send(answers, (None, "not_opened", ""))
        return
    except UnreadableFile as error:
        _send(answers, (_hash_of(path), "other"))
        _send(answers, (None, error.reason_code, error.detail))
        return
    _send(answers, (hashlib.sha256(data).hexdigest(), kind_of(data, name)))
    _send(answers, _outcome(data, name, read))


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():  # a pipe or a device would be waited for
        raise FileNotFoundError
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableFile("too_large")
    return path.read_bytes()


def _hash_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _outcome(data: bytes, name: str, read: Reader) -> Outcome:
    try:
        return read(data, name), "", ""
    except UnreadableFile as error:
        return None, error.reason_code, error.detail
    except MemoryError:
        return None, "too_large", ""
    except BaseException:  # whatever a library raises, a panic included, is the end of this file and no more
        return None, "reader_failed", ""


def _send(answers: BinaryIO, message: object) -> None:
    data = pickle.dumps(message)
    answers.write(LENGTH.pack(len(data)) + data)
    answers.flush()


def _close_the_doors(memory_bytes: int) -> None:
    """No network; on Linux no more memory than this (Windows has no such limit: there the time limit has to do)."""
    socket.socket = _NoSocket  # type: ignore[assignment, misc]
    socket.getaddrinfo = _NoSocket
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must not leave the form on disk


class _NoSocket:
    def __init__(self, *_: object, **__: object) -> NoReturn:
        raise OSError("the readers have no network")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
