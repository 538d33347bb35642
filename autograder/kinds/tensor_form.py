"""Mistakes that have nothing to do with the formula: what becomes of a tensor in an answer."""

from __future__ import annotations

from autograder.exercise import Mistake
from autograder.kinds.tensor_mistakes import dtype_changed, nearly, single_precision
from autograder.kinds.tensor_observation import FLOATS, GRADIENT, VALUE, Observation


def gives_array(seen: Observation) -> bool:
    calls = [call for call in seen.calls.values() if not call.raised]
    return _ordinary_right(seen) and not any(call.tensor for call in calls)


def no_gradient(seen: Observation) -> bool:
    gave = [call for call in seen.calls.values() if call.x.size and not call.failed]
    lost = all(call.readings[GRADIENT].problem == "has no gradient (None)" for call in gave)
    return (lost and _ordinary_right(seen)) or seen.raised("TracerArrayConversionError")


def computes_beside(seen: Observation) -> bool:
    """Fits where numbers cannot get out of tf.function, and at most one dtype is kept outside."""
    kept = [call for call in seen.arrays if call.tensor and call.readings[VALUE].dtype == call.dtype]
    lost = seen.raised("Cannot convert a symbolic") or seen.raised("TracerArrayConversionError")
    return lost and len(kept) < len(FLOATS)


def scalar_only(seen: Observation) -> bool:
    failed = [call.failed for name, call in seen.calls.items() if name.startswith("number")]
    return not any(failed) and all(call.raised for call in seen.arrays)


def one_dtype(seen: Observation) -> bool:
    single, double = seen.arrays
    return single.failed != double.failed


def flattens(seen: Observation) -> bool:
    table = seen.calls["table"]
    bad_shape = table.failed or "shape" in (table.readings[VALUE].problem or "")
    return bad_shape and not any(call.failed for call in seen.arrays)


def eager_only(seen: Observation) -> bool:
    compiled = [call.failed for call in seen.calls.values() if call.compiled]
    return bool(compiled) and all(compiled) and all(call.all_right for call in seen.arrays)


def _ordinary_right(seen: Observation) -> bool:
    return seen.values_right(where=seen.points.ordinary)


TENSOR_FORM = (
    Mistake(
        "gives-array",
        did="gives a NumPy array back",
        tempting="a tensor and an array print alike",
        shows="What comes back is a NumPy array: it has forgotten how it was computed, so it has no "
        "gradient.",
        hint="Which step turns the tensor into an array?",
        fits=gives_array,
    ),
    Mistake(
        "no-gradient",
        did="breaks the way from its result back to x",
        tempting="a detour by way of NumPy gives the same values",
        shows="The values are right, but there is no way back from them to x: the gradient is None.",
        hint="Every step must be one that the framework can go back through. Which of yours is not?",
        fits=no_gradient,
    ),
    Mistake(
        "computed-with-numpy",
        did="computes with functions of NumPy",
        tempting="np.exp and np.where take a tensor without a word",
        shows="NumPy makes arrays of float64 out of tensors; no gradient, dtype or tf.function comes "
        "through.",
        hint="Which functions of the framework itself do what your functions of NumPy do?",
        fits=computes_beside,
    ),
    Mistake(
        "scalar-only",
        did="works for one number at a time",
        tempting="an if asks for one truth value",
        shows="A tensor of one number it takes; a tensor of many it does not.",
        hint="An if chooses one branch for all numbers together. What chooses for each of them?",
        fits=scalar_only,
    ),
    Mistake(
        "one-dtype",
        did="takes tensors of one dtype only",
        tempting="a constant made with tf.constant has a dtype of its own",
        shows="With one of float32 and float64 it works, with the other it raises an error: dtypes do not "
        "mix.",
        hint="Which of your constants has a dtype of its own? A plain Python number has none.",
        fits=one_dtype,
    ),
    Mistake(
        "dtype-changed",
        did="gives a result of another dtype than x",
        tempting="a cast silences the error that mixed dtypes raise",
        shows="The result should have the dtype of x, and it has another.",
        hint="Where is x cast, and what would be cast in its stead?",
        fits=dtype_changed(VALUE),
    ),
    Mistake(
        "flattens",
        did="loses the shape of x",
        tempting="a row of numbers is easier to think about",
        shows="A row of numbers it takes; a tensor of two axes does not come back in its own shape.",
        hint="Does any step need to know how many axes there are?",
        fits=flattens,
    ),
    Mistake(
        "eager-only",
        did="works only outside tf.function",
        tempting="called by hand it gives every number",
        shows="Called directly it is right. Inside tf.function, where training runs, it fails.",
        hint="Inside tf.function a tensor has no numbers yet. Which step of yours asks for them?",
        fits=eager_only,
    ),
    Mistake(
        "single-precision",
        did="computes in float32 whatever dtype x has",
        tempting="float32 is the usual dtype of networks",
        shows="With float32 it is right; with float64 it has only the digits of float32.",
        hint="Where do the digits that float64 has more get lost?",
        fits=single_precision,
    ),
)

ROUNDED_CONSTANT = Mistake(
    "rounded-constant",
    did="writes a constant with too few digits",
    tempting="four digits look good enough",
    shows="It is close, but not close enough.",
    hint="Which of your constants has fewer digits than the slide's?",
    fits=nearly,
)
"""Nearly right, and not quite; it stands last."""
