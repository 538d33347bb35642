"""One call of a student's function: what came back, what it raised, warned, printed and changed."""

from __future__ import annotations

import io
import traceback
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import numpy as np

from autograder.observers.encoding import encode
from autograder.observers.limits import Interrupted, TimeIsUp


def call(
    function: Callable[..., Any], arguments: dict[str, Any], results: int | None = None
) -> dict[str, Any]:
    """Call ``function`` with ``arguments`` by position and write down what happened.

    ``{"result": encoded or None, "error": None or {"type", "message", "line"}, "warnings", "printed",
    "changed"}``; ``changed`` names the arguments that were written into. Only TimeIsUp and Interrupted come
    through.
    """
    before = {name: np.copy(value) for name, value in arguments.items() if isinstance(value, np.ndarray)}
    record: dict[str, Any] = {"result": None, "error": None, "warnings": [], "printed": "", "changed": []}
    printed = _Paper()
    with warnings.catch_warnings(record=True) as caught, redirect_stdout(printed), redirect_stderr(printed):
        warnings.simplefilter("always")
        try:
            with np.errstate(all="warn"):
                record["result"] = encode(function(*arguments.values()), results)
        except TimeIsUp:
            raise
        except KeyboardInterrupt:
            raise Interrupted from None
        except BaseException as error:  # an answer may raise anything, SystemExit included
            record["error"] = _error(error, function)
    record["warnings"] = [f"{w.category.__name__}: {str(w.message)[:200]}" for w in caught[:5]]
    record["printed"] = printed.text
    record["changed"] = [
        name
        for name, old in before.items()
        if arguments[name].shape != old.shape or not np.array_equal(arguments[name], old, equal_nan=True)
    ]
    return record


def _error(error: BaseException, function: Any) -> dict[str, Any]:
    try:
        message = str(error).strip().split("\n")[0][:300]
    except Exception:
        message = ""
    home = getattr(getattr(function, "__code__", None), "co_filename", None)
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if home and f.filename == home]
    return {"type": type(error).__name__, "message": message, "line": lines[-1] if lines else None}


class _Paper(io.TextIOBase):
    """Takes what is printed and keeps only its beginning."""

    def __init__(self) -> None:
        self.text = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text[: max(0, 2000 - len(self.text))]
        return len(text)
