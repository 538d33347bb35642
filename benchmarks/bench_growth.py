"""`course grade` for classes of 10, 100 and 1000: seconds a hand-in, and the memory of the process in charge.

Needs Linux, which tells what memory a process took at most; other sizes may be given on the command line.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.classes import scratch_class

SIZES = (10, 100, 1000)
UNIT = "02-divide-by-hand"
COURSE = [str(Path(sys.executable).with_name("course"))]
JOBS = 2


def main() -> None:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"course grade {UNIT}, {JOBS} processes")
    for column in ("hand-ins", "seconds", "seconds each", "memory of the master", "graded again, unchanged"):
        table.add_column(column, justify="right")
    for size in map(int, sys.argv[1:] or SIZES):
        with tempfile.TemporaryDirectory() as folder:
            course = scratch_class(Path(folder) / "course", UNIT, size)
            seconds, memory = _run(course.root)
            again, _ = _run(course.root)
        table.add_row(
            str(size), f"{seconds:.0f}", f"{seconds / size:.3f}", f"{memory:.0f} MB", f"{again:.1f} s"
        )
    Console().print(table)


def _run(root: Path) -> tuple[float, float]:
    """Seconds, and the most megabytes that the command's own process held, without its workers."""
    start = time.perf_counter()
    command = [*COURSE, "grade", UNIT, "--jobs", str(JOBS)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        most = 0.0
        while run.poll() is None:
            most = max(most, _peak(run.pid))
            time.sleep(0.1)
        if run.returncode and run.stderr:
            sys.exit(run.stderr.read().decode())
    return time.perf_counter() - start, most


def _peak(pid: int) -> float:
    """Most megabytes so far; 0 where the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    main()
