"""Mistakes with a name in exercise ``best-epoch``: e the validation errors, p the patience."""

# ruff: noqa: ARG005

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.best_epoch.probe import exact
from autograder.kinds.calls import Observation
from autograder.kinds.several_arguments import IGNORES_ARGUMENTS, Formula, float_not_int

Errors = Sequence[float]


def waiting(p_of: Callable[[int], int]) -> Formula:
    """Stops after another number of epochs."""
    return lambda e, p: exact(e, p_of(p))


def stops_at(e: Errors, p: int) -> int:
    """The epoch after which the training ends."""
    return min(exact(e, p) + p, len(e) - 1)


def counting(e: Errors, p: int, *, resets: bool = True, ties: bool = False, previous: bool = False) -> int:
    """The same with a counter, and one thing another."""
    best, waited = 0, 0
    for epoch in range(1, len(e)):
        compared = e[epoch - 1] if previous else e[best]
        if e[epoch] < compared or (ties and e[epoch] == compared):
            best, waited = epoch, 0 if resets else waited
        else:
            waited += 1
            if waited >= p:
                break
    return best


def lowest_in_a_window(e: Errors, p: int) -> int:
    """The lowest one that is followed by ``patience`` higher ones, wherever that is."""
    found = [i for i in range(len(e)) if len(e) > i + p and all(x > e[i] for x in e[i + 1 : i + 1 + p])]
    return min(found, key=lambda i: e[i], default=int(np.argmin(e)))


MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "no-patience",
        did="looks at all epochs, also those after the training would have stopped",
        tempting="np.argmin finds the lowest error in one word",
        shows="It gives the lowest error of the whole list, also where that comes too late to be seen.",
        hint="Before which epoch has the training stopped? Could it know the errors after that?",
        wrong=lambda e, p: int(np.argmin(e)),
    ),
    Mistake(
        "gives-last-epoch",
        did="gives the epoch at which the training stops, not the best one before it",
        tempting="that is where the loop ends",
        shows="It gives the epoch in which waiting is over.",
        hint="When you stop, how long ago was the best epoch?",
        wrong=(stops_at, lambda e, p: min(stops_at(e, p) + 1, len(e) - 1), lambda e, p: stops_at(e, p) + 1),
    ),
    Mistake(
        "counts-from-one",
        did="counts epochs from 1",
        tempting="people call it the first epoch, not the zeroth",
        shows="It is one too large every time.",
        hint="Which number has the first error of the list here?",
        wrong=lambda e, p: exact(e, p) + 1,
    ),
    Mistake(
        "gives-error",
        did="gives the error, not the number of its epoch",
        tempting="the lowest error is what one looks for",
        shows="It gives the lowest error itself.",
        hint="The best error is 3.0: in which epoch was that?",
        wrong=(lambda e, p: float(e[exact(e, p)]), lambda e, p: float(min(e))),
    ),
    Mistake(
        "waits-one-longer",
        did="waits one epoch longer than patience says",
        tempting="> and >= look alike",
        shows="It still sees the epoch after waiting is over.",
        hint="With a patience of 1: how many epochs may go by without a better one?",
        wrong=waiting(lambda p: p + 1),
    ),
    Mistake(
        "waits-one-shorter",
        did="waits one epoch less than patience says",
        tempting="> and >= look alike, and so do a count from 0 and one from 1",
        shows="It stops one epoch early.",
        hint="With a patience of 2: after the first epoch that is no better, is the training over?",
        wrong=lambda e, p: exact(e, p - 1) if p > 1 else 0,
    ),
    Mistake(
        "never-starts-anew",
        did="does not begin to wait anew after a better epoch",
        tempting="a counter is made, and then forgotten",
        shows="All epochs that bring no better error count together, also those before the best.",
        hint="A better error has come: how long have you been waiting now?",
        wrong=lambda e, p: counting(e, p, resets=False),
    ),
    Mistake(
        "ties-are-better",
        did="takes the same error again for a better one",
        tempting="< and <= look alike",
        shows="Where an error comes twice, it gives the later one, and waits from there.",
        hint="The same error for the second time: has the training become better?",
        wrong=lambda e, p: counting(e, p, ties=True),
    ),
    Mistake(
        "compares-with-previous",
        did="compares each error with the one before, not with the best so far",
        tempting="falling or rising is what one sees in a curve",
        shows="After a bad epoch any smaller error counts as better, even one that is worse than the best.",
        hint="The errors are 4, 6, 5: is the last one better than all before it?",
        wrong=lambda e, p: counting(e, p, previous=True),
    ),
    Mistake(
        "first-rise",
        did="stops at the first rise, whatever the patience",
        tempting="the first low point looks like the goal",
        shows="It gives the epoch before the first that is no better.",
        hint="In which line does patience come in?",
        wrong=waiting(lambda p: 1),
    ),
    Mistake(
        "not-yet-stopped",
        did="looks for the lowest error that is followed by enough higher ones, anywhere in the list",
        tempting="a low point with a rise behind it can be found with a window",
        shows="It finds low points that come after the training has stopped.",
        hint="Which is the first place at which waiting is over? What comes after it is never seen.",
        wrong=lowest_in_a_window,
    ),
    Mistake(
        "worst-epoch",
        did="gives the epoch with the largest error",
        tempting="with accuracies in the place of errors the largest is the best",
        shows="It gives the largest error's epoch.",
        hint="Is a large error good or bad?",
        wrong=lambda e, p: int(np.argmax(e)),
    ),
    Mistake(
        "gives-last",
        did="gives the last epoch of the list",
        tempting="the longest training looks like the best one",
        shows="It gives the last epoch every time.",
        hint="Where in the list is the lowest error?",
        wrong=(lambda e, p: len(e) - 1, lambda e, p: len(e)),
    ),
    Mistake(
        "float-not-int",
        did="gives a decimal number",
        tempting="NumPy's arrays of zeros hold decimals",
        shows="The numbers are right, well done. Their type is not: an epoch is counted with whole numbers.",
        hint="Can one write errors[1.0]?",
        fits=float_not_int,
    ),
    IGNORES_ARGUMENTS,
)
