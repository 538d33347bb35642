"""A class of 40 graded by stock nbgrader and by `course grade`: equal scores, and how many times faster.

The same hand-ins, settings and gradebook; for a unit with NumPy and for one with TensorFlow. In the steady
state is from the first hand-in that is graded to the last one; with everything is from the command to its
end. Beside them the floor: the same cells and judges in plain forked Python, without notebook or sandbox.
Needs Linux; classes may be named on the command line.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.grading.gradebook.gradebook import read_scores
from autograder.grading.nbgrader_inside import at_work, course_directory, read_config
from benchmarks.classes import CLASSES, scratch_class, unit_of
from benchmarks.floor import grade_plainly

SIZE = 40
JOBS = 2
STEADY, WHOLE = 24, 12
NBGRADER = [sys.executable, "-m", "nbgrader"]
COURSE = [str(Path(sys.executable).with_name("course"))]


@dataclass(frozen=True)
class Graded:
    """Seconds of one run, when each hand-in was done, and the scores by student and exercise."""

    seconds: float
    done: Sequence[float]
    scores: Mapping[str, Mapping[str, float | None]]

    @property
    def each(self) -> float:
        """Seconds for a hand-in in the steady state."""
        return (max(self.done) - min(self.done)) / (len(self.done) - 1)

    @property
    def a_minute(self) -> float:
        """Hand-ins a minute with everything included."""
        return 60 * len(self.done) / self.seconds


def main() -> None:
    """Print a table for each unit; exit status 1 where the scores differ."""
    from rich.console import Console

    console = Console(width=110)
    names = sys.argv[1:] or list(CLASSES)
    same = True
    for name in names:
        stock, ours = _stock(name), _ours(name)
        with tempfile.TemporaryDirectory() as folder:
            floor, scores = grade_plainly(
                scratch_class(Path(folder) / "course", name, SIZE), unit_of(name), JOBS
            )
        console.print(_table(name, stock, ours, floor))
        differing = _differing(stock.scores, ours.scores) + _differing(stock.scores, scores)
        same = same and not differing
        said = f"in {len(differing)}: {', '.join(differing[:5])}" if differing else "in none of them"
        console.print(f"Scores of {len(stock.scores)} hand-ins differ {said}.\n")
    raise SystemExit(0 if same else 1)


def _table(name: str, stock: Graded, ours: Graded, floor: float):  # type: ignore[no-untyped-def]
    from rich.table import Table

    table = Table(title=f"{SIZE} hand-ins of {name}; {JOBS} processes")
    for column in ("", "stock nbgrader", "course grade", "times", "asked"):
        table.add_column(column, justify="right" if column else "left")
    steady, whole = stock.each / ours.each, ours.a_minute / stock.a_minute
    table.add_row(
        "seconds each, steady", f"{stock.each:.2f}", f"{ours.each:.3f}", f"{steady:.1f}", f"≥ {STEADY}"
    )
    table.add_row(
        "a minute, with everything",
        f"{stock.a_minute:.1f}",
        f"{ours.a_minute:.0f}",
        f"{whole:.1f}",
        f"≥ {WHOLE}",
    )
    table.add_row("seconds, with everything", f"{stock.seconds:.0f}", f"{ours.seconds:.1f}", "", "")
    table.add_row("the floor: seconds each in plain Python", "", f"{floor:.3f}", "", "")
    return table


def _stock(name: str) -> Graded:
    unit = unit_of(name)
    with tempfile.TemporaryDirectory() as folder:
        course = scratch_class(Path(folder) / "course", name, SIZE)
        _run([*NBGRADER, "generate_assignment", unit, "--force"], course)  # the teacher has done that before
        seconds = _run([*NBGRADER, "autograde", unit], course)
        return _graded(course, unit, seconds, course.root / "autograded", f"*/{unit}/{unit}.ipynb")


def _ours(name: str) -> Graded:
    unit = unit_of(name)
    with tempfile.TemporaryDirectory() as folder:
        course = scratch_class(Path(folder) / "course", name, SIZE)
        seconds = _run([*COURSE, "grade", unit, "--jobs", str(JOBS)], course)
        return _graded(course, unit, seconds, course.root / ".grading" / unit, "*.json")


def _run(command: Sequence[str], course: Course) -> float:
    """Seconds by the clock. Raises SystemExit with what the command said where it fails."""
    start = time.perf_counter()
    run = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{' '.join(command)} ended with status {run.returncode}:\n{run.stdout}{run.stderr}")
    return time.perf_counter() - start


def _graded(course: Course, unit: str, seconds: float, folder: Path, files: str) -> Graded:
    """When each hand-in was done is when the last file that belongs to it was written."""
    done = [path.stat().st_mtime for path in folder.glob(files)]
    return Graded(seconds, done, read_class_scores(course, unit))


def read_class_scores(course: Course, unit: str) -> dict[str, dict[str, float | None]]:
    """What the gradebook has, by student and exercise; None where a person has to mark."""
    students = sorted(path.name for path in (course.root / "submitted").iterdir())
    with at_work():
        folder = course_directory(course, read_config(course))
        return {
            student: {name: score for name, (score, _) in read_scores(folder, unit, student)[0].items()}
            for student in students
        }


def _differing(
    one: Mapping[str, Mapping[str, float | None]], other: Mapping[str, Mapping[str, float | None]]
) -> list[str]:
    """Who has other points for an exercise that both of them judged."""
    return [
        f"{student} {name} {score} {other[student].get(name)}"
        for student, scores in one.items()
        for name, score in scores.items()
        if name in other[student] and other[student][name] != score
    ] + [f"{student} is missing" for student in one if not other.get(student)]


if __name__ == "__main__":
    main()
