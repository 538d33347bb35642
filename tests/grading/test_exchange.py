"""nbgrader's exchange on one machine: from release to feedback, and what may stand in its way."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from nbgrader.server_extensions.assignment_list.handlers import AssignmentList
from traitlets.config import Config

from autograder.commands.feedback import feedback
from autograder.commands.lab import lay_out, settings_of
from autograder.course import Course
from autograder.grading import Outcome, grade_unit, nbgrader_exchange
from autograder.grading.exchange_folder import Trouble, trouble
from autograder.grading.gradebook.gradebook import gradebook_of, make_tables
from autograder.grading.gradebook.transaction import OneTransactionGradebook
from autograder.grading.handins.moments import Source, When
from autograder.grading.handins.placing import Arrival, Fate, Word, put
from autograder.grading.nbgrader_inside import at_work, course_directory, read_config

UNIT, COURSE_ID = "01-double", "a-small-course"
STAMP = "2026-11-24 14:03:22.123456 UTC"


class Class:
    """A course that has been released; what formgrader's buttons do, and what its students do."""

    def __init__(self, root: Path) -> None:
        self.course, self.home = Course.load(root), root.parent
        self.exchange = self.course.exchange_folder
        self.inbound = self.exchange / COURSE_ID / "inbound"
        self.database = course_directory(self.course, read_config(self.course)).db_url
        make_tables(self.database)  # nbgrader would take seconds

    def formgrader(self) -> NbGraderAPI:
        config = read_config(self.course)
        return NbGraderAPI(course_directory(self.course, config), config=config)

    def press(self, button: str, works: bool = True) -> str:
        """One of formgrader's buttons of the unit; its log."""
        with at_work():
            result = getattr(self.formgrader(), button)(UNIT)
        assert result["success"] == works, result
        return result["log"]

    def submitted(self, name: str) -> dict[str, str]:
        """What was collected of a student."""
        folder = self.course.root / "submitted" / name / UNIT
        return {
            str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()
        }

    def student(self, name: str, step: str) -> Any:
        """A step of the exchange as the assignment list takes it for a student, who has no course.yml."""
        config = Config()
        config.Exchange.root, config.Exchange.cache = str(self.exchange), str(self.home / name / "cache")
        config.CourseDirectory.course_id, config.CourseDirectory.student_id = COURSE_ID, name
        (self.home / name).mkdir(exist_ok=True)
        with chdir(self.home / name), at_work():
            folder = CourseDirectory(config=config, assignment_id=UNIT)
            known = {"coursedir": folder, "authenticator": Authenticator(config=config), "config": config}
            getattr(ExchangeFactory(config=config), step)(**known).start()

    def hand_in(self, name: str, body: str) -> Path:
        """Fetch it, unless that is done, answer it and hand it in; where it lies in the exchange."""
        notebook = self.home / name / UNIT / f"{UNIT}.ipynb"
        if not notebook.exists():
            self.student(name, "FetchAssignment")
        text = self.course.lesson(UNIT).read_text(encoding="utf-8")
        assert '"    ..."' in text
        notebook.write_text(text.replace('"    ..."', f'"    {body}"'), encoding="utf-8")
        before = set(self.inbound.iterdir())
        self.student(name, "Submit")
        [new] = set(self.inbound.iterdir()) - before
        return new

    def grade(self) -> dict[str, float]:
        """What each has for the exercise."""
        graded = grade_unit(self.course, UNIT, unsafe=True, jobs=1)
        assert {result.status for result in graded} <= {Outcome.GRADED, Outcome.BROKEN}
        return {result.student: result.scores["double"][0] for result in graded}

    def pages(self, name: str) -> list[Path]:
        """The feedback that a student can fetch, the oldest first."""
        self.student(name, "FetchFeedback")
        return sorted((self.home / name / UNIT / "feedback").glob("*/*.html"))


@pytest.fixture
def released(built_course: Path) -> Iterator[Class]:
    """Its teacher hides new files from others, unless they are told otherwise."""
    made = Class(built_course)
    before = os.umask(0o077)
    try:
        made.press("release_assignment")
        yield made
    finally:
        os.umask(before)


