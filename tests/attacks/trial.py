"""Tries attacks on the sandboxed engine: grades them among honest hand-ins, and looks what they achieved."""

from __future__ import annotations

import contextlib
import ctypes
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from pathlib import Path

from autograder.grading import Result
from autograder.grading.engine.engine import grade_unit
from autograder.grading.sandbox import Level
from tests.attacks.attack import Attack
from tests.attacks.ground import Ground, hand_in_honestly

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER
PATIENCE = 300
"""Seconds that processes may take to end after the run."""


@dataclass
class Trial:
    """What a run came to. ``running`` are processes that are left; ``changed`` files that must not be."""

    attacks: Sequence[Attack]
    results: Mapping[str, Result]
    running: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def gained(self, attack: Attack) -> dict[str, float]:
        """Points that were given and not earned, by exercise."""
        scores = self.results[attack.student].scores
        earned = attack.earned({name: points for name, (_, points) in scores.items()})
        by_person = {name for name, (_, points) in scores.items() if name not in earned}
        assert not by_person
        return {name: s for name, (s, _) in scores.items() if s is not None and s > earned[name]}


def try_all(ground: Ground, unit: str, attacks: Sequence[Attack], level: Level | None = None) -> Trial:
    """Hand in honest work and all attacks on one unit, grade them together."""
    hand_in_honestly(ground, unit)
    for attack in attacks:
        attack.hand_in(ground.course.root, ground.lesson(unit), ground.known)
    before = ground.files()
    began = time.monotonic()
    with nothing_left_running() as running:
        results = grade_unit(ground.course, unit, level=level, jobs=2)
    seconds = time.monotonic() - began
    after = ground.files()
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return Trial(attacks, {r.student: r for r in results}, running, changed, seconds)


@contextlib.contextmanager
def nothing_left_running() -> Iterator[list[str]]:
    """Fills the list it yields with the descendants of this process that were not there before.

    A process whose parent has ended becomes this one's child, so that none is missed.
    """
    resource_tracker.ensure_running()  # Python's own, which stays
    left: list[str] = []
    libc = ctypes.CDLL(None)
    before = set(_descendants())
    libc.prctl(_SUBREAPER, 1, 0, 0, 0)
    try:
        yield left
        deadline = time.monotonic() + PATIENCE
        while (new := set(_descendants()) - before) and time.monotonic() < deadline:
            time.sleep(0.1)
        left += [_command(pid) for pid in sorted(new)]
    finally:
        libc.prctl(_SUBREAPER, 0, 0, 0, 0)


def _descendants() -> Iterator[int]:
    """Every process below this one that still runs; those that have ended are waited for."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                state, parent = entry.joinpath("stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    parents[int(entry.name)] = int(parent)
    for pid in parents:
        above = pid
        while above in parents and above != os.getpid():
            above = parents[above]
        if above == os.getpid() and pid != above:
            yield pid


def _command(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return str(pid)
