"""What grading reads from nbgrader's gradebook and writes to it, besides what nbgrader itself does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from autograder.course_file import CourseError
from autograder.grading.nbgrader_inside import course_directory, read_config
from autograder.grading.results import Score
from autograder.roster import Roster

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode
    from sqlalchemy import Engine

    from autograder.course import Course

OLDER_MARK = "the mark given by hand is older than this answer, or than its points: does it still fit?"


class Registered(NamedTuple):
    """A unit's lesson as students get it, and in one sentence what changed since hand-ins were graded."""

    lesson: NotebookNode
    changed: str


def register(course: Course, unit_id: str, config: Any, scratch: Path, log: list[str]) -> Registered:
    """Bring the unit's graded cells and due date into the gradebook.

    This is nbgrader's generate_assignment on ``source/``, with its notebook going to ``scratch``. Raises
    CourseError where the source is missing, or nbgrader cannot read it.
    """
    import nbformat
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException

    from autograder.grading.gradebook.changed_units import follow

    if not course.source(unit_id).is_file():
        raise CourseError(
            f"{course.source(unit_id)} is missing. Next: grade where the course has its source/."
        )
    folder = course_directory(
        course, config, assignment_id=unit_id, student_id=".", release_directory=str(scratch)
    )
    with open_gradebook(folder) as gradebook:  # what is wrong with it is said better than nbgrader would
        changed = follow(gradebook, course, unit_id)
    converter = GenerateAssignment(coursedir=folder, config=config)
    converter.force = True
    try:
        converter.start()
    except NbGraderException:
        raise CourseError(f"nbgrader cannot read the source of {unit_id}: {last_line(log)}") from None
    due = course.unit(unit_id).due
    with open_gradebook(folder) as gradebook:
        gradebook.update_or_create_assignment(unit_id, duedate=due)
        enter_names(gradebook, Roster.load(course.root))
    return Registered(nbformat.read(scratch / "." / unit_id / f"{unit_id}.ipynb", as_version=4), changed)


def enter_names(gradebook: Any, roster: Roster) -> None:
    """Give everyone on the roster a place in the gradebook, under the name that formgrader shows."""
    there = {one.id: (one.first_name, one.last_name, one.email) for one in gradebook.students}
    with gradebook.one_transaction():
        for student in roster:
            names = student.first_and_last if student.name else (None, None)
            facts = (*names, student.email or None)
            if there.get(student.id) != facts:
                named = dict(zip(("first_name", "last_name", "email"), facts, strict=True))
                gradebook.update_or_create_student(student.id, **named)


def tests_of(course: Course, unit_id: str, config: Any, lesson: NotebookNode) -> dict[str, str]:
    """The locked cells of a registered unit that are run with another text than its lesson has: by name.

    nbgrader keeps it in the gradebook: it has the hidden tests.
    """
    from autograder.grading.notebooks.graded_cells import grading_metadata

    shown = {grading_metadata(cell).get("grade_id"): cell.source for cell in lesson.cells}
    with open_gradebook(course_directory(course, config)) as gradebook:
        cells = gradebook.find_notebook(unit_id, unit_id).source_cells
        return {
            cell.name: cell.source
            for cell in cells
            if cell.locked and shown.get(cell.name, cell.source) != cell.source
        }


def gradebook_of(course: Course) -> Any:
    """The gradebook of a course, as `open_gradebook` gives it."""
    return open_gradebook(course_directory(course, read_config(course)))


def open_gradebook(folder: Any) -> Any:
    """nbgrader's Gradebook of this CourseDirectory, a context manager.

    Raises CourseError where the address in course.yml does not lead to a database; the password is not told.
    """
    from sqlalchemy.exc import ArgumentError, OperationalError

    from autograder.grading.gradebook.transaction import OneTransactionGradebook

    try:
        make_tables(folder.db_url)
        gradebook = OneTransactionGradebook(folder.db_url, folder.course_id)
    except ImportError as error:
        raise CourseError(
            f"The gradebook of course.yml needs a driver that is not installed ({error}). "
            "Next: .venv/bin/python -m pip install 'psycopg[binary]', and let the address start with "
            "postgresql+psycopg://"
        ) from None
    except (ArgumentError, ValueError):
        raise CourseError(
            "The gradebook of course.yml has an address that leads nowhere. "
            "Next: write it as postgresql+psycopg://user@host/database"
        ) from None
    except OperationalError as error:
        if folder.db_url.startswith("sqlite"):
            raise
        said = " ".join(str(error.orig).split())
        raise CourseError(
            f"The gradebook at {_place(folder.db_url)} cannot be opened: {said.rstrip('.')}. "
            "Next: look whether the server runs, and whether user, password and database are right."
        ) from None
    _enter_course(gradebook)
    return gradebook


