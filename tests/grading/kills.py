"""Kills `course grade` (-9) at random moments, starts it again, and compares with a run left in peace.

Run as ``python -m tests.grading.kills --runs 50 [--seed 1]``. In turn the master, a worker and a warm parent
are killed; then every row of the gradebook, the graded notebooks, the notes and what the command says must be
the same, and no process may be left. The same seed gives the same moments. Exit status 1 on any difference.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import psutil

from autograder.course import Course
from autograder.grading.run.visible import START
from tests.attacks.trial import nothing_left_running
from tests.grading.small_class import UNIT, left_by_grading, make_course, the_class

COURSE = str(Path(sys.executable).parent / "course")
TARGETS = ("master", "worker", "warm parent")
LOOK_SECONDS = 0.01
LONGEST_RUN = 600
SOONER = 0.6
"""Where a run ended before anything was killed, it is tried anew with the moment so much sooner."""


@dataclass
class Undisturbed:
    """The course before grading, and what a run that nobody disturbed left, said, and how long it took."""

    ungraded: Path
    left: dict[str, Any]
    said: Any
    seconds: float


def undisturbed(folder: Path, students: Sequence[str], jobs: int) -> Undisturbed:
    ungraded = make_course(folder / "ungraded", students).root
    root = Path(shutil.copytree(ungraded, folder / "undisturbed"))
    began = time.monotonic()
    with nothing_left_running() as running:
        said = _said(_start(root, jobs), root)
    seconds = time.monotonic() - began
    assert not running, running
    return Undisturbed(ungraded, left_by_grading(Course.load(root)), said, seconds)


def kill_one(wanted: Undisturbed, root: Path, target: str, share: float, jobs: int) -> tuple[str, list[str]]:
    """Kill a process of a run at a share of its time, start it again; say what was done and what differs."""
    moment = share * wanted.seconds
    while True:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(wanted.ungraded, root)
        with nothing_left_running() as running:
            run = _start(root, jobs)
            at = _kill(run, target, moment)
            first = None if target == "master" else _said(run, root)
            run.wait(LONGEST_RUN)
        if at is not None:
            break
        moment *= SOONER
    with nothing_left_running() as again_running:
        again = _said(_start(root, jobs), root)
    differences = [f"left running: {command}" for command in [*running, *again_running]]
    if first is not None:
        differences += compared(wanted.said, first, "said at first")
    differences += compared(wanted.said, again, "said when started again")
    differences += compared(wanted.left, left_by_grading(Course.load(root)), "left")
    return f"{target} killed after {at:.2f} s", differences


def compared(wanted: Any, found: Any, where: str) -> list[str]:
    """Where two pieces of plain data differ, each place with both values."""
    if wanted == found:
        return []
    if isinstance(wanted, dict) and isinstance(found, dict):
        names = dict.fromkeys([*wanted, *found])
        return [d for n in names for d in compared(wanted.get(n), found.get(n), f"{where}, {n}")]
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = enumerate(zip(wanted, found, strict=True))
        return [d for n, (w, f) in pairs for d in compared(w, f, f"{where}, {n}")]
    if isinstance(wanted, list) and isinstance(found, list):
        more = [f"{where}: only now {row}" for row in found if row not in wanted]
        return more + [f"{where}: no longer {row}" for row in wanted if row not in found]
    return [f"{where}: {found!r}, not {wanted!r}"]


def _start(root: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [COURSE, "grade", UNIT, "--json", "--jobs", str(jobs)]
    with (root / "said.json").open("wb") as out, (root / "said.txt").open("wb") as err:
        return subprocess.Popen(command, cwd=root, stdin=subprocess.DEVNULL, stdout=out, stderr=err)


def _said(run: subprocess.Popen[bytes], root: Path) -> Any:
    """What a run said, as JSON; where it said none, the end of its complaint."""
    run.wait(LONGEST_RUN)
    try:
        return json.loads((root / "said.json").read_text(encoding="utf-8"))
    except ValueError:
        return f"status {run.returncode}: {(root / 'said.txt').read_text(encoding='utf-8')[-1000:]}"


def _kill(run: subprocess.Popen[bytes], target: str, moment: float) -> float | None:
    """Kill the target at that moment, or as soon as there is one; None where the run ended before."""
    began = time.monotonic()
    with suppress(subprocess.TimeoutExpired):
        run.wait(moment)
    while run.poll() is None:
        with suppress(psutil.NoSuchProcess):
            for process in _targets(run.pid, target):
                process.kill()
                return time.monotonic() - began
        time.sleep(LOOK_SECONDS)
    return None


def _targets(master: int, target: str) -> list[psutil.Process]:
    """The processes of a run that are such a target; the youngest first."""
    top = psutil.Process(master)
    if target == "master":
        return [top]
    workers = [child for child in top.children() if "spawn_main" in " ".join(child.cmdline())]
    if target == "worker":
        return workers[::-1]
    parents = [
        child
        for starter in (top, *workers)
        for child in starter.children()
        if any(START in word for word in child.cmdline())
    ]
    inside = [child for parent in parents if parent.name() == "bwrap" for child in parent.children()]
    return (inside or parents)[::-1]


def kills(folder: Path, runs: int, seed: int, students: Sequence[str], jobs: int) -> int:
    """Do so many runs, print each, return how many were as the undisturbed one."""
    chance = Random(seed)
    wanted = undisturbed(folder, students, jobs)
    print(f"An undisturbed run takes {wanted.seconds:.1f} s.", flush=True)
    equal = 0
    for number in range(runs):
        target, share = TARGETS[number % len(TARGETS)], chance.random()
        what, differences = kill_one(wanted, folder / "killed", target, share, jobs)
        equal += not differences
        print(f"{number + 1:3d}  {what}: {'equal' if not differences else 'DIFFERENT'}", flush=True)
        for difference in differences:
            print(f"     {difference}", flush=True)
    print(f"{equal} of {runs} as an undisturbed run.")
    return equal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        equal = kills(Path(folder), asked.runs, asked.seed, list(the_class()), asked.jobs)
    sys.exit(equal < asked.runs)


if __name__ == "__main__":
    main()
