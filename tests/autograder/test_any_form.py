"""Whatever form an answer comes in, its verdict is clear: in a process of its own, here as far as may be."""

from __future__ import annotations

import builtins
import gc
import itertools
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import numpy as np
import pytest

from autograder.isolated import observe_isolated
from autograder.judging import draw, grade, judge
from autograder.observers import observe
from autograder.observers.settings import kept_settings
from autograder.verdict import Status
from tests.fuzz.answers import COMES_AS, HANGS, PLAIN, build
from tests.fuzz.running import run
from tests.fuzz.values import SAME, VALUES

NOT_HERE = {
    *("ends the process", "kills itself", "crashes", "deep recursion", "closes everything", "forges"),
    *("forks and goes on", "leaves a process", "kills its parent", "eats memory", "spoils json"),
}
"""What an answer must not do in the process of these tests."""

CALLS = itertools.count()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def isolated(answer, seconds=5):
    request = draw("sigmoid", 0)
    return judge("sigmoid", request, observe_isolated(request, answer, seconds=seconds))


def in_here(answer, seconds=0.5):
    request = draw("sigmoid", 0)
    return judge("sigmoid", request, observe(request, answer, seconds=seconds))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("gives", VALUES)
def test_whatever_comes_back_is_no_right_answer_here_or_there(gives):
    here = in_here(build("sigmoid", [], gives, []))
    assert here.status is not Status.RIGHT
    assert here.message
    there = isolated(build("sigmoid", [], gives, []))
    assert there.status is not Status.RIGHT
    assert there.message


RIGHT_ANYWAY = ["right", "float32", "longdouble", "objects", "list", "unmasked", "complex", "readonly"]


@pytest.mark.parametrize("gives", [*RIGHT_ANYWAY, "strided", "big-endian", "lambda"])
def test_the_right_numbers_are_right_in_any_dress(gives):
    assert gives in SAME
    assert grade("sigmoid", build("sigmoid", [], gives, []), seed=0).status is Status.RIGHT


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("does", sorted(set(PLAIN) - NOT_HERE))
def test_whatever_an_answer_does_first_gets_a_verdict_here(does):
    assert in_here(build("sigmoid", [does], "right", [])).message


@pytest.mark.parametrize(
    "does", ["prints a novel", "prints bytes", "closes stdout", "warns", "changes settings", "random"]
)
def test_what_is_no_business_of_a_check_costs_nothing(does):
    assert grade("sigmoid", build("sigmoid", [does], "right", [])).status is Status.RIGHT


@pytest.mark.parametrize("does", sorted(NOT_HERE - {"kills its parent"}))
def test_the_worst_gets_a_verdict_there_and_the_next_answer_its_due(does):
    assert isolated(build("sigmoid", [does], "right", [])).message
    assert isolated(build("sigmoid", [], "right", [])).status is Status.RIGHT


@pytest.mark.parametrize("does", HANGS)
def test_what_never_ends_is_ended_in_time(does):
    started = time.monotonic()
    assert isolated(build("sigmoid", [does], "right", []), 0.2).misconception == "never-ends"
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("comes_as", [*COMES_AS, "slow pickle"])
def test_whatever_an_answer_comes_as_gets_a_verdict_there(comes_as):
    assert isolated(build("sigmoid", [], "right", [comes_as])).message


RIGHT_CALLABLES = [
    "lambda",
    "object",
    "method",
    "partial",
    "decorated",
    "wraps itself",
    "unreadable",
    "static",
]


@pytest.mark.parametrize("comes_as", RIGHT_CALLABLES)
def test_anything_that_can_be_called_may_be_right(comes_as):
    assert grade("sigmoid", build("sigmoid", [], "right", [comes_as])).status is Status.RIGHT
    assert isolated(build("sigmoid", [], "right", [comes_as])).status is Status.RIGHT


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (build("sigmoid", [], "generator", []), "lazy-result"),
        (build("sigmoid", [], "coroutine", []), "lazy-result"),
        (lambda x, calls=CALLS: x * next(calls), "depends-on-order"),
        (lambda x: np.random.rand(*np.shape(x)), "depends-on-order"),
        (lambda x: np.random.default_rng().normal(size=np.shape(x)), "depends-on-order"),
    ],
)
def test_what_is_lazy_or_changes_from_call_to_call_is_named(answer, name):
    verdict = grade("sigmoid", answer)
    assert verdict.misconception == name
    assert verdict.score == 0


