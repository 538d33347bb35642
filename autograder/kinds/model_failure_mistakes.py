"""Mistakes in comparing models that concern models which fail."""

from __future__ import annotations

import math
from collections.abc import Callable

from autograder.exercise import Mistake
from autograder.kinds.model_comparison import FAILURES, Compared, Observation
from autograder.observers.models import CANNOT


def stopped(seen: Observation, name: str) -> bool:
    """Whether that call raised what one of its models had raised."""
    error = seen.call(name).error
    return error is not None and CANNOT in error["message"]


def stops(*, at_any: bool) -> Callable[[Observation], bool]:
    """Fits where a model that raises stops a call, ``at_any`` error or at some; no quotient is wrong."""

    def fits(seen: Observation) -> bool:
        stops = stopped(seen, "mixed") and stopped(seen, "one fails") == at_any
        return stops and all(m.right for m in seen.working if m.got is not None)

    return fits


def of_failures(holds: Callable[[Compared], bool]) -> Callable[[Observation], bool]:
    """Fits where every model that works is right, and ``holds`` is true of every failing one that is not.

    Wrong quotients come first: what is said of failures then is a remark.
    """

    def fits(seen: Observation) -> bool:
        wrong = [m for m in seen.models if m.kind == FAILURES and not m.right]
        goes_through = all(call.named is not None for call in seen.calls)
        return goes_through and all(m.right for m in seen.working) and bool(wrong) and all(map(holds, wrong))

    return fits


def _neighbours_lost(seen: Observation) -> bool:
    """Whether models that work are right alone, and not beside one that fails."""
    alone, beside = seen.call("functions").models, seen.call("one fails").models
    lost = [m for m in beside if m.kind != FAILURES and not m.right]
    gone = bool(lost) and all(m.got is None or m.none for m in lost)
    return gone and all(m.right for m in alone) and not any(call.error for call in seen.calls)


def _is_nan(model: Compared) -> bool:
    """Whether NaN came back, in an array or alone."""
    return model.reading.numbers is not None and math.isnan(model.value)


FAILING: tuple[Mistake[Observation], ...] = (
    Mistake(
        "one-spoils-all",
        did="does not catch what a model raises",
        tempting="while one's own models work, nobody notices",
        shows="A ValueError that a model raises ends the whole comparison; where all work, it goes through.",
        hint="How does Python go on after an error, and for how many models should it?",
        fits=stops(at_any=True),
    ),
    Mistake(
        "catches-some-errors",
        did="catches one kind of error only",
        tempting="the error that one has seen is the one that one thinks of",
        shows="It copes with a model that raises ValueError, and not with others.",
        hint="Which errors can a model raise that you have never seen?",
        fits=stops(at_any=False),
    ),
    Mistake(
        "tries-once-for-all",
        did="gives up all models after one has failed",
        tempting="one try around the whole loop is quickly written",
        shows="It does not raise, but beside a model that fails, others are lost that work.",
        hint="After a model that has failed, does your loop go on to the next? And is the loop in the try?",
        fits=_neighbours_lost,
    ),
    Mistake(
        "leaves-failures-out",
        did="leaves models out that fail",
        tempting="pass and continue are at hand",
        shows="The names of the models that failed are missing.",
        hint="How would a reader of the page tell a model that failed from one that was never there?",
        fits=of_failures(lambda m: m.got is None),
    ),
    Mistake(
        "keeps-nan",
        did="passes NaN on as a quotient",
        tempting="NaN is a number for Python, and no error is raised",
        shows="Models that raise are reported as None, models that give NaN as NaN.",
        hint="How can one tell NaN from a number? It is the only one that is not equal to itself.",
        fits=of_failures(lambda m: bool(m.description["function"].get("empty")) and _is_nan(m)),
    ),
    Mistake(
        "failure-as-something",
        did="reports a failure as something else than None",
        tempting="NaN, 0 or a word look like a good sign of failure",
        shows="A model that failed has an entry, but not None.",
        hint="Which value says in Python that there is nothing?",
        fits=of_failures(lambda m: m.got is not None),
    ),
)
