"""What comes out of the sandbox is an output that a notebook can hold, or none."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.grading.notebooks.outputs import rebuilt_output

TEXTS = st.text(max_size=3)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
KINDS = st.sampled_from(
    ["text/plain", "text/json", "image/png", "application/json", "application/x+json", "application/xjson"]
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "output_type": st.sampled_from(["stream", "error", "display_data", "execute_result", "pyout"]) | JSON,
    "name": st.sampled_from(["stdout", "stderr"]) | JSON,
    "text": TEXTS | JSON,
    "ename": TEXTS | JSON,
    "evalue": TEXTS | JSON,
    "traceback": st.lists(TEXTS, max_size=2) | JSON,
    "data": st.dictionaries(KINDS, TEXTS | st.lists(TEXTS, max_size=2) | JSON, max_size=2) | JSON,
    "metadata": st.dictionaries(TEXTS, JSON, max_size=1) | JSON,
    "execution_count": st.none() | st.integers(-1, 9) | JSON,
}
NEEDED = {
    "stream": ("name", "text"),
    "error": ("ename", "evalue", "traceback"),
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
}


@st.composite
def outputs(draw: st.DrawFn) -> Any:
    """Something like an output: often of the right names, seldom of others."""
    kind = draw(VALUES["output_type"])
    names = NEEDED.get(kind, tuple(VALUES)) if isinstance(kind, str) else tuple(VALUES)
    raw = {"output_type": kind} | {name: draw(VALUES[name]) for name in names}
    if draw(st.integers(0, 9)) == 0:
        raw.pop(draw(st.sampled_from(sorted(raw))))
    return raw


def is_valid(output: Any) -> bool:
    try:
        nbformat.validate(nbformat.from_dict(output), ref="output", version=4)
    except Exception:
        return False
    return True


@given(outputs() | JSON)
@example({"output_type": "display_data", "data": {}, "metadata": {}})
@example({"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": True})
def test_what_is_kept_is_valid_and_what_is_valid_is_kept_as_it_is(raw):
    rebuilt = rebuilt_output(raw)
    assert rebuilt is None or is_valid(rebuilt)
    if isinstance(raw, dict) and is_valid(raw) and not isinstance(raw.get("text"), list):
        assert rebuilt == raw


@pytest.mark.parametrize("more", ["transient", "id"])
def test_a_name_that_no_output_has_is_dropped(more):
    raw = {"output_type": "stream", "name": "stdout", "text": "1"}
    assert rebuilt_output({**raw, more: "x"}) == raw


def nested(deep: int) -> Any:
    data: Any = 1
    for _ in range(deep):
        data = [data]
    return data


@pytest.mark.parametrize(
    ("data", "fits"),
    [
        (nested(40), True),
        (nested(60), False),
        (nested(100_000), False),
        ([{}] * 100_000, True),
        ([{}] * 300_000, False),
        ({"a": float("nan")}, False),
    ],
    ids=["40 deep", "60 deep", "100000 deep", "100000 values", "300000 values", "no number"],
)
@pytest.mark.parametrize("where", ["data", "metadata"])
def test_an_output_is_bounded_in_depth_and_number(where: str, data: Any, fits: bool):
    raw: dict[str, Any] = {"output_type": "display_data", "data": {}, "metadata": {}}
    raw[where] = {"application/json": data}
    assert (rebuilt_output(raw) is not None) == fits
