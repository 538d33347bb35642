"""Remarks on an elementwise answer: empty and whole-number arrays, far outside the domain, warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import read, xs_of

if TYPE_CHECKING:
    from autograder.kinds.elementwise import Elementwise


def remarks(subject: Elementwise, inputs: Inputs, evidence: Evidence) -> list[str]:
    """What is worth saying about an answer whose values are right, and costs nothing."""
    calls = evidence["calls"]
    remarks = []
    if evidence["tensors"]:
        remarks.append(
            "It takes tensors of PyTorch only, and got some. The cells that follow hand over NumPy arrays: "
            "torch.as_tensor makes tensors of them."
        )
    if calls["empty"]["error"] is not None:
        remarks.append(
            f"An empty array it does not take ({calls['empty']['error']['type']}). This costs nothing."
        )
    xs = xs_of(inputs, "whole numbers")
    reading = read(calls["whole numbers"], xs.shape)
    if reading.numbers is not None and np.array_equal(reading.numbers, np.trunc(subject.exact(xs))):
        remarks.append(
            f"For whole numbers, np.array({[int(x) for x in xs]}), it gives {reading.numbers.tolist()}: "
            "a result kept in an array of integers loses its decimals."
        )
    far = xs_of(inputs, "far")
    beyond = subject.entries(far, calls["far"])
    for e in beyond:
        if not (e.right or abs(e.yours - e.expected) < 1e-30):
            what = e.shown if e.problem else f"gives {e.shown}"
            remarks.append(
                f"Far outside, at {e.where}, it {what}; the formula gives {e.expected!r}. This costs nothing."
            )
            break
    if warned := calls["picture"]["warnings"]:
        remarks.append(
            f"While it ran, Python warned: {warned[0].rstrip('. ')}. The values count, not the warning."
        )
    return remarks
