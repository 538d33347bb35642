"""How long each solved unit takes from a cold start: a fresh kernel, every cell, nothing compiled before."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from autograder.building.solved import solve
from autograder.course import Course

LIMIT = 60  # seconds


def main() -> None:
    """Print the table; units may be named on the command line."""
    from rich.console import Console
    from rich.table import Table

    course = Course.load(Path(__file__).parents[1])
    table = Table(title="A solved unit, from a cold start")
    for column in ("unit", "seconds", "processor seconds", "asked"):
        table.add_column(column, justify="left" if column == "unit" else "right")
    for unit in course.units:
        if len(sys.argv) > 1 and unit.id not in sys.argv[1:]:
            continue
        seconds, processor = _run(course, unit.id)
        table.add_row(unit.id, f"{seconds:.0f}", f"{processor:.0f}", f"< {LIMIT}")
    Console().print(table)


def _run(course: Course, unit_id: str) -> tuple[float, float]:
    """Seconds by the clock and of the processor, the kernel's own included."""
    import resource

    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(course.solution(unit_id), folder))
        shutil.copy(course.root / "course.yml", folder)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        solve(path, course.source(unit_id), course.grading.clock_timeout)
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
