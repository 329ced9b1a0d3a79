"""One child process of the pool, seen from the parent: asking, hearing, and ending it with all that it started."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO, cast

from audit_lib.readers.child import MESSAGE

_OWN_GROUP: dict[str, Any] = {"start_new_session": True}
if sys.platform == "win32":
    _OWN_GROUP = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}


class ChildProcess:
    """A child process in a group of its own, used by one thread at a time, while another looks after it (:meth:`check`).

    ``stopped`` is the reason code for which it was stopped, empty while it was not.
    """

    def __init__(self, command: list[str], memory_bytes: int) -> None:
        path = os.pathsep.join(entry or os.curdir for entry in sys.path)
        self._process = subprocess.Popen(  # noqa: S603 - the command is our own
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            **_OWN_GROUP,
        )
        self._requests, self._answers = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        self._memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._latest: float | None = None  # the moment until which it may go on; none while it has nothing to do
        self._ended = False
        self.stopped = ""

    def ask(self, name: str, path: Path) -> None:
        """Have it read a file. Raises OSError when it is gone."""
        self._requests.write(json.dumps([str(path), name]).encode() + b"\n")
        self._requests.flush()

    def hear(self, most: int) -> tuple[bytes, bytes]:
        """The next message, as its letter and what it says. Raises EOFError when there is none, or one larger than ``most``."""
        kind, length = MESSAGE.unpack(self._exactly(MESSAGE.size))
        if length > most:
            raise EOFError
        return kind, self._exactly(length)

    def _exactly(self, length: int) -> bytes:
        data = self._answers.read(length)
        if len(data) < length:
            raise EOFError
        return data

    def allow(self, until: float | None) -> None:
        """Let it go on until this moment of the monotonic clock; None when it has nothing to do."""
        with self._lock:
            self._latest = until

    def check(self) -> None:
        """Stop it when its time is over or, on Windows, when it takes too much memory."""
        with self._lock:
            if self.stopped or self._latest is None or self._ended:
                return
            if time.monotonic() > self._latest:
                self.stopped = "timeout"
            elif sys.platform == "win32" and _working_set(self._process) > self._memory_bytes:
                self.stopped = "too_large"
            if self.stopped:
                _kill(self._process)

    def kill(self) -> None:
        """Stop it, whatever it is doing; who waits for its answer learns that there is none."""
        with self._lock:
            if not self._ended:
                _kill(self._process)

    def end(self) -> None:
        """Stop it, with whatever it started, and let go of its pipes."""
        with self._lock:
            if self._ended:
                return
            self._ended = True  # from here on another process may have its number
            _kill(self._process)
            self._process.wait()
        self._answers.close()
        with contextlib.suppress(OSError):  # a request that was never taken
            self._requests.close()


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _MemoryCounters(ctypes.Structure):
        """``PROCESS_MEMORY_COUNTERS`` of Windows."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("page_fault_count", wintypes.DWORD),
            ("peak_working_set_size", ctypes.c_size_t),
            ("working_set_size", ctypes.c_size_t),
            ("others", ctypes.c_size_t * 6),
        )

    def _working_set(process: subprocess.Popen[bytes]) -> int:
        """The memory that a process takes now: Windows limits none by itself. 0 when it does not say."""
        counters = _MemoryCounters(cb=ctypes.sizeof(_MemoryCounters))
        handle = wintypes.HANDLE(int(process._handle))  # type: ignore[attr-defined]
        told = ctypes.windll.kernel32.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
        return int(counters.working_set_size) if told else 0

    def _kill(process: subprocess.Popen[bytes]) -> None:
        """End a process and all that it started. The process must not have been waited for."""
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        with contextlib.suppress(OSError):  # where there is no such command, at least the process itself ends
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - the command is our own
        process.kill()

else:

    def _kill(process: subprocess.Popen[bytes]) -> None:
        """End a process and all that it started. The process must not have been waited for."""
        with contextlib.suppress(
            ProcessLookupError, PermissionError
        ):  # nothing is left of the group (macOS: but the dead)
            os.killpg(process.pid, signal.SIGKILL)
