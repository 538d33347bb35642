"""Shared by all tests: a small course of one unit, in a folder of its own."""

from __future__ import annotations

import ctypes
import gc
import json
import shutil
import sqlite3
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import autograder  # noqa: F401  before TensorFlow: it tells TensorFlow not to log on stderr
from autograder.own_exercises import look_in
from tests.distribution import is_deep, is_long, together

look_in(None)  # a teacher's own exercises are not the tests'

ROOT = Path(__file__).parents[1]

if sys.version_info < (3, 13):

    class _Connection(sqlite3.Connection):
        """Warns as Python 3.13 does where a database was not closed; a warning is an error here."""

        def __del__(self) -> None:
            try:
                _ = self.in_transaction
            except sqlite3.ProgrammingError:
                return  # it is closed
            self.close()
            warnings.warn(f"unclosed database in {self!r}", ResourceWarning)

    _connect = sqlite3.connect

    def _connect_watched(*arguments: Any, **settings: Any) -> sqlite3.Connection:
        return _connect(*arguments, **{"factory": _Connection, **settings})

    sqlite3.connect = sqlite3.dbapi2.connect = _connect_watched  # type: ignore[assignment]

COURSE_YML = """\
title: A small course
time_zone: Europe/Stockholm
units:
  - id: 01-double
    title: Double a number
    minutes: 10
    objectives:
      - Double a number.
    due: 2027-02-05
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if is_long(item.nodeid):
            item.add_marker("long")
        if is_deep(item.nodeid):
            item.add_marker("deep")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return together(nodeid)

    return Together(config, log)


@pytest.fixture(autouse=True, scope="module")
def _memory_given_back() -> Iterator[None]:
    """What a file's tests leave, glibc would keep: a process grew by gigabytes in the whole run."""
    yield
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)


def nbgrader(grade_id: str, **kind: Any) -> dict[str, Any]:
    """The nbgrader metadata of a cell."""
    plain = {"grade": False, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return {"nbgrader": {**plain, "grade_id": grade_id, **kind}}


def cell(kind: str, source: str, cell_id: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    """A cell as it stands in a notebook file."""
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": cell_id, "metadata": metadata or {}, "source": source, **code}


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    """A notebook with the kernel of the course."""
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {"cells": list(cells), "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def double_unit() -> dict[str, Any]:
    """One exercise, one question, one picture."""
    answer = (
        'def double(x):\n    """Return 2x."""\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION'
    )
    question = "Why?\n\n### BEGIN SOLUTION\nSince 2x = x + x.\n### END SOLUTION"
    return notebook(
        cell("markdown", "# Double a number", "double-a-number"),
        cell("code", "def try_out(answer):\n    assert answer(2) == 4", "set-up"),
        cell("code", answer, "double-answer", nbgrader("double-answer", solution=True)),
        cell("code", "try_out(double)", "double", nbgrader("double", grade=True, locked=True, points=2)),
        cell("code", "print(double(21) / 9)\ndouble(4)", "run", {"tags": ["tutorial"]}),
        cell("markdown", question, "why", nbgrader("why", grade=True, solution=True, points=1)),
    )


def write_notebook(path: Path, content: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def write_course(folder: Path) -> Path:
    write_notebook(folder / "source/01-double/01-double.ipynb", double_unit())
    (folder / "course.yml").write_text(COURSE_YML, encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """The folder of a course with the one unit `01-double`, not built yet."""
    return write_course(tmp_path / "course")


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from autograder.commands.build import build
    from autograder.course import Course

    folder = write_course(tmp_path_factory.mktemp("built") / "course")
    build(Course.load(folder))
    return folder


@pytest.fixture
def built_course(tmp_path: Path, _built_once: Path) -> Path:
    """The folder of the same course, built."""
    return Path(shutil.copytree(_built_once, tmp_path / "course"))
