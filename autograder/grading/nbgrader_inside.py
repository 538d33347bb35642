"""Driving nbgrader in this process, quietly, with the course's own nbgrader_config.py."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from autograder import QUIET_TENSORFLOW
from autograder.course_file import CourseError

if TYPE_CHECKING:
    from autograder.course import Course

KERNEL_ENVIRONMENT = {
    "COURSE_GRADING": "1",  # a check keeps no progress, a solution is not shown
    **QUIET_TENSORFLOW,
}


@contextmanager
def at_work() -> Iterator[list[str]]:
    """Give kernels started inside their environment, and yield the list that nbgrader's log goes to.

    nbgrader's own warnings are left out: they are about nbgrader, and nobody here can mend them.
    """
    lines: list[str] = []
    handler = _Lines(lines)
    logger = logging.getLogger("traitlets")  # nbgrader's, where it runs without an application of its own
    before = {name: os.environ.get(name) for name in KERNEL_ENVIRONMENT}
    propagate, level = logger.propagate, logger.level
    os.environ.update(KERNEL_ENVIRONMENT)
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield lines
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
        logger.setLevel(level)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def read_config(course: Course) -> Any:
    """The traitlets Config that nbgrader itself reads in the course's folder."""
    from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    except ConfigFileNotFound:
        missing = course.root / "nbgrader_config.py"
        raise CourseError(f"{missing} is missing. Next: restore it from the repository.") from None


def course_directory(course: Course, config: Any, **folders: str) -> Any:
    """nbgrader's CourseDirectory of this course; ``folders`` overrides its settings, one by one."""
    from nbgrader.coursedir import CourseDirectory

    return CourseDirectory(config=config, root=str(course.root), **folders)


class _Lines(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
