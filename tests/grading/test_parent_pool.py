"""Warm parents are started ahead and shared by all workers; without them workers help themselves."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading import Progress
from autograder.grading.engine.engine import grade_unit
from autograder.grading.run import parent_pool
from autograder.grading.run.children import BACKSTOP_SECONDS
from autograder.grading.run.parent_pool import modules_for
from autograder.grading.run.running import run_notebook
from autograder.grading.run.visible import START
from autograder.grading.run.warm_parents import WarmParent
from autograder.grading.sandbox import Level
from autograder.grading.sandbox.probing import best_level
from autograder.grading.sandbox.view import site_packages
from autograder.processes.forking import HEAVIEST, HEAVY, LIGHT, MIDDLE
from tests.grading.small_class import UNIT, hand_in, make_course, samples

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux."),
    pytest.mark.usefixtures("same_code"),
]

NUMPY, TENSORFLOW = "student-01", "student-04"


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("import numpy as np", LIGHT),
        ("# TensorFlow would do it, too: tensorflow.org", LIGHT),
        ("from matplotlib import pyplot", MIDDLE),
        ("import math, scipy.optimize as so", MIDDLE),
        ("%matplotlib inline", MIDDLE),
        ("    import tensorflow as tf", HEAVY),
        ("import os, numpy as np, tensorflow as tf", HEAVY),
        ('"source": ["from keras import ops\\n"]', HEAVY),
        ("import tensorflow as tf\nfrom torch.autograd import Function", HEAVIEST),
        ("import jax.numpy as jnp", HEAVIEST),
    ],
)
def test_tensorflow_is_loaded_where_a_hand_in_imports_it(text: str, modules: tuple[str, ...]):
    assert modules_for(text) == modules


def test_two_workers_share_two_parents_and_start_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    begun: list[tuple[str, ...]] = []
    begin = WarmParent.begin
    monkeypatch.setattr(WarmParent, "begin", lambda self: (begun.append(self.modules), begin(self)))
    course = make_course(tmp_path / "course")
    for student, sample in {"a": TENSORFLOW, "b": NUMPY, "c": NUMPY}.items():
        hand_in(course, student, samples()[sample])
    order: list[str] = []
    before = set(_parents_below(psutil.Process()))  # that an earlier test keeps
    seen: set[psutil.Process] = set()

    def look(progress: Progress) -> None:
        seen.update(_parents_below(psutil.Process()))
        if progress.last:
            order.append(progress.last.student)

    results = grade_unit(course, UNIT, jobs=2, on_progress=look)
    assert [result.total for result in results] == [11, 11, 11]
    assert begun == [LIGHT, HEAVY] and order[-1] == "a"
    assert len(seen - before) == 2
    assert set(_parents_below(psutil.Process())) <= before


def test_an_import_that_the_file_hides_costs_a_parent_and_no_wait(tmp_path: Path):
    course = make_course(tmp_path / "course")
    path = hand_in(course, "a", samples()[TENSORFLOW])
    hidden = path.read_bytes().replace(b"tensorflow", b"tensorflo\\u0077").replace(b"keras", b"kera\\u0073")
    path.write_bytes(hidden)
    assert modules_for(hidden.decode()) == LIGHT
    asked = time.monotonic()
    assert [result.total for result in grade_unit(course, UNIT, jobs=1)] == [11]
    assert time.monotonic() - asked < BACKSTOP_SECONDS


def test_where_the_shared_parent_is_killed_each_worker_starts_its_own(tmp_path: Path):
    course = make_course(tmp_path / "course")
    for student in "abcd":
        hand_in(course, student, samples()[NUMPY])
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if progress.last and not killed:
            for process in _parents_below(psutil.Process()):
                killed.append(process.pid)
                process.kill()

    results = grade_unit(course, UNIT, jobs=2, on_progress=kill)
    assert killed and [result.total for result in results] == [11, 11, 11, 11]


@pytest.mark.parametrize("framework", ["torch", "jax"])
def test_a_hand_in_that_computes_in_another_framework_gets_its_points(framework: str, tmp_path: Path):
    """PyTorch's libraries alone are larger than the memory that a hand-in may map."""
    if not any((folder / framework).is_dir() for folder in site_packages()):
        pytest.skip(f"NOT TESTED: the sandbox sees no {framework} here (pip install {framework})")
    (exercise, text), *others = samples()[NUMPY].answers
    text = f"import {framework}\n" + text.replace("return y", f"return y if {framework}.__version__ else x")
    course = make_course(tmp_path / "course")
    hand_in(course, "a", replace(samples()[NUMPY], answers=[(exercise, text), *others]))
    assert [result.total for result in grade_unit(course, UNIT, jobs=1)] == [11]


def _parents_below(process: psutil.Process) -> list[psutil.Process]:
    """The warm parents that this process started, or what stands around them; not their children."""
    return [child for child in process.children() if any(START in word for word in _words(child))]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def test_a_parent_is_begun_once_and_one_that_nobody_needs_is_closed(monkeypatch: pytest.MonkeyPatch):
    begun: list[tuple[str, ...]] = []
    closed: list[tuple[str, ...]] = []

    class Double:
        def __init__(self, _level: object, _limits: object, modules: tuple[str, ...], _bytes: int) -> None:
            self.modules = modules

        def begin(self) -> None:
            begun.append(self.modules)

        def lend(self) -> Double:
            return self

        def close(self) -> None:
            closed.append(self.modules)

    class Settings:
        level = limits = output_bytes = None

    monkeypatch.setattr(parent_pool, "WarmParent", Double)
    with parent_pool.ParentPool(Settings()) as ahead:  # type: ignore[arg-type]
        assert [lent.modules for lent in ahead.lent] == [LIGHT, MIDDLE, HEAVY, HEAVIEST]
        for _ in range(2):
            ahead.begin(LIGHT)
        ahead.no_more()
        assert (begun, set(closed)) == ([LIGHT], {MIDDLE, HEAVY, HEAVIEST})
    assert LIGHT in closed


def test_a_hand_in_that_draws_shows_its_figure():
    cell = new_code_cell("from matplotlib import pyplot as plt\nplt.plot([1, 2]);")
    with WarmParent(best_level() or Level.NAMESPACES, modules=modules_for(cell.source)) as parent:
        run = run_notebook(parent, new_notebook(cells=[cell]), cell_seconds=20)
    assert run.lost is None
    assert "image/png" in [kind for output in cell.outputs for kind in output.get("data", {})]
