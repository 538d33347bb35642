"""The forms of what every observer writes of a call: its result, its error."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from autograder.evidence.schema import (
    SHAPE,
    Form,
    Unreadable,
    exactly,
    fields,
    listed,
    numbers,
    optional,
    some_of,
    tagged,
    text,
    whole,
)
from autograder.observers.calling import MESSAGE, WARNING, WARNINGS
from autograder.observers.encoding import LIMIT, TYPE
from autograder.observers.guarding import NAMES

NAME = text(NAMES)
RAISED = fields({"type": NAME, "message": text(MESSAGE)})
ERROR = fields({"type": NAME, "message": text(MESSAGE), "line": optional(whole)})
SCALAR = numbers(1)


def result(most: int = LIMIT, results: int | None = None) -> Form:
    """Whatever `encode` makes of a value."""
    kind = {"kind": NAME}
    kinds = {
        "none": fields(kind),
        "stub": fields(kind),
        "other": fields({**kind, "type": text(TYPE)}),
        "size": fields({**kind, "type": NAME, "shape": listed(whole, SHAPE)}),
        "numbers": numbers(most),
    }
    if results is not None:
        kinds["group"] = fields({**kind, "items": exactly(tagged(dict(kinds)), results)})
    return tagged(kinds)


def record(given: Form, changed: Collection[str] = (), /, **more: Form) -> Form:
    """What one call gives: a result or an error, never both, never neither."""
    whole_record = fields(
        {
            "result": optional(given),
            "error": optional(ERROR),
            "warnings": listed(text(WARNING), WARNINGS),
            "changed": some_of(changed),
            **more,
        }
    )

    def form(value: Any, where: str) -> None:
        whole_record(value, where)
        if (value["result"] is None) == (value["error"] is None):
            raise Unreadable(where, "has a result and an error, or neither", "one of them")

    return form
