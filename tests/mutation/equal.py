"""Sorts out the generated answers that are still right: by the reference on many points, not by the judge."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, redirect_stdout
from functools import cache
from typing import Any

import numpy as np

from autograder.exercises import exercise as find
from autograder.judging import draw
from autograder.kinds.calls import arguments_of
from autograder.kinds.elementwise import Elementwise
from autograder.kinds.several_arguments import SeveralArguments
from autograder.kinds.tensors import Tensors
from autograder.observers import observe
from autograder.observers.arguments import build
from autograder.observers.limits import TimeIsUp, time_limit
from autograder.tolerance import tolerance, working_dtype
from tests.mutation.built_model import builds_baseline
from tests.mutation.compared import compares
from tests.mutation.drawn import draws_divisions
from tests.mutation.measured import differentiates, measures_slopes
from tests.mutation.mutator import Generated
from tests.mutation.weights import divides, multiplies

SEEDS = range(1000, 1012)
"""The probes whose points are looked at: always the same, and none that an answer is graded with."""

SECONDS = 10.0


def still_right(exercise: str, mutant: Generated, answer: Any) -> bool:
    """Whether a changed answer computes what the reference does, within the tolerance, in every form.

    Compared are the values of direct calls with the formulas in 50 digits; for an exercise that has no such
    formula, what the observer writes down about this answer and about the one it was made from.
    """
    computes = BY_HAND.get(exercise) or _by_formula(exercise) or _by_original(exercise, mutant)
    try:
        with time_limit(SECONDS), np.errstate(all="ignore"), _quiet(), redirect_stdout(io.StringIO()):
            return computes(answer)
    except (TimeIsUp, Exception, SystemExit):  # whatever raises is not right
        return False


def _quiet() -> AbstractContextManager:
    return warnings.catch_warnings(action="ignore")


def _by_formula(exercise: str) -> Callable[[Any], bool] | None:
    probe: Any = find(exercise).probe
    if isinstance(probe, Elementwise):
        return lambda answer: _elementwise(exercise, probe, answer)
    if isinstance(probe, Tensors):
        return differentiates(exercise, probe)
    if isinstance(probe, SeveralArguments):
        return lambda answer: _cases(exercise, probe, answer)
    return None


def _elementwise(exercise: str, probe: Elementwise, answer: Callable[..., Any]) -> bool:
    for form in _forms(exercise, probe):
        given = form.copy() if form.ndim else float(form)
        numbers = np.asarray(answer(given))
        if numbers.shape != form.shape or not np.array_equal(given, form):
            return False
        if not _agree(numbers, probe.exact(form), probe.condition(form)):
            return False
    return True


@cache
def _forms(exercise: str, probe: Elementwise) -> list[np.ndarray]:
    """Numbers, a table, and one long row: the picture's grid and the points of all probes."""
    calls = [c for seed in SEEDS for c in draw(exercise, seed)["inputs"]["calls"] if c["id"] == "points"]
    points = np.unique(np.concatenate([arguments_of(c)["x"] for c in calls] + [np.array(probe.grid)]))
    examples = np.array(probe.examples)
    return [points, np.array([examples, examples[::-1]]), *examples]


def _cases(exercise: str, subject: SeveralArguments, answer: Callable[..., Any]) -> bool:
    for call, exact, others in _expected(exercise, subject):
        arguments = {a["name"]: build(a) for a in call["arguments"]}
        kept = {n: np.copy(a) for n, a in arguments.items() if isinstance(a, np.ndarray)}
        result = answer(*arguments.values())
        parts = subject.by_part(result)
        condition = subject.condition(**arguments_of(call))
        if len(parts) != len(subject.parts) or any(not np.array_equal(arguments[n], kept[n]) for n in kept):
            return False
        if not any(
            all(_agree(np.asarray(p), e, condition) for p, e in zip(parts, wanted, strict=True))
            for wanted in (exact, *others)
        ):
            return False
        if subject.whole and np.asarray(result).dtype.kind not in "iu":
            return False
    return True


@cache
def _expected(
    exercise: str, subject: SeveralArguments
) -> list[tuple[dict[str, Any], list[np.ndarray], list]]:
    found = []
    for seed in SEEDS:
        for call in draw(exercise, seed)["inputs"]["calls"]:
            tries = [f(*arguments_of(call).values()) for f in (subject.exact, *subject.others)]
            exact, *others = [[np.asarray(p, dtype=float) for p in subject.by_part(t)] for t in tries]
            found.append((call, exact, others))
    return found


