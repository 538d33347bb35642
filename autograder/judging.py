"""``grade``: draw inputs, observe the answer, judge the evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from autograder.collection_paused import no_full_collection
from autograder.evidence import Unreadable, read
from autograder.exercise import UNREADABLE, Evidence, Exercise, Status, Verdict
from autograder.exercises import EXERCISES, exercise
from autograder.kinds.judge import judge as judge_alone
from autograder.kinds.universal_mistakes import with_settings, with_universal_mistakes

__all__ = ["EXERCISES", "draw", "grade", "judge"]


def grade(exercise_id: str, answer: Any, *, seed: int | None = None, isolated: bool = False) -> Verdict:
    """The verdict on ``answer``; fresh inputs each time unless ``seed`` is given.

    Never raises, whatever the answer does, but for a ValueError at an unknown id. With ``isolated`` the
    answer runs in a process of its own with a hard time limit, and nothing it does can hang or end this one.
    """
    wanted = exercise(exercise_id)
    with no_full_collection():
        request = draw(exercise_id, seed)
        if isolated:
            from autograder.isolated import observe_isolated

            evidence = observe_isolated(request, answer)
        else:
            from autograder.observers import observe

            evidence = observe(request, answer)
        return judge(wanted.id, request, evidence)


def draw(exercise_id: str, seed: int | None = None) -> dict[str, Any]:
    """What an observer needs to know: ``{"observer", "inputs", "needs"}``, plain data, with fresh inputs."""
    wanted = exercise(exercise_id)
    rng = np.random.default_rng(seed)
    needs = {e.answer: _request(e, rng) for e in map(exercise, _all_needs(wanted))}
    return {**_request(wanted, rng), "needs": needs}


def judge(exercise_id: str, request: dict[str, Any], evidence: Evidence) -> Verdict:
    """The verdict on evidence that an observer brought back for this request, if it is what was asked for."""
    wanted = exercise(exercise_id)
    try:
        evidence = read(request, evidence)
    except Unreadable as error:
        message = (
            f"What was observed of your {wanted.answer} cannot be read. Does something in your notebook "
            "change how Python or this check works? Restart, run all cells, and check again."
        )
        return Verdict(exercise_id, Status.WRONG, 0.0, message, UNREADABLE, remarks=(str(error),))
    try:
        with np.errstate(all="ignore"):
            verdict = judge_alone(wanted, request["inputs"], evidence)
            verdict = with_universal_mistakes(verdict, wanted.answer, request["inputs"], evidence)
            verdict = with_settings(verdict, evidence)
            if verdict.status is Status.WRONG:
                remarks = (*verdict.remarks, *_blame(wanted, request, evidence))
                verdict = replace(verdict, remarks=remarks)
        return verdict
    except Exception as error:
        message = (
            f"The check could not read what your {wanted.answer} gave ({type(error).__name__}: {error}). "
            "Does it give plain numbers? If it does, please show this message to your teacher."
        )
        return Verdict(exercise_id, Status.WRONG, 0.0, message)


def _request(wanted: Exercise[Any], rng: np.random.Generator) -> dict[str, Any]:
    return {"observer": wanted.probe.observer, "inputs": wanted.probe.draw(rng)}


def _all_needs(wanted: Exercise[Any]) -> list[str]:
    """Ids of the exercises this one builds on, directly or through one another, the earliest first."""
    found: dict[str, None] = {}
    for needed in wanted.needs:
        found |= dict.fromkeys([*_all_needs(exercise(needed)), needed])
    return list(found)


def _blame(wanted: Exercise[Any], request: dict[str, Any], evidence: Evidence) -> list[str]:
    """A remark for the earliest of the student's own answers that this one uses and that is not right."""
    for name, earlier in evidence["needs"].items():
        needed = next(e for e in map(exercise, _all_needs(wanted)) if e.answer == name)
        verdict = judge_alone(needed, request["needs"][name]["inputs"], earlier)
        if verdict.status is not Status.RIGHT:
            state = "is not written yet" if verdict.status is Status.NOT_ATTEMPTED else "is not right yet"
            return [
                f"Your {wanted.answer} uses your {name}, and that one {state}: mend {name} first, then "
                "run both cells."
            ]
    return []