def test_an_answer_that_swallows_its_time_limit_in_every_call_is_ended_after_one():
    def stubborn(x):
        try:
            while True:
                pass
        except BaseException:
            return 0.5 * x

    started = time.monotonic()
    request = draw("sigmoid", 0)
    assert observe(request, stubborn, seconds=0.2)["stopped"]["why"] == "time"
    assert time.monotonic() - started < 5


def state():
    return {
        "folder": Path.cwd(),
        "environment": dict(os.environ),
        "streams": (sys.stdin, sys.stdout, sys.stderr),
        "errors": np.geterr(),
        "print options": np.get_printoptions(),
        "random": (random.getstate(), str(np.random.get_state())),
        "alarm": signal.getsignal(signal.SIGALRM),
        "path": list(sys.path),
        "filters": list(warnings.filters),
        "builtins": dict(vars(builtins)),
        "collections": gc.get_threshold(),
    }


def test_what_an_answer_changes_around_itself_is_put_back():
    before = state()
    grade("sigmoid", build("sigmoid", ["changes settings"], "right", []))
    after = state()
    assert {name for name in before if before[name] != after[name]} == set()


def test_tensorflow_gives_no_advice_while_a_check_runs_and_may_again_afterwards():
    logger = logging.getLogger("tensorflow")
    logger.setLevel(logging.INFO)
    try:
        with kept_settings():
            assert not logger.isEnabledFor(logging.WARNING)
        assert logger.level == logging.INFO
    finally:
        logger.setLevel(logging.NOTSET)


def test_no_full_collection_runs_in_a_check_and_collections_are_then_as_before():
    before, found = gc.get_threshold(), []

    def many_objects(x):
        found.append([[i] for i in range(200_000)])
        return sigmoid(x)

    seen = []
    gc.callbacks.append(watch := lambda _phase, info: seen.append(info["generation"]))
    try:
        assert grade("sigmoid", many_objects).status is Status.RIGHT
    finally:
        gc.callbacks.remove(watch)
    assert seen.count(1) > 10
    assert 2 not in seen
    assert gc.get_threshold() == before


def test_settings_are_put_back_in_another_thread_too():
    def change():
        with kept_settings():
            os.environ["A_NEW_ONE"] = "1"

    thread = threading.Thread(target=change)
    thread.start()
    thread.join()
    assert "A_NEW_ONE" not in os.environ


def test_a_thread_that_an_answer_leaves_behind_does_not_keep_this_process_from_ending():
    answer = "def sigmoid(x):\n    threading.Thread(target=time.sleep, args=(60,), daemon=False).start()\n"
    program = f"import threading, time\nfrom autograder import grade\n\n{answer}    return x\n\n"
    program += "print(grade('sigmoid', sigmoid).status, threading.Thread.start.__module__)\n"
    program += "print(any(t.name.endswith('(sleep)') for t in threading.enumerate()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.split() == ["wrong", "threading", "True"]


def test_nobody_is_asked_anything_while_a_check_runs(monkeypatch):
    monkeypatch.setattr(builtins, "input", lambda *_: pytest.fail("it asked"))
    verdict = grade("sigmoid", lambda x: float(input("x? ")) + x)
    assert "EOFError" in verdict.message


@pytest.mark.filterwarnings("ignore")
def test_strange_answers_drawn_at_random_all_get_a_verdict():
    tally = run(answers=100, start=1, limit=0.3)
    assert sum(tally.statuses.values()) >= 60  # hypothesis leaves out what it has drawn before
    assert set(tally.statuses) <= {s.value for s in Status}
