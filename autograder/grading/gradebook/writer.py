"""The one writer: puts a graded notebook in its place and its grades into nbgrader's gradebook, as a whole.

A run that is killed anywhere in here leaves the hand-in as it was or as it will be, and not noted in the
journal, so that the next run enters it again. The scores are those that nbgrader itself would read. What a
person gave stays; where the answer is another now, that person is asked to look once more.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader import utils as nbgrader_cells
from nbgrader.api import MissingEntry

from autograder.grading.gradebook.gradebook import asks_in, is_marked, open_gradebook, scores_in
from autograder.grading.gradebook.journal import Noted
from autograder.grading.gradebook.late_penalty import LatePenalty
from autograder.grading.handins.moments import STAMP_FILE
from autograder.grading.handins.submitted import SECRET, place, secret_of
from autograder.grading.nbgrader_inside import course_directory
from autograder.grading.notebooks.answers import NOTED
from autograder.grading.notebooks.graded_cells import check_cells
from autograder.grading.notebooks.notebook_file import as_json
from autograder.grading.notebooks.points import score_of
from autograder.grading.results import Graded, Result

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode
    from nbgrader.api import SubmittedAssignment, SubmittedNotebook

    from autograder.course import Course


class Writer:
    """Enters the results of one unit. A context manager that holds the gradebook open."""

    def __init__(
        self, course: Course, unit_id: str, config: Any, lesson: NotebookNode, scratch: Path
    ) -> None:
        self.course, self.unit_id, self.lesson, self.scratch = course, unit_id, lesson, scratch
        self.order = list(check_cells(lesson))
        self._book = open_gradebook(course_directory(course, config))
        self._penalty = LatePenalty(config=config)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def enter(self, graded: Graded, timestamp: str | None) -> tuple[Result, Noted]:
        """Enter one result; return it as the table shows it, and what the journal should note.

        The gradebook comes first: only as long as the page before is there can be told which answers changed.
        """
        text, after, before = graded.notebook, graded.facts.answers, self._answers_before(graded.student)
        if after is None:  # a page that only says why it was not graded: no answer changed
            page = json.loads(text)
            page["metadata"][NOTED] = after = before
            text = as_json(page)
        changed = {name for name in self.order if before.get(name) != after.get(name)}
        with self._book.one_transaction():
            self._book.update_or_create_student(graded.student)
            submission = self._submission(graded.student, timestamp)
            asks = _save(submission, graded, changed)
            self._penalty.charge(self._book, submission)
        self._place(graded.student, text, timestamp)
        noted = Noted(
            student=graded.student,
            status=graded.status,
            reason=graded.reason,
            remarks=graded.remarks,
            misconceptions=graded.misconceptions,
            scores=self.scores(graded.student),
            asks=asks,
        )
        return self._result(submission, noted), noted

    def still_there(self, noted: Noted, timestamp: str | None) -> Result | None:
        """A result that an earlier run entered, with its late penalty as it is by now.

        None where the gradebook has other scores than that run gave, or the notebook is not in its place.
        """
        student = noted.student
        if self.scores(student) != noted.scores or not self._page(student).is_file():
            return None
        with self._book.one_transaction():
            submission = self._submission(student, timestamp)
            self._penalty.charge(self._book, submission)
        self._mark(self._page(student).parent, student, timestamp)
        return self._result(submission, noted)

    def scores(self, student: str) -> dict[str, float | None]:
        """The scores that grading gave, by exercise; none at all where the gradebook has no such hand-in."""
        try:
            entered = self._book.find_submission_notebook(self.unit_id, self.unit_id, student)
        except MissingEntry:
            return {}
        return {grade.name: grade.auto_score for grade in entered.grades}

    def marks(self, student: str) -> dict[str, float]:
        """What a person gave, by exercise."""
        try:
            entered = self._book.find_submission_notebook(self.unit_id, self.unit_id, student)
        except MissingEntry:
            return {}
        return {grade.name: float(grade.score or 0) for grade in entered.grades if is_marked(grade)}

    def _submission(self, student: str, timestamp: str | None) -> SubmittedAssignment:
        """The hand-in of a student as the gradebook has it, and when it was handed in."""
        facts = {} if timestamp is None else {"timestamp": timestamp}
        return self._book.update_or_create_submission(self.unit_id, student, **facts)

    def _result(self, submission: SubmittedAssignment, noted: Noted) -> Result:
        """The result as the gradebook has it now, marks given by hand included."""
        entered = _notebook(submission)
        scores, penalty = scores_in(entered, self.order)
        late = str(self._penalty.lateness(submission))
        return Result(
            student=noted.student,
            unit=self.unit_id,
            status=noted.status,
            reason=noted.reason,
            scores=scores,
            misconceptions=noted.misconceptions,
            remarks=(*noted.remarks, *([late] if late else [])),
            late_penalty=penalty,
            asks=asks_in(entered, noted.asks),
        )

    def _page(self, student: str) -> Path:
        return self.course.root / "autograded" / student / self.unit_id / f"{self.unit_id}.ipynb"

    def _answers_before(self, student: str) -> dict[str, str]:
        """What the page that is there says of the answers in it; nothing where there is none that does."""
        try:
            return dict(json.loads(self._page(student).read_bytes())["metadata"][NOTED])
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _place(self, student: str, notebook: str, timestamp: str | None) -> None:
        """Put the graded folder in its place, as a whole."""
        staged = self.scratch / "placed" / student
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        (staged / f"{self.unit_id}.ipynb").write_text(notebook + "\n", encoding="utf-8")
        self._mark(staged, student, timestamp)
        place(self.course, self.unit_id, student, staged)

    def _mark(self, folder: Path, student: str, timestamp: str | None) -> None:
        """Lay beside a page what nbgrader takes from there to the feedback."""
        secret = secret_of(self.course, self.unit_id, student)
        for path, text in ((folder / STAMP_FILE, timestamp), (folder / SECRET, secret)):
            path.unlink(missing_ok=True)  # nbgrader's own cannot be written
            if text is not None:
                path.write_text(text, encoding="utf-8")


def _save(submission: SubmittedAssignment, graded: Graded, changed: Collection[str]) -> dict[str, str]:
    """As nbgrader's SaveAutoGrades does; return why a person is asked, where the kind of cell does not say.

    Open are exercises never reached, and untouched questions with something ``beside`` them. A mark by hand
    asks for a look where the answer has ``changed``, until a person saves it again.
    """
    entered = _notebook(submission)
    points, cells, beside = graded.facts.points, graded.facts.cells, graded.facts.beside
    asks: dict[str, str] = {}
    for grade in entered.grades:
        score: float | None = None
        if grade.name in graded.open:
            pass
        elif grade.name in points:
            score = points[grade.name]
        elif grade.name in cells:
            score, asks[grade.name] = score_of(cells[grade.name])
        if grade.name in beside:
            score, asks[grade.name] = None, beside[grade.name]
        looked_at = is_marked(grade) and grade.name not in changed and not grade.needs_manual_grade
        grade.auto_score = score
        grade.needs_manual_grade = not looked_at and (is_marked(grade) or score is None)
    for comment in entered.comments:
        said = f"{beside[comment.name].capitalize()}." if comment.name in beside else "No response."
        comment.auto_comment = said if _untouched(cells.get(comment.name)) else None
    return {name: why for name, why in asks.items() if why}


def _notebook(submission: SubmittedAssignment) -> SubmittedNotebook:
    """The one notebook of a unit."""
    [notebook] = submission.notebooks
    return notebook


def _untouched(cell: NotebookNode | None) -> bool:
    """Is this answer still as it was handed out?"""
    if cell is None:
        return False
    return cell.metadata.nbgrader.get("checksum") == nbgrader_cells.compute_checksum(cell)
