"""A gradebook or a disk that refuses ends a run of the engine with one sentence, and loses nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import nbgrader.api
import pytest

from autograder.course import CourseError
from autograder.grading import Outcome
from autograder.grading.engine.engine import grade_unit
from autograder.grading.gradebook.gradebook import gradebook_of, newest_version
from autograder.grading.nbgrader_inside import at_work
from tests.grading.small_class import UNIT, by_student, gradebook_rows, hand_in, make_course, samples

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux."),
    pytest.mark.usefixtures("same_code"),
]

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
input()
"""


def test_a_gradebook_that_another_process_uses_is_one_sentence(tmp_path: Path, here: list[str]):
    course = make_course(tmp_path / "course", ["fay"])
    grade_unit(course, UNIT)
    command = [sys.executable, "-c", HOLD, str(course.root / "gradebook.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline()
        with pytest.raises(CourseError) as refused:
            grade_unit(course, UNIT)
        other.communicate(b"\n")
    assert str(refused.value) == (
        f"{course.root / 'gradebook.db'} is in use by another program. "
        "Next: close it, and grade again; what is graded already stays."
    )
    assert grade_unit(course, UNIT)[0].status is Outcome.BROKEN
    assert here == ["fay"]


def test_a_full_disk_ends_the_run_with_one_sentence_and_keeps_what_is_graded(tmp_path: Path, here: list[str]):
    from sqlalchemy import Engine, event

    course = make_course(tmp_path / "course", ["ada", "cy", "fay"])
    grade_unit(course, UNIT, ["ada"])
    for number in range(20):
        hand_in(course, f"more-{number}", samples()["student-12"])

    def no_room(connection: Any, _: Any) -> None:
        with closing(connection.execute("PRAGMA page_count")) as pages:
            connection.execute(f"PRAGMA max_page_count = {pages.fetchone()[0]}").close()

    event.listen(Engine, "connect", no_room)
    try:
        with pytest.raises(
            CourseError, match=r"gradebook\.db cannot grow, since the disk is full\. Next: make"
        ):
            grade_unit(course, UNIT)
    finally:
        event.remove(Engine, "connect", no_room)
    results = by_student(grade_unit(course, UNIT))
    assert results["ada"].total == 11
    assert here.count("ada") == 1
    assert {r.status for r in results.values()} == {Outcome.GRADED, Outcome.BROKEN}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("autograded", r"autograded: File exists\. Next: make room there, or make the folder writable"),
        (f".grading/{UNIT}", r"fay\.json: Not a directory\. Next: make room there"),
        ("autograded/fay", r"File exists\. Next: make room there"),
    ],
)
def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, here: list[str], place: str, said: str
):
    course = make_course(tmp_path / "course", ["fay"])
    path = course.root / place
    path.parent.mkdir(exist_ok=True)
    path.write_text("a file where a folder should be")
    with pytest.raises(CourseError, match=said):
        grade_unit(course, UNIT)
    path.unlink()
    assert grade_unit(course, UNIT)[0].status is Outcome.BROKEN
    assert here[-1:] == ["fay"]


@pytest.mark.parametrize(
    ("content", "said"), [(b"no database" * 100, "is no gradebook"), (None, "cannot be opened")]
)
def test_a_gradebook_that_is_none_is_one_sentence(tmp_path: Path, content: bytes | None, said: str):
    course = make_course(tmp_path / "course", ["fay"])
    book = course.root / "gradebook.db"
    book.mkdir() if content is None else book.write_bytes(content)
    with pytest.raises(CourseError, match=f"gradebook.db {said}. Next: "):
        grade_unit(course, UNIT)


def test_a_new_gradebook_has_the_version_that_alembic_would_give_it():
    from alembic.script import ScriptDirectory

    migrations = Path(nbgrader.api.__file__).with_name("alembic")
    assert newest_version(migrations) == ScriptDirectory(str(migrations)).get_current_head()


@pytest.mark.parametrize("cut", ["DROP TABLE alembic_version", "DELETE FROM alembic_version"])
def test_a_gradebook_that_was_cut_off_while_it_was_made_is_completed(tmp_path: Path, cut: str):
    course = make_course(tmp_path / "course", ["fay"])
    with at_work():
        gradebook_of(course).close()
    whole = gradebook_rows(course.root / "gradebook.db")
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book:
        book.execute(cut)
        book.commit()
    assert gradebook_rows(course.root / "gradebook.db") != whole
    with at_work():
        gradebook_of(course).close()
    assert gradebook_rows(course.root / "gradebook.db") == whole
