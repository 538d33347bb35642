"""Observes an answer in a process of its own: nothing it does can hang, end or write into this one."""

from __future__ import annotations

import atexit
import base64
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from autograder.exercise import Evidence
from autograder.observers import TIME_LIMIT
from autograder.observers.limits import PATIENCE

START = 30.0
"""Seconds a worker may need to start and to import what the answer needs, on top of the limit."""

_worker: _Worker | None = None
_lock = threading.Lock()


def observe_isolated(request: dict[str, Any], answer: Any, *, seconds: float = TIME_LIMIT) -> Evidence:
    """Evidence about ``answer``, observed in another process within ``seconds``; never raises, never hangs.

    The answer travels by cloudpickle: functions of a notebook by value, with all that they use, those of an
    installed module by name. Where it cannot travel, the evidence says so.
    """
    global _worker
    try:
        import cloudpickle

        pickled = base64.b64encode(cloudpickle.dumps(answer)).decode()
    except Exception as error:
        said = f"{type(error).__name__}: {error}"[:200]
        return {"kind": "unpicklable", "stopped": {"why": "unreadable", "error": said}}
    asked = {"path": sys.path, "request": request, "answer": pickled, "seconds": seconds}
    with _lock:
        if _worker is None or not _worker.ready:
            _worker = _Worker()
        return _worker.ask(json.dumps(asked), seconds)


class _Worker:
    """One warm process that forks a child for each request; without fork, a new process for each."""

    def __init__(self) -> None:
        # Named on the command line, so that the caller's __main__ is never run again; -P, so that
        # no file of the current folder stands in for a module of Python's own.
        # Its own process group: a stop button pressed here must not end it there.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograder.observers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
            start_new_session=True,
        )
        self._owner = os.getpid()  # a fork of this process must not talk into the same pipes
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        atexit.register(self.end)

    @property
    def ready(self) -> bool:
        return self._process.poll() is None and self._owner == os.getpid()

    def ask(self, line: str, seconds: float) -> Evidence:
        """Send one request, wait for its evidence; the worker is ended if that fails or it cannot fork."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            answered = self._lines.get(timeout=PATIENCE * seconds + START)
        except queue.Empty:
            self.end()
            return {"kind": "stopped", "stopped": {"why": "time", "seconds": seconds}}
        except BaseException as error:
            self.end()
            if not isinstance(error, Exception):
                raise
            return self._died()
        if not answered:
            return self._died()
        if not hasattr(os, "fork"):
            self.end()
        try:
            return json.loads(answered)
        except ValueError:
            return {"kind": "stopped", "stopped": {"why": "unreadable", "error": "evidence"}}

    def end(self) -> None:
        """End the process and forget it."""
        with contextlib.suppress(OSError):
            self._process.kill()
        with contextlib.suppress(Exception):
            self._process.wait(timeout=5)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(Exception):
                if pipe is not None:
                    pipe.close()
        atexit.unregister(self.end)

    def _died(self) -> Evidence:
        code = self._process.poll()
        self.end()
        return {"kind": "stopped", "stopped": {"why": "died", "how": f"exit status {code}"}}

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(ValueError):
            for line in self._process.stdout:
                self._lines.put(line)
        self._lines.put("")
