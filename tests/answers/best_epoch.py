"""Right and wrong answers to exercise ``best-epoch``."""

# ruff: noqa: ARG001

import numpy as np

from . import Mutants

MUTANTS = Mutants("best-epoch")


@MUTANTS.right
def with_a_counter(validation_errors, patience):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, error in enumerate(validation_errors):
        if error < lowest:
            best, lowest, waited = epoch, error, 0
        else:
            waited += 1
            if waited == patience:
                break
    return best


@MUTANTS.right
def by_distance(validation_errors, patience):
    best = 0
    for epoch in range(len(validation_errors)):
        if validation_errors[epoch] < validation_errors[best]:
            best = epoch
        if epoch - best >= patience:
            return best
    return best


@MUTANTS.right
def argmin_of_what_is_seen(validation_errors, patience):
    for end in range(1, len(validation_errors) + 1):
        best = int(np.argmin(validation_errors[:end]))
        if end - 1 - best == patience:
            break
    return best


@MUTANTS.right
def numpys_int(validation_errors, patience):
    errors = np.asarray(validation_errors)
    lowest = np.minimum.accumulate(errors)
    first = np.array([np.argmax(errors == low) for low in lowest])
    over = np.arange(errors.size) - first >= patience
    return first[np.argmax(over)] if over.any() else first[-1]


@MUTANTS.right
def with_while(validation_errors, patience):
    errors, best, epoch = list(validation_errors), 0, 1
    while epoch < len(errors) and epoch <= best + patience:
        best = epoch if errors[epoch] < errors[best] else best
        epoch += 1
    return best


@MUTANTS.wrong("float-not-int", 0.5)
def as_float(validation_errors, patience):
    return float(with_a_counter(validation_errors, patience))


@MUTANTS.wrong("no-return")
def prints(validation_errors, patience):
    print(with_a_counter(validation_errors, patience))


@MUTANTS.wrong("gives-last-epoch")
def returns_the_loops_own(validation_errors, patience):
    best, epoch = 0, 0
    for epoch, error in enumerate(validation_errors):
        if error < validation_errors[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return epoch


@MUTANTS.wrong("waits-one-longer")
def greater_for_at_least(validation_errors, patience):
    best = 0
    for epoch, error in enumerate(validation_errors):
        if error < validation_errors[best]:
            best = epoch
        elif epoch - best > patience:
            break
    return best


@MUTANTS.wrong("ignores-arguments")
def always_one(validation_errors, patience):
    return 1


@MUTANTS.wrong(None)
def both(validation_errors, patience):
    best = with_a_counter(validation_errors, patience)
    return best, validation_errors[best]


@MUTANTS.wrong(None)
def forgets_the_first(validation_errors, patience):
    rest = list(validation_errors)[1:]
    return with_a_counter(rest, patience) + 1 if rest else 0


@MUTANTS.wrong(None)
def only_even(validation_errors, patience):
    return with_a_counter(validation_errors, patience) // 2 * 2
