"""What the clock or a signal ended is run once more, alone; a busy machine ends nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course import Course
from autograder.grading import Outcome
from autograder.grading.engine import engine
from autograder.grading.engine.task import Task
from autograder.grading.handins.sample_class import read_class
from autograder.grading.results import Graded
from autograder.grading.run.outcome import outcome_of
from autograder.grading.run.running import Run, run_notebook
from autograder.grading.run.warm_parents import WarmParent
from autograder.grading.sandbox import Level, Limits
from autograder.grading.sandbox.probing import probe
from autograder.processes.forking import LIGHT
from autograder.verdict import Status, Verdict
from tests.grading.busy import busy_processes, differences, graded, on_cores, some_cores, table
from tests.grading.jailed import ROOT
from tests.grading.small_class import UNIT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux.")
SECONDS = 2
COMPUTES = "import time\nuntil = time.process_time() + {}\nwhile time.process_time() < until: pass"
ENDS = {
    "computes for ever": ("while True: pass", "stopped", False),
    "computes in C": ("sum(iter(int, 1))", "time", False),
    "sleeps": ("import time\ntime.sleep(600)", "stopped", True),
    "sleeps in pieces": ("import time\nwhile True: time.sleep(0.01)", "stopped", True),
    "exits": ("import os\nos._exit(3)", "died", False),
    "reads address 0": ("import ctypes\nctypes.string_at(0)", "died", True),
    "is deaf and sleeps": (
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(600)",
        *("time", True),
    ),
    "is deaf and computes": (
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
        *("time", False),
    ),
    "closes its channel": ("import os\nos.closerange(3, 4096)\nwhile True: pass", "died", True),
}


@pytest.fixture(scope="module", params=list(Level))
def parent(request: pytest.FixtureRequest) -> Iterator[WarmParent]:
    if not probe(request.param).works:
        pytest.skip(f"NOT TESTED: this machine has no sandbox of level {request.param}.")
    with on_cores(some_cores(1)), WarmParent(request.param, modules=LIGHT) as started:
        yield started


def run(parent: WarmParent, *sources: str, seconds: float = SECONDS) -> Run:
    return run_notebook(parent, new_notebook(cells=[new_code_cell(s) for s in sources]), seconds)


@pytest.mark.parametrize("what", ENDS)
def test_only_what_the_clock_or_a_signal_ended_is_doubtful(parent: WarmParent, what: str):
    source, how, doubtful = ENDS[what]
    ran = run(parent, source)
    assert (ran.lost.why if ran.lost else "stopped" if ran.stopped else "graded") == how
    assert ran.doubtful is doubtful


def test_beside_busy_processes_work_is_done_and_an_endless_loop_is_stopped(parent: WarmParent):
    """Others have the processor six seconds of seven: the clock shows far more than a cell may take."""
    with busy_processes(6, some_cores(1)):
        ran = run(parent, COMPUTES.format(SECONDS / 2), "print('done')", "while True: pass")
    assert ran.lost is None
    assert len(ran.stopped) == 1
    assert "while True" in ran.stopped[0]
    assert not ran.doubtful


def test_all_cells_together_have_a_limit_of_their_own_time(parent: WarmParent):
    ran = run(parent, *[COMPUTES.format(0.9 * 0.2)] * 14, seconds=0.2)
    assert ran.lost is not None
    assert ran.lost.why == "time"
    assert outcome_of(ran)[0] is Outcome.TIMED_OUT


def test_processor_time_that_is_used_up_is_told_as_that_and_not_as_a_crash():
    limits, level = Limits(cpu_seconds=1), next(level for level in Level if probe(level).works)
    with WarmParent(level, limits, LIGHT) as parent:
        ran = run(parent, "while True: pass", seconds=30)
    assert ran.lost is not None
    assert (ran.lost.why, ran.doubtful) == ("time", False)
    assert "cpu_seconds" in str(ran.lost)


@dataclass
class Tasks:
    """Makes tasks that are only names, and notes when each was made."""

    made: list[str] = field(default_factory=list)

    def take(self, student: str) -> Task:
        self.made.append(student)
        return Task("unit", student, "", None)  # type: ignore[arg-type]


RIGHT, WRONG = (
    Verdict("sigmoid", Status.RIGHT, 1.0, "Right."),
    Verdict("sigmoid", Status.WRONG, 0.0, "No."),
)


def test_the_doubtful_are_run_once_more_alone_after_all_others_and_no_third_time():
    tasks, groups = Tasks(), []

    def grade(some: Iterator[Task]) -> Iterator[Graded]:
        group = list(some)
        groups.append([(task.student, dict(task.earlier)) for task in group])
        for task in group:
            doubtful = task.student in "bd"
            judged = {"sigmoid": WRONG} if doubtful else {}
            yield Graded(task.student, Outcome.GRADED, "", (), "", doubtful=doubtful, judged=judged)

    came = engine._run(tasks, list("abcde"), None, SimpleNamespace(grade=grade))  # type: ignore[arg-type]
    assert [one.student for one in came] == ["a", "c", "e", "b", "d"]
    assert groups[1:] == [[("b", {"sigmoid": WRONG})], [("d", {"sigmoid": WRONG})]]
    assert tasks.made == [*"abcde", *"bd"]


def test_nobody_gains_by_being_run_twice(parent: WarmParent):
    """One who guesses, and has a signal end the run, would have two guesses: the lower verdict counts."""
    cells = [new_code_cell("import numpy as np\ndef sigmoid(x): return 1 / (1 + np.exp(-x))")]
    cells.append(new_code_cell('check("sigmoid", sigmoid)'))
    cells[1].metadata["nbgrader"] = dict(
        grade=True, solution=False, grade_id="sigmoid", points=1, locked=True
    )
    notebook = new_notebook(cells=cells)
    assert run_notebook(parent, notebook, 20).verdicts["sigmoid"].status is Status.RIGHT
    second = run_notebook(parent, notebook, 20, earlier={"sigmoid": WRONG})
    assert second.verdicts["sigmoid"] == WRONG


def test_beside_busy_processes_the_sample_class_gets_the_table_it_gets_without(tmp_path: Path):
    """The small form of `python -m tests.grading.busy`."""
    known = read_class(ROOT / "tests" / "class")
    samples = [s for s in known if s.unit == UNIT and s.student in ("student-06", "student-09")]
    with on_cores(some_cores(2)), busy_processes(4, some_cores(2)):
        results, _ = graded(Course.load(ROOT), samples, tmp_path / "course")
    by_student = {result.student: result for result in results}
    assert [difference for s in samples for difference in s.differences(by_student[s.student])] == []
    assert differences(table(results), table(results[1:])) != []
