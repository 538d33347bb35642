"""The process in which ``isolated`` observes: a request a line in, evidence a line out.

The folder it is started with takes all temporary files, its own and its children's.

A request is a line of JSON ``{"path", "request", "answer", "seconds"}`` with the answer pickled (base64).
Where the platform can fork, a child does the work and may die or hang for all this process cares.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import json
import os
import pickle
import signal
import sys
import tempfile
from importlib import import_module
from typing import Any

from autograder.observers import observe
from autograder.observers.guarding import type_name
from autograder.observers.limits import PATIENCE
from autograder.observers.process import adopt, bound, end_all, end_with_parent, how, read_line, remove

GRACE = 2.0
"""Most seconds between the limit that the answer feels (an exception) and the one that ends its process."""

HEAVY = ("scipy.special", "tensorflow", "keras", "torch", "jax")
"""Imported here before the fork, once, when an answer first mentions them: no child need do it again."""

NEEDS_KERAS = {"built", "compared", "filled"}
"""Observers that make Keras models, whatever the answer mentions."""


def warm_up(answer: bytes, request: dict[str, Any]) -> None:
    """Import what this answer will want; a module that is not installed is its own affair."""
    wanted = set(request["inputs"].get("frameworks", ())) & {"tensorflow"}
    wanted |= {"keras"} if request["observer"] in NEEDS_KERAS else set()
    for name in HEAVY:
        top = name.split(".")[0]
        if (top in wanted or top.encode() in answer) and name not in sys.modules:
            with contextlib.suppress(Exception):
                import_module(name)
            gc.collect()
            gc.freeze()  # what is here to stay need not be looked through, and copied, in every child


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
    pid = os.fork()
    if pid == 0:
        end_with_parent(worker)
        tempfile.tempdir = folder
        os.environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)
        _child(asked, pickled, write_end, (read_end, *own))
    os.close(write_end)
    with contextlib.suppress(OSError):
        os.setpgid(pid, pid)
    data = read_line(read_end, pid, PATIENCE * seconds + min(GRACE, seconds))
    os.close(read_end)
    status = end_all(pid)
    remove(folder)
    if data is None:
        return json.dumps({"kind": "stopped", "stopped": {"why": "time", "seconds": seconds}})
    if not data.endswith(b"\n"):
        return json.dumps({"kind": "stopped", "stopped": {"why": "died", "how": how(status)}})
    try:
        return json.dumps(json.loads(data))  # one line whatever the child wrote: the next answer is not ours
    except (ValueError, RecursionError):
        return json.dumps({"kind": "stopped", "stopped": {"why": "unreadable", "error": "evidence"}})


def _child(asked: dict[str, Any], pickled: bytes, write_end: int, others: tuple[int, ...]) -> None:
    """Observe and write; never returns. Nothing the answer prints reaches the parent's pipes."""
    try:
        os.setpgid(0, 0)
        for descriptor in others:
            os.close(descriptor)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        bound()
        me = os.getpid()
        data = (evidence_for(asked, pickled) + "\n").encode()
        while data and os.getpid() == me:  # an answer that forks comes by twice
            data = data[os.write(write_end, data) :]
    finally:
        os._exit(0)


def main(folder: str) -> None:
    """Serve requests until stdin closes; whoever should have removed the folder then is gone."""
    out: Any = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what an answer prints on import must not look like evidence
    with contextlib.suppress(ImportError):
        import_module("cloudpickle")
    with contextlib.suppress(AttributeError, ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    forks = hasattr(os, "fork")
    adopt()
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        pickled = base64.b64decode(asked["answer"])
        if forks:
            warm_up(pickled, asked["request"])
            answered = in_a_child(asked, pickled, (out.fileno(),))
        else:
            answered = evidence_for(asked, pickled)
        out.write(answered + "\n")
        out.flush()
    remove(folder)


if __name__ == "__main__":
    main(sys.argv[1])
