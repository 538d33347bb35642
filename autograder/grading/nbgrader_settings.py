"""nbgrader's settings: its folders under this course's names, and the values of course.yml."""

from __future__ import annotations

import os
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder import QUIET_TENSORFLOW
from autograder.course import Course, CourseError

STEPS = (
    *("release_assignment", "fetch_assignment", "submit", "collect"),
    *("release_feedback", "fetch_feedback", "list"),
)
"""Of nbgrader's exchange."""


def configure(c: Any, root: Path) -> None:
    """Set nbgrader's ``c`` for the course in ``root``; ends with one sentence where course.yml is no good."""
    try:
        course = Course.load(root)
    except CourseError as error:
        sys.exit(str(error))  # nbgrader would go on with its own folder names
    c.CourseDirectory.root = str(course.root)
    c.CourseDirectory.course_id = course.course_id
    if course.grading.gradebook:
        c.CourseDirectory.db_url = course.grading.gradebook
    c.CourseDirectory.source_directory = "source"
    c.CourseDirectory.release_directory = "lessons"
    c.CourseDirectory.solution_directory = "solutions"
    # A notebook paired with a text file (jupytext) has its solutions in that file, too: it stays in source/.
    paired = [f"{unit.id}.{ending}" for unit in course.units for ending in ("py", "md")]
    c.CourseDirectory.ignore = [".*", "*.pyc", "__pycache__", "feedback", *paired]
    _exchange(c, course)

    # A stub defines its name, so that an unanswered check can speak instead of a NameError.
    c.ClearSolutions.code_stub = {"python": "..."}
    c.ClearSolutions.text_stub = "*Your answer here.*"

    # Grading: time and output bounded, labs and long trainings left out, scores by criteria.
    c.Execute.timeout = course.grading.clock_timeout
    c.Execute.skip_cells_with_tag = "tutorial"
    c.Execute.extra_arguments = [
        "--Application.log_level=ERROR"
    ]  # no greetings of the kernel on the terminal
    c.LimitOutput.max_lines = course.grading.output_lines
    c.Autograde.autograde_preprocessors = [
        "nbgrader.preprocessors.Execute",
        "autograder.grading.gradebook.partial_credit.PartialCredit",
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "autograder.grading.gradebook.late_penalty.CurrentPenalty",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.ExportApp.plugin_class = "autograder.grading.gradebook.late_penalty.Export"

    # Feedback is for students: without hidden tests, mark schemes and outputs that would show them.
    c.GenerateFeedback.preprocessors = [
        "autograder.grading.gradebook.redaction.WithoutHidden",
        "autograder.grading.gradebook.late_penalty.CurrentPenalty",
        "nbgrader.preprocessors.GetGrades",
        "autograder.grading.gradebook.feedback_page.Overview",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]

    # Pages of the course's own: for students, and for who marks in formgrader.
    c.HTMLExporter.extra_template_basedirs = [str(Path(__file__).with_name("gradebook") / "pages")]
    c.NbGraderAPI.timezone = course.time_zone

    # What students' cells displayed can do nothing in the browser of the one who looks at it.
    c.HTMLExporter.preprocessors = ["autograder.grading.gradebook.sanitising.Harmless"]
    c.HTMLExporter.filters = {
        name: f"autograder.grading.gradebook.sanitising.{name}"
        for name in ("markdown2html", "highlight_code", "ansi2html", "clean_html", "strip_files_prefix")
    }

    # A graded cell scores 0 when anything reaches stderr, as TensorFlow's greeting does: kernels get these.
    os.environ.update(QUIET_TENSORFLOW)

    # nbgrader starts `alembic` by name when it makes a gradebook, be the environment activated or not.
    scripts = sysconfig.get_path("scripts")
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = scripts + os.pathsep + os.environ.get("PATH", "")


def _exchange(c: Any, course: Course) -> None:
    """Where lessons, hand-ins and feedback pass through, in steps of our own; Windows has none."""
    c.Exchange.root = str(course.exchange_folder)
    c.Exchange.timezone = "UTC"  # of CEST, nbgrader would write the letters and read UTC
    if sys.platform == "win32":
        return
    if course.exchange is None:
        with suppress(OSError):  # a student's course may be one that only a teacher can write in
            course.exchange_folder.mkdir(exist_ok=True)
    for step in STEPS:
        name = "".join(word.capitalize() for word in step.split("_"))
        setattr(c.ExchangeFactory, step, f"autograder.grading.nbgrader_exchange.{name}")
