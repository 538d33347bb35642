"""What a late hand-in costs, as course.yml says it by now: entered wherever totals are about to be shown.

nbgrader's AssignLatePenalties enters it when a hand-in is graded, and the due date when a lesson is released.
So a mark given by hand, another due date or another percentage would show in no total until the next grading.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import parse_utc
from traitlets import Dict, Integer
from traitlets.config import Configurable

from autograder.grading.gradebook.changed_units import all_graded_before, said_of

if TYPE_CHECKING:
    from nbgrader.api import SubmittedAssignment

SECONDS_PER_DAY = 24 * 60 * 60


class LatePenalty(Configurable):
    """Takes off a percentage of the points reached for each day begun after the due date."""

    percent_per_day = Integer(
        0, min=0, max=100, help="percent of the points reached, for each day begun after the due date"
    ).tag(config=True)
    due = Dict(help="when each unit is due, or None").tag(config=True)

    def refresh(self, gradebook: Gradebook, unit: str, students: Collection[str] | None = None) -> None:
        """Enter the due date of a unit, and what being late costs each of these students, or all."""
        assignment = gradebook.find_assignment(unit)
        if unit in self.due:
            assignment.duedate = parse_utc(self.due[unit])
        for submission in assignment.submissions:
            if students is None or submission.student_id in students:
                self.charge(gradebook, submission)
        gradebook.db.commit()

    def charge(self, gradebook: Gradebook, submission: SubmittedAssignment) -> None:
        """Enter what being late costs of the scores as they are now; the caller commits."""
        gradebook.db.flush()
        for notebook in submission.notebooks:
            gradebook.db.expire(notebook, ["score"])
            notebook.late_submission_penalty = self.penalty(notebook.score, seconds_late(submission))

    def penalty(self, score: float, seconds: float) -> float | None:
        """score · percent · days / 100 in hundredths of a point, never more than the score; None for none."""
        days = math.ceil(seconds / SECONDS_PER_DAY)
        share = min(1.0, self.percent_per_day * max(0, days) / 100)
        return max(0.0, min(round(score * share, 2), score)) if share else None


class CurrentPenalty(NbGraderPreprocessor):
    """For one hand-in; before its feedback is written, and in the place of nbgrader's AssignLatePenalties."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        graded = resources["nbgrader"]
        with Gradebook(graded["db_url"]) as gradebook:
            LatePenalty(parent=self).refresh(gradebook, graded["assignment"], [graded["student"]])
        return nb, resources


class Export(CsvExportPlugin):
    """nbgrader's own export, after the penalties are refreshed; old points in it are told of."""

    def export(self, gradebook: Gradebook) -> None:
        root = Path(self.config.CourseDirectory.root)
        for assignment in gradebook.assignments:
            LatePenalty(parent=self).refresh(gradebook, assignment.name)
            if said := said_of(assignment.name, all_graded_before(root, gradebook, assignment.name)):
                self.log.warning(said)
        super().export(gradebook)


def seconds_late(submission: SubmittedAssignment) -> float:
    """How late a hand-in came, with its extension; 0 where the unit has no due date."""
    return float(submission.total_seconds_late) if submission.assignment.duedate is not None else 0.0
