"""The grades of a unit as they are given out: nothing, and never 0, where something is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from autograder.grading.gradebook.class_report import graded_results
from autograder.grading.handins.submitted import graded_pages, timestamp_of, who_handed_in
from autograder.grading.results import Outcome, Result

if TYPE_CHECKING:
    from autograder.course import Course

NOT_HANDED_IN = "not handed in"


@dataclass(frozen=True)
class FinalGrade:
    """What a student has in one unit.

    ``score`` is None where it stays empty, and then ``why`` says what is missing; where there is a score, it
    says what to read before it is given out, or nothing. ``comments`` are a person's, by exercise.
    """

    student: str
    score: float | None = None
    points: float = 0.0
    why: str = ""
    penalty: float = 0.0
    scores: Mapping[str, float | None] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)

    @property
    def handed_in(self) -> bool:
        return self.why != NOT_HANDED_IN

    @property
    def share(self) -> float | None:
        """Of the points there are."""
        return self.score / self.points if self.score is not None and self.points else None


@dataclass(frozen=True)
class Entered:
    """What the gradebook has of a hand-in, besides its scores."""

    timestamp: datetime | None
    comments: Mapping[str, str]


def final_grades(course: Course, unit_id: str, students: Iterable[str] = ()) -> dict[str, FinalGrade]:
    """By student: all who handed in or were graded, and these ``students``. Raises CourseError."""
    course.unit(unit_id)
    graded = graded_pages(course.root, unit_id)
    results = graded_results(course, unit_id) if graded else []
    entered = _entered(course, unit_id) if graded else {}
    grades = {
        result.student: _grade(course, result, entered.get(result.student, Entered(None, {})))
        for result in results
    }
    for student in who_handed_in(course, unit_id):
        if student not in grades:
            grades[student] = FinalGrade(student, why=f"not graded yet. Next: course grade {unit_id}")
    for student in students:
        grades.setdefault(student, FinalGrade(student, why=NOT_HANDED_IN))
    return grades


def _grade(course: Course, result: Result, entered: Entered) -> FinalGrade:
    open_for = _open(course, result, entered)
    why = open_for
    if not open_for and result.status is Outcome.SUSPICIOUS:
        why = f"suspicious, read it before you give this out: {result.reason}"
    return FinalGrade(
        student=result.student,
        score=None if open_for else result.total,
        points=result.points,
        why=why,
        penalty=result.late_penalty,
        scores={name: score for name, (score, _) in result.scores.items()},
        comments=entered.comments,
    )


def _open(course: Course, result: Result, entered: Entered) -> str:
    """Why there is no grade yet; "" where there is one."""
    from nbgrader.utils import parse_utc

    again = f"Next: course grade {result.unit}"
    stamp = timestamp_of(course, result.unit, result.student)
    if stamp and entered.timestamp and parse_utc(stamp) != entered.timestamp:
        return f"what was handed in has changed since it was graded. {again}"
    if result.graded_before:
        return f"graded before the unit's exercises or points changed. {again}"
    if result.status in (Outcome.BROKEN, Outcome.FAILED):
        return f"{result.status}: {result.reason}" if result.reason else str(result.status)
    if result.waiting:
        unfinished = "" if result.status is Outcome.GRADED else f"{result.status}; "
        return f"{unfinished}waits for a mark: {', '.join(result.waiting)}"
    return ""


def _entered(course: Course, unit_id: str) -> dict[str, Entered]:
    """What a person wrote, and when it was handed in, by student."""
    from autograder.grading.gradebook.gradebook import gradebook_of
    from autograder.grading.messages import told_in_a_sentence
    from autograder.grading.nbgrader_inside import at_work

    with told_in_a_sentence(course), at_work(), gradebook_of(course) as gradebook:
        return {
            submission.student.id: Entered(
                submission.timestamp,
                {
                    comment.name.removesuffix("-answer"): comment.manual_comment.strip()
                    for notebook in submission.notebooks
                    for comment in notebook.comments
                    if (comment.manual_comment or "").strip()
                },
            )
            for submission in gradebook.assignment_submissions(unit_id)
        }