def _agree(numbers: np.ndarray, exact: np.ndarray, condition: np.ndarray | float) -> bool:
    if numbers.dtype == object:  # Python's own numbers, fractions among them
        numbers = numbers.astype(float)
    if numbers.dtype.kind not in "fiu" and numbers.dtype.name != "bfloat16":
        return False
    if numbers.shape != exact.shape and not (exact.shape == () and numbers.size == 1):
        return False
    values = numbers.astype(float).reshape(exact.shape)
    dtype = working_dtype(numbers.dtype.name, values)
    allowed = np.vectorize(lambda c: tolerance(dtype, c), otypes=[float])(
        np.broadcast_to(condition, exact.shape)
    )
    return bool(np.all(np.abs(values - exact) <= allowed * np.abs(exact)))


def _by_original(exercise: str, mutant: Generated) -> Callable[[Any], bool]:
    original = getattr(mutant.source, "originals", {})
    mutant.source.originals = original  # type: ignore[attr-defined]
    if mutant.root not in original:
        built = mutant.source.original(mutant.root)
        original[mutant.root] = [observe(draw(exercise, s), built) for s in SEEDS[:3]]

    def same(answer: Any) -> bool:
        return all(
            _same(observe(draw(exercise, s), answer, seconds=SECONDS), kept)
            for s, kept in zip(SEEDS[:3], original[mutant.root], strict=True)
        )

    return same


def _same(one: Any, other: Any) -> bool:
    """Whether two pieces of evidence say the same, numbers within the tolerance; what was printed aside."""
    if isinstance(one, dict) and isinstance(other, dict):
        aside = {"printed", "warnings", "seconds"}
        return one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one.keys() - aside)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float | int) and isinstance(other, float | int):
        return bool(abs(one - other) <= tolerance("float64") * abs(other))
    return one == other


def _mean_absolute_error(mean: Callable[[Any, Any], Any]) -> bool:
    """Right for arrays and lists of one shape; an exception or right for a row against a column."""
    rng = np.random.default_rng(0)
    for shape in ((4,), (7,), (1,), (5, 1), (4, 3), (2, 3), (2, 3, 2)):
        for scale in (1, 8):  # whole numbers, and eighths
            t, p = np.round(scale * rng.normal(0, 3, (2, *shape))) / scale
            kept, exact = (t.copy(), p.copy()), np.abs(t - p).mean()
            results = [mean(t, p), mean(t.tolist(), p.tolist()), mean(t, t.copy()) + exact]
            if not np.array_equal(kept, (t, p)) or any(np.size(r) != 1 for r in results):
                return False
            if not np.allclose(np.ravel(np.array(results, dtype=float)), exact, rtol=1e-6, atol=0):
                return False
    for row, column in ((t.ravel(), p.reshape(-1, 1)), (p.reshape(-1, 1), t.ravel())):
        try:
            result = mean(row, column)
        except Exception:
            continue
        if not np.allclose(result, exact, rtol=1e-6, atol=0):
            return False
    return True


def _search_space(space: Any) -> bool:
    """The grid's values in any order; names in any letters; whole numbers where Keras counts."""
    found = {key: sorted(space[key], key=str) for key in space}
    names = sorted(name.lower() for name in found.pop("optimizer"))
    counts = [n for key in ("batch_size", "epochs") for n in found[key]]
    return (
        names == ["adadelta", "adam", "adamax", "ftrl", "nadam", "rmsprop", "sgd"]
        and sorted(found) == ["batch_size", "dropout", "epochs"]
        and all(np.asarray(n).dtype.kind == "i" for n in counts)
        and sorted(found["batch_size"]) == [1, 4, 16, 32, 64]
        and sorted(found["epochs"]) == [90, 240]
        and len(found["dropout"]) == 4
        and np.allclose(sorted(found["dropout"]), [0, 0.0001, 0.0002, 0.0005], rtol=1e-6, atol=0)
    )


BY_HAND: dict[str, Callable[[Any], bool]] = {
    "baseline-model": builds_baseline,
    "compare-models": compares,
    "division-data": draws_divisions,
    "learned-weights": divides,
    "mean-absolute-error": _mean_absolute_error,
    "multiply-weights": multiplies,
    "numeric-slope": measures_slopes,
    "search-space": _search_space,
}
"""What a right answer is, where more than one set of numbers is right."""

NOT_GENERATED = {"start-weights"}
"""Where right means that a share of two hundred trainings succeeds: half a constant changed is no mistake."""
