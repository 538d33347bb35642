"""Bubblewrap, where it is installed: a wall that other people maintain, around a warm parent and its jails.

The jail of each hand-in is built inside it, as it is without: whoever finds a hole in ours stands before
theirs. There is one for a warm parent, not for a hand-in, and it needs no right that the parent has not.
Where a host allows namespaces to `bwrap` alone, as Ubuntu's AppArmor can, the level LANDLOCK gains most:
a file system and a network of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from autograder.grading.sandbox.jail import Level
from autograder.grading.sandbox.view import View, site_packages, view_of_python

PROGRAM = "bwrap"
SEPARATE = ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
ENDED_WITH_US = ("--die-with-parent", "--new-session", "--as-pid-1")
"""Its end is the end of all that it started, whichever of the two is killed."""
ROOT_KEEPS = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_KILL")
"""Of all rights of root, those that a jail is made and ended with; an ordinary user has and needs none."""
PROBE_SECONDS = 120
MOST_SAID = 150

PROBE = """
import sys
level, *path = sys.argv[1:]
sys.path += path
from autograder.grading.sandbox import Level
from autograder.grading.sandbox.probing import probe
print(probe(Level(level)).problem)
"""
"""A program that says why this level cannot be had where it runs; its arguments: the level, and more path."""


def wrapped(command: Sequence[str], view: View, writable: Path | None = None) -> list[str]:
    """A command that runs ``command`` where there is only ``view``, read-only, and ``writable``, a folder."""
    arguments = [PROGRAM, *ENDED_WITH_US, *SEPARATE, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    if os.geteuid() == 0:
        arguments += ["--cap-drop", "ALL"]
        for right in ROOT_KEEPS:
            arguments += ["--cap-add", right]
    if writable is not None:
        arguments += ["--bind", str(writable), str(writable)]
    for path in view.readable:
        if path.is_symlink():
            arguments += ["--symlink", str(path.readlink()), str(path)]
        else:
            arguments += ["--ro-bind", str(path), str(path)]
    for path in view.hidden:
        arguments += ["--tmpfs", str(path), "--remount-ro", str(path)]
    return [*arguments, "--chdir", "/", "--", *command]


@cache
def problem(level: Level) -> str:
    """Why jails of this level cannot be had inside bubblewrap here; empty where they can. Tried for real."""
    if level is Level.NONE:
        return "there is no jail to be stood in"
    if sys.platform != "linux" or shutil.which(PROGRAM) is None:
        return "it is not installed (Debian, Ubuntu: apt install bubblewrap)"
    ours = Path(__file__).parent
    path = [str(ours.parents[2]), *map(str, site_packages())]
    shown = view_of_python(ours, ours.parents[1] / "processes")
    command = wrapped([sys.executable, "-I", "-S", "-c", PROBE, level, *path], shown)
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=PROBE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"it does not start ({error})"
    said = (run.stderr if run.returncode else run.stdout).strip()
    if run.returncode and not said:
        return f"it ended with status {run.returncode}"
    return said.splitlines()[-1][:MOST_SAID] if said else ""


def said(level: Level) -> str:
    """What student code runs in at this level, and whether bubblewrap stands around it, or why not."""
    if level is Level.NONE:
        return "no sandbox: student code runs as you"
    why = problem(level)
    around = f"without bubblewrap around it: {why}" if why else "with bubblewrap around it"
    return f"sandbox of level {level}, {around}"