def test_a_hand_in_goes_through_the_exchange_and_its_feedback_comes_back_each_time(released: Class):
    released.hand_in("ada", "return 3 * x")
    released.hand_in("bo", "return 2 * x")
    released.press("collect")
    assert released.grade() == {"ada": 0, "bo": 2}
    feedback(released.course, UNIT)
    released.press("release_feedback")
    assert len(released.pages("ada")) == len(released.pages("bo")) == 1

    released.hand_in("ada", "return 2 * x")
    again = released.hand_in("bo", "return 2 * x")  # the same once more: nothing to run, but another hand-in
    released.press("collect")
    assert released.grade() == {"ada": 2, "bo": 2}
    stamp = again.name.split("+")[2]
    with at_work():
        submissions = {one["student"]: one for one in released.formgrader().get_submissions(UNIT)}
    assert {one["autograded"] for one in submissions.values()} == {True}
    assert submissions["bo"]["timestamp"] in (None, stamp[:-4].replace(" ", "T"))
    released.press("generate_feedback")
    released.press("release_feedback")
    for name in ("ada", "bo"):
        first, second = released.pages(name)
        assert "2 of 3 points" in second.read_text(encoding="utf-8")
        assert first.parent.name < second.parent.name
    assert released.pages("bo")[1].parent.name == stamp

    # everyone may look for what they know of, take it, and lay down what nobody else can list
    place = released.inbound.parent
    modes = {place.parent: 0o777, place: 0o755, place / "inbound": 0o2733, place / "feedback": 0o711}
    modes |= {place / "outbound": 0o755, place / "outbound" / UNIT: 0o755}
    modes |= {
        file: 0o644 for folder in (f"outbound/{UNIT}", "feedback") for file in (place / folder).iterdir()
    }
    assert {path: S_IMODE(path.stat().st_mode) for path in modes} == modes


