"""`grade` for exercises of plain functions: without TensorFlow, with it loaded, in a process of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

RUNS = 7
ASKED = {"alone": "< 100 ms", "with TensorFlow loaded": "< 500 ms", "isolated": "", "report": "< 150 ms"}
CHILD = "import sys, json; from benchmarks.bench_grading import measured; print(json.dumps(measured({!r})))"


def main() -> None:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table

    found = {way: _in_a_fresh_process(way) for way in ASKED}
    table = Table(title="grade(…), median and worst of wrong and right answers, in ms")
    table.add_column("exercise")
    for way, asked in ASKED.items():
        table.add_column(f"{way}\n{asked}", justify="right")
    for exercise in found["alone"]:
        cells = [found[way].get(exercise) for way in ASKED]
        table.add_row(exercise, *(f"{c[0]:.0f} / {c[1]:.0f}" if c else "" for c in cells))
    Console(width=120).print(table)


def _in_a_fresh_process(way: str) -> dict[str, list[float]]:
    """Milliseconds, median and worst, by exercise; what one way has loaded does not slow the other."""
    program = [sys.executable, "-c", CHILD.format(way)]
    return json.loads(
        subprocess.run(program, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    )


def measured(way: str) -> dict[str, list[float]]:
    """Median and worst of RUNS calls for each of three answers, by exercise, after one call to warm up."""
    from autograder.exercises import EXERCISES
    from autograder.judging import grade
    from autograder.report import mimebundle

    if way == "with TensorFlow loaded":
        import tensorflow  # noqa: F401
    found = {}
    for name, answers in _answers(list(EXERCISES)).items():
        seconds: list[float] = []
        for answer in answers:
            verdict = grade(name, answer)
            if way == "report":
                seconds += _timed(lambda v: mimebundle(v), verdict)
            else:
                seconds += _timed(lambda a, n=name: grade(n, a, isolated=way == "isolated"), answer)
        found[name] = [1000 * statistics.median(seconds), 1000 * max(seconds)]
    return found


def _timed(call: Callable[[Any], Any], argument: Any) -> list[float]:
    call(argument)
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        call(argument)
        seconds.append(time.perf_counter() - started)
    return seconds


def _answers(exercises: list[str]) -> dict[str, list[Any]]:
    """For each exercise of plain functions a right answer, a constant one and one that always raises."""
    from tests.fuzz.answers import RIGHT, build

    return {
        e: [RIGHT[e], build(e, [], "off", []), build(e, ["raises value"], "right", [])]
        for e in exercises
        if e in RIGHT
    }


if __name__ == "__main__":
    main()
