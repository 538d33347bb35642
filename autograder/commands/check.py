"""`course check`: run a notebook as grading does, and say the verdict on each exercise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.commands.showing import Step, number
from autograder.course_file import CourseError
from autograder.own_work import newer_beside, own_copy

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode

    from autograder.course import Course
    from autograder.grading.results import Graded

BY_A_PERSON, OPEN, NOT_CHECKED, WHEN_GRADED = "by a person", "open", "not checked", "when graded"


@dataclass(frozen=True)
class Checked:
    """What is known of one exercise: a check's status, or ``right`` and ``wrong`` by a teacher's own tests.

    Or that a person marks it, that it is open, that its check gave no verdict, that hidden tests decide.
    """

    exercise: str
    status: str
    score: float | None
    points: float
    message: str = ""
    misconception: str | None = None

    @property
    def ok(self) -> bool:
        return self.status in ("right", BY_A_PERSON, WHEN_GRADED)

    def as_row(self) -> tuple[str, ...]:
        score = "–" if self.score is None else number(self.score)
        kind = f"({self.misconception}) " if self.misconception else ""
        return (
            self.exercise,
            self.status.replace("_", " "),
            f"{score} of {number(self.points)}",
            kind + self.message,
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Report:
    """All exercises of a notebook; ``notes`` say what was put right before it ran, and how it ended."""

    exercises: list[Checked] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return all(exercise.ok for exercise in self.exercises)


JUDGED_LATER = "it is judged when it is handed in"
COLUMNS = ("exercise", "verdict", "points", "what was seen")


def find_notebook(course: Course, wanted: str | None) -> Path:
    """The notebook meant: a path, a unit's id (its copy in ``work/``), or the only one in ``work/``."""
    if wanted and (Path(wanted).suffix == ".ipynb" or Path(wanted).is_file()):
        path = Path(wanted)
        if not path.is_file():
            raise CourseError(f"{path}: there is no such notebook.")
        return path.resolve()
    work = course.root / "work"
    if wanted:
        return own_copy(course, wanted)
    there = [p for u in course.units if (p := work / u.id / f"{u.id}.ipynb").is_file()]
    if len(there) != 1:
        found = ", ".join(p.stem for p in there) or "none"
        raise CourseError(f"Which notebook? In work/ there is {found}. Next: course check UNIT")
    return there[0]


def warning(course: Course, notebook: Path) -> str:
    """One sentence where another's notebook would run here as oneself; nothing where all is well."""
    from autograder.grading.engine.alone import sandbox_here

    if notebook.resolve().is_relative_to((course.root / "work").resolve()) or sandbox_here(course):
        return ""
    return (
        f"{notebook} lies outside work/, and this machine has no sandbox: its code runs as you, and can do "
        "what you can. Next: stop it with Ctrl-C unless you trust who wrote it."
    )


def check(course: Course, notebook: Path, on_progress: Step | None = None) -> Report:
    """Run the notebook as when it is graded, in the sandbox where there is one, and read what came out.

    The course's own cells count; labs and pictures are left out. Raises CourseError where the file is no
    notebook of this course, or could not be run.
    """
    import nbformat

    from autograder.grading.engine.alone import grade_alone
    from autograder.grading.handins.intake import BrokenHandin, parse, read_bytes
    from autograder.grading.notebooks.graded_cells import HIDDEN_TESTS, answer_cells, check_cells
    from autograder.grading.results import Outcome

    try:
        typed = parse(read_bytes(notebook))
        unit = _unit_of(course, notebook, typed)
    except BrokenHandin as error:
        raise CourseError(f"{notebook} cannot be checked: {error}.") from None
    later = _judged_later(course, unit)
    graded = grade_alone(course, unit, notebook, _steps(typed, on_progress))
    if graded.status in (Outcome.BROKEN, Outcome.FAILED):
        raise CourseError(f"{notebook} could not be checked: {graded.reason}. Next: course doctor")
    lesson = nbformat.read(course.lesson(unit), as_version=4)
    hidden = {name for name, cell in check_cells(lesson).items() if cell.metadata.get(HIDDEN_TESTS)}
    ran = nbformat.reads(graded.notebook, as_version=4)
    told = graded.reason and not (later and set(graded.open) <= later)  # those are open on purpose
    notes = [*graded.remarks, *([graded.reason] if told else [])]
    notes += [
        f"{path.name} lies beside it, a newer version of its lesson." for path in newer_beside(notebook)
    ]
    answers = answer_cells(ran)
    return Report(
        [
            _checked(name, cell, answers.get(name, cell), graded, name in hidden)
            if name not in later
            else Checked(name, WHEN_GRADED, None, float(cell.metadata.nbgrader["points"]), JUDGED_LATER)
            for name, cell in check_cells(ran).items()
        ],
        notes,
    )


