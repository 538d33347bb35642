"""Functions that build a Keras model of dense layers and compile it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Comparison, Problem, problem_of
from autograder.kinds.dense_layers import LOSSES, Model, read_model
from autograder.observers.built import parameters
from autograder.observers.encoding import array_of
from autograder.verdict import Criterion

ANY = "any"
"""In a wrong model: whichever activation a layer has."""

WrongModel = dict[str, Any]
"""What a wrong model has in place of ``units``, ``activations``, ``optimizer`` or ``loss``."""

Points = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Observation:
    """One call: the model that it built, or the result or error in its place, and the name of a class."""

    model: Model | None
    result: dict[str, Any] | None
    error: dict[str, Any] | None
    class_name: str | None


@dataclass(frozen=True)
class KerasModel:
    """Dense layers of ``units`` neurons with these ``activations``, compiled with ``optimizer`` and ``loss``.

    Activations and loss have the names that `dense_layers` knows. Beside fresh points and weights some are
    always the same, for mistakes to have a name: ``points`` with the weights that ``seed`` draws (where each
    neuron receives numbers of both signs, no two activations are alike), and the targets and predictions
    ``y_true``, ``y_pred``. Another learning rate than the lesson's is remarked upon.
    """

    inputs: int
    units: tuple[int, ...]
    activations: tuple[str, ...]
    optimizer: str
    learning_rate: float
    loss: str
    seed: int
    points: Points
    y_true: Points
    y_pred: Points
    observer: str = field(default="built", init=False)

    def draw(self, rng: np.random.Generator) -> Inputs:
        fresh = np.round(rng.uniform(-3, 3, (5, self.inputs)), 2)
        seeds = ((self.seed, self.points), (int(rng.integers(100, 10_000)), fresh))
        pairs = ((self.y_true, self.y_pred), np.round(rng.uniform(0.05, 0.95, (2, 4, self.units[-1])), 3))
        return {
            "draws": [{"seed": seed, "x": {"array": array_of(x)}} for seed, x in seeds],
            "losses": [
                {"y_true": {"array": array_of(t)}, "y_pred": {"array": array_of(p)}} for t, p in pairs
            ],
        }

    def read(self, inputs: Inputs, evidence: Evidence) -> Observation:
        record = evidence["calls"]["model"]
        model = record["model"] and read_model(inputs, record["model"], self.kernels)
        return Observation(model, record["result"], record["error"], next(iter(record["classes"]), None))

    @property
    def kernels(self) -> list[list[int]]:
        """The shapes of the weight matrices."""
        return [list(shape) for shape in pairwise((self.inputs, *self.units))]

    @property
    def shapes(self) -> list[list[int]]:
        """The shapes of all weights, layer by layer."""
        return [shape for kernel in self.kernels for shape in (kernel, kernel[1:])]

    def compare(self, seen: Observation) -> Comparison:
        """Four criteria: layers, activations, optimiser, loss.

        Shapes and the optimiser's name are no more than told: they count where something computed agrees, the
        outputs with layers of those shapes, or the loss with one that is known.
        """
        comparison, model = Comparison(), seen.model
        parts: dict[str, Callable[[Model], Iterable[Problem]]] = {
            "layers": self._layers,
            "activations": self._activations,
            "optimiser": self._optimizer,
            "loss": self._loss,
        }
        if model is None:
            comparison.problems = [Problem("when called", _in_its_place(seen), "a Keras model")]
            comparison.criteria = [Criterion(part, 1.0, 0.0) for part in parts]
            return comparison
        computed = bool(model.activations or model.losses)
        for part, look in parts.items():
            problems = list(look(model))
            comparison.problems += problems
            comparison.criteria.append(Criterion(part, 1.0, float(computed and not problems)))
        comparison.remarks = list(self._remarks(model)) if comparison.right else []
        return comparison

    def _layers(self, model: Model) -> Iterable[Problem]:
        """What is wrong with how neurons are joined."""
        wrong = model.error is not None or sorted(model.shapes) != sorted(self.shapes)
        if wrong and model.inputs not in (None, [], [[self.inputs]]):
            what = f"takes examples of shape {_listed(model.inputs, ' and ')}"
            yield Problem("at its input", what, f"({self.inputs},)")
        elif model.error is not None:
            n = len(self.points)
            where = f"called with an array of shape {(n, self.inputs)}"
            yield Problem(where, problem_of(model.error), f"outputs {(n, self.units[-1])}")
        elif sorted(model.shapes) != sorted(self.shapes):
            what = f"has {parameters(model.shapes)} parameters, in arrays of shape "
            wanted = f"{parameters(self.shapes)}: {_listed(self.shapes)}"
            yield Problem("counted in its weights", what + (_listed(model.shapes) or "none"), wanted)
        elif model.trainable != parameters(self.shapes):
            what = f"has {model.trainable} numbers that training may change"
            yield Problem("counted in its trainable weights", what, str(parameters(self.shapes)))
        elif not model.steady:
            yield Problem("with training=True", "gives other outputs than without", "the same outputs")
        elif model.counted is None:
            what = "does not know how many parameters it has: its count_params() raises"
            yield Problem("before it sees any data", what, str(parameters(self.shapes)))
        elif not model.new:
            yield Problem("called twice", "gives a model with the weights of the one before", "a new model")

    def _activations(self, model: Model) -> Iterable[Problem]:
        """What is wrong with what the layers do with their sums."""
        found, wanted = model.activations, self.activations
        if not found:
            what = f"gives other outputs than dense layers with a {' and a '.join(dict.fromkeys(wanted))}"
            yield Problem("called with an array", what, ", ".join(wanted))
            return
        wanted = (wanted[:1] * len(found) + wanted)[-len(found) :]  # a single layer is the last one
        for i, (name, right) in enumerate(zip(found, wanted, strict=True)):
            if name != right:
                yield Problem(f"in layer {i + 1} of {len(found)}", f"has the activation {name}", right)

    def _optimizer(self, model: Model) -> Iterable[Problem]:
        if not model.compiled:
            yield Problem("before training", "is not compiled", "an optimiser and a loss")
        elif model.optimizer != self.optimizer:
            yield Problem("as its optimiser", f"has {model.optimizer}", self.optimizer)

    def _loss(self, model: Model) -> Iterable[Problem]:
        wanted = f"the {self.loss.replace('_', ' ')}"
        if not model.compiled:
            yield Problem("before training", "has no loss", wanted)
        elif model.loss_error is not None:
            yield Problem("computing its loss", problem_of(model.loss_error), wanted)
        elif self.loss not in model.losses or model.penalised:
            t, p = (np.array(y).tolist() for y in (self.y_true, self.y_pred))
            right = LOSSES[self.loss](np.array(t), np.array(p))
            what = "has a loss that is no number" if model.loss is None else f"has a loss of {model.loss:.6g}"
            yield Problem(f"for y_true = {t} and y_pred = {p}", what, f"{right:.6g}")

    def _remarks(self, model: Model) -> Iterable[str]:
        """What is worth saying about a right model, and costs nothing."""
        rate = model.learning_rate
        if rate is not None and abs(rate - self.learning_rate) > 1e-6:
            yield (
                f"Its learning rate is {rate:.6g}; {self.optimizer}'s usual one, which the lesson measured, "
                f"is {self.learning_rate:g}."
            )

    def computes(self, wrong: WrongModel | Sequence[WrongModel]) -> Callable[[Observation], bool]:
        """Whether the model has all that one of the wrong ones has."""

        def has(model: Model, part: str, value: Any) -> bool:
            if part == "loss":
                return value in model.losses
            found = getattr(model, part)
            if part == "activations" and len(found) == len(value):
                found = tuple(ANY if v == ANY else f for v, f in zip(value, found, strict=True))
            return bool(found == value)

        def is_one(model: Model) -> bool:
            return any(all(has(model, *part) for part in other.items()) for other in _each(wrong))

        return lambda seen: seen.model is not None and is_one(seen.model)

    def answers(self, wrong: WrongModel | Sequence[WrongModel]) -> Sequence[Callable[[], Any]]:
        """Functions that build the right model, but for what each wrong one has."""
        return [replace(self, **other).build for other in _each(wrong)]

    def build(self) -> Any:
        """The model, as Keras builds it; it has a sigmoid where any activation will do."""
        import keras

        names = ["sigmoid" if name == ANY else name for name in self.activations]
        layers = [keras.layers.Dense(n, name) for n, name in zip(self.units, names, strict=True)]
        model = keras.Sequential([keras.Input((self.inputs,)), *layers])
        model.compile(self.optimizer, self.loss)
        return model


def _each(wrong: WrongModel | Sequence[WrongModel]) -> Sequence[WrongModel]:
    return [wrong] if isinstance(wrong, dict) else wrong


def _in_its_place(seen: Observation) -> str:
    """What came in place of a model, as the end of a sentence."""
    if seen.error is not None:
        return problem_of(seen.error)
    if seen.class_name is not None:
        return f"gives the class {seen.class_name}"
    result = seen.result or {"kind": "none"}
    if result["kind"] == "none":
        return "gives nothing back (None)"
    return f"gives something of type {str(result.get('type', result['kind'])).split()[0]}"


def _listed(shapes: Iterable[Sequence[int | None]], between: str = ", ") -> str:
    return between.join(str(tuple(shape)) for shape in shapes)
