"""The plain engine: nbgrader's own autograde, one hand-in after the other, in this process."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.course_file import CourseError, nearest
from autograder.grading import OnProgress, Outcome, Result, gradebook
from autograder.grading.execute import DIED, NOT_RUN, TIMED_OUT, Execute, first_error, has_error
from autograder.grading.handins import check_cells
from autograder.grading.intake import BrokenHandin, parse, read_bytes, read_handin, repair
from autograder.grading.nbgrader_inside import at_work, course_directory, read_config
from autograder.grading.partial_credit import verdict_of

if TYPE_CHECKING:
    from autograder.course import Course

STOCK_EXECUTE = "nbgrader.preprocessors.Execute"  # nbgrader_config.py names it so


def grade_unit(
    course: Course,
    unit_id: str,
    students: Sequence[str] | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> list[Result]:
    """See autograder.grading.grade_unit. A run that was killed starts from the beginning again."""
    chosen = handed_in(course, unit_id, students)
    results = []
    with at_work() as log, scratch_folder(course) as scratch:
        config = read_config(course)
        lesson = gradebook.register(course, unit_id, config, scratch / "lessons", log)
        one = _Grader(course, unit_id, config, lesson, scratch, log)
        for done, student in enumerate(chosen):
            if on_progress:
                on_progress(done, len(chosen), student)
            results.append(one.grade(student))
    if on_progress:
        on_progress(len(chosen), len(chosen), "")
    return results


def handed_in(course: Course, unit_id: str, students: Sequence[str] | None = None) -> list[str]:
    """The students with a folder for this unit in ``submitted/``, in order. Raises CourseError."""
    course.unit(unit_id)
    there = sorted(p.parent.name for p in (course.root / "submitted").glob(f"[!.]*/{unit_id}") if p.is_dir())
    if not there:
        raise CourseError(f"Nobody has handed in {unit_id} yet. Next: course collect FOLDER-OR-ZIP")
    for student in students or ():
        if student not in there:
            meant = nearest(student, there)
            raise CourseError(
                f"There is no hand-in of {unit_id} by {student!r}."
                + (f" Did you mean {meant}?" if meant else f" There are: {', '.join(there)}.")
            )
    return there if students is None else sorted(set(students))


@contextmanager
def scratch_folder(course: Course) -> Iterator[Path]:
    """A folder beside the graded ones, for one run at a time; what a killed run left is cleared away."""
    from filelock import FileLock, Timeout

    autograded = course.root / "autograded"
    autograded.mkdir(exist_ok=True)
    try:
        with FileLock(autograded / ".grading.lock", timeout=0):
            for left in autograded.glob(".grading-*"):
                shutil.rmtree(left)
            with tempfile.TemporaryDirectory(prefix=".grading-", dir=autograded) as scratch:
                yield Path(scratch)
    except Timeout:
        raise CourseError("This course is being graded already. Next: wait for that run to end.") from None


class _Grader:
    """Grades one hand-in after the other; each in a scratch folder, moved to ``autograded/`` when done."""

    def __init__(
        self, course: Course, unit_id: str, config: Any, lesson: NotebookNode, scratch: Path, log: list[str]
    ) -> None:
        self.course, self.unit_id, self.config, self.lesson, self.log = course, unit_id, config, lesson, log
        self.incoming, self.outgoing = scratch / "submitted", scratch / "autograded"
        self.folder = course_directory(course, config)

    def grade(self, student: str) -> Result:
        try:
            content = read_handin(self.course.root / "submitted", student, self.unit_id)
            notebook, remarks = repair(parse(content), self.lesson)
        except BrokenHandin as error:
            return self._not_graded(student, Outcome.BROKEN, str(error))
        self._stage(student, notebook)
        if failure := self._autograde(student):
            return self._not_graded(student, Outcome.FAILED, failure, remarks)
        return self._read_result(student, self._move_out(student), remarks)

    def _stage(self, student: str, notebook: NotebookNode) -> None:
        folder = self.incoming / student / self.unit_id
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{self.unit_id}.ipynb")
        if (stamp := timestamp_of(self.course, self.unit_id, student)) is not None:
            (folder / "timestamp.txt").write_text(stamp, encoding="utf-8")

    def _autograde(self, student: str) -> str:
        """Run nbgrader's autograde; return why it failed, or nothing."""
        from nbgrader import preprocessors
        from nbgrader.converters import Autograde

        folder = course_directory(
            self.course,
            self.config,
            assignment_id=self.unit_id,
            student_id=student,
            submitted_directory=str(self.incoming),
            autograded_directory=str(self.outgoing),
        )
        converter = Autograde(coursedir=folder, config=self.config)
        converter.autograde_preprocessors = [
            Execute if step in (preprocessors.Execute, STOCK_EXECUTE) else step
            for step in converter.autograde_preprocessors
        ]
        self.log.clear()
        try:
            converter.start()
        except Exception as error:
            # whatever nbgrader stumbles over in one hand-in, the others are graded
            return gradebook.last_line([*self.log, str(error)][:-1] or [str(error)])
        return ""

    def _move_out(self, student: str) -> NotebookNode:
        """Put the graded folder in its place, as a whole."""
        final = self.course.root / "autograded" / student / self.unit_id
        if final.exists():
            shutil.rmtree(final)
        final.parent.mkdir(parents=True, exist_ok=True)
        (self.outgoing / student / self.unit_id).rename(final)
        return nbformat.read(final / f"{self.unit_id}.ipynb", as_version=4)

    def _read_result(self, student: str, graded: NotebookNode, remarks: list[str]) -> Result:
        status, reason = _how_it_went(graded)
        checks = check_cells(graded)
        unreached = [
            name for name, cell in checks.items() if has_error(cell, NOT_RUN) or has_error(cell, DIED)
        ]
        if unreached:
            gradebook.leave_to_a_person(self.folder, self.unit_id, student, unreached)
        verdicts = {name: verdict_of(cell) for name, cell in checks.items() if cell.cell_type == "code"}
        fitting = {name: v["misconception"] for name, v in verdicts.items() if v and v.get("misconception")}
        return self._result(student, status, reason, remarks, fitting)

    def _not_graded(self, student: str, status: Outcome, reason: str, remarks: Sequence[str] = ()) -> Result:
        """Enter the hand-in without scores, and leave a page for the feedback that says why."""
        gradebook.enter_handin(
            self.folder, self.unit_id, student, timestamp_of(self.course, self.unit_id, student)
        )
        page = nbformat.from_dict(self.lesson)
        page.cells.insert(0, new_markdown_cell(f"## This hand-in could not be graded\n\n{reason}."))
        final = self.outgoing / student / self.unit_id
        shutil.rmtree(final, ignore_errors=True)
        final.mkdir(parents=True)
        nbformat.write(page, final / f"{self.unit_id}.ipynb")
        self._move_out(student)
        return self._result(student, status, reason, remarks, {})

    def _result(
        self, student: str, status: Outcome, reason: str, remarks: Sequence[str], fitting: dict[str, str]
    ) -> Result:
        scores, penalty = gradebook.read_scores(self.folder, self.unit_id, student)
        order = [name for name in check_cells(self.lesson) if name in scores]
        late = gradebook.seconds_late(self.folder, self.unit_id, student)
        return Result(
            student=student,
            unit=self.unit_id,
            status=status,
            reason=reason,
            scores={name: scores[name] for name in order},
            misconceptions=fitting,
            remarks=(*remarks, *([f"{late / 3600:.1f} hours late"] if late > 0 else [])),
            late_penalty=penalty,
        )


