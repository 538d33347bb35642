"""What is tried in exercise ``baseline-model``: the model with given weights, and its compiled loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Problem, problem_of, read_result
from autograder.kinds.keras_model import (
    BIASES,
    KERNELS,
    activations,
    losses,
    model_of,
    penalised,
    steady,
)
from autograder.observers.built import parameters
from autograder.observers.encoding import array_of, decode

X = ((-2.0, 1.0), (0.5, -1.5), (1.0, 2.0), (3.0, -0.5), (0.0, 0.0), (-1.0, -1.0), (2.0, -3.0))
"""Points at which each neuron receives numbers of both signs: there no two activations are alike."""

TRUE, PREDICTED = ((0.1,), (0.5,), (0.75,)), ((0.2,), (0.5,), (0.25,))


def probe(rng: np.random.Generator) -> Inputs:
    """Weights and points that are always the same, which name mistakes; fresh ones; and so with the loss."""
    fresh = np.round(rng.uniform(-3, 3, (5, 2)), 2)
    seeds = ((2, X), (int(rng.integers(100, 10_000)), fresh))
    pairs = ((TRUE, PREDICTED), np.round(rng.uniform(0.05, 0.95, (2, 4, 1)), 3))
    return {
        "draws": [{"seed": s, "x": {"array": array_of(x)}} for s, x in seeds],
        "losses": [
            {n: {"array": array_of(y)} for n, y in zip(("y_true", "y_pred"), p, strict=True)} for p in pairs
        ],
    }


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """Four criteria: layers, activations, optimiser, loss.

    Shapes and the optimiser's name are no more than told: they count where something computed agrees, the
    outputs with layers of those shapes, or the loss with one that is known.
    """
    comparison, model = Comparison(), model_of(evidence)
    names = ("layers", "activations", "optimiser", "loss")
    if model is None:
        record = evidence["calls"]["model"]
        what = problem_of(record["error"]) if record["error"] else _something(record)
        comparison.problems.append(Problem("when called", what, "a Keras model"))
        comparison.criteria = [Criterion(n, 1.0, 0.0) for n in names]
        return comparison
    found = (_layers(model), _activations(inputs, model), _optimizer(model), _loss(inputs, model))
    comparison.problems = [p for problems in found for p in problems]
    computed = activations(inputs, model) is not None or bool(losses(inputs, model))
    comparison.criteria = [
        Criterion(n, 1.0, float(not p and computed)) for n, p in zip(names, found, strict=True)
    ]
    comparison.remarks = _remarks(model) if comparison.right else []
    return comparison


def _something(record: dict[str, Any]) -> str:
    result = record["result"]
    if record["classes"]:
        return f"gives the class {record['classes'][0]}"
    if result["kind"] == "numbers":
        return f"gives a {result['type']} and no Keras model"
    return (read_result(result, ()).problem or "gives no model").replace(
        "no numbers but", "no Keras model but"
    )


def _layers(model: dict[str, Any]) -> list[Problem]:
    """What is wrong with how neurons are joined."""
    if model["error"] is not None and model["inputs"] not in (None, [[2]]):
        shapes = " and ".join(str(tuple(i)) for i in model["inputs"])
        return [Problem("at its input", f"takes examples of shape {shapes}", "(2,)")]
    if model["error"] is not None:
        return [Problem("called with an array of shape (7, 2)", problem_of(model["error"]), "outputs (7, 1)")]
    wanted = sorted([*KERNELS, *BIASES])
    if sorted(model["shapes"]) != wanted:
        shapes = ", ".join(str(tuple(s)) for s in model["shapes"]) or "none"
        what = f"has {parameters(model['shapes'])} parameters, in arrays of shape {shapes}"
        return [Problem("counted in its weights", what, "9: (2, 2), (2,), (2, 1), (1,)")]
    if model["trainable"] != 9:
        what = f"has {model['trainable']} numbers that training may change"
        return [Problem("counted in its trainable weights", what, "9")]
    if not steady(model):
        return [Problem("with training=True", "gives other outputs than without", "the same outputs")]
    return []


def _activations(inputs: Inputs, model: dict[str, Any]) -> list[Problem]:
    """What is wrong with what the layers do with their sums."""
    found = activations(inputs, model)
    if found is None:
        what = "gives other outputs than dense layers with a sigmoid"
        return [Problem("called with an array", what, "sigmoid, sigmoid")]
    names = [f"layer {i + 1} of {len(found)}" for i in range(len(found))]
    return [
        Problem(f"in {layer}", f"has the activation {name}", "sigmoid")
        for layer, name in zip(names, found, strict=True)
        if name != "sigmoid"
    ]


def _optimizer(model: dict[str, Any]) -> list[Problem]:
    if not model["compiled"]:
        return [Problem("before training", "is not compiled", "an optimiser and a loss")]
    name = model["optimizer"]["type"]
    return [] if name == "Adam" else [Problem("as its optimiser", f"has {name}", "Adam")]


def _loss(inputs: Inputs, model: dict[str, Any]) -> list[Problem]:
    if not model["compiled"]:
        return [Problem("before training", "has no loss", "the mean absolute error")]
    first, pair = model["losses"][0], inputs["losses"][0]
    if first["error"] is not None:
        return [Problem("computing its loss", problem_of(first["error"]), "the mean absolute error")]
    if "mean absolute error" in losses(inputs, model) and not penalised(model):
        return []
    t, p = (decode(pair[n]["array"]).tolist() for n in ("y_true", "y_pred"))
    mean = np.mean(np.abs(np.array(t) - np.array(p)))
    got = read_result(first["value"], ()).numbers if first["value"] else None
    what = "has a loss that is no number" if got is None else f"has a loss of {float(got):.6g}"
    return [Problem(f"for y_true = {t} and y_pred = {p}", what, f"{mean:.6g}")]


def _remarks(model: dict[str, Any]) -> list[str]:
    """What is worth saying about a right model, and costs nothing."""
    remarks = []
    if not model["inputs"]:
        remarks.append(
            "How many inputs it has, it finds out from its first data. keras.Input((2,)) says so at once, "
            "and model.summary() can count the parameters."
        )
    rate = model["optimizer"]["learning_rate"]
    if rate is not None and abs(rate - 0.001) > 1e-6:
        remarks.append(
            f"Its learning rate is {rate:.6g}; Adam's usual one, which the lesson measured, is 0.001."
        )
    return remarks
