"""From how a hand-in ran to its status, and to one sentence that says why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.grading.results import Outcome

if TYPE_CHECKING:
    from autograder.grading.run.other_versions import Doubt
    from autograder.grading.run.running import Run

HOW_IT_ENDED = {"time": Outcome.TIMED_OUT, "message": Outcome.SUSPICIOUS}


def outcome_of(run: Run) -> tuple[Outcome, str]:
    """The status of a hand-in that was run in the sandbox, and the reason where it is not ``GRADED``.

    What may be an attack is told first, then what was not reached, then what did not end.
    """
    if run.lost is not None:
        ended = HOW_IT_ENDED.get(run.lost.why, Outcome.CRASHED)
        if run.forged or run.unreadable:
            ended = Outcome.SUSPICIOUS
        reason = f"{run.where} was the last to run, since {run.lost}"
        return cut_short(ended, reason, reached=len(run.reached), missed=run.unreached)
    if run.forged:
        return Outcome.SUSPICIOUS, f"{run.forged[0]} put out a verdict of its own; it counts nothing"
    if run.unreadable:
        return Outcome.SUSPICIOUS, f"{run.unreadable[0]}; it counts nothing"
    if run.unjudged:
        return Outcome.PARTLY_GRADED, f"{'; '.join(run.unjudged)}; open: {', '.join(run.unreached)}"
    if run.stopped:
        return Outcome.TIMED_OUT, f"{run.stopped[0]} did not end in time"
    return Outcome.GRADED, ""


def with_doubt(status: Outcome, reason: str, doubt: Doubt) -> tuple[Outcome, str]:
    """The same where a newer Python may have made something right: that is open, so not all is graded."""
    if not doubt.exercises:
        return status, reason
    if status is Outcome.GRADED:
        return Outcome.PARTLY_GRADED, doubt.reason
    return status, f"{reason}; {doubt.reason}"


def cut_short(ended: Outcome, reason: str, *, reached: int, missed: Sequence[str]) -> tuple[Outcome, str]:
    """The status of a hand-in that did not run to its end: partly graded, where some exercises were reached.

    The reason says how it ended, and which exercises are open.
    """
    if not missed:
        return ended, f"{reason}; every exercise was reached before"
    if not reached:
        return ended, f"{reason}; no exercise was reached"
    still_open = f"{reason}; open: {', '.join(missed)}"
    if ended is Outcome.SUSPICIOUS:
        return ended, still_open
    return Outcome.PARTLY_GRADED, f"{ended}: {still_open}"
