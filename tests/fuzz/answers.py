"""Builds strange answers from plain descriptions: what they do, what they give back, what they come as."""

# ruff: noqa: ARG001, ARG005

from __future__ import annotations

import asyncio
import builtins
import contextlib
import ctypes
import functools
import gc
import os
import random
import re
import signal
import sys
import threading
import time
import warnings
from typing import Any

import numpy as np

from tests.fuzz.values import SAME, VALUES, AnyAttribute, Raises


def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_slope(x):
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


def approximator(x, w, b, v):
    return sigmoid(np.outer(x, w) + b) @ v


def loss_gradient(x, y, w, b, v):
    s = sigmoid(w * x + b)
    dv = 2 * (s @ v - y) * s
    db = dv * v * (1 - s)
    return db * x, db, dv


def sgd_step(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv


def epochs(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (points * (1 - validation_split)))


def activation(x):
    x = np.asarray(x, dtype=float)
    middle = 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)
    return np.where(x <= 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1), np.where(x <= 15, middle, tail))


def activation_slope(x):
    x = np.asarray(x, dtype=float)
    middle = 30000 / (1e6 * np.clip(x, 0, 15) + 1)
    tail = 109.0858178 / (109.0858178 * np.maximum(x, 15) - 1403.359435) ** 2
    return np.where(x <= 0, 0.5 * np.exp(np.minimum(x, 0)), np.where(x <= 15, middle, tail))


def divide(a, b, activation):
    h1 = activation(1e-6 * np.asarray(a) - 1e-6)
    return activation(33.3333 * (h1 - activation(1e-6 * np.asarray(b) - 1e-6)) - 3.912023)