def _how_it_went(graded: NotebookNode) -> tuple[Outcome, str]:
    """The status of a notebook that nbgrader ran, and the reason where it is not ``GRADED``."""
    if (cell := first_error(graded, DIED)) is not None:
        return Outcome.CRASHED, f"the kernel died in {_name(cell)}; what came after it was not run"
    if (cell := first_error(graded, TIMED_OUT)) is not None:
        lost = first_error(graded, NOT_RUN) is not None
        after = "; what came after it was not run" if lost else ""
        return Outcome.TIMED_OUT, f"{_name(cell)} did not end in time{after}"
    return Outcome.GRADED, ""


def _name(cell: NotebookNode) -> str:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    first = next((line.strip() for line in cell.source.splitlines() if line.strip()), "")
    return f"the cell {grade_id}" if grade_id else f"the cell that starts with `{first[:40]}`"


def timestamp_of(course: Course, unit_id: str, student: str) -> str | None:
    """When it was handed in, as nbgrader's timestamp.txt says it; None where that cannot be read."""
    from nbgrader.utils import parse_utc

    try:
        stamp = course.root / "submitted" / student / unit_id / "timestamp.txt"
        text = read_bytes(stamp, limit=1000).decode().strip()
        parse_utc(text)
    except (BrokenHandin, ValueError, OverflowError):
        return None
    return text or None
