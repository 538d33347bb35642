"""The one writer: puts a graded notebook in its place and its grades into nbgrader's gradebook, as a whole.

A run that is killed anywhere in here leaves the hand-in as it was or as it will be, and not noted in the
journal, so that the next run enters it again. The scores are those that nbgrader itself would read.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader import utils as nbgrader_cells
from nbgrader.api import MissingEntry

from autograder.grading.gradebook import late_remark, open_gradebook, scores_in
from autograder.grading.handins import check_cells
from autograder.grading.journal import Noted
from autograder.grading.late_penalty import LatePenalty
from autograder.grading.nbgrader_inside import course_directory
from autograder.grading.results import Result
from autograder.grading.submitted import place
from autograder.grading.task import Graded

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode
    from nbgrader.api import SubmittedAssignment, SubmittedNotebook

    from autograder.course import Course


class Writer:
    """Enters the results of one unit. A context manager that holds the gradebook open."""

    def __init__(
        self, course: Course, unit_id: str, config: Any, lesson: NotebookNode, scratch: Path
    ) -> None:
        self.course, self.unit_id, self.scratch = course, unit_id, scratch
        self.order = list(check_cells(lesson))
        self._book = open_gradebook(course_directory(course, config))
        self._penalty = LatePenalty(config=config)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def enter(self, graded: Graded, timestamp: str | None) -> Result:
        """Enter one result and return it as the table shows it."""
        notebook = nbformat.v4.reads(graded.notebook)  # a worker made it: it is valid
        self._place(graded)
        with self._one_transaction():
            self._book.update_or_create_student(graded.student)
            submission = self._submission(graded.student, timestamp)
            _save(submission, graded, notebook)
            self._charge(submission)
        return self._result(submission, graded)

    def still_there(self, noted: Noted, timestamp: str | None) -> Result | None:
        """A result that an earlier run entered, with its late penalty as it is by now.

        None where the gradebook has other scores than that run gave, or the notebook is not in its place.
        """
        student = noted.student
        folder = self.course.root / "autograded" / student / self.unit_id
        if self.scores(student) != noted.scores or not (folder / f"{self.unit_id}.ipynb").is_file():
            return None
        with self._one_transaction():
            submission = self._submission(student, timestamp)
            self._charge(submission)
        return self._result(submission, noted)

    def scores(self, student: str) -> dict[str, float | None]:
        """The scores that grading gave, by exercise; none at all where the gradebook has no such hand-in."""
        try:
            entered = self._book.find_submission_notebook(self.unit_id, self.unit_id, student)
        except MissingEntry:
            return {}
        return {grade.name: grade.auto_score for grade in entered.grades}

    def _submission(self, student: str, timestamp: str | None) -> SubmittedAssignment:
        """The hand-in of a student as the gradebook has it, and when it was handed in."""
        facts = {} if timestamp is None else {"timestamp": timestamp}
        return self._book.update_or_create_submission(self.unit_id, student, **facts)

    def _result(self, submission: SubmittedAssignment, graded: Graded | Noted) -> Result:
        """The result as the gradebook has it now, marks given by hand included."""
        scores, penalty = scores_in(_notebook(submission))
        return Result(
            student=graded.student,
            unit=self.unit_id,
            status=graded.status,
            reason=graded.reason,
            scores={name: scores[name] for name in self.order if name in scores},
            misconceptions=graded.misconceptions,
            remarks=(*graded.remarks, *late_remark(float(submission.total_seconds_late))),
            late_penalty=penalty,
        )

    def _place(self, graded: Graded) -> None:
        """Put the graded folder in its place, as a whole."""
        staged = self.scratch / "placed" / graded.student
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        (staged / f"{self.unit_id}.ipynb").write_text(graded.notebook + "\n", encoding="utf-8")
        place(self.course, self.unit_id, graded.student, staged)

    @contextmanager
    def _one_transaction(self) -> Iterator[None]:
        """nbgrader's Gradebook commits at each step; in here it flushes, and commits once at the end."""
        session = self._book.db
        commit = session.commit
        session.commit = session.flush
        try:
            yield
            commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.commit = commit

    def _charge(self, submission: SubmittedAssignment) -> None:
        """Enter what being late costs of the score as it is now, as nbgrader's AssignLatePenalties does."""
        entered = _notebook(submission)
        self._book.db.flush()
        self._book.db.expire(entered, ["score"])
        student, late = submission.student_id, submission.total_seconds_late
        penalty = self._penalty.late_submission_penalty(student, entered.score, late) if late > 0 else None
        entered.late_submission_penalty = None if penalty is None else min(max(penalty, 0.0), entered.score)


def _save(submission: SubmittedAssignment, graded: Graded, notebook: NotebookNode) -> None:
    """As nbgrader's SaveAutoGrades does; exercises never reached are left open."""
    entered = _notebook(submission)
    graded_cells = check_cells(notebook)
    for grade in entered.grades:
        cell = graded_cells.get(grade.name)
        reached = cell is not None and grade.name not in graded.open
        grade.auto_score = nbgrader_cells.determine_grade(cell)[0] if reached else None
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
    answers = {
        cell.metadata.nbgrader["grade_id"]: cell
        for cell in notebook.cells
        if nbgrader_cells.is_solution(cell)
    }
    for comment in entered.comments:
        comment.auto_comment = "No response." if _untouched(answers.get(comment.name)) else None


def _notebook(submission: SubmittedAssignment) -> SubmittedNotebook:
    """The one notebook of a unit."""
    [notebook] = submission.notebooks
    return notebook


def _untouched(cell: NotebookNode | None) -> bool:
    """Is this answer still as it was handed out?"""
    if cell is None:
        return False
    return cell.metadata.nbgrader.get("checksum") == nbgrader_cells.compute_checksum(cell)