def training_steps(points, batch_size, epochs):
    return -(-points // batch_size) * epochs


def mean_absolute_error(y_true, y_pred):
    return float(np.mean(np.abs(np.asarray(y_true) - np.asarray(y_pred))))


RIGHT = {
    f.__name__.replace("_", "-"): f
    for f in (
        *(sigmoid, sigmoid_slope, approximator, loss_gradient, sgd_step, epochs, activation),
        *(activation_slope, divide, training_steps, mean_absolute_error),
    )
}


def raises(error):
    def do(state, *a):
        raise error

    return do


def changes_arguments(state, *a):
    for value in a:
        if isinstance(value, np.ndarray):
            value[...] = 7
            with contextlib.suppress(Exception):
                value.resize((2, 2), refcheck=False)


def every_other_time_fails(state, *a):
    state["calls"] = state.get("calls", 0) + 1
    if state["calls"] % 2:
        raise ValueError("not this time")


def recursion(state, *a):
    recursion(state, *a)


def deep_recursion(state, *a):
    sys.setrecursionlimit(10**7)
    recursion(state, *a)


def closes_everything(state, *a):
    os.closerange(0, 100)


def leaves_a_thread(state, *a):
    threading.Thread(target=time.sleep, args=(1000,), daemon=False).start()


def leaves_a_process(state, *a):
    if not state.get("forked"):
        state["forked"] = True
        if os.fork() == 0:
            os.setsid()
            time.sleep(1000)


def forks_and_goes_on(state, *a):
    if not state.get("forked"):
        state["forked"] = True
        os.fork()


def forges(state, *a):
    for descriptor in range(3, 20):
        with contextlib.suppress(OSError):
            os.write(descriptor, b'{"kind": "stub"}\n')


def changes_settings(state, *a):
    np.seterr(all="raise")
    np.random.seed(0)
    random.seed(0)
    np.set_printoptions(precision=1)
    warnings.simplefilter("error")
    os.chdir("/")
    os.environ.clear()
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    sys.stdout = sys.stderr = None
    builtins.print = None
    sys.path.clear()
    gc.disable()


def spoils_json(state, *a):
    import json

    json.dumps = None


def eats_memory(state, *a):
    state["eaten"] = bytearray(10**11)


def prints_a_novel(state, *a):
    for _ in range(20):
        print("Call me Ishmael. " * 5000)


PLAIN: dict[str, Any] = {
    "nothing": lambda state, *a: None,
    "raises value": raises(ValueError("no\nreally")),
    "raises novel": raises(ValueError("x" * 10**6)),
    "raises hostile": raises(ValueError(Raises(ValueError))),
    "raises exit": raises(SystemExit(3)),
    "raises interrupt": raises(KeyboardInterrupt()),
    "raises generator exit": raises(GeneratorExit()),
    "raises base": raises(BaseException("base")),
    "raises stop": raises(StopIteration()),
    "raises assertion": raises(AssertionError()),
    "raises todo": raises(NotImplementedError()),
    "raises memory": raises(MemoryError()),
    "raises group": raises(ExceptionGroup("several", [ValueError(), TypeError()])),
    "changes arguments": changes_arguments,
    "every other time fails": every_other_time_fails,
    "recursion": recursion,
    "ends the process": lambda state, *a: os._exit(0),
    "kills itself": lambda state, *a: os.kill(os.getpid(), signal.SIGKILL),
    "exits": lambda state, *a: sys.exit("bye"),
    "crashes": lambda state, *a: ctypes.string_at(0),
    "deep recursion": deep_recursion,
    "closes everything": closes_everything,
    "leaves a thread": leaves_a_thread,
    "leaves a process": leaves_a_process,
    "forks and goes on": forks_and_goes_on,
    "forges": forges,
    "changes settings": changes_settings,
    "spoils json": spoils_json,
    "eats memory": eats_memory,
    "prints a novel": prints_a_novel,
    "prints past python": lambda state, *a: os.write(1, b"\xff\n" * 100),
    "prints bytes": lambda state, *a: sys.stdout.buffer.write(b"\xff"),
    "closes stdout": lambda state, *a: sys.stdout.close(),
    "asks": lambda state, *a: input("how are you? "),
    "warns": lambda state, *a: [warnings.warn(f"careful {i}", stacklevel=2) for i in range(50)],
    "divides by zero": lambda state, *a: np.float64(1) / np.float64(0),
    "random": lambda state, *a: np.random.rand(5),
    "asyncio": lambda state, *a: asyncio.run(asyncio.sleep(0)),
    "kills its parent": lambda state, *a: os.kill(os.getppid(), signal.SIGTERM),
}
"""By name: what an answer may do before it gives something back; returns in no time."""


def swallows(state, *a):
    while True:
        with contextlib.suppress(BaseException):
            while True:
                time.sleep(0.01)


def ignores_alarms(state, *a):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(1000)


def loops(state, *a):
    while True:
        pass


HANGS: dict[str, Any] = {
    "loops": loops,
    "sleeps": lambda state, *a: time.sleep(1000),
    "swallows": swallows,
    "ignores alarms": ignores_alarms,
    "regex": lambda state, *a: re.match("(a*)*b", "a" * 40),
    "power": lambda state, *a: 10**10**9,
    "reads for ever": lambda state, *a: os.read(os.pipe()[0], 1),
    "sum": lambda state, *a: sum(range(10**12)),
    "catches once": lambda state, *a: [contextlib.suppress(BaseException).__enter__(), loops(state)],
}
"""By name: what never ends."""


class Callable_:
    def __init__(self, f):
        self.f = f

    def __call__(self, *a):
        return self.f(*a)

    def method(self, *a):
        return self.f(*a)


class Unreadable(Callable_):
    def __getattr__(self, name):
        if name.startswith("__") or name == "f":
            raise AttributeError(name)
        raise SystemExit(name)


class NoPickle(Callable_):
    def __reduce__(self):
        raise SystemExit("not me")


class SlowPickle(Callable_):
    def __reduce__(self):
        while True:
            pass


class BadUnpickle(Callable_):
    def __reduce__(self):
        return os._exit, (5,)


def keyword_only(f):
    return lambda *, x: f(x)


def coroutine(f):
    async def g(*a):
        return f(*a)

    return g


def generator(f):
    def g(*a):
        yield f(*a)

    return g


def decorated(f):
    @functools.wraps(f)
    def g(*a, **k):
        return f(*a, **k)

    return g


def wrapped_round(f):
    g = decorated(f)
    g.__wrapped__ = g
    return g


def carries(f, luggage):
    def g(*a):
        return f(*a) if luggage is not None else None

    return g


COMES_AS: dict[str, Any] = {
    "function": lambda f: f,
    "lambda": lambda f: lambda *a: f(*a),
    "object": Callable_,
    "method": lambda f: Callable_(f).method,
    "partial": functools.partial,
    "cached": functools.lru_cache,
    "decorated": decorated,
    "wraps itself": wrapped_round,
    "vectorized": lambda f: np.vectorize(f),
    "frompyfunc": lambda f: np.frompyfunc(f, 1, 1),
    "unreadable": Unreadable,
    "no pickle": NoPickle,
    "bad unpickle": BadUnpickle,
    "keyword only": keyword_only,
    "coroutine": coroutine,
    "generator": generator,
    "class": lambda f: type("Answer", (), {"__new__": lambda cls, *a: f(*a)}),
    "static": lambda f: staticmethod(f),
    "builtin": lambda f: len,
    "ufunc": lambda f: np.exp,
    "print": lambda f: print,
    "value": lambda f: 3.0,
    "result": lambda f: sigmoid(np.zeros(2)),
    "any attribute": lambda f: AnyAttribute(),
    "raises": lambda f: Raises(RuntimeError),
    "lock": lambda f: carries(f, threading.Lock()),
    "a gigabyte": lambda f: carries(f, np.broadcast_to(0.0, 10**9)),
    "many numbers": lambda f: carries(f, [b"x" * 10**6] * 2),
    "object array": lambda f: np.array([f], dtype=object),
    "missing name": lambda f: lambda *a: nothing_of_that_name(f),  # noqa: F821
}
"""By name: what the function is turned into."""


def build(exercise: str, does: list[str], gives: str, comes_as: list[str]) -> Any:
    """The answer of that description: does this, gives that, comes as those, one around the other."""
    right = RIGHT.get(exercise, sigmoid)
    acts = [(PLAIN | HANGS)[name] for name in does]
    dress = (SAME | VALUES)[gives]
    state: dict = {}

    def answer(*a):
        for act in acts:
            act(state, *a)
        return dress(right(*a), *a)

    found: Any = answer
    for name in comes_as:
        found = (COMES_AS | {"slow pickle": SlowPickle})[name](found)
    return found


def build_value(kind: str, numbers: list[float]) -> Any:
    """An answer that is a value: nine numbers in some shapes, or something else."""
    n = [*numbers, *[0.0] * 9][:9]
    W1, b1, W2, b2 = np.reshape(n[:4], (2, 2)), np.array(n[4:6]), np.reshape(n[6:8], (2, 1)), np.array(n[8:])
    if kind in VALUES:
        return VALUES[kind](b1)
    shapes = {
        "tuple": (W1, b1, W2, b2),
        "list": [W1.tolist(), b1.tolist(), W2.tolist(), b2.tolist()],
        "flat": n,
        "three": (W1, b1, W2),
        "objects": np.array([W1, b1, W2, b2], dtype=object),
        "generator": (x for x in (W1, b1, W2, b2)),
        "hostile": (W1, Raises(ValueError), W2, b2),
        "strings": tuple(map(str, n)),
    }
    return shapes[kind]


VALUE_KINDS = ["tuple", "list", "flat", "three", "objects", "generator", "hostile", "strings"]
