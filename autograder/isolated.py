"""Observes an answer in a process of its own: nothing it does can hang, end or write into this one."""

from __future__ import annotations

import atexit
import base64
import contextlib
import io
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from autograder.exercise import Evidence
from autograder.observers import TIME_LIMIT, own_time
from autograder.observers.guarding import clean, type_name
from autograder.observers.limits import PATIENCE, TimeIsUp, time_limit
from autograder.observers.request import Request
from autograder.observers.settings import kept_settings
from autograder.processes.forking import FORKS
from autograder.processes.own_folder import remove_all

START = 30.0
"""Seconds a worker may need to start and to import what the answer needs, on top of the limit."""

CLOCK = own_time.CLOCK if FORKS else 1
"""The worker ends an answer that takes too long, by its own time; where it cannot, the clock here does."""

LUGGAGE = 64 << 20
"""Bytes that an answer may bring along."""

_worker: _Worker | None = None
_lock = threading.Lock()


def observe_isolated(request: Request, answer: Any, *, seconds: float = TIME_LIMIT) -> Evidence:
    """Evidence about ``answer``, observed in another process within ``seconds``; never raises, never hangs.

    The answer travels by cloudpickle: functions of a notebook by value, with all that they use, those of an
    installed module by name. Where it cannot travel, the evidence says so. An object's own way of being
    pickled runs here, in a time limit of this process; all else runs there.
    """
    global _worker
    try:
        with kept_settings(), time_limit(seconds):
            pickled = base64.b64encode(_packed(answer)).decode()
    except TimeIsUp:
        return {"kind": "stopped", "stopped": {"why": "time", "seconds": seconds}}
    except KeyboardInterrupt:
        return {"kind": "stopped", "stopped": {"why": "interrupted"}}
    except BaseException as error:
        said = f"{type_name(error)}: {clean(error, 200)}"
        return {"kind": "unpicklable", "stopped": {"why": "unreadable", "error": said}}
    path = [entry for entry in sys.path if type(entry) is str]
    asked = {"path": path, "request": request, "answer": pickled, "seconds": seconds}
    with _lock:
        if _worker is None or not _worker.ready:
            if _worker is not None and _worker.owned:
                _worker.end()
            _worker = _Worker()
        return _worker.ask(json.dumps(asked), seconds)


def _packed(answer: Any) -> bytes:
    """The answer pickled, but never more of it than LUGGAGE."""
    import cloudpickle
    import numpy as np

    class Suitcase(io.BytesIO):
        def write(self, data: Any) -> int:
            if self.tell() > LUGGAGE:
                raise ValueError("it brings too much data along")
            return super().write(data)

    class Packer(cloudpickle.Pickler):
        def reducer_override(self, found: Any) -> Any:
            if issubclass(type(found), np.ndarray) and np.ndarray.nbytes.__get__(found) > LUGGAGE:
                raise ValueError("it brings too large an array along")
            return super().reducer_override(found)

    suitcase = Suitcase()
    Packer(suitcase).dump(answer)
    return suitcase.getvalue()


class _Worker:
    """One warm process that forks a child for each request; without fork, a new process for each."""

    def __init__(self) -> None:
        # Named on the command line, so that the caller's __main__ is never run again; -P, so that
        # no file of the current folder stands in for a module of Python's own.
        # Its own process group: a stop button pressed here must not end it there.
        # One thread for linear algebra: a process with several of them forks slowly.
        home = {"PYTHONPATH": str(Path(__file__).parents[1]), "OPENBLAS_NUM_THREADS": "1"}
        # TensorFlow leaves temporary files, answers do too, and a process that is killed tidies nothing up.
        self._folder = tempfile.mkdtemp(prefix="isolated-answers-")
        home |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograder.observers.worker", self._folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, **home},
            start_new_session=True,
        )
        self._owner = os.getpid()  # a fork of this process must not talk into the same pipes
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        atexit.register(self.end)

    @property
    def owned(self) -> bool:
        return self._owner == os.getpid()

    @property
    def ready(self) -> bool:
        in_step = self._lines.empty()  # a line nobody asked for must never pass for an answer
        return in_step and self._process.poll() is None and self.owned

    def ask(self, line: str, seconds: float) -> Evidence:
        """Send one request, wait for its evidence; the worker is ended if that fails or it cannot fork."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            answered = self._lines.get(timeout=CLOCK * (PATIENCE * seconds + START))
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
        if not FORKS:
            self.end()
        try:
            evidence = json.loads(answered)
        except (ValueError, RecursionError):
            evidence = None
        if not isinstance(evidence, dict):
            return {"kind": "stopped", "stopped": {"why": "unreadable", "error": "evidence"}}
        return evidence

    def end(self) -> None:
        """End the process and forget it, and what it left in its folder."""
        with contextlib.suppress(OSError):
            self._process.kill()
        with contextlib.suppress(Exception):
            self._process.wait(timeout=5)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(Exception):
                if pipe is not None:
                    pipe.close()
        if self.owned:
            remove_all(Path(self._folder))
        atexit.unregister(self.end)

    def _died(self) -> Evidence:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        code = self._process.poll()
        self.end()
        return {"kind": "stopped", "stopped": {"why": "died", "how": f"exit status {code}"}}

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(ValueError):
            for line in self._process.stdout:
                self._lines.put(line)
        self._lines.put("")
