"""Reading hostile files safely: each in a child process with limits, so that no file can stop or harm the run.

A child reads many files; it is replaced after any fault (a crash, too much time, too much memory). Children are started
as plain commands rather than forked, which works alike on Linux, macOS and Windows and in notebooks, and starts fast
because a child imports the readers and nothing else.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, cast

from audit_lib import rawform
from audit_lib.rawform import RawForm
from audit_lib.readers.child import LENGTH

SECONDS = 30.0
MEMORY_BYTES = 1 << 30
_FAULTS = {"timeout", "reader_failed", "too_large"}  # after these a new child takes over
_MAY_COME = {"RawForm", "Table", "Cell", "Paragraph", "Run", "Mark", "ReaderNote"}


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What came of one file: a raw form, or the reason for which there is none.

    ``sha256`` is empty when the file could not be opened or its reader did not live to tell. ``kind`` is one of
    :data:`audit_lib.schema.KINDS`, ``reason_code`` one of :data:`audit_lib.schema.REASON_CODES` (empty with a form).
    ``detail`` adds to the reason and holds nothing that stood in the file.
    """

    name: str
    sha256: str
    kind: str
    form: RawForm | None
    reason_code: str = ""
    detail: str = ""


class ReaderPool:
    """Up to ``jobs`` child processes that read files. A context manager: leaving it ends every child.

    ``seconds`` is the time allowed for one file, ``memory_bytes`` the address space of a child (on Linux), ``reader``
    the function that reads, as ``module:function``.
    """

    def __init__(
        self,
        jobs: int = 1,
        *,
        seconds: float = SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        reader: str = "audit_lib.readers.kinds:read_file",
    ) -> None:
        self._seconds = seconds
        self._command = [sys.executable, "-P", "-m", "audit_lib.readers.child", reader, str(memory_bytes)]
        self._threads = ThreadPoolExecutor(max(1, jobs), thread_name_prefix="reader")
        self._idle: queue.SimpleQueue[_Child | None] = queue.SimpleQueue()
        self._started: list[_Child] = []
        for _ in range(max(1, jobs)):
            self._idle.put(None)  # a place for a child, which starts when the first file comes

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in list(self._started):
            child.kill()
        self._threads.shutdown()
        for child in list(self._started):
            child.end()

    def read(self, files: Iterable[tuple[str, Path]]) -> Iterator[ReadResult]:
        """The result for each (name, path), in the order given, as they come."""
        return self._threads.map(self._read_one, files)

    def _read_one(self, file: tuple[str, Path]) -> ReadResult:
        child = self._idle.get()
        try:
            if child is None:
                child = _Child(self._command)
                self._started.append(child)
            return child.read(*file, self._seconds)
        finally:
            if child is not None and child.ended:
                self._started.remove(child)
                child = None
            self._idle.put(child)


class _Child:
    """One child process, used by one thread at a time. ``ended`` when it can read no more files."""

    def __init__(self, command: list[str]) -> None:
        path = os.pathsep.join(entry or os.curdir for entry in sys.path)
        self._process = subprocess.Popen(  # noqa: S603 - the command is our own
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._requests, self._answers = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        self.ended = False

    def kill(self) -> None:
        """Stop the process, whatever it is doing; who waits for its answer learns that there is none."""
        self._process.kill()

    def end(self) -> None:
        """Stop the process and let go of its pipes."""
        self.ended = True
        self._process.kill()
        self._answers.close()
        with contextlib.suppress(OSError):  # a request that was never taken
            self._requests.close()
        self._process.wait()

    def read(self, name: str, path: Path, seconds: float) -> ReadResult:
        """Read one file, within its time. The child has ended after any fault."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.kill()

        watch = threading.Timer(seconds, stop)
        watch.start()
        sha256, kind, form, reason_code, detail = "", "other", None, "reader_failed", ""
        try:
            self._requests.write(json.dumps([str(path), name]).encode() + b"\n")
            self._requests.flush()
            sha256, kind = self._texts(self._answer(), 2)
            form, *reason = self._answer()
            reason_code, detail = self._texts(reason, 2)
            if not isinstance(form, RawForm | None):
                raise TypeError
        except (
            Exception
        ):  # the child is gone, or says what no child of ours says: whatever it is, the file is the cause
            form, detail = None, ""
            reason_code = "timeout" if late.is_set() else "reader_failed"
        finally:
            watch.cancel()
            watch.join()
            if late.is_set() or reason_code in _FAULTS:
                self.end()
        return ReadResult(name, sha256, kind, form, reason_code, detail)

    @staticmethod
    def _texts(answer: Any, count: int) -> list[str]:
        if len(answer) != count or not all(isinstance(text, str) for text in answer):
            raise TypeError
        return list(answer)

    def _answer(self) -> Any:
        length = LENGTH.unpack(self._exactly(LENGTH.size))[0]
        if length > MEMORY_BYTES:
            raise EOFError
        return _Forms(io.BytesIO(self._exactly(length))).load()

    def _exactly(self, length: int) -> bytes:
        data = self._answers.read(length)
        if len(data) < length:
            raise EOFError
        return data


class _Forms(pickle.Unpickler):
    """Unpickles raw forms and nothing else, so that a child taken over by a file cannot take over the parent."""

    def find_class(self, module: str, name: str) -> Any:
        """The classes of :mod:`audit_lib.rawform`. Raises UnpicklingError for anything else."""
        if module == rawform.__name__ and name in _MAY_COME:
            return getattr(rawform, name)
        raise pickle.UnpicklingError("not part of a raw form")