def _unit_of(course: Course, notebook: Path, typed: NotebookNode) -> str:
    """The unit whose lesson this was, by its name or by its exercises."""
    from autograder.grading.handins.intake import parse, read_bytes
    from autograder.grading.notebooks.graded_cells import check_cells, grading_metadata

    exercises = {grading_metadata(cell).get("grade_id") for cell in typed.cells}
    built = [unit.id for unit in course.units if course.lesson(unit.id).is_file()]
    if not built:
        raise CourseError("There is no lesson in lessons/ yet. Next: course build")
    for unit in sorted(built, key=lambda unit: unit != notebook.stem):
        if unit == notebook.stem or exercises & set(check_cells(parse(read_bytes(course.lesson(unit))))):
            return unit
    raise CourseError(f"{notebook} has no exercise of this course in it.")


def _judged_later(course: Course, unit: str) -> set[str]:
    """The exercises of the teacher's own whose folder students do not get."""
    from autograder.exercises import EXERCISES
    from autograder.notebook_checks import checks_of
    from autograder.own_exercises import look_in

    look_in(course.exercises_folder)
    return {name for name in checks_of(course, unit) if course.exercises and name not in EXERCISES}


def _steps(notebook: NotebookNode, on_progress: Step | None) -> Callable[[], None]:
    """What to call after each cell, of those that are run."""
    from autograder.grading.run.running import is_run

    if on_progress is None:
        return lambda: None
    total, done = sum(map(is_run, notebook.cells)), count(1)
    on_progress(0, total, "")
    return lambda: on_progress(next(done), total, "")


def _checked(
    exercise: str, cell: NotebookNode, answer: NotebookNode, graded: Graded, hidden: bool
) -> Checked:
    """What came of one exercise, by its cells as they ran; ``hidden`` where it has tests that did not."""
    from autograder.grading.notebooks.cell_errors import NOT_RUN
    from autograder.grading.notebooks.points import earned, is_check, verdict_of

    score, why = earned(cell)
    points = float(cell.metadata.nbgrader["points"])
    if score is None:
        return Checked(exercise, BY_A_PERSON, None, points, why or "your teacher reads this one")
    errors = _errors(cell)
    if exercise in graded.open:
        return Checked(exercise, OPEN, None, points, errors.get(NOT_RUN, graded.reason))
    first = {**_errors(answer), **errors}  # a name is missing where the answer itself could not be run
    error = next((f"{name}: {text}".strip(": ") for name, text in first.items() if errors), "")
    if is_check(cell):
        if (verdict := verdict_of(cell)) is None:
            return Checked(exercise, NOT_CHECKED, score, points, error)
        said, kind = str(verdict.get("message", "")), verdict.get("misconception")
        return Checked(exercise, str(verdict["status"]), score, points, said, kind)
    if error or score < points:
        return Checked(exercise, "wrong", score, points, error or "your teacher's tests do not all pass")
    if hidden:
        return Checked(exercise, WHEN_GRADED, None, points, "hidden tests when it is handed in")
    return Checked(exercise, "right", score, points, "your teacher's tests pass")


def _errors(cell: NotebookNode) -> dict[str, str]:
    """The errors that a cell ended with, by their names."""
    return {o.ename: o.evalue for o in cell.get("outputs", []) if o.output_type == "error"}
