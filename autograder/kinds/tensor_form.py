"""Mistakes that have nothing to do with the formula: what becomes of a tensor in an answer."""

from __future__ import annotations

from typing import Any

from autograder.exercise import Evidence, Inputs, Mistake
from autograder.kinds.legacy import Misconception
from autograder.kinds.tensor_mistakes import (
    dtype_changed,
    failed,
    nearly,
    nearly_all_right,
    ok,
    one_dtype,
    raises,
    single_precision,
)
from autograder.kinds.tensors import FLOATS, GRADIENT, VALUE, Tensors


def form_mistakes(subject: Tensors) -> tuple[Mistake[Any], ...]:
    """Mistakes of form, seen before any number is looked at."""

    def gives_array(inputs: Inputs, evidence: Evidence) -> bool:
        records = [r for r in evidence["calls"].values() if not r["error"]]
        return nearly_all_right(subject, inputs, evidence) and not any(r["tensor"] for r in records)

    def no_gradient(inputs: Inputs, evidence: Evidence) -> bool:
        seen = [s for s in subject.seen(inputs, evidence).values() if s.x.size and not failed(s)]
        return nearly_all_right(subject, inputs, evidence) and all(
            s.readings[GRADIENT].problem == "has no gradient (None)" for s in seen
        )

    def computes_beside(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.seen(inputs, evidence)
        lost = raises(evidence, "Cannot convert a symbolic") or raises(evidence, "TracerArrayConversionError")
        tensors = [seen[dtype] for dtype in FLOATS if evidence["calls"][dtype]["tensor"]]
        kept = [s for s in tensors if not failed(s) and s.readings[VALUE].dtype == s.dtype]
        return lost and len(kept) < len(FLOATS)

    def scalar_only(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.seen(inputs, evidence)
        numbers = [s for n, s in seen.items() if n.startswith("number")]
        arrays = [evidence["calls"][dtype] for dtype in FLOATS]
        return not any(map(failed, numbers)) and all(record["error"] for record in arrays)

    def flattens(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.seen(inputs, evidence)
        bad_shape = "shape" in (seen["table"].readings[VALUE].problem or "") or failed(seen["table"])
        return bad_shape and not any(failed(seen[dtype]) for dtype in FLOATS)

    def eager_only(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.seen(inputs, evidence)
        compiled = [seen[f"{dtype} compiled"] for dtype in FLOATS if f"{dtype} compiled" in seen]
        return bool(compiled) and all(map(failed, compiled)) and all(ok(seen[dtype]) for dtype in FLOATS)

    return (
        Misconception(
            "torch-where",
            "calls a function of another framework",
            "the deck says torch.where where it means tf.where",
            "Functions of another framework do not understand these tensors.",
            "The deck names a function of PyTorch in a TensorFlow listing: what is its sibling called here?",
            lambda _, e: (
                e.get("framework") == "tensorflow"
                and (raises(e, "torch") or raises(e, "must be Tensor, not"))
            ),
        ),
        Misconception(
            "gives-array",
            "gives a NumPy array back",
            "a tensor and an array print alike",
            "What comes back is a NumPy array: it has forgotten how it was computed, so it has no gradient.",
            "Which step turns the tensor into an array?",
            gives_array,
        ),
        Misconception(
            "no-gradient",
            "breaks the way from its result back to x",
            "a detour by way of NumPy gives the same values",
            "The values are right, but there is no way back from them to x: the gradient is None.",
            "Every step must be one that the framework can go back through. Which of yours is not?",
            lambda i, e: no_gradient(i, e) or raises(e, "TracerArrayConversionError"),
        ),
        Misconception(
            "computed-with-numpy",
            "computes with functions of NumPy",
            "np.exp and np.where take a tensor without a word",
            "NumPy makes arrays of float64 out of tensors; no gradient, dtype or tf.function comes through.",
            "Which functions of the framework itself do what your functions of NumPy do?",
            computes_beside,
        ),
        Misconception(
            "scalar-only",
            "works for one number at a time",
            "an if asks for one truth value",
            "A tensor of one number it takes; a tensor of many it does not.",
            "An if chooses one branch for all numbers together. What chooses for each of them?",
            scalar_only,
        ),
        Misconception(
            "one-dtype",
            "takes tensors of one dtype only",
            "a constant made with tf.constant has a dtype of its own",
            "With one of float32 and float64 it works, with the other it raises an error: dtypes do not mix.",
            "Which of your constants has a dtype of its own? A plain Python number has none.",
            one_dtype(subject),
        ),
        Misconception(
            "dtype-changed",
            "gives a result of another dtype than x",
            "a cast silences the error that mixed dtypes raise",
            "The result should have the dtype of x, and it has another.",
            "Where is x cast, and what would be cast in its stead?",
            dtype_changed(subject, VALUE),
        ),
        Misconception(
            "flattens",
            "loses the shape of x",
            "a row of numbers is easier to think about",
            "A row of numbers it takes; a tensor of two axes does not come back in its own shape.",
            "Does any step need to know how many axes there are?",
            flattens,
        ),
        Misconception(
            "eager-only",
            "works only outside tf.function",
            "called by hand it gives every number",
            "Called directly it is right. Inside tf.function, where training runs, it fails.",
            "Inside tf.function a tensor has no numbers yet. Which step of yours asks for them?",
            eager_only,
        ),
        Misconception(
            "single-precision",
            "computes in float32 whatever dtype x has",
            "float32 is the usual dtype of networks",
            "With float32 it is right; with float64 it has only the digits of float32.",
            "Where do the digits that float64 has more get lost?",
            single_precision(subject),
        ),
    )


def digit_mistakes(subject: Tensors) -> tuple[Mistake[Any], ...]:
    """Nearly right, and not quite; it stands last."""
    return (
        Misconception(
            "rounded-constant",
            "writes a constant with too few digits",
            "four digits look good enough",
            "It is close, but not close enough.",
            "Which of your constants has fewer digits than the slide's?",
            nearly(subject, 0.02),
        ),
    )