@contextmanager
def _closing_engine(url: str) -> Iterator[Engine]:
    """SQLAlchemy's way to a database, which keeps no connection open at the end."""
    from sqlalchemy import create_engine

    engine = create_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def make_tables(url: str) -> None:
    """Make nbgrader's tables where there are none yet, with their version.

    nbgrader would do so itself, but start `alembic` for the version, which takes seconds, and enter it last:
    a run killed in between left it out for ever.
    """
    import nbgrader.api
    from sqlalchemy import inspect, text

    with _closing_engine(url) as engine, engine.begin() as connection:
        tables = inspect(connection)
        versioned = tables.has_table("alembic_version")
        if versioned and connection.execute(text("SELECT version_num FROM alembic_version")).first():
            return
        if tables.has_table("assignment") and connection.execute(text("SELECT 1 FROM assignment")).first():
            return  # from before there were versions
        nbgrader.api.Base.metadata.create_all(connection)
        if not versioned:
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        version = {"version": newest_version(Path(nbgrader.api.__file__).with_name("alembic"))}
        connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:version)"), version)


def newest_version(migrations: Path) -> str:
    """The version that no other one follows, as alembic would say; only that it takes a fifth of a second."""
    texts = [path.read_text(encoding="utf-8") for path in migrations.glob("versions/*.py")]
    named = [dict(re.findall(r"^(revision|down_revision) = ['\"](\w+)['\"]", t, re.MULTILINE)) for t in texts]
    [newest] = {one["revision"] for one in named} - {one.get("down_revision") for one in named}
    return newest


def _enter_course(gradebook: Any) -> None:
    """nbgrader enters no course that has no id, but its assignments point to one: all but SQLite insist."""
    from nbgrader.api import Course

    if gradebook.engine.name != "sqlite" and gradebook.db.get(Course, gradebook.course_id) is None:
        gradebook.db.add(Course(id=gradebook.course_id))
        gradebook.db.commit()


def _place(url: str) -> str:
    """Which database this is, for a message: without its user and password."""
    from sqlalchemy.engine import make_url

    parts = make_url(url)
    return f"{parts.host or 'this machine'}{f':{parts.port}' if parts.port else ''}/{parts.database or ''}"


def read_scores(folder: Any, unit_id: str, student: str) -> tuple[dict[str, Score], float]:
    """The scores of one hand-in by exercise, and its late penalty.

    None stands for a mark that nobody has given yet; a person's mark counts before the grader's.
    """
    with open_gradebook(folder) as gradebook:
        return scores_in(gradebook.find_submission_notebook(unit_id, unit_id, student))


def scores_in(notebook: Any, order: Sequence[str] = ()) -> tuple[dict[str, Score], float]:
    """The same of nbgrader's SubmittedNotebook, while its gradebook is open.

    All that it counts is in there, so that the sums are its own; in this ``order``, as far as that goes.
    """
    scores: dict[str, Score] = {
        grade.name: (float(grade.score) if _is_given(grade) else None, float(grade.max_score))
        for grade in notebook.grades
    }
    names = dict.fromkeys([*order, *scores])
    ordered = {name: scores[name] for name in names if name in scores}
    return ordered, float(notebook.late_submission_penalty or 0.0)


def asks_in(notebook: Any, reasons: Mapping[str, str]) -> dict[str, str]:
    """Why a person should look at an exercise, as long as the gradebook waits for one.

    That is one of these ``reasons`` of grading, or that a mark given by hand may not fit any more.
    """
    waiting = [grade for grade in notebook.grades if grade.needs_manual_grade]
    found = {g.name: OLDER_MARK if is_marked(g) and _is_given(g) else reasons.get(g.name) for g in waiting}
    return {name: why for name, why in found.items() if why}


def is_marked(grade: Any) -> bool:
    """Has a person given points here, or extra credit?"""
    return grade.manual_score is not None or grade.extra_credit is not None


def _is_given(grade: Any) -> bool:
    return grade.manual_score is not None or grade.auto_score is not None


def last_line(log: list[str]) -> str:
    """The line of the last traceback in nbgrader's log that names the error: what actually went wrong."""
    tracebacks = [entry for entry in log if entry.lstrip().startswith("Traceback")]
    lines = (tracebacks or log or ["no reason given"])[-1].strip().splitlines()
    return ([line for line in lines if re.match(r"[\w.]+: ", line)] or lines)[-1]
