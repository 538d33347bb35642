"""What a late hand-in costs, as course.yml says it by now: entered wherever totals are about to be shown.

nbgrader's AssignLatePenalties enters it when a hand-in is graded, and the due date when a lesson is released.
So a mark given by hand, an extension, another due date or percentage would show in no total until the next
grading.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import parse_utc

from autograder.course import Course
from autograder.grading.gradebook.changed_units import all_graded_before, said_of
from autograder.lateness import Lateness, LatePolicy

if TYPE_CHECKING:
    from nbgrader.api import SubmittedAssignment


class LatePenalty:
    """By course.yml and extensions.csv as they are when it is made: formgrader's settings are older."""

    def __init__(self, config: Any) -> None:
        """``config`` is nbgrader's. Raises CourseError."""
        self._policy = LatePolicy.of(Course.load(Path(config.CourseDirectory.root)))

    def refresh(self, gradebook: Gradebook, unit: str, students: Collection[str] | None = None) -> None:
        """Enter the due date of a unit, and what being late costs each of these students, or all."""
        assignment = gradebook.find_assignment(unit)
        if unit in self._policy.due:
            assignment.duedate = parse_utc(self._policy.due[unit])
        for submission in assignment.submissions:
            if students is None or submission.student_id in students:
                self.charge(gradebook, submission)
        gradebook.db.commit()

    def charge(self, gradebook: Gradebook, submission: SubmittedAssignment) -> None:
        """Enter what being late costs of the scores as they are now; the caller commits."""
        gradebook.db.flush()
        lateness = self.lateness(submission)
        for notebook in submission.notebooks:
            gradebook.db.expire(notebook, ["score"])
            notebook.late_submission_penalty = penalty(notebook.score, lateness.share)

    def lateness(self, submission: SubmittedAssignment) -> Lateness:
        """How late it came, by course.yml and the later of the two extensions that there can be."""
        if submission.timestamp is None or submission.assignment.duedate is None:
            return Lateness()
        came, due = (moment.replace(tzinfo=UTC) for moment in (submission.timestamp, submission.duedate))
        return self._policy.lateness(submission.student_id, submission.name, came, due)


def penalty(score: float, share: float) -> float | None:
    """This share of the score in hundredths of a point, never more than it; None for none."""
    return max(0.0, min(round(score * share, 2), score)) if share else None


class CurrentPenalty(NbGraderPreprocessor):
    """For one hand-in; before its feedback is written, and in the place of nbgrader's AssignLatePenalties.

    How late it was, in words, is ``lateness`` to the page's template.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        graded, late = resources["nbgrader"], LatePenalty(self.config)
        unit, student = graded["assignment"], graded["student"]
        with Gradebook(graded["db_url"]) as gradebook:
            late.refresh(gradebook, unit, [student])
            graded["lateness"] = str(late.lateness(gradebook.find_submission(unit, student)))
        return nb, resources


class Export(CsvExportPlugin):
    """nbgrader's own export, after the penalties are refreshed; old points in it are told of."""

    def export(self, gradebook: Gradebook) -> None:
        root, late = Path(self.config.CourseDirectory.root), LatePenalty(self.config)
        for assignment in gradebook.assignments:
            late.refresh(gradebook, assignment.name)
            if said := said_of(assignment.name, all_graded_before(root, gradebook, assignment.name)):
                self.log.warning(said)
        super().export(gradebook)
