"""Keeps an answer and the process around it apart: best effort, for what can be set and put back.

What an answer changes is put back afterwards. What the notebook changed before, so that right answers would
fail (warnings are errors, numbers have two digits), is as Python starts with it while an answer is observed.
"""

from __future__ import annotations

import builtins
import decimal
import gc
import locale
import logging
import os
import random
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np

from autograder.observers.framework_settings import Undo, as_untouched
from autograder.observers.guarding import safely

_TRAPS = [decimal.DivisionByZero, decimal.InvalidOperation, decimal.Overflow]
LEAST_DEPTH = 1000
"""Calls within calls that Python itself allows at first; one who allowed more may need them."""


@contextmanager
def kept_settings() -> Iterator[list[str]]:
    """Run the block; then folder, environment, random states, signal handlers and the like are as before.

    Yields which settings of frameworks were found that leave a trace in what was made under them. Nobody
    types while a check runs: in the block ``input()`` raises EOFError, in a notebook too. Threads that an
    answer leaves behind cannot be ended, but this process does not wait for them at its end.
    """
    undo: list[Undo] = [_builtins(), _streams(), _folder(), _environment(), _random(), _python(), _numpy()]
    undo += [_threads(), _advice(), _locale()]
    if threading.current_thread() is threading.main_thread():
        undo.append(_signals())
    builtins.input = _nobody_types
    found: list[str] = []
    undo += as_untouched(found)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `call` writes down those of an answer
            yield found
    finally:
        for put_back in undo:
            safely(put_back)


def _nobody_types(*_: Any, **__: Any) -> NoReturn:
    raise EOFError("nobody is there to type an input while a check runs")


def _builtins() -> Callable[[], None]:
    names = dict(vars(builtins))
    return lambda: vars(builtins).update(names)


def _threads() -> Callable[[], None]:
    """From here on threads begin as daemons: one that never ends must not keep its process from ending."""
    begin = threading.Thread.start

    def start(thread: threading.Thread) -> None:
        safely(lambda: setattr(thread, "daemon", True))
        begin(thread)

    def put_back() -> None:
        threading.Thread.start = begin  # type: ignore[method-assign]

    threading.Thread.start = start  # type: ignore[method-assign, assignment]
    return put_back


def _advice() -> Callable[[], None]:
    """No advice from TensorFlow on tracing: it is logged to stderr, past any redirection, after some checks
    in a row, and in a graded cell of nbgrader that would cost all points.
    """
    logger = logging.getLogger("tensorflow")
    level = logger.level
    logger.setLevel(logging.ERROR)
    return lambda: logger.setLevel(level)


def _streams() -> Callable[[], None]:
    streams = sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook

    def put_back() -> None:
        sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook = streams

    return put_back


def _folder() -> Callable[[], None]:
    folder = safely(os.getcwd)
    return lambda: None if folder is None else os.chdir(folder)


def _environment() -> Callable[[], None]:
    before = dict(os.environ)

    def put_back() -> None:
        if dict(os.environ) != before:
            os.environ.clear()
            os.environ.update(before)

    return put_back


def _random() -> Callable[[], None]:
    of_numpy, of_python = np.random.get_state(), random.getstate()

    def put_back() -> None:
        np.random.set_state(of_numpy)
        random.setstate(of_python)

    return put_back


def _python() -> Callable[[], None]:
    depth, switch, path = sys.getrecursionlimit(), sys.getswitchinterval(), list(sys.path)
    tracer, profiler, context = sys.gettrace(), sys.getprofile(), decimal.getcontext().copy()
    collecting, thresholds = gc.isenabled(), gc.get_threshold()
    sys.setrecursionlimit(max(depth, LEAST_DEPTH))
    decimal.setcontext(decimal.Context(prec=28, rounding=decimal.ROUND_HALF_EVEN, traps=_TRAPS))

    def put_back() -> None:
        sys.setrecursionlimit(depth)
        sys.setswitchinterval(switch)
        sys.path[:] = path
        if sys.gettrace() is not tracer:
            sys.settrace(tracer)
        if sys.getprofile() is not profiler:
            sys.setprofile(profiler)
        decimal.setcontext(context)
        gc.set_threshold(*thresholds)
        (gc.enable if collecting else gc.disable)()

    return put_back


def _numpy() -> Callable[[], None]:
    errors, printing = np.geterr(), np.get_printoptions()
    call = np.geterrcall()
    np.seterr(all="warn", under="ignore")

    def put_back() -> None:
        np.seterr(**errors)
        np.seterrcall(call)
        if np.get_printoptions() != printing:
            np.set_printoptions(**printing)

    return put_back


def _locale() -> Undo:
    numbers = locale.setlocale(locale.LC_NUMERIC)
    locale.setlocale(locale.LC_NUMERIC, "C")
    return lambda: locale.setlocale(locale.LC_NUMERIC, numbers)


def _signals() -> Callable[[], None]:
    names = ("SIGINT", "SIGTERM", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGCHLD", "SIGPIPE", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {n: handler for n in numbers if (handler := signal.getsignal(n)) is not None}

    def put_back() -> None:
        for number, handler in before.items():
            if signal.getsignal(number) is not handler:
                signal.signal(number, handler)

    return put_back
