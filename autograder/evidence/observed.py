"""What each observer writes down, by the inputs that it was given: the calls by name, each with its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from autograder.evidence.records import NAME, RAISED, SCALAR, record, result
from autograder.evidence.schema import (
    SHAPE,
    Form,
    Unreadable,
    anything,
    exactly,
    fields,
    finite,
    listed,
    named,
    nothing,
    number,
    numbers,
    one_of,
    optional,
    some_of,
    truth,
    whole,
)
from autograder.exercise import Evidence, Inputs
from autograder.observers import draws, tensors
from autograder.observers.built import MOST_ARRAYS, MOST_INPUTS, is_tried
from autograder.observers.encoding import LIMIT, ONE, most_numbers
from autograder.observers.functions import is_whole
from autograder.observers.guarding import NAMES
from autograder.observers.mappings import LARGEST, MOST_ITEMS, MOST_KEYS
from autograder.observers.models import LONGEST, MOST_NAMES, MOST_TAKEN


def _calls(forms: Mapping[str, Form]) -> Mapping[str, Form]:
    return {"calls": fields(forms)}


def _function(inputs: Inputs, _: Evidence) -> Mapping[str, Form]:
    asked = inputs["calls"]
    return {
        **_calls({wanted["id"]: _called(wanted, len(asked)) for wanted in asked}),
        "unsteady": optional(one_of(*(wanted["id"] for wanted in asked))),
        "tensors": optional(one_of("torch")),
    }


def _called(wanted: dict[str, Any], calls: int) -> Form:
    """The record of one call; of one number after the other where the answer did not take the array whole."""
    arrays = [a for a in wanted["arguments"] if "array" in a]
    results = wanted.get("results")
    arguments = [a["name"] for a in arrays if not a.get("listed")]
    taken_whole = record(result(most_numbers(calls, results), results), arguments)
    if not wanted.get("each"):
        return taken_whole
    one_by_one = exactly(record(result(ONE)), len(arrays[0]["array"]["values"]))

    def form(value: Any, where: str) -> None:
        kept = dict(value) if type(value) is dict else value
        each = kept.pop("each", None) if type(kept) is dict else None
        taken_whole(kept, where)
        (nothing if is_whole(kept, wanted) else one_by_one)(each, f"{where}['each']")

    return form


def _value(inputs: Inputs, _: Evidence) -> Mapping[str, Form]:
    return {"value": record(result(LIMIT, inputs["results"]))}


def _mapping(_: Inputs, __: Evidence) -> Mapping[str, Form]:
    value = fields({"type": NAME, "items": optional(listed(_item, MOST_ITEMS)), "itself": _item})
    return {"value": fields({"type": NAME, "entries": optional(named(value, MOST_KEYS, NAMES))})}


def _item(value: Any, where: str) -> None:
    """A number, a name, a class or some object."""
    if type(value) is dict and "number" in value:
        fields({"number": number, "whole": truth})(value, where)
        fits = type(value["number"]) is int and abs(value["number"]) < LARGEST
        if fits != value["whole"]:
            raise Unreadable(where, "has another number", "a whole one, or one with decimals, as it says")
    else:
        kinds = ("text", "class", "object")
        kind = next((k for k in kinds if type(value) is dict and k in value), kinds[0])
        fields({kind: NAME})(value, where)


def _draws(inputs: Inputs, evidence: Evidence) -> Mapping[str, Form]:
    """The forms of all calls: which are made is told by what those before gave, so each is read at once."""
    forms: dict[str, Form] = {}
    calls = evidence.get("calls")
    for wanted in draws.asked_for(inputs["calls"], calls if type(calls) is dict else {}):
        given = result(LIMIT, wanted["results"])
        more = {"advanced": truth, "global_random": some_of(draws.GLOBAL)}
        more |= {"again": record(given)} if wanted["again"] else {}
        forms[wanted["id"]] = anything  # it is read here, or it is not there
        if type(calls) is not dict or wanted["id"] not in calls:
            break
        record(given, **more)(calls[wanted["id"]], f"it['calls'][{wanted['id']!r}]")
    return _calls(forms)


def _built(inputs: Inputs, _: Evidence) -> Mapping[str, Form]:
    sizes = listed(whole, SHAPE)
    output = result()
    loss = {"value": optional(SCALAR), "error": optional(RAISED), "penalty": SCALAR}
    described = fields(
        {
            "type": NAME,
            "inputs": optional(listed(listed(optional(whole), SHAPE), MOST_INPUTS)),
            "counted": optional(whole),
            "new": truth,
            "error": optional(RAISED),
            "shapes": listed(sizes, MOST_ARRAYS),
            "trainable": whole,
            "draws": listed(fields({"outputs": exactly(output, 2)}), len(inputs["draws"])),
            "compiled": truth,
            "optimizer": optional(fields({"type": NAME, "learning_rate": optional(finite)})),
            "losses": listed(fields(loss), len(inputs["losses"])),
        }
    )

    def model(value: Any, where: str) -> None:
        described(value, where)
        tried = len(inputs["draws"]) if is_tried(value["error"], value["shapes"]) else 0
        exactly(anything, tried)(value["draws"], f"{where}['draws']")
        asked = len(inputs["losses"]) if value["compiled"] else 0
        exactly(anything, asked)(value["losses"], f"{where}['losses']")
        if (value["optimizer"] is None) == value["compiled"]:
            raise Unreadable(
                where, "has an optimizer uncompiled, or none compiled", "one where it is compiled"
            )

    return _calls({"model": record(output, model=optional(model), classes=listed(NAME, 1))})


def _filled(inputs: Inputs, _: Evidence) -> Mapping[str, Form]:
    return _calls({m["id"]: record(result(), left=_left(m["layers"])) for m in inputs["models"]})


def _left(layers: list[dict[str, Any]]) -> Form:
    """Kernel and bias of each dense layer, nothing of the others."""

    def form(value: Any, where: str) -> None:
        exactly(anything, len(layers))(value, where)
        for i, (arrays, layer) in enumerate(zip(value, layers, strict=True)):
            exactly(numbers(LIMIT), 2 if "units" in layer else 0)(arrays, f"{where}[{i}]")

    return form


def _compared(inputs: Inputs, _: Evidence) -> Mapping[str, Form]:
    one = result(ONE)

    def call(wanted: dict[str, Any]) -> Form:
        functions = [m["name"] for m in wanted["models"] if "function" in m]
        return record(
            result(),
            ["models"],
            named=optional(named(one, MOST_NAMES, LONGEST)),
            taken=fields({name: listed(one, MOST_TAKEN) for name in functions}),
        )

    return _calls({wanted["id"]: call(wanted) for wanted in inputs["calls"]})


def _tensors(inputs: Inputs, evidence: Evidence) -> Mapping[str, Form]:
    framework = one_of(*inputs["frameworks"])
    framework(evidence.get("framework"), "its framework")
    pair = result(most_numbers(len(inputs["calls"]), 2), 2)

    def given(value: Any, where: str) -> None:
        pair(value, where)
        one_of("group", "none", "stub", "other")(value["kind"], f"{where}['kind']")

    made = tensors.asked_for(inputs["calls"], evidence["framework"])
    registered = {"registered": optional(truth)} if "registered" in inputs else {}
    calls = _calls({wanted["id"]: record(given, tensor=truth) for wanted in made})
    return {**calls, "framework": framework, **registered}


OBSERVED: dict[str, Callable[[Inputs, Evidence], Mapping[str, Form]]] = {
    "built": _built,
    "compared": _compared,
    "draws": _draws,
    "filled": _filled,
    "function": _function,
    "mapping": _mapping,
    "tensors": _tensors,
    "value": _value,
}
"""By observer: what its evidence has besides what all evidence has, for these inputs."""
