"""`grade` for every exercise: without TensorFlow, with it loaded, in a process of its own; and its report."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

RUNS = 7
ASKED = {"alone": "< 100 ms", "with TensorFlow": "< 500 ms", "isolated": "(clock)", "report": "< 150 ms"}
CHILD = "import sys, json; from benchmarks.bench_grading import measured; print(json.dumps(measured({!r})))"


def main() -> None:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table

    found = {way: _in_a_fresh_process(way) for way in ASKED}
    table = Table(title="grade(…), median and worst of right and wrong answers, in ms of processor time")
    table.add_column("exercise")
    for way, asked in ASKED.items():
        table.add_column(f"{way}\n{asked}", justify="right")
    for exercise in found["with TensorFlow"]:
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
    """Median and worst of RUNS calls for each of three answers, by exercise, after one call to warm up.

    Processor time, since the machine may be busy; another process is waited for by the clock.
    """
    import autograder  # keeps TensorFlow quiet
    from autograder.exercises import EXERCISES
    from autograder.report import mimebundle
    from tests.fuzz.answers import RIGHT

    if way == "with TensorFlow":
        import tensorflow  # noqa: F401
    clock = time.perf_counter if way == "isolated" else time.process_time
    found = {}
    for name in EXERCISES:
        if way == "alone" and name not in RIGHT:
            continue
        seconds: list[float] = []
        for answer in _answers(name):
            verdict = autograder.grade(name, answer)
            if way == "report":
                seconds += _timed(mimebundle, verdict, clock)
            else:
                again = partial(autograder.grade, name, isolated=way == "isolated")
                seconds += _timed(again, answer, clock)
        found[name] = [1000 * statistics.median(seconds), 1000 * max(seconds)]
    return found


def _timed(call: Callable[[Any], Any], argument: Any, clock: Callable[[], float]) -> list[float]:
    call(argument)
    seconds = []
    for _ in range(RUNS):
        started = clock()
        call(argument)
        seconds.append(clock() - started)
    return seconds


def _answers(exercise: str) -> list[Any]:
    """A right answer, a wrong one and one that always raises, which is called number by number."""
    from tests.fuzz.answers import RIGHT, build
    from tests.mutation.mutator import answers_module

    def raises(*_: Any) -> Any:
        raise ValueError("not like this")

    if exercise in RIGHT:
        return [RIGHT[exercise], build(exercise, [], "off", []), raises]
    answers = answers_module(exercise).MUTANTS
    return [next(iter(answers.rights.values())), answers.wrongs[0].answer, raises]


if __name__ == "__main__":
    main()
