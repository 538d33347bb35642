"""Lays an answer's values and gradients beside the formula's: entries, criteria, picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.kinds.comparison import Comparison, Entry, Problem, show, unread
from autograder.kinds.elementwise import Branch
from autograder.kinds.picture import picture
from autograder.kinds.tensor_observation import FLOATS, GRADIENT, OUTPUTS, VALUE, Call, Observation
from autograder.verdict import Criterion

NAMED = ("value", "gradient")
INSIDE = ", in tf.function"
FORMS = {"float32": "a float32 tensor", "float64": "a float64 tensor", "table": "a tensor of two axes"}
FORMS |= {"empty": "an empty tensor", "number 0": "a single number", "picture": "a float64 tensor"}
FORMS |= {f"{dtype} compiled": f"a {dtype} tensor in tf.function" for dtype in FLOATS}
FORMS |= {"twice": "its own result"}


FRAMEWORKS_OWN = "No gradient that you wrote was seen: the framework's own was used."


def compare(
    seen: Observation,
    branches: Sequence[Branch],
    examples: Sequence[float],
    grid: tuple[float, ...],
    y_label: str,
) -> Comparison:
    """The comparison, with four criteria."""
    calls = list(seen.calls.values())
    plain = [call for call in calls if call.x.size and call.times == 1 and not call.compiled]
    given = {call.name: _entries(call, examples) for call in calls}
    entries = [entry for call in plain for entry in given[call.name]]
    shown = {entry.where for entry in entries if not entry.right}
    others = [entry for call in calls if call.compiled or call.times > 1 for entry in given[call.name]]
    entries += [entry for entry in others if entry.where.replace(INSIDE, "") not in shown]
    arrays, problems = seen.arrays, _problems(calls)
    values = _share(plain, lambda call: bool(call.right[VALUE][call.ordinary].all()))
    slopes = _share(plain, lambda call: bool(call.right[GRADIENT][call.ordinary].all()))
    # At the ends values are 0, ½ or 1, whatever the formula: they count beside a branch that is right.
    extremes = _share(arrays, _right_at_extremes) * _some_branch(_gave(arrays))
    everywhere = all(call.right[output].all() for call in calls for output in OUTPUTS)
    partly = values * slopes * extremes < 1
    form = not problems and (partly or everywhere) and _some_branch(plain)
    output = VALUE if values < 1 else GRADIENT
    drawn = [entry for entry in given["picture"] if entry.of == NAMED[output]]
    comparison = Comparison(
        entries=list({(entry.where, entry.of): entry for entry in entries}.values()),
        criteria=[
            Criterion("values", 1.0, values),
            Criterion("gradients", 1.0, slopes),
            Criterion("poles, huge numbers, ±∞", 1.0, extremes),
            Criterion("both dtypes, any shape, tf.function", 1.0, float(form)),
        ],
        problems=problems,
        picture=picture(drawn, grid, y_label if output == VALUE else "gradient", output == GRADIENT),
        branches={f"{of} {b.name}": f"{b.label} ({of})" for b in branches for of in NAMED},
    )
    if seen.registered is False and comparison.right:
        comparison.criteria.append(Criterion("a gradient of its own", 1.0, 0.0))
    elif seen.registered is False and values < 1:
        comparison.remarks.append(FRAMEWORKS_OWN)
    return comparison


def _share(calls: list[Call], right: Callable[[Call], bool]) -> float:
    """1 where every call is right, ½ where all those are that gave numbers, else 0.

    Among these must be drawn points of every branch, in an array or one by one: all others are known.
    """
    if all(map(right, calls)):
        return 1.0
    gave = _gave(calls)
    one_by_one = sum(call.x.ndim == 0 for call in gave) == sum(call.x.ndim == 0 for call in calls) > 0
    drawn = one_by_one or any(call.name in FLOATS for call in gave)
    return 0.5 if drawn and all(map(right, gave)) else 0.0


def _some_branch(calls: list[Call]) -> bool:
    """Whether the values of one branch at least are right at all ordinary points of these calls."""
    right = [
        point
        for call in calls
        for point in zip(call.part[call.ordinary], call.right[VALUE][call.ordinary], strict=True)
    ]
    return any(all(ok for part, ok in right if part == name) for name in {part for part, _ in right})


def _gave(calls: list[Call]) -> list[Call]:
    """The calls that gave numbers for their gradients, too."""
    return [call for call in calls if call.readings[GRADIENT].numbers is not None]


def _right_at_extremes(call: Call) -> bool:
    return all(call.right[output][~call.ordinary].all() for output in OUTPUTS)


def _problems(calls: list[Call]) -> list[Problem]:
    found = []
    for call in calls:
        where = f"called with {FORMS.get(call.name, 'a single number')}"
        value, slope = call.readings
        if value.problem or (slope.problem and call.x.size):
            found.append(unread(where, value if value.problem else slope, "values and gradients"))
        elif value.dtype != call.dtype:
            found.append(Problem(where, f"gives {value.dtype}", call.dtype))
        elif slope.numbers is not None and slope.dtype != call.dtype:
            found.append(Problem(where, f"has a gradient of dtype {slope.dtype}", call.dtype))
    return list({p.what: p for p in reversed(found)}.values())[::-1]


def _entries(call: Call, examples: Sequence[float]) -> list[Entry]:
    """An entry for each number that this call gave, and for each gradient that it did not."""
    found: list[Entry] = []
    if call.failed:
        return found
    again = call.times > 1
    how = [call.dtype, *[INSIDE[2:]] * call.compiled, *["applied twice"] * again]
    for output, of in enumerate(NAMED):
        reading = call.readings[output]
        missing = reading.numbers is None
        given = np.full(call.x.shape, np.nan) if reading.numbers is None else reading.numbers
        for x, upstream, part, y, exact, right in zip(
            *(
                a.ravel().tolist()
                for a in (call.x, call.upstream, call.part, given, call.exact[output], call.right[output])
            ),
            strict=True,
        ):
            told = [*how, f"upstream {show(upstream, call.dtype)}"] if output == GRADIENT else how
            found.append(
                Entry(
                    f"{of} {part}",
                    f"x = {show(x, call.dtype)} ({', '.join(told)})",
                    reading.problem or "" if missing else show(y, reading.dtype),
                    float(y),
                    exact,
                    right,
                    x,
                    missing,
                    tier=(x not in examples) + 2 * output + 4 * call.compiled + 8 * again,
                    of=of,
                )
            )
    return found
