"""`course grade`: the class's scores as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograder.commands.showing import number, print_table
from autograder.course_file import CourseError
from autograder.grading import Outcome, Result, grade_unit

if TYPE_CHECKING:
    from autograder.course import Course


def grade(
    course: Course,
    unit_id: str | None,
    students: Sequence[str] | None = None,
    on_progress: Callable[[int, int, str], None] | None = None,
    **how: Any,
) -> list[Result]:
    """Grade one unit, or each that somebody handed in; ``how`` is as in `autograder.grading.grade_unit`.

    Raises CourseError where there is nothing to grade.
    """
    units = [course.unit(unit_id).id] if unit_id else [unit.id for unit in course.units]
    submitted = course.root / "submitted"
    results: list[Result] = []
    for unit in units:
        own = (
            students if unit_id or not students else [s for s in students if (submitted / s / unit).is_dir()]
        )
        if unit_id or own or (own is None and any(submitted.glob(f"[!.]*/{unit}"))):
            results += grade_unit(course, unit, own, on_progress=on_progress, **how)
    if not results:
        who = (
            f"{', '.join(students)}: no hand-in of that name"
            if students
            else "Nobody has handed in anything yet"
        )
        raise CourseError(f"{who}. Next: course collect FOLDER-OR-ZIP")
    return results


def all_went_well(results: Sequence[Result]) -> bool:
    return all(result.status is Outcome.GRADED for result in results)


def show(
    results: Sequence[Result], differences: Mapping[tuple[str, str], Sequence[str]] | None = None
) -> None:
    """One table of scores a unit; below it what was seen: failures, misconceptions, repairs.

    ``differences``, by unit and student, is from what was to come out: one more column, and lines below.
    """
    for unit in dict.fromkeys(result.unit for result in results):
        own = [result for result in results if result.unit == unit]
        exercises = list(dict.fromkeys(name for result in own for name in result.scores))
        points = {name: p for result in own for name, (_, p) in result.scores.items()}
        columns = ["student", "status", *(_heading(name, points[name]) for name in exercises), "total"]
        rows = [_row(result, exercises) for result in own]
        if differences is not None:
            columns.append("as the\ntable")
            rows = [
                [*row, "✗" if differences.get((unit, r.student)) else "✓"]
                for row, r in zip(rows, own, strict=True)
            ]
        print_table(unit, columns, rows, whole=2)
        for result in own:
            for line in what_was_seen(result):
                print(f"{result.student}  {line}")
            for line in (differences or {}).get((unit, result.student), ()):
                print(f"{result.student}  ✗ {line}")
        print()
    if any(result.waiting for result in results):
        print("– waits for a person: run jupyter lab in the course's folder, and open nbgrader's formgrader.")


def _heading(exercise: str, points: float) -> str:
    """Broken at its hyphens, so that a column is as narrow as its longest word."""
    name = exercise.replace("-", "-\n")
    return f"{name}\n/{number(points)}"


def _row(result: Result, exercises: Sequence[str]) -> list[str]:
    cells = []
    for name in exercises:
        score = result.scores.get(name, (None, 0.0))[0]
        cells.append("–" if score is None else number(score))
    return [result.student, str(result.status), *cells, _total(result)]


def _total(result: Result) -> str:
    ungraded = all(score is None for score, _ in result.scores.values())
    return f"{'–' if ungraded else number(result.total)}/{number(result.points)}"


def what_was_seen(result: Result) -> list[str]:
    """Why it was not graded to the end, the misconceptions by exercise, and what was repaired before."""
    reason = [result.reason] if result.reason else []
    late = [f"late: −{number(result.late_penalty)}"] if result.late_penalty else []
    kinds = [f"{exercise}: {kind}" for exercise, kind in result.misconceptions.items()]
    return [*reason, *kinds, *result.remarks, *late]
