"""`course try`: does an exercise accept its right answers, and reject and name its wrong ones?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from autograder import own_exercises
from autograder.answers import Mutants, Wrong
from autograder.commands.showing import number
from autograder.course_file import CourseError, nearest
from autograder.exercise import Exercise
from autograder.verdict import Status

if TYPE_CHECKING:
    from autograder.course import Course

SEEDS = range(5)
COLUMNS = ("", "answer", "must be", "is")
RIGHT, WRONG, MADE = "right", "wrong", "made"


@dataclass(frozen=True)
class Tried:
    """One answer: by hand, ``right`` or ``wrong``, or ``made`` of a mistake's ``wrong=``; what came of it."""

    answer: str
    kind: str
    wanted: str
    found: str
    ok: bool

    def as_row(self) -> tuple[str, ...]:
        return ("✓" if self.ok else "✗", self.answer, self.wanted, "" if self.ok else self.found)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def try_out(course: Course, exercise_id: str) -> tuple[list[Tried], list[str]]:
    """Try every answer with several drawings of inputs; also the mistakes that none of them shows.

    CourseError where there is no such exercise, or where it or its answers cannot be used.
    """
    from autograder.exercises import ALIKE, EXERCISES, exercise

    own_exercises.look_in(course.exercises_folder)
    try:
        wanted = exercise(exercise_id)
    except ValueError as error:
        meant = nearest(exercise_id, EXERCISES, ALIKE)
        step = f"try {meant}" if meant else "new exercise ID --kind KIND --unit UNIT"
        raise CourseError(f"{error} Next: course {step}") from None
    own = exercise_id in own_exercises.ids()
    answers = own_exercises.answers_module(exercise_id).MUTANTS if own else Mutants(exercise_id)
    tried = [_tried(wanted, RIGHT, Wrong(name, a, None, 1.0)) for name, a in answers.rights.items()]
    tried += [_tried(wanted, WRONG, wrong) for wrong in answers.written]
    tried += [_tried(wanted, MADE, wrong) for wrong in answers.made]
    shown = {wrong.misconception for wrong in answers.wrongs}
    return tried, [mistake.id for mistake in wanted.mistakes if mistake.id not in shown]


def summary(tried: list[Tried], unseen: list[str]) -> list[str]:
    """How many of each kind did as they must, which survive, and which mistakes nothing shows."""
    of = {kind: [one for one in tried if one.kind == kind] for kind in (RIGHT, WRONG, MADE)}
    good = {kind: sum(one.ok for one in some) for kind, some in of.items()}
    lines = [
        f"{good[RIGHT]} of {len(of[RIGHT])} right answers accepted; {good[WRONG]} of {len(of[WRONG])} wrong "
        f"ones and {good[MADE]} of {len(of[MADE])} made from mistakes rejected and named."
    ]
    if survivors := [one.answer for one in tried if not one.ok]:
        lines.append(f"Otherwise than they must be: {', '.join(survivors)}.")
    if unseen:
        lines.append(f"No answer shows: {', '.join(unseen)}.")
    return lines


def _tried(exercise: Exercise[Any], kind: str, answer: Wrong) -> Tried:
    """Where nobody has worked out its score, any below 1 will do."""
    from autograder.judging import grade

    found: dict[tuple[Status, str | None, float], str] = {}
    for seed in SEEDS:
        verdict = grade(exercise.id, answer.answer, seed=seed)
        reason = verdict.message if verdict.status is not Status.RIGHT else "it is accepted"
        found.setdefault((verdict.status, verdict.misconception, round(verdict.score, 6)), reason)
    status = Status.RIGHT if kind == RIGHT else Status.WRONG
    ok = all(
        (was, called) == (status, answer.misconception)
        and (answer.score is None or abs(score - answer.score) < 1e-6)
        for was, called, score in found
    )
    wanted = RIGHT if kind == RIGHT else answer.misconception or "wrong, without a name"
    said = "; or ".join(
        sorted(
            f"{called or str(was)}, score {number(score)}: {why}"
            for (was, called, score), why in found.items()
        )
    )
    names = [mistake.id for mistake in exercise.mistakes]
    if not ok and answer.misconception and answer.misconception not in names:
        meant = nearest(answer.misconception, names)
        ask = f"; did you mean {meant}?" if meant else "."
        said += f" No mistake of this exercise is called {answer.misconception}{ask}"
    name = f"made from {answer.name}" if kind == MADE else answer.name
    more = f", score {number(answer.score)}" if kind == WRONG and answer.score else ""
    return Tried(name, kind, wanted + more, said, ok)
