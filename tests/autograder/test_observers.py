"""Observers write down what an answer did, whatever it did, as plain JSON-able data."""

# ruff: noqa: ARG001, ARG005

from __future__ import annotations

import ast
import functools
import json
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pytest

import autograder.observers
from autograder.observers import observe
from autograder.observers.encoding import array_of, decode, encode
from autograder.observers.limits import TimeIsUp, time_limit
from autograder.observers.reading import is_stub, names_used

X = {"name": "x", "array": array_of([1.0, 2.0, 3.0])}


def request(*, each=False, results=None, needs=None):
    call = {"id": "one", "arguments": [X], "results": results, "each": each}
    return {"observer": "function", "inputs": {"calls": [call]}, "needs": needs or {}}


def record(answer, **how):
    evidence = observe(request(**how), answer)
    json.dumps(evidence, allow_nan=False)
    return evidence["calls"]["one"]


MODULES = sorted(Path(autograder.observers.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_the_package_imports_nothing_from_the_rest_of_the_autograder_and_frameworks_only_when_needed(path):
    home = "autograder.observers"
    light = {home, "autograder.processes", "numpy", "__future__"} | sys.stdlib_module_names
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_the_top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            allowed = light if id(node) in at_the_top else light | {"tensorflow", "keras", "torch", "jax"}
            for name in names:
                package = ".".join(name.split(".")[: 2 if name.startswith("autograder.") else 1])
                assert package in allowed


def test_the_package_alone_loads_neither_formulas_nor_judges():
    code = (
        "import sys, autograder.observers.worker; "
        "print([m for m in sys.modules if m.startswith(('autograder.', 'mpmath', 'divnet'))"
        " and not m.startswith(('autograder.observers', 'autograder.processes'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_values_dtype_and_shape_are_written_down():
    result = record(lambda x: np.float32(2) * x.astype("float32"))["result"]
    assert result == {
        "kind": "numbers",
        "type": "ndarray",
        "dtype": "float32",
        "shape": [3],
        "values": [2.0, 4.0, 6.0],
    }


def test_nan_and_infinities_travel_as_strings_and_come_back():
    result = record(lambda x: np.array([np.nan, np.inf, -np.inf]))["result"]
    assert result["values"] == ["nan", "inf", "-inf"]
    np.testing.assert_array_equal(decode(result), [np.nan, np.inf, -np.inf])


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "none"),
        (..., "stub"),
        ("0.5", "other"),
        ({1: 2}, "other"),
        (1 + 2j, "other"),
        ([1.0, [2.0, 3.0]], "other"),
        (np.zeros(100_000), "size"),
        ([1, 2, 3], "numbers"),
        (True, "numbers"),
        (10**30, "numbers"),
        (object(), "other"),
    ],
)
def test_whatever_comes_back_is_told_apart(value, kind):
    assert encode(value)["kind"] == kind


def test_a_group_of_results_is_taken_apart_from_a_tuple_a_list_or_an_array():
    for group in ((1.0, 2.0), [1.0, 2.0], np.array([1.0, 2.0])):
        assert [i["values"] for i in encode(group, 2)["items"]] == [[1.0], [2.0]]
    assert encode((1.0, 2.0, 3.0), 2) == {"kind": "other", "type": "tuple of 3"}


def test_an_exception_is_written_down_with_its_line():
    def fails(x):
        return x.nothing

    error = record(fails)["error"]
    assert error["type"] == "AttributeError"
    assert error["line"] == fails.__code__.co_firstlineno + 1


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize("error", [SystemExit(3), GeneratorExit(), Unspeakable(), RecursionError("deep")])
def test_an_answer_may_raise_anything(error):
    def fails(x):
        raise error

    assert record(fails)["error"]["type"] == type(error).__name__


def test_a_stop_button_ends_the_whole_observation():
    def stopped(x):
        raise KeyboardInterrupt

    assert observe(request(), stopped)["stopped"] == {"why": "interrupted"}


def test_warnings_and_printing_are_caught(capsys):
    def loud(x):
        print("hello", file=sys.stdout)
        print("there", file=sys.stderr)
        warnings.warn("careful", DeprecationWarning)
        return np.log(x - 5)

    seen = record(loud)
    assert capsys.readouterr() == ("", "")
    assert seen["warnings"][0] == "DeprecationWarning: careful"
    assert "invalid value" in seen["warnings"][1]


def test_a_changed_argument_is_named():
    def writes(x):
        x[0] = 7
        return x

    assert record(writes)["changed"] == ["x"]
    assert record(lambda x: x + 1)["changed"] == []


def test_an_answer_that_takes_no_arrays_gets_their_numbers_one_by_one():
    seen = record(lambda x: 1.0 if x > 1.5 else 0.0, each=True)
    assert seen["error"]["type"] == "ValueError"
    assert [r["result"]["values"] for r in seen["each"]] == [[0.0], [1.0], [1.0]]
    assert "each" not in record(lambda x: x, each=True)


def documented(x):
    """Only words."""


def dotted(x):
    """Words and dots."""


def returns_nothing(x):
    return


@pytest.mark.parametrize(
    "answer", [None, ..., documented, dotted, returns_nothing, lambda x: ..., lambda x: None]
)
def test_a_stub_is_recognised(answer):
    assert is_stub(answer)
    assert observe(request(), answer)["kind"] == "stub"


@pytest.mark.parametrize("answer", [0, "", np.zeros(2), lambda x: 0, lambda x: x, np.exp, abs, print, int])
def test_an_answer_is_no_stub(answer):
    assert not is_stub(answer)


def test_what_is_no_function_is_said_so():
    assert observe(request(), 3.0)["kind"] == "not-callable"


def helper(x):
    return earlier(x)


def earlier(x):
    return x


def later(x):
    return [helper(t) for t in x]


@pytest.mark.parametrize(
    "answer", [later, np.vectorize(later), functools.partial(later), functools.wraps(later)(lambda x: 0)]
)
def test_names_are_found_through_helpers_and_wrappers(answer):
    assert {"helper", "earlier"} <= names_used(answer)


def test_an_earlier_answer_is_observed_only_where_it_is_used():
    needs = {"earlier": request(), "helper": request(), "dotted": request()}
    evidence = observe(request(needs=needs), later)
    assert evidence["uses"] == ["earlier", "helper"]
    assert evidence["needs"]["earlier"]["calls"]["one"]["result"]["values"] == [1.0, 2.0, 3.0]


def test_a_loop_without_end_is_stopped():
    def endless(x):
        while True:
            pass

    assert observe(request(), endless, seconds=0.2)["stopped"] == {"why": "time", "seconds": 0.2}


def test_a_loop_that_catches_every_exception_once_is_stopped_too():
    def stubborn(x):
        try:
            while True:
                pass
        except BaseException:
            while True:
                pass

    assert observe(request(), stubborn, seconds=0.2)["stopped"]["why"] == "time"


def test_waiting_is_given_more_time_than_computing():
    def sleeps(x):
        time.sleep(0.3)  # twice
        return x

    assert observe(request(), sleeps, seconds=0.5)["stopped"] is None


def test_the_time_limit_leaves_nobody_elses_alarm_out():
    import signal

    before = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)[0]
    with time_limit(5):
        pass
    after = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)[0]
    assert before[0] == after[0]
    assert bool(before[1]) == bool(after[1])
    with pytest.raises(TimeIsUp), time_limit(0.05):
        while True:
            pass


class Hostile:
    def __getattr__(self, name):
        raise RuntimeError(name)


def test_an_object_whose_attributes_raise_is_written_down():
    assert observe(request(), Hostile())["kind"] == "not-callable"
