"""``grade``: draw inputs, observe the answer, judge the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from autograder import exercises
from autograder.evidence import Unreadable, read
from autograder.exercise import Evidence, Exercise
from autograder.exercises import EXERCISES, exercise
from autograder.kinds.comparison import Comparison
from autograder.kinds.error_mistakes import with_error_mistakes
from autograder.kinds.judge import judge as judge_alone
from autograder.kinds.universal_mistakes import with_settings, with_universal_mistakes
from autograder.observers.arguments import build
from autograder.observers.request import Request
from autograder.own_exercises import line_of
from autograder.processes.garbage import no_full_collection
from autograder.verdict import UNJUDGED, UNREADABLE, Status, Verdict

__all__ = ["EXERCISES", "Check", "draw", "grade", "judge"]


def grade(exercise_id: str, answer: Any, *, seed: int | None = None, isolated: bool = False) -> Verdict:
    """The verdict on ``answer``; fresh inputs each time unless ``seed`` is given.

    Never raises, whatever the answer does, but for a ValueError at an unknown id. With ``isolated`` the
    answer runs in a process of its own with a hard time limit, and nothing it does can hang or end this one.
    """
    wanted = exercise(exercise_id)
    with no_full_collection():
        check = Check.of(wanted, seed)
        if isolated:
            from autograder.isolated import observe_isolated

            evidence = observe_isolated(check.request, answer)
        else:
            from autograder.observers import observe

            evidence = observe(check.request, answer)
        return check.judge(evidence)


def draw(exercise_id: str, seed: int | None = None) -> Request:
    """What an observer needs to know, with fresh inputs."""
    return Check.of(exercise(exercise_id), seed).request


def judge(exercise_id: str, request: Request, evidence: Evidence) -> Verdict:
    """The verdict on evidence that an observer brought back for this request, if it is what was asked for."""
    wanted = exercise(exercise_id)
    return Check(wanted, _needs_of(wanted), request).judge(evidence)


@dataclass(frozen=True)
class Check:
    """One check of an exercise: what an observer is asked, and what becomes of its evidence.

    ``needs`` are the exercises that this one builds on, by the names of their answers, the earliest first.
    """

    exercise: Exercise[Any]
    needs: Mapping[str, Exercise[Any]]
    request: Request

    @classmethod
    def of(cls, wanted: Exercise[Any], seed: int | None = None) -> Check:
        """One with fresh inputs, the same for the same ``seed``."""
        rng = np.random.default_rng(seed)
        needs = _needs_of(wanted)
        asked = {name: _request(earlier, rng) for name, earlier in needs.items()}
        own = _request(wanted, rng)
        drawn = {name: earlier.stand_in(rng) for name, earlier in needs.items() if earlier.stand_in}
        stand_ins = {name: {"function": d} for name, d in drawn.items()} if wanted.apart else {}
        return cls(wanted, needs, {**own, "needs": asked, "stand_ins": stand_ins})

    def judge(self, evidence: Evidence) -> Verdict:
        """The verdict on evidence that an observer brought back, if it is what was asked for."""
        wanted, inputs = self.exercise, self.request["inputs"]
        try:
            evidence = read(self.request, evidence)
        except Unreadable as error:
            message = (
                f"What was observed of your {wanted.answer} cannot be read. Does something in your notebook "
                "change how Python or this check works? Restart, run all cells, and check again."
            )
            return Verdict(wanted.id, Status.WRONG, 0.0, message, UNREADABLE, remarks=(str(error),))
        try:
            with np.errstate(all="ignore"):
                verdict = judge_alone(wanted, inputs, evidence)
                verdict = with_error_mistakes(verdict, wanted.answer, evidence)
                verdict = with_universal_mistakes(verdict, wanted.answer, inputs, evidence)
                verdict = with_settings(verdict, evidence)
                if verdict.status is Status.WRONG and (blamed := self._blamed(evidence)):
                    verdict = self._apart(verdict, evidence, *blamed)
            return verdict
        except Exception as error:
            said = f"{type(error).__name__}: {error} ({_place(error)})"
            message = (
                f"The check of your {wanted.answer} failed: {said}. "
                "That is no verdict on your answer: please show this message to your teacher."
            )
            return Verdict(wanted.id, Status.WRONG, 0.0, message, UNJUDGED)

    def _blamed(self, evidence: Evidence) -> tuple[str, str] | None:
        """The earliest of the student's own answers that this one uses and that is not right; what it is."""
        for name in (name for name in self.needs if name in evidence["needs"]):
            inputs, earlier = self.request["needs"][name]["inputs"], evidence["needs"][name]
            verdict = judge_alone(self.needs[name], inputs, earlier)
            if verdict.status is not Status.RIGHT:
                written = verdict.status is not Status.NOT_ATTEMPTED
                return name, "is not right yet" if written else "is not written yet"
        return None

    def _apart(self, verdict: Verdict, evidence: Evidence, name: str, state: str) -> Verdict:
        """The verdict, which an earlier answer that is not right must not cost anything.

        What counts is whether this one is right with functions that nobody knows in the place of the earlier
        ones: one that was made wrong so that this one fits makes no difference.
        """
        uses = f"Your {self.exercise.answer} uses your {name}, and that one {state}"
        best = max(self._comparisons(evidence), key=lambda c: c.score, default=None)
        if best is None or best.score <= verdict.score:
            alone = "" if best is None else f" With another function in the place of {name} it is wrong, too."
            said = f"{uses}: mend {name} first, then run both cells.{alone}"
            return replace(verdict, remarks=(*verdict.remarks, said))
        if not best.right:
            said = f"{uses}: mend {name} first. What is wrong there costs nothing here."
            return replace(verdict, score=best.score, remarks=(*verdict.remarks, said))
        message = f"Right by itself. {uses}: that costs its points there, and none here."
        said = f"It was tried with another function in the place of {name}, and did with that what it should."
        criteria = tuple(best.criteria)
        return Verdict(verdict.exercise, Status.RIGHT, 1.0, message, criteria=criteria, remarks=(said,))

    def _comparisons(self, evidence: Evidence) -> Iterator[Comparison]:
        """The answer beside each formula that it is right by, with the stand-ins for what it uses."""
        apart = evidence["apart"]
        if self.exercise.apart is None or apart is None or apart["stopped"] or apart["unsteady"]:
            return
        if apart["kind"] != self.request["observer"]:
            return
        asked = {n: build(d) for n, d in self.request["stand_ins"].items() if n in evidence["uses"]}
        for kind in self.exercise.apart(asked):
            yield kind.compare(kind.read(self.request["inputs"], apart))


def _place(error: Exception) -> str:
    """Where an exception comes from, as far as that is an exercise's own code; else where it was raised."""
    file, line = line_of(error, *map(Path, exercises.__path__)) or line_of(error) or ("", 0)
    return f"{'/'.join(Path(file).parts[-2:])}, line {line}"


def _request(wanted: Exercise[Any], rng: np.random.Generator) -> Request:
    return {"observer": wanted.probe.observer, "inputs": wanted.probe.draw(rng)}


def _needs_of(wanted: Exercise[Any]) -> dict[str, Exercise[Any]]:
    """The exercises this one builds on, directly or through one another, by their answers; earliest first."""
    return {earlier.answer: earlier for earlier in _earlier(wanted)}


def _earlier(wanted: Exercise[Any]) -> Iterator[Exercise[Any]]:
    for earlier in map(exercise, wanted.needs):
        yield from _earlier(earlier)
        yield earlier
