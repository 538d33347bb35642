"""One call of a student's function: what came back, what it raised, what it warned of and changed."""

from __future__ import annotations

import io
import re
import traceback
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from itertools import islice
from typing import Any

import numpy as np

from autograder.observers.encoding import LIMIT, encode
from autograder.observers.guarding import class_name, clean, safely, type_name
from autograder.observers.limits import Interrupted, TimeIsUp, check_time
from autograder.observers.reading import plain_function

FRAMES = 1000
"""Steps of a traceback that are looked at."""

MESSAGE = 300
"""Characters that are kept of an exception's message."""

WARNINGS, WARNING = 5, 300
"""Warnings that are kept of one call, and characters of each."""


def call(
    function: Callable[..., Any],
    arguments: dict[str, Any],
    results: int | None = None,
    most: int = LIMIT,
    *,
    through: Callable[..., Any] | None = None,
) -> dict[str, Any]:
    """Call ``function`` with ``arguments`` by position and write down what happened.

    ``through`` is called in its place where more is wanted of it than its values; ``results`` and ``most``
    are as in ``encode``. What is printed goes nowhere.

    ``{"result": encoded or None, "error": None or {"type", "message", "line"}, "warnings", "changed"}``;
    ``changed`` names the arguments that were written into. Only TimeIsUp and Interrupted come through.
    """
    before = {name: np.copy(value) for name, value in arguments.items() if isinstance(value, np.ndarray)}
    record: dict[str, Any] = {"result": None, "error": None, "warnings": [], "changed": []}
    paper = io.TextIOWrapper(io.BufferedWriter(Nowhere()), "utf-8", "replace", write_through=True)
    check_time()
    with warnings.catch_warnings(record=True) as caught, redirect_stdout(paper), redirect_stderr(paper):
        warnings.simplefilter("always")
        try:
            with np.errstate(all="warn"):
                value = (through or function)(*arguments.values())
                record["result"] = encode(value, results, most)
                safely(lambda: _close(value))
        except TimeIsUp:
            raise
        except KeyboardInterrupt:
            raise Interrupted from None
        except BaseException as error:  # an answer may raise anything, SystemExit included
            record["error"] = _error(error, function)
    check_time()
    safely(paper.flush)
    said = [f"{class_name(w.category)}: {clean(w.message, 200)}" for w in caught[:WARNINGS]]
    record["warnings"] = [text[:WARNING] for text in said]
    record["changed"] = [name for name, old in before.items() if not _same(arguments[name], old)]
    return record


def _same(array: np.ndarray, old: np.ndarray) -> bool:
    equal = safely(lambda: array.shape == old.shape and np.array_equal(array, old, equal_nan=True), False)
    return bool(equal)


def _close(value: Any) -> None:
    """A coroutine that nobody awaits would warn later, from somewhere else."""
    if type_name(value) == "coroutine":
        value.close()


def _error(error: BaseException, function: Any) -> dict[str, Any]:
    text = clean(error, 2000).strip()
    home = safely(lambda: _code(function).co_filename)
    steps = safely(lambda: list(islice(traceback.walk_tb(error.__traceback__), FRAMES)), [])
    lines = [line for frame, line in steps if home and frame.f_code.co_filename == home]
    safely(lambda: BaseException.with_traceback(error, None))  # raised again, the same one would grow longer
    return {
        "type": type_name(error),
        "message": _sentence(text)[:MESSAGE],
        "line": lines[-1] if lines else None,
    }


def _code(function: Any) -> Any:
    return (plain_function(function) or function).__code__


def _sentence(text: str) -> str:
    """The first line of an error's text; where that tells only where (in tf.function), the last."""
    lines = [line.strip() for line in text.split("\n") if line.strip()] or [""]
    line = lines[-1].partition(": ")[2] or lines[-1] if lines[0] == "in user code:" else lines[0]
    return re.sub(r"\{\{function_node [^}]*\}\}\s*|\s*\[Op:\w+\](?: name:.*)?$| at 0x[0-9a-f]+", "", line)


class Nowhere(io.RawIOBase):
    """Takes what is printed, as text or bytes, and keeps nothing of it."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)
