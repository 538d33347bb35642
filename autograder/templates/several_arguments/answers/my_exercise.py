"""Right and wrong answers to exercise ``my-exercise``; ``course try my-exercise`` runs them."""

from autograder.answers import Mutants

MUTANTS = Mutants("my-exercise")


@MUTANTS.right
def by_the_formula(a, b, weight):
    return weight * a + (1 - weight) * b


@MUTANTS.right
def from_b(a, b, weight):
    return b + weight * (a - b)


@MUTANTS.wrong("same-weight")
def same_weight(a, b, weight):
    return weight * (a + b)


@MUTANTS.wrong(None)  # must be wrong, and called by no name
def sums(a, b, weight):
    return weight * a + b
