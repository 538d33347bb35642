"""Lays an answer's values and gradients beside the formula's: entries, criteria, picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem, show, unread
from autograder.kinds.picture import picture
from autograder.kinds.tensors import FLOATS, GRADIENT, VALUE, Seen, Tensors

KINDS = {VALUE: "value", GRADIENT: "gradient"}
INSIDE = ", in tf.function"
NAMES = {"float32": "a float32 tensor", "float64": "a float64 tensor", "table": "a tensor of two axes"}
NAMES |= {"empty": "an empty tensor", "number 0": "a single number", "picture": "a float64 tensor"}
NAMES |= {f"{dtype} compiled": f"a {dtype} tensor in tf.function" for dtype in FLOATS}
NAMES |= {"twice": "its own result"}

NOT_REGISTERED = (
    "The gradient is right, but it is the framework's own: none that you wrote was seen. This costs nothing."
)

FRAMEWORKS_OWN = "No gradient that you wrote was seen: the framework's own was used."


@dataclass(frozen=True)
class Compare:
    """Compares one exercise's evidence: a Comparison with four criteria."""

    subject: Tensors

    def __call__(self, inputs: Inputs, evidence: Evidence) -> Comparison:
        subject = self.subject
        seen = subject.seen(inputs, evidence)
        comparison = Comparison(
            branches={
                f"{name} {b.name}": f"{b.label} ({name})" for b in subject.branches for name in KINDS.values()
            }
        )
        plain = [s for n, s in seen.items() if s.wanted["times"] == 1 and not s.wanted["compiled"]]
        for s in plain:
            comparison.entries += self.entries(s)
        shown = {e.where for e in comparison.wrong}
        for s in seen.values():
            if s.wanted["compiled"] or s.wanted["times"] > 1:
                comparison.entries += [e for e in self.entries(s) if e.where.replace(INSIDE, "") not in shown]
        plain = [s for s in plain if s.x.size]
        comparison.entries = list({(e.where, e.of): e for e in comparison.entries}.values())
        comparison.problems = self.problems(seen)
        values, slopes = (self.share(plain, partial(_ordinary, subject, kind)) for kind in KINDS)
        arrays = [s for s in plain if s.wanted["id"] in FLOATS]
        # At the ends values are 0, ½ or 1, whatever the formula: they count beside a branch that is right.
        extremes = self.share(arrays, partial(_extreme, subject)) * self.some(_gave(arrays))
        everywhere = all(s.right[kind].all() for s in seen.values() for kind in KINDS)
        partly = values * slopes * extremes < 1
        form = not comparison.problems and (partly or everywhere) and self.some(plain)
        comparison.criteria = [
            Criterion("values", 1.0, values),
            Criterion("gradients", 1.0, slopes),
            Criterion("poles, huge numbers, ±∞", 1.0, extremes),
            Criterion("both dtypes, any shape, tf.function", 1.0, float(form)),
        ]
        if evidence.get("registered") is False and (comparison.right or values < 1):
            comparison.remarks.append(NOT_REGISTERED if comparison.right else FRAMEWORKS_OWN)
        kind = VALUE if values < 1 else GRADIENT
        drawn = [e for e in self.entries(seen["picture"]) if e.of == KINDS[kind]]
        label = subject.answer if kind == VALUE else "gradient"
        comparison.picture = picture(drawn, subject.grid, label, kind == GRADIENT)
        return comparison

    def share(self, calls: list[Seen], right: Callable[[Seen], bool]) -> float:
        """1 where every call is right, ½ where all those are that gave numbers, else 0.

        Among these must be drawn points of every branch, in an array or one by one: all others are known.
        """
        if all(map(right, calls)):
            return 1.0
        gave = _gave(calls)
        one_by_one = sum(s.x.ndim == 0 for s in gave) == sum(s.x.ndim == 0 for s in calls) > 0
        drawn = one_by_one or any(s.wanted["id"] in FLOATS for s in gave)
        return 0.5 if drawn and all(map(right, gave)) else 0.0

    def some(self, calls: list[Seen]) -> bool:
        """Whether the values of one branch at least are right at all ordinary points of these calls."""
        if not calls:
            return False
        common = [self.subject.ordinary(s.x) for s in calls]
        x = np.concatenate([s.x[c] for s, c in zip(calls, common, strict=True)])
        right = np.concatenate([s.right[VALUE][c] for s, c in zip(calls, common, strict=True)])
        parts = np.array([self.subject.branch_of(v).name for v in x.tolist()])
        return any(right[parts == b.name].all() for b in self.subject.branches)

    def problems(self, seen: dict[str, Seen]) -> list[Problem]:
        found = []
        for name, s in seen.items():
            where = f"called with {NAMES.get(name, 'a single number')}"
            value, slope = s.readings
            if value.problem or (slope.problem and s.x.size):
                found.append(unread(where, value if value.problem else slope, "values and gradients"))
            elif value.dtype != s.dtype:
                found.append(Problem(where, f"gives {value.dtype}", s.dtype))
            elif slope.numbers is not None and slope.dtype != s.dtype:
                found.append(Problem(where, f"has a gradient of dtype {slope.dtype}", s.dtype))
        return list({p.what: p for p in reversed(found)}.values())[::-1]

    def entries(self, s: Seen) -> list[Entry]:
        """An entry for each number that this call gave, and for each gradient that it did not."""
        found = []
        times, compiled = s.wanted["times"], s.wanted["compiled"]
        for kind, of in KINDS.items():
            reading = s.readings[kind]
            if s.readings[VALUE].numbers is None:
                break
            expected = self.subject.exact(kind, s.x, s.upstream, times).ravel()
            for i, x in enumerate(s.x.ravel().tolist()):
                missing = reading.numbers is None
                y = float("nan") if reading.numbers is None else float(reading.numbers.ravel()[i])
                how = [s.dtype, *[INSIDE[2:]] * compiled, *["applied twice"] * (times > 1)]
                if kind == GRADIENT:
                    how.append(f"upstream {show(s.upstream.ravel()[i], s.dtype)}")
                where = f"x = {show(x, s.dtype)} ({', '.join(how)})"
                found.append(
                    Entry(
                        f"{of} {self.subject.branch_of(x).name}",
                        where,
                        reading.problem or "" if missing else show(y, reading.dtype),
                        y,
                        float(expected[i]),
                        bool(s.right[kind].ravel()[i]),
                        x,
                        missing,
                        tier=(x not in self.subject.examples) + 2 * kind + 4 * compiled + 8 * (times > 1),
                        of=of,
                    )
                )
        return found


def _gave(calls: list[Seen]) -> list[Seen]:
    """The calls that gave numbers for their gradients, too."""
    return [s for s in calls if s.readings[GRADIENT].numbers is not None]


def _ordinary(subject: Tensors, kind: int, s: Seen) -> bool:
    return bool(s.right[kind][subject.ordinary(s.x)].all())


def _extreme(subject: Tensors, s: Seen) -> bool:
    return all(s.right[kind][~subject.ordinary(s.x)].all() for kind in KINDS)
