"""Runs a function in a jail, in a fork of a fresh interpreter, and brings back what it returned or raised."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from autograder.grading.sandbox import Level

ROOT = Path(__file__).parents[2]

_PROGRAM = """
import json, os, sys
from pathlib import Path
level, folder, source = sys.argv[1:]
from autograder.grading.sandbox import Jail, Level, Limits, view_of_python
from autograder.grading.sandbox.system_call_filter import load_library
load_library()
root, scratch = Path(folder, "root"), Path(folder, "scratch")
root.mkdir(); scratch.mkdir()
out = os.dup(1)
def watch(pid):
    os.waitpid(pid, 0)
    os._exit(0)
limits = Limits(memory=300 * 2**20, cpu_seconds=20, file_bytes=2**20, threads=20)
Jail(Level(level), view_of_python(), limits, root, scratch).enter(watch)
names = {"outside": Path(folder)}
try:
    exec(source, names)
    said = {"value": names.get("value")}
except BaseException as error:
    said = {"raised": type(error).__name__, "text": str(error)}
os.write(out, json.dumps(said, default=repr).encode())
"""


def in_jail(level: Level, source: str, folder: Path | None = None) -> dict[str, Any]:
    """What ``source`` did in a jail of this level: ``{"value"}``, ``{"raised", "text"}``, or {} if it died.

    ``outside`` is, in the source, a folder of the host's that the jail does not show.
    """
    with tempfile.TemporaryDirectory() as own:
        place = folder or Path(own)
        run = subprocess.run(
            [sys.executable, "-c", _PROGRAM, level, str(place), source],
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
    assert b"Traceback" not in run.stderr, run.stderr.decode()
    return json.loads(run.stdout) if run.stdout else {}
