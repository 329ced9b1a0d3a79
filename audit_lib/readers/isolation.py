"""Reading hostile files safely: each in a child process with limits, so that no file can stop or harm the run.

A child reads many files; it is replaced after any fault (a crash, too much time, too much memory). Children are started
as plain commands rather than forked, which works alike on Linux, macOS and Windows and in notebooks, and starts fast
because a child imports the readers that it needs and nothing else. What a child says is JSON, and taken for nothing else.
"""

from __future__ import annotations

import contextlib
import json
import queue
import re
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from types import TracebackType

from audit_lib.rawform import RawForm
from audit_lib.readers.child import END, FILE, FORM, MAX_ANSWER_BYTES, REASON
from audit_lib.readers.child_process import ChildProcess
from audit_lib.readers.containers.inside import MAX_MEMBERS
from audit_lib.readers.kinds import CONTAINERS
from audit_lib.readers.packing import MAX_BYTES, unpacked
from audit_lib.schema import KINDS, REASON_CODES

SECONDS = 30.0
MEMORY_BYTES = 1 << 30
CONTAINER_TIMES = 10  # a container may take so many times the time of one file, whatever is inside
FILES_A_CHILD = 500  # then a new one takes over, so that what a library never gives back stays within bounds
_TICK = 0.2  # seconds between two looks at the children
_FAULTS = {"timeout", "reader_failed", "too_large"}  # after these a new child takes over
_NOT_ALL_READ = "not all that is inside was read"
_SHA256 = re.compile(r"(?:[0-9a-f]{64})?")
_MOMENT = re.compile(r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What came of one file: a raw form, or the reason for which there is none.

    ``name`` is the name asked for; for a file inside a container it goes on with ``!`` and the name there. ``sha256`` is
    that of the file itself, empty when it could not be opened or its reader did not live to tell. ``kind`` is one of
    :data:`audit_lib.schema.KINDS`, ``reason_code`` one of :data:`audit_lib.schema.REASON_CODES` (empty with a form).
    ``detail`` adds to the reason and holds nothing that stood in the file. ``received`` is the moment when the e-mail that it
    came with was received, in universal time (``2018-05-22T09:30:00Z``); empty when it came with none. ``beside_words`` says that
    such an e-mail has words of its own.
    """

    name: str
    sha256: str
    kind: str
    form: RawForm | None
    reason_code: str = ""
    detail: str = ""
    received: str = ""
    beside_words: bool = False


@dataclass
class _Task:
    """One file to be read."""

    name: str
    path: Path
    results: Future[list[ReadResult]] = field(default_factory=Future)


class ReaderPool:
    """Up to ``jobs`` child processes that read files. A context manager: leaving it ends every child.

    ``seconds`` is the time allowed for one file, in a container for each file inside; ``memory_bytes`` the memory of a child
    (address space on Linux, working set on Windows, no limit on macOS); ``reader`` the function that reads, as
    ``module:function``, called with the bytes, the name and the kind of a file.
    """

    def __init__(
        self,
        jobs: int = 1,
        *,
        seconds: float = SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        reader: str = "audit_lib.readers.kinds:read_as",
    ) -> None:
        self._seconds, self._memory_bytes = seconds, memory_bytes
        self._command = [
            *(sys.executable, "-P", "-m", "audit_lib.readers.child"),
            *(reader, str(memory_bytes), str(seconds)),
        ]
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._children: list[ChildProcess] = []
        self._closed = threading.Event()
        self._threads = [threading.Thread(target=self._work, name="reader", daemon=True) for _ in range(max(1, jobs))]
        self._threads.append(threading.Thread(target=self._watch, name="reader watch", daemon=True))
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        with contextlib.suppress(queue.Empty):
            while (task := self._tasks.get_nowait()) is not None:
                task.results.cancel()
        for _ in self._threads:
            self._tasks.put(None)
        for child in list(self._children):
            child.kill()
        for thread in self._threads:
            thread.join()

    def read(self, files: Iterable[tuple[str, Path]]) -> Iterator[ReadResult]:
        """The results for each (name, path), in the order given, as they come; what is inside a container in its order.

        A container that could be opened has no result of its own, unless not all that is inside could be read.
        """
        return chain.from_iterable(self.read_each(files))

    def read_each(self, files: Iterable[tuple[str, Path]]) -> Iterator[list[ReadResult]]:
        """The same, as one list for each (name, path): one result or, for a container, one or more."""
        if self._closed.is_set():
            raise RuntimeError("the pool is closed")
        tasks = deque(_Task(name, path) for name, path in files)
        for task in tasks:
            self._tasks.put(task)
        return (tasks.popleft().results.result() for _ in range(len(tasks)))

    def _watch(self) -> None:
        """Stop any child that takes too long."""
        while not self._closed.wait(_TICK):
            for child in list(self._children):
                child.check()

    def _work(self) -> None:
        """Have a child read task after task, and a new one after any fault."""
        child: ChildProcess | None = None
        answered = 0  # by this child
        asked = False  # whether it has been asked for the task already
        task = self._tasks.get()
        while task is not None and not self._closed.is_set():
            following: _Task | None = None
            try:
                if child is None:
                    child, answered, asked = self._new_child(), 0, False
                answer = self._answer(child, task, asked)
                if answer.unheard and answered and not child.stopped:
                    self._end(child)  # it may have been harmed by the file before: a new one tells
                    child = None
                    continue
                answered += answer.files
                spent = bool(answer.fault or child.stopped) or answered >= FILES_A_CHILD
                following = None if spent else self._ask_ahead(child)
                asked = following is not None
                results = answer.results()
                if spent or answer.fault or any(one.reason_code in _FAULTS for one in results):
                    self._end(child)
                    child = None
                task.results.set_result(results)
            except Exception as error:  # no child can be started: who waits for the results has to know
                task.results.set_exception(error)
            task = following or self._tasks.get()
        if task is not None:
            task.results.cancel()
        if child is not None:
            self._end(child)

    def _new_child(self) -> ChildProcess:
        child = ChildProcess(self._command, self._memory_bytes)
        self._children.append(child)
        if self._closed.is_set():  # it came too late to be stopped with the others
            child.kill()
        return child

    def _end(self, child: ChildProcess) -> None:
        self._children.remove(child)
        child.end()

    def _ask_ahead(self, child: ChildProcess) -> _Task | None:
        """Give a child its next task before looking into its last answer, so that both work at once."""
        with contextlib.suppress(queue.Empty):
            task = self._tasks.get_nowait()
            if task is None:
                self._tasks.put(None)  # the mark that there is nothing more is for the loop, which looks for it
                return None
            with contextlib.suppress(OSError):  # it is gone, and the task will be unheard
                child.ask(task.name, task.path)
            return task
        return None

    def _answer(self, child: ChildProcess, task: _Task, asked: bool) -> _Answer:
        """What a child says about a file, within its time."""
        answer = _Answer(task.name)
        start = time.monotonic()
        child.allow(start + self._seconds)
        try:
            if not asked:
                child.ask(task.name, task.path)
            while answer.goes_on(*child.hear(answer.most)):
                child.allow(min(time.monotonic() + self._seconds, start + CONTAINER_TIMES * self._seconds))
        except Exception:  # it is gone, or says what no child of ours says: whatever it is, the file is the cause
            answer.fault = child.stopped or "reader_failed"
        finally:
            child.allow(None)
        return answer


class _Answer:
    """What a child says about one file, message by message, believed only as far as it is well formed.

    ``fault`` is the reason code for which it ended early, ``files`` the number of files that it has named.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._outermost: ReadResult | None = None
        self._file: ReadResult | None = None  # named, with its outcome still to come
        self._outcome: tuple[bytes, bytes] | None = None
        self._results: dict[str, ReadResult] = {}
        self._left = MAX_ANSWER_BYTES + MAX_BYTES  # what a child of ours says stays well below
        self.files = 0
        self.fault = ""

    @property
    def most(self) -> int:
        """How long the next message may be."""
        return min(self._left, MAX_BYTES)

    @property
    def unheard(self) -> bool:
        """Whether it ended before a word was said."""
        return bool(self.fault) and self._outermost is None

    def goes_on(self, kind: bytes, said: bytes) -> bool:
        """Take a message; false after the last. Raises ValueError or TypeError for what no child of ours says.

        An outcome is looked into when the next message comes, the last one not before :meth:`results`.
        """
        self._left -= len(said)
        if (
            kind == FILE and self.files <= MAX_MEMBERS + 1
        ):  # the container before and, for a fault of its own, after them
            self._settle()
            self._file = self._named(*_texts(said, 5))
            self._outermost = self._outermost or self._file
            self.files += 1
        elif kind in (FORM, REASON) and self._file is not None and self._outcome is None:
            self._outcome = (kind, said)
        elif kind != END or said:
            raise ValueError
        return kind != END

    def results(self) -> list[ReadResult]:
        """The result for each file that was named; after a fault the one that was being read, and its container, have it."""
        try:
            self._settle()
            if not self._results or self._file is not None:
                raise ValueError
        except Exception:  # it says what no child of ours says
            self.fault = self.fault or "reader_failed"
        if self.fault:
            self._add_fault(self._outermost or ReadResult(self._name, "", "other", None))
        return list(self._results.values())

    def _add_fault(self, outermost: ReadResult) -> None:
        if outermost.kind not in CONTAINERS:
            self._results.clear()
        inside = self._file if self._file is not None and self._file.name != outermost.name else None
        if inside is not None:
            self._results.setdefault(inside.name, replace(inside, reason_code=self.fault))
        detail = _NOT_ALL_READ if self._results else ""
        self._results.setdefault(outermost.name, replace(outermost, reason_code=self.fault, detail=detail))

    def _named(self, name: str, sha256: str, kind: str, received: str, beside: str) -> ReadResult:
        if self._outermost is None:
            right = name == self._name
        else:
            right = self._outermost.kind in CONTAINERS and (name == self._name or name.startswith(f"{self._name}!"))
        if not (right and kind in KINDS and _SHA256.fullmatch(sha256) and _MOMENT.fullmatch(received)):
            raise ValueError
        if beside not in ("", "words"):
            raise ValueError
        return ReadResult(name, sha256, kind, None, received=received, beside_words=bool(beside))

    def _settle(self) -> None:
        """Look into the outcome that came last. Only the outermost container, being named first, may have none."""
        file, outcome = self._file, self._outcome
        if file is None or (outcome is None and self.files == 1 and file.kind in CONTAINERS and not self.fault):
            return
        if outcome is None or file.name in self._results:
            raise ValueError
        self._outcome = None
        if outcome[0] == FORM:
            done = replace(file, form=unpacked(outcome[1]))
        else:
            reason_code, detail = _texts(outcome[1], 2)
            if not reason_code or reason_code not in REASON_CODES:
                raise ValueError
            done = replace(file, reason_code=reason_code, detail=detail)
        self._results[file.name] = done
        self._file = None


def _texts(said: bytes, count: int) -> list[str]:
    texts = json.loads(said)
    if type(texts) is not list or len(texts) != count or not all(type(text) is str for text in texts):
        raise TypeError
    return texts
