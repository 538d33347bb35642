"""What `fit` accepts, and one clear sentence for everything else."""

import math
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

if TYPE_CHECKING:
    import keras


class Points(NamedTuple):
    """Inputs and targets of equal length, in the number types that Keras trains with."""

    x: np.ndarray
    y: np.ndarray


def check_model(model: "keras.Model") -> None:
    """Refuse a model that is not compiled, or whose layers the compiled loop is not made for."""
    import keras

    if not isinstance(model, keras.Model):
        raise ValueError(f"fit: model is a {type(model).__name__}; expected a Keras model.")
    if not model.compiled or model.optimizer is None:
        raise ValueError("fit: the model is not compiled; call model.compile(optimizer=…, loss=…) first.")
    inputs = len(getattr(model, "inputs", None) or [None])
    outputs = len(getattr(model, "outputs", None) or [None])
    if (inputs, outputs) != (1, 1):
        raise ValueError(f"fit: the model has {inputs} inputs and {outputs} outputs; expected one of each.")
    for layer in _layers(model):
        if layer.weights and not isinstance(layer, (keras.layers.Dense, keras.layers.PReLU)):
            raise ValueError(
                f"fit: layer '{layer.name}' is a {type(layer).__name__}; allowed are Dense, Dropout, "
                "activation layers and other layers without weights, and model.fit trains the rest."
            )


def check_positive_integer(name: str, value: Any) -> None:
    """Refuse everything but 1, 2, 3, …"""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < 1:
        raise ValueError(f"fit: {name} = {value!r}; expected a positive whole number, such as 1 or 32.")


def split(
    x: ArrayLike, y: ArrayLike, validation_split: float, validation_data: Any
) -> tuple[Points, Points | None]:
    """Return the points to train on and those to validate on, divided as Keras divides them.

    validation_data goes before validation_split; the latter takes the last ⌈share · n⌉ points.
    """
    points = _points("x", x, "y", y)
    if not isinstance(validation_split, Real) or not 0.0 <= validation_split < 1.0:
        raise ValueError(
            f"fit: validation_split = {validation_split!r}; expected 0 or more, and less than 1."
        )
    if validation_data is not None:
        if not isinstance(validation_data, (tuple, list)) or len(validation_data) != 2:
            raise ValueError("fit: validation_data is not a pair; expected (x, y).")
        validation_x, validation_y = validation_data
        return points, _points("validation x", validation_x, "validation y", validation_y)
    if not validation_split:
        return points, None
    kept = math.floor(len(points.x) * (1.0 - validation_split))
    if kept in (0, len(points.x)):
        raise ValueError(
            f"fit: validation_split = {validation_split} of {len(points.x)} points leaves {kept} to train on "
            f"and {len(points.x) - kept} to validate on; expected at least one of each."
        )
    return Points(points.x[:kept], points.y[:kept]), Points(points.x[kept:], points.y[kept:])


def _points(x_name: str, x: ArrayLike, y_name: str, y: ArrayLike) -> Points:
    points = Points(_array(x_name, x), _array(y_name, y))
    if len(points.x) != len(points.y):
        raise ValueError(
            f"fit: {x_name} has {len(points.x)} points, {y_name} has {len(points.y)}; expected equally many."
        )
    return points


def _array(name: str, values: ArrayLike) -> np.ndarray:
    """Return the values as an array; floats in Keras's own float type, whole numbers as they are."""
    import keras

    try:
        array = np.asarray(values)
    except ValueError:  # rows of unequal length
        array = np.asarray(None)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"fit: {name} is not an array of numbers.")
    if array.ndim == 0 or len(array) == 0:
        raise ValueError(f"fit: {name} has shape {array.shape}; expected one point at least, (points, …).")
    return array.astype(keras.config.floatx(), copy=False) if array.dtype.kind == "f" else array


def _layers(model: "keras.Model") -> list[Any]:
    """Return all layers, those of models inside the model included."""
    import keras

    found = []
    for layer in model.layers:
        found += _layers(layer) if isinstance(layer, keras.Model) else [layer]
    return found
