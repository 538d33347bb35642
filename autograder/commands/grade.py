"""`course grade`: the class's scores as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from autograder.commands.showing import number, print_lines, print_table, status_text, total
from autograder.course_file import CourseError
from autograder.grading import OnProgress, Outcome, Progress, Result, grade_unit
from autograder.roster import Roster, Student

if TYPE_CHECKING:
    from rich.text import Text

    from autograder.course import Course


def grade(
    course: Course,
    unit_id: str | None,
    students: Sequence[str] | None = None,
    on_progress: OnProgress | None = None,
    **how: Any,
) -> list[Result]:
    """Grade one unit, or each that somebody handed in; ``how`` is as in `autograder.grading.grade_unit`.

    ``students`` are ids, or whatever else tells one on the roster. Raises CourseError where there is nothing
    to grade.
    """
    if students:
        roster = Roster.load(course.root)
        found = ((name, roster.find(name)) for name in students)
        students = [people[0].id if len(people) == 1 else name for name, people in found]
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
    """Was everything run to its end? Marks that wait for a person are no fault."""
    return all(result.status is Outcome.GRADED for result in results)


def stopped(progress: Sequence[Progress], *, anew: bool = False) -> str:
    """One sentence after Ctrl-C: what is saved, and how to go on; ``anew`` where there is no journal."""
    if not progress:
        return "Stopped before anything was graded. Next: course grade"
    done = " and ".join(f"{p.done} of {p.total} hand-ins of {p.unit}" for p in progress)
    next_time = "grades them again, and the others" if anew else "goes on with the others"
    return f"Stopped: {done} are graded and saved; the same command {next_time}."


def show(
    results: Sequence[Result],
    differences: Mapping[tuple[str, str], Sequence[str]] | None = None,
    unchanged: Mapping[str, int] | None = None,
    roster: Roster | None = None,
    absent: Mapping[str, Sequence[Student]] | None = None,
) -> None:
    """For each unit a table of scores, then the mistakes, what needs a person, and how many of each status.

    ``differences``, by unit and student, is from what was to come out: one more column, and lines below.
    ``unchanged``, by unit, is how many were not run again; ``roster`` has the names, and ``absent``, by unit,
    are those who have handed in nothing.
    """
    if roster:
        results = [replace(result, student=roster.shown(result.student)) for result in results]
    for unit in dict.fromkeys(result.unit for result in results):
        own = [result for result in results if result.unit == unit]
        _show_table(unit, own, differences)
        differing = [
            f"{r.student}  ✗ {line}" for r in own for line in (differences or {}).get((unit, r.student), ())
        ]
        summary = _summary(own, (unchanged or {}).get(unit, 0))
        away = _absent((absent or {}).get(unit, ()))
        for lines in (_mistakes(own), _noted(own), differing, _needs_a_look(own), away, [summary]):
            if lines:
                print_lines(*lines, "")
    if any(result.waiting for result in results):
        print_lines(
            "– waits for a person, ? for a second look: run jupyter lab in the course's folder, and open "
            "nbgrader's formgrader; what you save there asks no more."
        )


def _show_table(
    unit: str, results: Sequence[Result], differences: Mapping[tuple[str, str], Sequence[str]] | None
) -> None:
    exercises = list(dict.fromkeys(name for result in results for name in result.scores))
    points = {name: p for result in results for name, (_, p) in result.scores.items()}
    late = any(result.late_penalty for result in results)
    columns = ["student", "status", *(_heading(name, points[name]) for name in exercises)]
    columns += ["late", "total"] if late else ["total"]
    rows = [_row(result, exercises, late) for result in results]
    if differences is not None:
        columns.append("as the\ntable")
        rows = [
            [*row, "✗" if differences.get((unit, r.student)) else "✓"]
            for row, r in zip(rows, results, strict=True)
        ]
    print_table(unit, columns, rows, whole=2)


def _heading(exercise: str, points: float) -> str:
    """Broken at its hyphens, so that a column is as narrow as its longest word."""
    name = exercise.replace("-", "-\n")
    return f"{name}\n/{number(points)}"


def _row(result: Result, exercises: Sequence[str], late: bool) -> list[str | Text]:
    cells = []
    for name in exercises:
        score = result.scores.get(name, (None, 0.0))[0]
        again = " ?" if name in result.asks else ""
        cells.append("–" if score is None else f"{number(score)}{again}")
    if late:
        cells.append(f"−{number(result.late_penalty)}" if result.late_penalty else "")
    return [result.student, status_text(result.status), *cells, total(result)]


def _mistakes(results: Sequence[Result]) -> list[str]:
    """How many made which mistake, by exercise; who, `course report` says."""
    found: dict[str, Counter[str]] = {}
    for result in results:
        for exercise, kind in result.misconceptions.items():
            found.setdefault(exercise, Counter())[kind] += 1
    lines = [
        f"  {exercise}: {', '.join(f'{kind} {count}' for kind, count in kinds.most_common())}"
        for exercise, kinds in found.items()
    ]
    return ["Mistakes (who made them: course report):", *lines] if lines else []


def _noted(results: Sequence[Result]) -> list[str]:
    """What was put right before grading, and who was late."""
    lines = [f"  {result.student}: {'; '.join(result.remarks)}" for result in results if result.remarks]
    return ["Noted:", *lines] if lines else []


def _absent(students: Sequence[Student]) -> list[str]:
    names = ", ".join(student.shown for student in students)
    return [f"Not handed in ({len(students)}): {names}"] if students else []


def _needs_a_look(results: Sequence[Result]) -> list[str | Text]:
    """Hand-ins not run to their end, with reason and advice; then exercises that ask for a look, with why."""
    from rich.text import Text

    found = [result for result in results if result.status is not Outcome.GRADED]
    asks = [f"  {r.student}, {exercise}: {why}" for r in results for exercise, why in r.asks.items()]
    lines: list[str | Text] = ["Needs a look:"]
    for result in found:
        lines.append(Text.assemble("  ", status_text(result.status), f"  {result.student}: {result.reason}"))
    for status in Outcome:
        if any(result.status is status for result in found):
            lines.append(f"  → {status}: {status.advice}.")
    return [*lines, *asks] if found or asks else []


def _summary(results: Sequence[Result], unchanged: int) -> Text:
    """How many of each status, and how many of all were not run again."""
    from rich.text import Text

    counts = Counter(result.status for result in results)
    parts = [Text.assemble(f"{counts[status]} ", status_text(status)) for status in Outcome if counts[status]]
    ending = f" ({unchanged} unchanged, not run again)" if unchanged else ""
    many = "1 hand-in" if len(results) == 1 else f"{len(results)} hand-ins"
    return Text.assemble(f"{many}: ", Text(", ").join(parts), ending)
