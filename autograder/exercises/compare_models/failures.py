"""Mistakes with a name in exercise ``compare-models`` that concern models which fail."""

from __future__ import annotations

from collections.abc import Callable

from autograder.exercise import Evidence, Inputs
from autograder.exercises.compare_models.probe import FAILURES, Compared, compared
from autograder.kinds.legacy import Misconception

MESSAGE = "this model cannot divide"
"""What every model that raises says."""


def fails(evidence: Evidence, call: str) -> bool:
    """Whether the call raised what one of its models had raised."""
    error = evidence["calls"][call]["error"]
    return error is not None and MESSAGE in error["message"]


def stops(*, at_any: bool) -> Callable[[Inputs, Evidence], bool]:
    """Fits where a model that raises stops a call, ``at_any`` error or at some; no quotient is wrong."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        came = [m for m in compared(inputs, evidence) if m.got is not None and m.expected is not None]
        stopped = fails(evidence, "mixed") and fails(evidence, "one fails") == at_any
        return stopped and all(m.right for m in came)

    return fits


def of_failures(holds: Callable[[Compared], bool]) -> Callable[[Inputs, Evidence], bool]:
    """Fits where every model that works is right, and ``holds`` is true of every failing one that is not.

    Wrong quotients come first: what is said of failures then is a remark.
    """

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        if any(r["error"] or r["named"] is None for r in evidence["calls"].values()):
            return False
        models = compared(inputs, evidence)
        wrong = [m for m in models if m.kind == FAILURES and not m.right]
        return bool(wrong) and all(m.right for m in models if m.kind != FAILURES) and all(map(holds, wrong))

    return fits


def _neighbours_lost(inputs: Inputs, evidence: Evidence) -> bool:
    """Whether a model that works is right alone, and not beside one that fails."""
    if any(r["error"] for r in evidence["calls"].values()):
        return False
    models = compared(inputs, evidence)
    alone = [m for m in models if m.call == "functions"]
    beside = [m for m in models if m.call == "one fails" and m.kind != FAILURES]
    return all(m.right for m in alone) and not all(m.right for m in beside)


FAILING = (
    Misconception(
        "one-spoils-all",
        "stops at the first model that raises",
        "while one's own models work, nobody notices",
        "Where a model raises, the whole comparison raises; where all work, it goes through.",
        "How does Python go on after an error, and for how many models should it?",
        stops(at_any=True),
    ),
    Misconception(
        "catches-some-errors",
        "catches one kind of error only",
        "the error that one has seen is the one that one thinks of",
        "It copes with a model that raises ValueError, and not with others.",
        "Which errors can a model raise that you have never seen?",
        stops(at_any=False),
    ),
    Misconception(
        "tries-once-for-all",
        "gives up all models after one has failed",
        "one try around the whole loop is quickly written",
        "It does not raise, but beside a model that fails, others are lost that work.",
        "What is inside your try: one model, or all of them?",
        _neighbours_lost,
    ),
    Misconception(
        "leaves-failures-out",
        "leaves models out that fail",
        "pass and continue are at hand",
        "The names of the models that failed are missing.",
        "How would a reader of the page tell a model that failed from one that was never there?",
        of_failures(lambda m: m.got is None),
    ),
    Misconception(
        "keeps-nan",
        "passes NaN on as a quotient",
        "NaN is a number for Python, and no error is raised",
        "Models that raise are reported as None, models that give NaN as NaN.",
        "How can one tell NaN from a number? It is the only one that is not equal to itself.",
        of_failures(lambda m: bool(m.description["function"].get("empty")) and m.got is not None),
    ),
    Misconception(
        "failure-as-something",
        "reports a failure as something else than None",
        "NaN, 0 or a word look like a good sign of failure",
        "Every model that failed has an entry, but not None.",
        "Which value says in Python that there is nothing?",
        of_failures(lambda m: m.got is not None),
    ),
)
