"""Reads evidence once, strictly: exactly the calls that were asked for, each as an observer writes it.

Student code runs beside the observers and may write anything in their place. What passes here has the form of
an answer to this very request; judges and mistakes look at nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.evidence.observed import OBSERVED
from autograder.evidence.records import NAME
from autograder.evidence.schema import (
    Form,
    Unreadable,
    anything,
    fields,
    finite,
    named,
    nothing,
    one_of,
    shown,
    some_of,
    text,
)
from autograder.exercise import Evidence
from autograder.observers.calling import MESSAGE
from autograder.observers.framework_settings import LEAVE_A_TRACE
from autograder.observers.guarding import NAMES
from autograder.observers.models import LONGEST
from autograder.observers.request import Request

__all__ = ["Unreadable", "read"]

NOTHING: Evidence = dict(uses=[], needs={}, apart=None, stopped=None, unsteady=None, settings=[], calls={})
"""What there is of an answer that was not called."""


def read(request: Request, evidence: Any) -> Evidence:
    """``evidence``, if it is what observing an answer to ``request`` gives; raises Unreadable otherwise.

    Where the observation was stopped, why is all that counts. ``calls`` is there in any case.
    """
    if type(evidence) is not dict or type(evidence.get("kind")) is not str:
        raise Unreadable("it", shown(evidence), "a dict with its kind")
    if evidence.get("stopped") is not None:
        return {**NOTHING, "kind": evidence["kind"][:NAMES], "stopped": _stopped(evidence["stopped"])}
    needs = request.get("needs", {})
    common = {
        "kind": NAME,
        "uses": some_of(needs),
        "needs": named(anything, len(needs), NAMES),
        "stopped": nothing,
        "unsteady": nothing,
        "settings": some_of(LEAVE_A_TRACE),
        "apart": anything,
    }
    fields({**common, **_own(request, evidence)})(evidence, "it")
    if sorted(evidence["needs"]) != evidence["uses"]:
        raise Unreadable("it", "was asked about other names than it uses", "the same")
    earlier = {name: read(needs[name], evidence["needs"][name]) for name in evidence["uses"]}
    apart = evidence["apart"]
    if apart is not None:
        if not request.get("stand_ins", {}).keys() & set(evidence["uses"]):
            raise Unreadable("it", "was looked at apart from what it does not use", "no such look")
        apart = read(alone(request), apart)
    return {**NOTHING, **evidence, "needs": earlier, "apart": apart}


def alone(request: Request) -> Request:
    """The request without earlier answers."""
    return {"observer": request["observer"], "inputs": request["inputs"]}


def _own(request: Request, evidence: Evidence) -> Mapping[str, Form]:
    """What evidence has besides what all has, by its kind."""
    kind, observer = evidence["kind"], request["observer"]
    if kind == observer:
        return OBSERVED[kind](request["inputs"], evidence)
    if kind == "not-callable" and observer not in ("value", "mapping"):
        return {"type": NAME}
    if kind == "stub" or (kind == "no-framework" and observer == "tensors"):
        return {}
    raise Unreadable("it", f"is of kind {kind[:20]!r}", observer)


def _stopped(stopped: Any) -> dict[str, Any]:
    """Why an observation came to no end."""
    more: dict[str, dict[str, Form]] = {
        "time": {"seconds": finite},
        "died": {"how": text(LONGEST)},
        "unreadable": {"error": text(MESSAGE)},
    }
    where = "what stopped it"
    why = stopped.get("why") if type(stopped) is dict else stopped
    one_of("interrupted", *more)(why, where)
    fields({"why": NAME, **more.get(str(why), {})})(stopped, where)
    return stopped
