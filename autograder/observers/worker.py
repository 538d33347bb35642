"""The process in which ``isolated`` observes: a request a line in, evidence a line out.

The folder it is started with takes all temporary files, its own and its children's.

A request is a line of JSON ``{"path", "request", "answer", "seconds"}`` with the answer pickled (base64).
On Linux a forked child does the work and may die or hang for all this process cares.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import pickle
import select
import signal
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from autograder.observers import observe
from autograder.observers.guarding import type_name
from autograder.observers.limits import PATIENCE
from autograder.observers.own_time import OwnTime
from autograder.observers.request import Request
from autograder.processes.forking import FORKS, HEAVIEST, adopt_orphans, end, end_with_parent, fork, load
from autograder.processes.garbage import keep_all
from autograder.processes.limits import Limits
from autograder.processes.own_folder import remove_all

GRACE = 2.0
"""Most seconds between the limit that the answer feels (an exception) and the one that ends its process."""

LIMITS = Limits(memory=2 << 30, file_bytes=64 << 20)
"""What an answer may use on top of what is loaded already."""

SAID = 64 << 20
"""Bytes of evidence that are read at most: an answer that found the pipe could write for ever."""

LOOK = 0.1
"""Seconds after which one who waits for a child looks how much time it has used."""

NEEDS_KERAS = {"built", "compared", "filled"}
"""Observers that make Keras models, whatever the answer mentions."""


def warm_up(answer: bytes, request: Request) -> None:
    """Import what this answer will want, once for all children."""
    wanted = set(request["inputs"].get("frameworks", ())) & {"tensorflow"}
    wanted |= {"keras"} if request["observer"] in NEEDS_KERAS else set()
    tops = {name: name.split(".")[0] for name in HEAVIEST}
    load(name for name, top in tops.items() if top in wanted or top.encode() in answer)


def evidence_for(asked: dict[str, Any], pickled: bytes) -> str:
    """Evidence for one request, as a line of JSON, also about an answer that cannot be rebuilt."""
    for entry in asked["path"]:
        if entry not in sys.path:
            sys.path.append(entry)
    try:
        answer = pickle.loads(pickled)
    except BaseException as error:
        return json.dumps(
            {"kind": "unpicklable", "stopped": {"why": "unreadable", "error": type_name(error)}}
        )
    return json.dumps(observe(asked["request"], answer, seconds=asked["seconds"]))


def in_a_child(asked: dict[str, Any], pickled: bytes, own: tuple[int, ...] = ()) -> str:
    """The same, in a forked child that is ended, with all it started, when its time is up.

    ``own`` are descriptors that are no business of the child's. Its temporary files go with it.
    """
    seconds = asked["seconds"]
    read_end, write_end = os.pipe()
    folder = tempfile.mkdtemp(prefix="answer-")
    worker = os.getpid()

    def work() -> None:
        end_with_parent(worker)
        tempfile.tempdir = folder
        os.environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)
        _observe(asked, pickled, write_end, (read_end, *own))

    pid = fork(work)
    os.close(write_end)
    data = _read_line(read_end, pid, PATIENCE * seconds + min(GRACE, seconds))
    os.close(read_end)
    status = end(pid)
    remove_all(Path(folder))
    if data is None:
        return json.dumps({"kind": "stopped", "stopped": {"why": "time", "seconds": seconds}})
    if not data.endswith(b"\n"):
        return json.dumps({"kind": "stopped", "stopped": {"why": "died", "how": _how(status)}})
    try:
        return json.dumps(json.loads(data))  # one line whatever the child wrote: the next answer is not ours
    except (ValueError, RecursionError):
        return json.dumps({"kind": "stopped", "stopped": {"why": "unreadable", "error": "evidence"}})


def _observe(asked: dict[str, Any], pickled: bytes, write_end: int, others: tuple[int, ...]) -> None:
    """Observe and write. Nothing the answer prints reaches the parent's pipes."""
    os.setsid()  # a signal to its process group is none to its parent's
    for descriptor in others:
        os.close(descriptor)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
    LIMITS.apply()
    me = os.getpid()
    data = (evidence_for(asked, pickled) + "\n").encode()
    while data and os.getpid() == me:  # an answer that forks comes by twice
        data = data[os.write(write_end, data) :]


def _read_line(pipe: int, child: int, seconds: float) -> bytes | None:
    """What a child writes up to the end of its line, or None if that takes too much time of its own."""
    own = OwnTime(child)
    data = bytearray()
    while not data.endswith(b"\n"):
        while not select.select([pipe], [], [], LOOK)[0]:
            if own.over(seconds):
                return None
        more = os.read(pipe, 1 << 16)
        if not more or len(data) > SAID:
            break
        data += more
    return bytes(data)


def _how(status: int) -> str:
    """A wait status in words."""
    code = os.waitstatus_to_exitcode(status)
    return f"signal {-code}" if code < 0 else f"exit status {code}"


def main(folder: str) -> None:
    """Serve requests until stdin closes; whoever should have removed the folder then is gone."""
    out: Any = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what an answer prints on import must not look like evidence
    with contextlib.suppress(ImportError):
        import_module("cloudpickle")
    with contextlib.suppress(AttributeError, ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if FORKS:
        adopt_orphans()
        LIMITS.prepare()
        keep_all()
    for line in sys.stdin:
        asked = json.loads(line)
        pickled = base64.b64decode(asked["answer"])
        if FORKS:
            warm_up(pickled, asked["request"])
            answered = in_a_child(asked, pickled, (out.fileno(),))
        else:
            answered = evidence_for(asked, pickled)
        out.write(answered + "\n")
        out.flush()
    remove_all(Path(folder))


if __name__ == "__main__":
    main(sys.argv[1])