def test_the_assignment_list_of_course_lab_hands_in_what_lies_in_work(
    released: Class, monkeypatch: pytest.MonkeyPatch
):
    course = released.course
    lay_out(course)
    for name, value in {**settings_of(course), "JUPYTER_DATA_DIR": str(released.home / "data")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(course.root / "work")
    panel = AssignmentList()
    panel.root_dir = str(course.root / "work")
    with at_work():
        listed = panel.list_assignments(course_id=COURSE_ID)
        assert [(one["assignment_id"], one["status"]) for one in listed["value"]] == [(UNIT, "fetched")]
        assert panel.submit_assignment(COURSE_ID, UNIT)["success"]
    released.press("collect")
    [student] = (course.root / "submitted").iterdir()
    lesson = course.lesson(UNIT).read_text(encoding="utf-8")
    assert released.submitted(student.name)[f"{UNIT}.ipynb"] == lesson


def test_what_came_otherwise_has_no_place_in_the_exchange_and_holds_up_nobody(released: Class):
    pages = released.course.root / "feedback"
    assert "There is no feedback to release. Next: course feedback" in released.press("release_feedback")
    for name, marks in (("ada", ("timestamp.txt", "submission_secret.txt")), ("bo", ("timestamp.txt",))):
        for file in (f"{UNIT}.html", *marks):
            path = pages / name / UNIT / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(STAMP)
    said = released.press("release_feedback")
    assert "Not released, since not handed in through the exchange: bo" in said
    assert "Releasing feedback for student 'ada'" in said
    assert len(list((released.exchange / COURSE_ID / "feedback").iterdir())) == 1


def test_what_was_collected_is_replaced_by_what_is_newer_alone(tmp_path: Path):
    here = tmp_path / "ada" / UNIT
    here.mkdir(parents=True)
    for name, text in (
        (f"{UNIT}.ipynb", "{}"),
        ("timestamp.txt", STAMP),
        ("submission_secret.txt", "0" * 128),
    ):
        (here / name).write_text(text)

    def arrive(microsecond: int) -> Fate:
        moment = datetime(2026, 11, 24, 14, 3, 22, microsecond, UTC)
        return put(tmp_path, "ada", UNIT, Arrival(b"another", When(moment, Source.STAMP), Word.OWN_NAME, ""))

    assert arrive(123_455) is Fate.OLDER
    assert (here / "submission_secret.txt").exists()
    assert arrive(123_457) is Fate.REPLACED
    assert not (here / "submission_secret.txt").exists()  # nobody could fetch feedback on this one by it


def test_whatever_lies_in_the_exchange_everybodys_own_regular_files_are_collected(
    released: Class, monkeypatch: pytest.MonkeyPatch
):
    own = released.hand_in("ada", "return 2 * x")
    secret = released.home / "secret"
    secret.write_text("the teacher's")
    (own / "link").symlink_to(secret)
    (own / "dangling").symlink_to("nowhere")
    (own / "folder").symlink_to(released.course.root)
    os.mkfifo(own / "pipe")
    (own / "data").mkdir()
    (own / "data" / "numbers.csv").write_text("1, 2")
    (own / "timestamp.txt").write_text("never")
    stamp = own.name.split("+")[2]
    forged = "2030-01-01 12:00:00.000000 UTC"
    for name in (
        f"bo+{UNIT}+{forged}+x",
        f"..+{UNIT}+{forged}+x",
        f"cy+{UNIT}+tomorrow",
        f"ada+{UNIT}+9+9+9",
    ):
        (released.inbound / name).mkdir()
    (released.inbound / f"ada+{UNIT}+{forged}+x").symlink_to(own)
    monkeypatch.setattr(nbgrader_exchange, "_login", lambda _: "ada")
    monkeypatch.setattr(nbgrader_exchange.os, "getuid", lambda: -1)

    said = released.press("collect")
    names = {f"{UNIT}.ipynb", "timestamp.txt", "submission_secret.txt", "data/numbers.csv"}
    assert released.submitted("ada").keys() == names
    assert released.submitted("ada")["timestamp.txt"] == stamp
    assert [path.name for path in (released.course.root / "submitted").iterdir()] == ["ada"]
    assert "it is not bo's but ada's" in said
    assert said.count("Not collected, ") == 4
    assert said.count("Left out of ") == 3  # a link to a folder is passed over
    assert "link (it is a link)" in said


def test_a_gradebook_from_before_the_course_had_a_name_is_the_same(released: Class):
    with at_work():
        with OneTransactionGradebook(released.database, "") as before:
            before.add_assignment(UNIT)
            before.add_student("ada")
            before.add_submission(UNIT, "ada", timestamp=STAMP)
        with gradebook_of(released.course) as book:
            assert [one.student_id for one in book.find_assignment(UNIT).submissions] == ["ada"]
            assert book.update_or_create_assignment(UNIT, duedate=None).submissions
        assert released.formgrader().get_assignment(UNIT)["id"] is not None


BUTTONS = ("release_assignment", "collect", "release_feedback")


@pytest.mark.parametrize("button", BUTTONS)
def test_where_no_folder_can_be_a_button_says_so_in_a_sentence(button: str, built_course: Path):
    here = Class(built_course)
    with (built_course / "course.yml").open("a") as file:
        file.write(f"exchange: {built_course / 'course.yml' / 'exchange'}\n")
    said = Class(built_course).press(button, works=False)
    assert here.course.exchange is None
    assert "Next: " in said
    assert "Traceback" not in said


@pytest.fixture
def exchange() -> Iterator[Path]:
    """An exchange as it must be, with a course beside it that is its teacher's alone."""
    with tempfile.TemporaryDirectory(prefix="exchange-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        (place / "exchange").mkdir()
        (place / "exchange").chmod(0o777)
        (place / "course/source").mkdir(parents=True)
        (place / "course").chmod(0o700)
        yield place / "exchange"


def removed(exchange: Path) -> None:
    exchange.rmdir()


def a_file(exchange: Path) -> None:
    exchange.rmdir()
    exchange.touch()


def mode(mode: int, what: str = "exchange") -> Callable[[Path], None]:
    return lambda exchange: (exchange.parent / what).chmod(mode)


TROUBLES = {
    "nothing": (lambda _: None, None),
    "missing": (
        removed,
        ("there is no folder EXCHANGE", "sudo mkdir -p EXCHANGE, then sudo chmod 777 EXCHANGE"),
    ),
    "a file": (a_file, ("EXCHANGE is no folder", "name another one in course.yml")),
    "closed": (mode(0o755), ("students may not write in EXCHANGE", "sudo chmod 777 EXCHANGE")),
    "in a closed folder": (
        mode(0o700, ""),
        ("students cannot reach EXCHANGE: PLACE is closed", "chmod o+x PLACE"),
    ),
    "beside an open course": (
        mode(0o755, "course"),
        ("every user of this machine can read PLACE/course, solutions included", "chmod 700 PLACE/course"),
    ),
}


@pytest.mark.parametrize(("change", "expected"), TROUBLES.values(), ids=TROUBLES.keys())
def test_what_keeps_people_from_an_exchange_is_found(
    change: Callable[[Path], None], expected: tuple[str, str] | None, exchange: Path
):
    change(exchange)
    words = [
        one.replace("EXCHANGE", str(exchange)).replace("PLACE", str(exchange.parent))
        for one in expected or ()
    ]
    assert trouble(exchange, exchange.parent / "course") == (Trouble(*words) if words else None)


def test_one_that_its_teacher_may_not_write_in_and_windows_are_told(
    exchange: Path, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        assert "you may not write in" in str(trouble(exchange, exchange.parent / "course"))
    monkeypatch.setattr("sys.platform", "win32")
    assert "not available on Windows" in str(trouble(exchange, exchange.parent / "course"))
