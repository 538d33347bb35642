"""A fresh build of the real course, made once in a test session, however many processes share it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from autograder.commands.build import build
from autograder.course import Course, CourseError, find_course

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def fresh_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, dict[str, str]]:
    """The course, built from source/ in a folder of its own; and why a unit could not be built, by unit."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):  # a worker of pytest-xdist
        shared = shared.parent
    folder, outcome = shared / "fresh-course", shared / "fresh-course.json"
    with FileLock(shared / "fresh-course.lock"):
        if not outcome.is_file():
            course = find_course(ROOT)
            folder.mkdir()
            for name in ("course.yml", "nbgrader_config.py"):
                shutil.copy(course.root / name, folder)
            shutil.copytree(course.root / "source", folder / "source")
            settings = folder / "course.yml"
            text = settings.read_text(encoding="utf-8")
            patient = re.sub(
                r"cell_timeout: \d+", "cell_timeout: 600", text
            )  # nothing here hangs by the clock
            settings.write_text(patient, encoding="utf-8")
            outcome.write_text(json.dumps(_failures(Course.load(folder))), encoding="utf-8")
    return Course.load(folder), json.loads(outcome.read_text(encoding="utf-8"))


def _failures(course: Course) -> dict[str, str]:
    try:
        build(course, force=True)
    except CourseError as error:
        lines = str(error).splitlines()
        return {unit.id: line for unit in course.units for line in lines if unit.id in line}
    return {}
