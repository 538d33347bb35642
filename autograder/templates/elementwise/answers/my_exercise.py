"""Right and wrong answers to exercise ``my-exercise``; ``course try my-exercise`` runs them."""

import math

import numpy as np

from autograder.answers import Mutants

MUTANTS = Mutants("my-exercise")


@MUTANTS.right
def by_operator(x):
    return x**2


@MUTANTS.right
def by_numpy(x):
    return np.square(x)


@MUTANTS.right
def one_by_one(x):
    return np.vectorize(lambda t: float(t) * float(t))(x)


@MUTANTS.wrong("doubles")
def doubles(x):
    return 2 * x


@MUTANTS.wrong("scalar-only", 0.5)  # half of the points: single numbers are right
def for_one_number(x):
    return math.pow(x, 2)


@MUTANTS.wrong(None)  # must be wrong, and called by no name
def cubes(x):
    return x**3
