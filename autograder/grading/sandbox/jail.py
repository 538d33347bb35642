"""Jailing a process: what a freshly forked child does before it runs a line that a student wrote.

Two levels are a sandbox. NAMESPACES is the default: see `namespaces`. LANDLOCK is for hosts that forbid
namespaces: see `landlock`. At both, every right is dropped, system calls are filtered and limits are set.
`Level.promises` says what each keeps; `python -m autograder.grading.sandbox` tries them and prints it.
At NONE, which a teacher has to ask for, there are the limits alone: student code runs as the teacher.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from autograder.grading.sandbox import landlock, namespaces, system_call_filter
from autograder.grading.sandbox import system_calls as system
from autograder.grading.sandbox.view import DEVICES, View
from autograder.processes.forking import end_with_parent
from autograder.processes.limits import Limits

ABOUT_ITSELF = ("cmdline", "maps", "stat", "statm", "status")
"""Of all files in /proc, those of the process itself that can be read at LANDLOCK: it may look up how it was
started, and how much memory it uses. The rest, such as `net` and `mountinfo`, tells of the host."""
_BOTH = (
    "reads Python, its packages and its own hand-in; no gradebook, no other hand-in, no answer key",
    "writes only to its own scratch folder",
    "starts no program and no process, and nothing of it is left when it ends",
    "no network, neither to this machine nor to others",
    "bounded memory, processor time, file size and number of open files",
    "cannot signal, trace or inspect another process",
    "shares nothing with who is graded at the same time: no lock, no message, no limit on threads or disk",
)


class Level(StrEnum):
    """How a jail is built."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    NONE = "none"

    @property
    def promises(self) -> tuple[str, ...]:
        """What student code cannot do at this level, a sentence each."""
        return () if self is Level.NONE else (*_BOTH, _ALONE[self])


SANDBOXES = (Level.NAMESPACES, Level.LANDLOCK)
"""The levels that are one, the safest first."""
_ALONE = {
    Level.NAMESPACES: "sees no other process, and no file's name but those it may read",
    Level.LANDLOCK: "can see whether a file of a known name exists, and its size, but not what it holds",
}


@dataclass(frozen=True)
class Jail:
    """``root`` is an empty folder to build a file system on; ``scratch`` the one to write in otherwise."""

    level: Level
    view: View
    limits: Limits
    root: Path
    scratch: Path

    @property
    def folder(self) -> Path:
        """The scratch folder's name inside the jail."""
        return namespaces.SCRATCH if self.level is Level.NAMESPACES else self.scratch

    def prepare(self) -> None:
        """Do before a fork what each child would have to do again: `enter` takes half the time.

        Raises RuntimeError where libseccomp is needed and missing.
        """
        self.limits.prepare()
        if self.level is not Level.NONE:
            system_call_filter.load_library()
        if self.level is Level.NAMESPACES:
            system_call_filter.compiled(namespaces.PID, files_are_shared=False)

    def enter(self, watch: Callable[[int], None]) -> None:
        """Return in a jailed process, whose pid outside ``watch`` got; it must end the process it runs in.

        To be called with one thread. Raises OSError where this level cannot be had.
        """
        self.limits.apply()
        if self.level is Level.NAMESPACES:
            namespaces.enter(self.view, self.root, self.scratch, self.limits.scratch_bytes, watch)
            self.limits.apply_to_threads()
            _renounce()
            system.forbid_inspection()
        elif self.level is Level.LANDLOCK:
            system.fork_under(watch)
            system.drop_bounding_set()
            _renounce()
            about_itself = [Path("/proc", str(os.getpid()), name) for name in ABOUT_ITSELF]
            writable = [self.scratch, *map(Path, DEVICES)]
            landlock.restrict([*self.view.readable, *about_itself], writable, self.view.hidden)
        else:
            system.fork_under(watch)
            os.setsid()  # a signal to its process group is none to its parent's
        end_with_parent()
        os.chdir(self.folder)
        if self.level is not Level.NONE:
            system_call_filter.load(files_are_shared=self.level is Level.LANDLOCK)


def _renounce() -> None:
    system.drop_capabilities()
    system.forbid_new_privileges()
