"""Runs a student's answer and writes down what it did: all that touches student code.

Knows no formula, judge, hint or solution, and imports nothing from the rest of ``autograder``, so that it can
stand alone beside student code. Requests go in and evidence comes out as plain JSON-able data.
"""

from __future__ import annotations

from typing import Any

from autograder.observers.arguments import build
from autograder.observers.built import observe_built
from autograder.observers.draws import observe_draws
from autograder.observers.functions import observe_function
from autograder.observers.guarding import type_name
from autograder.observers.limits import Interrupted, TimeIsUp, time_limit
from autograder.observers.mappings import observe_mapping
from autograder.observers.models import observe_compared, observe_filled
from autograder.observers.reading import globals_of, is_stub, names_used
from autograder.observers.request import Request
from autograder.observers.settings import kept_settings
from autograder.observers.tensors import import_frameworks, observe_tensors
from autograder.observers.values import observe_value

__all__ = ["TIME_LIMIT", "observe"]

TIME_LIMIT = 10.0
"""Seconds for one whole observation where the platform lets us stop it."""

OBSERVERS = {
    "built": observe_built,
    "compared": observe_compared,
    "draws": observe_draws,
    "filled": observe_filled,
    "function": observe_function,
    "mapping": observe_mapping,
    "tensors": observe_tensors,
    "value": observe_value,
}


def observe(request: Request, answer: Any, *, seconds: float = TIME_LIMIT) -> dict[str, Any]:
    """Evidence about ``answer``: a dict with ``kind``, ``calls`` or ``value``, and what `_blank` has.

    Of the answers in the request's ``needs`` those that this one calls by name are observed too, so that a
    judge can say which one to mend; and this one ``apart`` from them, with the request's ``stand_ins`` in
    their place. ``kind`` is ``"stub"`` where nothing was written yet; ``settings`` names what the notebook
    has left on in its frameworks. Whatever the answer raises is written down.
    """
    evidence = _blank(request)
    try:
        with kept_settings():
            if not is_stub(answer):
                import_frameworks(answer, request["inputs"].get("frameworks", []))
        with kept_settings() as found, time_limit(seconds):
            evidence["settings"] = found
            _fill(answer, request, evidence)
            needs = request.get("needs", {})
            evidence["uses"] = sorted(names_used(answer) & set(needs))
            for name in evidence["uses"]:
                evidence["needs"][name] = _blank(needs[name])
                _fill(globals_of(answer).get(name), needs[name], evidence["needs"][name])
            evidence["apart"] = _apart(answer, request, evidence["uses"])
    except TimeIsUp:
        evidence["stopped"] = {"why": "time", "seconds": seconds}
    except (Interrupted, KeyboardInterrupt):
        evidence["stopped"] = {"why": "interrupted"}
    except BaseException as error:  # an object whose very attributes raise
        evidence["stopped"] = {"why": "unreadable", "error": type_name(error)}
    return evidence


def _apart(answer: Any, request: Request, uses: list[str]) -> dict[str, Any] | None:
    """The answer observed once more, with the stand-ins in the place of the earlier answers that it calls.

    None where it calls none of them, or where there is no time left for it.
    """
    stand_ins = {name: build(d) for name, d in request.get("stand_ins", {}).items() if name in uses}
    names = globals_of(answer)
    if not stand_ins or not isinstance(names, dict):
        return None
    before = {name: names[name] for name in stand_ins if name in names}
    evidence = _blank(request)
    try:
        names.update(stand_ins)
        _fill(answer, request, evidence)
    except TimeIsUp:
        return None
    finally:
        for name in stand_ins:
            del names[name]
        names.update(before)
    return evidence


def _blank(request: Request) -> dict[str, Any]:
    nothing: dict[str, Any] = {"uses": [], "needs": {}, "apart": None}
    nothing |= {"stopped": None, "unsteady": None, "settings": []}
    return {"kind": request["observer"], **nothing}


def _fill(answer: Any, request: Request, evidence: dict[str, Any]) -> None:
    if is_stub(answer):
        evidence["kind"] = "stub"
    else:
        OBSERVERS[request["observer"]](answer, request["inputs"], evidence)
