"""Numbers as plain JSON-able data and back: ``encode`` beside student code, ``decode`` at the judge's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

LIMIT = 20_000
"""Most numbers that are written down from one result."""


def encode(value: Any, results: int | None = None) -> dict[str, Any]:
    """What an answer gave back, written down.

    ``{"kind": "numbers", "type", "dtype", "shape", "values"}`` for whatever NumPy reads as real numbers (NaN
    and infinities as strings); ``none``, ``stub`` (Ellipsis), ``size`` (too many numbers), ``other`` (no
    numbers). With ``results`` = n, a tuple, list or array of n items becomes ``{"kind": "group", "items"}``.
    """
    kind = type(value).__name__
    if value is None:
        return {"kind": "none"}
    if value is Ellipsis:
        return {"kind": "stub"}
    if results is not None and (
        isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim)
    ):
        if len(value) != results:
            return {"kind": "other", "type": f"{kind} of {len(value)}"}
        return {"kind": "group", "items": [encode(item) for item in value]}
    if isinstance(value, str | bytes | dict | set):
        return {"kind": "other", "type": kind}
    array = np.asarray(value)
    if array.size > LIMIT:
        return {"kind": "size", "type": kind, "shape": list(array.shape)}
    dtype = array.dtype.name
    if array.dtype.kind == "c" and not np.any(array.imag):
        array = array.real
    if (
        array.dtype.kind == "V" or array.dtype == object
    ):  # bfloat16 and friends; lists of tensors; huge integers
        array = array.astype(np.float64)
    if array.dtype.kind not in "fiub":
        return {"kind": "other", "type": f"{kind} of {dtype}"}
    return {
        "kind": "numbers",
        "type": kind,
        "dtype": dtype,
        "shape": list(array.shape),
        "values": [plain(v) for v in array.ravel().tolist()],
    }


def plain(value: Any) -> Any:
    """A number as JSON has it: NaN and infinities become strings, truth values 0 and 1."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value
    value = float(value)
    return value if math.isfinite(value) else repr(value)


def array_of(values: Any) -> dict[str, Any]:
    """Numbers that a probe hands over, written down (float64 unless they are integers)."""
    array = np.asarray(values)
    dtype = "int64" if array.dtype.kind in "iu" else "float64"
    return {"shape": list(array.shape), "dtype": dtype, "values": [plain(v) for v in array.ravel().tolist()]}


def decode(encoded: dict[str, Any]) -> np.ndarray:
    """The numbers of an encoded array, as float64, in their shape."""
    return np.array([float(v) for v in encoded["values"]], dtype=np.float64).reshape(encoded["shape"])
