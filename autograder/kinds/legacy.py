"""Exercises in the form from before: their observation is (inputs, evidence). To be gone soon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs, Mistake
from autograder.kinds.comparison import Comparison

Both = tuple[Inputs, Evidence]


@dataclass(frozen=True)
class Old:
    observer: str
    draw: Callable[[np.random.Generator], Inputs]
    compares: Callable[[Inputs, Evidence], Comparison]

    def read(self, inputs: Inputs, evidence: Evidence) -> Both:
        return inputs, evidence

    def compare(self, seen: Both) -> Comparison:
        return self.compares(*seen)

    def computes(self, wrong: Any) -> Callable[[Both], bool]:
        raise NotImplementedError

    def answers(self, wrong: Any) -> Sequence[Any]:
        raise NotImplementedError


def Misconception(
    id: str, did: str, tempting: str, shows: str, hint: str, fits: Callable[[Inputs, Evidence], bool]
) -> Mistake[Both]:
    return Mistake(id, did, tempting, shows, hint, fits=lambda seen: fits(*seen))


def both(fits: Callable[[Inputs, Evidence], bool]) -> Callable[[Both], bool]:
    return lambda seen: fits(*seen)


Fits = Callable[[Inputs, Evidence], bool]


def any_of(*fits: Fits) -> Fits:
    return lambda inputs, evidence: any(f(inputs, evidence) for f in fits)
