"""Reads an answer without running it: is it still a stub, which names does it use?"""

from __future__ import annotations

import dis
import functools
from collections.abc import Mapping
from types import CodeType, FunctionType
from typing import Any

from autograder.observers.guarding import safely

EMPTY = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP", "LOAD_ASSERTION_ERROR", "CACHE"}


def is_stub(answer: Any) -> bool:
    """Whether nothing was written yet: None, ``...``, or a function whose body only returns nothing."""
    if answer is None or answer is Ellipsis:
        return True
    function = plain_function(answer)
    if function is None:
        return False
    code = function.__code__
    steps = list(dis.get_instructions(code))
    if any(step.opname not in EMPTY for step in steps):
        return False
    constants = [s.argval for s in steps if s.opname in ("LOAD_CONST", "RETURN_CONST")]
    return all(c is None or c is Ellipsis for c in constants)


def plain_function(answer: Any) -> FunctionType | None:
    """The Python function inside ``answer``: looks through np.vectorize, partial, tf.function, decorators."""
    return safely(lambda: _inside(answer))


def _inside(answer: Any) -> FunctionType | None:
    for _ in range(10):
        if type(answer) is FunctionType:
            inner = vars(answer).get("__wrapped__")
            if inner is None:
                return answer
            answer = inner
        elif isinstance(answer, functools.partial):
            answer = answer.func
        elif isinstance(answer, type):
            return None
        else:
            for name in ("pyfunc", "python_function", "__func__", "__wrapped__"):
                inner = safely(functools.partial(getattr, answer, name, None))
                if inner is not None:
                    answer = inner
                    break
            else:
                answer = vars(type(answer)).get("__call__")
                if type(answer) is not FunctionType:
                    return None
    return None


def globals_of(answer: Any) -> Mapping[str, Any]:
    """The names that ``answer`` sees."""
    function = plain_function(answer)
    return {} if function is None else function.__globals__


def names_used(answer: Any) -> set[str]:
    """Global names and modules that ``answer`` mentions, itself or through functions of the same notebook."""
    found: set[str] = set()
    waiting = [plain_function(answer)]
    while waiting:
        function = waiting.pop()
        if function is None:
            continue
        for name in _names(function.__code__) - found:
            found.add(name)
            other = plain_function(function.__globals__.get(name))
            if other is not None and other.__globals__ is function.__globals__:
                waiting.append(other)
    return found


def spoken_of(answer: Any) -> set[str]:
    """The top-level modules that ``answer`` mentions, also under another name."""
    known = globals_of(answer)
    return {str(getattr(known.get(n), "__name__", n)).split(".")[0] for n in names_used(answer)}


def _names(code: CodeType) -> set[str]:
    kinds = ("LOAD_GLOBAL", "LOAD_NAME", "IMPORT_NAME")
    names = {step.argval for step in dis.get_instructions(code) if step.opname in kinds}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= _names(constant)
    return names
