"""`course check`: run a lesson as nbgrader's validate does, and say the verdict on each exercise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.commands.showing import Step, number
from autograder.course_file import CourseError

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode

    from autograder.course import Course


@dataclass(frozen=True)
class Checked:
    """The verdict on one exercise: a check's status, ``not checked``, or ``by a person``."""

    exercise: str
    status: str
    score: float | None
    points: float
    message: str = ""
    misconception: str | None = None

    @property
    def ok(self) -> bool:
        return self.status in ("right", "by a person")

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
        unit = course.unit(wanted).id
        path = work / unit / f"{unit}.ipynb"
        if not path.is_file():
            raise CourseError(f"There is no {path.relative_to(course.root)} yet. Next: course lab")
        return path
    there = [p for u in course.units if (p := work / u.id / f"{u.id}.ipynb").is_file()]
    if len(there) != 1:
        found = ", ".join(p.stem for p in there) or "none"
        raise CourseError(f"Which notebook? In work/ there is {found}. Next: course check UNIT")
    return there[0]


def check(course: Course, notebook: Path, on_progress: Step | None = None) -> list[Checked]:
    """Run the notebook in a kernel of its own, in a scratch folder, and read each check's verdict.

    The course's own cells count, as when it is graded; labs and pictures are left out. Raises CourseError
    where the file is no notebook of this course.
    """
    from autograder.grading.handins import check_cells
    from autograder.grading.intake import BrokenHandin, parse, read_bytes, repair

    try:
        typed = parse(read_bytes(notebook))
        unit = _unit_of(course, notebook, typed)
        typed, _ = repair(typed, parse(read_bytes(course.lesson(unit))))
    except BrokenHandin as error:
        raise CourseError(f"{notebook} cannot be checked: {error}.") from None
    return [_checked(name, cell) for name, cell in check_cells(_run(course, typed, on_progress)).items()]


def _unit_of(course: Course, notebook: Path, typed: NotebookNode) -> str:
    from autograder.grading.handins import check_cells, grading_metadata

    exercises = {grading_metadata(cell).get("grade_id") for cell in typed.cells} - {None}
    for unit in course.units:
        if notebook.stem == unit.id:
            return unit.id
    for unit in course.units:
        if course.lesson(unit.id).is_file():
            from autograder.grading.intake import parse, read_bytes

            if exercises & set(check_cells(parse(read_bytes(course.lesson(unit.id))))):
                return unit.id
    raise CourseError(f"{notebook} has no exercise of this course in it.")


def _run(course: Course, notebook: NotebookNode, on_progress: Step | None) -> NotebookNode:
    import tempfile

    from autograder.grading.execute import Execute
    from autograder.grading.nbgrader_inside import at_work, read_config

    with at_work(), tempfile.TemporaryDirectory() as scratch:
        run = Execute(config=read_config(course))
        if on_progress:
            total = len(notebook.cells)
            run.on_cell_start = lambda cell_index, **_: on_progress(cell_index, total, "")
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
        executed, _ = run.preprocess(notebook, {"metadata": {"path": scratch}})
    return executed


def _checked(exercise: str, cell: NotebookNode) -> Checked:
    from autograder.grading.points import points_for, verdict_of

    points = float(cell.metadata.nbgrader["points"])
    if cell.cell_type != "code":
        return Checked(exercise, "by a person", None, points, "your teacher reads this one")
    verdict = verdict_of(cell)
    if verdict is None:
        errors: Sequence[str] = [
            f"{o.ename}: {o.evalue}".strip(": ") for o in cell.outputs if o.output_type == "error"
        ]
        return Checked(
            exercise, "not checked", 0.0, points, errors[-1] if errors else "the check gave no verdict"
        )
    score = points_for(verdict.get("score"), points)
    message = str(verdict.get("message", ""))
    return Checked(exercise, str(verdict["status"]), score, points, message, verdict.get("misconception"))
