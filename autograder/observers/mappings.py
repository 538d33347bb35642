"""Observes an answer that is a dict of lists of plain things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np

from autograder.observers.encoding import plain
from autograder.observers.guarding import NAMES, class_name, clean, safely, type_name

MOST_KEYS, MOST_ITEMS = 50, 500
"""Most keys, and most things behind each of them, that are written down."""

LARGEST = 2**53
"""Whole numbers beyond it are some object."""


def observe_mapping(answer: Any, _inputs: dict[str, Any], evidence: dict[str, Any]) -> None:
    """Fill ``evidence["value"]``: ``{"type", "entries"}``; entries are values by key, or None for no dict.

    A value is ``{"type", "items"}``, where items are None unless it can be gone through again and again. Each
    item is one of ``{"number", "whole"}``, ``{"text"}``, ``{"class"}``, ``{"object"}``;
    ``itself`` is the value as an item. Where all values are ``...`` or None, nothing was written yet.
    """
    entries = None
    if isinstance(answer, Mapping):
        pairs = [(key, answer[key]) for key in islice(answer, MOST_KEYS)]
        if pairs and all(value is None or value is Ellipsis for _, value in pairs):
            evidence["kind"] = "stub"
            return
        entries = {clean(key, NAMES): _value(value) for key, value in pairs}
    evidence["value"] = {"type": type_name(answer), "entries": entries}


def _value(value: Any) -> dict[str, Any]:
    items = None
    listed = isinstance(value, Iterable) and not isinstance(value, Iterator | str | bytes | Mapping)
    if listed and (not isinstance(value, np.ndarray) or value.ndim == 1):
        items = safely(lambda: [_item(v) for v in islice(value, MOST_ITEMS)])
    return {"type": type_name(value), "items": items, "itself": _item(value)}


def _item(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        return {"text": clean(value, NAMES)}
    if isinstance(value, type):
        return {"class": class_name(value)}
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) or (
        isinstance(value, int) and abs(value) < LARGEST and not isinstance(value, bool)
    ):
        return {"number": plain(value), "whole": isinstance(value, int)}
    return {"object": type_name(value)}
