"""Without a sandbox (`course grade --unsafe`): the engine at level "none"; elsewhere nbgrader's own way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.course import CourseError
from autograder.grading import Progress, Result, grade_unit
from autograder.grading.engine import engine, stock
from autograder.grading.run.warm_parents import WarmParent
from autograder.grading.sandbox import Level, Limits
from tests.attacks.trial import nothing_left_running
from tests.grading.small_class import UNIT, make_course, the_class

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the engine needs Linux."),
    pytest.mark.usefixtures("same_code"),
]
Table = dict[str, tuple[Any, ...]]


def table(results: list[Result]) -> Table:
    """What each student is told: status, points, penalty, mistakes."""
    return {
        one.student: (str(one.status), dict(one.scores), one.late_penalty, one.misconceptions, one.waiting)
        for one in results
    }


@pytest.fixture(scope="module")
def steps() -> list[Progress]:
    """Of the run at level none and that in the sandbox, in this order."""
    return []


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory, steps: list[Progress]) -> dict[str, Table]:
    """The class of six, graded in three ways; at level none and in the sandbox in one course."""
    one, other = (make_course(tmp_path_factory.mktemp("class") / "course", the_class()) for _ in range(2))
    return {
        "none": table(grade_unit(one, UNIT, unsafe=True, jobs=2, on_progress=steps.append)),
        "sandbox": table(engine.grade_unit(one, UNIT, jobs=2, on_progress=steps.append)),
        "nbgrader": table(stock.grade_unit(other, UNIT)),
    }


def test_the_class_gets_the_same_table_with_and_without_a_sandbox(tables: dict[str, Table]):
    assert tables["none"] == tables["sandbox"]


def test_nbgraders_own_way_gives_the_same_table(tables: dict[str, Table]):
    assert tables["nbgrader"] == tables["sandbox"]


def test_it_is_said_and_another_level_means_graded_again(tables: dict[str, Table], steps: list[Progress]):
    assert tables
    said = list(dict.fromkeys(step.sandbox for step in steps))
    assert said[0] == "no sandbox: student code runs as you"
    assert said[1].startswith("sandbox of level ")
    assert [step.unchanged for step in steps] == [0] * len(steps)
    assert len(steps[0].at_work) == 2


def test_elsewhere_hand_ins_are_graded_one_after_the_other_and_more_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    course = make_course(tmp_path / "course", ["ada"])
    monkeypatch.setattr("autograder.grading.in_nbgraders_way", lambda: True)
    for more in ({"jobs": 2}, {"scheduler": "tcp://host:8786"}):
        with pytest.raises(CourseError, match=r"one after the other.*Next: leave out --jobs and --scheduler"):
            grade_unit(course, UNIT, unsafe=True, **more)


DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0: time.sleep(600)
    os._exit(0)
os.wait()
import subprocess; subprocess.Popen(["sleep", "600"])
print(os.getcwd() == os.environ["HOME"], os.getcwd())
"""


@pytest.fixture
def parent() -> Iterator[WarmParent]:
    limits = replace(Limits(), memory=300 * 2**20, file_bytes=2**20, threads=40)
    with nothing_left_running() as left, WarmParent(Level.NONE, limits, modules=()) as parent:
        yield parent
    assert left == []


def _said(parent: WarmParent, source: str) -> str:
    child = parent.child()
    try:
        child.send({"source": source, "number": 1}, 60)
        return "".join(o.get("text") or o.get("ename", "") for o in child.receive(60)["outputs"])
    finally:
        child.close()


def test_all_that_a_hand_in_started_ends_with_it_and_its_folder_goes(parent: WarmParent):
    own, folder = _said(parent, DAEMON).split()
    assert own == "True"
    assert not Path(folder).exists()


@pytest.mark.parametrize(
    ("source", "raised"),
    [("bytes(10**9)", "MemoryError"), ("open('large', 'wb').write(bytes(2**21))", "OSError")],
)
def test_the_limits_hold_there_too(parent: WarmParent, source: str, raised: str):
    assert _said(parent, source) == raised
