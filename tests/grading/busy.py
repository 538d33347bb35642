"""A busy machine: grades the sample class beside processes that compute without end, and compares the tables.

    python -m tests.grading.busy --runs 10

The first run is on the machine as it is, the others beside ten busy processes on two of its cores. A table is
what each hand-in got: status, points of each exercise, named mistakes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.commands.demo import make_scratch_course, take_in
from autograder.course import Course
from autograder.grading import Result, grade_unit
from autograder.grading.handins.sample_class import Sample, read_class

ROOT = Path(__file__).parents[2]
_ENDLESS = "while True: pass"
Table = dict[tuple[str, str], Any]


@contextmanager
def busy_processes(number: int, cores: Set[int]) -> Iterator[None]:
    """So many processes that compute on these cores; they end with the block."""
    started = [subprocess.Popen([sys.executable, "-I", "-S", "-c", _ENDLESS]) for _ in range(number)]
    try:
        for process in started:
            os.sched_setaffinity(process.pid, cores)
        yield
    finally:
        for process in started:
            process.kill()
        for process in started:
            process.wait()


@contextmanager
def on_cores(cores: Set[int]) -> Iterator[None]:
    """This process, and what it starts in the block, has only these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def some_cores(number: int) -> set[int]:
    return set(sorted(os.sched_getaffinity(0))[:number])


def graded(course: Course, samples: list[Sample], folder: Path) -> tuple[list[Result], float]:
    """The results of these hand-ins, graded in a fresh course; and the seconds on the clock."""
    scratch = make_scratch_course(course, folder)
    take_in(scratch, samples)
    began = time.monotonic()
    results = [r for unit in dict.fromkeys(s.unit for s in samples) for r in grade_unit(scratch, unit)]
    return results, time.monotonic() - began


def table(results: list[Result]) -> Table:
    return {
        (r.unit, r.student): (str(r.status), r.reason, dict(r.scores), dict(r.misconceptions))
        for r in results
    }


def differences(wanted: Table, found: Table) -> list[str]:
    return [
        f"{unit}, {student}: {found.get((unit, student))}, not {row}"
        for (unit, student), row in wanted.items()
        if found.get((unit, student)) != row
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--processes", type=int, default=10)
    asked = parser.parse_args()
    course, equal = Course.load(ROOT), 0
    samples = read_class(ROOT / "tests" / "class")
    with tempfile.TemporaryDirectory() as folder, on_cores(some_cores(2)):
        results, seconds = graded(course, samples, Path(folder, "quiet"))
        wanted = table(results)
        print(f"     {len(samples)} hand-ins, as the machine is: {seconds:.1f} s", flush=True)
        for number in range(1, asked.runs + 1):
            with busy_processes(asked.processes, os.sched_getaffinity(0)):
                results, seconds = graded(course, samples, Path(folder, "busy"))
            said = differences(wanted, table(results))
            equal += not said
            how = "DIFFERENT" if said else "the same table"
            print(f"{number:3d}  beside {asked.processes} busy processes: {seconds:.1f} s, {how}", flush=True)
            for difference in said:
                print(f"     {difference}", flush=True)
    print(f"{equal} of {asked.runs} as on the machine as it is.")
    sys.exit(equal < asked.runs)


if __name__ == "__main__":
    main()
