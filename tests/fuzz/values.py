"""What a strange answer may give back; every function takes the right result and the arguments."""

# ruff: noqa: ARG002, ARG005

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import functools
import itertools
from typing import Any

import numpy as np


class Float(float):
    def __float__(self):
        raise ValueError("no")

    def __eq__(self, other):
        raise ValueError("no")

    __hash__ = None


class Array(np.ndarray):
    def __array_finalize__(self, whole):
        pass

    def ravel(self, *a, **k):
        raise OSError

    @property
    def shape(self):
        raise SystemExit


class Raises:
    """Raises from whatever is asked of it."""

    def __init__(self, error):
        self.error = error

    def __getattr__(self, name):
        if name in ("error", "__setstate__", "__getstate__"):
            raise AttributeError(name)
        raise self.error(name)

    def _fail(self, *_):
        raise self.error("asked")

    __array__ = __len__ = __iter__ = __float__ = __bool__ = __getitem__ = __call__ = _fail
    __repr__ = __str__ = __eq__ = __lt__ = __hash__ = __index__ = __complex__ = _fail


class Names(type):
    @property
    def __name__(cls):
        raise KeyError("my name")


class Nameless(metaclass=Names):
    pass


class Endless:
    def __len__(self):
        return 10**12

    def __getitem__(self, i):
        return self

    def __iter__(self):
        return itertools.repeat(self)


class EndlessList(list):
    def __iter__(self):
        return itertools.repeat(1.0)


class Text(str):
    def __getitem__(self, key):
        raise ValueError

    def encode(self, *a):
        raise ValueError


class AnyAttribute:
    def __getattr__(self, name):
        return self

    def __call__(self, *a, **k):
        return self


async def later(value):
    return value


def yields(value):
    yield value


def nested(depth):
    found: Any = 1.0
    for _ in range(depth):
        found = [found]
    return found


def itself():
    found: list = []
    found.append(found)
    return found


VALUES: dict[str, Any] = {
    "none": lambda right, *a: None,
    "dots": lambda right, *a: ...,
    "not implemented": lambda right, *a: NotImplemented,
    "text": lambda right, *a: "0.5",
    "surrogate": lambda right, *a: "\ud800",
    "hostile text": lambda right, *a: Text("1"),
    "bytes": lambda right, *a: b"\x00\xff",
    "dict": lambda right, *a: {"y": right},
    "set": lambda right, *a: {1.0, 2.0},
    "imaginary": lambda right, *a: np.asarray(right, dtype=complex) + 1j,
    "object": lambda right, *a: np.array([object(), None], dtype=object),
    "object text": lambda right, *a: np.array(["1.0", b"2"], dtype=object),
    "nan": lambda right, *a: np.asarray(right) * np.nan,
    "infinite": lambda right, *a: np.asarray(right) + np.inf,
    "masked": lambda right, *a: np.ma.masked,
    "all masked": lambda right, *a: np.ma.masked_all(np.shape(right)),
    "masked right": lambda right, *a: np.ma.array(right, mask=np.ones(np.shape(right), dtype=bool)),
    "structured": lambda right, *a: np.zeros(3, dtype=[("a", float), ("b", int)]),
    "void": lambda right, *a: np.void(b"abcd"),
    "dates": lambda right, *a: np.array(["2026-01-01"], dtype="datetime64[D]"),
    "timedelta": lambda right, *a: datetime.timedelta(1),
    "broadcast": lambda right, *a: np.broadcast_to(0.5, 10**9),
    "too many": lambda right, *a: np.zeros(10**6),
    "many zero-sized": lambda right, *a: np.zeros((10**6, 0)),
    "long list": lambda right, *a: [0.5] * 10**6,
    "ragged": lambda right, *a: [[1.0], [2.0, 3.0]],
    "deep": lambda right, *a: nested(100),
    "very deep": lambda right, *a: nested(100_000),
    "itself": lambda right, *a: itself(),
    "generator": lambda right, *a: yields(right),
    "map": lambda right, *a: map(float, [1, 2]),
    "range": lambda right, *a: range(10**12),
    "coroutine": lambda right, *a: later(right),
    "class": lambda right, *a: float,
    "function": lambda right, *a: lambda: right,
    "partial": lambda right, *a: functools.partial(float, 1),
    "huge integer": lambda right, *a: 10**5000,
    "decimal nan": lambda right, *a: decimal.Decimal("sNaN"),
    "raises attribute": lambda right, *a: Raises(AttributeError),
    "raises exit": lambda right, *a: Raises(SystemExit),
    "raises stop": lambda right, *a: Raises(StopIteration),
    "raises generator exit": lambda right, *a: Raises(GeneratorExit),
    "raises memory": lambda right, *a: Raises(MemoryError),
    "list of raises": lambda right, *a: [Raises(ValueError), Raises(KeyboardInterrupt)],
    "nameless": lambda right, *a: Nameless(),
    "endless": lambda right, *a: Endless(),
    "endless list": lambda right, *a: EndlessList([1.0]),
    "any attribute": lambda right, *a: AnyAttribute(),
    "long name": lambda right, *a: type("x" * 10**6 + "<b>", (), {})(),
    "namedtuple": lambda right, *a: collections.namedtuple("N", "a b c")(right, right, right),
    "argument": lambda right, *a: a[0] if a else 0,
    "module": lambda right, *a: np,
    "error": lambda right, *a: ValueError("given back"),
    "memoryview": lambda right, *a: memoryview(b"abc"),
}
"""By name: never right, whatever is done to it."""

SAME: dict[str, Any] = {
    "right": lambda right, *a: right,
    "float32": lambda right, *a: np.asarray(right, dtype=np.float32),
    "longdouble": lambda right, *a: np.asarray(right, dtype=np.longdouble),
    "objects": lambda right, *a: np.asarray(right, dtype=object),
    "list": lambda right, *a: np.asarray(right).tolist(),
    "float": lambda right, *a: float(right),
    "subclass": lambda right, *a: Float(right) if np.ndim(right) == 0 else right,
    "fraction": lambda right, *a: fractions.Fraction(float(right)),
    "decimal": lambda right, *a: decimal.Decimal(float(right)),
    "matrix": lambda right, *a: np.asmatrix(right),
    "shape lies": lambda right, *a: np.asarray(right, dtype=float).view(Array),
    "unmasked": lambda right, *a: np.ma.array(right),
    "complex": lambda right, *a: np.asarray(right) + 0j,
    "readonly": lambda right, *a: np.broadcast_to(right, np.shape(right)),
    "strided": lambda right, *a: np.asfortranarray(right)[..., ::1],
    "big-endian": lambda right, *a: np.asarray(right).astype(">f8"),
    "float16": lambda right, *a: np.asarray(right, dtype=np.float16),
    "integers": lambda right, *a: np.asarray(right).astype(int),
    "tuple": lambda right, *a: (right,),
    "three": lambda right, *a: (right, right, right),
    "row": lambda right, *a: np.atleast_2d(right),
    "off": lambda right, *a: right * 1.001 if not isinstance(right, tuple) else right[::-1],
    "lambda": lambda right, *a: (lambda: right)(),
}
"""By name: what the right result may be dressed as; some of it is right, some is not."""
