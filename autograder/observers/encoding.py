"""Numbers as plain JSON-able data and back: ``encode`` beside student code, ``decode`` at the judge's."""

from __future__ import annotations

import math
from itertools import islice
from typing import Any

import numpy as np

from autograder.observers.guarding import safely, type_name

LIMIT = 20_000
"""Most numbers that are written down from one result."""

TOGETHER = 250_000
"""Most numbers of all results of an answer, where it is called many times: 5 MB."""

ONE = 100
"""Most numbers of a result that should be a single one."""

TYPE = 120
"""Most characters that say of what type a result is."""


def most_numbers(calls: int, results: int | None) -> int:
    """So many numbers are written down of each of so many results in each of so many calls."""
    return min(LIMIT, TOGETHER // max(1, calls * (results or 1)))


def encode(value: Any, results: int | None = None, most: int = LIMIT) -> dict[str, Any]:
    """What an answer gave back, written down.

    ``{"kind": "numbers", "type", "dtype", "shape", "values"}`` for whatever NumPy reads as real numbers (NaN
    and infinities as strings); ``none``, ``stub`` (Ellipsis), ``size`` (more than ``most`` numbers),
    ``other`` (no numbers). With ``results`` = n, a tuple, list or array of n items becomes
    ``{"kind": "group", "items"}``.
    """
    kind = type_name(value)
    if value is None:
        return {"kind": "none"}
    if value is Ellipsis:
        return {"kind": "stub"}
    row = issubclass(type(value), tuple | list)
    if results is not None and (row or (issubclass(type(value), np.ndarray) and np.ndim(value))):
        items = list(islice(value, LIMIT + 1))
        if len(items) != results:
            return {"kind": "other", "type": f"{kind} of {len(items)}"}
        return {"kind": "group", "items": [encode(item, most=most) for item in items]}
    if issubclass(type(value), str | bytes | bytearray | dict | set | frozenset | range):
        return {"kind": "other", "type": kind}
    if row or _listlike(value):
        length = safely(lambda: len(value), 0)
        value = safely(lambda: list(islice(value, most + 1)), [])  # there may be no end to it
        if len(value) > most or any(type(v) is np.ndarray and v.size > most for v in value):
            return {"kind": "size", "type": kind, "shape": [max(length, len(value))]}
    array = safely(lambda: _array(value))
    if array is None:
        ragged = row and safely(lambda: any(np.shape(v) != np.shape(value[0]) for v in value), False)
        return {"kind": "other", "type": f"{kind} whose rows differ in length"[:TYPE] if ragged else kind}
    if array.size > most:
        return {"kind": "size", "type": kind, "shape": list(array.shape)}
    numbers = safely(lambda: _real(array))
    if numbers is None:
        return {"kind": "other", "type": kind if array.ndim == 0 else f"{kind} of {array.dtype.name}"[:TYPE]}
    return {
        "kind": "numbers",
        "type": kind,
        "dtype": array.dtype.name,
        "shape": list(array.shape),
        "values": _plain(numbers),
    }


def _listlike(value: Any) -> bool:
    """Whether NumPy would go through it item by item."""
    has = dir(type(value))
    return {"__len__", "__getitem__"} <= set(has) and not {"__array__", "__array_interface__"} & set(has)


def _array(value: Any) -> np.ndarray:
    """``value`` as NumPy reads it; what is masked is no number."""
    if issubclass(type(value), np.ma.MaskedArray):
        kept = np.ma.asarray(value)
        if kept.dtype.kind not in "fiub" or kept.size > LIMIT:
            return np.asarray(kept)
        if not np.ma.is_masked(kept):
            return np.asarray(kept.data)
        return np.ma.filled(kept.astype(np.result_type(kept.dtype, np.float16)), np.nan)
    return np.asarray(value)


def _real(array: np.ndarray) -> np.ndarray | None:
    """The real numbers in an array of whatever dtype, or None where it holds something else."""
    if array.dtype.kind == "c" and not np.any(array.imag):
        array = array.real
    if array.dtype == object and any(issubclass(type(v), str | bytes) for v in array.flat):
        return None
    if array.dtype == object or (array.dtype.kind == "V" and array.dtype.names is None):
        array = array.astype(np.float64)  # lists of tensors, huge integers; bfloat16 and friends
    return array if array.dtype.kind in "fiub" else None


def _plain(numbers: np.ndarray) -> list[Any]:
    """All numbers of an array as JSON has them."""
    items = numbers.ravel().tolist()
    if numbers.dtype in (np.float16, np.float32, np.float64) and np.isfinite(numbers).all():
        return items  # they are plain already; of thousands of draws, looking at each would take longest
    return [plain(v) for v in items]


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
    return {"shape": list(array.shape), "dtype": dtype, "values": _plain(array)}


def decode(encoded: dict[str, Any]) -> np.ndarray:
    """The numbers of an encoded array, as float64, in their shape."""
    return np.array(encoded["values"], dtype=np.float64).reshape(encoded["shape"])
