"""How a class did in one unit: scores, the share of right answers, the mistakes that many made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from autograder.course_file import CourseError
from autograder.grading.handins.submitted import graded_pages
from autograder.own_exercises import look_in

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.grading.results import Result

BINS = 10
"""Of the distribution of scores, each a tenth of the points."""
WAITS = "waits"
"""In a status's place, of an exercise that a person should look at."""


@dataclass(frozen=True)
class Mistake:
    """A misconception that answers to one exercise showed, what a check says of its cause, and whose."""

    id: str
    cause: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class ExerciseReport:
    """One exercise: how many answers have full points, some, none, or wait for a person's look."""

    name: str
    points: float
    right: int
    partly: int
    wrong: int
    waiting: int
    mean: float | None  # of the scores given, in points
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class NeedsALook:
    """A hand-in that was not run to its end, or an exercise that ``waits`` for a person, and why."""

    student: str
    status: str
    reason: str


@dataclass(frozen=True)
class ClassReport:
    """One unit. ``distribution`` counts hand-ins by tenths of the points, the last one with full points."""

    unit: str
    title: str
    students: int
    points: float
    mean: float | None
    median: float | None
    distribution: tuple[int, ...]
    statuses: dict[str, int]
    late: int
    exercises: tuple[ExerciseReport, ...]
    needs_a_look: tuple[NeedsALook, ...]
    graded_before: str  # in a sentence, which were graded before exercises or points changed

    def as_json(self) -> dict[str, Any]:
        """Plain data for programs."""
        return asdict(self)


def class_report(course: Course, unit_id: str) -> ClassReport:
    """Read the gradebook and the graded notebooks of one unit. Raises CourseError where nobody is graded."""
    from statistics import mean, median

    from autograder.grading.gradebook.changed_units import said_of

    look_in(course.exercises_folder)
    results = graded_results(course, unit_id)
    if not results:
        raise CourseError(f"Nobody is graded in {unit_id} yet. Next: course grade {unit_id}")
    counted = [r for r in results if any(score is not None for score, _ in r.scores.values())]
    totals = [result.total for result in counted]
    most = max(result.points for result in results)
    return ClassReport(
        unit=unit_id,
        title=course.unit(unit_id).title,
        students=len(results),
        points=most,
        mean=mean(totals) if totals else None,
        median=median(totals) if totals else None,
        distribution=_distribution(totals, most),
        statuses=dict(Counter(str(result.status) for result in results)),
        late=sum(result.late_penalty > 0 for result in results),
        exercises=tuple(_exercise(name, results) for name in results[0].scores),
        needs_a_look=tuple(look for result in results for look in _looks(result)),
        graded_before=said_of(unit_id, [result.student for result in results if result.graded_before]),
    )


def _looks(result: Result) -> Iterable[NeedsALook]:
    from autograder.grading.results import Outcome

    if result.status is not Outcome.GRADED:
        yield NeedsALook(result.student, str(result.status), result.reason)
    for exercise, why in result.asks.items():
        yield NeedsALook(result.student, WAITS, f"{exercise}: {why}")


def graded_results(course: Course, unit_id: str) -> list[Result]:
    """What is in the gradebook and in ``autograded/`` about one unit, whichever engine put it there.

    Late penalties are refreshed in the gradebook. Raises CourseError where it does not have these hand-ins.
    """
    import nbformat

    from autograder.grading.gradebook.changed_units import graded_before
    from autograder.grading.gradebook.gradebook import asks_in, gradebook_of, scores_in
    from autograder.grading.gradebook.journal import Journal
    from autograder.grading.messages import told_in_a_sentence
    from autograder.grading.nbgrader_inside import at_work, read_config
    from autograder.grading.notebooks.graded_cells import check_cells
    from autograder.grading.notebooks.points import verdicts_in
    from autograder.grading.results import Outcome, Result

    course.unit(unit_id)
    journal = Journal(course.root, unit_id)
    results = []
    with told_in_a_sentence(course), at_work(), gradebook_of(course) as gradebook:
        from nbgrader.api import MissingEntry

        from autograder.grading.gradebook.late_penalty import LatePenalty

        pages = graded_pages(course.root, unit_id)
        late = LatePenalty(config=read_config(course))
        try:
            late.refresh(gradebook, unit_id)
            entered = [gradebook.find_submission_notebook(unit_id, unit_id, p.parents[1].name) for p in pages]
        except MissingEntry as error:
            raise CourseError(
                f"autograded/ has work that the gradebook does not have ({error}). "
                f"Next: course grade {unit_id}"
            ) from None
        for path, grades in zip(pages, entered, strict=True):
            student = path.parents[1].name
            graded = nbformat.read(path, as_version=4)
            scores, penalty = scores_in(grades, list(check_cells(graded)))
            lateness = str(late.lateness(grades.assignment))
            noted = journal.entry(student)
            named = {name: v for name, v in verdicts_in(graded).items() if v.get("misconception")}
            results.append(
                Result(
                    student=student,
                    unit=unit_id,
                    status=Outcome(str(noted.get("status", Outcome.GRADED))),
                    reason=str(noted.get("reason", "")),
                    scores=scores,
                    misconceptions={name: str(v["misconception"]) for name, v in named.items()},
                    causes={name: str(v.get("cause", "")) for name, v in named.items()},
                    late_penalty=penalty,
                    remarks=(lateness,) if lateness else (),
                    asks=asks_in(grades, noted.get("asks", {})),
                    graded_before=graded_before(graded, {name: p for name, (_, p) in scores.items()}),
                )
            )
    return results


def _distribution(totals: Iterable[float], points: float) -> tuple[int, ...]:
    """How many in each tenth of the points; full points stand apart, at the end."""
    counts = [0] * (BINS + 1)
    for total in totals:
        counts[min(BINS, int(BINS * total / points)) if points else 0] += 1
    return tuple(counts)


def _exercise(name: str, results: list[Result]) -> ExerciseReport:
    there = [result for result in results if name in result.scores]
    points = max((result.scores[name][1] for result in there), default=0.0)
    given = [result.scores[name][0] or 0.0 for result in there if name not in result.waiting]
    return ExerciseReport(
        name=name,
        points=points,
        right=sum(score >= points for score in given),
        partly=sum(0 < score < points for score in given),
        wrong=sum(score <= 0 and score < points for score in given),
        waiting=len(there) - len(given),
        mean=sum(given) / len(given) if given else None,
        mistakes=_mistakes(name, results),
    )


def _mistakes(exercise: str, results: list[Result]) -> tuple[Mistake, ...]:
    """The named mistakes in one exercise, the most frequent first."""
    who: dict[str, list[str]] = {}
    for result in results:
        if (kind := result.misconceptions.get(exercise)) is not None:
            who.setdefault(kind, []).append(result.student)
    ordered = sorted(who.items(), key=lambda item: (-len(item[1]), item[0]))
    shown = [result for result in results if exercise in result.misconceptions]
    said = {result.misconceptions[exercise]: result.causes.get(exercise, "") for result in shown}
    return tuple(Mistake(kind, said[kind], tuple(names)) for kind, names in ordered)
