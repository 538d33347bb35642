"""nbgrader's own converters, driven in this process, silently, with one clear message on failure."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.course_file import CourseError


@contextmanager
def scratch_folder(course: Course) -> Iterator[Path]:
    """A folder inside the course (so that its files can be moved into place), gone afterwards."""
    parent = course.root / ".scratch"
    parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="build-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def convert(course: Course, unit_id: str, folder: Path) -> None:
    """Make ``folder/lessons/<unit>`` and ``folder/solutions/<unit>`` from ``folder/source/<unit>``.

    The solution is not executed and still has its markers and its hidden tests. The gradebook that nbgrader
    needs for this lies in ``folder``, too: a build neither needs nor changes the teacher's. Raises
    CourseError when nbgrader cannot convert the notebook.
    """
    from nbgrader.converters import GenerateAssignment, GenerateSolution
    from nbgrader.preprocessors import ClearMarkScheme, ClearOutput

    from autograder.building.hidden_tests import STEPS
    from autograder.grading.gradebook.gradebook import make_tables
    from autograder.grading.nbgrader_inside import at_work, course_directory, read_config

    config = read_config(course)
    config.GenerateSolution.preprocessors = [ClearOutput, ClearMarkScheme]
    gradebook = f"sqlite:///{folder / 'gradebook.db'}"
    make_tables(gradebook)
    places = course_directory(
        course,
        config,
        assignment_id=unit_id,
        source_directory=str(folder / "source"),
        release_directory=str(folder / "lessons"),
        solution_directory=str(folder / "solutions"),
        db_url=gradebook,
    )
    config.GenerateAssignment.preprocessors = STEPS
    with at_work() as log:
        for converter in (GenerateAssignment, GenerateSolution):
            _run(converter(coursedir=places, config=config), course.source(unit_id), log)


def take_out_hidden_tests(course: Course, notebook: Path) -> None:
    """Take them out of a solved notebook and out of its outputs, after they were run."""
    import nbformat

    from autograder.building.canonical import notebook_text
    from autograder.grading.gradebook.redaction import WithoutHidden
    from autograder.grading.nbgrader_inside import read_config

    solved = nbformat.read(notebook, as_version=4)
    WithoutHidden(config=read_config(course)).preprocess(solved, {})
    notebook.write_text(notebook_text(solved), encoding="utf-8", newline="\n")


def _run(converter: Any, source: Path, log: list[str]) -> None:
    from autograder.grading.gradebook.gradebook import last_line

    try:
        converter.start()
    except (Exception, SystemExit) as error:
        said = last_line(log or [str(error)]).rstrip(".")
        raise CourseError(
            f"{source}: nbgrader cannot convert this notebook: {said}. Next: mend the cell that it names."
        ) from error
