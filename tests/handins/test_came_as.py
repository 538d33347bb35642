"""Feedback goes back under the name by which a hand-in came last."""

from __future__ import annotations

from pathlib import Path

from autograder.course import Course
from autograder.grading.handins.came_as import name_of
from autograder.grading.handins.collecting import collect
from autograder.lms.canvas_gradebook import feedback_name
from autograder.roster import Roster, Student
from tests.handins.forms import U, lay, notebook

ADA = Student("ada", "Ada A", keys={"canvas": ("12345",)})


def test_the_number_of_the_newest_upload_is_kept_whether_it_is_new_work_or_the_same(
    course: Course, tmp_path: Path
):
    Roster([ADA]).save(course.root)
    submitted = course.root / "submitted"
    uploads = [
        (notebook("first"), f"aada_LATE_12345_67890_{U}.ipynb", 12),
        (notebook("better"), f"aada_12345_68333_{U}-1.ipynb", 13),
        (notebook("better"), f"aada_12345_69444_{U}-2.ipynb", 14),
        (notebook("first"), f"aada_LATE_12345_67890_{U}.ipynb", 12),  # old downloads, once more
        (notebook("better"), f"aada_12345_68333_{U}-1.ipynb", 13),
    ]
    kept = []
    for number, (content, name, hour) in enumerate(uploads):
        path = lay(tmp_path / str(number), {"submissions.zip": {name: content}}, hour=hour)
        collect(course, [path])
        kept.append(feedback_name(name_of(submitted, "ada", U), ADA, U))
    assert kept == [
        f"aada_12345_67890_feedback-{U}.html",
        f"aada_12345_68333_feedback-{U}.html",
        f"aada_12345_69444_feedback-{U}.html",
        f"aada_12345_69444_feedback-{U}.html",
        f"aada_12345_69444_feedback-{U}.html",
    ]


def test_of_what_was_not_collected_no_name_is_known(course: Course):
    assert name_of(course.root / "submitted", "ada", U) == ""
