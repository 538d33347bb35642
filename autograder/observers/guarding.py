"""Looks at an answer's objects that may answer with anything: an exception, a lie, a name a mile long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.observers.limits import Interrupted, TimeIsUp

NAME = type.__dict__["__name__"]
NAMES = 80
"""Most characters of a name that are kept."""


def safely(look: Callable[[], Any], otherwise: Any = None) -> Any:
    """What ``look()`` gives, or ``otherwise`` where it raises; only the end of the time comes through."""
    try:
        return look()
    except (TimeIsUp, Interrupted, KeyboardInterrupt):
        raise
    except BaseException:
        return otherwise


def type_name(value: Any) -> str:
    """The name of a value's type, past any metaclass, as characters that can be written anywhere."""
    return class_name(type(value))


def class_name(kind: type) -> str:
    """The name of a class, past any metaclass."""
    return clean(NAME.__get__(kind), NAMES)


def clean(text: Any, length: int) -> str:
    """``str(text)`` as plain text of at most ``length`` characters; empty where there is none to be had."""
    said = safely(lambda: str(text), "")
    start: str = str.__getitem__(said, slice(0, length))  # a subclass may have an answer of its own here too
    return start.encode("utf-8", "replace").decode()
